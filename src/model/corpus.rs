//! Turns the text of one content file into the document that its folder says it is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_128;

use super::reader::unsafe_path;
use super::{
    Analysis, AnalysisMatter, Company, CompanyMatter, Event, EventMatter, Ledger, Metric, MetricMatter, Origin, Page,
    PageMatter, Person, PersonMatter, Reader, Source, SourcesMatter, Spoken, audit, unbacked_figure,
};
use crate::config::{Config, Lexicon};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::{Problem, decode, matter, split, toml_file};
use crate::prose::{Figure, Place as TermPlace, ReferenceKind, TermCounter, Terms};
use crate::text::{Place, Spanned};

/// What one content file holds.
#[derive(Clone, Debug)]
pub enum Document {
    /// A file below analyses/.
    Analysis(Arc<Analysis>),
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

impl Role {
    /// Tells whether it is a company or a person, which the prose of all others may name, so that it is read first.
    pub fn is_named(&self) -> bool {
        matches!(self, Self::Document(DocumentKind::Company(_) | DocumentKind::Person(_)))
    }
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
                let id: String = rest.strip_suffix(".md").unwrap_or(rest).nfc().collect();
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
///
/// The outline of an analysis or a page is read along with it, while its text is at hand: `spoken` are the names
/// that its prose may use, as far as they are known by then.
pub fn read_document(
    kind: &DocumentKind,
    file: &Arc<str>,
    text: &str,
    hash: u128,
    spoken: &Spoken,
    config: &Config,
) -> (Option<Document>, Diagnostics) {
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
        _ => read_page(kind, text, hash, &mut reader, &mut problems)
            .map(|(document, body)| with_outline(document, body, spoken, config)),
    };
    let mut diagnostics: Diagnostics = problems.into_iter().map(|problem| problem.at(file)).collect();
    if diagnostics.iter().all(|found| found.code != "syntax") {
        diagnostics.append(reader.finish());
    }
    let mut document = document.map(|document| mark_broken(document, diagnostics.has_errors()));
    if let Some(Document::Analysis(analysis)) = &mut document {
        audit_figures(Arc::make_mut(analysis), &mut diagnostics);
    }
    (document, diagnostics)
}

/// Warns of figures that no claim backs, unless a claim may be among what could not be read.
fn audit_figures(analysis: &mut Analysis, diagnostics: &mut Diagnostics) {
    let Some(mut outline) = analysis.origin.outline.take() else { return };
    let unbacked = audit(analysis, Arc::make_mut(&mut outline));
    analysis.origin.outline = Some(outline);
    if analysis.broken {
        return;
    }
    let origin = &analysis.origin;
    let warning = |figure: &Figure| unbacked_figure(figure).at(origin.place(figure.span.shifted(origin.body_start)));
    diagnostics.append(unbacked.alone.iter().map(warning).collect());
    analysis.borrowed = unbacked.borrowed;
}

/// Notes on an analysis that a part of it is missing, so that nobody is told off for naming that part.
fn mark_broken(mut document: Document, broken: bool) -> Document {
    if let Document::Analysis(analysis) = &mut document {
        Arc::make_mut(analysis).broken = broken;
    }
    document
}

/// Holds the path that a file's name gives its page to what a URL can carry.
fn is_sound_stem(kind: &DocumentKind, reader: &mut Reader) -> bool {
    let (DocumentKind::Analysis(path)
    | DocumentKind::Company(path)
    | DocumentKind::Person(path)
    | DocumentKind::Page(path)) = kind
    else {
        return true;
    };
    let Some(why) = unsafe_path(path) else { return true };
    let error = Diagnostic::error("unsafe-path", format!("`{path}` cannot be part of an address: {why}"));
    let place = Place::file(reader.file());
    reader.report(error.at(place).help("give the file another name"));
    false
}

/// Adds what the prose of an analysis or a page holds; companies and people wait until all of their names are known.
fn with_outline(mut document: Document, body: &str, spoken: &Spoken, config: &Config) -> Document {
    match &mut document {
        Document::Analysis(analysis) => {
            let analysis = Arc::make_mut(analysis);
            let how = (config.trusted, &config.lexicon);
            let mut outline = spoken.outline_of_analysis(body, analysis.day, &analysis.title, how);
            let terms = std::mem::take(&mut outline.terms);
            analysis.terms = subject(analysis, terms, &config.lexicon);
            analysis.origin.outline = Some(Arc::new(outline));
        }
        Document::Page(page) => {
            let outline = spoken.outline(body, config.now.day, &page.title, config.trusted);
            page.origin.outline = Some(Arc::new(outline));
        }
        _ => {}
    }
    document
}

/// Adds what an analysis says outside its body to the terms of that.
fn subject(analysis: &Analysis, mut terms: TermCounter, lexicon: &Lexicon) -> Terms {
    let judged = analysis.why_it_matters.iter().chain(&analysis.take).map(|text| &text.value);
    let claims = analysis.claims.iter().map(|claim| &claim.text);
    let forecasts = analysis.predictions.iter().map(|prediction| &prediction.text);
    terms.add(lexicon, TermPlace::Title, &analysis.title);
    analysis.summary.iter().chain(judged).for_each(|text| terms.add(lexicon, TermPlace::Heading, text));
    let takeaways = analysis.takeaways.iter().map(|text| &text.value);
    let others = takeaways.chain(claims).chain(forecasts);
    others.for_each(|text| terms.add(lexicon, TermPlace::Body, text));
    terms.finish()
}

fn read_page<'t>(
    kind: &DocumentKind,
    text: &'t str,
    hash: u128,
    reader: &mut Reader,
    problems: &mut Vec<Problem>,
) -> Option<(Document, &'t str)> {
    let parts = split(text).map_err(|problem| problems.push(*problem)).ok()?;
    let (node, mut found) = matter(&parts);
    problems.append(&mut found);
    let matter = text.len() - parts.body.len();
    let matter = xxh3_128(text.as_bytes().get(..matter).unwrap_or_default());
    let origin = Origin { file: Arc::clone(reader.file()), body_start: parts.body_start, hash, matter, outline: None };
    if !is_sound_stem(kind, reader) {
        return None;
    }
    let document = match kind {
        DocumentKind::Analysis(stem) => {
            let analysis = decode::<AnalysisMatter>(&node, problems)?.read(stem, origin, reader)?;
            Document::Analysis(Arc::new(analysis))
        }
        DocumentKind::Company(id) => {
            let company = decode::<CompanyMatter>(&node, problems)?.read(id.clone(), origin, reader);
            Document::Company(Box::new(company))
        }
        DocumentKind::Person(id) => {
            let person = decode::<PersonMatter>(&node, problems)?.read(id.clone(), origin, reader);
            Document::Person(Box::new(person))
        }
        DocumentKind::Page(stem) => {
            let page = decode::<PageMatter>(&node, problems)?.read(stem, origin, reader);
            Document::Page(Box::new(page))
        }
        DocumentKind::Sources | DocumentKind::Metrics | DocumentKind::Events => return None,
    };
    Some((document, parts.body))
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
    pub analyses: Vec<Arc<Analysis>>,
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
    /// What forecasts said when they were put on record.
    pub ledger: Ledger,
    /// Files that are published as they are.
    pub assets: Vec<Arc<str>>,
    /// Files that documents which are left out name as their own.
    held_back: BTreeSet<String>,
    /// The ids of sources that analyses which are left out cite.
    pub awaited_sources: BTreeSet<String>,
    /// The names of the companies and people above, which outlines were read with.
    pub spoken: Spoken,
}

