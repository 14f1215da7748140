//! The preview, asked over a plain socket: what browsers see, and what they are not shown.

mod answers;
mod crowd;
mod mistakes;
mod saves;
mod strangers;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::fixture::{NOW, Site, program};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// A preview of a site, on a port that the system chose; it ends with its test.
pub(crate) struct Preview {
    child: Child,
    /// Its port on 127.0.0.1.
    pub(crate) port: u16,
    /// The line that said so.
    pub(crate) said: String,
    /// What it said later.
    pub(crate) lines: Receiver<String>,
}

impl Preview {
    /// Previews a site.
    pub(crate) fn of(site: &Site) -> Self {
        Self::with(site, &[])
    }

    /// Previews a site with options.
    pub(crate) fn with(site: &Site, options: &[&str]) -> Self {
        let mut command = program();
        command.args(["serve", "--port", "0", "--now", NOW, "--root"]).arg(site.root()).args(options);
        command.env_remove("VISUAL").env_remove("EDITOR");
        Self::run(command)
    }

    /// Runs a command that previews.
    #[allow(clippy::zombie_processes, reason = "the preview is killed and waited for when it is dropped")]
    pub(crate) fn run(mut command: std::process::Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let (sender, lines) = channel();
        let pipes: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().expect("a pipe")), Box::new(child.stderr.take().expect("a pipe"))];
        for pipe in pipes {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(pipe).lines().map_while(Result::ok) {
                    // A test that is over hears no more.
                    let _ = sender.send(line);
                }
            });
        }
        let started = Instant::now();
        loop {
            let line = lines.recv_timeout(PATIENCE.saturating_sub(started.elapsed())).expect("it says where it is");
            if let Some((_, address)) = line.split_once("http://") {
                let port = address.split(['/', ' ']).next().and_then(|host| host.rsplit_once(':')).expect("a port").1;
                return Self { child, port: port.parse().expect("a number"), said: line.clone(), lines };
            }
        }
    }

    /// Opens a connection.
    pub(crate) fn connect(&self) -> TcpStream {
        let connection = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        connection.set_read_timeout(Some(PATIENCE)).expect("a timeout");
        connection
    }

    /// Sends bytes as they are, and reads until the connection is closed.
    pub(crate) fn raw(&self, request: &[u8]) -> Answer {
        let mut connection = self.connect();
        // A server that has refused the head need not read all of it.
        let _ = connection.write_all(request);
        let mut bytes = Vec::new();
        let _ = connection.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    /// Asks for a target with some lines of header more.
    pub(crate) fn ask(&self, method: &str, target: &str, lines: &[&str]) -> Answer {
        let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        let request =
            format!("{method} {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n{lines}\r\n", self.port);
        self.raw(request.as_bytes())
    }

    /// Asks for a target as a browser does.
    pub(crate) fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[])
    }

    /// Reads a page without the preview's script.
    #[track_caller]
    pub(crate) fn page(&self, target: &str) -> String {
        let answer = self.get(target);
        assert_eq!(answer.status, 200, "{target}: {}", answer.text());
        answer.without_script()
    }

    /// Reads what the bar and the overlay of a page are made of.
    pub(crate) fn about(&self, page: &str) -> Value {
        self.get(&format!("/__dateline/about?page={page}")).json()
    }

    /// Reads a number of what was done so far.
    #[track_caller]
    pub(crate) fn count(&self, name: &str) -> u64 {
        self.get("/__dateline/status").json()[name].as_u64().unwrap_or_else(|| panic!("no number `{name}`"))
    }

    /// Hears what browsers are told; the present state has been told already.
    pub(crate) fn events(&self) -> Events {
        let mut connection = self.connect();
        let request = format!("GET /__dateline/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port);
        connection.write_all(request.as_bytes()).expect("it is sent");
        let mut events = Events { lines: BufReader::new(connection) };
        events.next();
        events
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.child.kill().expect("the program is killed");
        self.child.wait().expect("the program ends");
        let panicked = self.lines.try_iter().find(|line| line.contains("panicked at"));
        assert!(thread::panicking() || panicked.is_none(), "{panicked:?}");
    }
}

/// What a browser hears.
pub(crate) struct Events {
    lines: BufReader<TcpStream>,
}

impl Events {
    /// Waits for the next pulse.
    pub(crate) fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).expect("a line in time") > 0, "the events ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).expect("JSON");
            }
        }
    }

    /// Waits until a number has gone up.
    pub(crate) fn until(&mut self, name: &str, above: u64) -> Value {
        loop {
            let pulse = self.next();
            if pulse[name].as_u64().expect("a number") > above {
                return pulse;
            }
        }
    }
}

/// An answer over HTTP.
pub(crate) struct Answer {
    /// The status; 0 where nothing came.
    pub(crate) status: u16,
    head: String,
    /// The body.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    fn of(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |end| end + 4);
        let (head, body) = bytes.split_at(end);
        let head = String::from_utf8_lossy(head).into_owned();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Self { status, head, body: body.to_vec() }
    }

    /// Finds a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let is = |line: &&str| line.split(':').next().is_some_and(|own| own.eq_ignore_ascii_case(name));
        self.head.lines().skip(1).find(is).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim())
    }

    /// Gives the body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Gives the body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}{}", self.head, self.text()))
    }

    /// Takes the preview's script out of a page.
    pub(crate) fn without_script(&self) -> String {
        let text = self.text();
        let start = text.find("<script type=\"module\" src=\"/__dateline/").expect("a page has the script");
        let end = start + text[start..].find("</script>\n").expect("it ends") + "</script>\n".len();
        [&text[..start], &text[end..]].concat()
    }
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn eventually(what: &str, mut is: impl FnMut() -> bool) {
    let started = Instant::now();
    while !is() {
        assert!(started.elapsed() < PATIENCE, "it never came to be: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}
