//! A record drawn as lanes of marks along one axis of time: claims, events, forecasts and analyses.
//!
//! Where marks would lie on each other they are stacked; a lane that would grow too high, or have too many marks,
//! shows columns of what fell into a month, a quarter or a longer time. So a chart has at most [`MOST`] marks a lane,
//! however long the record.

use super::columns::{self, Column, GRAINS};
use super::frame::Frame;
use super::mark::{self, Extent, State, first_day, last_day};
use super::svg::{Px, Svg, px};
use super::time::TimeScale;
use super::{Draw, years};
use crate::speech::{counted, joined, say};
use crate::value::{Date, Day, year_label};

/// What an entry of a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// A claim.
    Claim,
    /// An event with its claims.
    Event,
    /// A forecast on the day that it was made.
    Made,
    /// A forecast on the day that it is due.
    Due,
    /// An analysis.
    Analysis,
}

/// One entry of a record, before it is placed.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'b> {
    /// What it is.
    pub kind: EntryKind,
    /// When it was; one whose year nobody knows is left out.
    pub date: &'b Date,
    /// What it says.
    pub text: &'b str,
    /// How it stands.
    pub state: State,
    /// What the caller knows it by; entries that are alike are drawn in the order of it.
    pub index: usize,
}

/// Where marks lead, asked for by the index of an entry.
#[derive(Clone, Copy)]
pub struct Links<'f> {
    /// Gives the link to what one entry is about.
    pub one: &'f dyn Fn(usize) -> String,
    /// Gives the link to the place where several entries are listed, by the first of them.
    pub many: &'f dyn Fn(usize) -> String,
}

/// A record, placed in lanes.
#[derive(Clone, Debug, Hash)]
pub struct Lanes<'b> {
    name: &'b str,
    first: Day,
    last: Day,
    /// The lanes of each frame.
    lanes: [Vec<Lane<'b>>; 2],
    disputed: usize,
}

#[derive(Clone, Debug, Hash)]
struct Lane<'b> {
    kind: LaneKind,
    /// How many entries it stands for; a forecast's due date is none of its own.
    count: usize,
    shown: Shown<'b>,
    before: Option<Beyond>,
    after: Option<Beyond>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum LaneKind {
    Claims,
    Events,
    Forecasts,
    Analyses,
}

/// What a lane shows.
#[derive(Clone, Debug, Hash)]
enum Shown<'b> {
    /// A mark for each entry, in so many rows.
    Marks { marks: Vec<Mark<'b>>, rows: usize },
    /// A column for each stretch of so many months.
    Columns { columns: Vec<Column<'b>>, grain: i32 },
}

#[derive(Clone, Debug, Hash)]
struct Mark<'b> {
    kind: EntryKind,
    date: &'b Date,
    text: &'b str,
    state: State,
    href: String,
    row: usize,
}

/// Entries far outside of the time that all the others are of.
#[derive(Clone, Debug, Hash)]
struct Beyond {
    count: usize,
    href: String,
}

/// The most marks that a lane shows, columns included.
pub(super) const MOST: usize = 50;

/// The most rows that marks are stacked in.
const ROWS: usize = 10;

/// How narrow a month or year may be before columns stand for longer times.
const NARROWEST: Px = px(4);

/// Of so many entries one may be left out of the axis where that makes room for the others.
const OUTLIERS: usize = 20;

/// How far the first and the last day stay from the edges of the plot, where arrows end.
const INSET: Px = px(12);
const ROW: Px = px(13);
const COLUMN: Px = px(38);
const TOP: Px = px(6);
const FOOT: Px = px(24);

