//! Folders: releases with a link to the newest, and a folder that is changed as it stands.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::visitor::Visitor;
use super::{change, counts, publish, site, visible};
use crate::tree::Tree;

const RELEASES: &str = "kind = \"folder\"\npath = \"../www\"";
const IN_PLACE: &str = "kind = \"folder\"\npath = \"../www\"\nin_place = true";

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let folder = fs::canonicalize(folder).expect("it is there");
    Tree::of(&folder).files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect()
}

#[test]
fn a_site_is_published_once_and_then_only_what_changed() {
    for (target, below) in [(RELEASES, "www/current"), (IN_PLACE, "www")] {
        let site = site(target);
        let www = site.around().join(below);
        let shown = publish(&site, &["--dry-run"], &[]);
        shown.exits(2);
        assert!(!site.around().join("www").exists(), "a dry run writes nothing");
        let first = publish(&site, &[], &[]);
        first.succeeds();
        assert_eq!(counts(&shown), counts(&first));
        assert!(visible(&files(&www)).contains_key("analyses/one/index.html"));
        publish(&site, &["--dry-run"], &[]).succeeds();
        let again = publish(&site, &[], &[]);
        again.succeeds();
        assert_eq!(again.json()["published"], false);

        change(&site);
        publish(&site, &[], &[]).succeeds();
        let now = visible(&files(&www));
        assert!(now.contains_key("analyses/three/index.html") && !now.contains_key("analyses/two/index.html"));
        assert!(now.contains_key("app.3f9a01bc.css"), "a superseded asset stays for a week");
        publish(&site, &["--now", "2026-06-09"], &[]).succeeds();
        assert!(!files(&www).contains_key("app.3f9a01bc.css"), "and then goes");
    }
}

#[test]
fn a_rollback_brings_every_byte_back() {
    for (target, below) in [(RELEASES, "www/current"), (IN_PLACE, "www")] {
        let site = site(target);
        let www = site.around().join(below);
        publish(&site, &["--rollback"], &[]).exits(3).says("no earlier site");
        publish(&site, &[], &[]).succeeds();
        let first = visible(&files(&www));
        change(&site);
        publish(&site, &[], &[]).succeeds();
        assert_ne!(visible(&files(&www)), first);
        publish(&site, &["--rollback", "--dry-run"], &[]).exits(2);
        publish(&site, &["--rollback"], &[]).succeeds();
        let mut back = visible(&files(&www));
        back.remove("app.4b0c12de.css").expect("cached pages may still ask for it");
        assert_eq!(back, first);
        publish(&site, &[], &[]).succeeds();
        assert!(files(&www).contains_key("analyses/three/index.html"));
    }
}

#[test]
fn what_is_not_ours_is_neither_touched_nor_overwritten() {
    let site = site(IN_PLACE);
    let www = site.around().join("www");
    fs::create_dir_all(www.join("analyses/one")).expect("folders");
    fs::write(www.join("notes.txt"), "theirs").expect("a file");
    fs::write(www.join("analyses/one/index.html"), "theirs").expect("a file");
    publish(&site, &[], &[]).exits(3).says("`analyses/one/index.html` at the host is not ours");
    assert_eq!(files(&www).len(), 2, "nothing was written");
    publish(&site, &["--adopt"], &[]).succeeds();
    assert_ne!(files(&www)["analyses/one/index.html"], b"theirs");
    assert_eq!(files(&www)["notes.txt"], b"theirs");
}

#[test]
fn the_guards_refuse_and_write_nothing() {
    let site = site(IN_PLACE);
    for n in 0..30 {
        site.put(&format!("static/files/{n}.txt"), "text");
    }
    let www = site.around().join("www");
    publish(&site, &[], &[]).succeeds();
    let before = files(&www);
    fs::remove_dir_all(site.path("static/files")).expect("it is removed");
    publish(&site, &[], &[]).exits(3).says("files would be deleted");
    publish(&site, &["--max-deletes", "5"], &[]).exits(3).says("30 of");
    publish(&site, &["--base-url", "https://other.example"], &[]).exits(3).says("https://other.example");
    publish(&site, &["--now", "2026-05-20"], &[]).exits(3).says("newer");
    site.put("content/analyses/broken.md", "+++\ntitle = 1\n+++\n");
    publish(&site, &[], &[]).fails().says("Nothing was published");
    assert_eq!(files(&www), before);
    fs::remove_file(site.path("content/analyses/broken.md")).expect("it is removed");
    publish(&site, &["--max-deletes", "30"], &[]).succeeds();
    assert!(!files(&www).contains_key("files/1.txt"));
}

