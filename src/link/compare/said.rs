//! What authors say of two claims, which goes before all that can be computed.

use super::Relation;
use super::pair::{Pair, Side};
use crate::ids::ClaimId;
use crate::model::TieKind;
use crate::value::Vocabulary;

/// Finds what the author of either claim says that it is to the other, the first in the order of [`TieKind`].
///
/// Two claims that are each said to take the other's place, to put it right or to be a part of it contradict
/// themselves: neither is believed, and the next tie counts, or the aspects.
pub(super) fn said(pair: &Pair<'_>) -> Option<Relation> {
    let (one, other) = (ties(pair.one, pair.other), ties(pair.other, pair.one));
    if one == 0 && other == 0 {
        return None;
    }
    let order = |side: Side<'_>| pair.briefing.claim_order(side.id);
    TieKind::WORDS.iter().find_map(|(_, kind)| {
        let relation = Relation::said(*kind);
        match (one & bit(*kind) != 0, other & bit(*kind) != 0) {
            (true, false) => Some(relation),
            (false, true) => Some(relation.mirrored()),
            (true, true) if contradicts_itself(*kind) => None,
            // Where each says it of the other, it is said of the later one; in one analysis, of the later id.
            (true, true) if order(pair.one) > order(pair.other) => Some(relation),
            (true, true) => Some(relation.mirrored()),
            (false, false) => None,
        }
    })
}

/// Tells which of two claims is said to be a part of the other, where it is said of just one.
pub(super) fn said_part<'b>(pair: &Pair<'b>) -> Option<(Side<'b>, Side<'b>)> {
    let is_part = |part, whole| ties(part, whole) & bit(TieKind::PartOf) != 0;
    match (is_part(pair.one, pair.other), is_part(pair.other, pair.one)) {
        (true, false) => Some((pair.one, pair.other)),
        (false, true) => Some((pair.other, pair.one)),
        _ => None,
    }
}

/// Tells whether only one of two claims can be this to the other.
fn contradicts_itself(kind: TieKind) -> bool {
    matches!(kind, TieKind::Supersedes | TieKind::Corrects | TieKind::PartOf)
}

/// Gathers the kinds of ties from one claim to another; the shorter list is read, for one claim may be tied to all.
fn ties(from: Side<'_>, to: Side<'_>) -> u8 {
    let all = |list: &[(TieKind, ClaimId)], id: ClaimId| {
        list.iter().filter(|(_, end)| *end == id).fold(0, |kinds, (kind, _)| kinds | bit(*kind))
    };
    let (ties, tied_by) = (&from.links.ties, &to.links.tied_by);
    if ties.len() <= tied_by.len() { all(ties, to.id) } else { all(tied_by, from.id) }
}

fn bit(kind: TieKind) -> u8 {
    1 << kind as u8
}
