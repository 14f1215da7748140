//! Analyses: the pieces that a publication is made of.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::own_ids::{OwnId, settle};
use super::{
    Action, ActionMatter, Borrowed, Claim, ClaimMatter, Correction, CorrectionMatter, Origin, Prediction,
    PredictionMatter, Reader, Signal, SignalMatter, Source, SourceMatter,
};
use crate::config::instant;
use crate::diagnostic::Diagnostic;
use crate::load::{OneOrMany, Written};
use crate::prose::Terms;
use crate::text::Spanned;
use crate::value::{Date, Day};

/// An analysis as an author writes it in the front matter of a file below content/analyses.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "An analysis", extend("additionalProperties" = false))]
pub struct AnalysisMatter {
    /// The headline.
    title: Spanned<String>,
    /// The day of publication, or a time with its zone.
    date: Written,
    /// The day of the last change that readers should know of.
    #[serde(default)]
    updated: Option<Written>,
    /// By-lines: ids of site.toml's `[authors]`, or names.
    #[serde(default)]
    authors: OneOrMany<Spanned<String>>,
    /// One or two sentences for lists.
    #[serde(default)]
    summary: Option<String>,
    /// Tags.
    #[serde(default)]
    tags: Vec<Spanned<String>>,
    /// The series that it belongs to.
    #[serde(default)]
    series: Option<Spanned<String>>,
    /// A picture, relative to the file.
    #[serde(default)]
    image: Option<Spanned<String>>,
    /// What the picture shows, for those who do not see it.
    #[serde(default)]
    image_alt: Option<String>,
    /// Companies by id or alias; those of the claims are added by themselves.
    #[serde(default)]
    companies: OneOrMany<Spanned<String>>,
    /// People by id or alias.
    #[serde(default)]
    people: OneOrMany<Spanned<String>>,
    /// Its own path; by default the file's name.
    #[serde(default)]
    slug: Option<Spanned<String>>,
    /// Old paths that redirect to it.
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    /// Whether it is left out of a build.
    #[serde(default)]
    draft: bool,
    /// The moment before which it is left out of a build.
    #[serde(default)]
    publish_at: Option<Written>,
    /// The moment, or the day, after which it is left out of a build.
    #[serde(default)]
    expires: Option<Written>,
    /// Why a reader should care.
    #[serde(default)]
    why_it_matters: Option<Spanned<String>>,
    /// The author's judgement, kept apart from the facts.
    #[serde(default)]
    take: Option<Spanned<String>>,
    /// The points to remember.
    #[serde(default)]
    takeaways: Vec<Spanned<String>>,
    /// Related analyses by slug, ahead of the computed ones.
    #[serde(default)]
    related: Vec<Spanned<String>>,
    /// Figures in the prose that need no claim.
    #[serde(default)]
    figures_ok: Vec<FigureOk>,
    /// Sources that only this analysis cites.
    #[serde(default)]
    sources: Vec<SourceMatter>,
    /// Statements of fact.
    #[serde(default)]
    claims: Vec<ClaimMatter>,
    /// Forecasts.
    #[serde(default)]
    predictions: Vec<PredictionMatter>,
    /// What to watch.
    #[serde(default)]
    signals: Vec<SignalMatter>,
    /// What a reader could do.
    #[serde(default)]
    actions: Vec<ActionMatter>,
    /// What was wrong.
    #[serde(default)]
    corrections: Vec<CorrectionMatter>,
}

/// A figure in the prose that needs no claim, and why.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
pub struct FigureOk {
    /// The figure as the prose has it.
    pub figure: Spanned<String>,
    /// Why no claim backs it.
    pub reason: String,
}

/// An analysis.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Its path below `/analyses/`.
    pub slug: Spanned<String>,
    /// Its document.
    pub origin: Origin,
    /// Whether some part of the document could not be read.
    pub broken: bool,
    /// The headline.
    pub title: String,
    /// The day of publication, with its time where one is given.
    pub date: Date,
    /// The same as a day.
    pub day: Day,
    /// The last change that readers should know of.
    pub updated: Option<Date>,
    /// By-lines.
    pub authors: Vec<Spanned<String>>,
    /// One or two sentences for lists.
    pub summary: Option<String>,
    /// Tags.
    pub tags: Vec<Spanned<String>>,
    /// The series.
    pub series: Option<Spanned<String>>,
    /// A picture, relative to the file.
    pub image: Option<Spanned<String>>,
    /// What the picture shows.
    pub image_alt: Option<String>,
    /// Companies by id or alias.
    pub companies: Vec<Spanned<String>>,
    /// People by id or alias.
    pub people: Vec<Spanned<String>>,
    /// Old paths.
    pub aliases: Vec<Spanned<String>>,
    /// Whether it is left out of a build.
    pub draft: bool,
    /// The moment before which it is left out.
    pub publish_at: Option<jiff::Timestamp>,
    /// The moment from which it is left out.
    pub expires: Option<jiff::Timestamp>,
    /// Why a reader should care.
    pub why_it_matters: Option<Spanned<String>>,
    /// The author's judgement.
    pub take: Option<Spanned<String>>,
    /// The points to remember.
    pub takeaways: Vec<Spanned<String>>,
    /// Pinned related analyses, by slug.
    pub related: Vec<Spanned<String>>,
    /// Figures in the prose that need no claim.
    pub figures_ok: Vec<FigureOk>,
    /// What it is about, in words.
    pub terms: Terms,
    /// Figures that only a claim of another analysis may back, from the audit of its prose.
    pub borrowed: Vec<Borrowed>,
    /// Sources that only this analysis cites.
    pub sources: Arc<[Source]>,
    /// Statements of fact.
    pub claims: Arc<[Claim]>,
    /// Forecasts.
    pub predictions: Arc<[Prediction]>,
    /// What to watch.
    pub signals: Vec<Signal>,
    /// What a reader could do.
    pub actions: Vec<Action>,
    /// What was wrong.
    pub corrections: Vec<Correction>,
}

