//! The grammar's doors for running text, where it is not known in advance what belongs to an amount.

use rust_decimal::Decimal;

use super::fraction;
use super::hedge::Hedge;
use super::scan::Cursor;

pub(crate) use super::grammar::{Front, read_front};

/// The decimals of a share that was written as a fraction: a third is 33.3%.
const DECIMALS: u32 = 1;

/// Tells how many bytes at the front of a text are a hedge and the space behind it; 0 where there is none.
pub(crate) fn hedge_at_front(text: &str) -> usize {
    let mut cursor = Cursor::new(text);
    if Hedge::read_before(&mut cursor) == Hedge::Bare {
        return 0;
    }
    cursor.skip_spaces();
    cursor.at()
}

/// Reads a fraction in words at the front of a text, such as `two-thirds`: its percent of a whole, and its end.
pub(crate) fn fraction_at_front(text: &str) -> Option<(Decimal, usize)> {
    let mut cursor = Cursor::new(text);
    let (count, parts) = fraction::read(&mut cursor)?;
    Some((percent(count, parts)?, cursor.at()))
}

/// Tells whether a word parts a whole, such as `third` or `quarters`.
pub(crate) fn is_part_of_a_whole(word: &str) -> bool {
    fraction::part(word).is_some()
}

/// Computes how many percent a number of parts are.
pub(crate) fn percent(count: Decimal, parts: Decimal) -> Option<Decimal> {
    Some(count.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(parts)?.round_dp(DECIMALS).normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hedges_and_fractions_are_found_at_the_front() {
        assert_eq!(hedge_at_front("more than a third"), 10);
        assert_eq!(hedge_at_front("a third"), 0);
        assert_eq!(
            fraction_at_front("two thirds of it").map(|(share, end)| (share.to_string(), end)),
            Some(("66.7".to_owned(), 10))
        );
    }
}
