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
    if most(text) <= MAX_DEPTH {
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

/// Bounds the depth from above without reading tokens, which settles all but odd documents.
///
/// A line without quotes or a comment adds what it opens and does not close; any other adds all that it opens. The
/// longest line counts with its dots and brackets besides.
fn most(text: &str) -> usize {
    let mut open: usize = 0;
    let mut longest = 0;
    for line in text.lines().map(str::as_bytes) {
        let count = |is_it: fn(u8) -> bool| line.iter().map(|byte| usize::from(is_it(*byte))).sum::<usize>();
        let opens = count(|byte| (byte == b'[') | (byte == b'{'));
        longest = longest.max(opens + count(|byte| byte == b'.'));
        if opens > 0 {
            let closes = count(|byte| (byte == b']') | (byte == b'}'));
            let plain = count(|byte| (byte == b'"') | (byte == b'\'') | (byte == b'#')) == 0;
            open += if plain { opens.saturating_sub(closes) } else { opens };
        }
    }
    open + longest
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
