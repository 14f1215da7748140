//! Places turned into what a reader sees: lines, columns and the text around them.
//!
//! Everything about a file is found in one walk over it, so that a thousand diagnostics on one long line cost no
//! more than one; then its text is dropped, and only the lines that were asked for stay.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Texts;
use super::clean::{clean, is_active};
use crate::diagnostic::Diagnostics;
use crate::text::{Place, Position, Span};

/// How many bytes of a line are drawn whole; of a longer one only a part is quoted.
const LINE: usize = 2000;
/// How many bytes are quoted on each side of the words meant; of these, twice as many.
const PART: usize = 60;

/// What is known of every place that some diagnostics name.
pub(super) struct Places<'d>(FxHashMap<(&'d str, Span), Spot>);

/// A place in a file that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The first character.
    pub(super) start: Position,
    /// The place after the last character.
    pub(super) end: Position,
    /// The first line of it.
    pub(super) excerpt: Excerpt,
}

/// The line that a place is in, or starts in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Excerpt {
    /// All of it, and the bytes meant.
    Line {
        /// The line without its end.
        text: String,
        /// The bytes of it that are meant.
        span: Range<usize>,
    },
    /// The words meant and some around them, of a line too long to be shown.
    Part {
        /// What is before them.
        before: String,
        /// The words.
        words: String,
        /// What is after them.
        after: String,
    },
}

impl<'d> Places<'d> {
    /// Finds the places of all diagnostics and their labels, asking for each file's text once.
    pub(super) fn of(diagnostics: &'d Diagnostics, texts: Texts<'_>) -> Self {
        let mut files: BTreeMap<&str, BTreeSet<Span>> = BTreeMap::new();
        for diagnostic in diagnostics.iter() {
            let labels = diagnostic.labels.iter().map(|label| &label.place);
            for place in diagnostic.place.iter().chain(labels).filter(|place| place.span != Span::default()) {
                files.entry(&place.file).or_default().insert(place.span);
            }
        }
        let found = files.into_par_iter().filter_map(|(file, spans)| {
            let text = texts(file)?;
            Some(locate(&text, spans).map(|(span, spot)| ((file, span), spot)).collect::<Vec<_>>())
        });
        Self(found.collect::<Vec<_>>().into_iter().flatten().collect())
    }

    /// Finds one; none where the file as a whole is meant, or could not be read.
    pub(super) fn get(&self, place: &'d Place) -> Option<&Spot> {
        self.0.get(&(&*place.file, place.span))
    }
}

/// Finds the spots of spans in a text; spans past its end or inside a character are held back.
fn locate(text: &str, spans: BTreeSet<Span>) -> impl Iterator<Item = (Span, Spot)> {
    let held = |span: Span| text.floor_char_boundary(span.start as usize)..text.floor_char_boundary(span.end as usize);
    let ends: BTreeSet<usize> = spans.iter().flat_map(|span| [held(*span).start, held(*span).end]).collect();
    let mut walk = Walk { text, at: 0, mark: Mark { position: Position { line: 1, column: 1 }, line_start: 0 } };
    let marks: BTreeMap<usize, Mark> = ends.into_iter().map(|end| (end, walk.to(end))).collect();
    spans.into_iter().filter_map(move |span| {
        let range = held(span);
        let (first, last) = (marks.get(&range.start)?, marks.get(&range.end)?);
        let excerpt = Excerpt::cut(text, first.line_start, range);
        Some((span, Spot { start: first.position, end: last.position, excerpt }))
    })
}

/// What is known of an offset.
#[derive(Clone, Copy)]
struct Mark {
    position: Position,
    /// The first byte of its line.
    line_start: usize,
}

/// A walk over a text that stops at ever later offsets.
struct Walk<'t> {
    text: &'t str,
    at: usize,
    mark: Mark,
}

impl Walk<'_> {
    /// Goes on to an offset and marks it.
    fn to(&mut self, offset: usize) -> Mark {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let passed = self.text.get(self.at..offset).unwrap_or_default();
        let mut tail = passed;
        if let Some((lines, last)) = passed.rsplit_once('\n') {
            let ends = lines.bytes().filter(|byte| *byte == b'\n').count() + 1;
            let line = self.mark.position.line.saturating_add(count(ends));
            self.mark = Mark { position: Position { line, column: 1 }, line_start: offset - last.len() };
            tail = last;
        }
        let columns = count(tail.chars().count());
        self.mark.position.column = self.mark.position.column.saturating_add(columns);
        self.at = offset;
        self.mark
    }
}

