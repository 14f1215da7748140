//! Lists, cut into pages.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    BacklinkView, ChangeView, ClaimView, ConflictView, Content, EntryView, LinkView, NarrowView, PredictionView,
    RecordRow, SourceView, ThreadView, View, WorkView,
};
use crate::export::{FileLink, list_files};
use crate::ids::ClaimId;
use crate::link::{Briefing, Group};
use crate::pages::href;
use crate::pages::lists;
use crate::pages::{List, Page};
use crate::render::chart::{Chart, Threads};
use crate::value::Vocabulary;

/// A part of a list.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ListView<'b> {
    /// Which list it is, such as `tag` or `claims`.
    pub name: &'static str,
    /// The list that this one is an entry of, or the page that it belongs to.
    pub parent: Option<LinkView<'b>>,
    /// The site of a by-line.
    pub website: Option<&'b str>,
    /// The work that the claims rest on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work: Option<Box<WorkView<'b>>>,
    /// The ways to fewer claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrow: Option<Box<NarrowView<'b>>>,
    /// A drawing of how analyses hang together, on the first page of their index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map: Option<Box<Chart<Threads<'b>>>>,
    /// The other forms of the list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileLink>,
    /// How many entries there are in all.
    pub total: usize,
    /// The entries of this page, under the name of their kind.
    #[serde(flatten)]
    pub items: Items<'b>,
    /// The way to the other pages.
    pub pager: Pager,
}

