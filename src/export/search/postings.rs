//! One line of the index: a term, and for each kind of thing the list of those that have it.
//!
//! ```text
//! layoff ⇥ 5120:dCeBhD ⇥ fA ⇥ ⇥ ⇥          stem, analyses, claims, companies, forecasts
//! ```
//!
//! An entry is a digit for the weight and the distance from the number before, five bits a digit, the low ones first;
//! 32 is added to each digit that another follows. A list that was cut begins with how many there are in all.

use super::layout::Kind;

/// The digits from 0 to 63, those of base64url (RFC 4648, 5).
pub(super) const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A thing that has a term, and how much the term says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    /// The thing's number.
    pub(super) number: u64,
    /// The weight, from 1 to 63.
    pub(super) weight: u8,
}

/// Writes a term with its four lists, each from the least number.
pub(super) fn line(stem: &str, lists: &mut [Vec<Posting>; 4]) -> Vec<u8> {
    let mut line = stem.as_bytes().to_vec();
    for (list, kind) in lists.iter_mut().zip(Kind::ALL) {
        line.push(b'\t');
        push_list(&mut line, list, kind.most());
    }
    let end = line.iter().rposition(|byte| *byte != b'\t').map_or(0, |last| last + 1);
    line.truncate(end);
    line.push(b'\n');
    line
}

/// Adds a list: the `most` that weigh most and, of equal weight, the newest.
pub(super) fn push_list(line: &mut Vec<u8>, list: &mut Vec<Posting>, most: usize) {
    if list.len() > most {
        line.extend(format!("{}:", list.len()).bytes());
        list.select_nth_unstable_by_key(most, |posting| std::cmp::Reverse((posting.weight, posting.number)));
        list.truncate(most);
        list.sort_unstable_by_key(|posting| posting.number);
    }
    let mut last = 0;
    for posting in &*list {
        line.push(digit(u64::from(posting.weight)));
        push_number(line, posting.number - last);
        last = posting.number;
    }
}

fn push_number(line: &mut Vec<u8>, mut number: u64) {
    while number >= 32 {
        line.push(digit(number % 32 + 32));
        number /= 32;
    }
    line.push(digit(number));
}

fn digit(value: u64) -> u8 {
    DIGITS[value as usize % DIGITS.len()]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads a list as the browser does.
    fn read(list: &str) -> (usize, Vec<Posting>) {
        let (held, digits) = list.split_once(':').map_or((None, list), |(held, rest)| (Some(held), rest));
        let value = |byte: u8| DIGITS.iter().position(|digit| *digit == byte).unwrap() as u64;
        let (mut postings, mut last) = (Vec::new(), 0);
        let mut digits = digits.bytes().map(value);
        while let Some(weight) = digits.next() {
            let (mut shift, mut digit) = (0, 32);
            while digit >= 32 {
                digit = digits.next().unwrap();
                last += (digit & 31) << shift;
                shift += 5;
            }
            postings.push(Posting { number: last, weight: weight as u8 });
        }
        (held.map_or(postings.len(), |held| held.parse().unwrap()), postings)
    }

    fn posting((number, weight): (u64, u8)) -> Posting {
        Posting { number, weight }
    }

    #[test]
    fn a_line_has_a_column_for_each_kind() {
        let mut lists =
            [vec![(2, 29), (34, 3)], vec![], vec![(0, 63)], vec![]].map(|list| list.into_iter().map(posting).collect());
        assert_eq!(String::from_utf8(line("layoff", &mut lists)).unwrap(), "layoff\tdCDgB\t\t_A\n");
    }

    #[test]
    fn a_long_list_keeps_the_best_and_of_the_equal_the_newest_in_their_order() {
        let mut list: Vec<Posting> = [(1, 9), (5, 2), (6, 2), (9, 2), (12, 7)].map(posting).to_vec();
        let mut line = Vec::new();
        push_list(&mut line, &mut list, 3);
        let (held, kept) = read(std::str::from_utf8(&line).unwrap());
        assert_eq!((held, kept), (5, [(1, 9), (9, 2), (12, 7)].map(posting).to_vec()));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(numbers in prop::collection::btree_map(0_u64..1 << 40, 1_u8..=63, 0..60)) {
            let list: Vec<Posting> = numbers.into_iter().map(posting).collect();
            let mut line = Vec::new();
            push_list(&mut line, &mut list.clone(), 60);
            let (held, kept) = read(std::str::from_utf8(&line).unwrap());
            prop_assert_eq!((held, kept), (list.len(), list));
        }
    }
}
