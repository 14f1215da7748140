//! Mistakes in the middle of writing: the last good page stays, and says what is wrong.

use std::time::{Duration, Instant};

use super::{Preview, eventually};
use crate::fixture::Site;

const HOSTILE: &str = "<img src=x onerror=alert(1)>";

fn analysis(body: &str) -> String {
    format!("+++\ntitle = \"A\"\ndate = 2026-05-18\n+++\n{body}\n")
}

#[test]
fn the_last_good_page_stays_and_the_next_good_one_comes() {
    let site = Site::with_analysis("", "Good words.").analysis("b", "", "Others.");
    let preview = Preview::of(&site);
    let [good, other] = ["/analyses/a/", "/analyses/b/"].map(|target| preview.page(target));
    site.put("content/analyses/a.md", analysis("Words and [[nothing of the kind]]."));
    eventually("the error is told", || preview.about("/analyses/a/")["errors"] == 1);
    let about = preview.about("/analyses/a/");
    assert_eq!(about["problems"][0]["place"], "content/analyses/a.md:5:13", "{about:#}");
    let drawn = about["problems"][0]["drawn"].as_str().expect("text");
    assert!(drawn.contains("error[dangling-link]") && drawn.contains("^^^^"), "{drawn}");
    assert_eq!(preview.get("/analyses/a/").without_script(), good);
    assert_eq!(preview.page("/analyses/b/"), other);
    assert_eq!(about["stale"], true);
    site.put("content/analyses/a.md", analysis("Better words."));
    eventually("it recovers", || preview.about("/analyses/a/")["errors"] == 0);
    assert!(preview.page("/analyses/a/").contains("Better words."));
}

#[test]
fn a_page_whose_file_cannot_be_linked_keeps_nobody_waiting() {
    let site = Site::with_analysis("", "Good words.");
    let preview = Preview::of(&site);
    site.put("content/analyses/a.md", analysis("Words and [[nothing of the kind]]."));
    eventually("the error is told", || preview.about("/analyses/a/")["errors"] == 1);
    let before = Instant::now();
    // It was never looked at, so that there is no last good page of it.
    let answer = preview.get("/analyses/a/");
    assert!(answer.status == 500 && answer.text().contains("error[dangling-link]"), "{}", answer.text());
    assert!(before.elapsed() < Duration::from_millis(1500), "{:?}", before.elapsed());
}

#[test]
fn what_the_rules_find_is_said_of_the_page_as_it_is() {
    let site = Site::with_analysis("", "Good words.");
    let preview = Preview::of(&site);
    site.put("content/analyses/a.md", analysis("Other words and a [link](/nowhere/)."));
    eventually("the error is told", || preview.about("/analyses/a/")["errors"] == 1);
    assert!(preview.page("/analyses/a/").contains("Other words"));
    assert_eq!(preview.about("/analyses/a/")["stale"], false);
}

#[test]
fn settings_with_a_mistake_leave_those_of_before() {
    let site = Site::with_analysis("", "Words.");
    let settings = std::fs::read_to_string(site.path("site.toml")).expect("it is there");
    let preview = Preview::of(&site);
    let good = preview.page("/");
    site.put("site.toml", settings.replace("title =", "title"));
    eventually("the error is told", || preview.about("/")["errors"] != 0);
    assert_eq!(preview.page("/"), good);
    site.put("site.toml", settings.replace("The Test Brief", "Another Brief"));
    eventually("it recovers", || preview.get("/").text().contains("Another Brief"));
    assert_eq!(preview.about("/")["errors"], 0);
}

