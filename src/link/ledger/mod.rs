//! The ledger: which claims of the whole publication meet, and which of them disagree.
//!
//! Claims are put in lanes by metric, scenario and company, and there in rooms by event and period. A room is sorted
//! by interval and swept, so that each claim hears of the few others that tell most about it: those farthest off, and
//! some that agree. [`compare::verdict`] has the last word on each pair. So the whole costs n log n, however many
//! pairs there are, and what is kept of a claim is bounded.

mod item;
mod lane;
mod parts;
mod room;
mod stab;

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::Briefing;
use super::compare::{self, Relation};
use crate::ids::{AnalysisId, ClaimId, CompanyId, MetricId};
use crate::model::{Scenario, Status};

use item::items;
use lane::Rooms;

/// How many meetings are kept of a claim, the most telling first.
pub const MOST_MEETINGS: usize = 16;

/// One claim that another meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// The other claim.
    pub other: ClaimId,
    /// What the claim is to the other.
    pub relation: Relation,
}

/// Two claims that disagree, and no author has said why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The one that stands first in the publication.
    pub a: ClaimId,
    /// The other.
    pub b: ClaimId,
    /// `Conflicts`, `ScopeViolation` or, for the editor alone, `PossibleConflict`.
    pub relation: Relation,
}

/// What the claims of a publication are to each other.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    meetings: Vec<Meeting>,
    /// Where each claim's meetings begin, and where the last one's end.
    offsets: Vec<u32>,
    conflicts: Vec<Conflict>,
    /// Whether each claim still holds.
    standing: Vec<bool>,
    /// Whether something speaks against each claim.
    disputed: Vec<bool>,
    comparisons: u64,
}

impl Ledger {
    /// Returns what a claim meets, at most [`MOST_MEETINGS`], the most telling first: disagreements, what authors said
    /// and revisions, agreements, parts and wholes, and last the open ones; among these, other analyses' claims first.
    ///
    /// The open ones ([`Relation::is_open`]) are for the editor alone and belong on no public page.
    pub fn meetings(&self, claim: ClaimId) -> &[Meeting] {
        let bound = |at: usize| self.offsets.get(at).map_or(0, |offset| *offset as usize);
        self.meetings.get(bound(claim.index())..bound(claim.index() + 1)).unwrap_or_default()
    }

    /// Returns the disagreements that an editor must look at, worst first: those inside one analysis, then those of
    /// several; conflicts, then parts larger than their wholes, then possible conflicts.
    ///
    /// Where a claim disagrees with very many others, [`MOST_MEETINGS`] of them stand for all.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// Returns what a claim openly disagrees with, of [what it meets](Self::meetings): both still hold, and no author
    /// has said why.
    pub fn disagreements(&self, claim: ClaimId) -> impl Iterator<Item = &Meeting> {
        let own = if self.stands(claim) { self.meetings(claim) } else { &[] };
        own.iter().filter(|met| is_public(met.relation) && self.stands(met.other))
    }

    /// Tells whether a claim still holds: nobody took it back, put it right or put another in its place.
    pub fn stands(&self, claim: ClaimId) -> bool {
        self.standing.get(claim.index()).is_some_and(|stands| *stands)
    }

    /// Tells whether something speaks against a claim that still holds: another openly disagrees with it, or its author
    /// says that it denies it.
    pub fn is_disputed(&self, claim: ClaimId) -> bool {
        self.disputed.get(claim.index()).is_some_and(|disputed| *disputed)
    }

    /// Returns how many steps and comparisons of pairs were made, sorting apart.
    pub fn comparisons(&self) -> u64 {
        self.comparisons
    }
}

impl Conflict {
    /// Tells whether readers are told of it; what is open is for the editor alone.
    pub fn is_public(&self) -> bool {
        is_public(self.relation)
    }
}

/// Tells whether two claims disagree, and are known to be about one thing.
fn is_public(relation: Relation) -> bool {
    relation.is_disagreement() && !relation.is_open()
}

/// Two claims that meet, the first in the publication first.
type Met = (ClaimId, ClaimId, Relation);

/// What is found in one lane.
#[derive(Default)]
struct Found {
    met: Vec<Met>,
    comparisons: u64,
}

