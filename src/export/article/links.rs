//! Addresses in full, for HTML that is read away from its page.

use super::tags::{Piece, Tag, pieces};

/// Completes every `href` and `src`: with the host before a path of the site, and with the page before a part of it.
pub(super) fn absolute(html: &str, host: &str, page: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Tag(tag) => complete(tag, host, page, &mut out),
        }
    }
    out
}

fn complete(tag: Tag<'_>, host: &str, page: &str, out: &mut String) {
    let mut rest = tag.0;
    for name in ["href", "src"] {
        let Some(value) = tag.attribute(name) else { continue };
        let before = match value.as_bytes() {
            [b'/', b'/', ..] => continue,
            [b'/', ..] => host,
            [b'#', ..] => page,
            _ => continue,
        };
        let marked = format!("{name}=\"{value}\"");
        let Some((head, tail)) = rest.split_once(&*marked) else { continue };
        out.extend([head, name, "=\"", before, value, "\""]);
        rest = tail;
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_at_the_site_or_the_page_is_completed() {
        let full = |html: &str| absolute(html, "https://a.org", "https://a.org/b/p/");
        assert_eq!(full("<a href=\"/b/x/\">x</a>"), "<a href=\"https://a.org/b/x/\">x</a>");
        assert_eq!(full("<a href=\"#n\" id=\"m\">x</a>"), "<a href=\"https://a.org/b/p/#n\" id=\"m\">x</a>");
        assert_eq!(full("<img src=\"/b/x.png\" alt=\"\">"), "<img src=\"https://a.org/b/x.png\" alt=\"\">");
        for same in ["<a href=\"https://c.org/\">", "<a href=\"//c.org/\">", "href=\"/x\"", "<a href=\"mailto:a@b\">"] {
            assert_eq!(full(same), same);
        }
    }
}
