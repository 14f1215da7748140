//! The data of one analysis, beside its page: what its front matter states, with every name resolved.

use std::hash::Hash;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::data::{ClaimRecord, ForecastRecord, SourceRecord};
use super::feed::{Moment, changed};
use super::shown::Shown;
use super::{Digest, Document, Format, Out, VERSION};
use crate::ids::{AnalysisId, ClaimId, PredictionId};
use crate::link::Briefing;
use crate::model::Correction;
use crate::pages::{Page, canonical};
use crate::value::{Date, Day};

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
    /// Its forecasts, as the table of forecasts has them.
    forecasts: Vec<ForecastRecord<'b>>,
    /// What was wrong in it.
    corrections: Vec<CorrectionRecord<'b>>,
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
        forecasts: links.predictions.clone().map(|at| ForecastRecord::of(briefing, PredictionId::at(at))).collect(),
        corrections: analysis.corrections.iter().map(correction).collect(),
    }
}

fn correction(correction: &Correction) -> CorrectionRecord<'_> {
    let Correction { day, was, now, why } = correction;
    CorrectionRecord { date: Shown(*day), was, now, why: why.as_deref() }
}

impl Document for AnalysisData<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Out<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }
}
