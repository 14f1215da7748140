//! The figure audit: which figures of an analysis's prose no claim of it backs.
//!
//! A figure is backed where it falls inside the value of a claim, and where the analysis states the same amount
//! elsewhere: in the words or the quotation of a claim, in a forecast, in `figures_ok`. Amounts compare as claims
//! do, in the base of their unit.

mod backing;

use super::{Analysis, Claim, Prediction};
use crate::diagnostic::Diagnostic;
use crate::prose::{Figure, FigureKind, Outline, Reference, ReferenceKind, figures};
use crate::text::Span;
use crate::value::Quantity;

use backing::{holds, says_the_same};

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

/// Warns of a figure that nothing backs.
pub fn unbacked_figure(figure: &Figure) -> Diagnostic {
    let words = figure.quantity.wording();
    let what = match figure.kind {
        FigureKind::Money => "the amount",
        FigureKind::People | FigureKind::Count => "the count",
        FigureKind::Share => "the share",
        FigureKind::Duration => "the length of time",
    };
    Diagnostic::warning("unbacked-figure", format!("no claim backs {what} `{words}`"))
        .help("add a claim, or list it in `figures_ok` with a reason; `dateline suggest FILE` writes a claim")
}

impl Claim {
    /// Tells whether this claim states a figure, in its value, its words or its quotation.
    pub fn backs(&self, figure: &Figure) -> bool {
        let texts = std::iter::once(self.text.as_str()).chain(self.quote.as_deref());
        self.value.as_ref().is_some_and(|value| backs(&value.value, figure))
            || texts.flat_map(figures).any(|(_, said)| says_the_same(&said, &figure.quantity))
    }
}

/// What an analysis states besides its prose: the values at hand, the rest read when a figure is not among them.
struct Stated<'a> {
    analysis: &'a Analysis,
    values: Vec<&'a Quantity>,
    allowed: Option<Vec<Quantity>>,
    said: Option<Vec<Quantity>>,
}

impl<'a> Stated<'a> {
    fn of(analysis: &'a Analysis) -> Self {
        let values = analysis.claims.iter().filter_map(|claim| Some(&claim.value.as_ref()?.value)).collect();
        Self { analysis, values, allowed: None, said: None }
    }

    fn backs(&mut self, figure: &Figure) -> bool {
        let quantity = &figure.quantity;
        self.values.iter().any(|value| backs(value, figure))
            || backing::ends(quantity)
                .is_some_and(|ends| ends.iter().all(|end| self.values.iter().any(|value| holds(value, end))))
            || self.is_allowed(quantity)
            || self.is_of_a_forecast(figure)
            || self.is_said(quantity)
    }

    /// Tells whether `figures_ok` lists a figure, by its amount or by its words.
    fn is_allowed(&mut self, quantity: &Quantity) -> bool {
        let listed = &self.analysis.figures_ok;
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if listed.is_empty() {
            return false;
        }
        let allowed = self.allowed.get_or_insert_with(|| {
            let of = |text: &str| {
                let found = figures(text).into_iter().map(|(_, quantity)| quantity);
                Quantity::parse(text).into_iter().chain(found).collect::<Vec<_>>()
            };
            listed.iter().flat_map(|one| of(&one.figure.value)).collect()
        });
        allowed.iter().any(|one| says_the_same(one, quantity))
            || listed.iter().any(|one| words(&one.figure.value) == words(quantity.wording()))
    }

    /// Tells whether a figure is the chance or the term of a forecast.
    fn is_of_a_forecast(&self, figure: &Figure) -> bool {
        self.analysis.predictions.iter().any(|prediction| match figure.kind {
            FigureKind::Share => has_chance(prediction, &figure.quantity),
            FigureKind::Duration => has_term(prediction, &figure.quantity),
            _ => false,
        })
    }

    /// Tells whether a claim, a forecast, an action, a signal or a correction says the same amount in words.
    fn is_said(&mut self, quantity: &Quantity) -> bool {
        let analysis = self.analysis;
        let said = self.said.get_or_insert_with(|| {
            let claims = analysis.claims.iter().flat_map(|claim| std::iter::once(&claim.text).chain(&claim.quote));
            let of_prediction =
                |one: &'a Prediction| std::iter::once(&one.text).chain(&one.criteria).chain(&one.condition);
            let predictions = analysis.predictions.iter().flat_map(of_prediction);
            let signals = analysis.signals.iter().map(|signal| &signal.text);
            let actions = analysis.actions.iter().map(|action| &action.text);
            let corrections = analysis.corrections.iter().flat_map(|one| [&one.was, &one.now]);
            let texts = claims.chain(predictions).chain(signals).chain(actions).chain(corrections);
            texts.flat_map(|text| figures(text)).map(|(_, quantity)| quantity).collect()
        });
        said.iter().any(|one| says_the_same(one, quantity))
    }
}

/// Tells whether a value backs a figure; where both ends of a range are inside, so is the range.
fn backs(value: &Quantity, figure: &Figure) -> bool {
    holds(value, &figure.quantity)
}

/// Tells whether a forecast's probability, first or later, is this share.
fn has_chance(prediction: &Prediction, share: &Quantity) -> bool {
    let later = prediction.revisions.iter().map(|revision| revision.probability);
    let percent = |chance: crate::value::Probability| chance.amount() * rust_decimal::Decimal::ONE_HUNDRED;
    prediction.probability.into_iter().chain(later).any(|chance| share.interval().contains(percent(chance)))
}

/// Tells whether a forecast is due this long after it was made.
fn has_term(prediction: &Prediction, length: &Quantity) -> bool {
    const SECONDS_OF_A_DAY: i64 = 86_400;
    let due = prediction.due.as_ref().and_then(|due| due.latest());
    let days = due.map(|due| i64::from(prediction.made.days_until(due)));
    let seconds = days.and_then(|days| days.checked_mul(SECONDS_OF_A_DAY));
    seconds.is_some_and(|seconds| length.interval().contains(seconds.into()))
}
