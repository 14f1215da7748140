//! How long a build takes, beside the least that it could take.
//!
//! ```text
//! cargo bench --bench build                        10,000 analyses, and 20,000
//! cargo bench --bench build -- 2000 --rounds 3     another size, fewer rounds
//! cargo bench --bench build -- --corpus DIR        a copy of a site of one's own
//! cargo bench --bench build -- --without-search    without its search as well, to see what that adds
//! cargo bench --bench build -- --hugo DIR          Hugo as well, once, on its own form of the same facts
//! cargo bench --bench build -- corpus 500 DIR      no timing: only writes a site to look at
//! ```
//!
//! Each round runs, one after the other, the [`floor`], a build into a new folder, a build of the same again, a build
//! after a sentence was added to one analysis, and the first two on twice as many analyses. Rounds are interleaved so
//! that a slow minute of the machine falls on all of them, and the ratios are of medians. Every program is a process of
//! its own, timed from before its start until it is gone, with the peak of memory that the system reports for it; for
//! that this one stays small, and has even its corpus written by another.
//!
//! Everything happens on a memory disk, for a real one measures itself. The folder is removed at the end; one that an
//! interrupted run leaves is `/dev/shm/dateline-bench-*`. Unix only, and 10,000 analyses need about 2 GB there.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark is there to print")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads and writes files")]

mod corpus;
mod floor;
mod measure;
mod report;

use std::env;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::thread;

use clap::{Parser, Subcommand};
use tempfile::TempDir;
use walkdir::{DirEntry, WalkDir};

use measure::Samples;
use report::{Counts, Timings};

/// The product's allocator, so that the floor has no better or worse one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures a build.
#[derive(Parser)]
struct Options {
    /// How many analyses the smaller corpus has.
    #[arg(default_value_t = 10_000)]
    count: usize,
    /// How often each program runs.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// A site to build instead of a corpus.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Whether to build without a search as well.
    #[arg(long)]
    without_search: bool,
    /// A Hugo site to build as well, if there is a `hugo` on the path.
    #[arg(long, value_name = "DIR")]
    hugo: Option<PathBuf>,
    /// Another build of the product, to compare.
    #[arg(long, value_name = "FILE", default_value = env!("CARGO_BIN_EXE_dateline"))]
    dateline: PathBuf,
    /// What cargo adds to every benchmark's arguments.
    #[arg(long, hide = true, global = true)]
    bench: bool,
    #[command(subcommand)]
    part: Option<Part>,
}

/// What this program does as a process of its own.
#[derive(Subcommand)]
enum Part {
    /// Writes a corpus of COUNT analyses into the new folder OUT.
    Corpus {
        count: usize,
        out: PathBuf,
        #[arg(long, default_value_t = corpus::SEED)]
        seed: u64,
    },
    /// Builds the site ROOT into OUT with the least work that makes pages of it.
    Floor { root: PathBuf, out: PathBuf },
}

