//! The running text of a body, block by block, with the figures in it.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::trigger::may_have;
use super::{Figure, scan};
use crate::prose::parser::Source;
use crate::prose::passage::Passage;

/// One block of prose: a paragraph, a heading, an item or a cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Its words without markup.
    pub text: String,
    /// Its figures, each with its bytes in `text`.
    pub figures: Vec<(Range<usize>, Figure)>,
}

/// Returns the blocks of a body that have words, in document order.
pub fn blocks(body: &str) -> Vec<Block> {
    let source = Source::new(body);
    let mut collector = Collector::new(body, true);
    let mut blocks = Vec::new();
    let mut keep = |passage: &Passage| {
        if passage.text().trim().is_empty() {
            return;
        }
        let mut block = Block { text: passage.text().to_owned(), figures: Vec::new() };
        read(passage, |range, figure| block.figures.push((range, figure)));
        blocks.push(block);
    };
    for (event, range) in source.events() {
        collector.event(&event, &range, &mut keep);
    }
    collector.end_block(&mut keep);
    blocks
}

/// Finds the figures of a passage.
fn read(passage: &Passage, mut found: impl FnMut(Range<usize>, Figure)) {
    scan(passage.text(), |figure| {
        let span = passage.span(figure.range.clone());
        let words = passage.text().get(figure.range.clone()).unwrap_or_default().into();
        found(figure.range, Figure { span, kind: figure.kind, words, quantity: figure.quantity });
    });
}

/// Puts the running text of blocks together from events; unlike the text for mentions it has links, quotes and
/// headings in it, and no marks where emphasis begins.
///
/// A paragraph, a heading or a cell without a number is not put together at all.
#[derive(Debug)]
pub(in crate::prose) struct Collector<'b> {
    body: &'b str,
    /// Whether every block is wanted, also one without a number.
    keeps_all: bool,
    /// Whether the block around this point is wanted.
    is_wanted: bool,
    passage: Passage,
    /// How many elements around this point have no running text: code, HTML, pictures, bare addresses.
    wordless: u32,
    /// For each link around this point, whether its text is its address.
    links: Vec<bool>,
}

impl<'b> Collector<'b> {
    /// Starts a body; `keeps_all` asks for blocks without a number too.
    pub(in crate::prose) fn new(body: &'b str, keeps_all: bool) -> Self {
        Self { body, keeps_all, is_wanted: true, passage: Passage::default(), wordless: 0, links: Vec::new() }
    }

    /// Takes one event; a block that ends with it is given away.
    pub(in crate::prose) fn event(
        &mut self,
        event: &Event<'_>,
        range: &Range<usize>,
        block: &mut impl FnMut(&Passage),
    ) {
        match event {
            Event::Text(_) | Event::SoftBreak | Event::HardBreak | Event::Code(_) if !self.is_wanted => {}
            Event::Text(text) if self.wordless == 0 => self.passage.push(text, range.clone()),
            Event::SoftBreak | Event::HardBreak => self.passage.push(" ", range.clone()),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::InlineHtml(_) => {
                self.passage.gap(range.start);
            }
            Event::Start(tag) => self.start(tag, range, block),
            Event::End(end) => self.end(end, block),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>, block: &mut impl FnMut(&Passage)) {
        match tag {
            Tag::Link { link_type, .. } => {
                let is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
                self.links.push(is_address);
                self.wordless += u32::from(is_address);
            }
            Tag::Image { .. } => self.wordless += 1,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            tag => {
                self.end_block(block);
                self.is_wanted = self.keeps_all || !is_leaf(tag) || self.body.get(range.clone()).is_none_or(may_have);
                self.wordless += u32::from(is_wordless(&tag.to_end()));
            }
        }
    }

    fn end(&mut self, end: &TagEnd, block: &mut impl FnMut(&Passage)) {
        match end {
            TagEnd::Link => {
                let was_address = self.links.pop().unwrap_or_default();
                self.wordless = self.wordless.saturating_sub(u32::from(was_address));
            }
            TagEnd::Image => self.wordless = self.wordless.saturating_sub(1),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            end => {
                self.end_block(block);
                self.is_wanted = true;
                self.wordless = self.wordless.saturating_sub(u32::from(is_wordless(end)));
            }
        }
    }

    /// Gives the block away that ends here.
    pub(in crate::prose) fn end_block(&mut self, block: &mut impl FnMut(&Passage)) {
        if !self.passage.text().is_empty() {
            block(&self.passage);
            self.passage.clear();
        }
    }
}

/// Finds the figures of a block for the outline.
pub(in crate::prose) fn add_figures(passage: &Passage, figures: &mut Vec<Figure>) {
    read(passage, |_, figure| figures.push(figure));
}

/// Tells whether a block has no blocks in it, so that a look at all of its bytes is the only one.
fn is_leaf(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell)
}

fn is_wordless(end: &TagEnd) -> bool {
    matches!(end, TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_))
}
