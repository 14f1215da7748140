//! The record of many forecasts: of a site, an author or a company.

use rust_decimal::Decimal;

use super::calibration::{bins, decompose, ratio};
use super::{Bin, Decomposition, Score, Standing};
use crate::value::Day;

/// What is known of one forecast where records are kept.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// Where it stands.
    pub standing: Standing,
    /// How good it was, where it came out yes or no and has a probability.
    pub score: Option<Score>,
    /// The day of the build that put it on record; none for a draft, which is on no record.
    pub sealed: Option<Day>,
    /// Whether it says something else than it said when it was put on record.
    pub changed: bool,
}

/// How many forecasts stand where; a score without these would flatter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
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
    /// Those that the score is made of.
    pub scored: usize,
    /// Those that came out yes or no and have no probability to score.
    pub unscored: usize,
    /// Those that were changed after their day, wherever they stand; none of them is in the score.
    pub changed: usize,
}

/// The scores of forecasts: each a mean, beside the number of forecasts that it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scores {
    /// How many forecasts the first two are of.
    pub count: usize,
    /// The mean Brier score, from 0 to 1.
    pub brier: Decimal,
    /// The mean logarithmic score; none where one of them is minus infinity.
    pub log: Option<Decimal>,
    /// How many forecasts gave no chance to what came, so that their logarithmic score is minus infinity.
    pub log_infinite: usize,
    /// The mean of the Brier scores averaged over time.
    pub brier_time_averaged: Option<Decimal>,
    /// How many forecasts that is of: those whose last day is known.
    pub time_averaged: usize,
}

/// The record of a site, an author or a company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// How many forecasts stand where.
    pub counts: Counts,
    /// The scores, where there are any.
    pub scores: Option<Scores>,
    /// The calibration curve, from 10 scored forecasts on.
    pub calibration: Vec<Bin>,
    /// The Brier score taken apart, from 30 scored forecasts on.
    pub decomposition: Option<Decomposition>,
}

impl Record {
    /// Keeps the record of some forecasts; their order does not matter.
    pub fn of<'f>(forecasts: impl IntoIterator<Item = &'f Forecast>) -> Self {
        let (mut counts, mut scored) = (Counts::default(), Vec::new());
        for forecast in forecasts {
            counts.add(forecast);
            scored.extend(forecast.score.filter(|_| !forecast.changed));
        }
        counts.scored = scored.len();
        let calibration = bins(&scored);
        Self { counts, scores: Scores::of(&scored), decomposition: decompose(&calibration), calibration }
    }
}

impl Counts {
    fn add(&mut self, forecast: &Forecast) {
        let standing = match forecast.standing {
            Standing::Open => &mut self.open,
            Standing::Due => &mut self.due,
            Standing::Overdue => &mut self.overdue,
            Standing::Resolved => &mut self.resolved,
            Standing::Ambiguous => &mut self.ambiguous,
            Standing::Annulled => &mut self.annulled,
            Standing::Withdrawn => &mut self.withdrawn,
        };
        *standing += 1;
        self.total += 1;
        self.changed += usize::from(forecast.changed);
        self.unscored += usize::from(forecast.standing == Standing::Resolved && forecast.score.is_none());
    }

    /// Gives the count of one standing.
    pub fn of(&self, standing: Standing) -> usize {
        match standing {
            Standing::Open => self.open,
            Standing::Due => self.due,
            Standing::Overdue => self.overdue,
            Standing::Resolved => self.resolved,
            Standing::Ambiguous => self.ambiguous,
            Standing::Annulled => self.annulled,
            Standing::Withdrawn => self.withdrawn,
        }
    }
}

impl Scores {
    fn of(scored: &[Score]) -> Option<Self> {
        let sum = |terms: &mut dyn Iterator<Item = Decimal>| terms.fold(Decimal::ZERO, Decimal::saturating_add);
        let count = scored.len();
        let log_infinite = scored.iter().filter(|score| score.log.is_none()).count();
        let log = ratio(sum(&mut scored.iter().filter_map(|score| score.log)), count);
        let over_time = || scored.iter().filter_map(|score| score.brier_time_averaged);
        let time_averaged = over_time().count();
        // Held to places that all terms have, so that sums do not depend on the order of the forecasts.
        let brier_time_averaged = ratio(sum(&mut over_time().map(|mean| mean.round_dp(LONGEST))), time_averaged);
        (count > 0).then(|| Self {
            count,
            brier: ratio(sum(&mut scored.iter().map(|score| score.brier.round_dp(LONGEST))), count),
            log: (log_infinite == 0).then_some(log),
            log_infinite,
            brier_time_averaged: (time_averaged > 0).then_some(brier_time_averaged),
            time_averaged,
        })
    }
}

/// Places that a term of a sum has at most: a hundred million of them add up without loss.
const LONGEST: u32 = 18;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture::{decimal, scored};
    use super::*;

    fn forecast(score: Option<Score>) -> Forecast {
        Forecast { standing: Standing::Resolved, score, sealed: None, changed: false }
    }

    #[test]
    fn the_headline_is_the_mean_of_what_may_be_scored() {
        // (0.1² + 0.4²)/2 = 0.085; (ln 0.9 + ln 0.6)/2 = −0.308093.
        let mut forecasts =
            vec![forecast(Some(scored("0.9", true))), forecast(Some(scored("0.4", false))), forecast(None)];
        forecasts.push(Forecast { changed: true, ..forecast(Some(scored("1", false))) });
        forecasts.push(Forecast { standing: Standing::Overdue, ..forecast(None) });
        let record = Record::of(&forecasts);
        let scores = record.scores.expect("scores");
        assert_eq!((scores.count, scores.brier), (2, decimal("0.085")));
        assert_eq!(scores.log.map(|log| log.round_dp(6)), Some(decimal("-0.308093")));
        let counts = record.counts;
        assert_eq!([counts.total, counts.resolved, counts.scored, counts.unscored, counts.changed], [5, 4, 2, 1, 1]);
        assert_eq!((counts.overdue, record.calibration.len()), (1, 0));
    }

    #[test]
    fn one_certainty_that_was_wrong_leaves_no_finite_mean() {
        let record = Record::of(&[forecast(Some(scored("1", false))), forecast(Some(scored("0.5", true)))]);
        let scores = record.scores.expect("scores");
        assert_eq!((scores.brier, scores.log, scores.log_infinite), (decimal("0.625"), None, 1));
    }

    proptest! {
        #[test]
        fn the_order_of_forecasts_changes_nothing(
            forecasts in prop::collection::vec((0_i64..=10_000, any::<bool>(), any::<bool>()), 0..60),
            turn in 0_usize..60,
        ) {
            let all: Vec<Forecast> = forecasts
                .iter()
                .map(|(p, came, changed)| {
                    let score = scored(&Decimal::new(*p, 4).to_string(), *came);
                    Forecast { changed: *changed, ..forecast(Some(score)) }
                })
                .collect();
            let mut other = all.clone();
            other.reverse();
            other.rotate_left(turn.min(all.len()));
            prop_assert_eq!(Record::of(&all), Record::of(&other));
        }
    }
}
