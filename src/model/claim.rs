//! Claims: one statement of fact each, dated, sourced and comparable.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Reader;
use super::reader::slugify;
use crate::load::{OneOrMany, Word, Written};
use crate::text::{Span, Spanned};
use crate::value::{Date, Quantity, Vocabulary};

/// A claim as an author writes it in `[[claims]]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "A claim", extend("additionalProperties" = false))]
pub struct ClaimMatter {
    /// One statement of fact, in the author's words.
    #[serde(alias = "statement")]
    text: Spanned<String>,
    /// Unique in its analysis; by default made from the text.
    #[serde(default)]
    id: Option<Spanned<String>>,
    /// The company's id or alias; by default the analysis's first company.
    #[serde(default)]
    company: Option<Spanned<String>>,
    /// The person that it is about.
    #[serde(default)]
    person: Option<Spanned<String>>,
    /// What was measured.
    #[serde(default)]
    metric: Option<Spanned<String>>,
    /// How much, as people write it: `about 8,000 roles`.
    #[serde(default)]
    value: Option<Written>,
    /// When it holds or happened, as an EDTF date.
    #[serde(default)]
    date: Option<Written>,
    /// The id of the real-world event.
    #[serde(default)]
    event: Option<Spanned<String>>,
    /// Whether it is a fact or something said of the future.
    #[serde(default)]
    scenario: Option<Word<Scenario>>,
    /// When the source said it; by default the source's `published`.
    #[serde(default)]
    stated: Option<Written>,
    /// The ids of its sources.
    #[serde(default)]
    sources: OneOrMany<Spanned<String>>,
    /// The phrase that a reader sees, such as "per Bloomberg".
    #[serde(default)]
    attribution: Option<String>,
    /// How it stands today.
    #[serde(default)]
    status: Option<Word<Status>>,
    /// The editor's confidence; never a likelihood.
    #[serde(default)]
    confidence: Option<Word<Confidence>>,
    /// Claims that this one takes the place of.
    #[serde(default)]
    supersedes: OneOrMany<Spanned<String>>,
    /// Claims that this one corrects.
    #[serde(default)]
    corrects: OneOrMany<Spanned<String>>,
    /// Claims that say the same thing.
    #[serde(default)]
    same_as: OneOrMany<Spanned<String>>,
    /// The claim that this one is a part of.
    #[serde(default)]
    part_of: OneOrMany<Spanned<String>>,
    /// Claims that this one disputes.
    #[serde(default)]
    disputes: OneOrMany<Spanned<String>>,
    /// Claims that this one supports.
    #[serde(default)]
    supports: OneOrMany<Spanned<String>>,
    /// The source's words.
    #[serde(default)]
    quote: Option<String>,
    /// The editor's words.
    #[serde(default)]
    note: Option<String>,
    /// What nobody has said yet.
    #[serde(default)]
    unknowns: OneOrMany<String>,
}

/// Whether a figure is a fact or something said of the future.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scenario {
    /// It is so.
    Actual,
    /// The issuer expects it.
    Guidance,
    /// Somebody intends it.
    Plan,
    /// Somebody reckons it.
    Estimate,
    /// Somebody is to reach it.
    Target,
}

impl Vocabulary for Scenario {
    const NAME: &'static str = "scenario";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("actual", Self::Actual),
        ("guidance", Self::Guidance),
        ("plan", Self::Plan),
        ("estimate", Self::Estimate),
        ("target", Self::Target),
    ];
}

/// How a claim stands; a retracted one is kept and shown, as Wikidata deprecates with a reason and never deletes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Somebody said it.
    Reported,
    /// The party concerned, or a record, bears it out.
    Confirmed,
    /// Somebody denies it.
    Disputed,
    /// It was wrong, and another claim says what is right.
    Corrected,
    /// It held, until another claim took its place.
    Superseded,
    /// Whoever said it took it back.
    Retracted,
}

impl Vocabulary for Status {
    const NAME: &'static str = "status";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("reported", Self::Reported),
        ("confirmed", Self::Confirmed),
        ("disputed", Self::Disputed),
        ("corrected", Self::Corrected),
        ("superseded", Self::Superseded),
        ("retracted", Self::Retracted),
    ];
}

/// The editor's confidence in a judgement, in the three levels of ICD 203.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// Scant or doubtful evidence.
    Low,
    /// Plausible, not enough to be sure.
    Moderate,
    /// Good evidence from several sides.
    High,
}