impl<'b> Lanes<'b> {
    /// Places the entries of a company's record; nothing where none has a date.
    ///
    /// The outcome does not depend on the order of the entries.
    pub fn new(name: &'b str, mut entries: Vec<Entry<'b>>, links: &Links<'_>) -> Option<Self> {
        entries.retain(|entry| first_day(entry.date).is_some());
        entries.sort_by_cached_key(|entry| {
            let date = entry.date;
            (LaneKind::of(entry.kind), first_day(date), date.latest().is_none(), date.latest(), entry.text, entry.index)
        });
        let (first, last) = window(&entries)?;
        let lanes = Frame::BOTH.map(|frame| {
            let lanes = entries.chunk_by(|a, b| LaneKind::of(a.kind) == LaneKind::of(b.kind));
            lanes.filter_map(|entries| Lane::new(entries, frame, (first, last), links)).collect()
        });
        Some(Self {
            name,
            first,
            last,
            lanes,
            disputed: entries.iter().filter(|entry| entry.state == State::Disputed).count(),
        })
    }

    /// Sums the chart up in a sentence.
    pub fn summary(&self) -> String {
        let parts: Vec<String> = self.lanes[0].iter().filter(|lane| lane.count > 0).map(Lane::counted).collect();
        let (from, until) = (year_label(self.first.year()), year_label(self.last.year()));
        let years = years(&from, &until);
        let disputed = match self.disputed {
            0 => String::new(),
            some => format!("; {}", counted("disagreements_counted", some)),
        };
        format!("{} {years}{disputed}.", joined(&parts))
    }
}

fn axis((first, last): (Day, Day), frame: Frame) -> TimeScale {
    TimeScale::new(first, last, frame.left + INSET, frame.right - INSET)
}

