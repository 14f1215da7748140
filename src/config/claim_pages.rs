//! Which claims have pages.

use crate::value::Vocabulary;

/// Which claims have a page of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClaimPages {
    /// Those that agree with others, disagree, were put right or replaced, or are cited elsewhere.
    #[default]
    Telling,
    /// All of them.
    All,
    /// None of them.
    None,
}

impl Vocabulary for ClaimPages {
    const NAME: &'static str = "choice of pages";
    const WORDS: &'static [(&'static str, Self)] =
        &[("telling", Self::Telling), ("all", Self::All), ("none", Self::None)];
}
