//! A list that lies in parts, as its documents brought them.

use std::ops::{Index, Range};
use std::sync::Arc;

/// A list of things of many documents under one numbering, each document's in the memory that it was read into.
///
/// To move hundreds of thousands of things into one vector would be the longest step that is done alone. The memory is
/// shared with the documents, so that a site which is linked again takes no second copy of them.
#[derive(Clone, Debug)]
pub struct Parted<T> {
    parts: Vec<Arc<[T]>>,
    /// Where each part starts, and where the last one ends.
    starts: Vec<usize>,
    /// The part of each thing.
    part_of: Vec<u32>,
}

impl<T> Default for Parted<T> {
    fn default() -> Self {
        Self { parts: Vec::new(), starts: vec![0], part_of: Vec::new() }
    }
}

impl<T> FromIterator<Arc<[T]>> for Parted<T> {
    fn from_iter<I: IntoIterator<Item = Arc<[T]>>>(parts: I) -> Self {
        let mut list = Self::default();
        for part in parts {
            let number = u32::try_from(list.parts.len()).unwrap_or(u32::MAX);
            list.part_of.resize(list.part_of.len() + part.len(), number);
            list.starts.push(list.part_of.len());
            list.parts.push(part);
        }
        list
    }
}

impl<T> Parted<T> {
    /// Counts the things.
    pub fn len(&self) -> usize {
        self.part_of.len()
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.part_of.is_empty()
    }

    /// Goes through all things in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + Clone {
        self.parts.iter().flat_map(|part| &**part)
    }

    /// Counts the parts.
    pub fn parts(&self) -> usize {
        self.parts.len()
    }

    /// The things of one part.
    pub fn part(&self, part: usize) -> &[T] {
        &self.parts[part]
    }

    /// The numbers of the things of one part.
    pub fn range(&self, part: usize) -> Range<usize> {
        self.starts[part]..self.starts[part + 1]
    }

    /// The part that a thing is in.
    pub fn part_of(&self, index: usize) -> usize {
        self.part_of[index] as usize
    }
}

impl<T> Index<usize> for Parted<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        let part = self.part_of(index);
        &self.parts[part][index - self.starts[part]]
    }
}

#[cfg(test)]
impl<T: Clone> std::ops::IndexMut<usize> for Parted<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        let part = self.part_of(index);
        &mut Arc::make_mut(&mut self.parts[part])[index - self.starts[part]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_numbered_through_the_parts() {
        let list: Parted<char> = [vec!['a', 'b'], vec![], vec!['c']].map(Arc::from).into_iter().collect();
        assert_eq!(list.iter().collect::<String>(), "abc");
        assert_eq!((0..list.len()).map(|at| list[at]).collect::<String>(), "abc");
        assert_eq!([list.range(0), list.range(1), list.range(2)], [0..2, 2..2, 2..3]);
        assert_eq!((list.part(2), list.part_of(2)), (&['c'][..], 2));
    }
}
