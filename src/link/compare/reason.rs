//! Why two claims are what they are to each other, in one sentence.

use std::borrow::Cow;
use std::fmt::Display;
use std::hash::{Hash, Hasher};

use super::Relation;
use super::measure::{Measure, differ_in_last_place};
use super::pair::{Companies, Events, Pair, Side};
use super::said::said_part;
use crate::ids::{ClaimId, MetricId, SourceId};
use crate::link::Briefing;
use crate::model::{Status, TieKind};
use crate::speech::{say, word};
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
        Relation::SameAs => two("meet_same_as", one, other),
        Relation::Supersedes => two("meet_supersedes", one, other),
        Relation::Corrects => two("meet_corrects", one, other),
        Relation::Disputes => two("meet_disputes", one, other),
        Relation::Supports => two("meet_supports", one, other),
        Relation::SupersededBy | Relation::CorrectedBy | Relation::DisputedBy | Relation::SupportedBy => {
            write(&Pair { one: pair.other, other: pair.one, ..*pair }, relation.mirrored())
        }
        Relation::Excluded => words.excluded(),
        Relation::DifferentMetric => words.different_metric(),
        Relation::DifferentUnit => words.different_unit(),
        Relation::DifferentScenario => {
            let [one, other] = [pair.one, pair.other].map(|side| word("scenario", side.claim.scenario.word()));
            two("meet_scenarios", one, other)
        }
        Relation::DifferentEvent => words.different_event(),
        Relation::DifferentPeriod => words.different_period(),
        Relation::DifferentCompany => words.different_company(),
        Relation::PartOf => words.part_of(),
        Relation::ScopeViolation => words.scope_violation(),
        Relation::Consistent => two("meet_and", words.meet(), words.without_root()),
        Relation::Corroborates => two("meet_and", words.meet(), say("meet_other_roots", &[])),
        Relation::Repeats => two("meet_and", words.meet(), words.same_roots()),
        Relation::Revises => words.revises(),
        Relation::Conflicts => two("meet_for", words.apart(), words.common()),
        Relation::PossiblySame => two("meet_but", words.meet(), say("meet_unknown", &[])),
        Relation::PossibleConflict => two("meet_but", words.apart(), say("meet_unknown", &[])),
        Relation::NotCompared => words.not_compared(),
    }
}

