//! What holds for any two claims.

use proptest::prelude::*;

use super::*;
use crate::link::tests::{analysis, briefing, claim};

/// A claim's lines, as an author may write them.
fn matter() -> impl Strategy<Value = String> {
    let values = [
        "8,000",
        "about 8,000",
        "7,950",
        "=7985",
        "more than 7,000",
        "up to 6,000",
        "nearly 10,000",
        "600",
        "$60–65 bn",
        "$65 bn",
        "65,000 million USD",
        "€65 bn",
        "12%",
        "12.4%",
        "12 percentage points",
        "16 weeks",
        "4 months",
        "-$5m",
    ];
    let dates = ["", "2025", "2025-Q3", "2025~", "2026-05-18", "2026-05", "XXXX-05-18", "2022"];
    (
        (prop::sample::select(values.to_vec()), prop::sample::select(dates.to_vec())),
        prop::sample::select(vec!["", "e1", "e2"]),
        prop::sample::select(vec!["acme", "acme/ai", "acme/hr", "other"]),
        prop::sample::select(vec!["actual", "actual", "guidance"]),
        prop::sample::subsequence(vec!["wire", "filing", "post", "nobody"], 0..=2),
        prop::sample::select(vec!["reported", "reported", "reported", "superseded", "retracted"]),
        prop::sample::select(vec!["", "", "", "supersedes", "same_as", "disputes", "part_of"]),
    )
        .prop_map(|((value, date), event, company, scenario, sources, status, tie)| {
            let line =
                |key: &str, text: &str| if text.is_empty() { String::new() } else { format!("{key} = {text:?}\n") };
            let tie = if tie.is_empty() { String::new() } else { format!("{tie} = [\"OTHER\"]\n") };
            format!(
                "metric = \"headcount\"\nvalue = {value:?}\n{}{}{}scenario = {scenario:?}\nsources = {sources:?}\n\
                 status = {status:?}\n{tie}",
                line("date", date),
                line("event", event),
                line("company", company),
            )
        })
}

const SOURCES: &str = "[[sources]]\nid = \"wire\"\n[[sources]]\nid = \"filing\"\n[[sources]]\nid = \"post\"\nvia = \"wire\"\n\
                       [[sources]]\nid = \"nobody\"\nkind = \"anonymous\"\n";

/// Puts two claims into analyses `a` and `b`, read in this or in the other order.
fn two(one: &str, other: &str, is_swapped: bool) -> Briefing {
    let company = |id: &str| (format!("companies/{id}.md"), format!("+++\nname = \"{id}\"\n+++\n"));
    let file = |slug: &str, matter: &str, to: &str| {
        let matter = matter.replace("OTHER", to);
        analysis(slug, "2026-05-18", &format!("[[claims]]\nid = \"c\"\ntext = \"T\"\n{matter}"))
    };
    let mut files = vec![
        ("sources.toml".to_owned(), SOURCES.to_owned()),
        company("acme"),
        company("acme/ai"),
        company("acme/hr"),
        file("a", one, "b/c"),
        file("b", other, "a/c"),
    ];
    if is_swapped {
        files.reverse();
    }
    briefing(files)
}

fn compared(briefing: &Briefing) -> Compared {
    let (a, b) = (claim(briefing, "a/c"), claim(briefing, "b/c"));
    let (there, back) = (relation(briefing, a, b), relation(briefing, b, a));
    assert_eq!(there.relation, back.relation.mirrored(), "{}", there.reason);
    assert_eq!(there.reason, back.reason);
    there
}

fn of_values(one: &str, other: &str) -> Relation {
    let matter = |value: &str| format!("company = \"acme\"\nmetric = \"m\"\nevent = \"e\"\nvalue = {value:?}\n");
    compared(&two(&matter(one), &matter(other), false)).relation
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn comparing_is_symmetric_and_knows_no_order_of_input(one in matter(), other in matter()) {
        let (first, second) = (two(&one, &other, false), two(&one, &other, true));
        let found = compared(&first);
        prop_assert_eq!(&found, &compared(&second));
        prop_assert!(!found.reason.is_empty() && !found.reason.ends_with('.'), "{:?}", found);
        let a = claim(&first, "a/c");
        let kept: Vec<_> = first.ledger.meetings(a).iter().map(|met| met.relation).collect();
        let expected = if found.relation.is_meeting() { vec![found.relation] } else { vec![] };
        let is_part = matches!(found.relation, Relation::PartOf | Relation::ScopeViolation);
        prop_assert!(kept == expected || (is_part && kept.is_empty()), "{:?} but {:?}", kept, found);
    }

    #[test]
    fn units_and_scale_do_not_matter(n in 1_u32..900, m in 1_u32..900) {
        let found = of_values(&format!("${n} bn"), &format!("${m} bn"));
        prop_assert_eq!(found, of_values(&format!("{n},000 million USD"), &format!("US${m} billion")));
        prop_assert_eq!(found, of_values(&format!("{n},000,000,000 dollars"), &format!("{m}bn USD")));
        let found = of_values(&format!("{n},000 roles"), &format!("{m},000 roles"));
        prop_assert_eq!(found, of_values(&format!("{n}k jobs"), &format!("{m},000 employees")));
    }

    #[test]
    fn a_hedge_never_makes_a_conflict(n in 1_u32..20_000, m in 1_u32..20_000, place in 0_u32..3) {
        let [n, m] = [n, m].map(|n| n / 10_u32.pow(place) * 10_u32.pow(place));
        let (one, other) = (n.to_string(), m.to_string());
        let hedged = [format!("about {one}"), format!("~{one}"), format!("{one} or so")];
        if of_values(&one, &other) != Relation::Conflicts {
            for hedged in hedged {
                prop_assert_ne!(of_values(&hedged, &other), Relation::Conflicts, "{} and {}", hedged, other);
            }
        }
    }
}

