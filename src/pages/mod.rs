//! Which pages a site has, and where each of them is.

mod address;
pub mod lists;
mod timeline;

use crate::ids::{AnalysisId, AuthorId, ClaimId, CompanyId, PageId, PersonId, SeriesId, SourceId, TagId};
use crate::link::{Briefing, DocId, Standing};
use crate::model::Status;
use crate::value::Vocabulary;

pub use address::{
    asset_path, canonical, claim_href, claim_place, correction_anchors, correction_href, encode, href, path_href,
    prediction_href, source_href, target_href, target_words,
};
pub use timeline::{TimelinePages, timeline_pages};

/// One page of the site; lists and timelines are cut into parts, numbered from 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Page {
    /// The front page.
    Home,
    /// An analysis.
    Analysis(AnalysisId),
    /// A claim that has something to tell beyond its place in its analysis.
    Claim(ClaimId),
    /// A company, a unit or a product.
    Company(CompanyId),
    /// A part of one year of a company's timeline.
    CompanyYear(CompanyId, i32, usize),
    /// A part of what a company's timeline cannot date.
    CompanyUndated(CompanyId, usize),
    /// A person.
    Person(PersonId),
    /// A plain page.
    Plain(PageId),
    /// How the forecasts did, and the first of each standing.
    Forecasts,
    /// A part of a list.
    List(List, usize),
    /// The files of data that the site has for others.
    Data,
    /// Where a reader searches the site.
    Search,
    /// What other sites show of a page, in a frame.
    Embed(Embedded),
    /// What is shown where nothing is.
    Missing,
    /// An old path that leads to a new one.
    Redirect {
        /// The old path.
        from: String,
        /// The page that it leads to.
        to: Box<Page>,
    },
}

/// What can be shown in a frame of another site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Embedded {
    /// A claim with a page.
    Claim(ClaimId),
    /// A company's timeline.
    Company(CompanyId),
}

impl Embedded {
    /// Gives what is shown of a page; none for pages that are not for frames.
    pub fn of(page: &Page) -> Option<Self> {
        match page {
            Page::Claim(id) => Some(Self::Claim(*id)),
            Page::Company(id) => Some(Self::Company(*id)),
            _ => None,
        }
    }

    /// Gives the page that it is a part of.
    pub fn page(self) -> Page {
        match self {
            Self::Claim(id) => Page::Claim(id),
            Self::Company(id) => Page::Company(id),
        }
    }
}

/// Where all pages for frames are, so that a host can tell them from the others.
pub const EMBEDS: &str = "/embed";

/// How many bytes nearly every path has at most, with a part of its page behind it.
const USUAL_PATH: usize = 80;

/// A list that is cut into pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum List {
    /// All analyses.
    Analyses,
    /// All companies.
    Companies,
    /// All people.
    People,
    /// All tags.
    Tags,
    /// The analyses of a tag.
    Tag(TagId),
    /// All series.
    AllSeries,
    /// The analyses of a series.
    Series(SeriesId),
    /// All by-lines.
    Authors,
    /// The analyses of a by-line.
    Author(AuthorId),
    /// All claims.
    Claims,
    /// The claims of one status.
    ClaimsOf(Status),
    /// All corrections.
    Corrections,
    /// Open disagreements.
    Conflicts,
    /// All sources.
    Sources,
    /// The claims that rest on a work.
    Source(SourceId),
    /// What links to a document.
    Backlinks(DocId),
    /// The forecasts of one standing.
    Forecasts(Standing),
    /// How the forecasts of each by-line did.
    AuthorRecords,
    /// How the forecasts about each company did.
    CompanyRecords,
    /// How the analyses hang together.
    Related,
}

impl Page {
    /// Gives the page's path on the site, such as `/analyses/capex/`.
    pub fn path(&self, briefing: &Briefing) -> String {
        let mut path = String::with_capacity(USUAL_PATH);
        self.push_path(briefing, &mut path);
        path
    }

    /// Adds its path to a text.
    fn push_path(&self, briefing: &Briefing, out: &mut String) {
        let company = |id: &CompanyId| briefing.company(*id).id.as_str();
        match self {
            Self::Home => out.push('/'),
            Self::Analysis(id) => out.extend(["/analyses/", &briefing.analysis(*id).slug.value, "/"]),
            Self::Claim(id) => {
                let analysis = briefing.claim_links[id.index()].analysis;
                out.extend(["/claims/", &briefing.analysis(analysis).slug.value, "/", &briefing.claim(*id).id, "/"]);
            }
            Self::Company(id) => out.extend(["/companies/", company(id), "/"]),
            Self::CompanyYear(id, year, part) => {
                out.extend(["/companies/", company(id), "/", &year.to_string(), "/"]);
                push_part(*part, out);
            }
            Self::CompanyUndated(id, part) => {
                out.extend(["/companies/", company(id), "/undated/"]);
                push_part(*part, out);
            }
            Self::Person(id) => out.extend(["/people/", &briefing.person(*id).id, "/"]),
            Self::Plain(id) => out.extend(["/", &briefing.page(*id).slug.value, "/"]),
            Self::Forecasts => out.push_str("/forecasts/"),
            Self::List(list, part) => {
                out.push_str(&list.path(briefing));
                push_part(*part, out);
            }
            Self::Data => out.push_str("/data/"),
            Self::Search => out.push_str("/search/"),
            Self::Embed(embedded) => {
                out.push_str(EMBEDS);
                embedded.page().push_path(briefing, out);
            }
            Self::Missing => out.push_str("/404.html"),
            Self::Redirect { from, .. } if from.ends_with(".html") => out.extend(["/", from]),
            Self::Redirect { from, .. } => out.extend(["/", from, "/"]),
        }
    }

