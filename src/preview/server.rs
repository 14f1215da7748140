//! The server: connections, and what answers each request.

use std::io;
use std::net::TcpListener as StdListener;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State as Extract;
use axum::http::request::Parts;
use axum::http::{HeaderName, Request, StatusCode, Uri};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout_at};

use super::bar::{Bar, file_of};
use super::client::script;
use super::events;
use super::guard::{self, Hosts, OWN};
use super::page::{self, Made, PATIENCE};
use super::problems::{Problem, error_page, problems};
use super::respond::{self, Answer};
use super::route::Found;
use super::state::{Now, Pulse, Shown, State};
use super::target::Looked;
use crate::diagnostic::{Diagnostic, Severity};
use crate::media::media_type;
use crate::pages::{Page, encode};
use crate::theme_files::AssetBytes;

/// How long a browser may take to send the head of a request, and a connection may rest between two.
const HEAD: Duration = Duration::from_secs(20);

/// How large the head of a request may be, in bytes.
const LARGEST_HEAD: usize = 64 << 10;

/// How long connections wait where the system has no more of them.
const BREATH: Duration = Duration::from_millis(50);

/// The header that says which page this is, however the script in it differs.
const PAGE: &str = "x-dateline-page";

/// What every request is answered with.
#[derive(Debug)]
struct Server {
    state: Arc<State>,
    hosts: Hosts,
    /// Places for browsers that listen.
    seats: Arc<Semaphore>,
}

/// A server that has all that it needs of the system, and answers nobody yet.
#[derive(Debug)]
pub(super) struct Ready {
    runtime: Runtime,
    sockets: Vec<TcpListener>,
    router: Router,
}

impl Ready {
    /// Makes a server for some sockets; `seats` is how many browsers may listen at a time.
    ///
    /// # Errors
    /// What the system refused.
    pub(super) fn new(sockets: Vec<StdListener>, state: Arc<State>, hosts: Hosts, seats: usize) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let server = Arc::new(Server { state, hosts, seats: Arc::new(Semaphore::new(seats)) });
        let router = Router::new().fallback(answer).with_state(server);
        let ready = |socket: StdListener| {
            let _inside = runtime.enter();
            socket.set_nonblocking(true)?;
            TcpListener::from_std(socket)
        };
        let sockets = sockets.into_iter().map(ready).collect::<io::Result<_>>()?;
        Ok(Self { runtime, sockets, router })
    }

    /// Answers until the process ends.
    pub(super) fn run(self) {
        let Self { runtime, sockets, router } = self;
        runtime.block_on(async {
            let accepting = sockets.into_iter().map(|socket| tokio::spawn(accept(socket, router.clone())));
            for one in accepting.collect::<Vec<_>>() {
                // It ends with the process.
                let _ = one.await;
            }
        });
    }
}

/// Takes connections, each of which is served by itself: a slow one keeps nobody waiting.
async fn accept(socket: TcpListener, router: Router) {
    loop {
        let Ok((connection, _)) = socket.accept().await else {
            sleep(BREATH).await;
            continue;
        };
        // A connection that cannot be hurried is as good.
        let _ = connection.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let serving = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .max_buf_size(LARGEST_HEAD)
            .serve_connection(TokioIo::new(Looked::new(connection)), service);
        // How a connection ends is the browser's affair.
        tokio::spawn(async { drop(serving.await) });
    }
}

async fn answer(Extract(server): Extract<Arc<Server>>, request: Request<Body>) -> Response {
    let (asked, _) = request.into_parts();
    respond::finish(match guard::admit(&asked.method, &asked.uri, &asked.headers, server.hosts) {
        Err(refusal) => respond::refuse(refusal),
        Ok(path) => match path.strip_prefix(OWN) {
            Some(own) => server.own(own, &asked).await,
            None => server.site(&path, &asked).await,
        },
    })
}

/// What the script of a page asks for.
#[derive(Serialize)]
struct About {
    version: u32,
    errors: usize,
    warnings: usize,
    /// Whether the page is not made from the files as they are, but is the last one that was right.
    stale: bool,
    /// The first errors.
    problems: Vec<Problem>,
    /// What is known of the page.
    page: Option<Bar>,
}

