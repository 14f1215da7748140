//! Claims proposed for figures, and put into front matter without touching anything else.

use std::fs;

use serde_json::{Value, json};

use crate::fixture::Site;

const META: &str = "+++\nname = \"Meta\"\naliases = [\"Meta Platforms\"]\n+++\n";
const ACME: &str = "+++\nname = \"Acme\"\n+++\n";
const FILE: &str = "content/analyses/a.md";

fn site(text: &str) -> Site {
    Site::new().file("content/companies/meta.md", META).file("content/companies/acme.md", ACME).file(FILE, text)
}

fn toml(body: &str) -> String {
    format!("+++\ntitle = \"A\"\ndate = 2026-05-18\ncompanies = [\"acme\"]\n+++\n{body}\n")
}

fn proposed(body: &str) -> Vec<Value> {
    let site = site(&toml(body));
    let outcome = site.run(&["suggest", FILE, "--format", "json"]);
    outcome.succeeds();
    outcome.json()["claims"].as_array().expect("claims").clone()
}

#[test]
fn a_proposal_says_what_its_sentence_says() {
    let body = "Acme grew. According to Bloomberg, Meta Platforms cut **about 8,000 roles** on 20 May 2026.";
    let expected = json!([{
        "line": 6, "column": 57, "figure": "about 8,000 roles", "value": "about 8,000 roles",
        "metric": "headcount-reduction", "company": "meta", "date": "2026-05-20",
        "attribution": "According to Bloomberg", "kind": "press",
        "text": "According to Bloomberg, Meta Platforms cut about 8,000 roles on 20 May 2026.",
    }]);
    assert_eq!(Value::Array(proposed(body)), expected);
}

#[test]
fn what_the_sentence_does_not_tell_is_null() {
    let claims = proposed("There were more than 3,000 in all.");
    assert_eq!(claims[0]["value"], "more than 3,000");
    assert_eq!(claims[0]["company"], "acme");
    for key in ["metric", "date", "attribution", "kind"] {
        assert_eq!(claims[0][key], Value::Null, "{key}");
    }
}

#[test]
fn words_tell_the_metric_and_the_source() {
    let cases = [
        ("Meta laid off 600 people, people familiar with the matter said.", "headcount-reduction", "anonymous"),
        ("Meta raised $75m, per TechCrunch.", "funding", "press"),
        ("Meta’s capital expenditure was $39.2 billion, according to its annual report.", "capex", "filing"),
        ("It was fined €1.2bn, a spokesperson for Meta confirmed.", "fine", "statement"),
        ("Meta said that revenue reached $4.31 billion.", "revenue", "statement"),
        ("Meta plans to hire a dozen engineers, as first reported by Reuters.", "hires", "press"),
        ("The severance is 16 weeks of base pay, the company said.", "severance", "statement"),
        ("Meta was valued at about $600 million, the Wall Street Journal reported.", "valuation", "press"),
        ("The app has two million users, according to a study.", "users", "report"),
    ];
    for (body, metric, kind) in cases {
        let claims = proposed(body);
        assert_eq!(claims.len(), 1, "{body}: {claims:?}");
        assert_eq!((claims[0]["metric"].as_str(), claims[0]["kind"].as_str()), (Some(metric), Some(kind)), "{body}");
    }
}

/// Writes proposals into a file, and holds the result to the laws of every write.
fn written(text: &str) -> String {
    let site = site(text);
    site.run(&["suggest", FILE, "--write"]).succeeds();
    let first = fs::read_to_string(site.path(FILE)).expect("the file");
    site.build().succeeds();
    let checked = site.check();
    checked.succeeds();
    assert_eq!(checked.findings().iter().filter(|one| one.code == "unbacked-figure").count(), 0, "{first}");
    site.run(&["suggest", FILE, "--write"]).succeeds();
    assert_eq!(fs::read_to_string(site.path(FILE)).expect("the file"), first);
    assert_eq!(fs::read_dir(site.path("content/analyses")).expect("a folder").count(), 1, "nothing is left behind");
    first
}

