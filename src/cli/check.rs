//! `dateline check`.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::terminal::{progress, report, terminal_width};
use super::{Failure, SiteArgs};
use crate::build::{finished, render_all};
use crate::config::{Config, Level, RULES};
use crate::diagnostic::Severity;
use crate::report::{self as reports, Terminal, summary};
use crate::site::Opened;
use crate::value::Vocabulary;

/// Says what is wrong with the site, and writes nothing.
#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    site: SiteArgs,
    /// How the findings are told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// List the rules whose level site.toml may set, with their levels here, and check nothing
    #[arg(long)]
    list: bool,
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
        if self.list {
            let site = self.site.open().ok().and_then(|opened| opened.site);
            return list(site.as_ref().map(|site| &site.briefing.config), self.format);
        }
        let Opened { site, mut diagnostics } = self.site.open()?;
        if let Some(site) = &site {
            let bar = progress(site.pages.len());
            diagnostics.append(render_all(site, &|| bar.inc(1)));
            bar.finish_and_clear();
            diagnostics = finished(site, diagnostics);
        }
        let format = match self.format {
            Format::Human => {
                reports::Format::Human(Terminal { color: true, width: terminal_width(), ..Terminal::default() })
            }
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

/// A rule as `--list --format json` prints it.
#[derive(Serialize)]
struct RuleJson {
    code: &'static str,
    level: &'static str,
    about: &'static str,
}

/// What `--list --format json` prints; the shape is docs/cli.md's, and `version` changes with it.
#[derive(Serialize)]
struct RulesJson {
    version: u32,
    rules: Vec<RuleJson>,
}

/// Prints every rule with its level on a site.
fn list(config: Option<&Config>, format: Format) -> Result<(), Failure> {
    let level = |code| config.map_or(Level::Warn, |config| config.level(code)).word();
    let rules = RULES.iter().map(|rule| RuleJson { code: rule.code, level: level(rule.code), about: rule.about });
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if format == Format::Json {
        return Ok(reports::write_json(&mut out, &RulesJson { version: 1, rules: rules.collect() })?);
    }
    let width = RULES.iter().map(|rule| rule.code.len()).max().unwrap_or_default();
    for rule in rules {
        writeln!(out, "{:width$}  {:4}  {}", rule.code, rule.level, rule.about)?;
    }
    Ok(out.flush()?)
}
