//! People whom analyses and claims are about.

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::web_address;
use super::{Alias, AliasMatter, Origin, Reader};
use crate::text::Spanned;

/// A person as an author writes one in the front matter of `content/people/<id>.md`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "A person", extend("additionalProperties" = false))]
pub struct PersonMatter {
    /// The name that readers see.
    name: Spanned<String>,
    /// Other names, by which prose and claims may call the person.
    #[serde(default)]
    aliases: Vec<AliasMatter>,
    /// What the person does, such as "chief executive".
    #[serde(default)]
    role: Option<String>,
    /// Where.
    #[serde(default)]
    company: Option<Spanned<String>>,
    /// The item in Wikidata.
    #[serde(default)]
    wikidata: Option<String>,
    /// The person's own site.
    #[serde(default)]
    website: Option<Spanned<String>>,
}

/// A person.
#[derive(Clone, Debug)]
pub struct Person {
    /// The file's name below content/people.
    pub id: String,
    /// The document; none where the person is only named.
    pub origin: Option<Origin>,
    /// The name that readers see.
    pub name: Spanned<String>,
    /// Other names.
    pub aliases: Vec<Alias>,
    /// What the person does.
    pub role: Option<String>,
    /// Where, by name.
    pub company: Option<Spanned<String>>,
    /// The item in Wikidata.
    pub wikidata: Option<String>,
    /// The person's own site.
    pub website: Option<String>,
}

impl PersonMatter {
    /// Understands the person at an id.
    pub fn read(self, id: String, origin: Origin, reader: &mut Reader) -> Person {
        Person {
            aliases: self.aliases.into_iter().map(|alias| alias.read(reader)).collect(),
            website: self.website.and_then(|url| web_address(url, reader)),
            id,
            origin: Some(origin),
            name: self.name,
            role: self.role,
            company: self.company,
            wikidata: self.wikidata,
        }
    }
}

impl Person {
    /// Makes the person who is named but has no file.
    pub fn undeclared(id: String, name: Spanned<String>) -> Self {
        Self { id, origin: None, name, aliases: Vec::new(), role: None, company: None, wikidata: None, website: None }
    }
}
