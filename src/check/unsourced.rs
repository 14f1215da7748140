//! `unsourced`: a claim that names no source.
//!
//! A reader cannot look up what nobody is said to have said. An attribution says it in words, such as "according to
//! several reports", and is enough; a source that nobody vouches for is another matter: see `anonymous-only`.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Briefing;
use crate::model::Status;

/// Reports claims without a source; one that was taken back needs none.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for (claim, links) in briefing.claims.iter().zip(&briefing.claim_links) {
        let said = !claim.sources.is_empty() || claim.attribution.is_some();
        if said || claim.status == Status::Retracted {
            continue;
        }
        let warning = Diagnostic::warning("unsourced", "this claim names no source");
        let warning = warning.at(briefing.analysis(links.analysis).origin.place(claim.span));
        diagnostics.push(warning.help("name whom it is from in `sources`, or say so in `attribution`"));
    }
}
