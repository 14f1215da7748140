//! Quantities: an amount as an author words it, and the interval that the wording means.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::grammar::{self, Parts};
use super::hedge::Hedge;
use super::interval::Interval;
use super::number;
use super::unit::Unit;
use super::written;
use super::{ValueError, trimmed_range};

/// The number or numbers that the author wrote, scale included: 65,000,000,000 for `65 bn`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stated {
    /// One amount.
    One(Decimal),
    /// The two ends of a range, the first not above the second.
    Range(Decimal, Decimal),
}

impl Stated {
    /// Returns the amount, or the low end of the range.
    pub fn low(self) -> Decimal {
        match self {
            Self::One(amount) | Self::Range(amount, _) => amount,
        }
    }

    /// Returns the amount, or the high end of the range.
    pub fn high(self) -> Decimal {
        match self {
            Self::One(amount) | Self::Range(_, amount) => amount,
        }
    }
}

/// An amount with its unit, its wording and the interval that the wording leaves open.
///
/// Two quantities are equal where they say the same, whatever their words: `65,000 million USD` equals `$65 bn`.
///
/// ```
/// use dateline::value::Quantity;
///
/// let cut: Quantity = "about 8,000 roles".parse()?;
/// assert_eq!(cut.interval().to_string(), "7,500 – 8,500");
/// # Ok::<(), dateline::value::ValueError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Quantity {
    wording: Box<str>,
    unit: Unit,
    hedge: Hedge,
    stated: Stated,
    /// The power of ten of the last stated place.
    place: i8,
    interval: Interval,
}

impl Quantity {
    /// Reads a quantity from an author's words.
    ///
    /// # Errors
    /// Where the text is no quantity, its range runs backwards, or it is larger or finer than 28 digits hold; the
    /// error's range is in bytes of `text`.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let parts = grammar::read(text)?;
        let stated = stated(&parts).ok_or_else(|| number::too_large(trimmed_range(text)))?;
        let place = place(&parts).ok_or_else(|| number::too_large(trimmed_range(text)))?;
        if stated.low() > stated.high() {
            let message = "the range runs backwards";
            let help = "write the smaller amount first, and the scale of each where they differ: `$900m–1.2bn`";
            return Err(ValueError::new(message, help, trimmed_range(text)));
        }
        let interval =
            interval(parts.hedge, stated, place, &parts.unit).ok_or_else(|| number::too_large(trimmed_range(text)))?;
        Ok(Self { wording: text.trim().into(), unit: parts.unit, hedge: parts.hedge, stated, place, interval })
    }

    /// Returns the author's words, without the space around them.
    pub fn wording(&self) -> &str {
        &self.wording
    }

    /// Returns what it is an amount of.
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// Returns how the amount is meant.
    pub fn hedge(&self) -> Hedge {
        self.hedge
    }

    /// Returns the amounts that the wording leaves possible, in the [base](Unit::base) of the unit.
    ///
    /// Intervals of one base compare directly: those of all durations are in seconds.
    pub fn interval(&self) -> &Interval {
        &self.interval
    }

    /// Returns the number or numbers written, in the unit as written.
    pub fn stated(&self) -> Stated {
        self.stated
    }

    /// Returns the amount, or the low end of a range, in the unit as written.
    pub fn low(&self) -> Decimal {
        self.stated.low()
    }

    /// Returns the amount, or the high end of a range, in the unit as written.
    pub fn high(&self) -> Decimal {
        self.stated.high()
    }

    /// Returns what the last stated place is worth, in the unit as written: 1,000 for `8,000`, 0.01 for `14.30`.
    pub fn place(&self) -> Decimal {
        written::power_of_ten(self.place.into()).unwrap_or(Decimal::ONE)
    }

    /// Tells whether this is a single number without a hedge, such as `8,000 roles`.
    pub fn is_bare(&self) -> bool {
        self.hedge == Hedge::Bare && matches!(self.stated, Stated::One(_))
    }

    /// Tells whether both can be true of one thing: their units have one base and their intervals meet.
    ///
    /// Two bare figures of the same stated precision must be equal, for neither leaves the other any room.
    pub fn agrees_with(&self, other: &Self) -> bool {
        if self.unit.base() != other.unit.base() {
            return false;
        }
        let same_precision = self.place == other.place && self.unit.factor() == other.unit.factor();
        if self.is_bare() && other.is_bare() && same_precision {
            return self.low() == other.low();
        }
        self.interval.meets(&other.interval)
    }
}

fn stated(parts: &Parts) -> Option<Stated> {
    let low = parts.low.amount()?;
    Some(match parts.high {
        None => Stated::One(low),
        Some(high) => Stated::Range(low, high.amount()?),
    })
}

/// Returns the finer of the places that the numbers state; zeros alone state units.
fn place(parts: &Parts) -> Option<i8> {
    let low = parts.low.place()?;
    let high = parts.high.map_or(Some(None), number::Number::place)?;
    Some(low.into_iter().chain(high).min().unwrap_or(0))
}

/// Computes the interval in the unit's base; a range is as stated, and a hedged one reaches from end to end.
fn interval(hedge: Hedge, stated: Stated, place: i8, unit: &Unit) -> Option<Interval> {
    let hedge = match stated {
        Stated::Range(..) if hedge == Hedge::Bare => Hedge::Exact,
        _ => hedge,
    };
    let place = written::power_of_ten(place.into())?;
    let low = hedge.interval(stated.low(), place)?;
    let high = hedge.interval(stated.high(), place)?;
    low.hull(&high).times(unit.factor())
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        let key = |q: &Self| (q.hedge, q.stated, q.place, q.interval);
        key(self) == key(other) && self.unit == other.unit
    }
}

impl Eq for Quantity {}

