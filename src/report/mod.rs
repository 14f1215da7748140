//! Diagnostics drawn: for a terminal, as JSON, and for the services that run checks.
//!
//! It is the only place that draws them. It reads nothing: the texts of files come through a function, which is
//! called once for each file that a diagnostic names.

mod clean;
mod github;
mod human;
mod json;
mod places;
mod sarif;

use std::io::{self, Write};

use crate::diagnostic::{Diagnostics, Severity};

pub use clean::{clean, clean_lines};
pub use json::{DiagnosticJson, diagnostics_json, write_json};

use places::Places;

/// Gives a file's text by its path relative to the site's root, or none where it cannot be read as text.
pub type Texts<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);

/// How diagnostics are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people: each with the line that it is about, and a count at the end.
    Human(Terminal),
    /// One line each: `file:line:column: error[code]: message`.
    Short,
    /// One JSON object; see [`DiagnosticJson`].
    Json,
    /// Workflow commands, which GitHub Actions turns into annotations of the files.
    Github,
    /// A log of SARIF 2.1.0, which code scanning services read.
    Sarif,
}

/// What a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether it shows colours.
    pub color: bool,
    /// How many characters wide it is.
    pub width: usize,
    /// How many warnings are drawn before the others are only counted.
    pub warnings: usize,
}

impl Default for Terminal {
    /// No colours, the width that text in a file is read at, and every warning.
    fn default() -> Self {
        Self { color: false, width: 120, warnings: usize::MAX }
    }
}

/// Draws diagnostics, in the order that they are in.
///
/// Whatever stands in a message, a path or a source, no control character reaches the output.
///
/// # Errors
/// Those of the writer.
pub fn write(out: &mut dyn Write, format: Format, diagnostics: &Diagnostics, texts: Texts<'_>) -> io::Result<()> {
    let places = || Places::of(diagnostics, texts);
    match format {
        Format::Human(terminal) => human::write(out, diagnostics, texts, terminal),
        Format::Short => human::write_short(out, diagnostics, &places()),
        Format::Json => json::write_report(out, diagnostics, &places()),
        Format::Github => github::write(out, diagnostics, &places()),
        Format::Sarif => sarif::write(out, diagnostics, &places()),
    }
}

/// Counts diagnostics in words: "2 errors, 1 warning"; empty where there are none.
pub fn summary(diagnostics: &Diagnostics) -> String {
    let count = |severity| match diagnostics.count(severity) {
        0 => None,
        1 => Some(format!("1 {severity}")),
        n => Some(format!("{n} {severity}s")),
    };
    let counts = [Severity::Error, Severity::Warning].into_iter().filter_map(count);
    counts.collect::<Vec<_>>().join(", ")
}

/// What the tests of every format draw.
#[cfg(test)]
mod fixture {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::text::{Place, Span};

    /// The place of the first occurrence of some words in a file of the fixture.
    pub(super) fn place(file: &str, words: &str) -> Place {
        let text = text(file).unwrap_or_default();
        let start = text.find(words).expect("the words are in the file");
        Place::new(&file.into(), Span::new(start, start + words.len()))
    }

    /// A site of two files, one of them with control characters; all others cannot be read.
    pub(super) fn text(file: &str) -> Option<String> {
        match file {
            "content/a.md" => Some("+++\ntitle = \"é\"\ncompnay = \"meta\" # 漢 compnay\n+++\n".to_owned()),
            "content/b, 100%.md" => Some("\tid = \"a\u{1b}[31m\u{9b}\u{202e}\"\r\n".to_owned()),
            _ => None,
        }
    }

    /// One of each kind.
    pub(super) fn diagnostics() -> Diagnostics {
        let unread = Place::new(&"content/gone\u{7}.md".into(), Span::new(3, 9));
        [
            Diagnostic::error("no-title", "the site has no title"),
            Diagnostic::error("unknown-key", "unknown key `compnay`")
                .at(place("content/a.md", "compnay"))
                .label(place("content/a.md", "\"meta\""), "its value")
                .label(place("content/b, 100%.md", "id"), "the same, here")
                .help("did you mean `company`?\nit is optional"),
            Diagnostic::warning("odd-id", "odd: \u{1b}[2J, 100%\r\n::set-output")
                .at(place("content/b, 100%.md", "a\u{1b}[31m\u{9b}\u{202e}")),
            Diagnostic::warning("unreadable", "the file cannot be read").at(unread.clone()).label(unread, "again"),
            Diagnostic::error("front-matter", "it never ends")
                .at(Place::new(&"content/a.md".into(), Span::new(0, 9)))
                .label(Place::file(&"content/a.md".into()), "in here"),
        ]
        .into_iter()
        .collect()
    }

    /// Draws in one format.
    pub(super) fn drawn(format: Format) -> String {
        let mut out = Vec::new();
        write(&mut out, format, &diagnostics(), &text).expect("a vector takes all");
        String::from_utf8(out).expect("what is drawn is text")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;

    #[test]
    fn a_summary_counts_in_words() {
        let of = |errors: usize, warnings: usize| {
            let errors = (0..errors).map(|_| Diagnostic::error("a", "b"));
            let warnings = (0..warnings).map(|_| Diagnostic::warning("a", "b"));
            summary(&errors.chain(warnings).collect())
        };
        assert_eq!([of(0, 0), of(1, 0), of(0, 2), of(2, 1)], ["", "1 error", "2 warnings", "2 errors, 1 warning"]);
    }

    #[test]
    fn a_file_is_asked_for_once_however_much_is_said_of_it() {
        let (a, b) = ("a.md".into(), "b.md".into());
        let at = |file, start| crate::text::Place::new(file, crate::text::Span::new(start, start + 1));
        let diagnostics: Diagnostics =
            (1..9).map(|n| Diagnostic::error("x", "y").at(at(&a, n)).label(at(&b, n), "z")).collect();
        let asked = std::sync::Mutex::new(Vec::new());
        let texts = |file: &str| {
            asked.lock().expect("nobody panicked").push(file.to_owned());
            Some("line one\nline two\n".to_owned())
        };
        write(&mut Vec::new(), Format::Human(Terminal::default()), &diagnostics, &texts).expect("a vector takes all");
        let mut asked = asked.into_inner().expect("nobody panicked");
        asked.sort();
        assert_eq!(asked, ["a.md", "b.md"]);
    }

    #[test]
    fn no_format_lets_a_control_character_through() {
        for format in [Format::Human(Terminal::default()), Format::Short, Format::Json, Format::Github, Format::Sarif] {
            let drawn = fixture::drawn(format);
            assert!(!drawn.contains(|c| c != '\n' && clean::is_active(c)), "{drawn:?}");
        }
    }
}
