//! Scale words: thousand, million, billion and their short forms.

use super::scan::Cursor;

/// The words, without regard to case, and the power of ten that each stands for.
///
/// `m` is a million here, as in the financial press: lengths in metres are no quantity of this grammar.
const WORDS: &[(&str, i32)] = &[
    ("hundred", 2),
    ("k", 3),
    ("thousand", 3),
    ("thousands", 3),
    ("lakh", 5),
    ("m", 6),
    ("mn", 6),
    ("mln", 6),
    ("million", 6),
    ("millions", 6),
    ("crore", 7),
    ("b", 9),
    ("bn", 9),
    ("bln", 9),
    ("billion", 9),
    ("billions", 9),
    ("t", 12),
    ("tn", 12),
    ("trn", 12),
    ("trillion", 12),
    ("trillions", 12),
];

/// Finds the power of ten of a scale word.
pub(crate) fn exponent(word: &str) -> Option<i32> {
    WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)).map(|(_, exponent)| *exponent)
}

/// Takes any scale words that come next, and returns the power of ten that they make together.
///
/// `hundred thousand` is two of them. Nothing is taken, not even a space, where no scale word follows.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<i32> {
    let mut total = None;
    loop {
        let mut ahead = *cursor;
        ahead.skip_spaces();
        let word = ahead.word();
        ahead.skip(word.len());
        let glued_to_digit = ahead.peek().is_some_and(|c| c.is_ascii_digit());
        match exponent(word) {
            Some(exponent) if !glued_to_digit => {
                total = Some(total.unwrap_or(0_i32).saturating_add(exponent));
                *cursor = ahead;
            }
            _ => return total,
        }
    }
}

/// The full word for a power of ten that a page writes out, such as `billion` for 9.
pub(crate) fn word(exponent: i32) -> Option<&'static str> {
    match exponent {
        6 => Some("million"),
        9 => Some("billion"),
        12 => Some("trillion"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scale_words_are_whole_words_and_multiply() {
        let read = |text| {
            let mut cursor = Cursor::new(text);
            (read(&mut cursor), cursor.rest())
        };
        assert_eq!(read(" bn USD"), (Some(9), " USD"));
        assert_eq!(read("m–1.2bn"), (Some(6), "–1.2bn"));
        assert_eq!(read(" hundred thousand"), (Some(5), ""));
        assert_eq!(read(" months"), (None, " months"));
    }
}
