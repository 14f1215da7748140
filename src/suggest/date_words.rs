//! Dates as the words of running text.

use std::ops::Range;

use super::words::bare;
use crate::text::offset_in;
use crate::value::{Date, Day, MONTHS};

/// Words before a year that stands for a date.
const BEFORE_A_YEAR: &[&str] = &["in", "for", "during", "of", "fiscal", "through", "year", "by", "until"];

/// Words around a range of dates: what it opens with, and what joins its ends.
const RANGES: &[(&str, &[&str])] = &[("between", &["and"]), ("from", &["to", "through", "until"])];

/// The most words of a date.
const LONGEST: usize = 4;

/// A date and where it is written.
#[derive(Debug)]
pub(super) struct Written {
    /// Its first word, by its index.
    pub(super) first: usize,
    /// Its bytes.
    pub(super) span: Range<usize>,
    /// The date; none where the words leave it open, as `in October` and `last year` do.
    pub(super) date: Option<Date>,
}

/// Lists the dates among some words, the longest of those that start at one word.
pub(super) fn dates(words: &[(usize, &str)]) -> Vec<Written> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let known = || range_at(words, at).or_else(|| date_at(words, at)).map(|(count, date)| (count, Some(date)));
        let Some((count, date)) = known().or_else(|| Some((vague_at(words, at)?, None))) else {
            at += 1;
            continue;
        };
        let start = words.get(at).map_or(0, |(start, _)| *start);
        let end = words.get(at + count - 1).map_or(start, |(last, word)| last + word.len());
        found.push(Written { first: at, span: start..end, date });
        at += count;
    }
    found
}

/// Lists the words of a sentence without the signs around them.
pub(super) fn words(sentence: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = sentence.split(char::is_whitespace).filter(|word| !word.is_empty());
    parts.filter_map(|word| {
        let start = offset_in(sentence, word)?;
        let trimmed = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let bare = bare(trimmed);
        (!bare.is_empty()).then_some((start + (word.len() - trimmed.len()), bare))
    })
}

/// Reads the date that starts at a word, and how many words it has.
fn date_at(words: &[(usize, &str)], at: usize) -> Option<(usize, Date)> {
    let before = at.checked_sub(1).and_then(|before| words.get(before)).map_or("", |(_, word)| word);
    (1..=LONGEST).rev().find_map(|count| Some((count, read(&texts(words, at, count)?, before)?)))
}

/// Tells how many words say at some place when something was, but not in which year.
fn vague_at(words: &[(usize, &str)], at: usize) -> Option<usize> {
    let (_, word) = words.get(at)?;
    let next = words.get(at + 1).map_or("", |(_, next)| *next);
    let before = at.checked_sub(1).and_then(|before| words.get(before)).map_or("", |(_, word)| *word);
    let is_month = month_of(word).is_some() && BEFORE_A_YEAR.contains(&before.to_ascii_lowercase().as_str());
    let is_about = NEAR_A_YEAR.contains(word) && is_year(next);
    let is_relative = VAGUE.iter().any(|(first, second)| first.eq_ignore_ascii_case(word) && *second == next);
    if is_month { Some(1) } else { (is_about || is_relative).then_some(2) }
}

/// Words before a year that is only nearly the date.
const NEAR_A_YEAR: &[&str] = &["early", "late", "mid", "around"];

/// Pairs of words that say when something was by when they were written, or by a date before them.
const VAGUE: &[(&str, &str)] = &[
    ("last", "year"),
    ("this", "year"),
    ("next", "year"),
    ("previous", "year"),
    ("year", "earlier"),
    ("year", "before"),
    ("year", "ago"),
    ("last", "month"),
    ("this", "month"),
    ("last", "week"),
    ("this", "week"),
];

/// Reads a range such as `between May and July 2026`, and how many words it has.
fn range_at(words: &[(usize, &str)], at: usize) -> Option<(usize, Date)> {
    let opening = words.get(at)?.1.to_ascii_lowercase();
    let (_, joins) = RANGES.iter().find(|(open, _)| *open == opening)?;
    let first_len = (1..=LONGEST).find(|len| words.get(at + 1 + len).is_some_and(|(_, word)| joins.contains(word)))?;
    let first = texts(words, at + 1, first_len)?;
    let (last, to) = (1..=LONGEST).rev().find_map(|count| {
        let last = texts(words, at + first_len + 2, count)?;
        let date = read(&last, "in")?;
        Some((last, date))
    })?;
    let from = dated(&first).or_else(|| completed(&first, &last))?;
    let range = Date::parse(&format!("{}/{}", from.as_str(), to.as_str())).ok()?;
    Some((first_len + last.len() + 2, range))
}

