//! The scores of one forecast whose outcome is known.
//!
//! Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950), in the form
//! for an event that happens or not: the squared difference of the probability and the outcome, from 0 to 1, lower is
//! better, 0.25 for a coin flip. (Brier's own sum over both classes is twice that.)
//!
//! Good, "Rational decisions", Journal of the Royal Statistical Society B 14 (1952): the natural logarithm of the
//! probability that was given to what came, 0 at best, −0.6931 for a coin flip, without bound where that was 0.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::{Outcome, Prediction};
use crate::value::{Day, Probability};

/// Places of a logarithm that are kept, so that sums of them do not depend on their order.
const LOG_PLACES: u32 = 12;

/// How good one forecast was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// The first probability, from 0 to 1: the one that is scored.
    pub probability: Decimal,
    /// Whether it happened.
    pub happened: bool,
    /// The Brier score of the first probability, from 0 to 1.
    pub brier: Decimal,
    /// The logarithmic score of the first probability; none where it gave no chance to what came: minus infinity.
    pub log: Option<Decimal>,
    /// The mean Brier score of the days from the one that it was made on to the last; none where no last day is known.
    pub brier_time_averaged: Option<Decimal>,
}

impl Score {
    /// Scores a forecast that resolved yes or no and has a probability; any other has no score.
    pub fn of(prediction: &Prediction) -> Option<Self> {
        let happened = match prediction.resolution.as_ref()?.outcome {
            Outcome::Yes => true,
            Outcome::No => false,
            Outcome::Ambiguous | Outcome::Annulled | Outcome::Withdrawn => return None,
        };
        let probability = prediction.probability?.amount();
        Some(Self {
            probability,
            happened,
            brier: brier(probability, happened),
            log: log(probability, happened),
            brier_time_averaged: time_averaged(prediction, happened),
        })
    }
}

/// Squares the difference of a probability and what came.
fn brier(probability: Decimal, happened: bool) -> Decimal {
    let miss = if happened { Decimal::ONE.saturating_sub(probability) } else { probability };
    miss.saturating_mul(miss)
}

/// Takes the natural logarithm of the probability of what came.
fn log(probability: Decimal, happened: bool) -> Option<Decimal> {
    let given = if happened { probability } else { Decimal::ONE.saturating_sub(probability) };
    let log = given.to_f64()?.ln();
    Some(Decimal::from_f64_retain(log)?.round_dp(LOG_PLACES))
}

/// Lists the probabilities of a forecast, each from its day on: the first, then the revisions.
///
/// Of several on one day the last one written counts. A revision from before the day that the forecast was made is
/// left out, since nothing was forecast then.
pub fn steps(prediction: &Prediction) -> Vec<(Day, Probability)> {
    let first = prediction.probability.map(|probability| (prediction.made, probability));
    let later = prediction.revisions.iter().filter(|revision| revision.day >= prediction.made);
    let mut steps: Vec<(Day, Probability)> = Vec::with_capacity(1 + prediction.revisions.len());
    for step in first.into_iter().chain(later.map(|revision| (revision.day, revision.probability))) {
        match steps.last_mut() {
            Some(last) if last.0 == step.0 => *last = step,
            _ => steps.push(step),
        }
    }
    steps
}