impl Server {
    /// Answers with one of the preview's own files.
    async fn own(self: &Arc<Self>, name: &str, asked: &Parts) -> Response {
        let answer = match name {
            "events" => return events::answer(&self.state, &self.seats),
            "status" => Answer::ok(media_type("status.json"), json(&self.state.status())),
            "about" => {
                let (server, path) = (Arc::clone(self), asked_page(&asked.uri));
                match blocking(move || json(&server.about(&path))).await {
                    Some(about) => Answer::ok(media_type("about.json"), about),
                    None => return respond::text(StatusCode::INTERNAL_SERVER_ERROR, "The preview failed."),
                }
            }
            _ => match script(name) {
                Some(text) => Answer::ok(media_type(name), text),
                None => return respond::text(StatusCode::NOT_FOUND, "The preview has no such file."),
            },
        };
        answer.to(&asked.method, &asked.headers)
    }

    /// Says what there is to say of the site, and of the page at a path.
    fn about(&self, path: &str) -> About {
        let now = self.state.now();
        let mut found = now.found();
        let shown = now.shown.as_deref();
        let page = shown.and_then(|shown| match shown.routes.find(&shown.site, path) {
            Found::Page(page) => Some((shown, page)),
            _ => None,
        });
        let of_page = page.and_then(|(shown, page)| {
            let kept = self.state.memo().get(&page.path(&shown.site.briefing)).cloned()?;
            (kept.version == shown.version).then_some(kept)
        });
        let is_broken = of_page.as_ref().is_some_and(|kept| !kept.is_good && kept.html.is_some());
        found.append(of_page.map(|kept| (*kept.found).clone()).unwrap_or_default());
        let found = found.sorted();
        let own = page.and_then(|(shown, page)| file_of(&shown.site.briefing, page));
        let is_elsewhere = |one: &&Diagnostic| one.place.as_ref().map(|place| &place.file) != own;
        let mut errors: Vec<&Diagnostic> = found.iter().filter(|one| one.severity == Severity::Error).collect();
        // What is wrong in the page's own file is what the author is at, and often what is behind the rest.
        errors.sort_by_key(is_elsewhere);
        About {
            version: 1,
            errors: found.count(Severity::Error),
            warnings: found.count(Severity::Warning),
            stale: now.is_stale || is_broken,
            problems: problems(errors.into_iter(), &self.state, &now.editor),
            page: page.map(|(shown, page)| Bar::of(&self.state, shown, page, &found, &now.editor)),
        }
    }

    /// Answers with what the site has at a path.
    async fn site(self: &Arc<Self>, path: &str, asked: &Parts) -> Response {
        // The pulse of before: what changes while the answer is made is told to its browser afterwards.
        let pulse = self.state.pulse();
        let now = self.state.now();
        let Some(shown) = &now.shown else { return self.nothing(&now, pulse, asked) };
        let base = &shown.site.briefing.config.base_path;
        let with_query = |path: &str| {
            let query = asked.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            format!("{}/{query}", encode(path))
        };
        let Some(on_site) = path.strip_prefix(&**base).filter(|rest| rest.starts_with('/')) else {
            if path == *base {
                return respond::redirect(StatusCode::PERMANENT_REDIRECT, &with_query(base));
            }
            if path == "/" {
                // Only for now: another site on the same port may begin here.
                return respond::redirect(StatusCode::TEMPORARY_REDIRECT, &with_query(base));
            }
            return self.page(shown, pulse, &Page::Missing, path, asked).await;
        };
        match shown.routes.find(&shown.site, on_site) {
            Found::Page(page) => self.page(shown, pulse, page, on_site, asked).await,
            Found::Nothing => self.page(shown, pulse, &Page::Missing, on_site, asked).await,
            Found::Folder => respond::redirect(StatusCode::PERMANENT_REDIRECT, &with_query(path)),
            Found::Export(export, format) => {
                let (shown, export) = (Arc::clone(shown), export.clone());
                let media = media_type(on_site);
                let written = blocking(move || {
                    let document = export.document(&shown.site.briefing, &shown.site.pages, &shown.site.texts);
                    let mut bytes = Vec::new();
                    crate::export::write(&*document, format, &mut bytes).map(|()| bytes)
                });
                match written.await {
                    Some(Ok(bytes)) => Answer::ok(media, bytes).to(&asked.method, &asked.headers),
                    _ => respond::text(StatusCode::INTERNAL_SERVER_ERROR, "The file cannot be made."),
                }
            }
            Found::File(asset) => match &asset.bytes {
                AssetBytes::Memory(bytes) => {
                    let answer = Answer::ok(media_type(path), Bytes::copy_from_slice(bytes));
                    answer.to(&asked.method, &asked.headers)
                }
                AssetBytes::Disk(file) if self.is_inside(file) => respond::file(file, asked).await,
                AssetBytes::Disk(_) => self.page(shown, pulse, &Page::Missing, on_site, asked).await,
            },
        }
    }

