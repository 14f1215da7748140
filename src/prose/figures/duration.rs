//! Lengths of time.

use super::place::{Amount, Place};
use super::{FigureKind, Found};
use crate::value::TimeUnit;

/// Words between a number and its unit of time.
const BETWEEN: &[&str] = &[
    "working",
    "business",
    "calendar",
    "consecutive",
    "full",
    "straight",
    "extra",
    "more",
    "additional",
    "further",
    "fiscal",
    "whole",
    "trading",
    "short",
    "long",
];

/// Words behind a length of time that make a moment, an age or a name of it.
const NO_LENGTH: &[&str] =
    &["ago", "old", "olds", "later", "earlier", "treasury", "treasuries", "bond", "gilt", "bund"];

/// Reads a number of seconds, days, months or years.
pub(super) fn read(place: &Place<'_>, amount: &Amount) -> Option<Found> {
    if amount.mark.is_some()
        || place.is_one(amount)
        || place.is_year(amount)
        || place.is_day(amount)
        || place.has_loose_letter(amount)
    {
        return None;
    }
    let words = place.words_after(amount.range.end);
    let unit_at = usize::from(BETWEEN.contains(&words[0].to_ascii_lowercase().as_str()));
    let word = *words.get(unit_at)?;
    let unit = TimeUnit::from_word(word)?;
    let singular = word.eq_ignore_ascii_case(unit.as_str());
    let after = words.get(unit_at + 1).map(|word| word.to_ascii_lowercase()).unwrap_or_default();
    let then = words.get(unit_at + 2).copied().unwrap_or_default();
    // Two weeks of pay per year of service are two weeks, and 35 hours a week are a rate.
    let is_earned = words.get(unit_at + 3).is_some_and(|word| word.eq_ignore_ascii_case("of"));
    let is_rate =
        matches!(after.as_str(), "a" | "an" | "per" | "each") && TimeUnit::from_word(then).is_some() && !is_earned;
    let is_clock = singular && place.number(amount) == "24";
    let is_thing = singular && !place.is_joined(amount) && (unit == TimeUnit::Second || after == "hand");
    if NO_LENGTH.contains(&after.as_str()) || is_rate || is_clock || is_thing || place.is_name(amount) {
        return None;
    }
    let plural = format!("{}s", unit.as_str());
    let noun = if singular { plural.as_str() } else { word };
    place.found(without_during(place, amount), noun, word, FigureKind::Duration)
}

/// Drops an `over` before a length of time, which says how long something took and not that it took longer.
fn without_during(place: &Place<'_>, amount: &Amount) -> std::ops::Range<usize> {
    let text = place.text.get(amount.range.clone()).unwrap_or_default();
    let is_during = text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("over "));
    if is_during { place.at..amount.range.end } else { amount.range.clone() }
}
