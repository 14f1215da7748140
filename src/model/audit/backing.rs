//! Amounts on shelves by what they measure, so that a figure finds one that bears it out in the time of a search.
//!
//! Three questions are asked of a shelf. Does one of its intervals hold the figure? Sorted by where they start, with
//! the farthest end so far beside each, the intervals that start before the figure answer by the last of them. Does
//! the figure hold one of its amounts, or one of its intervals? Sorted by the low end, with the nearest high end from
//! there on beside each, amounts and intervals answer in the same way.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::prose::is_people;
use crate::value::{Bound, Currency, Interval, Quantity, TimeUnit, Unit};

/// How far an interval without one of its ends reaches, as a factor of the other.
///
/// `more than $1 billion` is no word on $60 billion.
const REACH: Decimal = Decimal::TWO;

/// What amounts on one shelf measure.
///
/// What is counted is known by its noun, which people choose freely: all things are on one shelf. Things are no
/// people, but `users` and their like are both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shelf {
    /// Bare numbers, which fit any unit.
    Any,
    Money(Currency),
    Percent,
    Points,
    Time,
    People,
    Things,
}

impl Shelf {
    fn of(unit: &Unit) -> impl Iterator<Item = Self> {
        let (first, second) = match unit {
            Unit::Bare => (Self::Any, None),
            Unit::Currency(currency) => (Self::Money(*currency), None),
            Unit::Percent => (Self::Percent, None),
            Unit::PercentagePoint => (Self::Points, None),
            Unit::Duration(_) => (Self::Time, None),
            Unit::Headcount(_) => (Self::People, None),
            Unit::Count(noun) if is_people(&noun.plural()) => (Self::Things, Some(Self::People)),
            Unit::Count(_) => (Self::Things, None),
        };
        std::iter::once(first).chain(second)
    }
}

/// One or two amounts in the base of their unit: the ends of what is stated.
type Stated = [Decimal; 2];

/// The amounts that an analysis states outside its prose.
#[derive(Debug, Default)]
pub(super) struct Backing {
    shelves: BTreeMap<Shelf, Amounts>,
    is_sorted: bool,
}

/// The amounts on one shelf.
#[derive(Debug, Default)]
struct Amounts {
    /// Intervals by their low end.
    intervals: Vec<Ranged>,
    /// Stated amounts by their low end, each with the lowest high end from it on.
    stated: Vec<(Stated, Decimal)>,
    /// Amounts that back a figure only where they are the very same.
    same: BTreeSet<Stated>,
}

/// An interval among others.
#[derive(Debug)]
struct Ranged {
    own: Interval,
    /// The one with the farthest high end up to it.
    farthest: Interval,
    /// The one with the nearest high end from it on.
    nearest: Interval,
}

/// To which side of the amount that it names a figure lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// It may be that amount.
    Neither,
    /// It is more, as in `more than 7,000`.
    Above,
    /// It is less, as in `under 5%`.
    Below,
}

impl Side {
    fn of(interval: &Interval) -> Self {
        match (interval.low(), interval.high()) {
            (Bound::Open(_), _) => Self::Above,
            (_, Bound::Open(_)) => Self::Below,
            _ => Self::Neither,
        }
    }
}

impl Backing {
    /// Adds a value, which backs what lies in its interval and what is rounder than it.
    pub(super) fn add_value(&mut self, value: &Quantity) {
        let (Some(interval), Some(stated)) = (within_reach(value.interval()), stated(value)) else { return };
        for shelf in Shelf::of(value.unit()) {
            let amounts = self.shelves.entry(shelf).or_default();
            amounts.intervals.push(Ranged { own: interval, farthest: interval, nearest: interval });
            amounts.stated.push((stated, stated[1]));
        }
        self.is_sorted = false;
    }

    /// Adds an amount that backs only the same amount.
    pub(super) fn add_same(&mut self, said: &Quantity) {
        let Some(stated) = stated(said) else { return };
        for shelf in Shelf::of(said.unit()) {
            self.shelves.entry(shelf).or_default().same.insert(stated);
        }
    }

    /// Adds a share in percent, which backs what is rounder than it.
    pub(super) fn add_percent(&mut self, percent: Decimal) {
        self.add_stated(Shelf::Percent, percent);
    }

    /// Adds a length of time in days, which backs what is rounder than it.
    pub(super) fn add_days(&mut self, days: i32) {
        let seconds = Decimal::from(days).checked_mul(TimeUnit::Day.seconds().into());
        seconds.into_iter().for_each(|seconds| self.add_stated(Shelf::Time, seconds));
    }