/// Reads words that are a date with its year.
fn dated(texts: &[&str]) -> Option<Date> {
    read(texts, "in").filter(|date| !date.is_undated())
}

/// Reads the first end of a range that leaves to the last what they have in common, the month or only the year.
fn completed(first: &[&str], last: &[&str]) -> Option<Date> {
    (1..last.len()).rev().find_map(|from| dated(&[first, last.get(from..)?].concat()))
}

fn texts<'t>(words: &[(usize, &'t str)], at: usize, count: usize) -> Option<Vec<&'t str>> {
    Some(words.get(at..at + count)?.iter().map(|(_, text)| *text).collect())
}

/// Reads some words as one date; `before` is the word before them.
fn read(texts: &[&str], before: &str) -> Option<Date> {
    match texts {
        [year] if is_year(year) && BEFORE_A_YEAR.contains(&before.to_ascii_lowercase().as_str()) => {
            Date::parse(year).ok()
        }
        [iso] if iso.len() >= 7 && iso.contains('-') && iso.get(..4).is_some_and(is_year) => Date::parse(iso).ok(),
        [part, year] | [part, "of", year] if is_year(year) && part_of_year(part).is_some() => {
            Date::parse(&format!("{year}-{:02}", part_of_year(part)?)).ok()
        }
        [which, part, "of", year] if is_year(year) => Date::parse(&format!("{year}-{}", named_part(which, part)?)).ok(),
        [day, month] | [month, day] if month_of(month).is_some() && is_day(day) => yearless(day, month),
        [day, month, year] | [month, day, year] if month_of(month).is_some() && is_day(day) && is_year(year) => {
            Date::parse(&format!("{year}-{:02}-{:02}", month_of(month)?, day_of(day)?)).ok()
        }
        _ => None,
    }
}

/// Reads a day of a month whose year the sentence leaves out, as EDTF has it: `XXXX-11-21`.
fn yearless(day: &str, month: &str) -> Option<Date> {
    let (day, month) = (day_of(day)?, month_of(month)?);
    // A leap year, so that 29 February passes.
    Day::new(2024, month, day)?;
    Date::parse(&format!("XXXX-{month:02}-{day:02}")).ok()
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && (word.starts_with("19") || word.starts_with("20"))
}

fn is_day(word: &str) -> bool {
    day_of(word).is_some()
}

/// Reads the number of a day, such as `5` or `5th`.
fn day_of(word: &str) -> Option<u8> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    let is_short = matches!(digits.len(), 1 | 2);
    digits.parse().ok().filter(|day| is_short && (1..=31).contains(day))
}

/// Finds the number that EDTF gives a part of a year by its name: a month, `Q3` or `H2`.
fn part_of_year(word: &str) -> Option<u8> {
    let short = || match word {
        "H1" => Some(FIRST_HALF),
        "H2" => Some(FIRST_HALF + 1),
        _ => {
            ["Q1", "Q2", "Q3", "Q4"].iter().zip(FIRST_QUARTER..).find(|(name, _)| **name == word).map(|(_, code)| code)
        }
    };
    month_of(word).or_else(short)
}

/// What EDTF calls the first quarter of a year.
const FIRST_QUARTER: u8 = 33;

/// What EDTF calls the first half of a year.
const FIRST_HALF: u8 = 40;

/// Finds the number of a part of a year by its place: `third quarter`, `second half`.
fn named_part(which: &str, part: &str) -> Option<u8> {
    let first = match part.to_ascii_lowercase().as_str() {
        "quarter" => ["first", "second", "third", "fourth"].as_slice().iter().zip(FIRST_QUARTER..),
        "half" => ["first", "second"].as_slice().iter().zip(FIRST_HALF..),
        _ => return None,
    };
    first.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(which)).map(|(_, code)| code)
}

/// Finds the number of a month by its name, with its capital: `may` is a verb.
fn month_of(word: &str) -> Option<u8> {
    let fits = |month: &&str| *month == word || word == "Sept" && *month == "September" || month.get(..3) == Some(word);
    let index = MONTHS.iter().position(fits)?;
    u8::try_from(index + 1).ok()
}

/// Tells whether a word is the name of a month or a day of the week, or a number: what a date is made of.
pub(super) fn is_of_a_date(word: &str) -> bool {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    month_of(word).is_some() || DAYS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit())
}
