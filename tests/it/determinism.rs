//! The same input gives the same bytes, and a build over the last one gives what a build from nothing gives.

use std::fs;
use std::path::Path;

use crate::fixture::Site;
use crate::random::Random;
use crate::tree::Tree;

/// A site of some analyses that name one another's claims, companies and people.
fn busy(count: usize) -> Site {
    let site = Site::bare().file("site.toml", SITE).file("static/robots.txt", "User-agent: *\n");
    for (path, text) in FIXED {
        site.put(path, text);
    }
    for number in 0..count {
        site.put(&path_of(number), analysis(number, &mut Random::new(number as u64)));
    }
    site
}

const SITE: &str =
    "title = \"Busy\"\nbase_url = \"https://example.org\"\npaginate = 5\n[authors.ann]\nname = \"Ann\"\n";

const FIXED: [(&str, &str); 5] = [
    ("content/companies/acme.md", "+++\nname = \"Acme\"\naliases = [\"ACM\"]\n+++\nMakes things with [[bolt]].\n"),
    ("content/companies/acme/labs.md", "+++\nname = \"Acme Labs\"\n+++\n"),
    ("content/companies/bolt.md", "+++\nname = \"Bolt\"\n+++\n"),
    ("content/people/nia.md", "+++\nname = \"Nia Quill\"\ncompany = \"acme\"\n+++\n"),
    ("content/sources.toml", "[[sources]]\nid = \"wire\"\npublisher = \"The Wire\"\npublished = 2026-05-01\n"),
];

fn path_of(number: usize) -> String {
    format!("content/analyses/{}/piece-{number}.md", 2020 + number % 5)
}

/// Writes an analysis that is sound whatever else there is, but for the pieces that it links to.
fn analysis(number: usize, random: &mut Random) -> String {
    let companies = ["acme", "ACM", "acme/labs", "bolt", "Initech"];
    let mut text = format!(
        "+++\ntitle = \"Piece {number}: {}\"\ndate = 2026-0{}-1{}\nauthors = [\"ann\"]\ntags = [\"{}\"]\nseries = \"S{}\"\n",
        random.pick(&["cuts", "hires", "plans"]),
        1 + random.below(5),
        random.below(9),
        random.pick(&["jobs", "money", "Jobs & money"]),
        random.below(3),
    );
    for claim in 0..1 + random.below(3) {
        text += &format!(
            "\n[[claims]]\nid = \"c{claim}\"\ntext = \"Claim {claim} of {number}\"\ncompany = \"{}\"\nmetric = \"{}\"\nvalue = \
             \"about {} jobs\"\ndate = \"2026-0{}\"\nevent = \"event-{}\"\nsources = [\"wire\"]\n",
            random.pick(&companies),
            random.pick(&["headcount-reduction", "headcount", "hires"]),
            100 * (1 + random.below(90)),
            1 + random.below(9),
            random.below(4),
        );
    }
    if random.below(2) == 0 {
        text += "\n[[predictions]]\ntext = \"More to come\"\nprobability = 0.4\nwithin = \"6 months\"\nevidence = [\"c0\"]\n";
    }
    text += "+++\n";
    text + &body(random)
}

fn body(random: &mut Random) -> String {
    let sentences = [
        "Acme said nothing.",
        "It cut [some](claim:c0), and that is []( claim:c0).",
        "Nia Quill of Bolt spoke.",
        "See [[acme/labs]].",
        "## A part",
        "```text\nplain\n```",
        "A note.[^n]\n\n[^n]: Here.",
        "Then $x^2$.",
    ];
    let mut chosen: Vec<&str> = (0..1 + random.below(5)).map(|_| *random.pick(&sentences)).collect();
    chosen.dedup();
    let text = chosen.join("\n\n") + "\n";
    // A second definition of one footnote is a warning, of which this test has no need.
    if text.matches("[^n]:").count() > 1 { "Acme.\n".to_owned() } else { text.replace("( claim", "(claim") }
}

#[test]
fn bytes_do_not_depend_on_the_machine() {
    let site = busy(30);
    site.build().succeeds();
    let expected = site.tree();
    for environment in [
        &[("RAYON_NUM_THREADS", "1")] as &[_],
        &[("RAYON_NUM_THREADS", "7")],
        &[("TZ", "Pacific/Kiritimati")],
        &[("TZ", "America/Los_Angeles"), ("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8")],
        &[("LANG", "C"), ("LC_ALL", "C"), ("TERM", "dumb"), ("COLUMNS", "20"), ("HOME", "/nonexistent")],
        &[("SOURCE_DATE_EPOCH", "0")],
    ] {
        fs::remove_dir_all(site.out()).expect("it is removed");
        site.run_with(&["build"], environment).succeeds();
        site.tree().assert_equals(&expected, &format!("{environment:?}"));
    }
}

