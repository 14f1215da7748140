//! What Tera says, as diagnostics: one sentence at its place, with the name that was most likely meant.

use std::collections::BTreeSet;
use std::ops::Range;

use tera::{Context, ErrorKind, ReportError, Tera};

use super::sources::Sources;
use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::text::{Span, lower_first};

/// The filters that Tera brings, which it does not list itself.
const FILTERS: &str = "safe default upper lower wordcount escape escape_html escape_xml newlines_to_br pluralize trim \
    trim_start trim_end replace capitalize title truncate indent str int float length reverse split abs round first \
    last nth join sort unique get values keys pairs group_by said";

/// The tests that Tera brings.
const TESTS: &str = "string number map bool array integer float none iterable defined undefined odd even divisible_by \
    starting_with ending_with containing";

/// The functions that Tera brings.
const FUNCTIONS: &str = "range throw super words asset";

impl Sources {
    /// Turns a template error into a diagnostic with its file, line and column.
    pub(super) fn diagnostic(&self, error: &tera::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => self.placed(report),
            ErrorKind::TemplateNotFound(name) => {
                let error = Diagnostic::error("template", format!("template `{name}` does not exist"));
                error.nearest(name, self.names())
            }
            _ => Diagnostic::error("template", lower_first(&error.to_string())),
        }
    }

    /// Turns an error of rendering into a diagnostic that names what is undefined.
    ///
    /// A filter says of an undefined value only its type; so the path at that place is rendered alone, which says
    /// what part of it is not there.
    pub(super) fn rendering(&self, error: &tera::Error, tera: &Tera, context: &Context) -> Diagnostic {
        let ErrorKind::RenderingError(report) = error.kind() else { return self.diagnostic(error) };
        let Some(path) = self.undefined_path(report) else { return self.placed(report) };
        let start = report.span().range.start;
        let place = self.place(report.filename(), Span::new(start, start + path.len()));
        let alone = match tera.render_str(&format!("{{{{ {path} }}}}"), context, false) {
            Ok(_) => return self.placed(report),
            Err(error) => error,
        };
        match alone.kind() {
            ErrorKind::RenderingError(alone) if alone.message().starts_with("Field") => self.placed(alone).at(place),
            _ => Diagnostic::error("template", format!("`{path}` is not defined")).at(place),
        }
    }

    /// The path of names that an error calls undefined without saying which; its span may be the first name alone.
    fn undefined_path(&self, report: &ReportError) -> Option<&str> {
        let span = &report.span().range;
        let rest = self.text(report.filename()).get(span.start..)?;
        let path = rest.split(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.' | '?')).next()?;
        let unnamed = report.message().contains("undefined") && !report.message().contains(&format!("`{path}`"));
        (unnamed && path.starts_with(char::is_alphabetic) && path.len() >= span.len()).then_some(path)
    }

    /// Places a report, and turns its list of what is available into the nearest name.
    pub(super) fn placed(&self, report: &ReportError) -> Diagnostic {
        let message = report.message();
        let (sentence, available) = match message.split_once(". Available ") {
            Some((sentence, rest)) => (sentence, rest.split_once(": ").map(|(_, names)| names)),
            None => (message.trim_end_matches('.'), None),
        };
        let span = Span::from(report.span().range.clone());
        let error = Diagnostic::error("template", lower_first(sentence)).at(self.place(report.filename(), span));
        let Some(available) = available else { return error };
        let unknown = sentence.split('`').nth(1).unwrap_or_default();
        match nearest(unknown, available.split(", ")) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help(format!("there are {available}")),
        }
    }

    /// Reads the drawings that Tera makes of unknown names: `error: sentence`, then `--> template:line:column`.
    ///
    /// With `changed`, texts were taken out before, and what is unknown only for that is left out.
    pub(super) fn drawn(&self, drawings: &str, changed: bool) -> Diagnostics {
        let mut lines = drawings.lines();
        let components: BTreeSet<&str> = self.components().collect();
        let mut found = Diagnostics::new();
        while let Some(line) = lines.next() {
            let Some(sentence) = line.strip_prefix("error: ") else { continue };
            let locus = lines.next().and_then(|line| line.trim_start().strip_prefix("--> ")).unwrap_or_default();
            found.append(self.unknown(sentence, locus, &components, changed).into_iter().collect());
        }
        found
    }

    fn unknown(&self, sentence: &str, locus: &str, components: &BTreeSet<&str>, changed: bool) -> Option<Diagnostic> {
        let name = sentence.split('`').nth(1).unwrap_or_default();
        let kind = sentence.strip_prefix("Unknown ").and_then(|rest| rest.split(' ').next());
        let message = kind.map_or_else(|| lower_first(sentence), |kind| format!("{kind} `{name}` does not exist"));
        let error = Diagnostic::error("template", message);
        let error = match self.named_at(locus, name) {
            Some((template, range)) => error.at(self.place(template, range.into())),
            None => error,
        };
        match kind {
            Some("filter") => Some(error.nearest(name, FILTERS.split(' '))),
            Some("test") => Some(error.nearest(name, TESTS.split(' '))),
            Some("function") => Some(error.nearest(name, FUNCTIONS.split(' '))),
            Some("template") => Some(error.nearest(name, self.names())),
            Some("component") if components.contains(name) => None,
            Some("component") => Some(error.nearest(name, components.iter().copied())),
            _ => (!changed).then_some(error),
        }
    }

    /// Finds a name at or after `template:line:column` in that line; lines and columns count from 1, in characters.
    fn named_at<'l>(&self, locus: &'l str, name: &str) -> Option<(&'l str, Range<usize>)> {
        let mut parts = locus.rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        let template = parts.next()?;
        let before = line.checked_sub(1)?;
        let text = self.text(template);
        let start: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
        let line = text.get(start..)?.split('\n').next()?;
        let at = line.char_indices().nth(column.checked_sub(1)?).map_or(line.len(), |(at, _)| at);
        let range = match line.get(at..)?.find(name) {
            Some(more) => start + at + more..start + at + more + name.len(),
            None => start + at..start + at,
        };
        Some((template, range))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_listed_names_are_known_to_tera() {
        let calls = FILTERS.split(' ').filter(|name| *name != "said").map(|name| format!("{{{{ 1 | {name} }}}}"));
        let calls = calls.chain(TESTS.split(' ').map(|name| format!("{{{{ 1 is {name} }}}}")));
        let calls = calls.chain(
            FUNCTIONS
                .split(' ')
                .filter(|name| !["super", "words", "asset"].contains(name))
                .map(|name| format!("{{{{ {name}() }}}}")),
        );
        for call in calls {
            assert!(Tera::new().add_raw_template("a", &call).is_ok(), "{call}");
        }
    }
}
