//! Sources by id, and the works that they are.

use rustc_hash::{FxHashMap, FxHashSet};

use super::by_id::ById;
use super::repeats;
use crate::diagnostic::{Diagnostic, Diagnostics, nearest, shown};
use crate::ids::{AnalysisId, ClaimId, SourceId};
use crate::link::{AnalysisLinks, ClaimLinks, SourceLinks, fold};
use crate::model::{Analysis, Corpus, SOURCES_FILE, Source};
use crate::text::{Place, Spanned};

/// The sources of a site: the shared ones first, then those of each analysis.
pub(super) struct SourceIndex {
    sources: Vec<Source>,
    owners: Vec<Option<AnalysisId>>,
    shared: FxHashMap<String, SourceId>,
    own: Vec<std::ops::Range<usize>>,
    own_by_id: ById,
    vias: Vec<Option<SourceId>>,
}

impl SourceIndex {
    /// Takes the sources out of a corpus and resolves what each repeats.
    pub(super) fn of(corpus: &mut Corpus, diagnostics: &mut Diagnostics) -> Self {
        let file = std::sync::Arc::from(SOURCES_FILE);
        for (second, first) in repeats(corpus.sources.iter().map(|source| &source.id)) {
            let message = format!("two shared sources have the id `{}`", shown(&second.value));
            let error = Diagnostic::error("duplicate-id", message);
            let first = Place::new(&file, first.span);
            diagnostics.push(error.at(Place::new(&file, second.span)).label(first, "the first is here"));
        }
        let shared_count = corpus.sources.len();
        let own_count: usize = corpus.analyses.iter().map(|analysis| analysis.sources.len()).sum();
        let mut index = Self {
            owners: vec![None; shared_count],
            sources: Vec::with_capacity(shared_count + own_count),
            shared: FxHashMap::default(),
            own: Vec::with_capacity(corpus.analyses.len()),
            own_by_id: ById::default(),
            vias: Vec::new(),
        };
        index.sources.append(&mut corpus.sources);
        for (position, source) in index.sources.iter().enumerate() {
            index.shared.entry(source.id.value.clone()).or_insert(SourceId::at(position));
        }
        for (position, analysis) in corpus.analyses.iter_mut().enumerate() {
            for (second, first) in repeats(analysis.sources.iter().map(|source| &source.id)) {
                diagnostics.push(super::duplicate("sources", second, analysis, first));
            }
            let start = index.sources.len();
            index.sources.append(&mut analysis.sources);
            index.own.push(start..index.sources.len());
            index.owners.resize(index.sources.len(), Some(AnalysisId::at(position)));
        }
        index.own_by_id = ById::of(&index.sources, &index.own, |source| &source.id.value);
        index.vias = index.resolve_vias(&corpus.analyses, &file, diagnostics);
        index
    }

    fn resolve_vias(
        &self,
        analyses: &[Analysis],
        shared: &std::sync::Arc<str>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Option<SourceId>> {
        let mut vias = Vec::with_capacity(self.sources.len());
        for (source, owner) in self.sources.iter().zip(&self.owners) {
            let Some(via) = &source.via else {
                vias.push(None);
                continue;
            };
            let found = self.find(&via.value, *owner);
            if found.is_none() {
                let place = match owner {
                    Some(owner) => analyses[owner.index()].origin.place(via.span),
                    None => Place::new(shared, via.span),
                };
                diagnostics.push(self.unknown(via, *owner, place));
            }
            vias.push(found);
        }
        vias
    }

    /// Finds a source by id: one of the analysis itself, else a shared one.
    fn find(&self, id: &str, analysis: Option<AnalysisId>) -> Option<SourceId> {
        let own = analysis.and_then(|analysis| {
            let range = self.own[analysis.index()].clone();
            self.own_by_id.find(range, id, |at| &self.sources[at].id.value)
        });
        own.map(SourceId::at).or_else(|| self.shared.get(id).copied())
    }

    fn unknown(&self, id: &Spanned<String>, analysis: Option<AnalysisId>, place: Place) -> Diagnostic {
        let own = analysis.map_or(0..0, |analysis| self.own[analysis.index()].clone());
        let known = self.sources[own].iter().map(|source| source.id.value.as_str());
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

    /// When a source was published.
    pub(super) fn published(&self, id: SourceId) -> Option<&crate::value::Date> {
        self.sources[id.index()].published.as_ref()
    }

    /// Lists the sources of an analysis: its own, then the shared ones that its claims cite.
    pub(super) fn cited_by(&self, at: AnalysisId, links: &AnalysisLinks, claims: &[ClaimLinks]) -> Vec<SourceId> {
        let mut listed: Vec<SourceId> = self.own[at.index()].clone().map(SourceId::at).collect();
        let mut seen: FxHashSet<SourceId> = listed.iter().copied().collect();
        for source in claims[links.claims.clone()].iter().flat_map(|claim| &claim.sources) {
            if seen.insert(*source) {
                listed.push(*source);
            }
        }
        listed
    }

    /// Gives the sources up with what each is tied to.
    pub(super) fn finish(self, claims: &[ClaimLinks]) -> (Vec<Source>, Vec<SourceLinks>) {
        let works = works(&self.sources);
        let mut links: Vec<SourceLinks> = self
            .owners
            .into_iter()
            .zip(works)
            .zip(self.vias)
            .map(|((analysis, work), via)| SourceLinks { analysis, work, via, claims: Vec::new(), cited: 0 })
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

/// Finds for each source the first one that is the same work.
///
/// Works are the same where their addresses are, or, without one, where publisher and title are.
fn works(sources: &[Source]) -> Vec<SourceId> {
    let mut first: FxHashMap<String, SourceId> = FxHashMap::default();
    sources
        .iter()
        .enumerate()
        .map(|(index, source)| {
            let id = SourceId::at(index);
            let key = match (&source.url, &source.publisher, &source.title) {
                (Some(url), _, _) => work_address(url),
                (None, Some(publisher), Some(title)) => format!("{}\n{}", fold(publisher), fold(title)),
                _ => return id,
            };
            *first.entry(key).or_insert(id)
        })
        .collect()
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
