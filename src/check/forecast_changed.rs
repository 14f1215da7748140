//! `forecast-changed`: a forecast says something else than it said when it was put on record.
//!
//! What is held against the ledger is the text, the criteria, the condition, the date due, the day made and the first
//! probability or word, up to the end of the day that the forecast was made on. A changed forecast is shown as changed
//! and leaves the score.

use super::forecasts;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Briefing;
use crate::model::LEDGER_FILE;

/// Reports forecasts that differ from their line in the ledger.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for (prediction, forecast, origin) in forecasts(briefing) {
        let Some(sealed) = forecast.sealed.filter(|_| forecast.changed) else { continue };
        let message = format!("this forecast is not what it was when it was put on record on {}", sealed.human());
        let warning = Diagnostic::warning("forecast-changed", message).at(origin.place(prediction.text_span));
        diagnostics.push(warning.help(format!(
            "put it back and add a revision, or a new forecast; where it was never published, take its line out of \
             {LEDGER_FILE}"
        )));
    }
}
