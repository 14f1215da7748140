//! Laws that hold for every chart, tried on generated records, and what a reader sees of a small one.

use proptest::prelude::*;
use roxmltree::{Document, Node};
use rust_decimal::Decimal;

use super::*;
use crate::link::Bin;
use crate::model::Scenario;
use crate::value::{Date, Day, Probability, Quantity};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn day(text: &str) -> Day {
    text.parse().expect(text)
}

/// Checks all that every chart keeps to, in each of the widths that it is drawn in.
fn check(drawn: &str) {
    each(drawn).for_each(check_one);
}

/// Takes apart what is drawn once for each width.
fn each(drawn: &str) -> impl Iterator<Item = &str> {
    drawn.split_inclusive("</svg>").filter(|svg| !svg.trim().is_empty())
}

/// The drawing for a page with room.
fn wide(drawn: &str) -> &str {
    each(drawn).next().unwrap_or_default()
}

/// Parses a chart with a parser of XML.
fn check_one(svg: &str) {
    assert!(!svg.contains("NaN") && !svg.contains("inf\""), "{svg}");
    let document = Document::parse(svg).unwrap_or_else(|error| panic!("{error}\n{svg}"));
    let root = document.root_element();
    let numbers = |text: &str| -> Vec<f64> {
        let parts = text.split(['M', 'L', 'Z', ' ']).filter(|part| !part.is_empty());
        parts.map(|part| part.parse().unwrap_or_else(|_| panic!("`{part}` in `{text}`"))).collect()
    };
    let view = numbers(root.attribute("viewBox").expect("a viewBox"));
    let [_, _, width, height] = view[..] else { panic!("{view:?}") };
    let child = |name: &str| root.children().find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)));
    assert!(child("title").is_some_and(|title| !text(title).is_empty()), "{svg}");
    assert!(child("desc").is_some_and(|desc| !text(desc).is_empty()), "{svg}");
    for node in root.descendants().filter(Node::is_element) {
        let at = |name: &str| node.attribute(name).map(|value| numbers(value)[0]);
        let r = at("r").unwrap_or(0.0);
        let (x, y) = (at("x").or(at("cx")).unwrap_or(r), at("y").or(at("cy")).unwrap_or(r));
        let (w, h) = (at("width").unwrap_or(r), at("height").unwrap_or(r));
        assert!(x - r >= 0.0 && x + w <= width && y - r >= 0.0 && y + h <= height, "{node:?} of {svg}");
        for pair in numbers(node.attribute("d").unwrap_or_default()).chunks(2) {
            assert!((0.0..=width).contains(&pair[0]) && (0.0..=height).contains(&pair[1]), "{node:?} of {svg}");
        }
        if node.has_tag_name(("http://www.w3.org/2000/svg", "a")) {
            assert!(node.first_element_child().is_some_and(|title| !text(title).is_empty()), "{node:?}");
        }
    }
}

fn text<'d>(node: Node<'d, '_>) -> &'d str {
    node.text().unwrap_or_default()
}

fn links(svg: &str) -> Vec<(String, String)> {
    let document = Document::parse(wide(svg)).expect("XML");
    let links = document.descendants().filter(|node| node.tag_name().name() == "a");
    let title =
        |link: Node<'_, '_>| link.first_element_child().and_then(|title| title.text()).unwrap_or_default().to_owned();
    links.map(|link| (link.attribute("href").unwrap_or_default().to_owned(), title(link))).collect()
}

/// An entry of a record in a test.
type Said = (EntryKind, Date, String, State);

/// A value of a metric in a test.
type Measured = (Date, Quantity, Scenario, State);

/// Draws a record whose entries are numbered in their order.
fn lanes(record: &[Said]) -> Option<String> {
    lanes_in_order(record.iter().enumerate())
}