    fn add_stated(&mut self, shelf: Shelf, amount: Decimal) {
        self.shelves.entry(shelf).or_default().stated.push(([amount; 2], amount));
        self.is_sorted = false;
    }

    /// Tells whether something here bears out a figure, a range also by something for each of its ends.
    pub(super) fn backs(&mut self, figure: &Quantity) -> bool {
        if !self.is_sorted {
            self.shelves.values_mut().for_each(Amounts::sort);
            self.is_sorted = true;
        }
        let (Some(amounts), Some(interval)) = (stated(figure), within_reach(figure.interval())) else { return false };
        let ([low, high], side) = (amounts, Side::of(figure.interval()));
        let holds_end = |end: Decimal| self.any(figure, |shelf| shelf.holds([end; 2], Side::Neither));
        self.any(figure, |shelf| shelf.backs(amounts, &interval, side))
            || (low != high && holds_end(low) && holds_end(high))
    }

    /// Asks the shelves where a figure's unit may be.
    fn any(&self, figure: &Quantity, asked: impl Fn(&Amounts) -> bool) -> bool {
        match figure.unit() {
            Unit::Bare => self.shelves.values().any(asked),
            unit => Shelf::of(unit).chain([Shelf::Any]).filter_map(|shelf| self.shelves.get(&shelf)).any(asked),
        }
    }
}

impl Amounts {
    fn sort(&mut self) {
        self.intervals.sort_by(|a, b| a.own.cmp_low(&b.own));
        let mut farthest: Option<Interval> = None;
        for one in &mut self.intervals {
            one.farthest = farthest.filter(|far| far.cmp_high(&one.own).is_ge()).unwrap_or(one.own);
            farthest = Some(one.farthest);
        }
        let mut nearest: Option<Interval> = None;
        for one in self.intervals.iter_mut().rev() {
            one.nearest = nearest.filter(|near| near.cmp_high(&one.own).is_le()).unwrap_or(one.own);
            nearest = Some(one.nearest);
        }
        self.stated.sort();
        let mut nearest: Option<Decimal> = None;
        for (own, best) in self.stated.iter_mut().rev() {
            *best = nearest.map_or(own[1], |near| near.min(own[1]));
            nearest = Some(*best);
        }
    }

    fn backs(&self, figure: Stated, interval: &Interval, side: Side) -> bool {
        // A range is as stated, and no rounder word for an amount in it.
        let is_single = figure[0] == figure[1];
        self.same.contains(&figure) || self.holds(figure, side) || (is_single && self.is_in(interval))
    }

    /// Tells whether one interval holds all of a figure and, where that lies to a side, something on that side.
    fn holds(&self, [low, high]: Stated, side: Side) -> bool {
        let (from, to) = (Interval::point(low), Interval::point(high));
        let starts_by = |interval: &Interval| match side {
            Side::Below => interval.cmp_low(&from).is_lt(),
            Side::Neither | Side::Above => interval.cmp_low(&from).is_le(),
        };
        let until = self.intervals.partition_point(|one| starts_by(&one.own));
        let farthest = until.checked_sub(1).and_then(|last| self.intervals.get(last));
        farthest.is_some_and(|one| match side {
            Side::Above => one.farthest.cmp_high(&to).is_gt(),
            Side::Neither | Side::Below => one.farthest.cmp_high(&to).is_ge(),
        })
    }

    /// Tells whether one stated amount, or all that one value may be, lies in a figure's interval.
    fn is_in(&self, interval: &Interval) -> bool {
        let from = self.stated.partition_point(|([low, _], _)| Interval::point(*low).cmp_low(interval).is_lt());
        let stated = self.stated.get(from);
        let from = self.intervals.partition_point(|one| one.own.cmp_low(interval).is_lt());
        stated.is_some_and(|(_, high)| Interval::point(*high).cmp_high(interval).is_le())
            || self.intervals.get(from).is_some_and(|one| one.nearest.cmp_high(interval).is_le())
    }
}

/// Returns what is stated, in the base of the unit.
fn stated(quantity: &Quantity) -> Option<Stated> {
    let factor = quantity.unit().factor();
    Some([quantity.low().checked_mul(factor)?, quantity.high().checked_mul(factor)?])
}

