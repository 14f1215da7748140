//! What made two analyses related, and how much of their score each thing is.

use super::bonds::{self, Bond, Bonds};
use super::features::{Feature, Vectors, in_common};
use crate::config::Weights;
use crate::ids::AnalysisId;

/// A thing that two analyses have in common, or that ties one to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A tie.
    Bond(Bond),
    /// A thing in common.
    Feature(Feature),
    /// A word that not both have themselves, but what is near to them.
    Context(crate::config::TermId),
}

/// A thing, and its part of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The thing.
    pub what: What,
    /// Its part, in 2²⁴ths of a score of 1.
    pub part: u64,
}

/// Lists all that makes an analysis related to one, what weighs most first.
pub(super) fn shares(
    (vectors, bonds, weights): (&Vectors, &Bonds, &Weights),
    one: AnalysisId,
    other: AnalysisId,
) -> Vec<Share> {
    let ties = bonds::parts(bonds.between(one, other), weights);
    let ties = ties.map(|(bond, part)| Share { what: What::Bond(bond), part });
    let features = in_common(vectors.get(one), vectors.get(other))
        .map(|(number, part, own)| Share { what: what(vectors.feature(number), own), part });
    let mut shares: Vec<Share> = ties.chain(features).filter(|share| share.part > 0).collect();
    shares.sort_unstable_by(|a, b| b.part.cmp(&a.part).then_with(|| a.what.cmp(&b.what)));
    shares
}

fn what(feature: Feature, own: bool) -> What {
    match feature {
        Feature::Word(term) if !own => What::Context(term),
        feature => What::Feature(feature),
    }
}
