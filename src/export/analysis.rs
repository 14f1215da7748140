//! The data of one analysis, beside its page: what its front matter states, with every name resolved.

use std::hash::Hash;
use std::io;

use schemars::JsonSchema;
use serde::Serialize;

use super::data::{ClaimRecord, SourceRecord};
use super::feed::{Moment, changed};
use super::shown::{PathId, Shown, on_site};
use super::{Digest, Document, Format, VERSION};
use crate::ids::{AnalysisId, ClaimId, PredictionId};
use crate::link::Briefing;
use crate::model::{Correction, Prediction};
use crate::pages::{Page, canonical, prediction_href};
use crate::value::{Date, Day, Vocabulary};

/// An analysis.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub(super) struct AnalysisData<'b> {
    /// The version of this form.
    version: u32,
    /// Its slug.
    id: &'b str,
    /// Its page.
    url: String,
    /// The headline.
    title: &'b str,
    /// One or two sentences on it.
    summary: Option<&'b str>,
    /// The day of publication, with its time where one is given.
    date: Shown<&'b Date>,
    /// When it last changed: published, updated or corrected.
    changed: Shown<Moment>,
    /// The names of its authors.
    authors: Vec<&'b str>,
    /// Its tags.
    tags: Vec<&'b str>,
    /// The ids of the companies that it is about.
    companies: Vec<&'b str>,
    /// The ids of the people whom it is about.
    people: Vec<&'b str>,
    /// Its claims, as the table of claims has them.
    claims: Vec<ClaimRecord<'b>>,
    /// The sources that it names or cites, as the table of sources has them.
    sources: Vec<SourceRecord<'b>>,
    /// Its forecasts.
    predictions: Vec<PredictionRecord<'b>>,
    /// What was wrong in it.
    corrections: Vec<CorrectionRecord<'b>>,
}

/// A forecast.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Prediction")]
struct PredictionRecord<'b> {
    /// The full id, `analysis-slug/forecast-id`.
    id: Shown<PathId<'b>>,
    /// Its permalink.
    url: String,
    /// What will happen.
    text: &'b str,
    /// The id of the company that it is about.
    company: Option<&'b str>,
    /// How probable, a decimal from 0 to 1.
    probability: Option<String>,
    /// How likely, in the words of ICD 203.
    likelihood: Option<String>,
    /// The day that it was made.
    made: Shown<Day>,
    /// When it will be known, in EDTF.
    due: Option<Shown<&'b Date>>,
    /// What must all be so for the answer yes.
    criteria: &'b [String],
    /// What must happen first for it to count at all.
    condition: Option<&'b str>,
    /// The full ids of the claims that it rests on.
    evidence: Vec<Shown<PathId<'b>>>,
    /// Later probabilities.
    revisions: Vec<RevisionRecord<'b>>,
    /// What came of it: yes, no, ambiguous, annulled or withdrawn; null while it is open.
    outcome: Option<&'static str>,
    /// The day that its outcome was known.
    resolved: Option<Shown<Day>>,
}

/// A later probability.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Revision")]
struct RevisionRecord<'b> {
    /// The day of it.
    date: Shown<Day>,
    /// The new probability, a decimal from 0 to 1.
    probability: String,
    /// Why it changed.
    why: Option<&'b str>,
}

/// A correction.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Correction")]
struct CorrectionRecord<'b> {
    /// The day of it.
    date: Shown<Day>,
    /// What the analysis said.
    was: &'b str,
    /// What it says now.
    now: &'b str,
    /// Why.
    why: Option<&'b str>,
}

/// Gives the data of an analysis.
pub(super) fn of(briefing: &Briefing, id: AnalysisId) -> AnalysisData<'_> {
    let (analysis, links) = (briefing.analysis(id), &briefing.analysis_links[id.index()]);
    let groups = &briefing.groups;
    AnalysisData {
        version: VERSION,
        id: &analysis.slug.value,
        url: canonical(briefing, &Page::Analysis(id)),
        title: &analysis.title,
        summary: analysis.summary.as_deref(),
        date: Shown(&analysis.date),
        changed: Shown(changed(analysis)),
        authors: links.authors.iter().map(|id| &*groups.authors[id.index()].name).collect(),
        tags: links.tags.iter().map(|id| &*groups.tags[id.index()].name).collect(),
        companies: links.companies.iter().map(|id| &*briefing.company(*id).id).collect(),
        people: links.people.iter().map(|id| &*briefing.person(*id).id).collect(),
        claims: links.claims.clone().map(|at| ClaimRecord::of(briefing, ClaimId::at(at))).collect(),
        sources: links.sources.iter().map(|id| SourceRecord::of(briefing, *id)).collect(),
        predictions: links.predictions.clone().map(|at| prediction(briefing, PredictionId::at(at))).collect(),
        corrections: analysis.corrections.iter().map(correction).collect(),
    }
}

fn prediction(briefing: &Briefing, id: PredictionId) -> PredictionRecord<'_> {
    let (prediction, links) = (briefing.prediction(id), &briefing.prediction_links[id.index()]);
    let resolution = prediction.resolution.as_ref();
    PredictionRecord {
        id: PathId::prediction(briefing, id),
        url: on_site(briefing, &prediction_href(briefing, id)),
        text: &prediction.text,
        company: links.company.map(|id| &*briefing.company(id).id),
        probability: prediction.probability.map(|probability| probability.amount().to_string()),
        likelihood: prediction.likelihood.as_ref().map(ToString::to_string),
        made: Shown(prediction.made),
        due: prediction.due.as_ref().map(Shown),
        criteria: &prediction.criteria,
        condition: prediction.condition.as_deref(),
        evidence: links.evidence.iter().map(|id| PathId::claim(briefing, *id)).collect(),
        revisions: revisions(prediction),
        outcome: resolution.map(|resolution| resolution.outcome.word()),
        resolved: resolution.and_then(|resolution| resolution.day).map(Shown),
    }
}

fn revisions(prediction: &Prediction) -> Vec<RevisionRecord<'_>> {
    let revisions = prediction.revisions.iter().map(|revision| RevisionRecord {
        date: Shown(revision.day),
        probability: revision.probability.amount().to_string(),
        why: revision.why.as_deref(),
    });
    revisions.collect()
}

fn correction(correction: &Correction) -> CorrectionRecord<'_> {
    let Correction { day, was, now, why } = correction;
    CorrectionRecord { date: Shown(*day), was, now, why: why.as_deref() }
}

impl Document for AnalysisData<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Vec<u8>) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.push(b'\n');
        Ok(())
    }
}
