//! The ids of headings, so that a part of a page has an address.

use rustc_hash::{FxHashMap, FxHashSet};

/// Turns a heading's words into an id: letters and digits of any script in lower case, hyphens between words.
///
/// A text without any gives `section`.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for char in text.chars() {
        let separates = matches!(char, '-' | '_' | '–' | '—') || char.is_whitespace();
        if char.is_alphanumeric() {
            slug.extend(char.to_lowercase());
        } else if separates && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// The ids that a page uses already.
#[derive(Debug, Default)]
pub(super) struct Ids {
    taken: FxHashSet<Box<str>>,
    next: FxHashMap<Box<str>, u32>,
}

impl Ids {
    /// Starts with the ids that the page uses outside the prose.
    pub(super) fn reserving(reserved: &[&str]) -> Self {
        Self { taken: reserved.iter().map(|id| Box::from(*id)).collect(), next: FxHashMap::default() }
    }

    /// Takes an id, or says that it is taken; ids with a colon are the page's own, as `claim:cut-8000` is.
    pub(super) fn take(&mut self, id: &str) -> bool {
        !is_footnote(id) && !id.contains(':') && self.taken.insert(id.into())
    }

    /// Takes the id, or the first of `id-1`, `id-2` … that is free.
    ///
    /// Each id keeps the number it came to, so that many equal headings take time in line with their number.
    pub(super) fn take_free(&mut self, id: &str) -> Box<str> {
        if is_footnote(id) {
            return self.take_free(&format!("section-{id}"));
        }
        if self.taken.insert(id.into()) {
            return id.into();
        }
        let next = self.next.entry(id.into()).or_insert(1);
        loop {
            let numbered = format!("{id}-{next}").into_boxed_str();
            *next += 1;
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// Tells whether an id is one that footnotes use.
fn is_footnote(id: &str) -> bool {
    id.starts_with("fn-") || id.starts_with("fnref-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_the_letters_of_every_script() {
        assert_eq!(slug("What it means: Élan & 東京, 2026"), "what-it-means-élan-東京-2026");
        assert_eq!(slug("  — Why? —  "), "why");
        assert_eq!(slug("???"), "section");
    }

    #[test]
    fn equal_headings_are_numbered_around_what_is_taken() {
        let mut ids = Ids::reserving(&["claims"]);
        assert!(ids.take("why-1"));
        assert!(!ids.take("claims"));
        let free: Vec<_> = ["why", "why", "why", "claims", "fn-1"].map(|id| ids.take_free(id)).into();
        assert_eq!(free, ["why", "why-2", "why-3", "claims-1", "section-fn-1"].map(Box::from));
    }
}
