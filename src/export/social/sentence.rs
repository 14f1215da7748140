//! A sentence on each page, for those who see only its address.

use std::borrow::Cow;

use super::tally::Tally;
use crate::ids::{ClaimId, PersonId};
use crate::link::{Briefing, Standing};
use crate::model::Status;
use crate::pages::{List, Page, lists};
use crate::speech::{capital, counted, say, word};
use crate::value::Vocabulary;

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
            let (day, tally) = (briefing.analysis(*id).day.said(), Tally::of_analysis(briefing, *id));
            if tally == Tally::default() { format!("{day}.") } else { format!("{day}: {tally}.") }
        }
        Page::Claim(id) => claim(briefing, *id),
        Page::Company(id) => or_nothing(Tally::of_company(briefing, *id)),
        Page::CompanyYear(_, year, _) => say("sentence_year", &[("title", &title), ("year", year)]),
        Page::CompanyUndated(..) => say("sentence_undated", &[("title", &title)]),
        Page::Person(id) => person(briefing, *id),
        Page::Forecasts => forecasts(briefing),
        Page::List(list, _) => match lists::len(briefing, *list) {
            0 => say("none_yet", &[]),
            count => counted(counting(*list), count),
        },
        Page::Data => say("sentence_data", &[]),
        Page::Search => say("sentence_search", &[]),
        Page::Missing => say("sentence_missing", &[]),
        Page::Plain(_) => say("sentence_page", &[("title", &title), ("site", &briefing.config.title)]),
        Page::Embed(embedded) => on(briefing, &embedded.page()).into_owned(),
        Page::Redirect { to, .. } => on(briefing, to).into_owned(),
    }
}

fn or_nothing(tally: Tally) -> String {
    if tally == Tally::default() { say("nothing_on_record", &[]) } else { format!("{tally}.") }
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
    let status = word("status", claim.status.word());
    let value = claim.value.as_ref().map(|value| format!(": {}", value.value.wording())).unwrap_or_default();
    let analysis = briefing.analysis(links.analysis);
    let from = say("sentence_from", &[("title", &analysis.title), ("date", &analysis.day.said())]);
    format!("{}{value}. {}. {from}", capital(&status), capital(&links.backing.to_string()))
}

fn person(briefing: &Briefing, id: PersonId) -> String {
    let (person, links) = (briefing.person(id), &briefing.person_links[id.index()]);
    let role = person.role.as_deref().map(|role| format!(", {role}")).unwrap_or_default();
    let analyses = counted("analyses_counted", links.analyses.len());
    let claims = counted("claims_counted", links.claims.len());
    let name = [&*person.name.value, &role].concat();
    say("sentence_person", &[("name", &name), ("analyses", &analyses), ("claims", &claims)])
}

fn forecasts(briefing: &Briefing) -> String {
    let shelf = |standing| briefing.forecasts.shelf(standing).len();
    let open = shelf(Standing::Open) + shelf(Standing::Due);
    let parts = [
        ("open_counted", open),
        ("overdue_counted", shelf(Standing::Overdue)),
        ("resolved_counted", shelf(Standing::Resolved)),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| counted(key, n)).collect();
    let all = counted("forecasts_counted", Standing::ALL.into_iter().map(shelf).sum());
    if parts.is_empty() { format!("{all}.") } else { format!("{all}: {}.", parts.join(", ")) }
}

/// The string that counts what is in a list, and says in which order.
fn counting(list: List) -> &'static str {
    match list {
        List::Analyses | List::Tag(_) | List::Series(_) | List::Author(_) => "list_analyses",
        List::Related => "list_related",
        List::Companies => "list_companies",
        List::People => "list_people",
        List::Tags => "list_tags",
        List::AllSeries => "list_series",
        List::Authors => "list_authors",
        List::Claims | List::ClaimsOf(_) => "list_claims",
        List::Source(_) => "list_source",
        List::Corrections => "list_corrections",
        List::Conflicts => "list_conflicts",
        List::Sources => "list_sources",
        List::Backlinks(_) => "list_links",
        List::Forecasts(_) => "list_forecasts",
        List::AuthorRecords => "list_author_records",
        List::CompanyRecords => "list_company_records",
    }
}
