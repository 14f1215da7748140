//! What stands in long lists, and in which order.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::{Briefing, Conflict};
use crate::ids::{AnalysisId, ClaimId, CompanyId, SourceId};
use crate::model::Status;

/// The order in which long lists show their entries, found once, so that a page of a list is a slice of it.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// Companies by id.
    pub companies: Vec<CompanyId>,
    /// Claims of the newest analysis first, each analysis's in its own order.
    pub claims: Vec<ClaimId>,
    /// One source for each work: the shared ones that a claim cites, then those of the newest analysis first.
    pub works: Vec<SourceId>,
    /// Works that claims of several analyses rest on, by id.
    pub shared_works: Vec<SharedWork>,
    /// Corrections from the newest.
    pub corrections: Vec<Corrected>,
    /// Claims that are disputed, corrected, superseded or retracted, as in `claims`, under their status.
    pub by_status: Vec<(Status, Vec<ClaimId>)>,
    /// Claims with their years from the newest year, in a year by company.
    pub by_year: Vec<(i32, ClaimId)>,
    /// Open disagreements that readers are told of, worst first.
    pub conflicts: Vec<Conflict>,
}

/// A correction, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Corrected {
    /// The analysis that was corrected.
    pub analysis: AnalysisId,
    /// Which of the analysis's corrections it is, from 0.
    pub index: usize,
    /// Which of those of its day, from 1.
    pub of_day: usize,
}

/// A work that claims of several analyses rest on.
///
/// What rests on any other work stands together already, on the page of the one analysis that cites it.
#[derive(Clone, Debug)]
pub struct SharedWork {
    /// The source that stands for it.
    pub work: SourceId,
    /// Claims that cite it, or whose root it is; those of the newest analysis first.
    pub claims: Vec<ClaimId>,
    /// How many analyses those are of.
    pub analyses: usize,
    /// Works that repeat it, by id.
    pub repeated_by: Vec<SourceId>,
}

/// The statuses that a reader of the ledger looks for; a claim of another status is as it was first written.
const MARKED: [Status; 4] = [Status::Disputed, Status::Corrected, Status::Superseded, Status::Retracted];

/// Puts the entries of long lists in order.
pub(super) fn of(briefing: &Briefing) -> Listed {
    let mut companies: Vec<CompanyId> = (0..briefing.companies.len()).map(CompanyId::at).collect();
    companies.sort_by(|a, b| briefing.company(*a).id.cmp(&briefing.company(*b).id));
    let links = &briefing.source_links;
    let shared = links.iter().take_while(|links| links.analysis.is_none()).count();
    let shared_works = shared_works(briefing);
    let is_shared = |id: SourceId| shared_works.binary_search_by_key(&id, |shared| shared.work).is_ok();
    let stands = |id: &SourceId| {
        let source = &links[id.index()];
        source.work == *id && (source.cited > 0 || source.analysis.is_some() || is_shared(*id))
    };
    let claims: Vec<_> =
        briefing.analysis_links.iter().rev().flat_map(|links| links.claims.clone().map(ClaimId::at)).collect();
    Listed {
        works: (0..shared).chain((shared..links.len()).rev()).map(SourceId::at).filter(stands).collect(),
        shared_works,
        corrections: corrections(briefing),
        by_status: by_status(briefing, &claims),
        by_year: by_year(briefing, &companies),
        companies,
        claims,
        conflicts: Vec::new(),
    }
}

/// Lists all corrections from the newest; of one day, those of the newest analysis first.
fn corrections(briefing: &Briefing) -> Vec<Corrected> {
    let day = |one: &Corrected| briefing.analyses[one.analysis.index()].corrections[one.index].day;
    let mut all = Vec::new();
    for (at, analysis) in briefing.analyses.iter().enumerate() {
        let mut seen = std::collections::BTreeMap::new();
        for (index, correction) in analysis.corrections.iter().enumerate() {
            let of_day: &mut usize = seen.entry(correction.day).or_default();
            *of_day += 1;
            all.push(Corrected { analysis: AnalysisId::at(at), index, of_day: *of_day });
        }
    }
    all.sort_unstable_by_key(|one| Reverse((day(one), one.analysis, one.index)));
    all
}

/// Lists the claims of each status that is worth a list; a status without claims has none.
fn by_status(briefing: &Briefing, newest_first: &[ClaimId]) -> Vec<(Status, Vec<ClaimId>)> {
    let mut lists = MARKED.map(|status| (status, Vec::new()));
    for id in newest_first {
        let status = briefing.claim(*id).status;
        if let Some((_, claims)) = lists.iter_mut().find(|(known, _)| *known == status) {
            claims.push(*id);
        }
    }
    lists.into_iter().filter(|(_, claims)| !claims.is_empty()).collect()
}

