//! What a template may read: one typed view for each kind of page, and nothing beside it.
//!
//! A view is data without behaviour. Equal views make equal pages, so that a build can tell by a view's hash that a
//! page need not be made again.

mod analysis;
mod change;
mod chart;
mod claim;
mod claim_page;
mod company;
mod conflict;
mod correction;
mod data;
mod date;
mod embed;
mod entry;
mod forecast;
mod forecasts;
mod home;
mod list;
mod listing;
mod narrow;
mod prose;
mod reason;
mod related;
mod search;
mod short;
mod site;
mod timeline;
mod work;

use schemars::JsonSchema;
use serde::Serialize;

use crate::export::social::{self, Social, written};
use crate::export::structured::{self, StructuredData};
use crate::export::{self, FileLink};
use crate::ids::{ClaimId, CompanyId};
use crate::link::{Briefing, DocId};
use crate::pages::{List, Page, canonical, claim_href, href, lists};

pub use analysis::AnalysisView;
pub use change::NewsView;
pub use chart::{MetricView, MetricsView, ValueView};
pub use claim::{CitationView, ClaimView, SourceView};
pub use claim_page::{CitedView, ClaimPageView, HistoryView, MeetingView, MeetingsView, StepView};
pub use company::{CompanyView, PersonView};
pub use conflict::ConflictView;
pub use correction::ChangeView;
pub use data::{DataView, TableView};
pub use date::DateView;
pub use embed::{EmbedView, SnippetView};
pub use entry::EntryView;
pub use forecast::{PredictionView, RevisionView, WatchView};
pub use forecasts::{
    BinView, CalibrationView, CountsView, ForecastsView, PartsView, RecordRow, ScoresView, ShelfView, WordView,
};
pub use home::HomeView;
pub use list::{ListView, Pager};
pub use listing::{TemplateVariables, Variable, listing};
pub use narrow::{CountedView, NarrowView};
pub use prose::{ComponentData, NoteView, ProseLink, ProseView, RecordView};
pub use reason::ReasonView;
pub use related::{NeighbourView, RelatedView, RevisedView, ThreadView, ThreadedView};
pub use search::SearchView;
pub use short::ShortClaimView;
pub use site::SiteView;
pub use timeline::{RowView, TimelineView, YearView};
pub use work::{NamedView, WorkView};

/// Everything that the template of one page may read.
#[derive(Debug, Hash)]
pub struct View<'b> {
    /// What every page has.
    pub page: Head<'b>,
    /// What pages of its kind have, under the [name](Content::name) of their kind.
    pub content: Content<'b>,
    /// The prose, which becomes HTML when the page is rendered.
    pub prose: Option<ProseView<'b>>,
    /// What links here.
    pub backlinks: Option<Backlinks<'b>>,
}

/// What every page has.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct Head<'b> {
    /// The page's own title.
    pub title: &'b str,
    /// One or two sentences on it.
    pub description: Option<&'b str>,
    /// The link to it.
    pub href: String,
    /// Its full address.
    pub canonical: String,
    /// Which kind of page it is: the name of its template without `.html`.
    pub kind: &'static str,
    /// The part of the site that it belongs to, which navigation marks.
    pub section: &'static str,
    /// Its feeds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub feeds: Vec<FileLink>,
    /// What is shown of it where its address is shared.
    pub social: Social<'b>,
    /// What it says of itself as JSON-LD, to be put into a `<script>` as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structured_data: Option<StructuredData<'b>>,
}

