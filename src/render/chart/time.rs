//! The axis of time: days to places, and the ticks between them.

use super::svg::{Px, Svg, px};
use crate::speech::spoken;
use crate::value::{Day, year_label};

/// The shortest time that an axis shows, in days: a single day has a month before it and one behind.
const SHORTEST: i32 = 60;

/// How wide the words of a tick and the room after them are.
const TICK: Px = px(75);

/// How many months lie between two ticks, the closest first; the last has few in all of the calendar.
const STEPS: [i32; 15] =
    [1, 2, 3, 6, 12, 2 * 12, 5 * 12, 10 * 12, 20 * 12, 50 * 12, 100 * 12, 200 * 12, 500 * 12, 1_000 * 12, 5_000 * 12];

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How days lie along a chart.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeScale {
    first: Day,
    last: Day,
    start: i64,
    days: i64,
    left: Px,
    right: Px,
}

impl TimeScale {
    /// Lays the days from the first to the last between two places.
    pub(super) fn new(first: Day, last: Day, left: Px, right: Px) -> Self {
        let missing = (SHORTEST - first.days_until(last)).max(0);
        let (first, last) = (first.plus_days(-missing / 2), last.plus_days(missing / 2));
        let (start, end) = (i64::from(first.number()), i64::from(last.number()) + 1);
        Self { first, last, start, days: (end - start).max(1), left, right }
    }

    /// Places the beginning of a day; one that the axis does not reach is placed at its end.
    pub(super) fn x(&self, day: Day) -> Px {
        self.at(i64::from(day.number()) - self.start)
    }

    /// Places a span of days, from the beginning of the first to the end of the last.
    pub(super) fn span(&self, first: Day, last: Day) -> (Px, Px) {
        (self.x(first), self.at(i64::from(last.number()) + 1 - self.start))
    }

    fn at(&self, days: i64) -> Px {
        let width = i64::from(self.right - self.left);
        let along = (days.clamp(0, self.days) * width + self.days / 2) / self.days;
        self.left + Px::try_from(along).unwrap_or_default()
    }

    /// Tells how wide that many months are.
    pub(super) fn months_wide(&self, months: i32) -> Px {
        Px::try_from(i64::from(months) * 30 * i64::from(self.right - self.left) / self.days).unwrap_or(Px::MAX)
    }

    /// Places ticks at whole months or years, with their words.
    pub(super) fn ticks(&self) -> Vec<(Px, String)> {
        let most = i64::from((self.right - self.left) / TICK);
        let few = |step: &&i32| self.days / (i64::from(**step) * 30) < most;
        let step = STEPS.iter().find(few).or(STEPS.last()).copied().unwrap_or(12);
        let start = month_number(self.first).div_euclid(step);
        let end = month_number(self.last).div_euclid(step);
        let day = |tick: i32| first_of(tick * step).filter(|day| (self.first..=self.last).contains(day));
        let label = |day: Day| if step < 12 { month_label(day) } else { year_label(day.year()) };
        (start..=end).filter_map(day).map(|day| (self.x(day), label(day))).collect()
    }

    /// Draws the first and the last day in words below a height, where there is no room for ticks.
    pub(super) fn draw_ends(&self, svg: &mut Svg, bottom: Px) {
        svg.tag("g").class("axis").open();
        svg.words("", (self.left - px(12), bottom + px(17)), &self.first.said());
        svg.words("end", (self.right + px(12), bottom + px(17)), &self.last.said());
        svg.close("g");
    }

    /// Draws the ticks as lines from one height to another, with their words below.
    pub(super) fn draw(&self, svg: &mut Svg, top: Px, bottom: Px) {
        svg.tag("g").class("axis").open();
        for (x, label) in self.ticks() {
            svg.line("", (x, top), (x, bottom));
            svg.words("middle", (x, bottom + px(15)), &label);
        }
        svg.close("g");
    }
}

/// Numbers months from January of the year 0.
pub(super) fn month_number(day: Day) -> i32 {
    day.year() * 12 + i32::from(day.month()) - 1
}

/// Returns the first day of a month by its number, or nothing outside of the calendar.
pub(super) fn first_of(month: i32) -> Option<Day> {
    Day::new(month.div_euclid(12), u8::try_from(month.rem_euclid(12) + 1).ok()?, 1)
}

/// Writes the month of a day, such as `May 2026`.
pub(super) fn month_label(day: Day) -> String {
    let year = year_label(day.year());
    let said = spoken(|speech| speech?.short_month_of_year(&year, day.month()));
    said.unwrap_or_else(|| format!("{} {year}", month_name(day)))
}

/// Writes the first and the last month of a time, such as `Apr–Jun 2026`.
pub(super) fn months_label(first: Day, last: Day) -> String {
    let from = spoken(|speech| speech.map(|_| month_label(first)));
    format!("{}–{}", from.as_deref().unwrap_or(month_name(first)), month_label(last))
}

/// Names the month of a day in short, in English.
fn month_name(day: Day) -> &'static str {
    MONTHS.get(usize::from(day.month()).saturating_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(first: &str, last: &str) -> TimeScale {
        TimeScale::new(first.parse().expect(first), last.parse().expect(last), px(0), px(1000))
    }

    fn labels(first: &str, last: &str) -> Vec<String> {
        scale(first, last).ticks().into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_stand_at_round_times() {
        assert_eq!(labels("2026-04-20", "2026-07-15"), ["May 2026", "Jun 2026", "Jul 2026"]);
        assert_eq!(
            labels("2025-03-01", "2026-05-31"),
            ["Mar 2025", "May 2025", "Jul 2025", "Sep 2025", "Nov 2025"]
                .into_iter()
                .chain(["Jan 2026", "Mar 2026", "May 2026"])
                .collect::<Vec<_>>()
        );
        assert_eq!(
            labels("2019-02-01", "2027-01-01"),
            ["2020", "2021", "2022", "2023", "2024", "2025", "2026", "2027"]
        );
        assert_eq!(
            labels("1990-01-01", "2026-01-01"),
            ["1990", "1995", "2000", "2005", "2010", "2015", "2020", "2025"]
        );
    }

    #[test]
    fn one_day_has_time_around_it() {
        let scale = scale("9999-12-31", "9999-12-31");
        let (from, until) = scale.span("9999-12-31".parse().expect("a day"), "9999-12-31".parse().expect("a day"));
        assert!(px(900) < from && from < until && until == px(1000), "{from} {until}");
        assert_eq!(labels("2026-05-18", "2026-05-18"), ["May 2026", "Jun 2026"]);
    }

    #[test]
    fn all_of_the_calendar_has_few_ticks() {
        let first = Day::default().plus_days(i32::MIN);
        let scale = TimeScale::new(first, Day::default().plus_days(i32::MAX), px(0), px(1000));
        let labels: Vec<String> = scale.ticks().into_iter().map(|(_, label)| label).collect();
        assert_eq!(labels, ["5001 BC", "1 BC", "5000"]);
    }
}
