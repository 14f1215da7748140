//! What the preview does, as written in `[preview]`.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::{Place, Spanned};

/// What the preview does, as written in `[preview]`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
pub(super) struct PreviewMatter {
    /// The address that opens a place in your editor, with `{path}`, and `{line}` and `{column}` where it takes them.
    #[serde(default)]
    editor: Option<Spanned<String>>,
}

/// Schemes by which a link would do something else than open an editor.
const UNFIT: [&str; 5] = ["javascript", "data", "vbscript", "blob", "about"];

impl PreviewMatter {
    /// Gives the address of the editor, if it is one.
    pub(super) fn editor(self, file: &Arc<str>, diagnostics: &mut Diagnostics) -> Option<String> {
        let editor = self.editor?;
        if is_editor(&editor.value) {
            return Some(editor.value);
        }
        let error = Diagnostic::error("bad-editor", "this is no address that opens a file in an editor");
        let help = "write it with its scheme and `{path}`, such as `vscode://file/{path}:{line}:{column}`";
        diagnostics.push(error.at(Place::new(file, editor.span)).help(help));
        None
    }
}

fn is_editor(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let is_fit = !UNFIT.iter().any(|unfit| scheme.eq_ignore_ascii_case(unfit));
    is_scheme && is_fit && rest.contains("{path}") && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_is_an_address_with_a_path_in_it() {
        assert!(is_editor("vscode://file/{path}:{line}:{column}") && is_editor("idea://open?file={path}&line={line}"));
        for address in
            ["vscode", "vscode://file/", "javascript:alert('{path}')", "DATA:{path}", "a b:{path}", ":{path}"]
        {
            assert!(!is_editor(address), "{address}");
        }
    }
}
