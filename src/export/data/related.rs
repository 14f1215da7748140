//! `/data/related.json`: which analyses are related, why, and the threads that they make.

use std::borrow::Cow;
use std::hash::Hash;
use std::io::{self, Write};

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use crate::export::{Digest, Document, Format, Out, VERSION};
use crate::ids::AnalysisId;
use crate::link::Briefing;

/// How the analyses of a publication hang together.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub(in crate::export) struct RelatedData<'b> {
    /// The version of this form.
    version: u32,
    /// The lines of stories, the one with the latest analysis first.
    threads: Vec<ThreadRecord<'b>>,
    /// Every analysis with what is related to it, from the oldest.
    analyses: Vec<ListRecord<'b>>,
}

/// A line of a story.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Thread")]
struct ThreadRecord<'b> {
    /// What its analyses have in common.
    name: Cow<'b, str>,
    /// The slugs of its analyses, from the oldest.
    analyses: Vec<&'b str>,
}

/// An analysis and what is related to it.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Related")]
struct ListRecord<'b> {
    /// Its slug.
    id: &'b str,
    /// The related ones: those that an author pinned first, then the nearest first.
    related: Vec<NeighbourRecord<'b>>,
}

/// A related analysis.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Neighbour")]
struct NeighbourRecord<'b> {
    /// Its slug.
    id: &'b str,
    /// Which list it stands in: background, where it is earlier, or since.
    list: &'static str,
    /// How near it is, in hundredths: 100 is about what one story has in common.
    score: u32,
    /// Why, without a full stop.
    reason: Cow<'b, str>,
}

impl<'b> RelatedData<'b> {
    /// Gathers what is related.
    pub(in crate::export) fn of(briefing: &'b Briefing) -> Self {
        let slug = |id: AnalysisId| briefing.analysis(id).slug.value.as_str();
        let threads = briefing.related().threads().iter().map(|thread| ThreadRecord {
            name: thread.name(briefing),
            analyses: thread.analyses.iter().map(|id| slug(*id)).collect(),
        });
        let list = |at: usize| {
            let id = AnalysisId::at(at);
            let related = briefing.related().list(id).iter().map(|near| NeighbourRecord {
                id: slug(near.id),
                list: if near.id < id { "background" } else { "since" },
                score: near.score.div_ceil(10),
                reason: near.reason(briefing),
            });
            ListRecord { id: slug(id), related: related.collect() }
        };
        let analyses = (0..briefing.analyses.len()).into_par_iter().map(list).collect();
        Self { version: VERSION, threads: threads.collect(), analyses }
    }
}

impl Document for RelatedData<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Out<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }
}
