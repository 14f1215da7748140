//! The command line: one file a command, and the only place that prints.

mod build;
mod check;
mod claims;
mod completions;
mod new;
mod publish;
mod related;
mod schema;
mod serve;
mod suggest;
mod terminal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::{Now, Overrides};
use crate::emit;
use crate::site::{OpenError, Opened};

/// Turns Markdown analyses, whose front matter carries claims, into a linked static site.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, disable_help_subcommand = true)]
#[command(after_help = "Exit status: 0 done, 1 the content has errors, 2 the command is wrong, 3 the system refused.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the site into a folder
    Build(build::Build),
    /// Show the site in a browser, every page as soon as it is saved
    Serve(serve::Serve),
    /// Say what is wrong with the site, and write nothing
    Check(check::Check),
    /// Bring the site to a host
    Publish(publish::Publish),
    /// Begin a site, an analysis or a company
    New(new::New),
    /// List the claims of the whole publication
    Claims(claims::Claims),
    /// List the analyses related to one, and say why
    Related(related::Related),
    /// Propose claims for the figures of an analysis that none backs
    Suggest(suggest::Suggest),
    /// Print the JSON Schemas of site.toml and of front matter
    Schema(schema::Schema),
    /// Print a completion script for a shell
    Completions(completions::Completions),
}

/// How a command that changes something tells what it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// In words
    Human,
    /// As one JSON object
    Json,
}

impl Command {
    fn run(self) -> Result<(), Failure> {
        match self {
            Self::Build(command) => command.run(),
            Self::Serve(command) => command.run(),
            Self::Check(command) => command.run(),
            Self::Publish(command) => command.run(),
            Self::New(command) => command.run(),
            Self::Claims(command) => command.run(),
            Self::Related(command) => command.run(),
            Self::Suggest(command) => command.run(),
            Self::Schema(command) => command.run(),
            Self::Completions(command) => command.run(),
        }
    }
}

/// Which site is meant, and for which moment.
#[derive(Debug, Args)]
struct SiteArgs {
    /// The folder that holds site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Include drafts, embargoed and expired pieces
    #[arg(long)]
    drafts: bool,
    /// The day or the time to build for; by default SOURCE_DATE_EPOCH, else the present
    #[arg(long, value_name = "DATE", value_parser = Now::parse)]
    now: Option<Now>,
    /// The address to build for, in place of site.toml's
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

impl SiteArgs {
    fn open(&self) -> Result<Opened, Failure> {
        let now = match self.now {
            Some(now) => now,
            None => present()?,
        };
        let overrides = Overrides { now, drafts: self.drafts, base_url: self.base_url.clone() };
        Ok(crate::site::open(&self.root, overrides)?)
    }
}

/// The moment of a build that names none: SOURCE_DATE_EPOCH, as reproducible builds define it, else the clock.
fn present() -> Result<Now, Failure> {
    let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") else { return Ok(Now::new(jiff::Timestamp::now())) };
    let seconds = epoch.to_str().and_then(|text| text.trim().parse().ok());
    let instant = seconds.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    instant.map(Now::new).ok_or_else(|| Failure::Usage("SOURCE_DATE_EPOCH is not a number of seconds".to_owned()))
}

/// Why a command ended without doing its work.
#[derive(Debug)]
enum Failure {
    /// The content has errors, which have been reported.
    Content,
    /// The command cannot be meant as it stands.
    Usage(String),
    /// The file system, or another part of the world, refused.
    World(String),
    /// A publish that was only shown has something to do.
    Pending,
    /// Whoever read the output has stopped, as `head` does.
    Unread,
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        Self::Usage(format!("{error}\nhelp: name the site's folder with --root, or begin one: `dateline new site DIR`"))
    }
}

impl From<emit::Error> for Failure {
    fn from(error: emit::Error) -> Self {
        let mut message = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            message = format!("{message}: {cause}");
            source = cause.source();
        }
        if let Some(help) = error.help() {
            message = format!("{message}\nhelp: {help}");
        }
        Self::World(message)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::Unread;
        }
        Self::World(error.to_string())
    }
}

/// Runs the program on the process's arguments.
///
/// The work begins on one of the threads that share it, so that what is done alone between two shared parts reuses
/// the memory that the thread has at hand: memory that is new to a process costs more than most of what is done in it.
/// A preview waits most of its time, and would keep that thread from the others.
pub fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(serve) => serve.run(),
        command => rayon::scope(|_| command.run()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => terminal::fail(&failure),
    }
}
