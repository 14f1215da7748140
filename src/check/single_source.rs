//! `single-source`: a claim that sounds better founded than it is.
//!
//! "Everybody quotes one source and calls it three": several reports that lead to one root, or the editor's high
//! confidence in one. A party's own word on itself, and a record such as a filing or a judgement, stand alone.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ids::SourceId;
use crate::link::{Briefing, ClaimLinks};
use crate::model::{Claim, Confidence, SourceKind};

/// Reports claims of several reports and one root, and those of high confidence on one root that is no record.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for (claim, links) in briefing.claims.iter().zip(&briefing.claim_links) {
        let Some(message) = doubt(briefing, claim, links) else { continue };
        let warning = Diagnostic::warning("single-source", message);
        let place = briefing.analysis(links.analysis).origin.place(claim.span);
        diagnostics.push(warning.at(place).help("find a second independent source, or say so in `attribution`"));
    }
}

fn doubt(briefing: &Briefing, claim: &Claim, links: &ClaimLinks) -> Option<String> {
    let [root] = links.roots.as_slice() else { return None };
    let name = briefing.source(*root).name();
    if links.sources.len() > 1 && claim.attribution.is_none() {
        return Some(format!("{} reports, 1 source: all of them lead to {name}", links.sources.len()));
    }
    let confident = claim.confidence == Some(Confidence::High) && !stands_alone(briefing, *root);
    confident.then(|| format!("the confidence is high, and all rests on {name}"))
}

/// Tells whether a work is a record, or the word of the party concerned.
fn stands_alone(briefing: &Briefing, id: SourceId) -> bool {
    let source = briefing.source(id);
    let record = [SourceKind::Filing, SourceKind::Statement, SourceKind::Court, SourceKind::Dataset];
    source.interested || source.kind.is_some_and(|kind| record.contains(&kind))
}
