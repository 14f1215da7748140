//! One value of the tree as a serde deserializer.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::access::{Fields, Items, Pairs, Parts};
use super::fault::{Fault, Loose};
use super::{Reading, Record};
use crate::load::problem::{Problem, code};
use crate::load::tree::{Entry, Kind, Node};
use crate::load::written;
use crate::text::Span;

/// Asks for a value as start, end, value.
pub(in crate::load) const SPANNED: &str = "$dateline::Spanned";
/// Asks for a scalar as start, end, width of its quotes, text.
pub(in crate::load) const WRITTEN: &str = "$dateline::Written";
/// Asks for a list as a newtype, and for anything else as a sequence of just that.
pub(in crate::load) const ONE_OR_MANY: &str = "$dateline::OneOrMany";
/// Asks for a table as a newtype, and for a scalar as a sequence of just that.
pub(in crate::load) const TEXT_OR: &str = "$dateline::TextOr";

/// Reads one node; a value that does not fit is a fault at the node.
pub(super) struct Reader<'r, 't> {
    node: &'t Node<'t>,
    reading: &'r mut Reading,
}

impl<'r, 't> Reader<'r, 't> {
    pub(super) fn new(node: &'t Node<'t>, reading: &'r mut Reading) -> Self {
        Self { node, reading }
    }

    fn wrong<T>(&self, expected: &str) -> Result<T, Fault> {
        Err(Fault::wrong(self.node, expected))
    }

    /// Returns text, but no number or date that looks like it.
    fn text(&self) -> Result<&'t str, Fault> {
        match &self.node.kind {
            Kind::Text(text) => Ok(text),
            _ => self.wrong("text"),
        }
    }

    /// Returns text, a number or a date as it was written.
    fn scalar(&self) -> Option<&'t str> {
        match &self.node.kind {
            Kind::Text(text) | Kind::Number(text) | Kind::Datetime(text) => Some(text),
            _ => None,
        }
    }

    fn items<V: Visitor<'t>>(self, items: &'t [Node<'t>], visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(Items { items: items.iter(), reading: self.reading })
    }
}

/// Reads whole numbers of each width, with the limits of the width in the message.
macro_rules! whole_numbers {
    ($($method:ident $visit:ident $number:ty,)*) => {$(
        fn $method<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
            let Kind::Number(written) = &self.node.kind else { return self.wrong("a whole number") };
            match written.parse::<$number>() {
                Ok(number) => visitor.$visit(number),
                Err(_) => {
                    let (least, most) = (<$number>::MIN, <$number>::MAX);
                    let message = format!("expected a whole number from {least} to {most}, found {written}");
                    Err(Fault::problem(self.node, Problem::new(code::WRONG_TYPE, message, self.node.span)))
                }
            }
        }
    )*};
}

/// Reads binary floats, for settings that are no amounts.
macro_rules! floats {
    ($($method:ident $visit:ident $number:ty,)*) => {$(
        fn $method<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
            match &self.node.kind {
                Kind::Number(written) => match written.parse::<$number>() {
                    Ok(number) => visitor.$visit(number),
                    Err(_) => self.wrong("a decimal number"),
                },
                _ => self.wrong("a number"),
            }
        }
    )*};
}

impl<'t> Deserializer<'t> for Reader<'_, 't> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(value) => visitor.visit_bool(*value),
            Kind::Number(written) => match (written.parse::<i64>(), written.parse::<f64>()) {
                (Ok(whole), _) => visitor.visit_i64(whole),
                (_, Ok(number)) => visitor.visit_f64(number),
                _ => visitor.visit_borrowed_str(written),
            },
            Kind::Datetime(text) | Kind::Text(text) => visitor.visit_borrowed_str(text),
            Kind::List(items) => self.items(items, visitor),
            Kind::Table(entries) => visitor.visit_map(Pairs::new(entries, self.reading)),
        }
    }

    fn deserialize_bool<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.kind {
            Kind::Bool(value) => visitor.visit_bool(value),
            _ => self.wrong("true or false"),
        }
    }

    whole_numbers! {
        deserialize_i8 visit_i8 i8,
        deserialize_i16 visit_i16 i16,
        deserialize_i32 visit_i32 i32,
        deserialize_i64 visit_i64 i64,
        deserialize_u8 visit_u8 u8,
        deserialize_u16 visit_u16 u16,
        deserialize_u32 visit_u32 u32,
        deserialize_u64 visit_u64 u64,
    }

    floats! {
        deserialize_f32 visit_f32 f32,
        deserialize_f64 visit_f64 f64,
    }

    fn deserialize_str<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_char<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node.kind {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(self, name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        let Span { start, end } = self.node.span;
        match (name, &self.node.kind) {
            (SPANNED, _) => visitor.visit_seq(Parts::new([start, end], self)),
            (WRITTEN, kind) => {
                let Some(text) = self.scalar() else { return self.wrong("text") };
                let quotes = written::quotes(kind, self.node.span);
                let reader = TextReader { text, span: self.node.span };
                visitor.visit_seq(Parts::new([start, end, quotes], reader))
            }
            (ONE_OR_MANY, Kind::List(_)) | (TEXT_OR, Kind::Table(_)) => visitor.visit_newtype_struct(self),
            (ONE_OR_MANY, _) => visitor.visit_seq(Parts::new([], self)),
            (TEXT_OR, _) if self.scalar().is_none() => self.wrong("text or a table"),
            (TEXT_OR, _) => visitor.visit_seq(Parts::new([], self)),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_seq<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::List(items) => self.items(items, visitor),
            _ => self.wrong("a list"),
        }
    }

    fn deserialize_map<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.node.kind {
            Kind::Table(entries) => visitor.visit_map(Pairs::new(entries, self.reading)),
            _ => self.wrong("a table"),
        }
    }

    fn deserialize_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let Kind::Table(entries) = &self.node.kind else { return self.wrong("a table") };
        let record = Record { node: self.node, entries, known };
        let complete = self.reading.made_up(self.node).is_empty();
        let mut current = None;
        match visitor.visit_map(Fields::new(record, &mut current, self.reading)) {
            Ok(_) if !complete => Err(Fault::aside(self.node)),
            Err(Fault::Loose(Loose::Missing(name))) => Err(self.reading.missing_key(name, &record)),
            Err(Fault::Loose(Loose::Repeated)) => Err(repeated(current, self.node)),
            other => other,
        }
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.text()?))
    }

    fn deserialize_ignored_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        i128 u128 bytes byte_buf unit unit_struct tuple tuple_struct identifier
    }
}

/// Reports a key that is another name of one that was given before it.
fn repeated(current: Option<&Entry<'_>>, record: &Node<'_>) -> Fault {
    let Some((key, value)) = current else { return Fault::aside(record) };
    let message = format!("key `{}` repeats one that is given under another name", key.value);
    Fault::problem(value, Problem::new(code::DUPLICATE_KEY, message, key.span))
}

/// Reads text that is no node of its own: a key, or a scalar as it was written.
#[derive(Clone, Copy)]
pub(super) struct TextReader<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
}

impl<'t> Deserializer<'t> for TextReader<'t> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_str(self.text)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(self, name: &'static str, visitor: V) -> Result<V::Value, Fault> {
        match name {
            SPANNED => visitor.visit_seq(Parts::new([self.span.start, self.span.end], self)),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(BorrowedStrDeserializer::new(self.text))
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}
