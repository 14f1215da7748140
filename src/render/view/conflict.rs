//! Two claims that disagree, as the list of conflicts shows them.

use schemars::JsonSchema;
use serde::Serialize;

use super::{LinkView, ReasonView, ShortClaimView};
use crate::link::{Briefing, Conflict};
use crate::value::Vocabulary;

/// An open disagreement.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ConflictView<'b> {
    /// What it is: `conflicts` or `scope-violation`.
    pub relation: &'static str,
    /// What both measure.
    pub metric: Option<&'b str>,
    /// The company that the first is about.
    pub company: Option<LinkView<'b>>,
    /// Why they disagree, in a sentence.
    pub reason: ReasonView<'b>,
    /// The claims, the first in the publication first.
    pub claims: [ShortClaimView<'b>; 2],
    /// Whether one analysis makes both.
    pub inside: bool,
}

impl<'b> ConflictView<'b> {
    /// Shows a disagreement.
    pub(super) fn of(briefing: &'b Briefing, conflict: &Conflict) -> Self {
        let Conflict { a, b, relation } = *conflict;
        let (one, other) = (&briefing.claim_links[a.index()], &briefing.claim_links[b.index()]);
        Self {
            relation: relation.word(),
            metric: one.metric.map(|id| briefing.metric(id).label.as_str()),
            company: one.company.map(|id| LinkView::company(briefing, id)),
            reason: ReasonView::of(briefing, a, b, relation),
            claims: [a, b].map(|id| ShortClaimView::of(briefing, id)),
            inside: one.analysis == other.analysis,
        }
    }
}
