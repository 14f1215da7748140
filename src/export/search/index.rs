//! The index as the bytes of its files.

use rayon::prelude::*;

use super::gather::{Occurrence, Part, SECTIONS, Things};
use super::layout::{Kind, Layout};
use super::postings::{self, Posting};
use super::weight::MOST;
use super::words;
use crate::config::{Lexicon, TermId};
use crate::ids::{AnalysisId, ClaimId, CompanyId, PredictionId};
use crate::link::Briefing;

/// How many entries a company's list of a kind has at most, the newest.
const OF_A_COMPANY: usize = 512;

/// The files of posting lists and of words.
#[derive(Debug)]
pub(super) struct Index {
    terms: Vec<Vec<u8>>,
    words: Vec<Vec<u8>>,
}

/// A term with its line of the index.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) stem: String,
    /// How many things have it.
    pub(super) held: usize,
    pub(super) bytes: Vec<u8>,
}

/// The stems of a file of words, with how many things have each, and its stop words.
type WordsOfFile<'l> = (Vec<(&'l str, usize)>, Vec<&'l str>);

impl Index {
    /// Makes the index of a site.
    pub(super) fn of(briefing: &Briefing, layout: &Layout) -> Self {
        let things = Things::of(briefing, layout);
        let sections = (0..SECTIONS).into_par_iter().with_max_len(1);
        let parts = sections.flat_map(|section| things.section(section));
        let parts: Vec<Vec<Line>> = parts.map(|part| lines(&briefing.config.lexicon, &things, part)).collect();
        let mut lines: Vec<Line> = parts.into_iter().flatten().collect();
        lines.extend(companies(briefing, layout));
        Self::with(layout, lines, &briefing.config.lexicon.stop_words())
    }

    /// Puts lines, which come in any order, into their files.
    pub(super) fn with(layout: &Layout, lines: Vec<Line>, stop_words: &[&str]) -> Self {
        let mut words: Vec<WordsOfFile<'_>> = vec![<_>::default(); layout.words];
        for line in lines.iter().filter(|line| !line.stem.starts_with(COMPANY)) {
            words[layout.file_of_word(&line.stem)].0.push((&line.stem, line.held));
        }
        stop_words.iter().for_each(|word| words[layout.file_of_word(word)].1.push(word));
        let words = words.into_par_iter().map(|(stems, stops)| words::file(stems, &stops)).collect();
        let mut terms: Vec<Vec<Line>> = Vec::new();
        terms.resize_with(layout.terms, Vec::new);
        lines.into_iter().for_each(|line| terms[layout.file_of_term(&line.stem)].push(line));
        Self { terms: terms.into_par_iter().map(file).collect(), words }
    }

    /// Gives a file of posting lists.
    pub(super) fn terms(&self, number: usize) -> &[u8] {
        self.terms.get(number).map_or(&[], Vec::as_slice)
    }

    /// Gives a file of words.
    pub(super) fn words(&self, number: usize) -> &[u8] {
        self.words.get(number).map_or(&[], Vec::as_slice)
    }
}

fn file(mut lines: Vec<Line>) -> Vec<u8> {
    lines.sort_unstable_by(|a, b| a.stem.cmp(&b.stem));
    lines.iter().map(|line| &*line.bytes).collect::<Vec<_>>().concat()
}

/// Makes the lines of one part of all terms.
fn lines(lexicon: &Lexicon, things: &Things<'_>, mut part: Part) -> Vec<Line> {
    let line = |(term, of_term): (TermId, &[Occurrence])| {
        let stem = lexicon.stem(&lexicon.spelling(term)?)?;
        let mut lists: [Vec<Posting>; 4] = Default::default();
        for occurrence in of_term {
            let (kind, number) = things.thing(*occurrence);
            lists[kind as usize].push(Posting { number, weight: occurrence.weight() });
        }
        let bytes = postings::line(&stem, &mut lists);
        Some(Line { stem, held: of_term.len(), bytes })
    };
    part.by_term().filter_map(line).collect()
}

/// What stands before a company's id where it stands for a term; no word has it.
const COMPANY: char = '@';

/// Makes a line for each company: what is about it, as if its id were a word of that.
fn companies(briefing: &Briefing, layout: &Layout) -> Vec<Line> {
    let mut forecasts: Vec<Vec<u64>> = vec![Vec::new(); briefing.companies.len()];
    for (at, links) in briefing.prediction_links.iter().enumerate() {
        let number = layout.number(briefing, Kind::Forecast, PredictionId::at(at).index());
        links.company.into_iter().for_each(|id| forecasts[id.index()].push(number));
    }
    let line = |(at, forecasts): (usize, Vec<u64>)| {
        let (id, links) = (CompanyId::at(at), &briefing.company_links[at]);
        let analyses = links.analyses.iter().map(|id: &AnalysisId| id.index() as u64).collect();
        let claim = |id: &ClaimId| layout.number(briefing, Kind::Claim, id.index());
        let lists = [analyses, links.claims.iter().map(claim).collect(), vec![id.index() as u64], forecasts];
        let stem = [&*COMPANY.to_string(), &*briefing.company(id).id].concat();
        let mut bytes = stem.clone().into_bytes();
        for numbers in lists {
            bytes.push(b'\t');
            let mut list = all(numbers);
            postings::push_list(&mut bytes, &mut list, OF_A_COMPANY);
        }
        bytes.push(b'\n');
        Line { stem, held: 0, bytes }
    };
    forecasts.into_par_iter().enumerate().map(line).collect()
}

/// Lists things of equal weight by their numbers.
fn all(mut numbers: Vec<u64>) -> Vec<Posting> {
    numbers.sort_unstable();
    numbers.dedup();
    numbers.into_iter().map(|number| Posting { number, weight: MOST }).collect()
}
