//! Sources: the works that claims rest on.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Reader;
use crate::config::is_web_address;
use crate::diagnostic::Diagnostic;
use crate::load::{Word, Written};
use crate::text::Spanned;
use crate::value::{Date, Vocabulary};

/// A source as an author writes it in `[[sources]]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "A source", extend("additionalProperties" = false))]
pub struct SourceMatter {
    /// The name that claims use; unique in its file.
    id: Spanned<String>,
    /// What the work is called.
    #[serde(default)]
    title: Option<String>,
    /// Who published it.
    #[serde(default)]
    publisher: Option<String>,
    /// Where it can be read.
    #[serde(default)]
    url: Option<Spanned<String>>,
    /// When it was published, as an EDTF date.
    #[serde(default, alias = "date")]
    published: Option<Written>,
    /// When the author last read it.
    #[serde(default)]
    retrieved: Option<Written>,
    /// Where a copy is kept.
    #[serde(default)]
    archive: Option<Spanned<String>>,
    /// The words that matter, as they stand there.
    #[serde(default)]
    quote: Option<String>,
    /// What kind of work it is.
    #[serde(default)]
    kind: Option<Word<SourceKind>>,
    /// How reliable it is, by the letters of the Admiralty scale.
    #[serde(default)]
    reliability: Option<Word<Reliability>>,
    /// Whether it speaks of itself.
    #[serde(default)]
    interested: bool,
    /// The source that this one repeats.
    #[serde(default)]
    via: Option<Spanned<String>>,
}

/// The file of the shared sources.
pub const SOURCES_FILE: &str = "content/sources.toml";

/// All of content/sources.toml.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "sources.toml", extend("additionalProperties" = false))]
pub struct SourcesMatter {
    /// Works that several analyses cite.
    #[serde(default)]
    pub sources: Vec<SourceMatter>,
}

/// What kind of work a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// A document filed with an authority.
    Filing,
    /// A statement by the party itself.
    Statement,
    /// The press.
    Press,
    /// A report by researchers or analysts.
    Report,
    /// Data.
    Dataset,
    /// A court's record.
    Court,
    /// A post on a social network.
    Social,
    /// A person without a name, who is the root of nothing.
    Anonymous,
}

impl Vocabulary for SourceKind {
    const NAME: &'static str = "kind of source";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("filing", Self::Filing),
        ("statement", Self::Statement),
        ("press", Self::Press),
        ("report", Self::Report),
        ("dataset", Self::Dataset),
        ("court", Self::Court),
        ("social", Self::Social),
        ("anonymous", Self::Anonymous),
    ];
}

/// The reliability of a source by the Admiralty scale (NATO AJP-2.1, annex on source evaluation).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

impl Vocabulary for Reliability {
    const NAME: &'static str = "reliability";
    const WORDS: &'static [(&'static str, Self)] =
        &[("A", Self::A), ("B", Self::B), ("C", Self::C), ("D", Self::D), ("E", Self::E), ("F", Self::F)];
}

/// A work that claims rest on.
#[derive(Clone, Debug)]
pub struct Source {
    /// The name that claims use.
    pub id: Spanned<String>,
    /// What the work is called.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// When the author last read it.
    pub retrieved: Option<Date>,
    /// Where a copy is kept.
    pub archive: Option<String>,
    /// The words that matter, as they stand there.
    pub quote: Option<String>,
    /// What kind of work it is.
    pub kind: Option<SourceKind>,
    /// How reliable it is.
    pub reliability: Option<Reliability>,
    /// Whether it speaks of itself.
    pub interested: bool,
    /// The source that this one repeats.
    pub via: Option<Spanned<String>>,
}

impl SourceMatter {
    /// Understands a source.
    pub fn read(self, reader: &mut Reader) -> Source {
        reader.id(&self.id);
        Source {
            published: self.published.and_then(|date| reader.date(&date)).map(|date| date.value),
            retrieved: self.retrieved.and_then(|date| reader.date(&date)).map(|date| date.value),
            url: self.url.and_then(|url| web_address(url, reader)),
            archive: self.archive.and_then(|url| web_address(url, reader)),
            kind: reader.optional_word(self.kind.as_ref()),
            reliability: reader.optional_word(self.reliability.as_ref()),
            id: self.id,
            title: self.title,
            publisher: self.publisher,
            quote: self.quote,
            interested: self.interested,
            via: self.via,
        }
    }
}

/// Takes an address only if a browser would open it as a page, since it becomes a link.
pub(super) fn web_address(url: Spanned<String>, reader: &mut Reader) -> Option<String> {
    if is_web_address(&url.value) {
        return Some(url.value);
    }
    let error = Diagnostic::error("bad-url", "this is no web address").at(reader.place(url.span));
    reader.report(error.help("write it in full, such as `https://example.org/report`"));
    None
}

impl Source {
    /// Says who speaks: the publisher, else the title, else the id.
    pub fn name(&self) -> &str {
        self.publisher.as_deref().or(self.title.as_deref()).unwrap_or(&self.id.value)
    }

    /// Says what the work is called: its title, else the publisher, else the id.
    pub fn work_title(&self) -> &str {
        self.title.as_deref().or(self.publisher.as_deref()).unwrap_or(&self.id.value)
    }
}
