//! JSON Schemas (2020-12) of the JSON files, made from the types that write them.

use std::hash::Hash;
use std::io::{self, Write};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::{Record, Table};
use crate::export::{Digest, Document, Format, Out, VERSION, absolute, analysis, claim_index, timeline};
use crate::link::Briefing;

/// One schema, ready to be written.
pub(in crate::export) struct SchemaFile(Value);

impl Document for SchemaFile {
    fn digest(&self, digest: &mut Digest) {
        self.0.to_string().hash(digest);
    }

    fn write(&self, _: Format, out: &mut Out<'_>) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, &self.0)?;
        out.write_all(b"\n")
    }
}

/// Lists the names of the schemas that a site has files for.
pub(in crate::export) fn schema_names(briefing: &Briefing) -> impl Iterator<Item = &'static str> {
    let filter: &[&str] = if briefing.claims.is_empty() { &[] } else { &["claim-facets", "claim-shard"] };
    let pages = briefing.config.page_data.then_some("analysis");
    let others = ["timeline", "related"].into_iter().chain(filter.iter().copied()).chain(pages);
    Table::ALL.iter().map(|table| table.name()).chain(others)
}

/// Gives the schema of a name.
pub(in crate::export) fn schema(briefing: &Briefing, name: &str) -> SchemaFile {
    let table = Table::ALL.iter().find(|table| table.name() == name);
    let schema = match (table, name) {
        (Some(table), _) => (table.description().schema)(briefing),
        (None, "related") => of_file::<super::RelatedData<'_>>(briefing, name),
        (None, "claim-facets") => of_file::<claim_index::Facets<'_>>(briefing, name),
        (None, "claim-shard") => of_file::<claim_index::ShardFile<'_>>(briefing, name),
        (None, "timeline") => of_file::<timeline::Timeline<'_>>(briefing, name),
        (None, _) => of_file::<analysis::AnalysisData<'_>>(briefing, name),
    };
    SchemaFile(schema.to_value())
}

/// Makes the schema of the file of a table: what is said before its records, and these under its name.
pub(super) fn of_table<H: JsonSchema, R: Record>(briefing: &Briefing) -> Schema {
    let mut generator = generator();
    let records = json_schema!({ "type": "array", "items": generator.subschema_for::<R>() });
    let mut schema = H::json_schema(&mut generator);
    let entries = [
        ("$schema", "https://json-schema.org/draft/2020-12/schema".into()),
        ("$id", address(briefing, R::NAME).into()),
        ("title", R::NAME.into()),
        ("description", R::ABOUT.into()),
        ("$defs", Value::Object(generator.take_definitions(true))),
    ];
    entries.into_iter().for_each(|(key, value)| _ = schema.insert(key.to_owned(), value));
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let version = json_schema!({ "const": VERSION, "description": "The version of this form." });
        properties.insert("version".to_owned(), version.to_value());
        properties.insert(R::NAME.to_owned(), records.to_value());
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.push(R::NAME.into());
    }
    schema
}

fn of_file<T: JsonSchema>(briefing: &Briefing, name: &str) -> Schema {
    let mut schema = generator().into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), address(briefing, name).into());
    schema.insert("title".to_owned(), name.into());
    schema
}

/// Describes what is written, in which every key is there.
fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().for_serialize().into_generator()
}

fn address(briefing: &Briefing, name: &str) -> String {
    absolute(briefing, &format!("/data/schemas/{name}.json"))
}
