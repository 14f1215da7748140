//! Why two claims are what they are to each other, in one sentence.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use super::Relation;
use super::measure::{Measure, differ_in_last_place};
use super::pair::{Companies, Events, Pair, Side};
use super::said::said_part;
use crate::ids::{ClaimId, MetricId, SourceId};
use crate::link::Briefing;
use crate::model::{Status, TieKind};
use crate::value::{Date, Interval, Quantity, Unit, Vocabulary, format_interval};

/// All of a claim that sentences about it and what it meets are made of, to tell by its hash whether they are the same.
#[derive(Debug, Hash)]
pub struct Told<'b> {
    id: (&'b str, &'b str),
    company: Option<&'b str>,
    person: Option<&'b str>,
    event: Option<&'b str>,
    value: Option<(&'b str, &'b Interval, &'b Unit)>,
    date: Option<&'b Date>,
    stated: Cow<'b, Date>,
    roots: &'b [SourceId],
    ties: &'b [(TieKind, ClaimId)],
}

impl<'b> Told<'b> {
    /// Gathers it.
    pub fn of(briefing: &'b Briefing, id: ClaimId) -> Self {
        let pair = Pair::of(briefing, id, id);
        let Side { claim, links, .. } = pair.one;
        Self {
            id: (&briefing.analysis(links.analysis).slug.value, &claim.id),
            company: links.company.map(|id| briefing.company(id).name.value.as_str()),
            person: links.person.map(|id| briefing.person(id).name.value.as_str()),
            event: links.event.map(|id| briefing.event(id).id.as_str()),
            value: pair.one.value().map(|value| (value.wording(), value.interval(), value.unit())),
            date: pair.one.date(),
            stated: pair.stated(pair.one),
            roots: &links.roots,
            ties: &links.ties,
        }
    }
}

/// Writes the sentence, without a full stop.
pub(super) fn write(pair: &Pair<'_>, relation: Relation) -> String {
    let words = Words(pair);
    let (one, other) = (words.id(pair.one), words.id(pair.other));
    match relation {
        Relation::SameAs => format!("`{one}` and `{other}` say the same thing, as an author says"),
        Relation::Supersedes => format!("`{one}` takes the place of `{other}`, as its author says"),
        Relation::Corrects => format!("`{one}` corrects `{other}`, as its author says"),
        Relation::Disputes => format!("`{one}` disputes `{other}`, as its author says"),
        Relation::Supports => format!("`{one}` supports `{other}`, as its author says"),
        Relation::SupersededBy | Relation::CorrectedBy | Relation::DisputedBy | Relation::SupportedBy => {
            write(&Pair { one: pair.other, other: pair.one, ..*pair }, relation.mirrored())
        }
        Relation::Excluded => words.excluded(),
        Relation::DifferentMetric => words.different_metric(),
        Relation::DifferentUnit => words.different_unit(),
        Relation::DifferentScenario => {
            let [one, other] = [pair.one, pair.other].map(|side| side.claim.scenario.word());
            format!("one is `{one}` and the other `{other}`")
        }
        Relation::DifferentEvent => words.different_event(),
        Relation::DifferentPeriod => words.different_period(),
        Relation::DifferentCompany => words.different_company(),
        Relation::PartOf => words.part_of(),
        Relation::ScopeViolation => words.scope_violation(),
        Relation::Consistent => format!("{}, and {}", words.meet(), words.without_root()),
        Relation::Corroborates => format!("{}, and each rests on a root source that the other lacks", words.meet()),
        Relation::Repeats => format!("{}, and {}", words.meet(), words.same_roots()),
        Relation::Revises => words.revises(),
        Relation::Conflicts => format!("{} for {}", words.apart(), words.common()),
        Relation::PossiblySame => {
            format!("{}, but no event or period shows whether they are about the same thing", words.meet())
        }
        Relation::PossibleConflict => {
            format!("{}, but no event or period shows whether they are about the same thing", words.apart())
        }
        Relation::NotCompared => words.not_compared(),
    }
}

