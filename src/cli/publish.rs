//! `dateline publish`.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::terminal::{progress, report_to_people, text_of};
use super::{Failure, Format, SiteArgs};
use crate::build::{Built, build};
use crate::config::{Limit, Now, Target};
use crate::diagnostic::Diagnostics;
use crate::emit::{HIDDEN, Output, Protect};
use crate::publish::{self, Error, ErrorKind, Found, Guards, Host, Plan, Source, Staged};
use crate::report::{DiagnosticJson, clean_lines, diagnostics_json, write_json};
use crate::site::{Opened, Site};

/// Builds the site and brings it to a host.
#[derive(Debug, Args)]
pub(super) struct Publish {
    /// The name of a `[publish.<name>]` in site.toml; the only one by default
    target: Option<String>,
    /// The folder that holds site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The day or the time to build for; by default SOURCE_DATE_EPOCH, else the present
    #[arg(long, value_name = "DATE", value_parser = Now::parse)]
    now: Option<Now>,
    /// The address to build for, in place of site.toml's
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Show what would be done, and write nothing; the exit status is 2 where there is something to do
    #[arg(long)]
    dry_run: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// How the plan and the result are told
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// How many files may be deleted at most: a number, or a share such as 25%
    #[arg(long, value_name = "N|N%", value_parser = Limit::parse)]
    max_deletes: Option<Limit>,
    /// Bring the last site back, byte for byte
    #[arg(long)]
    rollback: bool,
    /// Publish for another address than before, or over a newer site
    #[arg(long)]
    force: bool,
    /// Take files over that are in the way and not ours
    #[arg(long)]
    adopt: bool,
}

/// What `--format json` prints; the shape is docs/cli.md's, and `version` changes with it.
#[derive(Debug, Serialize)]
struct PublishJson<'p> {
    version: u32,
    target: &'p str,
    published: bool,
    generation: u64,
    added: Vec<&'p str>,
    changed: Vec<&'p str>,
    headers: Vec<&'p str>,
    deleted: Vec<&'p str>,
    in_grace: usize,
    bytes: u64,
    unlike: &'p [String],
    diagnostics: Vec<DiagnosticJson<'p>>,
}

/// How many paths of a kind are named to a reader.
const NAMED: usize = 10;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let help = error.help.as_ref().map_or(String::new(), |help| format!("\nhelp: {help}"));
        let message = format!("{error}{help}");
        if error.kind == ErrorKind::Settings { Self::Usage(message) } else { Self::World(message) }
    }
}

impl Publish {
    pub(super) fn run(self) -> Result<(), Failure> {
        let args = SiteArgs { root: self.root.clone(), drafts: false, now: self.now, base_url: self.base_url.clone() };
        let Opened { site, diagnostics } = args.open()?;
        let Some(site) = site else { return self.fail(&diagnostics) };
        let (name, target) = match self.target(&site) {
            // A target that has a mistake is none, and the mistake is what is to be told.
            Err(_) if diagnostics.has_errors() => return self.fail(&diagnostics),
            target => target?,
        };
        let work = self.root.join(HIDDEN).join("publish").join(&name);
        let host = publish::open(&target, &self.root, &work)?;
        let (staged, diagnostics) =
            if self.rollback { (None, Diagnostics::new()) } else { self.stage(&site, diagnostics, &work, &target)? };
        let found = host.survey(staged.as_ref().map(|staged| &staged.manifest))?;
        let plan = self.plan(&*host, &found, staged.as_ref(), &target)?;
        let mut told = Told { publish: &self, target: &name, plan: &plan, diagnostics: &diagnostics };
        if !plan.changes_anything() || self.dry_run {
            told.result(None)?;
            return if plan.changes_anything() { Err(Failure::Pending) } else { Ok(()) };
        }
        told.agree()?;
        let bar = progress(plan.sent().count());
        host.apply(&plan, &found, staged.as_ref().map_or(Source::Kept, Source::Staged), &|| bar.inc(1))?;
        bar.finish_and_clear();
        let unlike = target.verify.as_ref().map(|address| publish::verify(address, &plan)).transpose()?;
        told.result(Some(&unlike.unwrap_or_default()))
    }

    /// Finds the target that is meant.
    fn target(&self, site: &Site) -> Result<(String, Target), Failure> {
        let targets = &site.briefing.config.publish;
        let names = || targets.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let example = "\nhelp: docs/publish.md has an example of each kind of host";
        match &self.target {
            Some(name) => match targets.get(name) {
                Some(target) => Ok((name.clone(), target.clone())),
                None if targets.is_empty() => {
                    Err(Failure::Usage(format!("site.toml has no [publish.{name}]{example}")))
                }
                None => Err(Failure::Usage(format!("no target is called `{name}`\nhelp: there are {}", names()))),
            },
            None => match targets.iter().next() {
                Some((name, target)) if targets.len() == 1 => Ok((name.clone(), target.clone())),
                Some(_) => Err(Failure::Usage(format!("say which target is meant: {}", names()))),
                None => Err(Failure::Usage(format!("site.toml has no [publish.<name>]{example}"))),
            },
        }
    }

