//! `conflict`, `conflict-in-one-analysis`, `possible-conflict` and `scope-violation`: claims that cannot all be right.
//!
//! A conflict inside one analysis is the worst, since its author had both figures on the desk.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ids::ClaimId;
use crate::link::compare::reason;
use crate::link::{Briefing, Conflict, Relation};
use crate::text::Place;

/// Reports every disagreement that an editor must look at, at the later claim with the earlier beside it.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for conflict in briefing.ledger.conflicts() {
        let (first, second) = (conflict.a.min(conflict.b), conflict.a.max(conflict.b));
        let warning = warning(briefing, conflict, reason(briefing, first, second, conflict.relation));
        let other = format!("`{}` says otherwise", briefing.claim_path(first));
        diagnostics.push(warning.at(place(briefing, second)).label(place(briefing, first), other));
    }
}

fn warning(briefing: &Briefing, conflict: &Conflict, reason: String) -> Diagnostic {
    let analysis = |id: ClaimId| briefing.claim_links[id.index()].analysis;
    match conflict.relation {
        Relation::ScopeViolation => Diagnostic::warning("scope-violation", reason)
            .help("a part is no larger than its whole: correct one of them"),
        Relation::PossibleConflict => Diagnostic::warning("possible-conflict", reason)
            .help("give both an `event` or a `date`, so that it is plain whether they speak of one thing"),
        _ if analysis(conflict.a) == analysis(conflict.b) => Diagnostic::warning("conflict-in-one-analysis", reason)
            .help(
                "correct one of them, or say with `supersedes`, `corrects` or `disputes` how they stand to each other",
            ),
        _ => Diagnostic::warning("conflict", reason)
            .help("say with `supersedes`, `corrects` or `disputes` how they stand to each other, or set a `status`"),
    }
}

/// The value of a claim, which is what others disagree with.
fn place(briefing: &Briefing, id: ClaimId) -> Place {
    let claim = briefing.claim(id);
    let span = claim.value.as_ref().map_or(claim.span, |value| value.span);
    briefing.analysis(briefing.claim_links[id.index()].analysis).origin.place(span)
}
