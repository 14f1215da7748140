//! What the site has for those who share it, as written in `[share]`.

use schemars::JsonSchema;
use serde::Deserialize;

/// What the site has for those who share it, as written in `[share]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
pub struct Share {
    /// Whether a picture is drawn for each analysis, each company and each claim with a page.
    #[serde(default)]
    pub pictures: bool,
    /// Whether each analysis and each claim with a page has `cite.bib` and `cite.json`.
    #[serde(default)]
    pub citations: bool,
    /// Whether each analysis has a plain text and a mail, for a newsletter.
    #[serde(default)]
    pub newsletter: bool,
    /// Whether each claim with a page and each company has a page to be embedded elsewhere.
    #[serde(default)]
    pub embeds: bool,
}
