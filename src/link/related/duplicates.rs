//! Pairs of analyses that say nearly the same in the same words.

use super::features::Vectors;
use super::index::Near;
use super::select::alike;
use crate::ids::AnalysisId;
use crate::link::{Briefing, DocId};

/// Two analyses that say nearly the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Duplicate {
    /// The older one.
    pub older: AnalysisId,
    /// The newer one.
    pub newer: AnalysisId,
    /// How much of what they say is the same, in percent.
    pub percent: u32,
}

/// How much of the words has to be the same, from 0 to 1.
const NEARLY: f64 = 0.9;
/// A text of fewer words is too short to tell: notes of a line or two resemble each other.
const LEAST_WORDS: u32 = 80;
/// How many of the nearest in words are looked at.
const LOOKED_AT: usize = 4;

/// Finds the older analyses that say nearly the same as one.
pub(super) fn among(briefing: &Briefing, vectors: &Vectors, id: AnalysisId, near: &[Near]) -> Vec<Duplicate> {
    let words = |id: AnalysisId| briefing.prose_of(DocId::Analysis(id)).words;
    if words(id) < LEAST_WORDS {
        return Vec::new();
    }
    let older = near.iter().filter(|near| near.id < id && words(near.id) >= LEAST_WORDS);
    let mut nearest: Vec<&Near> = older.collect();
    nearest.sort_unstable_by_key(|near| (std::cmp::Reverse(near.words), near.id));
    let alike = nearest
        .into_iter()
        .take(LOOKED_AT)
        .map(|near| (near.id, alike(vectors, id, near.id)))
        .filter(|(_, alike)| *alike >= NEARLY);
    alike.map(|(older, alike)| Duplicate { older, newer: id, percent: (alike * 100.0) as u32 }).collect()
}
