//! A company's timeline as data: all of its rows in one file, in the order of the page.

use std::hash::Hash;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::calendar::{Event, Heading};
use super::data::{Column, Kind, Measured, Record, Row, write_rows};
use super::shown::{PathId, Shown, on_site};
use super::{Digest, Document, Format, Out, VERSION};
use crate::ids::{ClaimId, CompanyId, PredictionId};
use crate::link::{Briefing, Entry, EntryKind, EventRow, Measure};
use crate::pages::{Page, canonical, claim_href, prediction_href};
use crate::value::{Date, Day, Quantity, Vocabulary};

/// The timeline of a company and its units.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub(super) struct Timeline<'b> {
    /// The version of this form.
    version: u32,
    /// The company.
    company: Subject<'b>,
    /// Its rows, the oldest first; those whose year nobody knows come last.
    entries: Vec<EntryRecord<'b>>,
    #[serde(skip)]
    calendar: Heading,
}

/// The company that a timeline is of.
#[derive(Debug, Hash, Serialize, JsonSchema)]
struct Subject<'b> {
    /// Its id.
    id: &'b str,
    /// The name that readers see.
    name: &'b str,
    /// Its page.
    url: String,
}

/// One row of a timeline.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Entry")]
struct EntryRecord<'b> {
    /// What it is: claim, event, forecast-made, forecast-due or analysis.
    kind: &'static str,
    /// The full id of the claim or the forecast, the id of the event, or the slug of the analysis.
    id: Shown<PathId<'b>>,
    /// Where it stands.
    url: String,
    /// When it was, in EDTF; null where nobody knows.
    date: Option<Shown<&'b Date>>,
    /// The first day that the date may mean.
    earliest: Option<Shown<Day>>,
    /// The last day that the date may mean.
    latest: Option<Shown<Day>>,
    /// The id of the company or unit that it is about.
    company: &'b str,
    /// What it says.
    text: &'b str,
    /// How the claim stands, or what came of the forecast.
    status: Option<&'static str>,
    /// How many independent works stand behind it; null where it is no claim.
    roots: Option<usize>,
    /// What was measured.
    measures: Vec<MeasureRecord<'b>>,
    /// The full ids of the claims of an event.
    claims: Vec<Shown<PathId<'b>>>,
    #[serde(skip)]
    stamp: Day,
}

/// A measured value, or the range of those that the claims of one event give.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Measure")]
struct MeasureRecord<'b> {
    /// The id of the company or unit that was measured.
    company: Option<&'b str>,
    /// The id of what was measured.
    metric: Option<&'b str>,
    /// What the wording means, from the lowest claim to the highest.
    #[serde(flatten)]
    measured: Measured<'b>,
}

/// Gives the path of a file of a company's timeline.
pub(super) fn path(briefing: &Briefing, id: CompanyId, format: Format) -> String {
    let ending = match format {
        Format::Csv => "csv",
        Format::Ics => "ics",
        _ => "json",
    };
    format!("{}timeline.{ending}", Page::Company(id).path(briefing))
}

/// Gives a company's timeline.
pub(super) fn of(briefing: &Briefing, id: CompanyId) -> Timeline<'_> {
    let (company, timeline) = (briefing.company(id), &briefing.timelines[id.index()]);
    let url = canonical(briefing, &Page::Company(id));
    let rows = timeline.entries.iter().chain(&timeline.undated);
    let entries: Vec<EntryRecord<'_>> = rows.map(|entry| EntryRecord::of(briefing, entry, &url)).collect();
    let calendar = Heading::of(briefing, format!("{} – {}", company.name.value, briefing.config.title));
    let company = Subject { id: &company.id, name: &company.name.value, url };
    Timeline { version: VERSION, company, entries, calendar }
}

impl<'b> EntryRecord<'b> {
    fn of(briefing: &'b Briefing, entry: &'b Entry, page: &str) -> Self {
        let blank = Self {
            kind: "claim",
            id: PathId::plain(""),
            url: String::new(),
            date: entry.date.as_ref().map(Shown),
            earliest: entry.date.as_ref().and_then(Date::earliest).map(Shown),
            latest: entry.date.as_ref().and_then(Date::latest).map(Shown),
            company: &briefing.company(entry.of).id,
            text: "",
            status: None,
            roots: None,
            measures: Vec::new(),
            claims: Vec::new(),
            stamp: Day::default(),
        };
        match &entry.kind {
            EntryKind::Claim(id) => blank.claim(briefing, *id),
            EntryKind::Event(row) => blank.row(briefing, row, page),
            EntryKind::Made(id) => Self { kind: "forecast-made", ..blank.forecast(briefing, *id) },
            EntryKind::Due(id) => Self { kind: "forecast-due", ..blank.forecast(briefing, *id) },
            EntryKind::Analysis(id) => {
                let analysis = briefing.analysis(*id);
                let url = canonical(briefing, &Page::Analysis(*id));
                let id = PathId::plain(&analysis.slug.value);
                Self { kind: "analysis", id, url, text: &analysis.title, stamp: analysis.day, ..blank }
            }
        }
    }

