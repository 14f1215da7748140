//! Finds one thing of a document by its id.

use std::ops::Range;

use rayon::prelude::*;

use crate::link::Parted;

/// The indices of a list that is made of one range for each document, sorted by id within every range.
///
/// No id is copied for it, and an id is found in log n of its document's things.
#[derive(Default)]
pub(super) struct ById(Vec<usize>);

impl ById {
    /// Sorts the ids of each part.
    pub(super) fn of<T: Send + Sync>(things: &Parted<T>, id: impl Fn(&T) -> &str + Sync) -> Self {
        let sorted = |part: usize| {
            let mut order: Vec<usize> = things.range(part).collect();
            order.sort_by(|a, b| id(&things[*a]).cmp(id(&things[*b])));
            order
        };
        Self((0..things.parts()).into_par_iter().flat_map_iter(sorted).collect())
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
        let ids: Parted<&str> = [vec!["b", "a", "b"], vec!["c", "a"]].map(std::sync::Arc::from).into_iter().collect();
        let by_id = ById::of(&ids, |id| id);
        let find = |part: usize, id| by_id.find(ids.range(part), id, |at| ids[at]);
        assert_eq!([find(0, "a"), find(0, "b"), find(0, "c")], [Some(1), Some(0), None]);
        assert_eq!([find(1, "a"), find(1, "b"), find(1, "c")], [Some(4), None, Some(3)]);
    }
}
