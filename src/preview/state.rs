//! What the preview shows now, and what it has to say about it.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::Builder;
use std::time::SystemTime;

use serde::Serialize;
use tokio::sync::watch;

use super::editor::Editor;
use super::memo::Memo;
use super::route::Routes;
use super::sources::Work;
use crate::config::Config;
use crate::diagnostic::{Diagnostics, Severity};
use crate::site::Site;

/// What the server and the reader share.
#[derive(Debug)]
pub(super) struct State {
    /// The site's folder.
    pub(super) root: PathBuf,
    now: RwLock<Now>,
    pulse: watch::Sender<Pulse>,
    memo: Mutex<Memo>,
    rendered: AtomicU64,
}

/// What is shown now; a copy of it costs nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Now {
    /// The site that is shown: the last one that was linked without an error, or the first where there was none.
    pub(super) shown: Option<Arc<Shown>>,
    /// What linking found in the files as they are.
    linked: Arc<Diagnostics>,
    /// What the rules found.
    checked: Arc<Diagnostics>,
    /// How places are opened.
    pub(super) editor: Arc<Editor>,
    /// Whether the files as they are cannot be shown, so that the site is an older one.
    pub(super) is_stale: bool,
    /// How much work reading was.
    work: Work,
    /// How often the site was linked.
    links: u64,
}

/// A site that can be rendered.
#[derive(Debug)]
pub(super) struct Shown {
    /// The site.
    pub(super) site: Site,
    /// What stands where in it.
    pub(super) routes: Routes,
    /// Which of the sites that were shown this is.
    pub(super) version: u64,
    is_good: bool,
}

/// What a browser hears: numbers that go up. One that misses a few of them has missed nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Pulse {
    /// Which run of the program this is: when it began.
    pub(super) run: u64,
    /// Goes up with the site.
    pub(super) site: u64,
    /// Goes up with style sheets.
    pub(super) styles: u64,
    /// Goes up with other files that are published as they are.
    pub(super) files: u64,
    /// Goes up with what there is to say.
    pub(super) problems: u64,
}

/// What was done so far, and what stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Status {
    version: u32,
    #[serde(flatten)]
    pulse: Pulse,
    #[serde(flatten)]
    work: Work,
    /// How often the site was linked.
    links: u64,
    /// Pages that were rendered.
    rendered: u64,
    errors: usize,
    warnings: usize,
}

impl State {
    /// Shows nothing yet.
    pub(super) fn new(root: PathBuf) -> Self {
        let pulse = Pulse { run: milliseconds(), ..Pulse::default() };
        Self {
            root,
            now: RwLock::default(),
            pulse: watch::Sender::new(pulse),
            memo: Mutex::default(),
            rendered: AtomicU64::new(0),
        }
    }

    /// Gives what is shown now.
    pub(super) fn now(&self) -> Now {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Hears of all that follows.
    pub(super) fn pulses(&self) -> watch::Receiver<Pulse> {
        self.pulse.subscribe()
    }

    /// Gives the pulse as it is.
    pub(super) fn pulse(&self) -> Pulse {
        *self.pulse.borrow()
    }

    /// Opens the pages that were looked at last.
    pub(super) fn memo(&self) -> MutexGuard<'_, Memo> {
        self.memo.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a page that was rendered.
    pub(super) fn count_page(&self) {
        self.rendered.fetch_add(1, Ordering::Relaxed);
    }

    /// Shows a site that was linked, unless it has errors and one without is shown already; tells which is.
    pub(super) fn show(
        &self,
        site: Option<Site>,
        found: Diagnostics,
        config: &Config,
        work: Work,
    ) -> Option<Arc<Shown>> {
        let is_good = !found.has_errors();
        let pulse = self.pulse();
        let shown = site.map(|site| Shown { routes: Routes::of(&site), site, version: pulse.site + 1, is_good });
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        let takes_its_place = is_good || now.shown.as_ref().is_none_or(|shown| !shown.is_good);
        let shown = shown.filter(|_| takes_its_place).map(Arc::new);
        let old = shown.as_ref().and_then(|shown| now.shown.replace(Arc::clone(shown)));
        let is_news = !now.linked.iter().eq(found.iter());
        now.linked = Arc::new(found);
        now.is_stale = shown.is_none();
        now.work = work;
        now.links += 1;
        now.editor = Arc::new(Editor::new(&self.root, config.editor.as_deref()));
        drop(now);
        // To give back the memory of a large site takes longer than to make a page.
        // Where there is no thread for it, it is given back here.
        drop(Builder::new().spawn(move || drop(old)));
        self.beat(|pulse| {
            pulse.site += u64::from(shown.is_some());
            pulse.problems += u64::from(is_news);
        });
        shown
    }

    /// Takes what the rules found in the site that is shown.
    pub(super) fn add_findings(&self, found: Diagnostics) {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        if now.checked.iter().eq(found.iter()) {
            return;
        }
        now.checked = Arc::new(found);
        drop(now);
        self.beat(|pulse| pulse.problems += 1);
    }

    /// Tells browsers that something is new.
    pub(super) fn beat(&self, change: impl FnOnce(&mut Pulse)) {
        self.pulse.send_if_modified(|pulse| {
            let before = *pulse;
            change(pulse);
            *pulse != before
        });
    }

    /// Counts what was done so far.
    pub(super) fn status(&self) -> Status {
        let now = self.now();
        let found = now.found();
        Status {
            version: 1,
            pulse: self.pulse(),
            work: now.work,
            links: now.links,
            rendered: self.rendered.load(Ordering::Relaxed),
            errors: found.count(Severity::Error),
            warnings: found.count(Severity::Warning),
        }
    }
}

impl Now {
    /// Gives all that there is to say of the site.
    pub(super) fn found(&self) -> Diagnostics {
        let mut found = (*self.linked).clone();
        found.append((*self.checked).clone());
        found.sorted()
    }
}

/// Counts the milliseconds since 1970. The number of a process would not do: in a container it is always 1.
fn milliseconds() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default()
}
