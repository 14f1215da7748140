//! Syntax errors of TOML in words that say what to do.

use std::borrow::Cow;

use ::toml::de::Error;

use crate::load::problem::{Problem, code};
use crate::load::tree::{Entry, Kind, Node};
use crate::text::{Span, Spanned};

/// Makes a problem of one of the parser's errors.
///
/// `text` is what was parsed, from byte `start` of its file, and `tree` what came of it.
pub(super) fn problem(error: &Error, text: &str, start: u32, tree: &Node<'_>) -> Problem {
    let range = error.span().unwrap_or_default();
    let span = Span::from(range.clone()).shifted(start);
    let written = text.get(range).unwrap_or_default();
    if error.message() == "duplicate key" {
        let repeated = Repeated { name: written, at: span.start, text, start };
        return Problem::duplicate_key(written, span, repeated.first(tree));
    }
    let (message, help) = explained(error.message(), written);
    Problem::new(code::SYNTAX, message, span).maybe_help(help)
}

/// Puts the parser's message in an author's terms where the mistake is a common one.
fn explained(message: &str, written: &str) -> (String, Option<String>) {
    let help = |text: &str| Some(text.to_owned());
    if message.starts_with("string values must be quoted") {
        if written.is_empty() {
            return ("a value is missing after `=`".to_owned(), help("write a value, or leave the key out"));
        }
        return ("text must stand between quotes".to_owned(), Some(format!("write `\"{written}\"`")));
    }
    let message = message.strip_suffix(", expected nothing").unwrap_or(message).to_owned();
    let help = if message.starts_with("invalid date") {
        Some(format!("a whole day is written 2026-05-18; any other date stands between quotes: `\"{written}\"`"))
    } else if message.starts_with("key with no value") {
        help("a key and its value are joined by `=`")
    } else {
        None
    };
    (message, help)
}

/// The place of a repeated key, from which to find where it stood first.
struct Repeated<'a> {
    name: &'a str,
    at: u32,
    text: &'a str,
    start: u32,
}

impl Repeated<'_> {
    /// Finds the first of the two, if both are plain keys of one table.
    fn first(&self, tree: &Node<'_>) -> Option<Span> {
        let Kind::Table(entries) = &tree.kind else { return None };
        let mut owner = (0, entries.as_slice());
        self.last_header(entries, &mut owner);
        let (_, mut entries) = owner;
        while let Some(inner) = entries.iter().find_map(|(_, value)| self.between_braces(value)) {
            entries = inner;
        }
        let same = |key: &&Spanned<Cow<'_, str>>| key.value == self.name && key.span.start < self.at;
        entries.iter().map(|(key, _)| key).find(same).map(|key| key.span)
    }

    /// Finds the table with the last `[header]` before the place; a header owns what follows it, however it nests.
    fn last_header<'n, 't>(&self, entries: &'n [Entry<'t>], best: &mut (u32, &'n [Entry<'t>])) {
        for (_, value) in entries {
            let tables = match &value.kind {
                Kind::List(items) => items.as_slice(),
                _ => std::slice::from_ref(value),
            };
            for table in tables {
                let Kind::Table(inner) = &table.kind else { continue };
                if self.has_header(table) && (best.0..self.at).contains(&table.span.start) {
                    *best = (table.span.start, inner);
                }
                self.last_header(inner, best);
            }
        }
    }

    fn has_header(&self, table: &Node<'_>) -> bool {
        let offset = table.span.start.saturating_sub(self.start) as usize;
        self.text.as_bytes().get(offset) == Some(&b'[')
    }

    /// Finds the table between braces, perhaps inside lists, that the place is in.
    fn between_braces<'n, 't>(&self, value: &'n Node<'t>) -> Option<&'n [Entry<'t>]> {
        match &value.kind {
            _ if !(value.span.start..value.span.end).contains(&self.at) => None,
            Kind::List(items) => items.iter().find_map(|item| self.between_braces(item)),
            Kind::Table(entries) => Some(entries),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::load::{Problem, toml_file};

    fn problems(text: &str) -> Vec<Problem> {
        toml_file(text).1
    }

    #[test]
    fn repeated_keys_are_all_reported_with_their_first_place() {
        let text = "a = 1\na = 2\n[[c]]\nid = 1\nr = { id = 3, x = 1, x = 2 }\n[[c]]\nid = 2\nid = 3\n";
        let shown: Vec<_> = problems(text)
            .into_iter()
            .map(|problem| (problem.code, problem.span.start, problem.also.map(|(first, _)| first.start)))
            .collect();
        let [a, x, id] = ["a = 2", "x = 2", "id = 3\n"].map(|key| text.rfind(key).unwrap_or_default() as u32);
        let [first_x, first_id] = ["x = 1", "id = 2"].map(|key| text.find(key).map(|at| at as u32));
        assert_eq!(
            shown,
            [("duplicate-key", a, Some(0)), ("duplicate-key", x, first_x), ("duplicate-key", id, first_id)]
        );
    }

    #[test]
    fn a_repeated_header_is_reported() {
        let problems = problems("[feeds]\na = 1\n[feeds]\n");
        assert_eq!((problems[0].code, problems[0].span.start, problems.len()), ("duplicate-key", 15, 1));
    }

    #[test]
    fn unquoted_text_is_shown_with_its_quotes() {
        for written in ["2025~", "about 8000 roles", "$60 billion", "yes"] {
            let text = format!("value = {written}\n");
            let problem = problems(&text).remove(0);
            assert_eq!(problem.message, "text must stand between quotes");
            assert_eq!(problem.help, Some(format!("write `\"{written}\"`")));
            assert_eq!(&text[problem.span.range()], written);
        }
    }

    #[test]
    fn a_month_without_quotes_is_explained() {
        let problem = problems("date = 2026-05\n").remove(0);
        assert!(problem.message.starts_with("invalid date"), "{}", problem.message);
        assert!(problem.help.is_some_and(|help| help.contains("`\"2026-05\"`")));
    }

    #[test]
    fn all_syntax_errors_are_reported_up_to_a_limit() {
        assert_eq!(problems("a = \nb = x y\nc = \"open\nd: 4\n").len(), 5);
        assert_eq!(problems(&"a = \n".repeat(1_000)).len(), 50);
    }
}
