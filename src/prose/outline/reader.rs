//! The walk over a body's events that fills its outline.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::{Heading, Outline, Reading, Reference, ReferenceKind};
use crate::prose::address::Address;
use crate::prose::component::{self, Line};
use crate::prose::figures::{Collector, add_figures};
use crate::prose::footnote::FootnoteUse;
use crate::prose::ids::{Ids, slug};
use crate::prose::mention::Finder;
use crate::prose::nest::Nest;
use crate::prose::parser::{Source, is_comment};
use crate::prose::passage::Passage;
use crate::prose::problem::ProseProblem;
use crate::prose::terms::{Place, TermCounter};
use crate::text::Span;

/// Reads the events of a body one by one.
pub(super) fn read(body: &str, reading: &Reading<'_>) -> Outline {
    let source = Source::new(body);
    let mut reader = Reader::new(&source, reading);
    for (event, range) in source.events() {
        reader.event(event, range);
    }
    reader.finish()
}

/// What is known at one point of the body.
struct Reader<'r> {
    source: &'r Source<'r>,
    reading: &'r Reading<'r>,
    outline: Outline,
    /// The ids that headings give themselves, beside `outline.headings`.
    own_ids: Vec<Option<Box<str>>>,
    finder: Option<Finder<'r>>,
    passage: Passage,
    /// The running text that figures are looked for in, where they are wanted.
    running: Option<Collector<'r>>,
    /// How many elements around this point hold no mentions.
    silent: u32,
    /// How many elements around this point hold no words: code, HTML.
    wordless: u32,
    in_word: bool,
    /// The words of the heading around this point.
    heading: Option<String>,
    /// The references around this point, by their place in the outline.
    open_references: Vec<Option<usize>>,
    nest: Nest<()>,
    footnotes: FootnoteUse,
    raw_html_seen: bool,
}

