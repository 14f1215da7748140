//! What each template may read, listed from the types that it reads.

use std::borrow::Cow;
use std::collections::BTreeSet;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde_json::Value;

use super::claim::IntervalView;
use super::embed::{EmbedView, Frame};
use super::search::SearchView;
use super::{
    AnalysisView, Backlinks, ClaimPageView, CompanyView, DataView, DateView, ForecastsView, Head, HomeView, LinkView,
    ListView, PersonView, PlainView, ReasonView, SiteView,
};
use crate::export::structured::StructuredData;
use crate::export::{Citation, FileLink};
use crate::render::SetProse;
use crate::render::chart::Chart;

/// What one template may read.
#[derive(Clone, Debug, Serialize)]
pub struct TemplateVariables {
    /// The templates, or what all of them have.
    pub templates: Vec<&'static str>,
    /// Its variables, each before its fields.
    pub variables: Vec<Variable>,
}

/// A variable of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Variable {
    /// How a template writes it, such as `list.claims[].text`.
    pub path: String,
    /// What it is: `text`, `number`, `yes/no`, `date`, `HTML`, `chart`, `object`, or a list of one of them.
    pub kind: String,
    /// Whether it may be null, or not there at all.
    pub optional: bool,
    /// What it says.
    pub about: String,
}

/// Templates of lists: all read the same.
const LISTS: [&str; 11] = [
    "analyses.html",
    "claims.html",
    "conflicts.html",
    "corrections.html",
    "forecast_list.html",
    "links.html",
    "records.html",
    "related.html",
    "source.html",
    "sources.html",
    "terms.html",
];