/// Gives an interval without one of its ends the end that it reaches to; nothing where no decimal holds it.
fn within_reach(interval: &Interval) -> Option<Interval> {
    let far = |end: Bound, away: Decimal| {
        let end = end.amount()?;
        let step = end.abs().checked_mul(REACH.checked_sub(Decimal::ONE)?)?;
        end.checked_add(step.checked_mul(away)?).map(Bound::Closed)
    };
    match (interval.low(), interval.high()) {
        (Bound::Unbounded, Bound::Unbounded) => None,
        (low, Bound::Unbounded) => Interval::new(low, far(low, Decimal::ONE)?),
        (Bound::Unbounded, high) => Interval::new(far(high, Decimal::NEGATIVE_ONE)?, high),
        _ => Some(*interval),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).expect(text)
    }

    fn backs(values: &[&str], figure: &str) -> bool {
        let mut backing = Backing::default();
        values.iter().for_each(|value| backing.add_value(&quantity(value)));
        backing.backs(&quantity(figure))
    }

    #[test]
    fn a_figure_is_backed_inside_a_value_or_around_it() {
        let cases: &[(&[&str], &str, bool)] = &[
            (&["about 8,000 roles"], "8,200 people", true),
            (&["about 8,000 roles"], "9,000 roles", false),
            (&["=7,985 roles"], "nearly 8,000 jobs", true),
            (&["$60–65 billion"], "$62bn", true),
            (&["$60–65 billion"], "€62bn", false),
            (&["$60–65 billion"], "$60–72 billion", false),
            (&["12%", "14%"], "12–14%", true),
            (&["12%"], "12 percentage points", false),
            (&["more than 7,000 jobs"], "8,000 jobs", true),
            (&["more than $1 billion"], "$60 billion", false),
            (&["$60 billion"], "more than $1 billion", false),
            (&["16 weeks"], "112 days", true),
            (&["18 months"], "1.5 years", true),
            (&["8,000"], "8,000 roles", true),
            (&["8,000 roles"], "8,000", true),
            (&["8,000 roles"], "8,000 servers", false),
            (&["2 million people"], "2 million users", true),
            (&["1–10 jobs", "2–3 jobs"], "5 jobs", true),
            (&["1–4 jobs", "2–3 jobs", "7–9 jobs"], "5 jobs", false),
            (&["nearly 10,000 jobs"], "8,000 jobs", false),
            (&[], "8,000 jobs", false),
            // A value bears out its own words, and no word that leads away from it.
            (&["more than 7,000 jobs"], "more than 7,000 jobs", true),
            (&["more than $1 billion"], "over $1bn", true),
            (&["just over 12%"], "just over 12%", true),
            (&["less than 5%"], "under 5%", true),
            (&["nearly 10,000 jobs"], "nearly 10,000 jobs", true),
            (&["$60–65 billion"], "more than $60 billion", true),
            (&["$60–65 billion"], "more than $65 billion", false),
            (&["$60–65 billion"], "less than $60 billion", false),
            (&["up to 30,000 jobs"], "more than 30,000 jobs", false),
            (&["about 8,000 roles"], "more than 8,500 jobs", false),
            (&["8,120 roles"], "more than 8,000 jobs", true),
        ];
        for (values, figure, backed) in cases {
            assert_eq!(backs(values, figure), *backed, "{values:?}, {figure}");
        }
    }

    #[test]
    fn what_is_only_said_backs_the_same_amount() {
        let mut backing = Backing::default();
        backing.add_same(&quantity("about 48 hours"));
        backing.add_percent(Decimal::new(30, 0));
        backing.add_days(549);
        for (figure, backed) in [
            ("48 hours", true),
            ("2 days", true),
            ("47 hours", false),
            ("30%", true),
            ("31%", false),
            ("18 months", true),
        ] {
            assert_eq!(backing.backs(&quantity(figure)), backed, "{figure}");
        }
    }

    #[test]
    fn the_shelves_answer_as_a_look_at_each_value_would() {
        let written =
            |n: u32| format!("{}{}–{} jobs", ["", "about "][n as usize % 2], n * 7 % 50 + 1, n * 7 % 50 + 1 + n % 9);
        let values: Vec<String> = (0..60).step_by(7).map(written).collect();
        let values: Vec<&str> = values.iter().map(String::as_str).collect();
        for n in 0..80 {
            let forms = ["", "about ", "more than ", "at least ", "up to "].map(|hedge| format!("{hedge}{n} jobs"));
            for figure in forms.into_iter().chain([format!("{n}–{} jobs", n + 2)]) {
                let alone = values.iter().any(|value| backs(&[value], &figure));
                let by_ends = figure.contains('–')
                    && [n, n + 2]
                        .iter()
                        .all(|end| values.iter().any(|value| quantity(value).interval().contains((*end).into())));
                assert_eq!(backs(&values, &figure), alone || by_ends, "{figure}");
            }
        }
    }
}
