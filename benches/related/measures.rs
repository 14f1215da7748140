//! How good rankings and scores are.

use super::Ranking;
use super::set::Set;

/// How many of a ranking count.
const SHOWN: usize = 5;

/// Means over the texts of a set that anything is related to.
pub(crate) struct Measures {
    pub(crate) ndcg: f64,
    pub(crate) precision: f64,
}

impl Measures {
    pub(crate) fn of(set: &Set, ranking: &Ranking) -> Self {
        let asked: Vec<usize> =
            (0..ranking.len()).filter(|own| set.grades[*own].iter().any(|grade| *grade > 0.0)).collect();
        let mean = |one: &dyn Fn(usize) -> f64| asked.iter().map(|own| one(*own)).sum::<f64>() / asked.len() as f64;
        Self {
            ndcg: mean(&|own| ndcg(&set.grades[own], &ranking[own], set.gain)),
            precision: mean(&|own| precision(&set.grades[own], &ranking[own], set.related_from)),
        }
    }
}

/// Discounted gains of what is shown first, beside those of the best order.
fn ndcg(grades: &[f64], ranking: &[usize], gain: fn(f64) -> f64) -> f64 {
    let sum = |grades: &mut dyn Iterator<Item = f64>| -> f64 {
        grades.take(SHOWN).zip(2..).map(|(grade, place)| gain(grade) / f64::from(place).log2()).sum()
    };
    let mut best = grades.to_vec();
    best.sort_by(|a, b| b.total_cmp(a));
    sum(&mut ranking.iter().map(|at| grades[*at])) / sum(&mut best.into_iter())
}

/// The part of what is shown first that is related, of as much as could be.
fn precision(grades: &[f64], ranking: &[usize], from: f64) -> f64 {
    let could = grades.iter().filter(|grade| **grade >= from).count().min(SHOWN);
    let found = ranking.iter().take(SHOWN).filter(|at| grades[**at] >= from).count();
    if could == 0 { 1.0 } else { found as f64 / could as f64 }
}

/// Pearson's correlation of the scores of all pairs with their grades.
pub(crate) fn pearson(set: &Set, scores: &[Vec<f64>]) -> f64 {
    let pairs = (0..scores.len()).flat_map(|a| (a + 1..scores.len()).map(move |b| (a, b)));
    let pairs: Vec<(f64, f64)> = pairs.map(|(a, b)| ((scores[a][b] + scores[b][a]) / 2.0, set.grades[a][b])).collect();
    let count = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        xy += (a - x) * (b - y);
        xx += (a - x) * (a - x);
        yy += (b - y) * (b - y);
    }
    xy / (xx * yy).sqrt()
}
