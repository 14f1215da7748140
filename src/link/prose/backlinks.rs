//! Links turned around: for each document, which others lead to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use super::{DocId, LinkedProse, Target};
use crate::ids::{AnalysisId, ClaimId, PredictionId};
use crate::link::Briefing;

/// Turns links, mentions and pinned relations around: for each document, which others lead to it.
pub(in crate::link) fn backlinks(briefing: &Briefing) -> Vec<Arc<[DocId]>> {
    let mut back: Vec<Vec<DocId>> = vec![Vec::new(); briefing.prose.len()];
    for (from, prose) in briefing.docs().zip(&briefing.prose) {
        for to in leads_to(briefing, from, prose) {
            back[briefing.doc_index(to)].push(from);
        }
    }
    let in_order = |mut from: Vec<DocId>| {
        from.sort_unstable_by(newest_first);
        from.dedup();
        Arc::from(from)
    };
    back.into_par_iter().map(in_order).collect()
}

/// Turns the links of one document around again, whose prose was another one before.
pub(in crate::link) fn turn_around(briefing: &mut Briefing, from: DocId, before: &LinkedProse) {
    let index = |to: DocId| briefing.doc_index(to);
    let old: BTreeSet<usize> = leads_to(briefing, from, before).map(index).collect();
    let new: BTreeSet<usize> = leads_to(briefing, from, briefing.prose_of(from)).map(index).collect();
    for to in old.symmetric_difference(&new) {
        let others = briefing.backlinks[*to].iter().copied().filter(|one| *one != from);
        let mut all: Vec<DocId> = others.chain(new.contains(to).then_some(from)).collect();
        all.sort_unstable_by(newest_first);
        briefing.backlinks[*to] = all.into();
    }
}

/// Lists the other documents that one leads to.
fn leads_to(briefing: &Briefing, from: DocId, prose: &LinkedProse) -> impl Iterator<Item = DocId> {
    let linked = prose.all_links().filter_map(|link| match &link.target {
        Target::Document(doc, _) => Some(*doc),
        Target::Claim(claim) => Some(DocId::Analysis(briefing.claim_links[claim.index()].analysis)),
        Target::Asset(_) | Target::Site(_) | Target::Part(_) => None,
    });
    let related = match from {
        DocId::Analysis(id) => relations(briefing, id),
        _ => Vec::new(),
    };
    let pinned = related.into_iter().map(DocId::Analysis);
    let mentioned = prose.mentions.iter().map(|(_, doc)| *doc);
    linked.chain(mentioned).chain(pinned).filter(move |to| *to != from)
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
