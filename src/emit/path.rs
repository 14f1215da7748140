//! Paths inside an output folder: `/`-separated text that can lead nowhere else.

use super::{Error, HIDDEN};

/// Refuses a path that might leave the folder, mean another file on another system, or reach Dateline's own files.
pub(super) fn check(path: &str) -> Result<(), Error> {
    match flaw(path) {
        Some(why) => Err(Error::Path { path: path.to_owned(), why }),
        None => Ok(()),
    }
}

/// Finds what is wrong with a path.
pub(super) fn flaw(path: &str) -> Option<&'static str> {
    let drive = |bytes: &[u8]| matches!(bytes, [letter, b':', ..] if letter.is_ascii_alphabetic());
    match path {
        "" => Some("is empty"),
        _ if path.starts_with('/') => Some("is absolute"),
        _ if path.contains('\\') => Some("has a backslash in it"),
        _ if path.contains('\0') => Some("has a NUL byte in it"),
        _ if drive(path.as_bytes()) => Some("starts with a drive letter"),
        _ if path.split('/').any(|part| matches!(part, "" | "." | "..")) => Some("has an empty, `.` or `..` part"),
        _ if path.split('/').next().is_some_and(|first| first.eq_ignore_ascii_case(HIDDEN)) => {
            Some("is inside Dateline's own folder")
        }
        _ => None,
    }
}

/// Cuts the last part off; a path without folders has the empty parent.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Goes over the folders that a path is in, the deepest first.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| path.split_at(at).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_relative_paths_pass() {
        for good in ["index.html", "a/b/c.html", "a b/é.html", "..a/b..", ".well-known/x", "ab:c"] {
            assert_eq!(flaw(good), None, "{good}");
        }
        for bad in ["", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a\\b", "a\0b", "c:", "C:/x", ".Dateline/x"] {
            assert!(flaw(bad).is_some(), "{bad}");
        }
    }

    #[test]
    fn ancestors_go_from_the_deepest_up() {
        assert_eq!(ancestors("a/b/c").collect::<Vec<_>>(), ["a/b", "a"]);
        assert_eq!((parent("a/b/c"), parent("a")), ("a/b", ""));
    }
}
