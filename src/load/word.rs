//! A word of a closed set as it was written, read in two steps so that a wrong one spoils nothing else.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};

use super::problem::code;
use super::{Problem, Written};
use crate::diagnostic::nearest;
use crate::value::Vocabulary;

/// A word that should be one of `T`'s.
#[derive(Clone, Debug)]
pub struct Word<T> {
    written: Written,
    of: PhantomData<T>,
}

impl<T: Vocabulary> Word<T> {
    /// Looks the word up.
    ///
    /// # Errors
    /// A problem at the word, with the nearest known one or all of them.
    pub fn read(&self) -> Result<T, Problem> {
        let word = &*self.written.text;
        T::from_word(word).ok_or_else(|| {
            let known = || T::WORDS.iter().map(|(known, _)| *known);
            let help = match nearest(word, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("known are {}", known().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ")),
            };
            let message = format!("`{word}` is no {}", T::NAME);
            Problem::new(code::UNKNOWN_VALUE, message, self.written.span).help(help)
        })
    }
}

impl<'de, T> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer).map(|written| Self { written, of: PhantomData })
    }
}

impl<T: Vocabulary> JsonSchema for Word<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": T::WORDS.iter().map(|(word, _)| *word).collect::<Vec<_>>() })
    }
}
