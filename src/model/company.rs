//! Companies, their units and their products.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::web_address;
use super::{Alias, AliasMatter, Origin, Reader};
use crate::load::{OneOrMany, Word, Written};
use crate::text::Spanned;
use crate::value::{Date, Vocabulary};

/// A company as an author writes it in the front matter of `content/companies/<id>.md`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "A company", extend("additionalProperties" = false))]
pub struct CompanyMatter {
    /// The name that readers see.
    name: Spanned<String>,
    /// Other names, by which prose and claims may call it.
    #[serde(default)]
    aliases: Vec<AliasMatter>,
    /// The ticker with its market, such as `XNAS:META`.
    #[serde(default)]
    ticker: Option<String>,
    /// The Legal Entity Identifier (ISO 17442).
    #[serde(default)]
    lei: Option<String>,
    /// The item in Wikidata, such as `Q380`.
    #[serde(default)]
    wikidata: Option<String>,
    /// Its own site.
    #[serde(default)]
    website: Option<Spanned<String>>,
    /// When it was founded, as an EDTF date.
    #[serde(default)]
    founded: Option<Written>,
    /// Whether it is a company, a unit of one, or a product.
    #[serde(default)]
    kind: Option<Word<CompanyKind>>,
    /// The company that it is a part of, where the folder does not say it.
    #[serde(default)]
    part_of: Option<Spanned<String>>,
    /// Old ids, which redirect here.
    #[serde(default)]
    merged_from: OneOrMany<Spanned<String>>,
}

/// Whether an entry is a company, a unit of one, or a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompanyKind {
    /// Stands by itself.
    Company,
    /// A part of a company.
    Unit,
    /// Something that a company makes.
    Product,
}

impl Vocabulary for CompanyKind {
    const NAME: &'static str = "kind";
    const WORDS: &'static [(&'static str, Self)] =
        &[("company", Self::Company), ("unit", Self::Unit), ("product", Self::Product)];
}

/// A company, a unit or a product.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its path below content/companies, such as `meta/ai`.
    pub id: String,
    /// Its document; none where it is only named.
    pub origin: Option<Origin>,
    /// The name that readers see.
    pub name: Spanned<String>,
    /// Other names.
    pub aliases: Vec<Alias>,
    /// The ticker with its market.
    pub ticker: Option<String>,
    /// The Legal Entity Identifier.
    pub lei: Option<String>,
    /// The item in Wikidata.
    pub wikidata: Option<String>,
    /// Its own site.
    pub website: Option<String>,
    /// When it was founded.
    pub founded: Option<Date>,
    /// What it is.
    pub kind: CompanyKind,
    /// The company that it is a part of, by name.
    pub part_of: Option<Spanned<String>>,
    /// Old ids.
    pub merged_from: Vec<Spanned<String>>,
}

impl CompanyMatter {
    /// Understands the company at an id.
    pub fn read(self, id: String, origin: Origin, reader: &mut Reader) -> Company {
        let kind = if id.contains('/') || self.part_of.is_some() { CompanyKind::Unit } else { CompanyKind::Company };
        let merged_from = self.merged_from.0;
        Company {
            kind: reader.word(self.kind.as_ref(), kind),
            aliases: self.aliases.into_iter().map(|alias| alias.read(reader)).collect(),
            website: self.website.and_then(|url| web_address(url, reader)),
            founded: self.founded.and_then(|date| reader.date(&date)).map(|date| date.value),
            merged_from: merged_from.into_iter().filter_map(|old| reader.path("an old id", old)).collect(),
            id,
            origin: Some(origin),
            name: self.name,
            ticker: self.ticker,
            lei: self.lei,
            wikidata: self.wikidata,
            part_of: self.part_of,
        }
    }
}

impl Company {
    /// Makes the company that is named but has no file, so that it gets a page all the same.
    pub fn undeclared(id: String, name: Spanned<String>) -> Self {
        let kind = if id.contains('/') { CompanyKind::Unit } else { CompanyKind::Company };
        Self {
            id,
            origin: None,
            name,
            aliases: Vec::new(),
            ticker: None,
            lei: None,
            wikidata: None,
            website: None,
            founded: None,
            kind,
            part_of: None,
            merged_from: Vec::new(),
        }
    }
}