/// Says a sentence about two things.
fn two(key: &str, one: impl Display, other: impl Display) -> String {
    say(key, &[("one", &one), ("other", &other)])
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
        id.map_or_else(|| say("meet_no_metric", &[]), |id| format!("`{}`", self.0.briefing.metric(id).id))
    }

    /// Who a claim is about: the company, and the person where it is about one.
    fn about(&self, side: Side<'b>) -> String {
        let company = side.links.company.map(|id| self.0.briefing.company(id).name.value.as_str());
        let person = side.links.person.map(|id| self.0.briefing.person(id).name.value.as_str());
        match (company, person) {
            (Some(company), Some(person)) => say("meet_person_of", &[("person", &person), ("company", &company)]),
            (one, other) => one.or(other).map_or_else(|| say("meet_no_company", &[]), str::to_owned),
        }
    }

    fn excluded(&self) -> String {
        let is_retracted = |side: Side<'_>| side.claim.status == Status::Retracted;
        let [one, other] = [self.0.one, self.0.other].map(|side| self.id(side));
        match (is_retracted(self.0.one), is_retracted(self.0.other)) {
            (true, true) => two("meet_both_retracted", one, other),
            (true, false) => say("meet_retracted", &[("claim", &one)]),
            _ => say("meet_retracted", &[("claim", &other)]),
        }
    }

    fn different_metric(&self) -> String {
        let [one, other] = [self.0.one, self.0.other].map(|side| self.metric(side.links.metric));
        two("meet_metrics", one, other)
    }

    fn different_unit(&self) -> String {
        let Some((one, other)) = self.0.values() else { return self.not_compared() };
        let parameters: [(&str, &dyn Display); 4] = [
            ("one", &one.wording()),
            ("unit", &unit_name(one)),
            ("other", &other.wording()),
            ("other_unit", &unit_name(other)),
        ];
        say("meet_units", &parameters)
    }

    fn different_event(&self) -> String {
        let event = |side: Side<'b>| match side.links.event {
            Some(id) => self.0.briefing.event(id).id.clone(),
            None => say("meet_no_event", &[]),
        };
        two("meet_events", event(self.0.one), event(self.0.other))
    }

    fn different_period(&self) -> String {
        let date = |side: Side<'b>| side.date().map_or_else(|| say("meet_no_time", &[]), Date::said);
        two("meet_abouts", date(self.0.one), date(self.0.other))
    }

    fn different_company(&self) -> String {
        two("meet_abouts", self.about(self.0.one), self.about(self.0.other))
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
            return two("meet_part_said", self.id(part), self.id(whole));
        }
        let about = two("meet_part_of", self.about(part), self.about(whole));
        match part.value().zip(whole.value()) {
            Some((part, whole)) => {
                let (part, whole) = (part.wording(), whole.wording());
                say("meet_never_added", &[("about", &about), ("one", &part), ("other", &whole)])
            }
            None => about,
        }
    }

    fn scope_violation(&self) -> String {
        let (part, whole) = self.part_and_whole();
        let whose = match said_part(self.0) {
            Some(_) => two("meet_claim_in", self.id(part), self.id(whole)),
            None => two("meet_company_in", self.about(part), self.about(whole)),
        };
        let (part, whole) = (self.value(part), self.value(whole));
        say("meet_scope", &[("part", &part), ("whose", &whose), ("whole", &whole)])
    }

    fn meet(&self) -> String {
        two("meet_meet", self.value(self.0.one), self.value(self.0.other))
    }

    /// Says that the values do not meet, or that they are stated too alike to be unequal.
    fn apart(&self) -> String {
        let (one, other) = (self.value(self.0.one), self.value(self.0.other));
        match self.0.values() {
            Some((a, b)) if a.interval().meets(b.interval()) && differ_in_last_place(a, b) == Some(true) => {
                two("meet_unequal", one, other)
            }
            _ => two("meet_apart", one, other),
        }
    }

    /// What the claims have in common.
    fn common(&self) -> String {
        let date = self.0.one.date();
        match (self.0.events(), date) {
            (Events::Same(event), _) => say("meet_same_event", &[("event", &self.0.briefing.event(event).id)]),
            (_, Some(date)) => say("meet_same_time", &[("date", &date.said())]),
            _ => say("meet_some_time", &[]),
        }
    }

    fn without_root(&self) -> String {
        match (self.0.one.links.roots.is_empty(), self.0.other.links.roots.is_empty()) {
            (true, true) => say("meet_neither_root", &[]),
            _ => say("meet_one_root", &[]),
        }
    }

    fn same_roots(&self) -> String {
        match self.0.one.links.roots == self.0.other.links.roots {
            true => say("meet_same_roots", &[]),
            false => say("meet_no_further_root", &[]),
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
        let parameters: [(&str, &dyn Display); 4] =
            [("when", &when.said()), ("later", &later), ("before", &before.said()), ("earlier", &earlier)];
        say("meet_revises", &parameters)
    }

    fn not_compared(&self) -> String {
        let lacks = match (self.0.one.id == self.0.other.id, self.0.values()) {
            (true, _) => "meet_itself",
            (_, None) => "meet_lacks_value",
            _ => "meet_lacks_metric",
        };
        say(lacks, &[])
    }
}

/// The author's words and the interval that they mean: `` `about 8,000` (7,500 – 8,500) ``.
fn with_interval(value: &Quantity) -> String {
    format!("`{}` ({})", value.wording(), format_interval(value.interval(), value.unit()))
}

/// What a value is in, for a reader.
fn unit_name(value: &Quantity) -> String {
    match (Measure::of(value.unit()), value.unit()) {
        (Measure::Any, _) => say("meet_no_unit", &[]),
        (Measure::Money(currency), _) => currency.code().to_owned(),
        (Measure::Share, _) => say("meet_percent", &[]),
        (Measure::Points, _) => say("meet_points", &[]),
        (Measure::Of(_), Unit::Headcount(_)) => say("meet_people", &[]),
        (Measure::Of(_), Unit::Duration(_)) => say("meet_time", &[]),
        (Measure::Of(_), Unit::Count(noun)) => noun.plural(),
        (Measure::Of(family), _) => family.word().to_owned(),
    }
}
