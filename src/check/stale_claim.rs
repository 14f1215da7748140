//! `stale-claim`: what was expected of a time that has passed, and nobody says what came of it.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ids::{CompanyId, MetricId};
use crate::link::Briefing;
use crate::model::{Scenario, Status};
use crate::value::{Date, Day, Vocabulary};

/// How many days after its time an expectation is stale: results come a quarter later.
const GRACE: i32 = 92;

/// The latest day that an actual figure is known for, of each metric of each company.
type Known = BTreeMap<(CompanyId, MetricId), Day>;

/// Reports guidance, plans and targets whose time has passed without an actual figure for it.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    let known = known(briefing);
    let today = briefing.config.now.day;
    for (claim, links) in briefing.claims.iter().zip(&briefing.claim_links) {
        let expected = matches!(claim.scenario, Scenario::Guidance | Scenario::Plan | Scenario::Target);
        let stands = expected && matches!(claim.status, Status::Reported | Status::Confirmed);
        let Some(((date, metric), company)) = claim.date.as_ref().zip(links.metric).zip(links.company) else {
            continue;
        };
        let Some(last) = date.value.latest().filter(|_| stands) else { continue };
        let settled = known.get(&(company, metric)).is_some_and(|day| covers(&date.value, *day));
        if settled || last.days_until(today) <= GRACE {
            continue;
        }
        let message =
            format!("the time of this {} has passed, and no claim says what came of it", claim.scenario.word());
        let warning = Diagnostic::warning("stale-claim", message);
        let warning = warning.at(briefing.analysis(links.analysis).origin.place(date.span));
        let help = "add a claim of what it came to, or give this one a `status`";
        diagnostics.push(warning.help(help));
    }
}

/// Tells whether a figure of a day says what came of an expectation.
fn covers(expected: &Date, day: Day) -> bool {
    expected.earliest().is_none_or(|first| first <= day)
}

fn known(briefing: &Briefing) -> Known {
    let mut known = Known::new();
    for (claim, links) in briefing.claims.iter().zip(&briefing.claim_links) {
        let day = claim.date.as_ref().and_then(|date| date.value.latest());
        let Some(((day, metric), company)) = day.zip(links.metric).zip(links.company) else { continue };
        if claim.scenario == Scenario::Actual && claim.status != Status::Retracted {
            let latest = known.entry((company, metric)).or_insert(day);
            *latest = (*latest).max(day);
        }
    }
    known
}
