//! `dateline related`.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::Path;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::terminal::report_to_people;
use super::{Failure, SiteArgs};
use crate::diagnostic::nearest;
use crate::ids::AnalysisId;
use crate::link::Briefing;
use crate::link::related::{Neighbour, Share, kind_word, thing};
use crate::report::{clean, write_json};
use crate::site::Site;

/// Lists the analyses related to one, and says why.
#[derive(Debug, Args)]
pub(super) struct Related {
    /// The analysis: its slug, or its file
    analysis: String,
    #[command(flatten)]
    site: SiteArgs,
    /// Every thing in common, and its share of the score
    #[arg(long)]
    explain: bool,
    /// So many of the nearest, in place of those that its page shows
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// How they are printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// In columns
    Table,
    /// As one JSON object
    Json,
}

/// What `--format json` prints; the shape is docs/cli.md's, and `version` changes with it.
#[derive(Debug, Serialize)]
struct RelatedJson<'b> {
    version: u32,
    analysis: &'b str,
    related: Vec<EntryJson<'b>>,
}

/// A related analysis.
#[derive(Debug, Serialize)]
struct EntryJson<'b> {
    id: &'b str,
    title: &'b str,
    date: String,
    list: &'static str,
    score: f64,
    reason: String,
    features: Vec<FeatureJson>,
}

/// A thing in common, and which part of the score it is, from 0 to 1.
#[derive(Debug, Serialize)]
struct FeatureJson {
    kind: &'static str,
    what: String,
    share: f64,
}

impl Related {
    pub(super) fn run(self) -> Result<(), Failure> {
        let opened = self.site.open()?;
        if opened.diagnostics.has_errors() {
            report_to_people(&opened.diagnostics, &self.site.root)?;
        }
        let Some(site) = opened.site else { return Err(Failure::Content) };
        let id = self.find(&site.briefing)?;
        let found = self.entries(&site, id);
        match self.format {
            Format::Json => write_json(&mut std::io::stdout().lock(), &found)?,
            Format::Table => self.table(&found)?,
        }
        if opened.diagnostics.has_errors() { Err(Failure::Content) } else { Ok(()) }
    }

    /// Finds the analysis that is meant by its slug, or by its file as it is seen from here or from the site.
    fn find(&self, briefing: &Briefing) -> Result<AnalysisId, Failure> {
        let slugs = || briefing.analyses.iter().map(|analysis| analysis.slug.value.as_str());
        let asked = self.analysis.trim_matches('/');
        let asked = asked.strip_prefix("analyses/").unwrap_or(asked);
        let by_slug = slugs().position(|slug| slug == asked);
        let found = by_slug.or_else(|| {
            let file = self.file()?;
            briefing.analyses.iter().position(|analysis| *analysis.origin.file == *file)
        });
        found.map(AnalysisId::at).ok_or_else(|| {
            let hint =
                nearest(asked, slugs()).map_or_else(String::new, |near| format!("\nhelp: did you mean `{near}`?"));
            Failure::Usage(format!("there is no analysis `{}`{hint}", self.analysis))
        })
    }

    /// Gives the path in the site of the file that is asked for.
    fn file(&self) -> Option<String> {
        let root = fs::canonicalize(&self.site.root).ok()?;
        let candidates = [Path::new(&self.analysis).to_owned(), root.join(&self.analysis)];
        let path = candidates.iter().find_map(|path| fs::canonicalize(path).ok().filter(|path| path.is_file()))?;
        let inside = path.strip_prefix(&root).ok()?;
        let parts: Option<Vec<&str>> = inside.components().map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.join("/"))
    }

    fn entries<'b>(&self, site: &'b Site, id: AnalysisId) -> RelatedJson<'b> {
        let briefing = &site.briefing;
        let related = briefing.related();
        let of_near = |(other, score): &(AnalysisId, u32)| {
            let shown = related.list(id).iter().find(|shown| shown.id == *other).cloned();
            shown.unwrap_or_else(|| Neighbour {
                id: *other,
                pinned: false,
                score: *score,
                why: Vec::new(),
                joins: false,
            })
        };
        let chosen: Vec<Neighbour> = match self.limit {
            Some(limit) => related.nearest(id).iter().take(limit).map(of_near).collect(),
            None => related.list(id).to_vec(),
        };
        let entry = |neighbour: Neighbour| entry(briefing, id, neighbour);
        let analysis = &briefing.analysis(id).slug.value;
        RelatedJson { version: 1, analysis, related: chosen.into_iter().map(entry).collect() }
    }

    /// Writes what a person reads.
    fn table(&self, found: &RelatedJson<'_>) -> std::io::Result<()> {
        let mut out = BufWriter::new(std::io::stdout().lock());
        if found.related.is_empty() {
            writeln!(out, "Nothing is related to {}", clean(found.analysis))?;
        }
        for entry in &found.related {
            let (date, list) = (&entry.date, entry.list);
            writeln!(out, "{:.3}  {date:10}  {list:10}  {}", entry.score, clean(entry.id))?;
            writeln!(out, "       {}", clean(entry.title))?;
            writeln!(out, "       {}", clean(&entry.reason))?;
            for feature in entry.features.iter().filter(|_| self.explain) {
                let percent = feature.share * 100.0;
                writeln!(out, "       {percent:5.1}%  {:10}  {}", feature.kind, clean(&feature.what))?;
            }
        }
        out.flush()
    }
}

fn entry(briefing: &Briefing, id: AnalysisId, mut neighbour: Neighbour) -> EntryJson<'_> {
    let other = briefing.analysis(neighbour.id);
    let shares = briefing.related().explain(&briefing.config.related.weights, id, neighbour.id);
    if neighbour.why.is_empty() {
        neighbour.why = briefing.related().said(briefing, id, neighbour.id);
    }
    let total: u64 = shares.iter().map(|share| share.part).sum();
    let features = shares.iter().map(|share| feature(briefing, share, total)).collect();
    EntryJson {
        id: &other.slug.value,
        title: &other.title,
        date: other.day.to_string(),
        list: if neighbour.id < id { "background" } else { "since" },
        score: f64::from(neighbour.score) / 1000.0,
        reason: neighbour.reason(briefing).into_owned(),
        features,
    }
}

fn feature(briefing: &Briefing, share: &Share, total: u64) -> FeatureJson {
    let share_of = share.part as f64 / total.max(1) as f64;
    FeatureJson {
        kind: kind_word(share.what),
        what: thing(briefing, share.what).into_owned(),
        share: (share_of * 10_000.0).round() / 10_000.0,
    }
}
