//! Many who listen, some of them badly.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::Preview;
use crate::fixture::Site;

/// More than the system keeps of what nobody reads, at either end of a connection.
const LARGE: u64 = 32 << 20;

/// Sends a request, reads how the answer begins, and no more of it.
fn begin(preview: &Preview, target: &str) -> TcpStream {
    let mut connection = preview.connect();
    let request = format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", preview.port);
    connection.write_all(request.as_bytes()).expect("it is sent");
    let mut status = [0; 12];
    connection.read_exact(&mut status).expect("an answer");
    assert_eq!(status, *b"HTTP/1.1 200", "{target}");
    connection
}

#[test]
fn a_thousand_listeners_keep_nobody_waiting() {
    let site = Site::with_analysis("", "Words.").file("static/large.bin", "");
    let large = std::fs::File::create(site.path("static/large.bin")).expect("a file");
    large.set_len(LARGE).expect("it is made large");
    let preview = Preview::of(&site);
    let mut events = preview.events();
    let crowd: Vec<TcpStream> = (0..1000)
        .map(|n| match n % 3 {
            // One of three stops in the middle of its request.
            0 => {
                let mut connection = preview.connect();
                connection.write_all(b"GET /__dateline/even").expect("it is sent");
                connection
            }
            // Some take the beginning of a large file, and leave the rest in the system's buffers until they are full.
            1 if n % 30 == 1 => begin(&preview, "/large.bin"),
            // The others listen, and read nothing of what they are told.
            _ => begin(&preview, "/__dateline/events"),
        })
        .collect();
    for round in 0..20 {
        site.put("content/analyses/a.md", format!("+++\ntitle = \"A\"\ndate = 2026-05-18\n+++\nRound {round}.\n"));
        let before = Instant::now();
        events.until("site", round + 1);
        assert!(preview.page("/analyses/a/").contains(&format!("Round {round}.")));
        assert!(before.elapsed() < Duration::from_secs(2), "{:?}", before.elapsed());
    }
    drop(crowd);
    assert_eq!(preview.get("/").status, 200);
}
