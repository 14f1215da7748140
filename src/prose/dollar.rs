//! Which dollar signs open a formula, and which are money.
//!
//! A briefing is full of "$60–65 billion" beside "$14.3 billion", and a Markdown parser with math pairs the
//! two signs. So a pair is a formula only by Pandoc's rule (`tex_math_dollars`: no space just inside, no
//! digit after the closing sign), GitHub's (no letter or digit before the opening sign), and one more for
//! money: what begins like an amount is a formula only if it goes on like one.

use std::ops::Range;

/// What the dollar signs of a body are.
#[derive(Debug, Default)]
pub(super) struct Dollars {
    /// Whether any pair of them encloses a formula.
    pub(super) has_math: bool,
    /// The bytes of the signs that are not part of such a pair, in order.
    pub(super) money: Vec<usize>,
}

/// Sorts the dollar signs of a body, in one pass over neighbours: a formula holds no dollar sign.
pub(super) fn scan(body: &str) -> Dollars {
    let mut dollars = Dollars::default();
    let mut runs = runs(body).peekable();
    while let Some(run) = runs.next() {
        match runs.peek() {
            Some(next) if is_pair(body, &run, next) => {
                dollars.has_math = true;
                runs.next();
            }
            _ => dollars.money.extend(run),
        }
    }
    dollars
}

/// Finds the runs of dollar signs, without those that a backslash escapes.
fn runs(body: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = body.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + body.get(at..)?.find('$')?;
            let end = start + bytes.iter().skip(start).take_while(|byte| **byte == b'$').count();
            let backslashes = bytes.get(at..start)?.iter().rev().take_while(|byte| **byte == b'\\').count();
            at = end;
            let start = start + backslashes % 2;
            if start < end {
                return Some(start..end);
            }
        }
    })
}

/// Tells whether two neighbouring runs enclose a formula.
fn is_pair(body: &str, open: &Range<usize>, close: &Range<usize>) -> bool {
    let Some(formula) = body.get(open.end..close.start) else { return false };
    if open.len() != close.len() || spans_paragraphs(formula) {
        return false;
    }
    let before = body.get(..open.start).and_then(|text| text.chars().next_back());
    let after = body.as_bytes().get(close.end);
    match open.len() {
        1 => {
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(u8::is_ascii_digit) && is_formula(formula)
        }
        2 => true,
        _ => false,
    }
}

/// Tells whether what stands between two single dollar signs reads as a formula rather than as prose.
pub(super) fn is_formula(text: &str) -> bool {
    let edges = [text.chars().next(), text.chars().next_back()];
    if edges.iter().any(|edge| edge.is_none_or(char::is_whitespace)) || text.contains('`') || text.contains("](") {
        return false;
    }
    if has_command(text) {
        return true;
    }
    is_balanced(text) && !(text.starts_with(|char: char| char.is_ascii_digit()) && has_words(text))
}

/// Tells whether a blank line ends the paragraph in the middle of a text.
fn spans_paragraphs(text: &str) -> bool {
    let after_first = text.split_once('\n').map(|(_, rest)| rest);
    let between = after_first.and_then(|rest| rest.rsplit_once('\n')).map(|(lines, _)| lines);
    between.is_some_and(|lines| lines.split('\n').any(|line| line.trim().is_empty()))
}

/// Finds a TeX command such as `\times`.
fn has_command(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| matches!(pair, [b'\\', letter] if letter.is_ascii_alphabetic()))
}

/// Finds what no formula without commands has after an amount: a word, a dash of prose, another currency.
fn has_words(text: &str) -> bool {
    let is_letter = |char: char| char.is_alphabetic();
    text.contains(['–', '—', '“', '”', '‘', '’', '€', '£', '¥'])
        || text.split(|char| !is_letter(char)).any(|word| word.chars().nth(1).is_some())
}

/// Tells whether brackets close what was opened; kinds are not told apart, so `[0, 1)` is fine.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0_usize;
    for char in text.chars() {
        match char {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            },
            _ => {}
        }
    }
    depth == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_not_math() {
        for sentence in [
            "It spent $60–65 billion in 2025, and ($14.3 billion) on Scale AI.",
            "$60 billion to $65 billion",
            "$5 and $10",
            "from $5-$10, or $60B/$65B",
            "($60 billion), ($65 billion)",
            "US$60bn and A$14bn and C$3",
            "a $5 fee (in US$)",
            "between $5 and 10$",
            "**$5**, *$6*, \"$7\"",
            "costs $5 [see](claim:a_b)$ x",
            "$5m–€6m ($7m)",
            "($US) and ($CA)",
            "about $1.4 trillion—$1.1 trillion of it debt",
            "$200 billion \"in 2025\" ($125–145 billion)",
            "in `$x` and `y$`",
            "one \\$x$",
            "it costs $5\n\nand $",
            "$$$",
            "$ x $",
        ] {
            assert!(!scan(sentence).has_math, "{sentence}");
        }
    }

    #[test]
    fn formulas_are_math_even_beside_money() {
        for (sentence, money) in [
            ("$x$", 0),
            ("the rate $p = 0.05$ holds", 0),
            ("$2x + 1$ and $10^6$", 0),
            ("$0.05$ or $0 < p < 1$", 0),
            ("$3 \\times \\text{roles}$", 0),
            ("$[0, 1)$, $profit / revenue$", 0),
            ("$$\nx\n$$", 0),
            ("$5 ($x$ is the rate)", 1),
            ("$14.3 billion, so $x$ is $60 billion", 2),
            ("a\\$b $c$", 0),
        ] {
            let dollars = scan(sentence);
            assert!(dollars.has_math, "{sentence}");
            assert_eq!(dollars.money.len(), money, "{sentence}");
        }
    }
}
