//! The site's own words for strings of the theme, as written in `[strings]`.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::TextOr;
use crate::speech::{Category, Message, Strings};
use crate::text::{Place, Spanned};

/// The code for what stands in braces.
const PARAMETER: &str = "string-parameter";

/// A string as a site writes it: text, or a table of its forms for counts.
pub(super) type StringMatter = TextOr<FormsMatter>;

/// The forms of a string for counts, by the plural categories of CLDR.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
pub(super) struct FormsMatter {
    #[serde(default)]
    zero: Option<String>,
    #[serde(default)]
    one: Option<String>,
    #[serde(default)]
    two: Option<String>,
    #[serde(default)]
    few: Option<String>,
    #[serde(default)]
    many: Option<String>,
    /// For every count that no other form is for.
    other: String,
}

/// Takes the words of a site; a name that no string has is a mistake.
pub(super) fn understand(
    matter: BTreeMap<Spanned<String>, StringMatter>,
    file: &Arc<str>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Message> {
    if matter.is_empty() {
        return BTreeMap::new();
    }
    let known = Strings::of("en", BTreeMap::new());
    let mut own = BTreeMap::new();
    for (name, text) in matter {
        if !known.has(&name.value) {
            let error = Diagnostic::error("unknown-string", format!("the theme says no `{}`", name.value));
            diagnostics.push(error.at(Place::new(file, name.span)).nearest(&name.value, known.keys()));
            continue;
        }
        let place = Place::new(file, name.span);
        let message = message(text);
        let allowed = known.parameters(&name.value);
        if let Some(unknown) = message.parameters().into_iter().find(|parameter| !allowed.contains(parameter)) {
            let error =
                Diagnostic::error(PARAMETER, format!("`{}` has no parameter `{unknown}`", name.value)).at(place);
            diagnostics.push(match allowed.is_empty() {
                true => error.help("it has none"),
                false => error.nearest(unknown, allowed.iter().copied()),
            });
        } else if !message.is_whole() {
            let error = Diagnostic::error(PARAMETER, "a brace stands alone".to_owned()).at(place);
            diagnostics.push(error.help("`{` and `}` stand around the name of a parameter, and nowhere else"));
        } else {
            own.insert(name.value, message);
        }
    }
    own
}

fn message(text: StringMatter) -> Message {
    let forms = match text {
        TextOr::Text(text) => return Message::Plain(text.text.into()),
        TextOr::Table(forms) => forms,
    };
    let FormsMatter { zero, one, two, few, many, other } = forms;
    let others = [
        (Category::Zero, zero),
        (Category::One, one),
        (Category::Two, two),
        (Category::Few, few),
        (Category::Many, many),
    ];
    let given = others.into_iter().filter_map(|(category, text)| Some((category, text?)));
    Message::Forms(given.chain([(Category::Other, other)]).collect())
}
