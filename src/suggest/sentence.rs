//! The sentence that a figure stands in.

use std::ops::Range;

/// How far a sentence is followed to each side, in bytes: what is longer is cut at a word.
const REACH: usize = 600;

/// Endings of words whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "no", "inc", "corp", "co", "ltd", "mr", "mrs", "ms", "dr", "vs", "approx", "c", "ca", "e.g", "i.e", "u.s", "u.k",
    "st", "v",
];

/// Finds the sentence around a figure of a block.
pub(super) fn around(text: &str, figure: &Range<usize>) -> Range<usize> {
    let low = text.ceil_char_boundary(figure.start.saturating_sub(REACH));
    let high = text.floor_char_boundary(figure.end.saturating_add(REACH).min(text.len()));
    let before = text.get(low..figure.start).unwrap_or_default();
    let after = text.get(figure.end..high).unwrap_or_default();
    let start = ends(before).last().map_or(low, |end| low + end);
    let end = ends(after).next().map_or(high, |end| figure.end + end);
    let words = text.get(start..end).unwrap_or_default();
    let blank = words.len() - words.trim_start().len();
    start + blank..start + words.trim_end().len().max(blank)
}

/// Lists the ends of sentences in a text: behind a stop and its quotation mark, before a space and a capital.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?')).filter_map(|(at, stop)| {
        let after = text.get(at + 1..)?;
        let closed = after.trim_start_matches(['”', '"', '’', ')']);
        let word = text.get(..at)?.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
        let is_short = stop == '.' && (ABBREVIATIONS.contains(&word.to_lowercase().as_str()) || is_initial(word));
        let next = closed.trim_start();
        let starts_anew = next.chars().next().is_none_or(|c| !c.is_lowercase());
        let is_end = closed.is_empty() || (next.len() < closed.len() && starts_anew);
        (is_end && !is_short).then_some(at + 1 + (after.len() - closed.len()))
    })
}

/// Tells whether a word is the initial of a name.
fn is_initial(word: &str) -> bool {
    word.len() == 1 && word.starts_with(char::is_uppercase)
}

/// Writes words on one line, without the marks of what was left out of them.
pub(super) fn tidy(words: &str) -> String {
    let plain = words.replace(['\u{fffc}', '\u{2060}'], "");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