impl<'r> Reader<'r> {
    fn new(source: &'r Source<'r>, reading: &'r Reading<'r>) -> Self {
        let terms = reading.lexicon.map_or_else(TermCounter::default, |_| TermCounter::new());
        Self {
            source,
            reading,
            outline: Outline { terms, ..Outline::default() },
            own_ids: Vec::new(),
            finder: Finder::new(source.body(), reading),
            passage: Passage::default(),
            running: reading.figures.then(|| Collector::new(source.body(), false)),
            silent: 0,
            wordless: 0,
            in_word: false,
            heading: None,
            open_references: Vec::new(),
            nest: Nest::new(),
            footnotes: FootnoteUse::default(),
            raw_html_seen: false,
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if let Some(running) = &mut self.running {
            running.event(&event, &range, &mut |passage| add_figures(passage, &mut self.outline.figures));
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(end) => self.end(end, range),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.opaque(&text, range),
            Event::InlineHtml(html) => self.raw_html(&html, range),
            Event::SoftBreak => self.text(" ", range),
            Event::HardBreak => self.opaque(" ", range),
            Event::FootnoteReference(label) => {
                self.footnotes.number(&label);
            }
            Event::Html(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if is_block(&tag.to_end()) {
            self.end_block();
        }
        self.nest.enter(&tag);
        self.silent += u32::from(is_silent(&tag.to_end()));
        match tag {
            Tag::Heading { level, id, .. } => self.start_heading(level as u8, id, range),
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, dest_url, range),
            Tag::Image { link_type, dest_url, .. } => self.start_image(link_type, dest_url, range),
            Tag::FootnoteDefinition(label) => self.footnotes.define(&label, range.into()),
            Tag::CodeBlock(_) => self.wordless += 1,
            Tag::HtmlBlock => {
                self.wordless += 1;
                self.html_block(range);
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.passage.seam(range.start),
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd, range: Range<usize>) {
        if is_block(&end) {
            self.end_block();
        }
        self.silent = self.silent.saturating_sub(u32::from(is_silent(&end)));
        self.outline.problems.extend(self.nest.exit(end).map(|call| unclosed(&call)));
        match end {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Link | TagEnd::Image => {
                self.open_references.pop();
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.wordless = self.wordless.saturating_sub(1),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.passage.seam(range.end),
            _ => {}
        }
    }

    /// Looks for names in the block that ends here.
    fn end_block(&mut self) {
        self.in_word = false;
        if let Some(finder) = &mut self.finder
            && !self.passage.text().is_empty()
        {
            finder.read(&self.passage, &mut self.outline.mentions);
        }
        self.passage.clear();
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if self.wordless > 0 {
            return;
        }
        self.count_words(text);
        self.count_terms(text);
        self.add_words_to_open(text);
        if self.silent == 0 && self.finder.is_some() {
            self.passage.push(text, range);
        }
    }

    /// Takes code or a formula: words of a heading or a link, but nothing to look for names in.
    fn opaque(&mut self, text: &str, range: Range<usize>) {
        self.count_words(text);
        self.add_words_to_open(text);
        self.passage.gap(range.start);
    }

    /// Counts the words that start in this text; one may have started in the text before.
    fn count_words(&mut self, text: &str) {
        let (Some(first), Some(last)) = (text.bytes().next(), text.bytes().next_back()) else { return };
        let starts = |pair: &[u8]| u32::from(is_space(pair[0]) & !is_space(pair[1]));
        self.outline.words += u32::from(!is_space(first) && !self.in_word);
        self.outline.words += text.as_bytes().windows(2).map(starts).sum::<u32>();
        self.in_word = !is_space(last);
    }

    fn count_terms(&mut self, text: &str) {
        let Some(lexicon) = self.reading.lexicon else { return };
        let place = if self.heading.is_some() { Place::Heading } else { Place::Body };
        self.outline.terms.add(lexicon, place, text);
    }

    fn add_words_to_open(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
        if !text.trim().is_empty() {
            self.fill_reference();
        }
    }

    /// Notes that the innermost reference has words.
    fn fill_reference(&mut self) {
        let innermost = self.open_references.last().copied().flatten();
        if let Some(reference) = innermost.and_then(|at| self.outline.references.get_mut(at)) {
            reference.empty = false;
        }
    }

    fn start_heading(&mut self, level: u8, id: Option<CowStr<'_>>, range: Range<usize>) {
        if let Some(finder) = &mut self.finder {
            finder.next_section();
        }
        self.heading = Some(String::new());
        self.own_ids.push(id.map(|id| Box::from(&*id)));
        self.outline.headings.push(Heading { level, id: "".into(), text: "".into(), span: range.into() });
    }

    fn end_heading(&mut self) {
        if let (Some(words), Some(heading)) = (self.heading.take(), self.outline.headings.last_mut()) {
            heading.text = words.trim().into();
        }
    }

    fn start_link(&mut self, link_type: LinkType, target: CowStr<'_>, range: Range<usize>) {
        self.passage.gap(range.start);
        let wordless = matches!(link_type, LinkType::WikiLink { has_pothole: false });
        let (kind, target, target_span) = self.sort(link_type, target, &range);
        // The text of `<claim:x>` is its address, not words.
        let wordless = wordless || (kind == ReferenceKind::Claim && link_type == LinkType::Autolink);
        self.open(Reference { span: range.into(), kind, target, target_span, empty: true }, wordless);
    }

    fn start_image(&mut self, link_type: LinkType, target: CowStr<'_>, range: Range<usize>) {
        self.passage.gap(range.start);
        self.fill_reference();
        let (kind, target, target_span) = self.sort(link_type, target, &range);
        let kind = if kind == ReferenceKind::External { kind } else { ReferenceKind::Image };
        self.open(Reference { span: range.into(), kind, target, target_span, empty: true }, false);
    }

    /// Adds a reference; what follows up to its end gives it words, unless they are not the author's.
    fn open(&mut self, reference: Reference, wordless: bool) {
        self.open_references.push((!wordless).then_some(self.outline.references.len()));
        self.outline.references.push(reference);
    }

    /// Sorts a target, reports an unsafe one, and finds where it is written.
    fn sort(
        &mut self,
        link_type: LinkType,
        target: CowStr<'_>,
        range: &Range<usize>,
    ) -> (ReferenceKind, Box<str>, Span) {
        let span = self.source.span_of(&target).unwrap_or_else(|| range.clone().into());
        match (link_type, Address::of(&target)) {
            (LinkType::WikiLink { .. }, _) => (ReferenceKind::Wiki, target.trim().into(), span),
            (LinkType::Email, _) => (ReferenceKind::External, format!("mailto:{target}").into(), span),
            (_, Address::Claim(id)) => {
                let skip = target.len() - id.len();
                let exact = span.range().len() == target.len();
                (ReferenceKind::Claim, id.into(), if exact { span.part(skip..target.len()) } else { span })
            }
            (_, Address::Internal) => (ReferenceKind::Link, target.as_ref().into(), span),
            (_, address @ Address::External(_)) => {
                if !self.reading.trusted && !address.is_safe() {
                    self.outline.problems.push(unsafe_link(&address, span));
                }
                (ReferenceKind::External, target.as_ref().into(), span)
            }
        }
    }

    fn html_block(&mut self, range: Range<usize>) {
        match self.source.call_in(&range) {
            Some((line, span)) => self.component(line, span),
            None => {
                let html = self.source.body().get(range.clone()).unwrap_or_default();
                self.raw_html(html, range);
            }
        }
    }

    /// Warns of raw HTML once, at the first; a comment is nobody's business.
    fn raw_html(&mut self, html: &str, range: Range<usize>) {
        self.passage.gap(range.start);
        if self.reading.trusted || self.raw_html_seen || is_comment(html) {
            return;
        }
        self.raw_html_seen = true;
        let start = html.len() - html.trim_start().len();
        let span = Span::from(range).part(start..start + html.trim().lines().next().unwrap_or_default().len());
        let problem = ProseProblem::warning("raw-html", "raw HTML is shown as text", span);
        self.outline
            .problems
            .push(problem.help("write it in Markdown or as a component, or trust the content in site.toml"));
    }

    fn component(&mut self, line: &str, span: Span) {
        match component::parse(line, span) {
            Ok(Line::Call(call)) => {
                if call.has_body && !self.nest.open(call.clone(), ()) {
                    self.component_problem("components nest too deep", span);
                }
                self.outline.components.push(call);
            }
            Ok(Line::Close(name)) => {
                if self.nest.close(&name).is_none() {
                    self.component_problem(format!("`</{name}>` closes nothing that is open here"), span);
                }
            }
            Err(message) => self.component_problem(message, span),
        }
    }

    fn component_problem(&mut self, message: impl Into<String>, span: Span) {
        let problem = ProseProblem::error("component-syntax", message, span);
        let help = "a component is called as `{{<name key=\"text\"/>}}`, or between `{% <name> %}` and `{% </name> %}`";
        self.outline.problems.push(problem.help(help));
    }

    fn finish(mut self) -> Outline {
        self.end_block();
        if let Some(running) = &mut self.running {
            running.end_block(&mut |passage| add_figures(passage, &mut self.outline.figures));
        }
        self.outline.problems.extend(self.nest.finish().map(|call| unclosed(&call)));
        self.outline.problems.extend(self.footnotes.problems());
        give_ids(&mut self.outline, &self.own_ids, self.reading.reserved);
        self.outline.problems.sort_by_key(|problem| problem.span);
        self.outline
    }
}

/// Gives each heading its id: first those that name their own, then the others by their words.
fn give_ids(outline: &mut Outline, own: &[Option<Box<str>>], reserved: &[&str]) {
    let mut ids = Ids::reserving(reserved);
    let Outline { headings, problems, .. } = outline;
    let mut unnamed = Vec::new();
    for (heading, own) in headings.iter_mut().zip(own) {
        match own {
            Some(id) if ids.take(id) => heading.id = id.clone(),
            Some(id) => {
                let problem = ProseProblem::warning("duplicate-id", format!("the id `{id}` is taken"), heading.span);
                problems.push(problem.help("give the heading another `{#id}`, or none"));
                unnamed.push(heading);
            }
            None => unnamed.push(heading),
        }
    }
    for heading in unnamed {
        heading.id = ids.take_free(&slug(&heading.text));
    }
}

fn unclosed(call: &component::ComponentCall) -> ProseProblem {
    let message = format!("`<{}>` is not closed", call.name);
    let help = format!("end it with `{{% </{}> %}}` on a line of its own, in the same list item or quote", call.name);
    ProseProblem::error("component-syntax", message, call.span).help(help)
}

fn unsafe_link(address: &Address<'_>, span: Span) -> ProseProblem {
    let message = match address {
        Address::External(scheme) => format!("a link with the scheme `{scheme}` is left out"),
        Address::Claim(_) | Address::Internal => "the link is left out".to_owned(),
    };
    ProseProblem::warning("unsafe-link", message, span)
        .help("use http, https, mailto, tel or ftp, or trust the content in site.toml")
}

/// Tells whether a tag ends the running text around it.
fn is_block(end: &TagEnd) -> bool {
    !matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

/// Tells whether names inside an element stay as they are: what is quoted, linked, titled or not prose.
fn is_silent(end: &TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Heading(_)
            | TagEnd::BlockQuote(None)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::MetadataBlock(_)
    )
}

/// Tells white space of ASCII from all else without a branch, so that words are counted many bytes at a time.
fn is_space(byte: u8) -> bool {
    (byte == b' ') | (byte.wrapping_sub(b'\t') < 5)
}
