//! Timelines as pages show them.

use schemars::JsonSchema;
use serde::Serialize;

use super::claim::is_marked;
use super::{DateView, LinkView, Pager, chart};
use crate::export::Shown;
use crate::ids::{ClaimId, CompanyId};
use crate::link::{Backing, Briefing, Entry, EntryKind, EventRow, Measure, in_base};
use crate::pages::Page;
use crate::pages::prediction_href;
use crate::pages::{TimelinePages, timeline_pages};
use crate::render::chart::{Chart, Lanes};
use crate::value::{Quantity, Vocabulary, format_amount, year_label};

/// A company's record, or a part of it.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct TimelineView<'b> {
    /// The record drawn in lanes: all of it on the company's own page, a year on the first page of that year.
    pub chart: Option<Chart<Lanes<'b>>>,
    /// What the drawing comes to, in a sentence.
    pub finding: Option<String>,
    /// The dated entries of this page by earliest bound, then precision, then id.
    pub rows: Vec<RowView<'b>>,
    /// The entries of this page that nobody can date.
    pub undated: Vec<RowView<'b>>,
    /// The years that have pages of their own, the newest first; empty where one page shows all.
    pub years: Vec<YearView>,
    /// The page of undated entries, where they have one.
    pub undated_href: Option<String>,
    /// The year that this page shows, where it shows one.
    pub year: Option<i32>,
    /// The parts of that year.
    pub pager: Option<Pager>,
    /// How many entries there are in all.
    pub total: usize,
}

/// A year of a timeline that has pages of its own.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct YearView {
    /// The year.
    pub year: i32,
    /// Its first page.
    pub href: String,
}

/// One row of a timeline; a field that it has no value for is left out, which a template sees as nothing.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct RowView<'b> {
    /// What it is: `claim`, `event`, `made`, `due` or `analysis`.
    pub kind: &'static str,
    /// The year, in the first row of each; readers get a heading there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub starts: Option<StartView>,
    /// The id of an event's place in the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<DateView<'b>>,
    /// The unit that it is about, where it is not the company itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<LinkView<'b>>,
    /// What it says.
    pub text: &'b str,
    /// Where it comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// What was measured.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<MeasureView<'b>>,
    /// How many reports and root sources stand behind it; none where it is no claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backing: Option<Shown<Backing>>,
    /// Whether another claim speaks against it, and its status does not say so.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disputed: bool,
    /// How the claim stands, or how the forecast does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'static str>,
    /// The phrase that says who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribution: Option<&'b str>,
    /// How probable a forecast is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<String>,
    /// The claims of an event.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ToldView<'b>>,
    /// How many claims the event has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<usize>,
    /// How many further claims of the event there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub further: Option<usize>,
}

/// A year that a timeline comes to.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct StartView {
    /// The astronomical year, as addresses have it.
    pub year: i32,
    /// The year as readers know it.
    pub text: String,
}

/// A claim of an event, in short.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ToldView<'b> {
    /// The statement.
    pub text: &'b str,
    /// Its permalink.
    pub href: String,
    /// The author's wording of the value.
    pub value: Option<&'b str>,
    /// The unit that it is about, where it is not the company itself.
    pub unit: Option<LinkView<'b>>,
    /// How it stands.
    pub status: &'static str,
    /// Whether another claim speaks against it, and its status does not say so.
    pub disputed: bool,
    /// The phrase that says who says so.
    pub attribution: Option<&'b str>,
    /// The headline of its analysis.
    pub analysis: &'b str,
}

/// A metric with its value, or the range of the values that the claims of one event give.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct MeasureView<'b> {
    /// The unit that it was measured in, where it is not the company itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<LinkView<'b>>,
    /// What was measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<&'b str>,
    /// The author's wording, or the range.
    pub value: String,
}

impl<'b> TimelineView<'b> {
    /// Shows what stands on a company's own page: all, or the newest rows of a record with pages a year.
    pub(super) fn newest(briefing: &'b Briefing, id: CompanyId) -> Self {
        let timeline = &briefing.timelines[id.index()];
        let mut view = Self::empty(briefing, id);
        view.draw(chart::lanes(briefing, id, 0..timeline.entries.len()));
        if timeline_pages(briefing, id) == TimelinePages::One {
            view.rows = rows(briefing, id, &timeline.entries);
            view.undated = rows(briefing, id, &timeline.undated);
        } else if let Some(last) = timeline.years.last() {
            let start = last.entries.start.max(last.entries.end.saturating_sub(briefing.config.timeline_rows));
            view.rows = rows(briefing, id, &timeline.entries[start..last.entries.end]);
            view.year = Some(last.year);
        }
        view
    }

