//! The record of many forecasts: scores, counts and calibration.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use schemars::JsonSchema;
use serde::Serialize;

use crate::link::{Bin, Decomposition, Record, Scores};

/// Mean scores.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScoresJson {
    /// How many forecasts the first two are of.
    pub count: usize,
    /// The mean Brier score.
    pub brier: f64,
    /// The mean logarithmic score; null where it is minus infinity.
    pub log: Option<f64>,
    /// How many forecasts gave no chance to what came, so that their logarithmic score is minus infinity.
    pub log_infinite: usize,
    /// The mean of the Brier scores averaged over time; null where no last day is known.
    pub brier_time_averaged: Option<f64>,
    /// How many forecasts that is of.
    pub time_averaged: usize,
}

/// How many forecasts stand where.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CountsJson {
    /// All of them.
    pub total: usize,
    /// Open ones that are not due within 30 days.
    pub open: usize,
    /// Those due within 30 days, today included.
    pub due: usize,
    /// Those past their last day without an outcome.
    pub overdue: usize,
    /// Those that came out yes or no.
    pub resolved: usize,
    /// Those that nobody can decide.
    pub ambiguous: usize,
    /// Those whose question turned out to be void.
    pub annulled: usize,
    /// Those that were taken back.
    pub withdrawn: usize,
    /// Those that the scores are of.
    pub scored: usize,
    /// Those that came out yes or no and have no probability to score.
    pub unscored: usize,
    /// Those that were changed after their day, wherever they stand; none of them is scored.
    pub changed: usize,
    /// Those on record that the site no longer has; null where that is not known.
    pub removed: Option<usize>,
}

/// The calibration curve.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CalibrationJson {
    /// The tenths of the scale that have forecasts.
    pub bins: Vec<BinJson>,
    /// The parts of the Brier score; null before thirty forecasts are scored.
    pub decomposition: Option<DecompositionJson>,
}

/// A tenth of the scale: the lower end belongs to it, the upper one only where it is 1.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BinJson {
    /// The lower end.
    pub from: f64,
    /// The upper end.
    pub to: f64,
    /// How many forecasts it has.
    pub n: usize,
    /// How many of them came.
    pub happened: usize,
    /// The mean of their probabilities.
    pub mean_forecast: f64,
    /// The share of them that came.
    pub observed: f64,
    /// The lower end of that share's interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The parts of the Brier score of the binned forecasts: `brier_binned` = `reliability` − `resolution` + `uncertainty`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecompositionJson {
    /// The Brier score, every forecast counted with the mean probability of its bin.
    pub brier_binned: f64,
    /// How far the bins are from what was observed in them.
    pub reliability: f64,
    /// How far the bins are from the share of all that came.
    pub resolution: f64,
    /// How uncertain the events were.
    pub uncertainty: f64,
}

/// Rounds half to even at six places, which a float holds without noise.
pub(super) fn number(number: Decimal) -> f64 {
    number.round_dp(6).to_f64().unwrap_or_default()
}

impl ScoresJson {
    pub(super) fn of(scores: &Scores) -> Self {
        Self {
            count: scores.count,
            brier: number(scores.brier),
            log: scores.log.map(number),
            log_infinite: scores.log_infinite,
            brier_time_averaged: scores.brier_time_averaged.map(number),
            time_averaged: scores.time_averaged,
        }
    }
}

impl CountsJson {
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

impl CalibrationJson {
    pub(super) fn of(record: &Record) -> Option<Self> {
        let bins: Vec<BinJson> = record.calibration.iter().map(BinJson::of).collect();
        let decomposition = record.decomposition.as_ref().map(DecompositionJson::of);
        (!bins.is_empty()).then_some(Self { bins, decomposition })
    }
}

impl BinJson {
    pub(super) fn of(bin: &Bin) -> Self {
        let tenth = |tenth: u8| f64::from(tenth) / 10.0;
        Self {
            from: tenth(bin.tenth),
            to: tenth(bin.tenth.saturating_add(1)),
            n: bin.count,
            happened: bin.happened,
            mean_forecast: number(bin.mean),
            observed: number(bin.observed),
            low: number(bin.interval.0),
            high: number(bin.interval.1),
        }
    }
}

impl DecompositionJson {
    pub(super) fn of(parts: &Decomposition) -> Self {
        Self {
            brier_binned: number(parts.binned),
            reliability: number(parts.reliability),
            resolution: number(parts.resolution),
            uncertainty: number(parts.uncertainty),
        }
    }
}
