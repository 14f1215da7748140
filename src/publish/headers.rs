//! What files are served with: one table for stores of objects, for `_headers`, and for servers of one's own.

use super::manifest::{Headers, Kind};

/// What makes a page forget nothing: a cache may keep it, and asks each time whether it still holds.
const REVALIDATE: &str = "no-cache";

/// For what never changes under its name.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// A policy that the built-in theme passes: no inline script, nothing from elsewhere but pictures.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// Media types by the end of a name; text has its charset.
const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("geojson", "application/geo+json"),
    ("webmanifest", "application/manifest+json"),
    ("xml", "application/xml; charset=utf-8"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("rss", "application/rss+xml; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("mp3", "audio/mpeg"),
    ("wasm", "application/wasm"),
    ("gz", "application/gzip"),
    ("br", "application/octet-stream"),
    ("zip", "application/zip"),
];

/// Gives what a file is served with.
pub(super) fn of(path: &str) -> Headers {
    let cache = if is_hashed(path) { IMMUTABLE } else { REVALIDATE };
    Headers { content_type: media_type(path).to_owned(), cache_control: cache.to_owned() }
}

/// Gives the media type of a file.
pub(super) fn media_type(path: &str) -> &'static str {
    // Atom stands in files that end in .xml.
    if path.ends_with("feed.xml") {
        return "application/atom+xml; charset=utf-8";
    }
    let end = extension(path).to_ascii_lowercase();
    TYPES.iter().find(|(known, _)| *known == end).map_or("application/octet-stream", |(_, media)| media)
}

/// Tells whether compressing a file gains anything.
pub(super) fn is_text(path: &str) -> bool {
    let media = media_type(path);
    let is_structured = ["json", "xml", "javascript", "svg", "manifest"].iter().any(|word| media.contains(word));
    media.starts_with("text/") || is_structured
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

fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, end)| end)
}

/// Tells what a file is by its name alone, for those that are neither page nor data.
pub(super) fn kind_of_asset(path: &str) -> Kind {
    if extension(path) == "html" { Kind::Page } else { Kind::Asset }
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
        assert_eq!(of("tags/x/feed.xml").content_type, "application/atom+xml; charset=utf-8");
        assert_eq!(of("PHOTO.JPG").content_type, "image/jpeg");
        assert_eq!(of("LICENSE").content_type, "application/octet-stream");
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
