//! A publication made of texts in memory, for the tests of what is linked.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Briefing, Linking, Texts};
use crate::config::{Config, Now, Overrides};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ids::ClaimId;
use crate::model::{Corpus, Document, Origin, Role, Spoken, read_document, role};

/// Texts by the path of their file.
struct Memory(BTreeMap<String, String>);

impl Texts for Memory {
    fn text(&self, origin: &Origin) -> Result<Cow<'_, str>, Diagnostic> {
        Ok(Cow::Borrowed(&self.0[&*origin.file]))
    }
}

/// Links files, given by their paths below content/, in the order in which they are given.
pub(super) fn briefing(files: impl IntoIterator<Item = (String, String)>) -> Briefing {
    linking(files).0.briefing
}

/// Links files and keeps what it takes to link them again; the names that their prose was read with come with it.
pub(super) fn linking(files: impl IntoIterator<Item = (String, String)>) -> (Linking, Spoken) {
    let now = Now::parse("2026-06-01").expect("a day");
    let (config, _) = Config::read("title = \"T\"", Overrides { now, drafts: false, base_url: None });
    let (mut corpus, mut texts) = (Corpus::default(), BTreeMap::new());
    let files: Vec<_> = files.into_iter().map(|(path, text)| (format!("content/{path}"), text)).collect();
    let (named, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(path, _)| role(path).is_named());
    for files in [named, others] {
        for (path, text) in files {
            let document = read(&path, &text, &corpus.spoken, &config);
            let _ = corpus.add(document, Diagnostics::new(), config.now.instant, false);
            texts.insert(path, text);
        }
        let _ = corpus.learn_names();
    }
    let spoken = corpus.spoken.clone();
    (Linking::of(config, corpus, &Memory(texts)), spoken)
}

/// Reads a file without a mistake in its front matter.
pub(super) fn read(path: &str, text: &str, spoken: &Spoken, config: &Config) -> Document {
    let Role::Document(kind) = role(path) else { panic!("{path} is no document") };
    let (document, found) = read_document(&kind, &Arc::from(path), text, 0, spoken, config);
    assert!(!found.has_errors(), "{path}: {found:?}");
    document.expect("a document")
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
