//! Rules over the linked briefing; each is one file with its code, its documentation and its test.

mod addresses;
mod images;
mod live_files;
mod site_links;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::link::Briefing;
use crate::pages::Page;

/// What the site will hold besides its pages: each path with the file that it comes from.
pub type Files = BTreeMap<String, String>;

/// Checks a briefing, the pages that it will have, the files that are made and those that are published beside them.
pub fn check(briefing: &Briefing, pages: &[Page], made: &[String], files: &Files) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let known = addresses::check(briefing, pages, made, files, &mut diagnostics);
    site_links::check(briefing, &known, &mut diagnostics);
    images::check(briefing, &mut diagnostics);
    live_files::check(briefing, &mut diagnostics);
    diagnostics
}
