//! Publishing, seen from outside: the real program, real hosts, and what a visitor finds there.

mod afterwards;
mod folder;
mod git;
mod killed;
mod netlify;
mod netlify_server;
mod opinions;
mod s3;
mod secrets;
mod server;
mod servers;
mod slow;
mod ssh;
mod visitor;
mod web;

use std::collections::BTreeMap;

use crate::fixture::{Outcome, Site};

/// The least that makes a site, and a place for targets.
const SITE_TOML: &str = r#"title = "The Test Brief"
base_url = "https://example.org"
[check]
orphan-company = "off"
unsourced = "off"
unused-source = "off"
"#;

/// Makes a site of two analyses with a hashed asset, published as the lines of `target` say.
pub(crate) fn site(target: &str) -> Site {
    Site::new()
        .file("site.toml", &format!("{SITE_TOML}[publish.live]\n{target}\n"))
        .analysis("one", "tags = [\"first\"]", "The first.")
        .analysis("two", "", "The second.")
        .file("static/app.3f9a01bc.css", "body { color: black }")
        .file("static/plain.css", "body { color: black }")
}

/// Publishes, and does not ask.
pub(crate) fn publish(site: &Site, options: &[&str], environment: &[(&str, &str)]) -> Outcome {
    let mut arguments = vec!["publish", "live", "--yes", "--format", "json"];
    arguments.extend(options);
    site.run_with(&arguments, environment)
}

/// Changes what a visitor sees: a new analysis with a new tag, another text, and one that goes.
pub(crate) fn change(site: &Site) {
    let analysis = |title: &str, tags: &str, body: &str| {
        format!("+++\ntitle = \"{title}\"\ndate = 2026-05-18\n{tags}\n+++\n{body}\n")
    };
    site.put(
        "content/analyses/one.md",
        analysis("Title of one", "tags = [\"second\"]", "The first, rewritten. See [[three]]."),
    );
    site.put("content/analyses/three.md", analysis("Title of three", "tags = [\"third\"]", "The third. See [[one]]."));
    std::fs::remove_file(site.path("content/analyses/two.md")).expect("it is removed");
    std::fs::remove_file(site.path("static/app.3f9a01bc.css")).expect("it is removed");
    site.put("static/app.4b0c12de.css", "body { color: navy }");
}

/// Counts the paths of each group of a printed plan.
pub(crate) fn counts(outcome: &Outcome) -> [usize; 4] {
    let json = outcome.json();
    ["added", "changed", "headers", "deleted"].map(|group| json[group].as_array().expect("a list").len())
}

/// What stands at a host, without what is not the site.
pub(crate) fn visible(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let visible = files.iter().filter(|(path, _)| !path.starts_with(".dateline"));
    visible.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
}

/// Makes so many names of files with what URLs, shells and signatures are wrong about.
pub(crate) fn strange(many: usize) -> Vec<String> {
    let odd = [
        "café",
        "two words",
        "a+b",
        "a#b",
        "100%",
        "%41",
        "this&that",
        "~home",
        "it's",
        "(a) [b]",
        "a;b=c,d",
        "日本 e\u{301}",
    ];
    (0..many).map(|n| format!("{} {n}.txt", odd[n % odd.len()])).collect()
}

/// Writes a path as it stands in a URL (RFC 3986, section 2.3).
pub(crate) fn url(path: &str) -> String {
    const ENCODED: percent_encoding::AsciiSet =
        percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');
    percent_encoding::utf8_percent_encode(path, &ENCODED).to_string()
}
