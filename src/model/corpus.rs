//! Turns the text of one content file into the document that its folder says it is.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use super::{
    Analysis, AnalysisMatter, Company, CompanyMatter, Event, EventMatter, Metric, MetricMatter, Origin, Page,
    PageMatter, Person, PersonMatter, Reader, Source, SourcesMatter,
};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::{Problem, decode, matter, split, toml_file};
use crate::text::{Place, Spanned};

/// What one content file holds.
#[derive(Debug)]
pub enum Document {
    /// A file below analyses/.
    Analysis(Box<Analysis>),
    /// A file below companies/.
    Company(Box<Company>),
    /// A file in people/.
    Person(Box<Person>),
    /// A file in pages/.
    Page(Box<Page>),
    /// sources.toml.
    Sources(Vec<Source>),
    /// metrics.toml.
    Metrics(Vec<Metric>),
    /// events.toml.
    Events(Vec<Event>),
}

/// What a content file is by its path, before anything of it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// A Markdown file, or one of the three TOML files.
    Document(DocumentKind),
    /// A file that is published as it is, such as a picture beside an analysis.
    Asset,
    /// A file in no place that means anything.
    Stray,
}

/// Which kind of document a file is, with the id or the file stem that its path gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// An analysis and its file stem, or its folder's name.
    Analysis(String),
    /// A company and its id.
    Company(String),
    /// A person and the id.
    Person(String),
    /// A plain page and its file stem.
    Page(String),
    /// sources.toml.
    Sources,
    /// metrics.toml.
    Metrics,
    /// events.toml.
    Events,
}

/// Tells what a file is by its path relative to the site's root.
pub fn role(file: &str) -> Role {
    let Some(path) = file.strip_prefix("content/") else { return Role::Stray };
    let kind = match path {
        "sources.toml" => DocumentKind::Sources,
        "metrics.toml" => DocumentKind::Metrics,
        "events.toml" => DocumentKind::Events,
        _ => match (path.split_once('/'), path.strip_suffix(".md")) {
            (Some((folder, rest)), Some(_)) => {
                let id: String = rest.trim_end_matches(".md").nfc().collect();
                match folder {
                    "analyses" => DocumentKind::Analysis(analysis_stem(&id)),
                    "companies" => DocumentKind::Company(id.strip_suffix("/index").map_or(id.clone(), str::to_owned)),
                    "people" if !id.contains('/') => DocumentKind::Person(id),
                    "pages" if !id.contains('/') => DocumentKind::Page(id),
                    _ => return Role::Stray,
                }
            }
            (Some(("analyses" | "companies" | "people" | "pages", _)), None) => return Role::Asset,
            _ => return Role::Stray,
        },
    };
    Role::Document(kind)
}

/// Takes the last part of an analysis's path, or its folder's name where the file is index.md.
fn analysis_stem(id: &str) -> String {
    let own = id.strip_suffix("/index").unwrap_or(id);
    own.rsplit_once('/').map_or(own, |(_, stem)| stem).to_owned()
}

/// Reads one document; what is wrong with it comes beside it.
pub fn read_document(kind: &DocumentKind, file: &Arc<str>, text: &str, hash: u128) -> (Option<Document>, Diagnostics) {
    let mut reader = Reader::new(file);
    let mut problems = Vec::new();
    let document = match kind {
        DocumentKind::Sources => table_file::<SourcesMatter>(text, &mut problems).map(|matter| {
            Document::Sources(matter.sources.into_iter().map(|source| source.read(&mut reader)).collect())
        }),
        DocumentKind::Metrics => keyed_file::<MetricMatter>(text, &mut problems).map(|metrics| {
            Document::Metrics(metrics.into_iter().map(|(id, matter)| matter.read(id, &mut reader)).collect())
        }),
        DocumentKind::Events => keyed_file::<EventMatter>(text, &mut problems).map(|events| {
            Document::Events(events.into_iter().map(|(id, matter)| matter.read(id, &mut reader)).collect())
        }),
        _ => read_page(kind, text, hash, &mut reader, &mut problems),
    };
    let mut diagnostics: Diagnostics = problems.into_iter().map(|problem| problem.at(file)).collect();
    diagnostics.append(reader.finish());
    let document = document.map(|document| mark_broken(document, diagnostics.has_errors()));
    (document, diagnostics)
}

/// Notes on an analysis that a part of it is missing, so that nobody is told off for naming that part.
fn mark_broken(mut document: Document, broken: bool) -> Document {
    if let Document::Analysis(analysis) = &mut document {
        analysis.broken = broken;
    }
    document
}

