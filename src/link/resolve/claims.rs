//! Claims and forecasts: flat lists through all analyses, and every name in them resolved.

use std::ops::Range;
use std::sync::Arc;

use super::by_id::ById;
use super::directory::push_new;
use super::{Directory, MetricIndex, SourceIndex};
use crate::diagnostic::{Diagnostic, Diagnostics, nearest, shown};
use crate::ids::{AnalysisId, ClaimId, MetricId, PredictionId};
use crate::link::{AnalysisLinks, Backing, ClaimLinks, Parted, PredictionLinks};
use crate::model::{Analysis, Claim, Prediction};
use crate::text::{Span, Spanned};
use crate::value::Vocabulary;

/// The claims and forecasts of a site in the order of their analyses.
pub(super) struct ClaimIndex {
    claims: Parted<Claim>,
    predictions: Parted<Prediction>,
    claims_by_id: ById,
    predictions_by_id: ById,
}

impl ClaimIndex {
    /// Numbers the claims and forecasts of all analyses.
    pub(super) fn of(analyses: &[Arc<Analysis>]) -> Self {
        let claims: Parted<Claim> = analyses.iter().map(|analysis| Arc::clone(&analysis.claims)).collect();
        let predictions: Parted<Prediction> =
            analyses.iter().map(|analysis| Arc::clone(&analysis.predictions)).collect();
        Self {
            claims_by_id: ById::of(&claims, |claim| &claim.id),
            predictions_by_id: ById::of(&predictions, |prediction| &prediction.id),
            claims,
            predictions,
        }
    }

    /// Which claims an analysis makes.
    pub(super) fn range(&self, analysis: usize) -> Range<usize> {
        self.claims.range(analysis)
    }

    /// Which forecasts an analysis makes.
    pub(super) fn prediction_range(&self, analysis: usize) -> Range<usize> {
        self.predictions.range(analysis)
    }

    fn claim_of(&self, analysis: AnalysisId, id: &str) -> Option<ClaimId> {
        let range = self.range(analysis.index());
        self.claims_by_id.find(range, id, |at| &self.claims[at].id).map(ClaimId::at)
    }

    fn prediction_of(&self, analysis: AnalysisId, id: &str) -> Option<PredictionId> {
        let range = self.prediction_range(analysis.index());
        self.predictions_by_id.find(range, id, |at| &self.predictions[at].id).map(PredictionId::at)
    }

    /// Resolves claims that a front matter names, each as `id` or `analysis-slug/id`.
    fn claims_named(
        &self,
        names: &[Spanned<String>],
        here: Here<'_>,
        directory: &Directory,
        diagnostics: &mut Diagnostics,
    ) -> Vec<ClaimId> {
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            push_new(&mut found, self.claim_named(name, here, directory, diagnostics));
        }
        found
    }

    fn claim_named(
        &self,
        name: &Spanned<String>,
        here: Here<'_>,
        directory: &Directory,
        diagnostics: &mut Diagnostics,
    ) -> Option<ClaimId> {
        let (owner, id) = here.owner(name, directory, diagnostics)?;
        let found = self.claim_of(owner, id);
        if found.is_none() && !here.analyses[owner.index()].broken {
            let known = self.claims.part(owner.index()).iter().map(|claim| claim.id.as_str());
            diagnostics.push(unknown("claim", name, id, known, here));
        }
        found
    }

    /// Resolves forecasts that a front matter names.
    pub(super) fn predictions_named(
        &self,
        names: &[Spanned<String>],
        at: AnalysisId,
        analyses: &[Arc<Analysis>],
        directory: &Directory,
        diagnostics: &mut Diagnostics,
    ) -> Vec<PredictionId> {
        let here = Here { at, analyses };
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            let Some((owner, id)) = here.owner(name, directory, diagnostics) else { continue };
            let prediction = self.prediction_of(owner, id);
            if prediction.is_none() && !analyses[owner.index()].broken {
                let known = self.predictions.part(owner.index()).iter().map(|p| p.id.as_str());
                diagnostics.push(unknown("forecast", name, id, known, here));
            }
            push_new(&mut found, prediction);
        }
        found
    }

    /// Gives the lists up.
    pub(super) fn finish(self) -> (Parted<Claim>, Parted<Prediction>) {
        (self.claims, self.predictions)
    }
}

/// The analysis whose front matter is read, among all.
#[derive(Clone, Copy)]
struct Here<'a> {
    at: AnalysisId,
    analyses: &'a [Arc<Analysis>],
}

impl<'a> Here<'a> {
    fn analysis(self) -> &'a Analysis {
        &self.analyses[self.at.index()]
    }

    /// Cuts `analysis-slug/id` and finds the analysis; an id alone is one of the analysis itself.
    fn owner<'n>(
        self,
        name: &'n Spanned<String>,
        directory: &Directory,
        diagnostics: &mut Diagnostics,
    ) -> Option<(AnalysisId, &'n str)> {
        let Some((slug, id)) = name.value.rsplit_once('/') else { return Some((self.at, &name.value)) };
        let owner = directory.analysis(slug);
        if owner.is_none() {
            let slug = Spanned::new(slug.to_owned(), name.span);
            diagnostics.push(directory.unknown_analysis(&slug, self.analysis()));
        }
        owner.map(|owner| (owner, id))
    }
}

