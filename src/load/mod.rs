//! Reading and splitting: the stage that turns files into trees and trees into typed values.
//!
//! Nothing is understood here. [`walk`](walk()) and [`read_text`] find and read files, [`split`](split()) cuts a document into front matter and
//! body, [`matter`] makes one spanned [`Node`] of TOML and of YAML, and [`decode`] fills a typed value from it while
//! it collects every mistake. All but those two is pure.

#[allow(clippy::disallowed_methods, reason = "the edge at which files are read")]
mod files;
#[allow(clippy::disallowed_methods, reason = "the edge at which folders are listed")]
mod walk;

mod de;
mod either;
mod problem;
mod spanned;
mod split;
mod toml;
mod tree;
mod word;
mod written;
mod yaml;

pub use self::de::decode;
pub use self::either::{OneOrMany, TextOr};
pub use self::files::read_text;
pub use self::problem::Problem;
pub use self::split::{Document, Format, split};
pub use self::tree::{Entry, Kind, Node};
pub use self::walk::{FoundFile, passes_over, walk};
pub use self::word::Word;
pub use self::written::Written;

use crate::text::Span;

/// Parses a document's front matter, in whichever format it is written.
///
/// The tree holds what could be recovered; see [`decode`] for what follows from a syntax error.
pub fn matter<'t>(document: &Document<'t>) -> (Node<'t>, Vec<Problem>) {
    match document.format {
        Format::Toml => toml::parse(document.matter, document.matter_start, document.fence),
        Format::Yaml => yaml::parse(document.matter, document.matter_start, document.fence),
    }
}

/// Parses a whole TOML file, such as `site.toml`; its root stands for the file as a whole.
pub fn toml_file(text: &str) -> (Node<'_>, Vec<Problem>) {
    let (text, start) = split::without_bom(text);
    toml::parse(text, start, Span::default())
}
