//! Which claims have something to tell, and so a page of their own.

use super::{Briefing, Meeting, Relation};
use crate::config::ClaimPages;
use crate::ids::ClaimId;

/// The longest name that a folder may have, in bytes.
const LONGEST_NAME: usize = 255;

/// Decides for every claim whether it has a page; the other claims are found at their places in their analyses.
///
/// One whose id is too long for the name of a folder keeps to its place.
pub(super) fn find(briefing: &Briefing) -> Vec<bool> {
    let mut telling: Vec<bool> = match briefing.config.claim_pages {
        ClaimPages::None => return vec![false; briefing.claims.len()],
        ClaimPages::All => vec![true; briefing.claims.len()],
        ClaimPages::Telling => (0..briefing.claims.len()).map(|at| is_telling(briefing, ClaimId::at(at))).collect(),
    };
    for claim in briefing.citations.claims() {
        telling[claim.index()] = true;
    }
    for (telling, claim) in telling.iter_mut().zip(briefing.claims.iter()) {
        *telling &= claim.id.len() <= LONGEST_NAME;
    }
    telling
}

/// Tells whether a claim has more to tell than its row in its analysis says, citations apart.
fn is_telling(briefing: &Briefing, claim: ClaimId) -> bool {
    let links = &briefing.claim_links[claim.index()];
    links.predecessors().chain(links.successors()).next().is_some()
        || briefing.ledger.meetings(claim).iter().any(|met| matters(briefing, claim, met))
}

/// Tells whether readers gain from a page that shows a meeting: a disagreement, a revision, or agreement with another
/// analysis. What is open is for the editor alone, and a part says nothing new of its whole.
fn matters(briefing: &Briefing, claim: ClaimId, met: &Meeting) -> bool {
    match met.relation {
        Relation::PartOf => false,
        relation if relation.is_open() => false,
        relation if relation.is_agreement() || relation.is_support() => {
            briefing.claim_links[claim.index()].analysis != briefing.claim_links[met.other.index()].analysis
        }
        _ => true,
    }
}

impl Briefing {
    /// Tells whether a claim has a page of its own.
    pub fn has_page(&self, claim: ClaimId) -> bool {
        self.telling.get(claim.index()).is_some_and(|telling| *telling)
    }
}
