//! `dateline check`.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::terminal::{progress, report, terminal_width};
use super::{Failure, SiteArgs};
use crate::build::{finished, render_all};
use crate::diagnostic::Severity;
use crate::report::{self as reports, Terminal, summary};
use crate::site::Opened;

/// Says what is wrong with the site, and writes nothing.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    site: SiteArgs,
    /// How the findings are told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// What fails the check besides errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the lines that are meant
    Human,
    /// A line a finding
    Short,
    /// As one JSON object
    Json,
    /// As workflow commands of GitHub Actions
    Github,
    /// As SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings fail it too
    Warnings,
}

impl Check {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Opened { site, mut diagnostics } = self.site.open()?;
        if let Some(site) = &site {
            let bar = progress(site.pages.len());
            diagnostics.append(render_all(site, &|| bar.inc(1)));
            bar.finish_and_clear();
            diagnostics = finished(site, diagnostics);
        }
        let format = match self.format {
            Format::Human => reports::Format::Human(Terminal { color: true, width: terminal_width() }),
            Format::Short => reports::Format::Short,
            Format::Json => reports::Format::Json,
            Format::Github => reports::Format::Github,
            Format::Sarif => reports::Format::Sarif,
        };
        let mut out = anstream::AutoStream::auto(std::io::stdout());
        report(&mut out, format, &diagnostics, &self.site.root)?;
        if self.format == Format::Human && summary(&diagnostics).is_empty() {
            writeln!(out, "Nothing is wrong")?;
        }
        let denied = self.deny == Some(Deny::Warnings) && diagnostics.count(Severity::Warning) > 0;
        if diagnostics.has_errors() || denied { Err(Failure::Content) } else { Ok(()) }
    }
}
