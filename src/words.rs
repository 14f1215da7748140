//! Words of the sentences that are made of data.

use std::fmt::{self, Display};

/// A number with its noun: `1 claim`, `12 claims`.
#[derive(Clone, Copy, Debug)]
pub struct Counted<'a>(pub usize, pub &'a str, pub &'a str);

impl Display for Counted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(count, one, many) = *self;
        write!(f, "{count} {}", if count == 1 { one } else { many })
    }
}

/// Joins parts as a sentence does: `a, b and c`.
pub fn joined<S: AsRef<str>>(parts: &[S]) -> String {
    let mut text = String::new();
    for (at, part) in parts.iter().enumerate() {
        text.push_str(match at {
            0 => "",
            at if at + 1 == parts.len() => " and ",
            _ => ", ",
        });
        text.push_str(part.as_ref());
    }
    text
}

/// Writes words with a capital at their start, where they start with a letter.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_as_in_a_sentence() {
        let joined = |parts: &[&str]| joined(parts);
        assert_eq!([joined(&[]), joined(&["a"]), joined(&["a", "b"])], ["", "a", "a and b"]);
        assert_eq!(joined(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn one_of_a_thing_has_its_own_noun() {
        let claims = |count| Counted(count, "claim", "claims").to_string();
        assert_eq!([claims(0), claims(1), claims(12)], ["0 claims", "1 claim", "12 claims"]);
    }

    #[test]
    fn a_capital_is_set_where_a_letter_begins() {
        assert_eq!(["élan", "ß", "1 work", ""].map(capital), ["Élan", "SS", "1 work", ""]);
    }
}
