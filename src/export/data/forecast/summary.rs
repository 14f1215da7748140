//! How the forecasts did: what stands before them in their file.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::scores::{Calibration, Counts, Scores};
use crate::export::VERSION;
use crate::export::shown::{Number, Shown};
use crate::link::{Briefing, Record, WordRecord};
use crate::value::Day;

/// How the forecasts of a publication did.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub(in crate::export::data) struct Summary<'b> {
    /// The version of this form.
    version: u32,
    /// The day that the site was built for, on which the forecasts stand where they do.
    as_of: Shown<Day>,
    /// How the numbers are to be read.
    convention: Convention,
    /// The mean scores; null where nothing is scored yet.
    scores: Option<Scores>,
    /// How many forecasts stand where.
    counts: Counts,
    /// The calibration curve; null before ten forecasts are scored.
    calibration: Option<Calibration>,
    /// What came of the forecasts made in words, from the least to the most likely; they are never scored.
    likelihood: Vec<Word>,
    /// The record of each by-line.
    authors: Vec<TrackRecord<'b>>,
    /// The record of the forecasts about each company, those about its units not included.
    companies: Vec<TrackRecord<'b>>,
}

/// How the numbers are to be read, in words.
#[derive(Debug, Hash, Serialize, JsonSchema)]
struct Convention {
    /// Of the Brier score.
    brier: &'static str,
    /// Of the logarithmic score.
    log: &'static str,
    /// Of the Brier score averaged over time.
    brier_time_averaged: &'static str,
    /// Of the calibration's intervals.
    interval: &'static str,
    /// Of the parts of the Brier score.
    decomposition: &'static str,
}

/// What came of the forecasts that a word was given to.
#[derive(Debug, Hash, Serialize, JsonSchema)]
struct Word {
    /// The word of ICD 203.
    word: &'static str,
    /// The lower end of the range that it stands for.
    low: Number,
    /// The upper end.
    high: Number,
    /// How many forecasts have it.
    total: usize,
    /// How many of them came out yes or no.
    resolved: usize,
    /// How many of those came.
    happened: usize,
    /// The share of them that came; null where none is resolved.
    observed: Option<Number>,
}

/// The record of a by-line or a company.
#[derive(Debug, Hash, Serialize, JsonSchema)]
struct TrackRecord<'b> {
    /// The slug of the by-line, or the id of the company.
    id: &'b str,
    /// The name.
    name: &'b str,
    /// The mean scores; null where nothing is scored yet.
    scores: Option<Scores>,
    /// How many forecasts stand where.
    counts: Counts,
    /// The calibration curve; null before ten forecasts are scored.
    calibration: Option<Calibration>,
}

/// How the numbers are to be read.
const CONVENTION: Convention = Convention {
    brier: "mean of (probability - outcome)^2 over the first probabilities, 0 to 1, lower is better, 0.25 is what a \
            coin flip gets (Brier 1950, for a binary event)",
    log: "mean of the natural logarithm of the probability given to what came, 0 is best, -0.693147 is what a coin \
          flip gets, minus infinity (null, counted in log_infinite) where that probability was 0",
    brier_time_averaged: "mean over the days from the day made up to, and without, the earlier of the day resolved \
                          and the last day due; each probability counts from its own day on",
    interval: "Wilson 1927, 95%",
    decomposition: "Murphy 1973 within bins of ten: brier_binned = reliability - resolution + uncertainty",
};

impl<'b> Summary<'b> {
    /// Sums up the forecasts of a publication.
    pub(super) fn of(briefing: &'b Briefing) -> Self {
        let (forecasts, groups) = (&briefing.forecasts, &briefing.groups);
        let authors = forecasts.authors.iter().map(|(id, record)| {
            let author = &groups.authors[id.index()];
            TrackRecord::of(&author.slug, &author.name, record)
        });
        let companies = forecasts.companies.iter().map(|(id, record)| {
            let company = briefing.company(*id);
            TrackRecord::of(&company.id, &company.name.value, record)
        });
        Self {
            version: VERSION,
            as_of: Shown(briefing.config.now.day),
            convention: CONVENTION,
            scores: forecasts.record.scores.as_ref().map(Scores::of),
            counts: Counts::with_removed(&forecasts.record, forecasts.removed),
            calibration: Calibration::of(&forecasts.record),
            likelihood: forecasts.words.iter().map(Word::of).collect(),
            authors: authors.collect(),
            companies: companies.collect(),
        }
    }
}

impl Word {
    fn of(record: &WordRecord) -> Self {
        let WordRecord { likelihood, total, resolved, happened } = *record;
        let share = |part: Decimal, whole: Decimal| part.checked_div(whole).map(Number::of);
        let percent = |end: Decimal| share(end, Decimal::ONE_HUNDRED).unwrap_or_default();
        let (low, high) = likelihood.range();
        Self {
            word: likelihood.as_str(),
            low: percent(low),
            high: percent(high),
            total,
            resolved,
            happened,
            observed: share(Decimal::from(happened), Decimal::from(resolved)),
        }
    }
}

impl<'b> TrackRecord<'b> {
    fn of(id: &'b str, name: &'b str, record: &Record) -> Self {
        Self {
            id,
            name,
            scores: record.scores.as_ref().map(Scores::of),
            counts: Counts::of(record),
            calibration: Calibration::of(record),
        }
    }
}
