//! Random numbers that are the same on every machine.

use std::ops::RangeInclusive;

/// A SplitMix64 generator (Steele, Lea and Flood, 2014): tiny, fast, and fixed for ever, which a library's need not be.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// Returns the stream of that number under that seed; streams of different numbers have nothing to do with each other.
    pub(crate) fn stream(seed: u64, number: usize) -> Self {
        let seed = Self { state: seed }.next();
        Self { state: Self { state: seed ^ number as u64 }.next() }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Returns a number from 0 up to, but without, `bound`; 0 for a bound of 0.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// Returns a number of the range, both ends included.
    pub(crate) fn within(&mut self, range: RangeInclusive<usize>) -> usize {
        range.start() + self.below(range.end() - range.start() + 1)
    }

    /// Returns a number below `bound` with the small ones far likelier, as common words are.
    pub(crate) fn skewed(&mut self, bound: usize) -> usize {
        let reach = self.below(bound + 1);
        self.below(reach)
    }

    /// Returns a fraction of 1, evenly spread. Only sums and products of it may decide anything: those are exact in IEEE 754.
    pub(crate) fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Tells whether a thing happens that happens in `percent` of cases.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Returns one of the items, each as likely as the others.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// Returns that many different items, in random order, or all where there are fewer.
    pub(crate) fn sample<'a, T>(&mut self, items: &'a [T], count: usize) -> Vec<&'a T> {
        let mut left: Vec<&T> = items.iter().collect();
        (0..count.min(items.len())).map(|_| left.swap_remove(self.below(left.len()))).collect()
    }
}
