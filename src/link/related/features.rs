//! What analyses may have in common, each under one number: events, metrics of companies, words and so on.
//!
//! An analysis is a sparse vector over these features. A feature's value there is larger the rarer the feature is and
//! the fewer of its kind the analysis has, so that the product of two analyses' values is what the feature adds to how
//! near they are. All of it is whole numbers made with exact operations: the same on every machine, in whichever order
//! it is added up.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::rarity::Rarity;
use super::words::Vocabulary;
use crate::config::Weights;
use crate::ids::{AnalysisId, CompanyId, EventId, MetricId, PersonId, SeriesId, SourceId, TagId};
use crate::link::Briefing;

/// What a value of 1 is counted as; a product of two values counts [`UNIT`] as 1.
const SCALE: f64 = 4096.0;
/// What a score of 1 is counted as.
pub(super) const UNIT: u64 = 1 << 24;

/// One thing that analyses may have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feature {
    /// An event that claims report.
    Event(EventId),
    /// A metric of a company that claims measure.
    Metric(MetricId, CompanyId),
    /// A company, or one that it is a part of.
    Company(CompanyId),
    /// A person.
    Person(PersonId),
    /// A root source of claims.
    Source(SourceId),
    /// A tag.
    Tag(TagId),
    /// The series.
    Series(SeriesId),
    /// A word, by its stem.
    Word(crate::config::TermId),
}

/// The number of a feature, dense from 0.
pub(super) type FeatureNumber = u32;

/// A feature of an analysis, and how much it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) feature: FeatureNumber,
    pub(super) value: u16,
    /// Whether the analysis has it itself, and not only those that are near to it.
    pub(super) own: bool,
}

impl Entry {
    /// Makes an entry of a value, of which 1 is a feature's all.
    pub(super) fn new(feature: FeatureNumber, value: f64, own: bool) -> Self {
        Self { feature, value: rounded(value * SCALE), own }
    }
}

/// The analyses of a publication as vectors.
#[derive(Clone, Debug, Default)]
pub(super) struct Vectors {
    entries: Vec<Entry>,
    /// Where each analysis's entries begin, and where the last one's end.
    offsets: Vec<u32>,
    /// Where those of them begin that are words.
    words_from: Vec<u32>,
    /// How long each analysis's vector of words is, in the scale of the values.
    lengths: Vec<f64>,
    space: Space,
}

/// The numbering of features: each kind's numbers follow those of the kind before, words last.
#[derive(Clone, Debug, Default)]
struct Space {
    /// Where each kind's numbers begin: events, companies, people, sources, tags, series, metrics, words.
    starts: [u32; 8],
    metrics: Vec<(MetricId, CompanyId)>,
    words: Vec<crate::config::TermId>,
}

impl Space {
    fn of(briefing: &Briefing, words: Vec<crate::config::TermId>) -> Self {
        let pair = |links: &crate::link::ClaimLinks| Some((links.metric?, links.company?));
        let mut metrics: Vec<_> = briefing.claim_links.iter().filter_map(pair).collect();
        metrics.par_sort_unstable();
        metrics.dedup();
        let groups = &briefing.groups;
        let counts = [
            briefing.events.len(),
            briefing.companies.len(),
            briefing.people.len(),
            briefing.sources.len(),
            groups.tags.len(),
            groups.series.len(),
            metrics.len(),
        ];
        let mut starts = [0_u32; 8];
        for (at, count) in counts.into_iter().enumerate() {
            starts[at + 1] = starts[at].saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        }
        Self { starts, metrics, words }
    }

    fn len(&self) -> usize {
        self.words_start() as usize + self.words.len()
    }

    fn words_start(&self) -> FeatureNumber {
        self.starts[7]
    }

    /// Tells which kind a number is of, and its place in that kind.
    fn kind(&self, number: FeatureNumber) -> (usize, u32) {
        let kind = self.starts.partition_point(|start| *start <= number).saturating_sub(1);
        (kind, number - self.starts[kind])
    }

