//! Calibration: how often things came that were given a probability.
//!
//! Intervals: Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
//! Statistical Association 22 (1927), at 95%. Decomposition: Murphy, "A new vector partition of the probability score",
//! Journal of Applied Meteorology 12 (1973).

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Score;

/// How many forecasts have to be scored before a calibration curve is shown.
pub const CALIBRATION_FROM: usize = 10;

/// How many forecasts have to be scored before the score is taken apart.
pub const DECOMPOSITION_FROM: usize = 30;

/// The two-sided 95% point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Places of an interval's ends that are kept.
const INTERVAL_PLACES: u32 = 12;

/// The forecasts of one tenth of the scale: from 0 to under 10%, and so on; 100% belongs to the last.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bin {
    /// The tenth, from 0 to 9.
    pub tenth: u8,
    /// How many forecasts there are.
    pub count: usize,
    /// How many of them came.
    pub happened: usize,
    /// The mean of their probabilities.
    pub mean: Decimal,
    /// The share of them that came.
    pub observed: Decimal,
    /// The 95% interval of that share by Wilson's score method.
    pub interval: (Decimal, Decimal),
}

/// The Brier score taken apart, every forecast counted with the mean probability of its bin.
///
/// `binned` = `reliability` − `resolution` + `uncertainty`, exactly. It differs from the Brier score of the forecasts
/// themselves by what the bins smooth over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decomposition {
    /// The Brier score within the bins.
    pub binned: Decimal,
    /// How far the bins are from what was observed in them; lower is better.
    pub reliability: Decimal,
    /// How far what was observed in the bins is from the share of all that came; higher is better.
    pub resolution: Decimal,
    /// How uncertain the events were, whatever was forecast.
    pub uncertainty: Decimal,
}

/// Sorts scored forecasts into tenths; those without forecasts are left out, and too few forecasts have none.
pub(super) fn bins(scores: &[Score]) -> Vec<Bin> {
    if scores.len() < CALIBRATION_FROM {
        return Vec::new();
    }
    let mut sums = [(0_usize, 0_usize, Decimal::ZERO); 10];
    for score in scores {
        let tenth = score.probability.saturating_mul(Decimal::TEN).to_usize().unwrap_or(0).min(9);
        if let Some((count, happened, sum)) = sums.get_mut(tenth) {
            *count += 1;
            *happened += usize::from(score.happened);
            *sum = sum.saturating_add(score.probability);
        }
    }
    (0..)
        .zip(sums)
        .filter(|(_, (count, ..))| *count > 0)
        .map(|(tenth, (count, happened, sum))| Bin {
            tenth,
            count,
            happened,
            mean: ratio(sum, count),
            observed: ratio(Decimal::from(happened), count),
            interval: wilson(happened, count),
        })
        .collect()
}

/// Divides by a count; of nothing it is zero.
pub(super) fn ratio(sum: Decimal, count: usize) -> Decimal {
    sum.checked_div(Decimal::from(count)).unwrap_or_default()
}

/// Gives Wilson's 95% interval of a share: `happened` of `count`.
pub(super) fn wilson(happened: usize, count: usize) -> (Decimal, Decimal) {
    let [k, n] = [happened, count].map(|count| count.to_f64().unwrap_or_default());
    let square = Z * Z;
    let center = (k + square / 2.0) / (n + square);
    let half = Z / (n + square) * (k * (n - k) / n + square / 4.0).sqrt();
    // Where none or all came the nearer end is 0 or 1, which floats miss by a little.
    let low = if happened == 0 { 0.0 } else { center - half };
    let high = if happened == count { 1.0 } else { center + half };
    let exact = |end: f64| Decimal::from_f64_retain(end.clamp(0.0, 1.0)).unwrap_or_default().round_dp(INTERVAL_PLACES);
    (exact(low), exact(high))
}

