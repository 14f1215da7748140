//! What counts as a figure, and what does not.

use super::*;

fn read_all(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    scan(text, |figure| found.push((text[figure.range].to_owned(), figure.quantity.to_string())));
    found
}

#[test]
fn figures_are_found_with_their_hedge_and_their_noun() {
    let cases = [
        ("It cut about 8,000 roles in May", "about 8,000 roles", "about 8,000 roles"),
        ("guidance of $60–65 billion", "$60–65 billion", "$60–65 billion"),
        ("at 60–65 billion dollars", "60–65 billion dollars", "$60–65 billion"),
        ("raised €2m", "€2m", "€2 million"),
        ("a fine of US$5m", "US$5m", "$5 million"),
        ("of EUR 2m", "EUR 2m", "€2 million"),
        ("cost (~$4.5bn) more", "~$4.5bn", "about $4.5 billion"),
        ("some 600 roles", "some 600 roles", "about 600 roles"),
        ("Eight thousand people left", "Eight thousand people", "8,000 people"),
        ("hired a dozen engineers", "a dozen engineers", "12 engineers"),
        ("half a million users", "half a million users", "500,000 users"),
        ("an 8,000-person firm", "8,000-person", "8,000 people"),
        ("the 8,000-strong team", "8,000-strong", "8,000 people"),
        ("fell 12%", "12%", "12%"),
        ("fell by twelve percent", "twelve percent", "12%"),
        ("fell by 50 basis points", "50 basis points", "0.5 percentage points"),
        ("about a third of staff", "about a third", "about 33.3%"),
        ("two-thirds of the staff", "two-thirds", "66.7%"),
        ("one in five workers", "one in five", "20%"),
        ("nine out of ten replies", "nine out of ten", "90%"),
        ("Half of the staff left", "Half", "50%"),
        ("a fifth more than before", "a fifth", "20%"),
        ("pay of 16 weeks", "16 weeks", "16 weeks"),
        ("within eighteen months, it", "eighteen months", "18 months"),
        ("a two-year deal", "two-year", "2 years"),
        ("over fourteen months", "fourteen months", "14 months"),
        ("is up from $60–65 billion", "$60–65 billion", "$60–65 billion"),
        ("RMB 5 billion", "RMB 5 billion", "CNY 5 billion"),
        ("PHP 500 million", "PHP 500 million", "PHP 500 million"),
        ("3 million Danish kroner", "3 million Danish kroner", "DKK 3 million"),
        ("In Dublin 250 jobs will go", "250 jobs", "250 jobs"),
        ("gave Google six years", "six years", "6 years"),
        ("Under GDPR 72 hours is the limit", "72 hours", "72 hours"),
        ("It let 300 go", "300", "300"),
        ("laid off another 300", "300", "300"),
        ("is laying off 300 in Cork", "300", "300"),
        ("hired 300 last year", "300", "300"),
        ("Headcount fell to 900", "900", "900"),
        ("two and a half years", "two and a half years", "2.5 years"),
        ("2½ years", "2½ years", "2.5 years"),
        ("two weeks per year of service", "two weeks", "2 weeks"),
        ("Two-thirds went to Apple", "Two-thirds", "66.7%"),
        ("About half quit", "About half", "about 50%"),
        ("three-quarters of new code", "three-quarters", "75%"),
        ("Half of those votes were struck", "Half", "50%"),
        ("saw 12 million downloads", "12 million downloads", "12 million downloads"),
        ("about 1,140 answers", "about 1,140 answers", "about 1,140 answers"),
        ("at least 20,000 in all", "at least 20,000", "at least 20,000"),
        ("more than 11,000 people", "more than 11,000 people", "more than 11,000 people"),
        ("between 60 and 65 percent of it", "between 60 and 65 percent", "60–65%"),
        ("600 of its employees", "600 of its employees", "600 employees"),
        ("it employs 450 in Dublin", "450", "450"),
        ("a $5-billion plan", "$5-billion", "$5 billion"),
        ("8,000 or more roles", "8,000 or more roles", "at least 8,000 roles"),
        ("in 2025 $5 million went", "$5 million", "$5 million"),
    ];
    for (text, words, canonical) in cases {
        assert_eq!(read_all(text), [(words.to_owned(), canonical.to_owned())], "{text}");
    }
    assert_eq!(read_all("from 12% to 14%").len(), 2);
    assert_eq!(read_all("from 900 to 600 jobs").len(), 1);
}

