//! Items that may be about one thing, found by how their values stand to another's.

use super::item::Item;
use super::stab::Stab;

/// How many claims of each kind (below, above, alike, meeting) an item is told of in one room.
pub(super) const MOST: usize = 16;

/// Items in the order of their intervals; those with one interval stand together.
#[derive(Debug)]
pub(super) struct Room {
    members: Vec<u32>,
    /// One for each interval, by low end, then high end.
    shapes: Vec<Shape>,
    /// The shapes by high end.
    by_high: Vec<u32>,
    index: Stab,
}

/// An interval and the members that have it.
#[derive(Clone, Copy, Debug)]
struct Shape {
    low: i32,
    high: i32,
    from: usize,
    until: usize,
}

impl Room {
    /// Sorts items into a room.
    pub(super) fn of(items: &[Item<'_>], mut members: Vec<u32>) -> Self {
        let ends = |at: u32| (items[at as usize].low, items[at as usize].high);
        members.sort_unstable_by_key(|at| (ends(*at), *at));
        let mut shapes: Vec<Shape> = Vec::new();
        for (at, member) in members.iter().enumerate() {
            let (low, high) = ends(*member);
            match shapes.last_mut() {
                Some(last) if (last.low, last.high) == (low, high) => last.until = at + 1,
                _ => shapes.push(Shape { low, high, from: at, until: at + 1 }),
            }
        }
        let mut by_high: Vec<u32> = (0..).take(shapes.len()).collect();
        by_high.sort_by_key(|shape| shapes[*shape as usize].high);
        let index = Stab::of(shapes.iter().map(|shape| (shape.low, shape.high)));
        Self { members, shapes, by_high, index }
    }

    /// Lists members that an item is to be compared with: the farthest below and above it, and some that meet it.
    pub(super) fn tell(&self, items: &[Item<'_>], who: u32, told: &mut Vec<u32>, steps: &mut u64) {
        let Item { low, high, .. } = items[who as usize];
        let below = self.by_high.iter().map(|shape| self.shapes[*shape as usize]);
        self.push(below.take_while(|shape| shape.high < low), told, steps);
        self.push(self.shapes.iter().rev().copied().take_while(|shape| shape.low > high), told, steps);
        let mut meeting = Vec::with_capacity(MOST);
        self.index.meeting(low, high, MOST, &mut meeting, steps);
        let meeting = meeting.into_iter().map(|shape| self.shapes[shape]);
        self.push(meeting.filter(|shape| (shape.low, shape.high) != (low, high)), told, steps);
        self.push_alike(low, high, who, told, steps);
    }

    /// Tells of the members of some shapes, a few of each.
    fn push(&self, shapes: impl Iterator<Item = Shape>, told: &mut Vec<u32>, steps: &mut u64) {
        let members = shapes.flat_map(|shape| &self.members[shape.from..shape.until]).take(MOST);
        told.extend(members.inspect(|_| *steps += 1));
    }

    /// Tells of those with the same interval that come after the item, and from the first again.
    fn push_alike(&self, low: i32, high: i32, who: u32, told: &mut Vec<u32>, steps: &mut u64) {
        *steps += u64::from(self.shapes.len().max(1).ilog2());
        let Ok(shape) = self.shapes.binary_search_by_key(&(low, high), |shape| (shape.low, shape.high)) else { return };
        let Shape { from, until, .. } = self.shapes[shape];
        let alike = &self.members[from..until];
        let (before, after) = alike.split_at(alike.partition_point(|member| *member <= who));
        let others = after.iter().chain(before).filter(|member| **member != who).take(MOST);
        told.extend(others.inspect(|_| *steps += 1));
    }
}
