//! The date that a sentence names.

use std::ops::Range;

use crate::value::{Date, Day};

/// Words before a year that stands for a date.
const BEFORE_A_YEAR: &[&str] = &["in", "for", "during", "of", "fiscal", "since", "through", "year", "by", "until"];

/// Finds the date named nearest to a figure, the most exact of those that start at one word.
pub(super) fn find(sentence: &str, figure: &Range<usize>) -> Option<Date> {
    let words: Vec<(usize, &str)> = words(sentence).collect();
    let outside = |at: usize| !figure.contains(&at);
    let mut best: Option<(usize, Date)> = None;
    let mut at = 0;
    while at < words.len() {
        let found = (1..=4).rev().find_map(|count| {
            let group = words.get(at..at + count)?;
            let before = at.checked_sub(1).and_then(|before| words.get(before)).map_or("", |(_, word)| word);
            Some((count, read(group, before)?))
        });
        let Some((count, date)) = found.filter(|_| words.get(at).is_some_and(|(start, _)| outside(*start))) else {
            at += 1;
            continue;
        };
        let start = words.get(at).map_or(0, |(start, _)| *start);
        let distance = if start < figure.start { figure.start - start } else { start.saturating_sub(figure.end) };
        if best.as_ref().is_none_or(|(nearest, _)| distance < *nearest) {
            best = Some((distance, date));
        }
        at += count;
    }
    best.map(|(_, date)| date)
}

/// Lists the words of a sentence without the signs around them.
fn words(sentence: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = sentence.split(char::is_whitespace).filter(|word| !word.is_empty());
    parts.filter_map(|word| {
        let start = (word.as_ptr() as usize).checked_sub(sentence.as_ptr() as usize)?;
        let trimmed = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let bare = trimmed.trim_end_matches(|c: char| !c.is_alphanumeric());
        (!bare.is_empty()).then_some((start + (word.len() - trimmed.len()), bare))
    })
}

/// Reads some words as one date; `before` is the word before them.
fn read(group: &[(usize, &str)], before: &str) -> Option<Date> {
    let texts: Vec<&str> = group.iter().map(|(_, text)| *text).collect();
    match texts.as_slice() {
        [year] if is_year(year) && BEFORE_A_YEAR.contains(&before.to_lowercase().as_str()) => Date::parse(year).ok(),
        [iso] if iso.len() >= 7 && iso.contains('-') && iso.get(..4).is_some_and(is_year) => Date::parse(iso).ok(),
        [day, month] if month_of(month).is_some() && is_day(day) => yearless(day, month),
        [month, day] if month_of(month).is_some() && is_day(day) => yearless(day, month),
        [month, year] if month_of(month).is_some() && is_year(year) => Date::in_words(&texts.join(" ")),
        [quarter, year] if quarter.len() == 2 && quarter.starts_with('Q') && is_year(year) => {
            Date::in_words(&texts.join(" "))
        }
        [_, _, year] if is_year(year) && texts.iter().any(|word| month_of(word).is_some()) => {
            Date::in_words(&texts.join(" "))
        }
        [which, quarter, of, year] if quarter.eq_ignore_ascii_case("quarter") && *of == "of" && is_year(year) => {
            let number =
                ["first", "second", "third", "fourth"].iter().position(|name| name.eq_ignore_ascii_case(which))?;
            Date::in_words(&format!("Q{} {year}", number + 1))
        }
        _ => None,
    }
}

/// Reads a day of a month whose year the sentence leaves out, as EDTF has it: `XXXX-11-21`.
fn yearless(day: &str, month: &str) -> Option<Date> {
    let day: u8 = day.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()?;
    let month = month_of(month)?;
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
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    matches!(digits.len(), 1 | 2) && digits.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
}

/// Finds the number of a month by its name, with its capital: `may` is a verb.
fn month_of(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let fits = |month: &&str| month.get(..3) == word.get(..3) && (*month == word || matches!(word.len(), 3 | 4));
    let index = MONTHS.iter().position(|month| fits(month) && (word.len() != 4 || *month == word || word == "Sept"))?;
    u8::try_from(index + 1).ok()
}
