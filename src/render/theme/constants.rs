//! What is the same on every page of a site, put into its templates before they are compiled.
//!
//! `{{ asset("style.css") }}` becomes the address of that file, `{{ words.claims }}` a text in the site's language,
//! `{{ words.claims_counted.forms }}` its forms for counts as JSON, and `words.part_of(number=…)` a call with that
//! string's name. So a page pays nothing for what never changes, and a name
//! that there is not is told once, at its place.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tera::{Filter, Function, Kwargs, State, TeraResult, Value};

use crate::diagnostic::Diagnostic;
use crate::pages::encode;
use crate::prose::escaped;
use crate::speech::{Speech, fill};
use crate::text::Span;

/// What is the same on every page of a site.
#[derive(Clone, Copy, Debug)]
pub struct Constants<'c> {
    /// What goes before every path.
    pub base_path: &'c str,
    /// The path of a published file, by the name that templates ask for.
    pub names: &'c BTreeMap<String, String>,
    /// How pages speak.
    pub speech: &'c Arc<Speech>,
}

/// A text with its constants in it, and how its places follow from those of the text as it was written.
#[derive(Clone, Debug, Default)]
pub(super) struct Expanded {
    pub(super) text: String,
    /// What was written, and what stands there now.
    moves: Vec<(Range<usize>, Range<usize>)>,
}

impl Expanded {
    /// Finds what a span of the new text was in the written one.
    pub(super) fn written(&self, span: Span) -> Span {
        Span::new(self.back(span.start as usize, false), self.back(span.end as usize, true))
    }

    fn back(&self, at: usize, is_end: bool) -> usize {
        match self.moves.iter().rev().find(|(_, now)| now.start < at || (now.start == at && !is_end)) {
            Some((was, now)) if at >= now.end => was.end + (at - now.end),
            Some((was, _)) if is_end => was.end,
            Some((was, _)) => was.start,
            None => at,
        }
    }
}

impl Constants<'_> {
    /// Puts the constants into a template; `is_html` where what stands there is to be escaped.
    pub(super) fn expand(&self, text: &str, is_html: bool) -> (Expanded, Vec<(Diagnostic, Span)>) {
        let mut expanded = Expanded { text: String::with_capacity(text.len()), moves: Vec::new() };
        let mut mistakes = Vec::new();
        let mut at = 0;
        for Found { whole, name, kind } in Scanner::new(text) {
            let written = text.get(name.clone()).unwrap_or_default();
            let value = match kind {
                Kind::Asset => self.address(written).map(Put::Constant),
                Kind::Word => self.word(written).map(Put::Constant),
                Kind::Forms => self.forms(written).map(Put::Constant),
                Kind::Call => self.call(written).map(Put::Code),
            };
            let value = match value {
                Ok(value) => value,
                Err(mistake) => {
                    mistakes.push((*mistake, Span::from(name)));
                    Put::Constant(String::new())
                }
            };
            let (range, value) = match (value, print_around(text, &whole)) {
                (Put::Constant(value), Some(print)) if is_html => (print, escaped(&value)),
                (Put::Constant(value), _) => (whole, literal(&value)),
                (Put::Code(code), _) => (whole, code),
            };
            expanded.text.push_str(text.get(at..range.start).unwrap_or_default());
            let start = expanded.text.len();
            expanded.text.push_str(&value);
            at = range.end;
            expanded.moves.push((range, start..expanded.text.len()));
        }
        expanded.text.push_str(text.get(at..).unwrap_or_default());
        (expanded, mistakes)
    }

    fn address(&self, name: &str) -> Result<String, Box<Diagnostic>> {
        match self.names.get(name) {
            Some(path) => Ok([self.base_path, "/", &encode(path)].concat()),
            None => {
                let error = Diagnostic::error("template", format!("there is no file `{name}` to publish"));
                Err(Box::new(error.nearest(name, self.names.keys().map(String::as_str))))
            }
        }
    }

    fn word(&self, key: &str) -> Result<String, Box<Diagnostic>> {
        self.known(key)?;
        if let Some(parameter) = self.speech.strings.parameters(key).first() {
            let error = Diagnostic::error("template", format!("the string `{key}` has parameters"));
            return Err(Box::new(error.help(format!("write `words.{key}({parameter}=…)`"))));
        }
        Ok(self.speech.form(key, None).to_owned())
    }

    fn forms(&self, key: &str) -> Result<String, Box<Diagnostic>> {
        self.known(key)?;
        Ok(self.speech.strings.forms(key))
    }

    fn call(&self, key: &str) -> Result<String, Box<Diagnostic>> {
        self.known(key)?;
        Ok(format!("{CALL}(key=\"{key}\", "))
    }

    fn known(&self, key: &str) -> Result<(), Box<Diagnostic>> {
        if self.speech.strings.has(key) {
            return Ok(());
        }
        let error = Diagnostic::error("template", format!("there is no string `{key}`"));
        Err(Box::new(error.nearest(key, self.speech.strings.keys())))
    }
}

