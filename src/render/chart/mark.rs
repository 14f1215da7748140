//! One date on the axis of time, its precision drawn.

use super::svg::{Px, Svg, px};
use super::time::TimeScale;
use crate::speech::word;
use crate::value::{Date, Day};

/// How what a mark says stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It holds.
    Stands,
    /// Something speaks against it.
    Disputed,
    /// It no longer holds, and is shown all the same; the word says why, such as `superseded`.
    Past(&'static str),
}

impl State {
    /// The class that a mark has for it.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Stands => "",
            Self::Disputed => "disputed",
            Self::Past(_) => "ghost",
        }
    }

    /// What a mark's title says of it.
    pub(super) fn words(self) -> String {
        match self {
            Self::Stands => String::new(),
            Self::Disputed => [", ", &word("status", "disputed")].concat(),
            Self::Past(status) => [", ", &word("status", status)].concat(),
        }
    }
}

/// Half of what a dot takes of the axis.
const DOT: Px = px(5);

/// How long the bar of a time is at least.
const SHORTEST: Px = px(6);

/// How far an arrow's tip reaches beyond the bar.
const TIP: Px = px(7);

/// Where a date lies on the axis: from where to where, and which of its ends are open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// Where it begins.
    pub from: Px,
    /// Where it ends.
    pub until: Px,
    /// Whether it is one day.
    is_day: bool,
    open_start: bool,
    open_end: bool,
}

impl Extent {
    /// Lays a date on an axis that can show from one place to another.
    pub(super) fn of(date: &Date, time: &TimeScale, edges: (Px, Px)) -> Self {
        let known = date.earliest().or(date.latest()).unwrap_or_default();
        let (first, last) = (date.earliest().unwrap_or(known), date.latest().unwrap_or(known));
        let (x0, x1) = time.span(first, last);
        let (open_start, open_end) = (date.earliest().is_none(), date.latest().is_none());
        let is_day = first == last && !open_start && !open_end;
        let (from, until) = if is_day { (time.x(first) - DOT, time.x(first) + DOT) } else { widened(x0, x1) };
        Self {
            from: if open_start { edges.0 } else { from },
            until: if open_end { edges.1 } else { until },
            is_day,
            open_start,
            open_end,
        }
    }

    fn middle(&self) -> Px {
        self.from.midpoint(self.until)
    }
}

/// Makes a short bar long enough to be seen, about its middle.
fn widened(from: Px, until: Px) -> (Px, Px) {
    let missing = (SHORTEST - (until - from)).max(0);
    (from - missing / 2, until + missing / 2)
}

/// The first day that a date is known to touch, by which it is put in order.
pub(super) fn first_day(date: &Date) -> Option<Day> {
    date.earliest().or_else(|| date.latest())
}

/// The last day that a date is known to touch.
pub(super) fn last_day(date: &Date) -> Option<Day> {
    date.latest().or_else(|| date.earliest())
}

/// Draws a date about a height: a day is a dot, or a square where something is due, and all else is a bar.
pub(super) fn draw(svg: &mut Svg, date: &Date, at: &Extent, y: Px, is_due: bool, state: State) {
    let doubt = if date.is_uncertain() { "uncertain" } else { "" };
    match (at.is_day, state) {
        (true, State::Disputed) => diamond(svg, at.middle(), y),
        (true, _) if is_due => svg.rect(doubt, (at.middle() - px(4), y - px(4)), (at.middle() + px(4), y + px(4))),
        (true, _) => dot(svg, date, at.middle(), y, doubt),
        (false, _) => bar(svg, date, at, y, doubt),
    }
    if !at.is_day && state == State::Disputed {
        diamond(svg, at.middle(), y);
    }
}

/// Draws a day; one that is about right has a soft rim.
fn dot(svg: &mut Svg, date: &Date, x: Px, y: Px, doubt: &str) {
    if date.is_approximate() {
        svg.circle("soft", (x, y), px(5));
        svg.circle(doubt, (x, y), px(3));
    } else {
        svg.circle(doubt, (x, y), px(4));
    }
}

/// Draws a span; the ends of one that is about right are soft, and an open end is an arrow.
fn bar(svg: &mut Svg, date: &Date, at: &Extent, y: Px, doubt: &str) {
    let half = px(3);
    let from = if at.open_start { (at.from + TIP).min(at.until) } else { at.from };
    let until = if at.open_end { (at.until - TIP).max(at.from) } else { at.until };
    if date.is_approximate() {
        let rim = (until - from) / 5;
        svg.rect("soft", (from, y - half), (until, y + half));
        svg.rect(doubt, (from + rim, y - half), (until - rim, y + half));
    } else {
        svg.rect(doubt, (from, y - half), (until, y + half));
    }
    if at.open_start {
        svg.polygon("", &[(at.from, y), (from, y - px(5)), (from, y + px(5))]);
    }
    if at.open_end {
        svg.polygon("", &[(at.until, y), (until, y - px(5)), (until, y + px(5))]);
    }
}

/// Draws what marks a dispute.
pub(super) fn diamond(svg: &mut Svg, x: Px, y: Px) {
    let r = px(5);
    svg.polygon("dispute", &[(x, y - r), (x + r, y), (x, y + r), (x - r, y)]);
}
