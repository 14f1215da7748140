//! `[related]`: how many related analyses are shown, and how much each thing in common weighs.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::text::{Place, Spanned};

/// How analyses are related, as written in `[related]`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
pub(super) struct RelatedMatter {
    /// How many analyses the two lists show together; 6 by default, at most 20.
    #[serde(default)]
    entries: Option<Spanned<u32>>,
    /// The weight of a real-world event that claims of both report.
    #[serde(default)]
    event: Option<Spanned<f64>>,
    /// The weight of a claim that meets one of the other.
    #[serde(default)]
    claims: Option<Spanned<f64>>,
    /// The weight of an open disagreement.
    #[serde(default)]
    conflicts: Option<Spanned<f64>>,
    /// The weight of a metric of a company that both measure.
    #[serde(default)]
    metric: Option<Spanned<f64>>,
    /// The weight of a company in common.
    #[serde(default)]
    company: Option<Spanned<f64>>,
    /// The weight of a person in common.
    #[serde(default)]
    person: Option<Spanned<f64>>,
    /// The weight of a root source in common.
    #[serde(default)]
    source: Option<Spanned<f64>>,
    /// The weight of a link from one to the other.
    #[serde(default)]
    link: Option<Spanned<f64>>,
    /// The weight of a tag in common.
    #[serde(default)]
    tag: Option<Spanned<f64>>,
    /// The weight of a series in common.
    #[serde(default)]
    series: Option<Spanned<f64>>,
    /// The weight of the words of title, headings and body.
    #[serde(default)]
    words: Option<Spanned<f64>>,
}

/// How many related analyses are shown, and how much each thing in common weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RelatedConfig {
    /// Entries of both lists together.
    pub entries: usize,
    /// The weights.
    pub weights: Weights,
}

/// How much each thing in common weighs, from 0 to [`Weights::MOST`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// An event.
    pub event: f64,
    /// Claims that meet.
    pub claims: f64,
    /// Claims that openly disagree.
    pub conflicts: f64,
    /// A metric of a company.
    pub metric: f64,
    /// A company.
    pub company: f64,
    /// A person.
    pub person: f64,
    /// A root source.
    pub source: f64,
    /// A link between the two.
    pub link: f64,
    /// A tag.
    pub tag: f64,
    /// A series.
    pub series: f64,
    /// The words of title, headings and body.
    pub words: f64,
}

impl Weights {
    /// The most that a thing may weigh.
    pub const MOST: f64 = 10.0;
}

/// The weights that did best on the texts of `cargo bench --bench related`; docs/related.md has the numbers.
impl Default for Weights {
    fn default() -> Self {
        Self {
            event: 0.8,
            claims: 0.4,
            conflicts: 0.6,
            metric: 0.3,
            company: 0.3,
            person: 0.3,
            source: 0.2,
            link: 0.5,
            tag: 0.2,
            series: 0.3,
            words: 1.0,
        }
    }
}

impl Default for RelatedConfig {
    fn default() -> Self {
        Self { entries: 6, weights: Weights::default() }
    }
}

/// The most entries that both lists may have together: no page grows without bound.
const MOST_ENTRIES: u32 = 20;

impl RelatedMatter {
    /// Understands the settings; a weight beyond its bounds is an error, and the default stands in.
    pub(super) fn understand(self, file: &Arc<str>, diagnostics: &mut Diagnostics) -> RelatedConfig {
        let mut config = RelatedConfig::default();
        if let Some(entries) = self.entries {
            if entries.value <= MOST_ENTRIES {
                config.entries = entries.value as usize;
            } else {
                let message = format!("{} related analyses are more than a page shows", entries.value);
                let error = Diagnostic::error("related-entries", message).at(Place::new(file, entries.span));
                diagnostics.push(error.help(format!("write a number up to {MOST_ENTRIES}")));
            }
        }
        let weights = &mut config.weights;
        let written = [
            (self.event, &mut weights.event),
            (self.claims, &mut weights.claims),
            (self.conflicts, &mut weights.conflicts),
            (self.metric, &mut weights.metric),
            (self.company, &mut weights.company),
            (self.person, &mut weights.person),
            (self.source, &mut weights.source),
            (self.link, &mut weights.link),
            (self.tag, &mut weights.tag),
            (self.series, &mut weights.series),
            (self.words, &mut weights.words),
        ];
        for (written, weight) in written {
            let Some(written) = written else { continue };
            if (0.0..=Weights::MOST).contains(&written.value) {
                *weight = written.value;
                continue;
            }
            let error = Diagnostic::error("related-weight", format!("{} is no weight", written.value));
            let help = format!("write a number from 0 to {}", Weights::MOST);
            diagnostics.push(error.at(Place::new(file, written.span)).help(help));
        }
        config
    }
}
