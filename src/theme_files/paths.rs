//! Names of published files: where a relative one leads, and names with a hash in them.

use xxhash_rust::xxh3::xxh3_128;

/// Tells whether an address leads away from the theme's files: to another host, to data in itself.
pub(super) fn is_elsewhere(url: &str) -> bool {
    let scheme = url.split_once(':').is_some_and(|(scheme, _)| !scheme.contains(['/', '?', '#', '.']));
    scheme || url.starts_with("//")
}

/// Follows a relative address from the path of the file that names it; none where it leads out of the site.
pub(super) fn resolve(from: &str, url: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = match url.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in url.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Puts a hash of a file's bytes into its name, before its ending: `style.css` is `style.b3f9a01bcd45e6f7.css`.
///
/// The first digit is a letter, so that no hash looks like a number or a day.
pub(super) fn hashed(path: &str, bytes: &[u8]) -> String {
    let hash = xxh3_128(bytes);
    let first = char::from(b'a' + (hash % 6) as u8);
    let digits = (hash >> 8) as u64 >> 4;
    let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
    let slash = if folder.is_empty() { "" } else { "/" };
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{folder}{slash}{stem}.{first}{digits:015x}.{ending}"),
        None => format!("{path}.{first}{digits:015x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_address_starts_at_its_folder() {
        let follow = |from, url| resolve(from, url);
        assert_eq!(follow("style.css", "fonts/a.woff2").as_deref(), Some("fonts/a.woff2"));
        assert_eq!(follow("css/style.css", "../fonts/./a.woff2").as_deref(), Some("fonts/a.woff2"));
        assert_eq!(follow("css/style.css", "/fonts/a.woff2").as_deref(), Some("fonts/a.woff2"));
        assert_eq!(follow("style.css", "../a.css"), None);
    }

    #[test]
    fn what_leads_elsewhere_is_told() {
        for url in ["https://a.org/x.css", "//a.org/x.css", "data:,x"] {
            assert!(is_elsewhere(url), "{url}");
        }
        for url in ["a.css", "./a:b.css", "/a.css", "#a"] {
            assert!(!is_elsewhere(url), "{url}");
        }
    }

    #[test]
    fn a_hash_stands_before_the_ending_and_is_told_as_one() {
        let name = hashed("fonts/inter.woff2", b"x");
        assert!(name.starts_with("fonts/inter.") && name.ends_with(".woff2"), "{name}");
        let hash = name.split('.').nth(1).unwrap();
        assert!(hash.len() == 16 && hash.starts_with(|c: char| c.is_ascii_lowercase()), "{name}");
        assert_ne!(name, hashed("fonts/inter.woff2", b"y"));
    }
}
