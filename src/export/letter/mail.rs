//! A letter as a mail: styles on the elements, no scripts, nothing fetched but the author's own pictures.
//!
//! No colour is set but that of rules, and no background, so that a mail program may show it light or dark. Gmail cuts
//! off a mail at 102 KB; a long analysis ends before, at the end of a paragraph, with the way to its page.

use super::Letter;
use crate::export::article::{Piece, Tag, pieces};
use crate::prose::escaped;
use crate::speech::say;

/// How many bytes of an article a mail has.
const MOST: usize = 70_000;

const BODY: &str = "margin:0;padding:0";
const SHEET: &str = "max-width:600px;margin:0 auto;padding:24px 16px;font:17px/1.55 Charter,Georgia,serif";
const SMALL: &str = "margin:0 0 16px;font:14px/1.5 Helvetica,Arial,sans-serif";
const HEADING: &str = "margin:28px 0 10px;font-size:21px;line-height:1.25";

/// The styles of elements in prose.
const STYLES: [(&str, &str); 16] = [
    ("p", "margin:0 0 16px"),
    ("h2", HEADING),
    ("h3", "margin:24px 0 8px;font-size:18px;line-height:1.3"),
    ("h4", "margin:20px 0 8px;font-size:17px"),
    ("h5", "margin:20px 0 8px;font-size:17px"),
    ("h6", "margin:20px 0 8px;font-size:17px"),
    ("a", "color:inherit;text-decoration:underline"),
    ("ul", "margin:0 0 16px;padding:0 0 0 22px"),
    ("ol", "margin:0 0 16px;padding:0 0 0 22px"),
    ("li", "margin:0 0 6px"),
    ("blockquote", "margin:0 0 16px;padding:0 0 0 14px;border-left:3px solid #888888"),
    ("pre", "margin:0 0 16px;padding:10px;border:1px solid #888888;white-space:pre-wrap;font-size:14px"),
    ("img", "max-width:100%;height:auto"),
    ("table", "margin:0 0 16px;border-collapse:collapse"),
    ("th", "padding:4px 8px;border-bottom:1px solid #888888;text-align:left"),
    ("td", "padding:4px 8px;border-bottom:1px solid #888888"),
];

/// Elements that no mail program shows, left out with all that is in them.
const LEFT_OUT: [&str; 7] = ["script", "style", "iframe", "object", "form", "svg", "template"];

/// Attributes that an element keeps.
const KEPT: [&str; 9] = ["href", "src", "alt", "title", "start", "colspan", "rowspan", "lang", "dir"];

/// Elements without an end.
const VOID: [&str; 6] = ["img", "br", "hr", "input", "col", "wbr"];

/// Writes a letter.
pub(super) fn letter(letter: &Letter<'_>) -> String {
    let [title, site, page] = [letter.title, letter.site, &*letter.article.page].map(escaped);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{title}</title>\n</head>\n<body style=\"{BODY}\">\n<div style=\"{SHEET}\">\n\
         <p style=\"{SMALL}\">{site}</p>\n\
         <h1 style=\"margin:0 0 12px;font-size:28px;line-height:1.15\">{title}</h1>\n\
         <p style=\"{SMALL}\">{}</p>\n",
        escaped(letter.language),
        escaped(&letter.byline()),
    );
    if let Some(summary) = letter.summary {
        out.push_str(&format!("<p style=\"margin:0 0 20px;font-size:19px\">{}</p>\n", escaped(summary)));
    }
    let is_whole = styled(&letter.article.html(), &mut out);
    if !is_whole {
        out.push_str(&format!("<p><a href=\"{page}\">{}</a></p>\n", escaped(&say("letter_read_on", &[]))));
    }
    claims(letter, &mut out);
    let sources = escaped(&say("read_with_sources_on", &[("site", &letter.site)]));
    out.push_str(&format!("<p style=\"{SMALL}\"><a href=\"{page}\">{sources}</a></p>\n"));
    out.push_str("</div>\n</body>\n</html>\n");
    out
}

fn claims(letter: &Letter<'_>, out: &mut String) {
    if letter.claims.is_empty() {
        return;
    }
    out.push_str(&format!("<h2 style=\"{HEADING}\">{}</h2>\n", escaped(&say("rests_on", &[]))));
    for claim in &letter.claims {
        let value = claim.value.map(|value| format!("<strong>{}</strong> ", escaped(value))).unwrap_or_default();
        out.push_str(&format!(
            "<p style=\"{SMALL}\">{value}<a href=\"{}\" style=\"color:inherit\">{}</a><br>{}</p>\n",
            escaped(&claim.url),
            escaped(claim.text),
            escaped(&claim.behind()),
        ));
    }
    if letter.more > 0 {
        out.push_str(&format!("<p style=\"{SMALL}\">and {} more</p>\n", letter.more));
    }
}

/// Adds HTML with styles on its elements, until there is enough, and tells whether that was all.
fn styled(html: &str, out: &mut String) -> bool {
    let (start, mut depth, mut left_out) = (out.len(), 0_usize, 0_usize);
    for piece in pieces(html) {
        if depth == 0 && out.len() - start > MOST {
            return false;
        }
        match piece {
            Piece::Text(text) if left_out == 0 => out.push_str(text),
            Piece::Text(_) => {}
            Piece::Tag(tag) if LEFT_OUT.contains(&tag.name()) => {
                left_out = if tag.is_end() { left_out.saturating_sub(1) } else { left_out + 1 };
            }
            Piece::Tag(tag) if left_out > 0 || tag.0.starts_with("<!") => {}
            Piece::Tag(tag) if tag.is_end() => {
                depth = depth.saturating_sub(1);
                out.push_str(tag.0);
            }
            Piece::Tag(tag) => {
                depth += usize::from(!VOID.contains(&tag.name()));
                element(tag, out);
            }
        }
    }
    true
}

/// Writes the start of an element with its style, and with the attributes that mean something in a mail.
fn element(tag: Tag<'_>, out: &mut String) {
    let name = tag.name();
    out.extend(["<", name]);
    for kept in KEPT {
        if let Some(value) = tag.attribute(kept) {
            out.extend([" ", kept, "=\"", value, "\""]);
        }
    }
    if let Some((_, style)) = STYLES.iter().find(|(known, _)| *known == name) {
        out.extend([" style=\"", style, "\""]);
    }
    out.push('>');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(html: &str) -> (String, bool) {
        let mut out = String::new();
        let is_whole = styled(html, &mut out);
        (out, is_whole)
    }

    #[test]
    fn elements_have_their_styles_and_no_classes() {
        let (html, _) = mail("<p class=\"x\"><a href=\"https://a/\" class=\"claim\" data-claim=\"b\">c</a></p>");
        let link = "<a href=\"https://a/\" style=\"color:inherit;text-decoration:underline\">c</a>";
        assert_eq!(html, format!("<p style=\"margin:0 0 16px\">{link}</p>"));
        assert_eq!(mail("<script>x<b></b></script><!-- y -->z").0, "z");
    }

    #[test]
    fn a_long_mail_ends_with_a_paragraph() {
        let (html, is_whole) = mail(&"<ul><li>Some words of it.</li></ul>\n".repeat(9_000));
        assert!(!is_whole && html.len() < MOST + 1_000);
        assert_eq!(html.matches("<ul").count(), html.matches("</ul>").count());
    }
}
