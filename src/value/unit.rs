//! Units: what an amount is an amount of, and which units measure the same.

use rust_decimal::Decimal;

use super::Vocabulary;
use super::currency::Currency;
use super::noun::Noun;

/// A kind of unit, as `metrics.toml` names it for a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Money of any currency.
    Currency,
    /// People, or places for people: roles, jobs, employees, staff.
    Headcount,
    /// Shares in percent, and changes in percentage points.
    Percent,
    /// Lengths of time.
    Duration,
    /// Anything else that is counted: sites, users, packages.
    Count,
}

impl Vocabulary for Family {
    const NAME: &'static str = "family of units";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("currency", Self::Currency),
        ("headcount", Self::Headcount),
        ("percent", Self::Percent),
        ("duration", Self::Duration),
        ("count", Self::Count),
    ];
}

/// A length of time that durations are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeUnit {
    /// 1 second.
    Second,
    /// 60 seconds.
    Minute,
    /// 3,600 seconds.
    Hour,
    /// 86,400 seconds.
    Day,
    /// 7 days.
    Week,
    /// 30.436875 days, a twelfth of a year.
    Month,
    /// 91.310625 days, a quarter of a year.
    Quarter,
    /// 365.2425 days, the mean year of the Gregorian calendar.
    Year,
}

impl TimeUnit {
    const ALL: [Self; 8] =
        [Self::Second, Self::Minute, Self::Hour, Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// Returns the length in seconds; each is a whole number of them, so that durations stay exact.
    pub fn seconds(self) -> u32 {
        match self {
            Self::Second => 1,
            Self::Minute => 60,
            Self::Hour => 3_600,
            Self::Day => 86_400,
            Self::Week => 604_800,
            Self::Month => 2_629_746,
            Self::Quarter => 7_889_238,
            Self::Year => 31_556_952,
        }
    }

    /// Returns the noun in the singular.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// Finds a length by its noun in the singular or plural, possessives included: `weeks' pay`.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let noun = word.trim_end_matches(['\'', '’']);
        let noun = noun.strip_suffix("'s").or_else(|| noun.strip_suffix("’s")).unwrap_or(noun);
        let fits = |unit: &Self| {
            let rest = noun.get(..unit.as_str().len()).filter(|start| start.eq_ignore_ascii_case(unit.as_str()));
            rest.is_some() && matches!(noun.get(unit.as_str().len()..), Some("" | "s" | "S"))
        };
        Self::ALL.into_iter().find(fits)
    }
}

/// The nouns of the headcount family, in the singular and the plural.
const PEOPLE: &[(&str, &str)] = &[
    ("role", "roles"),
    ("job", "jobs"),
    ("position", "positions"),
    ("employee", "employees"),
    ("staff", "staff"),
    ("staffer", "staffers"),
    ("person", "people"),
    ("worker", "workers"),
    ("post", "posts"),
    ("hire", "hires"),
    ("layoff", "layoffs"),
    ("redundancy", "redundancies"),
    ("engineer", "engineers"),
    ("developer", "developers"),
    ("researcher", "researchers"),
    ("scientist", "scientists"),
    ("manager", "managers"),
    ("contractor", "contractors"),
    ("recruit", "recruits"),
    ("vacancy", "vacancies"),
    ("opening", "openings"),
    ("FTE", "FTEs"),
];

/// What an amount is an amount of.
///
/// Two units are equal where they are written alike; amounts compare where the [`base`](Self::base) of their
/// units is equal. Cloning costs at most a count of references.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// None was written.
    Bare,
    /// Money.
    Currency(Currency),
    /// People or places for people, by the noun of the family that was written, in the singular.
    Headcount(&'static str),
    /// Hundredths of a whole.
    Percent,
    /// The difference between two shares; never compared with a share itself.
    PercentagePoint,
    /// Time.
    Duration(TimeUnit),
    /// Things of one kind.
    Count(Noun),
}

impl Unit {
    /// Returns the family, or nothing for a bare number, which fits any.
    pub fn family(&self) -> Option<Family> {
        match self {
            Self::Bare => None,
            Self::Currency(_) => Some(Family::Currency),
            Self::Headcount(_) => Some(Family::Headcount),
            Self::Percent | Self::PercentagePoint => Some(Family::Percent),
            Self::Duration(_) => Some(Family::Duration),
            Self::Count(_) => Some(Family::Count),
        }
    }

    /// Returns the unit that intervals of this one are kept in: people for any headcount, seconds for any duration.
    #[must_use]
    pub fn base(&self) -> Self {
        match self {
            Self::Headcount(_) => Self::Headcount("person"),
            Self::Duration(_) => Self::Duration(TimeUnit::Second),
            other => other.clone(),
        }
    }

