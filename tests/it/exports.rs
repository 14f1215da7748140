//! The files that a site has for others, as other programs read them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::fixture::Site;

/// A site with something in every file, and with something to hide.
fn site() -> Site {
    Site::new()
        .file(
            "site.toml",
            "title = \"Brief\"\nbase_url = \"https://example.org/b\"\n[feeds]\nentries = 2\n[data]\npages = true\n",
        )
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\nwikidata = \"Q1\"\n+++\n")
        .analysis(
            "cuts",
            "companies = [\"acme\"]\ntags = [\"jobs\"]\nauthors = [\"Ann\"]\nsummary = \"A </script><!-- summary\"\n\
             [[sources]]\nid = \"s\"\npublisher = \"P\"\nurl = \"https://p.example/1\"\n\
             [[claims]]\nid = \"cut\"\ntext = \"=1+1\"\nmetric = \"headcount-reduction\"\nvalue = \"800 jobs\"\n\
             date = \"2026-05\"\nsources = [\"s\"]\n\
             [[predictions]]\ntext = \"More\"\nprobability = 0.4\ndue = 2026-12-31\n\
             [[corrections]]\ndate = 2026-05-20\nwas = \"900\"\nnow = \"800\"",
            "",
        )
        .analysis("second", "", "")
        .analysis("third", "", "")
        .analysis(
            "hidden",
            "draft = true\ncompanies = [\"acme\"]\ntags = [\"SECRET\"]\n[[claims]]\ntext = \"SECRET\"\nevent = \"SECRET\"\n\
             [[predictions]]\ntext = \"SECRET\"\ndue = 2027-01-01\n[[corrections]]\ndate = 2026-05-20\nwas = \"SECRET\"\nnow = \"x\"",
            "SECRET",
        )
}

