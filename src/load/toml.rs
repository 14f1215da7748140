//! TOML into a tree, with every syntax error that its parser can recover from.

mod depth;
mod error;

use std::borrow::Cow;
use std::ops::Range;

use ::toml::Spanned as Ranged;
use ::toml::de::{DeTable, DeValue};

use super::problem::{MAX_PROBLEMS, Problem};
use super::tree::{Entry, Kind, MAX_DEPTH, Node, too_deep};
use crate::text::{Span, Spanned};

/// Parses TOML that starts at byte `start` of its file; `root` is the place of the outermost table.
pub(super) fn parse(text: &str, start: u32, root: Span) -> (Node<'_>, Vec<Problem>) {
    if let Some(range) = depth::exceeded(text) {
        let span = Span::from(range).shifted(start);
        return (Node::new(Kind::Table(Vec::new()), root), vec![too_deep(span)]);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { text, start, problems: Vec::new() };
    let kind = reader.table(table.into_inner(), 0);
    let tree = Node::new(kind, root);
    let mut problems = reader.problems;
    let shown = errors.iter().take(MAX_PROBLEMS);
    problems.extend(shown.map(|error| error::problem(error, text, start, &tree)));
    problems.sort_by_key(|problem| problem.span);
    (tree, problems)
}

/// Turns the parser's values into nodes.
struct Reader<'t> {
    text: &'t str,
    start: u32,
    problems: Vec<Problem>,
}

impl<'t> Reader<'t> {
    fn node(&mut self, value: Ranged<DeValue<'t>>, depth: usize) -> Node<'t> {
        let range = value.span();
        let span = Span::from(range.clone()).shifted(self.start);
        if depth > MAX_DEPTH {
            self.problems.push(too_deep(span));
            return Node::new(Kind::Null, span);
        }
        let kind = match value.into_inner() {
            DeValue::String(text) => Kind::Text(text),
            DeValue::Integer(_) | DeValue::Float(_) => Kind::Number(self.number(range)),
            DeValue::Boolean(value) => Kind::Bool(value),
            DeValue::Datetime(_) => Kind::Datetime(Cow::Borrowed(self.slice(range))),
            DeValue::Array(list) => Kind::List(list.into_iter().map(|item| self.node(item, depth + 1)).collect()),
            DeValue::Table(table) => self.table(table, depth),
        };
        Node::new(kind, span)
    }

    /// Reads a table, whose keys the parser has sorted, back into the order of the file.
    fn table(&mut self, table: DeTable<'t>, depth: usize) -> Kind<'t> {
        let mut entries: Vec<Entry<'t>> = table
            .into_iter()
            .map(|(key, value)| {
                let span = Span::from(key.span()).shifted(self.start);
                (Spanned::new(key.into_inner(), span), self.node(value, depth + 1))
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span);
        Kind::Table(entries)
    }

    fn number(&self, range: Range<usize>) -> Cow<'t, str> {
        let written = self.slice(range);
        if written.contains('_') { Cow::Owned(written.replace('_', "")) } else { Cow::Borrowed(written) }
    }

    fn slice(&self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Node<'_> {
        let (tree, problems) = parse(text, 0, Span::default());
        assert_eq!(problems, []);
        tree
    }

    /// Returns the value at a path of keys and of indexes into lists.
    fn at<'n, 't>(node: &'n Node<'t>, path: &str) -> &'n Node<'t> {
        path.split('.').fold(node, |node, step| match &node.kind {
            Kind::Table(entries) => &entries.iter().find(|(key, _)| key.value == step).expect(step).1,
            Kind::List(items) => &items[step.parse::<usize>().expect("an index")],
            other => panic!("{step} of {other:?}"),
        })
    }

    #[test]
    fn numbers_and_dates_stay_as_written() {
        let tree = parsed("a = 14.30\nb = 8_000\nc = 0x1F\nd = 2026-05-18\ne = 2026-05-18 07:00:00Z\n");
        for (key, written) in [("a", "14.30"), ("b", "8000"), ("c", "0x1F")] {
            assert_eq!(at(&tree, key).kind, Kind::Number(written.into()));
        }
        for (key, written) in [("d", "2026-05-18"), ("e", "2026-05-18 07:00:00Z")] {
            assert_eq!(at(&tree, key).kind, Kind::Datetime(written.into()));
        }
    }

    #[test]
    fn every_value_knows_where_it_stands_in_the_file() {
        let file = "+++\ntitle = \"é\"\n[[claims]]\ntext = 'one'\n[[claims]]\nvalue = { low = 1, high = [2, 3] }\na.b = 4\n+++\n";
        let start = 4;
        let (tree, problems) = parse(&file[start..file.len() - 4], 4, Span::new(0, 3));
        assert_eq!(problems, []);
        for (path, text) in [
            ("title", "\"é\""),
            ("claims", "[[claims]]"),
            ("claims.0", "[[claims]]"),
            ("claims.0.text", "'one'"),
            ("claims.1.value", "{ low = 1, high = [2, 3] }"),
            ("claims.1.value.high.1", "3"),
            ("claims.1.a", "a"),
        ] {
            assert_eq!(&file[at(&tree, path).span.range()], text, "{path}");
        }
        assert!(at(&tree, "claims.1").span.start > at(&tree, "claims.0").span.start);
        assert_eq!(tree.span, Span::new(0, 3));
    }

    #[test]
    fn keys_stand_in_the_order_of_the_file() {
        let tree = parsed("z = 1\na = 2\n[m]\n[b]\n");
        let Kind::Table(entries) = tree.kind else { panic!("no table") };
        assert_eq!(entries.iter().map(|(key, _)| &*key.value).collect::<Vec<_>>(), ["z", "a", "m", "b"]);
    }
}
