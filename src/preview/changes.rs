//! What may have changed on disk, gathered until the disk is quiet.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// What a watcher tells.
#[derive(Debug)]
pub(super) enum Signal {
    /// Something happened at these paths.
    Paths(Vec<PathBuf>),
    /// Something may have happened anywhere.
    Anywhere,
    /// The system watches no further folder; the sentence says why.
    Deaf(String),
}

/// Where files may have changed; what is true of them is on the disk alone.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The paths that were told of.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Whether any other file may have changed too.
    pub(super) anywhere: bool,
    /// Why changes are no longer told, if they are not.
    pub(super) deaf: Option<String>,
}

/// So many paths are an author who saves; more are a program that writes many files.
const FEW: usize = 8;

impl Changes {
    /// Waits for the next change, and then until nothing more happens; none once nobody watches.
    ///
    /// An editor writes one file in several steps within a few milliseconds. A switch of branches writes a thousand
    /// files, and is to be one change: many paths are waited for longer. A file that is written without a pause is
    /// read now and then all the same. After `polls` there may have been a change that nobody told of.
    pub(super) fn next(signals: &Receiver<Signal>, polls: Option<Duration>) -> Option<Self> {
        let mut changes = Self::default();
        changes.add(match polls {
            None => signals.recv().ok()?,
            Some(polls) => match signals.recv_timeout(polls) {
                Ok(signal) => signal,
                Err(RecvTimeoutError::Timeout) => Signal::Anywhere,
                Err(RecvTimeoutError::Disconnected) => return None,
            },
        });
        let first = Instant::now();
        loop {
            let (quiet, longest) = changes.patience();
            let left = longest.saturating_sub(first.elapsed());
            match signals.recv_timeout(quiet.min(left)) {
                Ok(signal) => changes.add(signal),
                Err(RecvTimeoutError::Timeout) => return Some(changes),
                Err(RecvTimeoutError::Disconnected) => return Some(changes),
            }
            if first.elapsed() >= longest {
                return Some(changes);
            }
        }
    }

    /// How long the disk must be quiet, and how long it is waited for at most.
    fn patience(&self) -> (Duration, Duration) {
        if self.paths.len() <= FEW {
            (Duration::from_millis(15), Duration::from_millis(250))
        } else {
            (Duration::from_millis(150), Duration::from_secs(5))
        }
    }

    fn add(&mut self, signal: Signal) {
        match signal {
            Signal::Paths(paths) => self.paths.extend(paths),
            Signal::Anywhere => self.anywhere = true,
            Signal::Deaf(why) => self.deaf = Some(why),
        }
    }

    /// Tells whether a file, or something in a folder, may have changed.
    pub(super) fn touch(&self, path: &Path) -> bool {
        self.anywhere || self.paths.iter().any(|changed| changed.starts_with(path))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn what_happens_at_once_is_one_change() {
        let (sender, signals) = mpsc::channel();
        for name in 0..1000 {
            sender.send(Signal::Paths(vec![format!("/site/content/{name}.md").into()])).unwrap();
        }
        let changes = Changes::next(&signals, None).unwrap();
        assert_eq!(changes.paths.len(), 1000);
        assert!(changes.touch(Path::new("/site/content")) && !changes.touch(Path::new("/site/themes")));
        drop(sender);
        assert!(Changes::next(&signals, None).is_none());
    }

    #[test]
    fn where_nobody_tells_of_changes_they_are_looked_for() {
        let (sender, signals) = mpsc::channel();
        let polls = Some(Duration::from_millis(1));
        assert!(Changes::next(&signals, polls).is_some_and(|changes| changes.anywhere));
        drop(sender);
        assert!(Changes::next(&signals, polls).is_none());
    }

    #[test]
    fn a_file_that_is_written_without_a_pause_is_read_now_and_then() {
        let (sender, signals) = mpsc::channel();
        let writer = std::thread::spawn(move || {
            let save = |_| {
                std::thread::sleep(Duration::from_millis(5));
                sender.send(Signal::Paths(vec!["/site/content/a.md".into()])).is_ok()
            };
            assert!((0..100).all(save));
        });
        let batches = std::iter::from_fn(|| Changes::next(&signals, None)).count();
        writer.join().unwrap();
        assert!((1..=10).contains(&batches), "{batches}");
    }
}