#[test]
fn a_template_that_breaks_leaves_the_last_page() {
    let site = Site::with_analysis("", "Good words.");
    let preview = Preview::of(&site);
    let good = preview.page("/analyses/a/");
    site.put("templates/analysis.html", "{{ unclosed ");
    eventually("the error is told", || preview.about("/analyses/a/")["errors"] == 1);
    assert_eq!(preview.page("/analyses/a/"), good, "a site that cannot be compiled is not shown");

    site.put("templates/analysis.html", "<p>{{ analysis.nothing_of_the_kind }}</p>");
    eventually("the page fails", || preview.get("/analyses/a/").status == 500);
    assert_eq!(preview.get("/analyses/a/").without_script(), good, "the last good page stays");
    assert_eq!(preview.about("/analyses/a/")["errors"], 1);
    std::fs::remove_file(site.path("templates/analysis.html")).expect("it goes");
    eventually("it recovers", || preview.get("/analyses/a/").status == 200);
}

#[test]
fn what_is_wrong_in_the_file_in_view_comes_first() {
    let site = Site::with_analysis("", "Words and [[z]].").analysis("z", "", "Words.");
    let preview = Preview::of(&site);
    preview.page("/analyses/z/");
    site.put("content/analyses/z.md", "+++\ntitle = \"Z\"\ndate = 2026-13-01\n+++\nWords.\n");
    eventually("both errors are told", || preview.about("/analyses/z/")["errors"] == 2);
    let first = |path: &str| preview.about(path)["problems"][0]["place"].as_str().unwrap_or_default().to_owned();
    assert!(first("/analyses/z/").starts_with("content/analyses/z.md:"), "{}", first("/analyses/z/"));
    assert!(first("/analyses/a/").starts_with("content/analyses/a.md:"), "{}", first("/analyses/a/"));
}

#[test]
fn a_site_that_begins_with_a_mistake_is_shown_as_far_as_it_goes() {
    let site = Site::with_analysis("", "Words and [[nothing]].").file("templates/home.html", "{{ unclosed");
    let preview = Preview::of(&site);
    let answer = preview.get("/");
    assert!(answer.status == 500 && answer.text().contains("The page cannot be shown"));
    std::fs::remove_file(site.path("templates/home.html")).expect("it goes");
    eventually("the site is shown", || preview.get("/analyses/a/").status == 200);
    assert_eq!(preview.about("/analyses/a/")["errors"], 1);
    site.put("content/analyses/a.md", analysis("Still [[nothing]], and more."));
    eventually("it follows", || preview.get("/analyses/a/").text().contains("and more"));
}

#[test]
fn what_a_site_says_is_text() {
    let site = Site::with_analysis("", "Words.").file("templates/404.html", &format!("{{% include \"{HOSTILE}\" %}}"));
    let preview = Preview::of(&site);
    let answer = preview.get("/nothing/");
    assert!(answer.status == 500 && !answer.text().contains("<img"), "{}", answer.text());
    assert!(answer.text().contains("&lt;img src=x onerror=alert(1)&gt;"), "{}", answer.text());
    std::fs::remove_file(site.path("templates/404.html")).expect("it goes");

    site.put("content/analyses/a.md", format!("+++\ntitle = \"A\"\ndate = 2026-05-18\n\"{HOSTILE}\" = 1\n+++\n"));
    eventually("the error is told", || {
        preview.about("/analyses/a/")["problems"][0]["message"].as_str().is_some_and(|said| said.contains(HOSTILE))
    });
    let about = preview.get("/__dateline/about?page=/");
    assert_eq!(about.header("content-type"), Some("application/json"));
    assert!(!preview.get("/").text().contains("<img"));
}

#[test]
fn places_open_in_the_editor_of_the_site() {
    let toml = "title = \"T\"\nbase_url = \"https://example.org\"\n[preview]\neditor = \"vscode://file/{path}:{line}:{column}\"\n";
    let site = Site::with_analysis("", "[[nothing]]").file("site.toml", toml);
    let preview = Preview::of(&site);
    let about = preview.about("/analyses/a/");
    let root = site.root().canonicalize().expect("a folder");
    let expected = format!("vscode://file{}/content/analyses/a.md:6:3", root.display());
    assert_eq!(about["problems"][0]["href"], *expected);
    site.put("site.toml", toml.replace("vscode:", "javascript:"));
    eventually("it is refused", || preview.get("/__dateline/about?page=/").text().contains("bad-editor"));
}
