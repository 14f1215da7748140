//! What comes after the files: caches are told, and the site is looked at.

use std::collections::BTreeSet;
use std::fs;

use super::web::Web;
use super::{change, counts, publish, site};
use crate::fixture::{Outcome, Site};
use crate::tree::Tree;

const RELEASES: &str = "kind = \"folder\"\npath = \"../www\"";
const IN_PLACE: &str = "kind = \"folder\"\npath = \"../www\"\nin_place = true";

/// This machine is asked itself.
const DIRECT: [(&str, &str); 1] = [("NO_PROXY", "localhost")];

/// Says more of the target.
fn set(site: &Site, line: &str) {
    let settings = fs::read_to_string(site.path("site.toml")).expect("it is there");
    site.put("site.toml", format!("{settings}{line}\n"));
}

fn unlike(outcome: &Outcome) -> Vec<String> {
    let json = outcome.json();
    let lines = json["unlike"].as_array().expect("a list").iter();
    lines.map(|line| line.as_str().expect("a line").to_owned()).collect()
}

#[test]
fn a_site_that_answers_as_it_was_sent_is_no_warning() {
    let site = site(RELEASES);
    site.put("static/odd/café +&~.txt", "odd");
    let current = site.around().join("www/current");
    let servers = [Web::nginx(&current, "index index.html;"), Web::caddy(&current, "file_server")];
    for (web, color) in servers.iter().flatten().zip(["navy", "black"]) {
        site.put("static/page.css", format!("body {{ color: {color} }}"));
        set(&site, &format!("verify = \"{}\"", web.address().url()));
        let outcome = publish(&site, &[], &DIRECT);
        outcome.succeeds();
        assert_eq!(unlike(&outcome), Vec::<String>::new());
        let settings = fs::read_to_string(site.path("site.toml")).expect("it is there");
        site.put("site.toml", settings.split("verify").next().expect("a part"));
    }
}

#[test]
fn an_answer_from_before_is_a_warning_that_names_the_address() {
    let site = site(RELEASES);
    publish(&site, &[], &[]).succeeds();
    // A cache that has not heard of the change.
    let cache = site.around().join("cache");
    Tree::of(&fs::canonicalize(site.around().join("www/current")).expect("it is there")).write(&cache);
    let servers = [Web::nginx(&cache, "index index.html;"), Web::caddy(&cache, "file_server")];
    change(&site);
    for web in servers.iter().flatten() {
        let address = web.address().url();
        let settings = fs::read_to_string(site.path("site.toml")).expect("it is there");
        set(&site, &format!("verify = \"{address}\""));
        let told = publish(&site, &[], &DIRECT);
        told.succeeds();
        let lines = unlike(&told);
        assert_eq!(lines[0], format!("{address}/ answers with other bytes than were sent"), "the front page is first");
        let missing = |line: &String| line.starts_with(&format!("{address}/analyses/three/: ")) && line.contains("404");
        assert!(lines.iter().any(missing), "{lines:#?}");
        assert!(lines.len() <= 20, "{lines:#?}");
        publish(&site, &["--rollback"], &[]).exits(0);
        let people = site.run_with(&["publish", "--yes"], &DIRECT);
        people.succeeds().says(&format!("warning: {address}/ answers with other bytes"));
        site.put("site.toml", settings);
        publish(&site, &["--rollback"], &[]).succeeds();
    }
}

#[test]
fn an_address_that_does_not_answer_is_a_warning() {
    let site = site(&format!("{RELEASES}\nverify = \"http://localhost:9\""));
    let outcome = publish(&site, &[], &DIRECT);
    outcome.succeeds();
    assert!(unlike(&outcome)[0].starts_with("http://localhost:9/: "), "{:?}", unlike(&outcome));
    assert!(site.around().join("www/current/index.html").exists());
}