    /// Builds into the target's own folder, where nobody looks.
    fn stage(
        &self,
        site: &Site,
        diagnostics: Diagnostics,
        work: &std::path::Path,
        target: &Target,
    ) -> Result<(Option<Staged>, Diagnostics), Failure> {
        let folder = work.join("staged");
        let home = std::env::home_dir();
        let output = Output::open(&folder, &Protect { root: &self.root, home: home.as_deref() })?;
        let bar = progress(site.pages.len());
        let Built { summary, diagnostics } = build(site, output, diagnostics, &|| bar.inc(1))?;
        bar.finish_and_clear();
        if summary.is_none() {
            self.fail(&diagnostics)?;
        }
        if self.format == Format::Human {
            report_to_people(&diagnostics, &self.root)?;
        }
        Ok((Some(Staged::of(site, &folder, target)?), diagnostics))
    }

    /// Reports what keeps the site from being built.
    fn fail(&self, diagnostics: &Diagnostics) -> Result<(), Failure> {
        report_to_people(diagnostics, &self.root)?;
        writeln!(anstream::stderr(), "Nothing was published")?;
        Err(Failure::Content)
    }

    fn plan(&self, host: &dyn Host, found: &Found, staged: Option<&Staged>, target: &Target) -> Result<Plan, Failure> {
        let guards = Guards {
            max_deletes: self.max_deletes.or(target.max_deletes),
            force: self.force,
            adopt: self.adopt,
            grace_days: target.grace_days,
            keep: target.keep,
            rollback: self.rollback,
        };
        let files = match staged {
            Some(staged) => staged.manifest.clone(),
            None => host.earlier(found)?,
        };
        Ok(Plan::new(found, files, &guards)?)
    }
}

/// What is told of a plan, and of what came of it.
struct Told<'a> {
    publish: &'a Publish,
    target: &'a str,
    plan: &'a Plan,
    diagnostics: &'a Diagnostics,
}

impl Told<'_> {
    /// Shows the plan and asks, where somebody is there to answer.
    fn agree(&mut self) -> Result<(), Failure> {
        if self.publish.format == Format::Json {
            return Ok(());
        }
        self.show(&mut anstream::stdout())?;
        if self.publish.yes || !std::io::stdin().is_terminal() {
            return Ok(());
        }
        write!(anstream::stderr(), "Publish this to `{}`? [y/N] ", self.target)?;
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer)?;
        if ["y", "yes"].contains(&&*answer.trim().to_lowercase()) {
            return Ok(());
        }
        Err(Failure::World("nothing was published: you did not say yes".to_owned()))
    }

    fn show(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let plan = self.plan;
        if plan.finishes {
            writeln!(out, "A publish was broken off here; this one brings it to its end")?;
        }
        let groups = [
            ("new", &plan.added),
            ("changed", &plan.changed),
            ("other headers", &plan.headers),
            ("deleted", &plan.deleted),
        ];
        for (what, paths) in groups.into_iter().filter(|(_, paths)| !paths.is_empty()) {
            writeln!(out, "{what}: {}", paths.len())?;
            for path in paths.iter().take(NAMED) {
                writeln!(out, "  {}", clean_lines(path))?;
            }
            if paths.len() > NAMED {
                writeln!(out, "  and {} more", paths.len() - NAMED)?;
            }
        }
        if plan.in_grace > 0 {
            writeln!(out, "superseded assets that stay for now: {}", plan.in_grace)?;
        }
        writeln!(out, "to send: {} bytes", plan.bytes)?;
        Ok(())
    }

    /// Tells what was done; `unlike` are the pages that answer otherwise, and none where nothing was done.
    fn result(&mut self, unlike: Option<&[String]>) -> Result<(), Failure> {
        let (plan, target) = (self.plan, self.target);
        if self.publish.format == Format::Json {
            return self.json(unlike);
        }
        let mut out = anstream::stdout();
        if unlike.is_none() && plan.changes_anything() {
            return self.show(&mut out);
        }
        let Some(unlike) = unlike else {
            return Ok(writeln!(out, "Nothing to do: `{target}` is up to date")?);
        };
        for line in unlike {
            writeln!(anstream::stderr(), "warning: {}", clean_lines(line))?;
        }
        let done = if self.publish.rollback { "Rolled back" } else { "Published" };
        let sent = plan.sent().count();
        Ok(writeln!(
            out,
            "{done} generation {} to `{target}`: {sent} files sent, {} deleted, {} bytes",
            plan.next.generation,
            plan.deleted.len(),
            plan.bytes
        )?)
    }

    fn json(&self, unlike: Option<&[String]>) -> Result<(), Failure> {
        fn list(paths: &std::collections::BTreeSet<String>) -> Vec<&str> {
            paths.iter().map(String::as_str).collect()
        }
        let plan = self.plan;
        let json = PublishJson {
            version: 1,
            target: self.target,
            published: unlike.is_some(),
            generation: plan.next.generation,
            added: list(&plan.added),
            changed: list(&plan.changed),
            headers: list(&plan.headers),
            deleted: list(&plan.deleted),
            in_grace: plan.in_grace,
            bytes: plan.bytes,
            unlike: unlike.unwrap_or_default(),
            diagnostics: diagnostics_json(self.diagnostics, &|file| text_of(&self.publish.root, file)),
        };
        Ok(write_json(&mut std::io::stdout().lock(), &json)?)
    }
}
