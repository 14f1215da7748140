//! Front matter and body: where the one ends and the other begins.

use memchr::memchr;

use super::problem::{Problem, code};
use crate::text::Span;

/// The language of a front matter, told by its fence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Between lines of `+++`, the house form.
    Toml,
    /// Between lines of `---`.
    Yaml,
}

impl Format {
    /// Tells which front matter a line opens; spaces after the fence do not matter.
    fn opened_by(line: &str) -> Option<Self> {
        [Self::Toml, Self::Yaml].into_iter().find(|format| line.trim_ascii_end() == format.fence())
    }

    /// Returns the line that opens and closes a front matter in this language.
    fn fence(self) -> &'static str {
        match self {
            Self::Toml => "+++",
            Self::Yaml => "---",
        }
    }
}

/// A document cut in two, each part still knowing where in the file it stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document<'t> {
    /// The language of the front matter.
    pub format: Format,
    /// The fence that opens the front matter, which stands for the document where nothing nearer does.
    pub fence: Span,
    /// The text between the fences.
    pub matter: &'t str,
    /// The byte of the file at which `matter` starts.
    pub matter_start: u32,
    /// The text after the closing fence's line.
    pub body: &'t str,
    /// The byte of the file at which `body` starts.
    pub body_start: u32,
}

/// Cuts a document into its front matter and its body.
///
/// A byte order mark, `\r\n` and a missing last newline are fine. The first line that is nothing but the fence
/// closes the front matter, even inside a multi-line string, so that it can be found without parsing.
///
/// # Errors
/// `missing-front-matter` where the first line is not a fence, `unclosed-front-matter` where none follows it.
pub fn split(text: &str) -> Result<Document<'_>, Box<Problem>> {
    let (content, _) = without_bom(text);
    let offset = |rest: &str| text.len() - rest.len();

    let (first, after_fence) = first_line(content);
    let start = offset(content);
    let Some(format) = Format::opened_by(first) else {
        return Err(Box::new(missing(Span::new(start, start + first.trim_ascii_end().len()))));
    };
    let fence = Span::new(start, start + format.fence().len());

    let mut rest = after_fence;
    while !rest.is_empty() {
        let (line, after) = first_line(rest);
        if line.trim_ascii_end() == format.fence() {
            let (matter, _) = after_fence.split_at(after_fence.len() - rest.len());
            return Ok(Document {
                format,
                fence,
                matter,
                matter_start: Span::new(offset(after_fence), 0).start,
                body: after,
                body_start: Span::new(offset(after), 0).start,
            });
        }
        rest = after;
    }
    Err(Box::new(unclosed(format, fence)))
}

/// Drops a byte order mark, and says how many bytes it took.
pub(super) fn without_bom(text: &str) -> (&str, u32) {
    text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, 3))
}

/// Cuts off the first line together with its newline.
fn first_line(text: &str) -> (&str, &str) {
    let end = memchr(b'\n', text.as_bytes()).map_or(text.len(), |newline| newline + 1);
    text.split_at(end)
}

fn missing(span: Span) -> Problem {
    Problem::new(code::MISSING_FRONT_MATTER, "the first line opens no front matter", span)
        .help("put the keys at the very start of the file, between two lines of `+++` (TOML) or of `---` (YAML)")
}

fn unclosed(format: Format, fence: Span) -> Problem {
    let fence_text = format.fence();
    Problem::new(code::UNCLOSED_FRONT_MATTER, "the front matter is never closed", fence)
        .help(format!("put a line of `{fence_text}` after its last key"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits, and checks that both offsets point at the parts.
    fn parts(text: &str) -> (Format, &str, &str) {
        let document = split(text).expect("a document");
        assert!(text[document.matter_start as usize..].starts_with(document.matter));
        assert_eq!(&text[document.body_start as usize..], document.body);
        assert!(["+++", "---"].contains(&&text[document.fence.range()]));
        (document.format, document.matter, document.body)
    }

    #[test]
    fn the_fence_tells_the_language() {
        assert_eq!(parts("+++\na = 1\n+++\nBody\n"), (Format::Toml, "a = 1\n", "Body\n"));
        assert_eq!(parts("---\na: 1\n---\nBody\n"), (Format::Yaml, "a: 1\n", "Body\n"));
    }

    #[test]
    fn marks_line_ends_and_spaces_do_not_matter() {
        assert_eq!(parts("\u{feff}+++ \t\r\na = 1\r\n+++  \r\nBody"), (Format::Toml, "a = 1\r\n", "Body"));
        assert_eq!(parts("---\n---"), (Format::Yaml, "", ""));
    }

    #[test]
    fn only_a_whole_line_closes() {
        assert_eq!(parts("+++\na = '+++'\n ++++\n---\n+++\n+++\n").1, "a = '+++'\n ++++\n---\n");
    }

    #[test]
    fn a_first_line_that_is_no_fence_is_marked() {
        for (text, marked) in [("# Title\n+++\n", "# Title"), ("", ""), ("\n+++\n+++\n", ""), ("++++\n++++\n", "++++")]
        {
            let problem = split(text).expect_err("no front matter");
            assert_eq!((problem.code, &text[problem.span.range()]), ("missing-front-matter", marked));
            assert!(problem.help.is_some_and(|help| help.contains("`+++`")));
        }
    }

    #[test]
    fn an_unclosed_front_matter_is_marked_at_its_fence() {
        for text in ["\u{feff}+++\ntitle = 'x'\n---\n", "+++"] {
            let problem = split(text).expect_err("unclosed");
            assert_eq!((problem.code, &text[problem.span.range()]), ("unclosed-front-matter", "+++"));
        }
    }
}
