//! The running text of one block, put together from events, with the way back to its bytes in the body.

use std::ops::Range;

use crate::text::Span;

/// Stands where markup begins or ends: no part of a word, and no end of one either.
pub(super) const SEAM: char = '\u{2060}';

/// Stands for what is not to be read as text, such as code or a link.
const GAP: char = '\u{fffc}';

/// The text of one block.
#[derive(Debug, Default)]
pub(super) struct Passage {
    text: String,
    pieces: Vec<Piece>,
}

/// A part of the text that one stretch of the body was read as.
#[derive(Debug)]
struct Piece {
    at: usize,
    source: Range<usize>,
    /// Whether the text is the body's own, byte for byte.
    verbatim: bool,
}

impl Passage {
    /// Returns the text so far.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Empties it for the next block and keeps its memory.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// Adds the text that a range of the body was read as.
    pub(super) fn push(&mut self, text: &str, source: Range<usize>) {
        let verbatim = text.len() == source.len();
        match self.pieces.last_mut() {
            Some(last) if verbatim && last.verbatim && last.source.end == source.start => last.source.end = source.end,
            _ => self.pieces.push(Piece { at: self.text.len(), source, verbatim }),
        }
        self.text.push_str(text);
    }

    /// Marks where emphasis or the like begins or ends; a name may not run across.
    pub(super) fn seam(&mut self, at: usize) {
        self.mark(SEAM, at);
    }

    /// Marks where something was left out.
    pub(super) fn gap(&mut self, at: usize) {
        self.mark(GAP, at);
    }

    fn mark(&mut self, mark: char, at: usize) {
        self.pieces.push(Piece { at: self.text.len(), source: at..at, verbatim: false });
        self.text.push(mark);
    }

    /// Finds the bytes of the body that a range of the text was read from.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.source(range.start, false), self.source(range.end, true))
    }

    /// Finds one offset in the body; `ends` tells that it ends a range, and belongs to what is before it.
    fn source(&self, at: usize, ends: bool) -> usize {
        let after = self.pieces.partition_point(|piece| if ends { piece.at < at } else { piece.at <= at });
        let Some(piece) = after.checked_sub(1).and_then(|last| self.pieces.get(last)) else { return 0 };
        match (piece.verbatim, ends) {
            (true, _) => piece.source.start + (at - piece.at),
            (false, true) => piece.source.end,
            (false, false) => piece.source.start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_the_text_leads_back_to_the_body() {
        // AT&amp;T *and* x
        let mut passage = Passage::default();
        passage.push("AT", 0..2);
        passage.push("&", 2..7);
        passage.push("T ", 7..9);
        passage.seam(9);
        passage.push("and", 10..13);
        assert_eq!(passage.span(0..4), Span::new(0, 8));
        let and = 5 + SEAM.len_utf8();
        assert_eq!(passage.span(and..and + 3), Span::new(10, 13));
    }
}