/// What pages of one kind have.
#[derive(Debug, Serialize, Hash, JsonSchema)]
#[serde(untagged)]
pub enum Content<'b> {
    /// The front page.
    Home(Box<HomeView<'b>>),
    /// An analysis.
    Analysis(Box<AnalysisView<'b>>),
    /// A claim with something to tell.
    Claim(Box<ClaimPageView<'b>>),
    /// A company, or a part of its timeline.
    Company(Box<CompanyView<'b>>),
    /// A person.
    Person(Box<PersonView<'b>>),
    /// A plain page: its prose is all.
    Plain(PlainView),
    /// How the forecasts did.
    Forecasts(Box<ForecastsView<'b>>),
    /// A part of a list.
    List(Box<ListView<'b>>),
    /// The files of data for others.
    Data(DataView),
    /// Where a reader searches.
    Search(SearchView<'b>),
    /// What other sites show in a frame.
    Embed(Box<EmbedView<'b>>),
    /// What is shown where nothing is.
    Missing(PlainView),
    /// An old path.
    Redirect(LinkView<'b>),
}

impl Content<'_> {
    /// The name that templates read it by.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Home(_) => "home",
            Self::Analysis(_) => "analysis",
            Self::Claim(_) => "claim",
            Self::Company(_) => "company",
            Self::Person(_) => "person",
            Self::Forecasts(_) => "forecasts",
            Self::List(_) => "list",
            Self::Data(_) => "data",
            Self::Search(_) => "search",
            Self::Embed(_) => "embed",
            Self::Redirect(_) => "redirect",
            Self::Plain(_) | Self::Missing(_) => "plain",
        }
    }
}

/// A page without data of its own.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct PlainView {}

/// A link with its words.
#[derive(Clone, Debug, Serialize, Hash, JsonSchema)]
pub struct LinkView<'b> {
    /// The words.
    pub text: &'b str,
    /// The address.
    pub href: String,
}

/// Which pages lead here.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct Backlinks<'b> {
    /// The first of them.
    pub items: Vec<BacklinkView<'b>>,
    /// How many there are in all.
    pub total: usize,
    /// The page with all of them, where there are more than are shown.
    pub more: Option<String>,
}

/// One page that leads here.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct BacklinkView<'b> {
    /// The page.
    pub link: LinkView<'b>,
    /// Its date, if it is an analysis.
    pub date: Option<DateView<'b>>,
}

impl<'b> LinkView<'b> {
    /// Links to a page by its title.
    pub fn to(briefing: &'b Briefing, page: &Page) -> Self {
        Self { text: page.title(briefing), href: href(briefing, page) }
    }

    /// Links to a claim by its statement.
    pub fn claim(briefing: &'b Briefing, id: ClaimId) -> Self {
        Self { text: &briefing.claim(id).text, href: claim_href(briefing, id) }
    }

    /// Links to a company.
    pub fn company(briefing: &'b Briefing, id: CompanyId) -> Self {
        Self::to(briefing, &Page::Company(id))
    }
}

/// Builds the view of a page.
pub fn view<'b>(briefing: &'b Briefing, page: &Page) -> View<'b> {
    match page {
        Page::Home => home::view(briefing),
        Page::Analysis(id) => analysis::view(briefing, *id),
        Page::Claim(id) => claim_page::view(briefing, *id),
        Page::Company(id) => company::view(briefing, *id),
        Page::CompanyYear(id, year, part) => company::year_view(briefing, *id, *year, *part),
        Page::CompanyUndated(id, part) => company::undated_view(briefing, *id, *part),
        Page::Person(id) => company::person_view(briefing, *id),
        Page::Plain(_) => of(briefing, page, "page", "", Content::Plain(PlainView {})),
        Page::Forecasts => forecasts::view(briefing),
        Page::List(list, part) => list::view(briefing, *list, *part),
        Page::Data => of(briefing, page, "data", "", Content::Data(DataView::of(briefing))),
        Page::Search => of(briefing, page, "search", "", Content::Search(SearchView::of(briefing))),
        Page::Embed(embedded) => embed::view(briefing, *embedded),
        Page::Missing => of(briefing, page, "404", "", Content::Missing(PlainView {})),
        Page::Redirect { to, .. } => {
            let mut view = of(briefing, page, "redirect", "", Content::Redirect(LinkView::to(briefing, to)));
            view.page.canonical = canonical(briefing, to);
            view
        }
    }
}

/// Puts a view together; a page that is a document has prose and backlinks.
fn of<'b>(
    briefing: &'b Briefing,
    page: &Page,
    kind: &'static str,
    section: &'static str,
    content: Content<'b>,
) -> View<'b> {
    let doc = page.document();
    View {
        page: Head {
            title: page.title(briefing),
            description: written(briefing, page),
            href: href(briefing, page),
            canonical: canonical(briefing, page),
            kind,
            section,
            feeds: export::feeds(briefing, page),
            social: social::of(briefing, page),
            structured_data: structured::of(briefing, page),
        },
        content,
        prose: doc.and_then(|doc| prose::view(briefing, doc)),
        backlinks: doc.map(|doc| backlinks(briefing, doc)),
    }
}

fn backlinks(briefing: &Briefing, doc: DocId) -> Backlinks<'_> {
    let all = briefing.backlinks_of(doc);
    let items = all.iter().take(lists::BACKLINKS_SHOWN).map(|from| BacklinkView::of(briefing, *from)).collect();
    let list = List::Backlinks(doc);
    let more = lists::has_backlinks_page(briefing, doc).then(|| href(briefing, &Page::List(list, 1)));
    Backlinks { items, total: all.len(), more }
}

impl<'b> BacklinkView<'b> {
    /// Shows a document that leads to another.
    pub fn of(briefing: &'b Briefing, from: DocId) -> Self {
        let date = match from {
            DocId::Analysis(id) => Some(DateView::Day(briefing.analysis(id).day)),
            _ => None,
        };
        Self { link: LinkView::to(briefing, &Page::from(from)), date }
    }
}