    /// Shows a part of one year.
    pub(super) fn year(briefing: &'b Briefing, id: CompanyId, year: i32, part: usize) -> Self {
        let timeline = &briefing.timelines[id.index()];
        let mut view = Self::empty(briefing, id);
        let Some(found) = timeline.years.iter().find(|one| one.year == year) else { return view };
        let (shown, parts) = cut(briefing, &timeline.entries[found.entries.clone()], part);
        view.rows = rows(briefing, id, shown);
        view.year = Some(year);
        if part == 1 {
            view.draw(chart::lanes(briefing, id, found.entries.clone()));
        }
        view.pager = Some(Pager::of(briefing, part, parts, |part| Page::CompanyYear(id, year, part)));
        view
    }

    fn draw(&mut self, chart: Option<Chart<Lanes<'b>>>) {
        self.finding = chart.as_ref().map(|chart| chart.0.summary());
        self.chart = chart;
    }

    /// Shows a part of what has no date.
    pub(super) fn undated(briefing: &'b Briefing, id: CompanyId, part: usize) -> Self {
        let mut view = Self::empty(briefing, id);
        let (shown, parts) = cut(briefing, &briefing.timelines[id.index()].undated, part);
        view.undated = rows(briefing, id, shown);
        view.pager = Some(Pager::of(briefing, part, parts, |part| Page::CompanyUndated(id, part)));
        view
    }

    fn empty(briefing: &Briefing, id: CompanyId) -> Self {
        let timeline = &briefing.timelines[id.index()];
        let (years, undated) = match timeline_pages(briefing, id) {
            TimelinePages::One => (Vec::new(), 0),
            TimelinePages::Years { years, undated } => (years, undated),
        };
        let link = |page: Page| crate::pages::href(briefing, &page);
        let year = |(year, _): (i32, usize)| YearView { year, href: link(Page::CompanyYear(id, year, 1)) };
        Self {
            chart: None,
            finding: None,
            rows: Vec::new(),
            undated: Vec::new(),
            years: years.into_iter().map(year).collect(),
            undated_href: (undated > 0).then(|| link(Page::CompanyUndated(id, 1))),
            year: None,
            pager: None,
            total: timeline.entries.len() + timeline.undated.len(),
        }
    }

    /// Shows the newest rows of a company's record, for a block in prose.
    pub(super) fn excerpt(briefing: &'b Briefing, id: CompanyId, most: usize) -> Vec<RowView<'b>> {
        let entries = &briefing.timelines[id.index()].entries;
        let newest = &entries[entries.len().saturating_sub(most)..];
        newest.iter().map(|entry| row(briefing, id, entry)).collect()
    }
}

/// Cuts a part out of entries, and tells how many parts there are.
fn cut<'e>(briefing: &Briefing, entries: &'e [Entry], part: usize) -> (&'e [Entry], usize) {
    let size = briefing.config.timeline_rows;
    let start = (part.saturating_sub(1) * size).min(entries.len());
    (&entries[start..(start + size).min(entries.len())], entries.len().div_ceil(size))
}

fn rows<'b>(briefing: &'b Briefing, company: CompanyId, entries: &'b [Entry]) -> Vec<RowView<'b>> {
    let mut year = None;
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        let starts = entry.year().filter(|own| year != Some(*own));
        let starts = starts.map(|year| StartView { year, text: year_label(year) });
        year = entry.year().or(year);
        let anchor = event_anchor(briefing, entry);
        rows.push(RowView { starts, anchor, ..row(briefing, company, entry) });
    }
    rows
}

/// Gives the id of an event's place in the list of a company's record.
pub(super) fn event_anchor(briefing: &Briefing, entry: &Entry) -> Option<String> {
    match &entry.kind {
        EntryKind::Event(row) => Some(["event:", &briefing.event(row.event).id].concat()),
        _ => None,
    }
}

