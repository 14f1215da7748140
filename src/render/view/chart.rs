//! Charts: what the briefing knows, as the data that they are drawn from.

use std::cmp::Reverse;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;

use super::{DateView, timeline};
use crate::ids::{ClaimId, CompanyId, MetricId};
use crate::link::{self, Briefing};
use crate::model::{Outcome, Prediction, Resolution, Scenario, Status};
use crate::pages::{Page, TimelinePages, claim_href, href, prediction_href, timeline_pages};
use crate::render::chart::{Chart, Entry, EntryKind, Lanes, Links, Revisions, Settled, State, Steps, Value};
use crate::value::{Date, Interval, Unit, Vocabulary};

/// How a company's metrics went.
#[derive(Debug, Default, Serialize, Hash, JsonSchema)]
pub struct MetricsView<'b> {
    /// Those with the most values, each with its chart and the table of it.
    pub shown: Vec<MetricView<'b>>,
    /// The next of the others.
    pub others: Vec<OtherView<'b>>,
    /// How many further ones there are.
    pub further: usize,
}

/// A metric with its values in one unit.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct MetricView<'b> {
    /// What is measured.
    pub label: &'b str,
    /// What came of it, where it has two facts or more.
    pub finding: Option<FindingView<'b>>,
    /// Its values drawn.
    pub chart: Chart<Steps<'b>>,
    /// The same values for a table.
    pub values: Vec<ValueView<'b>>,
    /// How many older values there are.
    pub earlier: usize,
}

/// What the facts about a metric come to: the first and the last of those that stand.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct FindingView<'b> {
    /// `up` or `down` where all that the one wording means is above or below the other's, and else `then`.
    pub direction: &'static str,
    /// The first value.
    pub from: &'b str,
    /// When it held.
    pub since: DateView<'b>,
    /// The last value.
    pub to: &'b str,
    /// When it held.
    pub at: DateView<'b>,
}

/// A metric that is not drawn.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct OtherView<'b> {
    /// What is measured.
    pub label: &'b str,
    /// The claim with its newest value.
    pub href: String,
    /// How many values it has.
    pub count: usize,
}

/// One value of a metric.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ValueView<'b> {
    /// When it holds.
    pub date: Option<DateView<'b>>,
    /// When it was said.
    pub stated: Option<DateView<'b>>,
    /// The author's wording.
    pub value: &'b str,
    /// Whether it is a fact.
    pub scenario: &'static str,
    /// How the claim stands.
    pub status: &'static str,
    /// The link to the claim.
    pub href: String,
}

/// How many metrics a company's page draws.
const DRAWN: usize = 6;

/// How many further metrics it names.
const NAMED: usize = 30;

/// From how many values on a metric is drawn.
const FEWEST: usize = 2;

/// Tells whether something speaks against a claim.
fn disputed(briefing: &Briefing, id: ClaimId) -> bool {
    briefing.claim(id).status == Status::Disputed || briefing.ledger.is_disputed(id)
}

fn state(briefing: &Briefing, id: ClaimId) -> State {
    match briefing.claim(id).status {
        status @ (Status::Corrected | Status::Superseded | Status::Retracted) => State::Past(status.word()),
        _ if disputed(briefing, id) => State::Disputed,
        _ => State::Stands,
    }
}

/// Draws entries of a company's record; nothing where there are none.
pub(super) fn lanes(briefing: &Briefing, id: CompanyId, entries: Range<usize>) -> Option<Chart<Lanes<'_>>> {
    let all = &briefing.timelines[id.index()].entries;
    let shown = all.get(entries.clone()).unwrap_or_default();
    let entries = entries.zip(shown).filter_map(|(index, one)| entry(briefing, index, one)).collect();
    let places = Places::of(briefing, id);
    let links = Links { one: &|index| places.one(index), many: &|index| places.list(index) };
    Lanes::new(&briefing.company(id).name.value, entries, &links).map(Chart)
}

fn entry<'b>(briefing: &'b Briefing, index: usize, entry: &'b link::Entry) -> Option<Entry<'b>> {
    let (kind, text, state) = match &entry.kind {
        link::EntryKind::Claim(id) => (EntryKind::Claim, briefing.claim(*id).text.as_str(), state(briefing, *id)),
        link::EntryKind::Event(row) => {
            let is_disputed = row.claims.iter().any(|id| disputed(briefing, *id));
            let state = if is_disputed { State::Disputed } else { State::Stands };
            (EntryKind::Event, briefing.event(row.event).label.as_str(), state)
        }
        link::EntryKind::Made(id) => (EntryKind::Made, briefing.prediction(*id).text.as_str(), State::Stands),
        link::EntryKind::Due(id) => (EntryKind::Due, briefing.prediction(*id).text.as_str(), State::Stands),
        link::EntryKind::Analysis(id) => (EntryKind::Analysis, briefing.analysis(*id).title.as_str(), State::Stands),
    };
    Some(Entry { kind, date: entry.date.as_ref()?, text, state, index })
}

