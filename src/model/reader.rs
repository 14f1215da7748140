//! Understands one document's values and collects what is wrong with them.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::{Word, Written};
use crate::text::{Place, Span, Spanned};
use crate::value::{Date, Day, ValueError, Vocabulary};

/// Reads values of one file; a mistake becomes a diagnostic at its place, and the rest goes on.
pub struct Reader {
    file: Arc<str>,
    diagnostics: Diagnostics,
}

impl Reader {
    /// Starts on a file.
    pub fn new(file: &Arc<str>) -> Self {
        Self { file: Arc::clone(file), diagnostics: Diagnostics::new() }
    }

    /// Ends with what was found.
    pub fn finish(self) -> Diagnostics {
        self.diagnostics
    }

    /// The file that is read.
    pub fn file(&self) -> &Arc<str> {
        &self.file
    }

    /// Names a span of the file.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.file, span)
    }

    /// Adds a diagnostic.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Parses a value by its grammar; a mistake points at the part of the value that is wrong.
    pub fn parse<T>(
        &mut self,
        code: &'static str,
        written: &Written,
        grammar: impl FnOnce(&str) -> Result<T, ValueError>,
    ) -> Option<Spanned<T>> {
        match grammar(&written.text) {
            Ok(value) => Some(Spanned::new(value, written.span)),
            Err(error) => {
                let place = self.place(written.at(error.range.clone()));
                self.report(Diagnostic::error(code, error.message).at(place).help(error.help));
                None
            }
        }
    }

    /// Parses a date of any precision.
    pub fn date(&mut self, written: &Written) -> Option<Spanned<Date>> {
        self.parse("bad-date", written, Date::parse)
    }

    /// Parses a date that must name one day; a time keeps only its day.
    pub fn day(&mut self, written: &Written) -> Option<Spanned<Day>> {
        let date = self.date(written)?;
        match (date.value.earliest(), date.value.latest()) {
            (Some(first), Some(last)) if first == last => Some(Spanned::new(first, date.span)),
            _ => {
                let error = Diagnostic::error("bad-date", format!("`{}` is not one day", written.text));
                self.report(error.at(self.place(date.span)).help("write a day such as `2026-05-18`"));
                None
            }
        }
    }

    /// Looks up a word of a closed set; where it is wrong, the default stands in.
    pub fn word<T: Vocabulary>(&mut self, word: Option<&Word<T>>, default: T) -> T {
        self.optional_word(word).unwrap_or(default)
    }

    /// Looks up a word of a closed set.
    pub fn optional_word<T: Vocabulary>(&mut self, word: Option<&Word<T>>) -> Option<T> {
        match word?.read() {
            Ok(value) => Some(value),
            Err(problem) => {
                let diagnostic = problem.at(&self.file);
                self.report(diagnostic);
                None
            }
        }
    }

    /// Holds an id to what a link and an HTML id can carry: letters, digits, `-`, `_` and `.`.
    pub fn id(&mut self, id: &Spanned<String>) -> bool {
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let sound = id.value.starts_with(char::is_alphanumeric) && id.value.chars().all(fits);
        if !sound {
            let error = Diagnostic::error("bad-id", format!("`{}` cannot be an id", printable(&id.value)));
            let help = "use letters, digits, `-`, `_` and `.`, a letter or digit first";
            self.report(error.at(self.place(id.span)).help(help));
        }
        sound
    }

    /// Holds a path to what a URL and a file system can carry without surprise.
    ///
    /// `..`, a leading `/`, a backslash, a drive letter, a control character, an empty part: each is an error, since
    /// a path of an author becomes a path in the output folder.
    ///
    /// What comes back is in the one form that the site uses: composed letters (NFC), no slash at the end.
    pub fn path(&mut self, what: &str, path: Spanned<String>) -> Option<Spanned<String>> {
        let Some(why) = unsafe_path(&path.value) else { return Some(path.map(|path| tidy(&path))) };
        let message = format!("`{}` cannot be {what}: {why}", printable(&path.value));
        let help = "write a relative path such as `2025/capex`, with `/` between its parts";
        self.report(Diagnostic::error("unsafe-path", message).at(self.place(path.span)).help(help));
        None
    }
}

/// The folder of an output that holds its manifest, and no page.
pub const HIDDEN: &str = ".dateline";

/// Brings a path to the form that the site uses.
fn tidy(path: &str) -> String {
    path.strip_suffix('/').unwrap_or(path).nfc().collect()
}

/// Tells why a path could lead out of the folder that it is meant for, or means different things to different systems.
pub fn unsafe_path(path: &str) -> Option<&'static str> {
    let trimmed = path.strip_suffix('/').unwrap_or(path);
    let drive = trimmed.as_bytes().get(1) == Some(&b':') && trimmed.starts_with(|c: char| c.is_ascii_alphabetic());
    if trimmed.is_empty() {
        Some("it is empty")
    } else if path.contains('\0') {
        Some("it has a NUL character")
    } else if path.chars().any(char::is_control) {
        Some("it has a control character")
    } else if path.contains('\\') {
        Some("it has a backslash")
    } else if drive {
        Some("it has a drive letter")
    } else if path.starts_with('/') {
        Some("it is absolute")
    } else if trimmed.split('/').any(|part| part.eq_ignore_ascii_case(HIDDEN)) {
        Some("that folder is Dateline's own")
    } else if trimmed.split('/').any(|part| part == ".." || part == ".") {
        Some("it has a part that leads elsewhere")
    } else if trimmed.split('/').any(|part| part.trim().is_empty() || part.trim() != part) {
        Some("it has an empty part, or a space at the end of one")
    } else if path.contains(['?', '#', '%', '<', '>', '"', '|', '*', ':']) {
        Some("it has a character that a URL or a file system gives a meaning of its own")
    } else {
        None
    }
}

/// Makes control characters of an author's text visible in a message.
fn printable(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}

/// Makes an id or a slug of words: letters and digits in lower case, everything else one `-`.
///
/// Letters are composed first (NFC), so that both spellings of `é` make one slug.
pub fn slugify(text: &str, longest: usize) -> String {
    match text.is_ascii() {
        true => hyphenated(text.chars().map(|c| c.to_ascii_lowercase()), longest),
        false => hyphenated(text.nfc().flat_map(char::to_lowercase), longest),
    }
}

fn hyphenated(letters: impl Iterator<Item = char>, longest: usize) -> String {
    let mut slug = String::with_capacity(longest.min(letters.size_hint().1.unwrap_or(0)));
    for c in letters {
        if slug.len() >= longest {
            break;
        }
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !matches!(c, '\'' | '’') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_leads_elsewhere_is_refused() {
        for path in
            ["../x", "a/../b", "/etc", "a\0b", "a\\b", "C:/x", "", "/", "a//b", "a/./b", "a?b", "a /b", ".Dateline/x"]
        {
            assert!(unsafe_path(path).is_some(), "{path:?}");
        }
        for path in ["a", "2025/capex", "old/path/", "café", "x.html", "a b"] {
            assert_eq!(unsafe_path(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_slug_keeps_letters_of_every_script() {
        assert_eq!(slugify("Meta’s “quiet” cuts: 8,000", 60), "metas-quiet-cuts-8-000");
        assert_eq!(slugify("Über uns — 東京", 60), "über-uns-東京");
        assert_eq!(slugify("Cafe\u{301} Noir", 60), "café-noir");
        assert_eq!(slugify("one two three", 7), "one-two");
        assert_eq!(slugify("!!!", 9), "");
    }
}
