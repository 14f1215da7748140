//! The documents of a site, each as it was parsed last, so that a save parses the saved file alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

use super::stamp::{Stamp, Stamps};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::link::{Briefing, Texts};
use crate::load::{self, FoundFile};
use crate::model::{
    Alias, Analysis, Company, Corpus, Document, DocumentKind, Origin, Person, Role, Spoken, too_many_names,
};
use crate::prose::Outline;
use crate::site::{CONTENT, DiskTexts, read_file, with_role};
use crate::value::Day;

/// Every file of content/, and what was read of it.
#[derive(Debug)]
pub(super) struct Sources {
    root: PathBuf,
    files: BTreeMap<Arc<str>, Kept>,
    /// What is wrong with the folders.
    walked: Diagnostics,
    /// The names that the prose was read with.
    spoken: Spoken,
    /// A digest of the companies and people that those names are of.
    spoken_of: u128,
    /// A digest of the companies and people that have a file.
    declared: u128,
    /// What is wrong with the names.
    misnamed: Diagnostics,
    /// How much work it was.
    work: Work,
    /// The analyses of which the prose is another than when it was last asked; none where anything else is.
    edited: Option<BTreeSet<Arc<str>>>,
}

/// How much work reading was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Work {
    /// Documents that were parsed.
    pub(super) parsed: u64,
    /// Bodies that were read from disk apart from that, so that the site could be linked.
    pub(super) read: u64,
}

/// A file, and what was read of it.
#[derive(Debug)]
struct Kept {
    file: FoundFile,
    role: Role,
    stamp: Option<Stamp>,
    /// A hash of the bytes that were read; none of a file that is not read.
    hash: Option<u128>,
    document: Option<Document>,
    found: Diagnostics,
    /// What the prose of a company or a person holds, and the digest of the names that it was read with.
    outline: Option<(u128, Arc<Outline>)>,
}

/// What a look at the files came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// Whether a document is another one, or a file came or went.
    pub(super) documents: bool,
    /// Whether a style sheet that is published as it is has other bytes.
    pub(super) styles: bool,
    /// Whether any other file that is published as it is has other bytes.
    pub(super) assets: bool,
}

impl Seen {
    /// Adds what another look came to.
    pub(super) fn add(&mut self, other: Self) {
        self.documents |= other.documents;
        self.styles |= other.styles;
        self.assets |= other.assets;
    }
}

impl Sources {
    /// Reads all documents of a site.
    pub(super) fn read(root: &Path, config: &Config) -> Self {
        let mut sources = Self {
            root: root.to_owned(),
            files: BTreeMap::new(),
            walked: Diagnostics::new(),
            spoken: Spoken::default(),
            spoken_of: 0,
            declared: 0,
            misnamed: Diagnostics::new(),
            work: Work::default(),
            edited: None,
        };
        let (found, walked) = load::walk(root, CONTENT);
        sources.walked = walked.into_iter().collect();
        let (named, others): (Vec<_>, Vec<_>) = found.into_iter().map(with_role).partition(|(role, _)| role.is_named());
        sources.parse(named, config);
        sources.declare();
        sources.parse(others, config);
        sources
    }

    /// Returns how much work it was so far.
    pub(super) fn work(&self) -> Work {
        self.work
    }

    /// Counts the work of before these sources were read.
    pub(super) fn count(&mut self, before: Work) {
        self.work.parsed += before.parsed;
        self.work.read += before.read;
    }

    /// Gives the files that are published as they are, and when each was written.
    pub(super) fn assets(&self) -> Stamps<Arc<str>> {
        let assets = self.files.iter().filter(|(_, kept)| kept.role == Role::Asset);
        assets.map(|(rel, kept)| (Arc::clone(rel), kept.stamp)).collect()
    }

