//! `action-past-due`: advice that nobody can follow any longer.
//!
//! An action holds to the last day of `until`, or of `due` where it has no `until`.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Briefing;

/// Reports actions whose last day is past.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    let today = briefing.config.now.day;
    for analysis in &briefing.analyses {
        for action in &analysis.actions {
            let Some((last, span)) = action.last_day().zip(action.span).filter(|(last, _)| *last < today) else {
                continue;
            };
            let message = format!("the last day for this action was {}", last.human());
            let warning = Diagnostic::warning("action-past-due", message).at(analysis.origin.place(span));
            diagnostics.push(warning.help("say in `until` how long the advice holds, or take the action out"));
        }
    }
}
