//! Claims as data: what `/data/claims.json` holds, and what `dateline claims` prints.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, Kind, Record, Records, Row};
use crate::export::shown::{Amount, ClaimUrl, PathId, Shown, UnitCode};
use crate::ids::{ClaimId, SourceId};
use crate::link::Briefing;
use crate::value::{Bound, Date, Interval, Quantity, Vocabulary};

/// One statement of fact; amounts are decimals as text, since a binary float would change them.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Claim")]
pub struct ClaimRecord<'b> {
    /// The full id, `analysis-slug/claim-id`.
    pub id: Shown<PathId<'b>>,
    /// Its permalink.
    pub url: Shown<ClaimUrl<'b>>,
    /// The slug of the analysis that makes it.
    pub analysis: &'b str,
    /// The statement, in the author's words.
    pub text: &'b str,
    /// The id of the company that it is about.
    pub company: Option<&'b str>,
    /// The id of the person that it is about.
    pub person: Option<&'b str>,
    /// The id of what was measured.
    pub metric: Option<&'b str>,
    /// How much, in the author's words.
    pub value: Option<&'b str>,
    /// What those words mean.
    #[serde(flatten)]
    pub measured: Measured<'b>,
    /// When it holds or happened, in EDTF.
    pub date: Option<Shown<&'b Date>>,
    /// The id of the real-world event.
    pub event: Option<&'b str>,
    /// Whether it is a fact or something said of the future: actual, guidance, plan, estimate or target.
    pub scenario: &'static str,
    /// When the source said it, in EDTF.
    pub stated: Option<Shown<&'b Date>>,
    /// How it stands: reported, confirmed, disputed, corrected, superseded or retracted.
    pub status: &'static str,
    /// The editor's confidence: low, moderate or high.
    pub confidence: Option<&'static str>,
    /// The phrase that says who says so.
    pub attribution: Option<&'b str>,
    /// The ids of its sources as its analysis has them.
    pub sources: Vec<&'b str>,
    /// The same sources as the table of sources has them.
    pub citations: Vec<Citation<'b>>,
    /// How many independent works stand behind it.
    pub roots: usize,
}

/// The interval that a wording means.
#[derive(Clone, Copy, Debug, Default, Hash, Serialize, JsonSchema)]
pub struct Measured<'b> {
    /// The low end, a decimal; null where there is none.
    pub low: Option<Shown<Amount>>,
    /// The high end, a decimal; null where there is none.
    pub high: Option<Shown<Amount>>,
    /// Whether the low end itself does not belong to it.
    pub low_open: bool,
    /// Whether the high end itself does not belong to it.
    pub high_open: bool,
    /// What both are in: an ISO 4217 code, `person`, `percent`, `percentage-point`, `second`, or the noun that is
    /// counted; null for a bare number.
    pub unit: Option<Shown<UnitCode<'b>>>,
}

/// A source that a claim cites.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub struct Citation<'b> {
    /// Its id in the table of sources.
    pub source: Shown<PathId<'b>>,
    /// Where it can be read.
    pub url: Option<&'b str>,
}

impl<'b> Measured<'b> {
    /// Takes what a quantity means.
    pub(in crate::export) fn of(value: &'b Quantity) -> Self {
        Self::between(value.interval().low(), value.interval().high(), value)
    }

    /// Takes two ends, in the base unit of a quantity.
    pub(in crate::export) fn between(low: Bound, high: Bound, value: &'b Quantity) -> Self {
        let is_open = |bound: Bound| matches!(bound, Bound::Open(_));
        Self {
            low: Amount::at(low),
            high: Amount::at(high),
            low_open: is_open(low),
            high_open: is_open(high),
            unit: UnitCode::of(value.unit()),
        }
    }

    /// Takes the range of two quantities of one base unit.
    pub(in crate::export) fn range(lowest: &'b Quantity, highest: &'b Quantity) -> Self {
        let hull: Interval = lowest.interval().hull(highest.interval());
        Self::between(hull.low(), hull.high(), lowest)
    }
}

