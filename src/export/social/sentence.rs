//! A sentence on each page, for those who see only its address.

use std::borrow::Cow;

use super::tally::Tally;
use crate::ids::{ClaimId, PersonId};
use crate::link::{Briefing, Standing};
use crate::model::Status;
use crate::pages::{List, Page, lists};
use crate::words::{Counted, capital};

/// Gives the author's own sentence on a page, or one that counts what is on it.
pub(super) fn on<'b>(briefing: &'b Briefing, page: &Page) -> Cow<'b, str> {
    // What an author wrote of a list stands on its first part; the others tell what they are.
    match written(briefing, page).filter(|_| !matches!(page, Page::List(_, 2..))) {
        Some(sentence) => sentence.into(),
        None => made(briefing, page).into(),
    }
}

/// What the author wrote of the page.
pub(crate) fn written<'b>(briefing: &'b Briefing, page: &Page) -> Option<&'b str> {
    match page {
        Page::Home => briefing.config.description.as_deref(),
        Page::Analysis(id) => briefing.analysis(*id).summary.as_deref(),
        Page::Plain(id) => briefing.page(*id).summary.as_deref(),
        Page::List(list, _) => lists::about(briefing, *list),
        _ => None,
    }
}

fn made(briefing: &Briefing, page: &Page) -> String {
    let title = page.title(briefing);
    match page {
        Page::Home => or_nothing(of_site(briefing)),
        Page::Analysis(id) => {
            let (day, tally) = (briefing.analysis(*id).day.human(), Tally::of_analysis(briefing, *id));
            if tally == Tally::default() { format!("{day}.") } else { format!("{day}: {tally}.") }
        }
        Page::Claim(id) => claim(briefing, *id),
        Page::Company(id) => or_nothing(Tally::of_company(briefing, *id)),
        Page::CompanyYear(_, year, _) => format!("What is on record of {title} for {year}."),
        Page::CompanyUndated(..) => format!("What is on record of {title} without a date."),
        Page::Person(id) => person(briefing, *id),
        Page::Forecasts => forecasts(briefing),
        Page::List(list, _) => of_list(briefing, *list),
        Page::Data => "All claims, sources, forecasts, events and names as JSON and CSV.".to_owned(),
        Page::Search => "Finds analyses, claims, companies and forecasts by their words.".to_owned(),
        Page::Missing => "Nothing is at this address.".to_owned(),
        Page::Plain(_) => format!("{title}: a page of {}.", briefing.config.title),
        Page::Embed(embedded) => on(briefing, &embedded.page()).into_owned(),
        Page::Redirect { to, .. } => on(briefing, to).into_owned(),
    }
}

fn or_nothing(tally: Tally) -> String {
    if tally == Tally::default() { "Nothing is on record yet.".to_owned() } else { format!("{tally}.") }
}

fn of_site(briefing: &Briefing) -> Tally {
    let open = [Standing::Open, Standing::Due, Standing::Overdue].map(|standing| briefing.forecasts.shelf(standing));
    Tally {
        analyses: briefing.analyses.len(),
        claims: briefing.claims.len(),
        sources: briefing.listed.works.len(),
        disputed: briefing.claims_of(Status::Disputed).len(),
        open: open.iter().map(|shelf| shelf.len()).sum(),
    }
}

/// Says how a claim stands, what it rests on, and who makes it.
fn claim(briefing: &Briefing, id: ClaimId) -> String {
    let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
    let status = match claim.status {
        Status::Reported => "Reported",
        Status::Confirmed => "Confirmed",
        Status::Disputed => "Disputed",
        Status::Corrected => "Corrected",
        Status::Superseded => "Superseded",
        Status::Retracted => "Retracted",
    };
    let value = claim.value.as_ref().map(|value| format!(": {}", value.value.wording())).unwrap_or_default();
    let analysis = briefing.analysis(links.analysis);
    format!(
        "{status}{value}. {}. From “{}”, {}.",
        capital(&links.backing.to_string()),
        analysis.title,
        analysis.day.human()
    )
}

fn person(briefing: &Briefing, id: PersonId) -> String {
    let (person, links) = (briefing.person(id), &briefing.person_links[id.index()]);
    let role = person.role.as_deref().map(|role| format!(", {role}")).unwrap_or_default();
    let analyses = Counted(links.analyses.len(), "analysis", "analyses");
    let claims = Counted(links.claims.len(), "claim", "claims");
    format!("{}{role}, in {analyses} and {claims}.", person.name.value)
}

fn forecasts(briefing: &Briefing) -> String {
    let shelf = |standing| briefing.forecasts.shelf(standing).len();
    let open = shelf(Standing::Open) + shelf(Standing::Due);
    let parts = [(open, "open"), (shelf(Standing::Overdue), "overdue"), (shelf(Standing::Resolved), "resolved")];
    let all: usize = Standing::ALL.into_iter().map(shelf).sum();
    let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    let parts = parts.collect::<Vec<_>>().join(", ");
    let all = Counted(all, "forecast", "forecasts");
    if parts.is_empty() { format!("{all}.") } else { format!("{all}: {parts}.") }
}

/// Counts what is in a list, and says in which order.
fn of_list(briefing: &Briefing, list: List) -> String {
    let (one, many, order) = match list {
        List::Analyses | List::Tag(_) | List::Series(_) | List::Author(_) => {
            ("analysis", "analyses", ", the newest first")
        }
        List::Related => ("analysis", "analyses", ", each with those that belong to its story"),
        List::Companies => ("company", "companies", ", by name"),
        List::People => ("person", "people", ", by name"),
        List::Tags => ("tag", "tags", ""),
        List::AllSeries => ("series", "series", ""),
        List::Authors => ("author", "authors", ""),
        List::Claims | List::ClaimsOf(_) => ("claim", "claims", ", those of the newest analysis first"),
        List::Source(_) => ("claim", "claims", " that rest on this work"),
        List::Corrections => ("correction", "corrections", ", the newest first"),
        List::Conflicts => ("conflict", "conflicts", ""),
        List::Sources => ("source", "sources", ""),
        List::Backlinks(_) => ("page", "pages", ""),
        List::Forecasts(_) => ("forecast", "forecasts", ""),
        List::AuthorRecords => ("author", "authors", " and how the forecasts of each did"),
        List::CompanyRecords => ("company", "companies", " and how the forecasts about each did"),
    };
    match lists::len(briefing, list) {
        0 => format!("No {many}."),
        count => format!("{}{order}.", Counted(count, one, many)),
    }
}