    /// Looks at one file that is known already, or is none of the site's; none where other files may have changed.
    ///
    /// An editor writes beside a file, and removes what it wrote: all files are not to be listed for that.
    pub(super) fn look_at(&mut self, path: &Path, config: &Config) -> Option<Seen> {
        let rel = path.strip_prefix(&self.root).ok()?.to_str()?;
        if load::passes_over(CONTENT, rel) {
            return Some(Seen::default());
        }
        let about = fs::symlink_metadata(path).ok();
        if about.is_none() && !self.knows(rel) {
            return Some(Seen::default());
        }
        let (kept, about) = (self.files.get(rel)?, about?);
        let (role, file) = (kept.role.clone(), kept.file.clone());
        about.is_file().then(|| self.refresh(vec![(role, file)], config))
    }

    /// Tells whether a path is that of a file, or of a folder that holds one.
    fn knows(&self, rel: &str) -> bool {
        let below = |known: &Arc<str>| known.strip_prefix(rel).is_some_and(|rest| rest.starts_with('/'));
        let folder: Arc<str> = format!("{rel}/").into();
        self.files.contains_key(rel) || self.files.range(folder..).next().is_some_and(|(known, _)| below(known))
    }

    /// Looks at all files, and parses those that are not as they were.
    pub(super) fn look(&mut self, config: &Config) -> Seen {
        let (found, walked) = load::walk(&self.root, CONTENT);
        let walked: Diagnostics = walked.into_iter().collect();
        let gone: Vec<Arc<str>> = {
            let is_there = |rel: &Arc<str>| found.binary_search_by(|file| file.rel.cmp(rel)).is_ok();
            self.files.keys().filter(|rel| !is_there(rel)).cloned().collect()
        };
        let others_named = gone.iter().filter_map(|rel| self.files.remove(rel)).any(|kept| kept.role.is_named());
        let came = found.iter().any(|file| !self.files.contains_key(&file.rel));
        let troubled = !walked.iter().eq(self.walked.iter());
        self.walked = walked;
        let stale: Vec<FoundFile> = found
            .into_par_iter()
            .filter(|file| self.files.get(&file.rel).is_none_or(|kept| kept.stamp != Stamp::of(&file.path)))
            .collect();
        let mut seen = self.refresh(stale.into_iter().map(with_role).collect(), config);
        if others_named {
            self.rename(config);
        }
        if troubled || came || !gone.is_empty() {
            seen.documents = true;
            self.edited = None;
        }
        seen
    }

    /// Reads files again, those of companies and people first, and everything where these have other names.
    fn refresh(&mut self, files: Vec<(Role, FoundFile)>, config: &Config) -> Seen {
        let mut seen = Seen::default();
        let (assets, documents): (Vec<_>, Vec<_>) = files.into_iter().partition(|(role, _)| *role == Role::Asset);
        for (role, file) in assets {
            let is_style = file.rel.ends_with(".css");
            seen.styles |= is_style;
            seen.assets |= !is_style;
            let stamp = Stamp::of(&file.path);
            let rel = Arc::clone(&file.rel);
            let (document, found, outline) = (None, Diagnostics::new(), None);
            self.files.insert(rel, Kept { file, role, stamp, hash: None, document, found, outline });
        }
        let documents: Vec<_> = documents.into_iter().filter(|(_, file)| self.is_other(file)).collect();
        seen.documents = !documents.is_empty();
        let names = documents.iter().any(|(role, _)| role.is_named());
        self.parse(documents, config);
        if names {
            self.rename(config);
        }
        seen
    }

    /// Tells whether a file has other bytes than those that were parsed; where it has not, only its stamp is new.
    fn is_other(&mut self, file: &FoundFile) -> bool {
        let Some(kept) = self.files.get_mut(&file.rel) else { return true };
        let stamp = Stamp::of(&file.path);
        let same = fs::read(&file.path).is_ok_and(|bytes| Some(xxh3_128(&bytes)) == kept.hash);
        if same {
            kept.stamp = stamp;
        }
        !same
    }

    fn parse(&mut self, files: Vec<(Role, FoundFile)>, config: &Config) {
        let spoken = &self.spoken;
        let read: Vec<Kept> =
            files.into_par_iter().map(|(role, file)| Kept::read(role, file, spoken, config)).collect();
        let is_document = |kept: &&Kept| matches!(kept.role, Role::Document(_));
        self.work.parsed += read.iter().filter(is_document).count() as u64;
        read.iter().for_each(|kept| self.note(kept));
        self.files.extend(read.into_iter().map(|kept| (Arc::clone(&kept.file.rel), kept)));
    }

