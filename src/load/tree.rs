//! The tree that TOML and YAML are both read into.

use std::borrow::Cow;

use super::problem::{Problem, code};
use crate::text::{Span, Spanned};

/// How deep lists and tables may stand in one another.
///
/// Front matter needs four levels. The limit keeps every walk of a tree, and its drop, within a small stack.
pub(super) const MAX_DEPTH: usize = 64;

/// Reports a value that stands deeper than [`MAX_DEPTH`].
pub(super) fn too_deep(span: Span) -> Problem {
    Problem::new(code::SYNTAX, format!("lists and tables are nested more than {MAX_DEPTH} deep"), span)
}

/// One value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'t> {
    /// The bytes of the file that this value was read from.
    ///
    /// Quotes and brackets belong to it. A table under a `[header]` is placed at its header, a block of YAML at its
    /// first key or item, and a value reached through an alias at that alias, for that is where an author looks.
    pub span: Span,
    /// What it is.
    pub kind: Kind<'t>,
}

/// What a value is, with nothing understood that the format itself does not say.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind<'t> {
    /// A key of YAML with nothing after it, or `null`.
    Null,
    /// True or false.
    Bool(bool),
    /// A number as written but for TOML's underscores, so that 14.30 keeps its two places.
    Number(Cow<'t, str>),
    /// A date or a time of TOML, as written; YAML 1.2 has none, and gives text.
    Datetime(Cow<'t, str>),
    /// Text, borrowed if and only if it stands in its span as it is, but for quotes.
    Text(Cow<'t, str>),
    /// Values in their order.
    List(Vec<Node<'t>>),
    /// Keys and values in the order of the file, each key once.
    Table(Vec<Entry<'t>>),
}

/// A key and its value.
pub type Entry<'t> = (Spanned<Cow<'t, str>>, Node<'t>);

impl<'t> Node<'t> {
    /// Pairs a kind with its place.
    pub(super) fn new(kind: Kind<'t>, span: Span) -> Self {
        Self { span, kind }
    }
}

impl Kind<'_> {
    /// Names the kind as a message to an author does.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Datetime(_) => "a date",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }
}