/// Takes the Brier score of binned forecasts apart, from 30 of them on.
pub(super) fn decompose(bins: &[Bin]) -> Option<Decomposition> {
    let count: usize = bins.iter().map(|bin| bin.count).sum();
    if count < DECOMPOSITION_FROM {
        return None;
    }
    let mean = |term: &dyn Fn(&Bin) -> Decimal| {
        let sum = bins
            .iter()
            .fold(Decimal::ZERO, |sum, bin| sum.saturating_add(Decimal::from(bin.count).saturating_mul(term(bin))));
        ratio(sum, count)
    };
    let base = mean(&|bin| bin.observed);
    let apart = |a: Decimal, b: Decimal| a.saturating_sub(b).saturating_mul(a.saturating_sub(b));
    let spread = |share: Decimal| share.saturating_mul(Decimal::ONE.saturating_sub(share));
    Some(Decomposition {
        // The mean of (f − 1)² over what came and f² over what did not, with f the mean of the bin.
        binned: mean(&|bin| {
            let missed = Decimal::ONE.saturating_sub(bin.observed);
            let hit = bin.observed.saturating_mul(apart(bin.mean, Decimal::ONE));
            hit.saturating_add(missed.saturating_mul(bin.mean.saturating_mul(bin.mean)))
        }),
        reliability: mean(&|bin| apart(bin.mean, bin.observed)),
        resolution: mean(&|bin| apart(bin.observed, base)),
        uncertainty: spread(base),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture::{decimal, scored};
    use super::*;

    #[test]
    fn a_curve_needs_ten_forecasts() {
        let nine = vec![scored("0.5", true); 9];
        assert_eq!(bins(&nine), []);
        let ten = vec![scored("0.5", true); 10];
        assert_eq!(bins(&ten).len(), 1);
    }

    #[test]
    fn a_bin_has_its_lower_end_and_the_last_both() {
        let of = |p: &str| {
            let bins = bins(&vec![scored(p, true); 10]);
            bins.iter().map(|bin| bin.tenth).collect::<Vec<_>>()
        };
        for (probability, tenth) in [("0", 0), ("0.0999", 0), ("0.1", 1), ("0.7", 7), ("0.95", 9), ("1", 9)] {
            assert_eq!(of(probability), [tenth], "{probability}");
        }
    }

    #[test]
    fn wilsons_interval_is_the_one_of_the_tables() {
        // 8 of 10: center (8 + 1.92073) / (10 + 3.84146) = 0.716740, half 0.226552; 0 of 10: up to z²/(n + z²).
        let rounded = |(low, high): (Decimal, Decimal)| (low.round_dp(4), high.round_dp(4));
        assert_eq!(rounded(wilson(8, 10)), (decimal("0.4902"), decimal("0.9433")));
        assert_eq!(rounded(wilson(0, 10)), (decimal("0"), decimal("0.2775")));
        assert_eq!(rounded(wilson(10, 10)), (decimal("0.7225"), decimal("1")));
    }

    #[test]
    fn the_score_is_taken_apart_by_hand() {
        // 20 at 0.8 of which 15 came, 10 at 0.2 of which 4 came: base 19/30.
        // Reliability (20·0.05² + 10·0.2²)/30 = 0.015; resolution (20·(0.75 − 19/30)² + 10·(0.4 − 19/30)²)/30 = 0.027222;
        // uncertainty 19/30·11/30 = 0.232222; their sum 0.22 = (15·0.04 + 5·0.64 + 4·0.64 + 6·0.04)/30.
        let mut scores = Vec::new();
        scores.extend((0..20).map(|at| scored("0.8", at < 15)));
        scores.extend((0..10).map(|at| scored("0.2", at < 4)));
        let found = decompose(&bins(&scores)).expect("30 forecasts");
        let places = [found.binned, found.reliability, found.resolution, found.uncertainty].map(|n| n.round_dp(6));
        assert_eq!(places, ["0.22", "0.015", "0.027222", "0.232222"].map(decimal));
        assert_eq!(decompose(&bins(&scores[1..])), None);
    }

    proptest! {
        #[test]
        fn the_parts_add_up(forecasts in prop::collection::vec((0_u32..=1000, any::<bool>()), 30..120)) {
            let scores: Vec<Score> =
                forecasts.iter().map(|(p, came)| scored(&format!("{}", Decimal::new(i64::from(*p), 3)), *came)).collect();
            let bins = bins(&scores);
            let found = decompose(&bins).expect("enough");
            let sum = found.reliability - found.resolution + found.uncertainty;
            prop_assert_eq!(sum.round_dp(18), found.binned.round_dp(18));
            prop_assert!(bins.iter().all(|bin| bin.interval.0 <= bin.observed && bin.observed <= bin.interval.1));
            prop_assert_eq!(bins.iter().map(|bin| bin.count).sum::<usize>(), scores.len());
        }
    }
}
