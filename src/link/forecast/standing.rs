//! Where a forecast stands on the day of a build.

use crate::model::{Outcome, Prediction};
use crate::value::Day;

/// How many days before it is due a forecast counts as due.
const DUE_DAYS: i32 = 30;

/// Where a forecast stands, derived from the day of the build and what its author wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It is due within the next 30 days, today included.
    Due,
    /// Its last day is past, and nothing is said of what came.
    Overdue,
    /// It is due later, or on no day that anybody named.
    Open,
    /// It happened, or it did not.
    Resolved,
    /// Nobody can tell what came of it.
    Ambiguous,
    /// The question turned out to be void.
    Annulled,
    /// The author took it back.
    Withdrawn,
}

impl Standing {
    /// All seven, those first that a reader waits for.
    pub const ALL: [Self; 7] =
        [Self::Due, Self::Overdue, Self::Open, Self::Resolved, Self::Ambiguous, Self::Annulled, Self::Withdrawn];

    /// Derives where a forecast stands on a day.
    pub fn of(prediction: &Prediction, today: Day) -> Self {
        if let Some(resolution) = &prediction.resolution {
            return match resolution.outcome {
                Outcome::Yes | Outcome::No => Self::Resolved,
                Outcome::Ambiguous => Self::Ambiguous,
                Outcome::Annulled => Self::Annulled,
                Outcome::Withdrawn => Self::Withdrawn,
            };
        }
        match prediction.due.as_ref().and_then(|due| due.latest()) {
            Some(last) if last < today => Self::Overdue,
            Some(last) if last.number() - today.number() <= DUE_DAYS => Self::Due,
            _ => Self::Open,
        }
    }

    /// Returns the word for it, such as `overdue`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Open => "open",
            Self::Resolved => "resolved",
            Self::Ambiguous => "ambiguous",
            Self::Annulled => "annulled",
            Self::Withdrawn => "withdrawn",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::forecast;
    use super::*;

    #[test]
    fn the_last_day_due_decides() {
        let today: Day = "2026-06-01".parse().expect("a day");
        for (due, standing) in [
            ("due = 2026-05-31", Standing::Overdue),
            ("due = 2026-06-01", Standing::Due),
            ("due = 2026-07-01", Standing::Due),
            ("due = 2026-07-02", Standing::Open),
            ("due = \"2026-05\"", Standing::Overdue),
            ("due = \"2026-06\"", Standing::Due),
            ("due = \"2026\"", Standing::Open),
            ("due = \"2026-05/..\"", Standing::Open),
            ("", Standing::Open),
            ("due = 2026-05-31\nresolution = { outcome = \"no\" }", Standing::Resolved),
            ("due = 2026-05-31\nresolution = { outcome = \"annulled\" }", Standing::Annulled),
        ] {
            assert_eq!(Standing::of(&forecast(due), today), standing, "{due}");
        }
    }
}
