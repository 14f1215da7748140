//! Links in prose: by path, by `[[name]]`, by `claim:`, by a name in passing, and back.

mod backlinks;
mod resolver;

use std::sync::Arc;

use rayon::prelude::*;

use super::resolve::Directory;
use super::{Briefing, Texts};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ids::{AnalysisId, ClaimId, CompanyId, MetricId, PageId, PersonId};
use crate::model::{Named, Origin, Spoken, join, too_many_names};
use crate::prose::{Ambiguity, Heading, Outline, ProseProblem};
use crate::text::{Place, Span};

pub(super) use backlinks::{backlinks, newest_first, turn_around};
use resolver::Resolver;

/// A document that has prose and a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocId {
    /// An analysis.
    Analysis(AnalysisId),
    /// A company.
    Company(CompanyId),
    /// A person.
    Person(PersonId),
    /// A plain page.
    Page(PageId),
}

/// What a link in prose leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A document, or a part of it by its id.
    Document(DocId, Option<Box<str>>),
    /// A claim, in its own analysis's page.
    Claim(ClaimId),
    /// A file that is published as it is, by its path below content/.
    Asset(Arc<str>),
    /// A path on the site, which must be one of its pages or files.
    Site(Box<str>),
    /// A part of the same page.
    Part(Box<str>),
}

/// A link in prose with what it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The bytes of the link in the body.
    pub span: Span,
    /// What it leads to.
    pub target: Target,
    /// Whether it has no words of its own, so that the target's are shown.
    pub empty: bool,
}

/// A component called in prose with the things that its arguments name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LinkedComponent {
    /// The bytes of the call in the body.
    pub span: Span,
    /// The company whose record it is given.
    pub company: Option<CompanyId>,
    /// The metric whose values it is given.
    pub metric: Option<MetricId>,
}

/// What linking learns of one document's prose; the prose itself is not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkedProse {
    /// Its headings with their ids.
    pub headings: Vec<Heading>,
    /// Links in their order.
    pub links: Vec<Link>,
    /// Names in passing in their order.
    pub mentions: Vec<(Span, DocId)>,
    /// Components in their order.
    pub components: Vec<LinkedComponent>,
    /// The links of short texts in the front matter, such as the take; those without a link are left out.
    pub shorts: Vec<LinkedShort>,
    /// Paths on the site that links lead to, by their place in the file, for the check that they exist.
    pub site_links: Vec<(Span, Box<str>)>,
    /// How many words it has.
    pub words: u32,
}

/// The links of a short text in the front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkedShort {
    /// The bytes of the text in the file.
    pub span: Span,
    /// Its links, whose spans are in the text as [`crate::prose::inline`] sets it.
    pub links: Vec<Link>,
}

/// Words that a reader takes in a minute.
const WORDS_A_MINUTE: u32 = 230;

impl LinkedProse {
    /// How many minutes it takes to read, at least one.
    pub fn minutes(&self) -> u32 {
        self.words.div_ceil(WORDS_A_MINUTE).max(1)
    }

    /// The links of the short text at a place in the file.
    pub fn links_of_short(&self, span: Span) -> &[Link] {
        self.shorts.iter().find(|short| short.span == span).map_or(&[], |short| &short.links)
    }

    /// All links, of the body and of the short texts.
    pub fn all_links(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().chain(self.shorts.iter().flat_map(|short| &short.links))
    }
}

impl Briefing {
    /// The number of a document in the lists that run over all documents.
    pub fn doc_index(&self, doc: DocId) -> usize {
        let (analyses, companies, people) = (self.analyses.len(), self.companies.len(), self.people.len());
        match doc {
            DocId::Analysis(id) => id.index(),
            DocId::Company(id) => analyses + id.index(),
            DocId::Person(id) => analyses + companies + id.index(),
            DocId::Page(id) => analyses + companies + people + id.index(),
        }
    }

    /// All documents in the order of their numbers.
    pub fn docs(&self) -> impl Iterator<Item = DocId> {
        let analyses = (0..self.analyses.len()).map(|index| DocId::Analysis(AnalysisId::at(index)));
        let companies = (0..self.companies.len()).map(|index| DocId::Company(CompanyId::at(index)));
        let people = (0..self.people.len()).map(|index| DocId::Person(PersonId::at(index)));
        let pages = (0..self.pages.len()).map(|index| DocId::Page(PageId::at(index)));
        analyses.chain(companies).chain(people).chain(pages)
    }

