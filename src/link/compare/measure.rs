//! Which values compare, and when two of them agree.

use crate::value::{Bound, Currency, Family, Interval, Quantity, Unit};

/// What a value is an amount of, as far as comparing goes: the family of its unit, and for money the currency.
///
/// The noun of a count is left to the metric: `72 sites` and `72 data centers` of one metric compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::link) enum Measure {
    /// A bare number, which may be anything but a length of time.
    Any,
    Money(Currency),
    Share,
    /// The difference between two shares.
    Points,
    /// People, time or things.
    Of(Family),
}

impl Measure {
    pub(in crate::link) fn of(unit: &Unit) -> Self {
        match unit {
            Unit::Bare => Self::Any,
            Unit::Currency(currency) => Self::Money(*currency),
            Unit::Percent => Self::Share,
            Unit::PercentagePoint => Self::Points,
            Unit::Headcount(_) => Self::Of(Family::Headcount),
            Unit::Duration(_) => Self::Of(Family::Duration),
            Unit::Count(_) => Self::Of(Family::Count),
        }
    }

    /// Tells whether amounts of the two can be held against each other.
    ///
    /// `16` alone does not say of which length of time, so that it compares with no duration.
    pub(in crate::link) fn compares_with(self, other: Self) -> bool {
        self == other || (self.min(other) == Self::Any && self.max(other) != Self::Of(Family::Duration))
    }

    /// Tells whether a part can have no more of it than its whole; shares and lengths of time are no sums of parts.
    pub(super) fn adds_up(self) -> bool {
        !matches!(self, Self::Share | Self::Points | Self::Of(Family::Duration))
    }
}

/// Tells whether two values of comparable units can both be true of one thing.
///
/// This is the rule of XBRL for duplicate facts ("Handling Duplicate Facts in XBRL", 1.0): intervals that follow from
/// the stated precision overlap, and figures of one precision are equal.
pub(in crate::link) fn agree(one: &Quantity, other: &Quantity) -> bool {
    match differ_in_last_place(one, other) {
        Some(differ) => !differ,
        None => one.interval().meets(other.interval()),
    }
}

/// Tells whether two bare figures of one stated precision are unequal; nothing where they are no such figures.
pub(super) fn differ_in_last_place(one: &Quantity, other: &Quantity) -> Option<bool> {
    let is_same = one.place() == other.place() && one.unit().factor() == other.unit().factor();
    (one.is_bare() && other.is_bare() && is_same).then(|| one.low() != other.low())
}

/// Tells whether every amount of one interval is larger than every amount of the other.
pub(in crate::link) fn is_above(one: &Interval, other: &Interval) -> bool {
    let starts = |low: Bound, high: Bound| low.amount().zip(high.amount()).is_some_and(|(low, high)| low >= high);
    !one.meets(other) && starts(one.low(), other.high())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).expect(text)
    }

    #[test]
    fn units_compare_by_family_and_currency() {
        let compare = |one: &str, other: &str| {
            let [one, other] = [one, other].map(|text| Measure::of(quantity(text).unit()));
            assert_eq!(one.compares_with(other), other.compares_with(one));
            one.compares_with(other)
        };
        for (one, other) in [
            ("8,000 roles", "8,000 employees"),
            ("8,000", "8,000 roles"),
            ("$65 bn", "65 bn"),
            ("$5", "US$5"),
            ("72 sites", "72 data centers"),
            ("16 weeks", "4 months"),
            ("12%", "12 percent"),
        ] {
            assert!(compare(one, other), "{one} and {other}");
        }
        for (one, other) in [
            ("$5", "€5"),
            ("$5", "CAD 5"),
            ("12%", "12 percentage points"),
            ("12%", "12 roles"),
            ("16", "16 weeks"),
            ("5 sites", "5 roles"),
        ] {
            assert!(!compare(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn one_is_above_the_other_only_where_they_do_not_meet() {
        let above = |one: &str, other: &str| is_above(quantity(one).interval(), quantity(other).interval());
        assert!(above("600", "400") && !above("400", "600"));
        assert!(above("more than 400", "=400") && !above("at least 400", "=400"));
        assert!(!above("420", "about 400") && !above("up to 9", "more than 10"));
    }
}
