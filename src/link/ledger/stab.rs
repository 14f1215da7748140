//! Spans on a line, found by what they meet.

/// Spans sorted by their low ends, over which a tree of the highest ends stands.
///
/// The first `k` spans that meet another are found in `k` walks down the tree, however many there are: an augmented
/// interval tree (Cormen and others, *Introduction to Algorithms*, 14.3), kept in two flat lists.
#[derive(Debug)]
pub(super) struct Stab {
    lows: Vec<i32>,
    /// The highest end below each node of a complete binary tree, the root at 1 and the leaves in the second half.
    highest: Vec<i32>,
}

impl Stab {
    /// Makes the index of spans that are sorted by their low ends.
    pub(super) fn of(spans: impl ExactSizeIterator<Item = (i32, i32)>) -> Self {
        let leaves = spans.len().next_power_of_two();
        let mut lows = Vec::with_capacity(spans.len());
        let mut highest = vec![i32::MIN; 2 * leaves];
        for (at, (low, high)) in spans.enumerate() {
            lows.push(low);
            highest[leaves + at] = high;
        }
        for node in (1..leaves).rev() {
            highest[node] = highest[2 * node].max(highest[2 * node + 1]);
        }
        Self { lows, highest }
    }

    /// Finds at most so many spans that share a point with another, and counts its steps.
    pub(super) fn meeting(&self, low: i32, high: i32, most: usize, found: &mut Vec<usize>, steps: &mut u64) {
        let end = self.lows.partition_point(|start| *start <= high);
        *steps += u64::from(self.lows.len().max(1).ilog2());
        let most = found.len() + most;
        self.walk(1, 0, self.highest.len() / 2, &Ask { low, end, most }, found, steps);
    }

    fn walk(&self, node: usize, from: usize, width: usize, ask: &Ask, found: &mut Vec<usize>, steps: &mut u64) {
        *steps += 1;
        if from >= ask.end || found.len() >= ask.most || self.highest[node] < ask.low {
            return;
        }
        if width == 1 {
            found.push(from);
            return;
        }
        let half = width / 2;
        self.walk(2 * node, from, half, ask, found, steps);
        self.walk(2 * node + 1, from + half, half, ask, found, steps);
    }
}

/// What is looked for: spans before `end` whose high end is not below `low`, until there are `most`.
struct Ask {
    low: i32,
    end: usize,
    most: usize,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_found_is_what_meets(
            mut spans in prop::collection::vec((0..50, 0..50), 0..60), low in 0..50, length in 0..50, most in 0_usize..9,
        ) {
            for span in &mut spans {
                span.1 += span.0;
            }
            spans.sort_unstable();
            let (mut found, mut steps) = (Vec::new(), 0);
            Stab::of(spans.iter().copied()).meeting(low, low + length, most, &mut found, &mut steps);
            let meets = |(_, span): &(usize, &(i32, i32))| span.0 <= low + length && low <= span.1;
            let all: Vec<usize> = spans.iter().enumerate().filter(meets).map(|(at, _)| at).take(most).collect();
            prop_assert_eq!(found, all);
            prop_assert!(steps <= 8 + 2 * 8 * (1 + most as u64));
        }
    }
}
