//! What ties two analyses to each other directly, rather than by a third thing: claims that meet, and links.

use rayon::prelude::*;

use super::features::UNIT;
use crate::config::Weights;
use crate::ids::{AnalysisId, ClaimId};
use crate::link::{Briefing, DocId, Relation, Target};

/// How one analysis is tied to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bond {
    /// The other's author says that a claim there puts this one's right.
    CorrectedBy(ClaimId),
    /// The other's author says that a claim there takes the place of this one's.
    SupersededBy(ClaimId),
    /// A claim here puts the other's right.
    Corrects(ClaimId),
    /// A claim here takes the place of the other's.
    Supersedes(ClaimId),
    /// A claim here openly disagrees with one there.
    Disagrees(ClaimId),
    /// A claim here revises one there, or the other way round.
    Revises(ClaimId),
    /// A claim here agrees with one there or bears it out.
    Agrees(ClaimId),
    /// One links to the other in its prose.
    Linked,
    /// A forecast or a signal of one rests on the other.
    Rests,
    /// The other's author points a reader to this one.
    Chosen,
}

/// A tie between two analyses, seen from the first.
type Tie = (AnalysisId, AnalysisId, Bond);

/// All ties of a publication.
#[derive(Clone, Debug, Default)]
pub(super) struct Bonds {
    ties: Vec<Tie>,
    /// Where each analysis's ties begin, and where the last one's end.
    offsets: Vec<u32>,
}

impl Bonds {
    /// Gathers the ties of a publication.
    pub(super) fn of(briefing: &Briefing) -> Self {
        let count = briefing.analyses.len();
        let from = |at: usize| ties_from(briefing, AnalysisId::at(at));
        let mut ties: Vec<Tie> = (0..count).into_par_iter().flat_map_iter(from).collect();
        ties.par_sort_unstable();
        ties.dedup();
        let start = |at: usize| ties.partition_point(|(one, ..)| one.index() < at) as u32;
        let offsets = (0..=count).into_par_iter().map(start).collect();
        Self { ties, offsets }
    }

    /// What ties an analysis to others, by those.
    pub(super) fn get(&self, id: AnalysisId) -> &[Tie] {
        let bound = |at: usize| self.offsets.get(at).map_or(0, |offset| *offset as usize);
        self.ties.get(bound(id.index())..bound(id.index() + 1)).unwrap_or_default()
    }

    /// Lists the analyses that one is tied to most, so many: by the kind of the tie, then the newest first.
    pub(super) fn foremost(&self, id: AnalysisId, most: usize) -> impl Iterator<Item = AnalysisId> + use<> {
        let of_other = |ties: &[Tie]| ties.first().map(|(_, other, bond)| (bond.kind(), std::cmp::Reverse(*other)));
        let mut tied: Vec<_> = self.get(id).chunk_by(|a, b| a.1 == b.1).filter_map(of_other).collect();
        tied.sort_unstable();
        tied.into_iter().take(most).map(|(_, other)| other.0)
    }

    /// What ties one analysis to another.
    pub(super) fn between(&self, one: AnalysisId, other: AnalysisId) -> &[Tie] {
        let all = self.get(one);
        let start = all.partition_point(|(_, to, _)| *to < other);
        let rest = &all[start..];
        &rest[..rest.partition_point(|(_, to, _)| *to == other)]
    }
}

/// Lists the ties of an analysis's own claims and links, each seen from both sides.
fn ties_from(briefing: &Briefing, id: AnalysisId) -> Vec<Tie> {
    let mut ties = Vec::new();
    let links = &briefing.analysis_links[id.index()];
    for claim in links.claims.clone().map(ClaimId::at) {
        for met in briefing.ledger.meetings(claim) {
            let other = briefing.claim_links[met.other.index()].analysis;
            let settled = !(briefing.ledger.stands(claim) && briefing.ledger.stands(met.other));
            let Some(bond) = bond(claim, met.relation, settled).filter(|_| other != id) else { continue };
            ties.push((id, other, bond));
            ties.extend(self::bond(met.other, met.relation.mirrored(), settled).map(|bond| (other, id, bond)));
        }
    }
    let others = |other: &AnalysisId| *other != id;
    let both = |bond: Bond| move |other: AnalysisId| [(id, other, bond), (other, id, bond)];
    ties.extend(linked(briefing, id).filter(others).flat_map(both(Bond::Linked)));
    ties.extend(rested_on(briefing, id).filter(others).flat_map(both(Bond::Rests)));
    ties.extend(links.related.iter().copied().filter(others).map(|other| (other, id, Bond::Chosen)));
    ties
}

