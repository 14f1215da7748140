//! What claims are to each other, as data: what `/data/relations.json` holds, and what `dateline claims --relations`
//! prints.
//!
//! The file has what the ledger keeps, which is bounded for each claim, without the open questions: those are for the
//! editor alone.

use std::hash::Hash;
use std::io;

use rayon::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Column, Kind, Record, Records, Row};
use crate::export::shown::{PathId, Shown};
use crate::export::{Digest, Document, Format, Out};
use crate::ids::ClaimId;
use crate::link::compare::{Order, Told, reason};
use crate::link::{Briefing, Meeting, Relation};
use crate::value::Vocabulary;

/// Two claims, and what the first is to the second.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Relation")]
pub struct RelationRecord<'b> {
    /// The full id of a claim, `analysis-slug/claim-id`.
    pub a: Shown<PathId<'b>>,
    /// The full id of the other claim, which comes after the first in their order.
    pub b: Shown<PathId<'b>>,
    /// What `a` is to `b`, such as corroborates, conflicts or part-of.
    pub relation: &'static str,
    /// Why, in one sentence without a full stop.
    pub reason: String,
}

impl<'b> RelationRecord<'b> {
    /// Makes the record of a pair, and the sentence that says why.
    pub fn of(briefing: &'b Briefing, a: ClaimId, b: ClaimId, relation: Relation) -> Self {
        Self {
            a: PathId::claim(briefing, a),
            b: PathId::claim(briefing, b),
            relation: relation.word(),
            reason: reason(briefing, a, b, relation),
        }
    }
}

impl Record for RelationRecord<'_> {
    const NAME: &'static str = "relations";
    const ABOUT: &'static str = "Every two claims that meet: those that agree, disagree, revise or contain each other.";
    const KEY: &'static [&'static str] = &["a", "b"];
    const COLUMNS: &'static [Column] = &[
        Column::new("a", Kind::Word),
        Column::new("b", Kind::Word),
        Column::new("relation", Kind::Word),
        Column::new("reason", Kind::Text),
    ];

    fn cells(&self, row: &mut Row) {
        row.shown(Some(&self.a));
        row.shown(Some(&self.b));
        row.word(Some(self.relation));
        row.text(Some(&self.reason));
    }
}

/// The pairs of a publication, in the order of their ids; sentences are made only where a file is written.
pub(super) struct Relations<'b>(&'b Briefing);

/// The places of two claims in the order of their full ids, and what the first is to the second.
type Pair = (usize, usize, Relation);

impl<'b> Relations<'b> {
    pub(super) fn of(briefing: &'b Briefing) -> Self {
        Self(briefing)
    }

    /// Lists every claim with what it meets in public.
    fn meetings(&self) -> impl Iterator<Item = (ClaimId, impl Iterator<Item = &'b Meeting> + Clone)> {
        let briefing = self.0;
        (0..briefing.claims.len()).map(ClaimId::at).map(|id| {
            let public = |met: &&Meeting| !met.relation.is_open();
            (id, briefing.ledger.meetings(id).iter().filter(public))
        })
    }

    /// Lists every pair once; one that only one side kept among its meetings counts as well.
    fn pairs(&self, Order { ranks, .. }: &Order) -> Vec<Pair> {
        let pair = |one: usize, met: &Meeting| match (ranks[one], ranks[met.other.index()]) {
            (one, other) if one < other => (one, other, met.relation),
            (one, other) => (other, one, met.relation.mirrored()),
        };
        let own = |(one, met): (ClaimId, _)| Iterator::map(met, move |met| pair(one.index(), met));
        let mut pairs: Vec<Pair> = self.meetings().flat_map(own).collect();
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }
}

impl Document for Relations<'_> {
    /// Takes what the pairs and their sentences are made of, without making them.
    fn digest(&self, digest: &mut Digest) {
        for (id, mut met) in self.meetings().filter(|(_, met)| met.clone().next().is_some()) {
            Told::of(self.0, id).hash(digest);
            met.by_ref().for_each(|met| (met.other.index(), met.relation).hash(digest));
        }
    }

    fn write(&self, format: Format, out: &mut Out<'_>) -> io::Result<()> {
        let order = Order::of(self.0);
        let pairs = self.pairs(&order);
        let record = |at: usize| {
            let (a, b, relation) = pairs[at];
            RelationRecord::of(self.0, order.claims[a], order.claims[b], relation)
        };
        Records::new(pairs.len(), record).write_to(format, out)
    }
}
