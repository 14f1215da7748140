//! Figures that stand in a link to a claim of another analysis, and are backed by that one or by none.

use super::{Briefing, LinkedProse, Target};
use crate::diagnostic::Diagnostics;
use crate::ids::AnalysisId;
use crate::model::{Borrowed, unbacked_figure};

/// Warns of figures in an analysis whose link leads to a claim that states another amount.
///
/// A link that leads to nothing is an error of its own, and says enough.
pub(super) fn check_borrowed(briefing: &Briefing, id: AnalysisId, prose: &LinkedProse, diagnostics: &mut Diagnostics) {
    let analysis = briefing.analysis(id);
    let origin = &analysis.origin;
    for borrowed in &analysis.borrowed {
        if is_backed_elsewhere(briefing, prose, borrowed) == Some(false) {
            let place = origin.place(borrowed.figure.span.shifted(origin.body_start));
            diagnostics.push(unbacked_figure(&borrowed.figure).at(place));
        }
    }
}

/// Tells whether the claim that a figure's link leads to states it; nothing where the link leads nowhere.
pub fn is_backed_elsewhere(briefing: &Briefing, prose: &LinkedProse, borrowed: &Borrowed) -> Option<bool> {
    let at = prose.links.binary_search_by_key(&borrowed.link, |link| link.span).ok()?;
    match prose.links.get(at)?.target {
        Target::Claim(claim) => Some(briefing.claim(claim).backs(&borrowed.figure)),
        _ => None,
    }
}
