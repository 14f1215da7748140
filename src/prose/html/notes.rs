//! Notes on the claims that a block cites, which stand before it so that they begin beside its first line.

use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};
use rustc_hash::FxHashSet;

use super::writer::{Events, Writer};
use crate::prose::problem::ProseProblem;
use crate::text::Span;

/// Sets the notes on claims, given by their full ids.
pub type RenderNotes<'a> = dyn Fn(&[&str]) -> Result<String, String> + 'a;

/// What is known of notes at one point of the body.
#[derive(Debug, Default)]
pub(super) struct Notes<'w> {
    /// How many blocks are open.
    depth: usize,
    /// Where the outermost of them begins in what is written.
    start: usize,
    /// Its bytes in the body.
    span: Span,
    /// Claims that have a note already, each where it is cited first.
    noted: FxHashSet<&'w str>,
    /// Those of them that this block cites, in its order.
    new: Vec<&'w str>,
}

impl<'w, 's, I: Events<'s>> Writer<'w, 's, I> {
    /// Notes that an element begins, which may be a block.
    pub(super) fn enter_block(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        if is_block(tag.to_end()) {
            if self.notes.depth == 0 {
                (self.notes.start, self.notes.span) = (self.html.len(), range.clone().into());
            }
            self.notes.depth += 1;
        }
    }

    /// Notes that a claim is cited; a footnote is set elsewhere, so that what it cites has no note.
    pub(super) fn cite(&mut self, claim: &'w str) {
        let has_room = self.set.notes.is_some() && self.notes.depth > 0 && !self.footnotes.is_open();
        if has_room && self.notes.noted.insert(claim) {
            self.notes.new.push(claim);
        }
    }

    /// Puts the notes of a block before it, where it ends.
    pub(super) fn leave_block(&mut self, end: TagEnd) {
        if !is_block(end) {
            return;
        }
        self.notes.depth = self.notes.depth.saturating_sub(1);
        if self.notes.depth > 0 || self.notes.new.is_empty() {
            return;
        }
        let new = std::mem::take(&mut self.notes.new);
        match self.set.notes.map(|notes| notes(&new)) {
            Some(Ok(notes)) => {
                let block = self.html.split_off(self.notes.start);
                self.line("<div class=\"noted\">\n");
                self.html.push_str(notes.trim());
                self.line(block.trim_start());
                self.html.push_str("</div>\n");
            }
            Some(Err(message)) => {
                self.problems.push(ProseProblem::error("component-failed", message, self.notes.span));
            }
            None => {}
        }
    }
}

/// Tells whether an element is a block that may have notes beside it.
fn is_block(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::DefinitionList
            | TagEnd::Table
            | TagEnd::FootnoteDefinition
    )
}
