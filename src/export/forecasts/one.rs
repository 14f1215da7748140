//! One forecast.

use schemars::JsonSchema;
use serde::Serialize;

use super::record::number;
use crate::ids::PredictionId;
use crate::link::Briefing;
use crate::model::Revision;
use crate::pages::{Page, canonical, encode};
use crate::value::Vocabulary;

/// One forecast.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ForecastJson<'b> {
    /// The full id, `analysis-slug/id`.
    pub id: String,
    /// The slug of the analysis that makes it.
    pub analysis: &'b str,
    /// What will happen.
    pub text: &'b str,
    /// The id of the company that it is about.
    pub company: Option<&'b str>,
    /// The day that it was made.
    pub made: String,
    /// When it will be known, as EDTF.
    pub due: Option<&'b str>,
    /// The last day of that.
    pub due_day: Option<String>,
    /// The first probability.
    pub probability: Option<f64>,
    /// The word of likelihood.
    pub likelihood: Option<&'static str>,
    /// What must all be so for the answer yes.
    pub criteria: &'b [String],
    /// What must happen first for it to count at all.
    pub condition: Option<&'b str>,
    /// Later probabilities, the oldest first.
    pub revisions: Vec<RevisionJson<'b>>,
    /// `open`, `due`, `overdue`, `resolved`, `ambiguous`, `annulled` or `withdrawn`.
    pub status: &'static str,
    /// `yes`, `no`, `ambiguous`, `annulled` or `withdrawn`; null before that.
    pub outcome: Option<&'static str>,
    /// The day that the outcome was known.
    pub resolved: Option<String>,
    /// The Brier score of the first probability.
    pub brier: Option<f64>,
    /// The logarithmic score of the first probability; null where it is minus infinity, and `brier` is 1.
    pub log: Option<f64>,
    /// The Brier score averaged over the days that the forecast stood.
    pub brier_time_averaged: Option<f64>,
    /// Whether it was changed after its day, which takes it out of the means above.
    pub changed: bool,
    /// The day of the build that put on record what it says; null for a draft.
    pub sealed: Option<String>,
    /// The address of its place in its analysis.
    pub url: String,
}

/// A later probability.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RevisionJson<'b> {
    /// Its day.
    pub date: String,
    /// The probability.
    pub probability: f64,
    /// Why it changed.
    pub why: Option<&'b str>,
}

impl<'b> ForecastJson<'b> {
    pub(super) fn of(briefing: &'b Briefing, id: PredictionId) -> Self {
        let (prediction, links) = (briefing.prediction(id), &briefing.prediction_links[id.index()]);
        let forecast = briefing.forecast(id);
        let score = forecast.score;
        let resolution = prediction.resolution.as_ref();
        let page = canonical(briefing, &Page::Analysis(links.analysis));
        Self {
            id: briefing.prediction_path(id),
            analysis: &briefing.analysis(links.analysis).slug.value,
            text: &prediction.text,
            company: links.company.map(|company| briefing.company(company).id.as_str()),
            made: prediction.made.to_string(),
            due: prediction.due.as_ref().map(|due| due.as_str()),
            due_day: prediction.due.as_ref().and_then(|due| due.latest()).map(|day| day.to_string()),
            probability: prediction.probability.map(|probability| number(probability.amount())),
            likelihood: prediction.likelihood.map(|likelihood| likelihood.as_str()),
            criteria: &prediction.criteria,
            condition: prediction.condition.as_deref(),
            revisions: prediction.revisions.iter().map(RevisionJson::of).collect(),
            status: forecast.standing.word(),
            outcome: resolution.map(|resolution| resolution.outcome.word()),
            resolved: resolution.and_then(|resolution| resolution.day).map(|day| day.to_string()),
            brier: score.map(|score| number(score.brier)),
            log: score.and_then(|score| score.log).map(number),
            brier_time_averaged: score.and_then(|score| score.brier_time_averaged).map(number),
            changed: forecast.changed,
            sealed: forecast.sealed.map(|day| day.to_string()),
            url: format!("{page}#forecast:{}", encode(&prediction.id)),
        }
    }
}

impl<'b> RevisionJson<'b> {
    pub(super) fn of(revision: &'b Revision) -> Self {
        Self {
            date: revision.day.to_string(),
            probability: number(revision.probability.amount()),
            why: revision.why.as_deref(),
        }
    }
}
