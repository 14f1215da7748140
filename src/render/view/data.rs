//! The page of the files that a site has for others.

use schemars::JsonSchema;
use serde::Serialize;

use crate::export::{self, FileLink, Table};
use crate::link::Briefing;
use crate::speech::say;

/// The files of data.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct DataView {
    /// Tables of everything.
    pub tables: Vec<TableView>,
    /// What describes them all, and the calendar.
    pub more: Vec<FileLink>,
}

/// A table.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct TableView {
    /// What its files are called.
    pub name: &'static str,
    /// The same for a reader.
    pub title: String,
    /// What it holds, in a sentence.
    pub about: String,
    /// Its files: JSON, CSV and the JSON Schema.
    pub files: Vec<FileLink>,
}

impl DataView {
    /// Lists the files of a site.
    pub(super) fn of(briefing: &Briefing) -> Self {
        let table = |table: &Table| TableView {
            name: table.name(),
            title: say(table.name(), &[]),
            about: say(&["data_", table.name()].concat(), &[]),
            files: export::table_files(briefing, *table).into(),
        };
        Self { tables: Table::ALL.iter().map(table).collect(), more: export::other_files(briefing) }
    }
}
