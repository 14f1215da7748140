//! Probabilities, from 0 to 1.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::{ValueError, quoted, trimmed_range};

const HELP: &str = "write a probability from 0 to 1, such as `0.55` or `55%`";

/// A probability from 0 to 1, exact as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Probability(Decimal);

impl Probability {
    /// Takes an amount from 0 to 1, or nothing.
    pub fn new(amount: Decimal) -> Option<Self> {
        (Decimal::ZERO..=Decimal::ONE).contains(&amount).then(|| Self(amount.normalize()))
    }

    /// Reads `0.55` or `55%`.
    ///
    /// # Errors
    /// Where the text is no number or the number lies outside 0 to 1; one from 1 to 100 is taken for a percentage
    /// without its sign, and the help says so.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let trimmed = text.trim();
        let not_a_number =
            || ValueError::new(format!("{} is not a probability", quoted(text)), HELP, trimmed_range(text));
        let (digits, is_percent) = match trimmed.strip_suffix('%') {
            Some(digits) => (digits.trim_end(), true),
            None => (trimmed, false),
        };
        let number = Decimal::from_str_exact(digits).or_else(|_| Decimal::from_scientific(digits));
        let number = number.map_err(|_| not_a_number())?;
        let amount = if is_percent { number.checked_div(Decimal::ONE_HUNDRED) } else { Some(number) };
        amount.and_then(Self::new).ok_or_else(|| {
            let help = match (Decimal::ONE..=Decimal::ONE_HUNDRED).contains(&number) {
                true => format!("write `{digits}%` if that is meant; a probability goes from 0 to 1"),
                false => HELP.to_owned(),
            };
            ValueError::new("a probability goes from 0 to 1", help, trimmed_range(text))
        })
    }

    /// Returns the amount, from 0 to 1.
    pub fn amount(self) -> Decimal {
        self.0
    }
}

impl FromStr for Probability {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

/// Writes a percentage, such as `55%`.
impl fmt::Display for Probability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = self.0.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(self.0);
        write!(f, "{}%", percent.normalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_and_percentages_are_one() {
        assert_eq!(Probability::parse("0.55"), Probability::parse(" 55 %"));
        assert_eq!(Probability::parse("0.55").map(|p| p.to_string()), Ok("55%".to_owned()));
        assert_eq!(Probability::parse("5.5e-1"), Probability::parse("0.55"));
        assert_eq!(Probability::parse("1").map(|p| p.to_string()), Ok("100%".to_owned()));
    }

    #[test]
    fn a_percentage_without_its_sign_is_explained() {
        let error = Probability::parse("55").expect_err("too large");
        assert_eq!(error.message, "a probability goes from 0 to 1");
        assert_eq!(error.help, "write `55%` if that is meant; a probability goes from 0 to 1");
        for text in ["-0.1", "101%", "likely", "", "%", "1e99"] {
            assert_eq!(Probability::parse(text).expect_err(text).help, HELP);
        }
    }
}
