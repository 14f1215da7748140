//! Mentions of names in one document: the first of each name in each section.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::names::{NameId, Names};
use super::outline::Reading;
use super::passage::Passage;
use crate::text::Span;

/// A name in the running text that is to become a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its bytes in the body.
    pub span: Span,
    /// What it names.
    pub name: NameId,
}

/// Finds every mention in a text without markup, one in the same section as another included.
pub fn every_mention(text: &str, names: &Names, body: &str, reading: &Reading<'_>) -> Vec<(Range<usize>, NameId)> {
    let required = names.required_in([body, reading.context]);
    let accepts = |rule: &super::names::Rule| {
        rule.counts_on(reading.day) && rule.requires.is_none_or(|word| required.contains(&word))
    };
    let mut found = Vec::new();
    names.find(text, accepts, |range, name| found.push((range, name)));
    found
}

/// Looks for names through one document.
pub(super) struct Finder<'r> {
    names: &'r Names,
    reading: &'r Reading<'r>,
    body: &'r str,
    /// The required words that the document has, once one has been asked for.
    required: Option<BTreeSet<usize>>,
    section: u32,
    /// The section of each name's last mention.
    last: FxHashMap<NameId, u32>,
}

impl<'r> Finder<'r> {
    /// Starts a document, if there are names to look for.
    pub(super) fn new(body: &'r str, reading: &'r Reading<'r>) -> Option<Self> {
        let names = reading.names?;
        Some(Self { names, reading, body, required: None, section: 0, last: FxHashMap::default() })
    }

    /// Starts a section: names are linked anew in it.
    pub(super) fn next_section(&mut self) {
        self.section += 1;
    }

    /// Adds the mentions of a block.
    pub(super) fn read(&mut self, passage: &Passage, mentions: &mut Vec<Mention>) {
        let Self { names, reading, body, required, section, last } = self;
        let accepts = |rule: &super::names::Rule| {
            rule.counts_on(reading.day)
                && rule.requires.is_none_or(|word| {
                    required.get_or_insert_with(|| names.required_in([body, reading.context])).contains(&word)
                })
        };
        names.find(passage.text(), accepts, |range, name| {
            if last.insert(name, *section) != Some(*section) {
                mentions.push(Mention { span: passage.span(range), name });
            }
        });
    }
}
