//! Related analyses: what stands beside an analysis, in the index, in the data, and what the command prints.

use std::fs;

use crate::corpus;
use crate::fixture::{NOW, Site};
use crate::tree::Tree;

fn piece(day: &str, title: &str, matter: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndate = {day}\n{matter}\n+++\n{body}\n")
}

fn claim(id: &str, event: &str, value: &str, more: &str) -> String {
    format!(
        "[[claims]]\nid = \"{id}\"\ntext = \"Acme cuts {value}\"\ncompany = \"acme\"\nmetric = \"headcount-reduction\"\n\
         value = \"{value}\"\nevent = \"{event}\"\n{more}\n"
    )
}

/// Three pieces on one cut, of which the last corrects the first, and two on other things.
fn story() -> Site {
    let first = claim("cut", "acme-cut", "800 jobs", "sources = [\"wire\"]");
    let second = claim("count", "acme-cut", "1,400 jobs", "sources = [\"wire\"]");
    let third = claim("right", "acme-cut", "900 jobs", "corrects = [\"first/cut\"]");
    Site::new()
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n")
        .file("content/events.toml", "[acme-cut]\nlabel = \"the cut at Acme\"\n")
        .file("content/sources.toml", "[[sources]]\nid = \"wire\"\npublisher = \"The Wire\"\n")
        .file("content/analyses/first.md", &piece("2026-01-10", "Acme cuts jobs", &first, "Layoffs in recruiting."))
        .file(
            "content/analyses/second.md",
            &piece("2026-02-10", "The count", &second, "Layoffs in recruiting, counted."),
        )
        .file("content/analyses/third.md", &piece("2026-03-10", "It was fewer", &third, "Fewer layoffs."))
        .file("content/analyses/barley.md", &piece("2026-02-01", "Barley", "", "A vault for barley in the valley."))
        .file(
            "content/analyses/ferry.md",
            &piece("2026-02-02", "Ferry", "related = [\"barley\"]", "Pupils and a ferry."),
        )
}

#[test]
fn an_analysis_ends_with_what_came_before_and_since_and_says_why() {
    let site = story();
    site.run(&["build"]).succeeds();
    let page = site.page("analyses/second/index.html");
    let related = page.split("id=\"related\"").nth(1).expect("the section");
    let (background, since) = related.split_once("Since then").expect("two lists");
    assert!(background.contains("Background") && background.contains("/analyses/first/"), "{related}");
    assert!(since.contains("/analyses/third/"), "{related}");
    assert!(related.contains("ame event: the cut at Acme (1 claim)"), "{related}");
    assert!(background.contains("both cite The Wire") || background.contains("nother figure"), "{related}");
    assert!(!related.split("How all analyses").next().unwrap().contains("barley"), "{related}");
}

#[test]
fn a_reader_of_what_was_corrected_sees_that_first() {
    let site = story();
    site.run(&["build"]).succeeds();
    let page = site.page("analyses/first/index.html");
    let (top, rest) = page.split_once("<div class=\"prose\">").expect("prose");
    assert!(top.contains("A later analysis corrects this one in part: <a href=\"/analyses/third/\">"), "{top}");
    assert!(rest.contains("Corrects this analysis on "), "{rest}");
    let later = site.page("analyses/third/index.html");
    assert!(later.contains("Is corrected here on ") && !later.contains("A later analysis"), "{later}");
}

#[test]
fn a_pinned_analysis_comes_first_and_is_said_to_be() {
    let site = story();
    site.run(&["build"]).succeeds();
    let page = site.page("analyses/ferry/index.html");
    let related = page.split("id=\"related\"").nth(1).expect("the section");
    assert!(related.contains("/analyses/barley/") && related.contains("Chosen by the author"), "{related}");
}

