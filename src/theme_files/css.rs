//! Style sheets: those that one imports are put into it, and what is left is made small.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lightningcss::dependencies::{Dependency, DependencyOptions};
use lightningcss::error::{Error, ErrorLocation};
use lightningcss::printer::PrinterOptions;
use lightningcss::rules::import::ImportRule;
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};
use lightningcss::traits::ToCss;
use lightningcss::values::string::CowArcStr;
use percent_encoding::percent_decode_str;

use super::paths::{is_elsewhere, resolve};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::pages::encode;
use crate::text::{Place, Span, lower_first};

/// The code of every mistake in a style sheet.
const CODE: &str = "style-sheet";

/// The oldest browsers that a sheet is written for: those of two years ago.
const TARGETS: Targets = Targets {
    browsers: Some(Browsers {
        android: None,
        chrome: Some(131 << 16),
        edge: Some(131 << 16),
        firefox: Some(132 << 16),
        ie: None,
        ios_saf: Some((18 << 16) | (1 << 8)),
        opera: None,
        safari: Some((18 << 16) | (1 << 8)),
        samsung: None,
    }),
    include: lightningcss::targets::Features::empty(),
    exclude: lightningcss::targets::Features::empty(),
};

/// A style sheet as it was read.
#[derive(Debug)]
pub(super) struct SheetText {
    /// Its path for messages.
    pub(super) file: Arc<str>,
    /// Its text.
    pub(super) text: String,
}

/// Puts sheets together.
pub(super) struct Bundler<'s> {
    /// All sheets of the theme by the path that they would be published at.
    pub(super) sheets: &'s BTreeMap<String, SheetText>,
    /// The path that a file is published at, by the one that a sheet names; none where there is no such file.
    pub(super) address: &'s dyn Fn(&str) -> Option<String>,
    /// The sheets that were put somewhere.
    pub(super) reached: BTreeSet<String>,
    /// What is wrong.
    pub(super) found: Diagnostics,
}

/// How deep blocks and brackets go at most: what reads them goes as deep itself.
const DEEPEST: usize = 64;

impl SheetText {
    /// Tells where it is nested too deep to be read.
    pub(super) fn too_deep(&self) -> Option<Diagnostic> {
        let mut depth = 0_usize;
        let mut deep = self.text.char_indices().filter(|(_, c)| {
            match c {
                '{' | '(' | '[' => depth += 1,
                '}' | ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth > DEEPEST
        });
        let (at, _) = deep.next()?;
        let error = Diagnostic::error(CODE, format!("blocks and brackets go deeper than {DEEPEST}"));
        Some(error.at(Place::new(&self.file, Span::new(at, at + 1))).help("does one of them not close?"))
    }
}

/// A sheet that is being read, and those that led to it.
struct Reading<'s, 'c> {
    path: &'s str,
    sheet: &'s SheetText,
    /// How far the finished sheet is below the root: what leads from it to there.
    up: &'s str,
    chain: &'c [&'s str],
}

/// Lists the sheets that a sheet imports, by their paths.
pub(super) fn imports(path: &str, text: &str) -> Vec<String> {
    let options = ParserOptions { error_recovery: true, ..ParserOptions::default() };
    let Ok(sheet) = StyleSheet::parse(text, options) else { return Vec::new() };
    let imported = sheet.rules.0.iter().filter_map(|rule| match rule {
        CssRule::Import(import) => resolve(path, &import.url),
        _ => None,
    });
    imported.collect()
}

impl<'s> Bundler<'s> {
    /// Gives a sheet with all that it imports, as small as it can be.
    pub(super) fn bundle(&mut self, path: &'s str) -> String {
        let Some(sheet) = self.sheets.get(path) else { return String::new() };
        let up = "../".repeat(path.matches('/').count());
        let mut out = String::with_capacity(sheet.text.len());
        self.add(&Reading { path, sheet, up: &up, chain: &[] }, &mut out);
        out
    }

    /// Adds a sheet in the order of its rules: where it imports another, that one stands in its place.
    fn add(&mut self, reading: &Reading<'_, '_>, out: &mut String) {
        self.reached.insert(reading.path.to_owned());
        let warnings = Arc::default();
        let options =
            ParserOptions { error_recovery: true, warnings: Some(Arc::clone(&warnings)), ..ParserOptions::default() };
        let parsed = StyleSheet::parse(&reading.sheet.text, options);
        for problem in warnings.read().iter().flat_map(|all| all.iter()) {
            self.report(reading, problem);
        }
        let sheet = match parsed {
            Ok(sheet) => sheet,
            Err(error) => return self.report(reading, &error),
        };
        let mut licences = sheet.license_comments;
        let mut rules = Vec::new();
        for rule in sheet.rules.0 {
            match rule {
                CssRule::Import(import) => {
                    self.print(reading, std::mem::take(&mut rules), std::mem::take(&mut licences), out);
                    self.import(reading, &import, out);
                }
                rule => rules.push(rule),
            }
        }
        self.print(reading, rules, licences, out);
    }

