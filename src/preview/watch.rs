//! Watching a site's folders: told by the system, or by looking once a second where the system cannot.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;

use notify::event::EventKind;
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::changes::Signal;
use crate::config::FILE;
use crate::model::LEDGER_FILE;

/// The folders that a site is made of; the output folder is none of them.
pub(super) const FOLDERS: [&str; 4] = ["content", "themes", "templates", "static"];

/// How often files are looked at where the system does not tell.
const POLL: Duration = Duration::from_secs(1);

/// Hears of what happens in a site's folders.
///
/// Folders are watched, not files: a file that is replaced as a whole is another file afterwards.
pub(super) struct Watcher {
    root: PathBuf,
    told: Option<RecommendedWatcher>,
    sender: Sender<Signal>,
    polls: bool,
}

impl Watcher {
    /// Begins to watch; `polls` looks once a second instead, for folders whose changes no system tells of.
    pub(super) fn new(root: &Path, polls: bool) -> (Self, Receiver<Signal>) {
        let (sender, signals) = mpsc::channel();
        let mut watcher = Self { root: root.to_owned(), told: None, sender, polls: false };
        if polls {
            watcher.poll();
        } else if let Err(error) = watcher.listen() {
            watcher.complain(&error);
        }
        (watcher, signals)
    }

    /// Watches again what was made, moved or made again; a folder that is gone is waited for.
    pub(super) fn follow(&mut self, touched: impl Fn(&Path) -> bool) {
        let folders = FOLDERS.map(|folder| self.root.join(folder));
        for folder in folders.iter().filter(|folder| touched(folder)) {
            if let Err(error) = self.watch_again(folder) {
                return self.complain(&error);
            }
        }
    }

    /// Looks once a second from now on; tells whether that is new.
    pub(super) fn poll(&mut self) -> bool {
        self.told = None;
        if std::mem::replace(&mut self.polls, true) {
            return false;
        }
        true
    }

    /// How often to look, where changes are not told.
    pub(super) fn polls(&self) -> Option<Duration> {
        self.polls.then_some(POLL)
    }

    fn listen(&mut self) -> notify::Result<()> {
        let (root, sender) = (self.root.clone(), self.sender.clone());
        let hear = move |heard: notify::Result<Event>| {
            if let Some(signal) = signal(heard, &root) {
                // Nobody hears the last signals of a preview that ends.
                let _ = sender.send(signal);
            }
        };
        let mut told = notify::recommended_watcher(hear)?;
        told.watch(&self.root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS.map(|folder| self.root.join(folder)).iter().filter(|folder| folder.is_dir()) {
            told.watch(folder, RecursiveMode::Recursive)?;
        }
        self.told = Some(told);
        Ok(())
    }

    fn watch_again(&mut self, folder: &Path) -> notify::Result<()> {
        let Some(told) = &mut self.told else { return Ok(()) };
        // It fails where the folder was not watched, which is no matter.
        let _ = told.unwatch(folder);
        if !folder.is_dir() {
            return Ok(());
        }
        match told.watch(folder, RecursiveMode::Recursive) {
            // It went away between the question and the answer.
            Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => Ok(()),
            done => done,
        }
    }

    fn complain(&self, error: &notify::Error) {
        // The receiver lives as long as the watcher.
        let _ = self.sender.send(Signal::Deaf(why(error)));
    }
}

/// Turns what the system tells into what matters here; reading a file changes nothing.
fn signal(heard: notify::Result<Event>, root: &Path) -> Option<Signal> {
    match heard {
        Ok(event) if event.need_rescan() => Some(Signal::Anywhere),
        Ok(event) if matches!(event.kind, EventKind::Access(_)) => None,
        Ok(event) => {
            let paths: Vec<PathBuf> = event.paths.into_iter().filter(|path| is_of_site(path, root)).collect();
            (!paths.is_empty()).then_some(Signal::Paths(paths))
        }
        Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => Some(Signal::Deaf(why(&error))),
        Err(_) => Some(Signal::Anywhere),
    }
}

fn is_of_site(path: &Path, root: &Path) -> bool {
    let Ok(rel) = path.strip_prefix(root) else { return false };
    let first = rel.components().next().map(|part| part.as_os_str());
    first.is_some_and(|first| first == FILE || first == LEDGER_FILE || FOLDERS.iter().any(|folder| first == *folder))
}

/// Says why the system does not tell of changes, and what could be done.
fn why(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system's limit of watched folders is reached (on Linux: fs.inotify.max_user_watches)".to_owned()
        }
        _ => format!("the system does not tell of changes: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_site_is_made_of_is_heard() {
        let root = Path::new("/site");
        let is = |path: &str| is_of_site(Path::new(path), root);
        assert!(is("/site/site.toml") && is("/site/content/analyses/a.md") && is("/site/static"));
        assert!(!is("/site/public/index.html") && !is("/site/.git/index") && !is("/elsewhere/site.toml"));
    }

    #[test]
    fn the_limit_of_the_system_is_said_in_words() {
        let limit = || notify::Error::new(ErrorKind::MaxFilesWatch);
        assert!(matches!(signal(Err(limit()), Path::new("/site")), Some(Signal::Deaf(why)) if why.contains("limit")));
    }
}
