//! Sources as data.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, Kind, Record, Records, Row};
use crate::export::shown::{PathId, Shown};
use crate::ids::SourceId;
use crate::link::Briefing;
use crate::value::{Date, Vocabulary};

/// A work that claims rest on, as one document writes it.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Source")]
pub(in crate::export) struct SourceRecord<'b> {
    /// The full id: `analysis-slug/source-id`, or the id alone of a source that analyses share.
    id: Shown<PathId<'b>>,
    /// The slug of the analysis that writes it; null for a shared one.
    analysis: Option<&'b str>,
    /// The id of the source that stands for the same work, where several analyses cite it; by default its own.
    work: Shown<PathId<'b>>,
    /// What the work is called.
    title: Option<&'b str>,
    /// Who published it.
    publisher: Option<&'b str>,
    /// Where it can be read.
    url: Option<&'b str>,
    /// Where a copy is kept.
    archive: Option<&'b str>,
    /// When it was published, in EDTF.
    published: Option<Shown<&'b Date>>,
    /// When the author last read it, in EDTF.
    retrieved: Option<Shown<&'b Date>>,
    /// What kind of work it is: filing, statement, press, report, dataset, court, social or anonymous.
    kind: Option<&'static str>,
    /// How reliable it is, by the letters of the Admiralty scale.
    reliability: Option<&'static str>,
    /// Whether it speaks of itself.
    interested: bool,
    /// The id of the source that it repeats.
    via: Option<Shown<PathId<'b>>>,
    /// The words that matter, as they stand there.
    quote: Option<&'b str>,
    /// How many claims cite it.
    claims: usize,
}

impl<'b> SourceRecord<'b> {
    pub(in crate::export) fn of(briefing: &'b Briefing, id: SourceId) -> Self {
        let (source, links) = (briefing.source(id), &briefing.source_links[id.index()]);
        Self {
            id: PathId::source(briefing, id),
            analysis: links.analysis.map(|id| &*briefing.analysis(id).slug.value),
            work: PathId::source(briefing, links.work),
            title: source.title.as_deref(),
            publisher: source.publisher.as_deref(),
            url: source.url.as_deref(),
            archive: source.archive.as_deref(),
            published: source.published.as_ref().map(Shown),
            retrieved: source.retrieved.as_ref().map(Shown),
            kind: source.kind.map(Vocabulary::word),
            reliability: source.reliability.map(Vocabulary::word),
            interested: source.interested,
            via: links.via.map(|via| PathId::source(briefing, via)),
            quote: source.quote.as_deref(),
            claims: links.claims.len(),
        }
    }
}

impl Record for SourceRecord<'_> {
    const NAME: &'static str = "sources";
    const ABOUT: &'static str = "Every work that the claims rest on.";
    const KEY: &'static [&'static str] = &["id"];
    const COLUMNS: &'static [Column] = &[
        Column::new("id", Kind::Word),
        Column::new("analysis", Kind::Word),
        Column::new("work", Kind::Word),
        Column::new("title", Kind::Text),
        Column::new("publisher", Kind::Text),
        Column::new("url", Kind::Address),
        Column::new("archive", Kind::Address),
        Column::new("published", Kind::Date),
        Column::new("retrieved", Kind::Date),
        Column::new("kind", Kind::Word),
        Column::new("reliability", Kind::Word),
        Column::new("interested", Kind::Flag),
        Column::new("via", Kind::Word),
        Column::new("quote", Kind::Text),
        Column::new("claims", Kind::Integer),
    ];

    fn cells(&self, row: &mut Row) {
        row.shown(Some(&self.id));
        row.word(self.analysis);
        row.shown(Some(&self.work));
        row.text(self.title);
        row.text(self.publisher);
        row.word(self.url);
        row.word(self.archive);
        row.shown(self.published);
        row.shown(self.retrieved);
        row.word(self.kind);
        row.word(self.reliability);
        row.shown(Some(self.interested));
        row.shown(self.via.as_ref());
        row.text(self.quote);
        row.shown(Some(self.claims));
    }
}

/// Lists the sources of analyses, and the shared ones that something published leads to.
///
/// A shared source that only a left-out analysis cites would tell what that analysis is about.
pub(super) fn records(briefing: &Briefing) -> Records<'_, SourceRecord<'_>> {
    let ids = published(briefing);
    Records::new(ids.len(), move |at| SourceRecord::of(briefing, ids[at]))
}

fn published(briefing: &Briefing) -> Vec<SourceId> {
    let links = &briefing.source_links;
    let mut shown = vec![false; links.len()];
    let named = links.iter().enumerate().filter(|(_, links)| links.analysis.is_some() || !links.claims.is_empty());
    let settled = briefing.prediction_links.iter().filter_map(|links| links.settled_by).map(SourceId::index);
    let mut open: Vec<usize> = named.map(|(at, _)| at).chain(settled).collect();
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut shown[at], true) {
            open.push(links[at].work.index());
            open.extend(links[at].via.map(SourceId::index));
        }
    }
    shown.iter().enumerate().filter(|(_, shown)| **shown).map(|(at, _)| SourceId::at(at)).collect()
}
