//! The front page: what is new, what changed on the record, and what comes due.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Content, DateView, EntryView, NewsView, View, change};
use crate::ids::PredictionId;
use crate::link::Briefing;
use crate::pages::lists;
use crate::pages::{List, Page};
use crate::pages::{href, prediction_href};

/// The front page.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct HomeView<'b> {
    /// The newest analyses.
    pub newest: Vec<EntryView<'b>>,
    /// The list of all analyses, where there are more.
    pub more: Option<String>,
    /// What changed on the record, the newest first.
    pub changed: Vec<NewsView<'b>>,
    /// The list of all corrections, where there are any.
    pub corrections_href: Option<String>,
    /// Open forecasts by the day that they are due.
    pub due: Vec<DueView<'b>>,
}

/// A forecast that comes due.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct DueView<'b> {
    /// When.
    pub date: DateView<'b>,
    /// What will have happened.
    pub text: &'b str,
    /// The link to it.
    pub href: String,
    /// How probable, in percent, or how likely in words.
    pub likelihood: Option<String>,
}

/// How many analyses the front page shows.
const NEWEST: usize = 12;
/// How many changes it shows.
const CHANGES: usize = 8;
/// How many forecasts it shows.
const SHOWN: usize = 6;

/// Builds the view of the front page.
pub(super) fn view(briefing: &Briefing) -> View<'_> {
    let home = HomeView {
        newest: lists::newest_analyses(briefing).take(NEWEST).map(|id| EntryView::of(briefing, id)).collect(),
        more: (briefing.analyses.len() > NEWEST).then(|| href(briefing, &Page::List(List::Analyses, 1))),
        changed: change::newest(briefing, CHANGES),
        corrections_href: (!briefing.listed.corrections.is_empty())
            .then(|| href(briefing, &Page::List(List::Corrections, 1))),
        due: due(briefing),
    };
    super::of(briefing, &Page::Home, "home", "", Content::Home(Box::new(home)))
}

fn due(briefing: &Briefing) -> Vec<DueView<'_>> {
    let today = briefing.config.now.day;
    let mut open: Vec<_> = briefing
        .predictions
        .iter()
        .enumerate()
        .filter(|(_, prediction)| prediction.resolution.is_none())
        .filter_map(|(index, prediction)| {
            let last = prediction.due.as_ref()?.latest().filter(|last| *last >= today)?;
            Some((last, PredictionId::at(index)))
        })
        .collect();
    open.sort_unstable();
    open.truncate(SHOWN);
    open.into_iter()
        .map(|(_, id)| {
            let prediction = briefing.prediction(id);
            DueView {
                date: prediction.due.as_ref().map_or_else(|| DateView::Day(prediction.made), DateView::Date),
                text: &prediction.text,
                href: prediction_href(briefing, id),
                likelihood: prediction.chance(),
            }
        })
        .collect()
}
