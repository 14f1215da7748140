//! A writer of XML 1.0: elements, attributes and text, escaped, and nothing that XML forbids.

use std::borrow::Cow;

/// XML as it is written, element in element.
#[derive(Debug)]
pub(super) struct Xml<'o> {
    out: &'o mut Vec<u8>,
}

impl<'o> Xml<'o> {
    /// Begins a document.
    pub(super) fn new(out: &'o mut Vec<u8>) -> Self {
        out.extend_from_slice(b"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        Self { out }
    }

    /// Writes an element with what is in it.
    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        self.open(name, attributes, ">");
        self.out.push(b'\n');
        inside(self);
        self.close(name);
    }

    /// Writes an element that holds text.
    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes, ">");
        self.push(text);
        self.close(name);
    }

    /// Writes an element that holds nothing.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.open(name, attributes, "/>\n");
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.out.push(b'<');
        self.out.extend_from_slice(name.as_bytes());
        for (name, value) in attributes {
            for part in [" ", name, "=\""] {
                self.out.extend_from_slice(part.as_bytes());
            }
            self.push(value);
            self.out.push(b'"');
        }
        self.out.extend_from_slice(end.as_bytes());
    }

    fn close(&mut self, name: &str) {
        for part in ["</", name, ">\n"] {
            self.out.extend_from_slice(part.as_bytes());
        }
    }

    fn push(&mut self, text: &str) {
        let mut rest = &*allowed(text);
        while let Some(at) = rest.find(['&', '<', '>', '"', '\r', '\n', '\t']) {
            let (before, after) = rest.split_at(at);
            self.out.extend_from_slice(before.as_bytes());
            let escaped: &[u8] = match after.as_bytes().first() {
                Some(b'&') => b"&amp;",
                Some(b'<') => b"&lt;",
                Some(b'>') => b"&gt;",
                Some(b'"') => b"&quot;",
                Some(b'\n') => b"&#10;",
                Some(b'\t') => b"&#9;",
                _ => b"&#13;",
            };
            self.out.extend_from_slice(escaped);
            rest = after.get(1..).unwrap_or_default();
        }
        self.out.extend_from_slice(rest.as_bytes());
    }
}

/// Drops the characters that no XML 1.0 document may have, not even escaped (production 2, `Char`).
fn allowed(text: &str) -> Cow<'_, str> {
    let is_forbidden =
        |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(is_forbidden) { text.replace(is_forbidden, "").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_comes_back_as_it_was_but_for_what_xml_forbids() {
        let said = "a & b < c > \"d\" ]]> 'e'\n\t\r é \u{1f600}";
        let mut out = Vec::new();
        Xml::new(&mut out).element("r", &[("n", said)], |xml| {
            xml.text("t", &[], &format!("\u{0}{said}\u{1b}\u{ffff}"));
            xml.empty("e", &[]);
        });
        let text = String::from_utf8(out).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        assert_eq!(document.root_element().attribute("n"), Some(said));
        let t = document.descendants().find(|node| node.has_tag_name("t")).unwrap();
        assert_eq!(t.text(), Some(said));
    }
}
