//! Phrases that sentences are made of.

use super::{say, speech_keeps_capitals};

/// Says how many there are of something: `1 claim`, `12 claims`; the string has the parameter `n`.
pub fn counted(key: &str, n: usize) -> String {
    say(key, &[("n", &n)])
}

/// Joins parts as a sentence does: `a, b and c`.
pub fn joined<S: AsRef<str>>(parts: &[S]) -> String {
    let parts: Vec<&str> = parts.iter().map(AsRef::as_ref).collect();
    match parts.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => say("names_joined", &[("first", &first.join(", ")), ("last", last)]),
    }
}

/// Writes words with a capital at their start, where they start with a letter.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| beginning(first.to_uppercase(), letters.as_str())).unwrap_or_default()
}

/// Begins a label with a small letter within a sentence, unless it is an abbreviation or its language does not.
pub fn small(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() && !speech_keeps_capitals() => {
            beginning(first.to_lowercase(), letters.as_str())
        }
        _ => label.to_owned(),
    }
}

fn beginning(first: impl Iterator<Item = char>, rest: &str) -> String {
    let mut words = String::with_capacity(rest.len() + 4);
    words.extend(first);
    words.push_str(rest);
    words
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;
    use crate::speech::{Speech, speaking};

    #[test]
    fn parts_are_joined_as_in_a_sentence() {
        let joined = |parts: &[&str]| joined(parts);
        assert_eq!([joined(&[]), joined(&["a"]), joined(&["a", "b"])], ["", "a", "a and b"]);
        assert_eq!(joined(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn one_of_a_thing_has_its_own_noun() {
        let claims = |n| counted("claims_counted", n);
        assert_eq!([claims(0), claims(1), claims(12)], ["0 claims", "1 claim", "12 claims"]);
    }

    #[test]
    fn a_noun_within_a_sentence_is_small_but_in_german() {
        assert_eq!(["Capital expenditure", "CEO pay"].map(small), ["capital expenditure", "CEO pay"]);
        let german = Arc::new(Speech::of("de-AT", BTreeMap::new()));
        assert_eq!(speaking(&german, || small("Umsatz")), "Umsatz");
    }

    #[test]
    fn a_capital_is_set_where_a_letter_begins() {
        assert_eq!(["élan", "ß", "1 work", ""].map(capital), ["Élan", "SS", "1 work", ""]);
    }
}
