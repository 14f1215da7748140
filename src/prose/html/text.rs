//! Running text, and the mentions in it.

use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use super::writer::{Events, Writer};

/// A mention whose link is open, and the byte of the body where it ends.
pub(super) struct OpenMention {
    end: usize,
}

impl<'s, I: Events<'s>> Writer<'_, 's, I> {
    /// Writes text that was read from a range of the body, and the links of the mentions in it.
    ///
    /// A mention may run over several texts, which is what `Domino's` becomes with its curly apostrophe.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        let mut done = 0;
        loop {
            let boundary = match &self.open_mention {
                Some(open) if open.end <= range.end => open.end,
                None => match self.next_mention(range.start + done, range.end) {
                    Some(start) => start,
                    None => break,
                },
                Some(_) => break,
            };
            // Only text that is the body's own, byte for byte, has a boundary inside it.
            let at = if boundary < range.end { boundary.saturating_sub(range.start) } else { text.len() };
            let at = text.floor_char_boundary(at.max(done));
            push_text(&mut self.html, text.get(done..at).unwrap_or_default());
            done = at;
            self.pass_mention_boundary();
        }
        push_text(&mut self.html, text.get(done..).unwrap_or_default());
    }

    /// Finds where the next mention starts, if it does before `end`.
    fn next_mention(&mut self, start: usize, end: usize) -> Option<usize> {
        let passed = self.mentions.iter().take_while(|mention| mention.span.range().start < start).count();
        self.mentions = self.mentions.get(passed..).unwrap_or_default();
        self.mentions.first().map(|mention| mention.span.range().start).filter(|start| *start < end)
    }

    /// Closes the mention that is open, if one is.
    pub(super) fn close_mention(&mut self) -> bool {
        let open = self.open_mention.take().is_some();
        self.html.push_str(if open { "</a>" } else { "" });
        open
    }

    /// Closes the mention that is open, or opens the next.
    fn pass_mention_boundary(&mut self) {
        if self.close_mention() {
            return;
        }
        if let Some((mention, rest)) = self.mentions.split_first() {
            self.mentions = rest;
            self.open_mention = Some(OpenMention { end: mention.span.range().end });
            self.html.push_str("<a class=\"mention\" href=\"");
            push_href(&mut self.html, &mention.href);
            self.html.push_str("\">");
        }
    }
}

/// Writes text between tags.
pub(super) fn push_text(html: &mut String, text: &str) {
    // Writing to a string does not fail.
    let _ = escape_html_body_text(html, text);
}

/// Writes text inside a quoted attribute.
pub(super) fn push_attribute(html: &mut String, text: &str) {
    let _ = escape_html(html, text);
}

/// Writes an address inside a quoted attribute.
pub(super) fn push_href(html: &mut String, href: &str) {
    let _ = escape_href(html, href);
}

/// Writes a number.
pub(super) fn push_number(html: &mut String, number: impl std::fmt::Display) {
    let _ = write!(html, "{number}");
}

/// Returns text as it can stand between tags and in a quoted attribute.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_attribute(&mut html, text);
    html
}

/// Returns text as it stands between tags.
pub(super) fn escaped_text(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_text(&mut html, text);
    html
}
