//! `theme.toml`: what a theme stands on, and what a site may choose of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use lightningcss::printer::PrinterOptions;
use lightningcss::traits::{Parse, ToCss};
use lightningcss::values::color::CssColor;
use serde::Deserialize;

use crate::config::{FILE, OptionValue};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::{Word, decode, toml_file};
use crate::text::{Place, Spanned};
use crate::value::Vocabulary;

/// The codes of mistakes in options.
const UNKNOWN: &str = "unknown-option";
const WRONG: &str = "theme-option";

/// A theme's own account of itself.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Manifest {
    /// Its name, for people.
    #[serde(default)]
    #[allow(dead_code, reason = "it may be written, and is for people")]
    name: Option<String>,
    /// What it is, for people.
    #[serde(default)]
    #[allow(dead_code, reason = "it may be written, and is for people")]
    description: Option<String>,
    /// Its licence, for people.
    #[serde(default)]
    #[allow(dead_code, reason = "it may be written, and is for people")]
    license: Option<String>,
    /// The theme that it stands on; by default the built-in one.
    #[serde(default)]
    pub(super) base: Option<Spanned<String>>,
    /// What a site may choose, by name.
    #[serde(default)]
    options: BTreeMap<Spanned<String>, OptionMatter>,
}

/// An option as a theme declares it.
#[derive(Debug, Deserialize)]
struct OptionMatter {
    /// What kind of value it has.
    #[serde(rename = "type")]
    kind: Word<OptionKind>,
    /// The value that it has unless a site says otherwise.
    default: Spanned<OptionValue>,
    /// What it is for.
    description: Option<String>,
    /// The words of a choice.
    #[serde(default)]
    choices: Vec<String>,
}

/// The kinds of values that an option may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OptionKind {
    Bool,
    Integer,
    Text,
    Choice,
    Colour,
}

impl Vocabulary for OptionKind {
    const NAME: &'static str = "type of option";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("bool", Self::Bool),
        ("integer", Self::Integer),
        ("text", Self::Text),
        ("choice", Self::Choice),
        ("colour", Self::Colour),
    ];
}

/// What a theme and those that it stands on let a site choose.
#[derive(Debug, Default)]
pub(super) struct Options(BTreeMap<String, Declared>);

#[derive(Debug)]
struct Declared {
    kind: OptionKind,
    choices: Vec<String>,
    about: Option<String>,
    value: OptionValue,
}

impl Manifest {
    /// Reads a theme.toml.
    pub(super) fn read(text: &str, file: &Arc<str>, diagnostics: &mut Diagnostics) -> Self {
        let (node, mut problems) = toml_file(text);
        let manifest = decode::<Self>(&node, &mut problems);
        problems.into_iter().for_each(|problem| diagnostics.push(problem.at(file)));
        manifest.unwrap_or_default()
    }

    /// Adds its options to those of the themes that it stands on; one of the same name takes the other's place.
    pub(super) fn declare(self, options: &mut Options, file: &Arc<str>, diagnostics: &mut Diagnostics) {
        for (name, matter) in self.options {
            let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            if !name.value.starts_with(|c: char| c.is_ascii_lowercase()) || !name.value.chars().all(is_name) {
                let error = Diagnostic::error(WRONG, format!("`{}` is no name for an option", name.value));
                let error = error.at(Place::new(file, name.span));
                diagnostics.push(error.help("use small letters, digits and `_`, as templates read it by that name"));
                continue;
            }
            let kind = match matter.kind.read() {
                Ok(kind) => kind,
                Err(problem) => {
                    diagnostics.push(problem.at(file));
                    continue;
                }
            };
            let (value, span) = (matter.default.value, matter.default.span);
            let declared = Declared { kind, choices: matter.choices, about: matter.description, value };
            if let Err(why) = declared.check(&declared.value) {
                diagnostics.push(why.at(Place::new(file, span)));
            }
            options.0.insert(name.value, declared);
        }
    }
}

impl Options {
    /// Takes what a site chose.
    pub(super) fn choose(&mut self, chosen: &[(Spanned<String>, Spanned<OptionValue>)], diagnostics: &mut Diagnostics) {
        let file: Arc<str> = Arc::from(FILE);
        for (name, value) in chosen {
            let Some(declared) = self.0.get(&name.value) else {
                let error = Diagnostic::error(UNKNOWN, format!("the theme has no option `{}`", name.value));
                let error = error.at(Place::new(&file, name.span)).nearest(&name.value, self.0.keys().map(|k| &**k));
                let known: Vec<_> = self.0.keys().map(|name| format!("`{name}`")).collect();
                diagnostics.push(match error.help {
                    None if !known.is_empty() => error.help(format!("it has {}", known.join(", "))),
                    _ => error,
                });
                continue;
            };
            match declared.check(&value.value) {
                Ok(()) => drop(self.0.get_mut(&name.value).map(|option| option.value = value.value.clone())),
                Err(why) => diagnostics.push(why.at(Place::new(&file, value.span))),
            }
        }
    }

    /// Gives the style sheet `options.css`, where sheets find the colours that were chosen; none without such options.
    pub(super) fn sheet(&self) -> Option<String> {
        let colours: Vec<_> = self.0.iter().filter(|(_, option)| option.kind == OptionKind::Colour).collect();
        let set = colours.iter().filter_map(|(name, option)| match &option.value {
            OptionValue::Text(text) => colour(text).map(|colour| format!("--option-{name}: {colour};")),
            _ => None,
        });
        (!colours.is_empty()).then(|| format!(":root {{ {} }}\n", set.collect::<Vec<_>>().join(" ")))
    }

    /// Gives every option with its value.
    pub(super) fn values(self) -> BTreeMap<String, OptionValue> {
        self.0.into_iter().map(|(name, option)| (name, option.value)).collect()
    }
}

impl Declared {
    /// Tells whether a value fits; a colour may be empty, for the theme's own.
    fn check(&self, value: &OptionValue) -> Result<(), Diagnostic> {
        let expected = match (self.kind, value) {
            (OptionKind::Bool, OptionValue::Bool(_))
            | (OptionKind::Integer, OptionValue::Integer(_))
            | (OptionKind::Text, OptionValue::Text(_)) => return Ok(()),
            (OptionKind::Choice, OptionValue::Text(word)) if self.choices.contains(word) => return Ok(()),
            (OptionKind::Colour, OptionValue::Text(colour)) if is_colour(colour) => return Ok(()),
            (OptionKind::Bool, _) => "true or false".to_owned(),
            (OptionKind::Integer, _) => "a whole number".to_owned(),
            (OptionKind::Text, _) => "text".to_owned(),
            (OptionKind::Choice, _) => {
                format!("one of {}", self.choices.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "))
            }
            (OptionKind::Colour, _) => "a colour as style sheets write it, such as `#0b5f6b`".to_owned(),
        };
        let error = Diagnostic::error(WRONG, format!("this option takes {expected}"));
        let nearest = match value {
            OptionValue::Text(word) if self.kind == OptionKind::Choice => {
                return Err(error.nearest(word, self.choices.iter().map(String::as_str)));
            }
            _ => self.about.clone(),
        };
        Err(Diagnostic { help: nearest, ..error })
    }
}

/// Reads a colour, and writes it whole: what the author left open is closed.
fn colour(text: &str) -> Option<String> {
    CssColor::parse_string(text).ok()?.to_css_string(PrinterOptions::default()).ok()
}

fn is_colour(text: &str) -> bool {
    text.is_empty() || colour(text).is_some()
}
