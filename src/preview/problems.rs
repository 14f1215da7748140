//! What there is to say of a site, for the overlay: drawn as the terminal draws it, with places that can be opened.

use serde::Serialize;

use super::editor::Editor;
use super::state::State;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::prose::escaped;
use crate::report::{self, Format, Terminal, diagnostics_json};
use crate::theme_files::built_in_text;

/// How many are drawn; a site with more mistakes than that has one that is the cause of the others.
const MOST: usize = 40;

/// How wide they are drawn, in characters.
const WIDTH: usize = 100;

/// One thing that is wrong or doubtful.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Problem {
    /// Its code.
    pub(super) code: String,
    /// `error` or `warning`.
    pub(super) severity: &'static str,
    /// What is wrong.
    pub(super) message: String,
    /// `file:line:column`.
    pub(super) place: Option<String>,
    /// The address that opens the place in an editor.
    pub(super) href: Option<String>,
    /// All of it, with the line that is meant, as the terminal shows it.
    pub(super) drawn: String,
}

/// Draws the first of some diagnostics.
pub(super) fn problems<'d>(
    found: impl Iterator<Item = &'d Diagnostic>,
    state: &State,
    editor: &Editor,
) -> Vec<Problem> {
    let found: Diagnostics = found.take(MOST).cloned().collect();
    let texts = |file: &str| text_of(state, file);
    let places = diagnostics_json(&found, &texts);
    let problem = |(one, json): (&Diagnostic, report::DiagnosticJson<'_>)| {
        let place = json.file.map(|file| match (json.line, json.column) {
            (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
            _ => file.to_owned(),
        });
        Problem {
            code: json.code.to_owned(),
            severity: json.severity,
            message: json.message.to_owned(),
            place: place.map(|place| report::clean(&place).into_owned()),
            href: json.file.and_then(|file| editor.link(file, json.line, json.column)),
            drawn: drawn(one, &texts),
        }
    };
    found.iter().zip(places).map(problem).collect()
}

/// Draws one diagnostic; the count that a terminal ends with is left out.
fn drawn(one: &Diagnostic, texts: report::Texts<'_>) -> String {
    let format = Format::Human(Terminal { width: WIDTH, ..Terminal::default() });
    let mut out = Vec::new();
    // A vector takes all that is written to it.
    let _ = report::write(&mut out, format, &Diagnostics::from_iter([one.clone()]), texts);
    let drawn = String::from_utf8_lossy(&out);
    drawn.rsplit_once("\n\n").map_or(&*drawn, |(drawn, _)| drawn).to_owned()
}

/// Reads a file that a diagnostic is about.
pub(super) fn text_of(state: &State, file: &str) -> Option<String> {
    let own = std::fs::read(state.root.join(file)).ok();
    let own = own.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    own.or_else(|| built_in_text(file).map(str::to_owned))
}

/// Writes a page that holds nothing but what is wrong, for where nothing else can be shown.
pub(super) fn error_page(found: &Diagnostics, state: &State, editor: &Editor) -> Vec<u8> {
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    let mut html = String::from(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>The page cannot be shown</title>\n\
         <meta name=\"color-scheme\" content=\"light dark\"></head>\n<body><h1>The page cannot be shown</h1>\n",
    );
    for problem in problems(errors, state, editor) {
        html.extend(["<pre>", &escaped(&problem.drawn), "</pre>\n"]);
    }
    html.push_str("</body></html>\n");
    html.into_bytes()
}
