//! Links turned around: for each document, which others lead to it.

use rayon::prelude::*;

use super::{DocId, LinkedProse, Target};
use crate::ids::{AnalysisId, ClaimId, PredictionId};
use crate::link::Briefing;

/// Turns links, mentions and pinned relations around: for each document, which others lead to it.
pub(super) fn backlinks(briefing: &Briefing, docs: &[DocId], prose: &[LinkedProse]) -> Vec<Vec<DocId>> {
    let mut back: Vec<Vec<DocId>> = vec![Vec::new(); docs.len()];
    for (from, prose) in docs.iter().zip(prose) {
        let linked = prose.all_links().filter_map(|link| match &link.target {
            Target::Document(doc, _) => Some(*doc),
            Target::Claim(claim) => Some(DocId::Analysis(briefing.claim_links[claim.index()].analysis)),
            Target::Asset(_) | Target::Site(_) | Target::Part(_) => None,
        });
        let related = match from {
            DocId::Analysis(id) => relations(briefing, *id),
            _ => Vec::new(),
        };
        let pinned = related.into_iter().map(DocId::Analysis);
        let mentioned = prose.mentions.iter().map(|(_, doc)| *doc);
        for to in linked.chain(mentioned).chain(pinned).filter(|to| to != from) {
            back[briefing.doc_index(to)].push(*from);
        }
    }
    back.par_iter_mut().for_each(|from| {
        from.sort_unstable_by(newest_first);
        from.dedup();
    });
    back
}

/// The analyses that the front matter of one leads to: pinned ones, and those whose claims or forecasts it names.
fn relations(briefing: &Briefing, id: AnalysisId) -> Vec<AnalysisId> {
    let links = &briefing.analysis_links[id.index()];
    let of_claim = |claim: &ClaimId| briefing.claim_links[claim.index()].analysis;
    let ties =
        briefing.claim_links[links.claims.clone()].iter().flat_map(|claim| &claim.ties).map(|(_, to)| of_claim(to));
    let predictions = &briefing.prediction_links[links.predictions.clone()];
    let evidence = predictions.iter().flat_map(|prediction| &prediction.evidence).map(of_claim);
    let of_prediction = |prediction: &PredictionId| briefing.prediction_links[prediction.index()].analysis;
    let signals = links.signals.iter().flat_map(|signal| &signal.bears_on).map(of_prediction);
    links.related.iter().copied().chain(ties).chain(evidence).chain(signals).collect()
}

/// Orders documents for a list of links: analyses with the newest first, then the rest.
pub(in crate::link) fn newest_first(a: &DocId, b: &DocId) -> std::cmp::Ordering {
    match (a, b) {
        (DocId::Analysis(a), DocId::Analysis(b)) => b.cmp(a),
        _ => a.cmp(b),
    }
}
