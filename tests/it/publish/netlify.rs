//! A site at Netlify, which here is a fake: see `netlify_server.rs`.

use std::time::Duration;

use super::netlify_server::{Asked, Server, TOKEN};
use super::server::Fault;
use super::{change, counts, site};
use crate::fixture::{Outcome, Site};

fn publish(site: &Site, options: &[&str]) -> Outcome {
    let outcome = super::publish(site, options, &[("NETLIFY_AUTH_TOKEN", TOKEN), ("NO_PROXY", "127.0.0.1")]);
    assert!(!outcome.stdout.contains(TOKEN) && !outcome.stderr.contains(TOKEN), "the token is printed");
    outcome
}

/// Makes a server and a site for it, which is published already.
fn published() -> (Server, Site) {
    let server = Server::start();
    let site = site(&server.target());
    publish(&site, &[]).succeeds();
    server.log();
    (server, site)
}

fn uploads(log: &[Asked]) -> Vec<&str> {
    log.iter()
        .filter(|asked| asked.method == "PUT")
        .filter_map(|asked| Some(asked.path.split_once("/files/")?.1))
        .collect()
}

#[test]
fn a_site_is_published_once_and_then_only_what_changed() {
    let server = Server::start();
    let site = site(&server.target()).analysis("moved", "aliases = [\"old place\"]", "It has moved.");
    let shown = publish(&site, &["--dry-run"]);
    shown.exits(2);
    assert!(server.log().iter().all(|asked| !asked.writes()), "a dry run writes nothing");
    let first = publish(&site, &[]);
    first.succeeds();
    assert_eq!(counts(&shown), counts(&first));
    let live = server.live();
    assert!(live.contains_key("analyses/one/index.html"));
    assert_eq!(live["_redirects"], b"/old%20place/ /analyses/moved/ 301!\n");
    assert!(String::from_utf8_lossy(&live["_headers"]).contains("script-src 'self'"));
    server.log();
    let again = publish(&site, &[]);
    again.succeeds();
    assert_eq!(again.json()["published"], false);
    assert!(server.log().iter().all(|asked| !asked.writes()));

    change(&site);
    publish(&site, &[]).succeeds();
    let log = server.log();
    let uploads = uploads(&log);
    let is_sheet = |path: &&str| path.starts_with("style.") || path.starts_with("code.");
    assert!(uploads.contains(&"analyses/three/index.html") && !uploads.iter().any(is_sheet), "{uploads:#?}");
    let live = server.live();
    assert!(!live.contains_key("analyses/two/index.html"));
    assert!(live.contains_key("app.3f9a01bc.css"), "a superseded asset stays for a week");
    publish(&site, &["--now", "2026-06-09"]).succeeds();
    assert!(!server.live().contains_key("app.3f9a01bc.css"), "and then goes");
}

#[test]
fn many_files_are_compared_after_the_answer() {
    let server = Server::start();
    let site = site(&server.target());
    for n in 0..150 {
        site.put(&format!("static/files/café {n}.txt"), format!("text {n}"));
    }
    publish(&site, &[]).succeeds();
    assert_eq!(server.live()["files/café 149.txt"], b"text 149");
    server.log();
    site.put("static/files/café 7.txt", "other");
    publish(&site, &[]).succeeds();
    let log = server.log();
    assert!(uploads(&log).contains(&"files/café 7.txt") && !uploads(&log).contains(&"files/café 8.txt"));
}

#[test]
fn a_failed_upload_leaves_the_site_as_it_is() {
    let (server, site) = published();
    let before = server.live();
    change(&site);
    server.rule(|asked| {
        let is_page = asked.method == "PUT" && asked.path.ends_with("/analyses/three/index.html");
        if is_page { Fault::Status(403) } else { Fault::None }
    });
    publish(&site, &[]).exits(3).says("analyses/three/index.html").says("403");
    assert_eq!(server.live(), before);
    server.log();
    server.rule(|_| Fault::None);
    publish(&site, &[]).succeeds();
    assert!(server.live().contains_key("analyses/three/index.html"));
}

#[test]
fn a_rollback_brings_every_byte_back() {
    let (server, site) = published();
    publish(&site, &["--rollback"]).exits(3).says("no earlier site");
    let first = server.live();
    change(&site);
    publish(&site, &[]).succeeds();
    let second = server.live();
    site.put("static/note.txt", "a third site");
    publish(&site, &[]).succeeds();
    publish(&site, &["--rollback", "--dry-run"]).exits(2);
    publish(&site, &["--rollback"]).succeeds();
    assert_eq!(server.live(), second);
    publish(&site, &["--rollback"]).succeeds();
    assert_eq!(server.live(), first);
    publish(&site, &["--rollback"]).exits(3).says("no earlier site");
    publish(&site, &[]).succeeds();
    assert!(server.live().contains_key("note.txt"));
}

