//! A work that claims of several analyses rest on.

use schemars::JsonSchema;
use serde::Serialize;

use super::SourceView;
use crate::ids::SourceId;
use crate::link::{Briefing, SharedWork};
use crate::pages::source_href;

/// The work that a list of claims is about.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct WorkView<'b> {
    /// Its details.
    pub source: SourceView<'b>,
    /// How many analyses the claims are of.
    pub analyses: usize,
    /// The work that it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<NamedView<'b>>,
    /// The first works that repeat it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repeated_by: Vec<NamedView<'b>>,
    /// How many more there are.
    pub further: usize,
}

/// A work by name.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct NamedView<'b> {
    /// What it is called.
    pub text: &'b str,
    /// Who published it, where that is not what it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<&'b str>,
    /// The link to its page, else to the work itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Whether the link leads off the site.
    pub external: bool,
}

/// How many works that repeat it a work shows.
const REPEATED_BY: usize = 20;

impl<'b> WorkView<'b> {
    /// Shows a work above the claims that rest on it.
    pub(super) fn of(briefing: &'b Briefing, shared: &'b SharedWork) -> Self {
        let repeated_by = shared.repeated_by.iter().take(REPEATED_BY);
        Self {
            source: SourceView::in_list(briefing, shared.work),
            analyses: shared.analyses,
            via: briefing.source_links[shared.work.index()].via.map(|id| NamedView::of(briefing, id)),
            repeated_by: repeated_by.map(|id| NamedView::of(briefing, *id)).collect(),
            further: shared.repeated_by.len().saturating_sub(REPEATED_BY),
        }
    }
}

impl<'b> NamedView<'b> {
    fn of(briefing: &'b Briefing, id: SourceId) -> Self {
        let source = briefing.source(id);
        let own = source_href(briefing, id);
        Self {
            text: source.work_title(),
            publisher: source.publisher.as_deref().filter(|publisher| *publisher != source.work_title()),
            external: own.is_none(),
            href: own.or_else(|| source.url.clone()),
        }
    }
}