/// Finds the days that the axis shows: all, or all but a few far ones that would leave the others no room.
fn window(entries: &[Entry<'_>]) -> Option<(Day, Day)> {
    let mut starts: Vec<Day> = entries.iter().filter_map(|entry| first_day(entry.date)).collect();
    let mut ends: Vec<Day> = entries.iter().filter_map(|entry| last_day(entry.date)).collect();
    starts.sort_unstable();
    ends.sort_unstable_by(|a, b| b.cmp(a));
    let (first, last) = (*starts.first()?, *ends.first()?);
    let total = first.days_until(last);
    let cut = |days: &[Day]| {
        let most = (entries.len() / OUTLIERS).min(days.len().saturating_sub(1));
        let gaps = days.iter().zip(days.iter().skip(1)).take(most);
        let widest = gaps.map(|(a, b)| (a.days_until(*b).abs(), *b)).max_by_key(|(gap, _)| *gap);
        widest.filter(|(gap, _)| *gap > total / 4).map(|(_, day)| day)
    };
    let (from, until) = (cut(&starts).unwrap_or(first), cut(&ends).unwrap_or(last));
    Some(if from <= until { (from, until) } else { (first, last) })
}

impl<'b> Lane<'b> {
    fn new(entries: &[Entry<'b>], frame: Frame, (first, last): (Day, Day), links: &Links<'_>) -> Option<Self> {
        let start = entries.partition_point(|entry| first_day(entry.date).is_some_and(|day| day < first));
        let end = entries.partition_point(|entry| first_day(entry.date).is_some_and(|day| day <= last));
        let (inside, outside) = (entries.get(start..end)?, |entries: &[Entry<'_>]| {
            let index = entries.first()?.index;
            let href = if entries.len() == 1 { (links.one)(index) } else { (links.many)(index) };
            Some(Beyond { count: entries.len(), href })
        });
        Some(Self {
            kind: LaneKind::of(entries.first()?.kind),
            count: entries.iter().filter(|entry| entry.kind != EntryKind::Due).count(),
            shown: Shown::new(inside, frame, &axis((first, last), frame), links),
            before: entries.get(..start).and_then(outside),
            after: entries.get(end..).and_then(outside),
        })
    }

    fn counted(&self) -> String {
        counted(&format!("{}_counted", self.kind.word()), self.count)
    }

    fn height(&self) -> Px {
        match &self.shown {
            Shown::Marks { rows, .. } => ROW * Px::try_from((*rows).max(1)).unwrap_or(1) + px(8),
            Shown::Columns { .. } => COLUMN + px(8),
        }
    }
}

impl LaneKind {
    fn of(kind: EntryKind) -> Self {
        match kind {
            EntryKind::Claim => Self::Claims,
            EntryKind::Event => Self::Events,
            EntryKind::Made | EntryKind::Due => Self::Forecasts,
            EntryKind::Analysis => Self::Analyses,
        }
    }

    /// The class of the lane, and its name in small letters.
    fn word(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::Events => "events",
            Self::Forecasts => "forecasts",
            Self::Analyses => "analyses",
        }
    }

    /// Counts entries of the lane, where a forecast may have two.
    fn entries(self, count: usize) -> String {
        match self {
            Self::Forecasts => counted("forecasts_made_or_due_counted", count),
            other => counted(&format!("{}_counted", other.word()), count),
        }
    }

    fn title(self) -> String {
        say(self.word(), &[])
    }
}

impl<'b> Shown<'b> {
    /// Shows each entry where there is room, and else the shortest times for which there is.
    fn new(entries: &[Entry<'b>], frame: Frame, time: &TimeScale, links: &Links<'_>) -> Self {
        if let Some((rows, height)) = stack(entries, frame, time) {
            let mark = |(entry, row): (&Entry<'b>, usize)| Mark {
                kind: entry.kind,
                date: entry.date,
                text: entry.text,
                state: entry.state,
                href: (links.one)(entry.index),
                row,
            };
            return Self::Marks { marks: entries.iter().zip(rows).map(mark).collect(), rows: height };
        }
        let fits = |grain: &i32| time.months_wide(*grain) >= NARROWEST && columns::count(entries, *grain) <= MOST;
        let coarsest = GRAINS[GRAINS.len() - 1];
        let grain = GRAINS.into_iter().find(fits).unwrap_or(coarsest);
        Self::Columns { columns: columns::gather(entries, grain, links), grain }
    }
}

/// Puts each entry in the first row that is free where it begins, and counts the rows; nothing where they do not do.
fn stack(entries: &[Entry<'_>], frame: Frame, time: &TimeScale) -> Option<(Vec<usize>, usize)> {
    if entries.len() > MOST {
        return None;
    }
    let mut ends: Vec<Px> = Vec::with_capacity(ROWS);
    let mut rows = Vec::with_capacity(entries.len());
    for entry in entries {
        let at = Extent::of(entry.date, time, (frame.left, frame.right));
        let row = ends.iter().position(|end| *end <= at.from).unwrap_or(ends.len());
        match ends.get_mut(row) {
            Some(end) => *end = at.until + px(1),
            None if row < ROWS => ends.push(at.until + px(1)),
            None => return None,
        }
        rows.push(row);
    }
    Some((rows, ends.len()))
}

impl Draw for Lanes<'_> {
    fn draw(&self) -> String {
        Frame::BOTH.into_iter().zip(&self.lanes).map(|(frame, lanes)| self.drawn(frame, lanes)).collect()
    }
}

impl Lanes<'_> {
    fn drawn(&self, frame: Frame, lanes: &[Lane<'_>]) -> String {
        let bottom = TOP + lanes.iter().map(Lane::height).sum::<Px>();
        let title = say("timeline_of", &[("company", &self.name)]);
        let class = ["chart lanes ", frame.class].concat();
        let mut svg = Svg::new(&class, frame.width, bottom + FOOT, &title, &self.summary());
        let time = axis((self.first, self.last), frame);
        time.draw(&mut svg, TOP, bottom);
        let mut top = TOP;
        for lane in lanes {
            lane.draw(&mut svg, frame, &time, top);
            top += lane.height();
        }
        svg.finish()
    }
}

impl Lane<'_> {
    fn draw(&self, svg: &mut Svg, frame: Frame, time: &TimeScale, top: Px) {
        let group = svg.tag("g").word("class", self.kind.word());
        group.word("role", "graphics-object group").word("aria-label", &self.counted()).open();
        svg.line("edge", (0, top), (frame.width, top));
        svg.words("", (0, top + px(15)), &self.kind.title());
        match &self.shown {
            Shown::Marks { marks, .. } => marks.iter().for_each(|mark| mark.draw(svg, frame, time, top)),
            Shown::Columns { columns, grain } => self.draw_columns(svg, time, top + self.height(), columns, *grain),
        }
        let y = top + self.height() / 2;
        self.draw_beyond(svg, self.before.as_ref(), "chart_earlier", (frame.left - px(12), y), px(6));
        self.draw_beyond(svg, self.after.as_ref(), "chart_later", (frame.right + px(12), y), -px(6));
        svg.close("g");
    }

    fn draw_columns(&self, svg: &mut Svg, time: &TimeScale, bottom: Px, columns: &[Column<'_>], grain: i32) {
        let tallest = columns.iter().map(|column| column.count).max().unwrap_or(1);
        for column in columns {
            match column.only {
                Some((date, text)) => svg.link("", &column.href, &[&date.said(), ": ", text]),
                None => {
                    let entries = self.kind.entries(column.count);
                    let disputed = match column.disputed {
                        0 => String::new(),
                        some => [", ", &counted("disputed_counted", some)].concat(),
                    };
                    let when = columns::label(column.first, grain);
                    let title = say("entries_in", &[("entries", &entries), ("date", &when)]);
                    svg.link("", &column.href, &[&title, &disputed]);
                }
            }
            let (first, last) = columns::days(column.first, grain);
            let (from, until) = time.span(first, last);
            let until = (until - px(1)).max(from + px(2));
            let top = bottom - share(COLUMN, column.count, tallest);
            svg.rect("column", (from, top), (until, bottom));
            if column.disputed > 0 {
                svg.rect("dispute", (from, top), (until, top + share(bottom - top, column.disputed, column.count)));
            }
            svg.close("a");
        }
    }

    fn draw_beyond(&self, svg: &mut Svg, beyond: Option<&Beyond>, key: &str, (x, y): (Px, Px), tip: Px) {
        let Some(beyond) = beyond else { return };
        let entries = self.kind.entries(beyond.count);
        svg.link("beyond", &beyond.href, &[&say(key, &[("entries", &entries)])]);
        svg.polygon("", &[(x - tip, y), (x, y - px(6)), (x, y + px(6))]);
        svg.close("a");
    }
}

/// Returns the part of a length that a count is of the largest, and enough of it to be seen.
fn share(length: Px, count: usize, most: usize) -> Px {
    let [length, count, most] =
        [i64::from(length), i64::try_from(count).unwrap_or(0), i64::try_from(most).unwrap_or(1)];
    Px::try_from((length * count / most.max(1)).max(i64::from(px(3))).min(length)).unwrap_or_default()
}

impl Mark<'_> {
    fn draw(&self, svg: &mut Svg, frame: Frame, time: &TimeScale, top: Px) {
        let at = Extent::of(self.date, time, (frame.left, frame.right));
        let y = top + px(4) + ROW / 2 + ROW * Px::try_from(self.row).unwrap_or_default();
        let text = match self.kind {
            EntryKind::Made => say("forecast_made_of", &[("text", &self.text)]),
            EntryKind::Due => say("forecast_due_of", &[("text", &self.text)]),
            EntryKind::Claim | EntryKind::Event | EntryKind::Analysis => self.text.to_owned(),
        };
        svg.link(self.state.class(), &self.href, &[&self.date.said(), ": ", &text, &self.state.words()]);
        mark::draw(svg, self.date, &at, y, self.kind == EntryKind::Due, self.state);
        svg.close("a");
    }
}
