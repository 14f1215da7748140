//! nginx and Caddy, serving what was published with the settings that came with it.

use std::fs;
use std::path::{Path, PathBuf};

use super::slow::{Pace, in_slow_motion};
use super::visitor::Visitor;
use super::web::Web;
use super::{change, publish, site, strange, url};
use crate::fixture::Site;

const RELEASES: &str = "kind = \"folder\"\npath = \"../www\"";
const IN_PLACE: &str = "kind = \"folder\"\npath = \"../www\"\nin_place = true";

/// Publishes a site with an old path, and gives the folder.
fn published() -> (Site, PathBuf) {
    let site = site(&format!("{RELEASES}\nprecompress = true"))
        .analysis("moved", "aliases = [\"old place\"]", "It has moved.")
        .file("static/half-face.txt", "no hash");
    publish(&site, &[], &[]).succeeds();
    let www = site.around().join("www");
    (site, www)
}

fn nginx(www: &Path) -> Option<Web> {
    Web::nginx(&www.join("current"), &format!("include {}/nginx.conf;", www.display()))
}

fn caddy(www: &Path) -> Option<Web> {
    Web::caddy(&www.join("current"), &format!("import {}/Caddyfile", www.display()))
}

fn serves_it(web: &Web, www: &Path) {
    let front = web.get("/", "");
    assert!(front.is_ok(), "{}", front.head);
    for wanted in [
        "content-security-policy: default-src 'self'",
        "x-content-type-options: nosniff",
        "cache-control: no-cache",
        "text/html; charset=utf-8",
    ] {
        assert!(front.head.contains(wanted), "{wanted} is not in {}", front.head);
    }
    assert_eq!(front.body, fs::read(www.join("current/index.html")).expect("it is there"));
    let head = |path: &str| web.get(path, "").head;
    let hashed = head("/app.3f9a01bc.css");
    assert!(hashed.contains("cache-control: public, max-age=31536000, immutable"), "{hashed}");
    assert!(!hashed.contains("no-cache"), "{hashed}");
    let plain = head("/plain.css");
    assert!(plain.contains("cache-control: no-cache") && plain.contains("text/css; charset=utf-8"), "{plain}");
    let word = head("/half-face.txt");
    assert!(word.contains("cache-control: no-cache"), "a word is no hash: {word}");
    let old = head("/old%20place/");
    assert!(old.starts_with("http/1.1 301") && old.contains("/analyses/moved/"), "{old}");
    let missing = web.get("/nothing/", "");
    assert!(missing.head.starts_with("http/1.1 404"), "{}", missing.head);
    assert!(String::from_utf8_lossy(&missing.body).contains("Page not found"));
    assert!(head("/.dateline/publish.json").starts_with("http/1.1 404"));
}

#[test]
fn nginx_serves_it() {
    let (_site, www) = published();
    if let Some(web) = nginx(&www) {
        serves_it(&web, &www);
    }
}

#[test]
fn caddy_serves_it() {
    let (_site, www) = published();
    if let Some(web) = caddy(&www) {
        let front = web.get("/", "Accept-Encoding: br\r\n");
        assert!(front.head.contains("content-encoding: br"), "{}", front.head);
        serves_it(&web, &www);
    }
}

#[test]
fn every_strange_name_of_a_thousand_answers() {
    let site = site(RELEASES);
    let names = strange(1040);
    for name in &names {
        site.put(&format!("static/odd/{name}"), name);
    }
    publish(&site, &[], &[]).succeeds();
    let www = site.around().join("www");
    for web in [nginx(&www), caddy(&www)].into_iter().flatten() {
        for name in &names {
            let answer = web.get(&format!("/odd/{}", url(name)), "");
            assert!(answer.is_ok() && answer.body == name.as_bytes(), "{name}: {}", answer.head);
        }
    }
}

#[test]
fn a_visitor_of_a_server_meets_no_broken_link() {
    for (target, below, begun) in
        [(RELEASES, "www/current", "www/releases/2.new"), (IN_PLACE, "www", "www/.dateline/pending.json")]
    {
        let site = site(target);
        // Enough to send that the visitor comes round several times.
        let colors = |color: &str| {
            (0..600).for_each(|n| site.put(&format!("static/part-{n}.css"), format!("body {{ color: {color} }}")));
        };
        colors("black");
        publish(&site, &[], &[]).succeeds();
        let Some(web) = Web::nginx(&site.around().join(below), "index index.html;") else { return };
        let visitor = Visitor::of(&web);
        change(&site);
        colors("navy");
        let pace = Pace { begun: &site.around().join(begun), rounds: &|| visitor.rounds() };
        let rounds = in_slow_motion(&site, &pace);
        assert!(rounds >= 4, "the visitor came round {rounds} times while it was published");
        publish(&site, &["--rollback"], &[]).succeeds();
        visitor.met_nothing_broken();
    }
}
