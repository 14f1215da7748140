//! Text out of HTML.

use std::borrow::Cow;

/// The references that this program writes.
const NAMED: [(&str, char); 6] =
    [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}')];

/// The longest reference that is looked for.
const LONGEST: usize = 10;

/// Gives the text that HTML stands for; a reference that is not known stays as it is.
pub(super) fn unescaped(html: &str) -> Cow<'_, str> {
    if !html.contains('&') {
        return html.into();
    }
    let (mut out, mut rest) = (String::with_capacity(html.len()), html);
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let known = after.split_once(';').filter(|(name, _)| name.len() <= LONGEST);
        rest = match known.and_then(|(name, tail)| Some((character(name)?, tail))) {
            Some((c, tail)) => {
                out.push(c);
                tail
            }
            None => {
                out.push('&');
                after
            }
        };
    }
    out.push_str(rest);
    out.into()
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return code.ok().and_then(char::from_u32);
    }
    NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::prose::escaped;

    #[test]
    fn references_are_what_they_stand_for() {
        assert_eq!(unescaped("R&amp;D &lt;b&gt; &#39;&#x27; &nope; & &;"), "R&D <b> '' &nope; & &;");
    }

    proptest! {
        #[test]
        fn text_comes_back(text in "\\PC{0,40}") {
            let html = escaped(&text);
            prop_assert_eq!(unescaped(&html), text);
        }
    }
}
