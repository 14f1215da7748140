//! Search without a server: an index in small files, of which a browser reads the few that a query needs.
//!
//! Words lead to files by a hash, so that no list of files is needed and a file keeps its name. A posting list is cut to
//! the best of it, so that the commonest word costs as little as any. Analyses are numbered from the oldest, and claims
//! and forecasts by their place in their analysis: a new piece moves no number, and an edit of one changes the lists of
//! its own words alone. `docs/search.md` tells the format.

mod gather;
mod index;
mod layout;
mod postings;
mod records;
mod weight;
mod words;

#[cfg(test)]
mod tests;

use std::hash::{Hash, Hasher};
use std::io::{self, Write};
use std::sync::{Arc, OnceLock};

use super::{Digest, Document, Format, Out};
use crate::link::Briefing;
use index::Index;
use layout::Layout;

/// Where the files are.
const FOLDER: &str = "/search/";

/// What one file of the index holds; files of a kind are numbered from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// How the files are to be read.
    Guide,
    /// The posting lists of some terms.
    Terms(usize),
    /// Which words there are that begin alike.
    Words(usize),
    /// Titles and addresses of a few analyses, their claims and their forecasts.
    Records(usize),
    /// Names and addresses of a few companies.
    Companies(usize),
}

/// A file of the search index.
///
/// All files of a site share one index, which is made when the first of them is asked for its content: a preview lists
/// its files after every edit and serves few of them.
#[derive(Clone, Debug)]
pub struct SearchFile {
    part: Part,
    shared: Arc<Shared>,
}

/// What all files of a site's index have in common.
#[derive(Debug)]
struct Shared {
    layout: Layout,
    index: OnceLock<Index>,
}

impl PartialEq for SearchFile {
    fn eq(&self, other: &Self) -> bool {
        self.part == other.part
    }
}

impl Eq for SearchFile {}

impl Hash for SearchFile {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.part.hash(state);
    }
}

impl SearchFile {
    /// Gives the form of the file: tables that are read by line are text, records are JSON.
    pub(super) fn formats(&self) -> &'static [Format] {
        match self.part {
            Part::Terms(_) | Part::Words(_) => &[Format::Text],
            Part::Guide | Part::Records(_) | Part::Companies(_) => &[Format::Json],
        }
    }

    /// Gives the path of the file.
    pub(super) fn path(&self) -> String {
        match self.part {
            Part::Guide => guide_path(),
            Part::Terms(number) => format!("{FOLDER}terms/{number}.txt"),
            Part::Words(number) => format!("{FOLDER}words/{number}.txt"),
            Part::Records(number) => format!("{FOLDER}records/{number}.json"),
            Part::Companies(number) => format!("{FOLDER}companies/{number}.json"),
        }
    }

    /// Makes the index, unless it is there.
    ///
    /// It is made on all cores and everybody else waits, so that it must not be asked for first by what runs in parallel
    /// itself.
    pub(super) fn prepare(&self, briefing: &Briefing) {
        self.index(briefing);
    }

    fn index(&self, briefing: &Briefing) -> &Index {
        self.shared.index.get_or_init(|| Index::of(briefing, &self.shared.layout))
    }

    /// Gives the content of the file.
    pub(super) fn content<'b>(&'b self, briefing: &'b Briefing) -> Content<'b> {
        match self.part {
            Part::Guide => Content::Made(self.shared.layout.guide(briefing)),
            Part::Terms(number) => Content::Kept(self.index(briefing).terms(number)),
            Part::Words(number) => Content::Kept(self.index(briefing).words(number)),
            Part::Records(number) => Content::Made(records::of_analyses(briefing, number)),
            Part::Companies(number) => Content::Made(records::of_companies(briefing, number)),
        }
    }
}

/// The bytes of a file.
#[derive(Debug, Hash)]
pub(super) enum Content<'b> {
    /// A part of the index.
    Kept(&'b [u8]),
    /// Made of the briefing alone.
    Made(Vec<u8>),
}

impl Document for Content<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Out<'_>) -> io::Result<()> {
        match self {
            Self::Kept(bytes) => out.write_all(bytes),
            Self::Made(bytes) => out.write_all(bytes),
        }
    }
}

/// Gives the path of the file that tells how to read the others.
pub fn guide_path() -> String {
    [FOLDER, "index.json"].concat()
}

/// Lists the files of a site's index; a site without search has none.
pub(super) fn files(briefing: &Briefing) -> Vec<SearchFile> {
    if !briefing.config.search {
        return Vec::new();
    }
    let layout = Layout::of(briefing);
    let terms = (0..layout.terms).map(Part::Terms);
    let words = (0..layout.words).map(Part::Words);
    let records = (0..briefing.analyses.len().div_ceil(records::ANALYSES)).map(Part::Records);
    let companies = (0..briefing.companies.len().div_ceil(records::COMPANIES)).map(Part::Companies);
    let parts = [Part::Guide].into_iter().chain(terms).chain(words).chain(records).chain(companies);
    let parts: Vec<Part> = parts.collect();
    let shared = Arc::new(Shared { layout, index: OnceLock::new() });
    parts.into_iter().map(|part| SearchFile { part, shared: Arc::clone(&shared) }).collect()
}
