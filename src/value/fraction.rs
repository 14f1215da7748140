//! Fractions in words, such as `two thirds`: no amounts of this grammar, and named so that none passes for a noun.

use std::ops::Range;

use rust_decimal::Decimal;

use super::ValueError;
use super::number_words;
use super::scan::Cursor;

/// What a whole is parted into, without the `s` of its plural, and into how many; a second is a length of time.
const PARTS: &[(&str, u32)] = &[
    ("half", 2),
    ("halve", 2),
    ("third", 3),
    ("quarter", 4),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("eighth", 8),
    ("tenth", 10),
    ("hundredth", 100),
];

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
    part(word).is_some()
}

/// Tells into how many a whole is parted by a word such as `third` or `thirds`.
pub(crate) fn part(word: &str) -> Option<u32> {
    let singular = word.strip_suffix(['s', 'S']).unwrap_or(word);
    PARTS.iter().find(|(part, _)| part.eq_ignore_ascii_case(singular)).map(|(_, parts)| *parts)
}

/// Reads a fraction in words, such as `a third`, `two-thirds` or `half`, as how many of how many parts.
///
/// No quantity is written so; running text is.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<(Decimal, Decimal)> {
    let mut ahead = *cursor;
    let is_one = ahead.eat_phrase("a") || part(ahead.word()) == Some(2);
    let count = if is_one { Decimal::ONE } else { number_words::read(&mut ahead)?.amount()? };
    ahead.eat("-");
    ahead.skip_spaces();
    let word = ahead.word();
    let parts = Decimal::from(part(word)?);
    ahead.skip(word.len());
    *cursor = ahead;
    (count < parts && !count.is_zero()).then_some((count, parts))
}

#[cfg(test)]
mod tests {
    use super::*;
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
    fn fractions_of_running_text_are_parts_of_a_whole() {
        let read = |text| {
            let mut cursor = Cursor::new(text);
            read(&mut cursor).map(|(count, parts)| (count.to_string(), parts.to_string(), cursor.rest()))
        };
        let is = |count: &str, parts: &str, rest| Some((count.to_owned(), parts.to_owned(), rest));
        assert_eq!(read("a third of staff"), is("1", "3", " of staff"));
        assert_eq!(read("Two-thirds of it"), is("2", "3", " of it"));
        assert_eq!(read("half of it"), is("1", "2", " of it"));
        assert_eq!(read("a half"), is("1", "2", ""));
        assert_eq!(read("five thirds"), None);
        assert_eq!(read("a day"), None);
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