#[test]
fn the_index_has_every_analysis_once_in_its_thread() {
    let site = story();
    site.run(&["build"]).succeeds();
    let page = site.page("related/index.html");
    assert!(page.contains("<h2>the cut at Acme</h2>") && page.contains("<svg"), "{page}");
    let list = page.split("</figure>").nth(1).expect("the list");
    let places: Vec<usize> = ["first", "second", "third"]
        .map(|slug| list.find(&format!("<li><a href=\"/analyses/{slug}/\"")).expect(slug))
        .into();
    assert!(places.is_sorted(), "a thread is in the order of time");
    for slug in ["barley", "ferry"] {
        assert_eq!(list.matches(&format!("<li><a href=\"/analyses/{slug}/\"")).count(), 1, "{list}");
    }
    let data: serde_json::Value =
        serde_json::from_slice(&fs::read(site.out().join("data/related.json")).expect("it is there")).expect("JSON");
    assert_eq!(data["analyses"].as_array().map(Vec::len), Some(5));
    assert_eq!(data["threads"][0]["analyses"], serde_json::json!(["first", "second", "third"]));
    let schema: serde_json::Value =
        serde_json::from_slice(&fs::read(site.out().join("data/schemas/related.json")).expect("it is there"))
            .expect("JSON");
    jsonschema::validate(&schema, &data).expect("the data fits its schema");
}

#[test]
fn the_command_takes_a_slug_or_a_file_and_explains() {
    let site = story();
    let by_slug = site.run(&["related", "second", "--format", "json"]);
    by_slug.succeeds();
    let json = by_slug.json();
    assert_eq!((&json["version"], &json["analysis"]), (&1.into(), &"second".into()));
    let related = json["related"].as_array().expect("a list");
    for one in related {
        let shares: f64 = one["features"].as_array().unwrap().iter().map(|one| one["share"].as_f64().unwrap()).sum();
        assert!((shares - 1.0).abs() < 0.01, "shares add up to the whole: {one}");
        let list = if one["date"].as_str() < Some("2026-02-10") { "background" } else { "since" };
        assert_eq!(one["list"], list, "{one}");
    }
    let by_file = site.run(&["related", "content/analyses/second.md", "--format", "json"]);
    assert_eq!(by_file.succeeds().json(), json);
    let path = site.path("content/analyses/second.md");
    assert_eq!(site.run(&["related", path.to_str().unwrap(), "--format", "json"]).succeeds().json(), json);
    site.run(&["related", "second", "--explain"]).succeeds().prints("%  event       the cut at Acme");
    site.run(&["related", "secnd"]).exits(2).says("did you mean `second`?");
}

#[test]
fn what_is_not_published_is_related_to_nothing() {
    let secret = claim("secret", "acme-cut", "800 jobs", "");
    let hidden = ["draft = true", "publish_at = 2026-12-01", "expires = 2026-04-01"];
    let mut site = story();
    for (number, key) in hidden.iter().enumerate() {
        let text = piece("2026-02-20", "TOPSECRET layoffs", &format!("{key}\n{secret}"), "Layoffs in recruiting.");
        site = site.file(&format!("content/analyses/topsecret-{number}.md"), &text);
    }
    site.run(&["build"]).succeeds();
    for (path, bytes) in site.tree().files() {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("topsecret"), "{path} tells of what is not published");
    }
}

#[test]
fn near_copies_are_reported_and_do_not_fill_the_list() {
    let body = "The haulier will close the depot and move its lorries south, where rents are lower and drivers live. \
                Loaders are offered posts an hour away or weeks of pay. The union calls that a layoff by map, and wants \
                the council to ask for the grant back that the depot was built with. A spokesman said that the grant had \
                been earned, and that the yard could become flats. Neighbours remember the noise without fondness, but \
                the bakery across the road sold most of its rolls before six in the morning, to men in high boots.";
    let copy = |day: &str| piece(day, "The depot", "", body);
    let site = Site::new()
        .file("content/analyses/one.md", &copy("2026-01-01"))
        .file("content/analyses/two.md", &copy("2026-01-02"))
        .file(
            "content/analyses/other.md",
            &piece("2026-01-03", "Rents", "", "Rents in the south rise for lorries and flats."),
        );
    site.check().succeeds().finds(&[("near-duplicate", "content/analyses/two.md:2:9", "nearly the same as `one`")]);

    let about = claim("cut", "acme-cut", "800 jobs", "");
    let mut site = story().file("content/analyses/copy-00.md", &piece("2026-04-01", "The depot", &about, body));
    for number in 1..12 {
        let text = piece(&format!("2026-04-{:02}", number + 1), "The depot", &about, body);
        site = site.file(&format!("content/analyses/copy-{number:02}.md"), &text);
    }
    site.run(&["build"]).succeeds();
    let page = site.page("analyses/copy-11/index.html");
    let related = page.split("id=\"related\"").nth(1).expect("the section");
    let others =
        ["first", "second", "third"].into_iter().filter(|slug| related.contains(&format!("/analyses/{slug}/")));
    assert!(others.count() >= 2, "{related}");
}

