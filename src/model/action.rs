//! Actions: what a reader could do, by when, and until when the advice holds.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Reader;
use crate::load::Written;
use crate::text::{Span, Spanned};
use crate::value::{Date, Day, Period};

/// An action as an author writes it in `[[actions]]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "An action", extend("additionalProperties" = false))]
pub struct ActionMatter {
    /// What to do.
    text: Spanned<String>,
    /// Who should do it.
    #[serde(default)]
    audience: Option<String>,
    /// By when: a date, or a length of time from the analysis's day such as `7 days`.
    #[serde(default)]
    due: Option<Written>,
    /// The date after which the advice no longer holds.
    #[serde(default)]
    until: Option<Written>,
}

/// Something that a reader could do.
#[derive(Clone, Debug)]
pub struct Action {
    /// What to do.
    pub text: Spanned<String>,
    /// Who should do it.
    pub audience: Option<String>,
    /// By when.
    pub due: Option<Date>,
    /// The date after which the advice no longer holds.
    pub until: Option<Date>,
    /// The bytes of `until`, else of `due`.
    pub span: Option<Span>,
}

impl Action {
    /// Gives the last day on which there is something left to do: that of `until`, else that of `due`.
    pub fn last_day(&self) -> Option<Day> {
        self.until.as_ref().or(self.due.as_ref())?.latest()
    }
}

impl ActionMatter {
    /// Understands an action of an analysis of `day`.
    pub fn read(self, day: Day, reader: &mut Reader) -> Action {
        Action {
            text: self.text,
            audience: self.audience,
            span: self.until.as_ref().or(self.due.as_ref()).map(|end| end.span),
            due: self.due.and_then(|due| read_due(&due, day, reader)),
            until: self.until.and_then(|until| reader.date(&until)).map(|until| until.value),
        }
    }
}

/// Reads a length of time where it is one, else a date, whose mistakes are the ones worth showing.
fn read_due(written: &Written, day: Day, reader: &mut Reader) -> Option<Date> {
    match Period::parse(&written.text) {
        Ok(period) => Some(Date::from(period.after(day))),
        Err(_) => reader.date(written).map(|date| date.value),
    }
}
