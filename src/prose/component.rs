//! Component calls: a template component of the theme used as a block in the prose.
//!
//! The syntax is Tera 2's own, on a line by itself: `{{<chart company="meta" rows={12}/>}}`, or around
//! Markdown between `{% <note title="Why"> %}` and `{% </note> %}`. Arguments are literals; nothing in
//! the prose can reach the template's variables.

use std::ops::Range;

use crate::text::Span;

/// The length of the shortest HTML comment, which a call is masked by.
pub(super) const SHORTEST_MASK: usize = "<!---->".len();

/// A component called in the prose.
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentCall {
    /// The component's name, with dots where it has them.
    pub name: Box<str>,
    /// The arguments as they were written, each name once.
    pub args: Vec<(Box<str>, Literal)>,
    /// Whether it wraps a part of the prose.
    pub has_body: bool,
    /// The bytes of the call, or of its opening line, in the body.
    pub span: Span,
}

/// The value of a component's argument.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `"text"`, `'text'` or `` `text` ``.
    Text(Box<str>),
    /// `{12}`.
    Integer(i64),
    /// `{1.5}`: a template's number, never an amount.
    Float(f64),
    /// `{true}` or `{false}`.
    Bool(bool),
}

/// What one line of component syntax says.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Line {
    /// A call, or the opening of one with a body.
    Call(ComponentCall),
    /// `{% </name> %}`.
    Close(Box<str>),
}

/// Tells whether a line means to be a component call, well formed or not.
pub(super) fn looks_like_call(line: &str) -> bool {
    let opened = line.strip_prefix("{{").or_else(|| line.strip_prefix("{%"));
    opened.is_some_and(|rest| rest.strip_prefix('-').unwrap_or(rest).trim_start().starts_with('<'))
}

/// Finds the lines that are component calls, alone or behind the `>` of a quote.
pub(super) fn call_lines(body: &str) -> Vec<Range<usize>> {
    if !body.contains('{') {
        return Vec::new();
    }
    let mut start = 0;
    let mut calls = Vec::new();
    for line in body.split_inclusive('\n') {
        let call = line.trim_start_matches([' ', '\t', '>']);
        let indent = line.len() - call.len();
        let call = call.trim_end();
        if call.len() >= SHORTEST_MASK && looks_like_call(call) {
            calls.push(start + indent..start + indent + call.len());
        }
        start += line.len();
    }
    calls
}

/// Parses a line of component syntax that stands at `span`; the error says what was expected.
pub(super) fn parse(line: &str, span: Span) -> Result<Line, String> {
    let mut scanner = Scanner(line);
    let tag = scanner.take("{%");
    if !tag && !scanner.take("{{") {
        return Err("a component call starts with `{{<` or `{% <`".to_owned());
    }
    scanner.take("-");
    scanner.expect("<")?;
    if tag && scanner.take("/") {
        let name = scanner.name()?;
        scanner.expect(">")?;
        scanner.end("%}")?;
        return Ok(Line::Close(name));
    }
    let name = scanner.name()?;
    let args = scanner.args()?;
    if tag {
        scanner.expect(">")?;
        scanner.end("%}")?;
    } else {
        scanner.expect("/")?;
        scanner.expect(">")?;
        scanner.end("}}")?;
    }
    Ok(Line::Call(ComponentCall { name, args, has_body: tag, span }))
}

/// The rest of a line that is being read from the left.
struct Scanner<'l>(&'l str);

impl<'l> Scanner<'l> {
    /// Takes a token, and the spaces before it, if it comes next.
    fn take(&mut self, token: &str) -> bool {
        match self.0.trim_start().strip_prefix(token) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    fn expect(&mut self, token: &str) -> Result<(), String> {
        if self.take(token) { Ok(()) } else { Err(format!("expected `{token}`{}", self.found())) }
    }

    /// Takes the closing delimiter, which must be the last of the line.
    fn end(&mut self, token: &str) -> Result<(), String> {
        self.take("-");
        self.expect(token)?;
        if self.0.trim().is_empty() { Ok(()) } else { Err("a component call stands on a line of its own".to_owned()) }
    }

    fn found(&self) -> String {
        match self.0.trim_start().chars().next() {
            Some(char) => format!(", found `{char}`"),
            None => " before the end of the line".to_owned(),
        }
    }

    /// Takes what matches from the front of the line.
    fn take_while(&mut self, matches: impl Fn(char) -> bool) -> &'l str {
        self.0 = self.0.trim_start();
        let (taken, rest) = self.0.split_at(self.0.find(|char| !matches(char)).unwrap_or(self.0.len()));
        self.0 = rest;
        taken
    }

    /// Takes a name of identifiers with dots between them.
    fn name(&mut self) -> Result<Box<str>, String> {
        let name = self.take_while(|char| char.is_ascii_alphanumeric() || char == '_' || char == '.');
        if name.split('.').all(is_identifier) {
            Ok(name.into())
        } else {
            Err(format!("expected the component's name{}", self.found()))
        }
    }

