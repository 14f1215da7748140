//! YAML into a tree, by the rules of YAML 1.2 and within limits.
//!
//! The tree is built from the events of serde-saphyr's own parser rather than through its serde front: events give
//! exact byte ranges for lists and tables too, let all repeated keys be reported at once, and need no stack a level.
//! The limits that its front would set are therefore set here: depth, and how much aliases may copy.

mod copies;
mod scalar;

use std::borrow::Cow;
use std::collections::hash_map;

use rustc_hash::FxHashMap;
use serde_saphyr::granit_parser::{self as parser, ErrorKind, Event, Parser, ScanError, StructureStyle};

use self::copies::Copies;
use super::problem::{MAX_PROBLEMS, Problem, code};
use super::tree::{Entry, Kind, MAX_DEPTH, Node, too_deep};
use crate::text::{Span, Spanned};

/// Parses YAML that starts at byte `start` of its file; `root` is the place of the outermost table.
///
/// The parser stops at the first syntax error; the tree then holds what came before.
pub(super) fn parse(text: &str, start: u32, root: Span) -> (Node<'_>, Vec<Problem>) {
    let copies = Copies::of_file(text.len());
    let mut builder = Builder { text, start, copies, ..Builder::default() };
    if let Err(problem) = builder.read() {
        builder.problems.push(*problem);
    }
    let tree = match builder.finish() {
        None | Some(Node { kind: Kind::Null, .. }) => Node::new(Kind::Table(Vec::new()), root),
        Some(Node { kind: kind @ Kind::Table(_), .. }) => Node::new(kind, root),
        Some(other) => other,
    };
    (tree, builder.problems)
}

/// The tree as far as it is built.
#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    start: u32,
    root: Option<Node<'t>>,
    /// The lists and tables that are not closed yet, outermost first.
    open: Vec<Open<'t>>,
    /// Finished values that an alias may name, by the number of their anchor.
    anchors: FxHashMap<usize, Node<'t>>,
    copies: Copies,
    problems: Vec<Problem>,
}

/// A list or table whose end is still to come.
struct Open<'t> {
    inside: Inside<'t>,
    span: Span,
    style: StructureStyle,
    anchor: usize,
}

