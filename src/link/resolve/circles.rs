//! Circles in what leads to one other thing at most: parts to wholes, and copies to what they copy.

/// Finds what lies on a circle, each thing once and in order; what only leads into a circle is not on it.
///
/// Every walk stops where an earlier one has been, so that the whole costs two steps for each thing.
pub(in crate::link) fn on_circles(next: &[Option<usize>]) -> Vec<usize> {
    let mut walked_by: Vec<Option<usize>> = vec![None; next.len()];
    let mut found = Vec::new();
    for walk in 0..next.len() {
        let mut at = Some(walk);
        while let Some(here) = at.filter(|here| walked_by[*here].is_none()) {
            walked_by[here] = Some(walk);
            at = next[here];
        }
        if let Some(entry) = at.filter(|here| walked_by[*here] == Some(walk)) {
            let rest = std::iter::successors(next[entry], |here| next[*here]);
            found.push(entry);
            found.extend(rest.take_while(|here| *here != entry));
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_lies_on_a_circle_is_found() {
        assert_eq!(on_circles(&[Some(1), Some(2), Some(1), None]), [1, 2]);
        assert_eq!(on_circles(&[Some(0), Some(0)]), [0]);
        assert_eq!(on_circles(&[Some(1), Some(2), None]), [0_usize; 0]);
        assert_eq!(on_circles(&[Some(3), Some(2), Some(1), Some(0)]), [0, 1, 2, 3]);
    }

    #[test]
    fn a_long_chain_is_walked_once() {
        let chain: Vec<_> = (0..200_000_usize).map(|at| at.checked_sub(1)).collect();
        assert!(on_circles(&chain).is_empty());
    }
}
