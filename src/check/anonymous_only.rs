//! `anonymous-only`: a claim whose every source is a person without a name.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::Briefing;
use crate::model::SourceKind;

/// Reports claims of anonymous sources alone that no attribution says so of.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for (claim, links) in briefing.claims.iter().zip(&briefing.claim_links) {
        let anonymous = |id| briefing.source(id).kind == Some(SourceKind::Anonymous);
        let all = !links.sources.is_empty() && links.sources.iter().all(|id| anonymous(*id));
        if !all || claim.attribution.is_some() {
            continue;
        }
        let warning = Diagnostic::warning("anonymous-only", "nobody with a name stands behind this claim");
        let warning = warning.at(briefing.analysis(links.analysis).origin.place(claim.span));
        diagnostics.push(warning.help("say so in `attribution`, such as \"per people familiar with the matter\""));
    }
}