/// Builds the ledger.
pub(super) fn build(briefing: &Briefing) -> Ledger {
    let standing: Vec<bool> = (0..briefing.claims.len()).map(|at| compare::stands(briefing, ClaimId::at(at))).collect();
    let lanes = lanes(briefing);
    let chunks: Vec<&[(Lane, ClaimId)]> = lanes.chunk_by(|a, b| a.0 == b.0).filter(|lane| lane.len() > 1).collect();
    let mut found: Vec<Found> = chunks.par_iter().map(|lane| sweep_lane(briefing, lane, &standing)).collect();
    found.push(parts::sweep(briefing, &standing));
    found.push(tied(briefing, &standing));
    let comparisons = found.iter().map(|found| found.comparisons).sum();
    let mut met: Vec<Met> = Vec::with_capacity(found.iter().map(|found| found.met.len()).sum());
    for found in found {
        met.extend(found.met);
    }
    met.par_sort_unstable();
    met.dedup();
    let disputed = disputed(&met, &standing);
    let conflicts = conflicts(briefing, &met, &standing);
    let (meetings, offsets) = by_claim(briefing, met);
    Ledger { meetings, offsets, conflicts, standing, disputed, comparisons }
}

/// What two claims must have in common to be about one thing: metric, scenario and company.
type Lane = (MetricId, u8, Option<CompanyId>);

/// Puts claims that can be compared in lanes, each lane in the order of analyses and there of ids.
///
/// Of many claims each hears of a few, and which those are must not hang on the order in which an author wrote them.
fn lanes(briefing: &Briefing) -> Vec<(Lane, ClaimId)> {
    let mut lanes: Vec<(Lane, ClaimId)> = comparable(briefing)
        .map(|(id, metric, scenario)| ((metric, scenario as u8, briefing.claim_links[id.index()].company), id))
        .collect();
    lanes.par_sort_unstable_by(|(a, one), (b, other)| {
        a.cmp(b).then_with(|| briefing.claim_order(*one).cmp(&briefing.claim_order(*other)))
    });
    lanes
}

/// Lists the claims that have a metric and a value and that nobody took back.
fn comparable(briefing: &Briefing) -> impl Iterator<Item = (ClaimId, MetricId, Scenario)> {
    let claims = briefing.claims.iter().zip(&briefing.claim_links).enumerate();
    claims.filter_map(|(index, (claim, links))| {
        let counts = claim.value.is_some() && claim.status != Status::Retracted;
        Some((ClaimId::at(index), links.metric.filter(|_| counts)?, claim.scenario))
    })
}

/// Compares the claims of a lane, and those that still stand among themselves once more.
///
/// A claim hears of a few others only. What an author has put right long ago must not keep it from those that stand.
fn sweep_lane(briefing: &Briefing, lane: &[(Lane, ClaimId)], standing: &[bool]) -> Found {
    let all: Vec<ClaimId> = lane.iter().map(|(_, claim)| *claim).collect();
    let live: Vec<ClaimId> = all.iter().copied().filter(|claim| standing[claim.index()]).collect();
    let mut found = sweep(briefing, &all, standing);
    if live.len() > 1 && live.len() < all.len() {
        let again = sweep(briefing, &live, standing);
        found.met.extend(again.met);
        found.comparisons += again.comparisons;
    }
    found
}

/// Compares claims of one lane, each with a bounded number of others.
fn sweep(briefing: &Briefing, claims: &[ClaimId], standing: &[bool]) -> Found {
    let items = items(briefing, claims.iter().copied());
    let mut rooms = Rooms::of(&items);
    let (mut met, mut comparisons, mut told) = (Vec::new(), 0_u64, Vec::new());
    let asks = std::mem::take(&mut rooms.asks);
    let mut rest = asks.as_slice();
    for (item, at) in items.iter().zip(0_u32..) {
        let (own, later) = rest.split_at(rest.partition_point(|(who, _)| *who == at));
        rest = later;
        rooms.told(&items, at, own, &mut told);
        comparisons += told.len() as u64;
        let others = told.iter().map(|other| items[*other as usize].claim);
        keep_telling(briefing, item.claim, others, standing, &mut met);
    }
    Found { met, comparisons: comparisons + rooms.steps }
}

/// Compares a claim with others, and keeps the most telling meetings.
///
/// What an editor must look at comes first: disagreements of claims that stand, and of these the worst, which are those
/// inside one analysis.
fn keep_telling(
    briefing: &Briefing,
    one: ClaimId,
    others: impl Iterator<Item = ClaimId>,
    standing: &[bool],
    met: &mut Vec<Met>,
) {
    let start = met.len();
    for other in others {
        let relation = compare::verdict(briefing, one, other);
        if relation.is_meeting() {
            met.push((one, other, relation));
        }
    }
    if met.len() - start > MOST_MEETINGS {
        let is_live = |(one, other, relation): &Met| {
            relation.is_disagreement() && standing[one.index()] && standing[other.index()]
        };
        let is_worst = |met: &Met| is_live(met) && is_one_analysis(briefing, met.0, met.1);
        met[start..].sort_by_cached_key(|met| (!is_worst(met), !is_live(met), telling(briefing, met.0, met.1, met.2)));
        met.truncate(start + MOST_MEETINGS);
    }
    for pair in &mut met[start..] {
        if pair.0 > pair.1 {
            *pair = (pair.1, pair.0, pair.2.mirrored());
        }
    }
}

