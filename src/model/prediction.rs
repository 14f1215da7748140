//! Predictions: forecasts with a probability, a day made, a day due and the criteria that will settle them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Reader;
use super::reader::slugify;
use crate::diagnostic::Diagnostic;
use crate::load::{OneOrMany, Word, Written};
use crate::text::{Span, Spanned};
use crate::value::{Date, Day, Likelihood, Period, Probability, Vocabulary};

/// A forecast as an author writes it in `[[predictions]]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "A prediction", extend("additionalProperties" = false))]
pub struct PredictionMatter {
    /// What will happen, in the author's words.
    #[serde(alias = "statement")]
    text: Spanned<String>,
    /// Unique in its analysis; by default made from the text.
    #[serde(default)]
    id: Option<Spanned<String>>,
    /// How probable, from 0 to 1.
    #[serde(default)]
    probability: Option<Written>,
    /// How likely, in the words of ICD 203.
    #[serde(default)]
    likelihood: Option<Written>,
    /// The day it was made; by default the analysis's.
    #[serde(default)]
    made: Option<Written>,
    /// When it will be known.
    #[serde(default)]
    due: Option<Written>,
    /// The same as a length of time from the day made, such as `18 months`.
    #[serde(default)]
    within: Option<Written>,
    /// What must all be so for the answer yes.
    #[serde(default)]
    criteria: OneOrMany<String>,
    /// What must happen first for it to count at all.
    #[serde(default)]
    condition: Option<String>,
    /// The company that it is about.
    #[serde(default)]
    company: Option<Spanned<String>>,
    /// Claims that it rests on.
    #[serde(default)]
    evidence: OneOrMany<Spanned<String>>,
    /// Later probabilities, each with its day and its reason.
    #[serde(default)]
    revisions: Vec<RevisionMatter>,
    /// How it ended.
    #[serde(default)]
    resolution: Option<ResolutionMatter>,
}

/// A later probability as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
struct RevisionMatter {
    /// The day of the new probability.
    date: Written,
    /// The new probability.
    probability: Written,
    /// Why it changed.
    #[serde(default)]
    why: Option<String>,
}

/// How a forecast ended, as written.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
struct ResolutionMatter {
    /// What came of it.
    outcome: Word<Outcome>,
    /// The day that it was known.
    #[serde(default)]
    date: Option<Written>,
    /// What settled it.
    #[serde(default)]
    note: Option<String>,
    /// The source that settled it.
    #[serde(default)]
    source: Option<Spanned<String>>,
}

/// What came of a forecast, in the terms of Metaculus's resolutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It happened.
    Yes,
    /// It did not.
    No,
    /// Nobody can tell.
    Ambiguous,
    /// The question turned out to be void.
    Annulled,
    /// The author took it back.
    Withdrawn,
}

impl Vocabulary for Outcome {
    const NAME: &'static str = "outcome";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("yes", Self::Yes),
        ("no", Self::No),
        ("ambiguous", Self::Ambiguous),
        ("annulled", Self::Annulled),
        ("withdrawn", Self::Withdrawn),
    ];
}

/// A forecast.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// Unique in its analysis.
    pub id: String,
    /// The bytes of the id, or of the text that it was made from.
    pub span: Span,
    /// Whether the author chose the id.
    pub named: bool,
    /// What will happen.
    pub text: String,
    /// The bytes of that text.
    pub text_span: Span,
    /// How probable.
    pub probability: Option<Probability>,
    /// How likely, in words.
    pub likelihood: Option<Likelihood>,
    /// The day it was made.
    pub made: Day,
    /// The bytes of the day that it was made, where its author wrote it.
    pub made_span: Option<Span>,
    /// When it will be known: the last day of it counts.
    pub due: Option<Date>,
    /// The bytes of `due` or `within`.
    pub due_span: Option<Span>,
    /// What must all be so for the answer yes.
    pub criteria: Vec<String>,
    /// What must happen first.
    pub condition: Option<String>,
    /// The company's id or alias.
    pub company: Option<Spanned<String>>,
    /// Claims that it rests on.
    pub evidence: Vec<Spanned<String>>,
    /// Later probabilities in their order.
    pub revisions: Vec<Revision>,
    /// How it ended.
    pub resolution: Option<Resolution>,
}

