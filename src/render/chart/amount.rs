//! The axis of amounts: exact decimals to places, and ticks at 1, 2 and 5 times a power of ten.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::svg::{Px, Svg, px};
use crate::value::{Unit, format_amount};

/// How many steps an axis has, about.
const STEPS: u32 = 4;

/// The longest words of a tick, in characters.
const LONGEST: usize = 26;

/// How wide a character of a tick's words is, about.
const CHARACTER: Px = 72;

/// How amounts lie along a chart; decimals are exact until they become a place.
#[derive(Clone, Debug)]
pub(super) struct AmountScale {
    low: Decimal,
    high: Decimal,
    ticks: Vec<Decimal>,
    top: Px,
    bottom: Px,
}

impl AmountScale {
    /// Lays amounts between two heights; the axis begins at zero unless all amounts are far from it.
    pub(super) fn new(amounts: impl Iterator<Item = Decimal>, top: Px, bottom: Px) -> Self {
        let (low, high) = ends(amounts);
        let nice = nice_step(low, high).and_then(|step| nice_ticks(low, high, step));
        let ticks = nice.unwrap_or_else(|| vec![low, high]);
        let (first, last) = (ticks.first().copied().unwrap_or(low), ticks.last().copied().unwrap_or(high));
        Self { low: first.min(low), high: last.max(high), ticks, top, bottom }
    }

    /// Places an amount; one that the axis does not reach is placed at its end.
    pub(super) fn y(&self, amount: Decimal) -> Px {
        let part =
            || amount.clamp(self.low, self.high).checked_sub(self.low)?.checked_div(self.high.checked_sub(self.low)?);
        let height = Decimal::from(self.bottom - self.top);
        let up = part().and_then(|part| part.checked_mul(height)?.round().to_i32());
        self.bottom - up.unwrap_or_default()
    }

    /// Words the ticks in a unit, whose amounts are `factor` of its base each; words that repeat are left out.
    pub(super) fn labels(&self, unit: &Unit) -> Vec<(Px, String)> {
        let word = |amount: &Decimal| cut(&format_amount(amount.saturating_mul(unit.factor()), unit));
        let mut labels: Vec<(Px, String)> = self.ticks.iter().map(|tick| (self.y(*tick), word(tick))).collect();
        labels.dedup_by(|a, b| a.1 == b.1);
        labels
    }

    /// Tells how much room words take.
    pub(super) fn room(labels: &[(Px, String)]) -> Px {
        let longest = labels.iter().map(|(_, label)| label.chars().count()).max().unwrap_or_default();
        Px::try_from(longest).unwrap_or_default() * CHARACTER + px(20)
    }

    /// Draws the ticks as lines from left to right, with their words before them.
    pub(super) fn draw(svg: &mut Svg, labels: &[(Px, String)], left: Px, right: Px) {
        svg.tag("g").class("axis").open();
        for (y, label) in labels {
            svg.line("", (left, *y), (right, *y));
            svg.words("end", (left - px(8), *y + px(4)), label);
        }
        svg.close("g");
    }
}

/// Cuts long words, of which the unit may have many.
fn cut(words: &str) -> String {
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => [words.get(..end).unwrap_or_default(), "…"].concat(),
        None => words.to_owned(),
    }
}

/// Finds where an axis begins and ends, which are never the same.
fn ends(amounts: impl Iterator<Item = Decimal>) -> (Decimal, Decimal) {
    let hull = |a: (Decimal, Decimal), b: (Decimal, Decimal)| (a.0.min(b.0), a.1.max(b.1));
    let (low, high) = amounts.map(|amount| (amount, amount)).reduce(hull).unwrap_or_default();
    let half = |amount: Decimal| amount.checked_div(Decimal::TWO).unwrap_or_default();
    let near_zero = low == high || low.abs().min(high.abs()) < half(low.abs().max(high.abs()));
    match (low, high) {
        (low, high) if low.is_zero() && high.is_zero() => (Decimal::ZERO, Decimal::ONE),
        (low, high) if near_zero => (low.min(Decimal::ZERO), high.max(Decimal::ZERO)),
        ends => ends,
    }
}

/// Finds the step of 1, 2 or 5 times a power of ten that cuts a range into about four.
fn nice_step(low: Decimal, high: Decimal) -> Option<Decimal> {
    let rough = high.checked_sub(low)?.checked_div(Decimal::from(STEPS))?.normalize();
    let digits = rough.mantissa().unsigned_abs().checked_ilog10()?;
    let power = i32::try_from(digits).ok()? - i32::try_from(rough.scale()).ok()?;
    let one = match u32::try_from(power) {
        Ok(zeros) => Decimal::try_from_i128_with_scale(10_i128.checked_pow(zeros)?, 0).ok()?,
        Err(_) => Decimal::try_from_i128_with_scale(1, power.unsigned_abs()).ok()?,
    };
    let steps = [1, 2, 5, 10].into_iter().filter_map(|times| one.checked_mul(Decimal::from(times)));
    steps.into_iter().find(|step| *step >= rough)
}

/// Lists the multiples of a step from the one below a range to the one above it.
fn nice_ticks(low: Decimal, high: Decimal, step: Decimal) -> Option<Vec<Decimal>> {
    let first = low.checked_div(step)?.floor();
    let last = high.checked_div(step)?.ceil();
    let count = last.checked_sub(first)?.to_u32().filter(|count| *count <= 2 * STEPS)?;
    (0..=count)
        .map(|tick| first.checked_add(Decimal::from(tick))?.checked_mul(step).map(|tick| tick.normalize()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Currency, TimeUnit};

    fn scale(amounts: &[&str]) -> AmountScale {
        AmountScale::new(amounts.iter().map(|amount| amount.parse().expect("a decimal")), px(0), px(100))
    }

    fn labels(amounts: &[&str], unit: &Unit) -> Vec<String> {
        scale(amounts).labels(unit).into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round_and_worded_as_the_site_does() {
        let usd = Unit::Currency(Currency::from_code("USD").expect("a code"));
        assert_eq!(
            labels(&["60000000000", "72000000000"], &usd),
            ["$60 billion", "$65 billion", "$70 billion", "$75 billion"]
        );
        assert_eq!(
            labels(&["12", "16"], &Unit::Duration(TimeUnit::Week)),
            ["12 weeks", "13 weeks", "14 weeks", "15 weeks", "16 weeks"]
        );
        assert_eq!(labels(&["-3", "10"], &Unit::Percent), ["-5%", "0%", "5%", "10%"]);
        assert_eq!(labels(&["0"], &Unit::Bare), ["0", "0.5", "1"]);
    }

    #[test]
    fn an_axis_begins_at_zero_unless_all_amounts_are_far_from_it() {
        assert_eq!(scale(&["8000", "600"]).y(Decimal::ZERO), px(100));
        assert_eq!(scale(&["8000", "7500"]).low, Decimal::from(7_400));
        assert_eq!(scale(&["7"]).low, Decimal::ZERO);
    }

    #[test]
    fn the_largest_and_the_smallest_amounts_have_their_places() {
        let most = "9999999999999999999999999999";
        let least = ["-", most].concat();
        let whole = scale(&[most, &least]);
        assert!(whole.y(most.parse().expect("a decimal")) < whole.y(least.parse().expect("a decimal")));
        let fine = scale(&["0.0000000000000000000000000001", "0.0000000000000000000000000002"]);
        assert!((0..=px(100)).contains(&fine.y("0.0000000000000000000000000001".parse().expect("a decimal"))));
    }
}