/// Reads a file of the built site as JSON.
fn json(site: &Site, path: &str) -> Value {
    serde_json::from_str(&site.page(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_site_has_its_files_and_none_of_them_tells_a_draft() {
    let site = site();
    let outcome = site.build();
    outcome.succeeds();
    let tree = site.tree().site();
    let pages = tree.pages().count() as u64;
    assert_eq!(outcome.number("pages"), pages, "files of data are no pages");
    for path in [
        "data/claims.json",
        "data/claims.csv",
        "data/relations.json",
        "data/relations.csv",
        "data/sources.csv",
        "data/forecasts.json",
        "data/forecasts.csv",
        "data/events.json",
        "data/entities.csv",
        "data/datapackage.json",
        "data/schemas/claims.json",
        "data/index.html",
        "atom.xml",
        "feed.json",
        "companies/acme/timeline.json",
        "companies/acme/timeline.csv",
        "companies/acme/timeline.ics",
        "companies/acme/atom.xml",
        "companies/acme/feed.json",
        "tags/jobs/atom.xml",
        "authors/ann/feed.json",
        "corrections/atom.xml",
        "corrections/feed.json",
        "forecasts/calendar.ics",
        "analyses/cuts/index.json",
        "sitemap.xml",
        "robots.txt",
        "llms.txt",
    ] {
        assert!(tree.has(path), "{path}");
    }
    for (path, bytes) in tree.files() {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("secret") && !text.contains("/hidden/") && !path.contains("hidden"), "{path}");
    }
}

#[test]
fn what_did_not_change_is_not_made_again() {
    let site = site();
    site.build().succeeds();
    let again = site.run(&["build", "--format", "json", "--now", "2026-06-02"]);
    again.succeeds();
    assert_eq!(again.number("written"), 1, "forecasts.json says as of which day, and no other file knows it");
    assert_eq!(json(&site, "data/forecasts.json")["as_of"], "2026-06-02");
    let today = site.run(&["build", "--format", "json", "--now", "2026-06-02"]);
    assert_eq!(today.succeeds().number("written"), 0);
}

#[test]
fn the_csv_is_what_the_package_says() {
    let site = site();
    site.build().succeeds();
    let package = json(&site, "data/datapackage.json");
    assert_eq!(package["profile"], "tabular-data-package");
    let resources = package["resources"].as_array().expect("resources");
    assert_eq!(resources.len(), 6);
    for resource in resources {
        let path = format!("data/{}", resource["path"].as_str().expect("a path"));
        let text = site.page(&path);
        assert!(text.ends_with("\r\n"), "{path}");
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let names: Vec<_> = fields.iter().map(|field| field["name"].as_str().expect("a name")).collect();
        assert_eq!(reader.headers().expect("headings").iter().collect::<Vec<_>>(), names);
        for record in reader.records() {
            let record = record.expect("a row");
            for (cell, field) in record.iter().zip(fields).filter(|(cell, _)| !cell.is_empty()) {
                let fits = match field["type"].as_str() {
                    Some("integer") => cell.parse::<u64>().is_ok(),
                    Some("number") => cell.parse::<f64>().is_ok(),
                    Some("boolean") => ["true", "false"].contains(&cell),
                    _ => true,
                };
                assert!(fits, "{path}: {cell} in {field}");
                assert!(!field["description"].as_str().unwrap_or_default().is_empty(), "{field}");
            }
        }
    }
    let claims = site.page("data/claims.csv");
    assert!(claims.contains("\r\ncuts/cut,'=1+1,acme,"), "{claims}");
}

#[test]
fn the_command_prints_what_the_file_has() {
    let site = site();
    site.build().succeeds();
    let printed = site.run(&["claims", "--format", "json"]);
    assert_eq!(printed.succeeds().json(), json(&site, "data/claims.json"));
    let csv = site.run(&["claims", "--format", "csv"]);
    assert_eq!(csv.succeeds().stdout, site.page("data/claims.csv"));
    let claim = &json(&site, "data/claims.json")["claims"][0];
    assert_eq!(claim["url"], "https://example.org/b/analyses/cuts/#claim:cut");
    assert_eq!(claim["citations"][0], serde_json::json!({ "source": "cuts/s", "url": "https://p.example/1" }));
}

#[test]
fn feeds_have_the_newest_entries_and_pages_name_them() {
    let site = site();
    site.build().succeeds();
    for path in ["atom.xml", "feed.json", "companies/acme/atom.xml", "tags/jobs/feed.json", "corrections/atom.xml"] {
        let feed = feed_rs::parser::parse(site.page(path).as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!((1..=2).contains(&feed.entries.len()), "{path}");
        let ids: BTreeSet<_> = feed.entries.iter().map(|entry| entry.id.clone()).collect();
        assert_eq!(ids.len(), feed.entries.len(), "{path}");
    }
    assert_eq!(feed_rs::parser::parse(site.page("atom.xml").as_bytes()).expect("a feed").entries.len(), 2);
    let home = site.page("index.html");
    assert!(home.contains("type=\"application/atom+xml\" title=\"Brief\" href=\"/b/atom.xml\""), "{home}");
    assert!(site.page("companies/acme/index.html").contains("href=\"/b/companies/acme/timeline.ics\""));
    assert!(site.page("analyses/cuts/index.html").contains("id=\"correction:2026-05-20\""));
}

#[test]
fn structured_data_is_one_script_that_no_text_can_end() {
    let site = site();
    site.build().succeeds();
    for path in ["index.html", "analyses/cuts/index.html", "companies/acme/index.html", "data/index.html"] {
        let page = site.page(path);
        let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap_or_else(|| panic!("{path}"));
        let (json, after) = rest.split_once("</script>").expect("it ends");
        assert!(!after.contains("ld+json"), "{path}");
        let json: Value = serde_json::from_str(json).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(json["@context"], "https://schema.org");
        if path.contains("cuts") {
            assert_eq!(json["description"], "A </script><!-- summary");
        }
    }
}

#[test]
fn calendars_are_read_by_another_program() {
    let site = site();
    site.build().succeeds();
    for (path, events) in [("forecasts/calendar.ics", 1), ("companies/acme/timeline.ics", 4)] {
        let calendar: icalendar::Calendar = site.page(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(calendar.components.len(), events, "{path}");
    }
}

#[test]
fn a_file_of_static_wins_and_an_asset_of_content_is_told_of() {
    let site = site().file("static/robots.txt", "mine\n").file("static/data/claims.csv", "mine\n");
    site.build().succeeds();
    assert_eq!(site.page("robots.txt"), "mine\n");
    assert_eq!(site.page("data/claims.csv"), "mine\n");
    assert!(site.page("data/claims.json").contains("cuts/cut"));
    let clash = Site::new()
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n")
        .file("content/companies/acme/timeline.json", "{}");
    let found = clash.check().fails().findings();
    assert!(found.iter().any(|one| one.code == "same-address" && one.message.contains("timeline.json")));
}

#[test]
fn prose_may_link_to_a_file_of_data() {
    let site = Site::with_analysis("", "Read [all claims](/data/claims.csv), [all](/data/) and [no](/data/claim.csv).");
    let found = site.check().fails().findings();
    let messages: Vec<_> = found.iter().map(|one| &*one.message).collect();
    assert_eq!(messages, ["the site has nothing at `/data/claim.csv`"]);
}

#[test]
fn settings_are_held_to_what_they_mean() {
    let site = Site::new()
        .file("site.toml", "title = \"T\"\nbase_url = \"https://e.org\"\n[feeds]\nentries = 0\n[data]\npage = true\n");
    let found = site.check().fails().findings();
    let codes: BTreeSet<_> = found.iter().map(|one| &*one.code).collect();
    assert_eq!(codes, ["feed-entries", "unknown-key"].into());
}
