//! Dates as pages show them.

use serde::ser::{Serialize, Serializer};

use crate::prose::escaped;
use crate::value::{Date, Day, Precision};

/// A date as a machine and as a reader sees it.
///
/// A template reads it as HTML: a `<time>` with a form that `datetime` takes, or the words alone for a span or a date
/// without a year. It is written out only when the page is rendered.
#[derive(Clone, Debug, Hash)]
pub enum DateView<'b> {
    /// A date that the briefing holds.
    Date(&'b Date),
    /// A day.
    Day(Day),
}

impl Serialize for DateView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (machine, words) = match self {
            Self::Date(date) => (html(date), date.said()),
            Self::Day(day) => (Some(day.to_string()).filter(|_| day.year() > 0), day.said()),
        };
        let words = escaped(&words);
        match machine {
            Some(machine) => {
                serializer.serialize_str(&["<time datetime=\"", &machine, "\">", &words, "</time>"].concat())
            }
            None => serializer.serialize_str(&words),
        }
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
