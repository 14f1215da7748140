//! How much the anchors and aliases of a file may copy, which stops an alias bomb at its first layers.

use crate::load::tree::{Kind, Node};

/// How many values all anchors and aliases of a file may copy.
const MAX_VALUES: usize = 10_000;

/// How many bytes of text they may copy beyond the file's own length, in MiB.
const MAX_MIB: usize = 1;

/// What the anchors and aliases of a file may still copy.
#[derive(Default)]
pub(super) struct Copies {
    values: usize,
    bytes: usize,
}

impl Copies {
    /// Allows a file of this many bytes its copies: an anchor on all of its text costs its length once.
    pub(super) fn of_file(len: usize) -> Self {
        Self { values: MAX_VALUES, bytes: len.saturating_add(MAX_MIB << 20) }
    }

    /// Counts one copy of a value, and returns how many levels deep it is.
    ///
    /// # Errors
    /// What there is too much of, as a message.
    pub(super) fn add(&mut self, node: &Node<'_>) -> Result<usize, String> {
        let extent = Extent::of(node);
        self.values = self
            .values
            .checked_sub(extent.values)
            .ok_or_else(|| format!("anchors and aliases repeat more than {MAX_VALUES} values"))?;
        self.bytes = self
            .bytes
            .checked_sub(extent.bytes)
            .ok_or_else(|| format!("anchors and aliases repeat more than {MAX_MIB} MiB of text"))?;
        Ok(extent.depth)
    }
}

/// How large a tree is.
struct Extent {
    values: usize,
    /// The bytes of its text, keys included.
    bytes: usize,
    /// Its levels of lists and tables.
    depth: usize,
}

impl Extent {
    fn of(node: &Node<'_>) -> Self {
        match &node.kind {
            Kind::List(items) => items.iter().map(Self::of).fold(Self::level(), Self::with),
            Kind::Table(entries) => entries.iter().fold(Self::level(), |sum, (key, value)| {
                let sum = sum.with(Self::of(value));
                Self { bytes: sum.bytes.saturating_add(key.value.len()), ..sum }
            }),
            Kind::Text(text) | Kind::Number(text) | Kind::Datetime(text) => Self::leaf(text.len()),
            Kind::Null | Kind::Bool(_) => Self::leaf(0),
        }
    }

    /// A list or table with nothing in it yet.
    fn level() -> Self {
        Self { values: 1, bytes: 0, depth: 1 }
    }

    fn leaf(bytes: usize) -> Self {
        Self { values: 1, bytes, depth: 0 }
    }

    /// Puts a part one level below.
    fn with(self, part: Self) -> Self {
        Self {
            values: self.values + part.values,
            bytes: self.bytes.saturating_add(part.bytes),
            depth: self.depth.max(part.depth + 1),
        }
    }
}
