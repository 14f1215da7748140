//! Signals: what to watch, how often, and what it would say about a forecast.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Reader;
use crate::load::{OneOrMany, Written};
use crate::text::{Span, Spanned};
use crate::value::{Date, Day};

/// A signal as an author writes it in `[[signals]]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "A signal", extend("additionalProperties" = false))]
pub struct SignalMatter {
    /// What to watch.
    text: Spanned<String>,
    /// The company to watch.
    #[serde(default)]
    company: Option<Spanned<String>>,
    /// The metric to watch.
    #[serde(default)]
    metric: Option<Spanned<String>>,
    /// How often to look, such as `quarter`.
    #[serde(default)]
    every: Option<String>,
    /// When to look next.
    #[serde(default)]
    next: Option<Written>,
    /// Forecasts that it bears on.
    #[serde(default)]
    bears_on: OneOrMany<Spanned<String>>,
    /// What was seen so far.
    #[serde(default)]
    readings: Vec<ReadingMatter>,
}

/// One look at a signal, as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
struct ReadingMatter {
    /// The day of the look.
    date: Written,
    /// What was seen.
    text: String,
}

/// Something to watch.
#[derive(Clone, Debug)]
pub struct Signal {
    /// What to watch.
    pub text: Spanned<String>,
    /// The company to watch.
    pub company: Option<Spanned<String>>,
    /// The metric to watch.
    pub metric: Option<Spanned<String>>,
    /// How often to look.
    pub every: Option<String>,
    /// When to look next.
    pub next: Option<Date>,
    /// The bytes of that date.
    pub next_span: Option<Span>,
    /// Forecasts that it bears on.
    pub bears_on: Vec<Spanned<String>>,
    /// What was seen so far, the oldest first.
    pub readings: Vec<Reading>,
}

/// One look at a signal.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The day of the look.
    pub day: Day,
    /// What was seen.
    pub text: String,
}

impl SignalMatter {
    /// Understands a signal.
    pub fn read(self, reader: &mut Reader) -> Signal {
        let mut readings: Vec<Reading> = self
            .readings
            .into_iter()
            .filter_map(|reading| Some(Reading { day: reader.day(&reading.date)?.value, text: reading.text }))
            .collect();
        readings.sort_by_key(|reading| reading.day);
        Signal {
            text: self.text,
            company: self.company,
            metric: self.metric,
            every: self.every,
            next_span: self.next.as_ref().map(|next| next.span),
            next: self.next.and_then(|next| reader.date(&next)).map(|next| next.value),
            bears_on: self.bears_on.0,
            readings,
        }
    }
}
