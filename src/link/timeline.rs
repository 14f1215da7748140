//! Timelines: a company's record in the order of time.
//!
//! Claims, forecasts made and due, and analyses; what a unit did stands on its parent's timeline too, tagged, never
//! the other way. Claims of one event are one row.

use std::cmp::Ordering;
use std::ops::Range;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::{Backing, Briefing};
use crate::ids::{AnalysisId, ClaimId, CompanyId, EventId, MetricId, PredictionId};
use crate::model::Status;
use crate::value::{Date, Quantity};

/// A company's record.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// Dated entries by earliest bound, then precision, then id.
    pub entries: Vec<Entry>,
    /// Entries whose year nobody knows, by id.
    pub undated: Vec<Entry>,
    /// The dated entries cut into years, the oldest first.
    pub years: Vec<Year>,
}

/// One row of a timeline.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When it was; none where nobody knows.
    pub date: Option<Date>,
    /// The company that it is about: the timeline's own, or a unit of it.
    pub of: CompanyId,
    /// What it is.
    pub kind: EntryKind,
}

/// What a row of a timeline is.
#[derive(Clone, Debug)]
pub enum EntryKind {
    /// A claim that names no event.
    Claim(ClaimId),
    /// The claims of one event.
    Event(Box<EventRow>),
    /// A forecast on the day that it was made.
    Made(PredictionId),
    /// A forecast on the day that it is due.
    Due(PredictionId),
    /// An analysis.
    Analysis(AnalysisId),
}

/// What the claims of one event say together.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// The event.
    pub event: EventId,
    /// Its claims about the company and its units.
    pub claims: Vec<ClaimId>,
    /// What was measured, each metric of each company with the range of its values.
    pub measures: Vec<Measure>,
    /// What stands behind the claims that still count.
    pub backing: Backing,
}

/// The values that claims of one event give for one metric of one company.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The company or unit.
    pub company: Option<CompanyId>,
    /// The metric.
    pub metric: Option<MetricId>,
    /// The claim with the lowest value.
    pub lowest: ClaimId,
    /// The claim with the highest value.
    pub highest: ClaimId,
}

/// One year of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// The year of the entries' earliest bounds.
    pub year: i32,
    /// Which entries.
    pub entries: Range<usize>,
}

/// Cuts dated entries into years, the oldest first.
fn years(entries: &[Entry]) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let year = entry.year().unwrap_or_default();
        match years.last_mut() {
            Some(last) if last.year == year => last.entries.end = index + 1,
            _ => years.push(Year { year, entries: index..index + 1 }),
        }
    }
    years
}

impl Entry {
    /// The year that the entry stands under.
    pub fn year(&self) -> Option<i32> {
        Some(first_bound(self.date.as_ref()?)?.year())
    }
}

/// The day that an entry is sorted by: the earliest that it may be, or for an open start the latest.
fn first_bound(date: &Date) -> Option<crate::value::Day> {
    date.earliest().or_else(|| date.latest()).filter(|_| !date.is_undated())
}

/// Builds every company's timeline.
pub(super) fn build(briefing: &Briefing) -> Vec<Timeline> {
    let mut gathered: Vec<Vec<Entry>> = vec![Vec::new(); briefing.companies.len()];
    gather_claims(briefing, &mut gathered);
    gather_predictions(briefing, &mut gathered);
    gather_analyses(briefing, &mut gathered);
    let finish = |entries: Vec<Entry>| {
        let (mut entries, mut undated): (Vec<Entry>, Vec<Entry>) =
            entries.into_iter().partition(|entry| entry.year().is_some());
        entries.sort_by(|a, b| compare(briefing, a, b));
        undated.sort_by_cached_key(|entry| id(briefing, entry));
        Timeline { years: years(&entries), entries, undated }
    };
    gathered.into_par_iter().map(finish).collect()
}

/// Orders two dated entries by earliest bound, then precision, then id.
///
/// Of two dates that begin on one day the one that ends first is the more precise.
fn compare(briefing: &Briefing, a: &Entry, b: &Entry) -> Ordering {
    let key = |entry: &Entry| {
        let date = entry.date.as_ref()?;
        Some((first_bound(date), date.latest().is_none(), date.latest(), date.precision()))
    };
    key(a).cmp(&key(b)).then_with(|| id(briefing, a).cmp(&id(briefing, b)))
}

/// The id that settles ties: the kind keeps the made and the due of one forecast apart.
fn id(briefing: &Briefing, entry: &Entry) -> (String, u8) {
    match &entry.kind {
        EntryKind::Claim(id) => (briefing.claim_path(*id), 0),
        EntryKind::Event(row) => (briefing.event(row.event).id.clone(), 1),
        EntryKind::Made(id) => (briefing.prediction_path(*id), 2),
        EntryKind::Due(id) => (briefing.prediction_path(*id), 3),
        EntryKind::Analysis(id) => (briefing.analysis(*id).slug.value.clone(), 4),
    }
}

