//! The ids of one document's claims, forecasts and sources: each stands once.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use crate::diagnostic::{Diagnostic, shown};
use crate::text::{Span, Spanned, fold};

/// An id in a document, and whether the author chose it.
pub(super) struct OwnId<'a> {
    pub(super) id: &'a mut String,
    pub(super) span: Span,
    pub(super) named: bool,
}

/// Reports ids that an author gave to two things of a document, and makes those unique that were made from a text.
///
/// Made ids are numbered: `cut`, `cut-2`, `cut-3`.
pub(super) fn settle<'a>(what: &str, ids: impl Iterator<Item = OwnId<'a>>, reader: &mut Reader) {
    let mut ids: Vec<OwnId<'a>> = ids.collect();
    let named: Vec<Spanned<&str>> =
        ids.iter().filter(|id| id.named).map(|id| Spanned::new(id.id.as_str(), id.span)).collect();
    for (second, first) in repeats(&named) {
        let error = Diagnostic::error(
            "duplicate-id",
            format!("two {what} of this analysis have the id `{}`", shown(second.value)),
        );
        let error = error.at(reader.place(second.span)).label(reader.place(first.span), "the first is here");
        reader.report(error.help("give one of them another id"));
    }
    let mut taken: BTreeSet<String> = named.iter().map(|id| id.value.to_owned()).collect();
    let mut next: BTreeMap<String, u32> = BTreeMap::new();
    for OwnId { id, .. } in ids.iter_mut().filter(|id| !id.named) {
        let base = id.clone();
        while !taken.insert(id.clone()) {
            let number = next.entry(base.clone()).or_insert(1);
            *number += 1;
            **id = format!("{base}-{number}");
        }
    }
}

/// Tells which of some ids stand twice, whatever their case: each later one with the first.
pub fn repeats<S: AsRef<str>>(ids: &[Spanned<S>]) -> impl Iterator<Item = (&Spanned<S>, &Spanned<S>)> {
    let mut first: BTreeMap<String, &Spanned<S>> = BTreeMap::new();
    ids.iter().filter_map(move |id| match first.entry(fold(id.value.as_ref())) {
        Entry::Occupied(entry) => Some((id, *entry.get())),
        Entry::Vacant(entry) => {
            entry.insert(id);
            None
        }
    })
}
