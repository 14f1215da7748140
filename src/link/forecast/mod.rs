//! Forecasts: where each stands, how good those were whose outcome is known, and whether they still say what they said.
//!
//! ```text
//! standing      open, due, overdue, resolved … on the day of the build
//! score         one forecast: Brier, logarithm, Brier averaged over time
//! calibration   many: how often came what was given a probability
//! record        many: the counts, the mean scores, and their calibration
//! words         forecasts in words of likelihood, counted and never scored
//! seals         forecasts held against the ledger of what they said at first
//! ```

mod calibration;
#[cfg(test)]
pub(crate) mod fixture;
mod record;
mod score;
mod seals;
mod standing;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use super::Briefing;
use crate::ids::{AnalysisId, AuthorId, CompanyId, PredictionId};
use crate::model::Ledger;
use crate::value::Day;

pub use calibration::{Bin, CALIBRATION_FROM, DECOMPOSITION_FROM, Decomposition};
pub use record::{Counts, Forecast, Record, Scores};
pub use score::{Score, steps};
use seals::{Sealed, seal};
pub use standing::Standing;
pub use words::WordRecord;
use words::word_records;

/// What is known of all forecasts of a site.
#[derive(Clone, Debug, Default)]
pub struct Forecasts {
    /// Each forecast, by its id.
    pub each: Vec<Forecast>,
    /// The record of the whole site.
    pub record: Record,
    /// The record of each by-line that has forecasts, in the order of the by-lines.
    pub authors: Vec<(AuthorId, Record)>,
    /// The record of each company that has forecasts about itself, in the order of the companies.
    pub companies: Vec<(CompanyId, Record)>,
    /// The record of the forecasts made in words.
    pub words: Vec<WordRecord>,
    /// The signals that bear on each forecast: the analysis, and which of its signals it is.
    pub signals: Vec<Vec<(AnalysisId, usize)>>,
    /// How many forecasts are on record that the site no longer has.
    pub removed: usize,
    /// The ledger as it is to be once the site is built.
    pub ledger: Ledger,
    shelves: BTreeMap<Standing, Vec<PredictionId>>,
}

impl Forecasts {
    /// Tells whether the site has no forecast, nor ever had one.
    pub fn is_empty(&self) -> bool {
        self.each.is_empty() && self.removed == 0
    }

    /// Lists the forecasts of one standing.
    ///
    /// Those that wait come by the last day that they are due, the others by the day that they ended, the newest first.
    pub fn shelf(&self, standing: Standing) -> &[PredictionId] {
        self.shelves.get(&standing).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Finds out all that is known of the forecasts of a briefing, and what of them is on record.
pub(super) fn build(briefing: &Briefing, ledger: Ledger) -> Forecasts {
    let Sealed { ledger, seals, removed } = seal(briefing, ledger);
    let today = briefing.config.now.day;
    let forecast = |(prediction, (sealed, changed))| Forecast {
        standing: Standing::of(prediction, today),
        score: Score::of(prediction),
        sealed,
        changed,
    };
    let each: Vec<Forecast> = briefing.predictions.iter().zip(seals).map(forecast).collect();
    Forecasts {
        record: Record::of(&each),
        authors: records(&each, |at| {
            let analysis = briefing.prediction_links[at].analysis;
            briefing.analysis_links[analysis.index()].authors.clone()
        }),
        companies: records(&each, |at| briefing.prediction_links[at].company.into_iter().collect()),
        words: word_records(&briefing.predictions, &each),
        signals: signals(briefing),
        shelves: shelves(briefing, &each),
        each,
        removed,
        ledger,
    }
}

/// Keeps a record for each owner of forecasts.
fn records<O: Ord>(each: &[Forecast], owners: impl Fn(usize) -> Vec<O>) -> Vec<(O, Record)> {
    let mut gathered: BTreeMap<O, Vec<&Forecast>> = BTreeMap::new();
    for (at, forecast) in each.iter().enumerate() {
        for owner in owners(at) {
            gathered.entry(owner).or_default().push(forecast);
        }
    }
    gathered.into_iter().map(|(owner, forecasts)| (owner, Record::of(forecasts))).collect()
}

/// Finds the signals that bear on each forecast.
fn signals(briefing: &Briefing) -> Vec<Vec<(AnalysisId, usize)>> {
    let mut signals = vec![Vec::new(); briefing.predictions.len()];
    for (index, links) in briefing.analysis_links.iter().enumerate() {
        for (at, signal) in links.signals.iter().enumerate() {
            for forecast in &signal.bears_on {
                signals[forecast.index()].push((AnalysisId::at(index), at));
            }
        }
    }
    signals
}

/// Sorts forecasts by where they stand, and puts each shelf in its order.
fn shelves(briefing: &Briefing, each: &[Forecast]) -> BTreeMap<Standing, Vec<PredictionId>> {
    let mut shelves: BTreeMap<Standing, Vec<PredictionId>> = BTreeMap::new();
    for (at, forecast) in each.iter().enumerate() {
        shelves.entry(forecast.standing).or_default().push(PredictionId::at(at));
    }
    for (standing, shelf) in &mut shelves {
        let due = |id: &PredictionId| briefing.prediction(*id).due.as_ref().and_then(|due| due.latest());
        match standing {
            Standing::Due | Standing::Overdue | Standing::Open => {
                shelf.sort_by_key(|id| (due(id).is_none(), due(id), *id));
            }
            _ => shelf.sort_by_key(|id| std::cmp::Reverse((ended(briefing, *id).or_else(|| due(id)), *id))),
        }
    }
    shelves
}

/// The day that a forecast's outcome was known.
fn ended(briefing: &Briefing, id: PredictionId) -> Option<Day> {
    briefing.prediction(id).resolution.as_ref().and_then(|resolution| resolution.day)
}