impl Analysis {
    /// Tells whether it is another reading of one file of which the front matter is the same to the byte.
    pub fn differs_in_prose_alone(&self, other: &Self) -> bool {
        let key = |one: &Self| (Arc::clone(&one.origin.file), one.origin.matter, one.origin.body_start, one.broken);
        key(self) == key(other)
    }

    /// The short texts around the body that may have links, in the order of the page.
    pub fn shorts(&self) -> impl Iterator<Item = &Spanned<String>> {
        let points = self.why_it_matters.iter().chain(&self.take).chain(&self.takeaways);
        let to_do = self.actions.iter().map(|action| &action.text);
        points.chain(to_do).chain(self.signals.iter().map(|signal| &signal.text))
    }
}

impl AnalysisMatter {
    /// Understands the analysis of a file called `stem`; without a sound date there is none.
    pub fn read(self, stem: &str, origin: Origin, reader: &mut Reader) -> Option<Analysis> {
        let date = reader.date(&self.date).map(|date| date.value);
        let day = reader_day(&self.date, date.as_ref(), reader);
        let fallback = day.unwrap_or_default();
        let slug = self.slug.and_then(|slug| reader.path("a slug", slug));
        let mut sources: Vec<Source> = self.sources.into_iter().map(|source| source.read(reader)).collect();
        let mut claims: Vec<Claim> = self.claims.into_iter().map(|claim| claim.read(reader)).collect();
        let forecasts = self.predictions.into_iter();
        let mut predictions: Vec<Prediction> = forecasts.map(|one| one.read(fallback, reader)).collect();
        settle_ids((&mut sources, &mut claims, &mut predictions), reader);
        let analysis = Analysis {
            slug: slug.unwrap_or_else(|| Spanned::new(stem.to_owned(), self.title.span)),
            origin,
            broken: false,
            title: self.title.value,
            date: date.unwrap_or_else(|| Date::from(fallback)),
            day: fallback,
            updated: self.updated.and_then(|date| reader.date(&date)).map(|date| date.value),
            authors: self.authors.0,
            summary: self.summary,
            tags: self.tags,
            series: self.series,
            image: self.image.and_then(|image| reader.path("an image", image)),
            image_alt: self.image_alt,
            companies: self.companies.0,
            people: self.people.0,
            aliases: self.aliases.into_iter().filter_map(|alias| reader.path("an old path", alias)).collect(),
            draft: self.draft,
            publish_at: self.publish_at.and_then(|at| moment(&at, reader)),
            expires: self.expires.and_then(|at| end_of(&at, reader)),
            why_it_matters: self.why_it_matters,
            take: self.take,
            takeaways: self.takeaways,
            related: self.related,
            figures_ok: self.figures_ok,
            terms: Terms::default(),
            borrowed: Vec::new(),
            sources: sources.into(),
            claims: claims.into(),
            predictions: predictions.into(),
            signals: self.signals.into_iter().map(|signal| signal.read(reader)).collect(),
            actions: self.actions.into_iter().map(|action| action.read(fallback, reader)).collect(),
            corrections: self.corrections.into_iter().filter_map(|correction| correction.read(reader)).collect(),
        };
        day.map(|_| analysis)
    }
}

/// Makes the ids of an analysis's sources, claims and forecasts unique, or says why they cannot be.
fn settle_ids((sources, claims, forecasts): (&mut [Source], &mut [Claim], &mut [Prediction]), reader: &mut Reader) {
    let claims = claims.iter_mut();
    settle("claims", claims.map(|claim| OwnId { id: &mut claim.id, span: claim.span, named: claim.named }), reader);
    let forecasts = forecasts.iter_mut();
    settle("forecasts", forecasts.map(|one| OwnId { id: &mut one.id, span: one.span, named: one.named }), reader);
    let sources = sources.iter_mut().map(|source| &mut source.id);
    settle("sources", sources.map(|id| OwnId { id: &mut id.value, span: id.span, named: true }), reader);
}

/// Holds an analysis's date to one day.
fn reader_day(written: &Written, date: Option<&Date>, reader: &mut Reader) -> Option<Day> {
    let date = date?;
    match (date.earliest(), date.latest()) {
        (Some(first), Some(last)) if first == last => Some(first),
        _ => {
            let error = Diagnostic::error("bad-date", "an analysis is dated to the day").at(reader.place(written.span));
            reader.report(error.help("write a day such as `2026-05-18`, or a time with its zone"));
            None
        }
    }
}

/// Reads an embargo's moment: a day means its first instant in UTC.
fn moment(written: &Written, reader: &mut Reader) -> Option<jiff::Timestamp> {
    let found = instant(&written.text.replacen(' ', "T", 1));
    if found.is_none() {
        let message = format!("`{}` is neither a day nor a time with its zone", written.text);
        let error = Diagnostic::error("bad-date", message).at(reader.place(written.span));
        reader.report(error.help("write `2026-05-18` or `2026-05-18T09:30:00Z`"));
    }
    found
}

/// Reads an end: a day counts in full, so that it ends where the next begins.
fn end_of(written: &Written, reader: &mut Reader) -> Option<jiff::Timestamp> {
    let start = moment(written, reader)?;
    let whole_day = written.text.trim().len() == "2026-05-18".len();
    let length = jiff::SignedDuration::from_hours(if whole_day { 24 } else { 0 });
    Some(start.saturating_add(length).unwrap_or(start))
}
