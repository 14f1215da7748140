//! What an author sees of mistakes in keys and values, in both languages.

use std::collections::BTreeMap;

use schemars::{JsonSchema, schema_for};
use serde::Deserialize;
use serde_json::json;

use super::decode;
use crate::load::{OneOrMany, Problem, TextOr, Written, matter, split, toml_file};
use crate::text::Spanned;

#[derive(Debug, Deserialize, JsonSchema)]
struct Analysis {
    title: String,
    date: Written,
    #[serde(default)]
    draft: bool,
    #[serde(default)]
    authors: OneOrMany<String>,
    #[serde(default)]
    aliases: Vec<TextOr<Alias>>,
    #[serde(default)]
    claims: Vec<Claim>,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Alias {
    text: String,
    exact: Option<bool>,
}

#[derive(Debug, Deserialize, JsonSchema)]
struct Claim {
    #[serde(alias = "statement")]
    text: Spanned<String>,
    value: Option<Written>,
    status: Option<Status>,
    #[serde(default)]
    sources: Vec<String>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Status {
    Reported,
    Confirmed,
}

/// Reads a document as an author would write it, and shows each problem as its message and the text it is at.
fn read(file: &str) -> (Option<Analysis>, Vec<(String, &str)>) {
    let document = split(file).expect("a document");
    let (node, mut problems) = matter(&document);
    let analysis = decode(&node, &mut problems);
    (analysis, shown(file, problems))
}

fn shown(file: &str, problems: Vec<Problem>) -> Vec<(String, &str)> {
    let shown = |problem: Problem| {
        let help = problem.help.map_or(String::new(), |help| format!(" ({help})"));
        (problem.message + &help, &file[problem.span.range()])
    };
    problems.into_iter().map(shown).collect()
}

fn toml(matter: &str) -> String {
    format!("+++\ntitle = 'T'\ndate = 2026-05-18\n{matter}\n+++\nBody\n")
}

fn yaml(matter: &str) -> String {
    format!("---\ntitle: T\ndate: 2026-05-18\n{matter}\n---\nBody\n")
}

#[test]
fn both_languages_fill_the_same_record() {
    let toml = toml(
        "authors = 'Ann'\naliases = ['A', { text = 'B', exact = true }]\n\
         [[claims]]\nstatement = 'one'\nvalue = 14.30\nstatus = 'confirmed'\nsources = ['s']",
    );
    let yaml = yaml(
        "authors: Ann\naliases: [A, {text: B, exact: true}]\nclaims:\n  \
         - {statement: one, value: 14.30, status: confirmed, sources: [s]}",
    );
    for file in [toml, yaml] {
        let (analysis, problems) = read(&file);
        assert_eq!(problems, []);
        let analysis = analysis.expect("an analysis");
        assert_eq!((&*analysis.title, &*analysis.date.text, analysis.draft), ("T", "2026-05-18", false));
        assert_eq!(analysis.authors, OneOrMany(vec!["Ann".to_owned()]));
        let [TextOr::Text(short), TextOr::Table(long)] = &*analysis.aliases else { panic!("two aliases") };
        assert_eq!((&*short.text, &*long.text, long.exact), ("A", "B", Some(true)));
        let [claim] = &*analysis.claims else { panic!("one claim") };
        assert_eq!(&file[claim.text.span.range()].trim_matches('\''), &claim.text.value);
        assert_eq!(claim.value.as_ref().map(|value| &*value.text), Some("14.30"));
        assert_eq!((claim.status, &*claim.sources), (Some(Status::Confirmed), &["s".to_owned()][..]));
    }
}

#[test]
fn a_mistake_in_the_third_claims_value_points_at_that_value() {
    let toml = toml("[[claims]]\ntext = 'a'\n[[claims]]\ntext = 'b'\n[[claims]]\ntext = 'c'\nvalue = ['8,000']");
    let yaml = yaml("claims:\n  - text: a\n  - text: b\n  - text: c\n    value: ['8,000']");
    for file in [toml.clone(), yaml, toml.replace('\n', "\r\n"), format!("\u{feff}{toml}")] {
        let (analysis, problems) = read(&file);
        assert_eq!(problems, [("expected text, found a list".to_owned(), "['8,000']")]);
        let claims = analysis.expect("an analysis").claims;
        assert_eq!((claims.len(), claims[2].value.is_none()), (3, true), "the claim stays, without its value");
    }
}

#[test]
fn all_unknown_keys_and_wrong_values_are_shown_at_once() {
    let file = toml(
        "draft = 'no'\nsummry = 'x'\nauthors = ['Ann', 5, ['Bob'], 'Cid']\n\
         [[claims]]\ntxet = 'a'\nvalue = true\n[[claims]]\ntext = 'b'\nsource = ['s']\nstatus = 'confirmd'\n[[claims]]",
    );
    let (analysis, problems) = read(&file);
    let problems: Vec<_> = problems.iter().map(|(message, at)| (message.as_str(), *at)).collect();
    assert_eq!(
        problems,
        [
            ("expected true or false, found text", "'no'"),
            (
                "unknown key `summry` (what may stand here: `title`, `date`, `draft`, `authors`, `aliases`, `claims`)",
                "summry"
            ),
            ("expected text, found a number (write `\"5\"`)", "5"),
            ("expected text, found a list", "['Bob']"),
            ("unknown key `txet` (did you mean `text`?)", "txet"),
            ("expected text, found true or false (write `\"true\"`)", "true"),
            ("unknown key `source` (did you mean `sources`?)", "source"),
            ("unknown value `confirmd` (did you mean `confirmed`?)", "'confirmd'"),
            ("missing key `text`", "[[claims]]"),
        ]
    );
    let analysis = analysis.expect("an analysis");
    assert_eq!(analysis.authors, OneOrMany(vec!["Ann".to_owned(), "Cid".to_owned()]));
    assert_eq!(analysis.claims.len(), 1);
}

#[test]
fn all_missing_keys_are_shown_at_the_fence() {
    for file in ["+++\ndraft = 1\n+++\n", "---\ndraft: 1\n---\n"] {
        let (analysis, problems) = read(file);
        assert!(analysis.is_none());
        let fence = &file[..3];
        assert_eq!(
            problems,
            [
                ("missing key `title`".to_owned(), fence),
                ("missing key `date`".to_owned(), fence),
                ("expected true or false, found a number".to_owned(), "1"),
            ]
        );
    }
}

#[test]
fn a_key_without_a_value_is_as_good_as_none() {
    let (analysis, problems) = read("---\ntitle:\ndate: 2026\ndraft:\nauthors:\n---\n");
    assert!(analysis.is_none());
    assert_eq!(problems, [("key `title` has no value".to_owned(), "title")]);
}

#[test]
fn a_required_key_with_a_bad_value_is_not_missing_too() {
    let (analysis, problems) = read("+++\ntitle = ['x']\nclaims = 5\n+++\n");
    assert!(analysis.is_none());
    let messages: Vec<_> = problems.iter().map(|(message, _)| &**message).collect();
    assert_eq!(
        messages,
        [
            "missing key `date`",
            "expected text, found a list",
            "expected a list, found a number (put it between brackets, as the one item of a list)"
        ]
    );
}

#[test]
fn one_field_under_two_names_is_a_mistake() {
    let file = toml("[[claims]]\ntext = 'a'\nstatement = 'b'\nfoo = 1");
    let (analysis, problems) = read(&file);
    assert_eq!(problems[0], ("key `statement` repeats one that is given under another name".to_owned(), "statement"));
    assert_eq!(problems[1].1, "foo");
    assert_eq!(analysis.expect("an analysis").claims[0].text.value, "a");
}

#[test]
fn a_syntax_error_does_not_make_keys_missing() {
    let (_, problems) = read("+++\ndate = 2026-05-18\nclaims = [5]\ntitle: T\n+++\n");
    let messages: Vec<_> = problems.iter().map(|(message, _)| &**message).collect();
    assert!(!messages.iter().any(|message| message.starts_with("missing key")), "{messages:?}");
    assert!(messages.contains(&"expected a table, found a number"), "{messages:?}");
}

#[test]
fn front_matter_that_is_no_table_is_a_mistake() {
    let (analysis, problems) = read("---\njust text\n---\n");
    assert!(analysis.is_none());
    assert_eq!(problems, [("expected a table, found text".to_owned(), "just text")]);
}

#[test]
fn the_keys_of_a_map_have_places_too() {
    #[derive(Debug, Deserialize)]
    struct Event {
        label: Option<String>,
    }
    #[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
    #[serde(try_from = "String")]
    struct Slug(String);
    impl TryFrom<String> for Slug {
        type Error = String;
        fn try_from(text: String) -> Result<Self, String> {
            if text.contains(' ') { Err(format!("`{text}` is no id")) } else { Ok(Self(text)) }
        }
    }

    let file = "[layoffs]\nlabel = 'L'\n['two words']\n[plain]\nlabel = 5\n";
    let (node, mut problems) = toml_file(file);
    let events: BTreeMap<Slug, Event> = decode(&node, &mut problems).expect("events");
    assert_eq!(events.keys().map(|slug| &*slug.0).collect::<Vec<_>>(), ["layoffs", "plain"]);
    assert_eq!(events[&Slug("layoffs".into())].label.as_deref(), Some("L"));
    assert_eq!(
        shown(file, problems),
        [
            ("`two words` is no id".to_owned(), "'two words'"),
            ("expected text, found a number (write `\"5\"`)".to_owned(), "5")
        ]
    );

    let (node, mut problems) = toml_file(file);
    let labels: Option<Vec<(Spanned<String>, serde_json::Value)>> =
        decode::<Pairs>(&node, &mut problems).map(|pairs| pairs.0);
    let places: Vec<_> = labels.iter().flatten().map(|(key, _)| &file[key.span.range()]).collect();
    assert_eq!(places, ["layoffs", "'two words'", "plain"]);
}

/// A map whose keys keep their places and their order.
struct Pairs(Vec<(Spanned<String>, serde_json::Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;
        impl<'de> serde::de::Visitor<'de> for PairsVisitor {
            type Value = Pairs;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a table")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(PairsVisitor)
    }
}

#[test]
fn numbers_have_limits_and_free_settings_have_types() {
    #[derive(Debug, Deserialize)]
    struct Settings {
        per_page: Option<u8>,
        share: Option<f64>,
        extra: serde_json::Value,
    }
    let file = "per_page = 300\nshare = '5'\nextra = { a = 1, b = 2.5, c = ['x', true, 2026-05-18] }\n";
    let (node, mut problems) = toml_file(file);
    let settings: Settings = decode(&node, &mut problems).expect("settings");
    assert_eq!((settings.per_page, settings.share), (None, None));
    assert_eq!(settings.extra, json!({ "a": 1, "b": 2.5, "c": ["x", true, "2026-05-18"] }));
    assert_eq!(
        shown(file, problems),
        [
            ("expected a whole number from 0 to 255, found 300".to_owned(), "300"),
            ("expected a number, found text".to_owned(), "'5'")
        ]
    );
}

#[test]
fn a_flood_of_mistakes_is_cut_short() {
    let file = toml(&format!("authors = [{}]", "5, ".repeat(10_000)));
    let (analysis, problems) = read(&file);
    assert_eq!((analysis.is_none(), problems.len()), (true, 50));
    let file = toml(&"[[claims]]\ntxt = 1\n".repeat(10_000));
    assert_eq!(read(&file).1.len(), 50);
}

#[test]
fn a_place_is_not_to_be_had_from_another_deserializer() {
    assert!(serde_json::from_value::<Spanned<String>>(json!("x")).is_err());
    assert!(serde_json::from_value::<Written>(json!("x")).is_err());
}

#[test]
fn the_schema_is_what_an_author_may_write() {
    let schema = schema_for!(Analysis);
    let schema = schema.as_value();
    assert_eq!(schema["required"], json!(["title", "date"]));
    assert_eq!(schema["properties"]["date"]["type"], json!(["string", "number"]));
    assert_eq!(
        schema["properties"]["authors"]["anyOf"],
        json!([{ "type": "string" }, { "type": "array", "items": { "type": "string" } }])
    );
    assert_eq!(schema["$defs"]["Claim"]["properties"]["text"]["type"], json!("string"));
    assert_eq!(schema["$defs"]["Claim"]["required"], json!(["text"]));
}

/// What front matter is made of, in no order that makes sense.
const PIECES: &[&str] = &[
    "title",
    "claims",
    "text",
    "é",
    " = ",
    ": ",
    "\n",
    "\r\n",
    "  ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "[[claims]]\n",
    ", ",
    "'",
    "\"",
    "\"\"\"",
    "\\u00e9",
    "\\",
    "|\n",
    ">\n",
    "&a ",
    "*a",
    "? ",
    "!!str ",
    "#",
    "5",
    "14.30",
    "1_0",
    "2026-05-18",
    "2026-05",
    "~",
    "true",
    ".",
    "\t",
    "--- ",
    "...\n",
    "%",
    "@",
    "\u{feff}",
];

proptest::proptest! {
    #[test]
    fn no_text_makes_it_panic_and_every_place_is_one(
        fence in proptest::sample::select(&["+++", "---"][..]),
        pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
    ) {
        let file = format!("{fence}\n{}\n{fence}\n", pieces.concat());
        for (_, at) in read(&file).1 {
            assert!(at.len() < file.len());
        }
    }
}
