//! What changed on the record: corrections, revised figures, forecasts that came out, and claims that disagree.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::Serialize;

use super::{DateView, LinkView};
use crate::ids::{AnalysisId, ClaimId, PredictionId};
use crate::link::{Briefing, Conflict, Corrected};
use crate::model::TieKind;
use crate::pages::{Page, claim_href, correction_href, prediction_href};
use crate::value::{Day, Vocabulary};

/// A change, as a list of the newest ones shows it.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct NewsView<'b> {
    /// What kind of change it is: `correction`, `revision`, `outcome` or `conflict`.
    pub kind: &'static str,
    /// Its day.
    pub date: DateView<'b>,
    /// What it is about: what is right now, the claim, or the forecast.
    pub text: &'b str,
    /// The link to it.
    pub href: String,
    /// The value before; of a conflict, the one that was stated first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<&'b str>,
    /// The value since; of a conflict the other one, and of a forecast its outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now: Option<&'b str>,
    /// The analysis that made the change.
    pub analysis: LinkView<'b>,
}

/// A change, as it is put in order.
#[derive(Clone, Copy)]
enum Change {
    Correction(Corrected),
    Revision { old: ClaimId, new: ClaimId },
    Outcome(PredictionId),
    Conflict(Conflict),
}

/// Lists the newest changes, so many at most; of one day, those of the newest analysis first.
pub(super) fn newest(briefing: &Briefing, most: usize) -> Vec<NewsView<'_>> {
    let day = |id: AnalysisId| briefing.analysis(id).day;
    let maker = |claim: ClaimId| briefing.claim_links[claim.index()].analysis;
    let mut all: Vec<(Day, AnalysisId, Change)> = Vec::new();
    for one in &briefing.listed.corrections {
        let made = briefing.analysis(one.analysis).corrections[one.index].day;
        all.push((made, one.analysis, Change::Correction(*one)));
    }
    for (new, links) in briefing.claim_links.iter().enumerate() {
        let new = ClaimId::at(new);
        let replaced = links.predecessors().filter(|(kind, _)| *kind == TieKind::Supersedes);
        let revision = |(_, old)| (day(links.analysis), links.analysis, Change::Revision { old, new });
        all.extend(replaced.map(revision));
    }
    for (at, links) in briefing.prediction_links.iter().enumerate() {
        let id = PredictionId::at(at);
        let known = briefing.prediction(id).resolution.as_ref().and_then(|one| one.day);
        all.extend(known.map(|known| (known, links.analysis, Change::Outcome(id))));
    }
    for conflict in &briefing.listed.conflicts {
        let later = maker(conflict.a).max(maker(conflict.b));
        all.push((day(later), later, Change::Conflict(*conflict)));
    }
    let today = briefing.config.now.day;
    all.retain(|(day, ..)| *day <= today);
    all.sort_by_key(|(day, analysis, _)| Reverse((*day, *analysis)));
    all.truncate(most);
    all.into_iter().map(|(day, analysis, change)| view(briefing, day, analysis, change)).collect()
}

fn view(briefing: &Briefing, day: Day, analysis: AnalysisId, change: Change) -> NewsView<'_> {
    let value = |id: ClaimId| briefing.claim(id).value.as_ref().map(|value| value.value.wording());
    let (kind, text, href, was, now): (_, &str, _, _, _) = match change {
        Change::Correction(one) => {
            let correction = &briefing.analysis(one.analysis).corrections[one.index];
            ("correction", &correction.now, correction_href(briefing, one), Some(correction.was.as_str()), None)
        }
        Change::Revision { old, new } => {
            ("revision", &briefing.claim(new).text, claim_href(briefing, new), value(old), value(new))
        }
        Change::Outcome(id) => {
            let prediction = briefing.prediction(id);
            let outcome = prediction.resolution.as_ref().map(|resolution| resolution.outcome.word());
            ("outcome", &prediction.text, prediction_href(briefing, id), None, outcome)
        }
        Change::Conflict(Conflict { a, b, .. }) => {
            let newer = if briefing.claim_links[a.index()].analysis == analysis { a } else { b };
            let older = if newer == a { b } else { a };
            ("conflict", &briefing.claim(newer).text, claim_href(briefing, newer), value(older), value(newer))
        }
    };
    let analysis = LinkView::to(briefing, &Page::Analysis(analysis));
    NewsView { kind, date: DateView::Day(day), text, href, was, now, analysis }
}
