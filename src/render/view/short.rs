//! A claim where another page tells of it in short.

use schemars::JsonSchema;
use serde::Serialize;

use super::claim::{IntervalView, unnumbered};
use super::{CitationView, DateView, LinkView};
use crate::export::Shown;
use crate::ids::ClaimId;
use crate::link::{Backing, Briefing};
use crate::pages::Page;
use crate::value::Vocabulary;

/// What a reader weighs a claim by: its value, its sources, and which analysis makes it.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ShortClaimView<'b> {
    /// The statement, and the permalink.
    pub link: LinkView<'b>,
    /// The author's wording of the value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'b str>,
    /// The interval that the wording means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<IntervalView<'b>>,
    /// The company that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<LinkView<'b>>,
    /// When it holds or happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<DateView<'b>>,
    /// How it stands.
    pub status: &'static str,
    /// The phrase that says who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<&'b str>,
    /// The first of its sources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<CitationView>,
    /// How many reports and root sources there are, in words.
    pub backing: Shown<Backing>,
    /// The analysis that makes it.
    pub analysis: LinkView<'b>,
    /// The day of that analysis.
    pub published: DateView<'b>,
}

/// How many sources are named.
const SOURCES_SHOWN: usize = 3;

impl<'b> ShortClaimView<'b> {
    /// Shows a claim in short.
    pub(super) fn of(briefing: &'b Briefing, id: ClaimId) -> Self {
        let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
        let value = claim.value.as_ref().map(|value| &value.value);
        let sources = links.sources.iter().take(SOURCES_SHOWN);
        Self {
            link: LinkView::claim(briefing, id),
            value: value.map(|value| value.wording()),
            interval: value.map(IntervalView::of),
            company: links.company.map(|id| LinkView::company(briefing, id)),
            date: claim.date.as_ref().map(|date| DateView::Date(&date.value)),
            status: claim.status.word(),
            attribution: claim.attribution.as_deref(),
            sources: sources.map(|source| unnumbered(briefing, *source)).collect(),
            backing: Shown(links.backing),
            analysis: LinkView::to(briefing, &Page::Analysis(links.analysis)),
            published: DateView::Day(briefing.analysis(links.analysis).day),
        }
    }
}
