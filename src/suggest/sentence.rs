//! The sentence that a figure stands in.

use std::ops::Range;

use super::words::first;

/// How far a sentence is followed to each side, in bytes: what is longer is cut at a word.
const REACH: usize = 600;

/// Words whose full stop ends a sentence only where the next word begins one; one with a capital is matched as it is.
const ABBREVIATIONS: &[&str] = &[
    "no", "nos", "inc", "corp", "co", "cos", "ltd", "bros", "mr", "mrs", "ms", "dr", "prof", "messrs", "jr", "sr",
    "vs", "approx", "c", "ca", "cf", "al", "st", "v", "p", "pp", "vol", "fig", "dept", "Gov", "Govs", "Sen", "Sens",
    "Rep", "Reps", "Gen", "Lt", "Col", "Sgt", "Capt", "Maj", "Adm", "Rev", "Hon", "Pres", "Supt", "Ph.D", "Jan", "Feb",
    "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
];

/// Words that a sentence may begin with and that are no part of a name.
const BEGINNERS: &[&str] = &[
    "A",
    "About",
    "After",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "Any",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "For",
    "From",
    "He",
    "Her",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "Neither",
    "No",
    "None",
    "Nor",
    "Not",
    "Now",
    "Of",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Other",
    "Others",
    "Our",
    "Over",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "To",
    "Today",
    "Under",
    "Unlike",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "While",
    "Who",
    "Why",
    "With",
    "Without",
    "Yet",
    "You",
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
        let next = closed.trim_start();
        let is_short = stop == '.' && (is_initial(word) || (is_abbreviation(word) && !begins_one(next)));
        let starts_anew = next.chars().next().is_none_or(|c| !c.is_lowercase());
        let is_end = closed.is_empty() || (next.len() < closed.len() && starts_anew);
        (is_end && !is_short).then_some(at + 1 + (after.len() - closed.len()))
    })
}

/// Tells whether a word is written short: one of the table, or single letters with stops between, such as `U.S.C`.
pub(super) fn is_abbreviation(word: &str) -> bool {
    let is_dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    is_dotted || ABBREVIATIONS.iter().any(|short| *short == word || *short == word.to_lowercase())
}

/// Tells whether a text starts with a word that begins sentences.
fn begins_one(text: &str) -> bool {
    is_beginner(first(text))
}

/// Tells whether a word with its capital begins sentences and names no one.
pub(super) fn is_beginner(word: &str) -> bool {
    BEGINNERS.contains(&word)
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
