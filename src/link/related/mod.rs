//! Which analyses are related, and why.
//!
//! Each analysis is a sparse vector of what it is about, and what weighs in the product of two vectors is also what is
//! said of them: there is no score without its reasons. The steps, one a file:
//!
//! ```text
//! words, rarity   the words of a text, and how rare each is
//! features        analyses as vectors over all they may have in common
//! bonds           what ties two of them directly: claims that meet, links
//! expand          vectors widened by what the nearest texts say
//! index           a bounded number of candidates for each, scored in full
//! select          the nearest, but not five copies of one
//! share, reason   what made the score, and the same in words
//! threads         the lines of stories
//! duplicates      pairs that say nearly the same
//! ```

mod bonds;
mod duplicates;
mod expand;
mod features;
mod index;
#[cfg(test)]
mod laws;
mod rarity;
mod reason;
mod select;
mod share;
mod threads;
mod words;

use std::borrow::Cow;

use rayon::prelude::*;

use super::Briefing;
use crate::config::Weights;
use crate::ids::AnalysisId;

pub use bonds::Bond;
pub use duplicates::Duplicate;
pub use features::Feature;
pub use reason::{kind_word, thing};
pub use share::{Share, What};
pub use threads::Thread;

use bonds::Bonds;
use features::{UNIT, Vectors};
use index::{Desk, Index, Near};

/// An analysis that is related to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The analysis.
    pub id: AnalysisId,
    /// Whether an author pinned it.
    pub pinned: bool,
    /// How near it is, in thousandths: 1000 is about what one story has in common.
    pub score: u32,
    /// What weighed most, with what is said of it; the rest is found by [`Related::explain`].
    pub why: Vec<Share>,
    /// Whether it is of the same story.
    pub joins: bool,
}

/// How the analyses of a publication hang together.
#[derive(Clone, Debug, Default)]
pub struct Related {
    lists: Vec<Vec<Neighbour>>,
    /// The nearest few of each, before any is left out for being like another.
    nearest: Vec<Vec<(AnalysisId, u32)>>,
    threads: Vec<Thread>,
    /// Which thread each analysis is in.
    thread_of: Vec<Option<u32>>,
    /// Analyses by thread, from the oldest in each; last those in none, from the newest.
    order: Vec<AnalysisId>,
    duplicates: Vec<Duplicate>,
    vectors: Vectors,
    bonds: Bonds,
    work: u64,
}

/// How many shares are kept with a neighbour: enough for what is said of it.
const SHARES_KEPT: usize = 8;
/// How far apart, in thousandths, scores are about equal.
const ABOUT_EQUAL: u32 = 100;
/// How many of the nearest are kept for those who ask.
const NEAREST_KEPT: usize = 12;

/// Finds how the analyses of a publication hang together.
pub(super) fn build(briefing: &Briefing) -> Related {
    let config = &briefing.config.related;
    let (plain, bonds) = rayon::join(|| Vectors::of(briefing), || Bonds::of(briefing));
    let (vectors, work) = expand::expand(&plain, &Index::of(&plain), config.weights.words);
    let index = Index::of(&vectors);
    let found: Vec<Found> = (0..vectors.len())
        .into_par_iter()
        .with_min_len(64)
        .map_init(
            || Desk::for_all_of(&vectors),
            |desk, at| {
                let id = AnalysisId::at(at);
                let (near, work) = index.near(id, (&vectors, &bonds, &config.weights), desk);
                let pinned = pinned(briefing, id, config.entries);
                let chosen = select::select(&plain, id, &near, &pinned, config.entries);
                let list = list(briefing, (&vectors, &bonds), id, (&pinned, &chosen));
                let nearest = near.iter().take(NEAREST_KEPT).map(|near| (near.id, thousandths(near.score))).collect();
                Found { list, nearest, alike: duplicates::among(briefing, &plain, id, &near), work }
            },
        )
        .collect();
    let mut related = Related { vectors, bonds, work, ..Related::default() };
    for one in found {
        related.lists.push(one.list);
        related.nearest.push(one.nearest);
        related.duplicates.extend(one.alike);
        related.work += one.work;
    }
    related.threads = threads::find(&related);
    related.thread_of = threads::of_each(&related.threads, related.lists.len());
    related.order = threads::order(&related.threads, &related.thread_of);
    related
}