#[test]
fn what_only_looks_like_a_figure_is_left_alone() {
    let cases = [
        "in 2025",
        "May 2026",
        "18 May",
        "18 May 2026",
        "2026-05-18",
        "Q3 2025",
        "2024–25",
        "2019-2024",
        "FY26",
        "fiscal 2026",
        "the 1990s",
        "9:30",
        "at 19:20 UTC",
        "1.2.3",
        "v4",
        "Python 3",
        "Llama 3 users",
        "GPT-4",
        "5G",
        "an H100 node",
        "B-52",
        "24/7",
        "1st",
        "the 14th minute",
        "section 4.2",
        "Section 1201",
        "port 8080",
        "error 1005",
        "#48213",
        "No. 1147",
        "+1 (555) 123-4567",
        "555-1234",
        "one day",
        "a second look",
        "the first half",
        "a year ago",
        "once a week",
        "five years ago",
        "a 30-year-old",
        "40 years old",
        "24 hours a day",
        "seven days a week",
        "two people familiar with the matter",
        "the three founders",
        "a million things",
        "a thousand times",
        "on the one hand",
        "a third party",
        "a third time",
        "half of it",
        "the second half of 2025",
        "a quarter of growth",
        "half past nine",
        "1920×1080",
        "3–1",
        "4-3-3",
        "10-K",
        "a 4K screen",
        "7B parameters",
        "100 m",
        "3 of 4 teams",
        "72 sites",
        "10.0.12.5",
        "0x1F",
        "CVE-2024-12345",
        "iOS 17 users",
        "the 10-year Treasury yield",
        "On 22 October Meta told staff",
        "said of about 2025",
        "doing two jobs",
        "between 1999 and 2006",
        "7-Eleven workers",
        "Type 2 patients",
        "the 9/11 attacks",
        "Fortune 500 companies",
        "L5 engineers",
        "312 pp",
        "a 401(k) plan",
        "50/50",
        "Microsoft 365 customers",
        "hundreds of jobs",
        "thousands of people",
        "one employee",
        "at COP30",
        "PHP 8 or later",
        "the TOP 10 list",
        "CA 94025",
        "3M employees",
        "35 hours a week",
        "half are better than none",
    ];
    for text in cases {
        assert_eq!(read_all(text), [], "{text}");
    }
}

#[test]
fn a_text_that_is_dismissed_at_once_has_no_figure() {
    let words = ["ten", "Two", "a dozen", "half", "quarters", "forty", "8", "thirty", "a thousand", "eleven", "six"];
    for length in [0, 1, 3, 4, 250, 251, 252, 253, 254, 255, 256, 257, 260, 511] {
        let filling = "e ".repeat(length / 2) + if length % 2 == 1 { "e" } else { "" };
        assert!(!trigger::may_have(&filling), "{length}");
        for word in words {
            assert!(trigger::may_have(&format!("{filling} {word}")), "{word} after {length}");
            assert!(trigger::may_have(&format!("{word} {filling}")), "{word} before {length}");
            assert!(trigger::may_have(&format!("{filling} {word} {filling}")), "{word} in {length}");
        }
    }
}

#[test]
fn hostile_texts_cost_no_more_than_their_length() {
    let repeated = ["9", "about ", "$", "one ", "5 k ", "a ", "1-", "1,", "five-", "half of ", "9 in ", "more than 1 "];
    for part in repeated {
        let text = part.repeat(100_000 / part.len());
        let started = std::hint::black_box(text.len());
        read_all(&text);
        assert!(started > 0);
    }
}
