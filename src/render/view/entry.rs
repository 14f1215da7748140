//! An analysis where a list shows it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{DateView, LinkView};
use crate::ids::AnalysisId;
use crate::link::Briefing;
use crate::pages::Page;

/// An analysis in a list.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct EntryView<'b> {
    /// The analysis.
    pub link: LinkView<'b>,
    /// Its day.
    pub date: DateView<'b>,
    /// One or two sentences.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<&'b str>,
    /// The companies that it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub companies: Vec<LinkView<'b>>,
    /// How many claims it makes.
    pub claims: usize,
    /// Whether it is a draft, embargoed or expired: only a build with drafts shows it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub left_out: bool,
}

/// How many companies an analysis shows in a list.
const COMPANIES_SHOWN: usize = 6;

impl<'b> EntryView<'b> {
    /// Shows an analysis in a list.
    pub fn of(briefing: &'b Briefing, id: AnalysisId) -> Self {
        let (analysis, links) = (briefing.analysis(id), &briefing.analysis_links[id.index()]);
        let companies = links.companies.iter().take(COMPANIES_SHOWN);
        Self {
            link: LinkView::to(briefing, &Page::Analysis(id)),
            date: DateView::Day(analysis.day),
            summary: analysis.summary.as_deref(),
            companies: companies.map(|id| LinkView::company(briefing, *id)).collect(),
            claims: links.claims.len(),
            left_out: analysis.is_left_out(briefing.config.now.instant),
        }
    }
}
