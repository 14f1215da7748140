//! Whole numbers as a language writes them, and what form of a word they take.

use icu_decimal::DecimalFormatter;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

use super::strings::Category;

/// How a language counts.
#[derive(Debug)]
pub(super) struct Numbers {
    locale: Locale,
    /// The form for each of the smallest counts, which are most of all.
    categories: [Category; KNOWN],
    /// Whether small numbers are written with the digits of ASCII.
    is_ascii: bool,
}

/// How many counts have a form that is looked up.
const KNOWN: usize = 200;

impl Numbers {
    /// Learns how a language counts; one that CLDR does not know counts as its root does.
    pub(super) fn of(locale: &Locale) -> Self {
        let rules = rules(locale);
        let categories = std::array::from_fn(|n| category(rules.as_ref(), n as u64));
        let mut numbers = Self { locale: locale.clone(), categories, is_ascii: false };
        numbers.is_ascii = numbers.format(7) == "7";
        numbers
    }

    /// Tells which form a count takes.
    pub(super) fn category(&self, n: u64) -> Category {
        let known = usize::try_from(n).ok().and_then(|at| self.categories.get(at)).copied();
        known.unwrap_or_else(|| category(rules(&self.locale).as_ref(), n))
    }

    /// Writes a number.
    pub(super) fn write(&self, n: u64) -> String {
        if n < 1000 && self.is_ascii { n.to_string() } else { self.format(n) }
    }

    fn format(&self, n: u64) -> String {
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = Some(GroupingStrategy::Auto);
        let formatter = DecimalFormatter::try_new((&self.locale).into(), options);
        formatter.map_or_else(|_| n.to_string(), |formatter| formatter.format(&n.into()).to_string())
    }
}

fn rules(locale: &Locale) -> Option<PluralRules> {
    PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok()
}

fn category(rules: Option<&PluralRules>, n: u64) -> Category {
    match rules.map(|rules| rules.category_for(n)) {
        Some(PluralCategory::Zero) => Category::Zero,
        Some(PluralCategory::One) => Category::One,
        Some(PluralCategory::Two) => Category::Two,
        Some(PluralCategory::Few) => Category::Few,
        Some(PluralCategory::Many) => Category::Many,
        Some(PluralCategory::Other) | None => Category::Other,
    }
}
