//! Which claims of one metric, scenario and company may be about one thing.
//!
//! Claims of one event share a room, and so do claims of one period. A claim that names no event, or no time, also
//! asks in the rooms of those that may be the same for all that is known. What is found in a room is a guess; whether
//! two claims meet is always for [`verdict`](crate::link::compare::verdict) to say.

use super::item::{Item, by_measure};
use super::room::{MOST, Room};
use super::stab::Stab;
use crate::link::compare::{is_doubtful, is_long};
use crate::value::{Date, Day};

/// How many other periods that may be the same one are looked at, for each period.
const NEAR: usize = 8;

/// The rooms of a lane, and who asks where.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    pub(super) rooms: Vec<Room>,
    /// An item and a room, sorted.
    pub(super) asks: Vec<(u32, u32)>,
    pub(super) steps: u64,
}

/// The claims of one period, those without and those with an event.
struct PeriodGroup<'b> {
    date: &'b Date,
    without: Vec<u32>,
    with: Vec<u32>,
    /// The room of all of them, once somebody asks in it.
    all_in: Option<u32>,
    /// The room of those without an event.
    without_in: Option<u32>,
}

impl Rooms {
    /// Divides the items of a lane into rooms.
    pub(super) fn of(items: &[Item<'_>]) -> Self {
        let mut rooms = Self::default();
        for list in by_measure(items) {
            rooms.events(items, &list);
            rooms.times(items, &list);
        }
        rooms.asks.sort_unstable();
        rooms
    }

    /// Makes a room; nothing where nobody is in it.
    fn room(&mut self, items: &[Item<'_>], members: Vec<u32>) -> Option<u32> {
        let room = u32::try_from(self.rooms.len()).ok().filter(|_| !members.is_empty())?;
        self.rooms.push(Room::of(items, members));
        Some(room)
    }

    /// Lets items ask in a room.
    fn ask(&mut self, asking: &[u32], room: Option<u32>) {
        self.asks.extend(asking.iter().zip(room.into_iter().cycle()).map(|(item, room)| (*item, room)));
    }

    /// Lets items ask in a room that is made for them, if there are any and somebody else is in it.
    fn ask_among(&mut self, items: &[Item<'_>], asking: &[u32], members: &[u32]) {
        if !asking.is_empty() && (members.len() > 1 || asking != members) {
            let room = self.room(items, members.to_vec());
            self.ask(asking, room);
        }
    }

    /// Makes a room for each event.
    fn events(&mut self, items: &[Item<'_>], list: &[u32]) {
        let event = |at: &u32| items[*at as usize].event;
        let mut known: Vec<u32> = list.iter().copied().filter(|at| event(at).is_some()).collect();
        known.sort_by_key(event);
        for group in known.chunk_by(|a, b| event(a) == event(b)) {
            self.ask_among(items, group, group);
        }
    }

    /// Makes rooms for each period, and for what may be of any.
    fn times(&mut self, items: &[Item<'_>], list: &[u32]) {
        let is_dated = |at: &u32| items[*at as usize].date.is_some_and(|date| !date.is_undated());
        let has_event = |at: &u32| items[*at as usize].event.is_some();
        let (dated, undated): (Vec<u32>, Vec<u32>) = list.iter().copied().partition(is_dated);
        let (timeless_event, nothing): (Vec<u32>, Vec<u32>) = undated.into_iter().partition(has_event);
        let eventless: Vec<u32> = dated.iter().copied().filter(|at| !has_event(at)).collect();
        self.ask_among(items, &nothing, list);
        self.ask_among(items, &dated, &nothing);
        self.ask_among(items, &timeless_event, &[nothing, eventless.clone()].concat());
        self.ask_among(items, &eventless, &timeless_event);

        let mut groups = by_period(items, dated, has_event);
        for group in groups.iter_mut().filter(|group| group.with.len() + group.without.len() > 1) {
            let (with, without) = (group.with.clone(), group.without.clone());
            self.ask_in_period(items, &with, &without, group);
        }
        self.near(items, &mut groups);
    }

    /// Lets claims ask in other periods that may be theirs, such as a day in its month.
    fn near(&mut self, items: &[Item<'_>], groups: &mut [PeriodGroup<'_>]) {
        if !groups.iter().any(|group| is_long(group.date) || is_doubtful(group.date)) {
            return;
        }
        let index = Stab::of(groups.iter().map(|group| span(group.date)));
        for at in 0..groups.len() {
            let (date, mut met) = (groups[at].date, Vec::new());
            let (low, high) = span(date);
            index.meeting(low, high, 4 * NEAR, &mut met, &mut self.steps);
            met.retain(|other| *other != at && may_be_one(date, groups[*other].date));
            let (with, without) = (groups[at].with.clone(), groups[at].without.clone());
            for other in met.into_iter().take(NEAR) {
                self.ask_in_period(items, &with, &without, &mut groups[other]);
            }
        }
    }

    /// Lets claims ask in a period: those with an event among those without one, the others among all.
    fn ask_in_period(&mut self, items: &[Item<'_>], with: &[u32], without: &[u32], among: &mut PeriodGroup<'_>) {
        if !without.is_empty() {
            let all = || [&*among.without, &*among.with].concat();
            among.all_in = among.all_in.or_else(|| self.room(items, all()));
            self.ask(without, among.all_in);
        }
        if !with.is_empty() {
            among.without_in = among.without_in.or_else(|| self.room(items, among.without.clone()));
            self.ask(with, among.without_in);
        }
    }

    /// Lists the items that one is to be compared with, each once.
    pub(super) fn told(&mut self, items: &[Item<'_>], who: u32, asks: &[(u32, u32)], told: &mut Vec<u32>) {
        told.clear();
        for (_, room) in asks {
            self.rooms[*room as usize].tell(items, who, told, &mut self.steps);
        }
        let own = items[who as usize].analysis;
        let after = items.iter().zip(0_u32..).skip(who as usize + 1);
        told.extend(after.take_while(|(item, _)| item.analysis == own).map(|(_, at)| at).take(MOST));
        told.sort_unstable();
        told.dedup();
    }
}

/// Tells whether two different periods may be one: a doubtful one and another, or a day and a longer time.
fn may_be_one(one: &Date, other: &Date) -> bool {
    is_doubtful(one) || is_doubtful(other) || is_long(one) != is_long(other)
}

/// Divides dated items by period; the groups are in the order of their first days.
fn by_period<'b>(items: &[Item<'b>], mut dated: Vec<u32>, has_event: impl Fn(&u32) -> bool) -> Vec<PeriodGroup<'b>> {
    let key = |at: &u32| {
        items[*at as usize].date.map(|date| (span(date), if is_doubtful(date) { date.as_str() } else { "" }))
    };
    dated.sort_by_cached_key(key);
    let groups = dated.chunk_by(|a, b| key(a) == key(b)).filter_map(|group| {
        let date = items[*group.first()? as usize].date?;
        let (with, without) = group.iter().copied().partition(&has_event);
        Some(PeriodGroup { date, without, with, all_in: None, without_in: None })
    });
    groups.collect()
}

/// The days of a date as numbers in the order of the calendar.
fn span(date: &Date) -> (i32, i32) {
    let number = |day: Day| (day.year() * 16 + i32::from(day.month())) * 32 + i32::from(day.day());
    (date.earliest().map_or(i32::MIN, number), date.latest().map_or(i32::MAX, number))
}