fn lanes_in_order<'s>(record: impl Iterator<Item = (usize, &'s Said)>) -> Option<String> {
    let entry =
        |(index, (kind, date, text, state)): (usize, &'s Said)| Entry { kind: *kind, date, text, state: *state, index };
    let links = Links { one: &|index| format!("#one:{index}"), many: &|index| format!("#many:{index}") };
    Lanes::new("Acme", record.map(entry).collect(), &links).map(|lanes| lanes.draw())
}

fn kind() -> impl Strategy<Value = EntryKind> {
    use EntryKind::{Analysis, Claim, Due, Event, Made};
    prop::sample::select(vec![Claim, Claim, Claim, Event, Made, Due, Analysis])
}

fn state() -> impl Strategy<Value = State> {
    prop::sample::select(vec![State::Stands, State::Stands, State::Disputed, State::Past("superseded")])
}

/// Dates of every form, near each other or anywhere in the calendar.
fn dates() -> impl Strategy<Value = Date> {
    let year = prop_oneof![4 => 2019..2029_i32, 1 => -9999..=9999_i32];
    let form = 0..12_u8;
    (year, 1..=12_u8, 1..=28_u8, form).prop_map(|(year, month, day, form)| {
        let sign = if year < 0 { "-" } else { "" };
        let y = format!("{sign}{:04}", year.abs());
        date(&match form {
            0..=4 => format!("{y}-{month:02}-{day:02}"),
            5 => format!("{y}-{month:02}"),
            6 => format!("{y}-{month:02}~"),
            7 => format!("{y}?"),
            8 => format!("{y}/.."),
            9 => format!("../{y}-{month:02}"),
            10 => format!("{y}-{month:02}-{day:02}%"),
            _ => format!("{y}-Q{}", month.div_ceil(3)),
        })
    })
}

fn record(most: usize) -> impl Strategy<Value = Vec<Said>> {
    prop::collection::vec((kind(), dates(), "\\PC{0,8}|[\\x00-\\x1f<>&\"']{1,4}", state()), 1..most)
}

fn values() -> impl Strategy<Value = Vec<Measured>> {
    let scenario = prop::sample::select(vec![Scenario::Actual, Scenario::Actual, Scenario::Guidance, Scenario::Target]);
    let hedge = prop::sample::select(vec!["", "about ", "more than ", "up to ", "=", "nearly "]);
    let amount = prop_oneof![
        (0_u64..20_000).prop_map(|n| n.to_string()),
        Just("9999999999999999999999999999".to_owned()),
        Just("0.0000000000000000000000000001".to_owned()),
        (1_u32..90, 0_u32..9).prop_map(|(low, more)| format!("{low}–{}", low + more)),
    ];
    let sign = prop::bool::weighted(0.1);
    let quantity = (hedge, sign, amount, any::<bool>()).prop_map(|(hedge, sign, amount, is_week)| {
        let unit = if is_week && amount.len() < 6 { " weeks" } else { "" };
        Quantity::parse(&format!("{hedge}{}{amount}{unit}", if sign { "-" } else { "" })).ok()
    });
    let value = (dates(), quantity.prop_filter_map("a quantity", |quantity| quantity), scenario, state());
    prop::collection::vec(value, 1..60)
}

fn steps<'v>(values: impl Iterator<Item = (usize, &'v Measured)>) -> Option<String> {
    let value = |(index, (at, quantity, scenario, state)): (usize, &'v Measured)| Value {
        at,
        of: None,
        quantity,
        scenario: *scenario,
        state: *state,
        index,
    };
    Steps::new("Acme", "Revenue", values.map(value).collect(), |index| format!("#one:{index}"))
        .map(|steps| steps.draw())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_record_is_drawn_inside_its_box(record in record(90)) {
        let svg = lanes(&record).expect("a chart");
        check(&svg);
        prop_assert!(links(&svg).len() <= 4 * (lanes::MOST + 2), "{}", links(&svg).len());
    }

    #[test]
    fn the_order_of_a_record_changes_nothing(record in record(40), turn in 0..40_usize) {
        let mut entries: Vec<_> = record.iter().enumerate().collect();
        entries.reverse();
        let turn = turn % entries.len();
        entries.rotate_left(turn);
        prop_assert_eq!(lanes_in_order(entries.into_iter()), lanes(&record));
    }

    #[test]
    fn every_metric_is_drawn_inside_its_box(values in values()) {
        let svg = steps(values.iter().enumerate()).expect("a chart");
        check(&svg);
        prop_assert_eq!(links(&svg).len(), values.len().min(super::steps::MOST));
        prop_assert_eq!(steps(values.iter().enumerate().rev()), Some(svg));
    }

    #[test]
    fn every_forecast_is_drawn_inside_its_box(
        steps in prop::collection::vec((dates(), 0_u32..=100), 0..70),
        due in prop::option::of(dates()),
        settled in prop::option::of((dates(), prop::option::of(any::<bool>()))),
    ) {
        let known = |date: &Date| date.earliest().or(date.latest()).expect("a day");
        let mut steps: Vec<(Day, Probability)> = steps
            .iter()
            .map(|(date, percent)| (known(date), Probability::parse(&format!("{percent}%")).expect("a probability")))
            .collect();
        steps.sort_by_key(|(day, _)| *day);
        let settled = settled.map(|(date, came_true)| Settled { day: known(&date), came_true, word: "yes" });
        check(&Revisions { text: "It <will>", steps, due: due.as_ref().map(known), settled }.draw());
    }

    #[test]
    fn every_calibration_is_drawn_inside_its_box(bins in prop::collection::vec(prop::array::uniform4(-1_i64..=1001), 0..12)) {
        let share = |thousandths: i64| Decimal::new(thousandths, 3);
        let bin = |[mean, observed, low, high]: [i64; 4]| Bin {
            tenth: 0, count: 3, happened: 1, mean: share(mean), observed: share(observed), interval: (share(low), share(high)),
        };
        let bins: Vec<Bin> = bins.into_iter().map(bin).collect();
        check(&Calibration { name: "A & B", bins: &bins }.draw());
    }
}

