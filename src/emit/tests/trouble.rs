//! Folders that are not as a build would like them.

use super::*;

#[test]
fn a_folder_of_someone_elses_is_refused() {
    let site = Fixture::new();
    for name in ["d.txt", "b.txt", "c/x", "a.txt"] {
        site.write(name, "mine");
    }
    let before = site.tree();
    assert_eq!(
        site.refusal(&[("index.html", "home")]),
        "the output folder `ROOT/public` holds files that Dateline did not write: `a.txt`, `b.txt`, `c/` and 1 more"
    );
    assert_eq!(site.tree(), before);
    assert!(!site.at(".dateline").exists());
}

#[test]
fn a_file_in_the_folders_place_is_refused() {
    let site = Fixture::new();
    fs::write(site.out(), "mine").expect("it is written");
    assert_eq!(site.refusal(&[]), "`ROOT/public` is not a folder");
}

#[test]
fn files_of_others_are_left_alone_unless_they_are_in_the_way() {
    let site = Fixture::new();
    site.build(&[("a", "a"), ("old/index.html", "old")]);
    site.write("CNAME", "example.org");
    site.write("b", "mine");
    site.write("folder/deep/mine.txt", "mine");
    assert_eq!(site.build(&[("a", "a"), ("old/index.html", "old")]), [0, 2, 0]);

    let before = site.tree();
    let in_the_way =
        |path: &str| format!("`ROOT/public/{path}` is in the way of a page, and Dateline did not write it");
    assert_eq!(site.refusal(&[("a", "new"), ("b", "b")]), in_the_way("b"));
    assert_eq!(site.refusal(&[("a", "new"), ("b/index.html", "b")]), in_the_way("b"));
    assert_eq!(site.refusal(&[("a", "new"), ("folder", "b")]), in_the_way("folder"));
    site.write("old/mine.txt", "mine");
    assert_eq!(site.refusal(&[("a", "new"), ("old", "b")]), in_the_way("old/mine.txt"));
    fs::remove_file(site.at("old/mine.txt")).expect("it is removed");
    assert_eq!(site.tree(), before);
}

#[cfg(unix)]
#[test]
fn a_link_is_never_followed_out() {
    use std::os::unix::fs::symlink;

    let site = Fixture::new();
    site.build(&[("a/page", "page"), ("b", "b"), ("c/page", "page")]);
    let outside = site.root.path().join("outside");
    fs::create_dir(&outside).expect("it is made");
    for name in ["page", "b"] {
        fs::write(outside.join(name), "page").expect("it is written");
    }
    fs::remove_dir_all(site.at("a")).expect("it is removed");
    fs::remove_dir_all(site.at("c")).expect("it is removed");
    fs::remove_file(site.at("b")).expect("it is removed");
    symlink(&outside, site.at("a")).expect("it is linked");
    symlink(&outside, site.at("c")).expect("it is linked");
    symlink(outside.join("b"), site.at("b")).expect("it is linked");

    let refusal = site.refusal(&[("a/page", "page"), ("b", "page")]);
    assert_eq!(refusal, "`ROOT/public/a` is in the way of a page, and Dateline did not write it");
    fs::remove_file(site.at("a")).expect("it is removed");

    // The page behind the last link is gone from the site, and what the link leads to is not.
    assert_eq!(site.build(&[("a/page", "new"), ("b", "page")]), [2, 0, 0]);
    assert!(fs::symlink_metadata(site.at("b")).expect("it is there").is_file());
    assert_eq!(fs::read_to_string(outside.join("page")).expect("it is there"), "page");
    assert!(outside.join("b").exists());

    let other = Fixture::new();
    fs::create_dir(other.out()).expect("it is made");
    symlink(&outside, other.at(".dateline")).expect("it is linked");
    assert_eq!(
        other.refusal(&[("x", "x")]),
        "`ROOT/public/.dateline` is in the way of a page, and Dateline did not write it"
    );
}

