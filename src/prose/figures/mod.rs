//! Figures in running text: money, people, shares, durations, and counts of a thousand or more.
//!
//! An amount is read by the grammar of [`Quantity`], the one that claims are written in, so that a figure and a
//! claim have intervals in one base. What is added here is what running text needs: where an amount may start, how
//! far its words go, and which numbers are no figures at all (years, dates, versions, names, idioms).
//!
//! A text is passed over once for digits and number words; the grammar looks only where one stands, at a bounded
//! number of places before it, so that the cost is linear in the text whatever it holds.

mod collect;
mod count;
mod duration;
mod money;
mod people;
mod place;
mod share;
mod trigger;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use crate::text::Span;
use crate::value::Quantity;

pub use collect::{Block, blocks};
pub(super) use collect::{Collector, add_figures};
pub use people::is_people;
use place::Place;

/// What a figure is an amount of, as far as the audit tells figures apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// An amount of money.
    Money,
    /// A count of people or of places for people.
    People,
    /// A part of a whole, or the difference between two.
    Share,
    /// A length of time.
    Duration,
    /// Any other count of a thousand or more.
    Count,
}

/// A figure in prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its bytes in the body, from the hedge to the noun.
    pub span: Span,
    /// What it is an amount of.
    pub kind: FigureKind,
    /// Its words, without markup.
    pub words: Box<str>,
    /// How much: its unit and its interval in the base that claims use.
    pub quantity: Quantity,
}

/// A figure and its bytes in the text that was looked through.
#[derive(Debug)]
struct Found {
    range: Range<usize>,
    kind: FigureKind,
    quantity: Quantity,
}

/// Finds the figures in a text without markup, such as a claim's statement.
pub fn figures(text: &str) -> Vec<(FigureKind, Quantity)> {
    let mut found = Vec::new();
    scan(text, |figure| found.push((figure.kind, figure.quantity)));
    found
}

/// Gives the figures of a text from left to right.
fn scan(written: &str, mut found: impl FnMut(Found)) {
    let Some(mut at) = trigger::next(written, 0) else { return };
    let text = softened(written);
    let mut floor = 0;
    loop {
        let next = match read(&Place { written, text: &text, at, floor }) {
            Some(figure) => {
                let end = figure.range.end.max(at + 1);
                floor = end;
                found(figure);
                end
            }
            None => trigger::skip(written, at),
        };
        match trigger::next(written, next) {
            Some(further) => at = further,
            None => return,
        }
    }
}

/// Reads the figure whose number stands at a place, if there is one that the audit asks about.
fn read(place: &Place<'_>) -> Option<Found> {
    if share::is_fraction_word(place) {
        return share::fraction(place);
    }
    if share::parts_a_number(place) {
        return None;
    }
    let amount = place.amount()?;
    money::read(place, &amount)
        .or_else(|| share::percentage(place, &amount))
        .or_else(|| share::one_in_many(place, &amount))
        .or_else(|| duration::read(place, &amount))
        .or_else(|| people::read(place, &amount))
        .or_else(|| count::read(place, &amount))
}

/// Opens hyphens between words, so that `8,000-person` and `$5-billion` read as `8,000 person` and `$5 billion`.
///
/// Every byte keeps its place. A single letter stays joined (`10-K`), and so do figures on both sides (`24-36`).
fn softened(text: &str) -> Cow<'_, str> {
    let mut opened = String::new();
    let mut done = 0;
    for (at, _) in text.match_indices('-').filter(|(at, _)| opens(text.as_bytes(), *at)) {
        opened.push_str(text.get(done..at).unwrap_or_default());
        opened.push(' ');
        done = at + 1;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    opened.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(opened)
}

/// Tells whether a hyphen joins a word of two letters or more, or an `a` that a further hyphen joins.
fn opens(bytes: &[u8], at: usize) -> bool {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    let before = at.checked_sub(1).map_or(b' ', byte);
    let is_article = byte(at + 1) == b'a' && byte(at + 2) == b'-';
    let is_word = byte(at + 1).is_ascii_alphabetic() && (byte(at + 2).is_ascii_alphabetic() || is_article);
    // `7-Eleven` is a name.
    let is_name = before.is_ascii_digit() && byte(at + 1).is_ascii_uppercase();
    before.is_ascii_alphanumeric() && is_word && !is_name
}

#[cfg(test)]
mod tests;
