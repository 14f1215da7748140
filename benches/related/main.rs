//! How good the related analyses are, beside simpler ways to find some.
//!
//! ```text
//! cargo bench --bench related                              the two sets of texts that stand beside this file
//! cargo bench --bench related -- --pairs DOCS SCORES       a set of one's own: a text a line, a matrix of scores
//! cargo bench --bench related -- --weight words=0.5        other weights than those of the program
//! ```
//!
//! A set is analyses and what a reader who knows them all would call related, in grades: 3 the same event, 2 the same
//! story, 1 the same subject. `tune` is what weights were chosen on; `held-out` was judged before that and not looked
//! at. Each analysis is asked for its five best, and the answers are averaged.
//!
//! nDCG@5 (Järvelin and Kekäläinen 2002) with gains of 2^grade - 1 tells whether the best come first; precision@5 is
//! the part of the five that are of grade 2 or more, of as many as there could be.

#![allow(clippy::print_stdout, reason = "a benchmark is there to print")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads and writes files")]

mod baselines;
mod measures;
mod ours;
mod set;

use std::error::Error;
use std::path::PathBuf;

use clap::Parser;

use measures::Measures;
use set::Set;

/// Measures related analyses.
#[derive(Parser)]
struct Options {
    /// A file of one text a line, and one of their scores from 0 to 1, a line for each text.
    #[arg(long, num_args = 2, value_names = ["DOCS", "SCORES"])]
    pairs: Option<Vec<PathBuf>>,
    /// Weights for `[related]`, such as `words=0.5`.
    #[arg(long = "weight", value_name = "KEY=NUMBER")]
    weights: Vec<String>,
    /// What cargo adds to every benchmark's arguments.
    #[arg(long, hide = true)]
    bench: bool,
}

/// For each text of a set, all others from the nearest.
type Ranking = Vec<Vec<usize>>;

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let sets = match options.pairs.as_deref() {
        Some([docs, scores]) => vec![Set::of_pairs(docs, scores)?],
        _ => vec![Set::read("tune")?, Set::read("held-out")?],
    };
    println!("{:10} {:28} {:>7} {:>7} {:>8}", "set", "method", "nDCG@5", "P@5", "Pearson");
    for set in &sets {
        let texts = set.texts();
        let ours = ours::of(set, false, &options.weights)?;
        row(set, "ours, text alone", &ours.ranking, Some(&ours.scores));
        if set.has_claims() {
            let ours = ours::of(set, true, &options.weights)?;
            row(set, "ours, with claims", &ours.ranking, Some(&ours.scores));
        }
        let scores = baselines::tf_idf(&texts);
        row(set, "TF-IDF cosine", &ranking(&scores), Some(&scores));
        let scores = baselines::bm25(&texts);
        row(set, "BM25", &ranking(&scores), Some(&scores));
        row(set, "weighted keywords, as Hugo", &ranking(&baselines::keywords(set)), None);
        row(set, "the most recent", &ranking(&baselines::recent(set)), None);
    }
    Ok(())
}

fn row(set: &Set, method: &str, ranking: &Ranking, scores: Option<&Vec<Vec<f64>>>) {
    let Measures { ndcg, precision } = Measures::of(set, ranking);
    let pearson = scores.map_or(String::new(), |scores| format!("{:.3}", measures::pearson(set, scores)));
    println!("{:10} {method:28} {ndcg:7.3} {precision:7.3} {pearson:>8}", set.name);
}

/// Orders all others by their scores; of equals the first comes first.
fn ranking(scores: &[Vec<f64>]) -> Ranking {
    let order = |(own, scores): (usize, &Vec<f64>)| {
        let mut others: Vec<usize> = (0..scores.len()).filter(|other| *other != own && scores[*other] > 0.0).collect();
        others.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]));
        others
    };
    scores.iter().enumerate().map(order).collect()
}
