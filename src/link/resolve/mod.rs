//! Resolves every name in front matter to the thing that it means, and makes the things that are only named.

mod by_id;
mod circles;
mod claims;
mod directory;
mod lineage;
mod metrics;
mod sources;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::groups::{By, Gatherer, position};
use super::{AnalysisLinks, Briefing, Facts, Forecasts, Groups, Ledger, Listed, SignalLinks};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ids::{AnalysisId, AuthorId, SeriesId, TagId};
use crate::model::{Analysis, Corpus};

pub(super) use circles::on_circles;
use claims::{ClaimIndex, Linker};
pub(super) use directory::Directory;
use directory::push_new;
use metrics::MetricIndex;
use sources::SourceIndex;

/// Makes the briefing of a corpus, all but its prose, and the names that prose may use.
pub(super) fn resolve(config: Config, mut corpus: Corpus, diagnostics: &mut Diagnostics) -> (Briefing, Directory) {
    corpus.analyses.sort_by_cached_key(|one| (one.day, one.date.timestamp(), one.slug.value.clone()));
    corpus.pages.sort_by(|a, b| a.slug.value.cmp(&b.slug.value));
    let mut directory = Directory::of(&mut corpus, diagnostics);
    let sources = SourceIndex::of(&mut corpus, diagnostics);
    let mut metrics = MetricIndex::of(corpus.metrics, corpus.events, diagnostics);
    metrics.check_events(&mut directory, diagnostics);
    let claims = ClaimIndex::of(&corpus.analyses);

    let mut links: Vec<AnalysisLinks> = corpus
        .analyses
        .iter()
        .enumerate()
        .map(|(index, analysis)| AnalysisLinks {
            claims: claims.range(index),
            predictions: claims.prediction_range(index),
            companies: directory.companies_of(&analysis.companies, analysis, diagnostics),
            people: directory.people_of(&analysis.people, analysis, diagnostics),
            related: related(analysis, AnalysisId::at(index), &directory, diagnostics),
            ..AnalysisLinks::default()
        })
        .collect();
    let groups = gather(&config, &corpus.analyses, &mut links, diagnostics);
    let mut linker = Linker { directory: &mut directory, metrics: &mut metrics, sources: &sources, diagnostics };
    let claim_links = linker.claims(&claims, &corpus.analyses, &mut links);
    let prediction_links = linker.predictions(&claims, &corpus.analyses, &mut links);
    for (index, links) in links.iter_mut().enumerate() {
        let at = AnalysisId::at(index);
        links.signals = signals(&corpus.analyses, at, &claims, &mut directory, &mut metrics, diagnostics);
        links.sources = sources.cited_by(at, links, &claim_links);
    }
    let company_links = directory.link_companies(&links, &claim_links, diagnostics);
    let person_links = directory.link_people(&links, &claim_links);
    let (sources, source_links) = sources.finish(&claim_links);
    let (metrics, events) = metrics.finish();
    let (claims, predictions) = claims.finish();
    let (companies, people) = directory.take();
    let facts = Facts {
        config,
        folders: folders(&corpus.analyses),
        analysis_links: links,
        companies,
        company_links,
        people,
        person_links,
        pages: corpus.pages,
        sources,
        source_links,
        claims,
        claim_links,
        predictions,
        prediction_links,
        metrics,
        events,
        groups,
        ledger: Ledger::default(),
        timelines: Vec::new(),
        forecasts: Forecasts::default(),
        listed: Listed::default(),
        assets: corpus.assets,
        awaited_sources: corpus.awaited_sources,
    };
    (Briefing::of(facts, corpus.analyses), directory)
}

/// Finds the analyses that are a folder with index.md.
fn folders(analyses: &[Arc<Analysis>]) -> BTreeMap<String, AnalysisId> {
    let own = |(index, analysis): (usize, &Arc<Analysis>)| {
        let folder = analysis.origin.file.strip_suffix("/index.md").filter(|folder| *folder != "content/analyses")?;
        Some((folder.to_owned(), AnalysisId::at(index)))
    };
    analyses.iter().enumerate().filter_map(own).collect()
}

/// Gathers tags, series and by-lines, and tells each analysis its own, each once.
fn gather(
    config: &Config,
    analyses: &[Arc<Analysis>],
    links: &mut [AnalysisLinks],
    diagnostics: &mut Diagnostics,
) -> Groups {
    let (mut tags, mut series, mut authors) = (Gatherer::of("tag"), Gatherer::of("series"), Gatherer::of("author"));
    let slugs: Vec<_> = analyses
        .iter()
        .enumerate()
        .map(|(index, analysis)| {
            let mut by = By { id: AnalysisId::at(index), file: &analysis.origin.file, diagnostics };
            let tags: Vec<String> = analysis.tags.iter().filter_map(|tag| tags.add(tag, &mut by)).collect();
            let series = analysis.series.as_ref().and_then(|name| series.add(name, &mut by));
            let names = analysis.authors.iter();
            let authors: Vec<String> = names.filter_map(|name| authors.add_author(name, &mut by, config)).collect();
            (tags, series, authors)
        })
        .collect();
    let groups = Groups { tags: tags.finish(), series: series.finish(), authors: authors.finish() };
    for ((tags, series, authors), links) in slugs.into_iter().zip(links) {
        links.tags = tags.iter().filter_map(|slug| position(&groups.tags, slug)).map(TagId::at).collect();
        links.series = series.and_then(|slug| position(&groups.series, &slug)).map(SeriesId::at);
        links.authors = authors.iter().filter_map(|slug| position(&groups.authors, slug)).map(AuthorId::at).collect();
    }
    groups
}

/// Resolves the pinned related analyses, each once; an analysis is not related to itself.
fn related(
    analysis: &Analysis,
    own: AnalysisId,
    directory: &Directory,
    diagnostics: &mut Diagnostics,
) -> Vec<AnalysisId> {
    let mut found = Vec::new();
    for slug in &analysis.related {
        match directory.analysis(&slug.value) {
            id @ Some(_) => push_new(&mut found, id.filter(|id| *id != own)),
            None => diagnostics.push(directory.unknown_analysis(slug, analysis)),
        }
    }
    found
}

fn signals(
    analyses: &[Arc<Analysis>],
    at: AnalysisId,
    claims: &ClaimIndex,
    directory: &mut Directory,
    metrics: &mut MetricIndex,
    diagnostics: &mut Diagnostics,
) -> Vec<SignalLinks> {
    let analysis = &analyses[at.index()];
    let mut links = Vec::with_capacity(analysis.signals.len());
    for signal in &analysis.signals {
        links.push(SignalLinks {
            company: signal.company.as_ref().and_then(|name| directory.company(name, analysis, diagnostics)),
            metric: signal.metric.as_ref().map(|name| metrics.metric(name, None, analysis, diagnostics)),
            bears_on: claims.predictions_named(&signal.bears_on, at, analyses, directory, diagnostics),
        });
    }
    links
}
