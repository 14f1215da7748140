//! The index: which analyses have a feature, and from that, which are near to one.
//!
//! Nothing is compared with everything. An analysis's weightiest features are walked until a fixed number of entries is
//! looked at. Of a feature that many have, only those nearest in time are: they tell the same story, if any does. So
//! the work for one analysis is bounded, however many there are.

use super::bonds::{self, Bonds};
use super::features::{Entry, FeatureNumber, Vectors};
use crate::config::Weights;
use crate::ids::AnalysisId;

/// How many analyses of one feature are looked at, half of them before and half after.
const LONGEST_LIST: usize = 64;
/// How many entries of lists are looked at for one analysis.
const MOST_LOOKED_AT: usize = 640;
/// How many of an analysis's features are walked.
const MOST_FEATURES: usize = 32;
/// How many analyses are scored in full for one.
const MOST_SCORED: usize = 28;

/// For each feature, the analyses that have it.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The analyses of each feature from the oldest, with its value there.
    lists: Vec<(AnalysisId, u16)>,
    /// Where each feature's list begins, and where the last one's ends.
    offsets: Vec<u32>,
}

/// How near an analysis is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Near {
    /// The other.
    pub(super) id: AnalysisId,
    /// How near, in [`UNIT`](super::features::UNIT)s.
    pub(super) score: u64,
    /// How much of that is words.
    pub(super) words: u64,
}

/// What a thread needs to find what is near to an analysis, kept from one to the next.
#[derive(Debug)]
pub(super) struct Desk {
    /// What is known so far of how near each analysis is.
    partial: Vec<u32>,
    touched: Vec<AnalysisId>,
    /// The values of the analysis at hand, by feature.
    own: Vec<u16>,
}

impl Desk {
    pub(super) fn for_all_of(vectors: &Vectors) -> Self {
        Self { partial: vec![0; vectors.len()], touched: Vec::new(), own: vec![0; vectors.features()] }
    }
}

impl Desk {
    /// Takes the foremost of what was gathered, and clears the desk.
    fn foremost(&mut self, id: AnalysisId, most: usize) -> Vec<AnalysisId> {
        let mut best = std::mem::take(&mut self.touched);
        if best.len() > most {
            let partial = &self.partial;
            let nearest = |one: &AnalysisId| (std::cmp::Reverse(partial[one.index()]), one.0.abs_diff(id.0), *one);
            best.select_nth_unstable_by_key(most, nearest);
        }
        best.iter().for_each(|one| self.partial[one.index()] = 0);
        best.truncate(most);
        best
    }
}

impl Index {
    /// Turns vectors around.
    pub(super) fn of(vectors: &Vectors) -> Self {
        let mut offsets = vec![0_u32; vectors.features() + 1];
        let ids = || (0..vectors.len()).map(AnalysisId::at);
        for entry in ids().flat_map(|id| vectors.get(id)) {
            offsets[entry.feature as usize + 1] += 1;
        }
        for at in 1..offsets.len() {
            offsets[at] += offsets[at - 1];
        }
        let total = offsets.last().copied().unwrap_or_default() as usize;
        let (mut lists, mut next) = (vec![(AnalysisId(0), 0); total], offsets.clone());
        for id in ids() {
            for entry in vectors.get(id) {
                let at = &mut next[entry.feature as usize];
                lists[*at as usize] = (id, entry.value);
                *at += 1;
            }
        }
        Self { lists, offsets }
    }

    /// Lists the analyses with a feature, or those of them nearest in time to one.
    fn around(&self, id: AnalysisId, feature: FeatureNumber) -> &[(AnalysisId, u16)] {
        let bound = |at: usize| self.offsets.get(at).map_or(0, |offset| *offset as usize);
        let all = self.lists.get(bound(feature as usize)..bound(feature as usize + 1)).unwrap_or_default();
        if all.len() <= LONGEST_LIST {
            return all;
        }
        let own = all.partition_point(|(other, _)| *other < id);
        let start = own.saturating_sub(LONGEST_LIST / 2).min(all.len() - LONGEST_LIST);
        &all[start..start + LONGEST_LIST]
    }

