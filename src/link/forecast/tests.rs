//! Forecasts of whole briefings.

use super::fixture::briefing;
use super::*;

const TWO: &str = "authors = [\"ann\"]\n[[predictions]]\nid = \"one\"\ntext = \"One\"\nprobability = 0.5\n\
                   due = 2026-03-01\nresolution = { outcome = \"yes\", date = 2026-02-01 }\n\
                   [[predictions]]\nid = \"two\"\ntext = \"Two\"\nlikelihood = \"likely\"\ndue = 2026-12-31\n\
                   [[signals]]\ntext = \"Watch\"\nbears_on = [\"two\"]";

/// Builds on one day, changes the analysis, and builds on another.
fn rebuilt(first: &str, then: &str, now: &str) -> Briefing {
    let before = briefing(first, &[("a", TWO)], "");
    briefing(now, &[("a", then)], &before.forecasts.ledger.to_string())
}

fn changed(briefing: &Briefing) -> Vec<bool> {
    briefing.forecasts.each.iter().map(|forecast| forecast.changed).collect()
}

#[test]
fn a_forecast_is_put_on_record_once() {
    let briefing = rebuilt("2026-01-05", TWO, "2026-06-01");
    let sealed: Vec<_> =
        briefing.forecasts.each.iter().filter_map(|one| one.sealed).map(|day| day.to_string()).collect();
    assert_eq!(sealed, ["2026-01-05", "2026-01-05"]);
    let text = briefing.forecasts.ledger.to_string();
    let lines: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).map(|line| &line[..27]).collect();
    assert_eq!(lines, ["a/one 2026-01-01 2026-01-05", "a/two 2026-01-01 2026-01-05"]);
    assert_eq!(changed(&briefing), [false, false]);
}

#[test]
fn what_it_says_may_not_change_after_its_day() {
    for (from, to) in [
        ("\"One\"", "\"Once\""),
        ("0.5", "0.6"),
        ("due = 2026-03-01", "due = 2026-03-02"),
        ("due = 2026-03-01", "due = 2026-03-01\nmade = 2025-12-01"),
        ("due = 2026-03-01", "due = 2026-03-01\ncriteria = [\"all\"]"),
        ("due = 2026-03-01", "due = 2026-03-01\ncondition = \"so\""),
    ] {
        let briefing = rebuilt("2026-01-01", &TWO.replacen(from, to, 1), "2026-01-02");
        assert_eq!(changed(&briefing), [true, false], "{to}");
        let scores = briefing.forecasts.record.scores;
        assert_eq!((scores, briefing.forecasts.record.counts.changed), (None, 1));
    }
}

#[test]
fn what_comes_of_it_may_change_and_so_may_its_spaces() {
    for (from, to) in [
        ("\"One\"", "\" One\\n\""),
        ("outcome = \"yes\"", "outcome = \"no\""),
        ("due = 2026-03-01", "due = 2026-03-01\nrevisions = [{ date = 2026-01-09, probability = 0.9 }]"),
    ] {
        assert_eq!(changed(&rebuilt("2026-01-01", &TWO.replacen(from, to, 1), "2026-06-01")), [false, false], "{to}");
    }
}

#[test]
fn on_its_day_it_is_put_on_record_anew() {
    let briefing = rebuilt("2025-12-30", &TWO.replacen("\"One\"", "\"Once\"", 1), "2026-01-01");
    assert_eq!(changed(&briefing), [false, false]);
    let sealed = briefing.forecasts.each.iter().filter_map(|one| one.sealed).map(|day| day.to_string());
    assert_eq!(sealed.collect::<Vec<_>>(), ["2026-01-01", "2025-12-30"]);
}

#[test]
fn a_forecast_that_is_gone_stays_on_record_and_is_counted() {
    let briefing = rebuilt("2026-01-05", &TWO.replacen("id = \"one\"", "id = \"uno\"", 1), "2026-06-01");
    let forecasts = &briefing.forecasts;
    assert_eq!((forecasts.removed, forecasts.ledger.len(), forecasts.each.len()), (1, 3, 2));
}

#[test]
fn a_draft_is_put_on_no_record() {
    for hidden in ["draft = true", "publish_at = 2027-01-01", "expires = 2026-01-02"] {
        let briefing = briefing("2026-06-01", &[("a", &format!("{hidden}\n{TWO}"))], "");
        assert!(briefing.forecasts.ledger.is_empty(), "{hidden}");
        assert!(briefing.forecasts.each.iter().all(|one| one.sealed.is_none() && !one.changed));
    }
}

#[test]
fn records_are_kept_by_author_and_company_and_words_apart() {
    let other = "companies = [\"Acme\"]\n[[predictions]]\ntext = \"Three\"\nlikelihood = \"likely\"\n\
                 resolution = { outcome = \"yes\" }\n[[predictions]]\ntext = \"Four\"\nprobability = 0.2\n\
                 likelihood = \"unlikely\"\nresolution = { outcome = \"no\" }";
    let briefing = briefing("2026-06-01", &[("a", TWO), ("b", other)], "");
    let forecasts = &briefing.forecasts;
    let count = |record: &Record| (record.counts.total, record.counts.scored, record.counts.unscored);
    assert_eq!(count(&forecasts.record), (4, 2, 1));
    assert_eq!(forecasts.authors.iter().map(|(_, record)| count(record)).collect::<Vec<_>>(), [(2, 1, 0)]);
    assert_eq!(forecasts.companies.iter().map(|(_, record)| count(record)).collect::<Vec<_>>(), [(2, 1, 1)]);
    let words: Vec<_> =
        forecasts.words.iter().map(|w| (w.likelihood.as_str(), w.total, w.resolved, w.happened)).collect();
    assert_eq!(words, [("likely", 2, 1, 1)]);
    assert_eq!(forecasts.signals.iter().map(Vec::len).collect::<Vec<_>>(), [0, 1, 0, 0]);
    assert_eq!(forecasts.shelf(Standing::Resolved).len(), 3);
}
