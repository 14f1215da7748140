//! Amounts of money.

use super::place::{Amount, Place};
use super::{FigureKind, Found};
use crate::value::Unit;

/// Codes that are words and names too, and in headlines in capitals more often than money: `PHP 8`, `COP30`, `TOP 10`.
const WORDS: &[&str] = &[
    "ALL", "AMD", "BAM", "BOB", "COP", "CUP", "GEL", "LAK", "MAD", "MOP", "NAD", "PEN", "PHP", "RON", "SOS", "STN",
    "TOP", "TRY", "XDR", "XUA",
];

/// Tells whether a code before a number is a word that no money follows: a sum has a scale, or thousands.
fn is_word(place: &Place<'_>, amount: &Amount) -> bool {
    let before = place.text.get(amount.range.start..place.at).unwrap_or_default().trim_end();
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    WORDS.contains(&word) && !place.number(amount).contains(|c: char| c == ',' || c.is_alphabetic())
}

/// Reads an amount with a currency's sign, code or name next to it.
pub(super) fn read(place: &Place<'_>, amount: &Amount) -> Option<Found> {
    let Some(Unit::Currency(_)) = amount.mark else { return None };
    let [next, ..] = place.words_after(amount.range.end);
    let text = place.text.get(amount.range.clone())?;
    let last = text.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_ascii_lowercase();
    // Who has won, and what weighs a pound, is not money.
    let is_victory = last == "won" && !text.contains([',', 'm', 'b']);
    let is_weight = last.starts_with("pound") && next.eq_ignore_ascii_case("of");
    if is_word(place, amount) || is_victory || is_weight || (place.is_one(amount) && last == "dollar") {
        return None;
    }
    place.found(amount.range.clone(), "", "", FigureKind::Money)
}
