//! `share-glyphs`: letters that the fonts of pictures lack, and that are left out there.

use crate::config::FILE;
use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::export::cards;
use crate::link::Briefing;
use crate::pages::Page;
use crate::text::Place;

/// Reports the first picture with such letters, and how many there are: a site in another script has them everywhere.
pub(super) fn check(briefing: &Briefing, pages: &[Page], diagnostics: &mut Diagnostics) {
    let mut lacking = cards(briefing, pages).filter_map(|card| Some((card, card.lacks(briefing)?)));
    let Some((first, letter)) = lacking.next() else { return };
    let others = match lacking.count() {
        0 => String::new(),
        1 => ", and another picture lacks letters too".to_owned(),
        more => format!(", and {more} other pictures lack letters too"),
    };
    let message = format!("the picture of `{}` is without `{letter}`{others}", shown(first.title(briefing)));
    let warning = Diagnostic::warning("share-glyphs", message).at(Place::file(&FILE.into()));
    diagnostics
        .push(warning.help("the fonts of pictures are Latin; set `pictures = false` in [share], or leave it so"));
}
