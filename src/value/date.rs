//! Dates of any precision, in EDTF (ISO 8601-2:2019 Annex A) and a little more.

mod hint;
mod human;
mod said;

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use edtf_core::{self as edtf, Edtf};

use super::ValueError;
use super::day::Day;

pub(crate) use human::MONTHS;
pub use human::year_label;

/// How much of a date is stated, the finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// A day with a time: `2026-05-18T09:30:00Z`.
    Time,
    /// `2026-05-18`.
    Day,
    /// `2026-05`, or a day of it that is not known: `2026-05-XX`.
    Month,
    /// A quarter, season or other part of a year: `2025-Q3`, `2025-22`.
    Season,
    /// `2025`.
    Year,
    /// `201X`.
    Decade,
    /// `19XX`, and whatever is coarser.
    Century,
    /// Two ends, or several dates: `2025-07/2025-09`.
    Interval,
}

/// A date as an author knows it, from a second to a century, with its marks of doubt.
///
/// It is kept as canonical EDTF with the days that it spans; two dates are equal where they are written alike
/// in that form.
///
/// ```
/// use dateline::value::Date;
///
/// let date: Date = "2025-Q3".parse()?;
/// assert_eq!(date.to_string(), "2025-35");
/// assert_eq!(date.earliest().map(|day| day.to_string()).as_deref(), Some("2025-07-01"));
/// # Ok::<(), dateline::value::ValueError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date {
    text: Box<str>,
    earliest: Option<Day>,
    latest: Option<Day>,
    precision: Precision,
    is_approximate: bool,
    is_uncertain: bool,
    is_undated: bool,
}

impl Date {
    /// Reads a date.
    ///
    /// Beside EDTF it takes quarters as `2025-Q3`, and times as TOML and YAML write them: with a space for the `T`,
    /// fractions of a second (which are dropped) or without seconds.
    ///
    /// # Errors
    /// Where the text is no date; the help shows the form that was likely meant, such as `2026-05-18` for
    /// `18/05/2026`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let trimmed = text.trim();
        if let Some(day) = Day::from_iso(trimmed) {
            return Ok(Self::from(day));
        }
        let start = text.len() - text.trim_start().len();
        let spelt = normalised(trimmed);
        Edtf::parse(&spelt).map(|date| Self::from_edtf(&date)).map_err(|error| {
            let offset = error.offset.min(trimmed.len());
            hint::explain(trimmed, offset, error.message, start)
        })
    }

    /// Reads a date as running text has it, such as `18 May 2026`, `May 2026` or `Q3 2025`; none where it may be two.
    pub fn in_words(text: &str) -> Option<Self> {
        Self::parse(&hint::meant(text)?).ok()
    }

    fn from_edtf(date: &Edtf) -> Self {
        let bounds = date.bounds();
        let is_undated = is_undated(date);
        let known = |bound| if is_undated { None } else { day_of(bound) };
        Self {
            text: date.to_string().into(),
            earliest: known(bounds.earliest),
            latest: known(bounds.latest),
            precision: precision(date),
            is_approximate: date.is_approximate(),
            is_uncertain: date.is_uncertain(),
            is_undated,
        }
    }

    /// Returns the canonical EDTF.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the first day that it may mean; nothing where it is open, unknown or outside of the years ±9999.
    pub fn earliest(&self) -> Option<Day> {
        self.earliest
    }

    /// Returns the last day that it may mean; nothing where it is open, unknown or outside of the years ±9999.
    pub fn latest(&self) -> Option<Day> {
        self.latest
    }

    /// Returns how much of it is stated.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Tells whether a part of it is marked `~`.
    pub fn is_approximate(&self) -> bool {
        self.is_approximate
    }

    /// Tells whether a part of it is marked `?`.
    pub fn is_uncertain(&self) -> bool {
        self.is_uncertain
    }

    /// Tells whether no digit of its year is known, as in `XXXX-11-21`: it has no place on a timeline.
    pub fn is_undated(&self) -> bool {
        self.is_undated
    }

    /// Returns the moment of a time with a zone; nothing for all else.
    pub fn timestamp(&self) -> Option<jiff::Timestamp> {
        if self.precision == Precision::Time { self.text.parse().ok() } else { None }
    }

    /// Tells whether the two may share a day; an open end reaches without limit, and an undated date anywhere.
    pub fn meets(&self, other: &Self) -> bool {
        let starts_by = |start: Option<Day>, end: Option<Day>| start.is_none() || end.is_none() || start <= end;
        starts_by(self.earliest, other.latest) && starts_by(other.earliest, self.latest)
    }

    /// Tells whether every day of the other lies in this one, as those of a quarter do in its year.
    pub fn contains(&self, other: &Self) -> bool {
        let from = self.earliest.is_none_or(|start| other.earliest.is_some_and(|day| start <= day));
        let until = self.latest.is_none_or(|end| other.latest.is_some_and(|day| day <= end));
        from && until && !self.is_undated && !other.is_undated
    }

    /// Tells whether the two span the same days, whatever their marks of doubt; never so for undated ones.
    pub fn same_period(&self, other: &Self) -> bool {
        (self.earliest, self.latest) == (other.earliest, other.latest) && !self.is_undated && !other.is_undated
    }

    /// Writes the date for a reader of English, such as `18 May 2026` or `July–September 2025`.
    ///
    /// What has no short wording, such as a set of dates, stays EDTF.
    pub fn human(&self) -> String {
        if let (Some(day), Precision::Day, false, false) =
            (self.earliest, self.precision, self.is_approximate, self.is_uncertain)
            && self.latest == Some(day)
        {
            return day.human();
        }
        Edtf::parse(&self.text).ok().and_then(|date| human::write(&date)).unwrap_or_else(|| self.text.to_string())
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self {
            text: day.to_string().into(),
            earliest: Some(day),
            latest: Some(day),
            precision: Precision::Day,
            is_approximate: false,
            is_uncertain: false,
            is_undated: false,
        }
    }
}

