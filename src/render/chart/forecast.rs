//! A forecast's probability from the day that it was made until it was settled.

use std::fmt::Display;

use super::Draw;
use super::svg::{Px, Svg, px};
use super::time::TimeScale;
use crate::speech::{counted, say, word};
use crate::value::{Day, Probability};

/// A forecast's probabilities in their order.
#[derive(Clone, Debug, Hash)]
pub struct Revisions<'b> {
    /// What will happen.
    pub text: &'b str,
    /// The day of each probability, the first the day that the forecast was made.
    pub steps: Vec<(Day, Probability)>,
    /// The last day on which it can come true.
    pub due: Option<Day>,
    /// How it was settled.
    pub settled: Option<Settled>,
}

/// How a forecast was settled.
#[derive(Clone, Copy, Debug, Hash)]
pub struct Settled {
    /// The day that it was known.
    pub day: Day,
    /// Whether it came true; nothing where the answer is neither yes nor no.
    pub came_true: Option<bool>,
    /// The word for it, such as `yes` or `annulled`.
    pub word: &'static str,
}

/// The most probabilities that are drawn; of more the newest.
const MOST: usize = 50;

const WIDTH: Px = px(360);
const HEIGHT: Px = px(150);
const LEFT: Px = px(40);
const RIGHT: Px = px(352);
const INSET: Px = px(20);
const TOP: Px = px(8);
const BOTTOM: Px = px(126);

impl Revisions<'_> {
    fn newest(&self) -> &[(Day, Probability)] {
        self.steps.get(self.steps.len().saturating_sub(MOST)..).unwrap_or_default()
    }

    fn summary(&self) -> String {
        let Some((first, last)) = self.steps.first().zip(self.steps.last()) else {
            return say("no_probability", &[]);
        };
        let mut text = say("given_on", &[("probability", &first.1), ("date", &first.0.said())]);
        if self.steps.len() > 1 {
            let revisions = counted("revisions_counted", self.steps.len() - 1);
            let parameters: [(&str, &dyn Display); 3] =
                [("probability", &last.1), ("date", &last.0.said()), ("revisions", &revisions)];
            text.extend([", ", &say("given_after", &parameters)]);
        }
        if let Some(due) = self.due {
            text.extend(["; ", &say("due_on", &[("date", &due.said())])]);
        }
        if let Some(settled) = self.settled {
            let outcome = word("status", settled.word);
            text.extend(["; ", &say("settled_on", &[("outcome", &outcome), ("date", &settled.day.said())])]);
        }
        text + "."
    }
}

/// Places a probability, from 0 to 1.
fn y(probability: Probability) -> Px {
    use rust_decimal::{Decimal, prelude::ToPrimitive};
    let up = probability.amount().checked_mul(Decimal::from(BOTTOM - TOP)).and_then(|up| up.round().to_i32());
    BOTTOM - up.unwrap_or_default()
}

/// Draws the axis of probabilities.
pub(super) fn probabilities(svg: &mut Svg, left: Px, right: Px, (top, bottom): (Px, Px)) {
    svg.tag("g").class("axis").open();
    for (quarter, label) in ["0%", "25%", "50%", "75%", "100%"].into_iter().enumerate() {
        let up = (bottom - top) / 4 * Px::try_from(quarter).unwrap_or_default();
        svg.line("", (left, bottom - up), (right, bottom - up));
        svg.words("end", (left - px(6), bottom - up + px(4)), label);
    }
    svg.close("g");
}

impl Draw for Revisions<'_> {
    fn draw(&self) -> String {
        let steps = self.newest();
        let days = || steps.iter().map(|(day, _)| *day).chain(self.due).chain(self.settled.map(|settled| settled.day));
        let (first, last) = (days().min().unwrap_or_default(), days().max().unwrap_or_default());
        let time = TimeScale::new(first, last, LEFT + INSET, RIGHT - INSET);
        let title = say("probability_over_time", &[("text", &self.text)]);
        let mut svg = Svg::new("chart small revisions", WIDTH, HEIGHT, &title, &self.summary());
        probabilities(&mut svg, LEFT, RIGHT, (TOP, BOTTOM));
        time.draw_ends(&mut svg, BOTTOM);
        if let Some(due) = self.due {
            svg.line("due", (time.x(due), TOP), (time.x(due), BOTTOM));
        }
        self.draw_steps(&mut svg, steps, &time);
        if let Some(settled) = self.settled {
            settled.draw(&mut svg, time.x(settled.day));
        }
        svg.finish()
    }
}

impl Revisions<'_> {
    /// Draws the line of steps, which goes on until the forecast is settled or due.
    fn draw_steps(&self, svg: &mut Svg, steps: &[(Day, Probability)], time: &TimeScale) {
        let mut line: Vec<(Px, Px)> = Vec::with_capacity(2 * steps.len() + 1);
        for (day, probability) in steps {
            line.extend(line.last().map(|(_, before)| (time.x(*day), *before)));
            line.push((time.x(*day), y(*probability)));
        }
        let until = self.settled.map(|settled| settled.day).or(self.due).map(|day| time.x(day));
        line.extend(line.last().zip(until).filter(|((x, _), until)| until > x).map(|((_, y), until)| (until, *y)));
        if line.len() > 1 {
            svg.tag("path").class("step").path(&line, false).empty();
        }
        for (day, probability) in steps {
            svg.tag("g").open();
            svg.tag("title").text(&[&day.said(), ": ", &probability.to_string()].concat());
            svg.circle("", (time.x(*day), y(*probability)), px(4));
            svg.close("g");
        }
    }
}

impl Settled {
    /// Draws the outcome at the top where it was yes, at the bottom where it was no, and else in the middle.
    fn draw(self, svg: &mut Svg, x: Px) {
        let y = match self.came_true {
            Some(true) => TOP,
            Some(false) => BOTTOM,
            None => TOP.midpoint(BOTTOM),
        };
        svg.tag("g").class("outcome").open();
        let outcome = word("status", self.word);
        svg.tag("title").text(&say("settled_on", &[("outcome", &outcome), ("date", &self.day.said())]));
        svg.rect("", (x - px(5), y - px(5)), (x + px(5), y + px(5)));
        svg.close("g");
    }
}
