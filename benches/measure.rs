//! A program run to its end as its own process: how long it took, how much memory it held, what it said.

use std::fs::{self, File};
use std::io;
use std::mem::MaybeUninit;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How much of a failed program's output an error repeats, in characters.
const REPEATED: usize = 2_000;

/// One run of a program.
pub(crate) struct Run {
    pub(crate) wall: Duration,
    /// The most memory that was resident at once, in bytes.
    pub(crate) peak: u64,
    pub(crate) stdout: String,
}

/// Runs a program and measures it, from before its start until it is gone.
///
/// Its output goes through the file `log`, so that no pipe holds it up. Linux counts the parent's own peak at the time of
/// the fork into the child's, so whoever calls this must itself be small.
///
/// # Errors
/// Where the program cannot be started, or ends with another status than 0.
pub(crate) fn run(command: &mut Command, log: &Path) -> io::Result<Run> {
    command.stdin(Stdio::null()).stdout(File::create(log)?);
    let start = Instant::now();
    let (status, peak) = wait(&command.spawn()?)?;
    let wall = start.elapsed();
    let stdout = fs::read_to_string(log)?;
    if !status.success() {
        let said: String = stdout.chars().take(REPEATED).collect();
        return Err(io::Error::other(format!("{command:?} ended with {status}\n{said}")));
    }
    Ok(Run { wall, peak, stdout })
}

/// Waits for a child and returns its status and its peak of resident memory in bytes.
///
/// The standard library drops the resource usage that the system hands over with the status.
#[allow(unsafe_code, reason = "no safe interface to wait4 is among the dependencies")]
fn wait(child: &Child) -> io::Result<(ExitStatus, u64)> {
    let pid = libc::pid_t::try_from(child.id()).map_err(io::Error::other)?;
    let mut status = 0;
    let mut usage = MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: both pointers are to live values of the types that wait4 fills, and an all-zero rusage is a valid one. The
    // child has not been waited for, so its id is still its own; nothing waits for it again, for `Child` has no destructor.
    let (waited, usage) = unsafe { (libc::wait4(pid, &raw mut status, 0, usage.as_mut_ptr()), usage.assume_init()) };
    if waited != pid {
        return Err(io::Error::last_os_error());
    }
    let unit = if cfg!(target_os = "macos") { 1 } else { 1_024 };
    Ok((ExitStatus::from_raw(status), u64::try_from(usage.ru_maxrss).unwrap_or_default() * unit))
}

/// The runs of one program in one benchmark.
#[derive(Default)]
pub(crate) struct Samples(Vec<Run>);

impl Samples {
    pub(crate) fn push(&mut self, run: Run) {
        self.0.push(run);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the median time in seconds, the upper one of two.
    pub(crate) fn median(&self) -> f64 {
        let mut times: Vec<Duration> = self.0.iter().map(|run| run.wall).collect();
        times.sort_unstable();
        times.get(times.len() / 2).map_or(f64::NAN, Duration::as_secs_f64)
    }

    /// Returns the shortest time in seconds.
    pub(crate) fn min(&self) -> f64 {
        self.0.iter().map(|run| run.wall).min().map_or(f64::NAN, |time| time.as_secs_f64())
    }

    /// Returns the highest peak of memory in megabytes of 10⁶ bytes.
    pub(crate) fn peak(&self) -> f64 {
        self.0.iter().map(|run| run.peak).max().unwrap_or_default() as f64 / 1e6
    }

    /// Returns what the last run printed.
    pub(crate) fn stdout(&self) -> &str {
        self.0.last().map_or("", |run| &run.stdout)
    }
}