fn row<'b>(briefing: &'b Briefing, company: CompanyId, entry: &'b Entry) -> RowView<'b> {
    let blank = RowView {
        kind: "claim",
        starts: None,
        anchor: None,
        date: entry.date.as_ref().map(DateView::Date),
        unit: (entry.of != company).then(|| LinkView::company(briefing, entry.of)),
        text: "",
        href: None,
        measures: Vec::new(),
        backing: None,
        disputed: false,
        status: None,
        attribution: None,
        likelihood: None,
        claims: Vec::new(),
        told: None,
        further: None,
    };
    match &entry.kind {
        EntryKind::Claim(id) => claim_row(briefing, *id, blank),
        EntryKind::Event(event) => event_row(briefing, company, event, blank),
        EntryKind::Made(id) | EntryKind::Due(id) => {
            let prediction = briefing.prediction(*id);
            RowView {
                kind: if matches!(entry.kind, EntryKind::Made(_)) { "made" } else { "due" },
                text: &prediction.text,
                href: Some(prediction_href(briefing, *id)),
                status: prediction.resolution.as_ref().map(|resolution| resolution.outcome.word()),
                likelihood: prediction.chance(),
                ..blank
            }
        }
        EntryKind::Analysis(id) => {
            let link = LinkView::to(briefing, &Page::Analysis(*id));
            RowView { kind: "analysis", text: &briefing.analysis(*id).title, href: Some(link.href), ..blank }
        }
    }
}

fn claim_row<'b>(briefing: &'b Briefing, id: ClaimId, blank: RowView<'b>) -> RowView<'b> {
    let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
    let measure = claim.value.as_ref().map(|value| MeasureView {
        unit: None,
        metric: links.metric.map(|metric| briefing.metric(metric).label.as_str()),
        value: value.value.wording().to_owned(),
    });
    RowView {
        text: &claim.text,
        href: Some(crate::pages::claim_href(briefing, id)),
        measures: measure.into_iter().collect(),
        backing: Some(Shown(links.backing)),
        disputed: is_marked(briefing, id),
        status: Some(claim.status.word()),
        attribution: claim.attribution.as_deref(),
        ..blank
    }
}

fn event_row<'b>(briefing: &'b Briefing, company: CompanyId, row: &'b EventRow, blank: RowView<'b>) -> RowView<'b> {
    RowView {
        kind: "event",
        text: &briefing.event(row.event).label,
        measures: row.measures.iter().take(TOLD).map(|one| measure(briefing, company, one)).collect(),
        backing: Some(Shown(row.backing)),
        disputed: row.claims.iter().any(|id| is_marked(briefing, *id)),
        told: Some(row.claims.len()),
        claims: row.claims.iter().take(TOLD).map(|id| told(briefing, company, *id)).collect(),
        further: row.claims.len().checked_sub(TOLD).filter(|further| *further > 0),
        ..blank
    }
}

/// How many claims and measures a row shows of an event that a thousand analyses may tell.
const TOLD: usize = 20;

fn told(briefing: &Briefing, company: CompanyId, id: ClaimId) -> ToldView<'_> {
    let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
    ToldView {
        text: &claim.text,
        href: crate::pages::claim_href(briefing, id),
        value: claim.value.as_ref().map(|value| value.value.wording()),
        unit: links.company.filter(|of| *of != company).map(|of| LinkView::company(briefing, of)),
        status: claim.status.word(),
        disputed: is_marked(briefing, id),
        attribution: claim.attribution.as_deref(),
        analysis: &briefing.analysis(links.analysis).title,
    }
}

fn measure<'b>(briefing: &'b Briefing, company: CompanyId, measure: &Measure) -> MeasureView<'b> {
    let quantity = |id: ClaimId| briefing.claim(id).value.as_ref().map(|value| &value.value);
    let unit = measure.company.filter(|of| *of != company);
    MeasureView {
        unit: unit.map(|of| LinkView::company(briefing, of)),
        metric: measure.metric.map(|metric| briefing.metric(metric).label.as_str()),
        value: quantity(measure.lowest).zip(quantity(measure.highest)).map(|(a, b)| range(a, b)).unwrap_or_default(),
    }
}

/// Writes the range of two values, or the one wording where they state the same.
fn range(lowest: &Quantity, highest: &Quantity) -> String {
    let ends = |of: &Quantity| (in_base(of.low(), of), in_base(of.high(), of));
    if ends(lowest) == ends(highest) {
        return lowest.wording().to_owned();
    }
    let [low, high] = [(ends(lowest).0, lowest), (ends(highest).1, highest)];
    format!("{} – {}", format_amount(low.0, low.1.unit()), format_amount(high.0, high.1.unit()))
}