impl Vocabulary for Confidence {
    const NAME: &'static str = "confidence";
    const WORDS: &'static [(&'static str, Self)] =
        &[("low", Self::Low), ("moderate", Self::Moderate), ("high", Self::High)];
}

/// What an author says that one claim is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TieKind {
    /// Takes its place.
    Supersedes,
    /// Says what is right.
    Corrects,
    /// Says the same thing.
    SameAs,
    /// Is a part of it.
    PartOf,
    /// Denies it.
    Disputes,
    /// Bears it out.
    Supports,
}

impl Vocabulary for TieKind {
    const NAME: &'static str = "relation";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("supersedes", Self::Supersedes),
        ("corrects", Self::Corrects),
        ("same_as", Self::SameAs),
        ("part_of", Self::PartOf),
        ("disputes", Self::Disputes),
        ("supports", Self::Supports),
    ];
}

/// One claim's word about another, as a name that is still to be resolved.
#[derive(Clone, Debug)]
pub struct Tie {
    /// What it is to the other.
    pub kind: TieKind,
    /// The other's id, or `analysis-slug/id`.
    pub to: Spanned<String>,
}

/// One statement of fact.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Unique in its analysis.
    pub id: String,
    /// The bytes of the id, or of the text that it was made from.
    pub span: Span,
    /// Whether the author chose the id.
    pub named: bool,
    /// The statement.
    pub text: String,
    /// The company's id or alias.
    pub company: Option<Spanned<String>>,
    /// The person that it is about.
    pub person: Option<Spanned<String>>,
    /// What was measured.
    pub metric: Option<Spanned<String>>,
    /// How much.
    pub value: Option<Spanned<Quantity>>,
    /// When it holds or happened.
    pub date: Option<Spanned<Date>>,
    /// The real-world event.
    pub event: Option<Spanned<String>>,
    /// Whether it is a fact or something said of the future.
    pub scenario: Scenario,
    /// When the source said it.
    pub stated: Option<Date>,
    /// The ids of its sources.
    pub sources: Vec<Spanned<String>>,
    /// The phrase that a reader sees.
    pub attribution: Option<String>,
    /// How it stands.
    pub status: Status,
    /// The editor's confidence.
    pub confidence: Option<Confidence>,
    /// What it is to other claims.
    pub ties: Vec<Tie>,
    /// The source's words.
    pub quote: Option<String>,
    /// The editor's words.
    pub note: Option<String>,
    /// What nobody has said yet.
    pub unknowns: Vec<String>,
}

/// The longest id that is made from a claim's text.
const MADE_ID: usize = 48;

impl ClaimMatter {
    /// Understands a claim.
    pub fn read(self, reader: &mut Reader) -> Claim {
        let named = self.id.is_some();
        let id = self.id.inspect(|id| _ = reader.id(id));
        let id = id.unwrap_or_else(|| self.text.clone().map(|text| slugify(&text, MADE_ID)));
        let ties = [
            (TieKind::Supersedes, self.supersedes),
            (TieKind::Corrects, self.corrects),
            (TieKind::SameAs, self.same_as),
            (TieKind::PartOf, self.part_of),
            (TieKind::Disputes, self.disputes),
            (TieKind::Supports, self.supports),
        ];
        Claim {
            named,
            span: id.span,
            id: if id.value.is_empty() { "claim".to_owned() } else { id.value },
            text: self.text.value,
            company: self.company,
            person: self.person,
            metric: self.metric,
            value: self.value.and_then(|value| reader.parse("bad-quantity", &value, Quantity::parse)),
            date: self.date.and_then(|date| reader.date(&date)),
            event: self.event.filter(|event| reader.id(event)),
            scenario: reader.word(self.scenario.as_ref(), Scenario::Actual),
            stated: self.stated.and_then(|date| reader.date(&date)).map(|date| date.value),
            sources: self.sources.0,
            attribution: self.attribution,
            status: reader.word(self.status.as_ref(), Status::Reported),
            confidence: reader.optional_word(self.confidence.as_ref()),
            ties: ties
                .into_iter()
                .flat_map(|(kind, names)| names.0.into_iter().map(move |to| Tie { kind, to }))
                .collect(),
            quote: self.quote,
            note: self.note,
            unknowns: self.unknowns.0,
        }
    }
}
