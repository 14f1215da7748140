//! Intervals of amounts, whose ends may be open, closed or missing.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use crate::speech::say;

use super::written::grouped;

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// Nothing holds on this side.
    Unbounded,
    /// The amount itself belongs to the interval.
    Closed(Decimal),
    /// The amount itself does not.
    Open(Decimal),
}

impl Bound {
    /// Returns the amount at this end, whether or not it belongs to the interval.
    pub fn amount(self) -> Option<Decimal> {
        match self {
            Self::Unbounded => None,
            Self::Closed(amount) | Self::Open(amount) => Some(amount),
        }
    }

    /// Tells whether an interval that starts here shares an amount with one that ends at `end`.
    fn starts_by(self, end: Self) -> bool {
        match (self, end) {
            (Self::Unbounded, _) | (_, Self::Unbounded) => true,
            (Self::Closed(low), Self::Closed(high)) => low <= high,
            (Self::Closed(low) | Self::Open(low), Self::Closed(high) | Self::Open(high)) => low < high,
        }
    }

    /// Orders low ends: none comes first, and a closed end before an open one at the same amount.
    fn low_key(self) -> (Option<Decimal>, bool) {
        (self.amount(), matches!(self, Self::Open(_)))
    }

    /// Orders high ends: none comes last, and an open end before a closed one at the same amount.
    fn high_key(self) -> (bool, Option<Decimal>, bool) {
        (self == Self::Unbounded, self.amount(), matches!(self, Self::Closed(_)))
    }

    fn times(self, factor: Decimal) -> Option<Self> {
        Some(match self {
            Self::Unbounded => Self::Unbounded,
            Self::Closed(amount) => Self::Closed(amount.checked_mul(factor)?),
            Self::Open(amount) => Self::Open(amount.checked_mul(factor)?),
        })
    }
}

/// The amounts that a wording leaves possible; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    low: Bound,
    high: Bound,
}

impl Interval {
    /// Joins two ends, or returns nothing where no amount lies between them.
    pub fn new(low: Bound, high: Bound) -> Option<Self> {
        low.starts_by(high).then_some(Self { low, high })
    }

    /// The interval of one amount.
    pub fn point(amount: Decimal) -> Self {
        Self { low: Bound::Closed(amount), high: Bound::Closed(amount) }
    }

    /// Returns the low end.
    pub fn low(&self) -> Bound {
        self.low
    }

    /// Returns the high end.
    pub fn high(&self) -> Bound {
        self.high
    }

    /// Tells whether an amount lies inside.
    pub fn contains(&self, amount: Decimal) -> bool {
        self.meets(&Self::point(amount))
    }

    /// Tells whether the two share an amount.
    pub fn meets(&self, other: &Self) -> bool {
        self.low.starts_by(other.high) && other.low.starts_by(self.high)
    }

    /// Tells whether every amount of this interval lies in the other.
    pub fn is_within(&self, other: &Self) -> bool {
        self.cmp_low(other) != Ordering::Less && self.cmp_high(other) != Ordering::Greater
    }

    /// Compares where the two start, for sorting before a sweep.
    pub fn cmp_low(&self, other: &Self) -> Ordering {
        self.low.low_key().cmp(&other.low.low_key())
    }

    /// Compares where the two end.
    pub fn cmp_high(&self, other: &Self) -> Ordering {
        self.high.high_key().cmp(&other.high.high_key())
    }

    /// Returns the smallest interval that holds both, such as the range of one event's claims.
    #[must_use]
    pub fn hull(&self, other: &Self) -> Self {
        let low = if self.cmp_low(other).is_le() { self.low } else { other.low };
        let high = if self.cmp_high(other).is_ge() { self.high } else { other.high };
        Self { low, high }
    }

    /// Multiplies both ends by a positive factor, or returns nothing where that is too large for a decimal.
    pub(crate) fn times(&self, factor: Decimal) -> Option<Self> {
        Some(Self { low: self.low.times(factor)?, high: self.high.times(factor)? })
    }

    /// Writes the interval in words, each amount as `write` puts it.
    pub(crate) fn describe(&self, write: impl Fn(Decimal) -> String) -> String {
        use Bound::{Closed, Open, Unbounded};
        match (self.low, self.high) {
            (Unbounded, Unbounded) => return say("amount_any", &[]),
            (Closed(low), Closed(high)) if low == high => return write(low),
            (Closed(low), Closed(high)) => return format!("{} – {}", write(low), write(high)),
            _ => {}
        }
        let low = match self.low {
            Closed(low) => Some(("amount_at_least", low)),
            Open(low) => Some(("amount_above", low)),
            Unbounded => None,
        };
        let high = match self.high {
            Closed(high) => Some(("amount_at_most", high)),
            Open(high) => Some(("amount_under", high)),
            Unbounded => None,
        };
        let ends = [low, high].into_iter().flatten();
        ends.map(|(key, amount)| say(key, &[("amount", &write(amount))])).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.describe(|amount| grouped(amount.normalize(), None)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Bound::{Closed, Open, Unbounded};

    fn interval(low: Bound, high: Bound) -> Interval {
        Interval::new(low, high).expect("a test's interval holds something")
    }

    fn of(n: i64) -> Decimal {
        Decimal::from(n)
    }

    #[test]
    fn an_open_end_meets_nothing_at_its_own_amount() {
        let above = interval(Open(of(7000)), Unbounded);
        assert!(!above.contains(of(7000)));
        assert!(above.contains(of(7001)));
        assert!(!above.meets(&interval(Unbounded, Closed(of(7000)))));
        assert!(interval(Closed(of(1)), Closed(of(2))).meets(&interval(Closed(of(2)), Unbounded)));
    }

    #[test]
    fn nothing_lies_between_ends_that_cross() {
        assert_eq!(Interval::new(Closed(of(2)), Closed(of(1))), None);
        assert_eq!(Interval::new(Open(of(2)), Closed(of(2))), None);
    }

    #[test]
    fn within_minds_open_ends() {
        let open = interval(Open(of(1)), Open(of(2)));
        let closed = interval(Closed(of(1)), Closed(of(2)));
        assert!(open.is_within(&closed) && !closed.is_within(&open));
        assert!(closed.is_within(&interval(Unbounded, Unbounded)));
        assert_eq!(open.hull(&closed), closed);
    }

    #[test]
    fn intervals_print_in_words() {
        let shown = [
            interval(Closed(of(7600)), Closed(of(8400))),
            interval(Open(of(7000)), Unbounded),
            interval(Open(of(12)), Closed(Decimal::new(126, 1))),
            interval(Closed(of(0)), Open(of(5))),
            Interval::point(of(7985)),
        ]
        .map(|i| i.to_string());
        assert_eq!(shown, ["7,600 – 8,400", "above 7,000", "above 12, at most 12.6", "at least 0, under 5", "7,985"]);
    }
}
