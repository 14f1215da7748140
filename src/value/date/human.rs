//! Dates in English words.

use crate::speech::say;
use crate::value::Day;
use edtf_core::{Date, DateField, Edtf, IntervalEndpoint, Time, TimeShift, Year, YearKind};

/// The months in their order.
pub(crate) const MONTHS: [&str; 12] = [
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

/// Writes an astronomical year for a reader of English: `2026`, and `44 BC` for −43.
pub fn year_label(year: impl Into<i64>) -> String {
    match year.into() {
        year @ 1.. => year.to_string(),
        year => say("date_before_era", &[("year", &1_i64.saturating_sub(year))]),
    }
}

impl Day {
    /// Writes the day for a reader of English, such as `18 May 2026`.
    pub fn human(self) -> String {
        let month = month_name(self.month()).unwrap_or_default();
        let iso = self.iso();
        let iso = iso.as_str();
        match (self.year(), iso.split_at_checked(4)) {
            (1000.., Some((year, _))) => {
                let day = iso.get(8..).unwrap_or_default().trim_start_matches('0');
                [day, " ", month, " ", year].concat()
            }
            (year, _) => format!("{} {month} {}", self.day(), year_label(year)),
        }
    }
}

/// Writes a date in words, or returns nothing where words would be longer than EDTF.
pub(super) fn write(date: &Edtf) -> Option<String> {
    match date {
        Edtf::Date(date) => single(date),
        Edtf::DateTime(moment) => Some(format!("{}, {}", single(&moment.date)?, clock(moment.time))),
        Edtf::Interval(interval) => between(&interval.start, &interval.end),
        Edtf::Set(_) => None,
    }
}

/// Writes one date with its marks: `about 2025`, `perhaps May 2026`.
fn single(date: &Date) -> Option<String> {
    let mark = match (date.is_uncertain(), date.is_approximate()) {
        (false, false) => "",
        (false, true) => "about ",
        (true, false) => "perhaps ",
        (true, true) => "perhaps about ",
    };
    Some(format!("{mark}{}", unmarked(date)?))
}

fn unmarked(date: &Date) -> Option<String> {
    let year = year(&date.year);
    let month = date.month.and_then(DateField::value);
    let day = date.day.and_then(DateField::value);
    let of_year = |what: String| match &year {
        KnownYear::Unknown => Some(format!("{what}, year unknown")),
        KnownYear::Whole(year) => Some(format!("{what} {year}")),
        KnownYear::Part(_) | KnownYear::Other => None,
    };
    match (month, day) {
        (Some(month), Some(day)) => of_year(format!("{day} {}", month_name(month)?)),
        (Some(month), None) if date.day.is_some() => {
            Some(format!("{}, day unknown", of_year(month_name(month)?.into())?))
        }
        (Some(month @ 1..=12), None) => of_year(month_name(month)?.into()),
        (Some(group), None) => part_of_year(group, &year),
        (None, Some(_)) => None,
        (None, None) => match (year, date.month) {
            (KnownYear::Whole(year), Some(_)) => Some(format!("{year}, month unknown")),
            (KnownYear::Whole(year) | KnownYear::Part(year), None) => Some(year),
            _ => None,
        },
    }
}

/// A year as far as it is known.
enum KnownYear {
    /// Every digit, written out.
    Whole(String),
    /// A decade or a century, written out.
    Part(String),
    /// No digit.
    Unknown,
    /// Something that has no short wording.
    Other,
}

fn year(year: &Year) -> KnownYear {
    if year.significant_digits.is_some() {
        return KnownYear::Other;
    }
    let YearKind::Standard { digits, .. } = year.kind else { return KnownYear::Other };
    match (digits, year.value()) {
        (_, Some(value)) => KnownYear::Whole(year_label(value)),
        ([None, None, None, None], None) => KnownYear::Unknown,
        ([Some(a), Some(b), Some(c), None], None) => KnownYear::Part(format!("the {a}{b}{c}0s")),
        ([Some(a), Some(b), None, None], None) => KnownYear::Part(format!("{a}{b}00–{a}{b}99")),
        _ => KnownYear::Other,
    }
}

fn month_name(month: u8) -> Option<&'static str> {
    MONTHS.get(usize::from(month).checked_sub(1)?).copied()
}

/// Names a group of months by its code, ISO 8601-2 §4.8.
fn part_of_year(code: u8, year: &KnownYear) -> Option<String> {
    let name = match code {
        21 | 25 | 29 => "spring",
        22 | 26 | 30 => "summer",
        23 | 27 | 31 => "autumn",
        24 | 28 | 32 => "winter",
        33 => "the first quarter of",
        34 => "the second quarter of",
        35 => "the third quarter of",
        36 => "the fourth quarter of",
        37 => "the first third of",
        38 => "the second third of",
        39 => "the last third of",
        40 => "the first half of",
        41 => "the second half of",
        _ => return None,
    };
    let hemisphere = match code {
        25..=28 => " (northern hemisphere)",
        29..=32 => " (southern hemisphere)",
        _ => "",
    };
    match year {
        KnownYear::Whole(year) => Some(format!("{name} {year}{hemisphere}")),
        _ => None,
    }
}