/// The entries of a list.
#[derive(Debug, Serialize, Hash, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Items<'b> {
    /// Analyses.
    Analyses(Vec<EntryView<'b>>),
    /// Claims.
    Claims(Vec<ClaimView<'b>>),
    /// Corrections.
    Corrections(Vec<ChangeView<'b>>),
    /// Open disagreements.
    Conflicts(Vec<ConflictView<'b>>),
    /// Sources.
    Sources(Vec<SourceView<'b>>),
    /// Companies, people, tags, series or by-lines.
    Terms(Vec<TermView<'b>>),
    /// Pages that link to one.
    Links(Vec<BacklinkView<'b>>),
    /// Forecasts.
    Forecasts(Vec<PredictionView<'b>>),
    /// How the forecasts of by-lines or about companies did.
    Records(Vec<RecordRow<'b>>),
    /// Analyses in the lines of their stories.
    Threads(Vec<ThreadView<'b>>),
}

/// An entry of a list of names.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct TermView<'b> {
    /// The thing.
    pub link: LinkView<'b>,
    /// What it is, in a word or a sentence.
    pub about: Option<&'b str>,
    /// What it is a part of.
    pub parent: Option<LinkView<'b>>,
    /// How many analyses it has.
    pub analyses: usize,
}

/// The way to the other pages of a list.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct Pager {
    /// This page, from 1.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The first page.
    pub first: String,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The last page.
    pub last: String,
}

impl Pager {
    /// Links the pages of something that is cut into parts.
    pub(super) fn of(briefing: &Briefing, number: usize, total: usize, page: impl Fn(usize) -> Page) -> Self {
        let to = |part: usize| href(briefing, &page(part));
        Self {
            number,
            total,
            first: to(1),
            previous: (number > 1).then(|| to(number - 1)),
            next: (number < total).then(|| to(number + 1)),
            last: to(total.max(1)),
        }
    }
}

/// Builds the view of a part of a list.
pub(super) fn view(briefing: &Briefing, list: List, part: usize) -> View<'_> {
    let list_view = ListView {
        name: name(list),
        parent: parent(briefing, list),
        website: lists::group(briefing, list).and_then(|group| group.website.as_deref()),
        work: work(briefing, list),
        narrow: if list == List::Claims { NarrowView::of(briefing, part).map(Box::new) } else { None },
        map: if (list, part) == (List::Related, 1) { super::related::map(briefing) } else { None },
        files: list_files(briefing, list),
        total: lists::len(briefing, list),
        items: items(briefing, list, part),
        pager: Pager::of(briefing, part, lists::parts(briefing, list), |part| Page::List(list, part)),
    };
    let section = match list {
        List::Companies => "companies",
        List::Claims | List::ClaimsOf(_) | List::Conflicts => "claims",
        List::Sources | List::Source(_) => "sources",
        List::Analyses | List::Related => "analyses",
        List::Forecasts(_) | List::AuthorRecords | List::CompanyRecords => "forecasts",
        _ => "",
    };
    let kind = match list {
        List::Claims | List::ClaimsOf(_) => "claims",
        List::Conflicts => "conflicts",
        List::Corrections => "corrections",
        List::Sources => "sources",
        List::Source(_) => "source",
        List::Backlinks(_) => "links",
        List::Forecasts(_) => "forecast_list",
        List::AuthorRecords | List::CompanyRecords => "records",
        List::Related => "related",
        List::Companies | List::People | List::Tags | List::AllSeries | List::Authors => "terms",
        List::Analyses | List::Tag(_) | List::Series(_) | List::Author(_) => "analyses",
    };
    super::of(briefing, &Page::List(list, part), kind, section, Content::List(Box::new(list_view)))
}

fn name(list: List) -> &'static str {
    match list {
        List::Analyses => "analyses",
        List::Companies => "companies",
        List::People => "people",
        List::Tags => "tags",
        List::Tag(_) => "tag",
        List::AllSeries => "all-series",
        List::Series(_) => "series",
        List::Authors => "authors",
        List::Author(_) => "author",
        List::Claims => "claims",
        List::ClaimsOf(status) => status.word(),
        List::Corrections => "corrections",
        List::Conflicts => "conflicts",
        List::Sources => "sources",
        List::Source(_) => "source",
        List::Backlinks(_) => "links",
        List::Forecasts(standing) => standing.word(),
        List::AuthorRecords => "author-records",
        List::CompanyRecords => "company-records",
        List::Related => "related",
    }
}

fn parent(briefing: &Briefing, list: List) -> Option<LinkView<'_>> {
    let parent = match list {
        List::Tag(_) => Page::List(List::Tags, 1),
        List::Series(_) => Page::List(List::AllSeries, 1),
        List::Author(_) => Page::List(List::Authors, 1),
        List::ClaimsOf(_) => Page::List(List::Claims, 1),
        List::Source(_) => Page::List(List::Sources, 1),
        List::Backlinks(doc) => Page::from(doc),
        List::Conflicts => Page::List(List::Claims, 1),
        List::Related => Page::List(List::Analyses, 1),
        List::Forecasts(_) | List::AuthorRecords | List::CompanyRecords => Page::Forecasts,
        _ => return None,
    };
    Some(LinkView::to(briefing, &parent))
}

fn items(briefing: &Briefing, list: List, part: usize) -> Items<'_> {
    let cut = Cut { skip: part.saturating_sub(1) * briefing.config.paginate, take: briefing.config.paginate };
    let groups = &briefing.groups;
    match list {
        List::Analyses => {
            Items::Analyses(cut.of(lists::newest_analyses(briefing)).map(|id| EntryView::of(briefing, id)).collect())
        }
        List::Tag(_) | List::Series(_) | List::Author(_) => {
            let analyses = lists::group(briefing, list).map(|group| group.analyses.as_slice()).unwrap_or_default();
            Items::Analyses(cut.of(analyses.iter().rev()).map(|id| EntryView::of(briefing, *id)).collect())
        }
        List::Claims => claims(briefing, &cut, &briefing.listed.claims),
        List::ClaimsOf(status) => claims(briefing, &cut, briefing.claims_of(status)),
        List::Source(id) => {
            let resting = briefing.shared_work(id).map(|shared| shared.claims.as_slice()).unwrap_or_default();
            claims(briefing, &cut, resting)
        }
        List::Corrections => {
            let corrections = cut.of(briefing.listed.corrections.iter());
            Items::Corrections(corrections.map(|one| ChangeView::of(briefing, *one)).collect())
        }
        List::Conflicts => {
            let conflicts = cut.of(briefing.listed.conflicts.iter());
            Items::Conflicts(conflicts.map(|conflict| ConflictView::of(briefing, conflict)).collect())
        }
        List::Sources => {
            Items::Sources(cut.of(briefing.listed.works.iter()).map(|id| SourceView::in_list(briefing, *id)).collect())
        }
        List::Backlinks(doc) => {
            let from = cut.of(briefing.backlinks_of(doc).iter());
            Items::Links(from.map(|from| BacklinkView::of(briefing, *from)).collect())
        }
        List::Forecasts(standing) => {
            let shelf = cut.of(briefing.forecasts.shelf(standing).iter());
            Items::Forecasts(shelf.map(|id| PredictionView::in_list(briefing, *id)).collect())
        }
        List::AuthorRecords => {
            let records = cut.of(briefing.forecasts.authors.iter());
            Items::Records(records.map(|record| RecordRow::of_author(briefing, record)).collect())
        }
        List::CompanyRecords => {
            let records = cut.of(briefing.forecasts.companies.iter());
            Items::Records(records.map(|record| RecordRow::of_company(briefing, record)).collect())
        }
        List::Related => Items::Threads(ThreadView::parts(briefing, part)),
        List::Companies => {
            Items::Terms(cut.of(briefing.listed.companies.iter()).map(|id| company(briefing, *id)).collect())
        }
        List::People => {
            let people = (0..briefing.people.len()).map(crate::ids::PersonId::at);
            Items::Terms(cut.of(people).map(|id| person(briefing, id)).collect())
        }
        List::Tags => terms_of(briefing, &groups.tags, &cut, |at| List::Tag(crate::ids::TagId::at(at))),
        List::AllSeries => terms_of(briefing, &groups.series, &cut, |at| List::Series(crate::ids::SeriesId::at(at))),
        List::Authors => terms_of(briefing, &groups.authors, &cut, |at| List::Author(crate::ids::AuthorId::at(at))),
    }
}

fn claims<'b>(briefing: &'b Briefing, cut: &Cut, ids: &[ClaimId]) -> Items<'b> {
    Items::Claims(cut.of(ids.iter()).map(|id| ClaimView::in_list(briefing, *id)).collect())
}

fn work(briefing: &Briefing, list: List) -> Option<Box<WorkView<'_>>> {
    let List::Source(id) = list else { return None };
    briefing.shared_work(id).map(|shared| Box::new(WorkView::of(briefing, shared)))
}

