//! Two claims side by side, and their aspects.

use std::borrow::Cow;

use crate::ids::{ClaimId, CompanyId, EventId};
use crate::link::{Briefing, ClaimLinks};
use crate::model::Claim;
use crate::value::{Date, Quantity};

use super::measure::Measure;
use super::period::{self, Periods};

/// One claim of a pair.
#[derive(Clone, Copy)]
pub(super) struct Side<'b> {
    pub(super) id: ClaimId,
    pub(super) claim: &'b Claim,
    pub(super) links: &'b ClaimLinks,
}

/// Two claims of one publication.
#[derive(Clone, Copy)]
pub(super) struct Pair<'b> {
    pub(super) briefing: &'b Briefing,
    pub(super) one: Side<'b>,
    pub(super) other: Side<'b>,
}

/// Whether two claims report one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Events {
    Same(EventId),
    Unknown,
    Different,
}

/// Whether two claims are about one company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Companies {
    Same,
    /// The first claim is about a part of what the other is about.
    FirstIsPart,
    /// The other claim is about a part of what the first is about.
    OtherIsPart,
    Different,
}

impl<'b> Side<'b> {
    fn of(briefing: &'b Briefing, id: ClaimId) -> Self {
        Self { id, claim: briefing.claim(id), links: &briefing.claim_links[id.index()] }
    }

    pub(super) fn value(self) -> Option<&'b Quantity> {
        self.claim.value.as_ref().map(|value| &value.value)
    }

    pub(super) fn date(self) -> Option<&'b Date> {
        self.claim.date.as_ref().map(|date| &date.value)
    }
}

impl<'b> Pair<'b> {
    pub(super) fn of(briefing: &'b Briefing, one: ClaimId, other: ClaimId) -> Self {
        Self { briefing, one: Side::of(briefing, one), other: Side::of(briefing, other) }
    }

    /// Returns both values, where both claims have one.
    pub(super) fn values(&self) -> Option<(&'b Quantity, &'b Quantity)> {
        self.one.value().zip(self.other.value())
    }

    /// Tells whether the values are in units that do not compare; one that is missing is in none.
    pub(super) fn units_differ(&self) -> bool {
        self.values().is_some_and(|(one, other)| !Measure::of(one.unit()).compares_with(Measure::of(other.unit())))
    }

    pub(super) fn events(&self) -> Events {
        match (self.one.links.event, self.other.links.event) {
            (Some(one), Some(other)) if one == other => Events::Same(one),
            (Some(_), Some(_)) => Events::Different,
            _ => Events::Unknown,
        }
    }

    pub(super) fn periods(&self) -> Periods {
        period::compare(self.one.date(), self.other.date())
    }

    /// Compares what the claims are about: their companies, and their people where both are about one.
    pub(super) fn companies(&self) -> Companies {
        let people = self.one.links.person.zip(self.other.links.person);
        if people.is_some_and(|(one, other)| one != other) {
            return Companies::Different;
        }
        let is_inside = |part: CompanyId, whole| self.briefing.lineage(part).any(|company| company == whole);
        match (self.one.links.company, self.other.links.company) {
            (one, other) if one == other => Companies::Same,
            (Some(one), Some(other)) if is_inside(one, other) => Companies::FirstIsPart,
            (Some(one), Some(other)) if is_inside(other, one) => Companies::OtherIsPart,
            _ => Companies::Different,
        }
    }

    /// When the source of a claim said it, or else the day of its analysis.
    pub(super) fn stated(&self, side: Side<'b>) -> Cow<'b, Date> {
        let day = || Cow::Owned(Date::from(self.briefing.analysis(side.links.analysis).day));
        self.briefing.stated(side.id).map_or_else(day, Cow::Borrowed)
    }
}