pub(super) fn clock(time: Time) -> String {
    let seconds = if time.second == 0 { String::new() } else { format!(":{:02}", time.second) };
    let zone = match time.shift {
        None => String::new(),
        Some(TimeShift::Utc) => " UTC".to_owned(),
        Some(TimeShift::Offset { minutes, .. }) => {
            let (sign, size) = (if minutes < 0 { '−' } else { '+' }, minutes.unsigned_abs());
            format!(" UTC{sign}{}:{:02}", size / 60, size % 60)
        }
    };
    format!("{:02}:{:02}{seconds}{zone}", time.hour, time.minute)
}

fn between(start: &IntervalEndpoint, end: &IntervalEndpoint) -> Option<String> {
    use IntervalEndpoint::{Date as On, Open, Unknown};
    match (start, end) {
        (On(start), On(end)) => range(start, end),
        (Open, On(end)) => Some(format!("until {}", single(end)?)),
        (On(start), Open) => Some(format!("since {}", single(start)?)),
        (Unknown, On(end)) => Some(format!("until {}, start unknown", single(end)?)),
        (On(start), Unknown) => Some(format!("from {}, end unknown", single(start)?)),
        _ => None,
    }
}

/// Writes both ends, and what they share only once: `12–15 May 2026`, `July–September 2025`.
fn range(start: &Date, end: &Date) -> Option<String> {
    let (from, to) = (single(start)?, single(end)?);
    let is_marked = |date: &Date| date.is_approximate() || date.is_uncertain();
    if is_marked(start) || is_marked(end) {
        return Some(format!("{from} – {to}"));
    }
    let month = |date: &Date| date.month.and_then(DateField::value);
    let day = |date: &Date| date.day.and_then(DateField::value);
    let same_year = start.year.value().is_some() && start.year.value() == end.year.value();
    let name = |date: &Date| month(date).and_then(month_name);
    Some(match (name(start), name(end), day(start), day(end)) {
        (Some(a), Some(b), Some(d), Some(_)) if same_year && a == b => format!("{d}–{to}"),
        (Some(a), Some(_), Some(d), Some(_)) if same_year => format!("{d} {a} – {to}"),
        (Some(a), Some(_), None, None) if same_year && start.day.is_none() && end.day.is_none() => format!("{a}–{to}"),
        _ if start.month.is_none() && end.month.is_none() => format!("{from}–{to}"),
        _ => format!("{from} – {to}"),
    })
}

#[cfg(test)]
mod tests {
    use crate::value::{Date, year_label};

    #[test]
    fn years_before_the_first_are_counted_backwards() {
        assert_eq!([2026, 1, 0, -43].map(year_label), ["2026", "1", "1 BC", "44 BC"]);
    }

    #[test]
    fn dates_read_as_english() {
        let cases = [
            ("2026-05-18", "18 May 2026"),
            ("2026-05", "May 2026"),
            ("2025", "2025"),
            ("2025~", "about 2025"),
            ("2025-05?", "perhaps May 2025"),
            ("2025-07/2025-09", "July–September 2025"),
            ("2026-05-12/2026-05-15", "12–15 May 2026"),
            ("2026-04-28/2026-05-03", "28 April – 3 May 2026"),
            ("2025-12-30/2026-01-02", "30 December 2025 – 2 January 2026"),
            ("2024/2025", "2024–2025"),
            ("2024~/2025", "about 2024 – 2025"),
            ("2025-Q3", "the third quarter of 2025"),
            ("2025-21", "spring 2025"),
            ("XXXX-11-21", "21 November, year unknown"),
            ("2004-06-XX", "June 2004, day unknown"),
            ("2004-XX", "2004, month unknown"),
            ("../2025", "until 2025"),
            ("2025-03/..", "since March 2025"),
            ("/2025", "until 2025, start unknown"),
            ("201X", "the 2010s"),
            ("19XX", "1900–1999"),
            ("-0043-03-15", "15 March 44 BC"),
            ("2026-05-18T09:30:00Z", "18 May 2026, 09:30 UTC"),
            ("2026-05-18T09:30:05-03:30", "18 May 2026, 09:30:05 UTC−3:30"),
            ("[2025,2026]", "[2025,2026]"),
        ];
        for (text, words) in cases {
            assert_eq!(Date::parse(text).expect(text).human(), words, "{text}");
        }
    }
}
