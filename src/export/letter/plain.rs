//! A letter as plain text: lines of 72 characters, and links as numbers with their addresses at the end.

use rustc_hash::FxHashMap;

use super::Letter;
use super::escape::unescaped;
use crate::export::article::{Piece, Tag, pieces};
use crate::speech::{counted, say};

/// How long a line may be, so that a mail program leaves it alone when it quotes it.
const WIDTH: usize = 72;

/// Writes a letter.
pub(super) fn letter(letter: &Letter<'_>) -> String {
    let mut text = Plain { page: letter.article.page.clone(), ..Plain::default() };
    text.title(letter.title, '=');
    text.paragraph(&letter.byline());
    text.paragraph(letter.site);
    if let Some(summary) = letter.summary {
        text.paragraph(summary);
    }
    text.html(&letter.article.html());
    if !letter.claims.is_empty() {
        text.title(&say("rests_on", &[]), '-');
        for claim in &letter.claims {
            let value = claim.value.map(|value| format!(": {value}")).unwrap_or_default();
            let number = text.link(&claim.url);
            text.item(&format!("{}{value} ({}) [{number}]", claim.text, claim.behind()));
        }
        if letter.more > 0 {
            text.item(&counted("and_more", letter.more));
        }
        text.out.push('\n');
    }
    let page = text.link(&letter.article.page);
    text.paragraph(&format!("{} [{page}]", say("read_with_sources", &[])));
    text.finish()
}

/// Plain text as it is made.
#[derive(Debug, Default)]
struct Plain {
    /// The address of the page, to parts of which nothing leads here.
    page: String,
    out: String,
    /// The words of the paragraph that is not yet ended.
    line: String,
    /// The addresses so far with their numbers, the first being 1.
    links: FxHashMap<String, usize>,
    /// The links that are open: the address, and where their words begin.
    open: Vec<(String, usize)>,
    /// What stands around the paragraph, from the outside in.
    around: Vec<Around>,
    /// How many elements are open whose text is left out.
    left_out: usize,
    /// Whether the text is set as it is.
    verbatim: bool,
}

/// What a paragraph stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Around {
    /// A quotation.
    Quote,
    /// A list; a numbered one knows its next number.
    List(Option<usize>),
    /// An item of it, whose mark is not yet written.
    Marked,
    /// An item of it, whose mark is written.
    Item,
}

impl Plain {
    /// Gives the number of an address.
    fn link(&mut self, address: &str) -> usize {
        let next = self.links.len() + 1;
        *self.links.entry(address.to_owned()).or_insert(next)
    }

    fn title(&mut self, title: &str, rule: char) {
        let lines = wrapped(title, WIDTH);
        let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
        self.out.extend(lines.iter().flat_map(|line| [line, "\n"]));
        self.out.extend(std::iter::repeat_n(rule, longest.min(WIDTH)));
        self.out.push_str("\n\n");
    }

    fn paragraph(&mut self, text: &str) {
        self.line.push_str(text);
        self.end_paragraph();
    }

    fn item(&mut self, text: &str) {
        let lines = wrapped(text, WIDTH - 2);
        for (at, line) in lines.iter().enumerate() {
            self.out.extend([if at == 0 { "- " } else { "  " }, line, "\n"]);
        }
    }

    /// Adds HTML that this program wrote.
    fn html(&mut self, html: &str) {
        for piece in pieces(html) {
            match piece {
                Piece::Text(_) if self.left_out > 0 => {}
                Piece::Text(text) if self.verbatim => self.line.push_str(&unescaped(text)),
                Piece::Text(text) => self.words(&unescaped(text)),
                Piece::Tag(tag) if tag.is_end() => self.end(tag),
                Piece::Tag(tag) => self.start(tag),
            }
        }
        self.end_paragraph();
        self.around.clear();
    }

