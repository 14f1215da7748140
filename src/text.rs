//! Places in source text: spans, lines and columns.

use std::ops::Range;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// A byte range in one source file.
///
/// Offsets are `u32`: no file over 4 GiB is read, and claims are kept by the hundred thousand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Makes a span of two byte offsets; an offset past 4 GiB is held at the limit.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The same range for slicing; the caller holds the text that it was made for.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Moves a span that was measured inside a slice to the file that the slice was cut from.
    #[must_use]
    pub fn shifted(self, by: u32) -> Self {
        Self { start: self.start.saturating_add(by), end: self.end.saturating_add(by) }
    }

    /// Narrows to a byte range inside this span, held within it.
    #[must_use]
    pub fn part(self, range: Range<usize>) -> Self {
        let at = |offset: usize| Span::new(offset, offset).start.saturating_add(self.start).min(self.end);
        Self { start: at(range.start), end: at(range.end).max(at(range.start)) }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A span together with the file that it is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file's path relative to the site's root, with `/` between folders.
    pub file: Arc<str>,
    /// The bytes meant, or an empty span at 0 for the file as a whole.
    pub span: Span,
}

impl Place {
    /// Names a span of a file.
    pub fn new(file: &Arc<str>, span: Span) -> Self {
        Self { file: Arc::clone(file), span }
    }

    /// Names a file as a whole.
    pub fn file(file: &Arc<str>) -> Self {
        Self::new(file, Span::default())
    }
}

/// A value and the bytes that it was read from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stood.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Keeps the place and changes the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The character in the line.
    pub column: u32,
}

/// The starts of a text's lines, so that many offsets are placed in n log n.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text; `\n` ends one, and a `\r` before it belongs to it.
    pub fn new(text: &'t str) -> Self {
        let after_newline = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(after_newline).collect() }
    }

    /// Finds the line and column of a byte offset; one inside a character or past the end is held back.
    pub fn position(&self, offset: u32) -> Position {
        let offset = self.text.floor_char_boundary((offset as usize).min(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let column = self.text[self.starts[line]..offset].chars().count();
        let count = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        Position { line: count(line), column: count(column) }
    }
}

/// Tells where a slice starts in the text that it was cut from.
#[inline]
pub fn offset_in(text: &str, part: &str) -> Option<usize> {
    let at = part.as_ptr().addr().checked_sub(text.as_ptr().addr())?;
    (at + part.len() <= text.len()).then_some(at)
}

/// Writes a text with a small letter at its start, as a message has it.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Brings two spellings of one name together: composed form, lower case, one space between words.
pub fn fold(name: &str) -> String {
    if name.is_ascii() && !name.contains("  ") {
        return name.trim().to_ascii_lowercase();
    }
    let lower: String = name.nfc().flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_from_one() {
        let lines = Lines::new("é1\r\nab\n");
        let at = |offset| (lines.position(offset).line, lines.position(offset).column);
        assert_eq!(
            [at(0), at(1), at(2), at(3), at(5), at(6), at(8), at(99)],
            [(1, 1), (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1), (3, 1)]
        );
    }

    #[test]
    fn composed_and_decomposed_spellings_are_one_name() {
        assert_eq!(fold("Cafe\u{301}  Noir"), fold("café noir"));
    }

    #[test]
    fn a_part_of_a_span_stays_inside_it() {
        assert_eq!(Span::new(10, 20).part(2..4), Span::new(12, 14));
        assert_eq!(Span::new(10, 20).part(8..40), Span::new(18, 20));
    }
}
