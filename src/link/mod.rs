//! Across documents: names become ids, and the publication becomes one value.

mod again;
mod citations;
pub mod compare;
mod figures;
mod forecast;
mod groups;
mod ledger;
mod listed;
mod names;
mod parted;
mod prose;
pub mod related;
mod resolve;
mod roots;
mod telling;
mod timeline;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ids::{
    AnalysisId, AuthorId, ClaimId, CompanyId, EventId, MetricId, PageId, PersonId, PredictionId, SeriesId, SourceId,
    TagId,
};
use crate::model::{
    Analysis, Claim, Company, Corpus, Event, Metric, Origin, Page, Person, Prediction, Source, TieKind,
};
use crate::value::Date;

pub use again::Linking;
pub use citations::Citations;
pub use compare::{Compared, Relation};
pub use figures::is_backed_elsewhere;
#[cfg(test)]
pub(crate) use forecast::fixture;
pub use forecast::{
    Bin, CALIBRATION_FROM, Counts, DECOMPOSITION_FROM, Decomposition, Forecast, Forecasts, Record, Score, Scores,
    Standing, WordRecord, steps,
};
pub use groups::{Group, Groups};
pub use ledger::{Conflict, Ledger, MOST_MEETINGS, Meeting};
pub use listed::{Corrected, Listed, SharedWork};
use names::hyphened;
pub use parted::Parted;
pub use prose::{DocId, Link, LinkedComponent, LinkedProse, LinkedShort, Target};
pub use related::Related;
pub use roots::Backing;
pub use timeline::{Entry, EntryKind, EventRow, Measure, Timeline, Year, event_dates, in_base};

/// The whole publication as one value; every stage after `link` only reads it.
///
/// It reads as its [`Facts`] too. That part is shared with the site as it is after an edit of prose alone.
#[derive(Clone, Debug)]
pub struct Briefing {
    facts: Arc<Facts>,
    /// Analyses from the oldest; of one day, by slug.
    pub analyses: Vec<Arc<Analysis>>,
    /// The prose of every document with its links resolved.
    pub prose: Vec<Arc<LinkedProse>>,
    /// Which documents link to each document, the newest analysis first.
    pub backlinks: Vec<Arc<[DocId]>>,
    /// Who cites claims from outside of their own analyses.
    pub citations: Citations,
    /// Which claims have a page of their own; see [`Briefing::has_page`].
    telling: Vec<bool>,
    /// Which analyses are related, and why; see [`Briefing::related`].
    related: OnceLock<Related>,
}

/// What front matter and settings say, and all that follows from these alone.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The site's settings.
    pub config: Config,
    /// What each analysis is tied to.
    pub analysis_links: Vec<AnalysisLinks>,
    /// Companies by id.
    pub companies: Vec<Company>,
    /// What each company is tied to.
    pub company_links: Vec<CompanyLinks>,
    /// People by id.
    pub people: Vec<Person>,
    /// What each person is tied to.
    pub person_links: Vec<PersonLinks>,
    /// Plain pages by slug.
    pub pages: Vec<Page>,
    /// Sources: the shared ones, then those of each analysis.
    pub sources: Parted<Source>,
    /// What each source is tied to.
    pub source_links: Vec<SourceLinks>,
    /// Claims in the order of their analyses.
    pub claims: Parted<Claim>,
    /// What each claim is tied to.
    pub claim_links: Vec<ClaimLinks>,
    /// Forecasts in the order of their analyses.
    pub predictions: Parted<Prediction>,
    /// What each forecast is tied to.
    pub prediction_links: Vec<PredictionLinks>,
    /// Metrics: built in, declared, then only used.
    pub metrics: Vec<Metric>,
    /// Events: declared, then only used.
    pub events: Vec<Event>,
    /// Tags, series and by-lines.
    pub groups: Groups,
    /// What claims are to each other.
    pub ledger: Ledger,
    /// Each company's record.
    pub timelines: Vec<Timeline>,
    /// Where each forecast stands, and how good they were.
    pub forecasts: Forecasts,
    /// The order in which long lists show their entries.
    pub listed: Listed,
    /// Files that are published as they are.
    pub assets: Vec<Arc<str>>,
    /// The ids of sources that analyses which this build leaves out cite.
    pub awaited_sources: BTreeSet<String>,
    /// Analyses that have a folder of their own, by that folder.
    pub folders: BTreeMap<String, AnalysisId>,
}