/// A later probability.
#[derive(Clone, Debug)]
pub struct Revision {
    /// The day of it.
    pub day: Day,
    /// The bytes of the day.
    pub span: Span,
    /// The new probability.
    pub probability: Probability,
    /// Why it changed.
    pub why: Option<String>,
}

/// How a forecast ended.
#[derive(Clone, Debug)]
pub struct Resolution {
    /// What came of it.
    pub outcome: Outcome,
    /// The day that it was known.
    pub day: Option<Day>,
    /// The bytes of that day.
    pub span: Option<Span>,
    /// What settled it.
    pub note: Option<String>,
    /// The source that settled it.
    pub source: Option<Spanned<String>>,
}

impl Prediction {
    /// Says how probable it is, in percent, or how likely in words.
    pub fn chance(&self) -> Option<String> {
        let words = self.likelihood.as_ref().map(ToString::to_string);
        self.probability.as_ref().map(ToString::to_string).or(words)
    }
}

impl PredictionMatter {
    /// Understands a forecast of an analysis of `day`.
    pub fn read(self, day: Day, reader: &mut Reader) -> Prediction {
        let named = self.id.is_some();
        let id = self.id.inspect(|id| _ = reader.id(id));
        let id = id.unwrap_or_else(|| self.text.clone().map(|text| slugify(&text, 48)));
        let written = self.made.and_then(|made| reader.day(&made));
        let (made, made_span) = (written.map_or(day, |made| made.value), written.map(|made| made.span));
        let due_span = self.due.as_ref().or(self.within.as_ref()).map(|due| due.span);
        let due = read_due(self.due, self.within, made, reader);
        let resolution = self.resolution.and_then(|resolution| resolution.read(reader));
        Prediction {
            named,
            span: id.span,
            id: if id.value.is_empty() { "forecast".to_owned() } else { id.value },
            text_span: self.text.span,
            text: self.text.value,
            probability: self.probability.and_then(|p| probability(&p, reader)),
            likelihood: self
                .likelihood
                .and_then(|words| reader.parse("bad-likelihood", &words, Likelihood::parse))
                .map(|likelihood| likelihood.value),
            made,
            made_span,
            due,
            due_span,
            criteria: self.criteria.0,
            condition: self.condition,
            company: self.company,
            evidence: self.evidence.0,
            revisions: read_revisions(self.revisions, reader),
            resolution,
        }
    }
}

fn probability(written: &Written, reader: &mut Reader) -> Option<Probability> {
    reader.parse("bad-probability", written, Probability::parse).map(|p| p.value)
}

/// Reads `due`, or `within` counted from the day made; both at once is a contradiction waiting to happen.
fn read_due(due: Option<Written>, within: Option<Written>, made: Day, reader: &mut Reader) -> Option<Date> {
    if let (Some(due), Some(within)) = (&due, &within) {
        let error = Diagnostic::error("due-twice", "a forecast has `due` or `within`, not both");
        let label = reader.place(due.span);
        reader.report(
            error.at(reader.place(within.span)).label(label, "`due` is here").help("keep the one that the text says"),
        );
    }
    if let Some(due) = due {
        return reader.date(&due).map(|date| date.value);
    }
    let period = reader.parse("bad-period", &within?, Period::parse)?;
    Some(Date::from(period.value.after(made)))
}

fn read_revisions(written: Vec<RevisionMatter>, reader: &mut Reader) -> Vec<Revision> {
    let mut revisions: Vec<Revision> = written
        .into_iter()
        .filter_map(|revision| {
            let (day, probability) = (reader.day(&revision.date), probability(&revision.probability, reader));
            let Spanned { value: day, span } = day?;
            Some(Revision { day, span, probability: probability?, why: revision.why })
        })
        .collect();
    revisions.sort_by_key(|revision| revision.day);
    revisions
}

impl ResolutionMatter {
    fn read(self, reader: &mut Reader) -> Option<Resolution> {
        let outcome = reader.optional_word(Some(&self.outcome));
        let day = self.date.and_then(|date| reader.day(&date));
        let (day, span) = (day.map(|day| day.value), day.map(|day| day.span));
        Some(Resolution { outcome: outcome?, day, span, note: self.note, source: self.source })
    }
}
