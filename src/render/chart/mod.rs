//! Charts, drawn as SVG when a page is rendered: pure functions from typed data to text.
//!
//! A view holds a chart's data, which is small and can be hashed; the text is made only where a template prints it.
//! Lengths are whole tenths of a unit of the viewBox, so that no coordinate is ever a fraction that a float cannot
//! hold. Colours are the style sheet's business: a chart says with classes what each shape is.
//!
//! The document's role is `graphics-document` of WAI-ARIA Graphics 1.0, with `document` for readers that do not know
//! it: what is inside stays reachable, as links must. `<title>` is its name and `<desc>` sums it up.

mod amount;
mod calibration;
mod columns;
mod forecast;
mod frame;
mod lanes;
mod mark;
mod steps;
mod svg;
#[cfg(test)]
mod tests;
mod threads;
mod time;

use crate::speech::say;
use serde::{Serialize, Serializer};

pub use calibration::Calibration;
pub use forecast::{Revisions, Settled};
pub use lanes::{Entry, EntryKind, Lanes, Links};
pub use mark::State;
pub use steps::{Steps, Value};
pub use threads::{Dot, Threads};

/// What can be drawn.
pub trait Draw {
    /// Draws it as one `<svg>` element, well-formed XML that HTML takes too.
    fn draw(&self) -> String;
}

/// A chart in a view: a template reads it as the text of its SVG, which is drawn only then.
#[derive(Clone, Debug, Hash)]
pub struct Chart<D>(pub D);

impl<D: Draw> Serialize for Chart<D> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.draw())
    }
}

/// Says which years a chart is of: `in 2025`, `from 2024 to 2026`.
fn years(from: &str, until: &str) -> String {
    match from == until {
        true => say("years_in", &[("from", &from)]),
        false => say("years_from", &[("from", &from), ("until", &until)]),
    }
}