#[test]
fn a_page_that_cannot_be_written_leaves_the_last_site_whole() {
    let site = Fixture::new();
    site.build(&[("a", "one")]);
    let output = site.open().expect("it is opened");
    output.put("a", None, b"two").expect("it is staged");
    let name = "x".repeat(300);
    let error = output.put(&name, None, b"page").expect_err("no file system has such names");
    assert!(matches!(&error, Error::Io { doing: "write", path, .. } if path.ends_with(&name)), "{error}");
    assert!(matches!(output.commit(), Err(Error::Unfinished { path }) if path == name));
    assert_eq!(site.tree(), ["a = one"]);
    assert_eq!(site.hidden(), ["manifest.json"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let root = tempfile::tempdir().expect("a temporary folder");
    fs::write(root.path().join("file"), "").expect("it is written");
    let protect = Protect { root: root.path(), home: None };
    let error = Output::open(&root.path().join("file/out"), &protect).expect_err("it is under a file");
    assert!(error.to_string().ends_with("/file/out`"), "{error}");
    // Nothing can be made in here, even by root.
    let error = Output::open(Path::new("/proc/self/out"), &protect).expect_err("it is no disk");
    assert!(matches!(error, Error::Io { doing: "make the folder", .. }), "{error}");
}

#[test]
fn a_build_that_was_killed_in_its_commit_is_made_good() {
    let site = Fixture::new();
    site.build(&[("a", "one"), ("gone", "gone")]);
    // This is what stands after a kill with one page moved in and one not.
    let next = Fixture::new();
    next.build(&[("a", "two"), ("new/page", "new"), ("never/came", "x")]);
    fs::copy(next.at(".dateline/manifest.json"), site.at(".dateline/pending.json")).expect("it is copied");
    site.write("new/page", "new");
    site.write(".dateline/staging/pages/never/came", "x");
    site.write(".dateline/lock", "");

    assert!(!site.open().expect("it is opened").keep("a", Key(7)).expect("the path is good"));
    assert_eq!(site.build(&[("a", "one"), ("other", "other")]), [1, 1, 2]);
    assert_eq!(site.tree(), ["a = one", "other = other"]);
    assert_eq!(site.hidden(), ["manifest.json"]);
}

#[test]
fn a_first_build_that_was_killed_is_made_good() {
    let site = Fixture::new();
    site.write(".dateline/staging/pages/a", "half");
    assert_eq!(site.build(&[("a", "whole")]), [1, 0, 0]);

    let site = Fixture::new();
    let next = Fixture::new();
    next.build(&[("a", "a"), ("b", "b")]);
    site.write("a", "a");
    site.write(".dateline/x", "");
    fs::copy(next.at(".dateline/manifest.json"), site.at(".dateline/pending.json")).expect("it is copied");
    assert_eq!(site.build(&[("a", "a"), ("b", "b")]), [1, 1, 0]);
    assert_eq!(site.tree(), ["a = a", "b = b"]);
}

#[test]
fn a_manifest_that_cannot_be_trusted_stops_the_build() {
    let site = Fixture::new();
    site.build(&[("a", "one")]);
    site.write(".dateline/manifest.json", "{\"version\": 9}");
    assert!(matches!(site.try_build(&[]), Err(Error::Newer { version: 9, .. })));
    site.write(".dateline/manifest.json", "{\"version\"");
    assert!(matches!(site.try_build(&[]), Err(Error::Corrupt { .. })));
    assert_eq!(site.tree(), ["a = one"]);
}

#[test]
fn two_builds_at_once_are_one_too_many() {
    let site = Fixture::new();
    let first = site.open().expect("it is opened");
    first.put("a", None, b"one").expect("it is staged");
    assert_eq!(site.refusal(&[("b", "two")]), "another build is writing to `ROOT/public`");
    assert_eq!(first.commit().expect("it is written").written, 1);
    assert_eq!(site.tree(), ["a = one"]);
}
