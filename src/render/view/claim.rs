//! Claims and sources as pages show them.

use std::hash::{Hash, Hasher};

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::{DateView, LinkView};
use crate::export::Shown;
use crate::ids::{ClaimId, SourceId};
use crate::link::{Backing, Briefing};
use crate::model::{Scenario, Status, TieKind};
use crate::pages::{Page, claim_href, source_href};
use crate::value::{Quantity, Vocabulary, format_interval};

/// A claim; a field that it has no value for is left out, which a template sees as nothing.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ClaimView<'b> {
    /// Its id in its analysis.
    pub id: &'b str,
    /// The id of its place in the page of its analysis.
    pub anchor: String,
    /// The permalink: the claim's page, or else that place.
    pub href: String,
    /// The statement.
    pub text: &'b str,
    /// The company that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<LinkView<'b>>,
    /// The person that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<LinkView<'b>>,
    /// What it measures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<&'b str>,
    /// The author's wording of the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'b str>,
    /// The interval that the wording means, in the page of the claim's own analysis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<IntervalView<'b>>,
    /// When it holds or happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<DateView<'b>>,
    /// When the source said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated: Option<DateView<'b>>,
    /// The label of the event that it reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<&'b str>,
    /// Whether it is guidance, a plan, an estimate or a target; none where it is a fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scenario: Option<&'static str>,
    /// How it stands.
    pub status: &'static str,
    /// Whether another claim speaks against it, and its status does not say so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disputed: bool,
    /// The editor's confidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<&'static str>,
    /// The phrase that says who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<&'b str>,
    /// Its sources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<CitationView>,
    /// How many independent works stand behind it.
    pub roots: usize,
    /// How many reports and root sources there are, in words.
    pub backing: Shown<Backing>,
    /// The source's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<&'b str>,
    /// The editor's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<&'b str>,
    /// What nobody has said yet.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub unknowns: &'b [String],
    /// Whether it has any of the attribution, the quote, the note, the unknowns and the ties.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub annotated: bool,
    /// What it is to other claims, and they to it; in the page of its own analysis also what it disagrees with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ties: Vec<TieView<'b>>,
    /// The analysis that makes it, where the page is not that analysis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis: Option<LinkView<'b>>,
}

/// The interval that a wording means, in words; written out only when the page is rendered.
#[derive(Clone, Copy, Debug)]
pub struct IntervalView<'b>(&'b Quantity);

impl<'b> IntervalView<'b> {
    /// Takes the interval of a value.
    pub(super) fn of(value: &'b Quantity) -> Self {
        Self(value)
    }
}

impl Serialize for IntervalView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format_interval(self.0.interval(), self.0.unit()))
    }
}

/// One wording has one interval.
impl Hash for IntervalView<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.wording().hash(state);
    }
}

/// A claim's word about another.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct TieView<'b> {
    /// What the one is to the other, in words.
    pub relation: &'static str,
    /// The other.
    pub claim: LinkView<'b>,
}

/// A source where a claim cites it.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct CitationView {
    /// Its number in the analysis's list; none in a list of claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<usize>,
    /// Who speaks.
    pub name: String,
    /// The link to its entry, or to the work itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Whether the source speaks of itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub interested: bool,
}

/// A source in a list.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct SourceView<'b> {
    /// The id of its place in the page.
    pub anchor: String,
    /// What the work is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'b str>,
    /// Who published it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<&'b str>,
    /// Its id, shown where it has neither.
    pub id: &'b str,
    /// Where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<&'b str>,
    /// Where a copy is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archive: Option<&'b str>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<DateView<'b>>,
    /// When the author last read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<DateView<'b>>,
    /// What kind of work it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// How reliable it is, by the Admiralty scale.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reliability: Option<&'static str>,
    /// Whether it speaks of itself.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub interested: bool,
    /// Whom it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// In the page of a claim all whom it repeats, one after the other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub chain: Vec<CitationView>,
    /// The words that matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<&'b str>,
    /// How many claims cite the work.
    pub cited: usize,
    /// The page of the work, where claims of several analyses rest on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// How many claims that page has.
    pub resting: usize,
}

