//! Where in a text a figure may have its number.

/// Words that a number in words starts with, and those that part a whole.
const WORDS: &[&str] = &[
    "one",
    "two",
    "six",
    "ten",
    "four",
    "five",
    "nine",
    "half",
    "three",
    "seven",
    "eight",
    "forty",
    "fifty",
    "sixty",
    "third",
    "fifth",
    "sixth",
    "tenth",
    "eleven",
    "twelve",
    "twenty",
    "thirty",
    "eighty",
    "ninety",
    "thirds",
    "fourth",
    "fifths",
    "eighth",
    "tenths",
    "sixteen",
    "fifteen",
    "seventy",
    "quarter",
    "fourths",
    "eighths",
    "thirteen",
    "fourteen",
    "eighteen",
    "nineteen",
    "quarters",
    "seventeen",
];

/// Words that make a number of the `a` before them.
const GROUPS: &[&str] = &["dozen", "hundred", "thousand", "million", "billion", "trillion"];

/// Finds the next place where a number starts: at a digit, a number word, or an `a` before a word such as `dozen`.
pub(super) fn next(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_digit() {
            if starts_a_number(text, at) {
                return Some(at);
            }
            at = skip(text, at);
        } else if byte.is_ascii_alphabetic() {
            let end = at + word_len(bytes, at);
            if is_free_before(bytes, at)
                && let Some(start) = number_word(text, at, end).filter(|start| *start >= from)
            {
                return Some(start);
            }
            at = end;
        } else {
            at += 1;
        }
    }
    None
}

/// Passes over what a place that is no figure stands in: the rest of a date, a time or a version, or a word.
pub(super) fn skip(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    if !bytes.get(at).is_some_and(u8::is_ascii_digit) {
        return at + word_len(bytes, at).max(1);
    }
    let mut end = at;
    while let Some(byte) = bytes.get(end) {
        let joins = matches!(byte, b'.' | b',' | b':' | b'/' | b'_' | b'-')
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !joins {
            break;
        }
        end += 1;
    }
    end
}

/// Tells whether a digit begins a number of its own, and not the tail of a name, a version or an address.
fn starts_a_number(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let mut back = before.chars().rev();
    match back.next() {
        None => true,
        Some('-' | '‑' | '–') => !back.next().is_some_and(char::is_alphanumeric),
        Some('.' | '/' | ':' | '_' | '@' | '#' | '&' | '?' | '\\' | '×' | '*' | '^' | '§') => false,
        Some(',' | '\'' | '’') => !back.next().is_some_and(|c| c.is_ascii_digit()),
        Some('$') => true,
        Some(c) => !c.is_alphanumeric() || is_code_before(before),
    }
}

/// Tells whether three capitals stand alone right before a number, as in `EUR5m`.
fn is_code_before(before: &str) -> bool {
    let letters = before.bytes().rev().take_while(u8::is_ascii_alphanumeric);
    let (count, are_capitals) = letters.fold((0, true), |(n, all), b| (n + 1_usize, all && b.is_ascii_uppercase()));
    count == 3 && are_capitals
}

/// Tells whether a word starts here and is no part of a joined one, such as the `two` of `thirty-two`.
fn is_free_before(bytes: &[u8], at: usize) -> bool {
    let byte = |back: usize| at.checked_sub(back).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
    let before = byte(1);
    !(before.is_ascii_alphanumeric()
        || before >= 0x80 && !ends_punctuation(bytes, at)
        || matches!(before, b'_' | b'/' | b'@' | b'#')
        || (before == b'-' && byte(2).is_ascii_alphanumeric() && !is_fraction_join(bytes, at)))
}

/// Tells whether the hyphen before a word joins a fraction, as in `two-thirds`.
fn is_fraction_join(bytes: &[u8], at: usize) -> bool {
    let end = at + word_len(bytes, at);
    let word = bytes.get(at..end).unwrap_or_default();
    let singular = word.strip_suffix(b"s").unwrap_or(word);
    [&b"third"[..], b"quarter", b"fourth", b"fifth", b"sixth", b"eighth", b"tenth", b"half"]
        .iter()
        .any(|part| part.eq_ignore_ascii_case(singular))
}

/// Tells whether a character of several bytes before a word is a dash, a quotation mark or a space.
fn ends_punctuation(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(4)..at).unwrap_or_default();
    String::from_utf8_lossy(before).chars().next_back().is_some_and(|c| !c.is_alphanumeric())
}

fn word_len(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// Finds where the number starts that a word belongs to: at the word, or at the `a` before a group.
fn number_word(text: &str, at: usize, end: usize) -> Option<usize> {
    let word = text.get(at..end)?;
    let is_in = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    match word.len() {
        3..=9 if is_candidate(word) && is_in(WORDS) => Some(at),
        5..=8 if is_in(GROUPS) => article_before(text, at),
        _ => None,
    }
}

/// Dismisses most words by their first letter and their second.
fn is_candidate(word: &str) -> bool {
    let mut letters = word.bytes().map(|byte| byte.to_ascii_lowercase());
    matches!(
        (letters.next(), letters.next()),
        (Some(b'o'), Some(b'n'))
            | (Some(b't'), Some(b'w' | b'h' | b'e'))
            | (Some(b'f'), Some(b'o' | b'i'))
            | (Some(b's'), Some(b'i' | b'e'))
            | (Some(b'e'), Some(b'i' | b'l'))
            | (Some(b'n'), Some(b'i'))
            | (Some(b'h'), Some(b'a'))
            | (Some(b'q'), Some(b'u'))
    )
}

/// Finds the `a` or `half a` right before a group.
fn article_before(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?.trim_end();
    let start = before.len().checked_sub(1)?;
    let is_article = before.ends_with(['a', 'A']) && is_free_before(before.as_bytes(), start);
    is_article.then_some(start)
}
