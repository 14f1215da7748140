//! The data file of forecasts, as a program would read it.

use serde_json::{Value, json};

use super::*;
use crate::link::fixture::briefing;

fn json_of(briefing: &Briefing) -> Value {
    serde_json::to_value(forecasts_json(briefing)).expect("JSON")
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
            "condition": null, "revisions": [{ "date": "2026-01-11", "probability": 0.9, "why": "Clouds" }],
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

#[test]
fn the_shape_has_a_schema() {
    let schema = schemars::schema_for!(ForecastsJson<'static>);
    assert_eq!(schema.get("title"), Some(&json!("Forecasts")));
}
