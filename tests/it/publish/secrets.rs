//! Credentials, which stand in nothing that the program writes: however much a host tells of them.

use std::fs;

use super::s3::ENVIRONMENT;
use super::server::{Fault, KEY, SECRET, Server};
use super::{change, site};
use crate::fixture::{Outcome, Site};
use crate::tree::Tree;

const TOKEN: &str = "t0ken+of/the/session==";

/// Asserts that a text holds no part of a credential, nor what is made of one.
#[track_caller]
fn is_clean(what: &str, text: &[u8]) {
    let text = String::from_utf8_lossy(text);
    for secret in [SECRET, KEY, TOKEN, "Signature=", "AWS4-HMAC", "x-amz-security-token"] {
        assert!(!text.contains(secret), "{what} holds {secret}: {text}");
    }
}

/// Asserts that no run said a secret, and that none is in any file around the site or at the host.
#[track_caller]
fn all_clean(site: &Site, server: &Server, outcomes: &[Outcome]) {
    for outcome in outcomes {
        is_clean("standard output", outcome.stdout.as_bytes());
        is_clean("standard error", outcome.stderr.as_bytes());
    }
    let files = Tree::of(site.around());
    let mut looked_at = 0;
    for (path, bytes) in files.files().filter(|(path, _)| !path.starts_with("home/")) {
        is_clean(path, bytes);
        looked_at += usize::from(path.starts_with("site/.dateline/publish/"));
    }
    assert!(looked_at > 20, "the work files are among them");
    for (path, bytes) in server.objects() {
        is_clean(&path, &bytes);
    }
}

/// Publishes in every way, with logs as loud as they get.
fn publish_in_every_way(site: &Site, environment: &[(&str, &str)]) -> Vec<Outcome> {
    let loud = [("RUST_LOG", "trace"), ("RUST_BACKTRACE", "1")];
    let environment: Vec<_> = environment.iter().copied().chain(loud).collect();
    let ways: [&[&str]; 4] =
        [&["--dry-run"], &["--dry-run", "--format", "json"], &["--yes"], &["--rollback", "--yes", "--format", "json"]];
    ways.iter().map(|way| site.run_with(&[&["publish", "live"], *way].concat(), &environment)).collect()
}

fn environment() -> Vec<(&'static str, &'static str)> {
    ENVIRONMENT.into_iter().chain([("AWS_SESSION_TOKEN", TOKEN)]).collect()
}

#[test]
fn what_succeeds_tells_no_credential() {
    let server = Server::start();
    let site = site(&server.target());
    super::publish(&site, &[], &environment()).succeeds();
    change(&site);
    let outcomes = publish_in_every_way(&site, &environment());
    for (outcome, code) in outcomes.iter().zip([2, 2, 0, 0]) {
        outcome.exits(code);
    }
    assert!(server.objects().contains_key(".dateline/publish.json"));
    all_clean(&site, &server, &outcomes);
}

#[test]
fn a_host_that_says_all_that_it_was_told_is_not_repeated() {
    let server = Server::start();
    let site = site(&server.target());
    super::publish(&site, &[], &environment()).succeeds();
    change(&site);
    for (method, key, status) in [
        ("GET", ".dateline/publish.json", 403),
        ("GET", ".dateline/publish.json", 400),
        ("GET", ".dateline/publish.json", 200),
        ("GET", ".dateline/pending.json", 200),
        ("GET", "", 403),
        ("GET", "", 200),
        ("PUT", ".dateline/pending.json", 403),
        ("PUT", "analyses/three/index.html", 403),
        ("PUT", "analyses/three/index.html", 301),
        ("DELETE", "analyses/two/index.html", 403),
    ] {
        server.rule(move |seen| {
            let is_it = seen.method == method && seen.key == key;
            if is_it { Fault::Echo(status) } else { Fault::None }
        });
        let outcomes = publish_in_every_way(&site, &environment());
        let failed = outcomes.iter().filter(|outcome| !outcome.ends().stderr.is_empty()).count() > 0;
        assert!(failed, "{method} {key} {status} was never asked for");
        all_clean(&site, &server, &outcomes);
        server.rule(|_| Fault::None);
    }
}

#[test]
fn a_profile_is_read_and_not_told() {
    let server = Server::start();
    let site = site(&server.target());
    let home = site.around().join("home");
    fs::create_dir_all(home.join(".aws")).expect("a folder");
    let profile = format!(
        "[default]\naws_access_key_id = {KEY}\naws_secret_access_key = {SECRET}\naws_session_token = {TOKEN}\n"
    );
    fs::write(home.join(".aws/credentials"), profile).expect("a file");
    let home = home.display().to_string();
    let environment = [("HOME", &*home), ("AWS_PROFILE", ""), ("NO_PROXY", "127.0.0.1")];
    super::publish(&site, &[], &environment).succeeds();
    server.rule(|seen| if seen.method == "PUT" { Fault::Echo(403) } else { Fault::None });
    change(&site);
    let refused = super::publish(&site, &[], &environment);
    refused.exits(3).says("403");
    all_clean(&site, &server, &[refused]);
}
