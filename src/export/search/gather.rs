//! What the site's things say, in terms: the words of analyses as they were counted with their bodies, and those of
//! claims, companies and forecasts.
//!
//! They are gathered term by term in parts, each of which has the terms whose ids begin with the same bits. So parts are
//! made side by side, and never is more than a few of them in memory.

use rayon::prelude::*;

use super::layout::Kind;
use super::weight::{usual, weight};
use crate::config::TermId;
use crate::ids::{ClaimId, CompanyId, PredictionId};
use crate::link::Briefing;
use crate::prose::{Place, short_terms};

/// How many bits of a term's id tell its part.
const BITS: u32 = 5;

/// How many parts there are.
pub(super) const PARTS: u32 = 1 << BITS;

/// Where a term's own bits begin in an [`Occurrence`], after a thing's place and a weight.
const TERM: u32 = PLACE + 31;
const PLACE: u32 = 6;

/// A term that a thing has, in one number that sorts by term and then by thing: 27 bits of the term, 31 bits of the
/// thing's place among all, and its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Occurrence(u64);

impl Occurrence {
    fn new(term: TermId, place: usize, weight: u8) -> Self {
        let own = u64::from(term & (TermId::MAX >> BITS));
        Self(own << TERM | (place as u64 & (u64::MAX >> (u64::BITS - 31))) << PLACE | u64::from(weight))
    }

    /// Gives its term, in the part that it is of.
    pub(super) fn term(self, part: u32) -> TermId {
        part << (TermId::BITS - BITS) | (self.0 >> TERM) as TermId
    }

    /// Tells whether another is of the same term.
    pub(super) fn is_of_the_term_of(self, other: Self) -> bool {
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
    /// Where the places of each kind begin.
    starts: [usize; 4],
}

impl<'b> Things<'b> {
    /// Counts the words of claims, companies and forecasts; those of analyses are counted.
    pub(super) fn of(briefing: &'b Briefing) -> Self {
        let lengths: Vec<u32> = briefing
            .analyses
            .par_iter()
            .map(|analysis| analysis.terms.iter().map(|term| u32::from(term.count)).sum())
            .collect();
        let claims = briefing.claims.len();
        let (companies, forecasts) = (briefing.companies.len(), briefing.predictions.len());
        let others = [
            weighed(claims, |at| claim(briefing, ClaimId::at(at))),
            weighed(companies, |at| company(briefing, CompanyId::at(at))),
            weighed(forecasts, |at| forecast(briefing, PredictionId::at(at))),
        ];
        let analyses = lengths.len();
        Self {
            briefing,
            usual: usual(lengths.iter().copied()),
            lengths,
            others,
            starts: [0, analyses, analyses + claims, analyses + claims + companies],
        }
    }

    /// Lists the occurrences of one part's terms, those of a term together and from the first thing on.
    pub(super) fn part(&self, part: u32) -> Vec<Occurrence> {
        let of_part = |term: TermId| term >> (TermId::BITS - BITS);
        let mut found = Vec::new();
        for (place, (analysis, length)) in self.briefing.analyses.iter().zip(&self.lengths).enumerate() {
            let first = analysis.terms.partition_point(|term| of_part(term.id) < part);
            let terms = analysis.terms.iter().skip(first).take_while(|term| of_part(term.id) == part);
            let weight = |count: u16| weight(u32::from(count), *length, self.usual);
            found.extend(terms.map(|term| Occurrence::new(term.id, place, weight(term.count))));
        }
        for (kind, start) in self.others.iter().zip(self.starts.into_iter().skip(1)) {
            let mut first = 0;
            for (at, end) in kind.ends.iter().enumerate() {
                let terms = kind.terms.get(first..*end).unwrap_or_default();
                let terms = terms.iter().filter(|(term, _)| of_part(*term) == part);
                found.extend(terms.map(|(term, weight)| Occurrence::new(*term, start + at, *weight)));
                first = *end;
            }
        }
        found.sort_unstable();
        found
    }

    /// Tells of which kind the thing of an occurrence is, and which of that kind.
    pub(super) fn kind(&self, occurrence: Occurrence) -> (Kind, usize) {
        let place = occurrence.place();
        let kinds = Kind::ALL.into_iter().zip(self.starts);
        let of = kinds.rev().find(|(_, start)| *start <= place);
        of.map_or((Kind::Analysis, place), |(kind, start)| (kind, place - start))
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
