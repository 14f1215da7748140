//! Many entries of one lane as columns: one for each month, quarter, year or longer time that has any.

use super::lanes::Entry;
use super::mark::{State, first_day};
use super::time::{first_of, month_label, month_number, months_label};
use crate::value::{Date, Day, year_label};

/// How many months a column may stand for, from a month to a millennium.
pub(super) const GRAINS: [i32; 6] = [1, 3, 12, 120, 1_200, 12_000];

/// What fell into one stretch of time.
#[derive(Clone, Debug, Hash)]
pub(super) struct Column<'b> {
    /// Its first month, numbered from January of the year 0.
    pub first: i32,
    /// How many entries there are.
    pub count: usize,
    /// How many of them are disputed.
    pub disputed: usize,
    /// The date and the words of the only one.
    pub only: Option<(&'b Date, &'b str)>,
    /// Where they are listed.
    pub href: String,
}

/// Counts how many columns the entries of a lane, in their order, would make.
pub(super) fn count(entries: &[Entry<'_>], grain: i32) -> usize {
    entries.chunk_by(|a, b| cell(a, grain) == cell(b, grain)).count()
}

/// Gathers the entries of a lane, in their order, in columns.
pub(super) fn gather<'b>(entries: &[Entry<'b>], grain: i32, links: &super::Links<'_>) -> Vec<Column<'b>> {
    let column = |within: &[Entry<'b>]| {
        let first = within.first()?;
        let only = within.len() == 1;
        Some(Column {
            first: cell(first, grain)?.saturating_mul(grain),
            count: within.len(),
            disputed: within.iter().filter(|entry| entry.state == State::Disputed).count(),
            only: only.then_some((first.date, first.text)),
            href: if only { (links.one)(first.index) } else { (links.many)(first.index) },
        })
    };
    entries.chunk_by(|a, b| cell(a, grain) == cell(b, grain)).filter_map(column).collect()
}

fn cell(entry: &Entry<'_>, grain: i32) -> Option<i32> {
    Some(month_number(first_day(entry.date)?).div_euclid(grain))
}

/// Returns the first and the last day of a stretch of time, as far as the calendar has it.
pub(super) fn days(first: i32, grain: i32) -> (Day, Day) {
    let begin = Day::default().plus_days(i32::MIN);
    let end = Day::default().plus_days(i32::MAX);
    let next = first_of(first.saturating_add(grain));
    (first_of(first).unwrap_or(begin), next.map_or(end, |next| next.plus_days(-1)))
}

/// Words a stretch of time, such as `May 2026`, `Apr–Jun 2026` or `2010–2019`.
pub(super) fn label(first: i32, grain: i32) -> String {
    let (from, until) = days(first, grain);
    match grain {
        1 => month_label(from),
        3 => months_label(from, until),
        12 => year_label(from.year()),
        _ => format!("{}–{}", year_label(from.year()), year_label(until.year())),
    }
}