/// Where the entries of a company's record are listed.
struct Places<'b> {
    briefing: &'b Briefing,
    id: CompanyId,
    /// Whether each year has pages of its own.
    in_years: bool,
}

impl<'b> Places<'b> {
    fn of(briefing: &'b Briefing, id: CompanyId) -> Self {
        Self { briefing, id, in_years: timeline_pages(briefing, id) != TimelinePages::One }
    }

    /// Gives the link to what an entry is about.
    fn one(&self, index: usize) -> String {
        let Some(entry) = self.entry(index) else { return String::new() };
        match &entry.kind {
            link::EntryKind::Claim(id) => claim_href(self.briefing, *id),
            link::EntryKind::Made(id) | link::EntryKind::Due(id) => prediction_href(self.briefing, *id),
            link::EntryKind::Analysis(id) => href(self.briefing, &Page::Analysis(*id)),
            link::EntryKind::Event(_) => {
                let anchor = timeline::event_anchor(self.briefing, entry).unwrap_or_default();
                [&*self.page(index), "#", &*crate::pages::encode(&anchor)].concat()
            }
        }
    }

    /// Gives the link to the place in the list where an entry stands.
    fn list(&self, index: usize) -> String {
        match self.entry(index).and_then(link::Entry::year) {
            Some(year) if !self.in_years => format!("{}#year:{year}", self.page(index)),
            _ => self.page(index),
        }
    }

    fn entry(&self, index: usize) -> Option<&'b link::Entry> {
        self.briefing.timelines[self.id.index()].entries.get(index)
    }

    /// Gives the link to the page that lists an entry.
    fn page(&self, index: usize) -> String {
        let years = &self.briefing.timelines[self.id.index()].years;
        let within = years.partition_point(|year| year.entries.end <= index);
        let page = match years.get(within).filter(|_| self.in_years) {
            Some(year) => {
                let part = (index - year.entries.start) / self.briefing.config.timeline_rows + 1;
                Page::CompanyYear(self.id, year.year, part)
            }
            None => Page::Company(self.id),
        };
        href(self.briefing, &page)
    }
}

/// Draws a metric of a company, in each unit in which it has two values or more.
pub(super) fn metric(briefing: &Briefing, company: CompanyId, metric: MetricId) -> Vec<Chart<Steps<'_>>> {
    let mut series: Vec<Series> = series(briefing, company).into_iter().filter(|one| one.metric == metric).collect();
    series.truncate(DRAWN);
    series.iter().filter_map(|series| series.steps(briefing, company)).map(Chart).collect()
}

impl<'b> MetricsView<'b> {
    /// Shows the metrics of a company that have two dated values or more, those with the most first.
    pub(super) fn of(briefing: &'b Briefing, company: CompanyId) -> Self {
        let mut series = series(briefing, company);
        let label = |series: &Series| briefing.metric(series.metric).label.as_str();
        series.sort_by(|a, b| {
            let key = |one: &Series| Reverse(one.claims.len());
            key(a).cmp(&key(b)).then_with(|| label(a).cmp(label(b))).then_with(|| a.unit.cmp(&b.unit))
        });
        let others = series.get(DRAWN..).unwrap_or_default();
        let other = |series: &Series| {
            let href = claim_href(briefing, *series.claims.last()?);
            Some(OtherView { label: label(series), href, count: series.claims.len() })
        };
        Self {
            others: others.iter().take(NAMED).filter_map(other).collect(),
            further: others.len().saturating_sub(NAMED),
            shown: series.iter().take(DRAWN).filter_map(|series| series.view(briefing, company)).collect(),
        }
    }
}

/// The claims about one metric of a company whose values are in one unit, in the order of the analyses.
struct Series {
    metric: MetricId,
    unit: Unit,
    claims: Vec<ClaimId>,
}

/// Gathers a company's claims by metric and unit.
fn series(briefing: &Briefing, company: CompanyId) -> Vec<Series> {
    let keyed = |id: &ClaimId| {
        let metric = briefing.claim_links[id.index()].metric?;
        Some((metric, value(briefing, *id)?.quantity.unit().base(), *id))
    };
    let mut keyed: Vec<(MetricId, Unit, ClaimId)> =
        briefing.company_links[company.index()].claims.iter().filter_map(keyed).collect();
    keyed.sort_unstable();
    let series = |group: &[(MetricId, Unit, ClaimId)]| {
        let (metric, unit, _) = group.first()?;
        let claims = group.iter().map(|(_, _, id)| *id).collect();
        Some(Series { metric: *metric, unit: unit.clone(), claims })
    };
    keyed.chunk_by(|a, b| (a.0, &a.1) == (b.0, &b.1)).filter(|group| group.len() >= FEWEST).filter_map(series).collect()
}

