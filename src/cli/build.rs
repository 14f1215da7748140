//! `dateline build`.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use serde::Serialize;

use super::terminal::{progress, report_to_people, text_of};
use super::{Failure, Format, SiteArgs};
use crate::build::{Built, build};
use crate::diagnostic::{Diagnostics, Severity};
use crate::emit::{Output, Protect, Summary};
use crate::report::{DiagnosticJson, diagnostics_json, write_json};
use crate::site::Opened;

/// Builds the site into a folder.
#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    site: SiteArgs,
    /// The folder to build into; by default public/ in the site's folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// How the result is told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// What `--format json` prints; the shape is docs/cli.md's, and `version` changes with it.
#[derive(Debug, Serialize)]
struct BuildJson<'d> {
    version: u32,
    pages: usize,
    written: usize,
    unchanged: usize,
    removed: usize,
    errors: usize,
    warnings: usize,
    duration_ms: u64,
    diagnostics: Vec<DiagnosticJson<'d>>,
}

impl Build {
    pub(super) fn run(self) -> Result<(), Failure> {
        let started = Instant::now();
        let out = self.out.clone().unwrap_or_else(|| self.site.root.join("public"));
        let home = std::env::home_dir();
        let protect = Protect { root: &self.site.root, home: home.as_deref() };
        let (opened, output) = rayon::join(|| self.site.open(), || Output::open(&out, &protect));
        let (Opened { site, diagnostics }, output) = (opened?, output?);
        let (pages, built) = match site {
            None => (0, Built { summary: None, diagnostics }),
            Some(site) => {
                let bar = progress(site.pages.len());
                let built = build(&site, output, diagnostics, &|| bar.inc(1))?;
                bar.finish_and_clear();
                // The process is about to end: giving each claim's memory back one by one is wasted time.
                let pages = site.pages.len();
                std::mem::forget(site);
                (pages, built)
            }
        };
        let duration = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        match self.format {
            Format::Human => self.tell(pages, &built, duration, &out)?,
            Format::Json => self.print_json(pages, &built, duration)?,
        }
        built.summary.map(|_| ()).ok_or(Failure::Content)
    }

    fn tell(&self, pages: usize, built: &Built, duration: u64, out: &std::path::Path) -> Result<(), Failure> {
        report_to_people(&built.diagnostics, &self.site.root)?;
        let seconds = format!("{}.{:02} s", duration / 1000, duration % 1000 / 10);
        let mut stdout = anstream::stdout();
        match built.summary {
            Some(Summary { written, unchanged, removed }) => writeln!(
                stdout,
                "Built {pages} pages in {seconds} into {}: {written} files written, {unchanged} unchanged, {removed} removed",
                out.display()
            )?,
            None => writeln!(stdout, "Nothing was written; the last site is as it was")?,
        }
        Ok(())
    }

    fn print_json(&self, pages: usize, built: &Built, duration_ms: u64) -> Result<(), Failure> {
        let summary = built.summary.unwrap_or_default();
        let json = BuildJson {
            version: 1,
            pages: if built.summary.is_some() { pages } else { 0 },
            written: summary.written,
            unchanged: summary.unchanged,
            removed: summary.removed,
            errors: built.diagnostics.count(Severity::Error),
            warnings: built.diagnostics.count(Severity::Warning),
            duration_ms,
            diagnostics: self.diagnostics_json(&built.diagnostics),
        };
        Ok(write_json(&mut std::io::stdout().lock(), &json)?)
    }

    fn diagnostics_json<'d>(&self, diagnostics: &'d Diagnostics) -> Vec<DiagnosticJson<'d>> {
        diagnostics_json(diagnostics, &|file| text_of(&self.site.root, file))
    }
}
