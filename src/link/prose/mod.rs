//! Links in prose: by path, by `[[name]]`, by `claim:`, by a name in passing, and back.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::resolve::Directory;
use super::{Briefing, Texts, figures};
use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::ids::{AnalysisId, ClaimId, CompanyId, MetricId, PageId, PersonId};
use crate::model::{Named, Origin, Spoken, join, too_many_names};
use crate::prose::{Ambiguity, ComponentCall, Heading, Literal, Outline, ProseProblem, Reference, ReferenceKind};
use crate::text::{Place, Span};

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
    /// Paths on the site that links lead to, for the check that they exist.
    pub site_links: Vec<(Span, Box<str>)>,
    /// How many words it has.
    pub words: u32,
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

/// Resolves what every body links to, and turns the links around.
///
/// Outlines were read with the names that files declare; where a front matter brought further ones, every body is
/// read again, so that these are found in it too.
pub(super) fn link(
    briefing: &Briefing,
    directory: &Directory,
    read: Vec<Option<Box<Outline>>>,
    spoken: Spoken,
    texts: &dyn Texts,
) -> Linked {
    let mut diagnostics = Diagnostics::new();
    let docs: Vec<DocId> = briefing.docs().collect();
    let complete = spoken.covers(briefing.companies.len(), briefing.people.len());
    let spoken = if complete { spoken } else { learn(briefing, &mut diagnostics) };
    for ambiguity in spoken.ambiguities() {
        diagnostics.push(ambiguous(briefing, &ambiguity, &spoken));
    }
    let (outlines, found): (Vec<Outline>, Vec<Diagnostics>) = docs
        .par_iter()
        .zip(read)
        .map(|(doc, read)| match read.filter(|_| complete) {
            Some(outline) => placed(briefing, *doc, *outline),
            None => read_outline(briefing, *doc, &spoken, texts),
        })
        .unzip();
    found.into_iter().for_each(|found| diagnostics.append(found));

    let resolver = Resolver::new(briefing, directory, &docs, &outlines, &spoken);
    let (prose, found): (Vec<LinkedProse>, Vec<Diagnostics>) =
        docs.par_iter().zip(&outlines).map(|(doc, outline)| resolver.resolve(*doc, outline)).unzip();
    found.into_iter().for_each(|found| diagnostics.append(found));
    figures::check_borrowed(briefing, &prose, &mut diagnostics);

    let backlinks = backlinks(briefing, &docs, &prose);
    Linked { prose, backlinks, diagnostics }
}

/// What linking learned of all prose, each list in the order of the documents.
pub(super) struct Linked {
    pub(super) prose: Vec<LinkedProse>,
    pub(super) backlinks: Vec<Vec<DocId>>,
    pub(super) diagnostics: Diagnostics,
}

/// Takes the outlines that were read together with front matter, in the order of the documents.
pub(super) fn take_outlines(briefing: &mut Briefing) -> Vec<Option<Box<Outline>>> {
    let docs: Vec<DocId> = briefing.docs().collect();
    docs.into_iter().map(|doc| take_outline(briefing, doc)).collect()
}

fn learn(briefing: &Briefing, diagnostics: &mut Diagnostics) -> Spoken {
    Spoken::of(&briefing.companies, &briefing.people).unwrap_or_else(|error| {
        diagnostics.push(too_many_names(&error));
        Spoken::default()
    })
}

