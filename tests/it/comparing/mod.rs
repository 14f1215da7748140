//! What claims are to each other, as `dateline claims` tells it.

mod rows;

use std::fmt::Write;

use serde_json::Value;

use crate::fixture::Site;
use rows::{MORE, Row, TABLE};

/// Sources that several rows cite.
const SOURCES: &str = r#"
[[sources]]
id = "bloomberg"
url = "https://bloomberg.example/cut"
[[sources]]
id = "filing"
kind = "filing"
interested = true
[[sources]]
id = "post-1"
via = "bloomberg"
[[sources]]
id = "post-2"
via = "post-1"
[[sources]]
id = "post-3"
via = "bloomberg"
[[sources]]
id = "insider"
kind = "anonymous"
[[sources]]
id = "post-4"
via = "insider"
"#;

/// Writes a claim of a row.
fn claim(id: &str, lines: &str, company: &str) -> String {
    let mut text = format!("[[claims]]\nid = \"{id}\"\ntext = \"It is said\"\n");
    let has_metric = lines.contains("metric=");
    if !has_metric {
        text.push_str("metric = \"headcount-reduction\"\n");
    }
    for line in lines.split("; ") {
        let (key, value) = line.split_once('=').expect("a key and a value");
        let value = value.replace('N', company);
        match (key, &*value) {
            (_, "") => {}
            ("sources", list) => {
                let list: Vec<_> = list.split(',').collect();
                writeln!(text, "sources = {list:?}").expect("text");
            }
            _ => writeln!(text, "{key} = {value:?}").expect("text"),
        }
    }
    text
}

/// Makes a site in which each row has a company of its own; an analysis `a-…` has its claims in this order, `b-…` in the other.
fn site(rows: &[Row]) -> Site {
    let mut site = Site::new().file("content/sources.toml", SOURCES);
    for (number, row) in rows.iter().enumerate() {
        for (slug, is_swapped) in [(format!("a-{number}"), false), (format!("b-{number}"), true)] {
            let mut claims = [claim("one", row.one, &slug), claim("other", row.other, &slug)];
            if is_swapped {
                claims.reverse();
            }
            for unit in ["", "/ai", "/hr"] {
                let (path, name) = (format!("content/companies/{slug}{unit}.md"), format!("{slug}{unit}"));
                site = site.file(&path, &format!("+++\nname = {name:?}\n+++\n"));
            }
            site = site.analysis(&slug, &format!("companies = [{slug:?}]\n{}", claims.concat()), "");
        }
    }
    site
}

fn relations(site: &Site, args: &[&str]) -> Vec<Value> {
    let outcome = site.run(&[&["claims", "--format", "json"], args].concat());
    let json = outcome.succeeds().json();
    assert_eq!(json["version"], 1);
    json["relations"].as_array().expect("a list").clone()
}

fn text<'j>(json: &'j Value, key: &str) -> &'j str {
    json[key].as_str().unwrap_or_else(|| panic!("no text `{key}` in {json}"))
}

