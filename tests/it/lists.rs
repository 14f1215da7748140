//! Lists that look across analyses: the ledger and the files of its filter, corrections, and what rests on a work.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::corpus;
use crate::fixture::Site;

const SHARED: &str = "[[sources]]\nid = \"wire\"\ntitle = \"The wire report\"\npublisher = \"The Wire\"\nreliability = \"B\"\n\
    kind = \"press\"\ninterested = true\narchive = \"https://archive.example/wire\"\nurl = \"https://wire.example/1\"\n\
    [[sources]]\nid = \"herald\"\ntitle = \"The Herald says so\"\nvia = \"wire\"\nurl = \"https://herald.example/1\"\n\
    [[sources]]\nid = \"alone\"\ntitle = \"Cited once\"\n";

/// A site in which three analyses rest on one work, of which one only by what repeats it.
fn site() -> Site {
    let claims = |source: &str, status: &str| {
        format!(
            "companies = [\"acme\"]\n[[claims]]\nid = \"cut\"\ntext = \"Acme cut jobs, says {source}\"\nsources = [\"{source}\"]\n\
             metric = \"headcount-reduction\"\nvalue = \"800 jobs\"\ndate = \"2025-03\"\nstatus = \"{status}\"\n"
        )
    };
    let correction = |day: &str, now: &str| format!("[[corrections]]\ndate = {day}\nwas = \"900\"\nnow = \"{now}\"\n");
    Site::new()
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n")
        .file("content/sources.toml", SHARED)
        .analysis(
            "one",
            &(claims("wire", "reported") + &correction("2026-05-20", "first") + &correction("2026-05-20", "second")),
            "",
        )
        .analysis("two", &(claims("wire", "disputed") + &correction("2026-05-21", "third") + "why = \"A slip\"\n"), "")
        .analysis("three", &claims("herald", "reported"), "")
        .analysis("four", &claims("alone", "reported"), "")
}

