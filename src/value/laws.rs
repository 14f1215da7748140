//! Laws that hold for every value, tried on generated ones.

use proptest::prelude::*;

use super::*;

/// Amounts as they are written: plain, grouped, with decimals, scientific.
fn amount() -> impl Strategy<Value = String> {
    prop_oneof![
        (0_u64..2_000_000).prop_map(|n| n.to_string()),
        (1_u64..999, 0_u64..999).prop_map(|(a, b)| format!("{a},{b:03}")),
        (0_u32..5_000, 0_u32..1_000).prop_map(|(a, b)| format!("{a}.{b}")),
        (1_u32..99, -9_i32..9).prop_map(|(a, e)| format!("{}.{}e{e}", a / 10, a % 10)),
    ]
}

fn scale() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["", "k", " million", "bn", " trillion"])
}

/// What stands before and behind an amount, by unit.
fn unit() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        ("", ""),
        ("$", ""),
        ("CHF ", ""),
        ("", " EUR"),
        ("", "%"),
        ("", " percentage points"),
        ("", " roles"),
        ("", " staff"),
        ("", " weeks"),
        ("", " months"),
        ("", " data centers"),
        ("", " GPUs"),
    ])
}

const HEDGES: [&str; 10] =
    ["", "=", "about ", "nearly ", "just under ", "just over ", "up to ", "under ", "at least ", "more than "];

fn wording() -> impl Strategy<Value = String> {
    let one = (prop::sample::select(HEDGES.to_vec()), prop::bool::weighted(0.1), amount(), scale(), unit()).prop_map(
        |(hedge, minus, n, s, (pre, post))| format!("{hedge}{}{pre}{n}{s}{post}", if minus { "-" } else { "" }),
    );
    let range = (prop::sample::select(vec!["", "about "]), 1_u32..900, 0_u32..99, 0_u32..9, scale(), unit()).prop_map(
        |(hedge, low, more, decimal, s, (pre, post))| format!("{hedge}{pre}{low}–{}.{decimal}{s}{post}", low + more),
    );
    prop_oneof![4 => one, 1 => range]
}

fn interval_of(text: &str) -> Interval {
    *Quantity::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}")).interval()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_quantity_reads_back_from_its_canonical_form(text in wording()) {
        let quantity = Quantity::parse(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error:?}")))?;
        let canonical = quantity.to_string();
        let again = Quantity::parse(&canonical);
        prop_assert_eq!(again.as_ref(), Ok(&quantity), "{} -> {}", text, canonical);
        prop_assert_eq!(again.map(|q| q.to_string()), Ok(canonical));
    }

    #[test]
    fn widening_a_hedge_never_shrinks_the_interval(n in amount(), s in scale(), minus: bool) {
        let sign = if minus { "-" } else { "" };
        let of = |hedge: &str| interval_of(&format!("{hedge}{sign}{n}{s}"));
        let is_zero = n.chars().all(|c| matches!(c, '0' | '.' | ','));
        let chains: [&[&str]; 5] = [
            &["=", "", "about "],
            &["=", "nearly ", "up to "],
            &["just under ", "under ", "up to "],
            &["just over ", "more than ", "at least "],
            &["nearly ", "about "],
        ];
        for chain in chains {
            // Nothing is just under zero and still at least zero.
            for pair in chain.windows(2).filter(|_| !is_zero) {
                prop_assert!(of(pair[0]).is_within(&of(pair[1])), "{}{} in {}{}", pair[0], n, pair[1], n);
            }
        }
    }

    #[test]
    fn scale_words_do_not_matter(n in 1_u64..1_000) {
        let million = Quantity::parse(&format!("{n},000 million USD"));
        prop_assert_eq!(million, Quantity::parse(&format!("${n} bn")));
    }

    #[test]
    fn meeting_is_symmetric_and_follows_from_lying_within(a in wording(), b in wording()) {
        let (a, b) = (interval_of(&a), interval_of(&b));
        prop_assert_eq!(a.meets(&b), b.meets(&a));
        prop_assert!(a.is_within(&a.hull(&b)) && b.is_within(&a.hull(&b)));
        prop_assert!(!a.is_within(&b) || a.meets(&b));
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in r"(about |~|between |\$|€|-|<)?[0-9.,eE_'x ]{0,9}(–|-|\.\.| to )?\PC{0,12}") {
        if let Ok(quantity) = Quantity::parse(&text) {
            let canonical = quantity.to_string();
            prop_assert_eq!(Quantity::parse(&canonical), Ok(quantity), "{:?} -> {:?}", text, canonical);
        }
        let _ = (Date::parse(&text), Period::parse(&text), Likelihood::parse(&text), Probability::parse(&text));
    }

    #[test]
    fn an_error_points_into_its_text(text in r"[0-9 $€–/a-z.-]{0,12}\PC{0,4}") {
        let errors = [
            Quantity::parse(&text).err(),
            Date::parse(&text).err(),
            Period::parse(&text).err(),
            Likelihood::parse(&text).err(),
            Probability::parse(&text).err(),
        ];
        for error in errors.into_iter().flatten() {
            prop_assert!(text.get(error.range.clone()).is_some(), "{:?} {:?}", text, error);
            prop_assert!(!error.message.is_empty() && !error.help.is_empty());
        }
    }

    #[test]
    fn a_date_reads_back_from_its_canonical_form(
        year in 1000_i32..2999, month in 1_u8..=12, day in 1_u8..=31, mark in "[~?%]?", form in 0..7,
    ) {
        let text = match form {
            0 => format!("{year}-{month:02}-{day:02}{mark}"),
            1 => format!("{year}-{month:02}{mark}"),
            2 => format!("{year}{mark}"),
            3 => format!("{year}-Q{}", month % 4 + 1),
            4 => format!("{year}-{month:02}/{}", year + i32::from(day)),
            5 => format!("{}X", year / 10),
            _ => format!("{year}/.."),
        };
        if let Ok(date) = Date::parse(&text) {
            prop_assert_eq!(Date::parse(date.as_str()), Ok(date.clone()));
            prop_assert!(date.contains(&date) && date.meets(&date) && date.same_period(&date));
            prop_assert!(!date.human().is_empty());
        } else {
            prop_assert!(form == 0 && day > 28, "{}", text);
        }
    }

    #[test]
    fn days_and_months_come_back(year in 1900_i32..2100, month in 1_u8..=12, day in 1_u8..=28, days in -9999_i32..9999) {
        let start = Day::new(year, month, day).ok_or_else(|| TestCaseError::fail("a day"))?;
        prop_assert_eq!(start.days_until(start.plus_days(days)), days);
        prop_assert_eq!(start.plus_months(days).plus_months(-days), start);
        prop_assert_eq!(start.to_string().parse(), Ok(start));
    }
}
