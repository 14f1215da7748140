//! Hedges: the words that say how an amount is meant, and the interval that each makes of it.

use rust_decimal::Decimal;

use super::interval::{Bound, Interval};
use super::scan::Cursor;

/// How an amount is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Hedge {
    /// No word at all: `8,000`.
    Bare,
    /// `=7,985`, `exactly 7,985`.
    Exact,
    /// `about 8,000`, `~8,000`.
    About,
    /// `nearly 10,000`, `almost 10,000`.
    Nearly,
    /// `just under 3,000`.
    JustUnder,
    /// `just over 12%`.
    JustOver,
    /// `up to €2m`, `at most 3`, `≤3`.
    UpTo,
    /// `under 500`, `fewer than 500`, `<500`.
    Under,
    /// `at least 3`, `≥3`, `3+`.
    AtLeast,
    /// `more than 7,000`, `over 7,000`, `>7,000`.
    MoreThan,
}

/// Words in front of an amount; a phrase stands before those that it begins with.
const PHRASES: &[(&str, Hedge)] = &[
    ("about", Hedge::About),
    ("around", Hedge::About),
    ("roughly", Hedge::About),
    ("approximately", Hedge::About),
    ("approx", Hedge::About),
    ("some", Hedge::About),
    ("circa", Hedge::About),
    ("ca", Hedge::About),
    ("c", Hedge::About),
    ("close to", Hedge::About),
    ("an estimated", Hedge::About),
    ("nearly", Hedge::Nearly),
    ("almost", Hedge::Nearly),
    ("just under", Hedge::JustUnder),
    ("just below", Hedge::JustUnder),
    ("just over", Hedge::JustOver),
    ("just above", Hedge::JustOver),
    ("slightly more than", Hedge::JustOver),
    ("slightly less than", Hedge::JustUnder),
    ("up to", Hedge::UpTo),
    ("at most", Hedge::UpTo),
    ("no more than", Hedge::UpTo),
    ("not more than", Hedge::UpTo),
    ("as many as", Hedge::UpTo),
    ("as much as", Hedge::UpTo),
    ("under", Hedge::Under),
    ("below", Hedge::Under),
    ("less than", Hedge::Under),
    ("fewer than", Hedge::Under),
    ("at least", Hedge::AtLeast),
    ("no fewer than", Hedge::AtLeast),
    ("no less than", Hedge::AtLeast),
    ("not less than", Hedge::AtLeast),
    ("more than", Hedge::MoreThan),
    ("over", Hedge::MoreThan),
    ("above", Hedge::MoreThan),
    ("upwards of", Hedge::MoreThan),
    ("exactly", Hedge::Exact),
];

/// Signs in front of an amount, the longer before those that they begin with.
const SIGNS: &[(&str, Hedge)] = &[
    ("~", Hedge::About),
    ("≈", Hedge::About),
    (">=", Hedge::AtLeast),
    ("≥", Hedge::AtLeast),
    ("<=", Hedge::UpTo),
    ("≤", Hedge::UpTo),
    (">", Hedge::MoreThan),
    ("<", Hedge::Under),
    ("=", Hedge::Exact),
];

/// Words behind an amount.
const AFTER: &[(&str, Hedge)] =
    &[("or more", Hedge::AtLeast), ("or so", Hedge::About), ("or less", Hedge::UpTo), ("or fewer", Hedge::UpTo)];

impl Hedge {
    /// Takes the hedge in front of an amount; [`Hedge::Bare`] where there is none.
    pub(crate) fn read_before(cursor: &mut Cursor<'_>) -> Self {
        match cursor.peek() {
            Some(c) if c.is_alphabetic() => Self::read_words(cursor),
            Some(c) if c.is_ascii_digit() => Self::Bare,
            _ => SIGNS.iter().find(|(sign, _)| cursor.eat(sign)).map_or(Self::Bare, |(_, hedge)| *hedge),
        }
    }

    fn read_words(cursor: &mut Cursor<'_>) -> Self {
        let mut ahead = *cursor;
        let Some(hedge) = ahead.eat_entry(PHRASES) else { return Self::Bare };
        // `C$5` and `CA$5` are sums of money, not `c.` and `ca.`.
        if ahead.rest().starts_with('$') {
            return Self::Bare;
        }
        // The full stop of an abbreviation, but not the point of a decimal.
        if ahead.rest().starts_with(". ") {
            ahead.skip(1);
        }
        *cursor = ahead;
        hedge
    }

    /// Takes the hedge behind an amount, such as `+` or `or more`.
    pub(crate) fn read_after(cursor: &mut Cursor<'_>) -> Option<Self> {
        if cursor.eat("+") {
            return Some(Self::AtLeast);
        }
        cursor.eat_entry(AFTER)
    }