fn main() -> ExitCode {
    let options = Options::parse();
    let done = match &options.part {
        Some(Part::Corpus { count, out, seed }) => corpus::write(out, *count, *seed),
        Some(Part::Floor { root, out }) => run_floor(root, out),
        None => benchmark(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run_floor(root: &Path, out: &Path) -> io::Result<()> {
    let pages = floor::build(root, out)?;
    let counts = serde_json::to_string(&Counts { pages, written: pages, unchanged: 0 })?;
    println!("{counts}");
    Ok(())
}

fn benchmark(options: &Options) -> io::Result<()> {
    let folder = scratch()?;
    let bench = Bench { options, scratch: folder.path(), this: env::current_exe()? };
    let (site, double) = bench.sites()?;
    let mut timings = Timings::default();
    for round in 1..=options.rounds {
        eprintln!("round {round} of {}", options.rounds);
        bench.round(&site, double.as_deref(), round, &mut timings)?;
    }
    if let Some(site) = options.hugo.as_deref().filter(|_| has_hugo()) {
        bench.run(&mut hugo(site, &bench.fresh("hugo")?), &mut timings.hugo)?;
    }
    let cores = thread::available_parallelism()?;
    println!("\n{} in {}, {cores} cores, {} rounds\n", bench.subject(), folder.path().display(), options.rounds);
    println!("{timings}");
    Ok(())
}

/// A benchmark under way.
struct Bench<'a> {
    options: &'a Options,
    scratch: &'a Path,
    this: PathBuf,
}

impl Bench<'_> {
    /// Puts the site to build on the memory disk, and one of twice the size where it is a corpus.
    fn sites(&self) -> io::Result<(PathBuf, Option<PathBuf>)> {
        let site = self.scratch.join("site");
        if let Some(own) = &self.options.corpus {
            copy(own, &site)?;
            return Ok((site, None));
        }
        let double = self.scratch.join("double");
        for (out, count) in [(&site, self.options.count), (&double, self.options.count * 2)] {
            let mut command = Command::new(&self.this);
            self.run(command.arg("corpus").arg(count.to_string()).arg(out), &mut Samples::default())?;
        }
        Ok((site, Some(double)))
    }

    fn round(&self, site: &Path, double: Option<&Path>, round: usize, timings: &mut Timings) -> io::Result<()> {
        self.run(&mut self.floor(site, &self.fresh("floor")?), &mut timings.floor)?;
        let out = self.fresh("out")?;
        self.run(&mut self.dateline(site, &out), &mut timings.cold)?;
        if self.options.without_search {
            self.run_without_search(site, timings)?;
        }
        self.run(&mut self.dateline(site, &out), &mut timings.unchanged)?;
        edit(site, round)?;
        self.run(&mut self.dateline(site, &out), &mut timings.edited)?;
        if let Some(double) = double {
            self.run(&mut self.floor(double, &self.fresh("floor")?), &mut timings.double_floor)?;
            self.run(&mut self.dateline(double, &self.fresh("out")?), &mut timings.double_cold)?;
        }
        Ok(())
    }

    /// Builds the site with one more line in its settings, which goes again.
    fn run_without_search(&self, site: &Path, timings: &mut Timings) -> io::Result<()> {
        let settings = site.join("site.toml");
        let written = fs::read_to_string(&settings)?;
        fs::write(&settings, format!("search = false\n{written}"))?;
        self.run(&mut self.dateline(site, &self.fresh("unsearched")?), &mut timings.unsearched)?;
        fs::write(&settings, written)
    }

    fn run(&self, command: &mut Command, samples: &mut Samples) -> io::Result<()> {
        samples.push(measure::run(command, &self.scratch.join("stdout"))?);
        Ok(())
    }

    fn floor(&self, site: &Path, out: &Path) -> Command {
        let mut command = Command::new(&self.this);
        command.arg("floor").args([site, out]);
        command
    }

    fn dateline(&self, site: &Path, out: &Path) -> Command {
        let mut command = Command::new(&self.options.dateline);
        command.args(["build", "--now", corpus::NOW, "--format", "json", "--root"]).arg(site).arg("--out").arg(out);
        command
    }

    /// Returns a path in the scratch folder with nothing at it.
    fn fresh(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.scratch.join(name);
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        Ok(path)
    }

    fn subject(&self) -> String {
        match &self.options.corpus {
            Some(own) => own.display().to_string(),
            None => format!("N = {} analyses", self.options.count),
        }
    }
}

/// Makes the folder for everything, on a memory disk where there is one.
fn scratch() -> io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    let mut builder = tempfile::Builder::new();
    builder.prefix("dateline-bench-");
    if memory.is_dir() {
        return builder.tempdir_in(memory);
    }
    eprintln!("WARNING: no /dev/shm here. The times below are this disk's as much as the program's.");
    builder.tempdir()
}

/// Copies a folder with all that is in it; a link is copied as what it points at.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    for entry in WalkDir::new(from).follow_links(true) {
        let entry = entry?;
        let target = to.join(entry.path().strip_prefix(from).map_err(io::Error::other)?);
        match entry.file_type().is_dir() {
            true => fs::create_dir(target)?,
            false => fs::copy(entry.path(), target).map(drop)?,
        }
    }
    Ok(())
}

/// Adds a sentence to the body of the middle analysis, another one each round.
fn edit(site: &Path, round: usize) -> io::Result<()> {
    let walk = WalkDir::new(site.join("content/analyses")).sort_by_file_name();
    let files: Vec<DirEntry> = walk.into_iter().collect::<Result<_, _>>()?;
    let files: Vec<&Path> =
        files.iter().map(DirEntry::path).filter(|path| path.extension() == Some("md".as_ref())).collect();
    let middle = files.get(files.len() / 2).ok_or_else(|| io::Error::other("the site has no analyses to edit"))?;
    writeln!(OpenOptions::new().append(true).open(middle)?, "\nThis is reading number {round}.")
}

fn has_hugo() -> bool {
    let version = Command::new("hugo").arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

fn hugo(site: &Path, out: &Path) -> Command {
    let mut command = Command::new("hugo");
    command.args(["--quiet", "--noBuildLock", "--source"]).arg(site).arg("--destination").arg(out);
    command
}
