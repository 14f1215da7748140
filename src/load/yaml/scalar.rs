//! What a scalar of YAML is: the core schema of YAML 1.2.2, section 10.3.2.

use std::borrow::Cow;

use serde_saphyr::granit_parser::{ScalarStyle, Tag};

use crate::load::tree::Kind;

/// Resolves a scalar: only a plain one can be anything but text, and `!!str` makes text of that too.
pub(super) fn kind<'t>(text: Cow<'t, str>, style: ScalarStyle, tag: Option<&Tag>) -> Kind<'t> {
    let forced = tag.is_some_and(|tag| tag.core_suffix() == Some("str"));
    if style != ScalarStyle::Plain || forced {
        return Kind::Text(text);
    }
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Kind::Null,
        "true" | "True" | "TRUE" => Kind::Bool(true),
        "false" | "False" | "FALSE" => Kind::Bool(false),
        number if is_number(number) => Kind::Number(text),
        _ => Kind::Text(text),
    }
}

/// Tells whether plain text is an integer or a float of the core schema; infinities and NaN are left to be text.
fn is_number(text: &str) -> bool {
    let all = |digits: &str, digit: fn(u8) -> bool| digits.bytes().all(digit);
    let some = |digits: &str, digit: fn(u8) -> bool| !digits.is_empty() && all(digits, digit);
    if let Some(digits) = text.strip_prefix("0o") {
        return some(digits, |byte| matches!(byte, b'0'..=b'7'));
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return some(digits, |byte| byte.is_ascii_hexdigit());
    }
    let decimal = |byte: u8| byte.is_ascii_digit();
    let text = unsigned(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(left, right)| (left, Some(right)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    all(whole, decimal)
        && all(fraction, decimal)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|digits| some(unsigned(digits), decimal))
}

fn unsigned(number: &str) -> &str {
    number.strip_prefix(['-', '+']).unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_resolved_by_the_core_schema() {
        let plain = |text: &'static str| kind(Cow::Borrowed(text), ScalarStyle::Plain, None);
        for text in ["0", "-5", "+5", "007", "14.30", ".5", "5.", "1e3", "1.5E-7", "0x1F", "0o17"] {
            assert_eq!(plain(text), Kind::Number(text.into()), "{text}");
        }
        for text in
            ["yes", "no", "on", "1_000", "2026-05-18", ".", "-", "e3", "1e", "0x", "1.2.3", "~8000", ".inf", "٣"]
        {
            assert_eq!(plain(text), Kind::Text(text.into()), "{text}");
        }
        assert_eq!((plain("~"), plain("True")), (Kind::Null, Kind::Bool(true)));
    }

    #[test]
    fn quotes_make_text() {
        assert_eq!(kind("5".into(), ScalarStyle::SingleQuoted, None), Kind::Text("5".into()));
        assert_eq!(kind("".into(), ScalarStyle::DoubleQuoted, None), Kind::Text("".into()));
    }
}
