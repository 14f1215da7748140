//! Dates as a language writes them: the patterns of CLDR, taken apart once, so that a date is put together fast.

use icu_calendar::Gregorian;
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{M, MD, YM, YMD};
use icu_datetime::input::Date;
use icu_decimal::DecimalFormatter;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale_core::Locale;

/// How a language writes dates, by month.
#[derive(Debug)]
pub(super) struct Patterns {
    full: Vec<Vec<Piece>>,
    month: Vec<Vec<Piece>>,
    short: Vec<Vec<Piece>>,
    day: Vec<Vec<Piece>>,
    /// The digits from 0 on.
    digits: Vec<String>,
}

/// A piece of a pattern.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Year,
    Day,
}

/// The date that patterns are read from: its numbers stand for nothing else in it.
const YEAR: i32 = 2047;
const DAY: u8 = 23;

impl Patterns {
    /// Reads the patterns of a language, for the calendar of ISO 8601.
    pub(super) fn of(locale: &Locale) -> Self {
        let digits = digits(locale);
        let number = |n: i64| write(&digits, n);
        let (year, day) = (number(i64::from(YEAR)), number(i64::from(DAY)));
        let cut = |text: String| pieces(&text, &year, &day);
        macro_rules! months {
            ($fields:expr) => {{
                let formatter = FixedCalendarDateTimeFormatter::<Gregorian, _>::try_new(locale.into(), $fields);
                let date = |month| Date::try_new_gregorian(YEAR, month, DAY).ok();
                let written = move |month| Some(formatter.as_ref().ok()?.format(&date(month)?).to_string());
                (1..=12).map(move |month| written(month).unwrap_or_default())
            }};
        }
        // CLDR has months in short among numbers alone: the name of the month is put into the long pattern.
        let names = months!(M::long()).zip(months!(M::medium()));
        let short = months!(YM::long()).zip(names).map(|(text, (long, short))| text.replacen(&long, &short, 1));
        Self {
            full: months!(YMD::long()).map(&cut).collect(),
            month: months!(YM::long()).map(&cut).collect(),
            short: short.map(&cut).collect(),
            day: months!(MD::long()).map(&cut).collect(),
            digits,
        }
    }

    /// Writes a day; `year` is in words of its own where it is before the first.
    pub(super) fn day_of_year(&self, year: &str, month: u8, day: u8) -> Option<String> {
        self.put(&self.full, year, month, day)
    }

    /// Writes a month of a year.
    pub(super) fn month_of_year(&self, year: &str, month: u8) -> Option<String> {
        self.put(&self.month, year, month, 0)
    }

    /// Writes a month of a year where there is little room.
    pub(super) fn short_month_of_year(&self, year: &str, month: u8) -> Option<String> {
        self.put(&self.short, year, month, 0)
    }

    /// Writes a day of a month whose year nobody knows or another date has.
    pub(super) fn day_of_month(&self, month: u8, day: u8) -> Option<String> {
        self.put(&self.day, "", month, day)
    }

    /// Writes a number without marks, as years and days are.
    pub(super) fn number(&self, n: i64) -> String {
        write(&self.digits, n)
    }

    fn put(&self, months: &[Vec<Piece>], year: &str, month: u8, day: u8) -> Option<String> {
        let pieces = months.get(usize::from(month).checked_sub(1)?)?;
        let mut out = String::with_capacity(24);
        for piece in pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Year => out.push_str(year),
                Piece::Day => out.push_str(&self.number(i64::from(day))),
            }
        }
        Some(out)
    }
}

/// Takes a written date apart.
fn pieces(text: &str, year: &str, day: &str) -> Vec<Piece> {
    let mut rest = text;
    let mut pieces = Vec::new();
    loop {
        let (at_year, at_day) = (rest.find(year), rest.find(day));
        let (at, length, piece) = match (at_year, at_day) {
            (Some(at), other) if other.is_none_or(|other| at <= other) => (at, year.len(), Piece::Year),
            (_, Some(at)) => (at, day.len(), Piece::Day),
            _ => break,
        };
        let (before, after) = rest.split_at(at);
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(piece);
        rest = after.get(length..).unwrap_or_default();
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

fn digits(locale: &Locale) -> Vec<String> {
    let mut options = DecimalFormatterOptions::default();
    options.grouping_strategy = Some(GroupingStrategy::Never);
    let formatter = DecimalFormatter::try_new(locale.into(), options).ok();
    let digit = |n: u8| {
        let written = formatter.as_ref().map(|formatter| formatter.format(&n.into()).to_string());
        written.unwrap_or_else(|| n.to_string())
    };
    (0..10).map(digit).collect()
}

fn write(digits: &[String], n: i64) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|d| digits.get(d as usize)).cloned().unwrap_or_else(|| c.to_string());
    n.to_string().chars().map(digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_its_language_writes_it() {
        let written = |tag: &str| {
            let patterns = Patterns::of(&tag.parse().unwrap());
            let year = patterns.number(2026);
            (
                patterns.day_of_year(&year, 5, 8).unwrap(),
                patterns.month_of_year(&year, 5).unwrap(),
                patterns.day_of_month(5, 8).unwrap(),
            )
        };
        let short = |tag: &str| Patterns::of(&tag.parse().unwrap()).short_month_of_year("2026", 8).unwrap();
        assert_eq!([short("de"), short("ja")], ["Aug 2026", "2026年8月"]);
        let expected = |full: &str, month: &str, day: &str| (full.to_owned(), month.to_owned(), day.to_owned());
        assert_eq!(written("en-GB"), expected("8 May 2026", "May 2026", "8 May"));
        assert_eq!(written("de"), expected("8. Mai 2026", "Mai 2026", "8. Mai"));
        assert_eq!(written("fr"), expected("8 mai 2026", "mai 2026", "8 mai"));
        assert_eq!(written("ja"), expected("2026年5月8日", "2026年5月", "5月8日"));
        assert_eq!(written("he"), expected("8 במאי 2026", "מאי 2026", "8 במאי"));
        assert_eq!(written("ar-EG").0, "٨ مايو ٢٠٢٦");
    }
}
