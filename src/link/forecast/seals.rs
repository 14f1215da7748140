//! Forecasts held against the ledger: which are new to it, and which no longer say what they said.

use crate::ids::PredictionId;
use crate::link::Briefing;
use crate::model::{Fingerprint, Ledger, Seal};
use crate::value::Day;

/// What holding the forecasts of a site against its ledger gives.
#[derive(Debug)]
pub(super) struct Sealed {
    /// The ledger with the forecasts that are new to it.
    pub(super) ledger: Ledger,
    /// For each forecast the day that it was put on record, and whether it was changed since.
    pub(super) seals: Vec<(Option<Day>, bool)>,
    /// How many forecasts on record the site no longer has.
    pub(super) removed: usize,
}

/// Holds every forecast against the ledger and puts the new ones on record.
///
/// A forecast may be changed up to the end of the day that it was made on, and is put on record anew; from the next
/// day on its line stays as it is, and the forecast counts as changed for as long as it differs. What a build leaves
/// out is put on no record, even where drafts are shown.
pub(super) fn seal(briefing: &Briefing, mut ledger: Ledger) -> Sealed {
    let now = briefing.config.now;
    let (mut known, on_record) = (0, ledger.len());
    let mut fresh = Vec::new();
    let mut seals = Vec::with_capacity(briefing.predictions.len());
    for (index, (prediction, links)) in briefing.predictions.iter().zip(&briefing.prediction_links).enumerate() {
        let id = briefing.prediction_path(PredictionId::at(index));
        let new = Seal { made: prediction.made, sealed: now.day, fingerprint: Fingerprint::of(prediction) };
        let old = ledger.get(&id).copied();
        known += usize::from(old.is_some());
        let left_out = briefing.analysis(links.analysis).is_left_out(now.instant);
        seals.push(match old {
            Some(old) if (old.made, old.fingerprint) == (new.made, new.fingerprint) => (Some(old.sealed), false),
            Some(old) if old.made < now.day => (Some(old.sealed), true),
            _ if left_out => (None, false),
            _ => {
                fresh.push((id, new));
                (Some(now.day), false)
            }
        });
    }
    fresh.into_iter().for_each(|(id, seal)| ledger.insert(id, seal));
    Sealed { ledger, seals, removed: on_record.saturating_sub(known) }
}
