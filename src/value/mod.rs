//! The small pure types that an author writes as text, each with its own grammar.
//!
//! | type | written | after |
//! |---|---|---|
//! | [`Quantity`] | `about 8,000 roles`, `$60–65 billion` | docs of the format, *Quantities* |
//! | [`Date`] | `2026-05-18`, `2025~`, `2025-07/2025-09` | EDTF, ISO 8601-2:2019 Annex A |
//! | [`Period`] | `18 months`, `7 days` | |
//! | [`Likelihood`] | `very likely` | ICD 203 of 2 January 2015, D.6.e |
//! | [`Probability`] | `0.55`, `55%` | |
//!
//! Each is read by `parse` or `FromStr`, and prints a canonical form that reads back as an equal value. What
//! does not parse is a [`ValueError`], which says where it went wrong and what would have been right.

mod currency;
mod date;
mod day;
mod fraction;
mod grammar;
mod hedge;
mod interval;
mod likelihood;
mod noun;
mod number;
mod number_words;
mod period;
mod phrase;
mod probability;
mod quantity;
pub(crate) mod running;
mod scale;
mod scan;
mod unit;
mod vocabulary;
mod written;

#[cfg(test)]
mod laws;

use std::fmt;
use std::ops::Range;

use crate::diagnostic::nearest;

pub use currency::Currency;
pub(crate) use date::MONTHS;
pub use date::{Date, Precision, year_label};
pub use day::Day;
pub use hedge::Hedge;
pub use interval::{Bound, Interval};
pub use likelihood::Likelihood;
pub use noun::Noun;
pub use period::Period;
pub use probability::Probability;
pub use quantity::{Quantity, Stated};
pub use unit::{Family, TimeUnit, Unit};
pub use vocabulary::Vocabulary;
pub use written::{format_amount, format_interval};

/// What is wrong with a text that should have been a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError {
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What would parse.
    pub help: String,
    /// The bytes of the parsed text that are meant.
    pub range: Range<usize>,
}

impl ValueError {
    /// Puts an error together.
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>, range: Range<usize>) -> Self {
        Self { message: message.into(), help: help.into(), range }
    }
}

/// Returns the bytes of a text without the space around it, or all of a blank one: what an error points at.
fn trimmed_range(text: &str) -> Range<usize> {
    match text.trim() {
        "" => 0..text.len(),
        _ => text.len() - text.trim_start().len()..text.trim_end().len(),
    }
}

/// The longest wrong text that a message quotes, and for which a near name is looked for, in characters.
const LONGEST_QUOTE: usize = 60;

/// Returns a wrong text for a message, cut where it is very long.
fn quoted(text: &str) -> String {
    match text.trim().char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("`{}…`", text.trim().get(..end).unwrap_or_default()),
        None => format!("`{}`", text.trim()),
    }
}

/// Begins a help with the known name nearest to a misspelt one, where one is near.
fn did_you_mean<'n>(text: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    let near = if text.len() <= LONGEST_QUOTE { nearest(text, known) } else { None };
    near.map(|near| format!("did you mean `{near}`? ")).unwrap_or_default()
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ValueError {}
