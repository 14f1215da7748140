//! `/data/forecasts.json`: every forecast, and how they did.
//!
//! Scores and shares are numbers from 0 to 1 (a logarithmic score has no lower bound), rounded half to even at six
//! places; null stands for what there is not. Days are `YYYY-MM-DD`, other dates EDTF.

mod one;
mod record;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use crate::ids::PredictionId;
use crate::link::{Briefing, Record, WordRecord};

pub use one::{ForecastJson, RevisionJson};
use record::number;
pub use record::{BinJson, CalibrationJson, CountsJson, DecompositionJson, ScoresJson};

/// The version of the shape; it changes where a reader would have to.
const VERSION: u32 = 1;

/// All forecasts of a publication, and how they did.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Forecasts")]
pub struct ForecastsJson<'b> {
    /// The version of this shape: 1.
    pub version: u32,
    /// The day that the site was built for, which the standings are of.
    pub as_of: String,
    /// How the numbers are to be read.
    pub convention: ConventionJson,
    /// The mean scores; null where nothing is scored yet.
    pub scores: Option<ScoresJson>,
    /// How many forecasts stand where.
    pub counts: CountsJson,
    /// The calibration curve; null before ten forecasts are scored.
    pub calibration: Option<CalibrationJson>,
    /// What came of the forecasts made in words, from the least to the most likely; they are never scored.
    pub likelihood: Vec<WordJson>,
    /// The record of each by-line.
    pub authors: Vec<RecordJson<'b>>,
    /// The record of the forecasts about each company, those about its units not included.
    pub companies: Vec<RecordJson<'b>>,
    /// The forecasts, in the order of their analyses from the oldest.
    pub forecasts: Vec<ForecastJson<'b>>,
}

/// How the numbers are to be read, in words.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ConventionJson {
    /// Of the Brier score.
    pub brier: &'static str,
    /// Of the logarithmic score.
    pub log: &'static str,
    /// Of the Brier score averaged over time.
    pub brier_time_averaged: &'static str,
    /// Of the calibration's intervals.
    pub interval: &'static str,
    /// Of the parts of the Brier score.
    pub decomposition: &'static str,
}

/// What came of the forecasts that a word was given to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WordJson {
    /// The word of ICD 203.
    pub word: &'static str,
    /// The lower end of the range that it stands for.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How many forecasts have it.
    pub total: usize,
    /// How many of them came out yes or no.
    pub resolved: usize,
    /// How many of those came.
    pub happened: usize,
    /// The share of them that came; null where none is resolved.
    pub observed: Option<f64>,
}

/// The record of a by-line or a company.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RecordJson<'b> {
    /// The slug of the by-line, or the id of the company.
    pub id: &'b str,
    /// The name.
    pub name: &'b str,
    /// The mean scores; null where nothing is scored yet.
    pub scores: Option<ScoresJson>,
    /// How many forecasts stand where.
    pub counts: CountsJson,
    /// The calibration curve; null before ten forecasts are scored.
    pub calibration: Option<CalibrationJson>,
}

/// How the numbers are to be read.
const CONVENTION: ConventionJson = ConventionJson {
    brier: "mean of (probability - outcome)^2 over the first probabilities, 0 to 1, lower is better, 0.25 is what a \
            coin flip gets (Brier 1950, for a binary event)",
    log: "mean of the natural logarithm of the probability given to what came, 0 is best, -0.693147 is what a coin \
          flip gets, minus infinity (null, counted in log_infinite) where that probability was 0",
    brier_time_averaged: "mean over the days from the day made up to, and without, the earlier of the day resolved \
                          and the last day due; each probability counts from its own day on",
    interval: "Wilson 1927, 95%",
    decomposition: "Murphy 1973 within bins of ten: brier_binned = reliability - resolution + uncertainty",
};

/// Gathers the forecasts of a publication for machines.
pub fn forecasts_json(briefing: &Briefing) -> ForecastsJson<'_> {
    let forecasts = &briefing.forecasts;
    let groups = &briefing.groups.authors;
    let authors = forecasts.authors.iter().filter_map(|(id, record)| {
        groups.get(id.index()).map(|author| RecordJson::of(&author.slug, &author.name, record))
    });
    let companies = forecasts.companies.iter().map(|(id, record)| {
        let company = briefing.company(*id);
        RecordJson::of(&company.id, &company.name.value, record)
    });
    ForecastsJson {
        version: VERSION,
        as_of: briefing.config.now.day.to_string(),
        convention: CONVENTION,
        scores: forecasts.record.scores.as_ref().map(ScoresJson::of),
        counts: CountsJson { removed: Some(forecasts.removed), ..CountsJson::of(&forecasts.record) },
        calibration: CalibrationJson::of(&forecasts.record),
        likelihood: forecasts.words.iter().map(WordJson::of).collect(),
        authors: authors.collect(),
        companies: companies.collect(),
        forecasts: (0..briefing.predictions.len()).map(|at| ForecastJson::of(briefing, PredictionId::at(at))).collect(),
    }
}

impl WordJson {
    fn of(record: &WordRecord) -> Self {
        let (low, high) = record.likelihood.range();
        let share = |part: Decimal, whole: Decimal| part.checked_div(whole).map(number);
        let percent = |end: Decimal| share(end, Decimal::ONE_HUNDRED).unwrap_or_default();
        Self {
            word: record.likelihood.as_str(),
            low: percent(low),
            high: percent(high),
            total: record.total,
            resolved: record.resolved,
            happened: record.happened,
            observed: share(Decimal::from(record.happened), Decimal::from(record.resolved)),
        }
    }
}

impl<'b> RecordJson<'b> {
    fn of(id: &'b str, name: &'b str, record: &Record) -> Self {
        Self {
            id,
            name,
            scores: record.scores.as_ref().map(ScoresJson::of),
            counts: CountsJson::of(record),
            calibration: CalibrationJson::of(record),
        }
    }
}