/// Tells what a meeting of claims makes of their analyses; what is open is for the editor alone.
fn bond(claim: ClaimId, relation: Relation, settled: bool) -> Option<Bond> {
    match relation {
        // A part has the company of its whole in common with it, and that is said.
        Relation::PartOf => None,
        relation if relation.is_open() => None,
        Relation::CorrectedBy => Some(Bond::CorrectedBy(claim)),
        Relation::SupersededBy => Some(Bond::SupersededBy(claim)),
        Relation::Corrects => Some(Bond::Corrects(claim)),
        Relation::Supersedes => Some(Bond::Supersedes(claim)),
        Relation::Disputes | Relation::DisputedBy => Some(Bond::Disagrees(claim)),
        relation if relation.is_disagreement() && settled => Some(Bond::Revises(claim)),
        relation if relation.is_disagreement() => Some(Bond::Disagrees(claim)),
        Relation::Revises => Some(Bond::Revises(claim)),
        // Who repeats a source bears nothing out, and what was taken back is no company.
        Relation::Repeats => None,
        relation if relation.is_meeting() && !settled => Some(Bond::Agrees(claim)),
        _ => None,
    }
}

/// Lists the analyses that the prose of one links to.
fn linked(briefing: &Briefing, id: AnalysisId) -> impl Iterator<Item = AnalysisId> {
    briefing.prose_of(DocId::Analysis(id)).all_links().filter_map(|link| match &link.target {
        Target::Document(DocId::Analysis(to), _) => Some(*to),
        Target::Claim(claim) => Some(briefing.claim_links[claim.index()].analysis),
        _ => None,
    })
}

/// Lists the analyses that the forecasts and signals of one rest on or bear on.
fn rested_on(briefing: &Briefing, id: AnalysisId) -> impl Iterator<Item = AnalysisId> {
    let own = &briefing.analysis_links[id.index()];
    let forecasts = briefing.prediction_links.get(own.predictions.clone()).unwrap_or_default();
    let evidence = forecasts.iter().flat_map(|one| &one.evidence);
    let evidence = evidence.map(|claim| briefing.claim_links[claim.index()].analysis);
    let signals = own.signals.iter().flat_map(|signal| &signal.bears_on);
    evidence.chain(signals.map(|one| briefing.prediction_links[one.index()].analysis))
}

impl Bond {
    /// Numbers the kind of a tie; ties of one kind stand together.
    pub(super) fn kind(self) -> u8 {
        match self {
            Self::CorrectedBy(_) => 0,
            Self::SupersededBy(_) => 1,
            Self::Corrects(_) => 2,
            Self::Supersedes(_) => 3,
            Self::Disagrees(_) => 4,
            Self::Revises(_) => 5,
            Self::Agrees(_) => 6,
            Self::Linked => 7,
            Self::Rests => 8,
            Self::Chosen => 9,
        }
    }

    /// Tells whether it only leads from one to the other.
    pub(super) fn is_link(self) -> bool {
        self.kind() >= 7
    }

    /// Tells whether an author says it, whatever it weighs.
    pub(super) fn is_said(self) -> bool {
        self.kind() <= 3
    }

    fn weight(self, weights: &Weights) -> f64 {
        match self {
            Self::CorrectedBy(_) | Self::SupersededBy(_) | Self::Corrects(_) | Self::Supersedes(_) => {
                weights.claims + weights.conflicts
            }
            Self::Disagrees(_) => weights.conflicts,
            Self::Revises(_) | Self::Agrees(_) => weights.claims,
            Self::Linked | Self::Rests | Self::Chosen => weights.link,
        }
    }
}

/// Adds up what ties two analyses, each kind's part given apart with its first tie.
///
/// A second and a third tie of a kind add half as much as the first, and more of them nothing.
pub(super) fn parts<'t>(ties: &'t [Tie], weights: &'t Weights) -> impl Iterator<Item = (Bond, u64)> + 't {
    ties.chunk_by(|a, b| a.2.kind() == b.2.kind()).filter_map(move |of_kind| {
        let (_, _, bond) = of_kind.first()?;
        let halves = 1 + of_kind.len().min(3) as u64;
        let part = (bond.weight(weights) * UNIT as f64) as u64 * halves / 2;
        Some((*bond, part.max(u64::from(bond.is_said()))))
    })
}
