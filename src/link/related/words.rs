//! The words of analyses as parts of their vectors.
//!
//! A word counts by how often it is there, which soon says little more (Robertson's saturation, as in BM25), and by how
//! rare it is. The whole is brought to length 1, so that a long text is not near to everything.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::rarity::Rarity;
use crate::config::TermId;
use crate::model::Analysis;
use crate::prose::Term;

/// How many words of an analysis are kept, those that weigh most.
pub(super) const MOST_WORDS: usize = 64;

/// How soon more of a word says little more.
const SATURATION: f64 = 1.2;

/// How much more a name says than another word.
const NAME: f64 = 1.5;

/// The words that more than one analysis has, and how rare each is.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: FxHashMap<TermId, Word>,
    /// What a word counts that only one analysis has.
    alone: u32,
}

#[derive(Clone, Copy, Debug)]
struct Word {
    number: u32,
    rarity: u32,
}

impl Vocabulary {
    /// Counts in how many analyses each word is.
    pub(super) fn of(analyses: &[Arc<Analysis>]) -> Self {
        let chunk = |chunk: &[Arc<Analysis>]| super::features::count(terms(chunk));
        let parts: Vec<FxHashMap<TermId, u32>> =
            analyses.par_chunks(analyses.len().div_ceil(PARTS).max(1)).map(chunk).collect();
        let mut parts = parts.into_iter();
        let mut held = parts.next().unwrap_or_default();
        #[allow(clippy::iter_over_hash_type, reason = "sums know no order")]
        for part in parts {
            for (term, by) in part {
                *held.entry(term).or_default() += by;
            }
        }
        let rarity = Rarity::of_words(analyses.len());
        #[allow(clippy::iter_over_hash_type, reason = "they are put in order at once")]
        let mut shared: Vec<(TermId, u32)> = held.into_iter().filter(|(_, by)| *by > 1).collect();
        shared.par_sort_unstable();
        let word = |(number, (term, by)): (u32, (TermId, u32))| (term, Word { number, rarity: rarity.of_held(by) });
        Self { words: (0..).zip(shared).map(word).collect(), alone: rarity.of_held(1) }
    }

    /// Lists the words in the order of their numbers.
    pub(super) fn terms(&self) -> Vec<TermId> {
        #[allow(clippy::iter_over_hash_type, reason = "they are put in order at once")]
        let mut terms: Vec<TermId> = self.words.keys().copied().collect();
        terms.par_sort_unstable();
        terms
    }

    /// Gives the foremost words of an analysis by number, and how much of its vector each is.
    pub(super) fn vector(&self, terms: &[Term]) -> Vec<(u32, f64)> {
        let mut square = 0.0;
        let mut parts: Vec<(u32, f64)> = Vec::with_capacity(terms.len());
        for term in terms {
            let count = f64::from(term.count);
            let often = count * (SATURATION + 1.0) / (count + SATURATION);
            let known = self.words.get(&term.id);
            let name = if term.name { NAME } else { 1.0 };
            let part = often * name * f64::from(known.map_or(self.alone, |word| word.rarity));
            square += part * part;
            parts.extend(known.map(|word| (word.number, part)));
        }
        if parts.len() > MOST_WORDS {
            parts.select_nth_unstable_by(MOST_WORDS, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            parts.truncate(MOST_WORDS);
        }
        parts.sort_unstable_by_key(|(number, _)| *number);
        let length = square.sqrt().max(f64::MIN_POSITIVE);
        parts.iter_mut().for_each(|(_, part)| *part /= length);
        parts
    }
}

/// In how many parts the words are counted side by side.
const PARTS: usize = 8;

fn terms(analyses: &[Arc<Analysis>]) -> impl Iterator<Item = TermId> {
    analyses.iter().flat_map(|analysis| &analysis.terms).map(|term| term.id)
}
