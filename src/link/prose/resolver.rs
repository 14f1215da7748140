//! What a link in prose leads to, and what is wrong where it leads nowhere.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{DocId, DocProse, Link, LinkedComponent, LinkedProse, LinkedShort, Names, Target};
use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::ids::ClaimId;
use crate::link::Briefing;
use crate::link::figures::check_borrowed;
use crate::model::{Origin, join};
use crate::prose::{ComponentCall, Heading, Literal, Outline, Reference, ReferenceKind, short_references};
use crate::text::{Place, Span};

/// Everything that a link may lead to.
pub(super) struct Resolver<'a> {
    briefing: &'a Briefing,
    names: &'a Names,
    files: FxHashMap<&'a str, DocId>,
    assets: FxHashSet<&'a str>,
    headings: Vec<&'a [Heading]>,
    /// The ids of a document's headings, once a link leads to one.
    parts: Vec<OnceLock<FxHashSet<&'a str>>>,
}

impl<'a> Resolver<'a> {
    /// Gathers what there is to lead to: `headings` are those of each document.
    pub(super) fn new(briefing: &'a Briefing, names: &'a Names, docs: &[DocId], headings: Vec<&'a [Heading]>) -> Self {
        let files = docs.iter().filter_map(|doc| Some((&*briefing.origin(*doc)?.file, *doc))).collect();
        let assets = briefing.assets.iter().map(|asset| &**asset).collect();
        let parts = headings.iter().map(|_| OnceLock::new()).collect();
        Self { briefing, names, files, assets, headings, parts }
    }

    /// Links a document's prose, of which the problems are known that it has by itself.
    pub(super) fn link(&self, doc: DocId, outline: &Outline, problems: &Diagnostics) -> DocProse {
        let (prose, unresolved) = self.resolve(doc, outline);
        let mut found = problems.clone();
        found.append(unresolved);
        if let DocId::Analysis(id) = doc {
            check_borrowed(self.briefing, id, &prose, &mut found);
        }
        DocProse { prose, found }
    }

    /// The ids of a document's headings.
    fn parts(&self, doc: DocId) -> &FxHashSet<&'a str> {
        let at = self.briefing.doc_index(doc);
        self.parts[at].get_or_init(|| self.headings[at].iter().map(|heading| &*heading.id).collect())
    }

    /// Resolves what a document's prose and its short texts name.
    fn resolve(&self, doc: DocId, outline: &Outline) -> (LinkedProse, Diagnostics) {
        let mut diagnostics = Diagnostics::new();
        let headings = outline.headings.clone();
        let mut prose = LinkedProse { headings, words: outline.words, ..LinkedProse::default() };
        let Some(origin) = self.briefing.origin(doc) else { return (prose, diagnostics) };
        let here = Here { doc, origin, short: None };
        prose.links = self.links(&here, &outline.references, &mut prose.site_links, &mut diagnostics);
        if let DocId::Analysis(id) = doc {
            for short in self.briefing.analysis(id).shorts() {
                let references = short_references(&short.value);
                if references.is_empty() {
                    continue;
                }
                let here = Here { doc, origin, short: Some(short.span) };
                let links = self.links(&here, &references, &mut prose.site_links, &mut diagnostics);
                prose.shorts.push(LinkedShort { span: short.span, links });
            }
        }
        let mentioned =
            outline.mentions.iter().map(|mention| (mention.span, DocId::from(self.names.spoken.meaning(mention.name))));
        prose.mentions = mentioned.filter(|(_, named)| *named != doc).collect();
        for call in &outline.components {
            prose.components.push(self.component(&here, call, &mut diagnostics));
        }
        (prose, diagnostics)
    }

    /// Finds what references lead to; paths on the site are noted, and what leads nowhere is reported.
    fn links(
        &self,
        here: &Here<'_>,
        references: &[Reference],
        site_links: &mut Vec<(Span, Box<str>)>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Link> {
        let mut links = Vec::with_capacity(references.len());
        for reference in references.iter().filter(|reference| reference.kind != ReferenceKind::External) {
            match self.target(here, reference) {
                Ok(target) => {
                    if let Target::Site(path) = &target {
                        site_links.push((here.span(reference.target_span), path.clone()));
                    }
                    links.push(Link { span: reference.span, target, empty: reference.empty });
                }
                Err(Some(diagnostic)) => diagnostics.push(diagnostic),
                Err(None) => {}
            }
        }
        links
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
            (Some((slug, id)), _) => match self.names.directory.analysis(slug) {
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
        let directory = &self.names.directory;
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
        let directory = &self.names.directory;
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
            let parts = self.parts(doc);
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
        if self.names.directory.is_left_out(name) {
            return Diagnostic::error("dangling-link", format!("this build leaves `{name}` out"))
                .at(place)
                .help("it is a draft, embargoed or expired: link to it once it is published");
        }
        let error = Diagnostic::error("dangling-link", format!("nothing is called `{name}`")).at(place);
        match self.names.directory.nearest(name) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => {
                error.help("write the id or an alias of a company or a person, or the slug of an analysis or a page")
            }
        }
    }

    fn missing_file(&self, here: &Here<'_>, reference: &Reference, file: &str) -> Diagnostic {
        let place = here.place(reference.target_span);
        if self.names.directory.is_left_out_file(file) {
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
            let found = self.names.directory.company_named(name);
            if found.is_none() {
                let error = Diagnostic::error("unknown-company", format!("there is no company `{name}`"));
                diagnostics.push(error.at(here.place(call.span)).nearest(name, self.names.directory.nearest(name)));
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
    /// The value in the front matter that the links are in, where they are not in the body.
    short: Option<Span>,
}

impl Here<'_> {
    /// Names a span of the body in the file; inside a value, whose escapes hide where its words are, all of it.
    fn span(&self, span: Span) -> Span {
        self.short.unwrap_or_else(|| span.shifted(self.origin.body_start))
    }

    fn place(&self, span: Span) -> Place {
        self.origin.place(self.span(span))
    }
}

/// Cuts `#part` off a target.
fn cut_part(target: &str) -> (&str, Option<&str>) {
    match target.split_once('#') {
        Some((path, part)) => (path, Some(part).filter(|part| !part.is_empty())),
        None => (target, None),
    }
}
