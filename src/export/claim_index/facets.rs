//! What there is to choose, and which shards hold it.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::hash::Hash;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::Serialize;

use super::{Shard, shards};
use crate::export::{Digest, Document, Format, Out, VERSION};
use crate::ids::{ClaimId, CompanyId, MetricId};
use crate::link::Briefing;
use crate::model::Status;
use crate::speech::word;
use crate::text::fold;
use crate::value::Vocabulary;

/// How many companies are offered; the claims of any other are found by an address that names it.
const COMPANIES: usize = 1_000;

/// How many metrics are offered.
const METRICS: usize = 240;

/// The file of what there is to choose.
#[derive(Debug, Hash, Serialize, JsonSchema)]
pub(in crate::export) struct Facets<'b> {
    /// The version of this form.
    version: u32,
    /// How many claims there are.
    total: usize,
    /// Id, name and number of claims, by name.
    companies: Vec<(&'b str, Cow<'b, str>, usize)>,
    /// Id, label and number of claims, by label.
    metrics: Vec<(&'b str, &'b str, usize)>,
    /// Words with their numbers of claims.
    statuses: Vec<(&'static str, String, usize)>,
    /// Years with their numbers of claims, the newest first.
    years: Vec<(i32, usize)>,
    /// The shards, the newest year first.
    shards: Vec<ShardFacts<'b>>,
}

/// What is known of a shard without opening it.
#[derive(Debug, Hash, Serialize, JsonSchema)]
#[schemars(rename = "Shard")]
struct ShardFacts<'b> {
    /// Its file, beside this one.
    file: String,
    /// The year of its claims.
    year: i32,
    /// How many claims it has.
    claims: usize,
    /// The id of its first company; empty where it has claims about none.
    from: &'b str,
    /// The id of its last company; all others are between the two.
    to: &'b str,
    /// Which of the metrics it has: a bit for each, four to a hexadecimal digit, the lowest bit first.
    metrics: String,
    /// Which of the statuses it has, a bit for each.
    statuses: u8,
}

impl<'b> Facets<'b> {
    /// Counts the claims of a site.
    pub(in crate::export) fn of(briefing: &'b Briefing) -> Self {
        let metrics = metrics(briefing);
        let statuses = statuses(briefing);
        let mut places = vec![None; briefing.metrics.len()];
        metrics.iter().enumerate().for_each(|(place, (id, _))| places[id.index()] = Some(place));
        let facts = |shard: &Shard| facts(briefing, shard, metrics.len(), &places, &statuses);
        Self {
            version: VERSION,
            total: briefing.claims.len(),
            companies: companies(briefing),
            metrics: metrics
                .iter()
                .map(|(id, count)| (&*briefing.metric(*id).id, &*briefing.metric(*id).label, *count))
                .collect(),
            shards: shards(briefing).iter().map(facts).collect(),
            years: years(briefing),
            statuses: statuses
                .into_iter()
                .map(|(status, count)| (status.word(), word("status", status.word()), count))
                .collect(),
        }
    }
}

/// Lists the companies with the most claims, by name; one that is a part of another names that too.
fn companies(briefing: &Briefing) -> Vec<(&str, Cow<'_, str>, usize)> {
    let claims = |id: &CompanyId| briefing.company_links[id.index()].claims.len();
    let mut ids: Vec<_> = briefing.listed.companies.iter().copied().filter(|id| claims(id) > 0).collect();
    ids.sort_by_key(|id| Reverse(claims(id)));
    ids.truncate(COMPANIES);
    ids.sort_by_cached_key(|id| fold(&briefing.company(*id).name.value));
    let name = |id: CompanyId| &*briefing.company(id).name.value;
    let label = |id: CompanyId| match briefing.company_links[id.index()].parent {
        Some(parent) => Cow::Owned(format!("{} ({})", name(id), name(parent))),
        None => Cow::Borrowed(name(id)),
    };
    ids.into_iter().map(|id| (&*briefing.company(id).id, label(id), claims(&id))).collect()
}

/// Lists the metrics with the most claims, by label.
fn metrics(briefing: &Briefing) -> Vec<(MetricId, usize)> {
    let mut counts = vec![0_usize; briefing.metrics.len()];
    briefing.claim_links.iter().filter_map(|links| links.metric).for_each(|id| counts[id.index()] += 1);
    let counted = counts.into_iter().enumerate().filter(|(_, count)| *count > 0);
    let mut metrics: Vec<_> = counted.map(|(at, count)| (MetricId::at(at), count)).collect();
    metrics.sort_by_key(|(_, count)| Reverse(*count));
    metrics.truncate(METRICS);
    metrics.sort_by_cached_key(|(id, _)| fold(&briefing.metric(*id).label));
    metrics
}

fn statuses(briefing: &Briefing) -> Vec<(Status, usize)> {
    let mut counts: Vec<_> = Status::WORDS.iter().map(|(_, status)| (*status, 0)).collect();
    for claim in briefing.claims.iter() {
        if let Some((_, count)) = counts.iter_mut().find(|(status, _)| *status == claim.status) {
            *count += 1;
        }
    }
    counts.retain(|(_, count)| *count > 0);
    counts
}

fn years(briefing: &Briefing) -> Vec<(i32, usize)> {
    let of_year = briefing.listed.by_year.chunk_by(|(one, _), (other, _)| one == other);
    of_year.filter_map(|claims| Some((claims.first()?.0, claims.len()))).collect()
}

fn facts<'b>(
    briefing: &'b Briefing,
    shard: &Shard,
    metrics: usize,
    places: &[Option<usize>],
    statuses: &[(Status, usize)],
) -> ShardFacts<'b> {
    let claims = shard.claims(briefing);
    let mut has_metric = vec![false; metrics];
    let mut has_status = 0;
    for (_, id) in claims {
        let place = briefing.claim_links[id.index()].metric.and_then(|id| places[id.index()]);
        place.into_iter().for_each(|place| has_metric[place] = true);
        let status = briefing.claim(*id).status;
        has_status |= statuses.iter().position(|(known, _)| *known == status).map_or(0, |place| 1 << place);
    }
    let company = |claim: Option<&(i32, ClaimId)>| {
        let id = claim.and_then(|(_, id)| briefing.claim_links[id.index()].company);
        id.map(|id| &*briefing.company(id).id).unwrap_or_default()
    };
    ShardFacts {
        file: shard.name(),
        year: shard.year,
        claims: claims.len(),
        from: company(claims.first()),
        to: company(claims.last()),
        metrics: hexadecimal(&has_metric),
        statuses: has_status,
    }
}

/// Writes bits, four to a digit, the lowest first.
fn hexadecimal(bits: &[bool]) -> String {
    let digit = |bits: &[bool]| bits.iter().rev().fold(0, |digit, bit| digit * 2 + u32::from(*bit));
    bits.chunks(4).filter_map(|bits| char::from_digit(digit(bits), 16)).collect()
}

impl Document for Facets<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Out<'_>) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_digits_from_the_lowest() {
        assert_eq!(hexadecimal(&[true, false, false, true, false, true]), "92");
        assert_eq!(hexadecimal(&[]), "");
    }
}
