//! What files are served with: one table for stores of objects, for `_headers`, and for servers of one's own.

use super::manifest::{Headers, Kind};
use crate::media;

/// What makes a page forget nothing: a cache may keep it, and asks each time whether it still holds.
const REVALIDATE: &str = "no-cache";

/// For what never changes under its name.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// A policy that the built-in theme passes: no inline script, nothing from elsewhere but pictures.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// Gives what a file is served with.
pub(super) fn of(path: &str) -> Headers {
    let cache = if is_hashed(path) { IMMUTABLE } else { REVALIDATE };
    Headers { content_type: media::media_type(path).to_owned(), cache_control: cache.to_owned() }
}

/// Tells whether a name holds a hash of the content, as `style.3f9a01bc.css` does: eight hexadecimal digits or more.
pub(super) fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    let Some((_, hash)) = stem.rsplit_once(['.', '-']) else { return false };
    let is_hex = hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    // A day without dashes, 20260518, is no hash.
    (8..=64).contains(&hash.len()) && is_hex && hash.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Tells what a file is by its name alone, for those that are neither page nor data.
pub(super) fn kind_of_asset(path: &str) -> Kind {
    if media::ending(path) == "html" { Kind::Page } else { Kind::Asset }
}

/// Lists the headers of every answer.
pub(super) fn security(policy: Option<&str>) -> Vec<(&'static str, String)> {
    [
        ("Content-Security-Policy", policy.unwrap_or(POLICY)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_a_charset_and_a_hash_never_changes() {
        assert_eq!(of("a/index.html").content_type, "text/html; charset=utf-8");
        assert_eq!(of("a/index.html").cache_control, "no-cache");
        assert_eq!(of("style.3f9a01bc.css").cache_control, "public, max-age=31536000, immutable");
    }

    #[test]
    fn a_hash_is_told_from_a_word_and_a_day() {
        assert!(is_hashed("a/style.3f9a01bc.css") && is_hashed("app-0123456789abcdef.js"));
        for plain in ["style.css", "report-20260518.pdf", "a.min.js", "deadbeef.css", "x.3f9a01bc", "a.3F9A01BC.css"] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }
}