impl FromStr for Quantity {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

/// Writes the canonical form, which reads back as an equal quantity: `about $60–65 billion`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.hedge.prefix())?;
        let amounts = match self.stated {
            Stated::One(amount) => vec![amount],
            Stated::Range(low, high) => vec![low, high],
        };
        f.write_str(&written::exact(&amounts, self.place, &self.unit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::format_interval;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    #[test]
    fn each_wording_of_the_format_means_its_interval() {
        let table = [
            ("8000", "7,600 – 8,400", "8,000"),
            ("about 8,000", "7,500 – 8,500", "about 8,000"),
            ("~600", "550 – 650", "about 600"),
            ("$60–65 billion", "$60 billion – $65 billion", "$60–65 billion"),
            ("14.3 bn", "14.25 billion – 14.35 billion", "14.3 billion"),
            ("nearly 10,000", "9,500 – 10,000", "nearly 10,000"),
            ("more than 7,000", "above 7,000", "more than 7,000"),
            ("=7985", "7,985", "=7,985"),
        ];
        for (text, interval, canonical) in table {
            let quantity = quantity(text);
            assert_eq!(format_interval(quantity.interval(), quantity.unit()), interval, "{text}");
            assert_eq!(quantity.to_string(), canonical);
            assert_eq!(quantity.wording(), text);
        }
    }

    #[test]
    fn what_people_write_is_read() {
        let cases = [
            ("about 8,000 roles", "about 8,000 roles"),
            ("~8000 roles", "about 8,000 roles"),
            ("60..65 bn USD", "$60–65 billion"),
            ("at least 3", "at least 3"),
            ("up to €2m", "up to €2 million"),
            ("just over 12%", "just over 12%"),
            ("16 weeks", "16 weeks"),
            ("=7985 employees", "=7,985 employees"),
            ("$1.2e-06 billion", "$1,200"),
            ("$6e-07 billion", "$600"),
            ("65,000,000,000 roles", "65 billion roles"),
            ("14,300,000,000 weeks", "14.3 billion weeks"),
            ("72 sites", "72 sites"),
            ("350 users", "350 users"),
            ("8,000+ roles", "at least 8,000 roles"),
            ("8,000 or more roles", "at least 8,000 roles"),
            ("$900m–1.2bn", "$0.9–1.2 billion"),
            ("$60bn–$65bn", "$60–65 billion"),
            ("EUR 2m", "€2 million"),
            ("between 60 and 65 percent", "60–65%"),
            ("from 60 to 65 people", "60–65 people"),
            ("eight thousand jobs", "8,000 jobs"),
            ("half a million users", "500,000 users"),
            ("CHF 1.5 million", "CHF 1.5 million"),
            ("-$5m", "-$5 million"),
            ("−12%", "-12%"),
            ("two percentage points", "2 percentage points"),
            ("about 10% of staff", "about 10%"),
            ("16 weeks' base pay", "16 weeks"),
            ("twenty-five data centers", "25 data centers"),
            ("more than 100 billion dollars", "more than $100 billion"),
            ("about $60-65 billion", "about $60–65 billion"),
            ("5 million Canadian dollars", "C$5 million"),
            ("3 billion euros", "€3 billion"),
            ("200 Swiss francs", "CHF 200"),
            ("50 basis points", "0.5 percentage points"),
            ("25–50 bps", "0.25–0.50 percentage points"),
            ("16weeks", "16 weeks"),
            ("8000roles", "8,000 roles"),
            ("1 day", "1 day"),
            ("sixty seconds", "60 seconds"),
        ];
        for (text, canonical) in cases {
            assert_eq!(quantity(text).to_string(), canonical, "{text}");
        }
    }

    #[test]
    fn letters_against_digits_are_no_noun() {
        for (text, letters) in
            [("0x10", "x10"), ("0b1", "b1"), ("1O0", "O0"), ("1e3e3", "e3"), ("3x", "x"), ("5th", "th")]
        {
            let error = Quantity::parse(text).expect_err(text);
            assert_eq!(error.message, format!("`{letters}` is written against the number"));
            assert_eq!(error.help, "put a space between a number and what is counted, such as `72 sites`");
        }
    }

    #[test]
    fn scale_and_wording_do_not_matter() {
        assert_eq!(quantity("65,000 million USD"), quantity("$65 bn"));
        assert_eq!(quantity("$1.2e-06 billion"), quantity("1200 dollars"));
        assert_ne!(quantity("14.3 bn"), quantity("14.30 bn"));
        assert_ne!(quantity("8,000 roles"), quantity("about 8,000 roles"));
    }

    #[test]
    fn bare_figures_of_one_precision_agree_only_when_equal() {
        let agree = |one: &str, other: &str| quantity(one).agrees_with(&quantity(other));
        assert!(agree("8,000 roles", "7,950 jobs"));
        assert!(agree("about 8,000 roles", "8,000 jobs"));
        assert!(agree("more than 7,000", "8,000"));
        assert!(!agree("nearly 10,000", "8,000"));
        assert!(!agree("$14.3 bn", "$14.4 bn"));
        assert!(!agree("$5", "€5"));
        assert!(agree("16 weeks", "112 days"));
        assert!(!agree("12%", "12 percentage points"));
    }

    #[test]
    fn ranges_that_run_backwards_and_numbers_out_of_reach_are_errors() {
        assert_eq!(Quantity::parse(" 65–60 ").expect_err("backwards").range, 1..8);
        assert!(Quantity::parse("$900–1.2bn").is_err());
        for text in ["1e40", "1e-40", "9e28 trillion", "79228162514264337593543950335", "1e28 years", "1e999999999999"]
        {
            let error = Quantity::parse(text).expect_err(text);
            assert_eq!(error.help, "an amount has at most 28 digits", "{text}");
        }
    }
}
