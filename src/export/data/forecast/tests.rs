//! The data files of forecasts, as a program would read them.

use serde_json::{Value, json};

use crate::export::{Export, Format, Table};
use crate::link::Briefing;
use crate::link::fixture::briefing;

/// Writes the file of a format, and reads it as text.
fn file(briefing: &Briefing, format: Format) -> String {
    let mut out = Vec::new();
    crate::export::write(
        &*Export::Table(Table::Forecasts).document(briefing, &[], &crate::export::tests::OneLine),
        format,
        &mut out,
    )
    .expect("a file");
    String::from_utf8(out).expect("UTF-8")
}

/// Reads the JSON file, which holds to its schema.
fn json_of(briefing: &Briefing) -> Value {
    let json = serde_json::from_str(&file(briefing, Format::Json)).expect("JSON");
    let mut schema = Vec::new();
    crate::export::write(
        &*Export::Schema("forecasts").document(briefing, &[], &crate::export::tests::OneLine),
        Format::Json,
        &mut schema,
    )
    .expect("a schema");
    let schema = jsonschema::validator_for(&serde_json::from_slice(&schema).expect("JSON")).expect("a schema");
    let wrong: Vec<_> = schema.iter_errors(&json).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}\n{json:#}");
    json
}

#[test]
fn a_forecast_is_told_with_its_scores() {
    let matter = "companies = [\"Acme\"]\n[[predictions]]\nid = \"p\"\ntext = \"It rains\"\nprobability = 0.7\n\
                  due = \"2026-03\"\nrevisions = [{ date = 2026-01-11, probability = \"90%\", why = \"Clouds\" }]\n\
                  resolution = { outcome = \"yes\", date = 2026-01-21 }";
    let json = json_of(&briefing("2026-06-01", &[("a", matter)], ""));
    assert_eq!(
        json["forecasts"][0],
        json!({
            "id": "a/p", "analysis": "a", "text": "It rains", "company": "acme", "made": "2026-01-01",
            "due": "2026-03", "due_day": "2026-03-31", "probability": 0.7, "likelihood": null, "criteria": [],
            "condition": null, "evidence": [], "revisions": [{ "date": "2026-01-11", "probability": 0.9, "why": "Clouds" }],
            "status": "resolved", "outcome": "yes", "resolved": "2026-01-21", "brier": 0.09, "log": -0.356675,
            "brier_time_averaged": 0.05, "changed": false, "sealed": "2026-06-01",
            "url": "https://example.org/analyses/a/#forecast:p",
        })
    );
    assert_eq!(json["scores"]["brier"], 0.09);
    assert_eq!((&json["calibration"], &json["counts"]["scored"]), (&Value::Null, &json!(1)));
    assert_eq!(json["companies"][0]["id"], "acme");
}

#[test]
fn curves_come_with_ten_and_parts_with_thirty() {
    let many = |count: usize| {
        let one = |at: usize| {
            let outcome = if at.is_multiple_of(5) { "no" } else { "yes" };
            format!("[[predictions]]\ntext = \"It\"\nprobability = 0.8\nresolution = {{ outcome = \"{outcome}\" }}\n")
        };
        let matter: String = (0..count).map(one).collect();
        json_of(&briefing("2026-06-01", &[("a", &matter)], ""))["calibration"].take()
    };
    assert_eq!(many(9), Value::Null);
    let bin = json!({
        "from": 0.8, "to": 0.9, "n": 10, "happened": 8, "mean_forecast": 0.8, "observed": 0.8,
        "low": 0.490162, "high": 0.943318,
    });
    assert_eq!(many(10), json!({ "bins": [bin], "decomposition": null }));
    // Perfectly reliable, one bin: the score is the uncertainty, 0.8 · 0.2.
    let parts = json!({ "brier_binned": 0.16, "reliability": 0.0, "resolution": 0.0, "uncertainty": 0.16 });
    assert_eq!(many(30)["decomposition"], parts);
}