    fn feature(&self, number: FeatureNumber) -> Feature {
        let (kind, at) = self.kind(number);
        match kind {
            0 => Feature::Event(EventId(at)),
            1 => Feature::Company(CompanyId(at)),
            2 => Feature::Person(PersonId(at)),
            3 => Feature::Source(SourceId(at)),
            4 => Feature::Tag(TagId(at)),
            5 => Feature::Series(SeriesId(at)),
            6 => {
                let (metric, company) = self.metrics[at as usize];
                Feature::Metric(metric, company)
            }
            _ => Feature::Word(self.words[at as usize]),
        }
    }

    fn weight(&self, kind: usize, weights: &Weights) -> f64 {
        let all = [
            weights.event,
            weights.company,
            weights.person,
            weights.source,
            weights.tag,
            weights.series,
            weights.metric,
            weights.words,
        ];
        all[kind]
    }

    /// Lists what an analysis has besides words, each once.
    fn things(&self, briefing: &Briefing, id: AnalysisId) -> Vec<FeatureNumber> {
        let links = &briefing.analysis_links[id.index()];
        let [events, companies, people, sources, tags, series, metrics, _] = self.starts;
        let mut things: Vec<FeatureNumber> = Vec::with_capacity(24);
        things.extend(links.companies.iter().flat_map(|id| briefing.lineage(*id)).map(|id| companies + id.0));
        things.extend(links.people.iter().map(|id| people + id.0));
        things.extend(links.tags.iter().map(|id| tags + id.0));
        things.extend(links.series.map(|id| series + id.0));
        for claim in briefing.claim_links.get(links.claims.clone()).unwrap_or_default() {
            things.extend(claim.event.map(|id| events + id.0));
            things.extend(claim.roots.iter().map(|id| sources + id.0));
            if let Some(pair) = claim.metric.zip(claim.company)
                && let Ok(at) = self.metrics.binary_search(&pair)
            {
                things.push(metrics + at as u32);
            }
        }
        things.sort_unstable();
        things.dedup();
        things
    }
}

impl Vectors {
    /// Makes the vectors of all analyses.
    pub(super) fn of(briefing: &Briefing) -> Self {
        let count = briefing.analyses.len();
        let vocabulary = Vocabulary::of(&briefing.analyses);
        let space = Space::of(briefing, vocabulary.terms());
        let ids = || (0..count).into_par_iter().map(AnalysisId::at);
        let things: Vec<Vec<FeatureNumber>> = ids().map(|id| space.things(briefing, id)).collect();
        let mut held = vec![0_u32; space.words_start() as usize];
        things.iter().flatten().for_each(|thing| held[*thing as usize] += 1);
        let rarity = Rarity::of(count);
        let weights = &briefing.config.related.weights;
        let start = space.words_start();
        let vector = |(analysis, things): (&Arc<crate::model::Analysis>, &Vec<FeatureNumber>)| {
            let mut entries = values_of_things(&space, things, &held, rarity, weights);
            let words = vocabulary.vector(&analysis.terms).into_iter();
            let root = weights.words.sqrt();
            entries.extend(words.map(|(at, part)| Entry::new(start + at, part * root, true)));
            entries.retain(|entry| entry.value > 0);
            entries
        };
        let all: Vec<Vec<Entry>> = briefing.analyses.par_iter().zip(&things).map(vector).collect();
        Self::in_space(space, all)
    }

    /// Makes other vectors over the same features.
    pub(super) fn with(&self, all: Vec<Vec<Entry>>) -> Self {
        Self::in_space(self.space.clone(), all)
    }

