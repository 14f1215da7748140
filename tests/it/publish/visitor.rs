//! A visitor who follows every link of a site that is being published.
//!
//! The rule of the visit: a page is fetched, and all that it leads to at once after it. What a page is drawn with must
//! be there. Another page or file that is not there is a broken link if the page, fetched again, still leads to it.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread::JoinHandle;

use super::web::Web;

/// Fetches a path of the site as it stands in a link; none where there is no such thing.
type Fetch = Box<dyn Fn(&str) -> Option<Vec<u8>> + Send>;

/// A visitor on a thread of its own.
pub(crate) struct Visitor {
    stop: Arc<AtomicBool>,
    rounds: Arc<AtomicUsize>,
    thread: JoinHandle<BTreeSet<String>>,
}

impl Visitor {
    /// Begins to walk over a folder.
    pub(crate) fn over(folder: PathBuf) -> Self {
        Self::with(Box::new(move |link| {
            let path = percent_encoding::percent_decode_str(link).decode_utf8_lossy();
            let index = if path.is_empty() || path.ends_with('/') { "index.html" } else { "" };
            std::fs::read(folder.join(format!("{path}{index}"))).ok()
        }))
    }

    /// Begins to walk over a web server.
    pub(crate) fn of(web: &Web) -> Self {
        let address = web.address();
        Self::with(Box::new(move |link| {
            let answer = address.get(&format!("/{link}"), "");
            answer.is_ok().then_some(answer.body)
        }))
    }

    fn with(fetch: Fetch) -> Self {
        let (stop, rounds) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let (stopped, counted) = (Arc::clone(&stop), Arc::clone(&rounds));
        let thread = std::thread::spawn(move || {
            let mut broken = BTreeSet::new();
            while !stopped.load(Ordering::Relaxed) {
                walk(&fetch, &mut broken);
                counted.fetch_add(1, Ordering::Relaxed);
            }
            walk(&fetch, &mut broken);
            broken
        });
        Self { stop, rounds, thread }
    }

    /// Counts the rounds that are over.
    pub(crate) fn rounds(&self) -> usize {
        self.rounds.load(Ordering::Relaxed)
    }

    /// Ends the walk, and asserts that no link was broken in it.
    #[track_caller]
    pub(crate) fn met_nothing_broken(self) {
        self.stop.store(true, Ordering::Relaxed);
        let broken = self.thread.join().expect("the visitor ends");
        assert!(self.rounds.load(Ordering::Relaxed) > 1, "the visitor had no time");
        assert!(broken.is_empty(), "{broken:#?}");
    }
}

/// Follows every link from the front page on.
fn walk(fetch: &Fetch, broken: &mut BTreeSet<String>) {
    let mut seen = BTreeSet::from([String::new()]);
    let mut open: Vec<(String, Vec<u8>)> = fetch("").map(|page| (String::new(), page)).into_iter().collect();
    if open.is_empty() {
        broken.insert("the front page".to_owned());
    }
    while let Some((page, bytes)) = open.pop() {
        for link in links(&bytes) {
            if !seen.insert(link.clone()) {
                continue;
            }
            match fetch(&link) {
                Some(bytes) if is_page(&link) => open.push((link, bytes)),
                Some(bytes) if bytes.is_empty() => drop(broken.insert(format!("{page} -> {link}, which is empty"))),
                Some(_) => {}
                None if is_drawn(&link) => drop(broken.insert(format!("{page} is drawn with {link}"))),
                // It may have gone since the page was fetched: then the page does not lead there any more either.
                None => {
                    let still = fetch(&page).is_some_and(|bytes| links(&bytes).contains(&link));
                    if still && fetch(&link).is_none() {
                        broken.insert(format!("{page} -> {link}"));
                    }
                }
            }
        }
    }
}

fn is_page(link: &str) -> bool {
    link.is_empty() || link.ends_with('/') || link.ends_with(".html")
}

/// Tells whether a browser needs a file to draw the page that names it.
fn is_drawn(link: &str) -> bool {
    [".css", ".js", ".png", ".svg", ".woff2"].iter().any(|ending| link.ends_with(ending))
}

/// Lists what a page leads to and what it is drawn with, without the first slash.
fn links(page: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(page);
    let starts = ["href=\"/", "src=\"/"];
    let links = starts.iter().flat_map(|start| text.split(start).skip(1));
    links.filter_map(|rest| rest.split(['"', '#', '?']).next()).map(str::to_owned).collect()
}
