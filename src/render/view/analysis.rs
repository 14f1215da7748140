//! An analysis's page.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ClaimView, Content, DateView, LinkView, PredictionView, RelatedView, RevisedView, SourceView, View};
use crate::export::Citation;
use crate::export::social::{Tally, is_disputed};
use crate::ids::{AnalysisId, ClaimId, PredictionId};
use crate::link::{Briefing, DocId, SignalLinks};
use crate::model::{Action, Analysis, Correction, Reading, Signal};
use crate::pages::{List, Page};
use crate::pages::{asset_path, correction_anchors, path_href, prediction_href};
use crate::text::Spanned;

/// An analysis.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct AnalysisView<'b> {
    /// Its path below /analyses/.
    pub slug: &'b str,
    /// Its day.
    pub date: DateView<'b>,
    /// The last change that readers should know of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<DateView<'b>>,
    /// By-lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<LinkView<'b>>,
    /// Companies that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub companies: Vec<LinkView<'b>>,
    /// People whom it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<LinkView<'b>>,
    /// Tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<LinkView<'b>>,
    /// The series, with the analyses before and after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<SeriesView<'b>>,
    /// A picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageView<'b>>,
    /// Minutes that reading it takes.
    pub minutes: u32,
    /// Why a reader should care, as inline HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "HTML"))]
    pub why_it_matters: Option<String>,
    /// The author's judgement, as inline HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "HTML"))]
    pub take: Option<String>,
    /// The points to remember, as inline HTML.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(extend("items" = { "type": "string", "format": "HTML" }))]
    pub takeaways: Vec<String>,
    /// What it rests on, in figures.
    pub evidence: EvidenceView,
    /// Statements of fact.
    pub claims: Vec<ClaimView<'b>>,
    /// Forecasts.
    pub predictions: Vec<PredictionView<'b>>,
    /// What to watch.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<SignalView<'b>>,
    /// What a reader could do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<ActionView<'b>>,
    /// What was wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<CorrectionView<'b>>,
    /// Its sources.
    pub sources: Vec<SourceView<'b>>,
    /// Related analyses, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub related: Option<RelatedView<'b>>,
    /// Later analyses that put it right or take its place, the latest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub revised_by: Vec<RevisedView<'b>>,
    /// How to cite it.
    pub cite: Citation<'b>,
    /// Whether it is a draft, embargoed or expired: only a build with drafts shows it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub left_out: bool,
}

/// What an analysis rests on, in figures.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct EvidenceView {
    /// How many independent works stand behind its claims.
    pub roots: usize,
    /// How many of its claims are disputed, by their author or by another claim.
    pub disputed: usize,
    /// The place of the first of those.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disputed_href: Option<String>,
    /// How many of its forecasts are open.
    pub open: usize,
}

/// An analysis's place in its series.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct SeriesView<'b> {
    /// The series.
    pub link: LinkView<'b>,
    /// Which piece of it this is, from 1.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The one before.
    pub previous: Option<LinkView<'b>>,
    /// The one after.
    pub next: Option<LinkView<'b>>,
}

/// A picture.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ImageView<'b> {
    /// Its address.
    pub src: String,
    /// What it shows.
    pub alt: &'b str,
}

/// Something to watch.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct SignalView<'b> {
    /// What to watch, as inline HTML.
    #[schemars(extend("format" = "HTML"))]
    pub text: String,
    /// The company to watch.
    pub company: Option<LinkView<'b>>,
    /// The metric to watch.
    pub metric: Option<&'b str>,
    /// How often to look.
    pub every: Option<&'b str>,
    /// When to look next.
    pub next: Option<DateView<'b>>,
    /// Forecasts that it bears on.
    pub bears_on: Vec<LinkView<'b>>,
    /// What was seen so far.
    pub readings: Vec<ReadingView<'b>>,
}

/// One look at a signal.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ReadingView<'b> {
    /// Its day.
    pub date: DateView<'b>,
    /// What was seen.
    pub text: &'b str,
}

/// Something that a reader could do.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ActionView<'b> {
    /// What to do, as inline HTML.
    #[schemars(extend("format" = "HTML"))]
    pub text: String,
    /// Who should do it.
    pub audience: Option<&'b str>,
    /// By when.
    pub due: Option<DateView<'b>>,
    /// The date after which the advice no longer holds.
    pub until: Option<DateView<'b>>,
    /// Whether there is nothing left to do: `until` has passed, or `due` where there is no `until`.
    pub past: bool,
}

/// A correction.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct CorrectionView<'b> {
    /// The id of its place in the page.
    pub anchor: String,
    /// Its day.
    pub date: DateView<'b>,
    /// What the analysis said.
    pub was: &'b str,
    /// What it says now.
    pub now: &'b str,
    /// Why.
    pub why: Option<&'b str>,
}

