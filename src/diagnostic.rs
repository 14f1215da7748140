//! What Dateline has to say about a site, as plain data.
//!
//! Nothing here draws or prints; `report` does, and it is the only place that does.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::text::{Place, Span};

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is published while one of these stands.
    Error,
    /// The site is published, and an editor should look.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
        })
    }
}

/// A second place that explains the first, such as the other of two equal ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where to look.
    pub place: Place,
    /// What stands there.
    pub text: String,
}

/// One thing that is wrong, or doubtful, with its code and its place.
///
/// Codes are a contract with editors and CI: kebab-case, listed in docs/diagnostics.md, never reused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of this kind of mistake, such as `unknown-key`.
    pub code: &'static str,
    /// Whether it stops the build.
    pub severity: Severity,
    /// One sentence without a full stop, in lower case like a compiler's.
    pub message: String,
    /// Where it is; none where the whole site is meant.
    pub place: Option<Place>,
    /// Other places that belong to it.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Starts an error.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// Starts a warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self { code, severity, message: message.into(), place: None, labels: Vec::new(), help: None }
    }

    /// Says where it is.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Suggests the nearest of the known names, where one is near enough to be meant.
    #[must_use]
    pub fn nearest<'a>(self, name: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(name, known) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}

/// How many characters of a name a message shows.
const LONGEST_SHOWN: usize = 80;

/// Cuts a name that is too long for a message.
pub fn shown(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}…", &name[..end])),
        None => Cow::Borrowed(name),
    }
}

/// The longest name, in characters, that is compared with others.
const LONGEST_MISSPELT: usize = 100;

/// Finds the known name that a misspelt one most likely meant; ties go to the first in the alphabet.
///
/// The measure is Damerau and Levenshtein's distance without case: at most a third of the name's length, and 4. Most
/// of the known names are dismissed by their letters alone, since a site may have a thousand mistakes and ten
/// thousand names. A name above 100 characters is no slip of the keyboard, and nothing is suggested for it.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.chars().nth(LONGEST_MISSPELT).is_some() {
        return None;
    }
    let lower = name.to_lowercase();
    let length = lower.chars().count();
    let limit = (length / 3).clamp(1, 4);
    let letters = Letters::of(&lower);
    known
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .filter(|candidate| letters.differ_by(&Letters::of(candidate)) <= 2 * limit)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How often each letter stands in a name, without case; an edit changes at most two of these counts by one.
struct Letters([u8; 32]);

impl Letters {
    fn of(name: &str) -> Self {
        let mut counts = [0_u8; 32];
        for byte in name.bytes() {
            let count = &mut counts[usize::from(byte & 31)];
            *count = count.saturating_add(1);
        }
        Self(counts)
    }

    fn differ_by(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).map(|(a, b)| usize::from(a.abs_diff(*b))).sum()
    }
}

/// The diagnostics of a stage, collected in any order and sorted once.
///
/// A copy shares them: a preview of a large site keeps several lists of the same thousands.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics(Vec<Arc<Diagnostic>>);

impl Diagnostics {
    /// Starts with none.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(Arc::new(diagnostic));
    }

    /// Adds another stage's.
    pub fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Tells whether one of them stops the build.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Counts those of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|d| d.severity == severity).count()
    }

    /// Puts them in the order of files, then places, then codes, and drops exact repeats.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        fn key(d: &Diagnostic) -> (&str, Span, &str, &str) {
            let (file, span) = d.place.as_ref().map_or(("", Span::default()), |p| (&*p.file, p.span));
            (file, span, d.code, &d.message)
        }
        self.0.sort_by(|a, b| key(a).cmp(&key(b)));
        self.0.dedup();
        self
    }

    /// Takes a copy of all errors and of the first warnings, so many at most.
    pub fn with_first_warnings(&self, limit: usize) -> Self {
        let mut warnings = 0;
        let is_kept = |d: &&Arc<Diagnostic>| {
            warnings += usize::from(d.severity == Severity::Warning);
            d.severity == Severity::Error || warnings <= limit
        };
        Self(self.0.iter().filter(is_kept).cloned().collect())
    }

    /// Goes over them in their present order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> + Clone {
        self.0.iter().map(|diagnostic| &**diagnostic)
    }

    /// Gives each the severity that a rule says, and drops those that it says none for.
    pub fn judge(&mut self, severity: impl Fn(&Diagnostic) -> Option<Severity>) {
        self.0.retain_mut(|diagnostic| match severity(diagnostic) {
            Some(severity) if severity == diagnostic.severity => true,
            Some(severity) => {
                Arc::make_mut(diagnostic).severity = severity;
                true
            }
            None => false,
        });
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::iter::Map<std::vec::IntoIter<Arc<Diagnostic>>, fn(Arc<Diagnostic>) -> Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(Arc::unwrap_or_clone)
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(iter: I) -> Self {
        Self(iter.into_iter().map(Arc::new).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_suggested_only_when_it_is_near() {
        assert_eq!(nearest("compnay", ["company", "companies"]), Some("company"));
        assert_eq!(nearest("Meta", ["meta", "metal"]), Some("meta"));
        assert_eq!(nearest("zebra", ["company", "metric"]), None);
        assert_eq!(nearest("ab", ["a", "abcdef"]), Some("a"));
        let long = "x".repeat(101);
        assert_eq!(nearest(&long, [long.as_str()]), None);
    }

    #[test]
    fn a_long_name_is_cut_between_characters() {
        assert_eq!(shown("Meta"), "Meta");
        assert_eq!(shown(&"é".repeat(80)), "é".repeat(80));
        assert_eq!(shown(&"é".repeat(81)), format!("{}…", "é".repeat(80)));
    }
}
