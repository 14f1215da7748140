//! The second pass: a body set as HTML, with what the linker resolved.

mod blocks;
mod code;
mod component;
mod footnotes;
mod links;
mod notes;
mod tables;
mod text;
mod writer;

use std::fmt;

pub use notes::RenderNotes;
pub use text::escaped;

use super::component::ComponentCall;
use super::highlight::Highlighter;
use super::outline::Heading;
use super::parser::Source;
use super::problem::ProseProblem;
use crate::text::Span;

/// Renders a component: the call, and the HTML of its body where it has one.
pub type RenderComponent<'a> = dyn Fn(&ComponentCall, Option<&str>) -> Result<String, String> + 'a;

/// What the second pass is told: the answers to what the outline of the same body asked.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The outline's headings.
    pub headings: &'a [Heading],
    /// The answers to the outline's references, in its order. An internal reference without one is set as
    /// its words alone; an external one needs none.
    pub resolved: &'a [Resolved],
    /// The outline's mentions that became links, in its order.
    pub mentions: &'a [ResolvedMention],
    /// Whether raw HTML and addresses of any scheme go into the page.
    pub trusted: bool,
    /// Whether it stands on a page of its own: headings link to themselves, and footnotes lead back.
    pub own_page: bool,
    /// Colours the code.
    pub highlighter: &'a Highlighter,
    /// Sets the notes on the claims of a block, where a page has them.
    pub notes: Option<&'a RenderNotes<'a>>,
    /// Renders the components.
    pub component: &'a RenderComponent<'a>,
}

impl fmt::Debug for Setting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setting")
            .field("resolved", &self.resolved)
            .field("mentions", &self.mentions)
            .finish_non_exhaustive()
    }
}

/// A reference's answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// The reference's own span, which identifies it.
    pub span: Span,
    /// The address to link to, not escaped.
    pub href: Box<str>,
    /// Shown on hover, where the author gave no title.
    pub title: Option<Box<str>>,
    /// A class for the link.
    pub class: Option<&'static str>,
    /// The words of a reference that has none of its own.
    pub text: Option<Box<str>>,
    /// The full id of the claim that is linked to, for its card.
    pub claim: Option<Box<str>>,
}

/// A mention's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedMention {
    /// The mention's own span.
    pub span: Span,
    /// The address to link to, not escaped.
    pub href: Box<str>,
}

/// A body as HTML.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    /// The blocks, to be put inside the page's article.
    pub html: String,
    /// The headings, for a table of contents.
    pub toc: Vec<TocEntry>,
    /// What went wrong with formulas, languages and components.
    pub problems: Vec<ProseProblem>,
}

/// A line of the table of contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TocEntry {
    /// The level on the page, 2 to 6.
    pub level: u8,
    /// The heading's id.
    pub id: Box<str>,
    /// The heading's words, escaped.
    pub text: String,
}

/// Sets a body as HTML.
///
/// The page's title is its `h1`, so a heading of the first level is set as one of the second.
pub fn html(body: &str, set: &Setting<'_>) -> Prose {
    let source = Source::new(body);
    let toc = set.headings.iter().map(TocEntry::of).collect();
    let writer::Written { html, problems } = writer::write(&source, source.events(), set);
    Prose { html, toc, problems }
}

/// Sets events as inline HTML; they come from a source of a single paragraph.
pub(super) fn inline_html<'s, 'b>(
    source: &'s Source<'b>,
    events: impl writer::Events<'s>,
    set: &Setting<'_>,
) -> String {
    writer::write(source, events, set).html
}

impl TocEntry {
    fn of(heading: &Heading) -> Self {
        Self { level: page_level(heading.level), id: heading.id.clone(), text: text::escaped_text(&heading.text) }
    }
}

/// Returns the level that a heading has on the page.
fn page_level(level: u8) -> u8 {
    level.clamp(2, 6)
}

#[cfg(test)]
mod tests;
