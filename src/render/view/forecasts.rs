//! How the forecasts did: the scores, the counts beside them, and the first forecasts of each standing.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Content, LinkView, PredictionView, View};
use crate::export::{FileLink, forecast_files};
use crate::ids::{AuthorId, CompanyId};
use crate::link::{Bin, Briefing, CALIBRATION_FROM, Decomposition, Record, Scores, Standing, WordRecord};
use crate::pages::{List, Page, href, lists};
use crate::render::chart::{Calibration, Chart};

/// The page of forecasts.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ForecastsView<'b> {
    /// The scores of the whole site, where there are any.
    pub scores: Option<ScoresView>,
    /// How many forecasts stand where.
    pub counts: CountsView,
    /// The calibration curve; none before ten forecasts are scored.
    pub calibration: Option<CalibrationView<'b>>,
    /// How many scored forecasts the curve needs.
    pub calibration_from: usize,
    /// What came of the forecasts made in words.
    pub words: Vec<WordView>,
    /// The forecasts of each standing that has any.
    pub shelves: Vec<ShelfView<'b>>,
    /// The record of each by-line, and of each company.
    pub records: Vec<LinkView<'b>>,
    /// The other forms of the page.
    pub files: Vec<FileLink>,
}

/// Mean scores, written out.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ScoresView {
    /// How many forecasts the first two are of.
    pub count: usize,
    /// The mean Brier score.
    pub brier: String,
    /// The mean logarithmic score; none where it is minus infinity.
    pub log: Option<String>,
    /// How many forecasts gave no chance to what came.
    pub log_infinite: usize,
    /// The mean of the Brier scores averaged over time.
    pub brier_time_averaged: Option<String>,
    /// How many forecasts that is of.
    pub time_averaged: usize,
}

/// How many forecasts stand where.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct CountsView {
    /// All of them.
    pub total: usize,
    /// Open ones that are not due within 30 days.
    pub open: usize,
    /// Those due within 30 days.
    pub due: usize,
    /// Those past their last day without an outcome.
    pub overdue: usize,
    /// Those that came out yes or no.
    pub resolved: usize,
    /// Those that nobody can decide.
    pub ambiguous: usize,
    /// Those whose question turned out to be void.
    pub annulled: usize,
    /// Those that were taken back.
    pub withdrawn: usize,
    /// Those that came out yes or no and have no probability to score.
    pub unscored: usize,
    /// Those that were changed after their day.
    pub changed: usize,
    /// Those on record that the site no longer has.
    pub removed: usize,
}

/// The calibration curve and, where there is enough for it, the parts of the score.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct CalibrationView<'b> {
    /// The curve, drawn.
    pub chart: Chart<Calibration<'b>>,
    /// The tenths of the scale that have forecasts.
    pub bins: Vec<BinView>,
    /// The parts of the Brier score.
    pub parts: Option<PartsView>,
}

/// A tenth of the scale: shares from 0 to 1 as text for readers.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct BinView {
    /// Its lower end in percent.
    pub from: u8,
    /// Its upper end in percent.
    pub to: u8,
    /// How many forecasts it has.
    pub count: usize,
    /// How many of them came.
    pub happened: usize,
    /// The mean of their probabilities.
    pub mean: String,
    /// The share of them that came.
    pub observed: String,
    /// The lower end of that share's 95% interval.
    pub low: String,
    /// The upper end.
    pub high: String,
}

/// The parts of the Brier score of the binned forecasts.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct PartsView {
    /// The Brier score within the bins.
    pub binned: String,
    /// How far the bins are from what was observed in them.
    pub reliability: String,
    /// How far the bins are from the share of all that came.
    pub resolution: String,
    /// How uncertain the events were.
    pub uncertainty: String,
}

/// What came of the forecasts that a word was given to.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct WordView {
    /// The word.
    pub word: &'static str,
    /// The range that it stands for, in percent.
    pub range: String,
    /// How many forecasts have it.
    pub total: usize,
    /// How many of them came out yes or no.
    pub resolved: usize,
    /// How many of those came.
    pub happened: usize,
    /// The share of them that came, in percent.
    pub observed: Option<String>,
}

/// The first forecasts of one standing.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ShelfView<'b> {
    /// The word for where they stand.
    pub name: &'static str,
    /// The title of their list.
    pub title: &'b str,
    /// How many there are.
    pub total: usize,
    /// The first of them.
    pub forecasts: Vec<PredictionView<'b>>,
    /// The list of all, where there are more.
    pub more: Option<String>,
}

/// How the forecasts of one by-line, or about one company, did.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct RecordRow<'b> {
    /// Whose they are.
    pub link: LinkView<'b>,
    /// How many forecasts stand where; `removed` is known of the site alone.
    pub counts: CountsView,
    /// The scores, where there are any.
    pub scores: Option<ScoresView>,
}

/// How many forecasts of each standing the page shows.
const SHOWN: usize = 20;

