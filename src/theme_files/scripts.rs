//! Scripts: where one imports another, the name that it is published under is put in.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::paths::{hashed, resolve};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::{Place, Span};

/// A script as it was read.
#[derive(Debug)]
pub(super) struct ScriptText {
    /// Its path for messages.
    pub(super) file: Arc<str>,
    /// Its text.
    pub(super) text: String,
}

/// A script as it is published.
#[derive(Clone, Debug)]
pub(super) struct Script {
    /// Its path.
    pub(super) path: String,
    /// Its text, with the new names of those that it imports.
    pub(super) text: String,
}

/// Names all scripts by what they say and by what those say that they import.
pub(super) fn name_all(texts: &BTreeMap<String, ScriptText>, found: &mut Diagnostics) -> BTreeMap<String, Script> {
    let mut named = BTreeMap::new();
    for path in texts.keys() {
        name(path, texts, &mut Vec::new(), &mut named, found);
    }
    named
}

/// Names a script after those that it imports.
fn name<'t>(
    path: &'t str,
    texts: &'t BTreeMap<String, ScriptText>,
    chain: &mut Vec<&'t str>,
    named: &mut BTreeMap<String, Script>,
    found: &mut Diagnostics,
) {
    let Some(script) = texts.get(path).filter(|_| !named.contains_key(path)) else { return };
    chain.push(path);
    let mut text = String::with_capacity(script.text.len());
    let mut at = 0;
    for range in imports(&script.text) {
        if range.start < at {
            continue;
        }
        let written = &script.text[range.clone()];
        let place = Place::new(&script.file, Span::from(range.clone()));
        let imported = resolve(path, written).and_then(|path| texts.get_key_value(&path).map(|(path, _)| path));
        let Some(imported) = imported else {
            let error = Diagnostic::error("script", format!("there is no script `{written}`")).at(place);
            found.push(error.nearest(written, texts.keys().map(String::as_str)));
            continue;
        };
        if chain.contains(&imported.as_str()) {
            let error = Diagnostic::error("script", format!("`{imported}` leads back to itself")).at(place);
            found.push(error.help("move what both need into a third script: names hold a hash of what they import"));
            continue;
        }
        name(imported, texts, chain, named, found);
        let Some(Script { path: new, .. }) = named.get(imported) else { continue };
        text.push_str(&script.text[at..range.start]);
        text.extend(["./", &"../".repeat(path.matches('/').count()), new]);
        at = range.end;
    }
    text.push_str(&script.text[at..]);
    chain.pop();
    named.insert(path.to_owned(), Script { path: hashed(path, text.as_bytes()), text });
}

/// Finds the relative addresses that a script imports, without their quotes.
///
/// They stand in quotes after `import`, `import(` or `from`, and start with a dot, as a browser demands.
fn imports(text: &str) -> Vec<Range<usize>> {
    let text = &without_comments(text);
    let mut found = Vec::new();
    for word in ["import", "from"] {
        for (at, _) in text.match_indices(word) {
            let before = text[..at].chars().next_back();
            let after = &text[at + word.len()..];
            let rest = after.trim_start();
            let rest = rest.strip_prefix('(').filter(|_| word == "import").map_or(rest, str::trim_start);
            let Some(quote) = rest.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let start = text.len() - rest.len() + 1;
            let Some(length) = text[start..].find(quote) else { continue };
            let is_word = before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '$' | '.'));
            if is_word && text[start..].starts_with('.') {
                found.push(start..start + length);
            }
        }
    }
    found.sort_unstable_by_key(|range| range.start);
    found
}

/// Puts spaces in the place of comments, so that every place stays what it is.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_comment = rest.starts_with("//") || rest.starts_with("/*");
        let length = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if is_comment => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' | '`' => string(rest, c),
            '\\' => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
            _ => c.len_utf8(),
        };
        let (part, after) = rest.split_at(length);
        if is_comment {
            out.extend(part.bytes().map(|_| ' '));
        } else {
            out.push_str(part);
        }
        rest = after;
    }
    out
}

/// Measures a string with its quotes; one that does not end is as long as its line.
fn string(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let ends = (*c == quote || (*c == '\n' && quote != '`')) && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        ends
    });
    end.map_or(text.len(), |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scripts(texts: &[(&str, &str)]) -> (BTreeMap<String, Script>, Vec<String>) {
        let text = |(path, text): &(&str, &str)| {
            ((*path).to_owned(), ScriptText { file: Arc::from(*path), text: (*text).to_owned() })
        };
        let mut found = Diagnostics::new();
        let named = name_all(&texts.iter().map(text).collect(), &mut found);
        (named, found.iter().map(|one| one.message.clone()).collect())
    }

    #[test]
    fn an_import_has_the_new_name_and_a_change_goes_all_the_way_up() {
        let a = "import { b } from './lib/b.js';\nconst c = await import(\"./c.js\"); x.from('./no.js');";
        let (first, found) = scripts(&[("a.js", a), ("lib/b.js", "import '../c.js'"), ("c.js", "export {}")]);
        assert_eq!(found, Vec::<String>::new());
        let (b, c) = (&first["lib/b.js"].path, &first["c.js"].path);
        let expected = format!("import {{ b }} from './{b}';\nconst c = await import(\"./{c}\"); x.from('./no.js');");
        assert_eq!(first["a.js"].text, expected);
        assert_eq!(first["lib/b.js"].text, format!("import './../{c}'"));
        let (second, _) = scripts(&[("a.js", a), ("lib/b.js", "import '../c.js'"), ("c.js", "export { d }")]);
        assert_ne!(first["a.js"].path, second["a.js"].path);
    }

    #[test]
    fn comments_and_strings_import_nothing() {
        let text = "// import './old.js'\n/* from './é.js' */ const u = 'http://x'; /\\/\\/ /; import './b.js'";
        let (named, found) = scripts(&[("a.js", text), ("b.js", "")]);
        assert_eq!(found, Vec::<String>::new());
        assert!(named["a.js"].text.starts_with("// import './old.js'\n/* from './é.js' */"));
        assert!(named["a.js"].text.ends_with(&format!("import './{}'", named["b.js"].path)));
        let odd = "import './x from \"./b.js\"/y.js'";
        scripts(&[("a.js", odd), ("b.js", ""), ("x from \"./b.js\"/y.js", "")]);
    }

    #[test]
    fn what_is_not_there_and_what_goes_in_circles_is_told() {
        let (_, found) = scripts(&[("a.js", "import './b.js'"), ("b.js", "import './a.js'; import './x.js'")]);
        assert_eq!(found, ["`a.js` leads back to itself", "there is no script `./x.js`"]);
    }
}
