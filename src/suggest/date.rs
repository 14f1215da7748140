//! The date that a sentence gives a figure.

use std::ops::Range;

use super::date_words::{Written, dates, words};
use super::words::has;
use crate::value::Date;

/// Words behind which a date at the head of a clause belongs to that clause alone.
const JOINS: &[&str] = &["and", "but", "while", "whereas", "though", "although", "yet"];

/// Words that lead to a date at the head of a clause.
const LEADS: &[&str] = &["in", "on", "by", "for", "during", "at", "the", "of", "start", "beginning", "end"];

/// Words that an amount of another time stands behind: `up from 2,000 in 2023`.
const COMPARED: &[&str] = &["up from", "down from", "compared", "versus", "vs", "than", ", from"];

/// Words before a date from which something lasts, or after which it is not counted: `since 2023`.
const OPEN: &[&str] = &["since", "after", "before"];

/// Words before the date on which something began, which is no date of its figures: `founded in 1968`.
const ORIGINS: &[&str] = &["founded", "established", "incorporated", "formed", "born"];

/// How a date stands to a figure: behind another number, and how far; the less, the nearer.
type Distance = (bool, usize);

/// Finds the date that a sentence gives a figure: of its clause, the nearest behind no other number; none where the
/// sentence says only roughly when.
pub(super) fn find(sentence: &str, figure: &Range<usize>) -> Option<Date> {
    let clause = clause(sentence, figure);
    let text = sentence.get(clause.clone())?;
    let within = figure.start - clause.start..figure.end - clause.start;
    let words: Vec<(usize, &str)> = words(text).collect();
    let known = dates(&words).into_iter().filter(|date| is_of_figures(&words, date));
    let near = known.filter_map(|date| Some((distance(text, &words, &date, &within)?, date)));
    near.min_by_key(|(distance, _)| *distance).and_then(|(_, date)| date.date)
}

/// Finds the clause of a figure: what stands between semicolons.
fn clause(sentence: &str, figure: &Range<usize>) -> Range<usize> {
    let start = sentence.get(..figure.start).and_then(|before| before.rfind(';')).map_or(0, |at| at + 1);
    let end = sentence.get(figure.end..).and_then(|after| after.find(';')).map_or(sentence.len(), |at| figure.end + at);
    start..end
}

/// Tells whether a date is one of which figures may be: neither open to one side nor that of a beginning.
fn is_of_figures(words: &[(usize, &str)], date: &Written) -> bool {
    let before = word_before(words, lead(words, date.first));
    !OPEN.iter().chain(ORIGINS).any(|word| word.eq_ignore_ascii_case(before))
}

/// Measures how far a date is from a figure; none where it belongs to another clause or another amount.
fn distance(text: &str, words: &[(usize, &str)], date: &Written, figure: &Range<usize>) -> Option<Distance> {
    let span = &date.span;
    if span.start < figure.end && figure.start < span.end {
        return None;
    }
    let is_behind = figure.end <= span.start;
    let between = text.get(if is_behind { figure.end..span.start } else { span.end..figure.start })?;
    let lower = between.to_ascii_lowercase();
    let is_compared = is_behind && COMPARED.iter().any(|word| has(&lower, word));
    let has_number = between.contains(|c: char| c.is_ascii_digit());
    let is_elsewhere = is_compared || (is_behind && heads_a_clause(words, date.first));
    (!is_elsewhere).then_some((has_number, between.len()))
}

/// Tells whether a date is the first of its clause, as in `and in 2025 it cut …`.
fn heads_a_clause(words: &[(usize, &str)], first: usize) -> bool {
    JOINS.contains(&word_before(words, lead(words, first)))
}

/// Finds the first of the words that lead to the word at an index.
fn lead(words: &[(usize, &str)], at: usize) -> usize {
    let leads = words.iter().take(at).rev().take_while(|(_, word)| LEADS.contains(&word.to_ascii_lowercase().as_str()));
    at - leads.count()
}

fn word_before<'t>(words: &[(usize, &'t str)], at: usize) -> &'t str {
    at.checked_sub(1).and_then(|before| words.get(before)).map_or("", |(_, word)| *word)
}
