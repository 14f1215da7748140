//! The claims themselves, one a row.

use std::io::Write;

use serde::Serialize;

use super::Format;
use crate::cli::Failure;
use crate::ids::ClaimId;
use crate::link::Briefing;
use crate::report::{clean, write_json};
use crate::value::{Bound, Vocabulary};

/// Prints claims.
pub(super) fn print(briefing: &Briefing, claims: impl Iterator<Item = ClaimId>, format: Format) -> Result<(), Failure> {
    let claims: Vec<ClaimJson<'_>> = claims.map(|id| ClaimJson::of(briefing, id)).collect();
    match format {
        Format::Table => Ok(table(&claims)?),
        Format::Json => Ok(write_json(&mut std::io::stdout().lock(), &ClaimsJson { version: 1, claims })?),
        Format::Csv => csv_rows(&claims),
    }
}

/// What `--format json` prints; the shape is docs/cli.md's, and `version` changes with it.
#[derive(Debug, Serialize)]
struct ClaimsJson<'b> {
    version: u32,
    claims: Vec<ClaimJson<'b>>,
}

/// A claim; amounts are decimals as text, since a binary float would change them.
#[derive(Debug, Serialize)]
pub(super) struct ClaimJson<'b> {
    id: String,
    analysis: &'b str,
    text: &'b str,
    company: Option<&'b str>,
    person: Option<&'b str>,
    metric: Option<&'b str>,
    value: Option<&'b str>,
    low: Option<String>,
    high: Option<String>,
    low_open: bool,
    high_open: bool,
    unit: Option<String>,
    date: Option<String>,
    event: Option<&'b str>,
    scenario: &'static str,
    stated: Option<String>,
    status: &'static str,
    confidence: Option<&'static str>,
    attribution: Option<&'b str>,
    sources: Vec<&'b str>,
    roots: usize,
}

impl<'b> ClaimJson<'b> {
    /// Reads a claim.
    pub(super) fn of(briefing: &'b Briefing, id: ClaimId) -> Self {
        let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
        let value = claim.value.as_ref().map(|value| &value.value);
        let interval = value.map(|value| value.interval());
        Self {
            id: briefing.claim_path(id),
            analysis: &briefing.analysis(links.analysis).slug.value,
            text: &claim.text,
            company: links.company.map(|id| briefing.company(id).id.as_str()),
            person: links.person.map(|id| briefing.person(id).id.as_str()),
            metric: links.metric.map(|id| briefing.metric(id).id.as_str()),
            value: value.map(|value| value.wording()),
            low: interval.as_ref().and_then(|interval| amount(&interval.low())),
            high: interval.as_ref().and_then(|interval| amount(&interval.high())),
            low_open: interval.is_some_and(|interval| matches!(interval.low(), Bound::Open(_))),
            high_open: interval.is_some_and(|interval| matches!(interval.high(), Bound::Open(_))),
            unit: value.and_then(|value| value.unit().code()),
            date: claim.date.as_ref().map(|date| date.value.to_string()),
            event: links.event.map(|id| briefing.event(id).id.as_str()),
            scenario: claim.scenario.word(),
            stated: claim.stated.as_ref().map(ToString::to_string),
            status: claim.status.word(),
            confidence: claim.confidence.map(Vocabulary::word),
            attribution: claim.attribution.as_deref(),
            sources: links.sources.iter().map(|id| briefing.source(*id).id.value.as_str()).collect(),
            roots: links.roots.len(),
        }
    }
}

impl ClaimJson<'_> {
    /// Writes the claim for a person: its id, its text, and a line for each thing that is known.
    pub(super) fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        writeln!(out, "{}\n{}\n", clean(&self.id), clean(self.text))?;
        let lines = [
            ("company", self.company),
            ("person", self.person),
            ("metric", self.metric),
            ("value", self.value),
            ("date", self.date.as_deref()),
            ("scenario", Some(self.scenario)),
            ("stated", self.stated.as_deref()),
            ("status", Some(self.status)),
        ];
        for (name, value) in lines {
            if let Some(value) = value {
                writeln!(out, "{name:8}  {}", clean(value))?;
            }
        }
        Ok(())
    }
}

fn amount(bound: &Bound) -> Option<String> {
    match bound {
        Bound::Unbounded => None,
        Bound::Closed(amount) | Bound::Open(amount) => Some(amount.normalize().to_string()),
    }
}

/// The columns of the table, and how wide each may be.
const COLUMNS: [(&str, usize); 7] =
    [("date", 12), ("company", 24), ("metric", 20), ("value", 24), ("status", 10), ("sources", 7), ("claim", 60)];

fn table(claims: &[ClaimJson<'_>]) -> std::io::Result<()> {
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

fn cells(claim: &ClaimJson<'_>) -> [String; 7] {
    let text = |text: Option<&str>| clean(text.unwrap_or("–")).into_owned();
    [
        text(claim.date.as_deref()),
        text(claim.company),
        text(claim.metric),
        text(claim.value),
        claim.status.to_owned(),
        format!("{} ({})", claim.sources.len(), claim.roots),
        text(Some(&claim.id)),
    ]
}

/// Cuts a cell to its column's width.
fn cut(cell: &str, width: usize) -> String {
    if cell.chars().count() <= width {
        return cell.to_owned();
    }
    cell.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

fn csv_rows(claims: &[ClaimJson<'_>]) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(std::io::stdout().lock());
    let broken = |error: csv::Error| Failure::from(std::io::Error::from(error));
    writer
        .write_record([
            "id",
            "text",
            "company",
            "person",
            "metric",
            "value",
            "low",
            "high",
            "unit",
            "date",
            "event",
            "scenario",
            "stated",
            "status",
            "confidence",
            "attribution",
            "sources",
            "roots",
        ])
        .map_err(broken)?;
    for claim in claims {
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let record = [
            claim.id.clone(),
            claim.text.to_owned(),
            text(claim.company),
            text(claim.person),
            text(claim.metric),
            text(claim.value),
            text(claim.low.as_deref()),
            text(claim.high.as_deref()),
            text(claim.unit.as_deref()),
            text(claim.date.as_deref()),
            text(claim.event),
            claim.scenario.to_owned(),
            text(claim.stated.as_deref()),
            claim.status.to_owned(),
            text(claim.confidence),
            text(claim.attribution),
            claim.sources.join(" "),
            claim.roots.to_string(),
        ];
        writer.write_record(record).map_err(broken)?;
    }
    Ok(writer.flush()?)
}
