//! A bucket, at a server that checks signatures and preconditions.

use std::collections::BTreeSet;
use std::time::Duration;

use super::server::{Fault, Seen, Server};
use super::visitor::Visitor;
use super::{change, counts, site, visible};
use crate::fixture::{NOW, Outcome, Site, program};

/// All that the program knows of credentials.
const ENVIRONMENT: [(&str, &str); 5] = [
    ("AWS_ACCESS_KEY_ID", "key"),
    ("AWS_SECRET_ACCESS_KEY", "secret"),
    ("AWS_PROFILE", ""),
    ("HOME", "/nonexistent"),
    ("NO_PROXY", "127.0.0.1"),
];

fn publish(site: &Site, options: &[&str]) -> Outcome {
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
        let text = |name: &str| headers[name].as_str().unwrap_or_default().to_owned();
        (text("content_type"), text("cache_control"))
    };
    assert_eq!(headers("index.html"), ("text/html; charset=utf-8".into(), "no-cache".into()));
    let forever = "public, max-age=31536000, immutable".to_owned();
    assert_eq!(headers("app.3f9a01bc.css"), ("text/css; charset=utf-8".into(), forever));
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
        let changed = ["index.html", "analyses/index.html", "atom.xml", "sitemap.xml", ".dateline/publish.json"];
        let wrote = wrote(&log);
        assert!(changed.iter().all(|path| !wrote.contains(path)), "{wrote:#?}");
        assert!(log.iter().all(|seen| seen.method != "DELETE"));
    }
}

#[test]
fn a_visitor_meets_no_broken_link() {
    let (server, site) = published();
    server.rule(|seen| if seen.writes() { Fault::Slow(10) } else { Fault::None });
    let visitor = Visitor::over(server.folder());
    change(&site);
    publish(&site, &[]).succeeds();
    visitor.met_nothing_broken();
}

#[test]
fn killed_at_any_request_the_next_run_ends_the_same_and_sends_nothing_twice() {
    let (clean, clean_site) = published();
    change(&clean_site);
    publish(&clean_site, &[]).succeeds();
    let requests = clean.log().len();
    let wanted = visible(&clean.objects());
    assert!(requests > 30, "{requests}");
    // Of the requests that a publish makes, a handful from the first to the last: each is a whole story.
    for killed_at in (0..requests).step_by(requests / 5) {
        let (server, site) = published();
        change(&site);
        server.rule(move |seen| if seen.number >= killed_at { Fault::Hang } else { Fault::None });
        let mut command = program();
        command.args(["publish", "--yes", "--now", NOW, "--root"]).arg(site.root()).envs(ENVIRONMENT);
        let mut child = command.stdout(std::process::Stdio::null()).spawn().expect("the program starts");
        assert!(server.hangs(Duration::from_secs(20)), "request {killed_at} of {requests}");
        child.kill().expect("it is killed");
        child.wait().expect("it ends");
        server.rule(|_| Fault::None);
        let own = |log: Vec<Seen>| -> Vec<String> {
            let sent = log.into_iter().filter(|seen| seen.method == "PUT" && seen.status == Some(200));
            sent.map(|seen| seen.key).filter(|key| !key.starts_with(".dateline/p")).collect()
        };
        let first: BTreeSet<String> = own(server.log()).into_iter().collect();
        publish(&site, &[]).succeeds();
        let second: BTreeSet<String> = own(server.log()).into_iter().collect();
        let twice: Vec<_> = first.intersection(&second).collect();
        assert!(twice.is_empty(), "killed at {killed_at}: {twice:#?}");
        assert_eq!(visible(&server.objects()).keys().collect::<Vec<_>>(), wanted.keys().collect::<Vec<_>>());
        assert!(!server.objects().contains_key(".dateline/pending.json"));
        publish(&site, &["--rollback"]).succeeds();
        assert!(server.objects().contains_key("analyses/two/index.html"), "killed at {killed_at}");
    }
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
        site.put("static/style.css", format!("body {{ color: {color} }}"));
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
        objects["style.css"].ends_with(format!("{color} }}").as_bytes()) == (objects["robots.txt"] == color.as_bytes())
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
fn strange_names_are_keys_as_they_are() {
    let server = Server::start();
    let names =
        ["café.txt", "two words.txt", "a+b.txt", "a#b.txt", "100%.txt", "%41.txt", "this&that.txt", "~home.txt"];
    let mut site = site(&server.target());
    for name in names {
        site = site.file(&format!("static/odd/{name}"), name);
    }
    publish(&site, &[]).succeeds();
    let objects = server.objects();
    for name in names {
        assert_eq!(objects.get(&format!("odd/{name}")).map(Vec::as_slice), Some(name.as_bytes()), "{name}");
    }
    let again = publish(&site, &[]);
    again.succeeds();
    assert_eq!(counts(&again), [0; 4]);
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
    let wrong = [("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "wr0ngs3cret"), ("HOME", "/nonexistent")];
    let refused = super::publish(&site, &[], &wrong);
    refused.exits(3).says("403");
    assert!(!refused.stderr.contains("wr0ngs3cret"));
}
