//! What the site's things say, in terms: the words of analyses as they were counted with their bodies, and those of
//! claims, companies and forecasts.
//!
//! They are gathered term by term in parts, each of which has the terms whose ids begin with the same bits. A section is
//! a few neighbouring parts, which one walk over all texts fills: sections are made side by side, and never is more than
//! a few of them in memory.

use rayon::prelude::*;

use super::layout::{Kind, Layout};
use super::weight::{usual, weight};
use crate::config::TermId;
use crate::ids::{ClaimId, CompanyId, PredictionId};
use crate::link::Briefing;
use crate::prose::{Place, short_terms};

/// How many bits of a term's id tell its part.
const BITS: u32 = 5;

/// How many bits of a term's id tell its section.
const SECTION_BITS: u32 = 2;

/// How many sections there are.
pub(super) const SECTIONS: u32 = 1 << SECTION_BITS;

/// How many parts a section has.
const PARTS: u32 = 1 << (BITS - SECTION_BITS);

/// Where a term's own bits begin in an [`Occurrence`], after a thing's place and a weight.
const TERM: u32 = PLACE + 31;
const PLACE: u32 = 6;

/// A term that a thing has, in one number that sorts by term and then by thing: 27 bits of the term, 31 bits of the
/// thing's place among all, and its weight. The places of a kind follow those of the kind before, in the order of the
/// numbers by which the index lists things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence(u64);

impl Occurrence {
    fn new(term: TermId, place: usize, weight: u8) -> Self {
        let own = u64::from(term & (TermId::MAX >> BITS));
        Self(own << TERM | (place as u64 & (u64::MAX >> (u64::BITS - 31))) << PLACE | u64::from(weight))
    }

    /// Gives its term, in the part that it is of.
    fn term(self, part: u32) -> TermId {
        part << (TermId::BITS - BITS) | (self.0 >> TERM) as TermId
    }

    /// Tells whether another is of the same term.
    fn is_of_the_term_of(self, other: Self) -> bool {
        self.0 >> TERM == other.0 >> TERM
    }

    /// Gives the place of the thing among all.
    fn place(self) -> usize {
        (self.0 >> PLACE) as usize & ((1 << 31) - 1)
    }

    /// Gives the weight.
    pub(super) fn weight(self) -> u8 {
        (self.0 & ((1 << PLACE) - 1)) as u8
    }
}

/// The occurrences of the terms whose ids begin with the same bits.
#[derive(Debug)]
pub(super) struct Part {
    number: u32,
    found: Vec<Occurrence>,
}

impl Part {
    /// Gives the occurrences term by term, those of a term from the first thing on.
    pub(super) fn by_term(&mut self) -> impl Iterator<Item = (TermId, &[Occurrence])> {
        self.found.sort_unstable();
        let number = self.number;
        let of_term = self.found.chunk_by(|a, b| a.is_of_the_term_of(*b));
        of_term.filter_map(move |found| Some((found.first()?.term(number), found)))
    }
}

/// The terms of things of one kind with their weights, those of the first thing first.
#[derive(Debug, Default)]
struct Weighed {
    terms: Vec<(TermId, u8)>,
    /// Where the terms of each thing end.
    ends: Vec<usize>,
}

/// All that can be found, by what it says.
#[derive(Debug)]
pub(super) struct Things<'b> {
    briefing: &'b Briefing,
    /// How many words each analysis has.
    lengths: Vec<u32>,
    usual: u32,
    /// Claims, companies and forecasts.
    others: [Weighed; 3],
    layout: &'b Layout,
    /// Where the places of each kind begin.
    starts: [usize; 4],
}

impl<'b> Things<'b> {
    /// Counts the words of claims, companies and forecasts; those of analyses are counted.
    pub(super) fn of(briefing: &'b Briefing, layout: &'b Layout) -> Self {
        let lengths: Vec<u32> = briefing
            .analyses
            .par_iter()
            .map(|analysis| analysis.terms.iter().map(|term| u32::from(term.count)).sum())
            .collect();
        let (companies, forecasts) = (briefing.companies.len(), briefing.predictions.len());
        let others = [
            weighed(briefing.claims.len(), |at| claim(briefing, ClaimId::at(at))),
            weighed(companies, |at| company(briefing, CompanyId::at(at))),
            weighed(forecasts, |at| forecast(briefing, PredictionId::at(at))),
        ];
        let analyses = lengths.len();
        let claims = analyses * (1 + layout.claims as usize);
        Self {
            briefing,
            usual: usual(lengths.iter().copied()),
            lengths,
            others,
            layout,
            starts: [0, analyses, claims, claims + companies],
        }
    }

