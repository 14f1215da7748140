//! A bucket, at a server that checks signatures and preconditions.

use std::collections::BTreeSet;
use std::time::Duration;

use super::server::{Fault, KEY, SECRET, Seen, Server};
use super::visitor::Visitor;
use super::web::Web;
use super::{change, counts, site, strange, url, visible};
use crate::fixture::{Outcome, Site};

/// All that the program knows of credentials.
pub(crate) const ENVIRONMENT: [(&str, &str); 5] = [
    ("AWS_ACCESS_KEY_ID", KEY),
    ("AWS_SECRET_ACCESS_KEY", SECRET),
    ("AWS_PROFILE", ""),
    ("HOME", "/nonexistent"),
    ("NO_PROXY", "127.0.0.1"),
];

/// Publishes with the only key.
pub(crate) fn publish(site: &Site, options: &[&str]) -> Outcome {
    super::publish(site, options, &ENVIRONMENT)
}

/// Makes a server and a site for it, which is published already.
fn published() -> (Server, Site) {
    let server = Server::start();
    let site = site(&server.target());
    publish(&site, &[]).succeeds();
    server.log();
    (server, site)
}

fn wrote(log: &[Seen]) -> Vec<&str> {
    log.iter().filter(|seen| seen.writes()).map(|seen| &*seen.key).collect()
}