#[test]
fn bytes_do_not_depend_on_the_order_in_which_files_were_made() {
    let first = busy(30);
    first.build().succeeds();
    let input = Tree::of(&first.path("content"));
    let mut files: Vec<_> = input.files().collect();
    for seed in 0..3 {
        Random::new(seed).shuffle(&mut files);
        let site = Site::bare();
        for (path, bytes) in &files {
            site.put(&format!("content/{path}"), bytes);
        }
        site.put("static/robots.txt", "User-agent: *\n");
        site.put("site.toml", SITE);
        site.build().succeeds();
        site.tree().assert_equals(&first.tree(), "files made in another order");
    }
}

#[test]
fn bytes_do_not_depend_on_where_the_site_is_or_is_built() {
    let site = busy(5);
    site.build().succeeds();
    site.run(&["build", "--out", "elsewhere/deep"]).succeeds();
    Tree::of(&site.around().join("elsewhere/deep")).assert_equals(&site.tree(), "another folder");
    let copy = Site::copy_of(&site.root());
    fs::remove_dir_all(copy.out()).expect("it is removed");
    copy.build().succeeds();
    copy.tree().assert_equals(&site.tree(), "a copy of the site");
    let inside = crate::fixture::program()
        .args(["build", "--now", crate::fixture::NOW, "--out", "again"])
        .current_dir(site.root())
        .output()
        .expect("it runs");
    assert!(inside.status.success());
    Tree::of(&site.path("again")).assert_equals(&site.tree(), "built from inside the site");
}

/// One change of a site; what it makes of it may be unsound.
fn edit(site: &Site, random: &mut Random, next: &mut usize) -> String {
    let files: Vec<String> = Tree::of(&site.path("content/analyses"))
        .paths()
        .iter()
        .map(|path| format!("content/analyses/{path}"))
        .collect();
    let any = files.get(random.below(files.len().max(1))).cloned();
    let number = *next;
    match (random.below(12), any) {
        (0..=2, Some(path)) => {
            let text = fs::read_to_string(site.path(&path)).expect("it is there");
            let (matter, _) = text.rsplit_once("+++\n").expect("front matter");
            site.put(&path, format!("{matter}+++\n{}", body(random)));
            format!("another body for {path}")
        }
        (3..=4, Some(path)) => {
            site.put(&path, analysis(random.below(*next), random));
            format!("another front matter for {path}")
        }
        (5, Some(path)) => {
            fs::remove_file(site.path(&path)).expect("it is removed");
            format!("no more {path}")
        }
        (6, Some(path)) => {
            *next += 1;
            let to = path_of(number);
            fs::create_dir_all(site.path(&to).parent().expect("a folder")).expect("a folder");
            fs::rename(site.path(&path), site.path(&to)).expect("it is renamed");
            format!("{path} is now {to}")
        }
        (7, _) => {
            site.put(
                "site.toml",
                SITE.replace("Busy", &format!("Busy {number}")).replace("= 5", &format!("= {}", 3 + random.below(4))),
            );
            "another site.toml".to_owned()
        }
        (8, _) => {
            toggle(site, "templates/footer.html", &format!("<p>{number}</p>"))
                + &toggle(
                    site,
                    "templates/person.html",
                    &format!(
                        "{{% extends \"briefing/person.html\" %}}{{% block title %}}{number}{{% endblock title %}}"
                    ),
                )
        }
        (9, _) => {
            toggle(site, "static/style.css", &format!("/* {number} */")) + &toggle(site, "static/deep/er/file.txt", "x")
        }
        (10, _) => {
            toggle(site, "content/companies/initech.md", "+++\nname = \"Initech\"\naliases = [\"Bolts\"]\n+++\n")
        }
        _ => {
            *next += 1;
            site.put(&path_of(number), analysis(number, random));
            format!("a new {}", path_of(number))
        }
    }
}

/// Makes a file that is not there, and removes one that is.
fn toggle(site: &Site, path: &str, text: &str) -> String {
    if fs::remove_file(site.path(path)).is_ok() {
        return format!("no more {path}. ");
    }
    site.put(path, text);
    format!("a new {path}. ")
}

