//! Prose as a page shows it: where its text is, and what its links lead to.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::{ClaimView, LinkView, RowView, TimelineView, ValueView, chart};
use crate::ids::{ClaimId, CompanyId, MetricId};
use crate::link::{Briefing, DocId, Link, Target};
use crate::model::{Origin, Status};
use crate::pages::{claim_place, target_href, target_words};
use crate::prose::{Heading, Resolved, inline};
use crate::render::chart::{Chart, Lanes, Steps};
use crate::speech::{say, word};
use crate::text::{Span, Spanned};
use crate::value::Vocabulary;

/// All that the HTML of a document's prose depends on, besides the theme.
#[derive(Debug)]
pub struct ProseView<'b> {
    /// Where the text is, and the hash of its bytes.
    pub origin: &'b Origin,
    /// Its headings with their ids.
    pub headings: &'b [Heading],
    /// Links with their addresses, in the order of the text.
    pub links: Vec<ProseLink>,
    /// Names in passing with their addresses, in the order of the text.
    pub mentions: Vec<(Span, String)>,
    /// What each component is given, in the order of the text.
    pub components: Vec<ComponentData<'b>>,
    /// The claims that it cites, each once, for the notes beside the text.
    pub notes: Vec<NoteView<'b>>,
    /// Whether raw HTML and every link scheme pass through.
    pub trusted: bool,
}

/// What a note beside the text is made of.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct NoteView<'b> {
    /// The claim's full id, which its mark in the text has as `data-claim`.
    pub of: String,
    /// The claim.
    pub claim: ClaimView<'b>,
}

impl std::hash::Hash for ProseView<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.origin.hash, self.origin.body_start, &*self.origin.file).hash(state);
        (&self.links, &self.mentions, &self.components, &self.notes, self.trusted).hash(state);
    }
}

/// A link in prose with its address.
#[derive(Debug, Hash)]
pub struct ProseLink {
    /// The bytes of the link in the body.
    pub span: Span,
    /// The address.
    pub href: String,
    /// The words, where the author gave none.
    pub text: Option<String>,
    /// The claim that it cites.
    pub claim: Option<CitedClaim>,
}

/// A claim where prose cites it.
#[derive(Debug, Hash)]
pub struct CitedClaim {
    /// Its full id.
    pub id: String,
    /// The class by which the theme shows how it stands.
    pub class: &'static str,
    /// What a reader is told on the spot: the statement and who says so.
    pub title: String,
}

/// What a component in prose is given of the company and the metric that it names.
#[derive(Debug, Hash)]
pub struct ComponentData<'b> {
    /// The bytes of the call in the body.
    pub span: Span,
    /// The record; none where the call names no company.
    pub record: Option<RecordView<'b>>,
}

/// A company's record for a component: its newest rows, and the values of one metric.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct RecordView<'b> {
    /// The company.
    pub company: LinkView<'b>,
    /// The whole timeline drawn in lanes, where the call names no metric.
    pub chart: Option<Chart<Lanes<'b>>>,
    /// The metric drawn, a chart for each unit that it was measured in.
    pub charts: Vec<Chart<Steps<'b>>>,
    /// The newest rows of its timeline.
    pub rows: Vec<RowView<'b>>,
    /// The label of the metric.
    pub metric: Option<&'b str>,
    /// The values of that metric, by date.
    pub series: Vec<ValueView<'b>>,
}

/// How many rows and values a component is given.
const RECORD_ROWS: usize = 50;

/// Builds the view of a document's prose; none where it has no text.
pub(super) fn view(briefing: &Briefing, doc: DocId) -> Option<ProseView<'_>> {
    let origin = briefing.origin(doc)?;
    let prose = briefing.prose_of(doc);
    let mention = |(span, doc): &(Span, DocId)| (*span, target_href(briefing, &Target::Document(*doc, None)));
    let component = |component: &crate::link::LinkedComponent| ComponentData {
        span: component.span,
        record: component.company.map(|company| RecordView::of(briefing, company, component.metric)),
    };
    Some(ProseView {
        origin,
        headings: &prose.headings,
        links: prose.links.iter().map(|link| ProseLink::of(briefing, doc, link)).collect(),
        mentions: prose.mentions.iter().map(mention).collect(),
        components: prose.components.iter().map(component).collect(),
        notes: notes(briefing, &prose.links),
        trusted: briefing.config.trusted,
    })
}

