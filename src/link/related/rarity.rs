//! How rare a feature is: its inverse document frequency, in steps.

/// How many steps a doubling of the frequency is.
const STEPS: u32 = 4;

/// Below so many analyses, what all of them have is still no commonplace.
const FEW: usize = 5;

/// The frequency of features among so many analyses, told in quarters of a doubling.
///
/// The steps are found in whole numbers, so that they are the same on every machine; and they are wide enough that
/// one more analysis with a word does not move the scores of all others that have it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rarity {
    most: u32,
}

impl Rarity {
    /// Counts among so many analyses.
    pub(super) fn of(analyses: usize) -> Self {
        Self { most: steps(u32::try_from(analyses).unwrap_or(u32::MAX)) + STEPS }
    }

    /// Counts words among so many analyses: one that all have says nothing, unless all are just a few.
    pub(super) fn of_words(analyses: usize) -> Self {
        let all = Self::of(analyses);
        if analyses < FEW { all } else { Self { most: all.most - STEPS } }
    }

    /// Returns how rare a feature is that so many analyses have.
    ///
    /// One that all have counts a doubling: of two pieces on one event that are all there is, the event tells most.
    pub(super) fn of_held(self, by: u32) -> u32 {
        self.most.saturating_sub(steps(by))
    }

    /// Returns the same from 0 to 1, which is that of a feature of just two analyses.
    pub(super) fn share(self, held: u32) -> f64 {
        let rarest = self.of_held(2).max(1);
        (f64::from(self.of_held(held)) / f64::from(rarest)).min(1.0)
    }
}

/// Returns how many steps a number is above 1: its logarithm, in whole numbers.
fn steps(number: u32) -> u32 {
    u128::from(number.max(1)).pow(STEPS).ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_rarer_counts_more() {
        let rarity = Rarity::of(1_000);
        assert_eq!(rarity.of_held(1_000), STEPS);
        assert!(Rarity::of(2).share(2) > 0.5);
        assert_eq!(rarity.share(2), 1.0);
        assert_eq!(rarity.of_held(250) - rarity.of_held(500), STEPS);
        assert_eq!(rarity.of_held(100), rarity.of_held(101));
    }
}
