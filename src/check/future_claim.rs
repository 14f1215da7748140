//! `future-claim`: a fact of a day that has not come.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Briefing;
use crate::model::Scenario;

/// Reports actual claims whose date lies wholly after the day of their analysis and after today.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for (claim, links) in briefing.claims.iter().zip(&briefing.claim_links) {
        let Some(date) = claim.date.as_ref().filter(|_| claim.scenario == Scenario::Actual) else { continue };
        let analysis = briefing.analysis(links.analysis);
        let latest_known = analysis.day.max(briefing.config.now.day);
        if date.value.earliest().is_none_or(|first| first <= latest_known) {
            continue;
        }
        let warning = Diagnostic::warning("future-claim", "this is told as a fact, and its day has not come");
        let warning = warning.at(analysis.origin.place(date.span));
        diagnostics.push(warning.help("write `scenario = \"guidance\"`, `plan`, `estimate` or `target`"));
    }
}