fn take_outline(briefing: &mut Briefing, doc: DocId) -> Option<Box<Outline>> {
    match doc {
        DocId::Analysis(id) => briefing.analyses[id.index()].origin.outline.take(),
        DocId::Page(id) => briefing.pages[id.index()].origin.outline.take(),
        DocId::Company(_) | DocId::Person(_) => None,
    }
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

fn read_outline(briefing: &Briefing, doc: DocId, spoken: &Spoken, texts: &dyn Texts) -> (Outline, Diagnostics) {
    let Some(origin) = briefing.origin(doc) else { return (Outline::default(), Diagnostics::new()) };
    let text = match texts.text(origin) {
        Ok(text) => text,
        Err(diagnostic) => return (Outline::default(), Diagnostics::from_iter([diagnostic])),
    };
    let body = text.get(origin.body_start as usize..).unwrap_or_default();
    let (day, context) = match doc {
        DocId::Analysis(id) => (briefing.analysis(id).day, briefing.analysis(id).title.as_str()),
        DocId::Page(id) => (briefing.config.now.day, briefing.page(id).title.as_str()),
        DocId::Company(_) | DocId::Person(_) => (briefing.config.now.day, ""),
    };
    placed(briefing, doc, spoken.outline(body, day, context, briefing.config.trusted))
}

/// Takes the problems out of an outline and gives them their place in the document.
fn placed(briefing: &Briefing, doc: DocId, mut outline: Outline) -> (Outline, Diagnostics) {
    let problems = std::mem::take(&mut outline.problems);
    let Some(origin) = briefing.origin(doc) else { return (outline, Diagnostics::new()) };
    let place = |problem: ProseProblem| problem.diagnostic(&origin.file, origin.body_start);
    (outline, problems.into_iter().map(place).collect())
}

impl From<Named> for DocId {
    fn from(named: Named) -> Self {
        match named {
            Named::Company(id) => Self::Company(id),
            Named::Person(id) => Self::Person(id),
        }
    }
}

/// Everything that a link may lead to.
struct Resolver<'a> {
    briefing: &'a Briefing,
    directory: &'a Directory,
    files: FxHashMap<&'a str, DocId>,
    assets: FxHashSet<&'a str>,
    parts: Vec<FxHashSet<&'a str>>,
    spoken: &'a Spoken,
}

impl<'a> Resolver<'a> {
    fn new(
        briefing: &'a Briefing,
        directory: &'a Directory,
        docs: &[DocId],
        outlines: &'a [Outline],
        spoken: &'a Spoken,
    ) -> Self {
        let files = docs.iter().filter_map(|doc| Some((&*briefing.origin(*doc)?.file, *doc))).collect();
        let part_ids = |outline: &'a Outline| outline.headings.iter().map(|heading| &*heading.id).collect();
        Self {
            briefing,
            directory,
            files,
            assets: briefing.assets.iter().map(|asset| &**asset).collect(),
            parts: outlines.iter().map(part_ids).collect(),
            spoken,
        }
    }

    fn resolve(&self, doc: DocId, outline: &Outline) -> (LinkedProse, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let headings = outline.headings.clone();
        let mut prose = LinkedProse { headings, words: outline.words, ..LinkedProse::default() };
        let Some(origin) = self.briefing.origin(doc) else { return (prose, diagnostics) };
        let here = Here { doc, origin };
        for reference in &outline.references {
            if reference.kind == ReferenceKind::External {
                continue;
            }
            match self.target(&here, reference) {
                Ok(target) => {
                    if let Target::Site(path) = &target {
                        prose.site_links.push((reference.target_span.shifted(origin.body_start), path.clone()));
                    }
                    prose.links.push(Link { span: reference.span, target, empty: reference.empty });
                }
                Err(Some(diagnostic)) => diagnostics.push(diagnostic),
                Err(None) => {}
            }
        }
        let mentioned =
            outline.mentions.iter().map(|mention| (mention.span, DocId::from(self.spoken.meaning(mention.name))));
        prose.mentions = mentioned.filter(|(_, named)| *named != doc).collect();
        for call in &outline.components {
            prose.components.push(self.component(&here, call, &mut diagnostics));
        }
        (prose, diagnostics)
    }

    /// Finds what a reference leads to; the error is empty where another diagnostic already tells.
    fn target(&self, here: &Here<'_>, reference: &Reference) -> Result<Target, Option<Diagnostic>> {
        match reference.kind {
            ReferenceKind::Claim => self.claim(here, reference),
            ReferenceKind::Wiki => self.named(here, reference),
            ReferenceKind::Link | ReferenceKind::Image | ReferenceKind::External => self.path(here, reference),
        }
    }

