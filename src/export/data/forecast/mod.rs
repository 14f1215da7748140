//! Forecasts as data: each of them, and before them how they did.
//!
//! Scores and shares are numbers from 0 to 1 (a logarithmic score has no lower bound), rounded half to even at six
//! places; null stands for what there is not.

mod scores;
mod summary;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, Kind, Record, Records, Row};
use crate::export::shown::{Number, PathId, Shown, on_site};
use crate::ids::PredictionId;
use crate::link::Briefing;
use crate::model::Revision as Revised;
use crate::pages::prediction_href;
use crate::value::{Date, Day, Likelihood, Vocabulary};

pub(super) use summary::Summary;

/// One forecast.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Forecast")]
pub(in crate::export) struct ForecastRecord<'b> {
    /// The full id, `analysis-slug/forecast-id`.
    id: Shown<PathId<'b>>,
    /// The slug of the analysis that makes it.
    analysis: &'b str,
    /// What will happen.
    text: &'b str,
    /// The id of the company that it is about.
    company: Option<&'b str>,
    /// The day that it was made.
    made: Shown<Day>,
    /// When it will be known, in EDTF.
    due: Option<Shown<&'b Date>>,
    /// The last day of that.
    due_day: Option<Shown<Day>>,
    /// The first probability, from 0 to 1.
    probability: Option<Number>,
    /// How likely, in the words of ICD 203.
    likelihood: Option<&'static str>,
    /// What must all be so for the answer yes.
    criteria: &'b [String],
    /// What must happen first for it to count at all.
    condition: Option<&'b str>,
    /// The full ids of the claims that it rests on.
    evidence: Vec<Shown<PathId<'b>>>,
    /// Later probabilities, the oldest first.
    revisions: Vec<Revision<'b>>,
    /// Where it stands: open, due, overdue, resolved, ambiguous, annulled or withdrawn.
    status: &'static str,
    /// What came of it: yes, no, ambiguous, annulled or withdrawn; null before that.
    outcome: Option<&'static str>,
    /// The day that the outcome was known.
    resolved: Option<Shown<Day>>,
    /// The Brier score of the first probability.
    brier: Option<Number>,
    /// The logarithmic score of the first probability; null where it is minus infinity, and `brier` is 1.
    log: Option<Number>,
    /// The Brier score averaged over the days that the forecast stood.
    brier_time_averaged: Option<Number>,
    /// Whether it was changed after its day, which takes it out of all means.
    changed: bool,
    /// The day of the build that put on record what it says; null for a draft.
    sealed: Option<Shown<Day>>,
    /// Its permalink.
    url: String,
}

/// A later probability.
#[derive(Debug, Hash, Serialize, JsonSchema)]
struct Revision<'b> {
    /// Its day.
    date: Shown<Day>,
    /// The probability, from 0 to 1.
    probability: Number,
    /// Why it changed.
    why: Option<&'b str>,
}

impl<'b> ForecastRecord<'b> {
    /// Makes the record of a forecast.
    pub(in crate::export) fn of(briefing: &'b Briefing, id: PredictionId) -> Self {
        let (prediction, links) = (briefing.prediction(id), &briefing.prediction_links[id.index()]);
        let forecast = briefing.forecast(id);
        let score = forecast.score;
        let resolution = prediction.resolution.as_ref();
        Self {
            id: PathId::prediction(briefing, id),
            analysis: &briefing.analysis(links.analysis).slug.value,
            text: &prediction.text,
            company: links.company.map(|company| briefing.company(company).id.as_str()),
            made: Shown(prediction.made),
            due: prediction.due.as_ref().map(Shown),
            due_day: prediction.due.as_ref().and_then(Date::latest).map(Shown),
            probability: prediction.probability.map(|probability| Number::of(probability.amount())),
            likelihood: prediction.likelihood.map(Likelihood::as_str),
            criteria: &prediction.criteria,
            condition: prediction.condition.as_deref(),
            evidence: links.evidence.iter().map(|id| PathId::claim(briefing, *id)).collect(),
            revisions: prediction.revisions.iter().map(Revision::of).collect(),
            status: forecast.standing.word(),
            outcome: resolution.map(|resolution| resolution.outcome.word()),
            resolved: resolution.and_then(|resolution| resolution.day).map(Shown),
            brier: score.map(|score| Number::of(score.brier)),
            log: score.and_then(|score| score.log).map(Number::of),
            brier_time_averaged: score.and_then(|score| score.brier_time_averaged).map(Number::of),
            changed: forecast.changed,
            sealed: forecast.sealed.map(Shown),
            url: on_site(briefing, &prediction_href(briefing, id)),
        }
    }
}

impl<'b> Revision<'b> {
    fn of(revised: &'b Revised) -> Self {
        let Revised { day, probability, why, .. } = revised;
        Self { date: Shown(*day), probability: Number::of(probability.amount()), why: why.as_deref() }
    }
}

impl Record for ForecastRecord<'_> {
    const NAME: &'static str = "forecasts";
    const ABOUT: &'static str = "Every forecast, where it stands, and how good it was.";
    const KEY: &'static [&'static str] = &["id"];
    const COLUMNS: &'static [Column] = &[
        Column::new("id", Kind::Word),
        Column::new("text", Kind::Text),
        Column::new("company", Kind::Word),
        Column::new("made", Kind::Day),
        Column::new("due", Kind::Date),
        Column::new("due_day", Kind::Day),
        Column::new("probability", Kind::Decimal),
        Column::new("likelihood", Kind::Word),
        Column::new("status", Kind::Word),
        Column::new("outcome", Kind::Word),
        Column::new("resolved", Kind::Day),
        Column::new("brier", Kind::Decimal),
        Column::new("log", Kind::Decimal),
        Column::new("brier_time_averaged", Kind::Decimal),
        Column::new("changed", Kind::Flag),
        Column::new("sealed", Kind::Day),
        Column::new("criteria", Kind::Text),
        Column::new("condition", Kind::Text),
        Column::new("revisions", Kind::Word),
        Column::new("evidence", Kind::Word),
        Column::new("analysis", Kind::Word),
        Column::new("url", Kind::Address),
    ];

    fn cells(&self, row: &mut Row) {
        row.shown(Some(&self.id));
        row.text(Some(self.text));
        row.word(self.company);
        row.shown(Some(self.made));
        row.shown(self.due);
        row.shown(self.due_day);
        row.shown(self.probability);
        row.word(self.likelihood);
        row.word(Some(self.status));
        row.word(self.outcome);
        row.shown(self.resolved);
        row.shown(self.brier);
        row.shown(self.log);
        row.shown(self.brier_time_averaged);
        row.shown(Some(self.changed));
        row.shown(self.sealed);
        row.text(Some(&self.criteria.join("; ")));
        row.text(self.condition);
        row.list(self.revisions.iter().map(|one| format!("{}:{}", one.date, one.probability)), " ");
        row.list(&self.evidence, " ");
        row.word(Some(self.analysis));
        row.word(Some(&self.url));
    }
}

/// Lists all forecasts in the order of their analyses from the oldest, and before them how they did.
pub(super) fn records(briefing: &Briefing) -> Records<'_, ForecastRecord<'_>, Summary<'_>> {
    let record = |at| ForecastRecord::of(briefing, PredictionId::at(at));
    Records::after(Summary::of(briefing), briefing.predictions.len(), record)
}
