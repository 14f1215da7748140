//! A theme: templates, styles and static files, the site's own winning over it file by file.

mod compile;
mod constants;
mod errors;
mod sources;
mod tags;

use std::sync::Arc;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};
use xxhash_rust::xxh3::Xxh3Default;

pub use self::constants::Constants;
use self::sources::Sources;
use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::prose::{ComponentCall, Highlighter, Literal};
use crate::speech::Speech;

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
    sources: Sources,
    hash: u128,
    /// The language that its pages speak.
    pub speech: Arc<Speech>,
    /// Colours code in prose.
    pub highlighter: Highlighter,
}

impl std::fmt::Debug for Theme {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Theme").field("sources", &self.sources).field("hash", &self.hash).finish_non_exhaustive()
    }
}

impl Theme {
    /// Compiles templates; `prefixes` are the folders that a plain name is looked for in, the first that has it wins.
    ///
    /// `program` is a hash of the program that renders: a page that another one made is made anew.
    pub fn new(
        templates: &[TemplateFile],
        prefixes: &[String],
        constants: &Constants<'_>,
        site: &impl Serialize,
        program: u128,
    ) -> (Option<Self>, Diagnostics) {
        let (sources, mistakes) = Sources::new(templates, prefixes, constants);
        if mistakes.has_errors() {
            return (None, mistakes);
        }
        match compile::compile(&sources) {
            Ok(mut tera) => {
                tera.global_context().insert("site", site);
                let hash = hash_of(&sources, constants, site, program);
                let speech = Arc::clone(constants.speech);
                (Some(Self { tera, sources, hash, speech, highlighter: Highlighter::new() }), Diagnostics::new())
            }
            Err(mistakes) => (None, mistakes),
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
        let rendered = self.tera.render_to(template, context, &mut html);
        rendered.map_err(|error| self.sources.rendering(&error, &self.tera, context))?;
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
            .map_err(|error| self.message(&error, implicit))
    }

    /// Renders the notes that stand beside a block of prose, with the component `claim_notes`.
    ///
    /// # Errors
    /// A sentence on what is wrong with the component.
    pub fn notes(&self, notes: &impl Serialize) -> Result<String, String> {
        let mut arguments = Context::new();
        arguments.insert("notes", notes);
        let rendered = self.tera.render_component("claim_notes", &arguments, None, true);
        rendered.map_err(|error| self.message(&error, &arguments))
    }

    /// Says in one line what a template error is.
    fn message(&self, error: &tera::Error, context: &Context) -> String {
        let message = self.sources.rendering(error, &self.tera, context).message;
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                format!("{message} ({}:{})", self.sources.file(report.filename()), report.span().start_line)
            }
            _ => message,
        }
    }
}

/// Hashes what pages depend on besides their views: templates, the site's view, and the program itself.
fn hash_of(sources: &Sources, constants: &Constants<'_>, site: &impl Serialize, program: u128) -> u128 {
    let mut hasher = Xxh3Default::new();
    hasher.update(&program.to_le_bytes());
    hasher.update(Value::from_serializable(site).to_string().as_bytes());
    hasher.update(&constants.speech.print.to_le_bytes());
    for template in sources.files.values() {
        hasher.update(template.name.as_bytes());
        hasher.update(&[0]);
        hasher.update(template.text.as_bytes());
        hasher.update(&[0]);
    }
    hasher.digest128()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn theme(text: &str) -> (Option<Theme>, Diagnostics) {
        let file = TemplateFile { name: "a.html".into(), file: "templates/a.html".into(), text: text.into() };
        let speech = Arc::new(Speech::of("en", BTreeMap::new()));
        let constants = Constants { base_path: "", names: &BTreeMap::new(), speech: &speech };
        Theme::new(&[file], &[], &constants, &BTreeMap::from([("title", "T")]), 0)
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

    #[test]
    fn an_undefined_field_is_named_though_a_filter_reads_it() {
        let (theme, _) = theme("<p>\n{{ analysis.titel | upper }}</p>");
        let mut context = Context::new();
        context.insert("analysis", &BTreeMap::from([("title", "T"), ("date", "D")]));
        let error = theme.unwrap().render("a.html", &context).unwrap_err();
        assert_eq!(error.message, "field `titel` is not defined");
        assert_eq!(error.help.as_deref(), Some("did you mean `title`?"));
        assert!(error.place.unwrap().span.start >= 7);
    }

    #[test]
    fn an_undefined_field_of_a_loop_is_named_with_its_path() {
        let (theme, _) = theme("{% for row in rows %}{{ row.titel | upper }}{% endfor %}");
        let mut context = Context::new();
        context.insert("rows", &[BTreeMap::from([("title", "T")])]);
        let error = theme.unwrap().render("a.html", &context).unwrap_err();
        assert_eq!(error.message, "`row.titel` is not defined");
    }
}