impl FromStr for Date {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({})", self.text)
    }
}

/// Brings quarters and times into the spelling of EDTF, in which quarters are the groups 33 to 36.
fn normalised(text: &str) -> Cow<'_, str> {
    if let Some(time) = normalised_time(text) {
        return Cow::Owned(time);
    }
    if !text.contains("-Q") {
        return Cow::Borrowed(text);
    }
    let quarters = [("-Q1", "-33"), ("-Q2", "-34"), ("-Q3", "-35"), ("-Q4", "-36")];
    Cow::Owned(quarters.iter().fold(text.to_owned(), |text, (quarter, group)| text.replace(quarter, group)))
}

/// Spells out a time as `YYYY-MM-DDThh:mm:ss` and its zone, or returns nothing where the text is no day with a time.
fn normalised_time(text: &str) -> Option<String> {
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    Day::from_iso(date)?;
    let clock = rest.strip_prefix(['T', 't', ' '])?.trim_start();
    let zone_at = clock.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(clock.len());
    let (clock, zone) = clock.split_at_checked(zone_at)?;
    let whole = clock.split('.').next().unwrap_or_default();
    let seconds = if whole.len() == 5 { ":00" } else { "" };
    let zone = match zone.trim_start() {
        "z" | "+00:00" | "-00:00" => "Z",
        zone => zone,
    };
    Some(format!("{date}T{whole}{seconds}{zone}"))
}

fn day_of(bound: edtf::Bound) -> Option<Day> {
    match bound {
        edtf::Bound::Date(date) => Day::new(date.year.try_into().ok()?, date.month, date.day),
        _ => None,
    }
}

/// Tells whether a single date has no known digit in its year.
fn is_undated(date: &Edtf) -> bool {
    let Edtf::Date(date) = date else { return false };
    matches!(date.year.kind, edtf::YearKind::Standard { digits, .. } if digits.iter().all(Option::is_none))
}

fn precision(date: &Edtf) -> Precision {
    match date {
        Edtf::DateTime(_) => Precision::Time,
        Edtf::Interval(_) | Edtf::Set(_) => Precision::Interval,
        Edtf::Date(date) => date_precision(date),
    }
}

/// Returns the precision of what is known: `2004-06-XX` is a month, `2004-XX` a year.
fn date_precision(date: &edtf::Date) -> Precision {
    let month = date.month.and_then(edtf::DateField::value);
    let day = date.day.and_then(edtf::DateField::value);
    match (month, day) {
        (Some(_), Some(_)) => Precision::Day,
        (Some(21..), None) => Precision::Season,
        (Some(_), None) => Precision::Month,
        (None, _) => year_precision(&date.year),
    }
}

