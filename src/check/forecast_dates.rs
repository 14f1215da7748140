//! `forecast-dates`: days of one forecast that cannot all be right.
//!
//! It is made in the future; it is due, revised or resolved before it was made; it is revised after it was resolved, or
//! in the future; or its resolution lies in the future. Each is reported where the odd day stands.

use super::forecasts;
use crate::config::Now;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Briefing;
use crate::model::{Origin, Prediction};
use crate::text::Span;

/// Reports days that contradict each other, or the day of the build.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for (prediction, _, origin) in forecasts(briefing) {
        for (span, message) in odd(prediction, briefing.config.now) {
            diagnostics.push(warning(origin, span, message));
        }
    }
}

fn warning(origin: &Origin, span: Span, message: &'static str) -> Diagnostic {
    let help = "correct the day; a score takes it as it is written";
    Diagnostic::warning("forecast-dates", message).at(origin.place(span)).help(help)
}

/// Lists what is odd about the days of a forecast.
fn odd(prediction: &Prediction, Now { day: today, .. }: Now) -> Vec<(Span, &'static str)> {
    let mut found = Vec::new();
    let mut tell = |odd: bool, span: Option<Span>, message| {
        if odd {
            found.push((span.unwrap_or(prediction.text_span), message));
        }
    };
    let made = prediction.made;
    tell(made > today, prediction.made_span, "this forecast is made in the future");
    let due = prediction.due.as_ref().and_then(|due| due.latest());
    tell(due.is_some_and(|due| due < made), prediction.due_span, "this forecast is due before it was made");
    let resolution = prediction.resolution.as_ref();
    let resolved = resolution.and_then(|resolution| resolution.day);
    let at = resolution.and_then(|resolution| resolution.span);
    tell(resolved.is_some_and(|day| day < made), at, "this forecast is resolved before it was made");
    tell(resolved.is_some_and(|day| day > today), at, "this forecast is resolved in the future");
    for revision in &prediction.revisions {
        let span = Some(revision.span);
        let after = resolved.is_some_and(|day| revision.day > day);
        tell(revision.day < made, span, "this revision is older than the forecast");
        tell(after, span, "this revision is later than the resolution");
        tell(!after && revision.day > today, span, "this revision is made in the future");
    }
    found
}
