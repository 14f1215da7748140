//! The moment that a site is built for.

use crate::value::Day;

/// The moment that a build is for: an input, so that a build repeats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The instant that embargoes are held against.
    pub instant: jiff::Timestamp,
    /// Its day in UTC, which forecasts are held against.
    pub day: Day,
}

impl Now {
    /// Takes an instant and its day in UTC.
    pub fn new(instant: jiff::Timestamp) -> Self {
        let date = instant.to_zoned(jiff::tz::TimeZone::UTC).date();
        let part = |n: i8| u8::try_from(n).unwrap_or(1);
        let day = Day::new(i32::from(date.year()), part(date.month()), part(date.day())).unwrap_or_default();
        Self { instant, day }
    }

    /// Reads `2026-05-18`, which is its first instant in UTC, or a time with its zone.
    ///
    /// # Errors
    /// Gives a sentence on what would parse.
    pub fn parse(text: &str) -> Result<Self, String> {
        instant(text).map(Self::new).ok_or_else(|| {
            format!("`{text}` is neither a day such as `2026-05-18` nor a time such as `2026-05-18T09:30:00Z`")
        })
    }
}

/// Reads a day as its first instant in UTC, or a time with its zone.
pub fn instant(text: &str) -> Option<jiff::Timestamp> {
    if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
        return Some(timestamp);
    }
    let date = text.parse::<jiff::civil::Date>().ok().filter(|_| text.len() == "2026-05-18".len())?;
    Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_its_first_instant() {
        assert_eq!(Now::parse("2026-05-18").unwrap().instant.to_string(), "2026-05-18T00:00:00Z");
        assert_eq!(Now::parse("2026-05-18T23:30:00-02:00").unwrap().day.to_string(), "2026-05-19");
        assert!(Now::parse("18/05/2026").is_err());
    }
}
