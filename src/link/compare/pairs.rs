//! All pairs of claims that can be held against each other, for whoever wants to see every one.

use std::collections::BTreeMap;

use super::{Relation, verdict};
use crate::ids::{ClaimId, CompanyId, MetricId};
use crate::link::Briefing;

/// Pairs of claims about one metric and one company or its units, and those that an author tied.
///
/// Pairs grow with the square of the claims of a company, so that they are made one by one while they are read.
#[derive(Debug)]
pub struct Pairs<'b> {
    briefing: &'b Briefing,
    order: Order,
    /// The ranks of the claims of each group, in order.
    groups: BTreeMap<Group, Vec<usize>>,
}

/// The claims of a publication in the order of their full ids.
#[derive(Debug)]
pub struct Order {
    /// The claims in that order.
    pub claims: Vec<ClaimId>,
    /// Where each claim stands in it.
    pub ranks: Vec<usize>,
}

impl Order {
    /// Sorts the claims of a publication.
    pub fn of(briefing: &Briefing) -> Self {
        let mut claims: Vec<ClaimId> = (0..briefing.claims.len()).map(ClaimId::at).collect();
        claims.sort_by_cached_key(|id| briefing.claim_path(*id));
        let mut ranks = vec![0; claims.len()];
        claims.iter().enumerate().for_each(|(rank, id)| ranks[id.index()] = rank);
        Self { claims, ranks }
    }
}

/// A metric, and the company at the head of a line of wholes.
type Group = (MetricId, Option<CompanyId>);

impl<'b> Pairs<'b> {
    /// Groups the claims of a publication.
    pub fn of(briefing: &'b Briefing) -> Self {
        let order = Order::of(briefing);
        let mut groups: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        for (rank, id) in order.claims.iter().enumerate() {
            if let Some(group) = group(briefing, *id) {
                groups.entry(group).or_default().push(rank);
            }
        }
        Self { briefing, order, groups }
    }

    /// Lists every pair with what its first claim is to its second, both in the order of their full ids.
    ///
    /// Left out are pairs that have nothing to compare.
    pub fn iter(&self) -> impl Iterator<Item = (ClaimId, ClaimId, Relation)> {
        self.order.claims.iter().enumerate().flat_map(|(rank, id)| {
            let later = self.others(*id).into_iter().filter(move |other| *other > rank);
            self.compared(*id, later)
        })
    }

    /// Lists every claim that one can be held against, with what that one is to it.
    pub fn with(&self, id: ClaimId) -> impl Iterator<Item = (ClaimId, Relation)> {
        self.compared(id, self.others(id).into_iter()).map(|(_, other, relation)| (other, relation))
    }

    fn compared(
        &self,
        id: ClaimId,
        others: impl Iterator<Item = usize>,
    ) -> impl Iterator<Item = (ClaimId, ClaimId, Relation)> {
        others.filter_map(move |rank| {
            let other = self.order.claims[rank];
            let relation = verdict(self.briefing, id, other);
            (relation != Relation::NotCompared).then_some((id, other, relation))
        })
    }

    /// The ranks of the claims of one's group, and of those that are tied to it, in order.
    fn others(&self, id: ClaimId) -> Vec<usize> {
        let links = &self.briefing.claim_links[id.index()];
        let group = group(self.briefing, id).and_then(|group| self.groups.get(&group));
        let tied = links.ties.iter().chain(&links.tied_by).map(|(_, other)| self.order.ranks[other.index()]);
        let own = self.order.ranks[id.index()];
        let mut others: Vec<usize> = group.into_iter().flatten().copied().filter(|rank| *rank != own).collect();
        let grouped = others.len();
        others.extend(tied);
        if others.len() > grouped {
            others.sort_unstable();
            others.dedup();
        }
        others
    }
}

/// The group of a claim that measures something.
fn group(briefing: &Briefing, id: ClaimId) -> Option<Group> {
    let links = &briefing.claim_links[id.index()];
    Some((links.metric?, links.company.and_then(|company| briefing.lineage(company).last())))
}