#[test]
fn a_visitor_meets_no_broken_link() {
    for (target, below) in [(IN_PLACE, "www"), (RELEASES, "www/current")] {
        let site = site(target);
        publish(&site, &[], &[]).succeeds();
        let visitor = Visitor::over(site.around().join(below));
        change(&site);
        publish(&site, &[], &[]).succeeds();
        publish(&site, &["--rollback"], &[]).succeeds();
        visitor.met_nothing_broken();
    }
}

#[test]
fn what_is_not_to_be_seen_is_in_no_byte() {
    let site = site(IN_PLACE)
        .analysis("zq-draft", "draft = true", "xyzzy")
        .analysis("zq-embargo", "publish_at = 2026-07-01T00:00:00Z", "xyzzy")
        .analysis("zq-expired", "expires = 2026-05-20", "xyzzy");
    publish(&site, &[], &[]).succeeds();
    for (path, bytes) in files(&site.around().join("www")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains("xyzzy") && !text.contains("zq-"), "{path}");
    }
}

#[test]
fn text_stands_there_compressed_and_servers_are_told_how_to_serve_it() {
    let site = site(&format!("{RELEASES}\nprecompress = true"));
    publish(&site, &[], &[]).succeeds();
    let current = files(&site.around().join("www/current"));
    assert!(current.contains_key("index.html.gz") && current.contains_key("index.html.br"));
    let rules = fs::read_to_string(site.around().join("www/nginx.conf")).expect("it is there");
    assert!(rules.contains("Content-Security-Policy"), "{rules}");
    let again = publish(&site, &[], &[]);
    again.succeeds();
    assert_eq!(counts(&again), [0; 4], "the same bytes each time");
}

#[test]
fn a_command_of_ones_own_is_given_the_plan() {
    let site = site("kind = \"command\"\ncommand = [\"sh\", \"-c\", \"cat >> ../order.json\"]");
    publish(&site, &[], &[]).succeeds();
    let order = fs::read_to_string(site.around().join("order.json")).expect("it is there");
    let order: serde_json::Value = serde_json::from_str(&order).expect("JSON");
    let folder = Path::new(order["folder"].as_str().expect("a folder"));
    assert!(folder.join("analyses/one/index.html").exists() && folder.join("_headers").exists());
    let first: Vec<_> = order["parts"][0].as_array().expect("a part").iter().map(|file| &file["path"]).collect();
    assert!(first.iter().any(|path| **path == "app.3f9a01bc.css"), "{first:?}");
    let again = publish(&site, &[], &[]);
    again.succeeds();
    assert_eq!(again.json()["published"], false);
}

#[test]
fn two_publishes_at_once_are_never_mixed() {
    let site = site(IN_PLACE);
    publish(&site, &[], &[]).succeeds();
    // Another process of this machine that is alive: this one.
    let journal = fs::read_to_string(site.around().join("www/.dateline/publish.json")).expect("it is there");
    assert!(journal.contains("\"generation\": 1"));
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").expect("Linux");
    let space = fs::read_link("/proc/self/ns/pid").expect("Linux");
    let owner = serde_json::json!({
        "machine": "here", "space": format!("{} {}", boot.trim(), space.display()),
        "process": std::process::id(), "started": "2026-06-01T00:00:00Z",
    });
    let now = jiff::Timestamp::now();
    let pending = serde_json::json!({ "owner": owner, "renewed": now, "generation": 2, "sent": [], "deleted": [] });
    fs::write(site.around().join("www/.dateline/pending.json"), pending.to_string()).expect("it is written");
    change(&site);
    let before = files(&site.around().join("www"));
    let refused = publish(&site, &[], &[]);
    refused.exits(3).says("another publish is under way").says("here");
    assert_eq!(files(&site.around().join("www")), before);
}

#[test]
fn a_target_that_is_not_there_is_told() {
    let site = site(IN_PLACE);
    site.run(&["publish", "life", "--yes"]).exits(2).says("there are `live`");
    let missing = super::site("kind = \"s3\"");
    publish(&missing, &[], &[]).fails().says("needs `bucket`");
}
