//! Prose: an author's Markdown, read once for its outline and set once as HTML.
//!
//! The two passes see the same events, because both get them from the same masked source:
//!
//! 1. [`outline`](outline()) runs while the site is linked. It collects headings, references, mentions of names and
//!    component calls, each with its byte span in the body.
//! 2. The linker resolves what was collected and keeps the spans.
//! 3. [`html`](html()) runs when a page is rendered. It gets the body again and the resolved lists, and finds each
//!    reference's answer by its span.
//!
//! Every problem is reported once: what the text alone can tell by the outline, what takes a formula, a
//! language or a component to find out by the setting.

mod address;
mod component;
mod dollar;
mod figures;
mod footnote;
mod highlight;
mod html;
mod ids;
mod math;
mod mention;
mod names;
mod nest;
mod outline;
mod parser;
mod passage;
mod problem;
mod short;
mod terms;

pub use component::{ComponentCall, Literal};
pub use figures::{Block, Figure, FigureKind, blocks, figures, is_people};
pub use highlight::{Highlighter, style_sheet};
pub use html::{Prose, RenderComponent, RenderNotes, Resolved, ResolvedMention, Setting, TocEntry, escaped, html};
pub use ids::slug;
pub use mention::{Mention, every_mention};
pub use names::{Ambiguity, NameId, NameRule, Names};
pub use outline::{Heading, Outline, Reading, Reference, ReferenceKind, outline};
pub use problem::ProseProblem;
pub use short::{inline, plain, references as short_references};
pub use terms::{Place, Term, TermCounter, Terms, short_terms};
