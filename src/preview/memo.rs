//! The pages that were looked at last: the only ones that a preview keeps.

use std::collections::VecDeque;
use std::sync::Arc;

use axum::body::Bytes;

use crate::diagnostic::Diagnostics;

/// How many pages are kept.
const MOST: usize = 16;

/// The pages that were looked at last, the latest first.
#[derive(Debug, Default)]
pub(super) struct Memo(VecDeque<Kept>);

/// A page that was looked at.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    /// Its path on the site.
    pub(super) path: String,
    /// The version of the site that it was rendered from last.
    pub(super) version: u64,
    /// Its HTML when it could be rendered last.
    pub(super) html: Option<Bytes>,
    /// Whether it could be rendered from that version.
    pub(super) is_good: bool,
    /// What was noticed.
    pub(super) found: Arc<Diagnostics>,
}

impl Memo {
    /// Finds a page.
    pub(super) fn get(&self, path: &str) -> Option<&Kept> {
        self.0.iter().find(|kept| kept.path == path)
    }

    /// Keeps a page that was rendered.
    pub(super) fn keep(&mut self, path: &str, version: u64, html: Bytes, found: Diagnostics) {
        self.put(Kept { path: path.to_owned(), version, html: Some(html), is_good: true, found: found.into() });
    }

    /// Notes that a page cannot be rendered, and gives what it was when it could.
    pub(super) fn fail(&mut self, path: &str, version: u64, found: Diagnostics) -> Kept {
        let html = self.get(path).and_then(|kept| kept.html.clone());
        let kept = Kept { path: path.to_owned(), version, html, is_good: false, found: found.into() };
        self.put(kept.clone());
        kept
    }

    fn put(&mut self, new: Kept) {
        self.0.retain(|kept| kept.path != new.path);
        self.0.push_front(new);
        self.0.truncate(MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_fails_keeps_what_it_was() {
        let mut memo = Memo::default();
        memo.keep("/a/", 1, Bytes::from_static(b"good"), Diagnostics::new());
        let failed = memo.fail("/a/", 2, Diagnostics::new());
        assert_eq!((failed.html.as_deref(), failed.is_good, failed.version), (Some(b"good".as_slice()), false, 2));
        assert!(memo.fail("/b/", 2, Diagnostics::new()).html.is_none());
    }

    #[test]
    fn few_pages_are_kept() {
        let mut memo = Memo::default();
        (0..100).for_each(|n| memo.keep(&n.to_string(), 1, Bytes::new(), Diagnostics::new()));
        assert!(memo.get("99").is_some() && memo.get("84").is_some() && memo.get("83").is_none());
    }
}
