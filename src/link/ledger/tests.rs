//! What the ledger keeps, and what it costs.

use std::fmt::Write;

use super::*;
use crate::link::tests::{analysis, briefing, claim};

/// A publication of so many claims, four an analysis, each with the lines that `lines` gives it.
fn publication(count: usize, lines: impl Fn(usize) -> String) -> Briefing {
    let files = (0..count / 4).map(|at| {
        let mut matter = "companies = [\"acme\"]\n".to_owned();
        for own in 4 * at..4 * at + 4 {
            write!(matter, "[[claims]]\nid = \"c{own}\"\ntext = \"T\"\nmetric = \"headcount\"\n{}\n", lines(own))
                .expect("text");
        }
        analysis(&format!("a{at:06}"), "2026-05-18", &matter)
    });
    briefing(files)
}

type Lines = fn(usize) -> String;

/// Claims that make the most work, each kind by its name.
fn worst_cases() -> [(&'static str, Lines); 7] {
    [
        ("all equal", |_| "value = \"8,000\"\nevent = \"e\"".to_owned()),
        ("all in conflict", |n| format!("value = \"={}\"\nevent = \"e\"", n + 1)),
        ("half open", |n| format!("value = \"{} {}\"\nevent = \"e\"", ["more than", "up to"][n % 2], n + 1)),
        ("nothing known", |n| format!("value = \"={}\"", n % 97 + 1)),
        ("days in one year", |n| match n % 2 {
            0 => format!("value = \"=1{n}\"\ndate = \"2025\""),
            _ => format!("value = \"=1{n}\"\ndate = \"2025-{:02}-{:02}\"", n % 12 + 1, n % 28 + 1),
        }),
        ("doubtful", |n| format!("value = \"=1{n}\"\ndate = \"{}~/{}~\"", 1000 + n % 500, 1600 + n % 399)),
        ("events and periods", |n| format!("value = \"=1{n}\"\ndate = \"2025\"\nevent = \"e{}\"", n % 50)),
    ]
}

/// Holds the steps that a publication took to n log n.
fn assert_n_log_n(briefing: &Briefing, count: usize, name: &str) {
    let steps = briefing.ledger.comparisons();
    let bound = 80 * (count * count.ilog2() as usize) as u64;
    assert!(steps <= bound, "{name}: {steps} steps for {count} claims, over {bound}");
}

#[test]
fn the_cost_is_n_log_n_in_the_worst_cases() {
    for (name, lines) in worst_cases() {
        for count in [400, 800, 1600] {
            let briefing = publication(count, lines);
            assert_n_log_n(&briefing, count, name);
            let all = || (0..count).map(ClaimId::at);
            assert!(all().all(|id| briefing.ledger.meetings(id).len() <= MOST_MEETINGS), "{name}");
            assert!(all().all(|id| !briefing.ledger.meetings(id).is_empty()), "{name}: each meets something");
        }
    }
}

#[test]
#[ignore = "reads 400,000 claims; ./test runs it"]
fn the_cost_is_n_log_n_with_four_hundred_thousand_claims() {
    let cases = worst_cases();
    let lines = |n: usize| format!("company = \"c{}\"\n{}", n % cases.len(), cases[n % cases.len()].1(n));
    let count = 400_000;
    let briefing = publication(count, lines);
    assert_n_log_n(&briefing, count, "all of them");
}

#[test]
fn what_a_claim_meets_is_kept_with_the_most_telling_first() {
    let briefing = publication(8, |n| match n {
        0 => "value = \"8,000\"\nevent = \"e\"".to_owned(),
        1 => "value = \"9,000\"\nevent = \"e\"".to_owned(),
        4 => "value = \"about 8,000\"\nevent = \"e\"".to_owned(),
        5 => "value = \"20,000\"\nevent = \"e\"".to_owned(),
        6 => "value = \"8,000\"".to_owned(),
        _ => "value = \"8,000\"\nevent = \"f\"".to_owned(),
    });
    let met = |id: &str| -> Vec<(String, Relation)> {
        let meetings = briefing.ledger.meetings(claim(&briefing, id));
        meetings.iter().map(|met| (briefing.claim_path(met.other), met.relation)).collect()
    };
    assert_eq!(
        met("a000000/c0"),
        [
            ("a000001/c5".to_owned(), Relation::Conflicts),
            ("a000000/c1".to_owned(), Relation::Conflicts),
            ("a000001/c4".to_owned(), Relation::Consistent),
            ("a000001/c6".to_owned(), Relation::PossiblySame),
        ]
    );
    let conflicts: Vec<_> =
        briefing.ledger.conflicts().iter().map(|found| (found.a.0, found.b.0, found.relation)).collect();
    assert_eq!(
        conflicts,
        [
            (0, 1, Relation::Conflicts),
            (4, 5, Relation::Conflicts),
            (5, 6, Relation::PossibleConflict),
            (0, 5, Relation::Conflicts),
            (1, 4, Relation::Conflicts),
            (1, 5, Relation::Conflicts),
            (1, 6, Relation::PossibleConflict),
        ]
    );
}

/// Lists the disagreements that an editor must look at, by the claims' own ids.
fn conflicts(briefing: &Briefing) -> Vec<(String, String)> {
    let path = |id| briefing.claim_path(id);
    let mut pairs: Vec<_> = briefing.ledger.conflicts().iter().map(|found| (path(found.a), path(found.b))).collect();
    pairs.iter_mut().filter(|(a, b)| a > b).for_each(|pair| *pair = (pair.1.clone(), pair.0.clone()));
    pairs.sort();
    pairs
}

#[test]
fn what_is_settled_and_what_others_say_hide_no_conflict_inside_an_analysis() {
    let own = ("a000006/c24".to_owned(), "a000006/c25".to_owned());
    for around in ["value = \"=9000\"\nstatus = \"corrected\"", "value = \"=9000\""] {
        let briefing = publication(60, |n| match n {
            24 => "value = \"=5000\"\nevent = \"e\"".to_owned(),
            25 => "value = \"=5100\"\nevent = \"e\"".to_owned(),
            _ => format!("{around}\nevent = \"e\""),
        });
        assert!(conflicts(&briefing).contains(&own), "{around}");
        let first = briefing
            .ledger
            .conflicts()
            .first()
            .map(|found| (briefing.claim_path(found.a), briefing.claim_path(found.b)));
        assert!(around.contains("corrected") || first.is_some_and(|(a, b)| a.split('/').next() == b.split('/').next()));
    }
}

#[test]
fn which_conflicts_are_listed_does_not_hang_on_the_order_of_writing() {
    let of_order = |order: &dyn Fn(usize) -> usize| {
        let claim = |n: usize| {
            format!(
                "[[claims]]\nid = \"c{n:02}\"\ntext = \"T\"\nmetric = \"headcount\"\nevent = \"e\"\nvalue = \"={}\"\n",
                1000 + 10 * n
            )
        };
        let claims: String = (0..18).map(order).map(claim).collect();
        conflicts(&briefing([analysis("a", "2026-05-18", &format!("companies = [\"acme\"]\n{claims}"))]))
    };
    let written = of_order(&|n| n);
    assert_eq!(of_order(&|n| 17 - n), written);
    assert_eq!(of_order(&|n| n * 5 % 18), written);
}

#[test]
fn small_publications_lose_nothing() {
    let values = ["8,000", "about 8,000", "7,950", "more than 7,000", "up to 6,000", "12%", "$5 bn", "6,500 jobs"];
    let dates = ["", "2025", "2025-Q3", "2025~", "2026-05-18", "2026-05", "XXXX-05-18"];
    let lines = |n: usize| {
        let date = dates[n / 3 % dates.len()];
        let date = if date.is_empty() { String::new() } else { format!("date = {date:?}\n") };
        let event = if n % 5 < 2 { format!("event = \"e{}\"\n", n % 5) } else { String::new() };
        format!("value = {:?}\n{date}{event}", values[n % values.len()])
    };
    for count in [8, 12, 16] {
        for start in 0..30 {
            let briefing = publication(count, |n| lines(n * 7 + start));
            for one in (0..count).map(ClaimId::at) {
                let mut kept: Vec<_> = briefing.ledger.meetings(one).iter().map(|met| met.other).collect();
                kept.sort_unstable();
                let others = (0..count).map(ClaimId::at);
                let all: Vec<_> =
                    others.filter(|other| compare::verdict(&briefing, one, *other).is_meeting()).collect();
                assert_eq!(kept, all, "{count} claims from {start}, claim {one:?}");
            }
        }
    }
}
