//! HTML blocks: component calls, and raw HTML.

use std::ops::Range;

use pulldown_cmark::Event;

use super::writer::{Events, Writer};
use crate::prose::component::{self, ComponentCall, Line};
use crate::prose::parser::is_comment;
use crate::prose::problem::ProseProblem;
use crate::text::Span;

impl<'s, I: Events<'s>> Writer<'_, 's, I> {
    /// Writes an HTML block, or what the component call that it masks renders to.
    pub(super) fn html_block(&mut self, range: Range<usize>) {
        match self.source.call_in(&range) {
            Some((line, span)) => {
                self.skip_element();
                self.component(line, span);
            }
            None if self.set.trusted => self.line(""),
            None => self.untrusted_block(range),
        }
    }

    /// Shows a block of raw HTML as text; a comment is not shown.
    fn untrusted_block(&mut self, range: Range<usize>) {
        if is_comment(self.source.body().get(range).unwrap_or_default()) {
            return self.skip_element();
        }
        self.line("<p>");
        while let Some((Event::Html(html) | Event::Text(html), _)) = self.events.next() {
            self.raw_html(&html);
        }
        self.html.truncate(self.html.trim_end().len());
        self.html.push_str("</p>\n");
    }

    /// Renders a component, opens one, or renders the one that ends here around its body.
    ///
    /// What is wrong with the syntax was reported with the outline, and is left out here.
    fn component(&mut self, line: &str, span: Span) {
        match component::parse(line, span) {
            Ok(Line::Call(call)) if call.has_body => {
                self.line("");
                self.nest.open(call, self.html.len());
            }
            Ok(Line::Call(call)) => self.render(&call, None),
            Ok(Line::Close(name)) => {
                if let Some((call, start)) = self.nest.close(&name) {
                    let inner = self.html.split_off(start.min(self.html.len()));
                    self.render(&call, Some(&inner));
                }
            }
            Err(_) => {}
        }
    }

    fn render(&mut self, call: &ComponentCall, inner: Option<&str>) {
        match (self.set.component)(call, inner) {
            Ok(html) => {
                self.line(&html);
                self.line("");
            }
            Err(message) => self.problems.push(ProseProblem::error("component-failed", message, call.span)),
        }
    }
}