    /// Notes a file that was read again, by how much of it is new.
    fn note(&mut self, new: &Kept) {
        let old = self.files.get(&new.file.rel).and_then(|old| old.document.as_ref());
        match (old, &new.document) {
            (Some(Document::Analysis(old)), Some(Document::Analysis(new))) if old.differs_in_prose_alone(new) => {
                if let Some(edited) = &mut self.edited {
                    edited.insert(Arc::clone(&new.origin.file));
                }
            }
            _ => self.edited = None,
        }
    }

    /// Gives the analyses of which the prose is another than when this was last asked; none where anything else is.
    pub(super) fn changed_in_prose_alone(&mut self) -> Option<Vec<Arc<Analysis>>> {
        let edited = self.edited.replace(BTreeSet::new())?;
        let analysis = |rel: &Arc<str>| match &self.files.get(rel)?.document {
            Some(Document::Analysis(analysis)) => Some(Arc::clone(analysis)),
            _ => None,
        };
        edited.iter().map(analysis).collect()
    }

    /// Says what is wrong with the files, each by itself, where none is left out.
    pub(super) fn found(&self) -> Diagnostics {
        let mut found = self.walked.clone();
        found.append(self.misnamed.clone());
        self.files.values().for_each(|kept| found.append(kept.found.clone()));
        found
    }

    /// Reads all prose again where companies and people with a file have other names than before.
    fn rename(&mut self, config: &Config) {
        let before = self.declared;
        self.declare();
        if self.declared != before {
            self.parse_prose(config);
        }
    }

    /// Learns the names of the companies and people that have a file.
    fn declare(&mut self) {
        let (companies, people) = self.named();
        let declared = digest(&companies, &people);
        if declared != self.declared {
            self.speak_of(&companies, &people);
            self.declared = declared;
        }
    }

    /// Learns the names of all companies and people of a briefing, those among them too that have no file, and reads
    /// all prose again where these are others than before; without that, linking would read it again for every save.
    ///
    /// Tells whether the briefing was linked with wrong names: just as many, so that linking took them for the right
    /// ones.
    pub(super) fn learn(&mut self, briefing: &Briefing, config: &Config) -> bool {
        let (companies, people) = (&briefing.companies, &briefing.people);
        if digest(companies, people) == self.spoken_of {
            return false;
        }
        let taken_for_right = self.spoken.covers(companies.len(), people.len());
        self.speak_of(companies, people);
        self.parse_prose(config);
        self.outline_named(config);
        taken_for_right
    }

    /// Reads the prose of companies and people, but for what was read with the present names already; without that,
    /// linking would read it again for every save.
    pub(super) fn outline_named(&mut self, config: &Config) {
        let (spoken, names, texts) = (&self.spoken, self.spoken_of, DiskTexts::of(&self.root));
        self.files.par_iter_mut().for_each(|(_, kept)| {
            let Some(origin) = kept.named_origin() else { return };
            if kept.outline.as_ref().is_some_and(|(with, _)| *with == names) {
                return;
            }
            // Linking says what is wrong with a text that cannot be read.
            kept.outline = texts.text(origin).ok().map(|text| {
                let body = text.get(origin.body_start as usize..).unwrap_or_default();
                (names, Arc::new(spoken.outline(body, config.now.day, "", config.trusted)))
            });
        });
        self.work.read += texts.count();
    }

    fn speak_of(&mut self, companies: &[Company], people: &[Person]) {
        self.edited = None;
        self.spoken_of = digest(companies, people);
        self.misnamed = Diagnostics::new();
        self.spoken = Spoken::of(companies, people).unwrap_or_else(|error| {
            self.misnamed.push(too_many_names(&error));
            Spoken::default()
        });
    }

