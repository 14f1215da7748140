//! Whether one amount bears out another.

use rust_decimal::Decimal;

use crate::value::{Bound, Interval, Quantity, Unit};

/// How far an amount may be from the open end of an interval without an other end, as a factor.
///
/// `more than $1 billion` is no word on $60 billion.
const REACH: Decimal = Decimal::TWO;

/// Tells whether a figure falls inside a value, or the value inside the figure where that is the rounder of the two.
///
/// Their units have to be of one family, and money of one currency; a bare number fits any.
pub(super) fn holds(value: &Quantity, figure: &Quantity) -> bool {
    is_of_one_family(value.unit(), figure.unit()) && (has_inside(value, figure) || has_inside(figure, value))
}

/// Tells whether two amounts are the same but for their hedges.
pub(super) fn says_the_same(one: &Quantity, other: &Quantity) -> bool {
    is_of_one_family(one.unit(), other.unit()) && stated(one) == stated(other)
}

/// Returns both ends of a range as amounts by themselves; nothing where it is none.
pub(super) fn ends(range: &Quantity) -> Option<[Quantity; 2]> {
    if range.low() == range.high() {
        return None;
    }
    let end =
        |amount: Decimal| Quantity::parse(&format!("={}", crate::value::format_amount(amount, range.unit()))).ok();
    Some([end(range.low())?, end(range.high())?])
}

/// Returns what is stated, in the base of the unit.
fn stated(quantity: &Quantity) -> Option<[Decimal; 2]> {
    let factor = quantity.unit().factor();
    Some([quantity.low().checked_mul(factor)?, quantity.high().checked_mul(factor)?])
}

/// Tells whether what the second states lies in the interval of the first.
fn has_inside(outer: &Quantity, inner: &Quantity) -> bool {
    let interval = outer.interval();
    stated(inner)
        .is_some_and(|amounts| amounts.iter().all(|amount| interval.contains(*amount) && is_near(interval, *amount)))
}

/// Tells whether an amount is near the one end of an interval that has no other.
fn is_near(interval: &Interval, amount: Decimal) -> bool {
    let within_reach =
        |end: Decimal, amount: Decimal| end.abs().checked_mul(REACH).is_none_or(|reach| amount.abs() <= reach);
    match (interval.low(), interval.high()) {
        (Bound::Closed(low) | Bound::Open(low), Bound::Unbounded) => within_reach(low, amount),
        (Bound::Unbounded, Bound::Closed(high) | Bound::Open(high)) => within_reach(amount, high),
        _ => true,
    }
}

/// Tells whether two units may measure one thing.
///
/// What is counted is known by its noun, which people choose freely: `users` and `people` may be the same, and so
/// may `packages` and `releases`. Things are no people, however many of each there are.
fn is_of_one_family(one: &Unit, other: &Unit) -> bool {
    match (one, other) {
        (Unit::Bare, _) | (_, Unit::Bare) => true,
        (Unit::Count(_), Unit::Count(_)) => true,
        (Unit::Count(noun), Unit::Headcount(_)) | (Unit::Headcount(_), Unit::Count(noun)) => {
            crate::prose::is_people(&noun.plural())
        }
        _ => one.base() == other.base(),
    }
}
