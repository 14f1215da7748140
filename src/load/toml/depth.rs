//! How deep TOML would nest, told from its tokens before it is parsed.

use std::ops::Range;

use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use crate::load::tree::MAX_DEPTH;

/// Finds the token at which inline values and dotted keys go too deep to be parsed safely.
///
/// The parser bounds brackets and dots one by one, but brackets full of dotted keys multiply into a tree that even to
/// drop would overflow the stack. The depth is an upper bound: a bracket closes only what it matches.
pub(super) fn exceeded(text: &str) -> Option<Range<usize>> {
    let opens_level = |byte: &u8| matches!(byte, b'.' | b'[' | b'{');
    if text.as_bytes().iter().filter(|byte| opens_level(byte)).count() <= MAX_DEPTH {
        return None;
    }
    let mut open = Vec::new();
    let (mut depth, mut dots) = (0, 0);
    for token in Source::new(text).lex() {
        let kind = token.kind();
        match kind {
            TokenKind::Dot => dots += 1,
            TokenKind::Comma | TokenKind::Newline => dots = 0,
            TokenKind::LeftSquareBracket | TokenKind::LeftCurlyBracket => {
                open.push((kind, depth));
                depth += dots + 1;
                dots = 0;
            }
            TokenKind::RightSquareBracket | TokenKind::RightCurlyBracket => {
                if let Some((_, outside)) = open.pop_if(|(opened, _)| closes(kind, *opened)) {
                    depth = outside;
                }
                dots = 0;
            }
            _ => {}
        }
        if depth + dots > MAX_DEPTH {
            return Some(token.span().start()..token.span().end());
        }
    }
    None
}

fn closes(close: TokenKind, open: TokenKind) -> bool {
    (open == TokenKind::LeftSquareBracket) == (close == TokenKind::RightSquareBracket)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_brackets_nor_dots_nor_both_overflow_the_stack() {
        let dotted = vec!["a"; 60].join(".");
        for text in [
            format!("x = {}", "[".repeat(10_000)),
            format!("x = {}", "{a = ".repeat(10_000)),
            format!("{} = 1", vec!["a"; 10_000].join(".")),
            format!("[{}]", vec!["a"; 10_000].join(".")),
            format!("x = {}1{}", format!("{{{dotted} = ").repeat(79), "}".repeat(79)),
            format!("x = {}", "{a = ]".repeat(10_000)),
        ] {
            let (_, problems) = crate::load::toml_file(&text);
            assert_eq!(problems.len(), 1, "{problems:?}");
            assert_eq!(problems[0].message, "lists and tables are nested more than 64 deep");
        }
    }

    #[test]
    fn many_shallow_brackets_and_dots_are_fine() {
        let text = "a.b = [1.5, 'x.y...', { c = [2] }] # ...\n".repeat(1_000);
        assert_eq!(exceeded(&text), None);
        assert_eq!(exceeded(&format!("x = {}{}", "[".repeat(60), "]".repeat(60))), None);
    }
}