    fn in_space(space: Space, all: Vec<Vec<Entry>>) -> Self {
        let (mut offsets, mut words_from) = (Vec::with_capacity(all.len() + 1), Vec::with_capacity(all.len()));
        let mut entries = Vec::with_capacity(all.iter().map(Vec::len).sum());
        let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        offsets.push(0);
        for one in all {
            let things = one.partition_point(|entry| entry.feature < space.words_start());
            words_from.push(bound(entries.len() + things));
            entries.extend(one);
            offsets.push(bound(entries.len()));
        }
        let mut vectors = Self { entries, offsets, words_from, lengths: Vec::new(), space };
        let square = |entry: &Entry| u64::from(entry.value).pow(2);
        let length = |id| (vectors.words(id).iter().map(square).sum::<u64>() as f64).sqrt();
        vectors.lengths = (0..vectors.len()).map(AnalysisId::at).map(length).collect();
        vectors
    }

    /// How many analyses there are.
    pub(super) fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// How many features there are.
    pub(super) fn features(&self) -> usize {
        self.space.len()
    }

    /// What an analysis has, by the numbers of its features.
    pub(super) fn get(&self, id: AnalysisId) -> &[Entry] {
        self.between(id, &self.offsets, self.offsets.get(id.index() + 1))
    }

    /// What of an analysis is no words.
    pub(super) fn things(&self, id: AnalysisId) -> &[Entry] {
        self.between(id, &self.offsets, self.words_from.get(id.index()))
    }

    /// What of an analysis is words.
    pub(super) fn words(&self, id: AnalysisId) -> &[Entry] {
        self.between(id, &self.words_from, self.offsets.get(id.index() + 1))
    }

    fn between(&self, id: AnalysisId, starts: &[u32], end: Option<&u32>) -> &[Entry] {
        let Some((start, end)) = starts.get(id.index()).zip(end) else { return &[] };
        self.entries.get(*start as usize..*end as usize).unwrap_or_default()
    }

    /// How long the words of an analysis are as a vector.
    pub(super) fn length(&self, id: AnalysisId) -> f64 {
        self.lengths.get(id.index()).copied().unwrap_or_default()
    }

    /// The feature of a number.
    pub(super) fn feature(&self, number: FeatureNumber) -> Feature {
        self.space.feature(number)
    }
}

/// Gives the values of what an analysis has besides words.
///
/// Each kind's values shrink with the fourth root of how many it has, so that the product of two analyses shrinks with
/// the square root of their mean: ten tags say less each than two, and more together.
fn values_of_things(
    space: &Space,
    things: &[FeatureNumber],
    held: &[u32],
    rarity: Rarity,
    weights: &Weights,
) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(things.len() + super::words::MOST_WORDS);
    for of_kind in things.chunk_by(|a, b| space.kind(*a).0 == space.kind(*b).0) {
        let Some(first) = of_kind.first() else { continue };
        let weight = space.weight(space.kind(*first).0, weights);
        let crowd = (of_kind.len() as f64).sqrt().sqrt();
        entries.extend(of_kind.iter().map(|thing| {
            let share = rarity.share(held[*thing as usize]);
            Entry::new(*thing, (weight * share).sqrt() / crowd, true)
        }));
    }
    entries
}

fn rounded(value: f64) -> u16 {
    value.round().clamp(0.0, f64::from(u16::MAX)) as u16
}

/// Adds up what two analyses have in common, each feature's part given apart; a feature that not both have themselves is
/// told so.
pub(super) fn in_common<'v>(
    one: &'v [Entry],
    other: &'v [Entry],
) -> impl Iterator<Item = (FeatureNumber, u64, bool)> + 'v {
    let (mut at, mut other_at) = (0, 0);
    std::iter::from_fn(move || {
        loop {
            let (own, theirs) = (one.get(at)?, other.get(other_at)?);
            // Which of the two is behind nobody can foresee, a processor as little, so that this is no branch.
            at += usize::from(own.feature <= theirs.feature);
            other_at += usize::from(theirs.feature <= own.feature);
            if own.feature == theirs.feature {
                let part = u64::from(own.value) * u64::from(theirs.value);
                return Some((own.feature, part, own.own && theirs.own));
            }
        }
    })
}

/// Counts things by their key.
pub(super) fn count<K: std::hash::Hash + Eq>(keys: impl Iterator<Item = K>) -> FxHashMap<K, u32> {
    let mut counts = FxHashMap::default();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    counts
}
