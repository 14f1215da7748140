//! A theme: templates, styles and static files, the site's own winning over it file by file.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, ReportError, Tera, Value};
use xxhash_rust::xxh3::Xxh3Default;

use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::prose::{ComponentCall, Highlighter, Literal};
use crate::text::{Place, Span};

/// A template as a file: what templates call it, where it is, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFile {
    /// Its name for `extends` and `include`, such as `analysis.html`; a theme's is also `briefing/analysis.html`.
    pub name: String,
    /// Its path for diagnostics.
    pub file: Arc<str>,
    /// Its text.
    pub text: String,
}

/// How many bytes a page usually has.
const USUAL_PAGE: usize = 32 << 10;

/// Templates ready to render, and a hash that changes with any of them.
pub struct Theme {
    tera: Tera,
    files: BTreeMap<String, Arc<str>>,
    hash: u128,
    /// Colours code in prose.
    pub highlighter: Highlighter,
}

impl std::fmt::Debug for Theme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Theme").field("files", &self.files).field("hash", &self.hash).finish_non_exhaustive()
    }
}

impl Theme {
    /// Compiles templates; `prefixes` are the folders that a plain name is looked for in, the first that has it wins.
    ///
    /// `program` is a hash of the program that renders: a page that another one made is made anew.
    pub fn new(
        templates: &[TemplateFile],
        prefixes: &[String],
        site: &impl Serialize,
        program: u128,
    ) -> (Option<Self>, Diagnostics) {
        let mut tera = Tera::new();
        let mut theme = Self {
            files: templates.iter().map(|one| (one.name.clone(), Arc::clone(&one.file))).collect(),
            hash: hash_of(templates, site, program),
            highlighter: Highlighter::new(),
            tera: Tera::new(),
        };
        tera.autoescape_on(vec![".html", ".xml"]);
        let pairs = templates.iter().map(|one| (one.name.as_str(), one.text.as_str()));
        let compiled =
            tera.set_fallback_prefixes(prefixes.iter().cloned()).and_then(|()| tera.add_raw_templates(pairs));
        match compiled {
            Ok(()) => {
                tera.global_context().insert("site", site);
                theme.tera = tera;
                (Some(theme), Diagnostics::new())
            }
            Err(error) => (None, Diagnostics::from_iter([theme.diagnostic(&error)])),
        }
    }

    /// The hash that a page's key is made with.
    pub fn hash(&self) -> u128 {
        self.hash
    }

    /// Renders a template.
    ///
    /// # Errors
    /// A diagnostic at the place in the template.
    pub fn render(&self, template: &str, context: &Context) -> Result<Vec<u8>, Diagnostic> {
        let mut html = Vec::with_capacity(USUAL_PAGE);
        self.tera.render_to(template, context, &mut html).map_err(|error| self.diagnostic(&error))?;
        Ok(html)
    }

    /// Renders a component that prose calls; `implicit` is what its `@` arguments are found in.
    ///
    /// # Errors
    /// A sentence on what is wrong with the call, or with the component.
    pub fn component(&self, call: &ComponentCall, implicit: &Context, body: Option<&str>) -> Result<String, String> {
        let Some(definition) = self.tera.get_component_definition(&call.name) else {
            let mut names: Vec<&str> = self.tera.get_component_names().collect();
            names.sort_unstable();
            return Err(match nearest(&call.name, names.iter().copied()) {
                Some(near) => format!("there is no component `{}`; did you mean `{near}`?", call.name),
                None => format!("there is no component `{}`; there are {}", call.name, names.join(", ")),
            });
        };
        if body.is_some() && !call.has_body {
            return Err(format!("component `{}` takes no body", definition.name()));
        }
        let mut arguments = Context::new();
        for (name, value) in &call.args {
            let value = match value {
                Literal::Text(text) => Value::from(&**text),
                Literal::Integer(number) => Value::from(*number),
                Literal::Float(number) => Value::from(*number),
                Literal::Bool(flag) => Value::from(*flag),
            };
            arguments.insert_value(name.to_string(), value);
        }
        self.tera
            .render_component_with_implicits(&call.name, &arguments, implicit, body, true)
            .map_err(|error| self.message(&error))
    }

