//! What others do: words weighed by rarity, BM25, keywords, and the newest.

use std::collections::{BTreeMap, BTreeSet};

use super::set::Set;

type Counts = BTreeMap<String, f64>;

fn counts(text: &str) -> Counts {
    let mut counts = Counts::new();
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    words.for_each(|word| *counts.entry(word.to_owned()).or_default() += 1.0);
    counts
}

/// In how many texts each word is.
fn held(all: &[Counts]) -> Counts {
    let mut held = Counts::new();
    all.iter().flat_map(Counts::keys).for_each(|word| *held.entry(word.clone()).or_default() += 1.0);
    held
}

/// Cosines of counts weighed by inverse document frequency, smoothed as scikit-learn does.
pub(crate) fn tf_idf(texts: &[String]) -> Vec<Vec<f64>> {
    let all: Vec<Counts> = texts.iter().map(|text| counts(text)).collect();
    let (held, count) = (held(&all), all.len() as f64);
    let vector = |counts: &Counts| -> Counts {
        let weighed =
            counts.iter().map(|(word, n)| (word.clone(), n * (((1.0 + count) / (1.0 + held[word])).ln() + 1.0)));
        let weighed: Counts = weighed.collect();
        let length = weighed.values().map(|value| value * value).sum::<f64>().sqrt();
        weighed.into_iter().map(|(word, value)| (word, value / length)).collect()
    };
    let vectors: Vec<Counts> = all.iter().map(vector).collect();
    let dot = |a: &Counts, b: &Counts| a.iter().map(|(word, value)| value * b.get(word).unwrap_or(&0.0)).sum();
    vectors.iter().map(|a| vectors.iter().map(|b| dot(a, b)).collect()).collect()
}

/// BM25 (Robertson and others 1994) with k1 = 1.2 and b = 0.75, each text a query.
pub(crate) fn bm25(texts: &[String]) -> Vec<Vec<f64>> {
    let all: Vec<Counts> = texts.iter().map(|text| counts(text)).collect();
    let (held, count) = (held(&all), all.len() as f64);
    let length = |counts: &Counts| counts.values().sum::<f64>();
    let mean = all.iter().map(length).sum::<f64>() / count;
    let score = |query: &Counts, text: &Counts| {
        let crowd = 1.2 * (0.25 + 0.75 * length(text) / mean);
        let word = |(word, asked): (&String, &f64)| {
            let n = text.get(word).copied().unwrap_or_default();
            let rarity = (1.0 + (count - held[word] + 0.5) / (held[word] + 0.5)).ln();
            asked * rarity * n * 2.2 / (n + crowd)
        };
        query.iter().map(word).sum()
    };
    all.iter().map(|a| all.iter().map(|b| score(a, b)).collect()).collect()
}

/// Sums of the weights of keywords in common, as Hugo has them by default: 100 for keywords, 80 for tags.
///
/// Companies stand for its keywords. Of equals the newer comes first.
pub(crate) fn keywords(set: &Set) -> Vec<Vec<f64>> {
    let common = |a: &[String], b: &[String]| {
        let a: BTreeSet<&String> = a.iter().collect();
        b.iter().filter(|one| a.contains(one)).count() as f64
    };
    let pieces = &set.pieces;
    let score = |a: usize, b: usize| {
        let (a, one) = (&pieces[a], &pieces[b]);
        let sum = 100.0 * common(&a.companies, &one.companies) + 80.0 * common(&a.tags, &one.tags);
        if sum > 0.0 { sum + b as f64 / 1000.0 } else { 0.0 }
    };
    (0..pieces.len()).map(|a| (0..pieces.len()).map(|b| score(a, b)).collect()).collect()
}

/// The newest first.
pub(crate) fn recent(set: &Set) -> Vec<Vec<f64>> {
    let newest: Vec<f64> = (0..set.pieces.len()).map(|at| 1.0 + at as f64).collect();
    vec![newest; set.pieces.len()]
}