/// Builds the view of an analysis's page.
pub(super) fn view(briefing: &Briefing, id: AnalysisId) -> View<'_> {
    let (analysis, links) = (briefing.analysis(id), &briefing.analysis_links[id.index()]);
    let doc = DocId::Analysis(id);
    let short = |text: &Spanned<String>| super::prose::short(briefing, doc, text);
    let group = |list| LinkView::to(briefing, &Page::List(list, 1));
    let analysis_view = AnalysisView {
        slug: &analysis.slug.value,
        date: DateView::Date(&analysis.date),
        updated: analysis.updated.as_ref().map(DateView::Date),
        authors: links.authors.iter().map(|id| group(List::Author(*id))).collect(),
        companies: links.companies.iter().map(|id| LinkView::company(briefing, *id)).collect(),
        people: links.people.iter().map(|id| LinkView::to(briefing, &Page::Person(*id))).collect(),
        tags: links.tags.iter().map(|id| group(List::Tag(*id))).collect(),
        series: links.series.and_then(|series| series_view(briefing, id, List::Series(series))),
        image: image(briefing, analysis),
        minutes: briefing.prose_of(doc).minutes(),
        why_it_matters: analysis.why_it_matters.as_ref().map(short),
        take: analysis.take.as_ref().map(short),
        takeaways: analysis.takeaways.iter().map(short).collect(),
        evidence: EvidenceView::of(briefing, id),
        claims: links
            .claims
            .clone()
            .map(|at| ClaimView::in_analysis(briefing, ClaimId::at(at), &links.sources))
            .collect(),
        predictions: links
            .predictions
            .clone()
            .map(|at| PredictionView::in_analysis(briefing, PredictionId::at(at)))
            .collect(),
        signals: analysis
            .signals
            .iter()
            .zip(&links.signals)
            .map(|(one, links)| signal(briefing, one, links, short(&one.text)))
            .collect(),
        actions: analysis.actions.iter().map(|one| action(briefing, one, short(&one.text))).collect(),
        corrections: corrections(&analysis.corrections),
        sources: links.sources.iter().map(|id| SourceView::of(briefing, *id)).collect(),
        related: RelatedView::of(briefing, id),
        revised_by: RevisedView::of(briefing, id),
        cite: Citation::of_analysis(briefing, id),
        left_out: analysis.is_left_out(briefing.config.now.instant),
    };
    super::of(briefing, &Page::Analysis(id), "analysis", "analyses", Content::Analysis(Box::new(analysis_view)))
}

impl EvidenceView {
    fn of(briefing: &Briefing, id: AnalysisId) -> Self {
        let Tally { sources, disputed, open, .. } = Tally::of_analysis(briefing, id);
        let mut claims = briefing.analysis_links[id.index()].claims.clone().map(ClaimId::at);
        let disputed_href = claims.find(|id| is_disputed(briefing, *id));
        let disputed_href = disputed_href.map(|id| format!("#claim:{}", briefing.claim(id).id));
        Self { roots: sources, disputed, disputed_href, open }
    }
}

fn series_view(briefing: &Briefing, id: AnalysisId, list: List) -> Option<SeriesView<'_>> {
    let pieces = &crate::pages::lists::group(briefing, list)?.analyses;
    let at = pieces.binary_search(&id).ok()?;
    let piece = |at: usize| pieces.get(at).map(|id| LinkView::to(briefing, &Page::Analysis(*id)));
    Some(SeriesView {
        link: LinkView::to(briefing, &Page::List(list, 1)),
        number: at + 1,
        total: pieces.len(),
        previous: at.checked_sub(1).and_then(piece),
        next: piece(at + 1),
    })
}

fn image<'b>(briefing: &Briefing, analysis: &'b Analysis) -> Option<ImageView<'b>> {
    let image = analysis.image.as_ref()?;
    let file = briefing.beside(&analysis.origin, &image.value)?;
    Some(ImageView {
        src: path_href(briefing, &asset_path(briefing, file)),
        alt: analysis.image_alt.as_deref().unwrap_or_default(),
    })
}

fn signal<'b>(briefing: &'b Briefing, signal: &'b Signal, links: &SignalLinks, text: String) -> SignalView<'b> {
    let forecast =
        |id: &PredictionId| LinkView { text: &briefing.prediction(*id).text, href: prediction_href(briefing, *id) };
    let reading = |reading: &'b Reading| ReadingView { date: DateView::Day(reading.day), text: &reading.text };
    SignalView {
        text,
        company: links.company.map(|id| LinkView::company(briefing, id)),
        metric: links.metric.map(|id| briefing.metric(id).label.as_str()),
        every: signal.every.as_deref(),
        next: signal.next.as_ref().map(DateView::Date),
        bears_on: links.bears_on.iter().map(forecast).collect(),
        readings: signal.readings.iter().map(reading).collect(),
    }
}

fn action<'b>(briefing: &Briefing, action: &'b Action, text: String) -> ActionView<'b> {
    let today = briefing.config.now.day;
    ActionView {
        text,
        audience: action.audience.as_deref(),
        due: action.due.as_ref().map(DateView::Date),
        until: action.until.as_ref().map(DateView::Date),
        past: action.last_day().is_some_and(|last| last < today),
    }
}

fn corrections(corrections: &[Correction]) -> Vec<CorrectionView<'_>> {
    let view = |(correction, anchor)| correction_view(correction, anchor);
    corrections.iter().zip(correction_anchors(corrections)).map(view).collect()
}

fn correction_view(correction: &Correction, anchor: String) -> CorrectionView<'_> {
    CorrectionView {
        anchor,
        date: DateView::Day(correction.day),
        was: &correction.was,
        now: &correction.now,
        why: correction.why.as_deref(),
    }
}
