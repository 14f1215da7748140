//! A mistake in one file, before it is known which file that is.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::text::{Place, Span};

/// Codes of the mistakes that reading a file can find.
pub(crate) mod code {
    /// The first line opens no front matter.
    pub(crate) const MISSING_FRONT_MATTER: &str = "missing-front-matter";
    /// The front matter is never closed.
    pub(crate) const UNCLOSED_FRONT_MATTER: &str = "unclosed-front-matter";
    /// The text is not TOML or not YAML.
    pub(crate) const SYNTAX: &str = "syntax";
    /// A key stands twice in one table.
    pub(crate) const DUPLICATE_KEY: &str = "duplicate-key";
    /// A key that its record does not have.
    pub(crate) const UNKNOWN_KEY: &str = "unknown-key";
    /// A word that is none of those which may stand here.
    pub(crate) const UNKNOWN_VALUE: &str = "unknown-value";
    /// A list where text is expected, and the like.
    pub(crate) const WRONG_TYPE: &str = "wrong-type";
    /// A required key is not there.
    pub(crate) const MISSING_KEY: &str = "missing-key";
}

/// How many problems of one file each step reports; of those beyond, most are echoes.
pub(crate) const MAX_PROBLEMS: usize = 50;

/// One mistake with its place in a file; every one is an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The stable name of this kind of mistake, such as `unknown-key`.
    pub code: &'static str,
    /// One sentence without a full stop, in lower case.
    pub message: String,
    /// The bytes meant, counted from the start of the file.
    pub span: Span,
    /// What to do about it.
    pub help: Option<String>,
    /// A second place in the same file that explains the first, and what stands there.
    pub also: Option<(Span, String)>,
}

impl Problem {
    /// Starts a problem without help or second place.
    pub(crate) fn new(code: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self { code, message: message.into(), span, help: None, also: None }
    }

    /// Says what to do about it.
    #[must_use]
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        self.maybe_help(Some(help.into()))
    }

    /// Says what to do about it, where that is known.
    #[must_use]
    pub(crate) fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Reports a key that stands twice, and where it stood first if that is known.
    pub(crate) fn duplicate_key(key: &str, span: Span, first: Option<Span>) -> Self {
        Self {
            also: first.map(|first| (first, "first given here".to_owned())),
            ..Self::new(code::DUPLICATE_KEY, format!("key `{key}` is given twice"), span)
                .help("keep one of the two, or make them one")
        }
    }

    /// Names the file, which makes a diagnostic of it.
    pub fn at(self, file: &Arc<str>) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.code, self.message).at(Place::new(file, self.span));
        diagnostic.help = self.help;
        match self.also {
            Some((span, text)) => diagnostic.label(Place::new(file, span), text),
            None => diagnostic,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_becomes_an_error_at_its_place_in_the_file() {
        let file: Arc<str> = Arc::from("content/a.md");
        let diagnostic = Problem::duplicate_key("title", Span::new(9, 14), Some(Span::new(4, 6))).at(&file);
        assert_eq!(diagnostic.code, "duplicate-key");
        assert_eq!(diagnostic.place, Some(Place::new(&file, Span::new(9, 14))));
        assert_eq!(diagnostic.labels.len(), 1);
        assert!(diagnostic.help.is_some());
    }
}
