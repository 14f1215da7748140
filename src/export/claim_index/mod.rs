//! What the filter of `/claims/` reads: a small file of what there is to choose, and all claims in shards.
//!
//! A shard has claims of one year and, in it, of neighbouring companies, so that a choice of a company or a year needs
//! few of them. No file grows with the site: a shard is full at [`SHARD`] bytes, and only the companies and metrics
//! with the most claims are offered.

mod facets;
mod shard;

use std::ops::Range;

use crate::ids::ClaimId;
use crate::link::Briefing;

pub(super) use facets::Facets;
pub(super) use shard::ShardFile;

/// Where the files are.
const FOLDER: &str = "/claims/index/";

/// How many bytes the rows of a shard have at most, before what JSON adds to them.
const SHARD: usize = 150_000;

/// How many bytes of a text a row has; a longer one is cut.
const TEXT: usize = 600;

/// What a row has besides its texts: brackets, numbers, a status, a date.
const AROUND: usize = 80;

/// Claims of one year, as a range of all claims in the order of their years.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Shard {
    year: i32,
    /// Its number among those of its year, from 1.
    part: usize,
    claims: Range<usize>,
}

impl Shard {
    /// Gives the name of its file.
    fn name(&self) -> String {
        format!("{}-{}.json", self.year, self.part)
    }

    /// Gives the path of its file.
    pub(super) fn path(&self) -> String {
        [FOLDER, &self.name()].concat()
    }

    /// Gives the claims in it.
    fn claims<'b>(&self, briefing: &'b Briefing) -> &'b [(i32, ClaimId)] {
        briefing.listed.by_year.get(self.claims.clone()).unwrap_or_default()
    }
}

/// Gives the path of the file of what there is to choose.
pub fn facets_path() -> String {
    [FOLDER, "facets.json"].concat()
}

/// Cuts all claims into shards; another year begins another one.
pub(super) fn shards(briefing: &Briefing) -> Vec<Shard> {
    let mut shards: Vec<Shard> = Vec::new();
    let mut bytes = 0;
    for (at, (year, id)) in briefing.listed.by_year.iter().enumerate() {
        let size = size(briefing, *id);
        bytes += size;
        let of_year = shards.last_mut().filter(|shard| shard.year == *year);
        let part = of_year.as_ref().map_or(1, |shard| shard.part + 1);
        match of_year {
            Some(shard) if bytes <= SHARD => shard.claims.end = at + 1,
            _ => {
                shards.push(Shard { year: *year, part, claims: at..at + 1 });
                bytes = size;
            }
        }
    }
    shards
}

/// Says how many bytes a claim takes at most, its analysis among them.
fn size(briefing: &Briefing, id: ClaimId) -> usize {
    let claim = briefing.claim(id);
    let analysis = briefing.analysis(briefing.claim_links[id.index()].analysis);
    let value = claim.value.as_ref().map_or(0, |value| value.value.wording().len());
    let texts = claim.text.len().min(TEXT) + analysis.title.len().min(TEXT);
    texts + value + claim.id.len() + analysis.slug.value.len() + AROUND
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::export::{Export, Format, tests};

    fn json(briefing: &Briefing, export: &Export) -> Value {
        let mut out = Vec::new();
        crate::export::write(&*export.document(briefing, &[], &crate::export::tests::OneLine), Format::Json, &mut out)
            .unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn a_shard_has_a_row_for_each_claim_and_names_everything_once() {
        let (briefing, _) = tests::briefing();
        let shards = shards(&briefing);
        let names: Vec<_> = shards.iter().map(Shard::name).collect();
        assert_eq!(names, ["2026-1.json", "2025-1.json"]);
        let shard = json(&briefing, &Export::ClaimShard(shards[0].clone()));
        assert_eq!(shard["companies"], serde_json::json!([["acme", "Acme", "/b/companies/acme/"]]));
        assert_eq!(shard["analyses"], serde_json::json!([["Cuts & <em>costs</em> </script>", "/b/analyses/cuts/"]]));
        let metric = &shard["metrics"][0][0];
        assert_eq!(metric, "headcount-reduction");
        let row =
            serde_json::json!(["#claim:cut", "=Acme <!-- cut jobs", "about 800 jobs", 0, 0, "reported", "May 2026", 0]);
        assert_eq!(shard["claims"], serde_json::json!([row]));
    }

    #[test]
    fn the_facets_count_what_the_shards_hold() {
        let (briefing, _) = tests::briefing();
        let facets = json(&briefing, &Export::ClaimFacets);
        assert_eq!(facets["total"], 2);
        assert_eq!(facets["years"], serde_json::json!([[2026, 1], [2025, 1]]));
        assert_eq!(facets["companies"], serde_json::json!([["acme", "Acme", 2]]));
        assert_eq!(facets["statuses"], serde_json::json!([["reported", "reported", 2]]));
        let metrics: Vec<_> = facets["metrics"].as_array().unwrap().iter().map(|metric| &metric[0]).collect();
        assert_eq!(metrics, ["headcount-reduction", "profit"]);
        let shard = &facets["shards"][0];
        assert_eq!((&shard["file"], &shard["claims"]), (&"2026-1.json".into(), &1.into()));
        assert_eq!([&shard["from"], &shard["to"]], ["acme", "acme"]);
        assert_eq!([&shard["metrics"], &facets["shards"][1]["metrics"]], ["1", "2"]);
    }

    #[test]
    fn a_year_of_many_claims_takes_several_shards_and_each_stays_small() {
        let (mut briefing, _) = tests::briefing();
        briefing.facts_mut().claims[0].text = "é\"".repeat(2_000);
        briefing.facts_mut().listed.by_year = (0..3_000).map(|_| (2026, ClaimId(0))).collect();
        let shards = shards(&briefing);
        assert!(shards.len() > 3);
        let claims: usize = shards.iter().map(|shard| shard.claims.len()).sum();
        assert_eq!(claims, 3_000);
        for shard in shards {
            let mut out = Vec::new();
            crate::export::write(
                &*Export::ClaimShard(shard).document(&briefing, &[], &crate::export::tests::OneLine),
                Format::Json,
                &mut out,
            )
            .unwrap();
            assert!(out.len() < 200_000, "{}", out.len());
        }
    }
}
