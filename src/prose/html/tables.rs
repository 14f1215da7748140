//! Tables, each in a region that scrolls by itself and that a keyboard reaches.

use pulldown_cmark::Alignment;

use super::text::push_attribute;
use super::writer::{Events, Writer};
use crate::speech::say;

/// Where in a table the walk is.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

impl<'s, I: Events<'s>> Writer<'_, 's, I> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table { alignments, column: 0, in_head: false };
        self.line("<div class=\"table\" role=\"region\" aria-label=\"");
        push_attribute(&mut self.html, &say("table", &[]));
        self.html.push_str("\" tabindex=\"0\">\n<table>\n");
    }

    pub(super) fn start_table_head(&mut self) {
        self.table.in_head = true;
        self.table.column = 0;
        self.html.push_str("<thead>\n<tr>");
    }

    pub(super) fn start_table_row(&mut self) {
        self.table.in_head = false;
        self.table.column = 0;
        self.html.push_str("<tr>");
    }

    pub(super) fn start_table_cell(&mut self) {
        self.html.push_str(if self.table.in_head { "<th scope=\"col\"" } else { "<td" });
        self.html.push_str(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"left\">",
            Some(Alignment::Center) => " class=\"center\">",
            Some(Alignment::Right) => " class=\"right\">",
            Some(Alignment::None) | None => ">",
        });
        self.table.column += 1;
    }

    pub(super) fn end_table_cell(&self) -> &'static str {
        if self.table.in_head { "</th>" } else { "</td>" }
    }
}