/// Builds the view of the page of forecasts.
pub(super) fn view(briefing: &Briefing) -> View<'_> {
    let forecasts = &briefing.forecasts;
    let record = &forecasts.record;
    let records = [List::AuthorRecords, List::CompanyRecords];
    let page = ForecastsView {
        scores: record.scores.as_ref().map(ScoresView::of),
        counts: CountsView { removed: forecasts.removed, ..CountsView::of(record) },
        calibration: CalibrationView::of(&briefing.config.title, record),
        calibration_from: CALIBRATION_FROM,
        words: forecasts.words.iter().map(WordView::of).collect(),
        shelves: Standing::ALL.into_iter().filter_map(|standing| shelf(briefing, standing)).collect(),
        files: forecast_files(briefing),
        records: records
            .into_iter()
            .filter(|list| lists::len(briefing, *list) > 0)
            .map(|list| LinkView::to(briefing, &Page::List(list, 1)))
            .collect(),
    };
    super::of(briefing, &Page::Forecasts, "forecasts", "forecasts", Content::Forecasts(Box::new(page)))
}

fn shelf(briefing: &Briefing, standing: Standing) -> Option<ShelfView<'_>> {
    let (all, list) = (briefing.forecasts.shelf(standing), List::Forecasts(standing));
    let shown = SHOWN.min(briefing.config.paginate);
    (!all.is_empty()).then(|| ShelfView {
        name: standing.word(),
        title: lists::title(briefing, list),
        total: all.len(),
        forecasts: all.iter().take(shown).map(|id| PredictionView::in_list(briefing, *id)).collect(),
        more: (all.len() > shown).then(|| href(briefing, &Page::List(list, 1))),
    })
}

/// Writes a score to four places, half to even, with as many zeros as that takes.
pub(super) fn places(number: Decimal) -> String {
    format!("{:.4}", number.round_dp(4)).replace('-', "−")
}

/// Writes a share from 0 to 1 in percent to one place.
fn percent(share: Decimal) -> String {
    format!("{}%", share.saturating_mul(Decimal::ONE_HUNDRED).round_dp(1).normalize())
}

impl ScoresView {
    fn of(scores: &Scores) -> Self {
        Self {
            count: scores.count,
            brier: places(scores.brier),
            log: scores.log.map(places),
            log_infinite: scores.log_infinite,
            brier_time_averaged: scores.brier_time_averaged.map(places),
            time_averaged: scores.time_averaged,
        }
    }
}

impl CountsView {
    fn of(record: &Record) -> Self {
        let counts = &record.counts;
        Self {
            total: counts.total,
            open: counts.open,
            due: counts.due,
            overdue: counts.overdue,
            resolved: counts.resolved,
            ambiguous: counts.ambiguous,
            annulled: counts.annulled,
            withdrawn: counts.withdrawn,
            unscored: counts.unscored,
            changed: counts.changed,
            removed: 0,
        }
    }
}

impl<'b> CalibrationView<'b> {
    fn of(name: &'b str, record: &'b Record) -> Option<Self> {
        let bins = &*record.calibration;
        (!bins.is_empty()).then(|| Self {
            chart: Chart(Calibration { name, bins }),
            bins: bins.iter().map(BinView::of).collect(),
            parts: record.decomposition.as_ref().map(PartsView::of),
        })
    }
}

impl BinView {
    fn of(bin: &Bin) -> Self {
        Self {
            from: bin.tenth.saturating_mul(10),
            to: bin.tenth.saturating_mul(10).saturating_add(10),
            count: bin.count,
            happened: bin.happened,
            mean: percent(bin.mean),
            observed: percent(bin.observed),
            low: percent(bin.interval.0),
            high: percent(bin.interval.1),
        }
    }
}

impl PartsView {
    fn of(parts: &Decomposition) -> Self {
        Self {
            binned: places(parts.binned),
            reliability: places(parts.reliability),
            resolution: places(parts.resolution),
            uncertainty: places(parts.uncertainty),
        }
    }
}

impl WordView {
    fn of(record: &WordRecord) -> Self {
        let (low, high) = record.likelihood.range();
        let share = Decimal::from(record.happened).checked_div(Decimal::from(record.resolved));
        Self {
            word: record.likelihood.as_str(),
            range: format!("{low}–{high}%"),
            total: record.total,
            resolved: record.resolved,
            happened: record.happened,
            observed: share.map(percent),
        }
    }
}

impl<'b> RecordRow<'b> {
    /// Shows how the forecasts of a by-line did.
    pub fn of_author(briefing: &'b Briefing, (id, record): &(AuthorId, Record)) -> Self {
        Self::of(LinkView::to(briefing, &Page::List(List::Author(*id), 1)), record)
    }

    /// Shows how the forecasts about a company did.
    pub fn of_company(briefing: &'b Briefing, (id, record): &(CompanyId, Record)) -> Self {
        Self::of(LinkView::company(briefing, *id), record)
    }

    fn of(link: LinkView<'b>, record: &Record) -> Self {
        Self { link, counts: CountsView::of(record), scores: record.scores.as_ref().map(ScoresView::of) }
    }
}