enum Inside<'t> {
    List(Vec<Node<'t>>),
    Table { entries: Vec<Entry<'t>>, seen: FxHashMap<Cow<'t, str>, Span>, next: Next<'t> },
}

/// What the next value of a table is.
enum Next<'t> {
    Key,
    ValueOf(Spanned<Cow<'t, str>>),
    /// The value of a key that was refused.
    Dropped,
}

type Step = Result<(), Box<Problem>>;

impl<'t> Builder<'t> {
    fn read(&mut self) -> Step {
        let options = parser::options! {
            emit_comments: false,
            emit_unresolved_aliases: true,
            flow_nesting_limit: MAX_DEPTH,
            block_nesting_limit: MAX_DEPTH,
        };
        for event in Parser::new_from_str_with_options(self.text, options) {
            let (event, range) = event.map_err(|error| Box::new(self.syntax(&error)))?;
            self.event(event, self.span(&range))?;
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'t>, span: Span) -> Step {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let kind = scalar::kind(text, style, tag.as_deref());
                self.finished(Node::new(kind, self.trimmed(span)), anchor)
            }
            Event::SequenceStart(style, anchor, _) => self.opened(Inside::List(Vec::new()), span, style, anchor),
            Event::MappingStart(style, anchor, _) => {
                let table = Inside::Table { entries: Vec::new(), seen: FxHashMap::default(), next: Next::Key };
                self.opened(table, span, style, anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => self.closed(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::UnresolvedAlias(name) => {
                let message = format!("nothing is anchored as `&{name}`");
                let help = "text that starts with `*` stands between quotes";
                self.problems.push(Problem::new(code::SYNTAX, message, span).help(help));
                self.add(Node::new(Kind::Null, span));
                Ok(())
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                Err(Box::new(Problem::new(code::SYNTAX, "a second YAML document starts here", span)))
            }
            _ => Ok(()),
        }
    }

    /// Starts a list or table.
    fn opened(&mut self, inside: Inside<'t>, span: Span, style: StructureStyle, anchor: usize) -> Step {
        if self.open.len() >= MAX_DEPTH {
            return Err(Box::new(too_deep(span)));
        }
        self.open.push(Open { inside, span, style, anchor });
        Ok(())
    }

    /// Ends the innermost list or table; `end` is the place of its closing bracket, if it has one.
    fn closed(&mut self, end: Span) -> Step {
        let Some(Open { inside, span, style, anchor }) = self.open.pop() else { return Ok(()) };
        let first = match &inside {
            Inside::List(items) => items.first().map(|item| item.span.end),
            Inside::Table { entries, .. } => entries.first().map(|(key, _)| key.span.end),
        };
        let end = match style {
            StructureStyle::Flow => end.end,
            StructureStyle::Block => first.unwrap_or(span.end),
        };
        let kind = match inside {
            Inside::List(items) => Kind::List(items),
            Inside::Table { entries, .. } => Kind::Table(entries),
        };
        self.finished(Node::new(kind, Span { start: span.start, end: end.max(span.start) }), anchor)
    }

    /// Takes a whole value, and keeps a copy where it is anchored.
    fn finished(&mut self, node: Node<'t>, anchor: usize) -> Step {
        if anchor != 0 {
            let copy = self.copy(&node, node.span)?;
            self.anchors.insert(anchor, copy);
        }
        self.add(node);
        Ok(())
    }

    /// Repeats an anchored value where an alias stands, placed at the alias.
    fn alias(&mut self, anchor: usize, span: Span) -> Step {
        let Some(node) = self.anchors.remove(&anchor) else {
            let message = "an alias cannot stand inside the value that it names";
            return Err(Box::new(Problem::new(code::SYNTAX, message, span)));
        };
        let mut copy = self.copy(&node, span)?;
        self.anchors.insert(anchor, node);
        copy.span = span;
        if let Kind::Text(text) = &mut copy.kind {
            *text = Cow::Owned(std::mem::take(text).into_owned());
        }
        self.add(copy);
        Ok(())
    }

    /// Copies a value, within the limits on depth and on all copies together.
    fn copy(&mut self, node: &Node<'t>, span: Span) -> Result<Node<'t>, Box<Problem>> {
        let depth = self.copies.add(node).map_err(|message| Box::new(Problem::new(code::SYNTAX, message, span)))?;
        if self.open.len() + depth > MAX_DEPTH {
            return Err(Box::new(too_deep(span)));
        }
        Ok(node.clone())
    }

    /// Puts a value where the innermost open list or table expects one.
    fn add(&mut self, node: Node<'t>) {
        match self.open.last_mut().map(|open| &mut open.inside) {
            None => self.root = Some(node),
            Some(Inside::List(items)) => items.push(node),
            Some(Inside::Table { entries, seen, next }) => {
                *next = match std::mem::replace(next, Next::Key) {
                    Next::Key => key(node, seen, &mut self.problems),
                    Next::ValueOf(key) => {
                        entries.push((key, node));
                        Next::Key
                    }
                    Next::Dropped => Next::Key,
                }
            }
        }
    }

    /// Closes what a syntax error left open, and hands out the tree.
    fn finish(&mut self) -> Option<Node<'t>> {
        let found = self.problems.len();
        while let Some(open) = self.open.last() {
            let end = open.span;
            if self.closed(end).is_err() {
                return None;
            }
        }
        self.problems.truncate(found.min(MAX_PROBLEMS));
        self.root.take()
    }

    fn syntax(&self, error: &ScanError) -> Problem {
        let at = error.marker().byte_offset().unwrap_or_default();
        let span = Span::new(at, at).shifted(self.start);
        if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
            return too_deep(span);
        }
        let info = error.info();
        let message = match info.split_once(", ") {
            Some((context, what)) if context.starts_with("while ") => what,
            _ => &info,
        };
        let help = matches!(error.kind(), ErrorKind::MappingValueNotAllowed)
            .then(|| "text with `: ` in it stands between quotes".to_owned());
        Problem::new(code::SYNTAX, message, span).maybe_help(help)
    }

    fn span(&self, range: &parser::Span) -> Span {
        Span::from(range.byte_range().unwrap_or_default()).shifted(self.start)
    }

    /// Leaves off the line ends that belong to the span of a block of text.
    fn trimmed(&self, span: Span) -> Span {
        let [from, to] = [span.start, span.end].map(|at| at.saturating_sub(self.start) as usize);
        let slice = self.text.get(from..to).unwrap_or_default();
        span.part(0..slice.trim_ascii_end().len())
    }
}

/// Takes a value as the next key, unless it is no scalar or has been there before.
fn key<'t>(node: Node<'t>, seen: &mut FxHashMap<Cow<'t, str>, Span>, problems: &mut Vec<Problem>) -> Next<'t> {
    let text = match node.kind {
        Kind::Text(text) | Kind::Number(text) => text,
        Kind::Bool(value) => Cow::Borrowed(if value { "true" } else { "false" }),
        other => {
            let message = format!("a key is text, and this is {}", other.name());
            problems.push(Problem::new(code::SYNTAX, message, node.span));
            return Next::Dropped;
        }
    };
    match seen.entry(text) {
        hash_map::Entry::Occupied(first) => {
            problems.push(Problem::duplicate_key(first.key(), node.span, Some(*first.get())));
            Next::Dropped
        }
        hash_map::Entry::Vacant(place) => {
            let key = Spanned::new(place.key().clone(), node.span);
            place.insert(node.span);
            Next::ValueOf(key)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows every value of a tree with its path and the text that it is placed at.
    fn places(node: &Node<'_>, path: &str, file: &str, out: &mut Vec<(String, String)>) {
        out.push((path.to_owned(), file[node.span.range()].to_owned()));
        match &node.kind {
            Kind::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    places(item, &format!("{path}.{index}"), file, out);
                }
            }
            Kind::Table(entries) => {
                for (key, value) in entries {
                    places(value, &format!("{path}.{}", key.value), file, out);
                }
            }
            _ => {}
        }
    }

    fn problems(text: &str) -> Vec<Problem> {
        parse(text, 0, Span::default()).1
    }

    #[test]
    fn every_value_knows_where_it_stands_in_the_file() {
        let file = "---\ntitle: \"é\"\nclaims:\n  - text: one\n  - value: {low: 14.30, high: [2]}\n    note: |\n      a\n      b\n---\n";
        let (tree, problems) = parse(&file[4..file.len() - 4], 4, Span::new(0, 3));
        assert_eq!(problems, []);
        let mut shown = Vec::new();
        places(&tree, "", file, &mut shown);
        let expected = [
            ("", "---"),
            (".title", "\"é\""),
            (".claims", "- text"),
            (".claims.0", "text"),
            (".claims.0.text", "one"),
            (".claims.1", "value"),
            (".claims.1.value", "{low: 14.30, high: [2]}"),
            (".claims.1.value.low", "14.30"),
            (".claims.1.value.high", "[2]"),
            (".claims.1.value.high.0", "2"),
            (".claims.1.note", "a\n      b"),
        ];
        let expected = expected.map(|(path, text)| (path.to_owned(), text.to_owned()));
        assert_eq!(shown, expected);
    }

    #[test]
    fn repeated_keys_are_all_reported_with_their_first_place() {
        let text = "a: 1\r\na: 2\r\nm: {b: 1, b: 2}\r\na: 3";
        let shown: Vec<_> =
            problems(text).into_iter().map(|p| (p.code, p.span.start, p.also.map(|a| a.0.start))).collect();
        assert_eq!(
            shown,
            [("duplicate-key", 6, Some(0)), ("duplicate-key", 22, Some(16)), ("duplicate-key", 29, Some(0))]
        );
    }

    #[test]
    fn an_alias_stands_where_it_is_written() {
        let text = "a: &x 8k\nb: *x\n";
        let (tree, problems) = parse(text, 0, Span::default());
        assert_eq!(problems, []);
        let Kind::Table(entries) = tree.kind else { panic!("no table") };
        assert_eq!(entries[1].1, Node::new(Kind::Text("8k".into()), Span::new(12, 14)));
    }

    #[test]
    fn an_alias_bomb_is_stopped() {
        let layers = (1..30).map(|n| format!("l{n}: &l{n} [*l{0}, *l{0}, *l{0}, *l{0}]\n", n - 1));
        let bomb = format!("l0: &l0 [x, x, x, x]\n{}", layers.collect::<String>());
        assert_eq!(
            problems(&bomb).pop().map(|p| p.message),
            Some("anchors and aliases repeat more than 10000 values".into())
        );

        let text = "x".repeat(100_000);
        let heavy = format!("a: &a \"{text}\\n\"\nb: [{}]", "*a, ".repeat(20));
        let stopped = problems(&heavy);
        assert_eq!(stopped[0].message, "anchors and aliases repeat more than 1 MiB of text");
        assert_eq!(heavy[stopped[0].span.range()], *"*a");
        assert_eq!(problems(&format!("a: &a {text}\nb: [*a, *a, *a]")), []);

        let chain: String = (1..200).map(|n| format!("l{n}: &l{n} [*l{}]\n", n - 1)).collect();
        let chain = problems(&format!("l0: &l0 x\n{chain}"));
        assert!(chain[0].message.contains("nested more than 64 deep"), "{chain:?}");
    }

    #[test]
    fn an_alias_to_nothing_or_to_itself_is_a_mistake() {
        assert_eq!(problems("a: *nope\nb: *no")[1].message, "nothing is anchored as `&no`");
        assert_eq!(problems("a: &x [*x]")[0].message, "an alias cannot stand inside the value that it names");
    }

    #[test]
    fn deep_nesting_is_stopped() {
        for text in ["[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000), "? ".repeat(10_000)] {
            let problems = problems(&text);
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert!(problems[0].message.contains("nested more than 64 deep"));
        }
        assert_eq!(problems(&format!("a: {}{}", "[".repeat(60), "]".repeat(60))), []);
    }

    #[test]
    fn a_syntax_error_leaves_what_came_before() {
        let (tree, problems) = parse("title: x\nclaims:\n  - text: a: b\n", 0, Span::default());
        assert_eq!((problems[0].code, problems[0].span.start), ("syntax", 28));
        assert!(problems[0].help.as_ref().is_some_and(|help| help.contains("quotes")));
        let Kind::Table(entries) = tree.kind else { panic!("no table") };
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn one_document_of_keys_is_all_there_may_be() {
        assert_eq!(problems("a: 1\n--- b\n")[0].message, "a second YAML document starts here");
        assert_eq!(problems("[a]: 1\nb: 2")[0].message, "a key is text, and this is a list");
        assert_eq!(parse("# nothing\n", 0, Span::default()).0.kind, Kind::Table(Vec::new()));
    }
}