#[test]
fn reasons_say_why() {
    let reason = |one: &str, other: &str| compared(&two(one, other, false)).reason;
    let base = "company = \"acme\"\nmetric = \"headcount\"\nevent = \"e\"\n";
    assert_eq!(
        reason(&format!("{base}value = \"about 8,000\""), &format!("{base}value = \"8,000\"\nsources = \"wire\"")),
        "`about 8,000` (7,500 – 8,500) and `8,000` (7,600 – 8,400) meet, and one of them names no independent source"
    );
    assert_eq!(
        reason(&format!("{base}value = \"14.3%\""), &format!("{base}value = \"14.4%\"")),
        "`14.3%` (14.25% – 14.35%) and `14.4%` (14.35% – 14.45%) are stated to the same place and are not equal for the \
         same event, `e`"
    );
    assert_eq!(
        reason(&format!("{base}value = \"$5 bn\""), &format!("{base}value = \"€5 bn\"")),
        "`$5 bn` is in USD and `€5 bn` in EUR"
    );
    assert_eq!(
        reason(&format!("{base}value = \"8,000\""), &format!("{base}value = \"600\"")),
        "`8,000` (7,600 – 8,400) and `600` (570 – 630) do not meet for the same event, `e`"
    );
    let guidance = |value: &str, stated: &str| {
        format!(
            "company = \"acme\"\nmetric = \"revenue\"\ndate = \"2026\"\nscenario = \"guidance\"\nvalue = {value:?}\n\
             stated = {stated:?}"
        )
    };
    assert_eq!(
        reason(&guidance("$66–72 bn", "2026-07"), &guidance("$60–65 bn", "2026-01")),
        "the guidance of July 2026, `$66–72 bn` ($66 billion – $72 billion), takes the place of that of January 2026, \
         `$60–65 bn` ($60 billion – $65 billion)"
    );
}

#[test]
fn what_was_replaced_no_longer_stands() {
    let base = "company = \"acme\"\nmetric = \"headcount\"\nevent = \"e\"\nvalue = \"8,000\"\n";
    let stands = |one: &str, other: &str| {
        let briefing = two(&format!("{base}{one}"), &format!("{base}{other}"), false);
        ["a/c", "b/c"].map(|id| stands(&briefing, claim(&briefing, id)))
    };
    assert_eq!(stands("", ""), [true, true]);
    assert_eq!(stands("supersedes = \"b/c\"", ""), [true, false]);
    assert_eq!(
        stands("corrects = \"b/c\"\nstatus = \"retracted\"", ""),
        [false, true],
        "a retracted word counts no more"
    );
    assert_eq!(stands("supersedes = \"b/c\"", "supersedes = \"a/c\""), [true, true], "a circle settles nothing");
}

#[test]
fn a_reason_that_changes_has_another_hash() {
    let base = "company = \"acme\"\nmetric = \"headcount\"\nevent = \"e\"\nvalue = \"8,000\"\nsources = [\"wire\"]\n";
    let told = |one: &str, other: &str| {
        let briefing = two(one, other, false);
        let (a, b) = (claim(&briefing, "a/c"), claim(&briefing, "b/c"));
        let mut state = std::hash::DefaultHasher::new();
        let relation = verdict(&briefing, a, b);
        hash_reason(&briefing, a, b, relation, &mut state);
        (reason(&briefing, a, b, relation), state.finish())
    };
    let edits = [
        ("8,000\"", "7,900\""),
        ("8,000\"", "20,000\""),
        ("event = \"e\"", "event = \"f\""),
        ("event = \"e\"\n", ""),
        ("event = \"e\"\n", "date = \"2025\"\n"),
        ("event = \"e\"\n", "date = \"2025\"\nscenario = \"guidance\"\nstated = \"2026-01\"\n"),
        ("event = \"e\"\n", "date = \"2025\"\nscenario = \"guidance\"\nstated = \"2026-03\"\n"),
        ("company = \"acme\"", "company = \"acme/ai\""),
        ("company = \"acme\"", "company = \"acme/hr\""),
        ("company = \"acme\"", "company = \"acme\"\nperson = \"bo\""),
        ("metric = \"headcount\"", "metric = \"hires\""),
        ("[\"wire\"]", "[\"wire\", \"filing\"]"),
        ("[\"wire\"]", "[]"),
        ("[\"wire\"]", "[\"wire\"]\nstatus = \"retracted\""),
        ("[\"wire\"]", "[\"wire\"]\npart_of = [\"OTHER\"]"),
        ("[\"wire\"]", "[\"wire\"]\nsupports = [\"OTHER\"]"),
    ];
    let edited: Vec<String> = edits.iter().map(|(from, to)| base.replace(from, to)).chain([base.to_owned()]).collect();
    let mut hashes = std::collections::BTreeMap::new();
    for (one, other) in edited.iter().flat_map(|one| edited.iter().map(move |other| (one, other))) {
        let (reason, hash) = told(one, other);
        let known = hashes.entry(hash).or_insert_with(|| reason.clone());
        assert_eq!(*known, reason, "one hash for two reasons");
    }
    assert!(hashes.len() > 100, "{}", hashes.len());
}
