//! The pages of companies and people.

use schemars::JsonSchema;
use serde::Serialize;

use super::{ClaimView, Content, DateView, EntryView, LinkView, MetricsView, SnippetView, TimelineView, View};
use crate::export::{FileLink, timeline_files};
use crate::ids::{CompanyId, PersonId};
use crate::link::Briefing;
use crate::pages::Page;
use crate::value::Vocabulary;

/// A company, a unit or a product.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct CompanyView<'b> {
    /// Its id.
    pub id: &'b str,
    /// What it is.
    pub kind: &'static str,
    /// What it is a part of, from the outside in.
    pub lineage: Vec<LinkView<'b>>,
    /// Its units and products, the first of them.
    pub units: Vec<LinkView<'b>>,
    /// Its people.
    pub people: Vec<RoleView<'b>>,
    /// Its other names.
    pub aliases: Vec<&'b str>,
    /// The ticker with its market.
    pub ticker: Option<&'b str>,
    /// The Legal Entity Identifier.
    pub lei: Option<&'b str>,
    /// The item in Wikidata.
    pub wikidata: Option<&'b str>,
    /// Its own site.
    pub website: Option<&'b str>,
    /// When it was founded.
    pub founded: Option<DateView<'b>>,
    /// How many analyses are about it.
    pub analyses: usize,
    /// The other forms of its whole record.
    pub files: Vec<FileLink>,
    /// Its record, or the part of it that this page shows.
    pub timeline: TimelineView<'b>,
    /// Its metrics through time; none in a part of its timeline.
    pub metrics: Option<MetricsView<'b>>,
    /// How to show its timeline on another site, where the site has pages for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embed: Option<SnippetView<'b>>,
}

/// A person where a company shows one.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct RoleView<'b> {
    /// The person.
    pub link: LinkView<'b>,
    /// What the person does.
    pub role: Option<&'b str>,
}

/// A person.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct PersonView<'b> {
    /// The id.
    pub id: &'b str,
    /// What the person does.
    pub role: Option<&'b str>,
    /// Where.
    pub company: Option<LinkView<'b>>,
    /// Other names.
    pub aliases: Vec<&'b str>,
    /// The item in Wikidata.
    pub wikidata: Option<&'b str>,
    /// The person's own site.
    pub website: Option<&'b str>,
    /// The newest analyses about the person.
    pub analyses: Vec<EntryView<'b>>,
    /// The newest claims about the person.
    pub claims: Vec<ClaimView<'b>>,
}

/// How many entries a page shows of a list that has no pages of its own.
const SHOWN: usize = 50;

/// Builds the view of a company's own page.
pub(super) fn view(briefing: &Briefing, id: CompanyId) -> View<'_> {
    company_view(briefing, &Page::Company(id), id, TimelineView::newest(briefing, id))
}

/// Builds the view of a part of one year of its timeline.
pub(super) fn year_view(briefing: &Briefing, id: CompanyId, year: i32, part: usize) -> View<'_> {
    company_view(briefing, &Page::CompanyYear(id, year, part), id, TimelineView::year(briefing, id, year, part))
}

/// Builds the view of a part of what its timeline cannot date.
pub(super) fn undated_view(briefing: &Briefing, id: CompanyId, part: usize) -> View<'_> {
    company_view(briefing, &Page::CompanyUndated(id, part), id, TimelineView::undated(briefing, id, part))
}

fn company_view<'b>(briefing: &'b Briefing, page: &Page, id: CompanyId, timeline: TimelineView<'b>) -> View<'b> {
    let (company, links) = (briefing.company(id), &briefing.company_links[id.index()]);
    let mut lineage: Vec<LinkView<'b>> =
        briefing.lineage(id).skip(1).map(|id| LinkView::company(briefing, id)).collect();
    lineage.reverse();
    let role = |id: &PersonId| RoleView {
        link: LinkView::to(briefing, &Page::Person(*id)),
        role: briefing.person(*id).role.as_deref(),
    };
    let company_view = CompanyView {
        id: &company.id,
        kind: company.kind.word(),
        lineage,
        units: links.units.iter().take(SHOWN).map(|id| LinkView::company(briefing, *id)).collect(),
        people: links.people.iter().take(SHOWN).map(role).collect(),
        aliases: company.aliases.iter().map(|alias| alias.text.value.as_str()).collect(),
        ticker: company.ticker.as_deref(),
        lei: company.lei.as_deref(),
        wikidata: company.wikidata.as_deref(),
        website: company.website.as_deref(),
        founded: company.founded.as_ref().map(DateView::Date),
        analyses: links.analyses.len(),
        files: timeline_files(briefing, id),
        timeline,
        metrics: (*page == Page::Company(id)).then(|| MetricsView::of(briefing, id)),
        embed: SnippetView::of(briefing, page),
    };
    super::of(briefing, page, "company", "companies", Content::Company(Box::new(company_view)))
}

/// Builds the view of a person's page.
pub(super) fn person_view(briefing: &Briefing, id: PersonId) -> View<'_> {
    let (person, links) = (briefing.person(id), &briefing.person_links[id.index()]);
    let person_view = PersonView {
        id: &person.id,
        role: person.role.as_deref(),
        company: links.company.map(|id| LinkView::company(briefing, id)),
        aliases: person.aliases.iter().map(|alias| alias.text.value.as_str()).collect(),
        wikidata: person.wikidata.as_deref(),
        website: person.website.as_deref(),
        analyses: links.analyses.iter().rev().take(SHOWN).map(|id| EntryView::of(briefing, *id)).collect(),
        claims: links.claims.iter().rev().take(SHOWN).map(|id| ClaimView::in_list(briefing, *id)).collect(),
    };
    super::of(briefing, &Page::Person(id), "person", "", Content::Person(Box::new(person_view)))
}
