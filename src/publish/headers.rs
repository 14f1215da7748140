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

/// The header that says what a page may load, and who may show it in a frame.
pub(super) const POLICY_NAME: &str = "Content-Security-Policy";

/// The policy of a site, once more for pages that other sites show in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Policy {
    /// What every page sends, but for frames.
    pub(super) common: String,
    /// The directive that says which sites may show a page in a frame; none where the policy leaves it open.
    pub(super) frames: Option<String>,
}

impl Policy {
    /// Takes a policy of the author's own apart, or the usual one.
    pub(super) fn of(written: Option<&str>) -> Self {
        let directives = written.unwrap_or(POLICY).split(';').map(str::trim).filter(|directive| !directive.is_empty());
        let is_frames = |directive: &&str| {
            directive.split_ascii_whitespace().next().is_some_and(|name| name.eq_ignore_ascii_case("frame-ancestors"))
        };
        let (frames, common): (Vec<&str>, Vec<&str>) = directives.partition(is_frames);
        Self { common: common.join("; "), frames: frames.first().map(|frames| (*frames).to_owned()) }
    }

    /// Gives what a page sends that only the site's own choice may frame.
    pub(super) fn of_pages(&self) -> String {
        let parts = [Some(&self.common).filter(|common| !common.is_empty()), self.frames.as_ref()];
        parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("; ")
    }

    /// Gives what a page sends that every site may frame.
    pub(super) fn of_embeds(&self) -> String {
        let everyone = Self { frames: Some("frame-ancestors *".to_owned()), ..self.clone() };
        everyone.of_pages()
    }
}

/// Lists the headers of every answer; `policy` is the one for what it may load.
pub(super) fn security(policy: &str) -> Vec<(&'static str, String)> {
    [
        (POLICY_NAME, policy),
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
    fn a_policy_lets_frames_in_where_it_is_asked_to() {
        let usual = Policy::of(None);
        assert_eq!(usual.of_pages(), POLICY);
        assert!(usual.of_embeds().ends_with("; frame-ancestors *") && !usual.of_embeds().contains("'none'; frame"));
        let own = Policy::of(Some("Frame-Ancestors https://a.org ; img-src *;"));
        assert_eq!(own.of_pages(), "img-src *; Frame-Ancestors https://a.org");
        assert_eq!(own.of_embeds(), "img-src *; frame-ancestors *");
        assert_eq!(Policy::of(Some("img-src *")).of_pages(), "img-src *");
    }

    #[test]
    fn a_hash_is_told_from_a_word_and_a_day() {
        assert!(is_hashed("a/style.3f9a01bc.css") && is_hashed("app-0123456789abcdef.js"));
        for plain in ["style.css", "report-20260518.pdf", "a.min.js", "deadbeef.css", "x.3f9a01bc", "a.3F9A01BC.css"] {
            assert!(!is_hashed(plain), "{plain}");
        }
    }
}
