//! Values that are text in a file, written out only when the file is.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::hash::{Hash, Hasher};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use crate::ids::{ClaimId, PredictionId, SourceId};
use crate::link::Briefing;
use crate::pages;
use crate::value::{Bound, Unit};

/// A value that stands as its text in every file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shown<T>(pub T);

impl<T: Display> Display for Shown<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<T> JsonSchema for Shown<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// An exact amount, without zeros at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount(Decimal);

impl Amount {
    /// Takes the amount at an end of an interval, where there is one.
    pub(super) fn at(bound: Bound) -> Option<Shown<Self>> {
        bound.amount().map(|amount| Shown(Self(amount)))
    }
}

impl Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

/// A score or a share: a number in JSON, rounded half to even at six places, which a float holds without noise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Number(Decimal);

impl Number {
    /// Rounds a number.
    pub(super) fn of(number: Decimal) -> Self {
        Self(number.round_dp(6))
    }
}

impl Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0.to_f64().unwrap_or_default())
    }
}

impl JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

/// The word for a unit in data files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnitCode<'b>(&'b Unit);

impl<'b> UnitCode<'b> {
    /// Takes a unit; a bare number has none.
    pub(super) fn of(unit: &'b Unit) -> Option<Shown<Self>> {
        unit.family().map(|_| Shown(Self(unit)))
    }
}

impl Display for UnitCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.code().unwrap_or_default())
    }
}

/// The full id of what stands in an analysis: `slug/id`, or the id alone of what is shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PathId<'b> {
    analysis: Option<&'b str>,
    id: &'b str,
}

impl<'b> PathId<'b> {
    /// The full id of a claim.
    pub(super) fn claim(briefing: &'b Briefing, id: ClaimId) -> Shown<Self> {
        let analysis = briefing.analysis(briefing.claim_links[id.index()].analysis);
        Shown(Self { analysis: Some(&analysis.slug.value), id: &briefing.claim(id).id })
    }

    /// The full id of a forecast.
    pub(super) fn prediction(briefing: &'b Briefing, id: PredictionId) -> Shown<Self> {
        let analysis = briefing.analysis(briefing.prediction_links[id.index()].analysis);
        Shown(Self { analysis: Some(&analysis.slug.value), id: &briefing.prediction(id).id })
    }

    /// The full id of a source.
    pub(super) fn source(briefing: &'b Briefing, id: SourceId) -> Shown<Self> {
        let analysis = briefing.source_links[id.index()].analysis.map(|id| &*briefing.analysis(id).slug.value);
        Shown(Self { analysis, id: &briefing.source(id).id.value })
    }

    /// The id of what belongs to no analysis.
    pub(super) fn plain(id: &'b str) -> Shown<Self> {
        Shown(Self { analysis: None, id })
    }
}

impl Display for PathId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(analysis) = self.analysis {
            f.write_str(analysis)?;
            f.write_str("/")?;
        }
        f.write_str(self.id)
    }
}

/// The full address of a claim's place.
#[derive(Clone, Copy, Debug)]
pub struct ClaimUrl<'b>(&'b Briefing, ClaimId);

impl<'b> ClaimUrl<'b> {
    /// Points at a claim.
    pub(super) fn of(briefing: &'b Briefing, id: ClaimId) -> Shown<Self> {
        Shown(Self(briefing, id))
    }
}

impl Display for ClaimUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&on_site(self.0, &pages::claim_href(self.0, self.1)))
    }
}

/// Hashes what the address follows from, which is cheaper than the address.
impl Hash for ClaimUrl<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self(briefing, id) = self;
        briefing.config.base_url.hash(state);
        (PathId::claim(briefing, *id), briefing.has_page(*id)).hash(state);
    }
}

/// Makes a link on the site, which begins with the base path, a full address.
pub(super) fn on_site(briefing: &Briefing, href: &str) -> String {
    let config = &briefing.config;
    [&config.base_url, href.strip_prefix(&*config.base_path).unwrap_or(href)].concat()
}
