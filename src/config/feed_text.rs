//! Which feeds have the whole text.

use crate::value::Vocabulary;

/// Which feeds have the whole text of their analyses; the others have summaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FeedText {
    /// That of the site.
    #[default]
    Site,
    /// Those of companies, tags and by-lines too, for which each body is set again.
    All,
    /// None of them.
    None,
}

impl Vocabulary for FeedText {
    const NAME: &'static str = "choice of feeds";
    const WORDS: &'static [(&'static str, Self)] = &[("site", Self::Site), ("all", Self::All), ("none", Self::None)];
}