    /// The canonical words, with the space that follows them.
    pub(crate) fn prefix(self) -> &'static str {
        match self {
            Self::Bare => "",
            Self::Exact => "=",
            Self::About => "about ",
            Self::Nearly => "nearly ",
            Self::JustUnder => "just under ",
            Self::JustOver => "just over ",
            Self::UpTo => "up to ",
            Self::Under => "under ",
            Self::AtLeast => "at least ",
            Self::MoreThan => "more than ",
        }
    }

    /// Returns the interval of an amount whose last stated place is worth `place`.
    ///
    /// A bare amount reaches half of that place to each side, at most 5%; a hedge holds the same half between
    /// 5% and 10%, so that no hedge is narrower than none. `nearly` and `just over` reach 5% towards their
    /// side of the number line, or one place where the amount is zero. `up to` and `under` start at zero where the amount is positive, because what is
    /// measured (people, money spent, time) has no less. Returns nothing where a decimal cannot hold an end.
    pub(crate) fn interval(self, amount: Decimal, place: Decimal) -> Option<Interval> {
        use Bound::{Closed, Open, Unbounded};
        let half = place.checked_div(Decimal::TWO)?;
        let five = amount.abs().checked_mul(Decimal::new(5, 2))?;
        let ten = amount.abs().checked_mul(Decimal::new(10, 2))?;
        let floor = if amount.is_sign_negative() || (amount.is_zero() && self == Self::Under) {
            Unbounded
        } else {
            Closed(Decimal::ZERO)
        };
        let step = if five.is_zero() { place } else { five };
        let around = |margin: Decimal| Some((Closed(amount.checked_sub(margin)?), Closed(amount.checked_add(margin)?)));
        let (low, high) = match self {
            Self::Bare => around(half.min(five))?,
            Self::About => around(half.max(five).min(ten))?,
            Self::Exact => (Closed(amount), Closed(amount)),
            Self::Nearly => (Closed(amount.checked_sub(five)?), Closed(amount)),
            Self::JustUnder => (Closed(amount.checked_sub(step)?), Open(amount)),
            Self::JustOver => (Open(amount), Closed(amount.checked_add(step)?)),
            Self::UpTo => (floor, Closed(amount)),
            Self::Under => (floor, Open(amount)),
            Self::AtLeast => (Closed(amount), Unbounded),
            Self::MoreThan => (Open(amount), Unbounded),
        };
        Interval::new(low, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(hedge: Hedge, amount: i64, place: i64) -> String {
        hedge.interval(amount.into(), place.into()).map_or("none".to_owned(), |interval| interval.to_string())
    }

    #[test]
    fn each_hedge_makes_its_interval() {
        let cases = [
            (Hedge::Bare, "7,600 – 8,400"),
            (Hedge::Exact, "8,000"),
            (Hedge::About, "7,500 – 8,500"),
            (Hedge::Nearly, "7,600 – 8,000"),
            (Hedge::JustUnder, "at least 7,600, under 8,000"),
            (Hedge::JustOver, "above 8,000, at most 8,400"),
            (Hedge::UpTo, "0 – 8,000"),
            (Hedge::Under, "at least 0, under 8,000"),
            (Hedge::AtLeast, "at least 8,000"),
            (Hedge::MoreThan, "above 8,000"),
        ];
        for (hedge, interval) in cases {
            assert_eq!(shown(hedge, 8000, 1000), interval, "{hedge:?}");
        }
    }

    #[test]
    fn zero_and_negative_amounts_are_sane() {
        assert_eq!(shown(Hedge::About, 0, 1), "0");
        assert_eq!(shown(Hedge::Under, 0, 1), "under 0");
        assert_eq!(shown(Hedge::UpTo, -5, 1), "at most -5");
        assert_eq!(shown(Hedge::Bare, -8000, 1000), "-8,400 – -7,600");
        assert_eq!(shown(Hedge::JustUnder, 0, 1), "at least -1, under 0");
    }

    #[test]
    fn a_dollar_is_no_circa() {
        let mut cursor = Cursor::new("C$5m");
        assert_eq!(Hedge::read_before(&mut cursor), Hedge::Bare);
        assert_eq!(cursor.rest(), "C$5m");
    }

    #[test]
    fn a_full_stop_belongs_to_the_abbreviation() {
        let mut cursor = Cursor::new("approx. 8,000");
        assert_eq!(Hedge::read_before(&mut cursor), Hedge::About);
        assert_eq!(cursor.rest(), " 8,000");
    }
}