    /// Returns the word that data files carry for the [`base`](Self::base), none for a bare number.
    pub fn code(&self) -> Option<String> {
        match self {
            Self::Bare => None,
            Self::Currency(currency) => Some(currency.code().to_owned()),
            Self::Headcount(_) => Some("person".to_owned()),
            Self::Percent => Some("percent".to_owned()),
            Self::PercentagePoint => Some("percentage-point".to_owned()),
            Self::Duration(_) => Some("second".to_owned()),
            Self::Count(of) => Some(of.singular().to_owned()),
        }
    }

    /// Returns how many of the base unit one of this is; 1 for all but durations.
    pub fn factor(&self) -> Decimal {
        match self {
            Self::Duration(time) => Decimal::from(time.seconds()),
            _ => Decimal::ONE,
        }
    }

    /// Finds the headcount noun that a phrase speaks of, such as `roles` in `open roles worldwide`.
    ///
    /// A plural of the family counts anywhere in the phrase, a singular only as its last word (an
    /// `employee survey` is no employee) or before `cuts` and `losses`.
    pub(crate) fn headcount(words: &[&str]) -> Option<Self> {
        let joins_people =
            |at: usize| words.get(at + 1).is_none_or(|next| matches!(*next, "cut" | "cuts" | "loss" | "losses"));
        words.iter().enumerate().find_map(|(at, word)| {
            let is_plural = |plural: &str| plural.eq_ignore_ascii_case(word);
            let is_singular = |singular: &str| singular.eq_ignore_ascii_case(word) && joins_people(at);
            let (noun, _) = PEOPLE.iter().find(|(singular, plural)| is_plural(plural) || is_singular(singular))?;
            Some(Self::Headcount(noun))
        })
    }

    /// Returns what stands behind an amount, with the space before it where there is one: `%`, ` roles`.
    ///
    /// Nothing stands behind money: its sign or code comes first.
    pub(crate) fn suffix(&self, is_one: bool) -> String {
        let ending = if is_one { "" } else { "s" };
        match self {
            Self::Bare | Self::Currency(_) => String::new(),
            Self::Percent => "%".to_owned(),
            Self::PercentagePoint => [" percentage point", ending].concat(),
            Self::Headcount(noun) if is_one => [" ", noun].concat(),
            Self::Headcount(noun) => {
                let plural = PEOPLE.iter().find(|(singular, _)| singular == noun).map_or(*noun, |(_, plural)| *plural);
                [" ", plural].concat()
            }
            Self::Duration(time) => [" ", time.as_str(), ending].concat(),
            Self::Count(noun) if is_one => [" ", noun.singular()].concat(),
            Self::Count(noun) => [" ", &noun.plural()].concat(),
        }
    }

    /// Returns what stands before an amount: the sign of a currency, or its code and a space.
    pub(crate) fn prefix(&self) -> String {
        match self {
            Self::Currency(currency) => currency.sign().map_or_else(|| format!("{currency} "), str::to_owned),
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_written_as_words() {
        for (word, family) in Family::WORDS {
            assert_eq!((Family::from_word(word), family.word()), (Some(*family), *word));
        }
        assert_eq!(Family::from_word("curency"), None);
    }

    #[test]
    fn headcount_nouns_are_found_in_phrases() {
        let found = |phrase: &str| Unit::headcount(&phrase.split(' ').collect::<Vec<_>>());
        assert_eq!(found("full-time employees"), Some(Unit::Headcount("employee")));
        assert_eq!(found("people laid off"), Some(Unit::Headcount("person")));
        assert_eq!(found("job cuts"), Some(Unit::Headcount("job")));
        assert_eq!(found("staff"), Some(Unit::Headcount("staff")));
        assert_eq!(found("employee surveys"), None);
        assert_eq!(found("sites"), None);
    }

    #[test]
    fn units_of_one_base_measure_the_same() {
        assert_eq!(Unit::Headcount("role").base(), Unit::Headcount("job").base());
        assert_eq!(Unit::Duration(TimeUnit::Week).base(), Unit::Duration(TimeUnit::Year).base());
        assert_ne!(Unit::Percent.base(), Unit::PercentagePoint.base());
    }

    #[test]
    fn a_possessive_is_a_length_of_time() {
        for word in ["weeks", "Week", "weeks'", "week’s"] {
            assert_eq!(TimeUnit::from_word(word), Some(TimeUnit::Week), "{word}");
        }
        assert_eq!(TimeUnit::from_word("weekly"), None);
    }
}
