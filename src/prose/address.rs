//! What a link or an image points at, and whether a page may carry it.

use std::borrow::Cow;

/// The schemes that a page links to without the site trusting its content.
const SAFE_SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "ftp"];

/// An address, sorted by what it takes to follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Address<'t> {
    /// A claim's id, `claim:` taken off.
    Claim(&'t str),
    /// A place of the site: a file beside this one, a part of this page, or a path from the root.
    Internal,
    /// A place outside, by its lower-case scheme; empty where it starts with `//`.
    External(Box<str>),
}

impl<'t> Address<'t> {
    /// Sorts an address the way a browser reads it: control characters at its ends, and tabs and line
    /// breaks anywhere, do not count (WHATWG URL, 4.4), and a backslash is a slash.
    pub(super) fn of(target: &'t str) -> Self {
        if let Some(claim) = target.strip_prefix("claim:") {
            return Self::Claim(claim);
        }
        let target = as_browsers_read(target);
        let mut start = target.chars().map(|char| if char == '\\' { '/' } else { char });
        if start.next() == Some('/') && start.next() == Some('/') {
            return Self::External("".into());
        }
        match scheme(&target) {
            Some(scheme) => Self::External(scheme.to_ascii_lowercase().into()),
            None => Self::Internal,
        }
    }

    /// Tells whether following it cannot run code in the reader's browser.
    pub(super) fn is_safe(&self) -> bool {
        match self {
            Self::External(scheme) => scheme.is_empty() || SAFE_SCHEMES.contains(&&**scheme),
            Self::Claim(_) | Self::Internal => true,
        }
    }

    /// Tells whether it leads to another site's page, where `rel` has something to say.
    pub(super) fn is_web(&self) -> bool {
        matches!(self, Self::External(scheme) if matches!(&**scheme, "" | "http" | "https"))
    }
}

fn as_browsers_read(target: &str) -> Cow<'_, str> {
    let trimmed = target.trim_matches(|char: char| char <= ' ');
    if trimmed.contains(['\t', '\n', '\r']) { trimmed.replace(['\t', '\n', '\r'], "").into() } else { trimmed.into() }
}

/// Finds the scheme of an address (RFC 3986, 3.1).
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let starts = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
    let goes_on = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    (starts && goes_on).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_sorted() {
        let external = |scheme: &str| Address::External(scheme.into());
        assert_eq!(Address::of("claim:cut-8000"), Address::Claim("cut-8000"));
        for internal in ["../other.md#part", "#part", "/x/", "", "a/b:c", "?q=a:b", "1:2"] {
            assert_eq!(Address::of(internal), Address::Internal, "{internal}");
        }
        assert_eq!(Address::of("HTTPS://a.example"), external("https"));
        assert_eq!(Address::of("//a.example"), external(""));
        assert_eq!(Address::of("\\/a.example"), external(""));
    }

    #[test]
    fn code_in_an_address_is_not_safe() {
        for target in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}java\nscript\r:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "x-unknown:y",
        ] {
            assert!(!Address::of(target).is_safe(), "{target:?}");
        }
        for target in ["https://a", "mailto:a@b", "tel:+1", "//a", "a.md", "claim:x", "javascript%3Aalert(1)"] {
            assert!(Address::of(target).is_safe(), "{target:?}");
        }
    }
}
