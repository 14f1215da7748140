//! `forecast-without-probability`: a forecast that waits for its outcome and does not say how likely it is.
//!
//! Such a forecast cannot be scored, nor be counted among those in words.

use super::forecasts;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Briefing;

/// Reports forecasts with neither a probability nor a word of likelihood.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for (prediction, _, origin) in forecasts(briefing) {
        if prediction.chance().is_some() || prediction.resolution.is_some() {
            continue;
        }
        let warning = Diagnostic::warning("forecast-without-probability", "nothing says how likely this forecast is");
        let help = "write a `probability` from 0 to 1, which can be scored, or a `likelihood` in words";
        diagnostics.push(warning.at(origin.place(prediction.text_span)).help(help));
    }
}
