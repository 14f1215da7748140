//! Code in colour, as classes that a style sheet gives their colours.
//!
//! Loading the syntaxes takes some milliseconds, and colouring a block takes longer than setting its page: so
//! nothing is loaded before the first block in a language, and equal blocks are coloured once.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use syntect::html::{ClassStyle, ClassedHTMLGenerator, css_for_theme_with_class_style};
use syntect::parsing::{SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;
use two_face::theme::EmbeddedThemeName;

use crate::diagnostic::nearest;

/// How the classes are written; the prefix keeps them apart from the theme's own.
const CLASSES: ClassStyle = ClassStyle::SpacedPrefixed { prefix: "hl-" };

/// The largest block, and the longest line, that are coloured: time grows faster than a line does.
const LARGEST_BLOCK: usize = 64 * 1024;
const LONGEST_LINE: usize = 4 * 1024;

/// How many bytes of coloured code, and how many names of languages, are remembered.
const REMEMBERED_BYTES: usize = 8 * 1024 * 1024;
const REMEMBERED_LANGUAGES: usize = 1024;

/// Names of languages that the syntaxes do not go by.
const ALIASES: [(&str, &str); 12] = [
    ("c++", "cpp"),
    ("console", "sh"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
    ("golang", "go"),
    ("jsonc", "json"),
    ("jsonl", "json"),
    ("objc", "objective-c"),
    ("shell", "sh"),
    ("shell-session", "sh"),
    ("terraform", "tf"),
    ("zsh", "sh"),
];

/// Names that ask for no colours.
const PLAIN: [&str; 6] = ["", "none", "plain", "plaintext", "text", "txt"];

/// Colours code, for all pages of a build and from any thread.
#[derive(Debug, Default)]
pub struct Highlighter {
    syntaxes: OnceLock<SyntaxSet>,
    unknown: RwLock<FxHashMap<Box<str>, Option<Box<str>>>>,
    blocks: RwLock<Blocks>,
}

/// The coloured blocks so far, by language and code.
#[derive(Debug, Default)]
struct Blocks {
    bytes: usize,
    html: FxHashMap<Box<str>, Arc<str>>,
}

/// What became of a block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// HTML, with its classes.
    Coloured(Arc<str>),
    /// The code stays as it is.
    Plain,
    /// The code stays as it is, because no syntax has that name; the nearest name is given.
    UnknownLanguage(Option<Box<str>>),
}

impl Highlighter {
    /// Makes one that has loaded nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Colours a block of code in a language, by its name or the extension of its files.
    pub(super) fn colour(&self, language: &str, code: &str) -> Code {
        if PLAIN.contains(&language) || code.len() > LARGEST_BLOCK || code.lines().any(|line| line.len() > LONGEST_LINE)
        {
            return Code::Plain;
        }
        let key = format!("{language}\n{code}");
        let known = self.blocks.read().unwrap_or_else(PoisonError::into_inner).html.get(&*key).cloned();
        known.map_or_else(|| self.colour_anew(language, code, key), Code::Coloured)
    }

    fn colour_anew(&self, language: &str, code: &str, key: String) -> Code {
        let syntaxes = self.syntaxes.get_or_init(two_face::syntax::extra_newlines);
        let Some(syntax) = find(syntaxes, language) else {
            return Code::UnknownLanguage(self.nearest_language(syntaxes, language));
        };
        let Some(html) = classed(syntaxes, syntax, code) else { return Code::Plain };
        let mut blocks = self.blocks.write().unwrap_or_else(PoisonError::into_inner);
        let bytes = blocks.bytes + key.len() + html.len();
        if bytes <= REMEMBERED_BYTES {
            blocks.bytes = bytes;
            blocks.html.insert(key.into(), Arc::clone(&html));
        }
        Code::Coloured(html)
    }

    /// Finds the name that an unknown one most likely meant, once for each name.
    fn nearest_language(&self, syntaxes: &SyntaxSet, language: &str) -> Option<Box<str>> {
        let known = self.unknown.read().unwrap_or_else(PoisonError::into_inner).get(language).cloned();
        known.unwrap_or_else(|| {
            let names = syntaxes.syntaxes().iter().flat_map(|syntax| {
                std::iter::once(&syntax.name).chain(&syntax.file_extensions).filter(|name| name.len() > 2)
            });
            let near: Option<Box<str>> =
                nearest(language, names.map(String::as_str)).map(|name| name.to_lowercase().into());
            let mut unknown = self.unknown.write().unwrap_or_else(PoisonError::into_inner);
            if unknown.len() < REMEMBERED_LANGUAGES {
                unknown.insert(language.into(), near.clone());
            }
            near
        })
    }
}

/// Finds a language's syntax.
fn find<'s>(syntaxes: &'s SyntaxSet, language: &str) -> Option<&'s SyntaxReference> {
    let language = language.to_ascii_lowercase();
    let name = ALIASES.iter().find(|(alias, _)| *alias == language).map_or(&*language, |(_, name)| name);
    syntaxes.find_syntax_by_token(name)
}

