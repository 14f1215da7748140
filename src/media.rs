//! Media types of files, for the preview and for every host that a site is published to.

/// Names that say more than their endings do.
const NAMES: &[(&str, &str)] = &[
    ("atom.xml", "application/atom+xml; charset=utf-8"),
    ("feed.json", "application/feed+json"),
    ("cite.json", "application/vnd.citationstyles.csl+json"),
];

/// The endings that sites have, each with its media type.
///
/// Text says that it is UTF-8. JSON does not: it is UTF-8 always, and its media type has no charset (RFC 8259, section 11).
const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("htm", "text/html; charset=utf-8"),
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
    ("bib", "application/x-bibtex; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/vnd.microsoft.icon"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("pdf", "application/pdf"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("wav", "audio/wav"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("wasm", "application/wasm"),
    ("zip", "application/zip"),
    ("gz", "application/gzip"),
    ("br", UNKNOWN),
];

/// Bytes that no browser runs or shows.
const UNKNOWN: &str = "application/octet-stream";

/// Gives the media type of a file; of an unknown ending, that of bytes.
pub fn media_type(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or_default();
    let ending = ending(path).to_ascii_lowercase();
    let named = NAMES.iter().find(|(known, _)| *known == name);
    named.or_else(|| TYPES.iter().find(|(known, _)| *known == ending)).map_or(UNKNOWN, |(_, media)| media)
}

/// Gives what follows the last dot of a file's name; empty where there is none.
pub fn ending(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Tells whether a file is text, which compressing makes smaller.
pub fn is_text(path: &str) -> bool {
    let media = media_type(path);
    let is_structured = ["json", "xml", "javascript", "svg"].iter().any(|word| media.contains(word));
    media.starts_with("text/") || is_structured
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_says_its_charset_and_the_unknown_is_bytes() {
        assert_eq!(media_type("/style.CSS"), "text/css; charset=utf-8");
        assert_eq!(media_type("/a.b/picture.png"), "image/png");
        assert_eq!(media_type("/a.html/data"), "application/octet-stream");
        assert_eq!(media_type("/.well-known/security.txt"), "text/plain; charset=utf-8");
        assert_eq!(media_type("LICENSE"), "application/octet-stream");
    }

    #[test]
    fn json_has_no_charset() {
        for path in ["data/claims.json", "style.css.map", "site.webmanifest", "feed.json", "map.geojson"] {
            assert!(media_type(path).ends_with("json"), "{path}");
        }
    }

    #[test]
    fn feeds_are_told_by_their_names() {
        assert_eq!(media_type("tags/jobs/atom.xml"), "application/atom+xml; charset=utf-8");
        assert_eq!(media_type("companies/acme/feed.json"), "application/feed+json");
        assert_eq!(media_type("sitemap.xml"), "application/xml; charset=utf-8");
    }

    #[test]
    fn text_is_what_compressing_makes_smaller() {
        assert!(["a.html", "a.json", "atom.xml", "a.svg", "a.mjs", "a.webmanifest"].into_iter().all(is_text));
        assert!(!["a.png", "a.woff2", "a.gz", "a.pdf", "LICENSE"].into_iter().any(is_text));
    }
}
