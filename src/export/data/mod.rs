//! Tables: all records of one kind, as one JSON object and as one CSV file.
//!
//! `tables!` names each of them once, with what its JSON says before the records. A table is a list of records that are made one by one, from the briefing, when
//! they are written: no file needs more memory than its own bytes.

mod claim;
mod entity;
mod event;
mod forecast;
mod package;
mod related;
mod relation;
mod row;
mod schema;
mod source;

use std::hash::Hash;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Digest, Document, Format, Out, VERSION};
use crate::link::Briefing;

pub use claim::ClaimRecord;
pub use relation::RelationRecord;
pub use row::{Column, Kind, Row, write_rows};

pub(super) use claim::Measured;
pub(super) use forecast::ForecastRecord;
pub(super) use package::Package;
pub(super) use related::RelatedData;
pub(super) use schema::{schema, schema_names};
pub(super) use source::SourceRecord;

/// One record of a table: a row of its CSV, an object of its JSON.
pub trait Record: Serialize + JsonSchema {
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

/// What the JSON of most tables says before the records.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub(super) struct Versioned {
    /// The version of this form.
    version: u32,
}

/// The records of a table, by their number, after what its JSON says before them.
pub(super) struct Records<'b, R, H = Versioned> {
    head: H,
    len: usize,
    record: Box<dyn Fn(usize) -> R + Send + Sync + 'b>,
}

impl<'b, R> Records<'b, R> {
    /// Makes a list of `len` records, of which `record` makes each.
    fn new(len: usize, record: impl Fn(usize) -> R + Send + Sync + 'b) -> Self {
        Self::after(Versioned { version: VERSION }, len, record)
    }
}

impl<'b, R, H> Records<'b, R, H> {
    /// Makes a list of records with something of its own before them, the version of the form among it.
    fn after(head: H, len: usize, record: impl Fn(usize) -> R + Send + Sync + 'b) -> Self {
        Self { head, len, record: Box::new(record) }
    }

    fn iter(&self) -> impl Iterator<Item = R> {
        (0..self.len).map(|at| (self.record)(at))
    }
}

impl<R: Record, H: Serialize> Records<'_, R, H> {
    /// Writes the file of a format.
    fn write_to(&self, format: Format, out: &mut Out<'_>) -> io::Result<()> {
        match format {
            Format::Csv => write_rows::<R>(out, self.iter()),
            _ => self.write_json(out),
        }
    }

    /// Writes one JSON object, each record in a line of its own.
    fn write_json(&self, out: &mut Out<'_>) -> io::Result<()> {
        let mut head = serde_json::to_vec(&self.head)?;
        // What was an object by itself goes on with the records.
        head.pop();
        out.write_all(&head)?;
        write!(out, ",\"{}\":[", R::NAME)?;
        for (at, record) in self.iter().enumerate() {
            out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &record)?;
        }
        out.write_all(b"\n]}\n")
    }
}

impl<R: Record + Hash, H: Hash + Serialize> Document for Records<'_, R, H> {
    fn digest(&self, digest: &mut Digest) {
        self.head.hash(digest);
        self.iter().for_each(|record| record.hash(digest));
    }

    fn write(&self, format: Format, out: &mut Out<'_>) -> io::Result<()> {
        self.write_to(format, out)
    }
}

/// What the package and the schemas tell of a table.
struct Description {
    name: &'static str,
    about: &'static str,
    key: &'static [&'static str],
    columns: &'static [Column],
    schema: fn(&Briefing) -> schemars::Schema,
}

/// Lists the tables that a site publishes: what each says before its records, its record, and the function that makes
/// them.
macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident: $head:ty, $record:ty, $records:path;)*) => {
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
                        schema: schema::of_table::<$head, $record>,
                    },)*
                }
            }
        }
    };
}

tables! {
    /// Every claim.
    Claims: Versioned, ClaimRecord<'_>, claim::records;
    /// Every pair of claims that meet.
    Relations: Versioned, RelationRecord<'_>, relation::Relations::of;
    /// Every work that a claim rests on.
    Sources: Versioned, SourceRecord<'_>, source::records;
    /// Every forecast, and how they did.
    Forecasts: forecast::Summary<'_>, ForecastRecord<'_>, forecast::records;
    /// Every event that a claim reports.
    Events: Versioned, event::EventRecord<'_>, event::records;
    /// Every company, unit, product and person.
    Entities: Versioned, entity::EntityRecord<'_>, entity::records;
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