/// Colours a block; none where the syntax itself fails, which leaves the code as it is.
fn classed(syntaxes: &SyntaxSet, syntax: &SyntaxReference, code: &str) -> Option<Arc<str>> {
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, syntaxes, CLASSES);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize().into())
}

/// Writes the style sheet of coloured code: a light theme, and a dark one for readers who prefer that.
///
/// Coldark's two are the embedded themes whose every colour has a contrast of 4.5 and more (WCAG 2, AA). The text
/// is long and always the same; a build asks for it once.
pub fn style_sheet() -> String {
    let themes = two_face::theme::extra();
    let css = |theme| css_for_theme_with_class_style(themes.get(theme), CLASSES).unwrap_or_default();
    let light = css(EmbeddedThemeName::ColdarkCold);
    let dark = css(EmbeddedThemeName::ColdarkDark);
    format!("{light}\n@media (prefers-color-scheme: dark) {{\n{dark}}}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_loaded_for_plain_code() {
        let highlighter = Highlighter::new();
        assert_eq!(highlighter.colour("text", "a < b"), Code::Plain);
        assert_eq!(highlighter.colour("rust", &"x".repeat(LONGEST_LINE + 1)), Code::Plain);
        assert_eq!(highlighter.colour("rust", &"x\n".repeat(LARGEST_BLOCK)), Code::Plain);
        assert!(highlighter.syntaxes.get().is_none());
    }

    #[test]
    fn code_is_coloured_once_and_escaped() {
        let highlighter = Highlighter::new();
        let Code::Coloured(html) = highlighter.colour("rs", "let x = a < b;\n") else { panic!("Rust is known") };
        assert!(html.contains("hl-storage") && html.contains("&lt;") && !html.contains("a < b"), "{html}");
        let Code::Coloured(again) = highlighter.colour("rs", "let x = a < b;\n") else { panic!("Rust is known") };
        assert!(Arc::ptr_eq(&html, &again));
    }

    #[test]
    fn the_usual_names_are_known() {
        let syntaxes = two_face::syntax::extra_newlines();
        let names = "rs rust Rust py python sh bash shell console zsh ts typescript tsx js javascript json jsonc toml yaml yml \
                     c++ cpp c cs csharp go golang sql html css xml dockerfile docker diff md markdown java kotlin swift rb \
                     ruby php objc terraform ini makefile lua r jinja2 tex latex graphql scala csv";
        for name in names.split_whitespace() {
            assert!(find(&syntaxes, name).is_some(), "{name}");
        }
    }

    #[test]
    fn an_unknown_language_is_told_with_the_nearest() {
        let highlighter = Highlighter::new();
        for _ in 0..2 {
            assert_eq!(highlighter.colour("pyhton", "x"), Code::UnknownLanguage(Some("python".into())));
            assert_eq!(highlighter.colour("brainwave9000", "x"), Code::UnknownLanguage(None));
        }
    }

    #[test]
    fn the_style_sheet_has_both_themes() {
        let css = style_sheet();
        let (light, dark) = css.split_once("@media (prefers-color-scheme: dark)").expect("both themes are there");
        assert!(light.contains(".hl-code {") && dark.contains(".hl-code {"));
        assert_eq!(css.matches('{').count(), css.matches('}').count());
    }
}
