//! The record of many forecasts: scores, counts and calibration.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use crate::export::shown::Number;
use crate::link::{self, Record};

/// Mean scores.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub(super) struct Scores {
    /// How many forecasts the first two are of.
    count: usize,
    /// The mean Brier score.
    brier: Number,
    /// The mean logarithmic score; null where it is minus infinity.
    log: Option<Number>,
    /// How many forecasts gave no chance to what came, so that their logarithmic score is minus infinity.
    log_infinite: usize,
    /// The mean of the Brier scores averaged over time; null where no last day is known.
    brier_time_averaged: Option<Number>,
    /// How many forecasts that is of.
    time_averaged: usize,
}

/// How many forecasts stand where.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub(super) struct Counts {
    /// All of them.
    total: usize,
    /// Open ones that are not due within 30 days.
    open: usize,
    /// Those due within 30 days, today included.
    due: usize,
    /// Those past their last day without an outcome.
    overdue: usize,
    /// Those that came out yes or no.
    resolved: usize,
    /// Those that nobody can decide.
    ambiguous: usize,
    /// Those whose question turned out to be void.
    annulled: usize,
    /// Those that were taken back.
    withdrawn: usize,
    /// Those that the scores are of.
    scored: usize,
    /// Those that came out yes or no and have no probability to score.
    unscored: usize,
    /// Those that were changed after their day, wherever they stand; none of them is scored.
    changed: usize,
    /// Those on record that the site no longer has; null of an author or a company, where nobody knows.
    removed: Option<usize>,
}

/// The calibration curve.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub(super) struct Calibration {
    /// The tenths of the scale that have forecasts.
    bins: Vec<Bin>,
    /// The parts of the Brier score; null before thirty forecasts are scored.
    decomposition: Option<Decomposition>,
}

/// A tenth of the scale: the lower end belongs to it, the upper one only where it is 1.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub(super) struct Bin {
    /// The lower end.
    from: Number,
    /// The upper end.
    to: Number,
    /// How many forecasts it has.
    n: usize,
    /// How many of them came.
    happened: usize,
    /// The mean of their probabilities.
    mean_forecast: Number,
    /// The share of them that came.
    observed: Number,
    /// The lower end of that share's interval.
    low: Number,
    /// The upper end.
    high: Number,
}

/// The parts of the Brier score of the binned forecasts: `brier_binned` = `reliability` − `resolution` + `uncertainty`.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub(super) struct Decomposition {
    /// The Brier score, every forecast counted with the mean probability of its bin.
    brier_binned: Number,
    /// How far the bins are from what was observed in them.
    reliability: Number,
    /// How far the bins are from the share of all that came.
    resolution: Number,
    /// How uncertain the events were.
    uncertainty: Number,
}

impl Scores {
    /// Takes mean scores.
    pub(super) fn of(scores: &link::Scores) -> Self {
        Self {
            count: scores.count,
            brier: Number::of(scores.brier),
            log: scores.log.map(Number::of),
            log_infinite: scores.log_infinite,
            brier_time_averaged: scores.brier_time_averaged.map(Number::of),
            time_averaged: scores.time_averaged,
        }
    }
}

impl Counts {
    /// Takes the counts of a site, which also knows how many forecasts are gone.
    pub(super) fn with_removed(record: &Record, removed: usize) -> Self {
        Self { removed: Some(removed), ..Self::of(record) }
    }

    /// Takes the counts of a record.
    pub(super) fn of(record: &Record) -> Self {
        let counts = &record.counts;
        Self {
            total: counts.total,
            open: counts.open,
            due: counts.due,
            overdue: counts.overdue,
            resolved: counts.resolved,
            ambiguous: counts.ambiguous,
            annulled: counts.annulled,
            withdrawn: counts.withdrawn,
            scored: counts.scored,
            unscored: counts.unscored,
            changed: counts.changed,
            removed: None,
        }
    }
}

impl Calibration {
    /// Takes the curve of a record that has one.
    pub(super) fn of(record: &Record) -> Option<Self> {
        let bins: Vec<Bin> = record.calibration.iter().map(Bin::of).collect();
        let decomposition = record.decomposition.as_ref().map(Decomposition::of);
        (!bins.is_empty()).then_some(Self { bins, decomposition })
    }
}

impl Bin {
    fn of(bin: &link::Bin) -> Self {
        let tenth = |tenth: u8| Number::of(Decimal::new(tenth.into(), 1));
        Self {
            from: tenth(bin.tenth),
            to: tenth(bin.tenth.saturating_add(1)),
            n: bin.count,
            happened: bin.happened,
            mean_forecast: Number::of(bin.mean),
            observed: Number::of(bin.observed),
            low: Number::of(bin.interval.0),
            high: Number::of(bin.interval.1),
        }
    }
}

impl Decomposition {
    fn of(parts: &link::Decomposition) -> Self {
        Self {
            brier_binned: Number::of(parts.binned),
            reliability: Number::of(parts.reliability),
            resolution: Number::of(parts.resolution),
            uncertainty: Number::of(parts.uncertainty),
        }
    }
}
