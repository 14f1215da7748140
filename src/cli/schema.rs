//! `dateline schema`.

use std::collections::BTreeMap;
use std::io::Write;

use clap::{Args, ValueEnum};
use schemars::{JsonSchema, schema_for};

use super::Failure;
use crate::config::SiteMatter;
use crate::model::{AnalysisMatter, CompanyMatter, EventMatter, MetricMatter, PageMatter, PersonMatter, SourcesMatter};
use crate::render::view::{TemplateVariables, Variable, listing};
use crate::report::write_json;

/// Prints the JSON Schemas of site.toml and of front matter, for editors.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// Which one; by default an object of all
    #[arg(value_enum)]
    kind: Option<Kind>,
    /// List what each template of a theme may read
    #[arg(long, conflicts_with = "kind")]
    views: bool,
    /// How the list is printed
    #[arg(long, value_enum, default_value_t, requires = "views")]
    format: ListFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// Tables in Markdown, for people
    #[default]
    Markdown,
    /// JSON, for programs
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// site.toml
    Site,
    /// The front matter of an analysis
    Analysis,
    /// The front matter of a company
    Company,
    /// The front matter of a person
    Person,
    /// The front matter of a plain page
    Page,
    /// content/sources.toml
    Sources,
    /// content/metrics.toml
    Metrics,
    /// content/events.toml
    Events,
}

impl Kind {
    fn schema(self) -> schemars::Schema {
        match self {
            Self::Site => schema_for!(SiteMatter),
            Self::Analysis => schema_for!(AnalysisMatter),
            Self::Company => schema_for!(CompanyMatter),
            Self::Person => schema_for!(PersonMatter),
            Self::Page => schema_for!(PageMatter),
            Self::Sources => schema_for!(SourcesMatter),
            Self::Metrics => keyed::<MetricMatter>("metrics.toml"),
            Self::Events => keyed::<EventMatter>("events.toml"),
        }
    }
}

/// The schema of a file whose every top-level table is one entry under its id.
fn keyed<T: JsonSchema>(title: &str) -> schemars::Schema {
    let mut schema = schema_for!(BTreeMap<String, T>);
    schema.insert("title".to_owned(), title.into());
    schema
}

impl Schema {
    pub(super) fn run(self) -> Result<(), Failure> {
        let mut out = std::io::stdout().lock();
        if self.views {
            return print_views(&mut out, self.format);
        }
        match self.kind {
            Some(kind) => write_json(&mut out, &kind.schema())?,
            None => {
                let name = |kind: &Kind| kind.to_possible_value().map(|value| value.get_name().to_owned());
                let all = Kind::value_variants().iter().filter_map(|kind| Some((name(kind)?, kind.schema())));
                write_json(&mut out, &all.collect::<BTreeMap<_, _>>())?;
            }
        }
        Ok(())
    }
}

/// Prints what each template may read.
fn print_views(out: &mut impl Write, format: ListFormat) -> Result<(), Failure> {
    let listing = listing();
    if format == ListFormat::Json {
        return Ok(write_json(out, &serde_json::json!({ "version": 1, "templates": listing }))?);
    }
    for TemplateVariables { templates, variables } in listing {
        let names: Vec<_> = templates.iter().map(|name| format!("`{name}`")).collect();
        let heading = if names.is_empty() { "Every template".to_owned() } else { names.join(", ") };
        writeln!(out, "## {heading}\n\n| variable | type | |\n|---|---|---|")?;
        for Variable { path, kind, optional, about } in variables {
            let or = if optional { " or null" } else { "" };
            writeln!(out, "| `{path}` | {kind}{or} | {} |", about.replace('|', "\\|"))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