#[test]
fn two_pieces_on_one_event_are_related_where_they_are_all_there_is() {
    let about = |id| claim(id, "acme-cut", "800 jobs", "");
    let site = Site::new()
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n")
        .file("content/events.toml", "[acme-cut]\nlabel = \"the cut at Acme\"\n")
        .file("content/analyses/one.md", &piece("2026-01-01", "One", &about("a"), "Recruiters go."))
        .file("content/analyses/two.md", &piece("2026-01-02", "Two", &about("b"), "Managers stay."));
    site.run(&["build"]).succeeds();
    let page = site.page("analyses/two/index.html");
    let related = page.split("id=\"related\"").nth(1).expect("the section");
    assert!(related.contains("/analyses/one/") && related.contains("ame event: the cut at Acme"), "{related}");
}

#[test]
fn a_correction_of_the_same_day_is_told_above_what_it_corrects() {
    let site = story().file(
        "content/analyses/a-correction.md",
        &piece(
            "2026-01-10",
            "Put right",
            &claim("less", "acme-cut", "850 jobs", "corrects = [\"first/cut\"]"),
            "Less.",
        ),
    );
    site.run(&["build"]).succeeds();
    let page = site.page("analyses/first/index.html");
    let (before, _) = page.split_once("class=\"prose\"").expect("the body");
    assert!(before.contains("/analyses/a-correction/"), "{before}");
}

#[test]
fn weights_are_held_to_their_bounds() {
    let site = |settings: &str| {
        story()
            .file("site.toml", &format!("title = \"T\"\nbase_url = \"https://example.org\"\n[related]\n{settings}\n"))
    };
    site("words = 0\nentries = 2").run(&["build"]).succeeds();
    site("words = -1").run(&["build"]).fails().says("is no weight");
    site("entries = 99").run(&["build"]).fails().says("more than a page shows");
}

#[test]
fn the_lists_are_the_same_whatever_the_threads_and_the_folders() {
    let site = story();
    let build = |threads: &str, out: &str| {
        let path = site.path(out);
        site.run_with(&["build", "--out", path.to_str().unwrap()], &[("RAYON_NUM_THREADS", threads)]).succeeds();
        let tree = Tree::of(&path).site();
        fs::remove_dir_all(path).expect("it is removed");
        tree
    };
    let expected = build("1", "one");
    build("2", "two").assert_equals(&expected, "two threads");
    fs::create_dir_all(site.path("content/analyses/zz")).expect("a folder");
    fs::rename(site.path("content/analyses/first.md"), site.path("content/analyses/zz/first.md")).expect("it is moved");
    build("2", "moved").assert_equals(&expected, "files read in another order");
}

/// Counts what is looked at for a corpus of so many analyses.
fn work(count: usize) -> u64 {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("site");
    corpus::write(&root, count, corpus::SEED).expect("a corpus");
    let now = dateline::config::Now::parse(NOW).expect("a day");
    let overrides = dateline::config::Overrides { now, drafts: false, base_url: None };
    let site = dateline::site::open(&root, overrides).expect("a site").site.expect("a sound site");
    site.briefing.related().work()
}

#[test]
fn twice_the_analyses_are_little_more_than_twice_the_work() {
    let (one, two) = (work(500), work(1_000));
    assert!(two * 10 < one * 23, "{one} for 500, {two} for 1,000");
}
