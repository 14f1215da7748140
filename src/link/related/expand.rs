//! Vectors widened by what the nearest texts say: two pieces on one subject may share few words, and yet each shares
//! many with a third.
//!
//! It is Rocchio's feedback (1971) with the nearest texts as the relevant ones. A word that comes from others only is
//! marked, so that nobody is told that an analysis mentions what it does not.

use rayon::prelude::*;

use super::features::{Entry, FeatureNumber, UNIT, Vectors};
use super::index::{Desk, Index};
use crate::ids::AnalysisId;

/// How many of the nearest texts widen one.
const WIDENED_BY: usize = 5;
/// How many words a widened vector has, those that weigh most.
const MOST_WORDS: usize = 80;

/// Widens the words of all vectors; `weight` is that of words in `[related]`.
///
/// Tells also how many entries of lists and vectors it looked at.
pub(super) fn expand(vectors: &Vectors, index: &Index, weight: f64) -> (Vectors, u64) {
    let widened = |desk: &mut (Desk, Sums), at: usize| {
        let id = AnalysisId::at(at);
        let (nearest, work) = index.near_in_words(id, vectors, &mut desk.0, WIDENED_BY);
        let mut entries = vectors.things(id).to_vec();
        entries.extend(desk.1.widen(vectors, id, &nearest, weight));
        (entries, work)
    };
    let begin = || (Desk::for_all_of(vectors), Sums { by_feature: vec![0.0; vectors.features()], touched: Vec::new() });
    let all: (Vec<Vec<Entry>>, Vec<u64>) =
        (0..vectors.len()).into_par_iter().with_min_len(64).map_init(begin, widened).unzip();
    (vectors.with(all.0), all.1.iter().sum())
}

/// Sums under way, kept from one analysis to the next.
struct Sums {
    by_feature: Vec<f64>,
    touched: Vec<FeatureNumber>,
}

impl Sums {
    fn add(&mut self, words: &[Entry], times: f64) {
        for word in words {
            let sum = &mut self.by_feature[word.feature as usize];
            if *sum == 0.0 {
                self.touched.push(word.feature);
            }
            *sum += f64::from(word.value) * times;
        }
    }

    /// Adds the nearest texts' words to those of one, each text's by how near it is, and brings them to length 1.
    fn widen(&mut self, vectors: &Vectors, id: AnalysisId, nearest: &[(AnalysisId, u64)], weight: f64) -> Vec<Entry> {
        let own = vectors.words(id);
        self.add(own, 1.0);
        for (other, words) in nearest {
            self.add(vectors.words(*other), *words as f64 / (UNIT as f64 * weight));
        }
        let mut sums: Vec<(FeatureNumber, f64)> = Vec::with_capacity(self.touched.len());
        for feature in self.touched.drain(..) {
            sums.push((feature, std::mem::take(&mut self.by_feature[feature as usize])));
        }
        let length = sums.iter().map(|(_, sum)| sum * sum).sum::<f64>().sqrt();
        if sums.len() > MOST_WORDS {
            sums.select_nth_unstable_by(MOST_WORDS, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            sums.truncate(MOST_WORDS);
        }
        sums.sort_unstable_by_key(|(feature, _)| *feature);
        let scale = weight.sqrt() / length.max(f64::MIN_POSITIVE);
        let is_own = |feature: FeatureNumber| own.binary_search_by_key(&feature, |word| word.feature).is_ok();
        let entry = |(feature, sum)| Entry::new(feature, sum * scale, is_own(feature));
        sums.into_iter().map(entry).filter(|entry| entry.value > 0).collect()
    }
}
