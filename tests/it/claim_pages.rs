//! The pages of claims, the list of conflicts, and where both are told of.

use std::collections::BTreeSet;
use std::fmt::Write;

use scraper::{Html, Selector};

use crate::fixture::Site;

/// Sources and companies that the analyses below share.
fn shared() -> Site {
    Site::new()
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n")
        .file("content/companies/acme/ai.md", "+++\nname = \"Acme AI\"\n+++\n")
        .file(
            "content/sources.toml",
            "[[sources]]\nid = \"wire\"\npublisher = \"The Wire\"\nurl = \"https://wire.example/1\"\n\
             [[sources]]\nid = \"blog\"\npublisher = \"A Blog\"\nvia = \"wire\"\n\
             [[sources]]\nid = \"post\"\npublisher = \"A Post\"\nvia = \"blog\"\n\
             [[sources]]\nid = \"filing\"\npublisher = \"Acme\"\ninterested = true\n",
        )
}

/// Writes a claim; its text is `Says ID`.
fn claim(id: &str, lines: &str) -> String {
    format!("[[claims]]\nid = \"{id}\"\ntext = \"Says {id}\"\n{lines}\n")
}

/// Writes a claim of one event's head count.
fn count(id: &str, value: &str, lines: &str) -> String {
    let shared = "metric = \"headcount-reduction\"\nevent = \"cut-2026\"";
    claim(id, &format!("{shared}\nvalue = \"{value}\"\n{lines}"))
}

const OWN: &str = "companies = [\"acme\"]\n";

/// A publication in which claims meet in every way, and in which some meet nothing.
fn site() -> Site {
    let cuts = [
        count("about", "about 8,000 jobs", "sources = [\"wire\", \"blog\", \"post\"]"),
        count("unit", "600 jobs", "company = \"acme/ai\""),
        claim("open", "metric = \"headcount\"\nvalue = \"=90000\""),
        claim("alone", "metric = \"revenue\"\nvalue = \"$5 bn\"\ndate = \"2025\""),
        claim("cited", ""),
        claim("rests", ""),
        claim("old", "metric = \"profit\"\nvalue = \"$1 bn\"\ndate = \"2025\""),
        claim("named-here", ""),
    ];
    let filed = [
        count("filed", "7,950 jobs", "sources = [\"filing\"]"),
        count("union", "5,000 jobs", "attribution = \"the union says\""),
        claim("open", "metric = \"headcount\"\nvalue = \"=120000\""),
        claim("new", "metric = \"profit\"\nvalue = \"$2 bn\"\ndate = \"2025\"\nsupersedes = \"cuts/old\""),
        claim("third", "metric = \"profit\"\nvalue = \"$9 bn\"\ndate = \"2025\"\nstatus = \"retracted\""),
    ];
    let forecast = "[[predictions]]\ntext = \"More\"\nprobability = 0.4\ndue = 2026-12-31\nevidence = [\"cuts/rests\"]";
    shared()
        .analysis("cuts", &format!("{OWN}{}", cuts.concat()), "See [it](claim:named-here) and [that](claim:about).")
        .analysis("filed", &format!("{OWN}{}{forecast}", filed.concat()), "As [said](claim:cuts/cited).")
}

/// Lists the claims that have pages, as `analysis/claim`.
fn pages(site: &Site) -> Vec<String> {
    let tree = site.tree();
    let claim = |path: &&str| Some(path.strip_prefix("claims/")?.strip_suffix("/index.html")?.to_owned());
    let mut pages: Vec<String> =
        tree.paths().iter().filter_map(claim).filter(|path| path.contains('/') && !path.contains("page/")).collect();
    pages.sort();
    pages
}

/// Asserts that every link of every page leads to a page and to a part of it.
#[track_caller]
fn links_lead_somewhere(site: &Site) {
    let tree = site.tree().site();
    let (link, part) = (Selector::parse("[href]").expect("a selector"), Selector::parse("[id]").expect("a selector"));
    for (path, text) in tree.pages() {
        for link in Html::parse_document(text).select(&link).filter_map(|link| link.attr("href")) {
            let Some(local) = link.strip_prefix('/') else { continue };
            let (target, anchor) = local.split_once('#').map_or((local, None), |(target, part)| (target, Some(part)));
            let file =
                if target.is_empty() || target.ends_with('/') { format!("{target}index.html") } else { target.into() };
            assert!(tree.has(&file), "{path}: nothing is at {link}");
            if let Some(anchor) = anchor {
                let page = Html::parse_document(&site.page(&file));
                assert!(
                    page.select(&part).any(|one| one.attr("id") == Some(anchor)),
                    "{path}: {link} leads to no part"
                );
            }
        }
    }
}