/// Lists the variables of all templates.
pub fn listing() -> Vec<TemplateVariables> {
    let of = |templates: &[&'static str], variables: Vec<Variable>| TemplateVariables {
        templates: templates.to_vec(),
        variables,
    };
    let common = [
        variables::<SiteView<'_>>("site", false),
        variables::<Head<'_>>("page", false),
        variables::<SetProse>("prose", true),
        variables::<Backlinks<'_>>("backlinks", true),
    ];
    vec![
        of(&[], common.concat()),
        of(&["home.html"], variables::<HomeView<'_>>("home", false)),
        of(&["analysis.html"], variables::<AnalysisView<'_>>("analysis", false)),
        of(&["claim.html"], variables::<ClaimPageView<'_>>("claim", false)),
        of(&["company.html"], variables::<CompanyView<'_>>("company", false)),
        of(&["person.html"], variables::<PersonView<'_>>("person", false)),
        of(&["forecasts.html"], variables::<ForecastsView<'_>>("forecasts", false)),
        of(&LISTS, variables::<ListView<'_>>("list", false)),
        of(&["data.html"], variables::<DataView>("data", false)),
        of(&["search.html"], variables::<SearchView<'_>>("search", false)),
        of(&["embed.html"], variables::<EmbedView<'_>>("embed", false)),
        of(&["page.html", "404.html"], variables::<PlainView>("plain", false)),
        of(&["redirect.html"], variables::<LinkView<'_>>("redirect", false)),
    ]
}

fn variables<T: JsonSchema>(name: &str, optional: bool) -> Vec<Variable> {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = SchemaGenerator::new(settings).into_root_schema_for::<T>();
    let root = schema.as_value();
    let mut walk = Walk { root, found: Vec::new(), open: BTreeSet::new() };
    walk.add(name, root, optional);
    walk.found
}

/// Walks down a schema, and lists what it meets.
struct Walk<'s> {
    root: &'s Value,
    found: Vec<Variable>,
    /// The types that the walk is inside of: one that holds itself is not listed again in itself.
    open: BTreeSet<&'s str>,
}

impl<'s> Walk<'s> {
    fn add(&mut self, path: &str, schema: &'s Value, optional: bool) {
        let about = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        let (schema, name, nullable) = self.resolve(schema);
        let inner = schema.get("items").map(|items| self.resolve(items));
        let own = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        let about = if about.is_empty() { own } else { about };
        let kind = match inner {
            Some((item, ..)) => format!("list of {}", kind(item)),
            None => kind(schema).to_owned(),
        };
        let optional = optional || nullable;
        self.found.push(Variable { path: path.to_owned(), kind, optional, about: about.replace('\n', " ") });
        let (fields, name, path) = match inner {
            Some((item, name, _)) => (item, name, format!("{path}[]")),
            None => (schema, name, path.to_owned()),
        };
        if name.is_none_or(|name| self.open.insert(name)) {
            self.fields(&path, fields, false);
            name.inspect(|name| _ = self.open.remove(name));
        }
    }

    /// Adds the fields of an object; those of one of several forms may not be there.
    fn fields(&mut self, path: &str, schema: &'s Value, optional: bool) {
        let required = |name: &str| {
            let names = schema.get("required").and_then(Value::as_array);
            names.is_some_and(|names| names.iter().any(|known| known == name))
        };
        for (name, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            self.add(&format!("{path}.{name}"), field, optional || !required(name));
        }
        for one in ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(*key)?.as_array()).flatten() {
            let (form, ..) = self.resolve(one);
            self.fields(path, form, true);
        }
    }

    /// Follows a schema to the type that it names, and tells whether it may be null.
    fn resolve(&self, schema: &'s Value) -> (&'s Value, Option<&'s str>, bool) {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next().unwrap_or_default();
            let found = self.root.get("$defs").and_then(|all| all.get(name));
            return (found.unwrap_or(&Value::Null), Some(name), false);
        }
        let forms = schema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice);
        if let Some([one, null]) = forms
            && null.get("type").is_some_and(|kind| kind == "null")
        {
            let (one, name, _) = self.resolve(one);
            return (one, name, true);
        }
        let nullable =
            schema.get("type").and_then(Value::as_array).is_some_and(|all| all.iter().any(|one| one == "null"));
        (schema, None, nullable)
    }
}

/// Names what a schema is, as docs/themes.md does.
fn kind(schema: &Value) -> &str {
    if let Some(format) = schema.get("format").and_then(Value::as_str).filter(|format| NAMED.contains(format)) {
        return format;
    }
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.first(),
        kind => kind,
    };
    match kind.and_then(Value::as_str) {
        Some("string") => "text",
        Some("integer" | "number") => "number",
        Some("boolean") => "yes/no",
        Some("array") => "list",
        _ => "object",
    }
}

/// Kinds of text that a template prints with `safe`.
const NAMED: [&str; 3] = ["date", "HTML", "chart"];

/// Says that a value is a text in templates, written out when a page is rendered.
macro_rules! text {
    ($([$($generics:tt)*] $type:ty, $name:literal, $format:literal;)*) => {$(
        impl $($generics)* JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $format })
            }
        }
    )*};
}

text! {
    [] DateView<'_>, "Date", "date";
    [] ReasonView<'_>, "Reason", "text";
    [] IntervalView<'_>, "Interval", "text";
    [] StructuredData<'_>, "StructuredData", "text";
    [] Frame<'_>, "Frame", "text";
    [<D>] Chart<D>, "Chart", "chart";
}

impl JsonSchema for Citation<'_> {
    fn schema_name() -> Cow<'static, str> {
        "Citation".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut files = generator.subschema_for::<Vec<FileLink>>();
        files.insert("description".to_owned(), "The same as files, where the site has them.".into());
        json_schema!({
            "type": "object",
            "required": ["text", "bibtex", "csl", "files"],
            "properties": {
                "text": { "type": "string", "description": "A citation in one line." },
                "bibtex": { "type": "string", "description": "The same for BibTeX." },
                "csl": { "type": "string", "description": "The same as CSL-JSON." },
                "files": files,
            },
        })
    }
}
