//! A publication made of texts in memory, for the tests of what is linked.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Briefing, Texts, link};
use crate::config::{Config, Now, Overrides};
use crate::diagnostic::Diagnostic;
use crate::ids::ClaimId;
use crate::model::{Corpus, Origin, Role, read_document, role};

/// Texts by the path of their file.
struct Memory(BTreeMap<String, String>);

impl Texts for Memory {
    fn text(&self, origin: &Origin) -> Result<Cow<'_, str>, Diagnostic> {
        Ok(Cow::Borrowed(&self.0[&*origin.file]))
    }
}

/// Links files, given by their paths below content/, in the order in which they are given.
pub(super) fn briefing(files: impl IntoIterator<Item = (String, String)>) -> Briefing {
    let now = Now::parse("2026-06-01").expect("a day");
    let (config, _) = Config::read("title = \"T\"", Overrides { now, drafts: false, base_url: None });
    let (mut corpus, mut texts) = (Corpus::default(), BTreeMap::new());
    for (path, text) in files {
        let path = format!("content/{path}");
        let Role::Document(kind) = role(&path) else { panic!("{path} is no document") };
        let (document, found) = read_document(&kind, &Arc::from(&*path), &text, 0, &corpus.spoken, &config);
        assert!(!found.has_errors(), "{path}: {found:?}");
        let document = document.expect("a document");
        let _ = corpus.add(document, found, config.now.instant, config.drafts);
        texts.insert(path, text);
    }
    let _ = corpus.learn_names();
    link(config, corpus, &Memory(texts)).0
}

/// Writes an analysis of some day, whose front matter has more below title and date.
pub(super) fn analysis(slug: &str, day: &str, matter: &str) -> (String, String) {
    (format!("analyses/{slug}.md"), format!("+++\ntitle = \"{slug}\"\ndate = {day}\n{matter}\n+++\n"))
}

/// Finds a claim by its full id.
pub(super) fn claim(briefing: &Briefing, path: &str) -> ClaimId {
    let found = (0..briefing.claims.len()).map(ClaimId::at).find(|id| briefing.claim_path(*id) == path);
    found.unwrap_or_else(|| panic!("no claim {path}"))
}
