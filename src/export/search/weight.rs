//! How much a word says of a text: the part of BM25 that hangs on the text alone.
//!
//! Robertson and Zaragoza (2009): a word that is there often says more, and soon little more; of a long text it says
//! less. A word of a title counts as several, before the saturation (BM25F). How rare the word is, the browser adds.

/// How soon more of a word says little more.
const SATURATION: f64 = 1.2;

/// How much of a text's length counts.
const LENGTH: f64 = 0.75;

/// The greatest weight; the least is 1.
pub(super) const MOST: u8 = 63;

/// Weighs a word that a text has `count` times, in [`MOST`]ths of what it could say at most.
///
/// `length` is how many words the text has, and `usual` how many such texts usually have.
pub(super) fn weight(count: u32, length: u32, usual: u32) -> u8 {
    let (count, relative) = (f64::from(count), f64::from(length) / f64::from(usual.max(1)));
    let said = count / (count + SATURATION * (1.0 - LENGTH + LENGTH * relative));
    // Only exact operations stand before this, so that it is the same on every machine. It is rounded up by hand, for
    // not every processor can.
    let weight = said * f64::from(MOST);
    let whole = weight as u8;
    whole + u8::from(f64::from(whole) < weight)
}

/// Gives the usual length of texts: their mean, to three binary digits.
///
/// One more text seldom changes it, so that it changes no weight of the others.
pub(super) fn usual(lengths: impl Iterator<Item = u32>) -> u32 {
    let (texts, words) = lengths.fold((0_u64, 0_u64), |(texts, words), length| (texts + 1, words + u64::from(length)));
    let mean = words / texts.max(1);
    let dropped = (u64::BITS - mean.leading_zeros()).saturating_sub(3);
    u32::try_from(mean >> dropped << dropped).unwrap_or(u32::MAX).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_is_that_of_bm25() {
        // Once in a text of the usual length: 1 / (1 + 1.2) of the most, 28.6 of 63.
        assert_eq!(weight(1, 100, 100), 29);
        // Thrice: 3 / (3 + 1.2), 45.
        assert_eq!(weight(3, 100, 100), 45);
        // Once in a text of twice the length: 1 / (1 + 1.2 · 1.75), 20.3.
        assert_eq!(weight(1, 200, 100), 21);
        assert!(weight(1, u32::MAX, 1) >= 1 && weight(u32::MAX, 1, 1) <= MOST);
    }

    #[test]
    fn the_usual_length_moves_in_steps() {
        assert_eq!(usual([100, 100].into_iter()), 96);
        assert_eq!(usual([100, 104].into_iter()), 96);
        assert_eq!(usual([13].into_iter()), 12);
        assert_eq!(usual(std::iter::empty()), 1);
    }
}
