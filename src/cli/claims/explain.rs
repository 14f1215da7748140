//! One claim: what stands behind it, and what it meets.

use std::io::{BufWriter, Write};

use serde::Serialize;

use super::{Chosen, Format, list, relations};
use crate::cli::Failure;
use crate::export::ClaimRecord;
use crate::ids::{ClaimId, SourceId};
use crate::link::compare::{Pairs, reason};
use crate::link::{Briefing, Relation};
use crate::report::{clean, write_json};
use crate::value::Vocabulary;

/// Prints a claim and the chosen claims that it meets.
pub(super) fn print(briefing: &Briefing, id: ClaimId, chosen: &Chosen<'_>, format: Format) -> Result<(), Failure> {
    let pairs = Pairs::of(briefing);
    let met = pairs.with(id).filter(|(other, relation)| relation.is_meeting() && chosen.has(*other));
    match format {
        Format::Table => Ok(text(&ExplainedJson::of(briefing, id, met))?),
        Format::Json => Ok(write_json(&mut std::io::stdout().lock(), &ExplainedJson::of(briefing, id, met))?),
        Format::Csv => relations::print(briefing, met.map(|(other, relation)| (id, other, relation)), format),
    }
}

/// What `--format json` prints; the shape is docs/cli.md's, and `version` changes with it.
#[derive(Serialize)]
struct ExplainedJson<'b> {
    version: u32,
    claim: ClaimRecord<'b>,
    event: Option<EventJson<'b>>,
    backing: String,
    reports: usize,
    interested: usize,
    sources: Vec<SourceJson<'b>>,
    roots: Vec<SourceJson<'b>>,
    meets: Vec<MeetingJson<'b>>,
}

/// The event that a claim reports.
#[derive(Serialize)]
struct EventJson<'b> {
    id: &'b str,
    label: &'b str,
    date: Option<String>,
}

/// A source, or a root source.
#[derive(Serialize)]
struct SourceJson<'b> {
    id: &'b str,
    name: &'b str,
    kind: Option<&'static str>,
    reliability: Option<&'static str>,
    interested: bool,
    via: Option<&'b str>,
}

/// A claim that is met, and what the explained one is to it.
#[derive(Serialize)]
struct MeetingJson<'b> {
    id: String,
    text: &'b str,
    value: Option<&'b str>,
    relation: &'static str,
    reason: String,
}

impl<'b> ExplainedJson<'b> {
    fn of(briefing: &'b Briefing, id: ClaimId, met: impl Iterator<Item = (ClaimId, Relation)>) -> Self {
        let links = &briefing.claim_links[id.index()];
        let backing = briefing.backing(&[id]);
        let event = links.event.map(|event| briefing.event(event));
        let event = event.map(|event| EventJson {
            id: &event.id,
            label: &event.label,
            date: event.date.as_ref().map(ToString::to_string),
        });
        let sources = |ids: &[SourceId]| ids.iter().map(|id| SourceJson::of(briefing, *id)).collect();
        Self {
            version: 1,
            claim: ClaimRecord::of(briefing, id),
            event,
            backing: backing.to_string(),
            reports: backing.reports,
            interested: backing.interested,
            sources: sources(&links.sources),
            roots: sources(&links.roots),
            meets: met.map(|(other, relation)| MeetingJson::of(briefing, id, other, relation)).collect(),
        }
    }
}

impl<'b> SourceJson<'b> {
    fn of(briefing: &'b Briefing, id: SourceId) -> Self {
        let source = briefing.source(id);
        let via = briefing.source_links[id.index()].via;
        Self {
            id: &source.id.value,
            name: source.name(),
            kind: source.kind.map(Vocabulary::word),
            reliability: source.reliability.map(Vocabulary::word),
            interested: source.interested,
            via: via.map(|via| briefing.source(via).id.value.as_str()),
        }
    }
}

impl<'b> MeetingJson<'b> {
    fn of(briefing: &'b Briefing, id: ClaimId, other: ClaimId, relation: Relation) -> Self {
        let claim = briefing.claim(other);
        Self {
            id: briefing.claim_path(other),
            text: &claim.text,
            value: claim.value.as_ref().map(|value| value.value.wording()),
            relation: relation.word(),
            reason: reason(briefing, id, other, relation),
        }
    }
}

/// Writes what a person reads.
fn text(explained: &ExplainedJson<'_>) -> std::io::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    list::write(&explained.claim, &mut out)?;
    if let Some(event) = &explained.event {
        let date = event.date.as_deref().map(|date| format!(", {date}")).unwrap_or_default();
        writeln!(out, "event     {} ({}{})", clean(event.id), clean(event.label), clean(&date))?;
    }
    writeln!(out, "\nsources   {}", explained.backing)?;
    explained.sources.iter().try_for_each(|source| source.write(&mut out))?;
    writeln!(out, "\nroots     {}", explained.roots.len())?;
    explained.roots.iter().try_for_each(|root| root.write(&mut out))?;
    writeln!(out, "\nmeets     {}", explained.meets.len())?;
    for met in &explained.meets {
        let value = met.value.map(|value| format!("  {value}")).unwrap_or_default();
        writeln!(out, "  {:18}  {}{}", met.relation, clean(&met.id), clean(&value))?;
        writeln!(out, "  {:18}  {}", "", clean(&met.reason))?;
    }
    out.flush()
}

impl SourceJson<'_> {
    fn write(&self, out: &mut impl Write) -> std::io::Result<()> {
        let mut notes: Vec<String> = self.kind.into_iter().map(str::to_owned).collect();
        notes.extend(self.reliability.map(|grade| format!("reliability {grade}")));
        notes.extend(self.interested.then(|| "speaks of itself".to_owned()));
        notes.extend(self.via.map(|via| format!("repeats {via}")));
        let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
        writeln!(out, "  {}  {}{}", clean(self.id), clean(self.name), clean(&notes))
    }
}