    /// Gives the title of the page.
    pub fn title<'b>(&self, briefing: &'b Briefing) -> &'b str {
        match self {
            Self::Home => &briefing.config.title,
            Self::Analysis(id) => &briefing.analysis(*id).title,
            Self::Claim(id) => &briefing.claim(*id).text,
            Self::Company(id) | Self::CompanyYear(id, ..) | Self::CompanyUndated(id, _) => {
                &briefing.company(*id).name.value
            }
            Self::Person(id) => &briefing.person(*id).name.value,
            Self::Plain(id) => &briefing.page(*id).title,
            Self::Forecasts => briefing.config.speech.form("forecasts", None),
            Self::List(list, _) => lists::title(briefing, *list),
            Self::Data => briefing.config.speech.form("data", None),
            Self::Search => briefing.config.speech.form("search", None),
            Self::Embed(Embedded::Claim(id)) => &briefing.claim(*id).text,
            Self::Embed(Embedded::Company(id)) => &briefing.company(*id).name.value,
            Self::Missing => briefing.config.speech.form("page_not_found", None),
            Self::Redirect { to, .. } => to.title(briefing),
        }
    }

    /// Gives the file that the page is written to, relative to the output folder.
    pub fn file(&self, briefing: &Briefing) -> String {
        let path = self.path(briefing);
        let path = path.trim_start_matches('/');
        if path.ends_with(".html") { path.to_owned() } else { format!("{path}index.html") }
    }
}

impl Page {
    /// Tells which document it is; none for a list, or a part of another page.
    pub fn document(&self) -> Option<DocId> {
        match self {
            Self::Analysis(id) => Some(DocId::Analysis(*id)),
            Self::Company(id) => Some(DocId::Company(*id)),
            Self::Person(id) => Some(DocId::Person(*id)),
            Self::Plain(id) => Some(DocId::Page(*id)),
            _ => None,
        }
    }
}

impl From<DocId> for Page {
    fn from(doc: DocId) -> Self {
        match doc {
            DocId::Analysis(id) => Self::Analysis(id),
            DocId::Company(id) => Self::Company(id),
            DocId::Person(id) => Self::Person(id),
            DocId::Page(id) => Self::Plain(id),
        }
    }
}

impl List {
    /// Gives the path of the list's first page.
    pub fn path(self, briefing: &Briefing) -> String {
        let groups = &briefing.groups;
        match self {
            Self::Analyses => "/analyses/".to_owned(),
            Self::Companies => "/companies/".to_owned(),
            Self::People => "/people/".to_owned(),
            Self::Tags => "/tags/".to_owned(),
            Self::Tag(id) => format!("/tags/{}/", groups.tags[id.index()].slug),
            Self::AllSeries => "/series/".to_owned(),
            Self::Series(id) => format!("/series/{}/", groups.series[id.index()].slug),
            Self::Authors => "/authors/".to_owned(),
            Self::Author(id) => format!("/authors/{}/", groups.authors[id.index()].slug),
            Self::Claims => "/claims/".to_owned(),
            Self::ClaimsOf(status) => format!("/claims/{}/", status.word()),
            Self::Corrections => "/corrections/".to_owned(),
            Self::Conflicts => "/conflicts/".to_owned(),
            Self::Sources => "/sources/".to_owned(),
            Self::Source(id) => source_path(briefing, id),
            Self::Backlinks(doc) => format!("{}links/", Page::from(doc).path(briefing)),
            Self::Forecasts(standing) => format!("/forecasts/{}/", standing.word()),
            Self::AuthorRecords => "/forecasts/authors/".to_owned(),
            Self::CompanyRecords => "/forecasts/companies/".to_owned(),
            Self::Related => "/related/".to_owned(),
        }
    }
}

/// Gives the path of a work's page: `/sources/wire/`, and `/sources/analysis-slug/wire/` of one that is not shared.
fn source_path(briefing: &Briefing, id: SourceId) -> String {
    let source = &briefing.source(id).id.value;
    match briefing.source_links[id.index()].analysis {
        Some(owner) => format!("/sources/{}/{source}/", briefing.analysis(owner).slug.value),
        None => format!("/sources/{source}/"),
    }
}

