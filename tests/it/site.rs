//! What holds for every page of a site, whatever is in it, looked for in a made-up site of some hundred analyses.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use rayon::prelude::*;
use scraper::{ElementRef, Html, Selector};

use crate::corpus;
use crate::fixture::Site;

/// How many analyses the site has that most tests look at.
const MANY: usize = 400;

/// A page taken apart.
#[derive(Debug, Default)]
struct Page {
    bytes: usize,
    lang: Option<String>,
    title: String,
    headings: usize,
    ids: Vec<String>,
    links: Vec<String>,
    /// Which kind of page it is, by the class of its body.
    kind: String,
    is_redirect: bool,
    rows: Vec<Row>,
    linked_from: Vec<String>,
    prose_links: Vec<String>,
    own_links: Vec<String>,
}

/// A row of a timeline.
#[derive(Debug)]
struct Row {
    text: String,
    unit: Option<String>,
    when: Option<String>,
    links: Vec<String>,
}

/// A built site: its pages taken apart, and the paths of all files.
struct Built {
    pages: BTreeMap<String, Page>,
    files: BTreeSet<String>,
}

static BIG: LazyLock<Built> = LazyLock::new(|| built(MANY));

fn built(count: usize) -> Built {
    let site = Site::bare();
    let root = site.root();
    std::fs::remove_dir(&root).expect("the corpus makes its own folder");
    corpus::write(&root, count, corpus::SEED).expect("a corpus");
    let outcome = site.run(&["build", "--now", corpus::NOW, "--format", "json"]);
    outcome.succeeds();
    assert_eq!(outcome.number("errors"), 0);
    let tree = site.tree().site();
    let files = tree.paths().into_iter().map(str::to_owned).collect();
    let texts: Vec<(&str, &str)> = tree.pages().collect();
    let pages = texts.par_iter().map(|(path, text)| ((*path).to_owned(), Page::of(text))).collect();
    Built { pages, files }
}

/// Compiles a selector.
fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("a selector")
}

impl Page {
    fn of(text: &str) -> Self {
        let html = Html::parse_document(text);
        let all = |selector: &str, attribute: &str| -> Vec<String> {
            html.select(&select(selector)).filter_map(|element| element.attr(attribute)).map(str::to_owned).collect()
        };
        let first = |selector: &str| html.select(&select(selector)).next();
        Self {
            bytes: text.len(),
            lang: html.root_element().attr("lang").map(str::to_owned),
            title: first("title").map(|title| title.text().collect()).unwrap_or_default(),
            headings: html.select(&select("h1")).count(),
            ids: all("[id]", "id"),
            links: [all("[href]", "href"), all("[src]", "src")].concat(),
            kind: first("body")
                .and_then(|body| body.attr("class")?.strip_prefix("page-"))
                .unwrap_or_default()
                .to_owned(),
            is_redirect: first("meta[http-equiv=refresh]").is_some(),
            rows: html.select(&select("ol.timeline > li")).map(Row::of).collect(),
            linked_from: all("section.linked-from a", "href"),
            prose_links: all("div.prose a:not(aside.margin a)", "href"),
            own_links: all("main article a", "href"),
        }
    }

    /// Tells whether it is a page of its own, not the sign of another.
    fn is_real(&self) -> bool {
        !self.is_redirect
    }
}

impl Row {
    fn of(row: ElementRef<'_>) -> Self {
        let attribute = |selector: &str, attribute: &str| {
            row.select(&select(selector)).next().and_then(|element| element.attr(attribute)).map(str::to_owned)
        };
        let links = row.select(&select("a")).filter_map(|link| link.attr("href")).map(str::to_owned).collect();
        Self {
            text: row.text().collect(),
            unit: attribute(".unit a", "href"),
            when: attribute(".when time", "datetime"),
            links,
        }
    }
}

/// The file that a host answers a path with.
fn file_of(path: &str) -> String {
    let path = percent_decode_str(path.trim_start_matches('/')).decode_utf8().expect("UTF-8").into_owned();
    if path.is_empty() || path.ends_with('/') { path + "index.html" } else { path }
}

/// The address of a page's file.
fn address(file: &str) -> String {
    format!("/{}", file.strip_suffix("index.html").unwrap_or(file))
}

