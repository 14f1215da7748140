//! Metrics: what claims measure, and in which family of units.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Reader;
use super::event::label_of;
use crate::load::{OneOrMany, Word};
use crate::text::{Span, Spanned};
use crate::value::Family;

/// A metric as an author writes it under `[metric-id]` in content/metrics.toml.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "A metric", extend("additionalProperties" = false))]
pub struct MetricMatter {
    /// What readers see; by default made from the id.
    #[serde(default)]
    label: Option<String>,
    /// The family of its units.
    #[serde(default)]
    unit: Option<Word<Family>>,
    /// Other ids for it.
    #[serde(default)]
    aliases: OneOrMany<Spanned<String>>,
    /// Whether the parts of a whole may be added up.
    #[serde(default)]
    additive: Option<bool>,
}

/// What a claim measures.
#[derive(Clone, Debug)]
pub struct Metric {
    /// The id that claims use.
    pub id: String,
    /// Where it is declared; empty for the built-in ones.
    pub span: Span,
    /// What readers see.
    pub label: String,
    /// The family of its units; none where only its values tell.
    pub family: Option<Family>,
    /// Other ids for it.
    pub aliases: Vec<String>,
    /// Whether the parts of a whole may be added up.
    pub additive: bool,
}

impl MetricMatter {
    /// Understands the metric of an id, which may be spelt with spaces, `_` or capitals.
    pub fn read(self, id: Spanned<String>, reader: &mut Reader) -> Metric {
        let own = Spanned::new(Metric::id_of(&id.value), id.span);
        reader.id(&own);
        Metric {
            label: self.label.unwrap_or_else(|| label_of(&id.value)),
            family: reader.optional_word(self.unit.as_ref()),
            aliases: self.aliases.0.into_iter().map(|a| a.value).collect(),
            additive: self.additive.unwrap_or(false),
            span: own.span,
            id: own.value,
        }
    }
}

impl Metric {
    /// Brings the spellings of an id together: `Data centers`, `data_centers` and `data-centers` are one metric.
    pub fn id_of(name: &str) -> String {
        name.trim().to_lowercase().replace([' ', '_'], "-")
    }

    /// Makes the metric that claims use without declaring it; its family is that of its first value.
    pub fn undeclared(id: &str, family: Option<Family>) -> Self {
        let label = label_of(id);
        Self { id: id.to_owned(), span: Span::default(), label, family, aliases: Vec::new(), additive: false }
    }
}

/// The metrics that every site has: id, family, other ids, and whether parts add up.
const BUILT_IN: &[(&str, Family, &[&str], bool)] = &[
    ("acquisition-price", Family::Currency, &["purchase-price", "deal-value"], true),
    ("capex", Family::Currency, &["capital-expenditure", "capital-expenditures", "capital-spending"], true),
    ("customers", Family::Count, &[], true),
    ("data-centers", Family::Count, &["data-centres"], true),
    ("downloads", Family::Count, &[], true),
    ("fine", Family::Currency, &["penalty"], true),
    ("funding", Family::Currency, &["investment-raised"], true),
    ("headcount", Family::Headcount, &["employees", "workforce"], true),
    ("headcount-reduction", Family::Headcount, &["layoffs", "job-cuts"], true),
    ("hires", Family::Headcount, &["hiring"], true),
    ("loss", Family::Currency, &["net-loss"], true),
    ("market-share", Family::Percent, &[], true),
    ("open-roles", Family::Headcount, &["open-positions", "vacancies"], true),
    ("packages", Family::Count, &[], true),
    ("price", Family::Currency, &[], false),
    ("profit", Family::Currency, &["net-income"], true),
    ("revenue", Family::Currency, &["sales", "turnover"], true),
    ("severance", Family::Duration, &[], false),
    ("spending", Family::Currency, &["spend"], true),
    ("users", Family::Count, &["monthly-active-users"], false),
    ("valuation", Family::Currency, &["market-value"], false),
    ("workforce-share", Family::Percent, &[], true),
];

/// Lists the metrics that every site has.
pub fn built_in_metrics() -> Vec<Metric> {
    let metric = |&(id, family, aliases, additive): &(&str, Family, &[&str], bool)| Metric {
        id: id.to_owned(),
        span: Span::default(),
        label: if id == "capex" { "Capital expenditure".to_owned() } else { label_of(id) },
        family: Some(family),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        additive,
    };
    BUILT_IN.iter().map(metric).collect()
}
