//! Headings, quotes, lists and raw HTML.

use pulldown_cmark::{BlockQuoteKind, CowStr};

use super::page_level;
use super::text::{push_attribute, push_href, push_number, push_text};
use super::writer::{Events, Writer};
use crate::prose::Heading;
use crate::prose::parser::is_comment;
use crate::speech::say;

impl<'s, I: Events<'s>> Writer<'_, 's, I> {
    /// Opens a heading with the id that its outline gave it; attributes other than classes are dropped.
    pub(super) fn start_heading(&mut self, level: u8, classes: &[CowStr<'_>]) {
        self.line("<h");
        push_number(&mut self.html, page_level(level));
        if let Some(heading) = self.headings.first() {
            self.html.push_str(" id=\"");
            push_attribute(&mut self.html, &heading.id);
            self.html.push('"');
        }
        if !classes.is_empty() {
            self.html.push_str(" class=\"");
            push_attribute(&mut self.html, &classes.join(" "));
            self.html.push('"');
        }
        self.html.push('>');
    }

    /// Closes a heading, with a link to itself for readers who want to pass it on.
    pub(super) fn end_heading(&mut self, level: u8) {
        if let Some((heading, rest)) = self.headings.split_first() {
            self.headings = rest;
            if self.set.own_page {
                self.anchor(heading);
            }
        }
        self.html.push_str("</h");
        push_number(&mut self.html, page_level(level));
        self.html.push_str(">\n");
    }

    fn anchor(&mut self, heading: &Heading) {
        self.html.push_str(" <a class=\"anchor\" href=\"#");
        push_href(&mut self.html, &heading.id);
        self.html.push_str("\" aria-label=\"");
        push_attribute(&mut self.html, &say("link_to", &[("heading", &heading.text)]));
        self.html.push_str("\">#</a>");
    }

    pub(super) fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let (class, title) = match kind {
            None => return self.line("<blockquote>\n"),
            Some(BlockQuoteKind::Note) => ("note", "alert_note"),
            Some(BlockQuoteKind::Tip) => ("tip", "alert_tip"),
            Some(BlockQuoteKind::Important) => ("important", "alert_important"),
            Some(BlockQuoteKind::Warning) => ("warning", "alert_warning"),
            Some(BlockQuoteKind::Caution) => ("caution", "alert_caution"),
        };
        self.line("<aside class=\"alert ");
        self.html.push_str(class);
        self.html.push_str("\" role=\"note\">\n<p class=\"alert-title\">");
        push_text(&mut self.html, &say(title, &[]));
        self.html.push_str("</p>\n");
    }

    pub(super) fn end_quote(&self, kind: Option<BlockQuoteKind>) -> &'static str {
        if kind.is_some() { "</aside>\n" } else { "</blockquote>\n" }
    }

    pub(super) fn start_list(&mut self, start: Option<u64>) {
        match start {
            None => self.line("<ul>\n"),
            Some(1) => self.line("<ol>\n"),
            Some(start) => {
                self.line("<ol start=\"");
                push_number(&mut self.html, start);
                self.html.push_str("\">\n");
            }
        }
    }

    pub(super) fn task(&mut self, done: bool) {
        self.html.push_str("<input type=\"checkbox\" disabled");
        self.html.push_str(if done { " checked" } else { "" });
        self.html.push_str(" aria-label=\"");
        push_attribute(&mut self.html, &say(if done { "task_done" } else { "task_to_do" }, &[]));
        self.html.push_str("\"> ");
    }

    /// Writes raw HTML: as it is where the content is trusted, otherwise as text, and a comment not at all.
    pub(super) fn raw_html(&mut self, html: &str) {
        if self.set.trusted {
            self.html.push_str(html);
        } else if !is_comment(html) {
            push_text(&mut self.html, html);
        }
    }
}