#[test]
fn every_link_leads_somewhere() {
    for (path, page) in &BIG.pages {
        for link in page.links.iter().filter(|link| !link.starts_with("data:,")) {
            if let Some((scheme, _)) = link.split_once("://") {
                assert!(["http", "https"].contains(&scheme), "{path}: {link}");
                continue;
            }
            let (target, part) = link.split_once('#').map_or((&**link, None), |(target, part)| (target, Some(part)));
            let file = if target.is_empty() { path.clone() } else { file_of(target) };
            assert!(target.is_empty() || target.starts_with('/'), "{path}: {link} is no path from the root");
            assert!(BIG.files.contains(&file), "{path}: nothing is at {link}");
            if let Some(part) = part {
                let part = percent_decode_str(part).decode_utf8().expect("UTF-8");
                let ids = &BIG.pages[&file].ids;
                assert!(ids.iter().any(|id| *id == part), "{path}: {link} leads to no part of {file}");
            }
        }
    }
}

#[test]
fn every_page_has_one_heading_a_language_and_a_title() {
    assert!(BIG.pages.len() > MANY);
    for (path, page) in BIG.pages.iter().filter(|(_, page)| page.is_real()) {
        assert_eq!(page.headings, 1, "{path}: one h1");
        assert_eq!(page.lang.as_deref(), Some("en"), "{path}: its language");
        assert!(!page.title.trim().is_empty(), "{path}: a title");
    }
}

#[test]
fn titles_tell_pages_apart() {
    let mut titles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, page) in BIG.pages.iter().filter(|(_, page)| page.is_real()) {
        titles.entry(&page.title).or_default().push(path);
    }
    titles.retain(|_, paths| paths.len() > 1);
    assert!(titles.is_empty(), "{titles:#?}");
}

#[test]
fn no_id_stands_twice_on_a_page() {
    for (path, page) in &BIG.pages {
        let ids: BTreeSet<&String> = page.ids.iter().collect();
        assert_eq!(ids.len(), page.ids.len(), "{path}: {:?}", page.ids);
    }
}

#[test]
fn timelines_are_in_order() {
    let mut rows = 0;
    for (path, page) in BIG.pages.iter().filter(|(_, page)| page.kind == "company") {
        let dates: Vec<&str> = page.rows.iter().filter_map(|row| row.when.as_deref()).collect();
        rows += dates.len();
        // A date is written with as much of it as is known, and what is earlier is less to the end of the shorter.
        for pair in dates.windows(2) {
            let length = pair[0].len().min(pair[1].len()).min("2026-01-01".len());
            assert!(pair[0][..length] <= pair[1][..length], "{path}: {} stands before {}", pair[0], pair[1]);
        }
    }
    assert!(rows > MANY, "there are timelines: {rows} rows");
}

/// Gives the timeline rows of a company through all of its pages.
fn rows_of<'b>(built: &'b Built, company: &str) -> Vec<&'b Row> {
    let own = file_of(company);
    let year = |file: &str| {
        let rest = file.strip_prefix(company.trim_start_matches('/'));
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) || rest.starts_with("undated/"))
    };
    let pages = built.pages.iter().filter(|(file, _)| **file == own || year(file));
    pages.flat_map(|(_, page)| &page.rows).collect()
}

#[test]
fn what_a_unit_does_stands_on_its_parents_timeline_and_not_the_other_way() {
    let is_unit = |file: &&String| match file.split('/').collect::<Vec<_>>()[..] {
        ["companies", _, unit, "index.html"] => {
            !unit.starts_with(|c: char| c.is_ascii_digit()) && !["links", "undated"].contains(&unit)
        }
        _ => false,
    };
    let units: Vec<String> = BIG.pages.keys().filter(is_unit).map(|file| address(file)).collect();
    assert!(!units.is_empty(), "there are units");
    for unit in units {
        let parent =
            unit.trim_end_matches('/').rsplit_once('/').map(|(parent, _)| format!("{parent}/")).expect("a parent");
        let (own, above) = (rows_of(&BIG, &unit), rows_of(&BIG, &parent));
        let name = BIG.pages[&file_of(&unit)].title.split(" · ").next().expect("a title");
        assert!(own.iter().all(|row| row.unit.is_none()), "{unit}: nothing on it is another's");
        for claim in own.iter().flat_map(|row| &row.links).filter(|link| link.contains("#claim:")) {
            let row = above.iter().find(|row| row.links.contains(claim));
            let row = row.unwrap_or_else(|| panic!("{claim} of {unit} is not on its parent's timeline"));
            // A row of one event for both has the unit's name at its figures.
            assert!(
                row.unit.as_deref() == Some(&*unit) || row.text.contains(name),
                "{claim}: nothing says that it is {name}'s"
            );
        }
        let of_parent = |row: &&&Row| row.unit.is_none() && !row.text.contains(name);
        for claim in above.iter().filter(of_parent).flat_map(|row| &row.links).filter(|link| link.contains("#claim:")) {
            assert!(
                !own.iter().any(|row| row.links.contains(claim)),
                "{claim} is the parent's, and on the timeline of {unit}"
            );
        }
    }
}