    fn claim(self, briefing: &'b Briefing, id: ClaimId) -> Self {
        let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
        let measure = quantity(briefing, id).map(|value| MeasureRecord::of(briefing, id, Measured::of(value)));
        Self {
            id: PathId::claim(briefing, id),
            url: on_site(briefing, &claim_href(briefing, id)),
            text: &claim.text,
            status: Some(claim.status.word()),
            roots: Some(links.roots.len()),
            measures: measure.into_iter().collect(),
            stamp: briefing.analysis(links.analysis).day,
            ..self
        }
    }

    fn row(self, briefing: &'b Briefing, row: &'b EventRow, page: &str) -> Self {
        let event = briefing.event(row.event);
        let told = row.claims.iter().map(|id| briefing.analysis(briefing.claim_links[id.index()].analysis).day);
        Self {
            kind: "event",
            id: PathId::plain(&event.id),
            url: page.to_owned(),
            text: &event.label,
            roots: Some(row.backing.roots),
            measures: row.measures.iter().filter_map(|one| MeasureRecord::range(briefing, one)).collect(),
            claims: row.claims.iter().map(|id| PathId::claim(briefing, *id)).collect(),
            stamp: told.max().unwrap_or_default(),
            ..self
        }
    }

    fn forecast(self, briefing: &'b Briefing, id: PredictionId) -> Self {
        let prediction = briefing.prediction(id);
        Self {
            id: PathId::prediction(briefing, id),
            url: on_site(briefing, &prediction_href(briefing, id)),
            text: &prediction.text,
            status: prediction.resolution.as_ref().map(|resolution| resolution.outcome.word()),
            stamp: prediction.made,
            ..self
        }
    }

    /// Puts the row into a calendar, if its date has a day.
    fn event(&self) -> Option<Event<'_>> {
        let (first, last) = (self.earliest.map(|day| day.0), self.latest.map(|day| day.0));
        Some(Event {
            uid: format!("{}:{}", self.kind, self.id),
            stamp: self.stamp,
            first: first.or(last)?,
            last,
            summary: self.text.into(),
            description: self.date.filter(|date| first != last || date.0.is_approximate()).map(|date| date.0.human()),
            url: (&*self.url).into(),
        })
    }
}

impl<'b> MeasureRecord<'b> {
    fn of(briefing: &'b Briefing, id: ClaimId, measured: Measured<'b>) -> Self {
        let links = &briefing.claim_links[id.index()];
        Self {
            company: links.company.map(|id| &*briefing.company(id).id),
            metric: links.metric.map(|id| &*briefing.metric(id).id),
            measured,
        }
    }

    fn range(briefing: &'b Briefing, measure: &Measure) -> Option<Self> {
        let (lowest, highest) = (quantity(briefing, measure.lowest)?, quantity(briefing, measure.highest)?);
        Some(Self::of(briefing, measure.lowest, Measured::range(lowest, highest)))
    }
}

fn quantity(briefing: &Briefing, id: ClaimId) -> Option<&Quantity> {
    briefing.claim(id).value.as_ref().map(|value| &value.value)
}

impl Record for EntryRecord<'_> {
    const NAME: &'static str = "entries";
    const ABOUT: &'static str = "The rows of a company's timeline.";
    const KEY: &'static [&'static str] = &["kind", "id"];
    const COLUMNS: &'static [Column] = &[
        Column::new("kind", Kind::Word),
        Column::new("id", Kind::Word),
        Column::new("url", Kind::Address),
        Column::new("date", Kind::Date),
        Column::new("earliest", Kind::Day),
        Column::new("latest", Kind::Day),
        Column::new("company", Kind::Word),
        Column::new("text", Kind::Text),
        Column::new("status", Kind::Word),
        Column::new("roots", Kind::Integer),
        Column::new("metric", Kind::Word),
        Column::new("low", Kind::Decimal),
        Column::new("high", Kind::Decimal),
        Column::new("low_open", Kind::Flag),
        Column::new("high_open", Kind::Flag),
        Column::new("unit", Kind::Text),
        Column::new("claims", Kind::Word),
    ];

    /// Writes the row; the columns of a measure are for rows that have just one.
    fn cells(&self, row: &mut Row) {
        row.word(Some(self.kind));
        row.shown(Some(&self.id));
        row.word(Some(&self.url));
        row.shown(self.date);
        row.shown(self.earliest);
        row.shown(self.latest);
        row.word(Some(self.company));
        row.text(Some(self.text));
        row.word(self.status);
        row.shown(self.roots);
        let measure = if let [only] = &*self.measures { Some(only) } else { None };
        let measured = measure.map(|measure| measure.measured);
        row.word(measure.and_then(|measure| measure.metric));
        row.shown(measured.and_then(|measured| measured.low));
        row.shown(measured.and_then(|measured| measured.high));
        row.shown(measured.map(|measured| measured.low_open));
        row.shown(measured.map(|measured| measured.high_open));
        row.shown(measured.and_then(|measured| measured.unit));
        row.list(&self.claims, " ");
    }
}

impl Document for Timeline<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, format: Format, out: &mut Out<'_>) -> io::Result<()> {
        match format {
            Format::Csv => write_rows::<EntryRecord<'_>>(out, &self.entries),
            Format::Ics => self.calendar.write(self.entries.iter().filter_map(EntryRecord::event), out),
            _ => {
                serde_json::to_writer(&mut *out, self)?;
                out.write_all(b"\n")
            }
        }
    }
}
