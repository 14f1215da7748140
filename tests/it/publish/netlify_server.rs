//! A fake of Netlify's API, for there is none to run here: written from its OpenAPI description and its guide to deploys by
//! file digest, it answers what those two say and knows nothing of the real one beyond them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::server::Fault;

/// The only token that the fake accepts.
pub(crate) const TOKEN: &str = "nfp_t0ps3cret";

/// A request that came, as its method and its path below the API's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
}

impl Asked {
    /// Tells whether it changes anything.
    pub(crate) fn writes(&self) -> bool {
        self.method != "GET"
    }
}

#[derive(Default)]
struct Deploy {
    files: BTreeMap<String, String>,
    state: &'static str,
}

type Rule = Box<dyn FnMut(&Asked) -> Fault + Send>;

struct Netlify {
    address: String,
    deploys: Vec<Deploy>,
    blobs: BTreeMap<String, Vec<u8>>,
    published: Option<usize>,
    log: Vec<Asked>,
    rule: Rule,
    /// Whether the API hands out bytes; the real one does for some sites and not for others.
    is_raw: bool,
}

/// A server that runs until it is dropped.
pub(crate) struct Server {
    state: Arc<Mutex<Netlify>>,
    _runtime: Runtime,
}

fn sha1(bytes: &[u8]) -> String {
    digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Server {
    /// Starts a server with one site, which has no deploy.
    pub(crate) fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.expect("threads");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let (deploys, blobs, log) = <_>::default();
        let rule: Rule = Box::new(|_| Fault::None);
        let netlify = Netlify { address, deploys, blobs, published: None, log, rule, is_raw: true };
        let state = Arc::new(Mutex::new(netlify));
        runtime.spawn(serve(listener, Arc::clone(&state)));
        Self { state, _runtime: runtime }
    }

    fn state(&self) -> MutexGuard<'_, Netlify> {
        self.state.lock().expect("the state")
    }

    /// Gives the lines of site.toml that publish here.
    pub(crate) fn target(&self) -> String {
        format!("kind = \"netlify\"\nsite = \"brief\"\nendpoint = \"{}\"", self.state().address)
    }

    /// Decides from now on what goes wrong.
    pub(crate) fn rule(&self, rule: impl FnMut(&Asked) -> Fault + Send + 'static) {
        self.state().rule = Box::new(rule);
    }

    /// Hands out no bytes over the API from now on.
    pub(crate) fn tells_digests_only(&self) {
        self.state().is_raw = false;
    }

    /// Takes the log of what was asked since it was taken last.
    pub(crate) fn log(&self) -> Vec<Asked> {
        std::mem::take(&mut self.state().log)
    }

    /// Reads what a visitor finds.
    pub(crate) fn live(&self) -> BTreeMap<String, Vec<u8>> {
        let state = self.state();
        let Some(published) = state.published else { return BTreeMap::new() };
        let file = |(path, sha): (&String, &String)| (path.clone(), state.blobs[sha].clone());
        state.deploys[published].files.iter().map(file).collect()
    }

    /// Publishes a deploy that is somebody else's.
    pub(crate) fn publish(&self, files: &[(&str, &str)]) {
        let mut state = self.state();
        let mut deploy = Deploy { state: "ready", ..Deploy::default() };
        for (path, text) in files {
            let sha = sha1(text.as_bytes());
            state.blobs.insert(sha.clone(), text.as_bytes().to_vec());
            deploy.files.insert((*path).to_owned(), sha);
        }
        state.deploys.push(deploy);
        state.published = Some(state.deploys.len() - 1);
    }
}

async fn serve(listener: TcpListener, state: Arc<Mutex<Netlify>>) {
    while let Ok((socket, _)) = listener.accept().await {
        let state = Arc::clone(&state);
        let answer = service_fn(move |request| answer(request, Arc::clone(&state)));
        let connection = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(socket), answer);
        tokio::spawn(async move { drop(connection.await) });
    }
}

/// A broken connection, which hyper makes of any error.
fn broken() -> std::io::Error {
    std::io::Error::from(std::io::ErrorKind::ConnectionReset)
}

fn plain(status: u16, body: Vec<u8>) -> Response<Body> {
    Response::builder().status(status).body(Body::from(body)).expect("an answer")
}

async fn answer(request: Request<Incoming>, state: Arc<Mutex<Netlify>>) -> Result<Response<Body>, std::io::Error> {
    let path = percent_encoding::percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    let header = |name: &str| request.headers().get(name).map_or("", |value| value.to_str().unwrap_or("")).to_owned();
    let (token, media) = (header("authorization"), header("content-type"));
    let asked = Asked { method: request.method().to_string(), path };
    let body = to_bytes(Body::new(request.into_body()), usize::MAX).await.map_err(|_| broken())?;
    let fault = {
        let mut state = state.lock().expect("the state");
        state.log.push(asked.clone());
        (state.rule)(&asked)
    };
    match fault {
        Fault::None => {}
        Fault::Slow(milliseconds) => tokio::time::sleep(Duration::from_millis(milliseconds)).await,
        Fault::Status(status) => return Ok(plain(status, b"{\"message\": \"no\"}".to_vec())),
        Fault::Patience(status, seconds) => {
            let mut response = plain(status, Vec::new());
            response.headers_mut().insert("retry-after", seconds.into());
            return Ok(response);
        }
        Fault::Echo(status) => return Ok(plain(status, token.into_bytes())),
        Fault::Reset | Fault::LostAnswer | Fault::Hang | Fault::Mute => return Err(broken()),
    }
    let mut state = state.lock().expect("the state");
    let is_authorized = token == format!("Bearer {TOKEN}");
    let (status, answer) = match asked.path.strip_prefix("/api/v1") {
        Some(_) if !is_authorized => (401, b"{\"code\": 401, \"message\": \"Access Denied\"}".to_vec()),
        Some(path) => state.api(&asked.method, path, &media, &body),
        None if token.is_empty() => state.file_of_deploy(&asked.path),
        None => (400, b"the token is not for here".to_vec()),
    };
    Ok(plain(status, answer))
}

