//! A real S3 server in this process, behind a door that logs every request and goes wrong where a test wants it to.
//!
//! s3s checks signatures and preconditions, and s3s-fs keeps objects as files, so that a test sees what a visitor would.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use hyper::body::Incoming;
use hyper::service::{Service, service_fn};
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::tree::Tree;

/// The only bucket.
pub(crate) const BUCKET: &str = "brief";

/// The name of the only key.
pub(crate) const KEY: &str = "AKIDATELINETEST00001";

/// Its secret.
pub(crate) const SECRET: &str = "s3cr3t/0f+the/tests0nly";

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It is answered with a status, and not done.
    Status(u16),
    /// It is answered with a status and a wait in seconds.
    Patience(u16, u64),
    /// The connection breaks before it is done.
    Reset,
    /// It is done, and the connection breaks before the answer.
    LostAnswer,
    /// It is done a while later.
    Slow(u64),
    /// It is never answered, and the test is told.
    Hang,
    /// It is done, never answered, and the test is told.
    Mute,
    /// It is answered with a status and all that it says itself, and not done.
    Echo(u16),
}

/// A request that was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) method: String,
    /// The key, decoded.
    pub(crate) key: String,
    /// How many came before it.
    pub(crate) number: usize,
    /// The hash of its body, and the key that it copies.
    pub(crate) content: String,
    /// The status; none where there was no answer.
    pub(crate) status: Option<u16>,
}

impl Seen {
    /// Tells whether it wrote an object.
    pub(crate) fn put(&self) -> bool {
        self.method == "PUT" && self.status == Some(200)
    }

    /// Tells whether it changes anything.
    pub(crate) fn writes(&self) -> bool {
        ["PUT", "POST", "DELETE"].contains(&&*self.method)
    }
}

type Rule = Box<dyn FnMut(&Seen) -> Fault + Send>;

struct Door {
    log: Mutex<Vec<Seen>>,
    count: Mutex<usize>,
    rule: Mutex<Rule>,
    hung: Mutex<Sender<()>>,
}

impl Door {
    /// Tells the test that a request hangs, and never answers it.
    async fn hang<T>(&self) -> T {
        let _ = self.hung.lock().expect("the channel").send(());
        std::future::pending().await
    }
}

/// A server that runs until it is dropped.
pub(crate) struct Server {
    dir: TempDir,
    address: String,
    door: Arc<Door>,
    hung: Receiver<()>,
    _runtime: Runtime,
}

impl Server {
    /// Starts a server with one empty bucket.
    pub(crate) fn start() -> Self {
        let dir = TempDir::with_prefix("dateline-s3-").expect("a temporary folder");
        std::fs::create_dir(dir.path().join(BUCKET)).expect("a bucket");
        Self::over(dir)
    }

    /// Starts another server with all that this one has.
    pub(crate) fn copy(&self) -> Self {
        let dir = TempDir::with_prefix("dateline-s3-").expect("a temporary folder");
        Tree::of(self.dir.path()).write(dir.path());
        Self::over(dir)
    }

    fn over(dir: TempDir) -> Self {
        let mut builder = S3ServiceBuilder::new(s3s_fs::FileSystem::new(dir.path()).expect("a file system"));
        builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = builder.build();
        let (sender, hung) = channel();
        let rule: Rule = Box::new(|_| Fault::None);
        let door =
            Door { log: Mutex::default(), count: Mutex::default(), rule: Mutex::new(rule), hung: Mutex::new(sender) };
        let door = Arc::new(door);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("threads");
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
        let address = listener.local_addr().expect("an address").to_string();
        runtime.spawn(serve(listener, service, Arc::clone(&door)));
        Self { dir, address, door, hung, _runtime: runtime }
    }

    /// Gives the lines of site.toml that publish here.
    pub(crate) fn target(&self) -> String {
        target(&self.address)
    }

    /// Decides from now on what goes wrong.
    pub(crate) fn rule(&self, rule: impl FnMut(&Seen) -> Fault + Send + 'static) {
        *self.door.rule.lock().expect("the rule") = Box::new(rule);
    }

    /// Takes the log of what was answered since it was taken last.
    pub(crate) fn log(&self) -> Vec<Seen> {
        *self.door.count.lock().expect("the count") = 0;
        std::mem::take(&mut *self.door.log.lock().expect("the log"))
    }

    /// Waits for a request that hangs, and tells whether one did.
    pub(crate) fn hangs(&self, patience: Duration) -> bool {
        self.hung.recv_timeout(patience).is_ok()
    }

    /// Where the objects are.
    pub(crate) fn folder(&self) -> PathBuf {
        self.dir.path().join(BUCKET)
    }

