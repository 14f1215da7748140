//! Footnotes, gathered at the end in the order in which the text refers to them.

use rustc_hash::FxHashMap;

use super::text::{push_attribute, push_number};
use super::writer::{Events, Writer};
use crate::prose::footnote::{self, FootnoteUse};
use crate::speech::say;

/// The footnotes so far.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    uses: FootnoteUse,
    /// How often each number was referred to.
    references: Vec<u32>,
    /// The HTML of each definition, by its label.
    definitions: FxHashMap<Box<str>, String>,
    /// The definitions around this point, each with the HTML around it that waits for its end.
    open: Vec<(Box<str>, String)>,
}

impl Footnotes {
    /// Tells whether a definition is being written.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }
}

impl<'s, I: Events<'s>> Writer<'_, 's, I> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let number = self.footnotes.uses.number(label);
        if number > self.footnotes.references.len() {
            self.footnotes.references.push(0);
        }
        let count = self.footnotes.references.get_mut(number - 1).map_or(1, |count| {
            *count += 1;
            *count
        });
        self.html.push_str("<sup class=\"footnote-ref\"><a role=\"doc-noteref\" id=\"");
        push_reference_id(&mut self.html, number, count);
        self.html.push_str("\" href=\"#fn-");
        push_number(&mut self.html, number);
        self.html.push_str("\">");
        push_number(&mut self.html, number);
        self.html.push_str("</a></sup>");
    }

    pub(super) fn start_footnote(&mut self, label: &str) {
        let around = std::mem::take(&mut self.html);
        self.footnotes.open.push((footnote::key(label), around));
    }

    /// Keeps a definition for the end; the first of a label counts.
    pub(super) fn end_footnote(&mut self) {
        if let Some((label, around)) = self.footnotes.open.pop() {
            let definition = std::mem::replace(&mut self.html, around);
            self.footnotes.definitions.entry(label).or_insert(definition);
        }
    }

    /// Writes the footnotes that were referred to.
    pub(super) fn write_footnotes(&mut self) {
        let Footnotes { uses, references, mut definitions, .. } = std::mem::take(&mut self.footnotes);
        if references.is_empty() {
            return;
        }
        self.line("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        push_attribute(&mut self.html, &say("footnotes", &[]));
        self.html.push_str("\">\n<ol>\n");
        for ((number, label), count) in (1..).zip(uses.in_order()).zip(references) {
            self.html.push_str("<li id=\"fn-");
            push_number(&mut self.html, number);
            self.html.push_str("\">");
            let definition = definitions.remove(label).unwrap_or_default();
            // The links back go into the last paragraph.
            let (text, end) = match definition.strip_suffix("</p>\n") {
                Some(text) => (text, "</p>\n"),
                None => (&*definition, ""),
            };
            self.html.push_str(text);
            let back = if self.set.own_page { count } else { 0 };
            for reference in 1..=back {
                self.back_link(number, reference);
            }
            self.html.push_str(end);
            self.html.push_str("</li>\n");
        }
        self.html.push_str("</ol>\n</section>\n");
    }

    fn back_link(&mut self, number: usize, reference: u32) {
        self.html.push_str(" <a role=\"doc-backlink\" href=\"#");
        push_reference_id(&mut self.html, number, reference);
        let nth = if reference > 1 { format!("{number}-{reference}") } else { number.to_string() };
        self.html.push_str("\" aria-label=\"");
        push_attribute(&mut self.html, &say("back_to_reference", &[("number", &nth)]));
        self.html.push_str("\">↩</a>");
    }
}

/// Writes the id of a reference: `fnref-1`, and `fnref-1-2` for the second to the same footnote.
fn push_reference_id(html: &mut String, number: usize, reference: u32) {
    html.push_str("fnref-");
    push_number(html, number);
    if reference > 1 {
        html.push('-');
        push_number(html, reference);
    }
}