/// Finds where a claim's value stands in time: a fact where it held, all else where it was said.
///
/// Where that is not known it is the other of the two; a claim that has neither stands nowhere.
fn value(briefing: &Briefing, id: ClaimId) -> Option<Value<'_>> {
    let claim = briefing.claim(id);
    let dated = |date: &&Date| date.earliest().or(date.latest()).is_some();
    let date = claim.date.as_ref().map(|date| &date.value).filter(dated);
    let stated = briefing.stated(id).filter(dated);
    let (at, of): (&Date, Option<&Date>) = match claim.scenario {
        Scenario::Actual => (date.or(stated)?, None),
        _ => (stated.or(date)?, date.filter(|_| stated.is_some())),
    };
    let quantity = &claim.value.as_ref()?.value;
    Some(Value { at, of, quantity, scenario: claim.scenario, state: state(briefing, id), index: id.index() })
}

impl Series {
    fn steps<'b>(&self, briefing: &'b Briefing, company: CompanyId) -> Option<Steps<'b>> {
        let values = self.claims.iter().filter_map(|id| value(briefing, *id)).collect();
        let name = &briefing.company(company).name.value;
        let href = |index: usize| claim_href(briefing, ClaimId::at(index));
        Steps::new(name, &briefing.metric(self.metric).label, values, href)
    }

    fn view<'b>(&self, briefing: &'b Briefing, company: CompanyId) -> Option<MetricView<'b>> {
        let steps = self.steps(briefing, company)?;
        let values = steps.shown().filter_map(|index| ValueView::of(briefing, ClaimId::at(index))).collect();
        let label = &briefing.metric(self.metric).label;
        let finding = self.finding(briefing);
        Some(MetricView { label, finding, values, earlier: steps.earlier(), chart: Chart(steps) })
    }

    /// Compares the first fact with the last one; of one day, the first that was published counts.
    fn finding<'b>(&self, briefing: &'b Briefing) -> Option<FindingView<'b>> {
        let is_fact = |value: &Value<'_>| value.scenario == Scenario::Actual && value.state == State::Stands;
        let facts = self.claims.iter().filter_map(|id| value(briefing, *id)).filter(is_fact);
        let mut facts: Vec<Value<'b>> = facts.collect();
        facts.sort_by_key(|fact| (fact.at.latest().or(fact.at.earliest()), fact.index));
        let (first, last) = (facts.first()?, facts.last()?);
        let (before, after) = (first.quantity.interval(), last.quantity.interval());
        if first.at == last.at {
            return None;
        }
        let is_above = |one: &Interval, other: &Interval| {
            one.low().amount().zip(other.high().amount()).is_some_and(|(low, high)| low > high)
        };
        Some(FindingView {
            direction: if is_above(after, before) {
                "up"
            } else if is_above(before, after) {
                "down"
            } else {
                "then"
            },
            from: first.quantity.wording(),
            since: DateView::Date(first.at),
            to: last.quantity.wording(),
            at: DateView::Date(last.at),
        })
    }
}

impl<'b> ValueView<'b> {
    /// Shows the value of a claim that has one.
    pub(super) fn of(briefing: &'b Briefing, id: ClaimId) -> Option<Self> {
        let claim = briefing.claim(id);
        Some(Self {
            date: claim.date.as_ref().map(|date| DateView::Date(&date.value)),
            stated: briefing.stated(id).map(DateView::Date),
            value: claim.value.as_ref()?.value.wording(),
            scenario: claim.scenario.word(),
            status: claim.status.word(),
            href: claim_href(briefing, id),
        })
    }
}

/// Draws the probabilities of a forecast that has revisions.
pub(super) fn revisions(prediction: &Prediction) -> Option<Chart<Revisions<'_>>> {
    let steps = link::steps(prediction);
    (!prediction.revisions.is_empty() && !steps.is_empty()).then(|| {
        Chart(Revisions {
            text: &prediction.text,
            steps,
            due: prediction.due.as_ref().and_then(Date::latest),
            settled: prediction.resolution.as_ref().and_then(settled),
        })
    })
}

/// Tells how a forecast was settled, where the day is known.
fn settled(resolution: &Resolution) -> Option<Settled> {
    let came_true = match resolution.outcome {
        Outcome::Yes => Some(true),
        Outcome::No => Some(false),
        Outcome::Ambiguous | Outcome::Annulled | Outcome::Withdrawn => None,
    };
    Some(Settled { day: resolution.day?, came_true, word: resolution.outcome.word() })
}