    fn args(&mut self) -> Result<Vec<(Box<str>, Literal)>, String> {
        let mut args: Vec<(Box<str>, Literal)> = Vec::new();
        loop {
            let name = self.take_while(|char| char.is_ascii_alphanumeric() || char == '_');
            if name.is_empty() {
                return Ok(args);
            }
            if !is_identifier(name) {
                return Err(format!("`{name}` is not an argument's name"));
            }
            if args.iter().any(|(other, _)| **other == *name) {
                return Err(format!("the argument `{name}` is given twice"));
            }
            self.expect("=")?;
            args.push((name.into(), self.literal(name)?));
        }
    }

    fn literal(&mut self, name: &str) -> Result<Literal, String> {
        self.0 = self.0.trim_start();
        if self.take("{") {
            let literal = match self.0.trim_start().starts_with(['"', '\'', '`']) {
                true => self.text()?,
                false => bare(self.take_while(|char| !matches!(char, '}' | ' ' | '\t')))
                    .ok_or_else(|| format!("the value of `{name}` is not a number, a text, true or false"))?,
            };
            self.expect("}")?;
            return Ok(literal);
        }
        self.text().map_err(|_| format!("the value of `{name}` must be a \"text\" or a {{literal}}"))
    }

    /// Takes a quoted text; a backslash takes the next character as it is, but for `\n` and `\t`.
    fn text(&mut self) -> Result<Literal, String> {
        let mut chars = self.0.trim_start().chars();
        let quote = chars.next().filter(|char| matches!(char, '"' | '\'' | '`'));
        let quote = quote.ok_or_else(|| "expected a quoted text".to_owned())?;
        let mut text = String::new();
        while let Some(char) = chars.next() {
            if char == quote {
                self.0 = chars.as_str();
                return Ok(Literal::Text(text.into()));
            }
            text.push(match char {
                '\\' => match chars.next() {
                    Some('n') => '\n',
                    Some('t') => '\t',
                    Some(escaped) => escaped,
                    None => break,
                },
                char => char,
            });
        }
        Err(format!("expected `{quote}` before the end of the line"))
    }
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
}

/// Reads a literal that stands without quotes.
fn bare(word: &str) -> Option<Literal> {
    match word {
        "true" | "True" => Some(Literal::Bool(true)),
        "false" | "False" => Some(Literal::Bool(false)),
        _ if !word.starts_with(|first: char| first.is_ascii_digit() || first == '-') => None,
        _ => word.parse().map(Literal::Integer).ok().or_else(|| {
            let float: f64 = word.parse().ok()?;
            float.is_finite().then_some(Literal::Float(float))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Line, String> {
        parse(line, Span::default())
    }

    #[test]
    fn calls_are_read_with_their_arguments() {
        let Ok(Line::Call(call)) =
            read(r#"{{ <ui.chart company="meta" rows={12} share={-1.5} open={true} t='a \'b\''/> }}"#)
        else {
            panic!("it is a call")
        };
        assert_eq!((&*call.name, call.has_body), ("ui.chart", false));
        let args: Vec<_> = call.args.iter().map(|(name, value)| (&**name, value.clone())).collect();
        assert_eq!(
            args,
            [
                ("company", Literal::Text("meta".into())),
                ("rows", Literal::Integer(12)),
                ("share", Literal::Float(-1.5)),
                ("open", Literal::Bool(true)),
                ("t", Literal::Text("a 'b'".into())),
            ]
        );
        assert!(matches!(read(r#"{% <note title="x"> %}"#), Ok(Line::Call(call)) if call.has_body));
        assert_eq!(read("{%- </note> -%}"), Ok(Line::Close("note".into())));
    }

    #[test]
    fn a_malformed_call_says_what_was_expected() {
        let message = |line| read(line).expect_err(line);
        assert_eq!(message("{{<chart>}}"), "expected `/`, found `>`");
        assert_eq!(message("{{<chart a=b/>}}"), "the value of `a` must be a \"text\" or a {literal}");
        assert_eq!(message("{{<chart a={b}/>}}"), "the value of `a` is not a number, a text, true or false");
        assert_eq!(message("{{<chart a=\"x/>}}"), "the value of `a` must be a \"text\" or a {literal}");
        assert_eq!(message("{{<chart a=\"1\" a=\"2\"/>}}"), "the argument `a` is given twice");
        assert_eq!(message("{{<chart/>"), "expected `}}` before the end of the line");
        assert_eq!(message("{{<chart/>}} and"), "a component call stands on a line of its own");
        assert_eq!(message("{{</>}}"), "expected the component's name, found `/`");
    }

    #[test]
    fn calls_are_found_on_lines_of_their_own() {
        let body = "a {{<no/>}}\n  {{<yes/>}}\r\n> {% <yes> %}\n{{ no }}";
        let lines: Vec<_> = call_lines(body).into_iter().map(|range| &body[range]).collect();
        assert_eq!(lines, ["{{<yes/>}}", "{% <yes> %}"]);
    }
}
