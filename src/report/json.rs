//! Diagnostics as JSON.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::Texts;
use super::clean::is_active;
use super::places::Places;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};

/// The version of the form of all JSON that Dateline prints about a build.
const VERSION: u32 = 1;

/// One diagnostic, as `check` and `build` print it.
///
/// Lines and columns are counted from 1, columns in characters; the end is the place after the last character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiagnosticJson<'d> {
    /// The kind of mistake.
    pub code: &'d str,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong, in one sentence.
    pub message: &'d str,
    /// The file relative to the site's root; none where the whole site is meant.
    pub file: Option<&'d str>,
    /// The line that it starts in; this and the next three are none where a file as a whole is meant.
    pub line: Option<u32>,
    /// The column that it starts at.
    pub column: Option<u32>,
    /// The line that it ends in.
    pub end_line: Option<u32>,
    /// The column after its last character.
    pub end_column: Option<u32>,
    /// What to do about it.
    pub help: Option<&'d str>,
}

/// What `check` prints.
#[derive(Serialize)]
struct Report<'d> {
    version: u32,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<DiagnosticJson<'d>>,
}

/// Makes the `diagnostics` array of a command's JSON.
pub fn diagnostics_json<'d>(diagnostics: &'d Diagnostics, texts: Texts<'_>) -> Vec<DiagnosticJson<'d>> {
    array(diagnostics, &Places::of(diagnostics, texts))
}

fn array<'d>(diagnostics: &'d Diagnostics, places: &Places<'d>) -> Vec<DiagnosticJson<'d>> {
    diagnostics.iter().map(|diagnostic| object(diagnostic, places)).collect()
}

fn object<'d>(diagnostic: &'d Diagnostic, places: &Places<'d>) -> DiagnosticJson<'d> {
    let spot = diagnostic.place.as_ref().and_then(|place| places.get(place));
    DiagnosticJson {
        code: diagnostic.code,
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &diagnostic.message,
        file: diagnostic.place.as_ref().map(|place| &*place.file),
        line: spot.map(|spot| spot.start.line),
        column: spot.map(|spot| spot.start.column),
        end_line: spot.map(|spot| spot.end.line),
        end_column: spot.map(|spot| spot.end.column),
        help: diagnostic.help.as_deref(),
    }
}

/// Writes the object that `check` prints: `version`, `errors`, `warnings` and `diagnostics`.
pub(super) fn write_report<'d>(
    out: &mut dyn Write,
    diagnostics: &'d Diagnostics,
    places: &Places<'d>,
) -> io::Result<()> {
    let [errors, warnings] = [Severity::Error, Severity::Warning].map(|severity| diagnostics.count(severity));
    write_json(out, &Report { version: VERSION, errors, warnings, diagnostics: array(diagnostics, places) })
}

/// Writes a value as JSON on one line, with every character escaped that would act on a terminal.
///
/// # Errors
/// Those of the writer, and those of a value that is no JSON.
pub fn write_json(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Printable))?;
    writeln!(out)
}

/// The compact form of JSON, all of it printable; JSON itself asks only for C0 to be escaped (RFC 8259, section 7).
struct Printable;

impl Formatter for Printable {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        for part in fragment.split_inclusive(is_active) {
            match part.chars().next_back().filter(|last| is_active(*last)) {
                // All of them are in the basic plane, so that four digits do.
                Some(last) => write!(out, "{}\\u{:04x}", part.trim_end_matches(last), u32::from(last))?,
                None => out.write_all(part.as_bytes())?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::fixture::drawn;
    use super::*;

    #[test]
    fn check_prints_one_object() {
        let objects = [
            r#"{"code":"no-title","severity":"error","message":"the site has no title","file":null,"line":null,"column":null,"end_line":null,"end_column":null,"help":null}"#,
            r#"{"code":"unknown-key","severity":"error","message":"unknown key `compnay`","file":"content/a.md","line":3,"column":1,"end_line":3,"end_column":8,"help":"did you mean `company`?\nit is optional"}"#,
            r#"{"code":"odd-id","severity":"warning","message":"odd: \u001b[2J, 100%\r\n::set-output","file":"content/b, 100%.md","line":1,"column":8,"end_line":1,"end_column":16,"help":null}"#,
            r#"{"code":"unreadable","severity":"warning","message":"the file cannot be read","file":"content/gone\u0007.md","line":null,"column":null,"end_line":null,"end_column":null,"help":null}"#,
            r#"{"code":"front-matter","severity":"error","message":"it never ends","file":"content/a.md","line":1,"column":1,"end_line":2,"end_column":6,"help":null}"#,
        ];
        let expected = objects.join(",");
        assert_eq!(
            drawn(Format::Json),
            format!("{{\"version\":1,\"errors\":3,\"warnings\":2,\"diagnostics\":[{expected}]}}\n")
        );
    }

    #[test]
    fn json_is_printable_and_says_the_same() {
        let text = "a\u{9b}\u{7f}b\u{202e}\u{2029}é漢\u{1}😀";
        let mut out = Vec::new();
        write_json(&mut out, &text).expect("a vector takes all");
        assert_eq!(String::from_utf8_lossy(&out), "\"a\\u009b\\u007fb\\u202e\\u2029é漢\\u0001😀\"\n");
        assert_eq!(serde_json::from_slice::<String>(&out).expect("it is JSON"), text);
    }
}