    /// Tells whether a file still stands in the site's folder: a link that was put in its place may lead anywhere.
    fn is_inside(&self, file: &std::path::Path) -> bool {
        file.canonicalize().is_ok_and(|file| file.starts_with(&self.state.root))
    }

    /// Answers with a page: as it is, as it was when it could be rendered last, or with what is wrong.
    async fn page(
        self: &Arc<Self>,
        shown: &Arc<Shown>,
        pulse: Pulse,
        page: &Page,
        path: &str,
        asked: &Parts,
    ) -> Response {
        let is_missing = *page == Page::Missing && path != "/404.html";
        let good = if is_missing { StatusCode::NOT_FOUND } else { StatusCode::OK };
        let (status, html, broken) = match self.make(shown, page, path).await {
            Some(Made::Good(html)) => (good, Some(html), None),
            Some(Made::Broken(kept) | Made::Changing(kept)) => {
                (StatusCode::INTERNAL_SERVER_ERROR, kept.html, Some(kept.found))
            }
            None => (StatusCode::INTERNAL_SERVER_ERROR, None, None),
        };
        let html = html.unwrap_or_else(|| {
            let now = self.state.now();
            let mut found = now.found();
            found.append(broken.map(|found| (*found).clone()).unwrap_or_default());
            error_page(&found.sorted(), &self.state, &now.editor).into()
        });
        let bytes = page::with_script(&html, path, pulse);
        let answer = Answer { status, media: media_type("index.html"), bytes: bytes.into() };
        let mut response = answer.to(&asked.method, &asked.headers);
        respond::put(&mut response, HeaderName::from_static(PAGE), &page::digest(&html));
        response
    }

    /// Makes a page, once its file has been read where it was saved a moment ago; none where making it panicked.
    async fn make(&self, shown: &Arc<Shown>, page: &Page, path: &str) -> Option<Made> {
        let (mut shown, mut page) = (Arc::clone(shown), page.clone());
        let mut pulses = self.state.pulses();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let (state, from, one) = (Arc::clone(&self.state), Arc::clone(&shown), page.clone());
            let made = blocking(move || page::make(&state, &from, &one)).await?;
            if !matches!(made, Made::Changing(_)) || self.state.now().is_stale {
                return Some(made);
            }
            let is_newer = |pulse: &Pulse| pulse.site > shown.version;
            let came = timeout_at(deadline, pulses.wait_for(is_newer)).await.is_ok_and(|heard| heard.is_ok());
            let Some(now) = self.state.now().shown.filter(|_| came) else { return Some(made) };
            page = match now.routes.find(&now.site, path) {
                Found::Page(page) => page.clone(),
                _ => Page::Missing,
            };
            shown = now;
        }
    }

    /// Answers where no site could be opened yet.
    fn nothing(&self, now: &Now, pulse: Pulse, asked: &Parts) -> Response {
        let html = error_page(&now.found(), &self.state, &now.editor);
        let bytes = page::with_script(&html, "/", pulse).into();
        let answer = Answer { status: StatusCode::INTERNAL_SERVER_ERROR, media: media_type("index.html"), bytes };
        answer.to(&asked.method, &asked.headers)
    }
}

/// Gives the path that `?page=` names.
fn asked_page(uri: &Uri) -> String {
    let page = uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("page=")));
    percent_decode_str(page.unwrap_or_default()).decode_utf8_lossy().into_owned()
}

fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// Works on another thread, so that connections are served meanwhile; none where the work panicked.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    tokio::task::spawn_blocking(work).await.ok()
}
