//! What the rules on claims that fell share: everything that leads to a claim.

use crate::ids::{AnalysisId, ClaimId};
use crate::link::{Briefing, DocId, Target};
use crate::model::TieKind;
use crate::text::Place;

/// A link or a piece of evidence that leads to a claim.
pub(super) struct Citation {
    /// Where it is written.
    pub(super) place: Place,
    /// The document that it is in.
    pub(super) from: DocId,
    /// The claim.
    pub(super) claim: ClaimId,
}

/// Lists what leads to claims: links in prose, and what forecasts and claims rest on.
pub(super) fn citations(briefing: &Briefing) -> impl Iterator<Item = Citation> {
    let prose = briefing.docs().filter_map(|doc| Some((doc, briefing.origin(doc)?))).flat_map(|(doc, origin)| {
        let prose = briefing.prose_of(doc);
        let in_body = prose.links.iter().map(|link| (link.span.shifted(origin.body_start), link));
        let in_shorts = prose.shorts.iter().flat_map(|short| short.links.iter().map(|link| (short.span, link)));
        in_body.chain(in_shorts).filter_map(move |(span, link)| match link.target {
            Target::Claim(claim) => Some(Citation { place: origin.place(span), from: doc, claim }),
            _ => None,
        })
    });
    let of = |id: AnalysisId| DocId::Analysis(id);
    let evidence = briefing.predictions.iter().zip(&briefing.prediction_links).flat_map(move |(forecast, links)| {
        let place = briefing.analysis(links.analysis).origin.place(forecast.span);
        links.evidence.iter().map(move |claim| Citation {
            place: place.clone(),
            from: of(links.analysis),
            claim: *claim,
        })
    });
    let support = briefing.claims.iter().zip(&briefing.claim_links).flat_map(move |(claim, links)| {
        let place = briefing.analysis(links.analysis).origin.place(claim.span);
        let leans = links.ties.iter().filter(|(kind, _)| matches!(kind, TieKind::SameAs | TieKind::PartOf));
        leans.map(move |(_, to)| Citation { place: place.clone(), from: of(links.analysis), claim: *to })
    });
    prose.chain(evidence).chain(support)
}