    /// Where a document's text is; none for a company or a person without a file.
    pub fn origin(&self, doc: DocId) -> Option<&Origin> {
        match doc {
            DocId::Analysis(id) => Some(&self.analysis(id).origin),
            DocId::Company(id) => self.company(id).origin.as_ref(),
            DocId::Person(id) => self.person(id).origin.as_ref(),
            DocId::Page(id) => Some(&self.page(id).origin),
        }
    }

    /// What linking learned of a document's prose.
    pub fn prose_of(&self, doc: DocId) -> &LinkedProse {
        &self.prose[self.doc_index(doc)]
    }

    /// Which documents link to a document.
    pub fn backlinks_of(&self, doc: DocId) -> &[DocId] {
        &self.backlinks[self.doc_index(doc)]
    }
}

impl Briefing {
    /// Finds the file that a document names by a path relative to itself, such as its picture.
    pub fn beside(&self, origin: &Origin, path: &str) -> Option<&Arc<str>> {
        let file = join(&origin.file, path)?;
        let at = self.assets.binary_search_by(|asset| (**asset).cmp(&file)).ok()?;
        self.assets.get(at)
    }
}

/// Resolves what every body links to.
///
/// Outlines were read with the names that files declare; where a front matter brought further ones, every body is
/// read again, so that these are found in it too.
pub(super) fn link(
    briefing: &Briefing,
    directory: Directory,
    read: Vec<Option<Arc<Outline>>>,
    spoken: Spoken,
    texts: &dyn Texts,
) -> Linked {
    let mut found = Diagnostics::new();
    let docs: Vec<DocId> = briefing.docs().collect();
    let complete = spoken.covers(briefing.companies.len(), briefing.people.len());
    let spoken = if complete { spoken } else { learn(briefing, &mut found) };
    for ambiguity in spoken.ambiguities() {
        found.push(ambiguous(briefing, &ambiguity, &spoken));
    }
    let names = Names { directory, spoken, complete };
    let outlines: Vec<(Arc<Outline>, Diagnostics)> = docs
        .par_iter()
        .zip(read)
        .map(|(doc, read)| match read.filter(|_| complete) {
            Some(outline) => with_problems(briefing, *doc, outline),
            None => read_outline(briefing, *doc, &names.spoken, texts),
        })
        .collect();
    let headings = outlines.iter().map(|(outline, _)| outline.headings.as_slice()).collect();
    let resolver = Resolver::new(briefing, &names, &docs, headings);
    let prose = docs.par_iter().zip(&outlines).map(|(doc, (outline, problems))| resolver.link(*doc, outline, problems));
    Linked { prose: prose.collect(), found, names }
}

/// Resolves what some analyses link to, whose prose is another than before; none where they have other headings, which
/// other documents may link to, where their outlines were not read with all names, or where documents are left out, whose
/// files prose may hold back or set free.
pub(super) fn link_again(briefing: &Briefing, names: &Names, changed: &[AnalysisId]) -> Option<Vec<(DocId, DocProse)>> {
    if !names.complete || names.directory.leaves_out() {
        return None;
    }
    let docs: Vec<DocId> = briefing.docs().collect();
    let headings = briefing.prose.iter().map(|prose| prose.headings.as_slice()).collect();
    let resolver = Resolver::new(briefing, names, &docs, headings);
    let link = |id: &AnalysisId| {
        let doc = DocId::Analysis(*id);
        let outline = briefing.analysis(*id).origin.outline.clone()?;
        let (outline, problems) = with_problems(briefing, doc, outline);
        let ids = |headings: &[Heading]| -> Vec<Box<str>> { headings.iter().map(|one| one.id.clone()).collect() };
        let are_same = ids(&outline.headings) == ids(&briefing.prose_of(doc).headings);
        are_same.then(|| (doc, resolver.link(doc, &outline, &problems)))
    };
    changed.iter().map(link).collect()
}

/// The names that prose and front matter may use.
#[derive(Debug)]
pub(super) struct Names {
    directory: Directory,
    spoken: Spoken,
    /// Whether the outlines that come with documents were read with all of them.
    complete: bool,
}