/// Applies edits one after the other, and after each compares a build over the last one with a build from nothing.
fn edits_build_as_if_from_nothing(seed: u64, steps: usize) {
    let mut random = Random::new(seed);
    let site = busy(8);
    site.build().succeeds();
    let (mut next, mut built, mut told) = (8, 0, Vec::new());
    for step in 0..steps {
        told.push(edit(&site, &mut random, &mut next));
        let before = site.tree();
        let over = site.build();
        let errors = over.number("errors") > 0;
        over.exits(i32::from(errors));
        if errors {
            site.tree().assert_equals(&before, "an error leaves the last site");
            continue;
        }
        built += 1;
        let clean = site.path("clean");
        site.run(&["build", "--out", clean.to_str().expect("UTF-8")]).succeeds();
        let story = || format!("seed {seed}, step {step}:\n  {}", told.join("\n  "));
        site.tree().assert_equals(&Tree::of(&clean), &story());
        fs::remove_dir_all(clean).expect("it is removed");
    }
    assert!(built * 2 > steps, "most edits are sound: {told:#?}");
}

#[test]
fn edits_build_as_if_from_nothing_1() {
    edits_build_as_if_from_nothing(1, 20);
}

#[test]
fn edits_build_as_if_from_nothing_2() {
    edits_build_as_if_from_nothing(2, 20);
}

#[test]
fn edits_build_as_if_from_nothing_3() {
    edits_build_as_if_from_nothing(3, 20);
}

#[test]
fn another_day_builds_as_if_from_nothing() {
    let site =
        busy(6).analysis("later", "publish_at = 2026-06-10", "Acme.").analysis("gone", "expires = 2026-06-20", "");
    for day in ["2026-06-01", "2026-06-10", "2026-07-01", "2027-06-01", "2026-06-01"] {
        site.run(&["build", "--now", day]).succeeds();
        let clean = site.path("clean");
        site.run(&["build", "--now", day, "--out", clean.to_str().expect("UTF-8")]).succeeds();
        site.tree().assert_equals(&Tree::of(&clean), day);
        fs::remove_dir_all(clean).expect("it is removed");
    }
}

#[test]
fn one_body_edited_writes_the_pages_that_change() {
    let site = busy(30);
    site.build().succeeds();
    let before = site.tree().site();
    let path = path_of(3);
    let text = fs::read_to_string(site.path(&path)).expect("it is there");
    site.put(&path, text + "\nOne more sentence.\n");
    let outcome = site.build();
    outcome.succeeds();
    let after = site.tree().site();
    let changed: Vec<_> =
        after.files().filter(|file| !before.files().any(|old| old == *file)).map(|(path, _)| path).collect();
    assert!(changed.contains(&"analyses/piece-3/index.html"));
    let text = |tree: &Tree, path: &str| {
        let (_, bytes) = tree.files().find(|(known, _)| *known == path).expect("it is in both");
        String::from_utf8_lossy(bytes).into_owned()
    };
    let without_lists = |page: String| {
        let (start, end) = page.split_once("<section class=\"related\"").unwrap_or((&page, ""));
        [start, end.split_once("</section>").map_or("", |(_, end)| end)].concat()
    };
    for path in changed.iter().filter(|path| **path != "analyses/piece-3/index.html") {
        // Feeds have the whole text of the newest pieces, and the index of the search has its words.
        let has_text = ["atom.xml", "feed.json", "data/related.json"].contains(path) || path.starts_with("search/");
        let is_index = path.starts_with("related/") || has_text;
        let same = || without_lists(text(&before, path)) == without_lists(text(&after, path));
        assert!(is_index || path.starts_with("analyses/") && same(), "{path} changed, and not in what is related");
    }
    assert!(changed.len() < 24, "few lists change: {changed:?}");
    assert_eq!(outcome.number("written"), changed.len() as u64);
    assert_eq!(outcome.number("unchanged"), (after.files().count() - changed.len()) as u64);
    assert_eq!(outcome.number("removed"), 0);
}

#[test]
fn a_file_that_did_not_change_is_not_touched() {
    let site = busy(5);
    site.build().succeeds();
    let touched = |path: &Path| fs::metadata(path).and_then(|about| about.modified()).expect("a time");
    let page = site.out().join("analyses/piece-1/index.html");
    let before = touched(&page);
    std::thread::sleep(std::time::Duration::from_millis(20));
    site.put(
        "content/sources.toml",
        "[[sources]]\nid = \"wire\"\npublisher = \"The Wire\"\npublished = 2026-05-01\n# a remark\n",
    );
    site.build().succeeds();
    assert_eq!(touched(&page), before);
}

#[test]
fn what_somebody_changed_in_the_output_is_put_right_or_kept() {
    let site = busy(5);
    site.build().succeeds();
    let expected = site.tree();
    site.put("public/index.html", "vandalised");
    fs::remove_file(site.path("public/404.html")).expect("it is removed");
    site.put("public/analyses/piece-1/index.html", "");
    site.build().succeeds();
    site.tree().assert_equals(&expected, "what was changed is put right");
    site.put("public/CNAME", "example.org\n");
    site.build().succeeds();
    assert!(site.tree().has("CNAME"), "a file that Dateline did not write stays");
}
