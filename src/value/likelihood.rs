//! The words of likelihood of the United States' intelligence community.
//!
//! Source: Intelligence Community Directive 203, *Analytic Standards*, 2 January 2015, D.6.e(2)(a): seven degrees,
//! each with two expressions and a range in percent. They are never mixed with confidence, nor with each other's
//! column in one analysis.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::{ValueError, did_you_mean, quoted, trimmed_range};

/// One of the seven degrees, from the least to the most likely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likelihood {
    /// 1 to 5%; or `remote`.
    AlmostNoChance,
    /// 5 to 20%; or `highly improbable`.
    VeryUnlikely,
    /// 20 to 45%; or `improbable`.
    Unlikely,
    /// 45 to 55%; or `roughly even odds`.
    RoughlyEvenChance,
    /// 55 to 80%; or `probable`.
    Likely,
    /// 80 to 95%; or `highly probable`.
    VeryLikely,
    /// 95 to 99%; or `nearly certain`.
    AlmostCertain,
}

impl Likelihood {
    /// All seven, from the least to the most likely.
    pub const ALL: [Self; 7] = [
        Self::AlmostNoChance,
        Self::VeryUnlikely,
        Self::Unlikely,
        Self::RoughlyEvenChance,
        Self::Likely,
        Self::VeryLikely,
        Self::AlmostCertain,
    ];

    /// Reads one of the expressions, in any case, with spaces or hyphens between its words.
    ///
    /// # Errors
    /// Where the text is none of them; the help names the nearest and lists the seven.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let plain = text.to_lowercase().replace(['-', '_'], " ");
        let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = Self::ALL.into_iter().find(|degree| degree.expressions().contains(&words.as_str()));
        found.ok_or_else(|| unknown(text, &words))
    }

    /// Returns the expression of the first column, such as `very likely`.
    pub fn as_str(self) -> &'static str {
        self.expressions().first().copied().unwrap_or_default()
    }

    /// Returns the range of the degree in percent, both ends included.
    pub fn range(self) -> (Decimal, Decimal) {
        let (low, high) = match self {
            Self::AlmostNoChance => (1, 5),
            Self::VeryUnlikely => (5, 20),
            Self::Unlikely => (20, 45),
            Self::RoughlyEvenChance => (45, 55),
            Self::Likely => (55, 80),
            Self::VeryLikely => (80, 95),
            Self::AlmostCertain => (95, 99),
        };
        (Decimal::from(low), Decimal::from(high))
    }

    /// Both columns of the directive, then the forms that differ from them by grammar alone.
    fn expressions(self) -> &'static [&'static str] {
        match self {
            Self::AlmostNoChance => &["almost no chance", "remote"],
            Self::VeryUnlikely => &["very unlikely", "highly improbable"],
            Self::Unlikely => &["unlikely", "improbable", "improbably"],
            Self::RoughlyEvenChance => &["roughly even chance", "roughly even odds"],
            Self::Likely => &["likely", "probable", "probably"],
            Self::VeryLikely => &["very likely", "highly probable"],
            Self::AlmostCertain => &["almost certain", "nearly certain", "almost certainly"],
        }
    }
}

fn unknown(text: &str, words: &str) -> ValueError {
    let all = Likelihood::ALL.iter().flat_map(|degree| degree.expressions()).copied();
    let guess = did_you_mean(words, all);
    let seven = Likelihood::ALL.map(Likelihood::as_str).join(", ");
    let message = format!("{} is not an expression of likelihood", quoted(text));
    ValueError::new(message, format!("{guess}the seven are {seven}"), trimmed_range(text))
}

impl FromStr for Likelihood {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        Self::parse(text)
    }
}

impl fmt::Display for Likelihood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_columns_are_read_in_any_spelling() {
        for degree in Likelihood::ALL {
            for expression in degree.expressions() {
                assert_eq!(Likelihood::parse(expression), Ok(degree));
                assert_eq!(Likelihood::parse(&expression.to_uppercase().replace(' ', "-")), Ok(degree));
            }
            assert_eq!(degree.to_string().parse(), Ok(degree));
        }
    }

    #[test]
    fn the_degrees_adjoin_from_1_to_99_percent() {
        let ranges = Likelihood::ALL.map(Likelihood::range);
        assert!(ranges.windows(2).all(|pair| pair[0].1 == pair[1].0));
        assert_eq!((ranges[0].0, ranges[6].1), (Decimal::from(1), Decimal::from(99)));
    }

    #[test]
    fn an_unknown_expression_names_the_nearest_and_all() {
        let error = Likelihood::parse(" very likley").expect_err("misspelt");
        assert_eq!(error.message, "`very likley` is not an expression of likelihood");
        assert_eq!(
            error.help,
            "did you mean `very likely`? the seven are almost no chance, very unlikely, unlikely, \
             roughly even chance, likely, very likely, almost certain"
        );
        assert_eq!(error.range, 1..12);
    }
}
