//! Threads: the lines of stories, each a lane of time with a point for every analysis.

use std::borrow::Cow;
use std::fmt::Display;

use super::Draw;
use super::svg::{Px, Svg, px};
use super::time::{TimeScale, month_label};
use crate::speech::{counted, say};
use crate::value::Day;

/// Some threads, the first at the top.
#[derive(Clone, Debug, Hash)]
pub struct Threads<'b> {
    /// What the map is called.
    pub title: &'b str,
    /// The name of each thread, and its analyses from the oldest.
    pub lanes: Vec<(Cow<'b, str>, Vec<Dot<'b>>)>,
}

/// An analysis on the map.
#[derive(Clone, Debug, Hash)]
pub struct Dot<'b> {
    /// Its day.
    pub day: Day,
    /// Its headline.
    pub title: &'b str,
    /// Where it is.
    pub href: String,
}

const WIDTH: Px = px(720);
const LEFT: Px = px(10);
const RIGHT: Px = px(710);
/// How far one lane is from the next: a line of words, and the points below it.
const LANE: Px = px(38);
const BELOW: Px = px(24);

impl Draw for Threads<'_> {
    fn draw(&self) -> String {
        let days = || self.lanes.iter().flat_map(|(_, dots)| dots).map(|dot| dot.day);
        let (first, last) = (days().min().unwrap_or_default(), days().max().unwrap_or_default());
        let parameters: [(&str, &dyn Display); 4] = [
            ("threads", &counted("threads_counted", self.lanes.len())),
            ("analyses", &counted("analyses_counted", days().count())),
            ("from", &month_label(first)),
            ("until", &month_label(last)),
        ];
        let desc = say("threads_say", &parameters);
        let height = LANE * Px::try_from(self.lanes.len()).unwrap_or_default() + BELOW;
        let scale = TimeScale::new(first, last, LEFT, RIGHT);
        let mut svg = Svg::new("chart threads", WIDTH, height, self.title, &desc);
        for ((name, dots), top) in self.lanes.iter().zip((0..).map(|lane| lane * LANE)) {
            svg.words("", (LEFT, top + px(13)), &shortened(name));
            lane(&mut svg, dots, &scale, top + px(26));
        }
        svg.tag("g").class("axis").open();
        svg.words("", (LEFT, height - px(6)), &month_label(first));
        svg.words("end", (RIGHT, height - px(6)), &month_label(last));
        svg.close("g");
        svg.finish()
    }
}

/// The longest name that fits beside a lane, in characters.
const LONGEST: usize = 80;

/// Cuts a name that would leave the picture.
fn shortened(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()).into(),
        None => name.into(),
    }
}

/// Draws the points of a thread and the line that joins them.
fn lane(svg: &mut Svg, dots: &[Dot<'_>], scale: &TimeScale, y: Px) {
    let x = |dot: &Dot<'_>| scale.x(dot.day);
    if let (Some(first), Some(last)) = (dots.first(), dots.last()) {
        svg.line("thread", (x(first), y), (x(last), y));
    }
    for dot in dots {
        svg.link("", &dot.href, &[dot.title, ", ", &dot.day.to_string()]);
        svg.circle("", (x(dot), y), px(5));
        svg.close("a");
    }
}
