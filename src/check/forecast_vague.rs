//! `forecast-vague`: the words of a forecast leave open what would settle it.
//!
//! Three kinds of words do that: those that are true whatever comes ("may", "is expected to"), those that measure
//! without a measure ("significant"), and those that name a time without a date ("soon"). A word of the first two is
//! reported unless the forecast has criteria, or its text a figure or a month; one of time unless it has those or a
//! last day. Words are whole words without case; "May" with a capital inside a sentence is the month.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::forecasts;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Briefing;
use crate::model::Prediction;

/// Words that are true whatever comes.
const HEDGES: &[&str] = &[
    "may",
    "might",
    "could",
    "possibly",
    "perhaps",
    "potentially",
    "is expected to",
    "are expected to",
    "is likely to",
    "are likely to",
    "is set to",
    "are set to",
    "is poised to",
    "are poised to",
];

/// Words that measure without a measure.
const DEGREES: &[&str] = &[
    "significant",
    "significantly",
    "substantial",
    "substantially",
    "considerable",
    "considerably",
    "meaningful",
    "meaningfully",
    "materially",
    "major",
    "notable",
    "notably",
    "dramatic",
    "dramatically",
    "sizeable",
    "sizable",
];

/// Words that name a time without a date.
const TIMES: &[&str] = &[
    "soon",
    "shortly",
    "eventually",
    "someday",
    "sooner or later",
    "in the near future",
    "in the coming weeks",
    "in the coming months",
    "in the coming years",
    "before long",
    "in the long run",
];

/// Months, and numbers in words that begin a figure.
const EXACT: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "dozen",
    "half",
    "third",
    "quarter",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "double",
    "doubles",
    "triple",
    "triples",
];

/// What a phrase says of a forecast that has it.
#[derive(Clone, Copy)]
enum Phrase {
    /// Nothing settles it.
    Vague(&'static str),
    /// Nothing does, unless it has a last day.
    Timeless(&'static str),
    /// It can be settled.
    Exact,
}

/// All phrases, found in one pass over a text as [`padded`] gives it.
static PHRASES: LazyLock<(AhoCorasick, Vec<Phrase>)> = LazyLock::new(|| {
    let vague = [HEDGES, DEGREES].into_iter().flatten().map(|phrase| (*phrase, Phrase::Vague(phrase)));
    let timeless = TIMES.iter().map(|phrase| (*phrase, Phrase::Timeless(phrase)));
    let exact = EXACT.iter().map(|phrase| (*phrase, Phrase::Exact));
    let (words, kinds): (Vec<String>, Vec<Phrase>) =
        vague.chain(timeless).chain(exact).map(|(phrase, kind)| (format!(" {phrase} "), kind)).unzip();
    (AhoCorasick::new(words).expect("a few words make a small table"), kinds)
});

/// Reports forecasts whose words settle nothing.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for (prediction, _, origin) in forecasts(briefing) {
        let Some(word) = vague(prediction).filter(|_| prediction.resolution.is_none()) else { continue };
        let message = format!("`{word}` leaves open what would settle this forecast");
        let warning = Diagnostic::warning("forecast-vague", message).at(origin.place(prediction.text_span));
        diagnostics.push(warning.help("name a figure, or write in `criteria` what must all be so for a yes"));
    }
}

/// Finds the first word of a forecast that nothing makes exact.
fn vague(prediction: &Prediction) -> Option<&'static str> {
    if !prediction.criteria.is_empty() || prediction.text.contains(char::is_numeric) {
        return None;
    }
    let ends = prediction.due.as_ref().is_some_and(|due| due.latest().is_some());
    let (table, kinds) = &*PHRASES;
    let mut first: Option<(usize, &'static str)> = None;
    for found in table.find_overlapping_iter(&padded(&prediction.text)) {
        match kinds[found.pattern().as_usize()] {
            Phrase::Exact => return None,
            Phrase::Timeless(_) if ends => {}
            Phrase::Vague(phrase) | Phrase::Timeless(phrase) => {
                let this = (found.start(), phrase);
                first = Some(first.map_or(this, |first| first.min(this)));
            }
        }
    }
    first.map(|(_, phrase)| phrase)
}

/// Gives the words of a text in lower case between single spaces, one before the first and one behind the last.
fn padded(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + 2);
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for (at, word) in parts.enumerate() {
        words.push(' ');
        // The month is marked, so that it is no hedge.
        match word {
            "May" if at > 0 => words.push_str("june"),
            _ => words.extend(word.chars().flat_map(char::to_lowercase)),
        }
    }
    words.push(' ');
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::fixture::forecast;

    fn of(text: &str, matter: &str) -> Option<&'static str> {
        vague(&Prediction { text: text.to_owned(), ..forecast(matter) })
    }

    #[test]
    fn a_word_that_settles_nothing_is_found() {
        for (text, word) in [
            ("Acme may close a plant", "may"),
            ("May Acme close a plant", "may"),
            ("Acme could see significant growth", "could"),
            ("Acme sees Significant growth", "significant"),
            ("Acme is expected to close a plant", "is expected to"),
            ("Acme closes a plant soon.", "soon"),
        ] {
            assert_eq!(of(text, ""), Some(word), "{text}");
        }
        assert_eq!(of("Acme may close a plant", "due = 2027-01-01"), Some("may"));
    }

    #[test]
    fn a_figure_a_month_criteria_or_a_plain_statement_settle_it() {
        for text in [
            "Acme may cut 500 jobs",
            "Acme might cut eight thousand jobs",
            "Acme could close a plant by October",
            "Acme closes a plant in May",
            "Acme closes its plant in Tallow",
            "The Mighty Sooner Company dismays a canner",
        ] {
            assert_eq!(of(text, ""), None, "{text}");
        }
        assert_eq!(of("Acme may close a plant", "criteria = [\"Acme says so\"]"), None);
        assert_eq!(of("Acme closes a plant soon", "due = 2027-01-01"), None);
    }
}
