//! How often what was given a probability came true.
//!
//! Each bin of forecasts is a point: the mean of their probabilities against the part that came true, with the
//! interval of Wilson (1927) about it. On the diagonal the two are the same.

use super::forecast::probabilities;
use super::svg::{Px, Svg, px};
use super::{Draw, counted};

/// Forecasts of about the same probability; all but `count` from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The mean of the probabilities.
    pub mean: f64,
    /// The part that came true.
    pub observed: f64,
    /// The low end of the Wilson interval.
    pub low: f64,
    /// The high end of the Wilson interval.
    pub high: f64,
    /// How many forecasts there are.
    pub count: usize,
}

/// A calibration curve.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// Whose forecasts they are, such as the name of the site.
    pub name: String,
    /// The bins, by their mean.
    pub bins: Vec<Bin>,
}

impl std::hash::Hash for Bin {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        ([self.mean, self.observed, self.low, self.high].map(f64::to_bits), self.count).hash(state);
    }
}

impl std::hash::Hash for Calibration {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.name, &self.bins).hash(state);
    }
}

const SIZE: Px = px(360);
const LEFT: Px = px(46);
const RIGHT: Px = px(346);
const TOP: Px = px(10);
const BOTTOM: Px = px(310);

/// Returns a part in thousandths; nothing where it is no number.
fn thousandths(part: f64) -> Option<i32> {
    part.is_finite().then(|| (part.clamp(0.0, 1.0) * 1000.0).round() as i32)
}

fn x(part: i32) -> Px {
    LEFT + part * (RIGHT - LEFT) / 1000
}

fn y(part: i32) -> Px {
    BOTTOM - part * (BOTTOM - TOP) / 1000
}

/// Writes thousandths in percent.
fn percent(part: i32) -> String {
    format!("{}%", (part + 5) / 10)
}

/// A bin in thousandths.
struct Placed {
    mean: i32,
    observed: i32,
    low: i32,
    high: i32,
    count: usize,
}

impl Bin {
    fn placed(&self) -> Option<Placed> {
        let [mean, observed] = [thousandths(self.mean)?, thousandths(self.observed)?];
        let [low, high] = [self.low, self.high].map(|end| thousandths(end).unwrap_or(observed));
        Some(Placed { mean, observed, low: low.min(observed), high: high.max(observed), count: self.count })
    }
}

impl Draw for Calibration {
    fn draw(&self) -> String {
        let bins: Vec<Placed> = self.bins.iter().filter_map(Bin::placed).collect();
        let count = bins.iter().map(|bin| bin.count).sum();
        let desc = format!(
            "{} in {}. A point on the diagonal came true as often as it was given.",
            counted(count, "forecast", "forecasts"),
            counted(bins.len(), "group", "groups"),
        );
        let title = ["Calibration of ", &self.name].concat();
        let mut svg = Svg::new("chart small calibration", SIZE, SIZE, &title, &desc);
        probabilities(&mut svg, LEFT, RIGHT, (TOP, BOTTOM));
        svg.tag("g").class("axis").open();
        for (part, label) in [(0, "0%"), (250, "25%"), (500, "50%"), (750, "75%"), (1000, "100%")] {
            svg.words("middle", (x(part).min(RIGHT - px(6)), BOTTOM + px(16)), label);
        }
        svg.words("middle", (LEFT.midpoint(RIGHT), BOTTOM + px(36)), "given, and how often it came true");
        svg.close("g");
        svg.line("diagonal", (LEFT, BOTTOM), (RIGHT, TOP));
        let line: Vec<(Px, Px)> = bins.iter().map(|bin| (x(bin.mean), y(bin.observed))).collect();
        if line.len() > 1 {
            svg.tag("path").class("step").path(&line, false).empty();
        }
        bins.iter().for_each(|bin| bin.draw(&mut svg));
        svg.finish()
    }
}

impl Placed {
    fn draw(&self, svg: &mut Svg) {
        let (x, y0, y1) = (x(self.mean), y(self.high), y(self.low));
        let given = [&*percent(self.mean), " given, ", &percent(self.observed), " came true, of "].concat();
        svg.tag("g").open();
        svg.tag("title").text(&[given, counted(self.count, "forecast", "forecasts")].concat());
        svg.line("error", (x, y0), (x, y1));
        svg.line("error", (x - px(3), y0), (x + px(3), y0));
        svg.line("error", (x - px(3), y1), (x + px(3), y1));
        svg.circle("", (x, y(self.observed)), px(4));
        svg.close("g");
    }
}
