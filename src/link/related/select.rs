//! Which of those that are near are shown: the nearest, but not five copies of one.
//!
//! Maximal marginal relevance (Carbonell and Goldstein 1998): each place goes to the one that is near to the analysis
//! and not too near to those chosen before.

use super::features::{UNIT, Vectors, in_common};
use super::index::Near;
use crate::ids::AnalysisId;

/// How many of the nearest a place is given to one of.
const POOL: usize = 10;
/// What has less in common than this, in thousandths, is not related.
const LEAST: u64 = 40;
/// How near in words two have to be, from 0 to 1, for one to say what the other says.
const ALIKE: f64 = 0.5;
/// How much of its score one loses that says just what a chosen one says.
const LOST: f64 = 0.6;

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
    let related = |near: &&Near| near.score * 1000 >= LEAST * UNIT && !pinned.contains(&near.id);
    let side_room = most.div_ceil(2) + most / 6;
    let mut rooms = [side_room; 2];
    let side = |near: &Near| usize::from(near.id > id);
    for pin in pinned {
        rooms[usize::from(*pin > id)] = rooms[usize::from(*pin > id)].saturating_sub(1);
    }
    let mut earlier = near.iter().filter(related).filter(|near| side(near) == 0).count();
    let mut later = near.iter().filter(related).count() - earlier;
    let mut pool: Vec<(Near, f64)> = Vec::with_capacity(POOL);
    let mut rest = near.iter().filter(related).copied();
    pool.extend(rest.by_ref().take(POOL).map(|near| (near, 1.0)));
    let mut chosen: Vec<Near> = Vec::with_capacity(most);
    while chosen.len() + pinned.len() < most {
        // Where one side has no more, the other takes its room.
        let open = |side: usize| rooms[side] > 0 || [later, earlier][side] == 0;
        let marginal = |(near, kept): &(Near, f64)| near.score as f64 * kept;
        let fitting = pool.iter().enumerate().filter(|(_, (near, _))| open(side(near)));
        let best = fitting.max_by(|(a_at, a), (b_at, b)| marginal(a).total_cmp(&marginal(b)).then(b_at.cmp(a_at)));
        let Some(at) = best.map(|(at, _)| at) else {
            // The pool is of one side: go on to where the other begins.
            match rest.next() {
                Some(next) => pool.push((next, 1.0)),
                None => break,
            }
            continue;
        };
        let (next, _) = pool.remove(at);
        rooms[side(&next)] = rooms[side(&next)].saturating_sub(1);
        *[&mut earlier, &mut later][side(&next)] -= 1;
        if chosen.len() + pinned.len() + 1 == most {
            chosen.push(next);
            break;
        }
        for (other, kept) in pool.iter_mut().filter(|(other, _)| may_be_alike(&next, other)) {
            let alike = alike(vectors, next.id, other.id);
            *kept = kept.min(1.0 - LOST * ((alike - ALIKE) / (1.0 - ALIKE)).clamp(0.0, 1.0));
        }
        chosen.push(next);
    }
    chosen.sort_unstable_by_key(|near| (std::cmp::Reverse(near.score), near.id.0.abs_diff(id.0), near.id));
    chosen
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
