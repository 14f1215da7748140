//! How long an author waits for the preview, beside the floor and a build of the same site.
//!
//! ```text
//! cargo bench --bench preview                        10,000 analyses
//! cargo bench --bench preview -- 2000 --rounds 3     another size, fewer rounds
//! cargo bench --bench preview -- --corpus DIR        a copy of a site of one's own
//! cargo bench --bench preview -- --hugo DIR          Hugo's server as well, once, on its own form of the same facts
//! ```
//!
//! Each round runs the [`floor`] and a cold build, each as a process of its own, then a preview: from before its start to
//! the last byte of the first page, and from before a save of one analysis to the event that browsers reload at. The
//! peak of memory is the preview's over all of its saves. Everything happens on a memory disk. Linux only, for what the
//! system says of a process that runs is read from /proc.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark is there to print")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads and writes files")]

#[allow(dead_code, reason = "the other benchmark uses more of it")]
mod corpus;
#[allow(dead_code, reason = "the other benchmark uses more of it")]
mod floor;
#[allow(dead_code, reason = "the other benchmark uses more of it")]
mod measure;

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use clap::{Parser, Subcommand};
use walkdir::WalkDir;

use measure::Samples;

/// The product's allocator, so that the floor has no better or worse one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often one preview's analysis is saved.
const SAVES: usize = 7;

/// How long a save may take before the benchmark gives up.
const PATIENCE: Duration = Duration::from_secs(600);

/// Measures a preview.
#[derive(Parser)]
struct Options {
    /// How many analyses the corpus has.
    #[arg(default_value_t = 10_000)]
    count: usize,
    /// How often each program runs.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// A site to show instead of a corpus.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// A Hugo site to show as well, if there is a `hugo` on the path.
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
    /// Builds the site ROOT into OUT with the least work that makes pages of it.
    Floor { root: PathBuf, out: PathBuf },
}