    fn claim(&self, here: &Here<'_>, reference: &Reference) -> Result<Target, Option<Diagnostic>> {
        let (owner, id) = match (reference.target.rsplit_once('/'), here.doc) {
            (Some((slug, id)), _) => match self.directory.analysis(slug) {
                Some(owner) => (owner, id),
                None => return Err(Some(self.unknown_document(here, reference, slug))),
            },
            (None, DocId::Analysis(own)) => (own, &*reference.target),
            (None, _) => {
                let error = Diagnostic::error("unknown-claim", "only an analysis has claims of its own");
                let help = "write `claim:analysis-slug/id`";
                return Err(Some(error.at(here.place(reference.target_span)).help(help)));
            }
        };
        let briefing = self.briefing;
        let claims = briefing.claims.part(owner.index());
        if let Some(found) = claims.iter().position(|claim| claim.id == id) {
            return Ok(Target::Claim(ClaimId::at(briefing.claims.range(owner.index()).start + found)));
        }
        if briefing.analysis(owner).broken {
            return Err(None);
        }
        let error = Diagnostic::error("unknown-claim", format!("there is no claim `{}`", reference.target));
        let known = claims.iter().map(|claim| claim.id.as_str());
        let help = match nearest(id, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write the id of a claim of this analysis, or `claim:analysis-slug/id`".to_owned(),
        };
        Err(Some(error.at(here.place(reference.target_span)).help(help)))
    }

    /// Resolves `[[name]]`: a company or a person by id or alias, an analysis or a page by slug.
    fn named(&self, here: &Here<'_>, reference: &Reference) -> Result<Target, Option<Diagnostic>> {
        let (name, part) = cut_part(&reference.target);
        let directory = self.directory;
        let found = directory
            .company_named(name)
            .map(DocId::Company)
            .or_else(|| directory.analysis(name).map(DocId::Analysis))
            .or_else(|| directory.person_named(name).map(DocId::Person))
            .or_else(|| directory.page(name).map(DocId::Page));
        match (found, directory.several(name)) {
            (Some(doc), _) => self.part_of(here, reference, doc, part),
            (None, Some([a, b])) => {
                let error = Diagnostic::error("ambiguous-name", format!("`{name}` could be `{a}` or `{b}`"));
                Err(Some(error.at(here.place(reference.target_span)).help("write the id that is meant")))
            }
            (None, None) => Err(Some(self.unknown_document(here, reference, name))),
        }
    }

    fn path(&self, here: &Here<'_>, reference: &Reference) -> Result<Target, Option<Diagnostic>> {
        let (path, part) = cut_part(&reference.target);
        if path.is_empty() {
            return match part {
                Some(part) => self.part_of(here, reference, here.doc, Some(part)),
                None => Ok(Target::Part(Box::from(""))),
            };
        }
        if path.starts_with('/') {
            return match self.document_at(path) {
                Some(doc) => self.part_of(here, reference, doc, part),
                None => Ok(Target::Site(reference.target.clone())),
            };
        }
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let Some(file) = join(&here.origin.file, &decoded) else {
            let error = Diagnostic::error("unsafe-path", format!("`{path}` leads out of the site"));
            return Err(Some(error.at(here.place(reference.target_span)).help("link to a file below content/")));
        };
        if let Some(doc) = self.files.get(file.as_str()) {
            return self.part_of(here, reference, *doc, part);
        }
        if let Some(asset) = self.assets.get(file.as_str()) {
            return Ok(Target::Asset(Arc::from(*asset)));
        }
        Err(Some(self.missing_file(here, reference, &file)))
    }

    /// Finds the document whose page is at a path on the site.
    fn document_at(&self, path: &str) -> Option<DocId> {
        let path = path.strip_prefix('/')?.strip_suffix('/')?;
        let directory = self.directory;
        let (folder, rest) = path.split_once('/').unwrap_or(("", path));
        let briefing = self.briefing;
        match folder {
            "analyses" => {
                directory.analysis(rest).filter(|id| briefing.analysis(*id).slug.value == rest).map(DocId::Analysis)
            }
            "companies" => {
                directory.company_named(rest).filter(|id| briefing.company(*id).id == rest).map(DocId::Company)
            }
            "people" => directory.person_named(rest).filter(|id| briefing.person(*id).id == rest).map(DocId::Person),
            _ => directory.page(path).filter(|id| briefing.page(*id).slug.value == path).map(DocId::Page),
        }
    }

