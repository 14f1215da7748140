//! Values that an author may write short or long.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

use super::Written;
use super::de::{ONE_OR_MANY, TEXT_OR};
use super::spanned::part;

/// A list, of which a single item may be written without brackets: `authors = "Ann"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(ONE_OR_MANY, OneOrManyVisitor(PhantomData))
    }
}

struct OneOrManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = OneOrMany<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one value or a list of them")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, list: D) -> Result<OneOrMany<T>, D::Error> {
        Vec::deserialize(list).map(OneOrMany)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut one: A) -> Result<OneOrMany<T>, A::Error> {
        part(&mut one).map(|value| OneOrMany(vec![value]))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    }
}

/// Text where that says it all, or a table where there is more to say: the aliases of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextOr<T> {
    /// The short form.
    Text(Written),
    /// The long form.
    Table(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for TextOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(TEXT_OR, TextOrVisitor(PhantomData))
    }
}

struct TextOrVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for TextOrVisitor<T> {
    type Value = TextOr<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text or a table")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, table: D) -> Result<TextOr<T>, D::Error> {
        T::deserialize(table).map(TextOr::Table)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut text: A) -> Result<TextOr<T>, A::Error> {
        part(&mut text).map(TextOr::Text)
    }
}

impl<T: JsonSchema> JsonSchema for TextOr<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("TextOr_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<Written>();
        let table = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [text, table] })
    }
}