/// What asks for all forms of a string, for a script that counts.
const FORMS: &str = ".forms";

/// The function that says a string with parameters.
pub(super) const CALL: &str = "words";

/// The filter that says a word of a closed set.
pub(super) const SAID: &str = "said";

/// Says a string with parameters: escaped, unless a parameter is HTML already.
pub(super) struct Say(pub(super) Arc<Speech>);

impl Function<TeraResult<Value>> for Say {
    fn call(&self, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
        let key: &str = kwargs.must_get("key")?;
        let count: Option<u64> = kwargs.get("n")?;
        let mut problem = None;
        let text = fill(&escaped(self.0.form(key, count)), |name, out| match (name, count) {
            ("n", Some(n)) => out.push_str(&self.0.number(n)),
            _ => match kwargs.must_get::<Value>(name) {
                Ok(value) => match value.as_str() {
                    Some(html) if value.is_safe() => out.push_str(html),
                    Some(text) => out.push_str(&escaped(text)),
                    None => out.push_str(&escaped(&value.to_string())),
                },
                Err(error) => problem = Some(error),
            },
        });
        problem.map_or_else(|| Ok(Value::safe_string(&text)), Err)
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// Says a word of a closed set, such as a status.
pub(super) struct Said(pub(super) Arc<Speech>);

impl Filter<Value, TeraResult<Value>> for Said {
    fn call(&self, word: Value, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
        let said = word.as_str().map(|word| Ok(self.0.word(kwargs.must_get("set")?, word).into()));
        said.unwrap_or_else(|| Ok(word.clone()))
    }
}

enum Put {
    Constant(String),
    Code(String),
}

/// Something in a template that a constant takes the place of.
struct Found {
    whole: Range<usize>,
    /// The name in it.
    name: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    /// `asset("name")`
    Asset,
    /// `words.name`
    Word,
    /// `words.name.forms`
    Forms,
    /// `words.name(`
    Call,
}

/// Walks over the code in a template: what stands in braces, but for comments, raw parts and strings.
struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// What ends the braces that it is in; none outside of them.
    close: Option<&'static str>,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, at: 0, close: None }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes to the next braces with code in them.
    fn enter(&mut self) -> Option<()> {
        loop {
            self.at += self.rest().find('{')?;
            let rest = self.rest();
            if rest.starts_with("{#") {
                self.at += rest.find("#}").unwrap_or(rest.len());
            } else if rest.starts_with("{%") && rest[2..].trim_start_matches('-').trim_start().starts_with("raw") {
                self.at += rest.find("endraw").map_or(rest.len(), |end| end + "endraw".len());
            } else if rest.starts_with("{{") || rest.starts_with("{%") {
                self.close = Some(if rest.starts_with("{{") { "}}" } else { "%}" });
                self.at += 2;
                return Some(());
            } else {
                self.at += 1;
            }
        }
    }

    /// Reads `asset("name")`, `words.name`, `words.name.forms` or `words.name(` where one starts here.
    fn found(&self, word: &str) -> Option<Found> {
        let start = self.at;
        let after = start + word.len();
        let rest = self.text.get(after..)?;
        match word {
            "asset" => {
                let open = rest.trim_start().strip_prefix('(')?.trim_start();
                let quote = open.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
                let inner = open.get(1..)?;
                let length = inner.find(quote)?;
                let close = inner.get(length + 1..)?.trim_start().strip_prefix(')')?;
                let name = self.text.len() - inner.len();
                Some(Found {
                    whole: start..self.text.len() - close.len(),
                    name: name..name + length,
                    kind: Kind::Asset,
                })
            }
            "words" => {
                let name = identifier(rest.strip_prefix('.')?);
                let (from, to) = (after + 1, after + 1 + name.len());
                let (end, kind) = match self.text.get(to..)? {
                    after if after.starts_with('(') => (to + 1, Kind::Call),
                    after if after.starts_with(FORMS) => (to + FORMS.len(), Kind::Forms),
                    _ => (to, Kind::Word),
                };
                (!name.is_empty()).then_some(Found { whole: start..end, name: from..to, kind })
            }
            _ => None,
        }
    }
}

impl Iterator for Scanner<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        let mut before = ' ';
        loop {
            if self.close.is_none() {
                self.enter()?;
                before = ' ';
            }
            let rest = self.rest();
            let c = rest.chars().next()?;
            match c {
                '"' | '\'' | '`' => self.at += string(rest, c),
                '}' | '%' if self.close.is_some_and(|close| rest.starts_with(close)) => {
                    self.at += 2;
                    self.close = None;
                }
                _ if c.is_ascii_alphabetic() || c == '_' => {
                    let word = identifier(rest);
                    if before != '.'
                        && let Some(found) = self.found(word)
                    {
                        self.at = found.whole.end;
                        return Some(found);
                    }
                    self.at += word.len();
                }
                _ => self.at += c.len_utf8(),
            }
            before = c;
        }
    }
}

