//! Sources by id, and the works that they are.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_128;

use super::by_id::ById;
use crate::diagnostic::{Diagnostic, Diagnostics, nearest, shown};
use crate::ids::{AnalysisId, ClaimId, SourceId};
use crate::link::{AnalysisLinks, ClaimLinks, Parted, SourceLinks};
use crate::model::{Analysis, Corpus, SOURCES_FILE, Source, repeats};
use crate::text::{Place, Spanned, fold};

/// The sources of a site: the shared ones first, then those of each analysis.
pub(super) struct SourceIndex {
    /// The shared ones, then the parts of the analyses.
    sources: Parted<Source>,
    shared: FxHashMap<String, SourceId>,
    by_id: ById,
    vias: Vec<Option<SourceId>>,
}

impl SourceIndex {
    /// Takes the sources out of a corpus and resolves what each repeats.
    pub(super) fn of(corpus: &mut Corpus, diagnostics: &mut Diagnostics) -> Self {
        let file = Arc::from(SOURCES_FILE);
        let shared_ids: Vec<_> = corpus.sources.iter().map(|source| source.id.clone()).collect();
        for (second, first) in repeats(&shared_ids) {
            let message = format!("two shared sources have the id `{}`", shown(&second.value));
            let error = Diagnostic::error("duplicate-id", message);
            let first = Place::new(&file, first.span);
            diagnostics.push(error.at(Place::new(&file, second.span)).label(first, "the first is here"));
        }
        let shared = Arc::from(std::mem::take(&mut corpus.sources));
        let own = corpus.analyses.iter().map(|analysis| Arc::clone(&analysis.sources));
        let sources: Parted<Source> = std::iter::once(shared).chain(own).collect();
        let mut index = Self {
            shared: FxHashMap::default(),
            by_id: ById::of(&sources, |source| &source.id.value),
            vias: Vec::new(),
            sources,
        };
        for (position, source) in index.sources.part(SHARED).iter().enumerate() {
            index.shared.entry(source.id.value.clone()).or_insert(SourceId::at(position));
        }
        index.vias = index.resolve_vias(&corpus.analyses, &file, diagnostics);
        index
    }

    fn resolve_vias(
        &self,
        analyses: &[Arc<Analysis>],
        shared: &Arc<str>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Option<SourceId>> {
        let mut vias = Vec::with_capacity(self.sources.len());
        for (index, source) in self.sources.iter().enumerate() {
            let Some(via) = &source.via else {
                vias.push(None);
                continue;
            };
            let owner = owner(&self.sources, index);
            let found = self.find(&via.value, owner);
            if found.is_none() {
                let place = match owner {
                    Some(owner) => analyses[owner.index()].origin.place(via.span),
                    None => Place::new(shared, via.span),
                };
                diagnostics.push(self.unknown(via, owner, place));
            }
            vias.push(found);
        }
        vias
    }

    /// Finds a source by id: one of the analysis itself, else a shared one.
    fn find(&self, id: &str, analysis: Option<AnalysisId>) -> Option<SourceId> {
        let own = analysis.and_then(|analysis| {
            self.by_id.find(self.sources.range(part(analysis)), id, |at| &self.sources[at].id.value)
        });
        own.map(SourceId::at).or_else(|| self.shared.get(id).copied())
    }

    fn unknown(&self, id: &Spanned<String>, analysis: Option<AnalysisId>, place: Place) -> Diagnostic {
        let own = analysis.map(|analysis| self.sources.part(part(analysis))).unwrap_or_default();
        let known = own.iter().map(|source| source.id.value.as_str());
        let near = nearest(&id.value, known.chain(self.shared.keys().map(String::as_str)));
        let message = format!("there is no source `{}`", shown(&id.value));
        let error = Diagnostic::error("unknown-source", message).at(place);
        error.help(match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add it as `[[sources]]` here, or in {SOURCES_FILE}"),
        })
    }

