//! Text that a terminal shows and does not obey.

use std::borrow::Cow;

/// Escapes every character that would act on a terminal instead of being shown, line ends too.
///
/// These are the control characters of C0 and C1, and the ones that turn the direction of the text, which make
/// a line read differently from what it says (Unicode Technical Report 36).
pub fn clean(text: &str) -> Cow<'_, str> {
    escape(text, is_active)
}

/// The same for text of several lines, whose ends stay.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    escape(text, |c| c != '\n' && is_active(c))
}

/// Tells whether a character acts on a terminal or on the text around it.
pub(super) fn is_active(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || c.is_control()
}

fn escape(text: &str, active: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&active) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if active(c) { escaped.extend(c.escape_default()) } else { escaped.push(c) }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_shown_as_its_escape() {
        assert_eq!(clean("plain é 漢"), "plain é 漢");
        assert_eq!(clean("a\u{1b}[31m\r\n\u{9b}\u{7f}\u{202e}z"), r"a\u{1b}[31m\r\n\u{9b}\u{7f}\u{202e}z");
        assert_eq!(clean_lines("a\nb\tc"), "a\nb\\tc");
    }
}