/// Adds to the path of a list's first part what leads to another.
fn push_part(part: usize, out: &mut String) {
    if part > 1 {
        out.extend(["page/", &part.to_string(), "/"]);
    }
}

/// Lists every page of the site, in an order that does not depend on anything but the briefing.
pub fn pages(briefing: &Briefing) -> Vec<Page> {
    let mut pages = vec![Page::Home, Page::Data, Page::Missing];
    pages.extend(briefing.config.search.then_some(Page::Search));
    pages.extend((0..briefing.analyses.len()).map(|index| Page::Analysis(AnalysisId::at(index))));
    let claims = (0..briefing.claims.len()).map(ClaimId::at);
    pages.extend(claims.filter(|claim| briefing.has_page(*claim)).map(Page::Claim));
    for index in 0..briefing.companies.len() {
        let id = CompanyId::at(index);
        pages.push(Page::Company(id));
        push_timeline(briefing, id, &mut pages);
    }
    pages.extend((0..briefing.people.len()).map(|index| Page::Person(PersonId::at(index))));
    pages.extend((0..briefing.pages.len()).map(|index| Page::Plain(PageId::at(index))));
    if !briefing.forecasts.is_empty() {
        pages.push(Page::Forecasts);
    }
    for list in all_lists(briefing) {
        let parts = lists::parts(briefing, list);
        pages.extend((1..=parts).map(|part| Page::List(list, part)));
    }
    if briefing.config.share.embeds {
        let embeds: Vec<Page> = pages.iter().filter_map(Embedded::of).map(Page::Embed).collect();
        pages.extend(embeds);
    }
    pages.extend(redirects(briefing));
    pages
}

fn push_timeline(briefing: &Briefing, id: CompanyId, pages: &mut Vec<Page>) {
    let TimelinePages::Years { years, undated } = timeline_pages(briefing, id) else { return };
    for (year, parts) in years {
        pages.extend((1..=parts).map(|part| Page::CompanyYear(id, year, part)));
    }
    pages.extend((1..=undated).map(|part| Page::CompanyUndated(id, part)));
}

fn all_lists(briefing: &Briefing) -> Vec<List> {
    let groups = &briefing.groups;
    let mut lists = vec![List::Analyses, List::Companies, List::Claims, List::Conflicts, List::Sources];
    let forecasts = &briefing.forecasts;
    let sometimes = [
        (List::AuthorRecords, forecasts.authors.is_empty()),
        (List::CompanyRecords, forecasts.companies.is_empty()),
        (List::Related, briefing.analyses.is_empty()),
        (List::People, briefing.people.is_empty()),
        (List::Tags, groups.tags.is_empty()),
        (List::AllSeries, groups.series.is_empty()),
        (List::Authors, groups.authors.is_empty()),
        (List::Corrections, briefing.listed.corrections.is_empty()),
    ];
    lists.extend(sometimes.into_iter().filter(|(_, empty)| !empty).map(|(list, _)| list));
    let standings = Standing::ALL.into_iter().filter(|standing| !forecasts.shelf(*standing).is_empty());
    lists.extend(standings.map(List::Forecasts));
    lists.extend(briefing.listed.by_status.iter().map(|(status, _)| List::ClaimsOf(*status)));
    lists.extend(briefing.listed.shared_works.iter().map(|shared| List::Source(shared.work)));
    lists.extend((0..groups.tags.len()).map(|index| List::Tag(TagId::at(index))));
    lists.extend((0..groups.series.len()).map(|index| List::Series(SeriesId::at(index))));
    lists.extend((0..groups.authors.len()).map(|index| List::Author(AuthorId::at(index))));
    lists.extend(briefing.docs().filter(|doc| lists::has_backlinks_page(briefing, *doc)).map(List::Backlinks));
    lists
}

/// Old paths of analyses and pages, and old ids of companies.
fn redirects(briefing: &Briefing) -> Vec<Page> {
    let to = |from: &str, to: Page| Page::Redirect { from: from.to_owned(), to: Box::new(to) };
    let mut pages = Vec::new();
    for (index, analysis) in briefing.analyses.iter().enumerate() {
        let page = Page::Analysis(AnalysisId::at(index));
        pages.extend(analysis.aliases.iter().map(|alias| to(&alias.value, page.clone())));
    }
    for (index, plain) in briefing.pages.iter().enumerate() {
        let page = Page::Plain(PageId::at(index));
        pages.extend(plain.aliases.iter().map(|alias| to(&alias.value, page.clone())));
    }
    for (index, company) in briefing.companies.iter().enumerate() {
        let page = Page::Company(CompanyId::at(index));
        pages.extend(company.merged_from.iter().map(|old| to(&format!("companies/{}", old.value), page.clone())));
    }
    pages
}