/// Lists what notes say of the claims that links lead to, each claim once.
fn notes<'b>(briefing: &'b Briefing, links: &[Link]) -> Vec<NoteView<'b>> {
    let mut known = BTreeSet::new();
    let cited = links.iter().filter_map(|link| match &link.target {
        Target::Claim(id) => Some(*id),
        _ => None,
    });
    let note = |id| NoteView { of: briefing.claim_path(id), claim: ClaimView::in_list(briefing, id) };
    cited.filter(|id| known.insert(*id)).map(note).collect()
}

impl ProseLink {
    fn of(briefing: &Briefing, doc: DocId, link: &Link) -> Self {
        Self {
            span: link.span,
            href: match link.target {
                // A reader of the analysis finds its claims on the same page.
                Target::Claim(id) if doc == DocId::Analysis(briefing.claim_links[id.index()].analysis) => {
                    claim_place(briefing, id)
                }
                _ => target_href(briefing, &link.target),
            },
            text: link.empty.then(|| target_words(briefing, &link.target)),
            claim: match &link.target {
                Target::Claim(id) => Some(cited(briefing, *id)),
                _ => None,
            },
        }
    }

    /// Gives the answer that setting the text asks for.
    pub fn resolved(&self) -> Resolved {
        Resolved {
            span: self.span,
            href: self.href.as_str().into(),
            title: self.claim.as_ref().map(|claim| claim.title.as_str().into()),
            class: self.claim.as_ref().map(|claim| claim.class),
            text: self.text.as_deref().map(Into::into),
            claim: self.claim.as_ref().map(|claim| claim.id.as_str().into()),
        }
    }
}

/// Sets a short text of a document's front matter as HTML, with its links.
pub(super) fn short(briefing: &Briefing, doc: DocId, text: &Spanned<String>) -> String {
    let links = briefing.prose_of(doc).links_of_short(text.span);
    let resolved: Vec<Resolved> = links.iter().map(|link| ProseLink::of(briefing, doc, link).resolved()).collect();
    inline(&text.value, &resolved)
}

fn cited(briefing: &Briefing, id: ClaimId) -> CitedClaim {
    let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
    let by = claim.attribution.clone().unwrap_or_else(|| match links.sources.first() {
        Some(source) => briefing.source(*source).name().to_owned(),
        None => say("no_source", &[]),
    });
    CitedClaim {
        id: briefing.claim_path(id),
        class: status_class(claim.status),
        title: format!("{} ({}, {by})", claim.text, word("status", claim.status.word())),
    }
}

/// The class of a cited claim's link, by which the theme underlines it.
fn status_class(status: Status) -> &'static str {
    match status {
        Status::Reported => "claim reported",
        Status::Confirmed => "claim confirmed",
        Status::Disputed => "claim disputed",
        Status::Corrected => "claim corrected",
        Status::Superseded => "claim superseded",
        Status::Retracted => "claim retracted",
    }
}

impl<'b> RecordView<'b> {
    /// Builds the record of a company, with the values of one metric where one is asked for.
    pub fn of(briefing: &'b Briefing, company: CompanyId, metric: Option<MetricId>) -> Self {
        let all = 0..briefing.timelines[company.index()].entries.len();
        Self {
            company: LinkView::company(briefing, company),
            chart: if metric.is_none() { chart::lanes(briefing, company, all) } else { None },
            charts: metric.map(|metric| chart::metric(briefing, company, metric)).unwrap_or_default(),
            rows: TimelineView::excerpt(briefing, company, RECORD_ROWS),
            metric: metric.map(|metric| briefing.metric(metric).label.as_str()),
            series: metric.map(|metric| series(briefing, company, metric)).unwrap_or_default(),
        }
    }
}

fn series(briefing: &Briefing, company: CompanyId, metric: MetricId) -> Vec<ValueView<'_>> {
    let measured =
        |id: &ClaimId| briefing.claim_links[id.index()].metric == Some(metric) && briefing.claim(*id).value.is_some();
    let own = briefing.company_links[company.index()].claims.iter().copied();
    let mut claims: Vec<ClaimId> = own.filter(measured).collect();
    let date = |id: &ClaimId| briefing.claim(*id).date.as_ref().map(|date| &date.value);
    claims.sort_by_key(|id| (date(id).map(|date| (date.earliest(), date.precision())), *id));
    let newest = claims.len().saturating_sub(RECORD_ROWS);
    claims[newest..].iter().filter_map(|id| ValueView::of(briefing, *id)).collect()
}
