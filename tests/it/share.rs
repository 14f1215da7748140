//! What a site has for those who share it: heads of pages, pictures, citations, letters and pages for frames.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use scraper::{Html, Selector};

use crate::fixture::Site;

const CLAIM: &str = "companies = [\"acme\"]\nsummary = \"What was cut.\"\nauthors = [\"Ann Ng\"]\n\
    [[sources]]\nid = \"s\"\npublisher = \"P\"\nurl = \"https://p.example/1\"\n\
    [[claims]]\nid = \"cut\"\ntext = \"Acme & Co cut jobs\"\nmetric = \"headcount-reduction\"\nvalue = \"about 800 jobs\"\n\
    date = \"2026-05\"\nsources = [\"s\"]";

/// A site that asks for everything.
fn site() -> Site {
    Site::new()
        .file(
            "site.toml",
            "title = \"Brief\"\nbase_url = \"https://example.org/b\"\n[claims]\npages = \"all\"\n\
             [share]\npictures = true\ncitations = true\nnewsletter = true\nembeds = true\n",
        )
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n")
        .analysis("cuts", CLAIM, "It is [about 800](claim:cut), see [the about page](https://about.example/).")
}

/// Reads an attribute of the first element that a selector finds.
fn attribute(page: &str, selector: &str, name: &str) -> Option<String> {
    let selector = Selector::parse(selector).expect("a selector");
    Html::parse_document(page).select(&selector).next()?.attr(name).map(str::to_owned)
}

fn property(page: &str, name: &str) -> Option<String> {
    attribute(page, &format!("meta[property=\"{name}\"]"), "content")
}

#[test]
fn every_page_says_what_it_is() {
    let site = site();
    site.build().succeeds();
    for (path, page) in site.tree().site().pages() {
        if path.ends_with("mail.html") {
            continue;
        }
        let description = attribute(page, "meta[name=description]", "content");
        if path.starts_with("embed/") {
            assert_eq!(attribute(page, "meta[name=robots]", "content").as_deref(), Some("noindex"), "{path}");
            continue;
        }
        assert!(description.is_some_and(|text| !text.is_empty()), "{path}");
        assert_eq!(property(page, "og:url"), attribute(page, "link[rel=canonical]", "href"), "{path}");
        assert_eq!(property(page, "og:site_name").as_deref(), Some("Brief"), "{path}");
        let robots = attribute(page, "meta[name=robots]", "content");
        assert_eq!(robots.is_some(), path == "404.html", "{path}");
    }
    let page = site.page("analyses/cuts/index.html");
    assert_eq!(property(&page, "og:title").as_deref(), Some("Title of cuts"));
    assert_eq!(property(&page, "og:description").as_deref(), Some("What was cut."));
    assert_eq!(property(&page, "article:published_time").as_deref(), Some("2026-05-18T00:00:00Z"));
    assert_eq!(property(&page, "og:image").as_deref(), Some("https://example.org/b/analyses/cuts/card.png"));
    assert_eq!(
        property(&page, "og:image:alt").as_deref(),
        Some("Title of cuts. about 800 jobs, Acme, Headcount reduction, May 2026. 18 May 2026 · 1 claim, 1 source")
    );
}

#[test]
fn nothing_is_made_that_nobody_asked_for() {
    let site = Site::with_analysis("", "Text.");
    site.build().succeeds();
    let tree = site.tree().site();
    let made = |path: &str| ["card.png", "cite.bib", "index.txt", "mail.html"].iter().any(|name| path.ends_with(name));
    assert!(tree.files().all(|(path, _)| !made(path) && !path.starts_with("embed/")));
    let page = site.page("analyses/a/index.html");
    assert_eq!(property(&page, "og:image"), None);
    assert!(page.contains("@misc{a,") && page.contains("twitter:card\" content=\"summary\""));
}

/// Changes a picture in place, and dates it before the manifest, so that a build takes it for its own work.
fn mark(site: &Site, path: &str) -> Vec<u8> {
    let file = site.out().join(path);
    let mut bytes = fs::read(&file).expect("a picture");
    *bytes.last_mut().expect("bytes") ^= 1;
    fs::write(&file, &bytes).expect("written");
    let before = SystemTime::now() - Duration::from_secs(3_600);
    File::options().write(true).open(&file).and_then(|file| file.set_modified(before)).expect("dated");
    bytes
}