impl Deref for Briefing {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

/// What an analysis is tied to.
#[derive(Clone, Debug, Default)]
pub struct AnalysisLinks {
    /// Companies: those it names, then those of its claims.
    pub companies: Vec<CompanyId>,
    /// People: those it names, then those of its claims.
    pub people: Vec<PersonId>,
    /// Tags.
    pub tags: Vec<TagId>,
    /// The series.
    pub series: Option<SeriesId>,
    /// By-lines.
    pub authors: Vec<AuthorId>,
    /// Its claims.
    pub claims: Range<usize>,
    /// Its forecasts.
    pub predictions: Range<usize>,
    /// Its own sources, then shared ones that its claims cite.
    pub sources: Vec<SourceId>,
    /// Pinned related analyses.
    pub related: Vec<AnalysisId>,
    /// For each signal: its company, its metric, and the forecasts that it bears on.
    pub signals: Vec<SignalLinks>,
}

/// What a signal is tied to.
#[derive(Clone, Debug, Default)]
pub struct SignalLinks {
    /// The company to watch.
    pub company: Option<CompanyId>,
    /// The metric to watch.
    pub metric: Option<MetricId>,
    /// Forecasts that it bears on.
    pub bears_on: Vec<PredictionId>,
}

/// What a company is tied to.
#[derive(Clone, Debug, Default)]
pub struct CompanyLinks {
    /// The company that it is a part of.
    pub parent: Option<CompanyId>,
    /// Its units and products.
    pub units: Vec<CompanyId>,
    /// Its people.
    pub people: Vec<PersonId>,
    /// Analyses about it, from the oldest.
    pub analyses: Vec<AnalysisId>,
    /// Claims about it, not about its units.
    pub claims: Vec<ClaimId>,
}

/// What a person is tied to.
#[derive(Clone, Debug, Default)]
pub struct PersonLinks {
    /// Where the person works.
    pub company: Option<CompanyId>,
    /// Analyses that are about the person, from the oldest.
    pub analyses: Vec<AnalysisId>,
    /// Claims that are about the person.
    pub claims: Vec<ClaimId>,
}

/// What a source is tied to.
#[derive(Clone, Debug)]
pub struct SourceLinks {
    /// The analysis that writes it; none for a shared one.
    pub analysis: Option<AnalysisId>,
    /// The first source that is the same work, which stands for all of them.
    pub work: SourceId,
    /// The source that it repeats.
    pub via: Option<SourceId>,
    /// Claims that cite it.
    pub claims: Vec<ClaimId>,
    /// How many claims cite the work, under whichever id.
    pub cited: usize,
}

/// What a claim is tied to.
#[derive(Clone, Debug)]
pub struct ClaimLinks {
    /// The analysis that makes it.
    pub analysis: AnalysisId,
    /// The company that it is about.
    pub company: Option<CompanyId>,
    /// The person that it is about.
    pub person: Option<PersonId>,
    /// What it measures.
    pub metric: Option<MetricId>,
    /// The event that it reports.
    pub event: Option<EventId>,
    /// Its sources.
    pub sources: Vec<SourceId>,
    /// The independent works behind those, sorted.
    pub roots: Vec<SourceId>,
    /// How many those are, and how many reports.
    pub backing: Backing,
    /// What its author says that it is to other claims, in the order of [`TieKind`].
    pub ties: Vec<(TieKind, ClaimId)>,
    /// What other claims' authors say that they are to it, in the same order.
    pub tied_by: Vec<(TieKind, ClaimId)>,
}

/// What a forecast is tied to.
#[derive(Clone, Debug)]
pub struct PredictionLinks {
    /// The analysis that makes it.
    pub analysis: AnalysisId,
    /// The company that it is about.
    pub company: Option<CompanyId>,
    /// Claims that it rests on.
    pub evidence: Vec<ClaimId>,
    /// The source that settled it.
    pub settled_by: Option<SourceId>,
}

/// The door to the prose: bodies are read when they are needed and dropped.
///
/// An implementation reads a disk, a map in a test, or an editor's unsaved buffers.
pub trait Texts: Sync {
    /// Gives the whole text of a document.
    ///
    /// # Errors
    /// A diagnostic where the file cannot be read, or is not what it was when the site was loaded.
    fn text(&self, origin: &Origin) -> Result<Cow<'_, str>, Diagnostic>;
}

/// Links the documents of a site.
///
/// Costs n log n over claims and a constant for each link; bodies pass through once and are dropped.
pub fn link(config: Config, corpus: Corpus, texts: &dyn Texts) -> (Briefing, Diagnostics) {
    let linking = Linking::of(config, corpus, texts);
    let found = linking.diagnostics();
    (linking.briefing, found)
}

impl ClaimLinks {
    /// Claims that this one is said to take the place of or to put right.
    pub fn predecessors(&self) -> impl Iterator<Item = (TieKind, ClaimId)> {
        replacements(&self.ties)
    }