    /// Says in one line what a template error is.
    fn message(&self, error: &tera::Error) -> String {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                format!(
                    "{} ({}:{})",
                    first_sentence(report.message()),
                    self.file(report.filename()),
                    report.span().start_line
                )
            }
            _ => error.to_string(),
        }
    }

    /// Turns a template error into a diagnostic with its file, line and column.
    fn diagnostic(&self, error: &tera::Error) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => self.placed(report),
            ErrorKind::MissingParent { current, parent } => {
                let error = Diagnostic::error("template", format!("template `{parent}` does not exist"));
                error.at(Place::file(&self.file(current))).nearest(parent, self.names())
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                let error = Diagnostic::error("template", format!("template `{tpl}` leads back to itself"));
                error.at(Place::file(&self.file(tpl)))
            }
            ErrorKind::TemplateNotFound(name) => {
                let error = Diagnostic::error("template", format!("template `{name}` does not exist"));
                error.nearest(name, self.names())
            }
            _ => Diagnostic::error("template", error.to_string()),
        }
    }

    /// Places a report, and turns its list of what is available into the nearest name.
    fn placed(&self, report: &ReportError) -> Diagnostic {
        let message = report.message();
        let (sentence, available) = match message.split_once(". Available ") {
            Some((sentence, rest)) => (sentence, rest.split_once(": ").map(|(_, names)| names)),
            None => (message.trim_end_matches('.'), None),
        };
        let span = &report.span().range;
        let error = Diagnostic::error("template", lower_first(sentence));
        let error = error.at(Place::new(&self.file(report.filename()), Span::new(span.start, span.end)));
        let unknown = sentence.split('`').nth(1).unwrap_or_default();
        let names = available.into_iter().flat_map(|names| names.split(", "));
        let templates = self.names().filter(|_| sentence.contains("template"));
        match nearest(unknown, names.clone().chain(templates)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => match available {
                Some(names) => error.help(format!("there are {names}")),
                None => error,
            },
        }
    }

    /// The names of templates as an author would write them, without the prefix of a theme.
    fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().flat_map(|name| [Some(name.as_str()), name.split_once('/').map(|(_, own)| own)]).flatten()
    }

    fn file(&self, template: &str) -> Arc<str> {
        self.files.get(template).cloned().unwrap_or_else(|| Arc::from(template))
    }
}

fn first_sentence(message: &str) -> &str {
    message.split_once(". Available ").map_or(message, |(sentence, _)| sentence)
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Hashes what pages depend on besides their views: templates, the site's view, and the program itself.
fn hash_of(templates: &[TemplateFile], site: &impl Serialize, program: u128) -> u128 {
    let mut hasher = Xxh3Default::new();
    hasher.update(&program.to_le_bytes());
    hasher.update(Value::from_serializable(site).to_string().as_bytes());
    for template in templates {
        hasher.update(template.name.as_bytes());
        hasher.update(&[0]);
        hasher.update(template.text.as_bytes());
        hasher.update(&[0]);
    }
    hasher.digest128()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn theme(text: &str) -> (Option<Theme>, Diagnostics) {
        let file = TemplateFile { name: "a.html".into(), file: "templates/a.html".into(), text: text.into() };
        Theme::new(&[file], &[], &BTreeMap::from([("title", "T")]), 0)
    }

    fn only(diagnostics: Diagnostics) -> Diagnostic {
        let mut all: Vec<_> = diagnostics.into_iter().collect();
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    #[test]
    fn a_syntax_error_points_into_the_template() {
        let (theme, diagnostics) = theme("<p>{{ title</p>");
        assert!(theme.is_none());
        let place = only(diagnostics).place.unwrap();
        assert_eq!(&*place.file, "templates/a.html");
        assert!(place.span.start > 0);
    }

    #[test]
    fn an_unknown_variable_is_answered_with_the_nearest() {
        let (theme, _) = theme("<p>{{ sitee.title }}</p>");
        let error = theme.unwrap().render("a.html", &Context::new()).unwrap_err();
        assert_eq!(error.message, "variable `sitee` is not defined");
        assert_eq!(error.help.as_deref(), Some("did you mean `site`?"));
    }
}
