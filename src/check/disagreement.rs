//! What the rules on claims that cannot all be right share: which disagreements there are, and how each is told.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ids::ClaimId;
use crate::link::compare::reason;
use crate::link::{Briefing, Conflict, Relation};
use crate::text::Place;

/// Reports the disagreements that a rule is about, at the later claim with the earlier beside it.
pub(super) fn report(
    briefing: &Briefing,
    (code, help): (&'static str, &str),
    is_meant: impl Fn(&Conflict) -> bool,
    diagnostics: &mut Diagnostics,
) {
    for conflict in briefing.ledger.conflicts().iter().filter(|conflict| is_meant(conflict)) {
        let (first, second) = (conflict.a.min(conflict.b), conflict.a.max(conflict.b));
        let warning = Diagnostic::warning(code, reason(briefing, first, second, conflict.relation)).help(help);
        let other = format!("`{}` says otherwise", briefing.claim_path(first));
        diagnostics.push(warning.at(place(briefing, second)).label(place(briefing, first), other));
    }
}

/// Tells whether two claims contradict each other outright.
pub(super) fn is_open(conflict: &Conflict) -> bool {
    !matches!(conflict.relation, Relation::ScopeViolation | Relation::PossibleConflict)
}

/// Tells whether both claims are made by one analysis, whose author had both figures on the desk.
pub(super) fn is_in_one_analysis(briefing: &Briefing, conflict: &Conflict) -> bool {
    let [a, b] = [conflict.a, conflict.b].map(|id| briefing.claim_links[id.index()].analysis);
    a == b
}

/// The value of a claim, which is what others disagree with.
fn place(briefing: &Briefing, id: ClaimId) -> Place {
    let claim = briefing.claim(id);
    let span = claim.value.as_ref().map_or(claim.span, |value| value.span);
    briefing.analysis(briefing.claim_links[id.index()].analysis).origin.place(span)
}
