//! Rules over the linked briefing; each is one file with its code, its documentation and its test.

mod action_past_due;
mod addresses;
mod anonymous_only;
mod citation;
mod conflict;
mod conflict_in_one_analysis;
mod disagreement;
mod forecast_changed;
mod forecast_dates;
mod forecast_overdue;
mod forecast_vague;
mod forecast_without_date;
mod forecast_without_probability;
mod future_claim;
mod images;
mod live_files;
mod near_duplicate;
mod orphan_company;
mod possible_conflict;
mod redirects;
mod retracted_but_cited;
mod scope_violation;
mod share_glyphs;
mod signal_past_due;
mod single_source;
mod site_links;
mod stale_claim;
mod superseded_but_cited;
mod unsourced;
mod unused_source;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::link::{Briefing, Forecast};
use crate::model::{Origin, Prediction};
use crate::pages::Page;

pub use redirects::Rules as Redirects;

/// What the site will hold besides its pages: each path with the file that it comes from.
pub type Files = BTreeMap<String, String>;

/// Rules that need the briefing alone.
const RULES: &[fn(&Briefing, &mut Diagnostics)] = &[
    unsourced::check,
    anonymous_only::check,
    single_source::check,
    conflict::check,
    conflict_in_one_analysis::check,
    possible_conflict::check,
    scope_violation::check,
    retracted_but_cited::check,
    superseded_but_cited::check,
    stale_claim::check,
    future_claim::check,
    unused_source::check,
    orphan_company::check,
    near_duplicate::check,
    forecast_without_date::check,
    forecast_without_probability::check,
    forecast_vague::check,
    forecast_dates::check,
    forecast_overdue::check,
    forecast_changed::check,
    action_past_due::check,
    signal_past_due::check,
];

/// Gathers what one rule finds.
fn found_by(rule: fn(&Briefing, &mut Diagnostics), briefing: &Briefing) -> Diagnostics {
    let mut found = Diagnostics::new();
    rule(briefing, &mut found);
    found
}

/// Checks a briefing, the pages that it will have, the files that are made and those that are published beside them.
///
/// `redirects` are rules of the author's own.
pub fn check(
    briefing: &Briefing,
    pages: &[Page],
    made: &[String],
    files: &Files,
    redirects: Option<&Redirects>,
) -> Diagnostics {
    // The rules ask for what is related, and one that waits for it would hold a core that it needs.
    let ask = || {
        briefing.related();
    };
    let (mut diagnostics, ()) = rayon::join(|| of_files(briefing, pages, made, files, redirects), ask);
    let found: Vec<Diagnostics> = RULES.par_iter().map(|rule| found_by(*rule, briefing)).collect();
    found.into_iter().for_each(|found| diagnostics.append(found));
    diagnostics
}

/// Checks what the site will consist of.
fn of_files(
    briefing: &Briefing,
    pages: &[Page],
    made: &[String],
    files: &Files,
    redirects: Option<&Redirects>,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let known = addresses::check(briefing, pages, made, files, &mut diagnostics);
    if let Some(rules) = redirects {
        redirects::check(rules, &briefing.config, &known, &mut diagnostics);
    }
    site_links::check(briefing, &known, &mut diagnostics);
    images::check(briefing, &mut diagnostics);
    live_files::check(briefing, &mut diagnostics);
    share_glyphs::check(briefing, pages, &mut diagnostics);
    diagnostics
}

/// Every forecast with what is known of it, and the document that makes it.
///
/// Those of a document that has a mistake are left out: what seems to be missing may be what could not be read.
fn forecasts(briefing: &Briefing) -> impl Iterator<Item = (&Prediction, &Forecast, &Origin)> {
    let analyses = briefing.prediction_links.iter().map(|links| briefing.analysis(links.analysis));
    let all = briefing.predictions.iter().zip(&briefing.forecasts.each).zip(analyses);
    all.filter(|(_, analysis)| !analysis.broken).map(|((p, forecast), analysis)| (p, forecast, &analysis.origin))
}
