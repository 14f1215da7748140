//! `forecast-without-date`: a forecast that waits for its outcome and has no last day.
//!
//! Without one it can never turn out wrong. `due` and `within` both give one; a date without an end, such as
//! `2026/..`, does not.

use super::forecasts;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Briefing;

/// Reports forecasts that never come due.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for (prediction, _, origin) in forecasts(briefing) {
        let ends = prediction.due.as_ref().is_some_and(|due| due.latest().is_some());
        if ends || prediction.resolution.is_some() {
            continue;
        }
        let warning = Diagnostic::warning("forecast-without-date", "nothing says when this forecast is settled");
        let place = origin.place(prediction.due_span.unwrap_or(prediction.text_span));
        diagnostics.push(warning.at(place).help("write the last day in `due`, or a length of time in `within`"));
    }
}
