//! Tables: all records of one kind, as one JSON object and as one CSV file.
//!
//! [`tables!`] names each of them once. A table is a list of records that are made one by one, from the briefing, when
//! they are written: no file needs more memory than its own bytes.

mod claim;
mod entity;
mod event;
mod package;
mod row;
mod schema;
mod source;

use std::hash::Hash;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Digest, Document, Format, VERSION};
use crate::link::Briefing;

pub use claim::ClaimRecord;
pub use row::{Column, Kind, Row, write_rows};

pub(super) use claim::Measured;
pub(super) use package::Package;
pub(super) use schema::{schema, schema_names};
pub(super) use source::SourceRecord;

/// One record of a table: a row of its CSV, an object of its JSON.
pub trait Record: Hash + Serialize + JsonSchema {
    /// The key that the records stand under in JSON, and the name of the files.
    const NAME: &'static str;

    /// What the table holds, in a sentence.
    const ABOUT: &'static str;

    /// The columns that tell a record from all others.
    const KEY: &'static [&'static str];

    /// The columns of the CSV, each named as the key of the JSON that it is about.
    const COLUMNS: &'static [Column];

    /// Writes the cells of the record, one for each column.
    fn cells(&self, row: &mut Row);
}

/// The records of a table, by their number.
pub(super) struct Records<'b, R> {
    len: usize,
    record: Box<dyn Fn(usize) -> R + Send + Sync + 'b>,
}

impl<'b, R> Records<'b, R> {
    /// Makes a list of `len` records, of which `record` makes each.
    fn new(len: usize, record: impl Fn(usize) -> R + Send + Sync + 'b) -> Self {
        Self { len, record: Box::new(record) }
    }

    fn iter(&self) -> impl Iterator<Item = R> {
        (0..self.len).map(|at| (self.record)(at))
    }
}

/// How many bytes a record takes in a file, to make room for all of them at once.
const USUAL_RECORD: usize = 640;

impl<R: Record> Document for Records<'_, R> {
    fn digest(&self, digest: &mut Digest) {
        self.iter().for_each(|record| record.hash(digest));
    }

    fn write(&self, format: Format, out: &mut Vec<u8>) -> io::Result<()> {
        out.reserve(self.len.saturating_mul(USUAL_RECORD));
        match format {
            Format::Csv => write_rows::<R>(out, self.iter()),
            _ => write_json(out, self.iter()),
        }
    }
}

/// Writes records as the array of one JSON object, each in a line of its own.
fn write_json<R: Record>(out: &mut Vec<u8>, records: impl Iterator<Item = R>) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"{}\":[", R::NAME)?;
    for (at, record) in records.enumerate() {
        out.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut *out, &record)?;
    }
    out.extend_from_slice(b"\n]}\n");
    Ok(())
}

/// What the package and the schemas tell of a table.
struct Description {
    name: &'static str,
    about: &'static str,
    key: &'static [&'static str],
    columns: &'static [Column],
    schema: fn(&Briefing) -> schemars::Schema,
}

/// Lists the tables that a site publishes: each by its record, and the function that makes its records.
macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident: $record:ty, $records:path;)*) => {
        /// A table that a site publishes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Table {
            $($(#[$doc])* $name,)*
        }

        impl Table {
            /// Every table, the largest first.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Gives the name of its files.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => <$record>::NAME,)*
                }
            }

            /// Says what it holds, in a sentence.
            pub fn about(self) -> &'static str {
                self.description().about
            }

            /// Gives its records.
            pub(super) fn document<'b>(self, briefing: &'b Briefing) -> Box<dyn Document + 'b> {
                match self {
                    $(Self::$name => Box::new($records(briefing)),)*
                }
            }

            fn description(self) -> Description {
                match self {
                    $(Self::$name => Description {
                        name: <$record>::NAME,
                        about: <$record>::ABOUT,
                        key: <$record>::KEY,
                        columns: <$record>::COLUMNS,
                        schema: schema::of_table::<$record>,
                    },)*
                }
            }
        }
    };
}

tables! {
    /// Every claim.
    Claims: ClaimRecord<'_>, claim::records;
    /// Every work that a claim rests on.
    Sources: SourceRecord<'_>, source::records;
    /// Every event that a claim reports.
    Events: event::EventRecord<'_>, event::records;
    /// Every company, unit, product and person.
    Entities: entity::EntityRecord<'_>, entity::records;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_column_is_a_key_of_the_json() {
        let (briefing, _) = crate::export::tests::briefing();
        for table in Table::ALL {
            let Description { columns, schema, key, .. } = table.description();
            let schema = schema(&briefing).to_value();
            let record = &schema["properties"][table.name()]["items"]["$ref"];
            let name = record.as_str().unwrap().rsplit('/').next().unwrap();
            let properties = schema["$defs"][name]["properties"].as_object().unwrap();
            let names: BTreeSet<_> = columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), columns.len());
            assert!(names.iter().all(|name| properties.contains_key(*name)), "{names:?} {properties:#?}");
            assert!(key.iter().all(|name| names.contains(name)));
        }
    }
}
