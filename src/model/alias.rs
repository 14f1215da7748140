//! Other names of a company or a person, and when they count.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::Reader;
use crate::load::{TextOr, Written};
use crate::text::Spanned;
use crate::value::Day;

/// An alias as an author writes it: a text, or a table with its conditions.
#[derive(Debug)]
pub struct AliasMatter(TextOr<AliasTable>);

/// An alias with conditions, as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
struct AliasTable {
    /// The name.
    text: Spanned<String>,
    /// The first day that it was used.
    #[serde(default)]
    from: Option<Written>,
    /// The last day that it was used.
    #[serde(default)]
    to: Option<Written>,
    /// Whether its letters must stand exactly so in prose.
    #[serde(default)]
    exact: bool,
    /// A word that must stand in the same document for the alias to count.
    #[serde(default)]
    requires: Option<String>,
}

impl<'de> Deserialize<'de> for AliasMatter {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TextOr::deserialize(deserializer).map(Self)
    }
}

impl JsonSchema for AliasMatter {
    fn schema_name() -> Cow<'static, str> {
        "Alias".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<AliasTable>();
        json_schema!({ "anyOf": [{ "type": "string" }, table] })
    }
}

/// Another name.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The name and where it is written.
    pub text: Spanned<String>,
    /// The first day that it was used.
    pub from: Option<Day>,
    /// The last day that it was used.
    pub to: Option<Day>,
    /// Whether its letters must stand exactly so in prose.
    pub exact: bool,
    /// A word that must stand in the same document.
    pub requires: Option<String>,
}

impl AliasMatter {
    /// Understands an alias.
    pub fn read(self, reader: &mut Reader) -> Alias {
        match self.0 {
            TextOr::Text(text) => Alias {
                text: Spanned::new(text.text.into(), text.span),
                from: None,
                to: None,
                exact: false,
                requires: None,
            },
            TextOr::Table(table) => Alias {
                text: table.text,
                from: table.from.and_then(|day| reader.day(&day)).map(|day| day.value),
                to: table.to.and_then(|day| reader.day(&day)).map(|day| day.value),
                exact: table.exact,
                requires: table.requires,
            },
        }
    }
}
