//! Finds one thing of a document by its id.

use std::ops::Range;

/// The indices of a list that is made of one range for each document, sorted by id within every range.
///
/// No id is copied for it, and an id is found in log n of its document's things.
#[derive(Default)]
pub(super) struct ById(Vec<usize>);

impl ById {
    /// Sorts the ids of each range; the ranges lie one after the other.
    pub(super) fn of<T>(things: &[T], ranges: &[Range<usize>], id: impl Fn(&T) -> &str) -> Self {
        let mut order: Vec<usize> = (0..things.len()).collect();
        for range in ranges {
            order[range.clone()].sort_by(|a, b| id(&things[*a]).cmp(id(&things[*b])));
        }
        Self(order)
    }

    /// Finds the thing of an id in a range; of two equal ids, the first.
    pub(super) fn find<'a>(&self, range: Range<usize>, id: &str, id_at: impl Fn(usize) -> &'a str) -> Option<usize> {
        let order = &self.0[range];
        let place = order.partition_point(|at| id_at(*at) < id);
        order.get(place).copied().filter(|at| id_at(*at) == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_found_in_its_own_range_only() {
        let ids = ["b", "a", "b", "c", "a"];
        let ranges = [0..3, 3..5];
        let by_id = ById::of(&ids, &ranges, |id| id);
        let find = |range: usize, id| by_id.find(ranges[range].clone(), id, |at| ids[at]);
        assert_eq!([find(0, "a"), find(0, "b"), find(0, "c")], [Some(1), Some(0), None]);
        assert_eq!([find(1, "a"), find(1, "b"), find(1, "c")], [Some(4), None, Some(3)]);
    }
}
