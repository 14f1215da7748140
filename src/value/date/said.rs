//! Dates in the language that is spoken now, see [`crate::speech`]: as [`human`](super::human) has them in English.

use edtf_core::{Date as Known, DateField, Edtf, IntervalEndpoint, Year, YearKind};

use super::human::clock;
use super::{Date, Precision};
use crate::speech::{Speech, spoken};
use crate::value::Day;

impl Day {
    /// Writes the day in the language that is spoken now.
    pub fn said(self) -> String {
        spoken(|speech| match speech {
            None => self.human(),
            Some(speech) => {
                let year = year_of(speech, self.year().into());
                let whole = speech.day_of_year(&year, self.month(), self.day());
                whole.unwrap_or_else(|| self.human())
            }
        })
    }
}

impl Date {
    /// Writes the date in the language that is spoken now.
    pub fn said(&self) -> String {
        spoken(|speech| match (speech, self.earliest()) {
            (None, _) => self.human(),
            (Some(_), Some(day)) if self.is_plain_day() => day.said(),
            (Some(speech), _) => {
                let date = Edtf::parse(self.as_str()).ok();
                date.and_then(|date| write(speech, &date)).unwrap_or_else(|| self.as_str().to_owned())
            }
        })
    }

    fn is_plain_day(&self) -> bool {
        self.precision() == Precision::Day
            && !self.is_approximate()
            && !self.is_uncertain()
            && self.earliest() == self.latest()
    }
}

fn write(speech: &Speech, date: &Edtf) -> Option<String> {
    match date {
        Edtf::Date(date) => single(speech, date),
        Edtf::DateTime(moment) => Some(format!("{}, {}", single(speech, &moment.date)?, clock(moment.time))),
        Edtf::Interval(interval) => between(speech, &interval.start, &interval.end),
        Edtf::Set(_) => None,
    }
}

/// Puts a date into a string of the table.
fn put(speech: &Speech, key: &str, date: &str) -> String {
    speech.say(key, &[("date", &date), ("year", &date)])
}

fn single(speech: &Speech, date: &Known) -> Option<String> {
    let plain = unmarked(speech, date)?;
    Some(match (date.is_uncertain(), date.is_approximate()) {
        (false, false) => plain,
        (false, true) => put(speech, "date_about", &plain),
        (true, false) => put(speech, "date_perhaps", &plain),
        (true, true) => put(speech, "date_perhaps_about", &plain),
    })
}

fn unmarked(speech: &Speech, date: &Known) -> Option<String> {
    let year = year(speech, &date.year);
    let month = date.month.and_then(DateField::value);
    let day = date.day.and_then(DateField::value);
    match (month, day, year) {
        (Some(month), Some(day), Some(year)) => speech.day_of_year(&year, month, day),
        (Some(month), Some(day), None) if is_unknown(&date.year) => {
            Some(put(speech, "date_no_year", &speech.day_of_month(month, day)?))
        }
        (Some(month @ 1..=12), None, Some(year)) => {
            let month = speech.month_of_year(&year, month)?;
            Some(if date.day.is_some() { put(speech, "date_no_day", &month) } else { month })
        }
        (Some(group), None, Some(year)) => part_of_year(speech, group, &year),
        (None, None, Some(year)) if date.month.is_some() => Some(put(speech, "date_no_month", &year)),
        (None, None, Some(year)) => Some(year),
        (None, None, None) if date.month.is_none() => part_of_time(speech, &date.year),
        _ => None,
    }
}

fn is_unknown(year: &Year) -> bool {
    matches!(year.kind, YearKind::Standard { digits: [None, None, None, None], .. })
}

/// Writes a year of which every digit is known.
fn year(speech: &Speech, year: &Year) -> Option<String> {
    let is_whole = year.significant_digits.is_none() && matches!(year.kind, YearKind::Standard { .. });
    year.value().filter(|_| is_whole).map(|value| year_of(speech, value))
}

fn year_of(speech: &Speech, year: i64) -> String {
    match year {
        1.. => speech.year(year),
        _ => put(speech, "date_before_era", &speech.year(1_i64.saturating_sub(year))),
    }
}

/// Writes a decade or a century.
fn part_of_time(speech: &Speech, year: &Year) -> Option<String> {
    let YearKind::Standard { digits, .. } = year.kind else { return None };
    match digits {
        [Some(a), Some(b), Some(c), None] => {
            let first = i64::from(a) * 1000 + i64::from(b) * 100 + i64::from(c) * 10;
            Some(put(speech, "date_decade", &speech.year(first)))
        }
        [Some(a), Some(b), None, None] => {
            let first = i64::from(a) * 1000 + i64::from(b) * 100;
            Some(format!("{}–{}", speech.year(first), speech.year(first + 99)))
        }
        _ => None,
    }
}

/// Names a group of months by its code, ISO 8601-2 §4.8.
fn part_of_year(speech: &Speech, code: u8, year: &str) -> Option<String> {
    let (season, hemisphere) = match code {
        21..=24 => (code - 20, None),
        25..=28 => (code - 24, Some("date_north")),
        29..=32 => (code - 28, Some("date_south")),
        33..=41 => (code - 20, None),
        _ => return None,
    };
    let part = put(speech, &format!("date_part_{season}"), year);
    Some(hemisphere.map_or_else(|| part.clone(), |key| put(speech, key, &part)))
}

fn between(speech: &Speech, start: &IntervalEndpoint, end: &IntervalEndpoint) -> Option<String> {
    use IntervalEndpoint::{Date as On, Open, Unknown};
    let one = |key, date| Some(put(speech, key, &single(speech, date)?));
    match (start, end) {
        (On(start), On(end)) => Some(format!("{} – {}", single(speech, start)?, single(speech, end)?)),
        (Open, On(end)) => one("date_until", end),
        (On(start), Open) => one("date_since", start),
        (Unknown, On(end)) => one("date_until_open", end),
        (On(start), Unknown) => one("date_from_open", start),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use crate::speech::{Speech, speaking};
    use crate::value::Date;

    #[test]
    fn dates_are_said_in_german() {
        let german = Arc::new(Speech::of("de", BTreeMap::new()));
        let cases = [
            ("2026-05-18", "18. Mai 2026"),
            ("2026-05", "Mai 2026"),
            ("2025", "2025"),
            ("2025~", "etwa 2025"),
            ("2025-05?", "vielleicht Mai 2025"),
            ("2025-07/2025-09", "Juli 2025 – September 2025"),
            ("2025-Q3", "drittes Quartal 2025"),
            ("2025-21", "Frühling 2025"),
            ("XXXX-11-21", "21. November, Jahr unbekannt"),
            ("2004-06-XX", "Juni 2004, Tag unbekannt"),
            ("../2025", "bis 2025"),
            ("201X", "die 2010er"),
            ("19XX", "1900–1999"),
            ("-0043-03-15", "15. März 44 v. Chr."),
            ("2026-05-18T09:30:00Z", "18. Mai 2026, 09:30 UTC"),
        ];
        for (text, words) in cases {
            assert_eq!(speaking(&german, || Date::parse(text).expect(text).said()), words, "{text}");
        }
        assert_eq!(Date::parse("2026-05-18").unwrap().said(), "18 May 2026");
    }
}
