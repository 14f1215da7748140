//! Requests that no page of the preview sends.

use super::Preview;
use crate::fixture::Site;

fn preview() -> (Site, Preview) {
    let site = Site::with_analysis("", "Words.").file("static/open.txt", "open");
    let preview = Preview::of(&site);
    (site, preview)
}

#[test]
fn only_this_machines_own_names_are_answered_to() {
    let (_site, preview) = preview();
    let status =
        |host: &str| preview.raw(format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n").as_bytes()).status;
    for (host, wanted) in [
        ("evil.example", 403),
        ("127.0.0.1.evil.test", 403),
        ("localhost.evil.test", 403),
        ("192.168.1.1", 403),
        ("", 403),
        ("localhost", 200),
        ("localhost:1", 200),
        ("127.0.0.1", 200),
        ("[::1]", 200),
    ] {
        assert_eq!(status(&format!("Host: {host}\r\n")), wanted, "{host}");
    }
    assert_eq!(status(""), 400);
    assert_eq!(status("Host: localhost\r\nHost: evil.example\r\n"), 400);
}

#[test]
fn pages_of_other_origins_hear_and_read_nothing() {
    let (_site, preview) = preview();
    for file in ["events", "about?page=/", "status"] {
        let target = format!("/__dateline/{file}");
        for origin in ["http://evil.example", "null"] {
            let answer = preview.ask("GET", &target, &[&format!("Origin: {origin}")]);
            assert_eq!((answer.status, answer.header("access-control-allow-origin")), (403, None), "{target}");
        }
        assert_eq!(preview.ask("GET", &target, &["Sec-Fetch-Site: cross-site"]).status, 403);
    }
    for target in ["/", "/open.txt", "/style.css", "/404", "/__dateline/client.js"] {
        let answer = preview.ask("GET", target, &["Origin: http://evil.example"]);
        assert_eq!(answer.header("access-control-allow-origin"), None);
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"));
    }
}

#[test]
fn no_target_leads_out_of_the_site() {
    let (_site, preview) = preview();
    let long = format!("/{}", "a".repeat(20 << 10));
    let deep = format!("/{}etc/passwd", "../".repeat(20));
    for target in [
        "/../../../../../../etc/passwd",
        &*deep,
        "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2f..%2fetc/passwd",
        "/..%5c..%5cetc/passwd",
        "/static/../site.toml",
        "/site.toml",
        "/content/analyses/a.md",
        "//etc/passwd",
        "///etc/passwd",
        "/%00",
        "/open.txt%00.html",
        "/%ff",
        "/%",
        "/%4",
        "/#/../etc/passwd",
        "/open.txt#part",
        "http://127.0.0.1/",
        "http://evil.example/open.txt",
        "evil.example:80",
        "open.txt",
        "*",
        "\\etc\\passwd",
        &*long,
    ] {
        let answer = preview.get(target);
        assert!([400, 404, 414].contains(&answer.status), "{target:.40}: {}", answer.status);
        assert!(!answer.text().contains("root:") && !answer.text().contains("base_url"), "{target:.40}");
        assert!(!answer.text().contains("evil.example"), "{target:.40}");
    }
    assert_eq!(preview.get("/open.txt").status, 200);
}

#[test]
fn what_is_no_request_is_no_danger() {
    let (_site, preview) = preview();
    let heads: [&[u8]; 5] = [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        &[b'a'; 100_000],
    ];
    for head in heads {
        let connection = preview.connect();
        std::io::Write::write_all(&mut &connection, head).unwrap_or_default();
        drop(connection);
    }
    assert_eq!(preview.get("/").status, 200);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_site_shows_nothing() {
    let site = Site::with_analysis("", "Words.").folder("static").symlink("/etc", "static/etc");
    let site = site.symlink("/etc/passwd", "static/passwd.txt").file("static/plain.txt", "plain");
    let preview = Preview::of(&site);
    for target in ["/etc/passwd", "/etc/", "/passwd.txt"] {
        assert_eq!(preview.get(target).status, 404, "{target}");
    }
    // One that takes the place of a file while nobody looks.
    assert_eq!(preview.get("/plain.txt").status, 200);
    std::fs::remove_file(site.path("static/plain.txt")).expect("it goes");
    std::os::unix::fs::symlink("/etc/passwd", site.path("static/plain.txt")).expect("a link");
    let answer = preview.get("/plain.txt");
    assert!(answer.status == 404 && !answer.text().contains("root:"));
}

#[test]
fn nothing_can_be_sent() {
    let (_site, preview) = preview();
    for method in ["POST", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE"] {
        for target in ["/", "/open.txt", "/__dateline/events"] {
            let answer = preview.ask(method, target, &["Content-Length: 3"]);
            assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method} {target}");
        }
    }
}