/// Lists the addresses of all that a printed plan changes.
fn addresses(outcome: &Outcome) -> BTreeSet<String> {
    let json = outcome.json();
    let groups = ["added", "changed", "headers", "deleted"].into_iter();
    let paths = groups.flat_map(|group| json[group].as_array().expect("a list").clone());
    let both = |path: serde_json::Value| {
        let path = format!("/{}", path.as_str().expect("a path"));
        let folder = path.strip_suffix("/index.html").map(|folder| format!("{folder}/"));
        folder.into_iter().chain([path])
    };
    paths.flat_map(both).collect()
}

#[test]
fn caches_are_told_exactly_what_changed() {
    for target in [RELEASES, IN_PLACE] {
        let site = site(&format!("{target}\ninvalidate = [\"sh\", \"-c\", \"cat > ../told\"]"));
        let told = || {
            let text = fs::read_to_string(site.around().join("told")).expect("it was told");
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let set: BTreeSet<String> = lines.iter().cloned().collect();
            assert_eq!(set.len(), lines.len(), "each address once");
            set
        };
        let first = publish(&site, &[], &[]);
        first.succeeds();
        assert_eq!(told(), addresses(&first));
        assert!(told().contains("/") && told().contains("/index.html"));
        change(&site);
        let second = publish(&site, &[], &[]);
        second.succeeds();
        assert_eq!(told(), addresses(&second));
        assert!(told().contains("/analyses/two/"), "what is deleted is to be forgotten too");
        fs::remove_file(site.around().join("told")).expect("it is there");
        publish(&site, &["--dry-run"], &[]).succeeds();
        publish(&site, &[], &[]).succeeds();
        assert!(!site.around().join("told").exists(), "nothing changed");
    }
}

#[test]
fn caches_are_told_before_anything_is_deleted() {
    let look = "test -e ../www/analyses/two/index.html && test -e ../www/analyses/three/index.html";
    let site = site(IN_PLACE);
    publish(&site, &[], &[]).succeeds();
    set(&site, &format!("invalidate = [\"sh\", \"-c\", \"{look}\"]"));
    change(&site);
    publish(&site, &[], &[]).succeeds();
    assert!(!site.around().join("www/analyses/two/index.html").exists());
}

#[test]
fn caches_that_could_not_be_told_are_told_by_the_next_publish() {
    let site = site(IN_PLACE);
    publish(&site, &[], &[]).succeeds();
    let settings = fs::read_to_string(site.path("site.toml")).expect("it is there");
    set(&site, "invalidate = [\"sh\", \"-c\", \"exit 7\"]");
    change(&site);
    let planned = publish(&site, &["--dry-run"], &[]);
    planned.exits(2);
    let failed = publish(&site, &[], &[]);
    failed
        .exits(3)
        .says("the new site is published, but caches were not told of it: `sh` failed")
        .says("publish again");
    let www = site.around().join("www");
    assert!(www.join("analyses/three/index.html").exists());
    assert!(www.join("analyses/two/index.html").exists(), "nothing is deleted that a cache may still lead to");
    site.put("site.toml", settings);
    set(&site, "invalidate = [\"sh\", \"-c\", \"cat > ../told\"]");
    publish(&site, &[], &[]).succeeds();
    let told = fs::read_to_string(site.around().join("told")).expect("it was told");
    let told: BTreeSet<String> = told.lines().map(str::to_owned).collect();
    assert!(told.is_superset(&addresses(&planned)), "{told:#?}");
    assert!(!www.join("analyses/two/index.html").exists());
    let again = publish(&site, &[], &[]);
    again.succeeds();
    assert_eq!(counts(&again), [0; 4]);
}

#[test]
fn a_host_of_one_step_stands_whatever_caches_were_told() {
    let site = site(&format!("{RELEASES}\ninvalidate = [\"no-such-program\"]"));
    publish(&site, &[], &[]).exits(3).says("the new site is published").says("`no-such-program` cannot be started");
    assert!(site.around().join("www/current/index.html").exists());
}