impl<'b> ClaimView<'b> {
    /// Shows a claim in the page of its own analysis, whose sources are numbered.
    pub fn in_analysis(briefing: &'b Briefing, id: ClaimId, sources: &[SourceId]) -> Self {
        let mut view = Self::of(briefing, id);
        let cited = &briefing.claim_links[id.index()].sources;
        view.sources = cited.iter().map(|source| numbered(briefing, *source, sources)).collect();
        view.ties.extend(disagreements(briefing, id));
        view.annotated()
    }

    /// Shows a claim in its own page, which tells elsewhere what is behind it and what it is to others.
    pub fn in_page(briefing: &'b Briefing, id: ClaimId) -> Self {
        let analysis = Page::Analysis(briefing.claim_links[id.index()].analysis);
        let view = Self { ties: Vec::new(), ..Self::of(briefing, id) };
        Self { analysis: Some(LinkView::to(briefing, &analysis)), ..view }.annotated()
    }

    /// Shows a claim in a list of claims of many analyses.
    pub fn in_list(briefing: &'b Briefing, id: ClaimId) -> Self {
        let links = &briefing.claim_links[id.index()];
        let mut view = Self::of(briefing, id);
        view.interval = None;
        view.sources = links.sources.iter().map(|source| unnumbered(briefing, *source)).collect();
        view.analysis = Some(LinkView::to(briefing, &Page::Analysis(links.analysis)));
        view.annotated()
    }

    fn of(briefing: &'b Briefing, id: ClaimId) -> Self {
        let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
        let value = claim.value.as_ref().map(|value| &value.value);
        Self {
            id: &claim.id,
            anchor: format!("claim:{}", claim.id),
            href: claim_href(briefing, id),
            text: &claim.text,
            company: links.company.map(|id| LinkView::company(briefing, id)),
            person: links.person.map(|id| LinkView::to(briefing, &Page::Person(id))),
            metric: links.metric.map(|id| briefing.metric(id).label.as_str()),
            value: value.map(|value| value.wording()),
            interval: value.map(IntervalView::of),
            date: claim.date.as_ref().map(|date| DateView::Date(&date.value)),
            stated: briefing.stated(id).map(DateView::Date),
            event: links.event.map(|id| briefing.event(id).label.as_str()),
            scenario: Some(claim.scenario).filter(|scenario| *scenario != Scenario::Actual).map(Vocabulary::word),
            status: claim.status.word(),
            disputed: is_marked(briefing, id),
            confidence: claim.confidence.map(Vocabulary::word),
            attribution: claim.attribution.as_deref(),
            sources: Vec::new(),
            roots: links.roots.len(),
            backing: Shown(links.backing),
            quote: claim.quote.as_deref(),
            note: claim.note.as_deref(),
            unknowns: &claim.unknowns,
            ties: ties(briefing, id),
            annotated: false,
            analysis: None,
        }
    }

    fn annotated(self) -> Self {
        let words = self.attribution.or(self.quote).or(self.note).is_some();
        Self { annotated: words || !self.unknowns.is_empty() || !self.ties.is_empty(), ..self }
    }
}

/// Tells whether a claim is marked as disputed: another speaks against it, and its status does not say so already.
pub(super) fn is_marked(briefing: &Briefing, id: ClaimId) -> bool {
    briefing.ledger.is_disputed(id) && briefing.claim(id).status != Status::Disputed
}

/// How many ties a claim shows, since a thousand later claims may support one.
const TIES_SHOWN: usize = 20;

/// Says what a claim is to others and they to it, in the order of their ids.
fn ties(briefing: &Briefing, id: ClaimId) -> Vec<TieView<'_>> {
    let links = &briefing.claim_links[id.index()];
    let to = links.ties.iter().map(|(kind, other)| (active(*kind), *other));
    let from = links.tied_by.iter().map(|(kind, other)| (passive(*kind), *other));
    let mut ties: Vec<(ClaimId, &'static str)> = to.chain(from).map(|(relation, other)| (other, relation)).collect();
    ties.sort_unstable();
    ties.dedup();
    ties.into_iter()
        .take(TIES_SHOWN)
        .map(|(other, relation)| (relation, other))
        .map(|(relation, other)| TieView { relation, claim: LinkView::claim(briefing, other) })
        .collect()
}

