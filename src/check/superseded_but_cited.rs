//! `superseded-but-cited`: what leans on a claim whose place another has taken.

use std::collections::BTreeMap;

use super::citation::citations;
use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::ids::ClaimId;
use crate::link::{Briefing, ClaimLinks, DocId};
use crate::model::{Claim, Status};

/// Reports links and evidence that lead to a claim which no longer stands.
///
/// Who cited it before another took its place was right then, and is left alone.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    let fallen = fallen(briefing);
    if fallen.is_empty() {
        return;
    }
    for one in citations(briefing) {
        let Some(by) = fallen.get(&one.claim).filter(|by| is_later(briefing, one.from, **by)) else { continue };
        let message = format!("the claim `{}` no longer stands", shown(&briefing.claim_path(one.claim)));
        let warning = Diagnostic::warning("superseded-but-cited", message).at(one.place);
        diagnostics.push(warning.help(match by {
            Some(by) => format!("cite `{}`, which took its place", briefing.claim_path(*by)),
            None => "cite the claim that took its place".to_owned(),
        }));
    }
}

/// Finds the claims whose place another has taken, each with that other, if one says so.
fn fallen(briefing: &Briefing) -> BTreeMap<ClaimId, Option<ClaimId>> {
    let fall = |(index, (claim, links)): (usize, (&Claim, &ClaimLinks))| {
        let by = links.successors().map(|(_, by)| by).max();
        match claim.status {
            Status::Retracted => None,
            Status::Superseded | Status::Corrected => Some((ClaimId::at(index), by)),
            Status::Reported | Status::Confirmed | Status::Disputed => Some((ClaimId::at(index), Some(by?))),
        }
    };
    briefing.claims.iter().zip(&briefing.claim_links).enumerate().filter_map(fall).collect()
}

/// Tells whether a document was written when another claim had taken the place already.
fn is_later(briefing: &Briefing, from: DocId, by: Option<ClaimId>) -> bool {
    let (DocId::Analysis(from), Some(by)) = (from, by) else { return true };
    let by = briefing.claim_links[by.index()].analysis;
    from != by && briefing.analysis(from).day >= briefing.analysis(by).day
}
