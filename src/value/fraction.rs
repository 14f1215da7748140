//! Fractions in words, such as `two thirds`: no amounts of this grammar, and named so that none passes for a noun.

use std::ops::Range;

use super::ValueError;
use super::scan::Cursor;

/// What a whole is parted into, without the `s` of its plural; a second is a length of time.
const PARTS: &[&str] =
    &["half", "halve", "third", "quarter", "fourth", "fifth", "sixth", "eighth", "tenth", "hundredth"];

/// Tells whether a fraction comes next, such as `half of staff`, `a third` or the `thirds` of `two-thirds`.
pub(crate) fn comes_next(mut cursor: Cursor<'_>) -> bool {
    cursor.skip_spaces();
    if cursor.eat_phrase("a") {
        cursor.skip_spaces();
    }
    is_part(cursor.word())
}

/// Tells whether the words behind an amount make a fraction of it.
///
/// An ordinal before a noun counts things (`500 third graders`), and a quarter is a length of time unless it is
/// one of something.
pub(crate) fn is_named_by(head: &[&str], tail: Option<&str>) -> bool {
    match head {
        [word] if word.eq_ignore_ascii_case("quarter") || word.eq_ignore_ascii_case("quarters") => {
            tail.is_some_and(|tail| tail.eq_ignore_ascii_case("of"))
        }
        [word] => is_part(word),
        [word, ..] => is_part(word) && word.ends_with(['s', 'S']) && !word.eq_ignore_ascii_case("quarters"),
        [] => false,
    }
}

/// The error for a fraction in words.
pub(crate) fn refused(range: Range<usize>) -> ValueError {
    let help =
        "write a share as a percentage, such as `66.7%`, and a part of a number in digits, such as `0.5 million`";
    ValueError::new("a fraction in words is not an amount", help, range)
}

fn is_part(word: &str) -> bool {
    let word = word.to_lowercase();
    PARTS.contains(&word.strip_suffix('s').unwrap_or(&word))
}

#[cfg(test)]
mod tests {
    use crate::value::Quantity;

    #[test]
    fn fractions_in_words_are_refused() {
        let texts = [
            "two thirds",
            "two-thirds of staff",
            "about a third",
            "a quarter of users",
            "three quarters of staff",
            "half",
            "half of staff",
            "one half",
            "four fifths majority",
        ];
        for text in texts {
            let error = Quantity::parse(text).expect_err(text);
            assert_eq!(error.message, "a fraction in words is not an amount", "{text}");
            assert!(error.help.starts_with("write a share as a percentage"), "{text}");
        }
    }

    #[test]
    fn quarters_of_a_year_and_ordinals_of_things_are_amounts() {
        let cases = [
            ("three quarters", "3 quarters"),
            ("500 third graders", "500 third graders"),
            ("half a million users", "500,000 users"),
            ("30 seconds", "30 seconds"),
        ];
        for (text, canonical) in cases {
            assert_eq!(Quantity::parse(text).expect(text).to_string(), canonical);
        }
    }
}
