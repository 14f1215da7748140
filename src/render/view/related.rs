//! Related analyses: beside one, and in the index of how they hang together.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::{DateView, LinkView};
use crate::ids::AnalysisId;
use crate::link::Briefing;
use crate::link::related::{Neighbour, Thread};
use crate::model::TieKind;
use crate::pages::{List, Page, href, lists};
use crate::render::chart::{Chart, Dot, Threads};

/// The analyses that are related to one.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct RelatedView<'b> {
    /// Earlier ones: pinned ones first, then the nearest first; of about equals that nearest in time.
    pub background: Vec<NeighbourView<'b>>,
    /// Later ones, in the same order.
    pub since: Vec<NeighbourView<'b>>,
    /// The index of all.
    pub href: String,
}

/// A related analysis.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct NeighbourView<'b> {
    /// The analysis.
    pub link: LinkView<'b>,
    /// Its day.
    pub date: DateView<'b>,
    /// Why it is related, without a full stop.
    pub reason: Cow<'b, str>,
}

/// A later analysis that puts one right or takes its place, in part.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct RevisedView<'b> {
    /// The later one.
    pub link: LinkView<'b>,
    /// Its day.
    pub date: DateView<'b>,
    /// What it does: `corrects` or `supersedes`.
    pub how: &'static str,
}

/// A line of a story, or a part of it, in the index.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ThreadView<'b> {
    /// What its analyses have in common; none for those that are in no thread.
    pub name: Option<Cow<'b, str>>,
    /// How many analyses it has in all.
    pub total: usize,
    /// Whether it began on the page before.
    pub continued: bool,
    /// Those on this page, from the oldest.
    pub analyses: Vec<ThreadedView<'b>>,
}

/// An analysis in the index, with its nearest.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ThreadedView<'b> {
    /// The analysis.
    pub link: LinkView<'b>,
    /// Its day.
    pub date: DateView<'b>,
    /// The nearest to it.
    pub nearest: Option<NeighbourView<'b>>,
}

/// How many later analyses stand above one that they revise.
const REVISED_SHOWN: usize = 3;
/// How many threads the map shows.
const THREADS_DRAWN: usize = 12;

impl<'b> RelatedView<'b> {
    /// Shows what is related to an analysis; none where nothing is.
    pub(super) fn of(briefing: &'b Briefing, id: AnalysisId) -> Option<Self> {
        let list = briefing.related().list(id);
        let view = |near: &Neighbour| NeighbourView::of(briefing, near);
        (!list.is_empty()).then(|| Self {
            background: list.iter().filter(|near| near.id < id).map(view).collect(),
            since: list.iter().filter(|near| near.id > id).map(view).collect(),
            href: href(briefing, &Page::List(List::Related, 1)),
        })
    }
}

impl<'b> NeighbourView<'b> {
    fn of(briefing: &'b Briefing, near: &Neighbour) -> Self {
        Self {
            link: LinkView::to(briefing, &Page::Analysis(near.id)),
            date: DateView::Day(briefing.analysis(near.id).day),
            reason: near.reason(briefing),
        }
    }
}

impl<'b> RevisedView<'b> {
    /// Lists the later analyses whose claims put an analysis right or take the place of its claims, the latest first.
    pub(super) fn of(briefing: &'b Briefing, id: AnalysisId) -> Vec<Self> {
        let claims = briefing.analysis_links[id.index()].claims.clone();
        let links = briefing.claim_links.get(claims).unwrap_or_default();
        let successors = links.iter().flat_map(|claim| claim.successors());
        let later = successors.map(|(kind, claim)| (briefing.claim_links[claim.index()].analysis, kind));
        let mut later: Vec<(AnalysisId, TieKind)> = later.filter(|(other, _)| *other != id).collect();
        later.sort_unstable_by_key(|(other, kind)| (std::cmp::Reverse(*other), *kind != TieKind::Corrects));
        later.dedup_by_key(|(other, _)| *other);
        let view = |(other, kind)| Self {
            link: LinkView::to(briefing, &Page::Analysis(other)),
            date: DateView::Day(briefing.analysis(other).day),
            how: if kind == TieKind::Corrects { "corrects" } else { "supersedes" },
        };
        later.into_iter().take(REVISED_SHOWN).map(view).collect()
    }
}

impl<'b> ThreadView<'b> {
    /// Shows a part of the index, cut where its threads begin.
    pub(super) fn parts(briefing: &'b Briefing, part: usize) -> Vec<Self> {
        let (related, size) = (briefing.related(), briefing.config.paginate);
        let order = related.order();
        let start = part.saturating_sub(1) * size;
        let shown = order.get(start.min(order.len())..(start + size).min(order.len())).unwrap_or_default();
        let before = start.checked_sub(1).and_then(|at| order.get(at));
        let thread = |id: &AnalysisId| related.thread_of(*id);
        let same = |a: Option<&Thread>, b: Option<&Thread>| match (a, b) {
            (Some(a), Some(b)) => std::ptr::eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        let groups = shown.chunk_by(|a, b| same(thread(a), thread(b)));
        let view = |group: &[AnalysisId]| {
            let first = group.first()?;
            let of = thread(first);
            let continues = shown.first() == Some(first) && before.is_some_and(|before| same(thread(before), of));
            Some(Self {
                name: of.map(|thread| thread.name(briefing)),
                total: of.map_or(group.len(), |thread| thread.analyses.len()),
                continued: continues,
                analyses: group.iter().map(|id| ThreadedView::of(briefing, *id)).collect(),
            })
        };
        groups.filter_map(view).collect()
    }
}

impl<'b> ThreadedView<'b> {
    fn of(briefing: &'b Briefing, id: AnalysisId) -> Self {
        let list = briefing.related().list(id);
        let nearest = list.iter().rev().max_by_key(|near| near.score);
        Self {
            link: LinkView::to(briefing, &Page::Analysis(id)),
            date: DateView::Day(briefing.analysis(id).day),
            nearest: nearest.map(|near| NeighbourView::of(briefing, near)),
        }
    }
}

/// Draws the threads with the latest analyses; none where there are none.
pub(super) fn map(briefing: &Briefing) -> Option<Box<Chart<Threads<'_>>>> {
    let threads = briefing.related().threads().iter().take(THREADS_DRAWN);
    let dot = |id: &AnalysisId| Dot {
        day: briefing.analysis(*id).day,
        title: &briefing.analysis(*id).title,
        href: href(briefing, &Page::Analysis(*id)),
    };
    let lanes: Vec<(Cow<'_, str>, Vec<Dot<'_>>)> =
        threads.map(|thread| (thread.name(briefing), thread.analyses.iter().map(dot).collect())).collect();
    let title = lists::title(briefing, List::Related);
    (!lanes.is_empty()).then(|| Box::new(Chart(Threads { title, lanes })))
}
