//! Things in schema.org's terms: organizations, people, works, pages.

use serde::{Serialize, Serializer};

use super::analysis::{Article, Claim};
use super::{absolute, canonical, changed, lists};
use crate::export::feed::Moment;
use crate::export::shown::Shown;
use crate::export::{Export, Format, Table};
use crate::ids::{CompanyId, PersonId, SourceId};
use crate::link::Briefing;
use crate::model::{Alias, CompanyKind};
use crate::pages::{List, Page};
use crate::value::{Date, Precision};

/// A thing, under the name of its type.
#[derive(Debug, Hash, Serialize)]
#[serde(tag = "@type")]
pub(super) enum Thing<'b> {
    WebSite(WebSite<'b>),
    AnalysisNewsArticle(Box<Article<'b>>),
    Claim(Box<Claim<'b>>),
    Organization(Box<Organization<'b>>),
    Corporation(Box<Organization<'b>>),
    Product(Box<Product<'b>>),
    Person(Box<Person<'b>>),
    CollectionPage(CollectionPage<'b>),
    CreativeWork(Work<'b>),
    Dataset(Dataset<'b>),
}

/// The address that stands for a thing told of elsewhere.
#[derive(Debug, Hash, Serialize)]
pub(super) struct Reference {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

/// The publication.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct WebSite<'b> {
    name: &'b str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'b str>,
    in_language: &'b str,
}

/// A page that lists others.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CollectionPage<'b> {
    name: &'b str,
    url: String,
    is_part_of: Box<Thing<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<Shown<Moment>>,
}

/// The files of data.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dataset<'b> {
    name: String,
    description: &'static str,
    url: String,
    publisher: Named<'b>,
    is_accessible_for_free: bool,
    date_modified: Shown<Moment>,
    distribution: Vec<Download>,
}

/// One file of data.
#[derive(Debug, Hash, Serialize)]
#[serde(tag = "@type")]
enum Download {
    #[serde(rename_all = "camelCase")]
    DataDownload { name: &'static str, content_url: String, encoding_format: &'static str },
}

/// A company or a unit; what it is called, and by which ids others know it.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Organization<'b> {
    #[serde(rename = "@id")]
    id: String,
    name: &'b str,
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternate_name: Vec<&'b str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<Same<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lei_code: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ticker_symbol: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    founding_date: Option<Dated<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_organization: Option<Reference>,
}

/// A product.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Product<'b> {
    #[serde(rename = "@id")]
    id: String,
    name: &'b str,
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternate_name: Vec<&'b str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<Same<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manufacturer: Option<Reference>,
}

/// A person.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Person<'b> {
    #[serde(rename = "@id")]
    id: String,
    name: &'b str,
    url: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternate_name: Vec<&'b str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<Same<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_title: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    works_for: Option<Reference>,
}

/// A work that claims rest on.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Work<'b> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<&'b str>,
    name: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'b str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Named<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<Dated<'b>>,
}

/// Something of which only the name is known.
#[derive(Debug, Hash, Serialize)]
#[serde(tag = "@type")]
pub(super) enum Named<'b> {
    Organization { name: &'b str },
    Person { name: &'b str, url: String },
    Property { name: &'b str },
}

/// Where else a thing is described.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) enum Same<'b> {
    Wikidata(&'b str),
    Website(&'b str),
}

impl Serialize for Same<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Wikidata(item) => serializer.collect_str(&format_args!("https://www.wikidata.org/entity/{item}")),
            Self::Website(url) => serializer.serialize_str(url),
        }
    }
}

/// A date as ISO 8601 has it, which is all that schema.org knows of.
#[derive(Clone, Copy, Debug, Hash)]
pub(super) struct Dated<'b>(&'b Date);

impl<'b> Dated<'b> {
    /// Takes a date that is a year, a month, a day or a moment, and no other.
    pub(super) fn of(date: &'b Date) -> Option<Self> {
        let is_plain =
            matches!(date.precision(), Precision::Time | Precision::Day | Precision::Month | Precision::Year);
        let is_sure = !date.is_approximate() && !date.is_uncertain() && !date.as_str().contains(['X', 'Y', 'S']);
        (is_plain && is_sure).then_some(Self(date))
    }
}

impl Serialize for Dated<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

/// Describes the publication.
pub(super) fn web_site(briefing: &Briefing) -> WebSite<'_> {
    let config = &briefing.config;
    WebSite {
        name: &config.title,
        url: absolute(briefing, "/"),
        description: config.description.as_deref(),
        in_language: &config.language,
    }
}

/// Describes the files of data.
pub(super) fn dataset(briefing: &Briefing) -> Dataset<'_> {
    let title = &briefing.config.title;
    let download = |(table, format): (&Table, Format)| Download::DataDownload {
        name: table.name(),
        content_url: absolute(briefing, &Export::Table(*table).path(briefing, format)),
        encoding_format: format.media(),
    };
    let formats = |table| [Format::Json, Format::Csv].map(|format| (table, format));
    Dataset {
        name: format!("Data of {title}"),
        description: "Every claim of the publication with its sources, events, companies and people.",
        url: canonical(briefing, &Page::Data),
        publisher: Named::Organization { name: title },
        is_accessible_for_free: true,
        date_modified: Shown(briefing.analyses.last().map(|last| changed(last)).unwrap_or_default()),
        distribution: Table::ALL.iter().flat_map(formats).map(download).collect(),
    }
}

