//! The author's bar: what is known of the page in view, and is not for readers.

use std::sync::Arc;

use serde::Serialize;

use super::editor::Editor;
use super::problems::{Problem, problems, text_of};
use super::state::{Shown, State};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::ids::{AnalysisId, ClaimId};
use crate::link::compare::reason;
use crate::link::related::Neighbour;
use crate::link::{Briefing, DocId};
use crate::model::UNBACKED_FIGURE;
use crate::pages::{Page, claim_href, href};
use crate::report::diagnostics_json;
use crate::value::Vocabulary;

/// How many claims of a page are listed, and how many pages that link to it.
const MOST: usize = 60;

/// What the bar shows of a page.
#[derive(Debug, Default, Serialize)]
pub(super) struct Bar {
    title: String,
    /// Why a build leaves the page out, if it does.
    mark: Option<String>,
    /// Its file.
    file: Option<String>,
    /// The address that opens the file in an editor.
    href: Option<String>,
    words: Option<u32>,
    minutes: Option<u32>,
    /// The first of its claims.
    claims: Vec<ClaimRow>,
    /// How many claims it has in all.
    claims_in_all: usize,
    unbacked: Vec<Unbacked>,
    related: Vec<Related>,
    backlinks: Vec<Link>,
    /// How many pages link to it in all.
    linked_from: usize,
    /// The first warnings about it.
    warnings: Vec<Problem>,
    /// How many warnings there are about it in all.
    warnings_in_all: usize,
}

#[derive(Debug, Serialize)]
struct ClaimRow {
    id: String,
    text: String,
    value: Option<String>,
    status: &'static str,
    href: String,
    /// What it is to other claims, those for the editor alone too.
    meets: Vec<Meet>,
}

#[derive(Debug, Serialize)]
struct Meet {
    relation: &'static str,
    reason: String,
    id: String,
    text: String,
    href: String,
}

/// A figure in the prose that no claim backs.
#[derive(Debug, Serialize)]
struct Unbacked {
    figure: String,
    place: Option<String>,
    href: Option<String>,
}

#[derive(Debug, Serialize)]
struct Related {
    #[serde(flatten)]
    link: Link,
    why: String,
}

#[derive(Debug, Serialize)]
struct Link {
    title: String,
    href: String,
}

impl Bar {
    /// Gathers what is known of a page; `found` is all that there is to say of the site and of the page.
    pub(super) fn of(state: &State, shown: &Shown, page: &Page, found: &Diagnostics, editor: &Editor) -> Self {
        let briefing = &shown.site.briefing;
        let mut bar = Self { title: page.title(briefing).to_owned(), ..Self::default() };
        let claims: Vec<ClaimId> = match page {
            Page::Analysis(id) => {
                bar.mark = mark(briefing, *id);
                bar.related = related(briefing, *id);
                briefing.analysis_links[id.index()].claims.clone().map(ClaimId::at).collect()
            }
            Page::Claim(id) => {
                bar.mark = mark(briefing, briefing.claim_links[id.index()].analysis);
                vec![*id]
            }
            Page::Company(id) => briefing.company_links[id.index()].claims.clone(),
            Page::Person(id) => briefing.person_links[id.index()].claims.clone(),
            Page::Plain(id) => {
                bar.mark = briefing.page(*id).draft.then(|| DRAFT.to_owned());
                Vec::new()
            }
            _ => Vec::new(),
        };
        bar.claims_in_all = claims.len();
        bar.claims = claims.iter().take(MOST).map(|id| ClaimRow::of(briefing, *id)).collect();
        if let Some(doc) = page.document() {
            bar.add_document(state, briefing, doc, found, editor);
        }
        bar
    }

