//! What is read out of a sentence.

use super::*;

fn around<'t>(text: &'t str, figure: &str) -> &'t str {
    let at = text.find(figure).expect("the figure");
    &text[sentence::around(text, &(at..at + figure.len()))]
}

fn date_of(sentence: &str, figure: &str) -> Option<String> {
    let at = sentence.find(figure).expect("the figure");
    date::find(sentence, &(at..at + figure.len())).map(|date| date.as_str().to_owned())
}

#[test]
fn a_sentence_ends_at_its_stop_and_not_at_an_abbreviation() {
    let text = "It was so. Acme Inc. cut 600 roles, 1.5% of all, in May. It said “no more.” Then it stopped.";
    assert_eq!(around(text, "600 roles"), "Acme Inc. cut 600 roles, 1.5% of all, in May.");
    assert_eq!(around(text, "no more"), "It said “no more.”");
    let text = "Yes. On Sept. 5, 2025, Gov. Ann Lee let 600 people go, under 15 U.S.C. § 2, in the U.S. Its head left.";
    let sentence = "On Sept. 5, 2025, Gov. Ann Lee let 600 people go, under 15 U.S.C. § 2, in the U.S.";
    assert_eq!(around(text, "600 people"), sentence);
}

#[test]
fn the_date_is_the_one_that_is_written() {
    let cases = [
        ("On 18 May 2026 it cut 600 roles", Some("2026-05-18")),
        ("On May 18, 2026, it cut 600 roles", Some("2026-05-18")),
        ("In May 2026 it cut 600 roles", Some("2026-05")),
        ("It cut 600 roles in Q3 2025", Some("2025-35")),
        ("In the third quarter of 2025 it cut 600 roles", Some("2025-35")),
        ("In 2025 it cut 600 roles", Some("2025")),
        ("On 20 May it cut 600 roles", Some("XXXX-05-20")),
        ("It may 5 times have cut 600 roles", None),
        ("It cut 600 roles", None),
        ("In 2022 it had cut 11; in 2025 it cut 600 roles", Some("2025")),
    ];
    for (sentence, date) in cases {
        assert_eq!(date_of(sentence, "600 roles").as_deref(), date, "{sentence}");
    }
}
