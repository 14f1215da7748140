//! The claims of a lane as the sweep sees them: small numbers in place of amounts.

use rust_decimal::Decimal;

use crate::ids::{AnalysisId, ClaimId, CompanyId, EventId};
use crate::link::Briefing;
use crate::link::compare::Measure;
use crate::value::{Bound, Date, Interval};

/// A claim that has a metric and a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'b> {
    pub(super) claim: ClaimId,
    pub(super) analysis: AnalysisId,
    pub(super) company: Option<CompanyId>,
    pub(super) event: Option<EventId>,
    pub(super) date: Option<&'b Date>,
    pub(super) measure: Measure,
    /// The low end of its interval among all ends of the lane; intervals meet where their numbers do.
    pub(super) low: i32,
    /// The high end.
    pub(super) high: i32,
}

/// Reads claims, all of which have a value; one that has none is left out.
pub(super) fn items<'b>(briefing: &'b Briefing, claims: impl Iterator<Item = ClaimId>) -> Vec<Item<'b>> {
    let mut intervals: Vec<&Interval> = Vec::new();
    let mut items: Vec<Item<'b>> = Vec::new();
    for claim in claims {
        let (own, links) = (briefing.claim(claim), &briefing.claim_links[claim.index()]);
        let Some(value) = own.value.as_ref().map(|value| &value.value) else { continue };
        intervals.push(value.interval());
        items.push(Item {
            claim,
            analysis: links.analysis,
            company: links.company,
            event: links.event,
            date: own.date.as_ref().map(|date| &date.value),
            measure: Measure::of(value.unit()),
            low: i32::MIN,
            high: i32::MAX,
        });
    }
    number_ends(&intervals, &mut items);
    items
}

/// Puts all ends of intervals in order and numbers them, so that the sweep compares integers.
///
/// The amount of rank `r` has the numbers `3r - 1` just below it, `3r`, and `3r + 1` just above, for the ends that
/// leave it out.
fn number_ends(intervals: &[&Interval], items: &mut [Item<'_>]) {
    let ends = intervals.iter().flat_map(|interval| [interval.low(), interval.high()]);
    let mut amounts: Vec<Decimal> = ends.filter_map(Bound::amount).collect();
    amounts.sort_unstable();
    amounts.dedup();
    let rank = |amount: Decimal| 3 * i32::try_from(amounts.partition_point(|known| *known < amount)).unwrap_or(0);
    for (item, interval) in items.iter_mut().zip(intervals) {
        item.low = match interval.low() {
            Bound::Unbounded => i32::MIN,
            Bound::Closed(amount) => rank(amount),
            Bound::Open(amount) => rank(amount) + 1,
        };
        item.high = match interval.high() {
            Bound::Unbounded => i32::MAX,
            Bound::Closed(amount) => rank(amount),
            Bound::Open(amount) => rank(amount) - 1,
        };
    }
}

/// How many kinds of units of one lane bare numbers are held against, the most frequent first.
const BARE_AGAINST: usize = 4;

/// Divides items into lists whose units compare; a bare number stands in several.
pub(super) fn by_measure(items: &[Item<'_>]) -> Vec<Vec<u32>> {
    let mut order: Vec<u32> = (0..).take(items.len()).collect();
    let measure = |at: &u32| items[*at as usize].measure;
    if items.iter().all(|item| item.measure == items[0].measure) {
        return vec![order];
    }
    order.sort_by_key(measure);
    let (bare, others) = order.split_at(order.partition_point(|at| measure(at) == Measure::Any));
    let mut lists: Vec<Vec<u32>> = others.chunk_by(|a, b| measure(a) == measure(b)).map(<[u32]>::to_vec).collect();
    lists.sort_by_key(|list| std::cmp::Reverse(list.len()));
    for list in lists.iter_mut().take(BARE_AGAINST) {
        list.extend_from_slice(bare);
    }
    lists.push(bare.to_vec());
    lists
}
