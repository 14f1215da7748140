//! Comparing two claims: what one is to the other, and why.
//!
//! The rules, in their order; the first that fits gives the relation:
//!
//! 1. A retracted claim is [`Relation::Excluded`]: kept and shown, as Wikidata deprecates a statement with a reason and
//!    never deletes it (Help:Ranking).
//! 2. What an author said: `supersedes`, `corrects`, `same_as`, `part_of`, `disputes`, `supports`.
//! 3. The aspects, the first that differs: metric, unit, scenario, event, period, company. XBRL 2.1 (4.10, "S-equal
//!    items") and "Handling Duplicate Facts in XBRL" 1.0 compare facts only where all aspects are equal.
//! 4. Where neither event nor period is known to be one, the answer stays open.
//! 5. The intervals of the values: XBRL's rule of consistent duplicates. Agreement counts by sources, not by reports:
//!    the Admiralty scale (NATO AJP-2.1) calls information confirmed only by other, independent sources.
//!
//! Nothing depends on the order in which claims are given.

mod measure;
mod pair;
mod pairs;
mod period;
mod reason;
mod relation;
mod said;

#[cfg(test)]
mod tests;

use std::hash::Hasher;

use crate::ids::{ClaimId, SourceId};
use crate::link::Briefing;
use crate::model::{Scenario, Status, TieKind};

use pair::{Companies, Events, Pair, Side};
use period::Periods;

pub use pairs::{Order, Pairs};
pub use reason::Told;
pub use relation::Relation;

pub(super) use measure::{Measure, agree, is_above};
pub(super) use period::{is_doubtful, is_long};

/// What two claims are to each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// What the first is to the other.
    pub relation: Relation,
    /// Why, in one sentence without a full stop; the same from both sides.
    pub reason: String,
}

/// Compares two claims, and says why they are what they are to each other.
pub fn relation(briefing: &Briefing, one: ClaimId, other: ClaimId) -> Compared {
    let relation = verdict(briefing, one, other);
    Compared { relation, reason: reason(briefing, one, other, relation) }
}

/// Says why two claims are what they are to each other, once [`verdict`] has found what.
pub fn reason(briefing: &Briefing, one: ClaimId, other: ClaimId, relation: Relation) -> String {
    let (pair, relation) = in_order(briefing, one, other, relation);
    reason::write(&pair, relation)
}

/// Hashes all that the [`reason()`] is written from, at less than the cost of writing it.
pub fn hash_reason(briefing: &Briefing, one: ClaimId, other: ClaimId, relation: Relation, state: &mut impl Hasher) {
    let (pair, relation) = in_order(briefing, one, other, relation);
    reason::hash(&pair, relation, state);
}

/// Puts the claim that stands first in the publication first, so that a reason is the same from both sides.
fn in_order(briefing: &Briefing, one: ClaimId, other: ClaimId, relation: Relation) -> (Pair<'_>, Relation) {
    if one <= other {
        (Pair::of(briefing, one, other), relation)
    } else {
        (Pair::of(briefing, other, one), relation.mirrored())
    }
}

/// Compares two claims without words: what the first is to the other.
///
/// Costs no allocation but for guidance that nobody dated, and a walk over the ties of the claim that has fewer.
pub fn verdict(briefing: &Briefing, one: ClaimId, other: ClaimId) -> Relation {
    if one == other {
        return Relation::NotCompared;
    }
    let pair = Pair::of(briefing, one, other);
    if [pair.one, pair.other].iter().any(|side| side.claim.status == Status::Retracted) {
        return Relation::Excluded;
    }
    if let Some(said) = said::said(&pair) {
        let is_too_large = said == Relation::PartOf && said::said_part(&pair).is_some_and(|said| exceeds(&pair, said));
        return if is_too_large { Relation::ScopeViolation } else { said };
    }
    differing_aspect(&pair).unwrap_or_else(|| of_values(&pair))
}