fn gather_claims(briefing: &Briefing, gathered: &mut [Vec<Entry>]) {
    let dates = event_dates(briefing);
    let mut of_events: Vec<(CompanyId, EventId, ClaimId)> = Vec::new();
    for (index, links) in briefing.claim_links.iter().enumerate() {
        let (id, Some(of)) = (ClaimId::at(index), links.company) else { continue };
        let date = briefing.claim(id).date.as_ref().map(|date| date.value.clone());
        for company in briefing.lineage(of) {
            match links.event {
                Some(event) => of_events.push((company, event, id)),
                None => gathered[company.index()].push(Entry { date: date.clone(), of, kind: EntryKind::Claim(id) }),
            }
        }
    }
    of_events.sort_unstable();
    for claims in of_events.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let [(company, event, _), ..] = *claims else { continue };
        let claims: Vec<ClaimId> = claims.iter().map(|(_, _, claim)| *claim).collect();
        let date = dates[event.index()].cloned();
        gathered[company.index()].push(event_entry(briefing, company, event, date, claims));
    }
}

/// Dates every event: as declared, else as the earliest of all its claims.
pub fn event_dates(briefing: &Briefing) -> Vec<Option<&Date>> {
    let mut dates: Vec<Option<&Date>> = vec![None; briefing.events.len()];
    let order = |date: &Date| (first_bound(date).is_none(), first_bound(date), date.precision());
    for (claim, links) in briefing.claims.iter().zip(&briefing.claim_links) {
        let Some((event, date)) = links.event.zip(claim.date.as_ref()) else { continue };
        let known = &mut dates[event.index()];
        *known = Some(known.filter(|known| order(known) <= order(&date.value)).unwrap_or(&date.value));
    }
    for (date, event) in dates.iter_mut().zip(&briefing.events) {
        *date = event.date.as_ref().or(*date);
    }
    dates
}

/// Makes the one row of an event; it is tagged with a unit only where all its claims are about units.
fn event_entry(
    briefing: &Briefing,
    company: CompanyId,
    event: EventId,
    date: Option<Date>,
    claims: Vec<ClaimId>,
) -> Entry {
    let about = |claim: &ClaimId| briefing.claim_links[claim.index()].company;
    let own = claims.iter().any(|claim| about(claim) == Some(company));
    let of = if own { company } else { claims.first().and_then(about).unwrap_or(company) };
    let counted: Vec<ClaimId> = claims.iter().copied().filter(|claim| stands(briefing.claim(*claim).status)).collect();
    let (backing, measures) = (briefing.backing(&counted), measures(briefing, &counted));
    Entry { date, of, kind: EntryKind::Event(Box::new(EventRow { event, claims, measures, backing })) }
}

/// Tells whether a claim of that status still counts; one that does not is shown all the same.
fn stands(status: Status) -> bool {
    !matches!(status, Status::Corrected | Status::Superseded | Status::Retracted)
}

/// Finds the lowest and the highest value of each metric of each company among claims.
fn measures(briefing: &Briefing, claims: &[ClaimId]) -> Vec<Measure> {
    let mut valued: Vec<(Option<CompanyId>, Option<MetricId>, ClaimId, &Quantity)> = claims
        .iter()
        .filter_map(|id| {
            let links = &briefing.claim_links[id.index()];
            Some((links.company, links.metric, *id, &briefing.claim(*id).value.as_ref()?.value))
        })
        .collect();
    let same = |a: &Quantity, b: &Quantity| a.unit().base() == b.unit().base();
    valued.sort_by_cached_key(|(company, metric, id, value)| {
        (*company, *metric, value.unit().base(), in_base(value.low(), value), *id)
    });
    valued
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1) && same(a.3, b.3))
        .filter_map(|group| {
            let (company, metric, lowest, _) = *group.first()?;
            let (_, _, highest, _) =
                *group.iter().max_by_key(|(_, _, id, value)| (in_base(value.high(), value), std::cmp::Reverse(*id)))?;
            Some(Measure { company, metric, lowest, highest })
        })
        .collect()
}

/// Brings a stated amount into the base of its unit, in which 16 weeks and 4 months compare.
pub fn in_base(amount: Decimal, value: &Quantity) -> Decimal {
    amount.saturating_mul(value.unit().factor())
}

fn gather_predictions(briefing: &Briefing, gathered: &mut [Vec<Entry>]) {
    for (index, links) in briefing.prediction_links.iter().enumerate() {
        let (id, Some(of)) = (PredictionId::at(index), links.company) else { continue };
        let prediction = briefing.prediction(id);
        for company in briefing.lineage(of) {
            let entries = &mut gathered[company.index()];
            entries.push(Entry { date: Some(Date::from(prediction.made)), of, kind: EntryKind::Made(id) });
            if let Some(due) = &prediction.due {
                entries.push(Entry { date: Some(due.clone()), of, kind: EntryKind::Due(id) });
            }
        }
    }
}

fn gather_analyses(briefing: &Briefing, gathered: &mut [Vec<Entry>]) {
    for (index, links) in briefing.analysis_links.iter().enumerate() {
        let id = AnalysisId::at(index);
        let mut seen: Vec<CompanyId> = links.companies.clone();
        for &company in &links.companies {
            push_analysis(briefing, id, company, company, gathered);
        }
        for &unit in &links.companies {
            for above in briefing.lineage(unit).skip(1) {
                if !seen.contains(&above) {
                    seen.push(above);
                    push_analysis(briefing, id, above, unit, gathered);
                }
            }
        }
    }
}

fn push_analysis(briefing: &Briefing, id: AnalysisId, timeline: CompanyId, of: CompanyId, gathered: &mut [Vec<Entry>]) {
    let date = Some(Date::from(briefing.analysis(id).day));
    gathered[timeline.index()].push(Entry { date, of, kind: EntryKind::Analysis(id) });
}
