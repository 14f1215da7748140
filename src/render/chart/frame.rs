//! How wide a chart is: it is drawn once for a page that has room and once for one in the hand, so that its words are
//! of a size in both. The style sheet shows the one that fits.

use super::svg::{Px, px};

/// The width of a chart, and how far its plot reaches to the right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    /// What is added to the chart's class.
    pub class: &'static str,
    /// The width of the viewBox.
    pub width: Px,
    /// Where lanes begin, behind their names.
    pub left: Px,
    /// Where the plot ends.
    pub right: Px,
}

impl Frame {
    /// For a page of 700 pixels and more.
    pub(super) const WIDE: Self = Self { class: "wide", width: px(800), left: px(84), right: px(782) };

    /// For a page of 320 pixels and more.
    pub(super) const NARROW: Self = Self { class: "narrow", width: px(340), left: px(68), right: px(320) };

    /// Both, in the order in which they are written.
    pub(super) const BOTH: [Self; 2] = [Self::WIDE, Self::NARROW];
}
