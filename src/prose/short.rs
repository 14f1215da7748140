//! Short texts of an author outside the body, such as a take, a takeaway or a claim.
//!
//! They are one paragraph of Markdown without blocks, under the rules for content that is not trusted.

use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::highlight::Highlighter;
use super::html::{Resolved, Setting, inline_html};
use super::outline::{Reading, Reference, ReferenceKind, outline};
use super::parser::{Source, is_comment};

/// Stands before the text while it is parsed, so that `2026. A year` or `# 1` starts no list or heading.
///
/// It is a bracket because emphasis and quotation marks open after one as they do at the start of a line.
const GUARD: &str = "(";

/// Nothing in a short text is coloured, so this never loads anything.
static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(Highlighter::new);

/// Sets a short text as inline HTML, with no block around it.
///
/// Emphasis, code, formulas, links that lead out of the site and those that the linker resolved are set; any other
/// link is its words alone, an image its description, and raw HTML is text.
pub fn inline(text: &str, resolved: &[Resolved]) -> String {
    let source = one_line(text);
    let source = Source::new(&source);
    let set = Setting {
        notes: None,
        headings: &[],
        resolved,
        mentions: &[],
        trusted: false,
        own_page: false,
        highlighter: &HIGHLIGHTER,
        component: &|_, _| Err(String::new()),
    };
    let html = inline_html(&source, inline_events(&source), &set);
    html.trim_end().to_owned()
}

/// Finds the links of a short text; their spans are those that [`inline`] has for them.
pub fn references(text: &str) -> Vec<Reference> {
    if !text.contains('[') {
        return Vec::new();
    }
    let mut references = outline(&one_line(text), &Reading::default()).references;
    references.retain(|reference| reference.kind != ReferenceKind::Image);
    references
}

/// Returns the words of a short text without its markup, not escaped.
pub fn plain(text: &str) -> String {
    let source = one_line(text);
    let source = Source::new(&source);
    let mut words = String::with_capacity(source.body().len());
    for (event, _) in inline_events(&source) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                words.push_str(&text)
            }
            Event::InlineHtml(html) if !is_comment(&html) => words.push_str(&html),
            _ => {}
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Writes a text as one line behind the guard: with one line there are no blocks to start.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(GUARD.len() + text.len());
    line.push_str(GUARD);
    for (at, part) in text.split_whitespace().enumerate() {
        if at > 0 {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}

/// Returns the events inside the one paragraph, without the guard and without images around their descriptions.
fn inline_events<'s>(source: &'s Source<'_>) -> impl Iterator<Item = (Event<'s>, std::ops::Range<usize>)> {
    let blocks = |event: &Event<'_>| {
        matches!(
            event,
            Event::Start(Tag::Paragraph | Tag::Image { .. }) | Event::End(TagEnd::Paragraph | TagEnd::Image)
        )
    };
    source.events().filter(move |(event, _)| !blocks(event)).map(|(event, range)| match event {
        Event::Text(text) if range.start == 0 => {
            (Event::Text(text.strip_prefix(GUARD).unwrap_or(&text).to_owned().into()), range)
        }
        event => (event, range),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_are_set_without_a_block() {
        for (text, html) in [
            ("Spending is *concentrated*, not \"withdrawn\".", "Spending is <em>concentrated</em>, not “withdrawn”."),
            ("_All_ of it", "<em>All</em> of it"),
            ("\"Quoted\" `a < b`", "“Quoted” <code>a &lt; b</code>"),
            ("2026. A year", "2026. A year"),
            ("# 1\n\n- and\n> more", "# 1 - and &gt; more"),
            ("$60–65 billion ($14.3 billion)", "$60–65 billion ($14.3 billion)"),
            (
                "[a](https://a.example) [b](b.md) [c](claim:c) [[d]]",
                "<a rel=\"external noopener\" href=\"https://a.example\">a</a> b c d",
            ),
            ("[x](javascript:alert(1)) <b>x</b>", "x &lt;b&gt;x&lt;/b&gt;"),
            ("![a *b*](c.png)", "a <em>b</em>"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("{{<chart/>}}", "{{&lt;chart/&gt;}}"),
            ("", ""),
            ("(a)", "(a)"),
        ] {
            assert_eq!(inline(text, &[]), html, "{text}");
        }
        assert!(inline("$x$ &amp; y", &[]).starts_with("<math>"));
    }

    #[test]
    fn links_are_found_where_they_are_set() {
        let text = "As [said](claim:c), see [[d]],\n  [](b.md) and [out](https://a.example)";
        let resolved = |reference: &Reference| Resolved {
            span: reference.span,
            href: format!("/{}", reference.target).into(),
            title: None,
            class: None,
            text: reference.empty.then(|| "Its title".into()),
            claim: None,
        };
        let references = references(text);
        let inside = references.iter().filter(|reference| reference.kind != ReferenceKind::External);
        assert_eq!(
            inline(text, &inside.map(resolved).collect::<Vec<_>>()),
            "As <a class=\"claim\" data-claim=\"c\" href=\"/c\">said</a>, see <a href=\"/d\">Its title</a>, \
             <a href=\"/b.md\">Its title</a> and <a rel=\"external noopener\" href=\"https://a.example\">out</a>"
        );
    }

    #[test]
    fn plain_texts_have_no_markup() {
        assert_eq!(plain("**Meta's** [cut](claim:x) & `code`"), "Meta’s cut & code");
        assert_eq!(plain("1. One"), "1. One");
    }
}
