//! Who cites a claim: documents other than the analysis that makes it.
//!
//! A document cites a claim where its prose links to it, where a forecast of it rests on it, or where a claim of it is
//! said to be something to it.

use super::prose::newest_first;
use super::{Briefing, DocId, Target};
use crate::ids::ClaimId;

/// Which documents cite each claim, each once; the newest analysis first.
#[derive(Clone, Debug, Default)]
pub struct Citations(Vec<(ClaimId, DocId)>);

impl Citations {
    /// Gathers the citations of a publication, in n log n.
    pub(super) fn of(briefing: &Briefing) -> Self {
        let mut found: Vec<(ClaimId, DocId)> = in_prose(briefing).chain(in_front_matter(briefing)).collect();
        found.retain(|(claim, doc)| *doc != DocId::Analysis(briefing.claim_links[claim.index()].analysis));
        found.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| newest_first(&a.1, &b.1)));
        found.dedup();
        Self(found)
    }

    /// Returns who cites a claim.
    pub fn of_claim(&self, claim: ClaimId) -> impl ExactSizeIterator<Item = DocId> {
        let start = self.0.partition_point(|(one, _)| *one < claim);
        let end = self.0.partition_point(|(one, _)| *one <= claim);
        self.0.get(start..end).unwrap_or_default().iter().map(|(_, doc)| *doc)
    }

    /// Returns every claim that is cited; one that several documents cite comes several times.
    pub(super) fn claims(&self) -> impl Iterator<Item = ClaimId> {
        self.0.iter().map(|(claim, _)| *claim)
    }
}

/// Lists the claims that prose links to.
fn in_prose(briefing: &Briefing) -> impl Iterator<Item = (ClaimId, DocId)> {
    briefing.docs().zip(&briefing.prose).flat_map(|(doc, prose)| {
        prose.all_links().filter_map(move |link| match link.target {
            Target::Claim(claim) => Some((claim, doc)),
            _ => None,
        })
    })
}

/// Lists the claims that forecasts rest on, and those that other claims are tied to.
fn in_front_matter(briefing: &Briefing) -> impl Iterator<Item = (ClaimId, DocId)> {
    let evidence = briefing
        .prediction_links
        .iter()
        .flat_map(|links| links.evidence.iter().map(move |claim| (*claim, DocId::Analysis(links.analysis))));
    let ties = briefing
        .claim_links
        .iter()
        .flat_map(|links| links.ties.iter().map(move |(_, claim)| (*claim, DocId::Analysis(links.analysis))));
    evidence.chain(ties)
}
