//! Which of those that are near are shown: the nearest, but not five copies of one.
//!
//! Maximal marginal relevance (Carbonell and Goldstein 1998): each place goes to the one that is near to the analysis
//! and not too near to those chosen before.

use super::features::{UNIT, Vectors, in_common};
use super::index::Near;
use crate::ids::AnalysisId;

/// How many of the nearest a place is given to one of; one that is given makes room for the next.
const POOL: usize = 10;
/// What has less in common than this, in thousandths, is not related.
const LEAST: u64 = 40;
/// How much more that is of what has words alone in common, divided by how many texts there are.
const CHANCE: u64 = 1_000;
/// How near in words two have to be, from 0 to 1, for one to say what the other says.
const ALIKE: f64 = 0.5;
/// How much of its score one loses that says just what a chosen one says.
const LOST: f64 = 0.6;

/// One side of a list, the earlier analyses or the later ones.
#[derive(Clone, Copy)]
struct Side {
    /// How many more may be shown of it.
    room: usize,
    /// How many more there are of it.
    left: usize,
}

/// Chooses so many of the analyses near to one, which come in order; `pinned` are not chosen again.
///
/// Of a list of six, at most four are earlier or later, unless the other side has no more.
pub(super) fn select(
    vectors: &Vectors,
    id: AnalysisId,
    near: &[Near],
    pinned: &[AnalysisId],
    most: usize,
) -> Vec<Near> {
    let side = |other: AnalysisId| usize::from(other > id);
    let mut sides = [Side { room: most.div_ceil(2) + most / 6, left: 0 }; 2];
    // Among few texts chance looks like kinship.
    let chance = CHANCE / vectors.len().max(1) as u64;
    let least = |near: &Near| if near.score == near.words { LEAST + chance } else { LEAST };
    let is_related = |near: &&Near| near.score * 1000 >= least(near) * UNIT && !pinned.contains(&near.id);
    let related: Vec<Near> = near.iter().filter(is_related).copied().collect();
    related.iter().for_each(|near| sides[side(near.id)].left += 1);
    pinned.iter().for_each(|pin| sides[side(*pin)].room = sides[side(*pin)].room.saturating_sub(1));

    let mut chosen: Vec<Near> = Vec::with_capacity(most);
    let kept_beside =
        |chosen: &[Near], near: &Near| chosen.iter().map(|one| kept(vectors, one, near)).fold(1.0, f64::min);
    let mut rest = related.into_iter();
    let mut pool: Vec<(Near, f64)> = rest.by_ref().take(POOL).map(|near| (near, 1.0)).collect();
    while chosen.len() + pinned.len() < most {
        // Where one side has no more, the other takes its room.
        let is_open = |near: &Near| sides[side(near.id)].room > 0 || sides[1 - side(near.id)].left == 0;
        let marginal = |(near, kept): &(Near, f64)| near.score as f64 * kept;
        let fitting = pool.iter().enumerate().filter(|(_, (near, _))| is_open(near));
        let best = fitting.max_by(|(a_at, a), (b_at, b)| marginal(a).total_cmp(&marginal(b)).then(b_at.cmp(a_at)));
        let best = best.map(|(at, _)| at);
        if let Some((next, _)) = best.map(|at| pool.remove(at)) {
            let its = &mut sides[side(next.id)];
            (its.room, its.left) = (its.room.saturating_sub(1), its.left.saturating_sub(1));
            pool.iter_mut().for_each(|(near, share)| *share = share.min(kept(vectors, &next, near)));
            chosen.push(next);
        }
        // A pool of one side alone grows to where the other begins.
        match rest.next() {
            Some(near) => pool.push((near, kept_beside(&chosen, &near))),
            None if best.is_none() => break,
            None => {}
        }
    }
    chosen
}

/// Tells how much of its score an analysis keeps beside one that is chosen.
fn kept(vectors: &Vectors, chosen: &Near, near: &Near) -> f64 {
    if !may_be_alike(chosen, near) {
        return 1.0;
    }
    1.0 - LOST * ((alike(vectors, chosen.id, near.id) - ALIKE) / (1.0 - ALIKE)).clamp(0.0, 1.0)
}

/// Tells whether two texts may be copies: those are about as near to a third in words.
fn may_be_alike(one: &Near, other: &Near) -> bool {
    let (less, more) = (one.words.min(other.words), one.words.max(other.words));
    less * 4 >= more * 3
}

/// Tells how much of two texts' words is the same, from 0 to 1.
pub(super) fn alike(vectors: &Vectors, one: AnalysisId, other: AnalysisId) -> f64 {
    let both: u64 = in_common(vectors.words(one), vectors.words(other)).map(|(_, part, _)| part).sum();
    let lengths = vectors.length(one) * vectors.length(other);
    if lengths > 0.0 { both as f64 / lengths } else { 0.0 }
}