/// Compares what authors have tied.
fn tied(briefing: &Briefing, standing: &[bool]) -> Found {
    let mut found = Found::default();
    for (index, links) in briefing.claim_links.iter().enumerate() {
        for (_, other) in &links.ties {
            keep_telling(briefing, ClaimId::at(index), std::iter::once(*other), standing, &mut found.met);
            found.comparisons += 1;
        }
    }
    found
}

/// Orders what a claim meets: the kind of meeting, other analyses before its own, and the order of the others.
fn telling(
    briefing: &Briefing,
    one: ClaimId,
    other: ClaimId,
    relation: Relation,
) -> (u8, bool, Relation, (AnalysisId, &str)) {
    let kind = match relation {
        Relation::Conflicts | Relation::ScopeViolation => 0,
        Relation::Corroborates | Relation::Repeats | Relation::Consistent => 2,
        Relation::PartOf => 3,
        Relation::PossibleConflict => 4,
        Relation::PossiblySame => 5,
        _ => 1,
    };
    (kind, is_one_analysis(briefing, one, other), relation, briefing.claim_order(other))
}

fn is_one_analysis(briefing: &Briefing, one: ClaimId, other: ClaimId) -> bool {
    briefing.claim_links[one.index()].analysis == briefing.claim_links[other.index()].analysis
}

/// Marks the claims that something speaks against, among those that still stand.
fn disputed(met: &[Met], standing: &[bool]) -> Vec<bool> {
    let mut disputed = vec![false; standing.len()];
    for (a, b, relation) in met.iter().filter(|(a, b, _)| standing[a.index()] && standing[b.index()]) {
        disputed[a.index()] |= is_public(*relation) || *relation == Relation::DisputedBy;
        disputed[b.index()] |= is_public(*relation) || *relation == Relation::Disputes;
    }
    disputed
}

/// Picks the disagreements of claims that still stand, worst first.
fn conflicts(briefing: &Briefing, met: &[Met], standing: &[bool]) -> Vec<Conflict> {
    let is_standing = |id: ClaimId| standing[id.index()];
    let mut conflicts: Vec<Conflict> = met
        .iter()
        .filter(|(a, b, relation)| relation.is_disagreement() && is_standing(*a) && is_standing(*b))
        .map(|&(a, b, relation)| Conflict { a, b, relation })
        .collect();
    let gravity = |relation: Relation| match relation {
        Relation::Conflicts => 0,
        Relation::ScopeViolation => 1,
        _ => 2,
    };
    conflicts.sort_by_key(|Conflict { a, b, relation }| (!is_one_analysis(briefing, *a, *b), gravity(*relation)));
    conflicts
}

/// Gives every claim its meetings from both sides, in one flat list.
fn by_claim(briefing: &Briefing, met: Vec<Met>) -> (Vec<Meeting>, Vec<u32>) {
    let mut sides: Vec<Met> = Vec::with_capacity(2 * met.len());
    sides.extend(met.iter().map(|(a, b, relation)| (*b, *a, relation.mirrored())));
    sides.extend(met);
    sides.par_sort_unstable_by(|a, b| {
        let key = |(one, other, relation): &Met| (*one, telling(briefing, *one, *other, *relation));
        key(a).cmp(&key(b))
    });
    let mut offsets = Vec::with_capacity(briefing.claims.len() + 1);
    let mut meetings: Vec<Meeting> = Vec::with_capacity(sides.len());
    let mut rest = sides.as_slice();
    for claim in 0..briefing.claims.len() {
        offsets.push(u32::try_from(meetings.len()).unwrap_or(u32::MAX));
        let (own, later) = rest.split_at(rest.partition_point(|(one, ..)| one.index() == claim));
        rest = later;
        let kept = own.iter().take(MOST_MEETINGS);
        meetings.extend(kept.map(|&(_, other, relation)| Meeting { other, relation }));
    }
    offsets.push(u32::try_from(meetings.len()).unwrap_or(u32::MAX));
    (meetings, offsets)
}
