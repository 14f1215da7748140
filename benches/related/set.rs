//! A set of texts with what is related in it.

use std::error::Error;
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// Texts, and how near each two of them are to a reader.
pub(crate) struct Set {
    pub(crate) name: String,
    pub(crate) pieces: Vec<Piece>,
    /// The grade of each pair; from 0 to 1 where people scored pairs, else 0 to 3.
    pub(crate) grades: Vec<Vec<f64>>,
    /// From which grade on a pair counts as related.
    pub(crate) related_from: f64,
    /// What a grade is worth.
    pub(crate) gain: fn(f64) -> f64,
}

/// A text: an analysis with its front matter.
#[derive(Deserialize)]
pub(crate) struct Piece {
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) date: toml::value::Datetime,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
    #[serde(default)]
    pub(crate) companies: Vec<String>,
    pub(crate) body: String,
    /// Claims and sources, as front matter has them.
    #[serde(flatten)]
    pub(crate) matter: toml::Table,
}

/// Analyses that are all related to each other, and why.
#[derive(Deserialize)]
struct Judged {
    grade: f64,
    of: Vec<String>,
    #[serde(rename = "why")]
    _why: String,
}

#[derive(Deserialize)]
struct File {
    analyses: Vec<Piece>,
    judged: Vec<Judged>,
}

impl Set {
    /// Reads one of the sets beside this file.
    pub(crate) fn read(name: &str) -> Result<Self, Box<dyn Error>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/related/sets");
        let File { analyses: mut pieces, judged } =
            toml::from_str(&fs::read_to_string(folder.join(format!("{name}.toml")))?)?;
        pieces.sort_by_key(|piece| (piece.date.to_string(), piece.slug.clone()));
        let mut grades = vec![vec![0.0; pieces.len()]; pieces.len()];
        for Judged { grade, of, .. } in judged {
            let place = |slug: &String| pieces.iter().position(|piece| piece.slug == *slug).ok_or(format!("no {slug}"));
            let of: Vec<usize> = of.iter().map(place).collect::<Result<_, _>>()?;
            for (a, b) in of.iter().flat_map(|a| of.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b) {
                grades[a][b] = f64::max(grades[a][b], grade);
            }
        }
        Ok(Self { name: name.to_owned(), pieces, grades, related_from: 2.0, gain: |grade| grade.exp2() - 1.0 })
    }

    /// Reads a text a line, and the upper half of a matrix of scores from 0 to 1.
    pub(crate) fn of_pairs(docs: &Path, scores: &Path) -> Result<Self, Box<dyn Error>> {
        let text = String::from_utf8_lossy(&fs::read(docs)?).into_owned();
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let piece = |(number, line): (usize, &str)| Piece {
            slug: format!("text-{number:03}"),
            title: number.to_string(),
            date: "2026-01-01".parse().expect("a day"),
            tags: Vec::new(),
            companies: Vec::new(),
            body: line.to_owned(),
            matter: toml::Table::new(),
        };
        let pieces: Vec<Piece> = lines.enumerate().map(piece).collect();
        let parse = |line: &str| line.split_whitespace().map(str::parse).collect::<Result<Vec<f64>, _>>();
        let half: Vec<Vec<f64>> = fs::read_to_string(scores)?.lines().map(parse).collect::<Result<_, _>>()?;
        if half.len() != pieces.len() || half.iter().any(|row| row.len() != pieces.len()) {
            return Err("the matrix has not a row and a column for each text".into());
        }
        let grade = |a: usize, b: usize| if a == b { 0.0 } else { f64::max(half[a][b], half[b][a]) };
        let all = 0..pieces.len();
        let grades = all.clone().map(|a| all.clone().map(|b| grade(a, b)).collect()).collect();
        Ok(Self { name: "pairs".to_owned(), pieces, grades, related_from: 0.5, gain: |grade| grade })
    }

    /// The texts alone.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.pieces.iter().map(|piece| format!("{}\n{}", piece.title, piece.body)).collect()
    }

    pub(crate) fn has_claims(&self) -> bool {
        self.pieces.iter().any(|piece| piece.matter.contains_key("claims"))
    }
}
