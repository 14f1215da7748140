//! JSON for a `<script>`: no text in it may close the element or open a comment.

use std::io::{self, Write};

use memchr::memchr3;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Writes a value as JSON in which `<`, `>` and `&` stand as escapes (HTML, 4.12.1.3).
pub(super) fn for_script(value: &impl Serialize) -> String {
    let mut out = Vec::with_capacity(4 << 10);
    let written = value.serialize(&mut Serializer::with_formatter(&mut out, ForScript));
    // What is serialized here has text for every key, the one thing that JSON insists on.
    written.ok().and_then(|()| String::from_utf8(out).ok()).unwrap_or_default()
}

/// Writes compact JSON, with what HTML reads as a mark escaped.
struct ForScript;

impl Formatter for ForScript {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = memchr3(b'<', b'>', b'&', rest.as_bytes()) {
            let (before, after) = rest.split_at(at);
            out.write_all(before.as_bytes())?;
            out.write_all(match after.as_bytes().first() {
                Some(b'<') => b"\\u003c",
                Some(b'>') => b"\\u003e",
                _ => b"\\u0026",
            })?;
            rest = after.get(1..).unwrap_or_default();
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_text_ends_the_script() {
        let said = "</script><!--<script> & ]]>";
        let json = for_script(&[said]);
        assert_eq!(json, r#"["\u003c/script\u003e\u003c!--\u003cscript\u003e \u0026 ]]\u003e"]"#);
    }

    proptest! {
        #[test]
        fn every_text_comes_back(said in ".*") {
            let json = for_script(&said);
            prop_assert!(!json.contains(['<', '>', '&']));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), said);
        }
    }
}