    fn add_document(&mut self, state: &State, briefing: &Briefing, doc: DocId, found: &Diagnostics, editor: &Editor) {
        let prose = briefing.prose_of(doc);
        (self.words, self.minutes) = (Some(prose.words), Some(prose.minutes()));
        let backlinks = briefing.backlinks_of(doc);
        self.linked_from = backlinks.len();
        self.backlinks = backlinks.iter().take(MOST).map(|from| Link::to(briefing, &Page::from(*from))).collect();
        let Some(origin) = briefing.origin(doc) else { return };
        self.file = Some(origin.file.to_string());
        self.href = editor.link(&origin.file, None, None);
        let here = |one: &&Diagnostic| one.place.as_ref().is_some_and(|place| place.file == origin.file);
        let warnings = || found.iter().filter(here).filter(|one| one.severity == Severity::Warning);
        self.warnings_in_all = warnings().count();
        self.warnings = problems(warnings(), state, editor);
        let figures: Diagnostics =
            found.iter().filter(here).filter(|one| one.code == UNBACKED_FIGURE).cloned().collect();
        if figures.iter().next().is_some() {
            self.unbacked = unbacked(&text_of(state, &origin.file).unwrap_or_default(), &figures, editor);
        }
    }
}

/// Lists figures in the order of the text.
fn unbacked(text: &str, figures: &Diagnostics, editor: &Editor) -> Vec<Unbacked> {
    let places = diagnostics_json(figures, &|_| Some(text.to_owned()));
    let figure = |(one, json): (&Diagnostic, crate::report::DiagnosticJson<'_>)| {
        let figure = text.get(one.place.as_ref()?.span.range())?.to_owned();
        let file = json.file?;
        let place = json.line.zip(json.column).map(|(line, column)| format!("{line}:{column}"));
        Some(Unbacked { figure, place, href: editor.link(file, json.line, json.column) })
    };
    figures.iter().zip(places).filter_map(figure).collect()
}

/// What the bar says of a draft.
const DRAFT: &str = "Draft: a build leaves it out";

/// Says why a build leaves an analysis out, if it does.
fn mark(briefing: &Briefing, id: AnalysisId) -> Option<String> {
    let (analysis, now) = (briefing.analysis(id), briefing.config.now.instant);
    if analysis.draft {
        return Some(DRAFT.to_owned());
    }
    if let Some(at) = analysis.publish_at.filter(|at| *at > now) {
        return Some(format!("Embargoed until {at}: a build before then leaves it out"));
    }
    let end = analysis.expires.filter(|end| *end <= now)?;
    Some(format!("Expired on {end}: a build leaves it out"))
}

/// Lists what is related to an analysis, each with why and how near it is, in thousandths.
fn related(briefing: &Briefing, id: AnalysisId) -> Vec<Related> {
    let related = |near: &Neighbour| Related {
        link: Link::to(briefing, &Page::Analysis(near.id)),
        why: format!("{} ({})", near.reason(briefing), near.score),
    };
    briefing.related().list(id).iter().map(related).collect()
}

/// Gives the file that a page is made of.
pub(super) fn file_of<'b>(briefing: &'b Briefing, page: &Page) -> Option<&'b Arc<str>> {
    Some(&briefing.origin(page.document()?)?.file)
}

impl ClaimRow {
    fn of(briefing: &Briefing, id: ClaimId) -> Self {
        let claim = briefing.claim(id);
        let meet = |met: &crate::link::Meeting| Meet {
            relation: met.relation.word(),
            reason: reason(briefing, id, met.other, met.relation),
            id: briefing.claim_path(met.other),
            text: briefing.claim(met.other).text.clone(),
            href: claim_href(briefing, met.other),
        };
        Self {
            id: claim.id.clone(),
            text: claim.text.clone(),
            value: claim.value.as_ref().map(|value| value.value.wording().to_owned()),
            status: claim.status.word(),
            href: claim_href(briefing, id),
            meets: briefing.ledger.meetings(id).iter().map(meet).collect(),
        }
    }
}

impl Link {
    fn to(briefing: &Briefing, page: &Page) -> Self {
        Self { title: page.title(briefing).to_owned(), href: href(briefing, page) }
    }
}
