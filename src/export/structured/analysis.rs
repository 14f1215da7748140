//! An analysis in schema.org's terms: an `AnalysisNewsArticle` whose claims are `Claim`s about `Observation`s.
//!
//! There is no `ClaimReview`: an analysis states its claims, and rates nobody else's.

use std::fmt;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Serialize, Serializer};

use super::thing::{Dated, Named, Reference, Thing, Work, company, reference};
use super::{absolute, canonical, changed};
use crate::export::correction_told;
use crate::export::feed::Moment;
use crate::export::shown::{ClaimUrl, Shown, UnitCode};
use crate::ids::{AnalysisId, ClaimId, CompanyId};
use crate::link::Briefing;
use crate::model::{Correction, Status};
use crate::pages::{List, Page};
use crate::value::{Bound, Date, Day, Quantity};

/// How many claims and works a page describes; one with more has the rest in its text and in the data files.
const DESCRIBED: usize = 50;

/// An analysis.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Article<'b> {
    headline: &'b str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'b str>,
    url: String,
    main_entity_of_page: String,
    date_published: Published<'b>,
    date_modified: Shown<Moment>,
    in_language: &'b str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Named<'b>>,
    publisher: Named<'b>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Thing<'b>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Named<'b>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'b str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Thing<'b>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    has_part: Vec<Part<'b>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    correction: Vec<Comment<'b>>,
}

/// The day of publication as the author wrote it: a day, or a moment with its zone.
#[derive(Clone, Copy, Debug, Hash)]
struct Published<'b>(&'b Date);

impl Serialize for Published<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match Dated::of(self.0) {
            Some(date) => date.serialize(serializer),
            None => serializer.collect_str(&Moment::of(self.0)),
        }
    }
}

/// A part of an article.
#[derive(Debug, Hash, Serialize)]
#[serde(tag = "@type")]
enum Part<'b> {
    Claim(Claim<'b>),
}

/// A claim.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Claim<'b> {
    text: &'b str,
    url: Shown<ClaimUrl<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Reference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal_coverage: Option<Coverage>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<About<'b>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Reference>,
}

/// What a claim says was measured.
#[derive(Debug, Hash, Serialize)]
#[serde(tag = "@type")]
enum About<'b> {
    Observation(Observation<'b>),
}

/// A measured value, or the interval that its wording means.
#[derive(Debug, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
struct Observation<'b> {
    #[serde(skip_serializing_if = "Option::is_none")]
    measured_property: Option<Named<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_value: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_value: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_text: Option<Shown<UnitCode<'b>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observation_date: Option<Dated<'b>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    observation_about: Option<Reference>,
}

/// A number of JSON where it is whole, else its exact decimals as text, which schema.org takes for one too.
#[derive(Clone, Copy, Debug, Hash)]
struct Number(Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.to_i64().filter(|_| self.0.fract().is_zero()) {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.collect_str(&self.0.normalize()),
        }
    }
}

/// The days that a claim is about, as an interval of ISO 8601 with `..` for an open end.
#[derive(Clone, Copy, Debug, Hash)]
struct Coverage(Option<Day>, Option<Day>);

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |day: Option<Day>, f: &mut fmt::Formatter<'_>| match day {
            Some(day) => write!(f, "{day}"),
            None => f.write_str(".."),
        };
        end(self.0, f)?;
        f.write_str("/")?;
        end(self.1, f)
    }
}

impl Serialize for Coverage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A correction.
#[derive(Debug, Hash, Serialize)]
#[serde(tag = "@type")]
enum Comment<'b> {
    #[serde(rename_all = "camelCase")]
    CorrectionComment { text: Correcting<'b>, date_published: Shown<Day> },
}

/// What was corrected, in a sentence.
#[derive(Clone, Copy, Debug, Hash)]
struct Correcting<'b> {
    was: &'b str,
    now: &'b str,
    why: Option<&'b str>,
}

impl Serialize for Correcting<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&correction_told(self.was, self.now, self.why).join(" "))
    }
}

