//! What the search of the theme rests on: the same stems as the build's, and files only where there is a search.

use std::fmt::Write as _;
use std::fs;

use dateline::config::Lexicon;

use crate::fixture::Site;

/// Words with their stems, which the browser's stemmer is tested on too.
const STEMS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/web/stems.txt");

#[test]
fn the_list_of_stems_is_what_the_build_makes() {
    let listed = fs::read_to_string(STEMS).expect("the list");
    let english = Lexicon::of("en");
    let mut made = String::new();
    for line in listed.lines() {
        let word = line.split(' ').next().unwrap_or_default();
        if let Some(stem) = english.stem(word) {
            writeln!(made, "{word} {stem}").expect("a string");
        }
    }
    if std::env::var_os("DATELINE_BLESS").is_some() {
        fs::write(STEMS, &made).expect("the list");
    }
    assert!(made == listed, "the stems are others: bless them, and mend themes/briefing/scripts/stem.js");
    assert!(listed.lines().count() > 4_000);
}

#[test]
fn a_site_without_search_has_no_page_no_box_and_no_files() {
    let settings = "title = \"T\"\nbase_url = \"https://example.org/b\"\n";
    let site = Site::new().file("site.toml", settings).analysis("cuts", "", "Steel fell.");
    site.build().succeeds();
    assert!(site.page("search/index.html").contains("data-index=\"/b/search/index.json\""));
    assert!(site.page("index.html").contains("action=\"/b/search/\""));
    site.put("site.toml", format!("search = false\n{settings}"));
    site.build().succeeds();
    let tree = site.tree().site();
    assert!(!tree.files().any(|(path, _)| path.starts_with("search/")));
    assert!(!site.page("index.html").contains("role=\"search\""));
}

#[test]
fn the_index_tells_nothing_of_a_draft() {
    let site = Site::new().analysis("open", "", "Steel fell.").analysis("shut", "draft = true", "Quicksilver rose.");
    site.build().succeeds();
    let tree = site.tree().site();
    let index: Vec<String> = tree
        .files()
        .filter(|(path, _)| path.starts_with("search/"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .collect();
    assert!(index.iter().any(|text| text.contains("steel\t")));
    assert!(!index.iter().any(|text| text.contains("quicksilv") || text.contains("shut")));
}