    fn parse_prose(&mut self, config: &Config) {
        let has_names =
            |kept: &&Kept| matches!(kept.role, Role::Document(DocumentKind::Analysis(_) | DocumentKind::Page(_)));
        let files = self.files.values().filter(has_names).map(|kept| (kept.role.clone(), kept.file.clone())).collect();
        self.parse(files, config);
    }

    /// Gives the companies and people that have a file, by their ids.
    fn named(&self) -> (Vec<Company>, Vec<Person>) {
        let (mut companies, mut people) = (Vec::new(), Vec::new());
        for kept in self.files.values() {
            match &kept.document {
                Some(Document::Company(company)) => companies.push((**company).clone()),
                Some(Document::Person(person)) => people.push((**person).clone()),
                _ => {}
            }
        }
        companies.sort_by(|a, b| a.id.cmp(&b.id));
        people.sort_by(|a, b| a.id.cmp(&b.id));
        (companies, people)
    }

    /// Puts together what linking takes, companies and people first, as a build reads it.
    pub(super) fn corpus(&self, config: &Config, diagnostics: &mut Diagnostics) -> Corpus {
        let mut corpus = Corpus::default();
        diagnostics.append(self.walked.clone());
        diagnostics.append(self.misnamed.clone());
        let (named, others): (Vec<_>, Vec<_>) = self.files.values().partition(|kept| kept.role.is_named());
        let assets = others.iter().filter(|kept| kept.role == Role::Asset);
        corpus.assets = assets.map(|kept| Arc::clone(&kept.file.rel)).collect();
        corpus.analyses.reserve(others.len());
        for files in [named, others] {
            let copies: Vec<_> = files.into_par_iter().map(|kept| (kept.to_link(), kept.found.clone())).collect();
            for (document, found) in copies {
                diagnostics.append(match document {
                    Some(document) => corpus.add(document, found, config.now.instant, config.drafts),
                    None => found,
                });
            }
        }
        corpus.companies.sort_by(|a, b| a.id.cmp(&b.id));
        corpus.people.sort_by(|a, b| a.id.cmp(&b.id));
        corpus.spoken = self.spoken.clone();
        corpus.drop_assets_left_out();
        corpus
    }
}

impl Kept {
    fn read(role: Role, file: FoundFile, spoken: &Spoken, config: &Config) -> Self {
        // The stamp first: a file that changes while it is read has another one afterwards.
        let stamp = Stamp::of(&file.path);
        let (document, found, hash) = read_file(&role, &file, spoken, config);
        Self { file, role, stamp, hash, document, found, outline: None }
    }

    /// Gives where the prose of a company or a person is.
    fn named_origin(&self) -> Option<&Origin> {
        match self.document.as_ref()? {
            Document::Company(company) => company.origin.as_ref(),
            Document::Person(person) => person.origin.as_ref(),
            _ => None,
        }
    }

    /// Copies the document, with all that is known of its prose.
    fn to_link(&self) -> Option<Document> {
        let mut document = self.document.clone();
        let origin = match &mut document {
            Some(Document::Company(company)) => company.origin.as_mut(),
            Some(Document::Person(person)) => person.origin.as_mut(),
            _ => None,
        };
        if let Some(origin) = origin {
            origin.outline = self.outline.as_ref().map(|(_, outline)| outline.clone());
        }
        document
    }
}

/// Sums up the names of companies and people, in their order: prose that was read with equal names need not be read
/// again.
fn digest(companies: &[Company], people: &[Person]) -> u128 {
    let mut digest = Digest(Xxh3Default::new());
    (companies.len(), people.len()).hash(&mut digest);
    let of_companies = companies.iter().map(|company| (&company.id, &company.name, &company.aliases));
    let of_people = people.iter().map(|person| (&person.id, &person.name, &person.aliases));
    for (id, name, aliases) in of_companies.chain(of_people) {
        (id, &name.value, aliases.len()).hash(&mut digest);
        for Alias { text, exact, requires, from, to, .. } in aliases {
            (&text.value, exact, requires, from.map(Day::number), to.map(Day::number)).hash(&mut digest);
        }
    }
    digest.0.digest128()
}

struct Digest(Xxh3Default);

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.digest()
    }
}
