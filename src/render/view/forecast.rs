//! One forecast as pages show it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{DateView, LinkView, chart};
use crate::ids::{AnalysisId, ClaimId, PredictionId};
use crate::link::Briefing;
use crate::model::Revision;
use crate::pages::{Page, prediction_href};
use crate::render::chart::{Chart, Revisions};
use crate::value::Vocabulary;

/// A forecast; a field that it has no value for is left out, which a template sees as nothing.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct PredictionView<'b> {
    /// The id of its place in the page of its analysis.
    pub anchor: String,
    /// The link to that place.
    pub href: String,
    /// What will happen.
    pub text: &'b str,
    /// The company that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<LinkView<'b>>,
    /// The analysis that makes it, where a list shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis: Option<LinkView<'b>>,
    /// How probable, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probability: Option<String>,
    /// How likely, in the words of ICD 203.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<String>,
    /// The day it was made.
    pub made: DateView<'b>,
    /// When it will be known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DateView<'b>>,
    /// Where it stands today: open, due, overdue, or its outcome.
    pub status: &'static str,
    /// What must all be so for the answer yes.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub criteria: &'b [String],
    /// What must happen first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<&'b str>,
    /// Claims that it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<LinkView<'b>>,
    /// Later probabilities.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<RevisionView<'b>>,
    /// The probabilities from the first on, drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chart: Option<Chart<Revisions<'b>>>,
    /// The day that its outcome was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<DateView<'b>>,
    /// What settled it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<&'b str>,
    /// Who said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<&'b str>,
    /// Signals that bear on it, at most twenty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<WatchView<'b>>,
    /// The Brier score of its first probability.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brier: Option<String>,
    /// The day that what it says was put on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sealed: Option<DateView<'b>>,
    /// Whether it says something else since then.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub changed: bool,
}

/// A later probability.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct RevisionView<'b> {
    /// Its day.
    pub date: DateView<'b>,
    /// The new probability, in percent.
    pub probability: String,
    /// Why it changed.
    pub why: Option<&'b str>,
}

/// A signal that bears on a forecast.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct WatchView<'b> {
    /// What to watch, as its author wrote it.
    pub text: &'b str,
    /// The analysis that watches it.
    pub href: String,
    /// When to look next.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<DateView<'b>>,
}

/// How many signals a forecast shows; any analysis may add one.
const SIGNALS_SHOWN: usize = 20;

impl<'b> PredictionView<'b> {
    /// Shows a forecast in its own analysis.
    pub fn in_analysis(briefing: &'b Briefing, id: PredictionId) -> Self {
        let (prediction, links) = (briefing.prediction(id), &briefing.prediction_links[id.index()]);
        let forecast = briefing.forecast(id);
        let claim = |id: &ClaimId| LinkView::claim(briefing, *id);
        let resolution = prediction.resolution.as_ref();
        let signals = briefing.forecasts.signals[id.index()].iter().take(SIGNALS_SHOWN);
        Self {
            anchor: format!("forecast:{}", prediction.id),
            href: prediction_href(briefing, id),
            text: &prediction.text,
            company: links.company.map(|id| LinkView::company(briefing, id)),
            analysis: None,
            probability: prediction.probability.as_ref().map(ToString::to_string),
            likelihood: prediction.likelihood.as_ref().map(ToString::to_string),
            made: DateView::Day(prediction.made),
            due: prediction.due.as_ref().map(DateView::Date),
            status: resolution.map_or(forecast.standing.word(), |resolution| resolution.outcome.word()),
            criteria: &prediction.criteria,
            condition: prediction.condition.as_deref(),
            evidence: links.evidence.iter().map(claim).collect(),
            revisions: prediction.revisions.iter().map(revision).collect(),
            chart: chart::revisions(prediction),
            resolved: resolution.and_then(|resolution| resolution.day).map(DateView::Day),
            resolution: resolution.and_then(|resolution| resolution.note.as_deref()),
            settled_by: links.settled_by.map(|source| briefing.source(source).name()),
            signals: signals.map(|(analysis, at)| WatchView::of(briefing, *analysis, *at)).collect(),
            brier: forecast.score.map(|score| super::forecasts::places(score.brier)),
            sealed: forecast.sealed.map(DateView::Day),
            changed: forecast.changed,
        }
    }

    /// Shows a forecast in a list, away from its analysis.
    pub fn in_list(briefing: &'b Briefing, id: PredictionId) -> Self {
        let analysis = briefing.prediction_links[id.index()].analysis;
        let analysis = Some(LinkView::to(briefing, &Page::Analysis(analysis)));
        Self { analysis, ..Self::in_analysis(briefing, id) }
    }
}

fn revision(revision: &Revision) -> RevisionView<'_> {
    RevisionView {
        date: DateView::Day(revision.day),
        probability: revision.probability.to_string(),
        why: revision.why.as_deref(),
    }
}

impl<'b> WatchView<'b> {
    fn of(briefing: &'b Briefing, analysis: AnalysisId, at: usize) -> Self {
        let signal = &briefing.analysis(analysis).signals[at];
        Self {
            text: &signal.text.value,
            href: format!("{}#signals", crate::pages::href(briefing, &Page::Analysis(analysis))),
            next: signal.next.as_ref().map(DateView::Date),
        }
    }
}
