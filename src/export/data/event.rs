//! Events as data.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, Kind, Record, Records, Row};
use crate::export::shown::{PathId, Shown};
use crate::ids::{ClaimId, EventId};
use crate::link::{Briefing, event_dates};
use crate::value::Date;

/// A real-world event that claims report.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Event")]
pub(super) struct EventRecord<'b> {
    /// The id that claims use.
    id: &'b str,
    /// What readers see.
    label: &'b str,
    /// When it happened, in EDTF: as declared, else the earliest date of its claims.
    date: Option<Shown<&'b Date>>,
    /// The ids of the companies that its claims are about.
    companies: Vec<&'b str>,
    /// The full ids of its claims.
    claims: Vec<Shown<PathId<'b>>>,
}

impl Record for EventRecord<'_> {
    const NAME: &'static str = "events";
    const ABOUT: &'static str = "Every real-world event that the claims report.";
    const KEY: &'static [&'static str] = &["id"];
    const COLUMNS: &'static [Column] = &[
        Column::new("id", Kind::Word),
        Column::new("label", Kind::Text),
        Column::new("date", Kind::Date),
        Column::new("companies", Kind::Word),
        Column::new("claims", Kind::Word),
    ];

    fn cells(&self, row: &mut Row) {
        row.word(Some(self.id));
        row.text(Some(self.label));
        row.shown(self.date);
        row.list(&self.companies, " ");
        row.list(&self.claims, " ");
    }
}

/// Lists the events that claims report; one that only a left-out analysis reports would tell what it is about.
pub(super) fn records(briefing: &Briefing) -> Records<'_, EventRecord<'_>> {
    let dates = event_dates(briefing);
    let links = briefing.claim_links.iter().enumerate();
    let mut told: Vec<(EventId, ClaimId)> =
        links.filter_map(|(at, links)| Some((links.event?, ClaimId::at(at)))).collect();
    told.sort_unstable();
    let events: Vec<Vec<(EventId, ClaimId)>> = told.chunk_by(|a, b| a.0 == b.0).map(<[_]>::to_vec).collect();
    Records::new(events.len(), move |at| record(briefing, &dates, &events[at]))
}

fn record<'b>(briefing: &'b Briefing, dates: &[Option<&'b Date>], told: &[(EventId, ClaimId)]) -> EventRecord<'b> {
    let id = told.first().map_or(EventId(0), |(event, _)| *event);
    let event = briefing.event(id);
    let mut companies: Vec<_> =
        told.iter().filter_map(|(_, claim)| briefing.claim_links[claim.index()].company).collect();
    companies.sort_unstable();
    companies.dedup();
    EventRecord {
        id: &event.id,
        label: &event.label,
        date: dates[id.index()].map(Shown),
        companies: companies.into_iter().map(|id| &*briefing.company(id).id).collect(),
        claims: told.iter().map(|(_, claim)| PathId::claim(briefing, *claim)).collect(),
    }
}
