//! A publish to a folder in slow motion: it is stopped again and again, so that a visitor sees what stands there between.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use crate::fixture::{NOW, Site, program};

/// How long the program runs between two stops.
const RUNS: Duration = Duration::from_micros(100);

/// How often it is stopped at most; then it may run to its end.
const STOPS: usize = 400;

/// What is slowed down.
pub(crate) struct Pace<'a> {
    /// The file or folder that is there as soon as something is written.
    pub(crate) begun: &'a Path,
    /// Counts the rounds of a visitor.
    pub(crate) rounds: &'a dyn Fn() -> usize,
}

/// Publishes, and gives how many whole rounds a visitor made while the program stood still amid its work.
pub(crate) fn in_slow_motion(site: &Site, pace: &Pace<'_>) -> usize {
    let mut command = program();
    command.args(["publish", "live", "--yes", "--now", NOW, "--root"]).arg(site.root());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let process = Pid::from_child(&child);
    let (mut rounds, mut stops) = (0, 0);
    let status = loop {
        if let Some(status) = child.try_wait().expect("it is waited for") {
            break status;
        }
        if stops < STOPS && pace.begun.exists() {
            kill_process(process, Signal::STOP).expect("it is stopped");
            // The round that is under way began before, so it is the one after it that counts.
            let first = (pace.rounds)() + 1;
            while (pace.rounds)() <= first {
                std::thread::sleep(Duration::from_micros(200));
            }
            rounds += 1;
            stops += 1;
            kill_process(process, Signal::CONT).expect("it goes on");
        }
        std::thread::sleep(RUNS);
    };
    assert!(status.success(), "{status}");
    rounds
}
