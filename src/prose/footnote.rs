//! Which footnotes a body uses, in which order.

use rustc_hash::{FxHashMap, FxHashSet};

use super::problem::ProseProblem;
use crate::text::Span;

/// The footnotes of a body by their labels, which are matched without case.
#[derive(Debug, Default)]
pub(super) struct FootnoteUse {
    numbers: FxHashMap<Box<str>, usize>,
    labels: Vec<Box<str>>,
    definitions: Vec<(Box<str>, Span)>,
}

/// Writes a label the way that all of its spellings share.
pub(super) fn key(label: &str) -> Box<str> {
    label.to_lowercase().into()
}

impl FootnoteUse {
    /// Returns a footnote's number: they are counted in the order in which the text first refers to them.
    pub(super) fn number(&mut self, label: &str) -> usize {
        *self.numbers.entry(key(label)).or_insert_with_key(|label| {
            self.labels.push(label.clone());
            self.labels.len()
        })
    }

    /// Returns the labels in the order of their numbers.
    pub(super) fn in_order(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().map(|label| &**label)
    }

    /// Notes a definition and its place.
    pub(super) fn define(&mut self, label: &str, span: Span) {
        self.definitions.push((key(label), span));
    }

    /// Reports the definitions that the page leaves out: those that nothing refers to, and all but one of a label.
    pub(super) fn problems(&self) -> impl Iterator<Item = ProseProblem> {
        let mut seen = FxHashSet::default();
        self.definitions.iter().filter_map(move |(label, span)| {
            if !self.numbers.contains_key(label) {
                let message = format!("nothing refers to the footnote `{label}`");
                let problem = ProseProblem::warning("unused-footnote", message, *span);
                Some(problem.help(format!("write `[^{label}]` where it belongs, or take it out")))
            } else if !seen.insert(label) {
                let message = format!("the footnote `{label}` is defined twice");
                Some(ProseProblem::warning("duplicate-footnote", message, *span).help("give one of them another label"))
            } else {
                None
            }
        })
    }
}
