//! The one way from a body to Markdown events, shared by both passes.
//!
//! Two things in a body are not Markdown, and Markdown would mangle them: component calls on lines of
//! their own, and dollar signs that mean money. Both are *masked* before parsing by other characters of the
//! same length, so that every offset stays true, and unmasked in the events. A call becomes an HTML
//! comment, which CommonMark keeps whole in any list or quote; a money sign becomes `%`, which means nothing
//! to it. In code, both come out again as they were written. Most bodies have neither, and are parsed as
//! they are.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag};

use super::component;
use super::dollar;
use crate::text::{Span, offset_in};

/// What the Markdown of a site can do beyond CommonMark.
///
/// Superscript and subscript are left out: `10^6 and 10^7` and `~600` are figures here, far more often than
/// markup. Math is added for the bodies that have some, see [`dollar`].
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_WIKILINKS);

/// Stands in for a dollar sign that means money: inert in Markdown, and allowed wherever `$` is.
const MONEY: char = '%';

/// A body made ready for the parser.
pub(crate) struct Source<'b> {
    body: &'b str,
    masked: Cow<'b, str>,
    options: Options,
}

impl<'b> Source<'b> {
    /// Masks what Markdown must not touch.
    pub(crate) fn new(body: &'b str) -> Self {
        let dollars = dollar::scan(body);
        let mut masks: Vec<Range<usize>> = component::call_lines(body);
        let options = if dollars.has_math {
            masks.extend(dollars.money.iter().map(|at| *at..at + 1));
            masks.sort_unstable_by_key(|mask| mask.start);
            OPTIONS | Options::ENABLE_MATH
        } else {
            OPTIONS
        };
        Self { body, masked: mask(body, &masks), options }
    }

    /// Returns the Markdown events in document order, each with its byte range in the body.
    ///
    /// Strings in them borrow from the body wherever the parser did not have to change them, so
    /// [`Source::span_of`] can tell where they stand.
    pub(crate) fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        Parser::new_ext(&self.masked, self.options)
            .into_offset_iter()
            .map(|(event, range)| (self.unmask(event, &range), range))
    }

    /// Returns the body that was given.
    pub(crate) fn body(&self) -> &'b str {
        self.body
    }

    /// Returns the component call that an HTML block is the mask of, with its place.
    pub(crate) fn call_in(&self, block: &Range<usize>) -> Option<(&'b str, Span)> {
        let text = self.body.get(block.clone())?;
        let call = text.trim();
        let start = block.start + (text.len() - text.trim_start().len());
        let masked = self.masked.get(start..start + call.len())?;
        (component::looks_like_call(call) && masked.starts_with("<!--"))
            .then(|| (call, Span::new(start, start + call.len())))
    }

    /// Finds where a string from an event stands in the body; none where the parser had to rewrite it.
    pub(crate) fn span_of(&self, part: &CowStr<'_>) -> Option<Span> {
        match part {
            CowStr::Borrowed(part) => offset_in(self.body, part).map(|at| Span::new(at, at + part.len())),
            CowStr::Boxed(_) | CowStr::Inlined(_) => None,
        }
    }

    /// Puts the body's own characters back into an event.
    fn unmask<'s>(&'s self, event: Event<'s>, range: &Range<usize>) -> Event<'s> {
        let event = match self.masked {
            Cow::Borrowed(_) => event,
            Cow::Owned(_) => self.unmask_strings(event, range),
        };
        match event {
            Event::InlineMath(formula) if !dollar::is_formula(&formula) => {
                Event::Text(self.body.get(range.clone()).unwrap_or_default().into())
            }
            event => event,
        }
    }

    fn unmask_strings<'s>(&'s self, event: Event<'s>, range: &Range<usize>) -> Event<'s> {
        let back = |text| self.unmask_string(text, range);
        match event {
            Event::Text(text) => Event::Text(back(text)),
            Event::Code(text) => Event::Code(back(text)),
            Event::InlineMath(text) => Event::InlineMath(back(text)),
            Event::DisplayMath(text) => Event::DisplayMath(back(text)),
            Event::Html(text) => Event::Html(back(text)),
            Event::InlineHtml(text) => Event::InlineHtml(back(text)),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(back(info))))
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: back(dest_url), title: back(title), id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Image { link_type, dest_url: back(dest_url), title: back(title), id })
            }
            event => event,
        }
    }

    /// Puts the body's own characters back into one string of the event at `range`.
    fn unmask_string<'s>(&'s self, text: CowStr<'s>, range: &Range<usize>) -> CowStr<'s> {
        match text {
            CowStr::Borrowed(part) => offset_in(&self.masked, part)
                .and_then(|at| self.body.get(at..at + part.len()))
                .map_or(CowStr::Borrowed(part), CowStr::Borrowed),
            rewritten => self.unmask_rewritten(rewritten, range),
        }
    }

    /// Puts money signs back into a string that the parser rewrote, such as an address with an entity.
    ///
    /// The string's percent signs are those of its source in the same order; an address and a title come
    /// last in a link, so they are paired from the end.
    fn unmask_rewritten<'s>(&self, text: CowStr<'s>, range: &Range<usize>) -> CowStr<'s> {
        let source = self.masked.get(range.clone()).unwrap_or_default();
        let was_money = |at: usize| self.body.as_bytes().get(range.start + at) == Some(&b'$');
        if !text.contains(MONEY) || !source.match_indices(MONEY).any(|(at, _)| was_money(at)) {
            return text;
        }
        let mut signs = source.rmatch_indices(MONEY).map(|(at, _)| was_money(at));
        let mut back: Vec<char> = text.chars().collect();
        for sign in back.iter_mut().rev().filter(|char| **char == MONEY) {
            if signs.next().unwrap_or(false) {
                *sign = '$';
            }
        }
        back.into_iter().collect::<String>().into()
    }
}