impl Corpus {
    /// Learns the names of its companies and people, once all of those are read.
    pub fn learn_names(&mut self) -> Diagnostics {
        self.companies.sort_by(|a, b| a.id.cmp(&b.id));
        self.people.sort_by(|a, b| a.id.cmp(&b.id));
        match Spoken::of(&self.companies, &self.people) {
            Ok(spoken) => self.spoken = spoken,
            Err(error) => return Diagnostics::from_iter([too_many_names(&error)]),
        }
        Diagnostics::new()
    }

    /// Adds a file's document, unless it is a draft, embargoed or expired; what is left out is not criticised either.
    pub fn add(&mut self, document: Document, found: Diagnostics, now: jiff::Timestamp, drafts: bool) -> Diagnostics {
        match document {
            Document::Analysis(analysis) if !drafts && analysis.is_left_out(now) => {
                self.held_back.extend(files_named(&analysis.origin, analysis.image.as_ref()));
                self.awaited_sources.extend(sources_named(&analysis));
                self.left_out.push((analysis.slug.value.clone(), Arc::clone(&analysis.origin.file)));
                return Diagnostics::new();
            }
            Document::Page(page) if !drafts && page.draft => {
                self.held_back.extend(files_named(&page.origin, None));
                self.left_out.push((page.slug.value, page.origin.file));
                return Diagnostics::new();
            }
            Document::Analysis(analysis) => self.analyses.push(analysis),
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

impl Corpus {
    /// Drops the files of documents that are left out, so that no picture of them leaks.
    ///
    /// Those are what stands in the folder of such a document, and what only such documents name.
    pub fn drop_assets_left_out(&mut self) {
        if self.left_out.is_empty() {
            return;
        }
        for analysis in &self.analyses {
            for file in files_named(&analysis.origin, analysis.image.as_ref()) {
                self.held_back.remove(&file);
            }
        }
        for file in self.pages.iter().flat_map(|page| files_named(&page.origin, None)) {
            self.held_back.remove(&file);
        }
        let own_folder = |file: &'_ Arc<str>| Some(file.strip_suffix("/index.md")?.to_owned());
        let folders: BTreeSet<String> = self.left_out.iter().filter_map(|(_, file)| own_folder(file)).collect();
        let in_folder = |asset: &str| {
            let ends = asset.match_indices('/').map(|(end, _)| end);
            ends.map(|end| &asset[..end]).any(|folder| folder.matches('/').count() > 1 && folders.contains(folder))
        };
        let held_back = std::mem::take(&mut self.held_back);
        self.assets.retain(|asset| !held_back.contains(&**asset) && !in_folder(asset));
    }
}

/// Lists the sources that an analysis cites.
fn sources_named(analysis: &Analysis) -> impl Iterator<Item = String> {
    let cited = analysis.claims.iter().flat_map(|claim| &claim.sources);
    let settled = analysis.predictions.iter().filter_map(|one| one.resolution.as_ref()?.source.as_ref());
    cited.chain(settled).map(|source| source.value.clone())
}

/// Lists the files that a document names: its picture, and what its prose shows or links to.
fn files_named(origin: &Origin, image: Option<&Spanned<String>>) -> Vec<String> {
    let references = origin.outline.iter().flat_map(|outline| &outline.references);
    let files = references.filter(|one| matches!(one.kind, ReferenceKind::Image | ReferenceKind::Link));
    let paths = files.map(|one| &*one.target).chain(image.map(|image| image.value.as_str()));
    paths.filter_map(|path| join(&origin.file, path)).collect()
}

/// Joins a relative path to the folder of a file; none where it leaves content/.
pub fn join(file: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().filter(|_| !parts.is_empty())?),
            _ => parts.push(part),
        }
    }
    let inside = parts.first() == Some(&"content") && !path.contains(['\\', '\0']);
    inside.then(|| parts.join("/"))
}

impl Analysis {
    /// Tells whether a build at that moment leaves it out.
    pub fn is_left_out(&self, now: jiff::Timestamp) -> bool {
        self.draft || self.publish_at.is_some_and(|at| at > now) || self.expires.is_some_and(|end| end <= now)
    }
}

/// Reports that names cannot be found in prose.
pub fn too_many_names(error: &str) -> Diagnostic {
    Diagnostic::error("too-many-names", format!("the names are too many to be found in prose: {error}"))
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
    fn a_path_is_joined_to_its_files_folder_and_never_leaves_content() {
        let from = "content/analyses/2025/a.md";
        assert_eq!(join(from, "b.md").as_deref(), Some("content/analyses/2025/b.md"));
        assert_eq!(join(from, "../c/./index.md").as_deref(), Some("content/analyses/c/index.md"));
        assert_eq!(join(from, "../../pages/about.md").as_deref(), Some("content/pages/about.md"));
        assert_eq!(join(from, "../../../site.toml"), None);
        assert_eq!(join(from, "../../../../../../etc/passwd"), None);
    }

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
