//! The first pass: what the rest of the site needs to know of a body.

mod reader;

use super::component::ComponentCall;
use super::figures::Figure;
use super::mention::Mention;
use super::names::Names;
use super::problem::ProseProblem;
use super::terms::TermCounter;
use crate::config::Lexicon;
use crate::text::Span;

/// What the first pass is told about the document around the body.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'a> {
    /// Ids that the page uses outside the prose.
    pub reserved: &'a [&'a str],
    /// The names to look for.
    pub names: Option<&'a Names>,
    /// The document's day, counted as the names' days are; without one, names count at any time.
    pub day: Option<i32>,
    /// Text outside the body (title, summary) that may hold a word which a name requires.
    pub context: &'a str,
    /// Whether the site trusts its content with raw HTML and any scheme.
    pub trusted: bool,
    /// Whether the figures of the prose are wanted.
    pub figures: bool,
    /// The language whose terms are counted, where they are wanted.
    pub lexicon: Option<&'a Lexicon>,
}

/// What a body holds, in document order; all spans are relative to the body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The headings, with the ids that the page will have.
    pub headings: Vec<Heading>,
    /// All links and images.
    pub references: Vec<Reference>,
    /// The names that become links.
    pub mentions: Vec<Mention>,
    /// The component calls that are well formed.
    pub components: Vec<ComponentCall>,
    /// The figures of headings and prose, where they are wanted.
    pub figures: Vec<Figure>,
    /// The words of text, headings and tables, without code.
    pub words: u32,
    /// The terms of text, headings and tables, where they are wanted.
    pub terms: TermCounter,
    /// What is wrong.
    pub problems: Vec<ProseProblem>,
}

/// A heading and its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The level as it was written, 1 to 6.
    pub level: u8,
    /// Its id, unique on the page.
    pub id: Box<str>,
    /// Its words, without markup and not escaped.
    pub text: Box<str>,
    /// The whole heading.
    pub span: Span,
}

/// A link or an image, before it is resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The whole link; it identifies the reference in the second pass.
    pub span: Span,
    /// How to resolve it.
    pub kind: ReferenceKind,
    /// What it points at, unescaped; a claim's without `claim:`.
    pub target: Box<str>,
    /// Where the target is written, in a reference-style link its definition; the whole link where escapes
    /// make the target differ from what is written.
    pub target_span: Span,
    /// Whether the author left the words to the site, as in `[](claim:x)` or `[[meta]]`.
    pub empty: bool,
}

/// The kinds of reference, by what resolves them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReferenceKind {
    /// A relative path, a `#part`, or a path from the site's root.
    Link,
    /// An image in the site.
    Image,
    /// `[[id]]` or `[[id|words]]`.
    Wiki,
    /// `claim:id`.
    Claim,
    /// A link or an image with a scheme, or starting with `//`.
    External,
}

/// Reads a body for its outline, in one pass over its events.
pub fn outline(body: &str, reading: &Reading<'_>) -> Outline {
    reader::read(body, reading)
}

#[cfg(test)]
mod tests;