/// How many disagreements a claim's row shows; its page shows the others.
const DISAGREEMENTS_SHOWN: usize = 3;

/// Says what a claim openly disagrees with.
fn disagreements(briefing: &Briefing, id: ClaimId) -> impl Iterator<Item = TieView<'_>> {
    let met = briefing.ledger.disagreements(id).take(DISAGREEMENTS_SHOWN);
    met.map(|met| TieView { relation: "Disagrees with", claim: LinkView::claim(briefing, met.other) })
}

fn active(kind: TieKind) -> &'static str {
    match kind {
        TieKind::Supersedes => "Supersedes",
        TieKind::Corrects => "Corrects",
        TieKind::SameAs => "Same as",
        TieKind::PartOf => "Part of",
        TieKind::Disputes => "Disputes",
        TieKind::Supports => "Supports",
    }
}

fn passive(kind: TieKind) -> &'static str {
    match kind {
        TieKind::Supersedes => "Superseded by",
        TieKind::Corrects => "Corrected by",
        TieKind::SameAs => "Same as",
        TieKind::PartOf => "Includes",
        TieKind::Disputes => "Disputed by",
        TieKind::Supports => "Supported by",
    }
}

fn numbered(briefing: &Briefing, id: SourceId, listed: &[SourceId]) -> CitationView {
    let source = briefing.source(id);
    CitationView {
        number: listed.iter().position(|known| *known == id).map(|at| at + 1),
        name: source.name().to_owned(),
        href: Some(format!("#source:{}", source.id.value)),
        interested: source.interested,
    }
}

pub(super) fn unnumbered(briefing: &Briefing, id: SourceId) -> CitationView {
    let source = briefing.source(id);
    CitationView {
        number: None,
        name: source.name().to_owned(),
        href: source.url.clone(),
        interested: source.interested,
    }
}

/// How many sources a chain of `via` shows, which an author may have led in a circle.
const CHAIN_SHOWN: usize = 8;

impl<'b> SourceView<'b> {
    /// Shows a source in a list of sources of many analyses, where one id may stand for several.
    pub fn in_list(briefing: &'b Briefing, id: SourceId) -> Self {
        let view = Self::of(briefing, id);
        match briefing.source_links[id.index()].analysis {
            Some(owner) => {
                Self { anchor: format!("source:{}/{}", briefing.analysis(owner).slug.value, view.id), ..view }
            }
            None => view,
        }
    }

    /// Shows a source in the page of a claim, with all that it repeats.
    pub fn with_chain(briefing: &'b Briefing, id: SourceId) -> Self {
        let repeated = |id: &SourceId| briefing.source_links[id.index()].via;
        let chain = std::iter::successors(repeated(&id), repeated).take(CHAIN_SHOWN);
        Self { chain: chain.map(|id| unnumbered(briefing, id)).collect(), ..Self::of(briefing, id) }
    }

    /// Shows a source in the page of an analysis.
    pub fn of(briefing: &'b Briefing, id: SourceId) -> Self {
        let (source, links) = (briefing.source(id), &briefing.source_links[id.index()]);
        Self {
            anchor: format!("source:{}", source.id.value),
            title: source.title.as_deref(),
            publisher: source.publisher.as_deref(),
            id: &source.id.value,
            url: source.url.as_deref(),
            archive: source.archive.as_deref(),
            published: source.published.as_ref().map(DateView::Date),
            retrieved: source.retrieved.as_ref().map(DateView::Date),
            kind: source.kind.map(Vocabulary::word),
            reliability: source.reliability.map(Vocabulary::word),
            interested: source.interested,
            via: links.via.map(|via| briefing.source(via).name().to_owned()),
            chain: Vec::new(),
            quote: source.quote.as_deref(),
            cited: links.cited,
            href: source_href(briefing, id),
            resting: briefing.shared_work(id).map_or(links.cited, |shared| shared.claims.len()),
        }
    }
}
