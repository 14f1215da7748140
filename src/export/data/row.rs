//! Rows of CSV (RFC 4180), in UTF-8 and with CRLF.
//!
//! A spreadsheet takes a cell for a formula that begins with `=`, `+`, `-` or `@`, and would run what somebody wrote
//! into a claim. Cells of free text that begin so, or with a tab or a line break, get a `'` before them, as OWASP
//! advises ("CSV Injection"); ids, dates, numbers and addresses are never changed.

use std::borrow::Borrow;
use std::fmt::{Display, Write as _};
use std::io;

use super::Record;

/// A column of a CSV file.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its heading.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
}

/// What the cells of a column hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// An id, a word of a closed set, or several with spaces between.
    Word,
    /// An exact number.
    Decimal,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Flag,
    /// A date in EDTF.
    Date,
    /// A day, `YYYY-MM-DD`.
    Day,
    /// A web address.
    Address,
}

impl Column {
    /// Names a column.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind }
    }
}

/// The cells of one row.
#[derive(Debug, Default)]
pub struct Row {
    record: csv::ByteRecord,
    cell: String,
}

impl Row {
    /// Adds words that somebody wrote, made safe for a spreadsheet.
    pub fn text(&mut self, text: Option<&str>) {
        let text = text.unwrap_or_default();
        if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
            self.shown(Some(format_args!("'{text}")));
        } else {
            self.record.push_field(text.as_bytes());
        }
    }

    /// Adds a word, an id or an address as it is.
    pub fn word(&mut self, word: Option<&str>) {
        self.record.push_field(word.unwrap_or_default().as_bytes());
    }

    /// Adds a number or a date as it prints.
    pub fn shown(&mut self, value: Option<impl Display>) {
        self.cell.clear();
        if let Some(value) = value {
            // Writing to a string does not fail.
            let _ = write!(self.cell, "{value}");
        }
        self.record.push_field(self.cell.as_bytes());
    }

    /// Adds several words with something between.
    pub fn list<T: Display>(&mut self, words: impl IntoIterator<Item = T>, between: &str) {
        self.cell.clear();
        for (at, word) in words.into_iter().enumerate() {
            let between = if at == 0 { "" } else { between };
            let _ = write!(self.cell, "{between}{word}");
        }
        self.record.push_field(self.cell.as_bytes());
    }
}

/// Makes a writer of CSV as RFC 4180 has it.
fn csv_writer<W: io::Write>(out: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out)
}

/// Writes a heading and a row for each record.
///
/// # Errors
/// What the writer refused.
pub fn write_rows<R: Record>(out: impl io::Write, records: impl IntoIterator<Item = impl Borrow<R>>) -> io::Result<()> {
    let mut writer = csv_writer(out);
    writer.write_record(R::COLUMNS.iter().map(|column| column.name))?;
    let mut row = Row::default();
    for record in records {
        row.record.clear();
        record.borrow().cells(&mut row);
        writer.write_byte_record(&row.record)?;
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_made_text_and_numbers_stay() {
        let mut row = Row::default();
        row.text(Some("=HYPERLINK(\"https://x\")"));
        row.text(Some("@SUM(A1)"));
        row.text(Some("-5%"));
        row.text(Some("about 5%"));
        row.shown(Some(-400));
        row.list(["a", "b"], " ");
        row.text(None);
        let cells: Vec<_> = row.record.iter().map(|cell| std::str::from_utf8(cell).unwrap()).collect();
        assert_eq!(cells, ["'=HYPERLINK(\"https://x\")", "'@SUM(A1)", "'-5%", "about 5%", "-400", "a b", ""]);
    }
}