#[test]
fn what_links_here_is_what_links_here() {
    let document = |file: &str| {
        let kind = BIG.pages[file].kind.as_str();
        ["analysis", "company", "person", "page"].contains(&kind)
    };
    let leads_to = |links: &[String], file: &str| {
        // A claim is cited as a part of its analysis, wherever its own page is.
        let of_claim = |file: String| match file
            .strip_prefix("claims/")
            .and_then(|rest| rest.rsplit_once('/')?.0.rsplit_once('/'))
        {
            Some((slug, _)) => format!("analyses/{slug}/index.html"),
            None => file,
        };
        let path = |link: &str| link.split('#').next().filter(|path| path.starts_with('/')).map(file_of).map(of_claim);
        links.iter().any(|link| path(link).is_some_and(|target| target == file))
    };
    let documents: Vec<_> = BIG.pages.iter().filter(|(file, _)| document(file)).collect();
    let mut checked = 0;
    for (file, page) in &documents {
        let (more, told): (Vec<&String>, Vec<&String>) =
            page.linked_from.iter().partition(|link| link.ends_with("/links/"));
        for link in &told {
            checked += 1;
            assert!(
                leads_to(&BIG.pages[&file_of(link)].own_links, file),
                "{link} is told to link to {file}, and does not"
            );
        }
        if more.is_empty() {
            let linking = documents.iter().filter(|(other, page)| other != file && leads_to(&page.prose_links, file));
            let untold: Vec<_> =
                linking.map(|(other, _)| address(other)).filter(|other| !told.contains(&other)).collect();
            assert!(untold.is_empty(), "{file} does not tell that {untold:?} link to it");
        }
    }
    assert!(checked > 20, "there are links: {checked}");
}

#[test]
fn no_page_grows_with_the_site() {
    let small = built(MANY / 2);
    let largest = |built: &Built| {
        let largest = built.pages.iter().max_by_key(|(_, page)| page.bytes).expect("a page");
        (largest.1.bytes, largest.0.clone())
    };
    let ((before, _), (after, path)) = (largest(&small), largest(&BIG));
    assert!(after < 300_000, "{path} has {after} bytes");
    assert!(after * 10 < before * 16, "the largest page went from {before} to {after} bytes: {path}");
}

/// What an analysis that is left out has of its own, all of it marked, but for its slug and when it is published.
const HUSH: &str = r#"
title = "Hush"
date = 2026-05-18
companies = ["acme", "hush company", "acme/hush-unit"]
people = ["hush person"]
tags = ["hush tag"]
series = "hush series"
authors = ["hush author"]
aliases = ["hush/alias"]
summary = "hush"
image = "hush.svg"
image_alt = "hush"
why_it_matters = "hush"
take = "hush"
takeaways = ["hush"]
related = ["open"]
figures_ok = [{ figure = "77", reason = "hush" }]

[[sources]]
id = "hush-source"
title = "hush"
publisher = "hush"
url = "https://hush.example/"
quote = "hush"
via = "hush-shared"

[[claims]]
id = "hush-claim"
text = "hush"
company = "acme"
metric = "headcount-reduction"
value = "5 jobs"
event = "cut"
sources = ["hush-source"]
attribution = "hush"
quote = "hush"
note = "hush"
unknowns = ["hush"]

[[claims]]
id = "hush-tie"
text = "hush"
metric = "hush-metric"
value = "6 jobs"
person = "hush person"
event = "hush-event"
sources = ["hush-shared"]
disputes = ["open/cut"]

[[predictions]]
id = "hush-forecast"
text = "hush"
probability = 0.5
due = 2026-06-30
criteria = ["hush"]
condition = "hush"
evidence = ["open/cut"]
revisions = [{ date = 2026-05-20, probability = 0.6, why = "hush" }]

[[predictions]]
id = "hush-settled"
text = "hush"
probability = 0.5
resolution = { outcome = "yes", date = 2026-05-20, note = "hush", source = "hush-court" }

[[signals]]
text = "hush"
next = 2026-07-01
bears_on = ["open/more"]
readings = [{ date = 2026-05-19, text = "hush" }]

