//! The figure audit: which figures of an analysis's prose no claim of it backs.
//!
//! A figure is backed where it falls inside the value of a claim, and where the analysis states the same amount
//! elsewhere: in the words or the quotation of a claim, in a forecast, in `figures_ok`. Amounts compare as claims
//! do, in the base of their unit.

mod backing;

use rust_decimal::Decimal;
use rustc_hash::FxHashSet;

use super::{Analysis, Claim, Prediction};
use crate::diagnostic::Diagnostic;
use crate::prose::{Figure, FigureKind, Outline, Reference, ReferenceKind, figures};
use crate::text::Span;
use crate::value::{Date, Quantity};

use backing::Backing;

/// A figure that no claim of its analysis backs, within a link to a claim of another, which may.
#[derive(Clone, Debug)]
pub struct Borrowed {
    /// The figure.
    pub figure: Figure,
    /// The bytes of the link in the body.
    pub link: Span,
}

/// The figures of an analysis that are not backed by it.
#[derive(Clone, Debug, Default)]
pub struct Unbacked {
    /// Those that nothing backs.
    pub alone: Vec<Figure>,
    /// Those within a link to a claim of another analysis.
    pub borrowed: Vec<Borrowed>,
}

/// Sorts out the figures of an analysis's outline that it does not back.
pub fn audit(analysis: &Analysis, outline: &mut Outline) -> Unbacked {
    let mut unbacked = Unbacked::default();
    let found = std::mem::take(&mut outline.figures);
    if found.is_empty() {
        return unbacked;
    }
    let mut stated = Stated::of(analysis);
    for figure in found {
        if stated.backs(&figure) {
            continue;
        }
        match claim_link(&outline.references, figure.span).filter(|link| link.target.contains('/')) {
            Some(link) => unbacked.borrowed.push(Borrowed { link: link.span, figure }),
            None => unbacked.alone.push(figure),
        }
    }
    unbacked
}

/// Finds the link to a claim that a figure stands in, or shares bytes with.
fn claim_link(references: &[Reference], figure: Span) -> Option<&Reference> {
    let until = references.partition_point(|reference| reference.span.start < figure.end);
    let mut near = references.get(..until)?.iter().rev().take(LINKS_NEAR);
    near.find(|link| link.kind == ReferenceKind::Claim && figure.start < link.span.end)
}

/// How many links before a figure's end are looked at: those in it, and those that it stands in.
const LINKS_NEAR: usize = 4;

/// The code of the warning.
pub const UNBACKED_FIGURE: &str = "unbacked-figure";

/// Warns of a figure that nothing backs.
pub fn unbacked_figure(figure: &Figure) -> Diagnostic {
    let words = &figure.words;
    let what = match figure.kind {
        FigureKind::Money => "the amount",
        FigureKind::People | FigureKind::Count => "the count",
        FigureKind::Share => "the share",
        FigureKind::Duration => "the length of time",
    };
    Diagnostic::warning(UNBACKED_FIGURE, format!("no claim backs {what} `{words}`"))
        .help("add a claim, or list it in `figures_ok` with a reason; `dateline suggest FILE` writes a claim")
}

impl Claim {
    /// Tells whether this claim states a figure, in its value, its words or its quotation.
    pub fn backs(&self, figure: &Figure) -> bool {
        let mut backing = Backing::default();
        self.value.iter().for_each(|value| backing.add_value(&value.value));
        says(self).flat_map(figures).for_each(|(_, said)| backing.add_same(&said));
        backing.backs(&figure.quantity)
    }
}

/// The words of a claim that may state an amount.
fn says(claim: &Claim) -> impl Iterator<Item = &str> {
    std::iter::once(claim.text.as_str()).chain(claim.quote.as_deref())
}

/// What an analysis states besides its prose: amounts at hand, and those in words, read once a figure asks for them.
struct Stated<'a> {
    analysis: &'a Analysis,
    values: Backing,
    allowed: FxHashSet<String>,
    said: Option<Backing>,
}

impl<'a> Stated<'a> {
    fn of(analysis: &'a Analysis) -> Self {
        let mut values = Backing::default();
        let claims = analysis.claims.iter().filter_map(|claim| claim.value.as_ref());
        claims.for_each(|value| values.add_value(&value.value));
        analysis.predictions.iter().for_each(|prediction| add_prediction(&mut values, prediction));
        let allowed = analysis.figures_ok.iter().map(|one| plain(&one.figure.value)).collect();
        Self { analysis, values, allowed, said: None }
    }

    fn backs(&mut self, figure: &Figure) -> bool {
        self.values.backs(&figure.quantity)
            || (!self.allowed.is_empty() && self.allowed.contains(&plain(&figure.words)))
            || self.said().backs(&figure.quantity)
    }

    /// Gives what `figures_ok`, claims, forecasts, signals, actions and corrections say in words.
    fn said(&mut self) -> &mut Backing {
        let analysis = self.analysis;
        self.said.get_or_insert_with(|| {
            let of_prediction =
                |one: &'a Prediction| std::iter::once(&one.text).chain(&one.criteria).chain(&one.condition);
            let predictions = analysis.predictions.iter().flat_map(of_prediction);
            let signals = analysis.signals.iter().map(|signal| &signal.text.value);
            let actions = analysis.actions.iter().map(|action| &action.text.value);
            let corrections = analysis.corrections.iter().flat_map(|one| [&one.was, &one.now]);
            let allowed = analysis.figures_ok.iter().map(|one| &one.figure.value);
            let texts = predictions.chain(signals).chain(actions).chain(corrections).chain(allowed.clone());
            let texts = texts.map(String::as_str).chain(analysis.claims.iter().flat_map(says));
            let mut said = Backing::default();
            texts.flat_map(figures).for_each(|(_, amount)| said.add_same(&amount));
            allowed.filter_map(|text| Quantity::parse(text).ok()).for_each(|amount| said.add_same(&amount));
            said
        })
    }
}

/// Adds what a forecast states: its chance, first and later, and the time from the day made to the day due.
fn add_prediction(backing: &mut Backing, prediction: &Prediction) {
    let later = prediction.revisions.iter().map(|revision| revision.probability);
    let chances = prediction.probability.into_iter().chain(later);
    let percents = chances.filter_map(|chance| chance.amount().checked_mul(Decimal::ONE_HUNDRED));
    percents.for_each(|percent| backing.add_percent(percent));
    let due = prediction.due.as_ref().and_then(Date::latest);
    due.into_iter().for_each(|due| backing.add_days(prediction.made.days_until(due)));
}

/// Brings the spellings of a figure's words together.
fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
