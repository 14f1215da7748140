//! One page, one pure function: a briefing, a theme and a page make bytes.

pub mod chart;
pub mod theme;
pub mod view;

use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::Serialize;
use tera::Context;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use crate::diagnostic::Diagnostics;
use crate::link::{Briefing, Texts};
use crate::pages::Page;
use crate::prose::{ComponentCall, Prose, Resolved, ResolvedMention, Setting, html};
use crate::speech::speaking;
use theme::Theme;
use view::{NoteView, ProseView, View};

/// Builds what a page's template reads.
pub fn view<'b>(briefing: &'b Briefing, page: &Page) -> View<'b> {
    speaking(&briefing.config.speech, || view::view(briefing, page))
}

/// Sums up all that a page depends on: an equal key means an equal page.
pub fn key(view: &View<'_>, theme: &Theme) -> u128 {
    let mut hashed = Hashed(Vec::with_capacity(USUAL_VIEW));
    theme.hash().hash(&mut hashed);
    view.hash(&mut hashed);
    xxh3_128(&hashed.0)
}

/// How many bytes the view of a page usually has.
const USUAL_VIEW: usize = 16 << 10;

/// Gathers what the standard library hashes, for a digest that is the same on every run.
///
/// One digest over the gathered bytes is several times as fast as one that is fed their thousand little pieces.
struct Hashed(Vec<u8>);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxh3_64(&self.0)
    }
}

/// A page's HTML, and what was noticed while its prose was set.
#[derive(Debug)]
pub struct Rendered {
    /// The whole page, in UTF-8.
    pub html: Vec<u8>,
    /// Warnings; an error gives no page.
    pub diagnostics: Diagnostics,
}

/// Renders a page.
///
/// # Errors
/// What is wrong with a template, a component or a formula, each at its place.
pub fn render(theme: &Theme, view: &View<'_>, texts: &dyn Texts) -> Result<Rendered, Diagnostics> {
    speaking(&theme.speech, || render_page(theme, view, texts))
}

fn render_page(theme: &Theme, view: &View<'_>, texts: &dyn Texts) -> Result<Rendered, Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let mut context = Context::new();
    context.insert("page", &view.page);
    context.insert(view.content.name(), &view.content);
    context.insert("backlinks", &view.backlinks);
    let prose = view.prose.as_ref().map(|prose| set_prose(theme, view, prose, texts, &mut diagnostics));
    context.insert("prose", &prose);
    let template = format!("{}.html", view.page.kind);
    let html = theme.render(&template, &context).map_err(|error| diagnostics.push(error));
    match html {
        Ok(html) if !diagnostics.has_errors() => Ok(Rendered { html, diagnostics }),
        _ => Err(diagnostics),
    }
}

/// Prose as a template reads it.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct SetProse {
    /// The HTML of the body.
    #[schemars(extend("format" = "HTML"))]
    html: String,
    /// Its headings.
    toc: Vec<Part>,
    /// Whether it shows highlighted code, which needs its style sheet.
    code: bool,
}

/// A heading for the table of contents.
#[derive(Debug, Serialize, JsonSchema)]
struct Part {
    /// Its level on the page, from 2.
    level: u8,
    /// Its id.
    id: String,
    /// Its words as HTML.
    text: String,
}

/// Sets a document's prose as HTML, with its links resolved and its components rendered.
fn set_prose(
    theme: &Theme,
    view: &View<'_>,
    prose: &ProseView<'_>,
    texts: &dyn Texts,
    diagnostics: &mut Diagnostics,
) -> SetProse {
    let text = match texts.text(prose.origin) {
        Ok(text) => text,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return SetProse::default();
        }
    };
    let body = text.get(prose.origin.body_start as usize..).unwrap_or_default();
    let component = |call: &ComponentCall, body: Option<&str>| match implicit(view, prose, call) {
        Some(implicit) => theme.component(call, &implicit, body),
        None => Ok(String::new()),
    };
    let by_claim: FxHashMap<&str, &NoteView<'_>> = prose.notes.iter().map(|note| (&*note.of, note)).collect();
    let notes = |claims: &[&str]| {
        let notes: Vec<&NoteView<'_>> = claims.iter().filter_map(|claim| by_claim.get(claim).copied()).collect();
        theme.notes(&notes)
    };
    let setting = Setting {
        headings: prose.headings,
        resolved: &resolved(prose),
        mentions: &mentions(prose),
        trusted: prose.trusted,
        own_page: true,
        highlighter: &theme.highlighter,
        notes: Some(&notes),
        component: &component,
    };
    let Prose { html, toc, problems } = html(body, &setting);
    for problem in problems {
        diagnostics.push(problem.diagnostic(&prose.origin.file, prose.origin.body_start));
    }
    let part = |entry: crate::prose::TocEntry| Part { level: entry.level, id: entry.id.into(), text: entry.text };
    SetProse { code: html.contains("<pre"), toc: toc.into_iter().map(part).collect(), html }
}

fn resolved(prose: &ProseView<'_>) -> Vec<Resolved> {
    prose.links.iter().map(view::ProseLink::resolved).collect()
}

fn mentions(prose: &ProseView<'_>) -> Vec<ResolvedMention> {
    let mention = |(span, href): &(_, String)| ResolvedMention { span: *span, href: href.as_str().into() };
    prose.mentions.iter().map(mention).collect()
}

/// What a component's `@` arguments are found in: the page, and the record of the company that the call names.
///
/// A call that names a company which there is not has nothing to show, and its mistake is known already.
fn implicit(view: &View<'_>, prose: &ProseView<'_>, call: &ComponentCall) -> Option<Context> {
    let mut context = Context::new();
    context.insert("page", &view.page);
    let at = prose.components.binary_search_by_key(&call.span, |data| data.span);
    match at.ok().and_then(|at| prose.components[at].record.as_ref()) {
        Some(record) => context.insert("record", record),
        None if call.args.iter().any(|(name, _)| &**name == "company") => return None,
        None => {}
    }
    Some(context)
}