    /// Reads every object.
    pub(crate) fn objects(&self) -> BTreeMap<String, Vec<u8>> {
        Tree::of(&self.folder()).files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect()
    }

    /// Reads what an object is served with, as the server keeps it beside the object.
    pub(crate) fn headers(&self, key: &str) -> serde_json::Value {
        let encode = |text: &str| base64(text.as_bytes());
        let name = format!(".bucket-{}.object-{}.metadata.json", encode(BUCKET), encode(key));
        let text = std::fs::read(self.dir.path().join(&name)).unwrap_or_else(|error| panic!("{key}: {error}"));
        serde_json::from_slice(&text).expect("JSON")
    }
}

/// Gives the lines of site.toml that publish to a server that speaks S3.
pub(crate) fn target(address: &str) -> String {
    format!("kind = \"s3\"\nbucket = \"{BUCKET}\"\nendpoint = \"http://{address}\"\nregion = \"eu-test-1\"")
}

/// Encodes as base64 for URLs without padding (RFC 4648, section 5).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let group = |chunk: &[u8]| {
        let bits = chunk.iter().enumerate().fold(0_u32, |bits, (n, byte)| bits | u32::from(*byte) << (16 - 8 * n));
        (0..=chunk.len()).map(|n| char::from(DIGITS[(bits >> (18 - 6 * n) & 63) as usize])).collect::<String>()
    };
    bytes.chunks(3).map(group).collect()
}

async fn serve(listener: TcpListener, service: S3Service, door: Arc<Door>) {
    while let Ok((socket, _)) = listener.accept().await {
        let (service, door) = (service.clone(), Arc::clone(&door));
        // What is sent in two parts is not to wait for the other side.
        let _ = socket.set_nodelay(true);
        // A request that has arrived is done, whatever becomes of the one who sent it.
        let answer = service_fn(move |request| {
            let answered = tokio::spawn(answer(request, service.clone(), Arc::clone(&door)));
            async { answered.await.unwrap_or_else(|_| Err(broken())) }
        });
        let connection = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(socket), answer);
        tokio::spawn(async move { drop(connection.await) });
    }
}

/// A broken connection, which hyper makes of any error.
fn broken() -> std::io::Error {
    std::io::Error::from(std::io::ErrorKind::ConnectionReset)
}

async fn answer(
    request: Request<Incoming>,
    service: S3Service,
    door: Arc<Door>,
) -> Result<Response<s3s::Body>, std::io::Error> {
    let path = percent_encoding::percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    let key = path.trim_start_matches('/').strip_prefix(BUCKET).unwrap_or(&path).trim_start_matches('/').to_owned();
    let number = {
        let mut count = door.count.lock().expect("the count");
        *count += 1;
        *count - 1
    };
    let header = |name: &str| request.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let content = ["x-amz-content-sha256", "x-amz-copy-source"].map(|name| header(name).unwrap_or_default()).join(" ");
    let mut seen = Seen { method: request.method().to_string(), key, number, content, status: None };
    let fault = door.rule.lock().expect("the rule")(&seen);
    let plain = |status: u16, body: &str| {
        Response::builder().status(status).body(s3s::Body::from(body.to_owned())).expect("an answer")
    };
    let response = match fault {
        Fault::Hang => return door.hang().await,
        Fault::Reset => Err(broken()),
        Fault::Status(503) => {
            Ok(plain(503, "<Error><Code>SlowDown</Code><Message>Reduce your request rate</Message></Error>"))
        }
        Fault::Status(status) => Ok(plain(status, "<Error><Code>Refused</Code></Error>")),
        Fault::Patience(status, seconds) => {
            let mut response = plain(status, "");
            response.headers_mut().insert("retry-after", seconds.into());
            Ok(response)
        }
        Fault::Echo(status) => {
            let said = format!("{:?} {:?}", request.uri(), request.headers());
            let version = serde_json::json!({ "version": 1, "generation": &said });
            Ok(plain(status, &if status == 200 { version.to_string() } else { format!("<Code>{said}</Code> {said}") }))
        }
        Fault::None | Fault::Slow(_) | Fault::LostAnswer | Fault::Mute => {
            if let Fault::Slow(milliseconds) = fault {
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
            }
            let done = Service::call(&service, request).await.map_err(|_| broken());
            // The answer that is lost is to what was done.
            if matches!(fault, Fault::LostAnswer) { Err(broken()) } else { done }
        }
    };
    seen.status = response.as_ref().ok().map(|response| response.status().as_u16());
    door.log.lock().expect("the log").push(seen);
    if matches!(fault, Fault::Mute) {
        return door.hang().await;
    }
    response
}
