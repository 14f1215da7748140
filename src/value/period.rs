//! Lengths of time on the calendar, such as a prediction's `18 months`.

use std::fmt;
use std::str::FromStr;

use super::day::Day;
use super::number;
use super::scan::Cursor;
use super::unit::TimeUnit;
use super::{ValueError, quoted, trimmed_range};

const HELP: &str = "write a number of days, weeks, months or years, such as `18 months`";

/// A whole number of days, weeks, months, quarters or years, counted on the calendar.
///
/// Unlike a [`Quantity`](super::Quantity) of time it has no interval and no mean month: eighteen months after
/// 31 August is the last day of February.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    count: u16,
    unit: TimeUnit,
}

impl Period {
    /// Reads a length of time such as `7 days`, `two years` or `a year`.
    ///
    /// # Errors
    /// Where the text is no such length, or has parts smaller than a day.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let error = || ValueError::new(format!("{} is not a length of time", quoted(text)), HELP, trimmed_range(text));
        let mut cursor = Cursor::new(text);
        cursor.skip_spaces();
        let count = read_count(&mut cursor)?.ok_or_else(error)?;
        cursor.skip_spaces();
        cursor.eat("-");
        let unit = TimeUnit::from_word(cursor.rest().trim_end()).filter(|unit| *unit >= TimeUnit::Day);
        Ok(Self { count, unit: unit.ok_or_else(error)? })
    }

    /// Returns the day this long after another; a month too short for it gives its last day.
    pub fn after(self, day: Day) -> Day {
        let count = i32::from(self.count);
        match self.unit {
            TimeUnit::Week => day.plus_days(count * 7),
            TimeUnit::Month => day.plus_months(count),
            TimeUnit::Quarter => day.plus_months(count * 3),
            TimeUnit::Year => day.plus_months(count * 12),
            _ => day.plus_days(count),
        }
    }
}

/// Reads a whole number, or `a` for one; up to 65,535, so that no arithmetic on it overflows.
fn read_count(cursor: &mut Cursor<'_>) -> Result<Option<u16>, ValueError> {
    if let Some(number) = number::read(cursor)? {
        return Ok(number.amount().filter(|amount| amount.is_integer()).and_then(|amount| amount.try_into().ok()));
    }
    let is_one = cursor.eat_phrase("an") || cursor.eat_phrase("a");
    Ok(is_one.then_some(1))
}

impl FromStr for Period {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read_and_counted_on_the_calendar() {
        let start = Day::new(2025, 8, 31).expect("a day");
        let cases = [
            ("18 months", "18 months", "2027-02-28"),
            ("eighteen months", "18 months", "2027-02-28"),
            ("7 days", "7 days", "2025-09-07"),
            (" two years ", "2 years", "2027-08-31"),
            ("3 weeks", "3 weeks", "2025-09-21"),
            ("a year", "1 year", "2026-08-31"),
            ("1-month", "1 month", "2025-09-30"),
            ("two quarters", "2 quarters", "2026-02-28"),
        ];
        for (text, canonical, day) in cases {
            let period = Period::parse(text).expect(text);
            assert_eq!((period.to_string().as_str(), period.after(start).to_string().as_str()), (canonical, day));
        }
    }

    #[test]
    fn other_texts_are_errors() {
        for text in ["", "soon", "1.5 years", "-2 days", "5 minutes", "7", "70000 days", "7 days or so"] {
            assert_eq!(Period::parse(text).expect_err(text).help, HELP);
        }
    }
}