#[test]
fn corrections_stand_in_one_list_from_the_newest() {
    let site = site();
    site.build().succeeds();
    let page = site.page("corrections/index.html");
    let places: Vec<_> = ["third", "second", "first"].map(|now| page.find(&format!("<ins>{now}</ins>"))).into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    for part in [
        "/analyses/one/#correction:2026-05-20\"",
        "/analyses/one/#correction:2026-05-20:2\"",
        "<p>A slip</p>",
        "<del>900</del>",
        "href=\"/corrections/atom.xml\"",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let home = site.page("index.html");
    assert!(
        home.contains("<a href=\"/corrections/\">All corrections</a>")
            && home.contains("<li><a href=\"/corrections/\">")
    );
    assert!(site.page("corrections/atom.xml").contains("href=\"https://example.org/corrections/\""));
}

#[test]
fn a_site_without_corrections_has_no_list_of_them() {
    let site = Site::with_analysis("", "");
    site.build().succeeds();
    assert!(!site.out().join("corrections/index.html").exists());
    assert!(!site.page("index.html").contains("href=\"/corrections/\""));
}

#[test]
fn a_work_that_several_analyses_rest_on_has_a_page() {
    let site = site();
    site.build().succeeds();
    let page = site.page("sources/wire/index.html");
    for part in [
        "3 claims of 3 analyses",
        "B, usually reliable",
        "It speaks of itself",
        "https://archive.example/wire",
        "The Herald says so",
        "In <a href=\"/analyses/one/\">",
        "In <a href=\"/analyses/three/\">",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    assert!(!page.contains("href=\"/analyses/four/\""));
    assert!(!site.out().join("sources/alone/index.html").exists(), "one analysis tells all of it");
    assert!(!site.out().join("sources/herald/index.html").exists());
    let list = site.page("sources/index.html");
    assert!(
        list.contains("<a href=\"/sources/wire/\">3 claims rest on it</a>") && list.contains("1 claim rests on it")
    );
    assert!(site.page("analyses/one/index.html").contains("<a href=\"/sources/wire/\">What else rests on it</a>"));
}

#[test]
fn a_work_is_known_by_its_address_in_every_analysis() {
    let matter = |id: &str, url: &str| {
        format!(
            "[[sources]]\nid = \"{id}\"\ntitle = \"A post\"\nurl = \"{url}\"\n[[claims]]\ntext = \"So it is\"\nsources = [\"{id}\"]"
        )
    };
    let site = Site::new().analysis("later", &matter("b", "http://www.post.example/1/"), "").analysis(
        "early",
        &matter("a", "https://post.example/1"),
        "",
    );
    site.build().succeeds();
    let page = site.page("sources/early/a/index.html");
    assert!(page.contains("2 claims of 2 analyses"), "{page}");
    assert!(site.page("analyses/later/index.html").contains("href=\"/sources/early/a/\""));
}

#[test]
fn claims_of_a_status_that_a_reader_looks_for_have_a_list() {
    let site = site();
    site.build().succeeds();
    let page = site.page("claims/disputed/index.html");
    assert!(page.contains("In <a href=\"/analyses/two/\">") && !page.contains("In <a href=\"/analyses/one/\">"));
    assert!(site.page("claims/index.html").contains("<a href=\"/claims/disputed/\">Disputed claims</a> (1)"));
    assert!(!site.out().join("claims/reported").exists() && !site.out().join("claims/retracted").exists());
}

#[test]
fn what_is_left_out_is_in_no_list_and_no_file_of_the_filter() {
    let hidden = "publish_at = 2026-06-01T00:00:01Z\ncompanies = [\"hush company\"]\n[[claims]]\nid = \"hush\"\n\
        text = \"Hush\"\nsources = [\"hush-work\", \"wire\"]\nmetric = \"hush-metric\"\nstatus = \"retracted\"\ndate = \"1999\"\n\
        [[corrections]]\ndate = 2026-05-22\nwas = \"hush\"\nnow = \"hush\"\n";
    let hush_work = "[[sources]]\nid = \"hush-work\"\ntitle = \"Hush work\"\nvia = \"wire\"\n";
    let site = site().file("content/sources.toml", &format!("{SHARED}{hush_work}")).analysis("hush", hidden, "");
    site.build().succeeds();
    for (path, bytes) in site.tree().files() {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        assert!(!text.contains("hush") && !path.contains("hush") && !path.contains("1999"), "{path}");
    }
    assert!(site.page("sources/wire/index.html").contains("3 claims of 3 analyses"));
}

/// Reads a file of the filter.
fn index(site: &Site, name: &str) -> Value {
    serde_json::from_str(&site.page(&format!("claims/index/{name}"))).expect("JSON")
}

#[test]
fn the_files_of_the_filter_have_every_claim_once_where_they_say() {
    let site = Site::bare();
    let root = site.root();
    std::fs::remove_dir(&root).expect("the corpus makes its own folder");
    corpus::write(&root, 150, corpus::SEED).expect("a corpus");
    site.run(&["build", "--now", corpus::NOW, "--format", "json"]).succeeds();
    let facets = index(&site, "facets.json");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let place = |list: &str, id: &str| {
        facets[list].as_array().expect("a list").iter().position(|one| one[0] == id).expect("what a shard has")
    };
    let mut years: BTreeMap<i64, usize> = BTreeMap::new();
    let mut companies: BTreeMap<String, u64> = BTreeMap::new();
    let mut links = BTreeSet::new();
    for shard in facets["shards"].as_array().expect("shards") {
        let file = text(&shard["file"]);
        assert!(site.page(&format!("claims/index/{file}")).len() < 200_000, "{file}");
        let data = index(&site, &file);
        let claims = data["claims"].as_array().expect("claims");
        assert_eq!(shard["claims"], claims.len());
        *years.entry(shard["year"].as_i64().expect("a year")).or_default() += claims.len();
        for claim in claims {
            let named = |at: usize, list: &str| claim[at].as_u64().map(|number| &data[list][number as usize]);
            if let Some(company) = named(3, "companies") {
                let id = text(&company[0]);
                assert!((text(&shard["from"])..=text(&shard["to"])).contains(&id), "{file}: {id}");
                *companies.entry(id).or_default() += 1;
            }
            if let Some(metric) = named(4, "metrics") {
                let at = place("metrics", &text(&metric[0]));
                let digit = text(&shard["metrics"]).chars().nth(at / 4).and_then(|digit| digit.to_digit(16));
                assert_eq!(digit.expect("a digit") >> (at % 4) & 1, 1, "{file}: {metric}");
            }
            let status = place("statuses", &text(&claim[5]));
            assert_eq!(shard["statuses"].as_u64().expect("bits") >> status & 1, 1);
            let analysis = named(7, "analyses").expect("an analysis");
            links.insert(text(&analysis[1]) + &text(&claim[0]));
        }
    }
    let all: usize = years.values().sum();
    assert_eq!(facets["total"], all);
    assert_eq!(links.len(), all, "each claim stands once");
    let told = facets["years"].as_array().expect("years").iter();
    assert_eq!(
        told.map(|year| (year[0].as_i64().unwrap(), year[1].as_u64().unwrap() as usize)).collect::<BTreeMap<_, _>>(),
        years
    );
    let told = facets["companies"].as_array().expect("companies").iter();
    assert_eq!(told.map(|one| (text(&one[0]), one[2].as_u64().unwrap())).collect::<BTreeMap<_, _>>(), companies);
}