#[test]
fn a_picture_is_drawn_again_only_when_a_word_on_it_changes() {
    let site = site();
    site.build().succeeds();
    let pictures = ["analyses/cuts/card.png", "claims/cuts/cut/card.png", "companies/acme/card.png"];
    let marked = pictures.map(|path| mark(&site, path));
    for (path, bytes) in pictures.iter().zip(&marked) {
        assert!(bytes.starts_with(b"\x89PNG") && bytes[16..24] == [0, 0, 4, 176, 0, 0, 2, 118], "{path}");
    }
    let site = site.analysis("cuts", CLAIM, "Another text, which is on no picture.");
    site.build().succeeds();
    for (path, bytes) in pictures.iter().zip(&marked) {
        assert!(fs::read(site.out().join(path)).expect("a picture") == *bytes, "{path} was drawn again");
    }
    let changed = CLAIM.replace("about 800 jobs", "about 900 jobs");
    let site = site.analysis("cuts", &changed, "Another text, which is on no picture.");
    site.build().succeeds();
    for (path, bytes) in pictures.iter().zip(&marked) {
        assert!(fs::read(site.out().join(path)).expect("a picture") != *bytes, "{path} was kept");
    }
}

#[test]
fn letters_the_fonts_lack_are_told_once() {
    let site = site().file("content/companies/acme.md", "+++\nname = \"東京\"\naliases = [\"acme\"]\n+++\n");
    site.build().succeeds().finds(&[(
        "share-glyphs",
        "site.toml",
        "is without `東`, and 2 other pictures lack letters too",
    )]);
}

#[test]
fn a_claim_and_an_analysis_can_be_cited() {
    let site = site();
    site.build().succeeds();
    assert!(site.page("claims/cuts/cut/cite.bib").starts_with("@misc{cuts-cut,\n  author = {{Ann Ng}},"));
    let csl: serde_json::Value = serde_json::from_str(&site.page("analyses/cuts/cite.json")).expect("JSON");
    assert_eq!(csl[0]["title"], "Title of cuts");
    assert_eq!(csl[0]["author"][0]["literal"], "Ann Ng");
    let page = site.page("claims/cuts/cut/index.html");
    assert!(page.contains("href=\"/b/claims/cuts/cut/cite.bib\" type=\"application/x-bibtex\""));
}

#[test]
fn a_letter_has_the_text_and_what_it_rests_on() {
    let site = site();
    site.build().succeeds();
    let text = site.page("analyses/cuts/index.txt");
    assert!(text.contains("It is about 800 [1], see the about page [2]."), "{text}");
    assert!(text.contains("[2] https://about.example/\n"), "{text}");
    let mail = site.page("analyses/cuts/mail.html");
    assert!(mail.contains("Acme &amp; Co cut jobs") && mail.len() < 100_000);
    assert!(!mail.contains("href=\"/") && !mail.contains("<script"));
}

#[test]
fn a_claim_and_a_timeline_have_pages_for_frames() {
    let site = site();
    site.build().succeeds();
    let claim = site.page("embed/claims/cuts/cut/index.html");
    let canonical = attribute(&claim, "link[rel=canonical]", "href");
    assert_eq!(canonical.as_deref(), Some("https://example.org/b/claims/cuts/cut/"));
    assert!(claim.contains("about 800 jobs") && !claim.contains("<script"));
    assert!(site.page("embed/companies/acme/index.html").contains("class=\"timeline\""));
    let whole = site.page("claims/cuts/cut/index.html");
    assert!(whole.contains("&lt;iframe src=&quot;https://example.org/b/embed/claims/cuts/cut/&quot;"), "{whole}");
    assert!(!site.page("sitemap.xml").contains("/embed/"));
}

#[test]
fn the_feed_of_the_site_has_the_whole_text() {
    let site = site();
    site.build().succeeds();
    let feed: serde_json::Value = serde_json::from_str(&site.page("feed.json")).expect("JSON");
    let html = feed["items"][0]["content_html"].as_str().expect("a text");
    assert!(html.contains("href=\"https://example.org/b/claims/cuts/cut/\">about 800</a>"), "{html}");
    assert!(site.page("atom.xml").contains("<content type=\"html\""));
    assert!(!site.page("companies/acme/atom.xml").contains("<content"));
}