/// Describes a list.
pub(super) fn collection(briefing: &Briefing, list: List) -> CollectionPage<'_> {
    let newest = match list {
        List::Analyses => briefing.analyses.last().map(|last| &**last),
        _ => lists::group(briefing, list).and_then(|group| group.analyses.last()).map(|id| briefing.analysis(*id)),
    };
    CollectionPage {
        name: lists::title(briefing, list),
        url: canonical(briefing, &Page::List(list, 1)),
        is_part_of: Box::new(Thing::WebSite(web_site(briefing))),
        date_modified: newest.map(changed).map(Shown),
    }
}

/// Describes a company, a unit or a product; a company with a ticker is a corporation.
pub(super) fn company(briefing: &Briefing, id: CompanyId) -> Thing<'_> {
    let company = briefing.company(id);
    let organization = Organization::of(briefing, id);
    match company.kind {
        CompanyKind::Product => Thing::Product(Box::new(Product {
            id: organization.id,
            name: organization.name,
            url: organization.url,
            alternate_name: organization.alternate_name,
            same_as: organization.same_as,
            manufacturer: organization.parent_organization,
        })),
        _ if company.ticker.is_some() => Thing::Corporation(Box::new(organization)),
        _ => Thing::Organization(Box::new(organization)),
    }
}

impl<'b> Organization<'b> {
    fn of(briefing: &'b Briefing, id: CompanyId) -> Self {
        let company = briefing.company(id);
        let url = canonical(briefing, &Page::Company(id));
        let parent = briefing.company_links[id.index()].parent;
        Self {
            id: url.clone(),
            name: &company.name.value,
            url,
            alternate_name: names(&company.aliases),
            same_as: same_as(company.wikidata.as_deref(), company.website.as_deref()),
            lei_code: company.lei.as_deref(),
            ticker_symbol: company.ticker.as_deref(),
            founding_date: company.founded.as_ref().and_then(Dated::of),
            parent_organization: parent.map(|id| reference(briefing, &Page::Company(id))),
        }
    }
}

impl<'b> Person<'b> {
    /// Describes a person.
    pub(super) fn of(briefing: &'b Briefing, id: PersonId) -> Self {
        let person = briefing.person(id);
        let url = canonical(briefing, &Page::Person(id));
        let company = briefing.person_links[id.index()].company;
        Self {
            id: url.clone(),
            name: &person.name.value,
            url,
            alternate_name: names(&person.aliases),
            same_as: same_as(person.wikidata.as_deref(), person.website.as_deref()),
            job_title: person.role.as_deref(),
            works_for: company.map(|id| reference(briefing, &Page::Company(id))),
        }
    }
}

impl<'b> Work<'b> {
    /// Describes a source.
    pub(super) fn of(briefing: &'b Briefing, id: SourceId) -> Self {
        let source = briefing.source(id);
        Self {
            id: source.url.as_deref(),
            name: source.title.as_deref().unwrap_or_else(|| source.name()),
            url: source.url.as_deref(),
            publisher: source.publisher.as_deref().map(|name| Named::Organization { name }),
            date_published: source.published.as_ref().and_then(Dated::of),
        }
    }
}

/// Points at a page's thing.
pub(super) fn reference(briefing: &Briefing, page: &Page) -> Reference {
    Reference { id: canonical(briefing, page) }
}

fn names(aliases: &[Alias]) -> Vec<&str> {
    aliases.iter().map(|alias| alias.text.value.as_str()).collect()
}

fn same_as<'b>(wikidata: Option<&'b str>, website: Option<&'b str>) -> Vec<Same<'b>> {
    wikidata.map(Same::Wikidata).into_iter().chain(website.map(Same::Website)).collect()
}