fn one(kind: EntryKind, at: &str, text: &str, state: State) -> Said {
    (kind, date(at), text.to_owned(), state)
}

#[test]
fn a_record_is_summed_up_and_each_mark_says_what_it_is() {
    let svg = lanes(&[
        one(EntryKind::Claim, "2024-05", "8,000 roles go", State::Disputed),
        one(EntryKind::Claim, "2022-11-09", "11,000 roles go", State::Past("superseded")),
        one(EntryKind::Event, "2025", "The <cut>", State::Stands),
        one(EntryKind::Made, "2026-01-02", "More go", State::Stands),
        one(EntryKind::Due, "2027", "More go", State::Stands),
    ])
    .expect("a chart");
    check(&svg);
    assert!(svg.contains("<title>Timeline of Acme</title><desc>2 claims, 1 event and 1 forecast from 2022 to 2027; 1 disagreement.</desc>"), "{svg}");
    let titles: Vec<String> = links(&svg).into_iter().map(|(href, title)| format!("{href} {title}")).collect();
    assert_eq!(
        titles,
        [
            "#one:1 9 November 2022: 11,000 roles go, superseded",
            "#one:0 May 2024: 8,000 roles go, disputed",
            "#one:2 2025: The <cut>",
            "#one:3 2 January 2026: forecast made: More go",
            "#one:4 2027: forecast due: More go",
        ]
    );
}

#[test]
fn a_dense_record_is_counted_in_columns() {
    let claim = |n: u32| {
        one(
            EntryKind::Claim,
            &format!("2026-{:02}-{:02}", 1 + n % 12, 1 + n % 28),
            "x",
            if n.is_multiple_of(50) { State::Disputed } else { State::Stands },
        )
    };
    let mut record: Vec<_> = (0..300).map(claim).collect();
    record.push(one(EntryKind::Claim, "1976-04-01", "Acme begins", State::Stands));
    let svg = lanes(&record).expect("a chart");
    check(&svg);
    let links = links(&svg);
    assert_eq!(links.len(), 13);
    assert_eq!(links[0], ("#many:0".to_owned(), "25 claims in Jan 2026, 1 disputed".to_owned()));
    assert_eq!(links[12], ("#one:300".to_owned(), "Outside of the chart, earlier: 1 claim".to_owned()));
}

#[test]
fn one_entry_and_one_day_are_enough() {
    for at in ["2026-05-18", "9999-12-31", "-9999-01-01", "2026/..", "../2026", "0000"] {
        check(&lanes(&[one(EntryKind::Claim, at, "x", State::Stands)]).expect("a chart"));
    }
    let svg = lanes(&vec![one(EntryKind::Claim, "2026-05-18", "x", State::Stands); 40]).expect("a chart");
    assert_eq!(links(&svg), [("#many:0".to_owned(), "40 claims in May 2026".to_owned())]);
    assert_eq!(lanes(&[one(EntryKind::Claim, "XXXX-05-18", "x", State::Stands)]), None);
}

#[test]
fn a_metric_says_what_was_known_and_what_was_said_ahead() {
    let fact = (date("2025"), Quantity::parse("$72 billion").expect("a quantity"), Scenario::Actual, State::Stands);
    let ahead = (
        date("2025-01-29"),
        Quantity::parse("$60–65 billion").expect("a quantity"),
        Scenario::Guidance,
        State::Past("superseded"),
    );
    let svg = steps([fact, ahead].iter().enumerate()).expect("a chart");
    check(&svg);
    assert!(svg.contains("<title>Revenue of Acme, in USD</title><desc>2 values in 2025, $60 billion to $72 billion; 1 said ahead.</desc>"), "{svg}");
    let titles: Vec<String> = links(&svg).into_iter().map(|(_, title)| title).collect();
    assert_eq!(titles, ["2025: $72 billion", "29 January 2025: guidance, $60–65 billion, superseded"]);
}

#[test]
fn a_forecast_goes_from_the_day_it_was_made_to_its_end() {
    let at = |text: &str, p: &str| (day(text), Probability::parse(p).expect(p));
    let settled = Settled { day: day("2026-06-30"), came_true: Some(true), word: "yes" };
    let steps = vec![at("2025-05-18", "55%"), at("2025-11-02", "70%")];
    let svg = Revisions { text: "More go", steps, due: Some(day("2026-12-31")), settled: Some(settled) }.draw();
    check(&svg);
    assert!(svg.contains("<desc>55% on 18 May 2025, 70% on 2 November 2025 after 1 revision; due 31 December 2026; settled yes on 30 June 2026.</desc>"), "{svg}");
}