/// Lists claims with their years, the newest year first; in a year by company, and of a company the newest analysis first.
///
/// A claim's year is the one in which what it states begins or, where it has no such date, the year of its analysis.
fn by_year(briefing: &Briefing, companies: &[CompanyId]) -> Vec<(i32, ClaimId)> {
    let mut ranks = vec![0_usize; companies.len()];
    companies.iter().zip(1..).for_each(|(id, rank)| ranks[id.index()] = rank);
    let mut keys: Vec<_> = briefing
        .claim_links
        .par_iter()
        .enumerate()
        .map(|(at, links)| {
            let id = ClaimId::at(at);
            let rank = links.company.map_or(0, |id| ranks[id.index()]);
            (Reverse(year(briefing, id)), rank, Reverse(links.analysis), id)
        })
        .collect();
    keys.par_sort_unstable();
    keys.into_iter().map(|(Reverse(year), _, _, id)| (year, id)).collect()
}

fn year(briefing: &Briefing, id: ClaimId) -> i32 {
    let date = briefing.claim(id).date.as_ref().map(|date| &date.value);
    let own = date.and_then(|date| date.earliest().or(date.latest()));
    own.unwrap_or_else(|| briefing.analysis(briefing.claim_links[id.index()].analysis).day).year()
}

/// Lists the works that claims of several analyses rest on, by id.
///
/// Only a work that sources.toml has, that stands for others, or that others repeat can be one; the many that one
/// analysis brings for itself cost a look.
fn shared_works(briefing: &Briefing) -> Vec<SharedWork> {
    let links = &briefing.source_links;
    let repeats = repeats(briefing);
    let mut wide = vec![false; links.len()];
    for (at, source) in links.iter().enumerate() {
        wide[source.work.index()] |= source.analysis.is_none() || source.work.index() != at;
    }
    repeats.iter().for_each(|(work, _)| wide[work.index()] = true);

    let mut resting = Vec::new();
    for (at, claim) in briefing.claim_links.iter().enumerate() {
        let works = claim.sources.iter().map(|source| links[source.index()].work).chain(claim.roots.iter().copied());
        let works = works.filter(|work| wide[work.index()]);
        resting.extend(works.map(|work| (work, Reverse(claim.analysis), ClaimId::at(at))));
    }
    resting.par_sort_unstable();
    resting.dedup();
    let of_work = resting.chunk_by(|(one, ..), (other, ..)| one == other);
    of_work.filter_map(|resting| shared_work(resting, &repeats)).collect()
}

/// Takes the claims that rest on one work; nothing where they are of one analysis.
fn shared_work(
    resting: &[(SourceId, Reverse<AnalysisId>, ClaimId)],
    repeats: &[(SourceId, SourceId)],
) -> Option<SharedWork> {
    let (work, ..) = *resting.first()?;
    let analyses = resting.chunk_by(|(_, one, _), (_, other, _)| one == other).count();
    let from = repeats.partition_point(|(repeated, _)| *repeated < work);
    let repeats = repeats[from..].iter().take_while(|(repeated, _)| *repeated == work);
    (analyses > 1).then(|| SharedWork {
        work,
        claims: resting.iter().map(|(.., claim)| *claim).collect(),
        analyses,
        repeated_by: repeats.map(|(_, by)| *by).collect(),
    })
}

/// Lists which work is repeated by which, both as sources that stand for them, in order.
///
/// A shared source that nothing published cites is in none: it would tell what is still to come.
fn repeats(briefing: &Briefing) -> Vec<(SourceId, SourceId)> {
    let links = &briefing.source_links;
    let published = links.iter().filter(|source| source.analysis.is_some() || source.cited > 0);
    let mut repeats: Vec<_> =
        published.filter_map(|source| Some((links[source.via?.index()].work, source.work))).collect();
    repeats.retain(|(repeated, by)| repeated != by);
    repeats.par_sort_unstable();
    repeats.dedup();
    repeats
}

impl Briefing {
    /// The shared work that a source is, if claims of several analyses rest on it.
    pub fn shared_work(&self, id: SourceId) -> Option<&SharedWork> {
        let work = self.source_links[id.index()].work;
        let works = &self.listed.shared_works;
        works.binary_search_by_key(&work, |shared| shared.work).ok().map(|at| &works[at])
    }

    /// The claims of a status that has a list of its own.
    pub fn claims_of(&self, status: Status) -> &[ClaimId] {
        let list = self.listed.by_status.iter().find(|(known, _)| *known == status);
        list.map(|(_, claims)| claims.as_slice()).unwrap_or_default()
    }
}