    /// Resolves the sources that a claim names.
    pub(super) fn resolve(
        &self,
        names: &[Spanned<String>],
        at: AnalysisId,
        analysis: &Analysis,
        diagnostics: &mut Diagnostics,
    ) -> Vec<SourceId> {
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            match self.find(&name.value, Some(at)) {
                Some(id) if !found.contains(&id) => found.push(id),
                Some(_) => {}
                None if analysis.broken => {}
                None => diagnostics.push(self.unknown(name, Some(at), analysis.origin.place(name.span))),
            }
        }
        found
    }

    /// Lists the sources of an analysis: its own, then the shared ones that its claims cite.
    pub(super) fn cited_by(&self, at: AnalysisId, links: &AnalysisLinks, claims: &[ClaimLinks]) -> Vec<SourceId> {
        let mut listed: Vec<SourceId> = self.sources.range(part(at)).map(SourceId::at).collect();
        let mut seen: FxHashSet<SourceId> = listed.iter().copied().collect();
        for source in claims[links.claims.clone()].iter().flat_map(|claim| &claim.sources) {
            if seen.insert(*source) {
                listed.push(*source);
            }
        }
        listed
    }

    /// Gives the sources up with what each is tied to.
    pub(super) fn finish(self, claims: &[ClaimLinks]) -> (Parted<Source>, Vec<SourceLinks>) {
        let works = works(&self.sources);
        let mut links: Vec<SourceLinks> = works
            .into_iter()
            .zip(self.vias)
            .enumerate()
            .map(|(index, (work, via))| {
                let analysis = owner(&self.sources, index);
                SourceLinks { analysis, work, via, claims: Vec::new(), cited: 0 }
            })
            .collect();
        for (index, claim) in claims.iter().enumerate() {
            for source in &claim.sources {
                links[source.index()].claims.push(ClaimId::at(index));
            }
            let mut works: Vec<SourceId> = claim.sources.iter().map(|source| links[source.index()].work).collect();
            works.sort_unstable();
            works.dedup();
            for work in works {
                links[work.index()].cited += 1;
            }
        }
        for index in 0..links.len() {
            links[index].cited = links[links[index].work.index()].cited;
        }
        (self.sources, links)
    }
}

/// The part of the sources that belongs to no analysis.
const SHARED: usize = 0;

/// The part of the sources that an analysis brought.
fn part(analysis: AnalysisId) -> usize {
    analysis.index() + 1
}

/// The analysis that brought a source; none where it is shared.
fn owner(sources: &Parted<Source>, index: usize) -> Option<AnalysisId> {
    sources.part_of(index).checked_sub(1).map(AnalysisId::at)
}

/// Finds for each source the first one that is the same work.
fn works(sources: &Parted<Source>) -> Vec<SourceId> {
    let keys: Vec<Option<u128>> = (0..sources.len()).into_par_iter().map(|index| work(&sources[index])).collect();
    let mut first: FxHashMap<u128, SourceId> = FxHashMap::default();
    keys.into_iter()
        .enumerate()
        .map(|(index, key)| {
            let id = SourceId::at(index);
            key.map_or(id, |key| *first.entry(key).or_insert(id))
        })
        .collect()
}

/// Sums up which work a source is, as far as it tells.
///
/// Works are the same where their addresses are, or, without one, where publisher and title are.
fn work(source: &Source) -> Option<u128> {
    let key = match (&source.url, &source.publisher, &source.title) {
        (Some(url), _, _) => work_address(url),
        (None, Some(publisher), Some(title)) => format!("{}\n{}", fold(publisher), fold(title)),
        _ => return None,
    };
    Some(xxh3_128(key.as_bytes()))
}

/// Brings the spellings of one address together: no scheme, no `www.`, no fragment, no last slash.
fn work_address(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
    let host = host.to_ascii_lowercase();
    format!("{}/{}", host.strip_prefix("www.").unwrap_or(&host), path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_work_has_one_address() {
        let same = ["https://www.a.org/x/", "http://A.org/x#top", "https://a.org/x"];
        assert!(same.iter().all(|url| work_address(url) == "a.org/x"));
        assert_ne!(work_address("https://a.org/x?p=1"), "a.org/x");
    }
}