/// What is found for one analysis.
struct Found {
    list: Vec<Neighbour>,
    nearest: Vec<(AnalysisId, u32)>,
    alike: Vec<Duplicate>,
    work: u64,
}

/// Lists the pinned analyses of one, each once.
fn pinned(briefing: &Briefing, id: AnalysisId, most: usize) -> Vec<AnalysisId> {
    let mut pinned: Vec<AnalysisId> = Vec::new();
    for pin in &briefing.analysis_links[id.index()].related {
        if pinned.len() < most.max(1) && *pin != id && !pinned.contains(pin) {
            pinned.push(*pin);
        }
    }
    pinned
}

/// Puts the list of an analysis together: the pinned ones in their author's order, then the chosen ones, the nearest
/// first.
///
/// Of about equals that nearest in time comes first: an edit elsewhere seldom turns that round.
fn list(
    briefing: &Briefing,
    (vectors, bonds): (&Vectors, &Bonds),
    id: AnalysisId,
    (pinned, chosen): (&[AnalysisId], &[Near]),
) -> Vec<Neighbour> {
    let weights = &briefing.config.related.weights;
    let neighbour = |other: AnalysisId, pinned: bool| {
        let mut why = share::shares((vectors, bonds, weights), id, other);
        let score = thousandths(why.iter().map(|share| share.part).sum());
        let joins = threads::joins(score, &why);
        reason::keep_said(briefing, id, &mut why, SHARES_KEPT);
        Neighbour { id: other, pinned, score, why, joins }
    };
    let days = |other: AnalysisId| briefing.analysis(id).day.days_until(briefing.analysis(other).day).unsigned_abs();
    let mut nearest: Vec<Neighbour> = chosen.iter().map(|near| neighbour(near.id, false)).collect();
    nearest.sort_by_key(|near| (std::cmp::Reverse(near.score / ABOUT_EQUAL), days(near.id), near.id));
    pinned.iter().map(|pin| neighbour(*pin, true)).chain(nearest).collect()
}

/// Rounds a score to thousandths.
fn thousandths(score: u64) -> u32 {
    u32::try_from((score * 1000 + UNIT / 2) / UNIT).unwrap_or(u32::MAX)
}

impl Related {
    /// Returns what is shown beside an analysis: pinned ones first, then the nearest first.
    pub fn list(&self, id: AnalysisId) -> &[Neighbour] {
        self.lists.get(id.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the nearest analyses to one and their scores in thousandths, the nearest first, whether shown or not.
    pub fn nearest(&self, id: AnalysisId) -> &[(AnalysisId, u32)] {
        self.nearest.get(id.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the lines of stories, the one with the latest analysis first.
    pub fn threads(&self) -> &[Thread] {
        &self.threads
    }

    /// Returns all analyses, those of a thread together from the oldest, last those in no thread from the newest.
    pub fn order(&self) -> &[AnalysisId] {
        &self.order
    }

    /// Returns the thread that an analysis is in.
    pub fn thread_of(&self, id: AnalysisId) -> Option<&Thread> {
        let at = self.thread_of.get(id.index()).copied().flatten()?;
        self.threads.get(at as usize)
    }

    /// Returns pairs of analyses that say nearly the same, by their place in the publication.
    pub fn duplicates(&self) -> &[Duplicate] {
        &self.duplicates
    }

    /// Returns all that makes one analysis related to another, what weighs most first.
    pub fn explain(&self, weights: &Weights, one: AnalysisId, other: AnalysisId) -> Vec<Share> {
        share::shares((&self.vectors, &self.bonds, weights), one, other)
    }

    /// Returns what is said of two analyses, where the one is not shown beside the other.
    pub fn said(&self, briefing: &Briefing, one: AnalysisId, other: AnalysisId) -> Vec<Share> {
        let mut why = self.explain(&briefing.config.related.weights, one, other);
        reason::keep_said(briefing, one, &mut why, SHARES_KEPT);
        why
    }

    /// Returns how many entries of lists and vectors were looked at.
    pub fn work(&self) -> u64 {
        self.work
    }
}

impl Neighbour {
    /// Says why it is related, without a full stop.
    pub fn reason<'b>(&self, briefing: &'b Briefing) -> Cow<'b, str> {
        reason::reason(briefing, self)
    }
}

impl Share {
    /// Returns its part of a score, in thousandths.
    pub fn thousandths(&self) -> u32 {
        thousandths(self.part)
    }
}
