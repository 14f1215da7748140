//! What is on a page, counted.

use std::collections::BTreeSet;
use std::fmt;

use crate::ids::{AnalysisId, ClaimId, CompanyId, PredictionId, SourceId};
use crate::link::{Briefing, EntryKind};
use crate::model::Status;
use crate::speech::counted;

/// How many there are of what a reader weighs a page by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Tally {
    /// Analyses.
    pub(crate) analyses: usize,
    /// Claims.
    pub(crate) claims: usize,
    /// Independent works behind the claims.
    pub(crate) sources: usize,
    /// Disputed claims.
    pub(crate) disputed: usize,
    /// Open forecasts.
    pub(crate) open: usize,
}

impl Tally {
    /// Counts what an analysis rests on.
    pub(crate) fn of_analysis(briefing: &Briefing, id: AnalysisId) -> Self {
        let links = &briefing.analysis_links[id.index()];
        let claims = links.claims.clone().map(ClaimId::at);
        let forecasts = links.predictions.clone().map(PredictionId::at);
        Self { analyses: 0, ..Self::default().with_claims(briefing, claims).with_forecasts(briefing, forecasts) }
    }

    /// Counts what is on record of a company and its units.
    pub(crate) fn of_company(briefing: &Briefing, id: CompanyId) -> Self {
        let (mut analyses, mut claims, mut forecasts) = (0, BTreeSet::new(), BTreeSet::new());
        for entry in &briefing.timelines[id.index()].entries {
            match &entry.kind {
                EntryKind::Claim(id) => drop(claims.insert(*id)),
                EntryKind::Event(row) => claims.extend(&row.claims),
                EntryKind::Made(id) | EntryKind::Due(id) => drop(forecasts.insert(*id)),
                EntryKind::Analysis(_) => analyses += 1,
            }
        }
        Self { analyses, ..Self::default() }.with_claims(briefing, claims).with_forecasts(briefing, forecasts)
    }

    fn with_claims(self, briefing: &Briefing, claims: impl IntoIterator<Item = ClaimId>) -> Self {
        let (mut tally, mut roots) = (self, BTreeSet::<SourceId>::new());
        for id in claims {
            tally.claims += 1;
            tally.disputed += usize::from(is_disputed(briefing, id));
            roots.extend(&briefing.claim_links[id.index()].roots);
        }
        Self { sources: roots.len(), ..tally }
    }

    fn with_forecasts(self, briefing: &Briefing, forecasts: impl IntoIterator<Item = PredictionId>) -> Self {
        let is_open = |id: &PredictionId| briefing.prediction(*id).resolution.is_none();
        Self { open: forecasts.into_iter().filter(is_open).count(), ..self }
    }
}

/// Tells whether a claim is disputed, by its author or by another claim.
pub(crate) fn is_disputed(briefing: &Briefing, id: ClaimId) -> bool {
    briefing.claim(id).status == Status::Disputed || briefing.ledger.is_disputed(id)
}

/// Writes `9 claims, 5 sources, 1 disputed, 1 open forecast`, without what there is none of.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { analyses, claims, sources, disputed, open } = *self;
        let parts = [
            ("analyses_counted", analyses),
            ("claims_counted", claims),
            ("sources_counted", sources),
            ("disputed_counted", disputed),
            ("open_forecasts_counted", open),
        ];
        let parts = parts.into_iter().filter(|(_, count)| *count > 0).map(|(key, count)| counted(key, count));
        f.write_str(&parts.collect::<Vec<_>>().join(", "))
    }
}
