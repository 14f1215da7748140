//! `live-file`: a file of content/ that a browser would run as a page of the site.
//!
//! Prose that is not trusted cannot bring raw HTML; a file beside it must not bring it either.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Briefing;
use crate::text::Place;

/// Endings of files that browsers run scripts in; a picture in SVG runs none where a page shows it.
const LIVE: &[&str] = &["htm", "html", "js", "mjs", "shtml", "xht", "xhtml", "xml", "xsl", "xslt"];

/// Reports such files, unless the site trusts its content.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    if briefing.config.trusted {
        return;
    }
    for asset in &briefing.assets {
        let ending = asset.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        if ending.is_some_and(|ending| LIVE.contains(&ending.as_str())) {
            let error = Diagnostic::error("live-file", format!("a browser would run what `{asset}` says"));
            let help = "put it into static/ where it is your own, or set `trusted = true` in `[markdown]`";
            diagnostics.push(error.at(Place::file(asset)).help(help));
        }
    }
}
