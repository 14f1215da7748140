//! Parts and their wholes: a unit's figure beside its company's, of one event or one period.

use super::item::{by_measure, items};
use super::room::{MOST, Room};
use super::{Found, comparable, keep_telling};
use crate::ids::{ClaimId, CompanyId, EventId, MetricId};
use crate::link::Briefing;
use crate::value::Day;

/// What a part and its whole have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum When {
    Event(EventId),
    Period(Option<Day>, Option<Day>),
}

type Key = (MetricId, u8, CompanyId, When);

/// Compares the claims of units with those of the companies above them.
///
/// A line of companies has a bounded length, so that each claim asks in a bounded number of rooms.
pub(super) fn sweep(briefing: &Briefing, standing: &[bool]) -> Found {
    let claims = keyed(briefing);
    let mut found = Found::default();
    for group in claims.chunk_by(|a, b| (a.0.0, a.0.1, a.0.3) == (b.0.0, b.0.1, b.0.3)) {
        if group.len() > 1 && group.first().map(|(key, _)| key.2) != group.last().map(|(key, _)| key.2) {
            compare_group(briefing, group, standing, &mut found);
        }
    }
    found
}

/// Lists claims about companies that are a part of something or have parts, by what they measure and when.
fn keyed(briefing: &Briefing) -> Vec<(Key, ClaimId)> {
    let mut claims: Vec<(Key, ClaimId)> = Vec::new();
    for (id, metric, scenario) in comparable(briefing) {
        let links = &briefing.claim_links[id.index()];
        let in_line = |company: &CompanyId| {
            let links = &briefing.company_links[company.index()];
            links.parent.is_some() || !links.units.is_empty()
        };
        let Some(company) = links.company.filter(in_line) else { continue };
        let date = briefing.claim(id).date.as_ref().map(|date| &date.value).filter(|date| !date.is_undated());
        let period = date.map(|date| When::Period(date.earliest(), date.latest()));
        let whens = links.event.map(When::Event).into_iter().chain(period);
        claims.extend(whens.map(|when| ((metric, scenario as u8, company, when), id)));
    }
    let order = |((metric, scenario, company, when), id): &(Key, ClaimId)| {
        (*metric, *scenario, *when, *company, briefing.claim_order(*id))
    };
    claims.sort_unstable_by(|a, b| order(a).cmp(&order(b)));
    claims
}

/// Compares the claims of one event or period.
fn compare_group(briefing: &Briefing, group: &[(Key, ClaimId)], standing: &[bool], found: &mut Found) {
    let items = items(briefing, group.iter().map(|(_, id)| *id));
    let mut told = Vec::with_capacity(4 * MOST);
    for list in by_measure(&items) {
        let company = |at: &u32| items[*at as usize].company;
        let mut list = list;
        list.sort_unstable();
        let rooms: Vec<(Option<CompanyId>, Room)> = list
            .chunk_by(|a, b| company(a) == company(b))
            .map(|group| (group.first().and_then(company), Room::of(&items, group.to_vec())))
            .collect();
        if rooms.len() < 2 {
            continue;
        }
        for at in &list {
            told.clear();
            for whole in company(at).into_iter().flat_map(|part| briefing.lineage(part).skip(1)) {
                let Ok(room) = rooms.binary_search_by_key(&Some(whole), |(company, _)| *company) else { continue };
                rooms[room].1.tell(&items, *at, &mut told, &mut found.comparisons);
            }
            found.comparisons += told.len() as u64;
            let wholes = told.iter().map(|whole| items[*whole as usize].claim);
            keep_telling(briefing, items[*at as usize].claim, wholes, standing, &mut found.met);
        }
    }
}
