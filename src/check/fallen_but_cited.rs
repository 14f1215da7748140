//! `retracted-but-cited` and `superseded-but-cited`: what leans on a claim that no longer stands.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::ids::{AnalysisId, ClaimId};
use crate::link::{Briefing, DocId, Target};
use crate::model::{Status, TieKind};
use crate::text::Place;

/// Reports links and evidence that lead to a claim which was taken back, or whose place another has taken.
///
/// Who cited a claim before another took its place was right then, and is left alone; who cites one that was taken
/// back should say so, whenever it was written.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    let fallen = fallen(briefing);
    if fallen.is_empty() {
        return;
    }
    for (place, from, claim) in citations(briefing) {
        match fallen.get(&claim) {
            Some(Fall::Retracted) => {
                let message = format!("the claim `{}` was taken back", shown(&briefing.claim_path(claim)));
                let warning = Diagnostic::warning("retracted-but-cited", message).at(place);
                diagnostics.push(warning.help("say that it was taken back, or cite what holds now"));
            }
            Some(Fall::Superseded(by)) if is_later(briefing, from, *by) => {
                let message = format!("the claim `{}` no longer stands", shown(&briefing.claim_path(claim)));
                let warning = Diagnostic::warning("superseded-but-cited", message).at(place);
                diagnostics.push(warning.help(match by {
                    Some(by) => format!("cite `{}`, which took its place", briefing.claim_path(*by)),
                    None => "cite the claim that took its place".to_owned(),
                }));
            }
            Some(Fall::Superseded(_)) | None => {}
        }
    }
}

/// Why a claim no longer stands.
enum Fall {
    Retracted,
    /// With the claim that took its place, if one says so.
    Superseded(Option<ClaimId>),
}

/// Finds the claims that no longer stand.
fn fallen(briefing: &Briefing) -> BTreeMap<ClaimId, Fall> {
    let fall = |(index, (claim, links)): (usize, (&crate::model::Claim, &crate::link::ClaimLinks))| {
        let by = links.tied_by.iter().filter(|(kind, _)| matches!(kind, TieKind::Supersedes | TieKind::Corrects));
        let by = by.map(|(_, by)| *by).max();
        let fall = match claim.status {
            Status::Retracted => Fall::Retracted,
            Status::Superseded | Status::Corrected => Fall::Superseded(by),
            Status::Reported | Status::Confirmed | Status::Disputed => Fall::Superseded(Some(by?)),
        };
        Some((ClaimId::at(index), fall))
    };
    briefing.claims.iter().zip(&briefing.claim_links).enumerate().filter_map(fall).collect()
}

/// Tells whether a document was written when another claim had taken the place already.
fn is_later(briefing: &Briefing, from: DocId, by: Option<ClaimId>) -> bool {
    let (DocId::Analysis(from), Some(by)) = (from, by) else { return true };
    let by = briefing.claim_links[by.index()].analysis;
    from != by && briefing.analysis(from).day >= briefing.analysis(by).day
}

/// Lists what leads to claims: links in prose, and what forecasts and claims rest on.
fn citations(briefing: &Briefing) -> impl Iterator<Item = (Place, DocId, ClaimId)> {
    let prose = briefing.docs().filter_map(|doc| Some((doc, briefing.origin(doc)?))).flat_map(|(doc, origin)| {
        briefing.prose_of(doc).links.iter().filter_map(move |link| match link.target {
            Target::Claim(claim) => Some((origin.place(link.span.shifted(origin.body_start)), doc, claim)),
            _ => None,
        })
    });
    let of = |id: AnalysisId| DocId::Analysis(id);
    let evidence = briefing.predictions.iter().zip(&briefing.prediction_links).flat_map(move |(forecast, links)| {
        let place = briefing.analysis(links.analysis).origin.place(forecast.span);
        links.evidence.iter().map(move |claim| (place.clone(), of(links.analysis), *claim))
    });
    let support = briefing.claims.iter().zip(&briefing.claim_links).flat_map(move |(claim, links)| {
        let place = briefing.analysis(links.analysis).origin.place(claim.span);
        let leans = links.ties.iter().filter(|(kind, _)| matches!(kind, TieKind::SameAs | TieKind::PartOf));
        leans.map(move |(_, to)| (place.clone(), of(links.analysis), *to))
    });
    prose.chain(evidence).chain(support)
}