fn read_page(
    kind: &DocumentKind,
    text: &str,
    hash: u128,
    reader: &mut Reader,
    problems: &mut Vec<Problem>,
) -> Option<Document> {
    let parts = split(text).map_err(|problem| problems.push(*problem)).ok()?;
    let (node, mut found) = matter(&parts);
    problems.append(&mut found);
    let origin = Origin { file: Arc::clone(reader.file()), body_start: parts.body_start, hash };
    match kind {
        DocumentKind::Analysis(stem) => {
            let analysis = decode::<AnalysisMatter>(&node, problems)?.read(stem, origin, reader)?;
            Some(Document::Analysis(Box::new(analysis)))
        }
        DocumentKind::Company(id) => {
            let company = decode::<CompanyMatter>(&node, problems)?.read(id.clone(), origin, reader);
            Some(Document::Company(Box::new(company)))
        }
        DocumentKind::Person(id) => {
            let person = decode::<PersonMatter>(&node, problems)?.read(id.clone(), origin, reader);
            Some(Document::Person(Box::new(person)))
        }
        DocumentKind::Page(stem) => {
            let page = decode::<PageMatter>(&node, problems)?.read(stem, origin, reader);
            Some(Document::Page(Box::new(page)))
        }
        DocumentKind::Sources | DocumentKind::Metrics | DocumentKind::Events => None,
    }
}

fn table_file<T: for<'de> Deserialize<'de>>(text: &str, problems: &mut Vec<Problem>) -> Option<T> {
    let (node, mut found) = toml_file(text);
    problems.append(&mut found);
    decode(&node, problems)
}

/// Reads a file whose every top-level table is one entry under its id.
fn keyed_file<T: for<'de> Deserialize<'de>>(
    text: &str,
    problems: &mut Vec<Problem>,
) -> Option<BTreeMap<Spanned<String>, T>> {
    table_file(text, problems)
}

/// All documents of a site, each kind in the order of its files.
#[derive(Debug, Default)]
pub struct Corpus {
    /// Analyses that this build publishes.
    pub analyses: Vec<Analysis>,
    /// Analyses that it leaves out: slug and file, so that a link to one can say so.
    pub left_out: Vec<(String, Arc<str>)>,
    /// Companies with a file.
    pub companies: Vec<Company>,
    /// People with a file.
    pub people: Vec<Person>,
    /// Plain pages.
    pub pages: Vec<Page>,
    /// Shared sources, and the file that they are in.
    pub sources: Vec<Source>,
    /// Metrics that the site declares.
    pub metrics: Vec<Metric>,
    /// Events that the site declares.
    pub events: Vec<Event>,
    /// Files that are published as they are.
    pub assets: Vec<Arc<str>>,
}

impl Corpus {
    /// Adds a file's document, unless it is a draft, embargoed or expired; what is left out is not criticised either.
    pub fn add(&mut self, document: Document, found: Diagnostics, now: jiff::Timestamp, drafts: bool) -> Diagnostics {
        match document {
            Document::Analysis(analysis) if !drafts && analysis.is_left_out(now) => {
                self.left_out.push((analysis.slug.value, analysis.origin.file));
                return Diagnostics::new();
            }
            Document::Page(page) if !drafts && page.draft => {
                self.left_out.push((page.slug.value, page.origin.file));
                return Diagnostics::new();
            }
            Document::Analysis(analysis) => self.analyses.push(*analysis),
            Document::Company(company) => self.companies.push(*company),
            Document::Person(person) => self.people.push(*person),
            Document::Page(page) => self.pages.push(*page),
            Document::Sources(sources) => self.sources.extend(sources),
            Document::Metrics(metrics) => self.metrics.extend(metrics),
            Document::Events(events) => self.events.extend(events),
        }
        found
    }
}

impl Analysis {
    /// Tells whether a build at that moment leaves it out.
    pub fn is_left_out(&self, now: jiff::Timestamp) -> bool {
        self.draft || self.publish_at.is_some_and(|at| at > now) || self.expires.is_some_and(|end| end <= now)
    }
}

/// Warns of a file that nothing will be made of.
pub fn stray(file: &Arc<str>) -> Diagnostic {
    let message = format!("nothing is made of `{file}`");
    Diagnostic::warning("stray-file", message)
        .at(Place::file(file))
        .help("documents stand in analyses/, companies/, people/ or pages/ below content/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_says_what_a_file_is() {
        let document = |kind| Role::Document(kind);
        assert_eq!(role("content/analyses/2025/a.md"), document(DocumentKind::Analysis("a".into())));
        assert_eq!(role("content/analyses/big/index.md"), document(DocumentKind::Analysis("big".into())));
        assert_eq!(role("content/analyses/big/chart.png"), Role::Asset);
        assert_eq!(role("content/companies/meta/ai.md"), document(DocumentKind::Company("meta/ai".into())));
        assert_eq!(role("content/people/ann.md"), document(DocumentKind::Person("ann".into())));
        assert_eq!(role("content/sources.toml"), document(DocumentKind::Sources));
        assert_eq!(role("content/notes.md"), Role::Stray);
        assert_eq!(role("content/people/x/y.md"), Role::Stray);
    }
}
