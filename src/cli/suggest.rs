//! `dateline suggest`.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::terminal::report_to_people;
use super::{Failure, SiteArgs};
use crate::diagnostic::{Diagnostics, Severity};
use crate::ids::AnalysisId;
use crate::model::{DocumentKind, Role, role};
use crate::report::{clean_lines, write_json};
use crate::suggest::{Proposal, Refusal, inserted, printed, suggest};
use crate::value::Vocabulary;

/// Proposes claims for the figures of an analysis that none backs.
#[derive(Debug, Args)]
pub(super) struct Suggest {
    /// The analysis's file
    file: PathBuf,
    #[command(flatten)]
    site: SiteArgs,
    /// How they are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Put them into the file's front matter
    #[arg(long)]
    write: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// As front matter, ready to be pasted
    Human,
    /// As one JSON object
    Json,
}

/// What `--format json` prints; the shape is docs/cli.md's, and `version` changes with it.
#[derive(Debug, Serialize)]
struct SuggestJson<'p> {
    version: u32,
    claims: Vec<ProposalJson<'p>>,
}

/// A proposal; null where the text does not tell.
#[derive(Debug, Serialize)]
struct ProposalJson<'p> {
    line: u32,
    column: u32,
    figure: &'p str,
    value: &'p str,
    metric: Option<&'p str>,
    company: Option<&'p str>,
    date: Option<&'p str>,
    attribution: Option<&'p str>,
    kind: Option<&'static str>,
    text: &'p str,
}

impl<'p> From<&'p Proposal> for ProposalJson<'p> {
    fn from(proposal: &'p Proposal) -> Self {
        Self {
            line: proposal.line,
            column: proposal.column,
            figure: &proposal.figure,
            value: &proposal.value,
            metric: proposal.metric.as_deref(),
            company: proposal.company.as_deref(),
            date: proposal.date.as_deref(),
            attribution: proposal.attribution.as_deref(),
            kind: proposal.kind.map(Vocabulary::word),
            text: &proposal.text,
        }
    }
}

impl Suggest {
    pub(super) fn run(mut self) -> Result<(), Failure> {
        // A draft is where claims are still missing.
        self.site.drafts = true;
        let opened = self.site.open()?;
        let (path, rel) = self.find_file()?;
        let of_file: Diagnostics = opened
            .diagnostics
            .iter()
            .filter(|found| found.severity == Severity::Error)
            .filter(|found| found.place.as_ref().is_none_or(|place| *place.file == *rel))
            .cloned()
            .collect();
        if of_file.has_errors() {
            report_to_people(&of_file, &self.site.root)?;
            return Err(Failure::Content);
        }
        let Some(site) = opened.site else {
            report_to_people(&opened.diagnostics, &self.site.root)?;
            return Err(Failure::Content);
        };
        let briefing = &site.briefing;
        let of_path = briefing.analyses.iter().position(|analysis| *analysis.origin.file == *rel);
        let Some(id) = of_path.map(AnalysisId::at) else {
            return Err(Failure::Usage(format!("{rel} is no analysis of the site")));
        };
        let text = fs::read_to_string(&path).map_err(|error| refused(&path, &error))?;
        let proposals = suggest(briefing, id, &text);
        let claims = briefing.claims.part(id.index());
        if self.write && !proposals.is_empty() {
            replace(&path, &inserted(&text, claims, &proposals)?)?;
        }
        let mut out = std::io::stdout().lock();
        match self.format {
            Format::Json => {
                write_json(&mut out, &SuggestJson { version: 1, claims: proposals.iter().map(Into::into).collect() })?;
            }
            Format::Human if proposals.is_empty() => writeln!(out, "Every figure is backed")?,
            Format::Human if self.write => writeln!(out, "Wrote claims into {}: look them over", clean_lines(&rel))?,
            Format::Human => write!(out, "{}", clean_lines(&printed(&text, claims, &proposals)?))?,
        }
        Ok(())
    }

    /// Finds the file on the disk and its path relative to the site.
    fn find_file(&self) -> Result<(PathBuf, String), Failure> {
        let root = fs::canonicalize(&self.site.root).map_err(|error| refused(&self.site.root, &error))?;
        let asked = self.file.display();
        let outside = || Failure::Usage(format!("{asked} is no file of the site in {}", self.site.root.display()));
        let candidates = [self.file.clone(), root.join(&self.file)];
        let real = candidates.iter().find_map(|path| fs::canonicalize(path).ok().filter(|path| path.is_file()));
        let path = real.ok_or_else(outside)?;
        let inside = path.strip_prefix(&root).map_err(|_| outside())?;
        let parts: Option<Vec<&str>> = inside.components().map(|part| part.as_os_str().to_str()).collect();
        let rel = parts.ok_or_else(outside)?.join("/");
        match role(&rel) {
            Role::Document(DocumentKind::Analysis(_)) => Ok((path, rel)),
            _ => Err(Failure::Usage(format!("{rel} is no analysis: only the prose of analyses is audited"))),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Usage(refusal.to_string())
    }
}

fn refused(path: &Path, error: &std::io::Error) -> Failure {
    Failure::World(format!("{}: {error}", path.display()))
}

/// Replaces a file by a text at once: a reader sees the old one or the new one, and a crash leaves one of them.
fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let staged = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let write = || {
        let permissions = fs::metadata(path)?.permissions();
        let mut file = File::create_new(&staged)?;
        file.write_all(text.as_bytes())?;
        file.set_permissions(permissions)?;
        file.sync_all()?;
        fs::rename(&staged, path)
    };
    write().map_err(|error| {
        // What is left of the attempt is of no use to anybody.
        let _ = fs::remove_file(&staged);
        refused(path, &error)
    })
}
