//! The preview: the page that is looked at, the moment it is saved.
//!
//! A page is one pure function of the briefing and the theme, so that a page is rendered when a browser asks for it,
//! and no rendered site is held. Starting is reading and linking. A save parses the saved file, links the site again,
//! and tells browsers; only the page in view is rendered. Nothing is written, neither the output folder nor the
//! record of forecasts.
//!
//! Two threads share one state: the caller's reads and links, the other answers requests. What is shown is the
//! last site that was linked without an error; what is wrong in the files as they are is shown over it.

mod bar;
mod changes;
mod client;
mod editor;
mod events;
mod guard;
mod listen;
mod memo;
mod page;
mod problems;
mod reader;
mod respond;
mod route;
mod server;
mod sources;
mod stamp;
mod state;
mod target;
mod watch;

use std::io;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crate::config::Overrides;
use crate::diagnostic::Diagnostics;
use crate::site::OpenError;

pub use listen::PORT;

use changes::{Changes, Signal};
use guard::Hosts;
use reader::{Reader, Reading};
use server::Ready;
use state::{Shown, State};
use watch::Watcher;

/// What to preview, and where.
#[derive(Debug)]
pub struct Options {
    /// The site's folder.
    pub root: PathBuf,
    /// What is said over site.toml.
    pub overrides: Overrides,
    /// The path that the site is shown below, in place of that of its address.
    pub base_path: Option<String>,
    /// The address to listen at; 127.0.0.1 and ::1 by default.
    pub host: Option<IpAddr>,
    /// The first port to try.
    pub port: u16,
    /// Whether to look for changes once a second instead of being told of them.
    pub poll: bool,
}

/// What happens while a preview runs.
#[derive(Debug)]
pub enum News<'n> {
    /// The site can be looked at.
    Serving {
        /// The address of its front page.
        url: String,
        /// How long it took.
        took: Duration,
        /// How many pages there are.
        pages: usize,
        /// Whether other machines can reach it.
        open_to_others: bool,
    },
    /// The site was read again.
    Changed {
        /// How many files were parsed for it.
        parsed: u64,
        /// How long it took until browsers were told.
        took: Duration,
    },
    /// What there is to say of the site is another than before.
    Findings(&'n Diagnostics),
    /// Changes are looked for once a second; the sentence says why.
    Polling(String),
}

/// Why a preview cannot begin.
#[derive(Debug)]
pub enum Error {
    /// There is no site in the folder.
    NoSite(OpenError),
    /// The system refused a socket or a thread.
    System(io::Error),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoSite(error) => error.fmt(f),
            Self::System(error) => write!(f, "the preview cannot listen: {error}"),
        }
    }
}

impl std::error::Error for Error {}

impl From<OpenError> for Error {
    fn from(error: OpenError) -> Self {
        Self::NoSite(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// Shows a site until the process ends, and tells what happens.
///
/// # Errors
/// Where there is no site, or no port to be had.
pub fn serve(options: Options, tell: &dyn Fn(News<'_>)) -> Result<(), Error> {
    let started = Instant::now();
    let Ok(root) = options.root.canonicalize() else { return Err(OpenError { root: options.root }.into()) };
    let listening = listen::listen(options.host, options.port)?;
    let mut overrides = options.overrides;
    if let Some(base_path) = options.base_path {
        overrides.base_url = Some(format!("{}{base_path}", listening.origin()));
    }
    // Watching begins before reading does, so that no save falls between the two.
    let (watcher, signals) = Watcher::new(&root, options.poll);
    let reader = Reader::open(&root, overrides)?;
    let state = Arc::new(State::new(root));
    let origin = listening.origin();
    let hosts = Hosts { loopback: listening.is_loopback() };
    let ready = Ready::new(listening.sockets, Arc::clone(&state), hosts, seats())?;
    let mut desk = Desk { reader, watcher, signals, state, said: Diagnostics::new(), tell };
    let shown = desk.show();
    let pages = shown.as_ref().map_or(0, |shown| shown.site.pages.len());
    std::thread::Builder::new().name("server".to_owned()).spawn(move || ready.run())?;
    let url = format!("{origin}{}/", desk.reader.config().base_path);
    tell(News::Serving { url, took: started.elapsed(), pages, open_to_others: !hosts.loopback });
    desk.check(shown);
    while let Some(changes) = Changes::next(&desk.signals, desk.watcher.polls()) {
        desk.take(changes);
    }
    Ok(())
}

/// Where the site is read and linked.
struct Desk<'t> {
    reader: Reader,
    watcher: Watcher,
    signals: Receiver<Signal>,
    state: Arc<State>,
    /// What was said last.
    said: Diagnostics,
    tell: &'t dyn Fn(News<'_>),
}

impl Desk<'_> {
    /// Reads what changed, and shows what comes of it.
    fn take(&mut self, mut changes: Changes) {
        let started = Instant::now();
        if let Some(why) = changes.deaf.take().filter(|_| self.watcher.poll()) {
            (self.tell)(News::Polling(why));
        }
        let is_folder = |folder: &Path| changes.paths.contains(folder);
        self.watcher.follow(is_folder);
        let parsed = self.reader.work().parsed;
        let Reading { site, styles, assets } = self.reader.look(&changes);
        self.state.beat(|pulse| {
            pulse.styles += u64::from(styles);
            pulse.files += u64::from(assets);
        });
        if site {
            let shown = self.show();
            let parsed = self.reader.work().parsed - parsed;
            (self.tell)(News::Changed { parsed, took: started.elapsed() });
            self.check(shown);
        }
    }

    /// Links the site as it was read, and shows it where it can be shown.
    fn show(&mut self) -> Option<Arc<Shown>> {
        let (site, found) = self.reader.link();
        self.state.show(site, found, self.reader.config(), self.reader.work())
    }

    /// Looks for what is related and what is wrong in a site that is shown from now on, which browsers have heard of.
    fn check(&mut self, shown: Option<Arc<Shown>>) {
        if let Some(shown) = shown {
            self.state.add_findings(shown.site.check().sorted());
        }
        let found = self.state.now().found();
        if !found.iter().eq(self.said.iter()) {
            (self.tell)(News::Findings(&found));
            self.said = found;
        }
    }
}

/// How many browsers may listen: half of the connections that the system allows, which are made as many as it does.
fn seats() -> usize {
    most_files().map_or(128, |most| usize::try_from(most / 2).unwrap_or(usize::MAX).clamp(16, 4096))
}

#[cfg(unix)]
fn most_files() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = maximum.unwrap_or(u64::MAX).min(16 << 10).max(current.unwrap_or(0));
    let more = Rlimit { current: Some(wanted), maximum };
    // A system that gives no more has said how many there are.
    if setrlimit(Resource::Nofile, more).is_ok() { Some(wanted) } else { current }
}

#[cfg(not(unix))]
fn most_files() -> Option<u64> {
    None
}