/// Reads the text of the elements that a selector finds, its spaces made single.
fn texts(page: &str, selector: &str) -> Vec<String> {
    let page = Html::parse_document(page);
    let text = |element: scraper::ElementRef<'_>| {
        element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    page.select(&Selector::parse(selector).expect("a selector")).map(text).collect()
}

#[test]
fn a_claim_has_a_page_if_it_has_something_to_tell() {
    let site = site();
    site.build().succeeds();
    let telling = ["cuts/about", "cuts/cited", "cuts/old", "cuts/rests", "filed/filed", "filed/new", "filed/union"];
    assert_eq!(pages(&site), telling);
    links_lead_somewhere(&site);
    let analysis = site.page("analyses/cuts/index.html");
    assert!(analysis.contains("<tr class=\"claim reported disputed\" id=\"claim:about\">"), "the row keeps its place");
    assert!(analysis.contains("<a class=\"permalink\" href=\"/claims/cuts/about/\">"), "and leads to the page");
    assert!(analysis.contains("<a class=\"permalink\" href=\"/analyses/cuts/#claim:alone\">"), "or to itself");
    assert!(analysis.contains("href=\"/analyses/cuts/#claim:about\">that</a>"), "prose leads to the same page's row");
    assert!(site.page("analyses/filed/index.html").contains("href=\"/claims/cuts/cited/\">"));
    let claims: serde_json::Value = serde_json::from_str(&site.page("data/claims.json")).expect("JSON");
    let url =
        |id: &str| claims["claims"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap()["url"].clone();
    assert_eq!(url("cuts/about"), "https://example.org/claims/cuts/about/");
    assert_eq!(url("cuts/alone"), "https://example.org/analyses/cuts/#claim:alone");
    assert!(site.page("sitemap.xml").contains("<loc>https://example.org/claims/cuts/about/</loc>"));
}

#[test]
fn a_site_may_ask_for_all_or_for_none() {
    for (choice, count) in [("all", 13), ("none", 0)] {
        let toml = format!("title = \"T\"\nbase_url = \"https://example.org\"\n[claims]\npages = \"{choice}\"\n");
        let site = site().file("site.toml", &toml);
        site.build().succeeds();
        assert_eq!(pages(&site).len(), count, "{choice}");
        links_lead_somewhere(&site);
    }
}

#[test]
fn a_page_tells_what_stands_behind_a_claim_and_what_it_meets() {
    let site = site();
    site.build().succeeds();
    let page = site.page("claims/cuts/about/index.html");
    assert_eq!(texts(&page, "h1"), ["Says about"]);
    assert_eq!(texts(&page, ".lede"), ["about 8,000 jobs 7,500 jobs – 8,500 jobs"]);
    assert_eq!(texts(&page, "main h2"), ["Disagrees with", "Agrees with", "Part and whole", "Sources", "How to cite"]);
    assert_eq!(texts(&page, ".disagrees .statement"), ["Says union"]);
    assert_eq!(
        texts(&page, ".disagrees .reason"),
        [
            "“about 8,000 jobs” (7,500 jobs – 8,500 jobs) and “5,000 jobs” (4,750 jobs – 5,250 jobs) do not meet for the \
          same event, “cut-2026”."
        ]
    );
    assert_eq!(texts(&page, ".agrees .statement"), ["Says filed"]);
    assert!(texts(&page, ".agrees li")[0].contains("Acme self · 1 report, 1 source, speaking of itself"));
    assert_eq!(texts(&page, "section > p.meta"), ["3 reports, 1 source"]);
    assert_eq!(
        texts(&page, ".sources li"),
        ["The Wire", "A Blog. Repeats The Wire", "A Post. Repeats A Blog, which repeats The Wire"]
    );
    assert_eq!(
        texts(&page, ".cite"),
        ["“Says about”, in “Title of cuts”, The Test Brief, 18 May 2026, https://example.org/claims/cuts/about/"]
    );
    assert!(page.contains("\"@type\":\"Claim\""), "it has structured data");
    assert_eq!(texts(&site.page("claims/cuts/cited/index.html"), "[aria-labelledby=cited] li a"), ["Title of filed"]);
    assert_eq!(texts(&site.page("claims/cuts/rests/index.html"), "[aria-labelledby=cited] li a"), ["Title of filed"]);
    let steps = ["18 May 2026 · superseded Says old $1 bn", "18 May 2026 · this claim Says new $2 bn"];
    assert_eq!(texts(&site.page("claims/filed/new/index.html"), ".history li"), steps);
    assert_eq!(
        texts(&site.page("claims/cuts/old/index.html"), ".history li"),
        ["18 May 2026 · this claim Says old $1 bn", "18 May 2026 · supersedes Says new $2 bn"]
    );
}

#[test]
fn rows_and_lists_say_what_is_disputed() {
    let site = site();
    site.build().succeeds();
    let row = |page: &str, id: &str| texts(&site.page(page), &format!("[id='claim:{id}']")).concat();
    let about = row("analyses/cuts/index.html", "about");
    assert!(about.contains("reported disputed") && about.contains("Disagrees with: Says union"), "{about}");
    assert!(about.contains("3 reports, 1 source"), "{about}");
    assert!(!row("analyses/cuts/index.html", "alone").contains("disputed"));
    assert!(!row("analyses/cuts/index.html", "old").contains("disputed"), "what was replaced is settled");
    let event = texts(&site.page("companies/acme/index.html"), "li.event.disputed").concat();
    assert!(event.contains("disputed · 4 reports, 2 sources, one of them speaking of itself"), "{event}");
    assert!(event.contains("The 4 claims"), "{event}");
    assert_eq!(
        texts(&site.page("claims/index.html"), "tr.disputed .statement"),
        ["Says filed", "Says union", "Says about"]
    );
}

#[test]
fn conflicts_are_listed_worst_first_and_linked_where_there_are_any() {
    let site = site().file("site.toml", "title = \"T\"\nbase_url = \"https://example.org\"\npaginate = 1\n");
    site.build().succeeds();
    let pages = ["conflicts/index.html", "conflicts/page/2/index.html"].map(|path| site.page(path));
    let sides = pages.each_ref().map(|page| texts(page, ".sides .statement"));
    assert_eq!(sides, [["Says filed", "Says union"], ["Says about", "Says union"]], "one analysis first");
    assert_eq!(texts(&pages[0], ".disagreements h2"), ["Headcount reduction, Acme"]);
    assert!(!site.tree().has("conflicts/page/3/index.html"));
    assert!(site.page("index.html").contains("<a href=\"/conflicts/\">Conflicts</a>"));
    let quiet = shared().analysis("a", &count("one", "8,000 jobs", ""), "");
    quiet.build().succeeds();
    assert!(quiet.page("conflicts/index.html").contains("No two claims openly disagree."));
    assert!(!quiet.page("index.html").contains("/conflicts/"));
}

#[test]
fn a_settled_disagreement_is_no_conflict() {
    let claims = [
        count("old", "8,000 jobs", ""),
        count("new", "5,000 jobs", "supersedes = \"old\""),
        count("other", "5,000 jobs", ""),
    ];
    let site = shared().analysis("a", &format!("{OWN}{}", claims.concat()), "");
    site.build().succeeds();
    assert!(site.page("conflicts/index.html").contains("No two claims openly disagree."));
    let reason = texts(&site.page("claims/a/old/index.html"), ".disagrees .reason").concat();
    assert!(reason.ends_with("It is settled: one of them no longer holds."), "{reason}");
}

#[test]
fn what_is_open_is_on_no_page() {
    let site = site();
    site.build().succeeds();
    assert!(site.run(&["claims", "--conflicts"]).succeeds().stdout.contains("possible-conflict"), "an editor sees it");
    for (path, text) in site.tree().pages() {
        assert!(!text.contains("possib") && !text.contains("shows whether"), "{path}");
    }
    assert!(!pages(&site).iter().any(|path| path.ends_with("/open")));
}

#[test]
fn what_is_left_out_meets_nothing() {
    for when in ["draft = true", "publish_at = 2030-01-01", "expires = 2020-01-01"] {
        let hush = [
            count("hush", "1,000 jobs", "sources = [\"filing\"]\ndisputes = \"open/one\""),
            count("hush-too", "8,000 jobs", "sources = [\"filing\"]\nsupersedes = \"open/two\""),
        ];
        let site = shared()
            .analysis(
                "open",
                &format!("{OWN}{}{}", count("one", "8,000 jobs", "sources = [\"wire\"]"), claim("two", "")),
                "",
            )
            .analysis("hush", &format!("{when}\n{OWN}{}", hush.concat()), "Hush, [it](claim:open/two).");
        site.build().succeeds();
        assert_eq!(pages(&site), [""; 0], "{when}: nothing is left that has something to tell");
        for (path, bytes) in site.tree().files() {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            assert!(!text.contains("hush") && !text.contains("disputed</span>"), "{when}: {path}");
        }
        site.run(&["build", "--drafts"]).succeeds();
        assert_eq!(pages(&site), ["hush/hush", "hush/hush-too", "open/one", "open/two"], "{when}: --drafts shows them");
    }
}

#[test]
fn a_page_stays_small_however_many_cite_a_claim_or_replace_it() {
    let mut site = shared().analysis("first", &format!("{OWN}{}", claim("told", "")), "");
    for number in 0..30 {
        let next = claim("next", "supersedes = \"first/told\"");
        site = site.analysis(&format!("n{number:02}"), &next, "See [it](claim:first/told).");
    }
    site.build().succeeds();
    let page = site.page("claims/first/told/index.html");
    assert_eq!(texts(&page, "[aria-labelledby=cited] li").len(), 20);
    assert!(texts(&page, "[aria-labelledby=cited] p").concat().contains("and 10 more"));
    assert_eq!(texts(&page, ".history li").len(), 11);
    assert!(texts(&page, "[aria-labelledby=history] > p").concat().contains("There are more"));
    assert_eq!(
        texts(&site.page("claims/n00/next/index.html"), ".history li").len(),
        2,
        "its siblings are not its past"
    );
}

#[test]
fn a_chain_is_followed_to_its_ends_and_a_circle_only_once() {
    let mut chain = String::from(OWN);
    for number in 0..6 {
        let before = if number == 0 { 5 } else { number - 1 };
        let tie = if number == 0 { String::new() } else { format!("supersedes = \"c{before}\"") };
        write!(chain, "{}", claim(&format!("c{number}"), &tie)).expect("text");
    }
    let circle = [claim("x", "corrects = \"y\""), claim("y", "corrects = \"x\"")].concat();
    let site = shared().analysis("a", &format!("{chain}{circle}"), "");
    site.build().succeeds();
    let steps = |id: &str| texts(&site.page(&format!("claims/a/{id}/index.html")), ".history li p");
    assert_eq!(steps("c3"), ["Says c0", "Says c1", "Says c2", "Says c3", "Says c4", "Says c5"]);
    assert_eq!(steps("x"), ["Says y", "Says x"]);
}

#[test]
fn a_page_that_did_not_change_is_kept() {
    let site = site();
    site.build().succeeds();
    let again = site.run(&["build", "--format", "json", "--now", "2026-06-02"]);
    again.succeeds();
    assert_eq!(again.number("written"), 1, "forecasts.json says as of which day");
    let text = std::fs::read_to_string(site.path("content/analyses/filed.md")).expect("the analysis");
    site.put("content/analyses/filed.md", text.replace("7,950 jobs", "7,990 jobs"));
    site.build().succeeds();
    let page = site.page("claims/cuts/about/index.html");
    assert!(page.contains("“7,990 jobs” (7,985 jobs – 7,995 jobs)"), "the sentence is of the new value");
}

#[test]
fn addresses_that_lists_have_are_told_of() {
    let claims: BTreeSet<String> = [count("2", "8,000 jobs", ""), count("3", "5,000 jobs", "")].into();
    let toml = "title = \"T\"\nbase_url = \"https://example.org\"\npaginate = 1\n";
    let site = shared().file("site.toml", toml).analysis("page", &claims.into_iter().collect::<String>(), "");
    let found = site.check().fails().findings();
    let clash = |found: &crate::fixture::Finding| found.code == "same-address" && found.message.contains("`page/2`");
    assert!(found.iter().any(clash), "{found:?}");
}
