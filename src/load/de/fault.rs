//! What serde is told of a mistake, and what becomes of it once its place is known.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use super::{Id, suggestion};
use crate::load::problem::{Problem, code};
use crate::load::tree::{Kind, Node};
use crate::text::Span;

/// The error of the deserializer.
#[derive(Debug)]
pub(super) enum Fault {
    /// Raised by a visitor, which knows no places.
    Loose(Loose),
    /// Ready to be acted on.
    Settled(Settled),
}

/// A fault without its place.
#[derive(Debug)]
pub(super) enum Loose {
    /// A struct lacks this key.
    Missing(&'static str),
    /// A struct was given the same field twice, under two names.
    Repeated,
    /// A value of another kind was expected.
    Expected(String),
    /// Anything else: its code, its message and its help.
    Other(&'static str, String, Option<String>),
}

/// A fault with its place.
#[derive(Debug)]
pub(super) enum Settled {
    /// To be reported, and its value set aside.
    Problem(Id, Box<Problem>),
    /// A value to be set aside without a word, for all that is wrong with it has been reported.
    Aside(Id),
    /// Already taken care of; another pass will tell more.
    Again,
}

impl Fault {
    /// Reports that a node is not what was expected of it.
    pub(super) fn wrong(node: &Node<'_>, expected: &str) -> Self {
        let found = node.kind.name();
        let help = match (expected, &node.kind) {
            ("text", Kind::Number(written) | Kind::Datetime(written)) => Some(format!("write `\"{written}\"`")),
            ("text", Kind::Bool(value)) => Some(format!("write `\"{value}\"`")),
            ("a list", Kind::Text(_) | Kind::Number(_) | Kind::Datetime(_)) => {
                Some("put it between brackets, as the one item of a list".to_owned())
            }
            _ => None,
        };
        let problem = Problem::new(code::WRONG_TYPE, format!("expected {expected}, found {found}"), node.span);
        Self::problem(node, problem.maybe_help(help))
    }

    /// Reports a problem, and sets its node aside.
    pub(super) fn problem(node: &Node<'_>, problem: Problem) -> Self {
        Self::Settled(Settled::Problem(Id::of(node), Box::new(problem)))
    }

    /// Sets a node aside without a word.
    pub(super) fn aside(node: &Node<'_>) -> Self {
        Self::Settled(Settled::Aside(Id::of(node)))
    }

    /// Gives a fault without a place that of the node which was being read.
    #[must_use]
    pub(super) fn at(self, node: &Node<'_>) -> Self {
        Self::Settled(self.settle(node))
    }

    /// Gives a fault of a key the place of the key, and sets its value aside.
    #[must_use]
    pub(super) fn at_key(self, key: Span, value: &Node<'_>) -> Self {
        let mut settled = self.settle(value);
        if let Settled::Problem(_, problem) = &mut settled {
            problem.span = key;
        }
        Self::Settled(settled)
    }

    /// Does what [`Fault::at`] does, and hands out the result.
    pub(super) fn settle(self, node: &Node<'_>) -> Settled {
        let (code, message, help) = match self {
            Self::Settled(settled) => return settled,
            Self::Loose(Loose::Missing(key)) => (code::MISSING_KEY, format!("missing key `{key}`"), None),
            Self::Loose(Loose::Repeated) => (code::DUPLICATE_KEY, "a key is given twice".to_owned(), None),
            Self::Loose(Loose::Expected(expected)) => {
                (code::WRONG_TYPE, format!("expected {expected}, found {}", node.kind.name()), None)
            }
            Self::Loose(Loose::Other(code, message, help)) => (code, message, help),
        };
        Settled::Problem(Id::of(node), Box::new(Problem::new(code, message, node.span).maybe_help(help)))
    }

    fn other(code: &'static str, message: String, help: Option<String>) -> Self {
        Self::Loose(Loose::Other(code, message, help))
    }
}

impl Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::other(code::WRONG_TYPE, message.to_string(), None)
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Loose(Loose::Expected(expected.to_string()))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("expected {expected}, found {found}"))
    }

    fn unknown_variant(variant: &str, known: &'static [&'static str]) -> Self {
        Self::other(code::UNKNOWN_VALUE, format!("unknown value `{variant}`"), suggestion(variant, known))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Loose(Loose::Missing(field))
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self::Loose(Loose::Repeated)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settled(Settled::Problem(_, problem)) => f.write_str(&problem.message),
            other => write!(f, "{other:?}"),
        }
    }
}

impl std::error::Error for Fault {}
