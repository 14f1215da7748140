//! Corrections in lists of those of many analyses.

use schemars::JsonSchema;
use serde::Serialize;

use super::{DateView, LinkView};
use crate::link::{Briefing, Corrected};
use crate::pages::{Page, correction_href};

/// A correction.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ChangeView<'b> {
    /// Its day.
    pub date: DateView<'b>,
    /// What the analysis said.
    pub was: &'b str,
    /// What the analysis says now.
    pub now: &'b str,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'b str>,
    /// The link to its place in the analysis.
    pub href: String,
    /// The analysis.
    pub analysis: LinkView<'b>,
}

impl<'b> ChangeView<'b> {
    /// Shows a correction.
    pub(super) fn of(briefing: &'b Briefing, corrected: Corrected) -> Self {
        let correction = &briefing.analysis(corrected.analysis).corrections[corrected.index];
        Self {
            date: DateView::Day(correction.day),
            was: &correction.was,
            now: &correction.now,
            why: correction.why.as_deref(),
            href: correction_href(briefing, corrected),
            analysis: LinkView::to(briefing, &Page::Analysis(corrected.analysis)),
        }
    }
}