    /// Claims that are said to take the place of this one or to put it right.
    pub fn successors(&self) -> impl Iterator<Item = (TieKind, ClaimId)> {
        replacements(&self.tied_by)
    }
}

/// Gives the ties by which one claim replaces another; they stand first, so that no others are walked over.
fn replacements(ties: &[(TieKind, ClaimId)]) -> impl Iterator<Item = (TieKind, ClaimId)> {
    ties.iter().copied().take_while(|(kind, _)| matches!(kind, TieKind::Supersedes | TieKind::Corrects))
}

impl Briefing {
    /// Starts a briefing without prose.
    fn of(facts: Facts, analyses: Vec<Arc<Analysis>>) -> Self {
        Self {
            facts: Arc::new(facts),
            analyses,
            prose: Vec::new(),
            backlinks: Vec::new(),
            citations: Citations::default(),
            telling: Vec::new(),
            related: OnceLock::new(),
        }
    }

    /// Opens the facts while nobody else has them; else they become a copy.
    pub(crate) fn facts_mut(&mut self) -> &mut Facts {
        Arc::make_mut(&mut self.facts)
    }

    /// Which analyses are related, and why.
    ///
    /// It is found when it is asked for first, on all cores, and everybody else waits: an author who saves a page hears
    /// of it sooner. Ask for the first time outside of what runs in parallel itself, where waiting would take the cores
    /// that the finding needs.
    pub fn related(&self) -> &Related {
        self.related.get_or_init(|| related::build(self))
    }

    /// An analysis.
    pub fn analysis(&self, id: AnalysisId) -> &Analysis {
        &self.analyses[id.index()]
    }

    /// A company.
    pub fn company(&self, id: CompanyId) -> &Company {
        &self.companies[id.index()]
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.index()]
    }

    /// A plain page.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// A source.
    pub fn source(&self, id: SourceId) -> &Source {
        &self.sources[id.index()]
    }

    /// A claim.
    pub fn claim(&self, id: ClaimId) -> &Claim {
        &self.claims[id.index()]
    }

    /// When a claim was stated: where it does not say so itself, when its first dated source was published.
    pub fn stated(&self, id: ClaimId) -> Option<&Date> {
        let published = |source: &SourceId| self.source(*source).published.as_ref();
        let by_source = || self.claim_links[id.index()].sources.iter().find_map(published);
        self.claim(id).stated.as_ref().or_else(by_source)
    }

    /// A claim's full id, `analysis-slug/claim-id`.
    pub fn claim_path(&self, id: ClaimId) -> String {
        format!("{}/{}", self.analysis(self.claim_links[id.index()].analysis).slug.value, self.claim(id).id)
    }

    /// A claim's place among all: its analysis, and its id there, whatever the order in which that has its claims.
    fn claim_order(&self, id: ClaimId) -> (AnalysisId, &str) {
        (self.claim_links[id.index()].analysis, &self.claim(id).id)
    }

    /// A forecast.
    pub fn prediction(&self, id: PredictionId) -> &Prediction {
        &self.predictions[id.index()]
    }

    /// A forecast's full id, `analysis-slug/id`.
    pub fn prediction_path(&self, id: PredictionId) -> String {
        let analysis = self.prediction_links[id.index()].analysis;
        [&self.analysis(analysis).slug.value, "/", &self.prediction(id).id].concat()
    }

    /// Where a forecast stands, and how good it was.
    pub fn forecast(&self, id: PredictionId) -> &Forecast {
        &self.forecasts.each[id.index()]
    }

    /// A metric.
    pub fn metric(&self, id: MetricId) -> &Metric {
        &self.metrics[id.index()]
    }

    /// An event.
    pub fn event(&self, id: EventId) -> &Event {
        &self.events[id.index()]
    }

    /// The metric of a name, in whichever spelling of its id or an alias.
    pub fn metric_named(&self, name: &str) -> Option<MetricId> {
        let name = hyphened(name);
        let by_id = self.metrics.iter().position(|metric| metric.id == name);
        let by_alias =
            || self.metrics.iter().position(|metric| metric.aliases.iter().any(|alias| hyphened(alias) == name));
        by_id.or_else(by_alias).map(MetricId::at)
    }

    /// A company and everything that it is a part of, from the inside out.
    pub fn lineage(&self, id: CompanyId) -> impl Iterator<Item = CompanyId> {
        std::iter::successors(Some(id), |id| self.company_links[id.index()].parent)
    }

    /// The analysis in whose own folder an asset stands, and the asset's path in that folder.
    pub fn asset_owner<'a>(&self, asset: &'a str) -> Option<(AnalysisId, &'a str)> {
        let mut folder = asset;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if let Some(id) = self.folders.get(parent) {
                return Some((*id, &asset[parent.len() + 1..]));
            }
            folder = parent;
        }
        None
    }
}