impl Excerpt {
    /// Cuts the line out that a range starts in; the range ends with the line at the latest.
    fn cut(text: &str, line_start: usize, range: Range<usize>) -> Self {
        let limit = text.floor_char_boundary(line_start.saturating_add(LINE));
        let ahead = text.get(range.start..limit);
        match ahead.map(|ahead| ahead.find('\n')) {
            Some(Some(length)) => Self::line(text, line_start..range.start + length, range),
            Some(None) if limit == text.len() => Self::line(text, line_start..limit, range),
            _ => Self::part(text, line_start, range),
        }
    }

    fn line(text: &str, line: Range<usize>, range: Range<usize>) -> Self {
        let start = line.start;
        let text = mask(text.get(line).unwrap_or_default().trim_end_matches('\r'));
        let held = |offset: usize| (offset - start).min(text.len());
        let span = held(range.start)..held(range.end);
        Self::Line { text, span }
    }

    fn part(text: &str, line_start: usize, range: Range<usize>) -> Self {
        let back = text.floor_char_boundary(range.start.saturating_sub(PART)).max(line_start);
        let end = text.floor_char_boundary(range.end.min(range.start.saturating_add(2 * PART)));
        let on = text.floor_char_boundary(end.saturating_add(PART));
        let slice = |range: Range<usize>| text.get(range).unwrap_or_default();
        let (words, after) = match slice(range.start..end).split_once('\n') {
            Some((words, _)) => (words, ""),
            None => (slice(range.start..end), slice(end..on).split('\n').next().unwrap_or_default()),
        };
        let [before, words, after] = [slice(back..range.start), words, after].map(|part| clean(part).into_owned());
        Self::Part { before, words, after }
    }
}

/// Replaces what acts on a terminal by signs of the same length in bytes, so that offsets hold.
///
/// Those of one byte are left to the drawing, which has a picture for each.
fn mask(line: &str) -> String {
    let sign = |c: char| match c.len_utf8() {
        _ if !is_active(c) => c,
        2 => '·',
        3 => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    line.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Locates one span and shows its ends as line and column, and its excerpt with the words between marks.
    fn spot(text: &str, start: usize, end: usize) -> (String, String) {
        let (_, spot) = locate(text, BTreeSet::from([Span::new(start, end)])).next().expect("every span has a spot");
        let shown = match spot.excerpt {
            Excerpt::Line { text, span } => {
                let (before, rest) = text.split_at(span.start);
                let (words, after) = rest.split_at(span.len());
                format!("{before}[{words}]{after}")
            }
            Excerpt::Part { before, words, after } => format!("..{before}[{words}]{after}.."),
        };
        let [start, end] = [spot.start, spot.end].map(|at| format!("{}:{}", at.line, at.column));
        (format!("{start}-{end}"), shown)
    }

    fn found(ends: &str, excerpt: &str) -> (String, String) {
        (ends.to_owned(), excerpt.to_owned())
    }

    #[test]
    fn spans_are_found_and_held_inside_the_text() {
        let text = "one\r\né two\n\nend";
        assert_eq!(spot(text, 0, 3), found("1:1-1:4", "[one]"));
        assert_eq!(spot(text, 8, 11), found("2:3-2:6", "é [two]"));
        assert_eq!(spot(text, 6, 11), found("2:1-2:6", "[é two]"));
        assert_eq!(spot(text, 8, 14), found("2:3-4:2", "é [two]"));
        assert_eq!(spot(text, 4, 5), found("1:5-2:1", "one[]"));
        assert_eq!(spot(text, 12, 12), found("3:1-3:1", "[]"));
        assert_eq!(spot(text, 14, 99), found("4:2-4:4", "e[nd]"));
        assert_eq!(spot(text, 98, 99), found("4:4-4:4", "end[]"));
        assert_eq!(spot("", 1, 2), found("1:1-1:1", "[]"));
    }

    #[test]
    fn a_huge_line_is_quoted_around_the_words() {
        let text = format!("first\n{}words{}", "é ".repeat(3_000_000), " x".repeat(500_000));
        let (ends, excerpt) = spot(&text, 9_000_006, 9_000_011);
        assert_eq!(ends, "2:6000001-2:6000006");
        assert_eq!(excerpt, format!("..{}[words]{}..", "é ".repeat(20), " x".repeat(30)));
        let (_, whole) = spot(&text, 6, 10_000_000);
        assert_eq!(whole, format!("..[{}]{}..", "é ".repeat(40), "é ".repeat(20)));
    }

    #[test]
    fn many_spans_on_a_huge_line_take_one_walk() {
        let text = "x".repeat(10_000_000);
        let spans: BTreeSet<_> = (0..10_000).map(|n| Span::new(n * 1000, n * 1000 + 5)).collect();
        let last = locate(&text, spans).last().expect("there are some").1;
        assert_eq!(last.end, Position { line: 1, column: 9_999_006 });
    }
}
