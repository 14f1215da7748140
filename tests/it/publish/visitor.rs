//! A visitor who follows every link of a site that is being published.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// A visitor on a thread of its own.
pub(crate) struct Visitor {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<(usize, BTreeSet<String>)>,
}

impl Visitor {
    /// Begins to walk over a folder.
    pub(crate) fn over(folder: PathBuf) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let (mut rounds, mut broken) = (0, BTreeSet::new());
            while !stopped.load(Ordering::Relaxed) {
                walk(&folder, &mut broken);
                rounds += 1;
            }
            walk(&folder, &mut broken);
            (rounds, broken)
        });
        Self { stop, thread }
    }

    /// Ends the walk, and asserts that no link was broken in it.
    #[track_caller]
    pub(crate) fn met_nothing_broken(self) {
        self.stop.store(true, Ordering::Relaxed);
        let (rounds, broken) = self.thread.join().expect("the visitor ends");
        assert!(rounds > 1, "the visitor had no time");
        assert!(broken.is_empty(), "{broken:#?}");
    }
}

/// Follows every link from the front page on.
fn walk(folder: &Path, broken: &mut BTreeSet<String>) {
    let mut seen = BTreeSet::from(["index.html".to_owned()]);
    let mut open = vec!["index.html".to_owned()];
    while let Some(page) = open.pop() {
        for link in links(folder, &page) {
            if !folder.join(&link).exists() && links(folder, &page).contains(&link) && !folder.join(&link).exists() {
                broken.insert(format!("{page} -> {link}"));
            } else if seen.insert(link.clone()) && link.ends_with(".html") {
                open.push(link);
            }
        }
    }
}

/// Lists the files of the site that a page leads to.
fn links(folder: &Path, page: &str) -> BTreeSet<String> {
    let Ok(text) = std::fs::read_to_string(folder.join(page)) else { return BTreeSet::new() };
    let links = text.split("href=\"/").skip(1).filter_map(|rest| rest.split(['"', '#', '?']).next());
    let file = |link: &str| {
        let link = percent_encoding::percent_decode_str(link).decode_utf8_lossy().into_owned();
        if link.is_empty() || link.ends_with('/') { format!("{link}index.html") } else { link }
    };
    links.map(file).collect()
}
