//! `forecast-overdue`: a forecast whose last day is past, and nothing says what came of it.

use super::forecasts;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::{Briefing, Standing};

/// Reports forecasts that wait for their resolution.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for (prediction, forecast, origin) in forecasts(briefing) {
        let Some(last) = prediction.due.as_ref().and_then(|due| due.latest()) else { continue };
        if forecast.standing != Standing::Overdue {
            continue;
        }
        let message = format!("this forecast was due on {}, and nothing says what came of it", last.human());
        let warning = Diagnostic::warning("forecast-overdue", message);
        let place = origin.place(prediction.due_span.unwrap_or(prediction.text_span));
        diagnostics.push(warning.at(place).help("say it in `resolution = { outcome = \"yes\", date = … }`"));
    }
}
