//! Threads: the lines of stories, found by joining the analyses that are nearest to each other.

use rustc_hash::FxHashMap;

use super::Related;
use super::features::{Feature, count};
use super::share::{Share, What};
use crate::ids::AnalysisId;

/// A line of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// Its analyses from the oldest, at least two.
    pub analyses: Vec<AnalysisId>,
    /// What most of them have in common, what tells most first; it names the thread.
    pub about: Vec<Feature>,
}

/// The least score, in thousandths, that joins two.
const JOINS: u32 = 300;
/// The most analyses of a thread: what is longer is a subject and no story.
const LONGEST: usize = 40;
/// How many things name a thread at most.
const NAMED_BY: usize = 3;

/// Finds the threads of a publication, the one with the latest analysis first.
///
/// Pairs are joined from the nearest on, unless that makes a thread too long, as Kruskal's algorithm does. Costs
/// n log n over what is shown beside analyses.
pub(super) fn find(related: &Related) -> Vec<Thread> {
    let mut pairs: Vec<(u32, AnalysisId, AnalysisId)> = Vec::new();
    for (at, list) in related.lists.iter().enumerate() {
        let one = AnalysisId::at(at);
        let joined = list.iter().filter(|near| near.joins);
        pairs.extend(joined.map(|near| (near.score, one.min(near.id), one.max(near.id))));
    }
    pairs.sort_unstable_by_key(|(score, one, other)| (std::cmp::Reverse(*score), *one, *other));
    let mut sets = Sets::of(related.lists.len());
    pairs.iter().for_each(|(_, one, other)| sets.join(one.index(), other.index()));
    let mut members: FxHashMap<usize, Vec<AnalysisId>> = FxHashMap::default();
    for at in 0..related.lists.len() {
        members.entry(sets.root(at)).or_default().push(AnalysisId::at(at));
    }
    #[allow(clippy::iter_over_hash_type, reason = "they are put in order at once")]
    let mut threads: Vec<Vec<AnalysisId>> = members.into_values().filter(|members| members.len() > 1).collect();
    threads.sort_unstable_by_key(|members| std::cmp::Reverse(members.last().copied()));
    threads.into_iter().map(|analyses| Thread { about: about(related, &analyses), analyses }).collect()
}

/// Tells whether two of a score are of the same story: they share an event or a series or their claims meet, or they are
/// very near even without a link, which leads from one story to another as well.
pub(super) fn joins(score: u32, shares: &[Share]) -> bool {
    let of_one_story = |share: &Share| match share.what {
        What::Bond(bond) => !bond.is_link(),
        What::Feature(Feature::Event(_) | Feature::Series(_)) => true,
        What::Feature(_) | What::Context(_) => false,
    };
    let links = shares.iter().filter(|share| matches!(share.what, What::Bond(bond) if bond.is_link()));
    let linked: u32 = links.map(Share::thousandths).sum();
    (score >= JOINS && shares.iter().any(of_one_story)) || score.saturating_sub(linked) >= 2 * JOINS
}

/// Finds what at least two in three of some analyses have in common.
fn about(related: &Related, analyses: &[AnalysisId]) -> Vec<Feature> {
    let features = analyses.iter().flat_map(|id| related.vectors.get(*id)).filter(|one| one.own).map(|one| one.feature);
    #[allow(clippy::iter_over_hash_type, reason = "they are put in order at once")]
    let counted: Vec<(u32, u32)> = count(features).into_iter().collect();
    let shared = counted.into_iter().filter(|(_, held)| *held as usize * 3 >= analyses.len() * 2 && *held > 1);
    let mut named: Vec<_> = shared
        .map(|(number, held)| (related.vectors.feature(number), held))
        .map(|(feature, held)| ((tells(feature), std::cmp::Reverse(held), feature), feature))
        .collect();
    named.sort_unstable();
    named.into_iter().take(NAMED_BY).map(|(_, feature)| feature).collect()
}

/// Orders features by how well each names a story.
fn tells(feature: Feature) -> u8 {
    match feature {
        Feature::Event(_) => 0,
        Feature::Series(_) => 1,
        Feature::Metric(..) => 2,
        Feature::Company(_) => 3,
        Feature::Person(_) => 4,
        Feature::Tag(_) => 5,
        Feature::Word(_) => 6,
        Feature::Source(_) => 7,
    }
}

/// Tells for each analysis which thread it is in.
pub(super) fn of_each(threads: &[Thread], analyses: usize) -> Vec<Option<u32>> {
    let mut of_each = vec![None; analyses];
    for (thread, number) in threads.iter().zip(0_u32..) {
        thread.analyses.iter().for_each(|id| of_each[id.index()] = Some(number));
    }
    of_each
}

/// Lists all analyses by thread, and last those in none.
pub(super) fn order(threads: &[Thread], thread_of: &[Option<u32>]) -> Vec<AnalysisId> {
    let threaded = threads.iter().flat_map(|thread| &thread.analyses).copied();
    let alone = (0..thread_of.len()).rev().filter(|at| thread_of[*at].is_none()).map(AnalysisId::at);
    threaded.chain(alone).collect()
}

/// Disjoint sets, joined by size with halved paths (Tarjan 1975).
struct Sets {
    parents: Vec<usize>,
    sizes: Vec<usize>,
}

impl Sets {
    fn of(count: usize) -> Self {
        Self { parents: (0..count).collect(), sizes: vec![1; count] }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if one == other || self.sizes[one] + self.sizes[other] > LONGEST {
            return;
        }
        let (large, small) = if self.sizes[one] >= self.sizes[other] { (one, other) } else { (other, one) };
        self.parents[small] = large;
        self.sizes[large] += self.sizes[small];
    }
}
