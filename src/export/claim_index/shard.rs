//! One shard of the claims, as rows that name their company, metric and analysis by number.

use std::borrow::Cow;
use std::fmt;
use std::hash::Hash;
use std::io::{self, Write};

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Shard, TEXT};
use crate::export::{Digest, Document, Format, Out, Shown, VERSION};
use crate::ids::ClaimId;
use crate::link::Briefing;
use crate::pages::{Page, claim_href, href};
use crate::value::{Date, Vocabulary};

/// The file of a shard.
///
/// Every reader of the site downloads some, so that lines are broken where it is written and not more.
#[derive(Debug, Hash, JsonSchema)]
pub(in crate::export) struct ShardFile<'b> {
    /// The version of this form.
    version: u32,
    /// The year in which what its claims state begins or, where they do not say, that of their analyses.
    year: i32,
    /// Id, name and link of each company.
    companies: Vec<(&'b str, &'b str, String)>,
    /// Id and label of each metric.
    metrics: Vec<(&'b str, &'b str)>,
    /// Title and link of each analysis.
    analyses: Vec<(Cow<'b, str>, String)>,
    /// The claims.
    claims: Vec<Row<'b>>,
}

/// A claim; every field has its place in an array, since its name would take as much room as its value.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Claim")]
struct Row<'b>(
    /// The link to it, from the page of its analysis.
    String,
    /// The statement.
    Cow<'b, str>,
    /// The author's wording of the value.
    Option<&'b str>,
    /// The company's number.
    Option<usize>,
    /// The metric's number.
    Option<usize>,
    /// How it stands.
    &'static str,
    /// When it holds or happened, for a reader.
    Option<Shown<Human<'b>>>,
    /// The analysis's number.
    usize,
);

/// A date in the words of a reader, which are found when they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Human<'b>(&'b Date);

impl fmt::Display for Human<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.said())
    }
}

/// Numbers things in the order in which they are first named.
struct Numbers<K, T> {
    numbers: FxHashMap<K, usize>,
    things: Vec<T>,
}

impl<K: Hash + Eq, T> Numbers<K, T> {
    fn new() -> Self {
        Self { numbers: FxHashMap::default(), things: Vec::new() }
    }

    fn of(&mut self, key: K, thing: impl FnOnce() -> T) -> usize {
        *self.numbers.entry(key).or_insert_with(|| {
            self.things.push(thing());
            self.things.len() - 1
        })
    }
}

impl<'b> ShardFile<'b> {
    /// Gathers what the rows of a shard name.
    pub(in crate::export) fn of(briefing: &'b Briefing, shard: &Shard) -> Self {
        let (mut companies, mut metrics, mut analyses) = (Numbers::new(), Numbers::new(), Numbers::new());
        let mut row = |id: ClaimId| {
            let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
            let analysis = analyses.of(links.analysis, || {
                (clipped(&briefing.analysis(links.analysis).title), href(briefing, &Page::Analysis(links.analysis)))
            });
            Row(
                from_analysis(claim_href(briefing, id), &analyses.things[analysis].1),
                clipped(&claim.text),
                claim.value.as_ref().map(|value| value.value.wording()),
                links.company.map(|id| {
                    let company = briefing.company(id);
                    companies.of(id, || (&*company.id, &*company.name.value, href(briefing, &Page::Company(id))))
                }),
                links.metric.map(|id| {
                    let metric = briefing.metric(id);
                    metrics.of(id, || (&*metric.id, &*metric.label))
                }),
                claim.status.word(),
                claim.date.as_ref().map(|date| Shown(Human(&date.value))),
                analysis,
            )
        };
        let claims = shard.claims(briefing).iter().map(|(_, id)| row(*id)).collect();
        Self {
            version: VERSION,
            year: shard.year,
            companies: companies.things,
            metrics: metrics.things,
            analyses: analyses.things,
            claims,
        }
    }
}

/// Cuts a link to what the link of the analysis does not say already.
fn from_analysis(mut link: String, analysis: &str) -> String {
    if link.starts_with(analysis) {
        link.drain(..analysis.len());
    }
    link
}

/// Cuts a text that would fill a shard by itself.
fn clipped(text: &str) -> Cow<'_, str> {
    if text.len() <= TEXT {
        return text.into();
    }
    let end = text.floor_char_boundary(TEXT - "…".len());
    [&text[..end], "…"].concat().into()
}

impl Document for ShardFile<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Out<'_>) -> io::Result<()> {
        write!(out, "{{\"version\":{},\"year\":{},\n\"companies\":", self.version, self.year)?;
        serde_json::to_writer(&mut *out, &self.companies)?;
        out.write_all(b",\n\"metrics\":")?;
        serde_json::to_writer(&mut *out, &self.metrics)?;
        out.write_all(b",\n\"analyses\":")?;
        serde_json::to_writer(&mut *out, &self.analyses)?;
        out.write_all(b",\n\"claims\":[")?;
        for (at, row) in self.claims.iter().enumerate() {
            out.write_all(if at == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, row)?;
        }
        out.write_all(b"\n]}\n")
    }
}
