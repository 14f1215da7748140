//! What is wrong with a body, at its place in it.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{Place, Span};

/// One thing that is wrong, or doubtful, in a body of prose.
///
/// It knows its bytes in the body but not the file around it; [`ProseProblem::diagnostic`] adds that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProseProblem {
    /// The stable name of this kind of mistake, such as `unsafe-link`.
    pub code: &'static str,
    /// Whether it stops the build.
    pub severity: Severity,
    /// One sentence without a full stop.
    pub message: String,
    /// The bytes meant, counted from the start of the body.
    pub span: Span,
    /// What to do about it.
    pub help: Option<String>,
}

impl ProseProblem {
    pub(crate) fn error(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), span, help: None }
    }

    pub(crate) fn warning(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, span) }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Turns it into a diagnostic of the file whose body starts at the byte `body`.
    pub fn diagnostic(self, file: &Arc<str>, body: u32) -> Diagnostic {
        let start = match self.severity {
            Severity::Error => Diagnostic::error(self.code, self.message),
            Severity::Warning => Diagnostic::warning(self.code, self.message),
        };
        let placed = start.at(Place::new(file, self.span.shifted(body)));
        match self.help {
            Some(help) => placed.help(help),
            None => placed,
        }
    }
}
