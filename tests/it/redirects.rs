//! Old paths and redirects: each leads to a page, at once, or is an error.

use std::fs;

use crate::fixture::Site;

/// Makes a site of an analysis with old paths and of another one.
fn with_aliases(aliases: &str) -> Site {
    Site::new().analysis("one", &format!("aliases = [{aliases}]"), "").analysis("two", "", "")
}

/// Asserts that a build finds one mistake with a code, at a place, and with help.
#[track_caller]
fn refused(site: &Site, code: &str, place: &str, words: &str) {
    let outcome = site.build();
    let found = outcome.fails().findings();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((&*found[0].code, found[0].place()), (code, place.to_owned()), "{found:#?}");
    assert!(found[0].message.contains(words), "{found:#?}");
    assert!(found[0].help.is_some(), "{found:#?}");
}

#[test]
fn an_old_path_leads_to_its_page_and_to_nothing_else() {
    let site = with_aliases("\"old\", \"older/path\", \"older.html\"");
    site.build().succeeds();
    for old in ["old/index.html", "older/path/index.html", "older.html"] {
        let page = fs::read_to_string(site.out().join(old)).expect("it is there");
        assert!(page.contains("/analyses/one/"), "{page}");
    }
}

#[test]
fn an_old_path_that_something_else_has_is_an_error() {
    for taken in [
        "analyses/two",
        "analyses/two/",
        "Analyses/TWO",
        "analyses/two/index.html",
        "analyses/one",
        "analyses/One/",
        "analyses/one/index.html",
    ] {
        let site = with_aliases(&format!("\"{taken}\""));
        refused(&site, "same-address", "content/analyses/one.md:4:12", "both want the address");
    }
}

#[test]
fn an_old_path_is_written_once() {
    for (one, two) in [("old", "old"), ("old", "OLD/"), ("old", "old/index.html"), ("caf\u{e9}", "cafe\u{301}")] {
        let site = Site::new().analysis("one", &format!("aliases = [\"{one}\"]"), "").analysis(
            "two",
            &format!("aliases = [\"{two}\"]"),
            "",
        );
        refused(&site, "same-address", "content/analyses/two.md:4:12", "both want the address");
        let twice = with_aliases(&format!("\"{one}\", \"{two}\""));
        twice.build().fails().findings().iter().for_each(|one| assert_eq!(one.code, "same-address"));
    }
}

#[test]
fn an_old_path_never_leads_to_an_old_path() {
    // What was called one is now two, and what was called two is now three: each leads to its page, not along a chain.
    let site = Site::new().analysis("two", "aliases = [\"analyses/one\"]", "").analysis(
        "three",
        "aliases = [\"analyses/zero\", \"analyses/one/more\"]",
        "",
    );
    site.build().succeeds();
    let page = fs::read_to_string(site.out().join("analyses/one/index.html")).expect("it is there");
    assert!(page.contains("/analyses/two/") && !page.contains("/analyses/three/"), "{page}");
    // Taken over by a page of its own, it would lead back.
    let site = site.analysis("one", "aliases = [\"analyses/two\"]", "");
    site.build().fails().findings().iter().for_each(|one| assert_eq!(one.code, "same-address"));
}

#[test]
fn rules_of_ones_own_neither_loop_nor_chain_nor_collide() {
    let with = |rules: &str| with_aliases("\"old\"").file("static/_redirects", rules).file("static/plain.css", "");
    for (rules, code, place, words) in [
        ("/a /a/\n", "redirect-loop", "1:1", "leads back"),
        ("/a /a/index.html 302!\n", "redirect-loop", "1:1", "leads back"),
        ("# mine\n/a /analyses/one/\n/b /%61\n", "redirect-chain", "3:1", "`/%61`, which is redirected itself"),
        ("/a https://example.org/old/ 301 # moved\n", "redirect-chain", "1:1", "is redirected itself"),
        ("/a /analyses/one/\n/A/ /analyses/two/\n", "same-address", "2:1", "is redirected twice"),
        ("/analyses/two/ /analyses/one/\n", "same-address", "1:1", "`content/analyses/two.md`"),
        ("/old /analyses/two/\n", "same-address", "1:1", "the old path `old`"),
        ("/plain.css /code.css\n", "same-address", "1:1", "plain.css"),
    ] {
        refused(&with(rules), code, &format!("static/_redirects:{place}"), words);
    }
    let three = with("/a /b\n/b /c\n/c /a\n/d /a\n").build();
    let found = three.fails().findings();
    let codes: Vec<_> = found.iter().map(|one| (&*one.code, one.place())).collect();
    let at = |line: u32| format!("static/_redirects:{line}:1");
    let looping = (1..=3).map(|line| ("redirect-loop", at(line)));
    assert_eq!(codes, looping.chain([("redirect-chain", at(4))]).collect::<Vec<_>>());
}

#[test]
fn rules_that_are_the_hosts_business_are_left_alone() {
    let rules = "/* /index.html 200\n/news/* /analyses/:splat 301\n/ /analyses/one/ 302 Language=en\n\
                 /shop id=:id /analyses/one/ 301\n/elsewhere https://other.example/elsewhere\n/a /analyses/one/?x=1#y 301\n";
    with_aliases("\"old\"").file("static/_redirects", rules).build().succeeds();
}