/// Tells whether a claim still holds: nobody took it back, put it right or put another in its place.
///
/// Two claims that are each said to replace the other both hold.
pub fn stands(briefing: &Briefing, id: ClaimId) -> bool {
    let links = &briefing.claim_links[id.index()];
    let by_status = !matches!(briefing.claim(id).status, Status::Corrected | Status::Superseded | Status::Retracted);
    let is_replaced = |(kind, by): &(TieKind, ClaimId)| {
        matches!(kind, TieKind::Supersedes | TieKind::Corrects)
            && matches!(verdict(briefing, id, *by), Relation::SupersededBy | Relation::CorrectedBy)
    };
    by_status && !links.tied_by.iter().any(is_replaced)
}

/// Finds the first aspect in which two claims differ.
///
/// A day or more in common is enough for claims of one event, since an event is reported as of a day, a month or a year.
fn differing_aspect(pair: &Pair<'_>) -> Option<Relation> {
    let (Some(metric), Some(other)) = (pair.one.links.metric, pair.other.links.metric) else {
        return Some(Relation::NotCompared);
    };
    if metric != other {
        return Some(Relation::DifferentMetric);
    }
    if pair.units_differ() {
        return Some(Relation::DifferentUnit);
    }
    if pair.one.claim.scenario != pair.other.claim.scenario {
        return Some(Relation::DifferentScenario);
    }
    let events = pair.events();
    if events == Events::Different {
        return Some(Relation::DifferentEvent);
    }
    match (pair.periods(), events) {
        (Periods::Apart, _) | (Periods::Overlapping, Events::Unknown) => return Some(Relation::DifferentPeriod),
        _ => {}
    }
    match pair.companies() {
        Companies::Same => None,
        Companies::Different => Some(Relation::DifferentCompany),
        Companies::FirstIsPart => Some(of_part(pair, (pair.one, pair.other))),
        Companies::OtherIsPart => Some(of_part(pair, (pair.other, pair.one))),
    }
}

/// Compares a part with its whole, which are never added up.
fn of_part(pair: &Pair<'_>, part_and_whole: (Side<'_>, Side<'_>)) -> Relation {
    if exceeds(pair, part_and_whole) { Relation::ScopeViolation } else { Relation::PartOf }
}

/// Tells whether a part is larger than its whole in one event, in what adds up.
fn exceeds(pair: &Pair<'_>, (part, whole): (Side<'_>, Side<'_>)) -> bool {
    let is_one_thing = part.links.metric.is_some()
        && part.links.metric == whole.links.metric
        && part.claim.scenario == whole.claim.scenario
        && matches!(pair.events(), Events::Same(_))
        && pair.periods() != Periods::Apart
        && !pair.units_differ();
    let is_larger = part.value().zip(whole.value()).is_some_and(|(part, whole)| {
        Measure::of(part.unit()).max(Measure::of(whole.unit())).adds_up() && is_above(part.interval(), whole.interval())
    });
    is_one_thing && is_larger
}

/// Compares the values of two claims that differ in no aspect.
fn of_values(pair: &Pair<'_>) -> Relation {
    let Some((one, other)) = pair.values() else { return Relation::NotCompared };
    let is_settled = matches!(pair.events(), Events::Same(_)) || pair.periods() == Periods::Same;
    match (is_settled, agree(one, other)) {
        (true, true) => of_roots(&pair.one.links.roots, &pair.other.links.roots),
        (true, false) if is_revised(pair) => Relation::Revises,
        (true, false) => Relation::Conflicts,
        (false, true) => Relation::PossiblySame,
        (false, false) => Relation::PossibleConflict,
    }
}

/// Tells whether two values that agree come from different sources; both lists are sorted.
fn of_roots(one: &[SourceId], other: &[SourceId]) -> Relation {
    if one.is_empty() || other.is_empty() {
        return Relation::Consistent;
    }
    let lacks = |of: &[SourceId], root: &SourceId| of.binary_search(root).is_err();
    let is_independent = one.iter().any(|root| lacks(other, root)) && other.iter().any(|root| lacks(one, root));
    if is_independent { Relation::Corroborates } else { Relation::Repeats }
}

/// Tells whether two values are the guidance of one issuer from different days.
fn is_revised(pair: &Pair<'_>) -> bool {
    if pair.one.claim.scenario != Scenario::Guidance {
        return false;
    }
    let (one, other) = (pair.stated(pair.one), pair.stated(pair.other));
    !one.is_undated() && !other.is_undated() && !one.meets(&other)
}
