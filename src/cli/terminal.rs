//! What commands share in speaking to a terminal.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Failure;
use crate::diagnostic::Diagnostics;
use crate::report::{self, Format, Terminal};
use crate::theme_files::built_in_text;

/// How many warnings a build draws; `check` draws all.
const WARNINGS_SHOWN: usize = 50;

/// How long a build runs before it shows that it is alive.
const PATIENCE: Duration = Duration::from_secs(1);

/// Prints why a command failed, and gives the exit status.
pub(super) fn fail(failure: &Failure) -> ExitCode {
    let (code, message) = match failure {
        Failure::Content => return ExitCode::from(1),
        Failure::Pending => return ExitCode::from(2),
        Failure::Unread => return ExitCode::SUCCESS,
        Failure::Usage(message) => (2, message),
        Failure::World(message) => (3, message),
    };
    let message = report::clean_lines(message);
    // Where standard error is closed there is nobody left to tell.
    let _ = writeln!(anstream::stderr(), "\u{1b}[1;31merror\u{1b}[0m: {message}");
    ExitCode::from(code)
}

/// Writes diagnostics in a format; a text is read from the site's folder, or from the built-in theme.
pub(super) fn report(
    out: &mut dyn Write,
    format: Format,
    diagnostics: &Diagnostics,
    root: &Path,
) -> std::io::Result<()> {
    report::write(out, format, diagnostics, &|file| text_of(root, file))
}

/// Writes diagnostics for people to standard error, in colour where it is a terminal.
pub(super) fn report_to_people(diagnostics: &Diagnostics, root: &Path) -> Result<(), Failure> {
    let mut out = anstream::stderr();
    let width = if std::io::stderr().is_terminal() { terminal_width() } else { Terminal::default().width };
    report(&mut out, Format::Human(Terminal { color: true, width, warnings: WARNINGS_SHOWN }), diagnostics, root)?;
    Ok(())
}

/// The columns of the terminal, as the shell tells them.
pub(super) fn terminal_width() -> usize {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns.unwrap_or(Terminal::default().width)
}

/// Gives a file's text for a snippet.
pub(super) fn text_of(root: &Path, file: &str) -> Option<String> {
    let bytes = std::fs::read(root.join(file)).ok();
    let own = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    own.or_else(|| built_in_text(file).map(str::to_owned))
}

/// Shows a bar on a terminal once the work lasts over a second.
pub(super) fn progress(pages: usize) -> ProgressBar {
    let target =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(pages as u64), ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{bar:32} {human_pos} of {human_len} pages") {
        bar.set_style(style);
    }
    let late = bar.clone();
    std::thread::spawn(move || {
        std::thread::sleep(PATIENCE);
        if !late.is_finished() {
            late.set_draw_target(target);
        }
    });
    bar
}
