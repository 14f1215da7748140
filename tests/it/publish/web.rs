//! nginx and Caddy, which serve a folder as those who run one would let them.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A program that answers at a port of this machine and ends with the test.
pub(crate) struct Web {
    process: Child,
    port: u16,
    /// Its settings and what it writes down.
    _dir: TempDir,
}

impl Drop for Web {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Web {
    /// Starts nginx over a folder; `more` stands in its `server`.
    pub(crate) fn nginx(root: &Path, more: &str) -> Option<Self> {
        let (dir, port) = (folder(), free_port());
        let settings = format!(
            "daemon off; pid nginx.pid; error_log stderr; events {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off;\nclient_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;\nserver {{ listen 127.0.0.1:{port}; root {}; {more} }} }}\n",
            root.display()
        );
        fs::write(dir.path().join("server.conf"), settings).expect("a file");
        let mut command = Command::new("nginx");
        command.arg("-p").arg(dir.path()).arg("-c").arg(dir.path().join("server.conf"));
        // Its files belong to whoever runs the test, in a folder that no other user may enter.
        if fs::metadata("/root").is_ok_and(|_| fs::read_dir("/root").is_ok()) {
            command.args(["-g", "user root;"]);
        }
        Self::start("nginx", port, dir, &mut command)
    }

    /// Starts Caddy over a folder; `more` stands in its site.
    pub(crate) fn caddy(root: &Path, more: &str) -> Option<Self> {
        let (dir, port) = (folder(), free_port());
        let settings = format!(
            "{{\n\tadmin off\n\tauto_https off\n}}\nhttp://localhost:{port} {{\n\troot * {}\n\t{more}\n}}\n",
            root.display()
        );
        let at = dir.path().join("Caddyfile");
        fs::write(&at, settings).expect("a file");
        let mut command = Command::new("caddy");
        command.args(["run", "--adapter", "caddyfile", "--config"]).arg(at).env("HOME", dir.path());
        Self::start("caddy", port, dir, &mut command)
    }

    /// Starts a program, which is given a port, and waits until it answers.
    pub(crate) fn start(name: &str, port: u16, dir: TempDir, command: &mut Command) -> Option<Self> {
        let Ok(process) = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn() else {
            eprintln!("SKIPPED publishing with {name}: it is not installed");
            return None;
        };
        let mut web = Self { process, port, _dir: dir };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < Duration::from_secs(20), "{name} does not answer");
            assert!(web.process.try_wait().expect("it is waited for").is_none(), "{name} ended at once");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(web)
    }

    /// Where it answers.
    pub(crate) fn address(&self) -> Address {
        Address(self.port)
    }

    /// Asks for a path.
    pub(crate) fn get(&self, path: &str, headers: &str) -> Answer {
        self.address().get(path, headers)
    }
}

/// A port of this machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address(pub(crate) u16);

/// What a server answered.
pub(crate) struct Answer {
    /// Its head, in lower case.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// Tells whether it is what was asked for.
    pub(crate) fn is_ok(&self) -> bool {
        self.head.starts_with("http/1.1 200")
    }
}

impl Address {
    /// The address as it stands in settings.
    pub(crate) fn url(self) -> String {
        format!("http://localhost:{}", self.0)
    }

    /// Asks for a path; `headers` are whole lines.
    pub(crate) fn get(self, path: &str, headers: &str) -> Answer {
        self.ask("GET", path, headers)
    }

    /// Sends a request without a body.
    pub(crate) fn ask(self, method: &str, path: &str, headers: &str) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.0)).expect("it answers");
        let port = self.0;
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 0\r\nConnection: close\r\n{headers}\r\n"
        )
        .expect("it is sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it is read");
        let at = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
        Answer { head: String::from_utf8_lossy(&bytes[..at]).to_lowercase(), body: bytes[at + 4..].to_vec() }
    }
}

/// Makes a folder that goes away with the server.
pub(crate) fn folder() -> TempDir {
    TempDir::with_prefix("dateline-web-").expect("a temporary folder")
}

/// Finds a port that nobody listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}
