//! The record of forecasts made in words: counted, never scored.
//!
//! A word of ICD 203 is a range, not a number; taking its middle for one would invent a precision that its author
//! did not claim.

use super::{Forecast, Standing};
use crate::link::Parted;
use crate::model::{Outcome, Prediction};
use crate::value::Likelihood;

/// What came of the forecasts that one word of likelihood was given to, and no probability.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordRecord {
    /// The word.
    pub likelihood: Likelihood,
    /// How many forecasts have it.
    pub total: usize,
    /// How many of them came out yes or no.
    pub resolved: usize,
    /// How many of those came.
    pub happened: usize,
}

/// Counts forecasts by their words, from the least to the most likely; words without forecasts are left out.
///
/// A forecast that was changed after its day leaves this record as it leaves the score.
pub(super) fn word_records(predictions: &Parted<Prediction>, forecasts: &[Forecast]) -> Vec<WordRecord> {
    let blank = |likelihood| WordRecord { likelihood, total: 0, resolved: 0, happened: 0 };
    let mut records = Likelihood::ALL.map(blank);
    for (prediction, forecast) in predictions.iter().zip(forecasts) {
        let likelihood = prediction.likelihood.filter(|_| prediction.probability.is_none() && !forecast.changed);
        let Some(record) = records.iter_mut().find(|record| Some(record.likelihood) == likelihood) else { continue };
        let outcome = prediction.resolution.as_ref().map(|resolution| resolution.outcome);
        record.total += 1;
        record.resolved += usize::from(forecast.standing == Standing::Resolved);
        record.happened += usize::from(outcome == Some(Outcome::Yes));
    }
    records.into_iter().filter(|record| record.total > 0).collect()
}