    /// Adds words, with one space for any white space.
    fn words(&mut self, text: &str) {
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with(' ') {
                self.line.push(' ');
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag.name() {
            "script" | "style" | "svg" | "annotation" => self.left_out += 1,
            "a" => {
                let href = tag.attribute("href").map(|href| unescaped(href).into_owned());
                self.open.push((href.unwrap_or_default(), self.line.len()));
            }
            "img" => self.words(&unescaped(tag.attribute("alt").unwrap_or_default())),
            "br" => self.end_line(),
            "hr" => self.paragraph("* * *"),
            "pre" => {
                self.end_paragraph();
                self.verbatim = true;
            }
            "blockquote" => self.stand_in(Around::Quote),
            "ul" => self.stand_in(Around::List(None)),
            "ol" => {
                let first = tag.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.stand_in(Around::List(Some(first)));
            }
            "li" => self.stand_in(Around::Marked),
            "sup" => self.line.push('('),
            "td" | "th" if !self.line.is_empty() => self.line.push_str(" | "),
            name if is_block(name) => self.end_paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, tag: Tag<'_>) {
        match tag.name() {
            "script" | "style" | "svg" | "annotation" => self.left_out = self.left_out.saturating_sub(1),
            "a" => self.end_link(),
            "pre" => self.end_verbatim(),
            "sup" => self.line.push(')'),
            "tr" => self.end_line(),
            "li" | "ul" | "ol" | "blockquote" => {
                self.end_paragraph();
                self.around.pop();
            }
            name if is_block(name) => self.end_paragraph(),
            _ => {}
        }
    }

    fn stand_in(&mut self, around: Around) {
        self.end_paragraph();
        self.around.push(around);
    }

    fn end_link(&mut self) {
        let Some((href, from)) = self.open.pop() else { return };
        let words = self.line.get(from..).unwrap_or_default().trim();
        let is_here = href.split_once('#').is_some_and(|(page, _)| page == self.page);
        if href.is_empty() || words == href || is_here {
            return;
        }
        let number = self.link(&href);
        let mark = format!(" [{number}]");
        self.line.push_str(&mark);
    }

    fn end_verbatim(&mut self) {
        self.verbatim = false;
        let text = std::mem::take(&mut self.line);
        for line in text.trim_end().lines() {
            let prefix = self.prefix();
            self.out.extend([&*prefix, "    ", line, "\n"]);
        }
        self.out.push('\n');
    }

    /// Ends a line within a paragraph.
    fn end_line(&mut self) {
        let text = std::mem::take(&mut self.line);
        if text.trim().is_empty() {
            return;
        }
        let first = self.prefix();
        let room = WIDTH.saturating_sub(first.chars().count()).max(WIDTH / 3);
        for (at, line) in wrapped(&text, room).iter().enumerate() {
            let prefix = if at == 0 { first.clone() } else { self.prefix() };
            self.out.extend([&prefix, &**line, "\n"]);
        }
    }

    fn end_paragraph(&mut self) {
        if self.line.trim().is_empty() {
            self.line.clear();
            return;
        }
        self.end_line();
        self.out.push('\n');
    }

    /// Writes what stands before a line; the mark of an item stands before its first.
    fn prefix(&mut self) -> String {
        let (mut prefix, mut number) = (String::new(), None);
        for around in &mut self.around {
            match around {
                Around::Quote => prefix.push_str("> "),
                Around::List(next) => number = Some(next),
                Around::Item => prefix.push_str("  "),
                Around::Marked => {
                    match number.take() {
                        Some(Some(next)) => {
                            prefix.push_str(&format!("{next}. "));
                            *next = next.saturating_add(1);
                        }
                        _ => prefix.push_str("- "),
                    }
                    *around = Around::Item;
                }
            }
        }
        prefix
    }

    /// Ends the text with the addresses.
    fn finish(mut self) -> String {
        let mut links: Vec<(String, usize)> = self.links.into_iter().collect();
        links.sort_unstable_by_key(|(_, number)| *number);
        for (link, number) in links {
            self.out.push_str(&format!("[{number}] {link}\n"));
        }
        self.out
    }
}

/// Tells whether an element begins and ends a paragraph.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "aside"
            | "figure"
            | "figcaption"
            | "table"
            | "tr"
            | "caption"
            | "dl"
            | "dt"
            | "dd"
            | "details"
            | "summary"
    )
}

/// Cuts a text into lines; a word that is longer than a line has one of its own.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let (mut lines, mut room) = (Vec::<String>::new(), 0);
    for word in text.split_ascii_whitespace() {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if length < room => {
                line.push(' ');
                line.push_str(word);
                room -= length + 1;
            }
            _ => {
                lines.push(word.to_owned());
                room = width.saturating_sub(length);
            }
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plain(html: &str) -> String {
        let mut text = Plain::default();
        text.html(html);
        text.finish()
    }

    #[test]
    fn html_becomes_text_that_reads_the_same() {
        assert_eq!(plain("<p>R&amp;D\n<em>grew</em>.</p><p>So.</p>"), "R&D grew.\n\nSo.\n\n");
        assert_eq!(plain("<p><a href=\"https://a/?b&amp;c\">It</a>.</p>"), "It [1].\n\n[1] https://a/?b&c\n");
        assert_eq!(plain("<p><a href=\"https://a/\">https://a/</a></p>"), "https://a/\n\n");
        assert_eq!(plain("<blockquote><p>Said</p></blockquote>"), "> Said\n\n");
        assert_eq!(plain("<pre><code>a  b\n c</code></pre>"), "    a  b\n     c\n\n");
        assert_eq!(
            plain("<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>"),
            "A | B\n1 | 2\n"
        );
        assert_eq!(plain("<script>x</script><p>y</p>"), "y\n\n");
    }

    #[test]
    fn what_leads_to_the_page_itself_has_no_number() {
        let mut text = Plain { page: "https://a/".to_owned(), ..Plain::default() };
        text.html("<h2>So</h2><p>It<sup><a href=\"https://a/#fn-1\">1</a></sup>.</p>");
        assert_eq!(text.finish(), "So\n\nIt(1).\n\n");
    }

    #[test]
    fn items_have_marks_and_hang_from_them() {
        let html = "<ul><li>One <ol><li><p>a</p></li><li><p>b</p></li></ol></li><li>Two</li></ul>";
        assert_eq!(plain(html), "- One\n\n  1. a\n\n  2. b\n\n- Two\n\n");
    }

    proptest! {
        #[test]
        fn every_word_stays_in_its_order(words in prop::collection::vec("[a-z]{1,20}", 0..80)) {
            let lines = wrapped(&words.join(" "), WIDTH);
            prop_assert!(lines.iter().all(|line| line.chars().count() <= WIDTH));
            prop_assert_eq!(lines.join(" "), words.join(" "));
        }

        #[test]
        fn hostile_html_is_no_harm(html in "(<li>|</li>|<ol start=\"9\">|</ol>|<a href=\"x\">|</a>|<pre>|</pre>|<|x| ){0,40}") {
            plain(&html);
        }
    }
}
