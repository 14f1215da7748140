//! Whose figure it is: the company that a sentence says it of.

use std::ops::Range;

use super::stranger;
use super::words::has_any;
use crate::ids::CompanyId;
use crate::model::Named;

/// A company or a person named at a place of a block.
pub(super) type Mentioned = (Range<usize>, Named);

/// Words before a name that is only held beside the subject: `more than Google`.
const BESIDE: &[&str] =
    &["unlike", "like", "than", "after", "before", "following", "versus", "vs", "rival", "rivals", "behind"];

/// Words that open an aside between signs, whose names are no subject: `Intel, which buys from AMD, cut …`.
const ASIDES: &[&str] = &[
    "unlike",
    "like",
    "which",
    "who",
    "whose",
    "a",
    "an",
    "once",
    "formerly",
    "not",
    "including",
    "alongside",
    "along",
];

/// Words by which a speaker speaks of itself.
const SELF: &[&str] = &["it", "its", "we", "our", "the company"];

/// Signs and words behind which a clause with a subject of its own may start.
const CLAUSES: &[&str] = &["; ", ", while ", ", whereas ", ", and ", ", but "];

/// Whom a sentence says a figure of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// A company of the site.
    Known(CompanyId),
    /// Somebody whom the site does not know.
    Stranger,
    /// The sentence leaves it open.
    Open,
}

/// A figure in its block, and what is known around it; all places are in the block.
pub(super) struct Scene<'a> {
    /// The words of the block.
    pub(super) text: &'a str,
    /// The figure.
    pub(super) figure: &'a Range<usize>,
    /// Its sentence.
    pub(super) sentence: &'a Range<usize>,
    /// The attribution of the sentence.
    pub(super) said: Option<Range<usize>>,
    /// Tells whether whoever the attribution names is no mere reporter of what others do.
    pub(super) speaks: bool,
    /// Who is named in the block.
    pub(super) mentions: &'a [Mentioned],
}

impl Scene<'_> {
    /// Finds the company: the subject of the figure's clause, else of its sentence, else who speaks of itself, else the
    /// first named behind the figure, else who speaks.
    pub(super) fn company(&self) -> Told {
        let clause = self.clause_start();
        let before = self.subjects().rfind(|(at, _)| at.start < self.figure.end);
        if before.as_ref().is_none_or(|(at, _)| at.start < clause) && self.has_stranger(clause) {
            return Told::Stranger;
        }
        let speaker = self.speaker();
        let behind = || self.subjects().find(|(at, _)| self.figure.end <= at.start);
        before
            .map(|(_, company)| company)
            .or_else(|| speaker.filter(|_| self.is_of_the_speaker()))
            .or_else(|| behind().map(|(_, company)| company))
            .or(speaker)
            .map_or(Told::Open, Told::Known)
    }

    fn words(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// Finds where the clause of the figure starts: behind a joining word, or behind who said it.
    fn clause_start(&self) -> usize {
        let before = self.words(self.sentence.start..self.figure.start);
        let joined =
            CLAUSES.iter().filter_map(|join| before.rfind(join).map(|at| self.sentence.start + at + join.len()));
        let said = self.said.as_ref().map(|said| said.end).filter(|end| *end <= self.figure.start);
        joined.chain(said).max().unwrap_or(self.sentence.start)
    }

    /// Lists the companies named in the sentence that may be a subject.
    fn subjects(&self) -> impl DoubleEndedIterator<Item = (&Range<usize>, CompanyId)> {
        let is_apart =
            |at: &Range<usize>| self.said.as_ref().is_none_or(|said| said.end <= at.start || at.end <= said.start);
        let inside = |at: &Range<usize>| self.sentence.start <= at.start && at.end <= self.sentence.end;
        let named = self.mentions.iter().filter(move |(at, _)| inside(at) && is_apart(at) && !self.is_beside(at));
        named.filter_map(|(at, named)| Some((at, company(*named)?)))
    }

    /// Tells whether a name is held beside the subject: in a comparison, an aside, or a word such as `Meta-owned`.
    fn is_beside(&self, at: &Range<usize>) -> bool {
        let before = self.words(self.sentence.start..at.start);
        let after = self.words(at.end..self.sentence.end);
        let joins = after.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_lowercase));
        let word = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_compared = BESIDE.contains(&word.to_ascii_lowercase().as_str()) && !after.starts_with([' ', '’']);
        joins || is_compared || self.is_in_an_aside(before, at.end)
    }

    /// Tells whether an aside opens before a name and closes between the name and the figure.
    fn is_in_an_aside(&self, before: &str, end: usize) -> bool {
        let closes = self.text.get(end..self.figure.start).is_some_and(|between| between.contains([',', ')', '—']));
        let aside = before.rfind([',', '(', '—']).and_then(|at| before.get(at..)).unwrap_or_default();
        let first = aside.trim_start_matches(|c: char| !c.is_alphanumeric()).split(' ').next().unwrap_or_default();
        closes && ASIDES.contains(&first)
    }

    /// Takes the company that speaks, as in `Meta said that it would cut 600 roles`.
    fn speaker(&self) -> Option<CompanyId> {
        let said = self.said.as_ref().filter(|_| self.speaks)?;
        let mut inside = self.mentions.iter().filter(|(at, _)| said.start <= at.start && at.end <= said.end);
        inside.find_map(|(_, named)| company(*named))
    }

    /// Tells whether the words before the figure speak of the speaker.
    fn is_of_the_speaker(&self) -> bool {
        let said = self.said.as_ref().map(|said| said.end).filter(|end| *end <= self.figure.start);
        let before = self.words(said.unwrap_or(self.sentence.start)..self.figure.start);
        has_any(&before.to_ascii_lowercase(), SELF)
    }

    /// Tells whether the subject of a clause is a name that is none of the site's.
    fn has_stranger(&self, clause: usize) -> bool {
        let words = self.words(clause..self.figure.start);
        let name = stranger::named(words, clause == self.sentence.start);
        name.is_some_and(|name| {
            let at = clause + name.start..clause + name.end;
            !self.mentions.iter().any(|(known, _)| known.start < at.end && at.start < known.end)
        })
    }
}

/// Returns the company that a name means, if it is one.
pub(super) fn company(named: Named) -> Option<CompanyId> {
    match named {
        Named::Company(id) => Some(id),
        Named::Person(_) => None,
    }
}