    /// Lists the occurrences of one section's terms, part by part; those of a thing come before those of the next.
    pub(super) fn section(&self, section: u32) -> Vec<Part> {
        let of_section = |term: TermId| term >> (TermId::BITS - SECTION_BITS);
        let first = section * PARTS;
        // Hashes fall evenly, so that nearly every part has its room from the start.
        let postings = self.layout.postings + self.others.iter().map(|kind| kind.terms.len()).sum::<usize>();
        let part = |number| Part { number, found: Vec::with_capacity(postings / (SECTIONS * PARTS) as usize * 9 / 8) };
        let mut parts: Vec<Part> = (first..first + PARTS).map(part).collect();
        let mut add = |term: TermId, place: usize, weight: u8| {
            let number = term >> (TermId::BITS - BITS);
            parts[(number - first) as usize].found.push(Occurrence::new(term, place, weight));
        };
        for (place, (analysis, length)) in self.briefing.analyses.iter().zip(&self.lengths).enumerate() {
            let first = analysis.terms.partition_point(|term| of_section(term.id) < section);
            let terms = analysis.terms.iter().skip(first).take_while(|term| of_section(term.id) == section);
            terms.for_each(|term| add(term.id, place, weight(u32::from(term.count), *length, self.usual)));
        }
        let starts = Kind::ALL.into_iter().zip(self.starts).skip(1);
        for (of_kind, (kind, start)) in self.others.iter().zip(starts) {
            let mut first = 0;
            for (at, end) in of_kind.ends.iter().enumerate() {
                let place = start + self.layout.number(self.briefing, kind, at) as usize;
                let terms = of_kind.terms.get(first..*end).unwrap_or_default().iter();
                let terms = terms.filter(|(term, _)| of_section(*term) == section);
                terms.for_each(|(term, weight)| add(*term, place, *weight));
                first = *end;
            }
        }
        parts
    }

    /// Tells of which kind the thing of an occurrence is, and its number.
    pub(super) fn thing(&self, occurrence: Occurrence) -> (Kind, u64) {
        let place = occurrence.place();
        let kinds = Kind::ALL.into_iter().zip(self.starts);
        let of = kinds.rev().find(|(_, start)| *start <= place);
        of.map_or((Kind::Analysis, place as u64), |(kind, start)| (kind, (place - start) as u64))
    }
}

/// How many things a thread reads at once.
const READ_TOGETHER: usize = 1024;

/// Counts the terms of so many things, and weighs them.
fn weighed(count: usize, terms: impl Fn(usize) -> Vec<(TermId, u16)> + Sync + Send) -> Weighed {
    let counted: Vec<Vec<(TermId, u16)>> = (0..count).into_par_iter().with_max_len(READ_TOGETHER).map(terms).collect();
    let length = |terms: &[(TermId, u16)]| terms.iter().map(|(_, count)| u32::from(*count)).sum::<u32>();
    let usual = usual(counted.iter().map(|terms| length(terms)));
    let mut all = Weighed::default();
    all.terms.reserve(counted.iter().map(Vec::len).sum());
    for terms in &counted {
        let length = length(terms);
        all.terms.extend(terms.iter().map(|(term, count)| (*term, weight(u32::from(*count), length, usual))));
        all.ends.push(all.terms.len());
    }
    all
}

/// Counts the words of a claim: what it says, and of whom.
fn claim(briefing: &Briefing, id: ClaimId) -> Vec<(TermId, u16)> {
    let about = briefing.claim_links[id.index()].company;
    let said = [(Place::Heading, &*briefing.claim(id).text)];
    short_terms(&briefing.config.lexicon, said.into_iter().chain(name(briefing, about)))
}

/// Counts the words of a company: its names and its ticker.
fn company(briefing: &Briefing, id: CompanyId) -> Vec<(TermId, u16)> {
    let company = briefing.company(id);
    let names = [(Place::Title, &*company.name.value)];
    let aliases = company.aliases.iter().map(|alias| (Place::Heading, &*alias.text.value));
    let ticker = company.ticker.iter().map(|ticker| (Place::Body, &**ticker));
    short_terms(&briefing.config.lexicon, names.into_iter().chain(aliases).chain(ticker))
}

/// Counts the words of a forecast: what it says, and of whom.
fn forecast(briefing: &Briefing, id: PredictionId) -> Vec<(TermId, u16)> {
    let about = briefing.prediction_links[id.index()].company;
    let said = [(Place::Heading, &*briefing.prediction(id).text)];
    short_terms(&briefing.config.lexicon, said.into_iter().chain(name(briefing, about)))
}

fn name(briefing: &Briefing, id: Option<CompanyId>) -> impl Iterator<Item = (Place, &str)> {
    id.into_iter().map(|id| (Place::Body, &*briefing.company(id).name.value))
}
