//! What a figure measures, by the words around it.

use std::ops::Range;

use crate::link::Briefing;
use crate::prose::{Figure, FigureKind};
use crate::value::{Family, Unit};

/// Words that tell a metric, for figures of one kind; a word at the end of a stem is written with `*`.
type Rule = (FigureKind, &'static str, &'static [&'static str]);

/// The rules: kind of figure, metric, and words.
const RULES: &[Rule] = &[
    (
        FigureKind::People,
        "headcount-reduction",
        &[
            "cut",
            "cuts",
            "cutting",
            "lay off",
            "laid off",
            "laying off",
            "lays off",
            "layoff*",
            "shed",
            "sheds",
            "shedding",
            "eliminat*",
            "redundan*",
            "axe",
            "axed",
            "axing",
            "slash*",
            "let go",
            "dismiss*",
            "job losses",
            "lose their jobs",
            "lose their job",
            "reduction*",
            "trim*",
            "fired",
            "sack*",
            "will go",
            "would go",
        ],
    ),
    (FigureKind::People, "hires", &["hire", "hires", "hired", "hiring", "recruit*", "take on", "took on"]),
    (FigureKind::People, "open-roles", &["vacanc*", "openings", "open roles", "open positions", "unfilled"]),
    (
        FigureKind::People,
        "headcount",
        &[
            "employ",
            "employs",
            "employed",
            "employing",
            "workforce",
            "headcount",
            "staff of",
            "payroll",
            "employees worldwide",
        ],
    ),
    (FigureKind::Share, "market-share", &["market share", "share of the market", "of the market"]),
    (
        FigureKind::Share,
        "workforce-share",
        &[
            "of staff",
            "of its staff",
            "of the staff",
            "workforce",
            "of employees",
            "of its employees",
            "headcount",
            "of jobs",
            "of its jobs",
            "of roles",
        ],
    ),
    (FigureKind::Money, "capex", &["capex", "capital expenditure*", "capital spending"]),
    (FigureKind::Money, "revenue", &["revenue*", "sales", "turnover"]),
    (FigureKind::Money, "profit", &["profit*", "net income", "earnings"]),
    (FigureKind::Money, "loss", &["loss", "losses", "net loss", "lost"]),
    (FigureKind::Money, "funding", &["raise", "raised", "raises", "raising", "funding", "financing", "seed", "series"]),
    (FigureKind::Money, "valuation", &["valuation*", "valued", "values", "valuing", "market value"]),
    (FigureKind::Money, "fine", &["fine", "fined", "fines", "penalt*"]),
    (
        FigureKind::Money,
        "acquisition-price",
        &["acqui*", "buy", "buys", "bought", "buying", "takeover", "purchase*", "takes over", "stake in"],
    ),
    (
        FigureKind::Money,
        "spending",
        &["spend", "spends", "spent", "spending", "invest", "invests", "invested", "investing"],
    ),
    (
        FigureKind::Money,
        "price",
        &["price*", "priced", "costs", "charges", "a share", "a month", "per month", "per seat"],
    ),
    (FigureKind::Duration, "severance", &["severance", "base pay", "of pay", "salary", "redundancy pay"]),
    (FigureKind::Count, "downloads", &["download*"]),
    (FigureKind::Count, "packages", &["package*"]),
    (FigureKind::Count, "data-centers", &["data center*", "data centre*"]),
];

/// How much farther a word behind a figure counts than one before it.
const BEHIND: usize = 2;

/// Finds the metric of a figure; none where no word tells, or the site measures it in other units.
pub(super) fn find(sentence: &str, figure: &Range<usize>, of: &Figure, briefing: &Briefing) -> Option<String> {
    let lower = sentence.to_ascii_lowercase();
    let by_noun = by_noun(of).map(str::to_owned);
    let nearest = || {
        let rules = RULES.iter().filter(|(kind, _, _)| *kind == of.kind);
        let known = rules.flat_map(|(_, metric, words)| words.iter().map(|word| ((*metric).to_owned(), *word)));
        let own = briefing.metrics.iter().filter(|metric| !metric.span.range().is_empty());
        let own_words: Vec<(String, String)> =
            own.map(|metric| (metric.id.clone(), metric.label.to_ascii_lowercase())).collect();
        let own = own_words.iter().map(|(id, label)| (id.clone(), label.as_str()));
        let near = known.chain(own).filter_map(|(metric, word)| Some((distance(&lower, word, figure)?, metric)));
        near.min_by_key(|(distance, _)| *distance).map(|(_, metric)| metric)
    };
    by_noun.or_else(nearest).filter(|metric| fits(metric, of, briefing))
}

/// Takes the metric that the counted noun itself names.
fn by_noun(figure: &Figure) -> Option<&'static str> {
    let Unit::Count(noun) = figure.quantity.unit() else { return None };
    match noun.singular().rsplit(' ').next()? {
        "user" => Some("users"),
        "customer" | "subscriber" => Some("customers"),
        "download" => Some("downloads"),
        "package" => Some("packages"),
        _ => None,
    }
}

/// Tells how far the nearest occurrence of a word is from a figure, in bytes.
fn distance(lower: &str, word: &str, figure: &Range<usize>) -> Option<usize> {
    let (stem, is_stem) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
    let whole = |at: usize| {
        let before = lower.get(..at).and_then(|text| text.chars().next_back());
        let after = lower.get(at + stem.len()..).and_then(|text| text.chars().next());
        !before.is_some_and(char::is_alphanumeric) && (is_stem || !after.is_some_and(char::is_alphanumeric))
    };
    let far = |at: usize| match at.cmp(&figure.start) {
        std::cmp::Ordering::Less => figure.start.saturating_sub(at + stem.len()),
        _ => at.saturating_sub(figure.end).saturating_mul(BEHIND),
    };
    lower.match_indices(stem).map(|(at, _)| at).filter(|at| whole(*at)).map(far).min()
}

/// Tells whether a metric exists and is measured in units like the figure's.
fn fits(metric: &str, figure: &Figure, briefing: &Briefing) -> bool {
    let Some(id) = briefing.metric_named(metric) else { return false };
    let family = briefing.metric(id).family;
    let own = figure.quantity.unit().family();
    let of_kind = match figure.kind {
        FigureKind::Money => Family::Currency,
        FigureKind::People => Family::Headcount,
        FigureKind::Share => Family::Percent,
        FigureKind::Duration => Family::Duration,
        FigureKind::Count => Family::Count,
    };
    family.is_none_or(|family| own.unwrap_or(of_kind) == family)
}
