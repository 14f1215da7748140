//! What a figure measures, by the words around it.

use std::ops::Range;

use super::metric_words::{FAINT, RULES, Rule, TURNS};
use super::words::{has_any, places};
use crate::link::Briefing;
use crate::prose::{Figure, FigureKind};
use crate::value::{Family, Unit};

/// How much farther a word behind a figure counts than one before it.
const BEHIND: usize = 2;

/// How much farther it counts behind a sign.
const BEYOND: usize = 6;

/// Finds the metric of a figure; none where no word tells, or the site measures it in other units.
pub(super) fn find(sentence: &str, figure: &Range<usize>, of: &Figure, briefing: &Briefing) -> Option<String> {
    // A hyphen joins the words of a metric, as in `capital-expenditure guidance`.
    let lower = sentence.to_ascii_lowercase().replace('-', " ");
    let declared = briefing.metrics.iter().filter(|metric| !metric.span.range().is_empty());
    let labels: Vec<_> = declared.map(|metric| (metric.id.as_str(), metric.label.to_ascii_lowercase())).collect();
    let own = labels.iter().map(|(id, label)| (*id, label.as_str()));
    by_noun(of)
        .or_else(|| nearest(told_by(RULES, of).chain(own), &lower, figure))
        .or_else(|| nearest(told_by(FAINT, of), &lower, figure))
        .filter(|metric| fits(metric, of, briefing))
        .map(str::to_owned)
}

/// Lists the words of some rules for figures of a kind, each behind its metric.
fn told_by<'w>(rules: &'static [Rule], figure: &Figure) -> impl Iterator<Item = (&'w str, &'w str)> + use<'w> {
    let kind = kind(figure);
    let rules = rules.iter().filter(move |(of, _, _)| *of == kind);
    rules.flat_map(|(_, metric, words)| words.iter().map(|word| (*metric, *word)))
}

/// Takes the metric of the word nearest to a figure.
fn nearest<'w>(words: impl Iterator<Item = (&'w str, &'w str)>, lower: &str, figure: &Range<usize>) -> Option<&'w str> {
    let near = words.filter_map(|(metric, word)| Some((distance(lower, metric, word, figure)?, metric)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, metric)| metric)
}

/// Tells the kind of a figure by its unit: `2,400 posts` are jobs, whatever else is posted.
fn kind(figure: &Figure) -> FigureKind {
    match figure.quantity.unit() {
        Unit::Headcount(_) => FigureKind::People,
        _ => figure.kind,
    }
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

/// Tells how far the nearest occurrence of a metric's word is from a figure, in bytes.
fn distance(lower: &str, metric: &str, word: &str, figure: &Range<usize>) -> Option<usize> {
    if let Some(word) = word.strip_suffix(" +") {
        let before = lower.get(..figure.start)?.trim_end();
        return places(before, word).any(|at| at + word.len() == before.len()).then_some(1);
    }
    if let Some(word) = word.strip_prefix("+ ") {
        return places(lower.get(figure.end..)?.trim_start(), word).any(|at| at == 0).then_some(0);
    }
    let len = word.trim_end_matches('*').len();
    let turns = TURNS.iter().find(|(of, _)| *of == metric).map_or(&[][..], |(_, turns)| turns);
    let far = |at: usize| match lower.get(at + len..figure.start) {
        Some(between) => (!has_any(between, turns)).then_some(between.len()),
        None => Some(behind(lower.get(figure.end..at).unwrap_or_default())),
    };
    places(lower, word).filter_map(far).min()
}

/// Tells how far a word behind a figure counts to be; `between` is what stands before it.
fn behind(between: &str) -> usize {
    let is_beyond = between.contains([',', ';', ')', '—']);
    between.len() * if is_beyond { BEYOND } else { BEHIND }
}

/// Tells whether a metric exists and is measured in units like the figure's.
fn fits(metric: &str, figure: &Figure, briefing: &Briefing) -> bool {
    let Some(id) = briefing.metric_named(metric) else { return false };
    let family = briefing.metric(id).family;
    let of_kind: &[Family] = match figure.kind {
        FigureKind::Money => &[Family::Currency],
        FigureKind::People => &[Family::Headcount],
        FigureKind::Share => &[Family::Percent],
        FigureKind::Duration => &[Family::Duration],
        // A headcount may be told by the word before it alone, as in `the headcount was 88,400`.
        FigureKind::Count => &[Family::Count, Family::Headcount],
    };
    let own = figure.quantity.unit().family();
    family.is_none_or(|family| own.map_or(of_kind.contains(&family), |own| own == family))
}
