//! HTML cut into tags and text: just enough to go over what this program has written.

/// A piece of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) enum Piece<'h> {
    /// Text, still escaped.
    Text(&'h str),
    /// A tag with its angle brackets, or a comment.
    Tag(Tag<'h>),
}

/// A tag as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::export) struct Tag<'h>(pub(in crate::export) &'h str);

impl<'h> Tag<'h> {
    /// Gives the name of the element.
    pub(in crate::export) fn name(self) -> &'h str {
        let inner = self.0.trim_start_matches(['<', '/']);
        inner.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default()
    }

    /// Tells whether it ends an element.
    pub(in crate::export) fn is_end(self) -> bool {
        self.0.starts_with("</")
    }

    /// Gives the value of an attribute, still escaped.
    pub(in crate::export) fn attribute(self, name: &str) -> Option<&'h str> {
        let at = self.0.match_indices(name).find(|(at, _)| {
            let before = self.0.get(..*at).unwrap_or_default();
            let after = self.0.get(at + name.len()..).unwrap_or_default();
            before.ends_with(char::is_whitespace) && after.starts_with("=\"")
        });
        self.0.get(at?.0 + name.len() + 2..)?.split('"').next()
    }
}

/// Cuts HTML into its pieces; together they are all of it.
pub(in crate::export) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let end = if rest.starts_with('<') { tag_end(rest) } else { rest.find('<').unwrap_or(rest.len()) };
        let (piece, after) = rest.split_at_checked(end)?;
        let is_tag = rest.starts_with('<');
        rest = after;
        match (piece.is_empty(), is_tag) {
            (true, _) => None,
            (_, true) => Some(Piece::Tag(Tag(piece))),
            (_, false) => Some(Piece::Text(piece)),
        }
    })
}

/// Finds where a tag or a comment ends; what is never closed ends with the text.
fn tag_end(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(html: &str) -> Vec<&str> {
        let piece = |piece| match piece {
            Piece::Text(text) => text,
            Piece::Tag(tag) => tag.0,
        };
        pieces(html).map(piece).collect()
    }

    #[test]
    fn tags_are_told_from_text() {
        assert_eq!(cut("<p>a &lt; b</p>"), ["<p>", "a &lt; b", "</p>"]);
        assert_eq!(cut("x<a title=\"a > b\">y<!-- <p> -->"), ["x", "<a title=\"a > b\">", "y", "<!-- <p> -->"]);
    }

    #[test]
    fn a_tag_has_a_name_and_attributes() {
        let tag = Tag("<img data-src=\"x\" src=\"a.png\"/>");
        assert_eq!((tag.name(), tag.attribute("src"), tag.attribute("alt")), ("img", Some("a.png"), None));
        assert!(Tag("</p>").is_end() && Tag("</p>").name() == "p");
    }

    proptest! {
        #[test]
        fn no_byte_is_lost(html in "[<>\"'!a-z /=é-]{0,60}") {
            prop_assert_eq!(cut(&html).concat(), html);
        }
    }
}
