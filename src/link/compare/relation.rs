//! The words for what two claims are to each other.

use crate::model::TieKind;
use crate::value::Vocabulary;

/// What one claim is to another.
///
/// Most are the same from both sides; those that are not come in pairs, and [`mirrored`](Self::mirrored) leads from
/// one to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// An author says that they say the same thing.
    SameAs,
    /// Its author says that it takes the other's place.
    Supersedes,
    /// The other's author says that the other takes its place.
    SupersededBy,
    /// Its author says that it puts the other right.
    Corrects,
    /// The other's author says that the other puts it right.
    CorrectedBy,
    /// Its author says that it denies the other.
    Disputes,
    /// The other's author says that the other denies it.
    DisputedBy,
    /// Its author says that it bears the other out.
    Supports,
    /// The other's author says that the other bears it out.
    SupportedBy,
    /// One of them is retracted.
    Excluded,
    /// They measure different things.
    DifferentMetric,
    /// They measure in units that do not compare.
    DifferentUnit,
    /// One is a fact and the other is guidance, a plan, an estimate or a target; or two of those.
    DifferentScenario,
    /// They report different events.
    DifferentEvent,
    /// They hold for different times.
    DifferentPeriod,
    /// They are about different companies, of which neither is a part of the other.
    DifferentCompany,
    /// One is about a part of what the other is about.
    PartOf,
    /// The part is larger than the whole in one event.
    ScopeViolation,
    /// Their intervals meet, and a root source of one of them is unknown.
    Consistent,
    /// Their intervals meet, and each has a root source that the other lacks.
    Corroborates,
    /// Their intervals meet, and one has no root source that the other lacks.
    Repeats,
    /// The later guidance of one issuer takes the place of the earlier.
    Revises,
    /// Their intervals do not meet, and nothing explains it.
    Conflicts,
    /// Their intervals meet, and nobody knows whether they are about one thing.
    PossiblySame,
    /// Their intervals do not meet, and nobody knows whether they are about one thing.
    PossibleConflict,
    /// One of them has nothing to compare.
    NotCompared,
}

impl Vocabulary for Relation {
    const NAME: &'static str = "relation";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("same-as", Self::SameAs),
        ("supersedes", Self::Supersedes),
        ("superseded-by", Self::SupersededBy),
        ("corrects", Self::Corrects),
        ("corrected-by", Self::CorrectedBy),
        ("disputes", Self::Disputes),
        ("disputed-by", Self::DisputedBy),
        ("supports", Self::Supports),
        ("supported-by", Self::SupportedBy),
        ("excluded", Self::Excluded),
        ("different-metric", Self::DifferentMetric),
        ("different-unit", Self::DifferentUnit),
        ("different-scenario", Self::DifferentScenario),
        ("different-event", Self::DifferentEvent),
        ("different-period", Self::DifferentPeriod),
        ("different-company", Self::DifferentCompany),
        ("part-of", Self::PartOf),
        ("scope-violation", Self::ScopeViolation),
        ("consistent", Self::Consistent),
        ("corroborates", Self::Corroborates),
        ("repeats", Self::Repeats),
        ("revises", Self::Revises),
        ("conflicts", Self::Conflicts),
        ("possibly-same", Self::PossiblySame),
        ("possible-conflict", Self::PossibleConflict),
        ("not-compared", Self::NotCompared),
    ];
}

impl Relation {
    /// Returns the same relation seen from the other claim.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Supersedes => Self::SupersededBy,
            Self::SupersededBy => Self::Supersedes,
            Self::Corrects => Self::CorrectedBy,
            Self::CorrectedBy => Self::Corrects,
            Self::Disputes => Self::DisputedBy,
            Self::DisputedBy => Self::Disputes,
            Self::Supports => Self::SupportedBy,
            Self::SupportedBy => Self::Supports,
            both_ways => both_ways,
        }
    }

    /// Returns the relation of a claim whose author says this of another.
    pub(super) fn said(kind: TieKind) -> Self {
        match kind {
            TieKind::Supersedes => Self::Supersedes,
            TieKind::Corrects => Self::Corrects,
            TieKind::SameAs => Self::SameAs,
            TieKind::PartOf => Self::PartOf,
            TieKind::Disputes => Self::Disputes,
            TieKind::Supports => Self::Supports,
        }
    }

    /// Tells whether the two have something to say about each other, which a reader or an editor wants to know.
    pub fn is_meeting(self) -> bool {
        !matches!(
            self,
            Self::Excluded
                | Self::DifferentMetric
                | Self::DifferentUnit
                | Self::DifferentScenario
                | Self::DifferentEvent
                | Self::DifferentPeriod
                | Self::DifferentCompany
                | Self::NotCompared
        )
    }

    /// Tells whether it is a guess that only an editor sees, since event and period are both unknown.
    pub fn is_open(self) -> bool {
        matches!(self, Self::PossiblySame | Self::PossibleConflict)
    }

    /// Tells whether the two disagree and nobody has said why.
    pub fn is_disagreement(self) -> bool {
        matches!(self, Self::Conflicts | Self::ScopeViolation | Self::PossibleConflict)
    }

    /// Tells whether an author says that one bears the other out.
    pub fn is_support(self) -> bool {
        matches!(self, Self::Supports | Self::SupportedBy)
    }

    /// Tells whether the two bear each other out.
    pub fn is_agreement(self) -> bool {
        matches!(self, Self::SameAs | Self::Consistent | Self::Corroborates | Self::Repeats)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_has_a_word_and_a_mirror() {
        for (word, relation) in Relation::WORDS {
            assert_eq!((Relation::from_word(word), relation.word()), (Some(*relation), *word));
            assert_eq!(relation.mirrored().mirrored(), *relation);
            assert_eq!(relation.mirrored().is_meeting(), relation.is_meeting());
        }
    }

    #[test]
    fn what_differs_is_no_meeting() {
        let meetings: Vec<_> = Relation::WORDS.iter().filter(|(_, relation)| relation.is_meeting()).collect();
        assert!(meetings.iter().all(|(word, _)| !word.starts_with("different")));
        assert_eq!(Relation::WORDS.len() - meetings.len(), 8);
    }
}
