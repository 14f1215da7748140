//! Companies and people as data.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, Kind, Record, Records, Row};
use crate::export::shown::Shown;
use crate::ids::{CompanyId, PersonId};
use crate::link::Briefing;
use crate::model::Alias;
use crate::pages::{Page, canonical};
use crate::value::{Date, Vocabulary};

/// A company, a unit, a product or a person.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Entity")]
pub(super) struct EntityRecord<'b> {
    /// Which of the two lists its id is from: company or person.
    list: &'static str,
    /// The id; a company and a person may have the same.
    id: &'b str,
    /// What it is: company, unit, product or person.
    kind: &'static str,
    /// The name that readers see.
    name: &'b str,
    /// Its page.
    url: String,
    /// Its other names.
    aliases: Vec<&'b str>,
    /// The id of the company that it is a part of, or where the person works.
    part_of: Option<&'b str>,
    /// What the person does.
    role: Option<&'b str>,
    /// The ticker with its market.
    ticker: Option<&'b str>,
    /// The Legal Entity Identifier (ISO 17442).
    lei: Option<&'b str>,
    /// The item in Wikidata.
    wikidata: Option<&'b str>,
    /// Its own site.
    website: Option<&'b str>,
    /// When it was founded, in EDTF.
    founded: Option<Shown<&'b Date>>,
    /// How many analyses are about it.
    analyses: usize,
    /// How many claims are about it, not about its units.
    claims: usize,
}

impl<'b> EntityRecord<'b> {
    fn company(briefing: &'b Briefing, id: CompanyId) -> Self {
        let (company, links) = (briefing.company(id), &briefing.company_links[id.index()]);
        Self {
            list: "company",
            id: &company.id,
            kind: company.kind.word(),
            name: &company.name.value,
            url: canonical(briefing, &Page::Company(id)),
            aliases: names(&company.aliases),
            part_of: links.parent.map(|id| &*briefing.company(id).id),
            role: None,
            ticker: company.ticker.as_deref(),
            lei: company.lei.as_deref(),
            wikidata: company.wikidata.as_deref(),
            website: company.website.as_deref(),
            founded: company.founded.as_ref().map(Shown),
            analyses: links.analyses.len(),
            claims: links.claims.len(),
        }
    }

    fn person(briefing: &'b Briefing, id: PersonId) -> Self {
        let (person, links) = (briefing.person(id), &briefing.person_links[id.index()]);
        Self {
            list: "person",
            id: &person.id,
            kind: "person",
            name: &person.name.value,
            url: canonical(briefing, &Page::Person(id)),
            aliases: names(&person.aliases),
            part_of: links.company.map(|id| &*briefing.company(id).id),
            role: person.role.as_deref(),
            ticker: None,
            lei: None,
            wikidata: person.wikidata.as_deref(),
            website: person.website.as_deref(),
            founded: None,
            analyses: links.analyses.len(),
            claims: links.claims.len(),
        }
    }
}

fn names(aliases: &[Alias]) -> Vec<&str> {
    aliases.iter().map(|alias| alias.text.value.as_str()).collect()
}

impl Record for EntityRecord<'_> {
    const NAME: &'static str = "entities";
    const ABOUT: &'static str = "Every company, unit, product and person that has a page.";
    const KEY: &'static [&'static str] = &["list", "id"];
    const COLUMNS: &'static [Column] = &[
        Column::new("list", Kind::Word),
        Column::new("id", Kind::Word),
        Column::new("kind", Kind::Word),
        Column::new("name", Kind::Text),
        Column::new("url", Kind::Address),
        Column::new("aliases", Kind::Text),
        Column::new("part_of", Kind::Word),
        Column::new("role", Kind::Text),
        Column::new("ticker", Kind::Text),
        Column::new("lei", Kind::Text),
        Column::new("wikidata", Kind::Text),
        Column::new("website", Kind::Address),
        Column::new("founded", Kind::Date),
        Column::new("analyses", Kind::Integer),
        Column::new("claims", Kind::Integer),
    ];

    fn cells(&self, row: &mut Row) {
        row.word(Some(self.list));
        row.word(Some(self.id));
        row.word(Some(self.kind));
        row.text(Some(self.name));
        row.word(Some(&self.url));
        row.text(Some(&self.aliases.join("; ")));
        row.word(self.part_of);
        row.text(self.role);
        row.text(self.ticker);
        row.text(self.lei);
        row.text(self.wikidata);
        row.word(self.website);
        row.shown(self.founded);
        row.shown(Some(self.analyses));
        row.shown(Some(self.claims));
    }
}

/// Lists companies by id, then people by id.
pub(super) fn records(briefing: &Briefing) -> Records<'_, EntityRecord<'_>> {
    let companies = &briefing.listed.companies;
    Records::new(companies.len() + briefing.people.len(), move |at| match companies.get(at) {
        Some(id) => EntityRecord::company(briefing, *id),
        None => EntityRecord::person(briefing, PersonId::at(at - companies.len())),
    })
}