#[test]
fn toml_gets_tables_at_its_end_and_every_other_byte_stays() {
    let text = toml("Meta cut 600 roles and paid $5m. It said \"600 roles\".");
    let result = written(&text);
    let block = "\n[[claims]]\nid = \"600-roles\"\ntext = \"Meta cut 600 roles and paid $5m.\"\ncompany = \"meta\"\n\
                 metric = \"headcount-reduction\"\nvalue = \"600 roles\"\n\n[[claims]]\nid = \"5m\"\n";
    assert!(result.contains(block), "{result}");
    let at = text.find("+++\nMeta").expect("the fence");
    assert!(result.starts_with(&text[..at]) && result.ends_with(&text[at..]), "{result}");
}

#[test]
fn line_ends_marks_and_missing_newlines_are_kept() {
    let text = "\u{feff}+++\r\ntitle = \"A\"\r\ndate = 2026-05-18\r\n+++\r\nMeta cut 600 roles.";
    let result = written(text);
    assert!(
        result.starts_with("\u{feff}+++\r\ntitle = \"A\"\r\ndate = 2026-05-18\r\n\r\n[[claims]]\r\n"),
        "{result:?}"
    );
    assert!(result.ends_with("+++\r\nMeta cut 600 roles.") && !result.replace("\r\n", "").contains('\n'), "{result:?}");
}

#[test]
fn yaml_gets_items_in_its_list_or_a_list_of_its_own() {
    let own = written("---\ntitle: A\ndate: 2026-05-18\n---\nMeta cut 600 roles.\n");
    assert!(
        own.contains("date: 2026-05-18\nclaims:\n  - id: \"600-roles\"\n    text: \"Meta cut 600 roles.\"\n"),
        "{own}"
    );
    for (indent, gap) in [("", " "), ("  ", " "), ("    ", "   ")] {
        let inner = format!("{indent} {gap}");
        let text = format!(
            "---\ntitle: A\nclaims:\n{indent}-{gap}text: One\n{inner}note: |\n{inner}  # two\n\n# the date\ndate: 2026-05-18\n---\nMeta cut 600 roles.\n"
        );
        let result = written(&text);
        let item = format!("{inner}  # two\n{indent}-{gap}id: \"600-roles\"\n{inner}text: ");
        assert!(
            result.contains(&item) && result.ends_with("\n\n# the date\ndate: 2026-05-18\n---\nMeta cut 600 roles.\n"),
            "{result}"
        );
    }
}

#[test]
fn front_matter_that_cannot_take_claims_is_left_alone() {
    let texts = [
        "+++\ntitle = \"A\"\ndate = 2026-05-18\nclaims = [{ text = \"One\" }]\n+++\nMeta cut 600 roles.\n",
        "---\ntitle: A\ndate: 2026-05-18\nclaims: [{ text: One }]\n---\nMeta cut 600 roles.\n",
        "---\n{ title: A, date: 2026-05-18 }\n---\nMeta cut 600 roles.\n",
    ];
    for text in texts {
        let site = site(text);
        site.run(&["suggest", FILE, "--write"]).exits(2).says("help: put what `dateline suggest FILE` prints");
        assert_eq!(fs::read_to_string(site.path(FILE)).expect("the file"), text);
    }
}

#[test]
fn what_is_no_analysis_has_no_figures_to_suggest_for() {
    let site = site(&toml("Nothing.")).file("content/pages/about.md", "+++\ntitle = \"B\"\n+++\n600 roles.\n");
    site.run(&["suggest", FILE]).succeeds().prints("Every figure is backed");
    site.run(&["suggest", "content/pages/about.md"]).exits(2).says("is no analysis");
    site.run(&["suggest", "content/analyses/none.md"]).exits(2).says("no file of the site");
    let broken = self::site("+++\ntitle = \n+++\n600 roles.\n");
    broken.run(&["suggest", FILE]).exits(1).says("syntax");
}

#[test]
fn a_figure_in_a_link_to_another_analysis_rests_on_its_claim() {
    let other = "+++\ntitle = \"B\"\ndate = 2026-05-18\ncompanies = [\"acme\"]\n[[claims]]\nid = \"cut\"\ntext = \"So\"\nvalue = \"600 roles\"\n+++\n";
    let site = site(&toml("It cut [600 roles](claim:b/cut), and [700 roles](claim:b/cut) here."))
        .file("content/analyses/b.md", other);
    let checked = site.check();
    checked.succeeds();
    let findings = checked.findings();
    let figures: Vec<_> =
        findings.iter().filter(|one| one.code == "unbacked-figure").map(|one| one.message.as_str()).collect();
    assert_eq!(figures, ["no claim backs the count `700 roles`"]);
}
