//! The walk over a body's events that writes its HTML; what it writes for each is beside it, by concept.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::footnotes::Footnotes;
use super::notes::Notes;
use super::tables::Table;
use super::text::OpenMention;
use super::{Resolved, ResolvedMention, Setting};
use crate::prose::nest::Nest;
use crate::prose::outline::Heading;
use crate::prose::parser::Source;
use crate::prose::problem::ProseProblem;

/// The events of a body with their byte ranges.
pub(in crate::prose) trait Events<'s>: Iterator<Item = (Event<'s>, Range<usize>)> {}

impl<'s, I: Iterator<Item = (Event<'s>, Range<usize>)>> Events<'s> for I {}

/// What the walk leaves behind.
pub(super) struct Written {
    pub(super) html: String,
    pub(super) problems: Vec<ProseProblem>,
}

/// The state at one point of the body.
pub(super) struct Writer<'w, 's, I> {
    pub(super) source: &'s Source<'s>,
    pub(super) events: I,
    pub(super) set: &'w Setting<'w>,
    /// What is written so far, of the body or of the footnote around this point.
    pub(super) html: String,
    pub(super) problems: Vec<ProseProblem>,
    /// The answers still to come.
    pub(super) resolved: &'w [Resolved],
    pub(super) mentions: &'w [ResolvedMention],
    pub(super) headings: &'w [Heading],
    pub(super) open_mention: Option<OpenMention>,
    /// What closes each link around this point.
    pub(super) link_ends: Vec<&'static str>,
    pub(super) table: Table,
    pub(super) footnotes: Footnotes,
    pub(super) nest: Nest<usize>,
    pub(super) notes: Notes<'w>,
}

/// Writes the HTML of a body's events.
pub(super) fn write<'s>(source: &'s Source<'_>, events: impl Events<'s>, set: &Setting<'_>) -> Written {
    let mut writer = Writer {
        source,
        events,
        set,
        html: String::with_capacity(source.body().len() * 3 / 2),
        problems: Vec::new(),
        resolved: set.resolved,
        mentions: set.mentions,
        headings: set.headings,
        open_mention: None,
        link_ends: Vec::new(),
        table: Table::default(),
        footnotes: Footnotes::default(),
        nest: Nest::new(),
        notes: Notes::default(),
    };
    while let Some((event, range)) = writer.events.next() {
        writer.event(event, range);
    }
    writer.write_footnotes();
    Written { html: writer.html, problems: writer.problems }
}

impl<'s, I: Events<'s>> Writer<'_, 's, I> {
    fn event(&mut self, event: Event<'s>, range: Range<usize>) {
        // A mention is text alone; one that is not would leave its link open across markup.
        if !matches!(event, Event::Text(_) | Event::SoftBreak) {
            self.close_mention();
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => self.code_span(&code),
            Event::InlineMath(formula) => self.formula(&formula, range, false),
            Event::DisplayMath(formula) => self.formula(&formula, range, true),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::SoftBreak => self.text("\n", range),
            Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => self.line("<hr>\n"),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    fn start(&mut self, tag: Tag<'s>, range: Range<usize>) {
        self.nest.enter(&tag);
        self.enter_block(&tag, &range);
        match tag {
            Tag::Paragraph => self.line("<p>"),
            Tag::Heading { level, classes, .. } => self.start_heading(level as u8, &classes),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.code_block(&kind, range),
            Tag::HtmlBlock => self.html_block(range),
            Tag::List(start) => self.start_list(start),
            Tag::Item => self.line("<li>"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label),
            Tag::DefinitionList => self.line("<dl>\n"),
            Tag::DefinitionListTitle => self.line("<dt>"),
            Tag::DefinitionListDefinition => self.line("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_table_head(),
            Tag::TableRow => self.start_table_row(),
            Tag::TableCell => self.start_table_cell(),
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Strikethrough => self.html.push_str("<del>"),
            Tag::Superscript => self.html.push_str("<sup>"),
            Tag::Subscript => self.html.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, range),
            Tag::Image { dest_url, title, .. } => self.image(&dest_url, &title, range),
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        self.close(end);
        self.leave_block(end);
    }

    fn close(&mut self, end: TagEnd) {
        // Components left open stay as what they wrapped; the outline has reported them.
        drop(self.nest.exit(end));
        self.html.push_str(match end {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(level) => return self.end_heading(level as u8),
            TagEnd::BlockQuote(kind) => self.end_quote(kind),
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => return self.end_footnote(),
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => "</tbody>\n</table>\n</div>\n",
            TagEnd::TableHead => "</tr>\n</thead>\n<tbody>\n",
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => self.end_table_cell(),
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Superscript => "</sup>",
            TagEnd::Subscript => "</sub>",
            TagEnd::Link => self.link_ends.pop().unwrap_or_default(),
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::Image | TagEnd::MetadataBlock(_) => "",
        });
    }

    /// Writes what opens a block, on a line of its own.
    pub(super) fn line(&mut self, open: &str) {
        if !self.html.is_empty() && !self.html.ends_with('\n') {
            self.html.push('\n');
        }
        self.html.push_str(open);
    }

    /// Drops events up to the end of the element that was just entered.
    pub(super) fn skip_element(&mut self) {
        let mut depth = 1_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }
}