/// Hashes what the sentence is written from; whatever [`write()`] reads stands here too.
pub(super) fn hash(pair: &Pair<'_>, relation: Relation, state: &mut impl Hasher) {
    let briefing = pair.briefing;
    relation.hash(state);
    for side in [pair.one, pair.other] {
        let Side { claim, links, .. } = side;
        (&briefing.analysis(links.analysis).slug.value, &claim.id, claim.status, claim.scenario).hash(state);
        side.value().map(Quantity::wording).hash(state);
        side.date().map(Date::as_str).hash(state);
        links.company.map(|id| &briefing.company(id).name.value).hash(state);
        links.person.map(|id| &briefing.person(id).name.value).hash(state);
        links.metric.map(|id| &briefing.metric(id).id).hash(state);
        links.event.map(|id| &briefing.event(id).id).hash(state);
        if relation == Relation::Revises {
            pair.stated(side).as_str().hash(state);
        }
        links.roots.is_empty().hash(state);
    }
    (pair.one.links.roots == pair.other.links.roots).hash(state);
    (pair.companies() as u8, said_part(pair).map(|(part, _)| part.id == pair.one.id)).hash(state);
}

/// Writes the parts of a sentence about a pair.
struct Words<'p, 'b>(&'p Pair<'b>);

impl<'b> Words<'_, 'b> {
    fn id(&self, side: Side<'b>) -> String {
        self.0.briefing.claim_path(side.id)
    }

    /// The author's words and the interval that they mean.
    fn value(&self, side: Side<'b>) -> String {
        side.value().map_or_else(String::new, with_interval)
    }

    fn metric(&self, id: Option<MetricId>) -> String {
        id.map_or("nothing".to_owned(), |id| format!("`{}`", self.0.briefing.metric(id).id))
    }

    /// Who a claim is about: the company, and the person where it is about one.
    fn about(&self, side: Side<'b>) -> String {
        let company = side.links.company.map(|id| self.0.briefing.company(id).name.value.as_str());
        let person = side.links.person.map(|id| self.0.briefing.person(id).name.value.as_str());
        match (company, person) {
            (Some(company), Some(person)) => format!("{person} of {company}"),
            (one, other) => one.or(other).unwrap_or("no company").to_owned(),
        }
    }

    fn excluded(&self) -> String {
        let is_retracted = |side: Side<'_>| side.claim.status == Status::Retracted;
        let [one, other] = [self.0.one, self.0.other].map(|side| self.id(side));
        match (is_retracted(self.0.one), is_retracted(self.0.other)) {
            (true, true) => format!("`{one}` and `{other}` are retracted, so they are shown and not compared"),
            (true, false) => format!("`{one}` is retracted, so it is shown and not compared"),
            _ => format!("`{other}` is retracted, so it is shown and not compared"),
        }
    }

    fn different_metric(&self) -> String {
        let [one, other] = [self.0.one, self.0.other].map(|side| self.metric(side.links.metric));
        format!("one measures {one} and the other {other}")
    }

    fn different_unit(&self) -> String {
        let Some((one, other)) = self.0.values() else { return self.not_compared() };
        format!("`{}` is in {} and `{}` in {}", one.wording(), unit_name(one), other.wording(), unit_name(other))
    }

    fn different_event(&self) -> String {
        let event = |side: Side<'b>| side.links.event.map_or("none", |id| self.0.briefing.event(id).id.as_str());
        format!("one reports the event `{}` and the other `{}`", event(self.0.one), event(self.0.other))
    }

    fn different_period(&self) -> String {
        let date = |side: Side<'b>| side.date().map_or_else(|| "no time".to_owned(), |date| date.human());
        format!("one is about {} and the other about {}", date(self.0.one), date(self.0.other))
    }

    fn different_company(&self) -> String {
        format!("one is about {} and the other about {}", self.about(self.0.one), self.about(self.0.other))
    }

    /// The part and the whole, by their companies or by an author's word.
    fn part_and_whole(&self) -> (Side<'b>, Side<'b>) {
        let by_company = match self.0.companies() {
            Companies::OtherIsPart => (self.0.other, self.0.one),
            _ => (self.0.one, self.0.other),
        };
        said_part(self.0).unwrap_or(by_company)
    }

    fn part_of(&self) -> String {
        let (part, whole) = self.part_and_whole();
        if said_part(self.0).is_some() {
            return format!("`{}` is a part of `{}`, as its author says", self.id(part), self.id(whole));
        }
        let about = format!("{} is a part of {}", self.about(part), self.about(whole));
        match part.value().zip(whole.value()) {
            Some((part, whole)) => {
                format!("{about}, so `{}` is never added to `{}`", part.wording(), whole.wording())
            }
            None => about,
        }
    }

    fn scope_violation(&self) -> String {
        let (part, whole) = self.part_and_whole();
        let whose = match said_part(self.0) {
            Some(_) => format!("`{}`, a part of `{}`", self.id(part), self.id(whole)),
            None => format!("{}, a part of {}", self.about(part), self.about(whole)),
        };
        let (part, whole) = (self.value(part), self.value(whole));
        format!("{part} for {whose}, is more than {whole} for the whole in the same event")
    }

    fn meet(&self) -> String {
        format!("{} and {} meet", self.value(self.0.one), self.value(self.0.other))
    }

    /// Says that the values do not meet, or that they are stated too alike to be unequal.
    fn apart(&self) -> String {
        let (one, other) = (self.value(self.0.one), self.value(self.0.other));
        match self.0.values() {
            Some((a, b)) if a.interval().meets(b.interval()) && differ_in_last_place(a, b) == Some(true) => {
                format!("{one} and {other} are stated to the same place and are not equal")
            }
            _ => format!("{one} and {other} do not meet"),
        }
    }

    /// What the claims have in common.
    fn common(&self) -> String {
        let date = self.0.one.date();
        match (self.0.events(), date) {
            (Events::Same(event), _) => format!("the same event, `{}`", self.0.briefing.event(event).id),
            (_, Some(date)) => format!("the same time, {}", date.human()),
            _ => "the same time".to_owned(),
        }
    }

    fn without_root(&self) -> &'static str {
        match (self.0.one.links.roots.is_empty(), self.0.other.links.roots.is_empty()) {
            (true, true) => "neither names an independent source",
            _ => "one of them names no independent source",
        }
    }

    fn same_roots(&self) -> &'static str {
        if self.0.one.links.roots == self.0.other.links.roots {
            "both rest on the same root sources"
        } else {
            "one of them rests on no root source that the other lacks"
        }
    }

    fn revises(&self) -> String {
        let (one, other) = (self.0.stated(self.0.one), self.0.stated(self.0.other));
        let is_later = other.latest().is_some() && one.earliest() > other.latest();
        let (later, when, earlier, before) = match is_later {
            true => (self.0.one, one, self.0.other, other),
            false => (self.0.other, other, self.0.one, one),
        };
        let (later, earlier) = (self.value(later), self.value(earlier));
        format!("the guidance of {}, {later}, takes the place of that of {}, {earlier}", when.human(), before.human())
    }

    fn not_compared(&self) -> String {
        let lacks = match (self.0.one.id == self.0.other.id, self.0.values()) {
            (true, _) => return "a claim is not compared with itself".to_owned(),
            (_, None) => "value",
            _ => "metric",
        };
        format!("at least one of them has no {lacks} to compare")
    }
}

/// The author's words and the interval that they mean: `` `about 8,000` (7,500 – 8,500) ``.
fn with_interval(value: &Quantity) -> String {
    format!("`{}` ({})", value.wording(), format_interval(value.interval(), value.unit()))
}

/// What a value is in, for a reader.
fn unit_name(value: &Quantity) -> String {
    match (Measure::of(value.unit()), value.unit()) {
        (Measure::Any, _) => "no unit".to_owned(),
        (Measure::Money(currency), _) => currency.code().to_owned(),
        (Measure::Share, _) => "percent".to_owned(),
        (Measure::Points, _) => "percentage points".to_owned(),
        (Measure::Of(_), Unit::Headcount(_)) => "people".to_owned(),
        (Measure::Of(_), Unit::Duration(_)) => "time".to_owned(),
        (Measure::Of(_), Unit::Count(noun)) => noun.plural(),
        (Measure::Of(family), _) => family.word().to_owned(),
    }
}
