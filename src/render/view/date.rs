//! Dates as pages show them.

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::value::{Date, Day, Precision};

/// A date as a machine and as a reader sees it.
///
/// A template reads `html`, a form that `<time datetime>` takes, none for a span or a date
/// without a year, and `text`, what readers see. They are written out only when the page is rendered.
#[derive(Clone, Debug, Hash)]
pub enum DateView<'b> {
    /// A date that the briefing holds.
    Date(&'b Date),
    /// A day.
    Day(Day),
}

impl Serialize for DateView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (html, text) = match self {
            Self::Date(date) => (html(date), date.human()),
            Self::Day(day) => (Some(day.to_string()).filter(|_| day.year() > 0), day.human()),
        };
        let mut fields = serializer.serialize_struct("DateView", 2)?;
        fields.serialize_field("html", &html)?;
        fields.serialize_field("text", &text)?;
        fields.end()
    }
}

/// Writes a date as HTML's `<time datetime>` takes it: a day, a month, a year or an instant.
fn html(date: &Date) -> Option<String> {
    let first = date.earliest().filter(|first| first.year() > 0 && !date.as_str().contains('X'))?;
    match date.precision() {
        Precision::Time => date.timestamp().map(|instant| instant.to_string()).or_else(|| Some(first.to_string())),
        Precision::Day => Some(first.to_string()),
        Precision::Month => Some(format!("{:04}-{:02}", first.year(), first.month())),
        Precision::Year => Some(format!("{:04}", first.year())),
        Precision::Season | Precision::Decade | Precision::Century | Precision::Interval => None,
    }
}