    /// Holds a link to a part to the headings of the document.
    fn part_of(
        &self,
        here: &Here<'_>,
        reference: &Reference,
        doc: DocId,
        part: Option<&str>,
    ) -> Result<Target, Option<Diagnostic>> {
        if let Some(part) = part {
            let decoded = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
            let parts = &self.parts[self.briefing.doc_index(doc)];
            if !self.has_own_part(doc, &decoded) && !parts.contains(&*decoded) {
                let error = Diagnostic::error("unknown-part", format!("that document has no part `#{decoded}`"));
                let mut known: Vec<&str> = parts.iter().copied().collect();
                known.sort_unstable();
                let help = match (nearest(&decoded, known.iter().copied()), known.is_empty()) {
                    (Some(near), _) => format!("did you mean `#{near}`?"),
                    (None, true) => "it has no headings".to_owned(),
                    (None, false) => format!("it has `#{}`", known[..known.len().min(8)].join("`, `#")),
                };
                return Err(Some(error.at(here.place(reference.target_span)).help(help)));
            }
            if doc == here.doc {
                return Ok(Target::Part(decoded.into()));
            }
            return Ok(Target::Document(doc, Some(decoded.into())));
        }
        Ok(Target::Document(doc, None))
    }

    /// Tells whether a document's page has a part besides its headings: a section, a claim, a forecast, a source.
    fn has_own_part(&self, doc: DocId, part: &str) -> bool {
        let briefing = self.briefing;
        let DocId::Analysis(id) = doc else { return matches!(doc, DocId::Company(_)) && part == "timeline" };
        let links = &briefing.analysis_links[id.index()];
        match part.split_once(':') {
            Some(("claim", claim)) => briefing.claims.part(id.index()).iter().any(|own| own.id == claim),
            Some(("forecast", one)) => briefing.predictions.part(id.index()).iter().any(|own| own.id == one),
            Some(("source", id)) => links.sources.iter().any(|source| briefing.source(*source).id.value == id),
            Some(_) => false,
            None => {
                let analysis = briefing.analysis(id);
                match part {
                    "claims" | "sources" => true,
                    "forecasts" => !links.predictions.is_empty(),
                    "signals" => !analysis.signals.is_empty(),
                    "actions" => !analysis.actions.is_empty(),
                    "corrections" => !analysis.corrections.is_empty(),
                    "take" => analysis.take.is_some(),
                    "takeaways" => !analysis.takeaways.is_empty(),
                    "why-it-matters" => analysis.why_it_matters.is_some(),
                    "related" => !links.related.is_empty(),
                    _ => false,
                }
            }
        }
    }

    fn unknown_document(&self, here: &Here<'_>, reference: &Reference, name: &str) -> Diagnostic {
        let place = here.place(reference.target_span);
        if self.directory.is_left_out(name) {
            return Diagnostic::error("dangling-link", format!("this build leaves `{name}` out"))
                .at(place)
                .help("it is a draft, embargoed or expired: link to it once it is published");
        }
        let error = Diagnostic::error("dangling-link", format!("nothing is called `{name}`")).at(place);
        match self.directory.nearest(name) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => {
                error.help("write the id or an alias of a company or a person, or the slug of an analysis or a page")
            }
        }
    }

    fn missing_file(&self, here: &Here<'_>, reference: &Reference, file: &str) -> Diagnostic {
        let place = here.place(reference.target_span);
        if self.directory.is_left_out_file(file) {
            return Diagnostic::error("dangling-link", format!("this build leaves `{file}` out"))
                .at(place)
                .help("it is a draft, embargoed or expired: link to it once it is published");
        }
        let known = self.files.keys().chain(self.assets.iter()).copied();
        let error = Diagnostic::error("dangling-link", format!("there is no file `{file}`")).at(place);
        match nearest(file, known) {
            Some(near) => error.help(format!("did you mean `{near}`? A path is relative to the file that it is in")),
            None => error.help("a path is relative to the file that it is in"),
        }
    }

    /// Resolves the company and the metric that a component's arguments name.
    fn component(&self, here: &Here<'_>, call: &ComponentCall, diagnostics: &mut Diagnostics) -> LinkedComponent {
        let text = |wanted: &str| {
            call.args.iter().find_map(|(name, value)| match value {
                Literal::Text(text) if &**name == wanted => Some(&**text),
                _ => None,
            })
        };
        let company = text("company").and_then(|name| {
            let found = self.directory.company_named(name);
            if found.is_none() {
                let error = Diagnostic::error("unknown-company", format!("there is no company `{name}`"));
                diagnostics.push(error.at(here.place(call.span)).nearest(name, self.directory.nearest(name)));
            }
            found
        });
        let metric = text("metric").and_then(|name| {
            let found = self.briefing.metric_named(name);
            if found.is_none() {
                let error = Diagnostic::error("unknown-metric", format!("there is no metric `{name}`"));
                let ids = self.briefing.metrics.iter().map(|metric| metric.id.as_str());
                diagnostics.push(error.at(here.place(call.span)).nearest(name, ids));
            }
            found
        });
        LinkedComponent { span: call.span, company, metric }
    }
}

