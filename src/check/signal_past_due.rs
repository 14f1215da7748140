//! `signal-past-due`: it was time to look at a signal, and nothing says what was seen.
//!
//! A reading from the first day of `next` on is such a look.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Briefing;
use crate::model::Signal;
use crate::value::Day;

/// Reports signals whose `next` is past.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    let today = briefing.config.now.day;
    for analysis in &briefing.analyses {
        for signal in &analysis.signals {
            let Some((last, span)) = missed(signal, today).zip(signal.next_span) else { continue };
            let message = format!("it was time to look at this signal by {}", last.human());
            let warning = Diagnostic::warning("signal-past-due", message).at(analysis.origin.place(span));
            diagnostics.push(warning.help("add what was seen to `readings`, and set `next` to a later date"));
        }
    }
}

/// Gives the last day of a look that was missed.
fn missed(signal: &Signal, today: Day) -> Option<Day> {
    let next = signal.next.as_ref()?;
    let last = next.latest().filter(|last| *last < today)?;
    let looked = |first: Day| signal.readings.iter().any(|reading| reading.day >= first);
    (!next.earliest().is_some_and(looked)).then_some(last)
}
