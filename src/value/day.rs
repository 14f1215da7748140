//! Calendar days of the proleptic Gregorian calendar.

use std::fmt;
use std::str::FromStr;

use jiff::{Span, civil};

use super::{ValueError, quoted};

/// One day of the proleptic Gregorian calendar, from the year −9999 to 9999.
///
/// Four bytes, and ordered by time. Arithmetic stops at the first and the last day rather than failing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(civil::Date);

impl Day {
    /// Makes a day, or nothing where the calendar has none such, as 30 February.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let date = civil::Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
        date.ok().map(Self)
    }

    /// Reads `YYYY-MM-DD` and nothing else; the quick way for the most frequent form of a date.
    pub(crate) fn from_iso(text: &str) -> Option<Self> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_i32, |sum, digit| {
                digit.is_ascii_digit().then(|| sum * 10 + i32::from(digit.wrapping_sub(b'0')))
            })
        };
        let (month, day) = (number(&[m1, m2])?, number(&[d1, d2])?);
        Self::new(number(&[y1, y2, y3, y4])?, month.try_into().ok()?, day.try_into().ok()?)
    }

    /// Returns the astronomical year: 0 is 1 BC.
    pub fn year(self) -> i32 {
        self.0.year().into()
    }

    /// Returns the month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// Returns the day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// Returns the day that many days later, or earlier where negative.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        self.plus(Span::new().try_days(days), days)
    }

    /// Returns the same day of a later month, or that month's last where it is shorter.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        self.plus(Span::new().try_months(months), months)
    }

    /// Adds a span; one that is too long for the calendar has failed, and goes as far as its direction leads.
    fn plus(self, span: Result<Span, jiff::Error>, direction: i32) -> Self {
        Self(match span {
            Ok(span) => self.0.saturating_add(span),
            Err(_) if direction < 0 => civil::Date::MIN,
            Err(_) => civil::Date::MAX,
        })
    }

    /// Returns how many days lie from 1 January 1970 to this day.
    pub fn number(self) -> i32 {
        Self::default().days_until(self)
    }

    /// Returns how many days lie from this day to another; negative where that is earlier.
    pub fn days_until(self, other: Self) -> i32 {
        i32::try_from(self.0.duration_until(other.0).as_hours() / 24).unwrap_or(0)
    }
}

/// The first day of 1970, from which days are numbered.
impl Default for Day {
    fn default() -> Self {
        Self(civil::Date::constant(1970, 1, 1))
    }
}

impl Day {
    /// Writes `YYYY-MM-DD` without the sign of the year.
    pub(super) fn iso(self) -> Iso {
        let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or(0);
        let (year, month, day) = (self.year().unsigned_abs(), u32::from(self.month()), u32::from(self.day()));
        let [a, b, c, z] = [year / 1000, year / 100, year / 10, year].map(digit);
        let [[m, n], [d, e]] = [month, day].map(|part| [part / 10, part].map(digit));
        Iso([a, b, c, z, b'-', m, n, b'-', d, e])
    }
}

/// A day as `YYYY-MM-DD`, for which no memory is asked for: there are hundreds of thousands of them on a large site.
pub(super) struct Iso([u8; 10]);

impl Iso {
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Writes `YYYY-MM-DD`, with a minus before a year before 0.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.year() < 0 { "-" } else { "" })?;
        f.write_str(self.iso().as_str())
    }
}

impl FromStr for Day {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Self::from_iso(text).ok_or_else(|| {
            ValueError::new(
                format!("{} is not a day", quoted(text)),
                "write a day, such as `2026-05-18`",
                0..text.len(),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect(text)
    }

    #[test]
    fn days_print_as_they_are_read() {
        assert_eq!(day("2026-05-18").to_string(), "2026-05-18");
        assert_eq!(Day::new(-44, 3, 15).map(|day| day.to_string()), Some("-0044-03-15".to_owned()));
        for text in ["2026-02-30", "2026-5-18", "2026-05-18 ", "20260518", ""] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
    }

    #[test]
    fn arithmetic_keeps_to_the_calendar() {
        assert_eq!(day("2025-10-31").plus_months(4), day("2026-02-28"));
        assert_eq!(day("2024-02-28").plus_days(2), day("2024-03-01"));
        assert_eq!(day("2025-10-22").days_until(day("2025-11-21")), 30);
        assert_eq!(day("2025-10-22").plus_days(i32::MAX), day("9999-12-31"));
        assert_eq!(day("2025-10-22").plus_months(i32::MIN).year(), -9999);
    }
}
