//! The texts that a theme was made of, to compile them and to place what is wrong with them.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::{Tera, TeraResult};

use super::TemplateFile;
use super::constants::{CALL, Constants, Expanded, SAID, Said, Say};
use super::tags::{Tag, tags};
use crate::diagnostic::Diagnostics;
use crate::speech::Speech;
use crate::text::{Place, Span};

/// The endings of templates whose output is escaped.
const ESCAPED: [&str; 2] = [".html", ".xml"];

/// The templates by name, and the prefixes that a plain name is looked for under.
#[derive(Clone, Debug)]
pub(super) struct Sources {
    /// The templates; the order of their names is the order of their mistakes.
    pub files: BTreeMap<String, TemplateFile>,
    prefixes: Vec<String>,
    /// How places follow from those of the texts as they were written.
    expanded: BTreeMap<String, Expanded>,
    speech: Arc<Speech>,
}

impl Sources {
    /// Keeps a copy of the templates with the constants of the site in them, and says which of those there are not.
    pub(super) fn new(
        templates: &[TemplateFile],
        prefixes: &[String],
        constants: &Constants<'_>,
    ) -> (Self, Diagnostics) {
        let mut found = Diagnostics::new();
        let (mut files, mut places) = (BTreeMap::new(), BTreeMap::new());
        for template in templates {
            let is_escaped = ESCAPED.iter().any(|ending| template.name.ends_with(ending));
            let (mut expanded, mistakes) = constants.expand(&template.text, is_escaped);
            for (mistake, span) in mistakes {
                found.push(mistake.at(Place::new(&template.file, span)));
            }
            let TemplateFile { name, file, .. } = template;
            let text = std::mem::take(&mut expanded.text);
            files.insert(name.clone(), TemplateFile { name: name.clone(), file: Arc::clone(file), text });
            places.insert(template.name.clone(), expanded);
        }
        let speech = Arc::clone(constants.speech);
        (Self { files, prefixes: prefixes.to_vec(), expanded: places, speech }, found)
    }

    /// Compiles all templates together.
    ///
    /// # Errors
    /// The first mistakes that Tera finds; `compile` finds the others.
    pub(super) fn build(&self) -> TeraResult<Tera> {
        let mut tera = Tera::new();
        tera.autoescape_on(ESCAPED.to_vec());
        tera.register_filter(SAID, Said(Arc::clone(&self.speech)));
        tera.register_function(CALL, Say(Arc::clone(&self.speech)));
        tera.set_fallback_prefixes(self.prefixes.iter().cloned())?;
        tera.add_raw_templates(self.files.values().map(|one| (&one.name, &one.text)))?;
        Ok(tera)
    }

    /// The names of templates as an author would write them, without the prefix of a theme.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|name| self.plain(name))
    }

    /// Cuts a theme's prefix off the name of a template.
    pub(super) fn plain<'n>(&self, name: &'n str) -> &'n str {
        self.prefixes.iter().find_map(|prefix| name.strip_prefix(prefix.as_str())).unwrap_or(name)
    }

    /// The names of all components that some template defines, though it may not compile.
    pub(super) fn components(&self) -> impl Iterator<Item = &str> {
        let tags = self.files.values().flat_map(|one| tags(&one.text));
        tags.filter(|tag| tag.keyword == "component").map(|tag| tag.name)
    }

    /// Finds a template's first tag of a keyword with a name; a name may be without a theme's prefix.
    pub(super) fn tag(&self, template: &str, keyword: &str, name: &str) -> Option<Tag<'_>> {
        let matches = |tag: &Tag<'_>| tag.keyword == keyword && (tag.name == name || tag.name == self.plain(name));
        tags(self.text(template)).find(matches)
    }

    /// The text of a template; empty where there is none of that name.
    pub(super) fn text(&self, template: &str) -> &str {
        self.files.get(template).map_or("", |one| one.text.as_str())
    }

    /// Places a span of a template.
    pub(super) fn place(&self, template: &str, span: Span) -> Place {
        let span = self.expanded.get(template).map_or(span, |expanded| expanded.written(span));
        Place::new(&self.file(template), span)
    }

    /// The path of a template.
    pub(super) fn file(&self, template: &str) -> Arc<str> {
        self.files.get(template).map_or_else(|| Arc::from(template), |one| Arc::clone(&one.file))
    }
}