fn main() -> ExitCode {
    let options = Options::parse();
    let done = match &options.part {
        Some(Part::Floor { root, out }) => floor::build(root, out).map(drop),
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

fn benchmark(options: &Options) -> io::Result<()> {
    let memory = Path::new("/dev/shm");
    let scratch = tempfile::Builder::new().prefix("dateline-bench-").tempdir_in(if memory.is_dir() {
        memory.to_owned()
    } else {
        eprintln!("WARNING: no /dev/shm here. The times below are this disk's as much as the program's.");
        env::temp_dir()
    })?;
    let site = scratch.path().join("site");
    match &options.corpus {
        Some(own) => copy(own, &site)?,
        None => corpus::write(&site, options.count, corpus::SEED)?,
    }
    let (mut floor, mut cold, mut seen) = (Samples::default(), Samples::default(), Seen::default());
    for round in 1..=options.rounds {
        eprintln!("round {round} of {}", options.rounds);
        let out = scratch.path().join(format!("out-{round}"));
        let mut command = Command::new(env::current_exe()?);
        floor.push(measure::run(command.arg("floor").args([&site, &out]), &scratch.path().join("log"))?);
        fs::remove_dir_all(&out)?;
        let mut command = Command::new(&options.dateline);
        command.args(["build", "--now", corpus::NOW, "--format", "json", "--root"]).arg(&site).arg("--out").arg(&out);
        cold.push(measure::run(&mut command, &scratch.path().join("log"))?);
        fs::remove_dir_all(&out)?;
        preview(&options.dateline, &site, &mut seen)?;
    }
    report(&floor, &cold, &mut seen);
    if let Some(hugo) = &options.hugo {
        println!("Hugo's server: {:.2} s from its start to the first page", hugos_start(hugo)?.as_secs_f64());
    }
    Ok(())
}

/// What was measured of previews.
#[derive(Default)]
struct Seen {
    starts: Vec<Duration>,
    saves: Vec<Duration>,
    pages: Vec<Duration>,
    peak: u64,
}

fn report(floor: &Samples, cold: &Samples, seen: &mut Seen) {
    let (floor, build, peak) = (floor.median(), cold.median(), cold.peak());
    let [start, save, page] = [&mut seen.starts, &mut seen.saves, &mut seen.pages].map(|times| median(times));
    let megabytes = seen.peak as f64 / 1e6;
    println!("\n| | time | ratio | budget |\n|---|---|---|---|");
    println!("| floor | {floor:.2} s | | |");
    println!("| build, cold | {build:.2} s | | peak {peak:.0} MB |");
    println!("| start to the first page | {start:.2} s | {:.1} × floor | at most 4 × floor |", start / floor);
    println!("| save to the reload event | {save:.3} s | {:.1} % of cold | under 5 % of cold |", 100.0 * save / build);
    println!("| save to the page in view | {page:.3} s | {:.1} % of cold | |", 100.0 * page / build);
    println!("| peak of memory | {megabytes:.0} MB | {:.2} × build | under a build's |", megabytes / peak);
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(f64::NAN, Duration::as_secs_f64)
}

/// A program that is killed when it is no longer needed.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It is gone already where this fails.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs a preview, saves an analysis several times, and measures what an author waits for.
fn preview(dateline: &Path, site: &Path, seen: &mut Seen) -> io::Result<()> {
    let file = middle(site)?;
    let slug = file.file_stem().and_then(|stem| stem.to_str()).ok_or_else(|| io::Error::other("no slug"))?;
    let target = format!("/analyses/{slug}/");
    let start = Instant::now();
    let mut command = Command::new(dateline);
    command.args(["serve", "--port", "0", "--now", corpus::NOW, "--root"]).arg(site);
    let mut running = Running(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?);
    let stdout = running.0.stdout.take().ok_or_else(|| io::Error::other("no output"))?;
    let mut lines = BufReader::new(stdout).lines();
    let host = loop {
        let line = lines.next().ok_or_else(|| io::Error::other("the preview ended"))??;
        if let Some((_, address)) = line.split_once("http://") {
            break address.split(['/', ' ']).next().unwrap_or_default().to_owned();
        }
    };
    get(&host, &target)?;
    seen.starts.push(start.elapsed());
    // Whatever it prints is read, so that it never waits for a reader.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));

    let events = TcpStream::connect(&host)?;
    events.set_read_timeout(Some(PATIENCE))?;
    write!(&events, "GET /__dateline/events HTTP/1.1\r\nHost: {host}\r\n\r\n")?;
    let mut events = BufReader::new(events).lines();
    let mut version = next_site(&mut events, 0)?;
    for save in 0..SAVES {
        // The rules have done by then, as they have when an author saves again.
        sleep(Duration::from_secs(2));
        let text = fs::read_to_string(&file)? + &format!("\nThis is reading number {save}.\n");
        let saved = Instant::now();
        replace(&file, &text)?;
        version = next_site(&mut events, version)?;
        seen.saves.push(saved.elapsed());
        let page = get(&host, &target)?;
        seen.pages.push(saved.elapsed());
        if !page.contains(&format!("This is reading number {save}.")) {
            return Err(io::Error::other("the page is not the one that was saved"));
        }
    }
    seen.peak = seen.peak.max(peak(running.0.id())?);
    Ok(())
}

/// Saves as editors do: beside the file, and then in its place, so that no half of it is ever read.
fn replace(file: &Path, text: &str) -> io::Result<()> {
    let beside = file.with_extension("md~");
    fs::write(&beside, text)?;
    fs::rename(&beside, file)
}

/// Waits until a site with a higher version than that is shown.
fn next_site(events: &mut impl Iterator<Item = io::Result<String>>, version: u64) -> io::Result<u64> {
    for line in events {
        let line = line?;
        let Some(data) = line.strip_prefix("data: ") else { continue };
        let pulse: serde_json::Value = serde_json::from_str(data)?;
        let site = pulse["site"].as_u64().unwrap_or_default();
        if site > version {
            return Ok(site);
        }
    }
    Err(io::Error::other("the events ended"))
}

fn get(host: &str, target: &str) -> io::Result<String> {
    let mut connection = TcpStream::connect(host)?;
    connection.set_read_timeout(Some(PATIENCE))?;
    write!(connection, "GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut bytes = Vec::new();
    connection.read_to_end(&mut bytes)?;
    let answer = String::from_utf8_lossy(&bytes).into_owned();
    if answer.starts_with("HTTP/1.1 200 ") {
        Ok(answer)
    } else {
        Err(io::Error::other(format!("{target}: {answer:.200}")))
    }
}

/// Reads the peak of resident memory of a process that runs, in bytes.
fn peak(process: u32) -> io::Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map(|kilobytes| kilobytes * 1024).ok_or_else(|| io::Error::other("the system says no peak"))
}

/// Finds the analysis in the middle of a site.
fn middle(site: &Path) -> io::Result<PathBuf> {
    let walk = WalkDir::new(site.join("content/analyses")).sort_by_file_name();
    let files: Vec<PathBuf> = walk.into_iter().map(|entry| Ok(entry?.into_path())).collect::<io::Result<_>>()?;
    let files: Vec<&PathBuf> = files.iter().filter(|path| path.extension() == Some("md".as_ref())).collect();
    let file = files.get(files.len() / 2).ok_or_else(|| io::Error::other("the site has no analyses to edit"))?;
    Ok((*file).clone())
}

/// Starts Hugo's server, and waits for its first page.
fn hugos_start(site: &Path) -> io::Result<Duration> {
    let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let start = Instant::now();
    let mut command = Command::new("hugo");
    command.args(["server", "--renderToMemory", "--port", &port.to_string(), "--source"]).arg(site);
    let _running = Running(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
    while get(&format!("127.0.0.1:{port}"), "/").is_err() {
        if start.elapsed() > PATIENCE {
            return Err(io::Error::other("Hugo's server does not answer"));
        }
        sleep(Duration::from_millis(20));
    }
    Ok(start.elapsed())
}

/// Copies a folder with all that is in it.
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
