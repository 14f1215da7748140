//! Calendars: when open forecasts are due and signals are to be looked at, for a calendar program to subscribe to.

mod ics;

use xxhash_rust::xxh3::xxh3_64;

use super::shown;
use crate::ids::{AnalysisId, PredictionId};
use crate::link::Briefing;
use crate::model::Signal;
use crate::pages::{Page, canonical, prediction_href};
use crate::speech::{say, word};
use crate::value::Day;

pub(super) use ics::{Calendar, Event, Heading};

/// Gives the calendar of what is still to be known: open forecasts by their last day, and the next look at signals.
pub(super) fn forecasts(briefing: &Briefing) -> Calendar<'_> {
    let heading = Heading::of(briefing, format!("{} – {}", Page::Forecasts.title(briefing), briefing.config.title));
    Calendar { heading, events: events(briefing).collect() }
}

/// Tells whether that calendar has anything on it.
pub(super) fn has_events(briefing: &Briefing) -> bool {
    events(briefing).next().is_some()
}

fn events(briefing: &Briefing) -> impl Iterator<Item = Event<'_>> {
    let forecasts = (0..briefing.predictions.len()).filter_map(|at| forecast(briefing, PredictionId::at(at)));
    let signals = briefing.analyses.iter().enumerate().flat_map(|(at, analysis)| {
        let url = canonical(briefing, &Page::Analysis(AnalysisId::at(at)));
        analysis.signals.iter().filter_map(move |one| signal(&analysis.slug.value, analysis.day, &url, one))
    });
    forecasts.chain(signals)
}

fn forecast(briefing: &Briefing, id: PredictionId) -> Option<Event<'_>> {
    let prediction = briefing.prediction(id);
    let day = prediction.due.as_ref().filter(|_| prediction.resolution.is_none())?.latest()?;
    let chance =
        prediction.chance().map(|chance| say("chance_of", &[("chance", &word("likelihood", &chance.to_string()))]));
    let criteria = Some(prediction.criteria.join("; ")).filter(|criteria| !criteria.is_empty());
    let said: Vec<String> =
        chance.into_iter().chain(criteria.map(|criteria| say("yes_where", &[("criteria", &criteria)]))).collect();
    Some(Event {
        uid: format!("due:{}", shown::PathId::prediction(briefing, id)),
        stamp: prediction.made,
        first: day,
        last: Some(day),
        summary: say("due_said", &[("text", &prediction.text)]).into(),
        description: Some(said.join(" ")).filter(|said| !said.is_empty()),
        url: shown::on_site(briefing, &prediction_href(briefing, id)).into(),
    })
}

/// A signal has no id of its own: its text is what stays.
fn signal(slug: &str, made: Day, url: &str, signal: &Signal) -> Option<Event<'static>> {
    let next = signal.next.as_ref()?;
    let first = next.earliest().or_else(|| next.latest())?;
    Some(Event {
        uid: format!("signal:{slug}/{:016x}", xxh3_64(signal.text.value.as_bytes())),
        stamp: made,
        first,
        last: next.latest(),
        summary: say("look_at", &[("text", &signal.text.value)]).into(),
        description: signal.every.as_ref().map(|every| say("every_said", &[("period", &every)])),
        url: url.to_owned().into(),
    })
}