    /// Finds what is near to an analysis, the nearest first; of equals those nearest in time, then the older one.
    ///
    /// Tells also how many entries of lists and vectors it looked at.
    pub(super) fn near(
        &self,
        id: AnalysisId,
        (vectors, bonds, weights): (&Vectors, &Bonds, &Weights),
        desk: &mut Desk,
    ) -> (Vec<Near>, u64) {
        let own = vectors.get(id);
        let looked_at = self.gather(id, own, desk, MOST_LOOKED_AT);
        let mut best = desk.foremost(id, MOST_SCORED);
        best.extend(bonds.foremost(id, MOST_SCORED));
        best.sort_unstable();
        best.dedup();

        own.iter().for_each(|entry| desk.own[entry.feature as usize] = entry.value);
        let mut steps = 0;
        let score = |other: AnalysisId| {
            steps += vectors.get(other).len() as u64;
            let things = dot(&desk.own, vectors.things(other));
            let words = dot(&desk.own, vectors.words(other));
            let tied: u64 = bonds::parts(bonds.between(id, other), weights).map(|(_, part)| part).sum();
            Near { id: other, score: things + words + tied, words }
        };
        let mut near: Vec<Near> = best.drain(..).map(score).filter(|near| near.score > 0).collect();
        own.iter().for_each(|entry| desk.own[entry.feature as usize] = 0);
        near.sort_unstable_by_key(|near| (std::cmp::Reverse(near.score), near.id.0.abs_diff(id.0), near.id));
        desk.touched = best;
        (near, looked_at + steps)
    }

    /// Finds the nearest in words alone, and how near each is; tells also how much it looked at.
    pub(super) fn near_in_words(
        &self,
        id: AnalysisId,
        vectors: &Vectors,
        desk: &mut Desk,
        most: usize,
    ) -> (Vec<(AnalysisId, u64)>, u64) {
        let own = vectors.words(id);
        let mut looked_at = self.gather(id, own, desk, MOST_LOOKED_AT / 2);
        let mut best = desk.foremost(id, MOST_SCORED / 2);
        own.iter().for_each(|entry| desk.own[entry.feature as usize] = entry.value);
        let score = |other| {
            let theirs = vectors.words(other);
            looked_at += theirs.len() as u64;
            (other, dot(&desk.own, theirs))
        };
        let mut near: Vec<(AnalysisId, u64)> = best.drain(..).map(score).collect();
        own.iter().for_each(|entry| desk.own[entry.feature as usize] = 0);
        near.sort_unstable_by_key(|(other, words)| (std::cmp::Reverse(*words), other.0.abs_diff(id.0), *other));
        near.truncate(most);
        desk.touched = best;
        (near, looked_at)
    }

    /// Adds up what is in common by the weightiest features, and lists who has any of them.
    fn gather(&self, id: AnalysisId, own: &[Entry], desk: &mut Desk, most: usize) -> u64 {
        let mut own: Vec<Entry> = own.to_vec();
        let weightiest = |entry: &Entry| (std::cmp::Reverse(entry.value), entry.feature);
        if own.len() > MOST_FEATURES {
            own.select_nth_unstable_by_key(MOST_FEATURES, weightiest);
            own.truncate(MOST_FEATURES);
        }
        own.sort_unstable_by_key(weightiest);
        let mut looked_at = 0;
        for entry in own {
            if looked_at >= most {
                break;
            }
            let list = self.around(id, entry.feature);
            looked_at += list.len();
            for (other, value) in list.iter().filter(|(other, _)| *other != id) {
                let partial = &mut desk.partial[other.index()];
                if *partial == 0 {
                    desk.touched.push(*other);
                }
                *partial = partial.saturating_add(u32::from(entry.value) * u32::from(*value));
            }
        }
        looked_at as u64
    }
}

/// Multiplies a vector with one whose values stand under their features.
fn dot(own: &[u16], other: &[Entry]) -> u64 {
    other.iter().map(|entry| u64::from(own[entry.feature as usize]) * u64::from(entry.value)).sum()
}
