//! The tags of a template's text, for the mistakes that Tera reports without their place.

use std::ops::Range;

/// A `{% … %}` tag with the name that it is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'t> {
    /// The tag with its braces.
    pub range: Range<usize>,
    /// Its first word, such as `extends`.
    pub keyword: &'t str,
    /// The template or component that it names, without quotes; empty where it names none.
    pub name: &'t str,
    /// Where that name stands.
    pub name_at: Range<usize>,
}

impl<'t> Tag<'t> {
    fn read(text: &'t str, range: Range<usize>) -> Option<Self> {
        let close = range.end.checked_sub(2)?;
        let inside = text.get(range.start + 2..close)?.trim_start_matches('-').trim_start();
        let (keyword, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let rest = rest.trim_start();
        let (start, name) = match rest.strip_prefix(['"', '\'', '`']) {
            Some(quoted) => (close - quoted.len(), quoted.split(['"', '\'', '`']).next()?),
            None => (close - rest.len(), rest.split(|c: char| c == '(' || c.is_whitespace()).next()?),
        };
        Some(Self { range, keyword, name, name_at: start..start + name.len() })
    }
}

/// Finds the tags of a template outside its comments, in their order.
pub(super) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find('{')?;
            let close = match text.as_bytes().get(start + 1) {
                Some(b'%') => "%}",
                Some(b'#') => "#}",
                _ => {
                    at = start + 1;
                    continue;
                }
            };
            at = start + text.get(start..)?.find(close)? + close.len();
            if close == "%}"
                && let Some(tag) = Tag::read(text, start..at)
            {
                return Some(tag);
            }
        }
    })
}

/// Turns a range that starts and ends with a tag into a comment of the same length, so that places stay.
pub(super) fn comment_out(text: &mut String, range: Range<usize>) {
    if let (Some(before), Some(inside), Some(after)) =
        (text.get(..range.start), text.get(range.start + 2..range.end.saturating_sub(2)), text.get(range.end..))
    {
        *text = format!("{before}{{#{inside}#}}{after}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_with_their_names_outside_comments() {
        let text =
            "{# {% extends 'no' %} #}{ {%}%}{%- extends \"base.html\" -%}{% component card(x) %}{%endcomponent%}";
        let found: Vec<_> = tags(text).map(|tag| (tag.keyword, tag.name, &text[tag.name_at])).collect();
        let card = ("component", "card", "card");
        assert_eq!(found, [("extends", "base.html", "base.html"), card, ("endcomponent", "", "")]);
    }

    #[test]
    fn a_tag_is_commented_out_in_place() {
        let mut text = "é{% extends 'a' %}b".to_owned();
        let range = tags(&text).next().unwrap().range;
        comment_out(&mut text, range);
        assert_eq!(text, "é{# extends 'a' #}b");
    }
}