#[track_caller]
fn assert_rows(rows: &[Row]) {
    let found = relations(&site(rows), &["--relations"]);
    let mut wrong = String::new();
    for (number, row) in rows.iter().enumerate() {
        for order in ["a", "b"] {
            let [a, b] = ["one", "other"].map(|id| format!("{order}-{number}/{id}"));
            let pair = found.iter().find(|pair| text(pair, "a") == a && text(pair, "b") == b);
            let relation = pair.map_or("", |pair| text(pair, "relation"));
            if relation != row.relation {
                let reason = pair.map_or("", |pair| text(pair, "reason"));
                writeln!(wrong, "{} ({order}): {relation:?}, not {:?}: {reason}", row.name, row.relation)
                    .expect("text");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    let listed = rows.iter().filter(|row| !row.relation.is_empty()).count();
    assert_eq!(found.len(), 2 * listed, "no other pair is listed");
    assert!(found.iter().all(|pair| !text(pair, "reason").is_empty()));
}

#[test]
fn the_table_of_the_format_holds() {
    assert_rows(TABLE);
}

#[test]
fn what_the_table_leaves_out_holds() {
    assert_rows(MORE);
}

/// Two analyses about a company and its unit.
fn cuts() -> Site {
    Site::new()
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n")
        .file("content/companies/acme/labs.md", "+++\nname = \"Labs\"\n+++\n")
        .file("content/sources.toml", SOURCES)
        .file("content/events.toml", "[cut-2026]\nlabel = \"The cut\"\ndate = 2026-05-18\n")
        .analysis(
            "first",
            "companies = [\"acme\"]\n[[claims]]\nid = \"cut\"\ntext = \"It cut 8,000 jobs\"\nmetric = \"layoffs\"\n\
             value = \"8,000 jobs\"\nevent = \"cut-2026\"\nsources = [\"post-1\", \"post-2\", \"bloomberg\"]\n[[claims]]\n\
             id = \"lab\"\ntext = \"Labs lost 600\"\ncompany = \"acme/labs\"\nmetric = \"layoffs\"\nvalue = \"600 jobs\"\n\
             event = \"cut-2026\"\n[[claims]]\nid = \"sales\"\ntext = \"It sold more\"\nmetric = \"revenue\"\n\
             value = \"$2 bn\"\ndate = \"2025\"",
            "",
        )
        .analysis(
            "second",
            "companies = [\"acme\"]\n[[claims]]\nid = \"cut\"\ntext = \"It cut 9,500\"\nmetric = \"layoffs\"\n\
             value = \"9,500 jobs\"\nevent = \"cut-2026\"\n[[claims]]\nid = \"some\"\ntext = \"It cut some\"\n\
             metric = \"layoffs\"\nvalue = \"300 jobs\"\n[[claims]]\nid = \"sales\"\ntext = \"It sold less\"\n\
             metric = \"revenue\"\nvalue = \"$1 bn\"\ndate = \"2025\"\nstatus = \"superseded\"",
            "",
        )
}

fn listed(pairs: &[Value]) -> Vec<[&str; 3]> {
    pairs.iter().map(|pair| ["a", "b", "relation"].map(|key| text(pair, key))).collect()
}

#[test]
fn relations_are_listed_by_id_and_chosen_by_company_and_metric() {
    let site = cuts();
    let all = relations(&site, &["--relations"]);
    let layoffs = [
        ["first/cut", "first/lab", "part-of"],
        ["first/cut", "second/cut", "conflicts"],
        ["first/cut", "second/some", "possible-conflict"],
        ["first/lab", "second/cut", "part-of"],
        ["first/lab", "second/some", "part-of"],
    ];
    let sales = ["first/sales", "second/sales", "conflicts"];
    let rest = ["second/cut", "second/some", "possible-conflict"];
    assert_eq!(listed(&all), [&layoffs[..], &[sales, rest]].concat());
    assert_eq!(listed(&relations(&site, &["--relations", "--metric", "revenue"])), [sales]);
    assert!(relations(&site, &["--relations", "--company", "acme/labs"]).is_empty(), "a pair is chosen by both");

    let csv = site.run(&["claims", "--relations", "--metric", "revenue", "--format", "csv"]);
    csv.succeeds().prints("a,b,relation,reason\r\nfirst/sales,second/sales,conflicts,");
    site.run(&["claims", "--relations"]).succeeds().prints("part-of").prints("7 pairs");
}

#[test]
fn an_editor_sees_conflicts_worst_first() {
    let site = cuts();
    let conflicts = relations(&site, &["--conflicts"]);
    let expected = [
        ["second/cut", "second/some", "possible-conflict"],
        ["first/cut", "second/cut", "conflicts"],
        ["first/cut", "second/some", "possible-conflict"],
    ];
    assert_eq!(listed(&conflicts), expected, "a superseded figure is no open conflict");
    site.run(&["claims", "--conflicts"]).succeeds().prints("do not meet").prints("3 pairs");
    site.run(&["claims", "--conflicts", "--relations"]).exits(2);
}

#[test]
fn a_claim_is_explained() {
    let site = cuts();
    let outcome = site.run(&["claims", "--explain", "first/cut", "--format", "json"]);
    let json = outcome.succeeds().json();
    assert_eq!(json["version"], 1);
    assert_eq!(json["claim"]["id"], "first/cut");
    assert_eq!(json["event"], serde_json::json!({ "id": "cut-2026", "label": "The cut", "date": "2026-05-18" }));
    assert_eq!((&json["backing"], &json["reports"]), (&"3 reports, 1 source".into(), &3.into()));
    let roots = json["roots"].as_array().expect("roots");
    assert_eq!(roots.iter().map(|root| text(root, "id")).collect::<Vec<_>>(), ["bloomberg"]);
    let vias: Vec<_> = json["sources"].as_array().expect("sources").iter().map(|source| &source["via"]).collect();
    assert_eq!(vias, [&Value::from("bloomberg"), &"post-1".into(), &Value::Null]);
    let meets = json["meets"].as_array().expect("meetings");
    let met: Vec<_> = meets.iter().map(|met| (text(met, "id"), text(met, "relation"))).collect();
    let expected = [("first/lab", "part-of"), ("second/cut", "conflicts"), ("second/some", "possible-conflict")];
    assert_eq!(met, expected);

    let table = site.run(&["claims", "--explain", "first/cut"]);
    table.succeeds().prints("3 reports, 1 source").prints("cut-2026 (The cut, 2026-05-18)").prints("repeats bloomberg");
    site.run(&["claims", "--explain", "first/cut", "--format", "csv"])
        .succeeds()
        .prints("first/cut,first/lab,part-of,");
    site.run(&["claims", "--explain", "first/cutt"]).exits(2).says("did you mean `first/cut`?");
}

#[test]
fn what_is_not_published_is_compared_with_nothing() {
    let draft = |draft: &str| {
        format!(
            "{draft}companies = [\"acme\"]\n[[claims]]\nid = \"c\"\ntext = \"T\"\nmetric = \"layoffs\"\nvalue = \"9,000\"\nevent = \"e\""
        )
    };
    for hidden in ["draft = true\n", "publish_at = 2026-07-01\n", "expires = 2026-05-20\n"] {
        let site = Site::new().analysis("shown", &draft(""), "").analysis("hidden", &draft(hidden), "");
        assert!(relations(&site, &["--relations"]).is_empty(), "{hidden}");
        assert!(relations(&site, &["--conflicts"]).is_empty(), "{hidden}");
        assert_eq!(relations(&site, &["--relations", "--drafts"]).len(), 1, "{hidden}");
    }
}