/// The document whose links are resolved.
struct Here<'a> {
    doc: DocId,
    origin: &'a Origin,
}

impl Here<'_> {
    /// Names a span of the body.
    fn place(&self, span: Span) -> Place {
        self.origin.place(span.shifted(self.origin.body_start))
    }
}

/// Cuts `#part` off a target.
fn cut_part(target: &str) -> (&str, Option<&str>) {
    match target.split_once('#') {
        Some((path, part)) => (path, Some(part).filter(|part| !part.is_empty())),
        None => (target, None),
    }
}

/// Turns links, mentions and pinned relations around: for each document, which others lead to it.
fn backlinks(briefing: &Briefing, docs: &[DocId], prose: &[LinkedProse]) -> Vec<Vec<DocId>> {
    let mut back: Vec<Vec<DocId>> = vec![Vec::new(); docs.len()];
    for (from, prose) in docs.iter().zip(prose) {
        let linked = prose.links.iter().filter_map(|link| match &link.target {
            Target::Document(doc, _) => Some(*doc),
            Target::Claim(claim) => Some(DocId::Analysis(briefing.claim_links[claim.index()].analysis)),
            Target::Asset(_) | Target::Site(_) | Target::Part(_) => None,
        });
        let related = match from {
            DocId::Analysis(id) => relations(briefing, *id),
            _ => Vec::new(),
        };
        let pinned = related.into_iter().map(DocId::Analysis);
        let mentioned = prose.mentions.iter().map(|(_, doc)| *doc);
        for to in linked.chain(mentioned).chain(pinned).filter(|to| to != from) {
            back[briefing.doc_index(to)].push(*from);
        }
    }
    back.par_iter_mut().for_each(|from| {
        from.sort_unstable_by(newest_first);
        from.dedup();
    });
    back
}

/// The analyses that the front matter of one leads to: pinned ones, and those whose claims or forecasts it names.
fn relations(briefing: &Briefing, id: AnalysisId) -> Vec<AnalysisId> {
    let links = &briefing.analysis_links[id.index()];
    let of_claim = |claim: &ClaimId| briefing.claim_links[claim.index()].analysis;
    let ties =
        briefing.claim_links[links.claims.clone()].iter().flat_map(|claim| &claim.ties).map(|(_, to)| of_claim(to));
    let predictions = &briefing.prediction_links[links.predictions.clone()];
    let evidence = predictions.iter().flat_map(|prediction| &prediction.evidence).map(of_claim);
    let of_prediction = |prediction: &crate::ids::PredictionId| briefing.prediction_links[prediction.index()].analysis;
    let signals = links.signals.iter().flat_map(|signal| &signal.bears_on).map(of_prediction);
    links.related.iter().copied().chain(ties).chain(evidence).chain(signals).collect()
}

/// Orders documents for a list of links: analyses with the newest first, then the rest.
pub(super) fn newest_first(a: &DocId, b: &DocId) -> std::cmp::Ordering {
    match (a, b) {
        (DocId::Analysis(a), DocId::Analysis(b)) => b.cmp(a),
        _ => a.cmp(b),
    }
}