/// Which entries of a list stand on a page.
struct Cut {
    skip: usize,
    take: usize,
}

impl Cut {
    fn of<I: Iterator>(&self, all: I) -> impl Iterator<Item = I::Item> + use<I> {
        all.skip(self.skip).take(self.take)
    }
}

fn terms_of<'b>(briefing: &'b Briefing, groups: &'b [Group], cut: &Cut, list: fn(usize) -> List) -> Items<'b> {
    let term = |(at, group): (usize, &'b Group)| TermView {
        link: LinkView::to(briefing, &Page::List(list(at), 1)),
        about: group.about.as_deref(),
        parent: None,
        analyses: group.analyses.len(),
    };
    Items::Terms(cut.of(groups.iter().enumerate()).map(term).collect())
}

fn company(briefing: &Briefing, id: crate::ids::CompanyId) -> TermView<'_> {
    let links = &briefing.company_links[id.index()];
    TermView {
        link: LinkView::company(briefing, id),
        about: Some(briefing.company(id).kind.word()),
        parent: links.parent.map(|parent| LinkView::company(briefing, parent)),
        analyses: links.analyses.len(),
    }
}

fn person(briefing: &Briefing, id: crate::ids::PersonId) -> TermView<'_> {
    let links = &briefing.person_links[id.index()];
    TermView {
        link: LinkView::to(briefing, &Page::Person(id)),
        about: briefing.person(id).role.as_deref(),
        parent: links.company.map(|company| LinkView::company(briefing, company)),
        analyses: links.analyses.len(),
    }
}
