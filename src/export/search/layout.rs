//! How the index is laid out: how many files it has, and how what they list is numbered.
//!
//! All of it follows from counts that are known before any word is looked at, and changes only where one doubles.

use serde::Serialize;

use super::records;
use crate::export::VERSION;
use crate::ids::{AnalysisId, ClaimId, CompanyId, PredictionId};
use crate::link::Briefing;

/// What a search finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Analyses.
    Analysis,
    /// Claims.
    Claim,
    /// Companies, units and products.
    Company,
    /// Forecasts.
    Forecast,
}

impl Kind {
    /// All kinds in the order of their columns.
    pub(super) const ALL: [Self; 4] = [Self::Analysis, Self::Claim, Self::Company, Self::Forecast];

    /// How many entries a term's list of the kind has at most.
    pub(super) fn most(self) -> usize {
        match self {
            Self::Analysis | Self::Claim => 192,
            Self::Forecast => 96,
            Self::Company => 64,
        }
    }
}

/// How many terms of analyses, each counted as often as there are analyses with it, make one file more of posting lists.
const POSTINGS: usize = 2_400;

/// How many of them make one file more of words.
const WORDS: usize = 4_096;

/// The most files of words; what a file cannot hold then are its rarest words.
const MOST_WORDS: usize = 256;

/// The numbers of files, and the numbering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// How many terms of analyses there are, each counted as often as there are analyses with it.
    pub(super) postings: usize,
    /// How many files of posting lists there are, a power of two.
    pub(super) terms: usize,
    /// How many files of words there are, a power of two.
    pub(super) words: usize,
    /// How many numbers an analysis has for its claims, a power of two.
    pub(super) claims: u64,
    /// How many numbers it has for its forecasts.
    pub(super) forecasts: u64,
    /// How many things of each kind there are.
    pub(super) counts: [usize; 4],
}

/// How the files are to be read, as the browser gets it.
#[derive(Serialize)]
struct Guide<'b> {
    version: u32,
    language: &'b str,
    /// Whether words are brought to their stems as English does.
    english: bool,
    terms: usize,
    words: usize,
    /// How many numbers an analysis has of each kind.
    widths: [u64; 4],
    counts: [usize; 4],
    /// How many analyses, and how many companies, one file of records has.
    records: [usize; 2],
    /// The years from the oldest, each with its first analysis.
    years: Vec<(i32, usize)>,
}

impl Layout {
    /// Lays out the index of a site.
    pub(super) fn of(briefing: &Briefing) -> Self {
        let postings = briefing.analyses.iter().map(|analysis| analysis.terms.len()).sum();
        let most = |count: &dyn Fn(usize) -> usize| (0..briefing.analyses.len()).map(count).max().unwrap_or(0) as u64;
        let links = &briefing.analysis_links;
        let counts =
            [briefing.analyses.len(), briefing.claims.len(), briefing.companies.len(), briefing.predictions.len()];
        Self {
            claims: most(&|at| links[at].claims.len()).next_power_of_two(),
            forecasts: most(&|at| links[at].predictions.len()).next_power_of_two(),
            ..Self::sized(postings, counts)
        }
    }

    /// Lays out an index by how much there is to list.
    pub(super) fn sized(postings: usize, counts: [usize; 4]) -> Self {
        Self {
            postings,
            terms: postings.div_ceil(POSTINGS).next_power_of_two(),
            words: postings.div_ceil(WORDS).next_power_of_two().min(MOST_WORDS),
            claims: 1,
            forecasts: 1,
            counts,
        }
    }

    /// Finds the file that has the posting lists of a term.
    pub(super) fn file_of_term(&self, stem: &str) -> usize {
        hash(stem) as usize & (self.terms - 1)
    }

    /// Finds the file that has the words which begin like one.
    pub(super) fn file_of_word(&self, word: &str) -> usize {
        let end = word.char_indices().nth(2).map_or(word.len(), |(at, _)| at);
        hash(word.get(..end).unwrap_or_default()) as usize & (self.words - 1)
    }

    /// Gives the number by which the index lists the thing at a place of its kind.
    pub(super) fn number(&self, briefing: &Briefing, kind: Kind, at: usize) -> u64 {
        let within = |analysis: AnalysisId, width: u64, first: usize| {
            analysis.index() as u64 * width + at.saturating_sub(first) as u64
        };
        let first = |analysis: AnalysisId| &briefing.analysis_links[analysis.index()];
        match kind {
            Kind::Analysis => AnalysisId::at(at).index() as u64,
            Kind::Company => CompanyId::at(at).index() as u64,
            Kind::Claim => {
                let analysis = briefing.claim_links[ClaimId::at(at).index()].analysis;
                within(analysis, self.claims, first(analysis).claims.start)
            }
            Kind::Forecast => {
                let analysis = briefing.prediction_links[PredictionId::at(at).index()].analysis;
                within(analysis, self.forecasts, first(analysis).predictions.start)
            }
        }
    }

    /// Tells a browser how to read the files.
    pub(super) fn guide(&self, briefing: &Briefing) -> Vec<u8> {
        let config = &briefing.config;
        let mut years: Vec<(i32, usize)> = Vec::new();
        for (at, analysis) in briefing.analyses.iter().enumerate() {
            if years.last().is_none_or(|(year, _)| *year < analysis.day.year()) {
                years.push((analysis.day.year(), at));
            }
        }
        records::json(&Guide {
            version: VERSION,
            language: &config.language,
            english: config.lexicon.is_english(),
            terms: self.terms,
            words: self.words,
            widths: [1, self.claims, 1, self.forecasts],
            counts: self.counts,
            records: [records::ANALYSES, records::COMPANIES],
            years,
        })
    }
}

/// Hashes a text as FNV-1a does (Fowler, Noll and Vo), in 32 bits: the one that a browser makes in a line.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // From the authors' own table of test vectors.
        assert_eq!([hash(""), hash("a"), hash("foobar")], [0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968]);
    }

    #[test]
    fn words_that_begin_alike_are_in_one_file() {
        let layout = Layout::sized(10_000_000, [0; 4]);
        assert_eq!((layout.terms, layout.words), (8_192, 256));
        assert_eq!(layout.file_of_word("layoff"), layout.file_of_word("la"));
        assert_eq!(layout.file_of_word("état"), layout.file_of_word("éta"));
        assert_eq!(Layout::sized(0, [0; 4]).file_of_word(""), 0);
    }
}
