//! Code and formulas.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event};

use super::text::{push_attribute, push_text};
use super::writer::{Events, Writer};
use crate::prose::highlight::Code;
use crate::prose::math;
use crate::prose::problem::ProseProblem;
use crate::text::Span;

impl<'s, I: Events<'s>> Writer<'_, 's, I> {
    pub(super) fn code_span(&mut self, code: &str) {
        self.html.push_str("<code>");
        push_text(&mut self.html, code);
        self.html.push_str("</code>");
    }

    /// Writes a block of code, which a keyboard can scroll, in the colours of its language.
    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let code = self.code();
        self.line("<pre class=\"hl-code\" tabindex=\"0\"><code");
        if !language.is_empty() {
            self.html.push_str(" class=\"language-");
            push_attribute(&mut self.html, language);
            self.html.push('"');
        }
        self.html.push('>');
        match self.set.highlighter.colour(language, &code) {
            Code::Coloured(html) => self.html.push_str(&html),
            Code::Plain => push_text(&mut self.html, &code),
            Code::UnknownLanguage(near) => {
                push_text(&mut self.html, &code);
                self.unknown_language(kind, language, near, range);
            }
        }
        self.html.push_str("</code></pre>\n");
    }

    /// Takes the text up to the end of a code block.
    fn code(&mut self) -> Cow<'s, str> {
        let mut code = Cow::Borrowed("");
        for (event, _) in self.events.by_ref() {
            match event {
                Event::End(_) => break,
                Event::Text(text) if code.is_empty() => code = text.into(),
                Event::Text(text) => code.to_mut().push_str(&text),
                _ => {}
            }
        }
        code
    }

    fn unknown_language(
        &mut self,
        kind: &CodeBlockKind<'_>,
        language: &str,
        near: Option<Box<str>>,
        range: Range<usize>,
    ) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => self.source.span_of(info),
            CodeBlockKind::Indented => None,
        };
        let span = info.map_or(Span::from(range), |info| info.part(0..language.len()));
        let problem = ProseProblem::warning("unknown-language", format!("no syntax is called `{language}`"), span);
        self.problems.push(match near {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help("write `text` for code without colours"),
        });
    }

    /// Writes a formula as MathML, or its source where that fails.
    pub(super) fn formula(&mut self, latex: &CowStr<'_>, range: Range<usize>, display: bool) {
        match math::mathml(latex, display) {
            Ok(mathml) => self.html.push_str(&mathml),
            Err(error) => {
                self.code_span(latex);
                let whole = Span::from(range);
                let span = self.source.span_of(latex).map_or(whole, |formula| formula.part(error.range));
                let span = if span.range().is_empty() { whole } else { span };
                let problem = ProseProblem::error("math", error.message, span);
                self.problems
                    .push(problem.help("a formula is LaTeX between dollar signs; write `\\$` for a dollar sign"));
            }
        }
    }
}
