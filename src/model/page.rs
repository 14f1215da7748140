//! Plain pages: about, methodology, the corrections policy.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Origin, Reader};
use crate::text::Spanned;

/// A plain page as an author writes it in the front matter of `content/pages/<slug>.md`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "A page", extend("additionalProperties" = false))]
pub struct PageMatter {
    /// The page's title.
    title: Spanned<String>,
    /// One sentence on what it says.
    #[serde(default)]
    summary: Option<String>,
    /// Its own path; by default the file's name.
    #[serde(default)]
    slug: Option<Spanned<String>>,
    /// Old paths that redirect to it.
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    /// Whether it is left out of a build.
    #[serde(default)]
    draft: bool,
}

/// A plain page.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path on the site.
    pub slug: Spanned<String>,
    /// Its document.
    pub origin: Origin,
    /// Its title.
    pub title: String,
    /// One sentence on what it says.
    pub summary: Option<String>,
    /// Old paths.
    pub aliases: Vec<Spanned<String>>,
    /// Whether it is left out of a build.
    pub draft: bool,
}

impl PageMatter {
    /// Understands the page of a file called `stem`.
    pub fn read(self, stem: &str, origin: Origin, reader: &mut Reader) -> Page {
        let slug = self.slug.and_then(|slug| reader.path("a slug", slug));
        Page {
            slug: slug.unwrap_or_else(|| Spanned::new(stem.to_owned(), self.title.span)),
            aliases: self.aliases.into_iter().filter_map(|alias| reader.path("an old path", alias)).collect(),
            origin,
            title: self.title.value,
            summary: self.summary,
            draft: self.draft,
        }
    }
}
