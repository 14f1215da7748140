//! Pairs of claims, and what they are to each other.

use std::cell::RefCell;
use std::io::{BufWriter, Write};

use serde::{Serialize, Serializer};

use super::{Chosen, Format};
use crate::cli::Failure;
use crate::export::{RelationRecord, VERSION, write_rows};
use crate::ids::ClaimId;
use crate::link::compare::Pairs;
use crate::link::{Briefing, Relation};
use crate::report::{clean, write_json};

/// Two claims with what the first is to the second.
pub(super) type Pair = (ClaimId, ClaimId, Relation);

/// Prints every pair of claims that are chosen, by their ids.
pub(super) fn print_all(briefing: &Briefing, chosen: &Chosen<'_>, format: Format) -> Result<(), Failure> {
    let pairs = Pairs::of(briefing);
    let wanted = pairs.iter().filter(|(a, b, _)| chosen.has(*a) && chosen.has(*b));
    print(briefing, wanted, format)
}

/// Prints the pairs that an editor must look at, worst first.
pub(super) fn print_conflicts(briefing: &Briefing, chosen: &Chosen<'_>, format: Format) -> Result<(), Failure> {
    let conflicts = briefing.ledger.conflicts().iter().filter(|pair| chosen.has(pair.a) && chosen.has(pair.b));
    let in_order = conflicts.map(|pair| match briefing.claim_path(pair.a) < briefing.claim_path(pair.b) {
        true => (pair.a, pair.b, pair.relation),
        false => (pair.b, pair.a, pair.relation.mirrored()),
    });
    print(briefing, in_order, format)
}

/// Prints pairs as they come; there may be more of them than fit into memory.
pub(super) fn print(briefing: &Briefing, pairs: impl Iterator<Item = Pair>, format: Format) -> Result<(), Failure> {
    let rows = pairs.map(|(a, b, relation)| RelationRecord::of(briefing, a, b, relation));
    match format {
        Format::Table => Ok(table(rows)?),
        Format::Json => {
            let relations = Stream(RefCell::new(Some(rows)));
            let mut out = BufWriter::new(std::io::stdout().lock());
            write_json(&mut out, &RelationsJson { version: VERSION, relations })?;
            Ok(out.flush()?)
        }
        Format::Csv => Ok(write_rows::<RelationRecord<'_>>(std::io::stdout().lock(), rows)?),
    }
}

/// What `--format json` prints; the shape is docs/cli.md's, and `version` changes with it.
#[derive(Serialize)]
struct RelationsJson<S> {
    version: u32,
    relations: S,
}

/// A list that is written while it is made, once.
struct Stream<I>(RefCell<Option<I>>);

impl<I: Iterator<Item: Serialize>> Serialize for Stream<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.take().into_iter().flatten())
    }
}

fn table<'b>(rows: impl Iterator<Item = RelationRecord<'b>>) -> std::io::Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut count = 0_usize;
    for RelationRecord { a, b, relation, reason } in rows {
        writeln!(out, "{relation:18}  {}  {}", clean(&a.to_string()), clean(&b.to_string()))?;
        writeln!(out, "{:18}  {}", "", clean(&reason))?;
        count += 1;
    }
    writeln!(out, "{count} pair{}", if count == 1 { "" } else { "s" })?;
    out.flush()
}