/// Tells whether HTML is nothing but one comment: the author's note, shown to nobody.
pub(crate) fn is_comment(html: &str) -> bool {
    html.trim().strip_prefix("<!--").and_then(|rest| rest.split_once("-->")).is_some_and(|(_, after)| after.is_empty())
}

/// Replaces the ranges, which are in order, by masks of the same length.
fn mask<'b>(body: &'b str, ranges: &[Range<usize>]) -> Cow<'b, str> {
    if ranges.is_empty() {
        return Cow::Borrowed(body);
    }
    let mut masked = String::with_capacity(body.len());
    let mut done = 0;
    for range in ranges.iter().filter(|range| range.start < range.end) {
        let Some(before) = body.get(done..range.start) else { continue };
        masked.push_str(before);
        match range.len() {
            1 => masked.push(MONEY),
            length => {
                masked.push_str("<!--");
                masked.extend(std::iter::repeat_n('.', length.saturating_sub(component::SHORTEST_MASK)));
                masked.push_str("-->");
            }
        }
        done = range.end;
    }
    masked.push_str(body.get(done..).unwrap_or_default());
    Cow::Owned(masked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(body: &str) -> Vec<String> {
        let source = Source::new(body);
        source
            .events()
            .filter_map(|(event, _)| match event {
                Event::Text(text) => Some(format!("text {text}")),
                Event::Code(text) => Some(format!("code {text}")),
                Event::InlineMath(text) => Some(format!("math {text}")),
                Event::Start(Tag::Link { dest_url, .. }) => Some(format!("link {dest_url}")),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn masked_money_comes_back_beside_math() {
        assert_eq!(
            strings("**$5** (50% of $10) [a](/x?p=$7&amp;q=5%) `$1` $x$"),
            ["text $5", "text  (50% of $10) ", "link /x?p=$7&q=5%", "text a", "text  ", "code $1", "text  ", "math x"]
        );
    }

    #[test]
    fn a_call_in_code_is_text() {
        assert_eq!(strings("```\n{{<chart company=\"é\"/>}}\n```"), ["text {{<chart company=\"é\"/>}}\n"]);
    }

    #[test]
    fn a_masked_body_keeps_its_length() {
        let body = "a\n{{<chart company=\"é\"/>}}\n> {% </note> %}\n$5 $x$";
        assert_eq!(Source::new(body).masked.len(), body.len());
    }
}