[[actions]]
audience = "hush"
text = "hush"
due = 2026-07-01

[[corrections]]
date = 2026-05-19
was = "hush"
now = "hush"
why = "hush"
"#;

/// An analysis that is published beside it, and that it meets wherever two analyses can meet.
const OPEN: &str = r#"companies = ["acme"]
[[claims]]
id = "cut"
text = "Acme cuts 800 jobs"
metric = "headcount-reduction"
value = "800 jobs"
event = "cut"
[[predictions]]
id = "more"
text = "More"
probability = 0.5
due = 2026-12-31
"#;

/// Makes a site with an analysis that is left out for some reason.
fn site_with_hush(when: &str) -> Site {
    let body = "Hush, [[acme]], [[open]], [5](claim:hush-claim) and ![hush](hush.png).";
    Site::new()
        .file("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\n[data]\npages = true\n\
             [check]\nunsourced = \"off\"\nunused-source = \"off\"\n")
        .file("content/analyses/hush/index.md", &format!("+++\n{when}\nslug = \"hush-slug\"{HUSH}+++\n{body}\n"))
        .file("content/analyses/hush/hush.svg", "<svg><title>hush</title></svg>")
        .file("content/analyses/hush/hush.png", "hush")
        .analysis("open", OPEN, "")
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n")
        .file(
            "content/sources.toml",
            "[[sources]]\nid = \"hush-shared\"\npublisher = \"hush\"\n[[sources]]\nid = \"hush-court\"\npublisher = \"hush\"\n",
        )
        .file("content/events.toml", "[cut]\nlabel = \"The cut\"\n[hush-event]\nlabel = \"hush\"\n")
}

#[test]
fn what_is_left_out_leaves_no_trace() {
    let asked: [&[&str]; 6] = [
        &["claims", "--format", "csv"],
        &["claims", "--format", "json"],
        &["claims", "--relations"],
        &["claims", "--conflicts"],
        &["claims", "--explain", "open/cut"],
        &["claims", "--company", "acme"],
    ];
    for when in
        ["draft = true", "publish_at = 2026-06-01T00:00:01Z", "expires = 2026-05-31", "expires = 2026-06-01T00:00:00Z"]
    {
        let site = site_with_hush(when);
        let outcome = site.build();
        outcome.succeeds().finds(&[]);
        assert!(!outcome.stdout.to_lowercase().contains("hush"));
        let ledger = std::fs::read(site.path("forecasts.lock")).expect("the ledger of forecasts");
        let tree = site.tree();
        for (path, bytes) in tree.files().chain([("forecasts.lock", &*ledger)]) {
            // A calendar breaks its lines wherever they are full.
            let text = String::from_utf8_lossy(bytes).to_lowercase().replace("\r\n ", "");
            assert!(!path.contains("hush") && !text.contains("hush"), "{when}: {path} tells of it");
        }
        for args in asked {
            let silent = site.run(args);
            assert!(!silent.succeeds().stdout.contains("hush"), "{when}: {args:?} is silent");
            let told = site.run(&[args, &["--drafts"]].concat());
            assert!(told.succeeds().stdout.contains("hush"), "{when}: {args:?} tells drafts");
        }
        site.run(&["build", "--drafts"]).succeeds();
        for path in
            ["analyses/hush-slug/index.html", "analyses/hush-slug/hush.svg", "companies/acme/hush-unit/index.html"]
        {
            assert!(site.tree().has(path), "{when}: --drafts shows {path}");
        }
        for path in ["data/relations.csv", "data/forecasts.json", "forecasts/calendar.ics", "corrections/atom.xml"] {
            assert!(site.page(path).contains("hush"), "{when}: --drafts shows it in {path}");
        }
        assert_eq!(std::fs::read(site.path("forecasts.lock")).ok(), Some(ledger), "{when}: a draft is on no record");
    }
}

#[test]
fn what_stands_beside_a_left_out_analysis_is_left_out() {
    for when in ["draft = true", "publish_at = 2026-06-02", "expires = 2026-05-31"] {
        let text = format!("+++\ntitle = \"Hush\"\ndate = 2026-05-18\nimage = \"hush.svg\"\n{when}\n+++\n");
        let site =
            Site::new().file("content/analyses/hush/index.md", &text).file("content/analyses/hush/hush.svg", "<svg/>");
        site.build().succeeds();
        let tree = site.tree();
        assert!(!tree.paths().iter().any(|path| path.contains("hush")), "{when}: {:?}", tree.paths());
    }
}