/// What linking learned of all prose.
pub(super) struct Linked {
    /// That of each document, in the order of the documents.
    pub(super) prose: Vec<DocProse>,
    /// What is wrong with names.
    pub(super) found: Diagnostics,
    pub(super) names: Names,
}

/// What linking learned of the prose of one document.
pub(super) struct DocProse {
    pub(super) prose: LinkedProse,
    /// What is wrong with it.
    pub(super) found: Diagnostics,
}

/// Takes the outlines that were read already, in the order of the documents.
///
/// Those of companies and people are there only where somebody kept them, for they wait until all names are known.
pub(super) fn take_outlines(briefing: &mut Briefing) -> Vec<Option<Arc<Outline>>> {
    let docs: Vec<DocId> = briefing.docs().collect();
    docs.into_iter().map(|doc| take_outline(briefing, doc)).collect()
}

/// Takes an outline out of its document, or shares it where others have the document as well.
fn take_outline(briefing: &mut Briefing, doc: DocId) -> Option<Arc<Outline>> {
    match doc {
        DocId::Analysis(id) => match Arc::get_mut(&mut briefing.analyses[id.index()]) {
            Some(own) => own.origin.outline.take(),
            None => briefing.analysis(id).origin.outline.clone(),
        },
        DocId::Page(id) => briefing.facts_mut().pages[id.index()].origin.outline.take(),
        DocId::Company(id) => briefing.facts_mut().companies[id.index()].origin.as_mut()?.outline.take(),
        DocId::Person(id) => briefing.facts_mut().people[id.index()].origin.as_mut()?.outline.take(),
    }
}

fn learn(briefing: &Briefing, diagnostics: &mut Diagnostics) -> Spoken {
    Spoken::of(&briefing.companies, &briefing.people).unwrap_or_else(|error| {
        diagnostics.push(too_many_names(&error));
        Spoken::default()
    })
}

fn ambiguous(briefing: &Briefing, ambiguity: &Ambiguity, spoken: &Spoken) -> Diagnostic {
    let mut docs = ambiguity.names.iter().map(|name| DocId::from(spoken.meaning(*name)));
    let (a, b) = (docs.next(), docs.next());
    let message = format!("`{}` names more than one thing, so that prose links it to none", ambiguity.text);
    let place = |doc: Option<DocId>| briefing.origin(doc?).map(|origin| Place::file(&origin.file));
    let warning = Diagnostic { place: place(b), ..Diagnostic::warning("ambiguous-alias", message) };
    let warning = match place(a) {
        Some(other) => warning.label(other, "the other is here"),
        None => warning,
    };
    warning.help("give one of them another name, or the alias a `requires`, a `from` or a `to`")
}

fn read_outline(briefing: &Briefing, doc: DocId, spoken: &Spoken, texts: &dyn Texts) -> (Arc<Outline>, Diagnostics) {
    let Some(origin) = briefing.origin(doc) else { return Default::default() };
    let text = match texts.text(origin) {
        Ok(text) => text,
        Err(diagnostic) => return (Arc::default(), Diagnostics::from_iter([diagnostic])),
    };
    let body = text.get(origin.body_start as usize..).unwrap_or_default();
    let (day, context) = match doc {
        DocId::Analysis(id) => (briefing.analysis(id).day, briefing.analysis(id).title.as_str()),
        DocId::Page(id) => (briefing.config.now.day, briefing.page(id).title.as_str()),
        DocId::Company(_) | DocId::Person(_) => (briefing.config.now.day, ""),
    };
    with_problems(briefing, doc, Arc::new(spoken.outline(body, day, context, briefing.config.trusted)))
}

/// Gives the problems of an outline their place in the document.
fn with_problems(briefing: &Briefing, doc: DocId, outline: Arc<Outline>) -> (Arc<Outline>, Diagnostics) {
    let Some(origin) = briefing.origin(doc) else { return (outline, Diagnostics::new()) };
    let place = |problem: ProseProblem| problem.diagnostic(&origin.file, origin.body_start);
    let problems = outline.problems.iter().cloned().map(place).collect();
    (outline, problems)
}

impl From<Named> for DocId {
    fn from(named: Named) -> Self {
        match named {
            Named::Company(id) => Self::Company(id),
            Named::Person(id) => Self::Person(id),
        }
    }
}