/// Forecasts of every kind, made on 1 January 2026: id, front matter, and what is to be known of it on 1 June.
const EVERY_KIND: [(&str, &str, [&str; 5]); 12] = [
    ("open", "probability = 0.2\ndue = 2026-12-31", ["open", "null", "null", "null", "null"]),
    ("due", "probability = \"60%\"\ndue = \"2026-06\"", ["due", "null", "null", "null", "null"]),
    ("late", "probability = 0.2\ndue = 2026-05-31", ["overdue", "null", "null", "null", "null"]),
    (
        "yes",
        "probability = 0.8\nresolution = { outcome = \"yes\", date = 2026-03-01 }",
        ["resolved", "yes", "0.04", "-0.223144", "0.04"],
    ),
    ("no", "probability = 0.3\nresolution = { outcome = \"no\" }", ["resolved", "no", "0.09", "-0.356675", "null"]),
    (
        "sure",
        "probability = 1\ndue = 2026-02-01\nresolution = { outcome = \"yes\" }",
        ["resolved", "yes", "0.0", "0.0", "0.0"],
    ),
    (
        "never",
        "probability = 0\nresolution = { outcome = \"yes\", date = 2026-01-01 }",
        ["resolved", "yes", "1.0", "null", "1.0"],
    ),
    (
        "word",
        "likelihood = \"remote\"\nresolution = { outcome = \"no\", date = 2026-03-01 }",
        ["resolved", "no", "null", "null", "null"],
    ),
    (
        "vague",
        "probability = 0.5\nresolution = { outcome = \"ambiguous\", date = 2026-03-01 }",
        ["ambiguous", "ambiguous", "null", "null", "null"],
    ),
    (
        "void",
        "probability = 0.5\nresolution = { outcome = \"annulled\" }",
        ["annulled", "annulled", "null", "null", "null"],
    ),
    (
        "back",
        "probability = 0.5\nresolution = { outcome = \"withdrawn\" }",
        ["withdrawn", "withdrawn", "null", "null", "null"],
    ),
    (
        "other",
        "probability = 0.6\nresolution = { outcome = \"yes\" }",
        ["resolved", "yes", "0.16", "-0.510826", "null"],
    ),
];

#[test]
fn every_kind_of_forecast_is_told_and_counted() {
    let one =
        |(id, matter, _): &(&str, &str, _)| format!("[[predictions]]\nid = \"{id}\"\ntext = \"It {id}\"\n{matter}\n");
    let matter: String = EVERY_KIND.iter().map(one).collect();
    let on_record = briefing("2026-01-05", &[("a", &matter)], "").forecasts.ledger.to_string();
    let gone = on_record.replace("a/yes ", "a/gone ");
    let reworded = matter.replace("It other", "It otherwise");
    let json = json_of(&briefing("2026-06-01", &[("a", &reworded)], &gone));

    for (told, (id, _, expected)) in json["forecasts"].as_array().expect("forecasts").iter().zip(EVERY_KIND) {
        let found = ["status", "outcome", "brier", "log", "brier_time_averaged"].map(|key| match &told[key] {
            Value::String(word) => word.clone(),
            other => other.to_string(),
        });
        assert_eq!((&told["id"], found), (&json!(format!("a/{id}")), expected.map(str::to_owned)), "{id}");
        let sealed = if id == "yes" { "2026-06-01" } else { "2026-01-05" };
        assert_eq!((&told["changed"], &told["sealed"]), (&json!(id == "other"), &json!(sealed)), "{id}");
    }
    assert_eq!((&json["version"], &json["as_of"]), (&json!(1), &json!("2026-06-01")));
    let counts = json!({
        "total": 12, "open": 1, "due": 1, "overdue": 1, "resolved": 6, "ambiguous": 1, "annulled": 1, "withdrawn": 1,
        "scored": 4, "unscored": 1, "changed": 1, "removed": 1,
    });
    assert_eq!(json["counts"], counts);
    // (0.04 + 0.09 + 0 + 1) / 4; over time (0.04 + 0 + 1) / 3.
    let scores = json!({
        "count": 4, "brier": 0.2825, "log": null, "log_infinite": 1, "brier_time_averaged": 0.346667, "time_averaged": 3,
    });
    assert_eq!(json["scores"], scores);
    let word = json!({ "word": "almost no chance", "low": 0.01, "high": 0.05, "total": 1, "resolved": 1, "happened": 0, "observed": 0.0 });
    assert_eq!((&json["likelihood"], &json["calibration"]), (&json!([word]), &Value::Null));
}

#[test]
fn a_row_has_what_the_object_has() {
    let matter = "[[claims]]\nid = \"c\"\ntext = \"C\"\n[[predictions]]\nid = \"p\"\ntext = \"=It rains\"\nprobability = \"70.5%\"\n\
                  due = \"2026-03\"\ncriteria = [\"one\", \"two\"]\ncondition = \"So\"\nevidence = [\"c\"]\n\
                  revisions = [{ date = 2026-01-11, probability = 0.9 }, { date = 2026-01-12, probability = 1 }]";
    let csv = file(&briefing("2026-06-01", &[("a", matter)], ""), Format::Csv);
    let expected = "id,text,company,made,due,due_day,probability,likelihood,status,outcome,resolved,brier,log,\
                    brier_time_averaged,changed,sealed,criteria,condition,revisions,evidence,analysis,url\r\n\
                    a/p,'=It rains,,2026-01-01,2026-03,2026-03-31,0.705,,overdue,,,,,,false,2026-06-01,one; two,So,\
                    2026-01-11:0.9 2026-01-12:1,a/c,a,https://example.org/analyses/a/#forecast:p\r\n";
    assert_eq!(csv, expected);
}