fn year_precision(year: &edtf::Year) -> Precision {
    let unknown = match (year.kind, year.significant_digits) {
        (edtf::YearKind::Standard { digits, .. }, None) => digits.iter().filter(|digit| digit.is_none()).count(),
        (edtf::YearKind::Standard { .. }, Some(3)) => 1,
        (_, None | Some(4)) => 0,
        (_, Some(_)) => 2,
    };
    match unknown {
        0 => Precision::Year,
        1 => Precision::Decade,
        _ => Precision::Century,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    fn span(text: &str) -> (String, String) {
        let show = |day: Option<Day>| day.map_or("none".to_owned(), |day| day.to_string());
        (show(date(text).earliest()), show(date(text).latest()))
    }

    #[test]
    fn dates_of_the_format_span_their_days() {
        let cases = [
            ("2026-05-18", "2026-05-18", "2026-05-18"),
            ("2026-05", "2026-05-01", "2026-05-31"),
            ("2025", "2025-01-01", "2025-12-31"),
            ("2025~", "2025-01-01", "2025-12-31"),
            ("2025-07/2025-09", "2025-07-01", "2025-09-30"),
            ("2025-Q3", "2025-07-01", "2025-09-30"),
            ("2025-Q1/2025-Q2", "2025-01-01", "2025-06-30"),
            ("XXXX-11-21", "none", "none"),
            ("../2025", "none", "2025-12-31"),
            ("2025/..", "2025-01-01", "none"),
            ("201X", "2010-01-01", "2019-12-31"),
            ("2026-05-18T09:30:00Z", "2026-05-18", "2026-05-18"),
        ];
        for (text, earliest, latest) in cases {
            assert_eq!(span(text), (earliest.to_owned(), latest.to_owned()), "{text}");
        }
    }

    #[test]
    fn times_are_read_as_toml_and_yaml_write_them() {
        let cases = [
            ("2026-05-18T09:30:00Z", "2026-05-18T09:30:00Z"),
            ("2026-05-18 09:30:00z", "2026-05-18T09:30:00Z"),
            ("2026-05-18t09:30:00.125+02:00", "2026-05-18T09:30:00+02:00"),
            ("2026-05-18T09:30-05:00", "2026-05-18T09:30:00-05:00"),
            ("2026-05-18 09:30:00 +02:00", "2026-05-18T09:30:00+02:00"),
        ];
        for (text, canonical) in cases {
            assert_eq!(date(text).as_str(), canonical);
            assert_eq!(date(text).precision(), Precision::Time);
        }
        let stamp = date("2026-05-18 09:30:00+02:00").timestamp().map(|stamp| stamp.to_string());
        assert_eq!(stamp.as_deref(), Some("2026-05-18T07:30:00Z"));
        assert_eq!(date("2026-05-18T09:30:00").timestamp(), None);
    }

    #[test]
    fn precision_is_that_of_what_is_known() {
        let of = |text| date(text).precision();
        assert_eq!(
            [of("2004-06-XX"), of("2004-XX"), of("2004-XX-XX")],
            [Precision::Month, Precision::Year, Precision::Year]
        );
        assert_eq!([of("201X"), of("19XX"), of("1950S3"), of("Y170000002")], {
            [Precision::Decade, Precision::Century, Precision::Decade, Precision::Year]
        });
        assert_eq!([of("2025-35"), of("XXXX-11-21")], [Precision::Season, Precision::Day]);
        assert!(Precision::Time < Precision::Day && Precision::Year < Precision::Interval);
    }

    #[test]
    fn marks_of_doubt_are_kept() {
        assert!(date("2025~").is_approximate() && !date("2025~").is_uncertain());
        assert!(date("2025-05?").is_uncertain());
        assert!(date("2025%").is_uncertain() && date("2025%").is_approximate());
        assert!(date("XXXX-11-21").is_undated() && !date("201X").is_undated());
    }

    #[test]
    fn periods_are_compared_by_their_days() {
        assert!(date("2025").contains(&date("2025-Q3")) && !date("2025").same_period(&date("2025-Q3")));
        assert!(date("2025-Q3").same_period(&date("2025-07/2025-09")));
        assert!(date("2025~").same_period(&date("2025")));
        assert!(!date("2025").meets(&date("2026-01-01")));
        assert!(date("2025/..").meets(&date("2030")) && date("2025/..").contains(&date("2030")));
        assert!(!date("2025").contains(&date("2025/..")));
        assert!(date("XXXX-11-21").meets(&date("2025")) && !date("XXXX-11-21").same_period(&date("XXXX-11-21")));
    }
}