impl<'b> Citation<'b> {
    fn of(briefing: &'b Briefing, id: SourceId) -> Self {
        Self { source: PathId::source(briefing, id), url: briefing.source(id).url.as_deref() }
    }
}

impl<'b> ClaimRecord<'b> {
    /// Makes the record of a claim.
    pub fn of(briefing: &'b Briefing, id: ClaimId) -> Self {
        let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
        let value = claim.value.as_ref().map(|value| &value.value);
        Self {
            id: PathId::claim(briefing, id),
            url: ClaimUrl::of(briefing, id),
            analysis: &briefing.analysis(links.analysis).slug.value,
            text: &claim.text,
            company: links.company.map(|id| briefing.company(id).id.as_str()),
            person: links.person.map(|id| briefing.person(id).id.as_str()),
            metric: links.metric.map(|id| briefing.metric(id).id.as_str()),
            value: value.map(Quantity::wording),
            measured: value.map(Measured::of).unwrap_or_default(),
            date: claim.date.as_ref().map(|date| Shown(&date.value)),
            event: links.event.map(|id| briefing.event(id).id.as_str()),
            scenario: claim.scenario.word(),
            stated: briefing.stated(id).map(Shown),
            status: claim.status.word(),
            confidence: claim.confidence.map(Vocabulary::word),
            attribution: claim.attribution.as_deref(),
            sources: links.sources.iter().map(|id| briefing.source(*id).id.value.as_str()).collect(),
            citations: links.sources.iter().map(|id| Citation::of(briefing, *id)).collect(),
            roots: links.roots.len(),
        }
    }
}

impl Record for ClaimRecord<'_> {
    const NAME: &'static str = "claims";
    const ABOUT: &'static str = "Every statement of fact that the publication makes.";
    const KEY: &'static [&'static str] = &["id"];
    const COLUMNS: &'static [Column] = &[
        Column::new("id", Kind::Word),
        Column::new("text", Kind::Text),
        Column::new("company", Kind::Word),
        Column::new("person", Kind::Word),
        Column::new("metric", Kind::Word),
        Column::new("value", Kind::Text),
        Column::new("low", Kind::Decimal),
        Column::new("high", Kind::Decimal),
        Column::new("unit", Kind::Text),
        Column::new("date", Kind::Date),
        Column::new("event", Kind::Word),
        Column::new("scenario", Kind::Word),
        Column::new("stated", Kind::Date),
        Column::new("status", Kind::Word),
        Column::new("confidence", Kind::Word),
        Column::new("attribution", Kind::Text),
        Column::new("sources", Kind::Word),
        Column::new("roots", Kind::Integer),
        Column::new("low_open", Kind::Flag),
        Column::new("high_open", Kind::Flag),
        Column::new("citations", Kind::Word),
        Column::new("analysis", Kind::Word),
        Column::new("url", Kind::Address),
    ];

    fn cells(&self, row: &mut Row) {
        row.shown(Some(&self.id));
        row.text(Some(self.text));
        row.word(self.company);
        row.word(self.person);
        row.word(self.metric);
        row.text(self.value);
        row.shown(self.measured.low);
        row.shown(self.measured.high);
        row.shown(self.measured.unit);
        row.shown(self.date);
        row.word(self.event);
        row.word(Some(self.scenario));
        row.shown(self.stated);
        row.word(Some(self.status));
        row.word(self.confidence);
        row.text(self.attribution);
        row.list(&self.sources, " ");
        row.shown(Some(self.roots));
        row.shown(Some(self.measured.low_open));
        row.shown(Some(self.measured.high_open));
        row.list(self.citations.iter().map(|citation| citation.source), " ");
        row.word(Some(self.analysis));
        row.shown(Some(&self.url));
    }
}

/// Lists all claims, from the oldest analysis to the newest.
pub(super) fn records(briefing: &Briefing) -> Records<'_, ClaimRecord<'_>> {
    Records::new(briefing.claims.len(), |at| ClaimRecord::of(briefing, ClaimId::at(at)))
}
