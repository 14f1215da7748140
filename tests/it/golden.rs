//! Golden folders: a whole site in `tests/golden/<case>/in`, and the whole of what is built of it in `expected`, but for
//! the files that the built-in theme publishes as they are: those are expected to be the theme's own.
//!
//! `DATELINE_BLESS=1` writes what is built into `expected`, to be read as a diff before it is kept.

use std::fs;
use std::path::{Path, PathBuf};

use crate::fixture::Site;
use crate::tree::Tree;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");

const THEME: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/briefing");

/// Builds a case, which must be free of warnings too, and compares every byte of the site.
#[track_caller]
fn golden(case: &str) -> Tree {
    let folder = PathBuf::from(CASES).join(case);
    let site = Site::copy_of(&folder.join("in"));
    site.build().succeeds().finds(&[]);
    let built = site.tree().site().without_hashes();
    let expected = folder.join("expected");
    let [scripts, fixed] = ["scripts", "static"].map(|part| Tree::of(&Path::new(THEME).join(part)));
    let theme = scripts.over(fixed);
    if std::env::var_os("DATELINE_BLESS").is_some() {
        fs::remove_dir_all(&expected).ok();
        built.clone().without(&theme).write(&expected);
    }
    built.assert_equals(&Tree::of(&expected).over(theme), "the built site is not the expected one");
    built
}

#[test]
fn an_invented_briefing_that_uses_the_whole_format() {
    let built = golden("invented");
    for (path, bytes) in built.files() {
        let secret = path.contains("topsecret") || String::from_utf8_lossy(bytes).contains("TOPSECRET");
        assert!(!secret, "{path} shows what is a draft, embargoed or expired");
    }
}

#[test]
fn a_site_below_a_path_of_its_host() {
    let built = golden("base-path");
    for (path, text) in built.pages() {
        for link in text.split("href=\"/").skip(1).chain(text.split("src=\"/").skip(1)) {
            assert!(
                link.starts_with("team/brief/"),
                "{path}: a link to /{}",
                link.split('"').next().unwrap_or_default()
            );
        }
    }
}

#[test]
fn a_theme_of_the_site_over_the_built_in_one() {
    golden("own-theme");
}

/// It is in German, and has what the other has not: conflicts, a calibration curve, letters, embeds, citations.
#[test]
fn a_german_briefing_whose_forecasts_are_scored() {
    golden("tageswerk");
}

#[test]
fn every_folder_is_a_test() {
    let mut cases: Vec<_> =
        fs::read_dir(Path::new(CASES)).expect("cases").map(|one| one.expect("a case").file_name()).collect();
    cases.sort();
    assert_eq!(cases, ["base-path", "invented", "own-theme", "tageswerk"]);
}
