//! The claims of a publication, one after the other.

use std::io::Write;

use serde::Serialize;

use super::Format;
use crate::cli::Failure;
use crate::export::{ClaimRecord, VERSION, write_rows};
use crate::ids::ClaimId;
use crate::link::Briefing;
use crate::report::{clean, write_json};

/// Prints claims.
pub(super) fn print(briefing: &Briefing, claims: impl Iterator<Item = ClaimId>, format: Format) -> Result<(), Failure> {
    let claims: Vec<ClaimRecord<'_>> = claims.map(|id| ClaimRecord::of(briefing, id)).collect();
    match format {
        Format::Table => Ok(table(&claims)?),
        Format::Json => Ok(write_json(&mut std::io::stdout().lock(), &ClaimsJson { version: VERSION, claims })?),
        Format::Csv => Ok(write_rows::<ClaimRecord<'_>>(std::io::stdout().lock(), claims)?),
    }
}

/// What `--format json` prints; the shape is docs/cli.md's, and `version` changes with it.
#[derive(Debug, Serialize)]
struct ClaimsJson<'b> {
    version: u32,
    claims: Vec<ClaimRecord<'b>>,
}

/// Writes a claim for a person: its id, its text, and a line for each thing that is known.
pub(super) fn write(claim: &ClaimRecord<'_>, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "{}\n{}\n", clean(&claim.id.to_string()), clean(claim.text))?;
    let (date, stated) = (claim.date.map(|date| date.to_string()), claim.stated.map(|date| date.to_string()));
    let lines = [
        ("company", claim.company),
        ("person", claim.person),
        ("metric", claim.metric),
        ("value", claim.value),
        ("date", date.as_deref()),
        ("scenario", Some(claim.scenario)),
        ("stated", stated.as_deref()),
        ("status", Some(claim.status)),
    ];
    for (name, value) in lines {
        if let Some(value) = value {
            writeln!(out, "{name:8}  {}", clean(value))?;
        }
    }
    Ok(())
}

/// The columns of the table, and how wide each may be.
const COLUMNS: [(&str, usize); 7] =
    [("date", 12), ("company", 24), ("metric", 20), ("value", 24), ("status", 10), ("sources", 7), ("claim", 60)];

fn table(claims: &[ClaimRecord<'_>]) -> std::io::Result<()> {
    let rows: Vec<[String; 7]> = claims.iter().map(cells).collect();
    let width = |column: usize| {
        let longest = rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        longest.clamp(COLUMNS[column].0.len(), COLUMNS[column].1)
    };
    let widths: Vec<usize> = (0..COLUMNS.len()).map(width).collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut line = |row: &[String]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{:width$}", cut(cell, *width)));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    line(&COLUMNS.map(|(name, _)| name.to_owned()))?;
    rows.iter().try_for_each(|row| line(row))?;
    writeln!(out, "{} claims", claims.len())
}

fn cells(claim: &ClaimRecord<'_>) -> [String; 7] {
    let text = |text: Option<&str>| clean(text.unwrap_or("–")).into_owned();
    [
        text(claim.date.as_ref().map(ToString::to_string).as_deref()),
        text(claim.company),
        text(claim.metric),
        text(claim.value),
        claim.status.to_owned(),
        format!("{} ({})", claim.sources.len(), claim.roots),
        text(Some(&claim.id.to_string())),
    ]
}

/// Cuts a cell to its column's width.
fn cut(cell: &str, width: usize) -> String {
    if cell.chars().count() <= width {
        return cell.to_owned();
    }
    cell.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}