#[test]
fn bytes_come_from_the_deploys_own_address_where_the_api_has_digests_only() {
    let (server, site) = published();
    server.tells_digests_only();
    let again = publish(&site, &[]);
    again.succeeds();
    assert_eq!(again.json()["published"], false);
    let first = server.live();
    change(&site);
    publish(&site, &[]).succeeds();
    publish(&site, &["--rollback"]).succeeds();
    assert_eq!(server.live(), first);
}

#[test]
fn a_deploy_that_is_not_ours_is_not_replaced() {
    let server = Server::start();
    server.publish(&[("index.html", "theirs"), ("about.html", "theirs")]);
    let site = site(&server.target());
    let before = server.live();
    publish(&site, &[]).exits(3).says("`about.html` and 1 more at the host is not ours");
    assert!(server.log().iter().all(|asked| !asked.writes()));
    assert_eq!(server.live(), before);
    publish(&site, &["--adopt"]).succeeds();
    assert!(!server.live().contains_key("about.html"), "a deploy is the whole site");
}

#[test]
fn of_two_publishes_at_once_one_wins() {
    let server = Server::start();
    let sites = ["navy", "black"].map(|color| {
        let site = site(&server.target());
        site.put("static/plain.css", format!("body {{ color: {color} }}"));
        site.put("static/note.txt", color);
        site
    });
    let (begun, begins) = std::sync::mpsc::channel();
    server.rule(move |asked| {
        if asked.method != "PUT" {
            return Fault::None;
        }
        // A test that is over hears no more.
        let _ = begun.send(());
        Fault::Slow(200)
    });
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let first = scope.spawn(|| publish(&sites[0], &[]));
        begins.recv().expect("the first one begins to write");
        let second = scope.spawn(|| publish(&sites[1], &[]));
        [first, second].into_iter().map(|run| run.join().expect("it ends")).collect()
    });
    let lost: Vec<bool> =
        outcomes.iter().map(|outcome| outcome.stderr.contains("another publish was faster")).collect();
    for (outcome, lost) in outcomes.iter().zip(&lost) {
        outcome.exits(if *lost { 3 } else { 0 });
    }
    let live = server.live();
    let color = String::from_utf8_lossy(&live["note.txt"]).into_owned();
    assert!(live["plain.css"].ends_with(format!("{color} }}").as_bytes()), "never a mix");
    assert_eq!(lost.iter().filter(|lost| **lost).count(), 1, "one wins: {lost:?}");
}

#[test]
fn a_host_that_asks_for_patience_gets_it_and_a_refusal_is_an_answer() {
    let (server, site) = published();
    change(&site);
    let mut number = 0;
    server.rule(move |_| {
        number += 1;
        match number {
            1 => Fault::Patience(429, 1),
            3 => Fault::Status(429),
            5 => Fault::Status(503),
            7 => Fault::Reset,
            _ => Fault::None,
        }
    });
    let patient = publish(&site, &[]);
    patient.succeeds();
    assert!(patient.took >= Duration::from_secs(1), "{:?}", patient.took);
    assert!(server.live().contains_key("analyses/three/index.html"));
    for status in [401, 403, 404] {
        server.log();
        server.rule(move |_| Fault::Status(status));
        publish(&site, &[]).exits(3).says(&status.to_string());
        assert_eq!(server.log().len(), 1);
    }
}

#[test]
fn without_a_token_it_is_told_at_once_what_to_set() {
    let server = Server::start();
    let site = site(&server.target());
    let outcome = super::publish(&site, &[], &[]);
    outcome.exits(2).says("there are no credentials for Netlify").says("NETLIFY_AUTH_TOKEN");
    assert!(outcome.took < Duration::from_secs(2), "{:?}", outcome.took);
    assert!(server.log().is_empty());
    let wrong = super::publish(&site, &[], &[("NETLIFY_AUTH_TOKEN", "wr0ngs3cret"), ("NO_PROXY", "127.0.0.1")]);
    wrong.exits(3).says("401").says("NETLIFY_AUTH_TOKEN");
    assert!(!wrong.stderr.contains("wr0ngs3cret"));
}

#[test]
fn a_name_that_netlify_cannot_have_is_told_before_anything_is_sent() {
    let server = Server::start();
    let site = site(&server.target()).file("static/a#b.txt", "odd");
    publish(&site, &[]).exits(3).says("`a#b.txt`");
    assert!(server.log().is_empty());
    let open = super::site("kind = \"netlify\"\nsite = \"brief\"\nendpoint = \"http://netlify.example\"");
    publish(&open, &[]).fails().says("no address that a token may be sent to");
}
