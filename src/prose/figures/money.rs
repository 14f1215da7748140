//! Amounts of money.

use super::place::{Amount, Place};
use super::{FigureKind, Found};
use crate::value::Unit;

/// Reads an amount with a currency's sign, code or name next to it.
pub(super) fn read(place: &Place<'_>, amount: &Amount) -> Option<Found> {
    let Some(Unit::Currency(_)) = amount.mark else { return None };
    let [next, ..] = place.words_after(amount.range.end);
    let text = place.text.get(amount.range.clone())?;
    let last = text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_ascii_lowercase();
    // Who has won, and what weighs a pound, is not money.
    let is_victory = last == "won" && !text.contains([',', 'm', 'b']);
    let is_weight = last.starts_with("pound") && next.eq_ignore_ascii_case("of");
    if is_victory || is_weight || (place.is_one(amount) && last == "dollar") {
        return None;
    }
    place.found(amount.range.clone(), "", "", FigureKind::Money)
}
