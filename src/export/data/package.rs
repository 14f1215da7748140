//! `datapackage.json`: what the tables are, as Frictionless's Data Package v1 and Table Schema v1 say it.

use std::hash::Hash;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::{Column, Description, Kind, Table};
use crate::export::{Digest, Document, Format, Out};
use crate::link::Briefing;
use crate::model::slugify;

/// The description of the whole data package.
#[derive(Debug, Hash, Serialize)]
pub(in crate::export) struct Package<'b> {
    profile: &'static str,
    name: String,
    title: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'b str>,
    homepage: String,
    version: &'static str,
    resources: Vec<Resource>,
}

/// One table, as a CSV file.
#[derive(Debug, Hash, Serialize)]
struct Resource {
    profile: &'static str,
    name: &'static str,
    title: &'static str,
    path: String,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    dialect: Dialect,
    schema: TableSchema,
}

/// How the CSV is written: as RFC 4180 has it.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    delimiter: &'static str,
    line_terminator: &'static str,
    double_quote: bool,
    header: bool,
}

/// The columns of a table.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
struct TableSchema {
    fields: Vec<Field>,
    primary_key: &'static [&'static str],
    missing_values: [&'static str; 1],
}

/// One column.
#[derive(Debug, Hash, Serialize)]
struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: String,
}

impl<'b> Package<'b> {
    /// Describes the tables of a site.
    pub(in crate::export) fn of(briefing: &'b Briefing) -> Self {
        let config = &briefing.config;
        let name = slugify(&config.title, 60);
        Self {
            profile: "tabular-data-package",
            name: if name.is_empty() { "briefing".to_owned() } else { name },
            title: &config.title,
            description: config.description.as_deref(),
            homepage: format!("{}/", config.base_url),
            version: "1.0.0",
            resources: Table::ALL.iter().map(|table| resource(briefing, &table.description())).collect(),
        }
    }
}

fn resource(briefing: &Briefing, table: &Description) -> Resource {
    let schema = (table.schema)(briefing).to_value();
    Resource {
        profile: "tabular-data-resource",
        name: table.name,
        title: table.about,
        path: format!("{}.csv", table.name),
        format: "csv",
        mediatype: "text/csv",
        encoding: "utf-8",
        dialect: Dialect { delimiter: ",", line_terminator: "\r\n", double_quote: true, header: true },
        schema: TableSchema {
            fields: table.columns.iter().map(|column| field(&schema, table.name, column)).collect(),
            primary_key: table.key,
            missing_values: [""],
        },
    }
}

/// Describes a column in the words of the key that it is about.
fn field(schema: &Value, table: &str, column: &Column) -> Field {
    let kind = match column.kind {
        Kind::Text | Kind::Word | Kind::Date | Kind::Address => "string",
        Kind::Decimal => "number",
        Kind::Integer => "integer",
        Kind::Flag => "boolean",
        Kind::Day => "date",
    };
    let name = schema["properties"][table]["items"]["$ref"].as_str().and_then(|name| name.rsplit('/').next());
    let property = &schema["$defs"][name.unwrap_or_default()]["properties"][column.name];
    let description = property["description"].as_str().unwrap_or_default().to_owned();
    Field { name: column.name, kind, description }
}

impl Document for Package<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Out<'_>) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }
}
