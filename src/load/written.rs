//! A scalar exactly as its author wrote it, to be understood by a grammar of its own.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};

use super::de::WRITTEN;
use super::spanned::part;
use super::tree::Kind;
use crate::text::Span;

/// Text, a number or a date in the words of its author: 14.30 keeps both its places, 2026-05 stays a month.
///
/// Quantities, dates and probabilities are read as this, whether or not they stand between quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text without its quotes.
    pub text: Box<str>,
    /// Where it stands, with its quotes.
    pub span: Span,
    /// How many bytes of quotes come before it, or [`MOVED`].
    quotes: u8,
}

/// Marks text that does not stand in its span as it is, because of an escape, a line break or an alias.
const MOVED: u8 = u8::MAX;

impl Written {
    /// Places a byte range of the text in the file: the range itself where it stands there as it is, else the whole.
    pub fn at(&self, range: Range<usize>) -> Span {
        if self.quotes == MOVED {
            return self.span;
        }
        let quotes = usize::from(self.quotes);
        let inside = self.span.part(quotes..quotes + self.text.len());
        inside.part(range)
    }
}

/// Tells how many bytes of quotes come before the text of a scalar, for the private protocol.
///
/// Borrowed text stands in its span as it is but for quotes, of which it has one on either side, or three.
pub(super) fn quotes(kind: &Kind<'_>, span: Span) -> u32 {
    let text = match kind {
        Kind::Text(Cow::Borrowed(text)) | Kind::Number(Cow::Borrowed(text)) | Kind::Datetime(Cow::Borrowed(text)) => {
            text
        }
        _ => return MOVED.into(),
    };
    match span.range().len().checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        Some(6) => 3,
        _ => MOVED.into(),
    }
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(WRITTEN, WrittenVisitor)
    }
}

struct WrittenVisitor;

impl<'de> Visitor<'de> for WrittenVisitor {
    type Value = Written;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text with its place")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Written, A::Error> {
        let span = Span { start: part(&mut parts)?, end: part(&mut parts)? };
        let quotes = part(&mut parts)?;
        Ok(Written { text: part(&mut parts)?, span, quotes })
    }
}

impl JsonSchema for Written {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Written".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Node, decode, toml_file};

    #[derive(serde::Deserialize)]
    struct Record {
        value: Written,
    }

    fn value(node: &Node<'_>) -> Written {
        let mut problems = Vec::new();
        let record: Record = decode(node, &mut problems).expect("a record");
        assert_eq!(problems, []);
        record.value
    }

    fn yaml(text: &str) -> Node<'_> {
        crate::load::yaml::parse(text, 0, Span::default()).0
    }

    #[test]
    fn it_is_the_authors_own_text() {
        for (toml, text) in [("'~8000'", "~8000"), ("14.30", "14.30"), ("2026-05-18", "2026-05-18"), ("8_000", "8000")]
        {
            assert_eq!(&*value(&toml_file(&format!("value = {toml}")).0).text, text);
        }
        for written in ["14.30", "2026-05", "0.10", "about 8,000 roles"] {
            assert_eq!(&*value(&yaml(&format!("value: {written}"))).text, written);
        }
    }

    #[test]
    fn a_part_is_placed_inside_the_quotes() {
        for literal in ["'60 bn'", "\"60 bn\"", "\"\"\"60 bn\"\"\""] {
            let file = format!("value = {literal}");
            let value = value(&toml_file(&file).0);
            assert_eq!(&file[value.at(3..5).range()], "bn");
            assert_eq!(&file[value.at(3..99).range()], "bn");
            assert_eq!(&file[value.span.range()], literal);
        }
        for literal in ["60 bn", "'60 bn'"] {
            let file = format!("value: {literal}");
            assert_eq!(&file[value(&yaml(&file)).at(3..5).range()], "bn");
        }
    }

    #[test]
    fn a_part_of_moved_text_is_the_whole() {
        let escaped = "value = \"60\\tb\\u006e\"";
        let alias = "a: &x 60 bn\nvalue: *x";
        let folded = "value: >\n  60\n  bn";
        assert_eq!(&escaped[value(&toml_file(escaped).0).at(3..5).range()], &escaped[8..]);
        assert_eq!(&folded[value(&yaml(folded)).at(3..5).range()], "60\n  bn");
        let node = yaml(alias);
        let Kind::Table(entries) = &node.kind else { panic!("no table") };
        let (_, alias_node) = &entries[1];
        assert_eq!(quotes(&alias_node.kind, alias_node.span), u32::from(MOVED));
    }
}