/// Averages the Brier score over the days that a forecast stood.
///
/// They go from the day that it was made up to the earlier of the day that it resolved and the last day that it was
/// due, which itself does not count: a probability counts from its own day to the day before the next. A forecast
/// that ended on the day it was made has the score of the probability that stood in the end.
fn time_averaged(prediction: &Prediction, happened: bool) -> Option<Decimal> {
    let resolved = prediction.resolution.as_ref().and_then(|resolution| resolution.day);
    let due = prediction.due.as_ref().and_then(|due| due.latest());
    let last = [resolved, due].into_iter().flatten().min().filter(|last| *last >= prediction.made)?;
    let mut steps = steps(prediction);
    steps.retain(|(day, _)| *day <= last);
    let ends = steps.iter().skip(1).map(|(day, _)| *day).chain([last]);
    let stood = |(step, end): (&(Day, Probability), Day)| {
        let days = Decimal::from(end.number().saturating_sub(step.0.number()));
        (days, brier(step.1.amount(), happened))
    };
    let weighted: Vec<(Decimal, Decimal)> = steps.iter().zip(ends).map(stood).collect();
    let days: Decimal = weighted.iter().map(|(days, _)| days).sum();
    if days.is_zero() {
        return weighted.last().map(|(_, brier)| *brier);
    }
    let sum = weighted.iter().fold(Decimal::ZERO, |sum, (days, brier)| sum.saturating_add(days.saturating_mul(*brier)));
    sum.checked_div(days)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture::{decimal, forecast};
    use super::*;

    fn score(matter: &str) -> Score {
        Score::of(&forecast(matter)).expect(matter)
    }

    #[test]
    fn brier_and_log_scores_are_those_of_the_first_probability() {
        // (1 − 0.7)² = 0.09 and ln 0.7; (0.7 − 0)² = 0.49 and ln 0.3.
        for (outcome, brier, log) in [("yes", "0.09", "-0.356674943939"), ("no", "0.49", "-1.203972804326")] {
            let matter = format!(
                "probability = 0.7\nrevisions = [{{ date = 2026-02-01, probability = 0.2 }}]\n\
                 resolution = {{ outcome = \"{outcome}\" }}"
            );
            let score = score(&matter);
            assert_eq!((score.brier, score.log), (decimal(brier), Some(decimal(log))));
        }
        let coin = score("probability = 0.5\nresolution = { outcome = \"yes\" }");
        assert_eq!((coin.brier, coin.log), (decimal("0.25"), Some(decimal("-0.693147180560"))));
    }

    #[test]
    fn certainty_that_was_wrong_has_no_finite_log_score() {
        for (probability, outcome, brier, log) in
            [("1", "yes", "0", Some("0")), ("0", "no", "0", Some("0")), ("1", "no", "1", None), ("0", "yes", "1", None)]
        {
            let score = score(&format!("probability = {probability}\nresolution = {{ outcome = \"{outcome}\" }}"));
            assert_eq!((score.brier, score.log), (decimal(brier), log.map(decimal)));
        }
    }

    #[test]
    fn only_a_probability_that_came_out_yes_or_no_is_scored() {
        for matter in [
            "probability = 0.5",
            "likelihood = \"likely\"\nresolution = { outcome = \"yes\" }",
            "probability = 0.5\nresolution = { outcome = \"ambiguous\" }",
            "probability = 0.5\nresolution = { outcome = \"annulled\" }",
            "probability = 0.5\nresolution = { outcome = \"withdrawn\" }",
        ] {
            assert_eq!(Score::of(&forecast(matter)), None, "{matter}");
        }
    }

    #[test]
    fn the_average_over_time_weighs_each_probability_by_its_days() {
        let made = "made = 2026-01-01\nprobability = 0.6\n";
        let averaged = |rest: &str| score(&format!("{made}{rest}")).brier_time_averaged.map(|mean| mean.round_dp(6));
        // 10 days of (1 − 0.6)² = 0.16, then 30 of (1 − 0.9)² = 0.01: (1.6 + 0.3) / 40 = 0.0475.
        let revised = "revisions = [{ date = 2026-01-11, probability = 0.9 }]\n";
        let on = "resolution = { outcome = \"yes\", date = 2026-02-10 }";
        assert_eq!(averaged(&format!("{revised}{on}")), Some(decimal("0.0475")));
        // The day due is earlier: 10 days of 0.16 and 10 of 0.01.
        assert_eq!(averaged(&format!("{revised}due = 2026-01-21\n{on}")), Some(decimal("0.085")));
        // No day of resolution: the day due stands in; without both there is no last day.
        let undated = "resolution = { outcome = \"yes\" }";
        assert_eq!(averaged(&format!("{revised}due = 2026-01-21\n{undated}")), Some(decimal("0.085")));
        assert_eq!(averaged(undated), None);
        // A revision after the end or before the start does not count.
        let outside =
            "revisions = [{ date = 2026-03-01, probability = 0.9 }, { date = 2025-12-31, probability = 0 }]\n";
        assert_eq!(averaged(&format!("{outside}{on}")), Some(decimal("0.16")));
        // Of several on one day the last counts.
        let twice =
            "revisions = [{ date = 2026-01-11, probability = 0.1 }, { date = 2026-01-11, probability = 0.9 }]\n";
        assert_eq!(averaged(&format!("{twice}{on}")), Some(decimal("0.0475")));
    }

    #[test]
    fn a_forecast_of_one_day_has_the_score_that_stood_in_the_end() {
        let same = "made = 2026-01-01\nprobability = 0.6\nresolution = { outcome = \"yes\", date = 2026-01-01 }\n";
        assert_eq!(score(same).brier_time_averaged, Some(decimal("0.16")));
        let before = same.replace("date = 2026-01-01 }", "date = 2025-12-01 }");
        assert_eq!((score(&before).brier, score(&before).brier_time_averaged), (decimal("0.16"), None));
    }

    proptest! {
        #[test]
        fn scores_keep_their_bounds(
            first in 0_u32..=100,
            revisions in prop::collection::vec((1_u8..=28, 0_u32..=100), 0..6),
            last in 1_u8..=28,
            happened: bool,
        ) {
            let outcome = if happened { "yes" } else { "no" };
            let listed: Vec<String> = revisions
                .iter()
                .map(|(day, percent)| format!("{{ date = 2026-01-{day:02}, probability = \"{percent}%\" }}"))
                .collect();
            let matter = format!(
                "made = 2026-01-01\nprobability = \"{first}%\"\nrevisions = [{}]\n\
                 resolution = {{ outcome = \"{outcome}\", date = 2026-01-{last:02} }}",
                listed.join(", ")
            );
            let prediction = forecast(&matter);
            let score = Score::of(&prediction).expect("a score");
            prop_assert!((Decimal::ZERO..=Decimal::ONE).contains(&score.brier));
            prop_assert!(score.log.is_none_or(|log| log <= Decimal::ZERO));
            let each: Vec<Decimal> = steps(&prediction).iter().map(|(_, p)| brier(p.amount(), happened)).collect();
            let (low, high) = (each.iter().min().expect("one"), each.iter().max().expect("one"));
            let mean = score.brier_time_averaged.expect("a last day").round_dp(20);
            prop_assert!(low.round_dp(20) <= mean && mean <= high.round_dp(20));
        }
    }
}