/// Measures a string with its quotes; a quote after a backslash does not end it.
fn string(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    let end = text.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == quote && !is_escaped;
        is_escaped = *c == '\\' && !is_escaped;
        ends
    });
    end.map_or(text.len(), |(at, _)| at + 1)
}

fn identifier(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The `{{ … }}` that prints this and nothing else, and takes no space away around it.
fn print_around(text: &str, whole: &Range<usize>) -> Option<Range<usize>> {
    let before = text.get(..whole.start)?.trim_end_matches(' ').strip_suffix("{{")?.len();
    let after = text.get(whole.end..)?.trim_start_matches(' ').strip_prefix("}}")?;
    Some(before..text.len() - after.len())
}

/// Writes a text as a string of a template.
fn literal(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expands a template, and tells the mistakes with what they point at.
    fn expand(text: &str) -> (String, Vec<String>) {
        let names = BTreeMap::from([("style.css".to_owned(), "style.b3.css".to_owned())]);
        let speech = Arc::new(Speech::of("en", BTreeMap::new()));
        let constants = Constants { base_path: "/brief", names: &names, speech: &speech };
        let (expanded, mistakes) = constants.expand(text, true);
        let told = |(one, span): (Diagnostic, Span)| {
            format!("{}: {} ({})", &text[span.range()], one.message, one.help.unwrap_or_default())
        };
        (expanded.text, mistakes.into_iter().map(told).collect())
    }

    #[test]
    fn constants_are_put_where_they_are_printed_and_where_they_are_passed_on() {
        let expected = "<link href=\"/brief/style.b3.css\"> Claims {{ <c x={\"Claims\"}/> }}{% if \"Claims\" %}";
        let text = "<link href=\"{{ asset(\"style.css\") }}\"> {{ words.claims }} {{ <c x={words.claims}/> }}{% if words.claims %}";
        assert_eq!(expand(text), (expected.to_owned(), vec![]));
        let forms = "<b data-n=\"{\"one\":\"{n} claim\",\"other\":\"{n} claims\"}\">".replace('"', "&quot;");
        let forms = forms.replacen("&quot;", "\"", 1).replace("&quot;>", "\">");
        assert_eq!(expand("<b data-n=\"{{ words.claims_counted.forms }}\">").0, forms);
        let call = "{{ words.claims_counted(n=list.total) }}";
        assert_eq!(expand(call).0, "{{ words(key=\"claims_counted\", n=list.total) }}");
    }

    #[test]
    fn what_only_looks_like_one_stays() {
        for text in [
            "words.claims asset(\"style.css\")",
            "{# words.claims #}{{ 'words.claims' }}{{ a.words.claims }}{{ words }}",
            "{% raw %}{{ words.claims }}{% endraw %}{{ swords.claims }}",
        ] {
            assert_eq!(expand(text), (text.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn strings_and_braces_end_where_tera_ends_them() {
        for text in [
            r#"{{ x | replace(from="\"", to="'") }}{{ <c y={words.claims}/> }}"#,
            r#"{% for a in [{"t": {"x": 1}}, {"t": words.claims}] %}"#,
        ] {
            assert!(expand(text).0.contains("\"Claims\"") && !expand(text).0.contains("words."), "{text}");
        }
    }

    #[test]
    fn what_a_site_says_is_no_markup() {
        let names = BTreeMap::new();
        let own = [("take".to_owned(), crate::speech::Message::Plain("it's <b>".to_owned()))];
        let speech = Arc::new(Speech::of("en", own.into()));
        let constants = Constants { base_path: "", names: &names, speech: &speech };
        let put = constants.expand("<p title='{{ words.take }}'>", true).0.text;
        assert_eq!(put, "<p title='it&#39;s &lt;b&gt;'>");
    }

    #[test]
    fn a_string_with_parameters_is_called() {
        let (_, told) = expand("{{ words.page_of }}");
        assert_eq!(told, ["page_of: the string `page_of` has parameters (write `words.page_of(number=…)`)"]);
    }

    #[test]
    fn a_name_that_there_is_not_is_told_with_the_nearest() {
        let (_, told) = expand("é {{ asset('stile.css') }}{{ words.claimz }}{{ words.nothing_like_it_at_all(n=1) }}");
        assert_eq!(told[0], "stile.css: there is no file `stile.css` to publish (did you mean `style.css`?)");
        assert_eq!(told[1], "claimz: there is no string `claimz` (did you mean `claim`?)");
        assert_eq!(told.len(), 3);
    }

    #[test]
    fn places_are_those_of_the_text_as_it_was_written() {
        let names = BTreeMap::new();
        let speech = Arc::new(Speech::of("en", BTreeMap::new()));
        let constants = Constants { base_path: "", names: &names, speech: &speech };
        let text = "{{ words.claims }} {{ oops }} {{ words.claims }}!";
        let (expanded, _) = constants.expand(text, true);
        for part in ["oops", "!"] {
            let at = expanded.text.find(part).unwrap();
            assert_eq!(&text[expanded.written(Span::new(at, at + part.len())).range()], part);
        }
    }
}
