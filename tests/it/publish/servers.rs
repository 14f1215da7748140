//! nginx and Caddy, serving what was published with the settings that came with it.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{publish, site};
use crate::fixture::Site;

/// A web server that ends with the test.
struct Server {
    process: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Server {
    /// Starts a program, which is given a port.
    fn start(name: &str, port: u16, command: &mut Command) -> Option<Self> {
        let Ok(process) = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn() else {
            eprintln!("SKIPPED serving what was published: {name} is not installed");
            return None;
        };
        let mut server = Self { process, port };
        let started = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(started.elapsed() < Duration::from_secs(8), "{name} does not answer");
            assert!(server.process.try_wait().expect("it is waited for").is_none(), "{name} ended at once");
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(server)
    }

    /// Asks for a path, and gives the head of the answer in lower case, and its body.
    fn get(&self, path: &str, headers: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it answers");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n")
            .expect("it is sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("it is read");
        let at = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a head");
        (String::from_utf8_lossy(&bytes[..at]).to_lowercase(), bytes[at + 4..].to_vec())
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// Publishes a site with an old path and strange names.
fn published() -> Site {
    let target = "kind = \"folder\"\npath = \"../www\"\nprecompress = true";
    let site = site(target)
        .analysis("moved", "aliases = [\"old place\"]", "It has moved.")
        .file("static/odd/café +&~.txt", "odd");
    publish(&site, &[], &[]).succeeds();
    site
}

fn serves_it(server: &Server, www: &Path) {
    let (head, body) = server.get("/", "");
    assert!(head.starts_with("http/1.1 200"), "{head}");
    for wanted in [
        "content-security-policy: default-src 'self'",
        "x-content-type-options: nosniff",
        "cache-control: no-cache",
        "text/html; charset=utf-8",
    ] {
        assert!(head.contains(wanted), "{wanted} is not in {head}");
    }
    assert_eq!(body, fs::read(www.join("current/index.html")).expect("it is there"));
    let (head, _) = server.get("/app.3f9a01bc.css", "");
    assert!(
        head.contains("cache-control: public, max-age=31536000, immutable") && !head.contains("no-cache"),
        "{head}"
    );
    let (head, _) = server.get("/style.css", "");
    assert!(head.contains("cache-control: no-cache") && head.contains("text/css; charset=utf-8"), "{head}");
    let (head, _) = server.get("/old%20place/", "");
    assert!(head.starts_with("http/1.1 301") && head.contains("/analyses/moved/"), "{head}");
    let (head, body) = server.get("/odd/caf%C3%A9%20+&~.txt", "");
    assert!(head.starts_with("http/1.1 200") && body.ends_with(b"odd"), "{head}");
    let (head, body) = server.get("/nothing/", "");
    assert!(head.starts_with("http/1.1 404"), "{head}");
    assert!(String::from_utf8_lossy(&body).contains("Page not found"));
    let (head, _) = server.get("/.dateline/publish.json", "");
    assert!(head.starts_with("http/1.1 404"), "{head}");
}

#[test]
fn nginx_serves_it() {
    let site = published();
    let www = site.around().join("www");
    let port = free_port();
    let settings = format!(
        "daemon off; pid nginx.pid; error_log stderr; events {{}}\nhttp {{ include /etc/nginx/mime.types; access_log off;\nclient_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;\nserver {{ listen 127.0.0.1:{port}; root {0}/current; include {0}/nginx.conf; }} }}\n",
        www.display()
    );
    fs::write(site.around().join("server.conf"), settings).expect("a file");
    let mut command = Command::new("nginx");
    command.arg("-p").arg(site.around()).arg("-c").arg(site.around().join("server.conf"));
    // Its files belong to whoever runs the test, in a folder that no other user may enter.
    if fs::metadata("/root").is_ok_and(|_| fs::read_dir("/root").is_ok()) {
        command.args(["-g", "user root;"]);
    }
    if let Some(server) = Server::start("nginx", port, &mut command) {
        serves_it(&server, &www);
    }
}

#[test]
fn caddy_serves_it() {
    let site = published();
    let www = site.around().join("www");
    let port = free_port();
    let settings = format!(
        "{{\n\tadmin off\n\tauto_https off\n}}\nhttp://localhost:{port} {{\n\troot * {0}/current\n\timport {0}/Caddyfile\n}}\n",
        www.display()
    );
    fs::write(site.around().join("server.caddy"), settings).expect("a file");
    let mut command = Command::new("caddy");
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(site.around().join("server.caddy"));
    command.env("HOME", site.around());
    if let Some(server) = Server::start("caddy", port, &mut command) {
        let (head, _) = server.get("/", "Accept-Encoding: br\r\n");
        assert!(head.contains("content-encoding: br"), "{head}");
        serves_it(&server, &www);
    }
}
