//! Forecasts: what their pages show, and how they are held to what they said.

use std::fs;

use crate::fixture::Site;

const LEDGER: &str = "forecasts.lock";

const FORECAST: &str =
    "[[predictions]]\nid = \"plant\"\ntext = \"A plant closes\"\nprobability = 0.7\ndue = 2027-01-01";

fn ledger(site: &Site) -> Option<String> {
    fs::read_to_string(site.path(LEDGER)).ok()
}

/// Writes the analysis anew, with another text for its forecast.
fn say(site: &Site, text: &str) {
    let matter = FORECAST.replace("A plant closes", text);
    site.put("content/analyses/a.md", format!("+++\ntitle = \"A\"\ndate = 2026-05-18\n{matter}\n+++\n"));
}

#[test]
fn a_forecast_that_is_reworded_after_its_day_is_shown_as_changed() {
    let site = Site::with_analysis(FORECAST, "");
    site.build().succeeds().finds(&[]);
    let first = ledger(&site).expect("a ledger");
    assert!(first.contains("\na/plant 2026-05-18 2026-06-01 "), "{first}");
    assert!(!site.page("forecasts/index.html").contains("Changed after its day"));

    say(&site, "A plant closes or opens");
    let later = site.run(&["build", "--now", "2026-06-05", "--format", "json"]);
    later.succeeds().finds(&[("forecast-changed", "content/analyses/a.md:6:8", "on 1 June 2026")]);
    for page in ["forecasts/index.html", "forecasts/open/index.html", "analyses/a/index.html"] {
        assert!(site.page(page).contains("Changed after its day"), "{page}");
    }
    assert_eq!(ledger(&site), Some(first), "a line stays as it is");

    say(&site, "A plant closes");
    site.build().succeeds().finds(&[]);
}

#[test]
fn only_a_build_of_what_is_published_seals() {
    let site = Site::with_analysis(FORECAST, "").analysis("b", &format!("draft = true\n{FORECAST}"), "");
    site.check().succeeds();
    site.run(&["build", "--drafts"]).succeeds();
    assert_eq!(ledger(&site), None);
    site.put("content/analyses/c.md", "+++\ntitle = \"C\"\n+++\n");
    site.build().fails();
    assert_eq!(ledger(&site), None);
    fs::remove_file(site.path("content/analyses/c.md")).expect("it is removed");
    site.build().succeeds();
    let text = ledger(&site).expect("a ledger");
    assert!(text.contains("a/plant ") && !text.contains("b/plant"), "{text}");
}

#[test]
fn a_deleted_forecast_is_counted() {
    let site = Site::with_analysis(FORECAST, "");
    site.build().succeeds();
    site.put("content/analyses/a.md", "+++\ntitle = \"A\"\ndate = 2026-05-18\n+++\n");
    site.build().succeeds().finds(&[]);
    assert!(site.page("forecasts/index.html").contains("<dt>Deleted</dt><dd>1 "));
    assert!(ledger(&site).expect("a ledger").contains("a/plant"));
}

#[test]
fn a_ledger_that_cannot_be_written_is_a_warning() {
    let site = Site::with_analysis(FORECAST, "").folder("forecasts.lock.new");
    site.build().succeeds().finds(&[("forecasts-unsealed", LEDGER, "new forecasts are not on record")]);
    assert!(site.page("forecasts/index.html").contains("A plant closes"));
}

#[test]
fn a_site_without_forecasts_has_no_page_of_them() {
    let site = Site::with_analysis("", "");
    site.build().succeeds();
    assert!(!site.path("public/forecasts").exists() && ledger(&site).is_none());
    assert!(!site.page("index.html").contains("/forecasts/"));
}

#[test]
fn the_page_prints_scores_with_their_convention_and_the_counts_beside_them() {
    let one = |matter: &str| format!("[[predictions]]\ntext = \"It\"\n{matter}\n");
    let resolved = |probability: &str, outcome: &str| {
        let day = "date = 2026-05-28";
        one(&format!(
            "probability = {probability}\ndue = 2026-12-31\nresolution = {{ outcome = \"{outcome}\", {day} }}"
        ))
    };
    let matter = [
        resolved("0.9", "yes"),
        resolved("0.4", "no"),
        resolved("0.5", "ambiguous"),
        one("likelihood = \"likely\"\nresolution = { outcome = \"yes\" }"),
        one("probability = 0.2\ndue = 2026-06-20"),
        one("probability = 0.2\ndue = 2026-05-31"),
    ];
    let site = Site::with_analysis(&matter.concat(), "");
    site.build().succeeds();
    let page = site.page("forecasts/index.html");
    // (0.1² + 0.4²)/2 = 0.085; (ln 0.9 + ln 0.6)/2 = −0.3081.
    for words in [
        "<strong>0.0850</strong> Brier score, 0 to 1, lower is better; 0.25 is what a coin flip gets",
        "<strong>−0.3081</strong>",
        "<dt>Overdue</dt><dd>1<",
        "<dt>Due in 30 days</dt><dd>1<",
        "<dt>Ambiguous</dt><dd>1<",
        "<dt>Unscored</dt><dd>1 ",
        "A calibration curve is shown from 10 scored forecasts on",
        "<th scope=\"row\">likely</th><td>55–80%</td><td>1</td><td>1</td><td>1</td><td>100%</td>",
        "<h2 id=\"overdue\">Overdue forecasts</h2>",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(site.page("forecasts/resolved/index.html").contains("<dt>Brier score</dt><dd>0.0100</dd>"));
}

#[test]
fn the_repositorys_own_example_warns_of_what_it_means_to_and_is_on_record() {
    let root = env!("CARGO_MANIFEST_DIR");
    let check = Site::bare().run(&["check", "--root", root, "--format", "json"]);
    let open = "`169 packages` (168.5 packages – 169.5 packages) and `172 packages` (171.5 packages – 172.5 packages)";
    let findings = check.succeeds().findings();
    assert_eq!(findings.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), ["conflict-in-one-analysis"]);
    assert!(findings[0].message.starts_with(open), "{findings:?}");
    let ledger = fs::read_to_string(format!("{root}/{LEDGER}")).expect("the ledger is committed");
    assert_eq!(ledger.lines().filter(|line| !line.starts_with('#')).count(), 2);
}
