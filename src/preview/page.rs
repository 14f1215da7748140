//! One page, made when a browser asks for it.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use xxhash_rust::xxh3::xxh3_64;

use super::memo::Kept;
use super::state::{Pulse, Shown, State};
use crate::diagnostic::Diagnostic;
use crate::link::Texts;
use crate::model::Origin;
use crate::pages::Page;
use crate::prose::escaped;
use crate::render::{self, Rendered};
use crate::site::DiskTexts;

/// How long a page whose file has just been saved waits for the site to be linked again.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// What became of a page that was asked for.
#[derive(Debug)]
pub(super) enum Made {
    /// It is as the author means it.
    Good(Bytes),
    /// It cannot be rendered; here is the last of it that could, if it was looked at lately.
    Broken(Kept),
    /// Its file was saved a moment ago, and is being read.
    Changing(Kept),
}

/// Renders a page, unless it was rendered from the same site a moment ago.
pub(super) fn make(state: &State, shown: &Arc<Shown>, page: &Page) -> Made {
    let site = &shown.site;
    let path = page.path(&site.briefing);
    let known = state.memo().get(&path).filter(|kept| kept.version == shown.version).cloned();
    match known {
        Some(Kept { html: Some(html), is_good: true, .. }) => return Made::Good(html),
        Some(broken) => return Made::Broken(broken),
        None => {}
    }
    state.count_page();
    let view = render::view(&site.briefing, page);
    let texts = Heard { texts: &site.texts, failed: AtomicBool::new(false) };
    match render::render(&site.theme, &view, &texts) {
        Ok(Rendered { html, mut diagnostics }) => {
            site.briefing.config.apply_levels(&mut diagnostics);
            let html = Bytes::from(html);
            state.memo().keep(&path, shown.version, html.clone(), diagnostics.sorted());
            Made::Good(html)
        }
        Err(found) if texts.failed.load(Ordering::Relaxed) => {
            let html = state.memo().get(&path).and_then(|kept| kept.html.clone());
            Made::Changing(Kept { path, version: shown.version, html, is_good: false, found: found.into() })
        }
        Err(found) => Made::Broken(state.memo().fail(&path, shown.version, found.sorted())),
    }
}

/// The door to the prose, which tells whether it gave all that it was asked for: a file that is being saved is not what
/// was linked, or is not there at all.
struct Heard<'t> {
    texts: &'t DiskTexts,
    failed: AtomicBool,
}

impl Texts for Heard<'_> {
    fn text(&self, origin: &Origin) -> Result<Cow<'_, str>, Diagnostic> {
        self.texts.text(origin).inspect_err(|_| self.failed.store(true, Ordering::Relaxed))
    }
}

/// Sums up a page as it was rendered, so that a browser can tell whether it has the same one.
pub(super) fn digest(html: &[u8]) -> String {
    format!("{:016x}", xxh3_64(html))
}

/// Puts the preview's script into a page: before the end of its body, or at its own end where it has none.
///
/// `shown` is the path of the page on the site.
pub(super) fn with_script(html: &[u8], path: &str, pulse: Pulse) -> Vec<u8> {
    let Pulse { run, site, styles, files, problems } = pulse;
    let (digest, path) = (digest(html), escaped(path));
    let script = format!(
        "<script type=\"module\" src=\"/__dateline/client.js\" data-page=\"{digest}\" data-path=\"{path}\" data-run=\"{run}\" \
         data-site=\"{site}\" data-styles=\"{styles}\" data-files=\"{files}\" data-problems=\"{problems}\"></script>\n"
    );
    let end = memchr::memmem::rfind(html, b"</body>").unwrap_or(html.len());
    let (before, after) = html.split_at(end);
    [before, script.as_bytes(), after].concat()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::config::{Now, Overrides};
    use crate::preview::reader::Reader;

    #[test]
    fn a_page_whose_file_is_gone_for_a_moment_is_made_once_it_is_back() {
        let site = tempfile::tempdir().unwrap();
        let file = site.path().join("content/analyses/a.md");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(site.path().join("site.toml"), "title = \"T\"\nbase_url = \"https://example.org\"\n").unwrap();
        fs::write(&file, "+++\ntitle = \"A\"\ndate = 2026-05-18\n+++\nWords.\n").unwrap();
        let overrides = Overrides { now: Now::parse("2026-06-01").unwrap(), drafts: true, base_url: None };
        let mut reader = Reader::open(site.path(), overrides).unwrap();
        let state = State::new(site.path().to_owned());
        let (linked, found) = reader.link();
        let shown = state.show(linked, found, reader.config(), reader.work()).unwrap();
        let page = shown.site.pages.iter().find(|page| matches!(page, Page::Analysis(_))).unwrap();
        let beside = file.with_extension("md~");
        fs::rename(&file, &beside).unwrap();
        assert!(matches!(make(&state, &shown, page), Made::Changing(_)));
        fs::rename(&beside, &file).unwrap();
        assert!(matches!(make(&state, &shown, page), Made::Good(_)));
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_body_and_breaks_out_of_nothing() {
        let html = with_script(b"<body><pre></body></pre></body></html>", "/\"><img>/", Pulse::default());
        let html = String::from_utf8(html).unwrap();
        assert!(html.starts_with("<body><pre></body></pre><script ") && html.ends_with("</script>\n</body></html>"));
        assert!(html.contains("data-path=\"/&quot;&gt;&lt;img&gt;/\""));
        assert!(with_script(b"words", "/", Pulse::default()).ends_with(b"</script>\n"));
    }
}