/// Describes an analysis.
pub(super) fn article(briefing: &Briefing, id: AnalysisId) -> Article<'_> {
    let (analysis, links) = (briefing.analysis(id), &briefing.analysis_links[id.index()]);
    let (config, groups) = (&briefing.config, &briefing.groups);
    let url = canonical(briefing, &Page::Analysis(id));
    let author = |id: &crate::ids::AuthorId| Named::Person {
        name: &groups.authors[id.index()].name,
        url: absolute(briefing, &List::Author(*id).path(briefing)),
    };
    let person = |id: &crate::ids::PersonId| Named::Person {
        name: &briefing.person(*id).name.value,
        url: canonical(briefing, &Page::Person(*id)),
    };
    Article {
        headline: &analysis.title,
        description: analysis.summary.as_deref(),
        main_entity_of_page: url.clone(),
        url,
        date_published: Published(&analysis.date),
        date_modified: Shown(changed(analysis)),
        in_language: &config.language,
        author: links.authors.iter().map(author).collect(),
        publisher: Named::Organization { name: &config.title },
        about: links.companies.iter().take(DESCRIBED).map(|id| company(briefing, *id)).collect(),
        mentions: links.people.iter().take(DESCRIBED).map(person).collect(),
        keywords: links.tags.iter().map(|id| &*groups.tags[id.index()].name).collect(),
        citation: links.sources.iter().take(DESCRIBED).map(|id| Thing::CreativeWork(Work::of(briefing, *id))).collect(),
        has_part: claims(briefing, links.claims.clone()),
        correction: analysis.corrections.iter().map(comment).collect(),
    }
}

/// Describes the claims that stand.
fn claims(briefing: &Briefing, range: std::ops::Range<usize>) -> Vec<Part<'_>> {
    let stands = |at: &usize| briefing.claims[*at].status != Status::Retracted;
    range.filter(stands).take(DESCRIBED).map(|at| Part::Claim(claim(briefing, ClaimId::at(at)))).collect()
}

fn claim(briefing: &Briefing, id: ClaimId) -> Claim<'_> {
    let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
    let date = claim.date.as_ref().map(|date| &date.value);
    let works = links.sources.iter().filter_map(|id| briefing.source(*id).url.clone());
    let observed = claim.value.as_ref().map(|value| {
        let metric = links.metric.map(|id| Named::Property { name: &briefing.metric(id).label });
        About::Observation(observation(briefing, &value.value, metric, links.company, date))
    });
    Claim {
        text: &claim.text,
        url: ClaimUrl::of(briefing, id),
        is_part_of: None,
        temporal_coverage: date.filter(|date| !date.is_undated()).map(|date| Coverage(date.earliest(), date.latest())),
        about: observed,
        citation: works.map(|id| Reference { id }).collect(),
    }
}

/// Describes a claim that has a page of its own; nothing where somebody took it back.
pub(super) fn claim_page(briefing: &Briefing, id: ClaimId) -> Option<Claim<'_>> {
    if briefing.claim(id).status == Status::Retracted {
        return None;
    }
    let analysis = briefing.claim_links[id.index()].analysis;
    Some(Claim { is_part_of: Some(reference(briefing, &Page::Analysis(analysis))), ..claim(briefing, id) })
}

fn observation<'b>(
    briefing: &Briefing,
    value: &'b Quantity,
    measured_property: Option<Named<'b>>,
    company: Option<CompanyId>,
    date: Option<&'b Date>,
) -> Observation<'b> {
    let [low, high] = [value.interval().low(), value.interval().high()].map(Bound::amount);
    let point = low.filter(|_| low == high);
    let end = |amount: Option<Decimal>| amount.filter(|_| point.is_none()).map(Number);
    Observation {
        measured_property,
        value: point.map(Number),
        min_value: end(low),
        max_value: end(high),
        unit_text: UnitCode::of(value.unit()),
        observation_date: date.and_then(Dated::of),
        observation_about: company.map(|id| reference(briefing, &Page::Company(id))),
    }
}

fn comment(correction: &Correction) -> Comment<'_> {
    let text = Correcting { was: &correction.was, now: &correction.now, why: correction.why.as_deref() };
    Comment::CorrectionComment { text, date_published: Shown(correction.day) }
}