fn told(status: u16, value: &Value) -> (u16, Vec<u8>) {
    (status, value.to_string().into_bytes())
}

impl Netlify {
    fn api(&mut self, method: &str, path: &str, media: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let missing = || told(404, &json!({ "code": 404, "message": "Not Found" }));
        let parts: Vec<&str> = path.splitn(6, '/').skip(1).collect();
        match (method, &*parts) {
            ("GET", ["sites", "brief"]) => {
                let published = self.published.map(|n| self.deploy(n));
                told(200, &json!({ "id": "5170e", "name": "brief", "published_deploy": published }))
            }
            ("GET", ["sites", "brief", "files"]) => {
                let Some(published) = self.published else { return told(200, &json!([])) };
                let file = |(path, sha): (&String, &String)| json!({ "path": format!("/{path}"), "sha": sha });
                told(200, &Value::Array(self.deploys[published].files.iter().map(file).collect()))
            }
            ("GET", ["sites", "brief", "files", ..]) => {
                let path = path.trim_start_matches("/sites/brief/files/");
                let sha = self.published.and_then(|published| self.deploys[published].files.get(path));
                let Some(sha) = sha else { return missing() };
                if media == "application/vnd.bitballoon.v1.raw" && self.is_raw {
                    return (200, self.blobs[sha].clone());
                }
                told(200, &json!({ "id": path, "path": format!("/{path}"), "sha": sha, "size": self.blobs[sha].len() }))
            }
            ("POST", ["sites", "brief", "deploys"]) => self.begin(body),
            ("POST", ["sites", "brief", "deploys", id, "restore"]) => {
                let id: usize = id.trim_start_matches('d').parse().expect("a deploy");
                if self.deploys[id].state != "ready" {
                    return told(422, &json!({ "message": "it is not ready" }));
                }
                self.published = Some(id);
                told(201, &self.deploy(id))
            }
            ("GET", ["deploys", id]) => {
                let id: usize = id.trim_start_matches('d').parse().expect("a deploy");
                let told = told(200, &self.deploy(id));
                let deploy = &mut self.deploys[id];
                // It is further when it is asked for again.
                deploy.state = match deploy.state {
                    "preparing" => "prepared",
                    "processing" => "ready",
                    state => state,
                };
                told
            }
            ("PUT", ["deploys", id, "files", ..]) => {
                let at = path.splitn(5, '/').nth(4).expect("a path").to_owned();
                self.upload(id.trim_start_matches('d').parse().expect("a deploy"), &at, body)
            }
            _ => missing(),
        }
    }

    fn required(&self, id: usize) -> Vec<&String> {
        self.deploys[id].files.values().filter(|sha| !self.blobs.contains_key(*sha)).collect()
    }

    fn deploy(&self, id: usize) -> Value {
        let Deploy { state, .. } = &self.deploys[id];
        let required = if *state == "preparing" { Vec::new() } else { self.required(id) };
        let own = format!("{}/d{id}", self.address);
        json!({ "id": format!("d{id}"), "state": state, "required": required, "deploy_ssl_url": own })
    }

    fn begin(&mut self, body: &[u8]) -> (u16, Vec<u8>) {
        let order: Value = serde_json::from_slice(body).expect("JSON");
        assert_eq!(order["draft"], true, "it is published later, in one step");
        let files: BTreeMap<String, String> = serde_json::from_value(order["files"].clone()).expect("digests");
        let id = self.deploys.len();
        self.deploys.push(Deploy { files, state: "uploading" });
        self.deploys[id].state = match (order["async"] == true, self.required(id).is_empty()) {
            (true, _) => "preparing",
            (false, true) => "processing",
            (false, false) => "uploading",
        };
        told(200, &self.deploy(id))
    }

    fn upload(&mut self, id: usize, path: &str, body: &[u8]) -> (u16, Vec<u8>) {
        let sha = sha1(body);
        if self.deploys[id].files.get(path) != Some(&sha) {
            return told(422, &json!({ "message": "other bytes than were told" }));
        }
        self.blobs.insert(sha, body.to_vec());
        if self.required(id).is_empty() {
            self.deploys[id].state = "processing";
        }
        told(200, &json!({ "path": path }))
    }

    /// Answers at a deploy's own address.
    fn file_of_deploy(&self, path: &str) -> (u16, Vec<u8>) {
        let (deploy, path) = path.trim_start_matches("/d").split_once('/').expect("a file");
        let sha = self.deploys[deploy.parse::<usize>().expect("a deploy")].files.get(path);
        sha.map_or((404, Vec::new()), |sha| (200, self.blobs[sha].clone()))
    }
}
