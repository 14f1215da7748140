//! Formulas, turned from LaTeX into MathML when the site is built, so that a page needs no script for them.
//!
//! By math-core rather than pulldown-latex (both were read and run): its errors are values with a byte range, where
//! pulldown-latex draws them into a text; its MathML says what is an accent and what stretches; and it needs no
//! style sheet and fonts of its own. Both are kept up. Neither is safe by itself with an author who is not trusted:
//! both copy an operator's name into the page as it is, and recurse as deep as a formula nests. So
//! [`unsafe_operator`] and [`too_deep`] look first.

use std::ops::Range;

use math_core::{LatexToMathML, MathDisplay};

use crate::text::lower_first;

/// How deep a formula nests before it is refused; a rayon thread's 2 MiB stack takes more than that.
const DEEPEST: usize = 48;

/// The longest formula that is set, in bytes.
const LONGEST: usize = 16 * 1024;

/// Why a formula could not be set, and the bytes of it that are to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FormulaError {
    pub(super) message: String,
    pub(super) range: Range<usize>,
}

/// Turns a formula into a `<math>` element.
pub(super) fn mathml(latex: &str, display: bool) -> Result<String, FormulaError> {
    let whole = 0..latex.len();
    if latex.len() > LONGEST {
        return Err(FormulaError { message: format!("the formula is longer than {LONGEST} bytes"), range: whole });
    }
    if too_deep(latex) {
        return Err(FormulaError { message: "the formula nests too deep".to_owned(), range: whole });
    }
    if let Some(range) = unsafe_operator(latex) {
        return Err(FormulaError { message: "an operator's name is letters, digits and spaces".to_owned(), range });
    }
    let display = if display { MathDisplay::Block } else { MathDisplay::Inline };
    match LatexToMathML::default().convert_with_local_state(latex, display) {
        Ok(result) => Ok(result.mathml),
        Err(error) => Err(FormulaError { message: sentence(&error.error_message()), range: error.0.clone() }),
    }
}

/// Finds an operator's name that is not plain words, which the converter would write into the page unescaped.
fn unsafe_operator(latex: &str) -> Option<Range<usize>> {
    latex.match_indices("\\operatorname").find_map(|(start, command)| {
        let rest = latex.get(start + command.len()..)?;
        let name = rest.strip_prefix("withlimits").unwrap_or(rest).trim_start_matches(['*', ' ']);
        let name = match name.strip_prefix('{') {
            Some(group) => group.split_once('}').map_or(group, |(name, _)| name),
            None => name.get(..name.chars().next().map_or(0, char::len_utf8))?,
        };
        (!is_plain_name(name)).then(|| start..start + command.len())
    })
}

/// Tells whether a name is letters, digits and spaces, TeX's own (`\,`) among them.
fn is_plain_name(name: &str) -> bool {
    let spaced =
        [r"\,", r"\;", r"\:", r"\!", r"\ "].iter().fold(name.to_owned(), |name, space| name.replace(space, ""));
    spaced.chars().all(|char| char.is_alphanumeric() || matches!(char, ' ' | '~' | '-'))
}

/// Tells whether a formula nests deeper than the converter's recursion may go.
///
/// Braces and brackets nest, `\left` and `\begin` do, and so do commands in a row, each of which may be the
/// argument of the one before it (`\sqrt\sqrt x`); scripts bind to what follows in the same way.
fn too_deep(latex: &str) -> bool {
    let mut open = Vec::new();
    let (mut depth, mut row) = (0_usize, 0_usize);
    let mut rest = latex.chars();
    while let Some(char) = rest.next() {
        match char {
            '\\' => {
                let name = command(rest.as_str());
                rest = rest.as_str().get(name.len()..).unwrap_or_default().chars();
                match name {
                    "left" | "begin" => {
                        open.push(1);
                        depth += 1;
                    }
                    "right" | "end" => depth = depth.saturating_sub(open.pop().unwrap_or(0)),
                    _ => row += 1,
                }
            }
            '{' | '[' => {
                open.push(row + 1);
                depth += row + 1;
                row = 0;
            }
            '}' | ']' => {
                depth = depth.saturating_sub(open.pop().unwrap_or(0));
                row = 0;
            }
            '^' | '_' => row += 1,
            char if char.is_whitespace() => {}
            _ => row = 0,
        }
        if depth + row > DEEPEST {
            return true;
        }
    }
    false
}

/// Takes a command's name, which follows its backslash: letters, or one other character.
fn command(rest: &str) -> &str {
    let letters = rest.find(|char: char| !char.is_ascii_alphabetic()).unwrap_or(rest.len());
    let length = if letters > 0 { letters } else { rest.chars().next().map_or(0, char::len_utf8) };
    rest.get(..length).unwrap_or_default()
}

/// Puts the crate's message into the form of a diagnostic: lower case, no full stop.
fn sentence(message: &str) -> String {
    lower_first(message.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_mathml() {
        assert_eq!(mathml("x^2", false), Ok("<math><msup><mi>x</mi><mn>2</mn></msup></math>".to_owned()));
        assert!(
            mathml(r"\frac{1}{N}\sum_{i=1}^N (f_i-o_i)^2", true).is_ok_and(|math| math.contains("display=\"block\""))
        );
    }

    #[test]
    fn an_error_is_placed_and_said() {
        let error = mathml(r"a + \unknowncmd", false).expect_err("the command is unknown");
        assert_eq!(error, FormulaError { message: "unknown command \"\\unknowncmd\"".into(), range: 4..15 });
    }

    #[test]
    fn markup_in_a_formula_is_escaped() {
        for latex in [
            r"\operatorname{</math><script>}",
            r"\operatorname*{\lt script\gt}",
            r"\operatornamewithlimits {{<script>}}",
            "\\operatorname%\n{<script>}",
            r"\operatorname{\text{<script>}}",
            r"\operatorname\text{<script>}",
            r"\text{<script>}",
            r"<script>",
            r"\begin{<script>}",
            r"\eqref{<script>}",
        ] {
            assert!(!mathml(latex, false).unwrap_or_default().contains("<script>"), "{latex}");
        }
        assert!(mathml(r"\operatorname*{arg\,max}_x", false).is_ok_and(|math| math.contains("arg")));
    }

    #[test]
    fn deep_formulas_are_refused_and_deep_enough_ones_are_not() {
        for (open, close) in [
            ("{", "}"),
            ("\\frac{", "}{y}"),
            ("\\sqrt", ""),
            ("x^", ""),
            ("\\left(", "\\right)"),
            ("\\not", ""),
            ("\\begin{matrix}", "\\end{matrix}"),
            ("\\sqrt\\sqrt{", "}"),
            ("x^{", "}"),
            ("\\sqrt[", "]x"),
            ("\\bar{\\hat ", "}"),
        ] {
            for times in [10, 20, 100, 1000] {
                let formula = format!("{}x{}", open.repeat(times), close.repeat(times));
                let result = mathml(&formula, false);
                assert!(times < 100 || result.is_err(), "{formula}");
            }
        }
        let wide = r"\alpha + \frac{a}{b} \left( x_1^2 \right) ".repeat(100);
        assert!(mathml(&wide, true).is_ok());
    }
}
