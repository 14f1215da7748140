//! A digest of everything that is hashed into it, in bounded memory.

use std::hash::Hasher;

use xxhash_rust::xxh3::Xxh3Default;

/// How many bytes are gathered before they are digested; feeding each little piece by itself takes several times as long.
const GATHERED: usize = 64 << 10;

/// Sums up what the standard library's `Hash` gives it; equal sums mean equal data, on every run.
pub struct Digest {
    gathered: Vec<u8>,
    digested: Xxh3Default,
}

impl Default for Digest {
    fn default() -> Self {
        Self { gathered: Vec::new(), digested: Xxh3Default::new() }
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Digest").finish_non_exhaustive()
    }
}

impl Digest {
    /// Gives the sum of all that was hashed.
    pub fn sum(mut self) -> u128 {
        self.flush();
        self.digested.digest128()
    }

    fn flush(&mut self) {
        self.digested.update(&self.gathered);
        self.gathered.clear();
    }
}

impl Hasher for Digest {
    fn write(&mut self, bytes: &[u8]) {
        if self.gathered.len() + bytes.len() > GATHERED {
            self.flush();
        }
        self.gathered.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        self.digested.digest()
    }
}

#[cfg(test)]
mod tests {
    use std::hash::Hash;

    use super::*;

    fn sum(value: impl Hash) -> u128 {
        let mut digest = Digest::default();
        value.hash(&mut digest);
        digest.sum()
    }

    #[test]
    fn the_last_byte_of_long_data_counts() {
        let long = "x".repeat(3 * GATHERED);
        assert_eq!(sum(&long), sum(&long));
        assert_ne!(sum(&long), sum(format!("{long}y")));
        assert_ne!(sum(["ab", "c"]), sum(["a", "bc"]));
    }
}