fn unknown<'a>(
    what: &str,
    name: &Spanned<String>,
    id: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    here: Here<'_>,
) -> Diagnostic {
    let code = if what == "claim" { "unknown-claim" } else { "unknown-forecast" };
    let error = Diagnostic::error(code, format!("there is no {what} `{}`", shown(&name.value)));
    let error = error.at(here.analysis().origin.place(name.span));
    match nearest(id, known) {
        Some(near) => error.help(format!("did you mean `{}`?", shown(near))),
        None => error.help(format!("write the id of a {what} of this analysis, or `analysis-slug/id`")),
    }
}

/// Resolves what claims and forecasts name; companies, metrics and events that nobody declared are made on the way.
pub(super) struct Linker<'a> {
    pub(super) directory: &'a mut Directory,
    pub(super) metrics: &'a mut MetricIndex,
    pub(super) sources: &'a SourceIndex,
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Linker<'_> {
    /// Ties every claim to what it names, and gives its analysis the companies and people that it is about.
    pub(super) fn claims(
        &mut self,
        index: &ClaimIndex,
        analyses: &[Arc<Analysis>],
        links: &mut [AnalysisLinks],
    ) -> Vec<ClaimLinks> {
        let mut all = Vec::with_capacity(index.claims.len());
        for (position, (analysis, links)) in analyses.iter().zip(links).enumerate() {
            let at = AnalysisId::at(position);
            let first = links.companies.first().copied();
            for claim in links.claims.clone() {
                let link = self.claim(&index.claims[claim], at, analysis, first);
                push_new(&mut links.companies, link.company);
                push_new(&mut links.people, link.person);
                all.push(link);
            }
        }
        for claim in 0..index.claims.len() {
            let here = Here { at: all[claim].analysis, analyses };
            for tie in &index.claims[claim].ties {
                let Some(to) = index.claim_named(&tie.to, here, self.directory, self.diagnostics) else { continue };
                if to.index() == claim {
                    let message = format!("a claim cannot be said to be `{}` of itself", tie.kind.word());
                    let error = Diagnostic::error("claim-on-itself", message);
                    self.diagnostics.push(error.at(here.analysis().origin.place(tie.to.span)));
                    continue;
                }
                all[claim].ties.push((tie.kind, to));
                all[to.index()].tied_by.push((tie.kind, ClaimId::at(claim)));
            }
        }
        all.iter_mut().for_each(|links| links.tied_by.sort_unstable());
        all
    }

    fn claim(
        &mut self,
        claim: &Claim,
        at: AnalysisId,
        analysis: &Analysis,
        first: Option<crate::ids::CompanyId>,
    ) -> ClaimLinks {
        let company = match &claim.company {
            Some(name) => self.directory.company(name, analysis, self.diagnostics),
            None => first,
        };
        let family = claim.value.as_ref().map(|value| value.value.unit().family());
        let metric =
            claim.metric.as_ref().map(|name| self.metrics.metric(name, family.flatten(), analysis, self.diagnostics));
        if let Some((metric, family)) = metric.zip(family.flatten()) {
            self.check_family(claim, metric, family, analysis);
        }
        let sources = self.sources.resolve(&claim.sources, at, analysis, self.diagnostics);
        ClaimLinks {
            analysis: at,
            company,
            person: claim.person.as_ref().and_then(|name| self.directory.person(name, analysis, self.diagnostics)),
            metric,
            event: claim.event.as_ref().map(|event| self.metrics.event(&event.value)),
            sources,
            roots: Vec::new(),
            backing: Backing::default(),
            ties: Vec::new(),
            tied_by: Vec::new(),
        }
    }

    /// Warns of a value in units that its metric is not measured in.
    fn check_family(&mut self, claim: &Claim, metric: MetricId, family: crate::value::Family, analysis: &Analysis) {
        let Some(expected) = self.metrics.family(metric).filter(|expected| *expected != family) else { return };
        let span = claim.value.as_ref().map_or_else(Span::default, |value| value.span);
        let message = format!(
            "`{}` is measured in {}, and this value is in {}",
            shown(self.metrics.metric_id(metric)),
            expected.word(),
            family.word()
        );
        let warning = Diagnostic::warning("unit-mismatch", message).at(analysis.origin.place(span));
        self.diagnostics.push(warning.help("change the metric, or the unit of the value"));
    }

    /// Ties every forecast to what it names.
    pub(super) fn predictions(
        &mut self,
        index: &ClaimIndex,
        analyses: &[Arc<Analysis>],
        links: &mut [AnalysisLinks],
    ) -> Vec<PredictionLinks> {
        let mut all = Vec::with_capacity(index.predictions.len());
        for (position, links) in links.iter_mut().enumerate() {
            let here = Here { at: AnalysisId::at(position), analyses };
            for prediction in index.predictions.part(position) {
                let company = match &prediction.company {
                    Some(name) => self.directory.company(name, here.analysis(), self.diagnostics),
                    None => links.companies.first().copied(),
                };
                push_new(&mut links.companies, company);
                let evidence = index.claims_named(&prediction.evidence, here, self.directory, self.diagnostics);
                let settled_by = prediction.resolution.as_ref().and_then(|resolution| resolution.source.as_ref());
                let settled_by = settled_by.map(std::slice::from_ref).unwrap_or_default();
                let settled_by = self.sources.resolve(settled_by, here.at, here.analysis(), self.diagnostics).pop();
                all.push(PredictionLinks { analysis: here.at, company, evidence, settled_by });
            }
        }
        all
    }
}
