//! Real-world events, which gather claims about one and the same happening.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Reader;
use crate::load::Written;
use crate::speech::capital;
use crate::text::{Span, Spanned};
use crate::value::Date;

/// An event as an author writes it under `[event-id]` in content/events.toml.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "An event", extend("additionalProperties" = false))]
pub struct EventMatter {
    /// What readers see; by default made from the id.
    #[serde(default)]
    label: Option<String>,
    /// When it happened, as an EDTF date.
    #[serde(default)]
    date: Option<Written>,
    /// The company that it happened at.
    #[serde(default)]
    company: Option<Spanned<String>>,
}

/// A real-world event.
#[derive(Clone, Debug)]
pub struct Event {
    /// The id that claims use.
    pub id: String,
    /// Where it is declared; empty where it is only used.
    pub span: Span,
    /// What readers see.
    pub label: String,
    /// When it happened.
    pub date: Option<Date>,
    /// The company that it happened at, by name.
    pub company: Option<Spanned<String>>,
}

impl EventMatter {
    /// Understands the event of an id; one that no claim could write is an error.
    pub fn read(self, id: Spanned<String>, reader: &mut Reader) -> Event {
        reader.id(&id);
        Event {
            label: self.label.unwrap_or_else(|| label_of(&id.value)),
            date: self.date.and_then(|date| reader.date(&date)).map(|date| date.value),
            company: self.company,
            span: id.span,
            id: id.value,
        }
    }
}

impl Event {
    /// Makes the event that claims name without declaring it.
    pub fn undeclared(id: &str) -> Self {
        Self { id: id.to_owned(), span: Span::default(), label: label_of(id), date: None, company: None }
    }
}

/// Makes a label of an id: its words, with a capital first.
pub(super) fn label_of(id: &str) -> String {
    capital(&id.replace(['-', '_', '.'], " "))
}
