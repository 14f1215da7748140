//! Moments of feeds and sitemaps, which know no date coarser than a day.

use std::fmt;

use crate::value::{Date, Day};

/// A moment as RFC 3339 writes it, in UTC.
///
/// A date without a time is its first moment, and one without a first day is the first of 1970: a file does not change
/// because the clock went on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::export) struct Moment(jiff::Timestamp);

impl Moment {
    /// The first moment of a date.
    pub(in crate::export) fn of(date: &Date) -> Self {
        date.timestamp().map(Self).or_else(|| date.earliest().map(Self::day)).unwrap_or_default()
    }

    /// The first moment of a day.
    pub(in crate::export) fn day(day: Day) -> Self {
        jiff::Timestamp::from_second(i64::from(day.number()).saturating_mul(86_400)).map(Self).unwrap_or_default()
    }
}

/// Writes `2026-05-18T00:00:00Z`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_its_first_moment() {
        let moment = |text: &str| Moment::of(&text.parse().unwrap()).to_string();
        assert_eq!(moment("2026-05-18"), "2026-05-18T00:00:00Z");
        assert_eq!(moment("2026-05-18T09:30:00+02:00"), "2026-05-18T07:30:00Z");
        assert_eq!(moment("2026-05-18T09:30:00"), "2026-05-18T00:00:00Z");
        assert_eq!(moment("2026-05"), "2026-05-01T00:00:00Z");
        assert_eq!(moment("XXXX-05-18"), "1970-01-01T00:00:00Z");
    }
}
