//! Many who listen, some of them badly.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::Preview;
use crate::fixture::Site;

#[test]
fn a_thousand_listeners_keep_nobody_waiting() {
    let site = Site::with_analysis("", "Words.");
    let preview = Preview::of(&site);
    let mut events = preview.events();
    let listen = format!("GET /__dateline/events HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", preview.port);
    let crowd: Vec<TcpStream> = (0..1000)
        .map(|n| {
            let mut connection = preview.connect();
            // Two of three listen and never read; the third stops in the middle of its request.
            let request = if n % 3 == 0 { &listen[..20] } else { &listen };
            connection.write_all(request.as_bytes()).expect("it is sent");
            connection
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