    /// Adds an imported sheet, in the layer and under the conditions of its import.
    fn import(&mut self, reading: &Reading<'_, '_>, import: &ImportRule<'_>, out: &mut String) {
        let at = ErrorLocation { filename: String::new(), line: import.loc.line, column: import.loc.column };
        let place = reading.place(Some(&at));
        if is_elsewhere(&import.url) {
            let error = Diagnostic::error(CODE, "a sheet cannot import one from elsewhere").at(place);
            return self.found.push(error.help("keep a copy in styles/, so that pages need no other host"));
        }
        let path = resolve(reading.path, &import.url);
        let Some((path, sheet)) = path.as_deref().and_then(|path| self.sheets.get_key_value(path)) else {
            let error = Diagnostic::error(CODE, format!("there is no style sheet `{}`", import.url)).at(place);
            return self.found.push(error.nearest(&import.url, self.sheets.keys().map(String::as_str)));
        };
        let chain: Vec<&str> = reading.chain.iter().copied().chain([reading.path]).collect();
        if chain.contains(&path.as_str()) {
            let error = Diagnostic::error(CODE, format!("`{path}` leads back to itself")).at(place);
            return self.found.push(error.help(format!("the way is {} → {path}", chain.join(" → "))));
        }
        let mut heads = Vec::new();
        if !import.media.media_queries.is_empty() {
            heads.push(format!("@media {}", css(&import.media)));
        }
        heads.extend(import.supports.as_ref().map(|condition| format!("@supports {}", css(condition))));
        heads.extend(import.layer.as_ref().map(|layer| match layer {
            Some(name) => format!("@layer {}", css(name)),
            None => "@layer".to_owned(),
        }));
        heads.iter().for_each(|head| out.extend([head, "{"]));
        self.add(&Reading { path, sheet, up: reading.up, chain: &chain }, out);
        heads.iter().for_each(|_| out.push('}'));
    }

    /// Writes rules in their shortest form, with the addresses of the files that they name.
    fn print<'r>(
        &mut self,
        reading: &Reading<'_, '_>,
        rules: Vec<CssRule<'r>>,
        licences: Vec<CowArcStr<'r>>,
        out: &mut String,
    ) {
        let mut sheet = StyleSheet::new(vec![String::new()], CssRuleList(rules), ParserOptions::default());
        sheet.license_comments = licences;
        if let Err(error) = sheet.minify(MinifyOptions { targets: TARGETS, ..MinifyOptions::default() }) {
            return self.report(reading, &error);
        }
        let options = PrinterOptions {
            minify: true,
            targets: TARGETS,
            analyze_dependencies: Some(DependencyOptions { remove_imports: false }),
            ..PrinterOptions::default()
        };
        let printed = match sheet.to_css(options) {
            Ok(printed) => printed,
            Err(error) => return self.report(reading, &error),
        };
        let mut code = printed.code;
        for dependency in printed.dependencies.into_iter().flatten() {
            let Dependency::Url(url) = dependency else { continue };
            let at = ErrorLocation {
                filename: String::new(),
                line: url.loc.start.line.saturating_sub(1),
                column: url.loc.start.column,
            };
            let address = self.named(reading, &url.url, &at);
            code = code.replace(&format!("\"{}\"", url.placeholder), &format!("\"{address}\""));
        }
        out.push_str(&code);
    }

    /// Gives the address to write for one that a sheet names.
    fn named(&mut self, reading: &Reading<'_, '_>, url: &str, at: &ErrorLocation) -> String {
        if is_elsewhere(url) || url.starts_with('#') {
            return string(url);
        }
        let (path, rest) = url.find(['?', '#']).map_or((url, ""), |end| url.split_at(end));
        let plain = percent_decode_str(path).decode_utf8_lossy();
        let named = resolve(reading.path, &plain).and_then(|path| (self.address)(&path));
        match named {
            Some(path) => string(&[reading.up, &encode(&path), rest].concat()),
            None => {
                let error = Diagnostic::error(CODE, format!("there is no file `{path}`")).at(reading.place(Some(at)));
                self.found.push(error.help("a path starts at the folder of its sheet, where that is published"));
                String::new()
            }
        }
    }

    fn report<T: std::fmt::Display>(&mut self, reading: &Reading<'_, '_>, error: &Error<T>) {
        let (place, message) = (reading.place(error.loc.as_ref()), error.kind.to_string());
        self.found.push(Diagnostic::error(CODE, lower_first(message.trim_end_matches('.'))).at(place));
    }
}

impl Reading<'_, '_> {
    fn place(&self, at: Option<&ErrorLocation>) -> Place {
        match at {
            Some(at) => Place::new(&self.sheet.file, span(&self.sheet.text, at.line, at.column)),
            None => Place::file(&self.sheet.file),
        }
    }
}

/// Finds a line, counted from 0, and in it a column, counted from 1 in units of UTF-16 as sheets count.
fn span(text: &str, line: u32, column: u32) -> Span {
    let start: usize = text.split_inclusive('\n').take(line as usize).map(str::len).sum();
    let mut left = (column as usize).saturating_sub(1);
    let rest = text.get(start..).unwrap_or_default().split('\n').next().unwrap_or_default();
    let within = rest.char_indices().find(|(_, c)| {
        let here = left == 0;
        left = left.saturating_sub(c.len_utf16());
        here
    });
    let at = start + within.map_or(rest.len(), |(at, _)| at);
    Span::new(at, at)
}

/// Writes a text as it stands in a string of a sheet, without the quotes.
fn string(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            c if c.is_control() => written.push_str(&format!("\\{:x} ", u32::from(c))),
            c => written.push(c),
        }
    }
    written
}

/// Writes a part of a rule, which was read from a sheet and so can be written.
fn css(part: &impl ToCss) -> String {
    let options = PrinterOptions { minify: true, targets: TARGETS, ..PrinterOptions::default() };
    part.to_css_string(options).unwrap_or_default()
}