#[test]
fn a_thousand_files_are_there_and_are_not_sent_again() {
    let server = Server::start();
    let site = site(&server.target());
    for n in 0..1000 {
        site.put(&format!("static/files/{n}.txt"), format!("text {n}"));
    }
    let first = publish(&site, &[]);
    first.succeeds();
    let objects = visible(&server.objects());
    assert_eq!(objects.len(), counts(&first)[0]);
    assert_eq!(objects["files/999.txt"], b"text 999");
    let headers = |key: &str| {
        let headers = server.headers(key);
        ["content_type", "cache_control"].map(|name| headers[name].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(headers("index.html"), ["text/html; charset=utf-8", "no-cache"]);
    assert_eq!(headers("files/999.txt"), ["text/plain; charset=utf-8", "no-cache"]);
    let forever = "public, max-age=31536000, immutable";
    assert_eq!(headers("app.3f9a01bc.css"), ["text/css; charset=utf-8", forever]);
    let manifest: serde_json::Value =
        serde_json::from_slice(&server.objects()[".dateline/publish.json"]).expect("a manifest");
    for (path, file) in manifest["files"].as_object().expect("files") {
        assert_eq!(headers(path), ["type", "cache"].map(|name| file[name].as_str().unwrap_or_default()), "{path}");
    }
    server.log();
    let again = publish(&site, &[]);
    again.succeeds();
    assert_eq!(wrote(&server.log()), Vec::<&str>::new());
}

#[test]
fn a_failed_asset_stops_the_pages() {
    let (server, site) = published();
    let before = visible(&server.objects());
    change(&site);
    server.rule(
        |seen| if seen.key.starts_with("app.") && seen.method == "PUT" { Fault::Status(403) } else { Fault::None },
    );
    publish(&site, &[]).exits(3).says("app.4b0c12de.css").says("403");
    assert_eq!(visible(&server.objects()), before, "no page was sent and nothing was deleted");
    let log = server.log();
    assert!(log.iter().all(|seen| seen.method != "DELETE" && !(seen.put() && seen.key == ".dateline/publish.json")));
    server.rule(|_| Fault::None);
    publish(&site, &[]).succeeds();
    assert!(server.objects().contains_key("analyses/three/index.html"));
}

#[test]
fn a_failed_page_stops_lists_feeds_manifest_and_deletions() {
    for failing in ["analyses/one/index.html", "analyses/three/index.html"] {
        let (server, site) = published();
        change(&site);
        server.rule(
            move |seen| if seen.key == failing && seen.method == "PUT" { Fault::Status(403) } else { Fault::None },
        );
        publish(&site, &[]).exits(3).says(failing);
        let log = server.log();
        let sent: BTreeSet<&str> = log.iter().filter(|seen| seen.put()).map(|seen| &*seen.key).collect();
        let lists = ["index.html", "analyses/index.html", "tags/index.html", "related/index.html"];
        let feeds = ["atom.xml", "feed.json", "sitemap.xml", "data/related.json", ".dateline/publish.json"];
        let all_there = server.objects();
        for path in lists.into_iter().chain(feeds) {
            assert!(all_there.contains_key(path) && !sent.contains(path), "{path}: {sent:#?}");
        }
        // New lists come after new pages, and before pages that change.
        let is_new = failing == "analyses/three/index.html";
        assert_eq!(sent.iter().any(|key| key.starts_with("tags/")), !is_new, "{sent:#?}");
        assert!(log.iter().all(|seen| seen.method != "DELETE"));
    }
}

#[test]
fn a_visitor_meets_no_broken_link() {
    let (server, site) = published();
    // The bucket, as a public one answers.
    let Some(web) = Web::nginx(&server.folder(), "index index.html;") else { return };
    server.rule(|seen| if seen.writes() { Fault::Slow(25) } else { Fault::None });
    let visitor = Visitor::of(&web);
    change(&site);
    for options in [[].as_slice(), &["--rollback"]] {
        let before = visitor.rounds();
        publish(&site, options).succeeds();
        let rounds = visitor.rounds() - before;
        assert!(rounds >= 10, "the visitor came round {rounds} times while it was published");
    }
    visitor.met_nothing_broken();
}

#[test]
fn what_is_not_ours_is_untouched() {
    let server = Server::start();
    std::fs::write(server.folder().join("theirs.html"), "theirs").expect("an object");
    let site = site(&server.target());
    publish(&site, &[]).succeeds();
    change(&site);
    publish(&site, &[]).succeeds();
    assert_eq!(server.objects()["theirs.html"], b"theirs");
    std::fs::create_dir_all(server.folder().join("analyses/four")).expect("a folder");
    std::fs::write(server.folder().join("analyses/four/index.html"), "theirs").expect("an object");
    let site = site.analysis("four", "", "The fourth.");
    server.log();
    publish(&site, &[]).exits(3).says("`analyses/four/index.html` at the host is not ours");
    assert_eq!(wrote(&server.log()), Vec::<&str>::new());
    publish(&site, &["--adopt"]).succeeds();
}

#[test]
fn of_two_publishes_at_once_one_wins() {
    let server = Server::start();
    let sites = ["navy", "black"].map(|color| {
        let site = site(&server.target());
        site.put("static/plain.css", format!("body {{ color: {color} }}"));
        site.put("static/robots.txt", color);
        site
    });
    // The journal is not slowed down: this server checks a precondition before it writes, not while.
    let (begun, begins) = std::sync::mpsc::channel();
    server.rule(move |seen| {
        if seen.method != "PUT" || seen.key.starts_with(".dateline") {
            return Fault::None;
        }
        // A test that is over hears no more.
        let _ = begun.send(());
        Fault::Slow(400)
    });
    let outcomes: Vec<Outcome> = std::thread::scope(|scope| {
        let first = scope.spawn(|| publish(&sites[0], &[]));
        begins.recv().expect("the first one begins to write");
        let second = scope.spawn(|| publish(&sites[1], &[]));
        [first, second].into_iter().map(|run| run.join().expect("it ends")).collect()
    });
    let objects = server.objects();
    let is_whole = |color: &str| {
        objects["plain.css"].ends_with(format!("{color} }}").as_bytes()) == (objects["robots.txt"] == color.as_bytes())
    };
    assert!(is_whole("navy") && is_whole("black"), "never a mix");
    let lost: Vec<_> = outcomes.iter().filter(|outcome| outcome.stderr.contains("another publish")).collect();
    for outcome in &outcomes {
        outcome.exits(if outcome.stderr.is_empty() { 0 } else { 3 });
    }
    assert!(lost.len() == 1, "one wins: {:?}", outcomes.iter().map(|outcome| &outcome.stderr).collect::<Vec<_>>());
}

#[test]
fn a_host_that_asks_for_patience_gets_it() {
    let (server, site) = published();
    change(&site);
    server.rule(|seen| match seen.number {
        0 => Fault::Status(429),
        2 => Fault::Status(503),
        4 => Fault::Reset,
        6 => Fault::Patience(503, 1),
        8 => Fault::LostAnswer,
        _ => Fault::None,
    });
    publish(&site, &[]).succeeds();
    assert!(server.objects().contains_key("analyses/three/index.html"));
}

#[test]
fn a_lost_answer_to_the_manifest_is_no_defeat() {
    let (server, site) = published();
    change(&site);
    let mut lost = false;
    server.rule(move |seen| {
        let first = seen.key == ".dateline/publish.json" && seen.method == "PUT" && !std::mem::replace(&mut lost, true);
        if first { Fault::LostAnswer } else { Fault::None }
    });
    publish(&site, &[]).succeeds();
}

#[test]
fn a_refusal_is_not_asked_for_twice() {
    for status in [403, 404, 412] {
        let (server, site) = published();
        change(&site);
        server.rule(move |seen| if seen.method == "PUT" { Fault::Status(status) } else { Fault::None });
        publish(&site, &[]).exits(3);
        let log = server.log();
        let journals = log.iter().filter(|seen| seen.key == ".dateline/pending.json" && seen.method == "PUT");
        assert_eq!(journals.count(), 1, "{status}: {log:#?}");
    }
}

#[test]
fn a_thousand_strange_names_are_keys_as_they_are_and_answer() {
    let server = Server::start();
    let names = strange(1040);
    let site = site(&server.target());
    for name in &names {
        site.put(&format!("static/odd/{name}"), name);
    }
    publish(&site, &[]).succeeds();
    let objects = server.objects();
    let web = Web::nginx(&server.folder(), "");
    for name in &names {
        assert_eq!(objects.get(&format!("odd/{name}")).map(Vec::as_slice), Some(name.as_bytes()), "{name}");
        let Some(web) = &web else { continue };
        let answer = web.get(&format!("/odd/{}", url(name)), "");
        assert!(answer.is_ok() && answer.body == name.as_bytes(), "{name}: {}", answer.head);
    }
    let again = publish(&site, &[]);
    again.succeeds();
    assert_eq!(counts(&again), [0; 4]);
    // What is not ours is found behind the first thousand names too.
    std::fs::write(server.folder().join("zz theirs.txt"), "theirs").expect("an object");
    site.put("static/zz theirs.txt", "ours");
    publish(&site, &[]).exits(3).says("`zz theirs.txt` at the host is not ours");
}

#[test]
fn a_dry_run_writes_nothing_and_tells_the_same_plan() {
    let (server, site) = published();
    change(&site);
    let shown = publish(&site, &["--dry-run"]);
    shown.exits(2);
    assert_eq!(wrote(&server.log()), Vec::<&str>::new());
    let done = publish(&site, &[]);
    done.succeeds();
    let [mut shown, mut done] = [shown.json(), done.json()];
    for plan in [&mut shown, &mut done] {
        plan["published"] = serde_json::Value::Null;
    }
    assert_eq!(shown, done);
}

#[test]
fn a_rollback_brings_every_byte_and_header_back() {
    let (server, site) = published();
    let first = visible(&server.objects());
    change(&site);
    publish(&site, &[]).succeeds();
    publish(&site, &["--rollback"]).succeeds();
    let mut back = visible(&server.objects());
    back.remove("app.4b0c12de.css").expect("cached pages may still ask for it");
    assert_eq!(back, first);
    assert_eq!(server.headers("analyses/two/index.html")["content_type"], "text/html; charset=utf-8");
    publish(&site, &["--rollback"]).exits(3).says("no earlier site");
}

#[test]
fn without_credentials_it_is_told_at_once_what_to_set() {
    let server = Server::start();
    let site = site(&server.target());
    let none = [("HOME", "/nonexistent"), ("AWS_PROFILE", "")];
    let outcome = super::publish(&site, &[], &none);
    outcome.exits(2).says("there are no credentials for S3").says("AWS_ACCESS_KEY_ID");
    assert!(outcome.took < Duration::from_secs(2), "{:?}", outcome.took);
    assert!(server.log().is_empty());
    let wrong = [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", "wr0ngs3cret"), ("HOME", "/nonexistent")];
    let refused = super::publish(&site, &[], &wrong);
    refused.exits(3).says("403");
    assert!(!refused.stderr.contains("wr0ngs3cret"));
}
