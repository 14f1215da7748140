//! How often what was given a probability came true.
//!
//! Each bin of forecasts is a point: the mean of their probabilities against the part that came true, with the
//! interval of Wilson (1927) about it. On the diagonal the two are the same.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Draw;
use super::forecast::probabilities;
use super::svg::{Px, Svg, px};
use crate::link::Bin;
use crate::speech::{counted, say};

/// A calibration curve.
#[derive(Clone, Debug, Hash)]
pub struct Calibration<'b> {
    /// Whose forecasts they are, such as the name of the site.
    pub name: &'b str,
    /// The bins, by their mean.
    pub bins: &'b [Bin],
}

const SIZE: Px = px(360);
const LEFT: Px = px(46);
const RIGHT: Px = px(346);
const TOP: Px = px(10);
const BOTTOM: Px = px(310);

/// Returns a share in thousandths.
fn thousandths(share: Decimal) -> i32 {
    let share = share.clamp(Decimal::ZERO, Decimal::ONE);
    share.saturating_mul(Decimal::ONE_THOUSAND).round().to_i32().unwrap_or_default()
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

impl Draw for Calibration<'_> {
    fn draw(&self) -> String {
        let count = self.bins.iter().map(|bin| bin.count).sum();
        let (forecasts, groups) = (counted("forecasts_counted", count), counted("groups_counted", self.bins.len()));
        let desc = say("calibration_says", &[("forecasts", &forecasts), ("groups", &groups)]);
        let title = say("calibration_of", &[("name", &self.name)]);
        let mut svg = Svg::new("chart small calibration", SIZE, SIZE, &title, &desc);
        probabilities(&mut svg, LEFT, RIGHT, (TOP, BOTTOM));
        svg.tag("g").class("axis").open();
        for (part, label) in [(0, "0%"), (250, "25%"), (500, "50%"), (750, "75%"), (1000, "100%")] {
            svg.words("middle", (x(part).min(RIGHT - px(6)), BOTTOM + px(16)), label);
        }
        svg.words("middle", (LEFT.midpoint(RIGHT), BOTTOM + px(36)), &say("calibration_axes", &[]));
        svg.close("g");
        svg.line("diagonal", (LEFT, BOTTOM), (RIGHT, TOP));
        let line: Vec<(Px, Px)> = self.bins.iter().map(place).collect();
        if line.len() > 1 {
            svg.tag("path").class("step").path(&line, false).empty();
        }
        self.bins.iter().for_each(|bin| draw(&mut svg, bin));
        svg.finish()
    }
}

/// Places a bin: what was given, and what came true of it.
fn place(bin: &Bin) -> (Px, Px) {
    (x(thousandths(bin.mean)), y(thousandths(bin.observed)))
}

fn draw(svg: &mut Svg, bin: &Bin) {
    let (x, came) = place(bin);
    let (high, low) = (y(thousandths(bin.interval.1)).min(came), y(thousandths(bin.interval.0)).max(came));
    let [mean, observed] = [bin.mean, bin.observed].map(|share| percent(thousandths(share)));
    svg.tag("g").open();
    svg.tag("title").text(&say(
        "bin_says",
        &[("given", &mean), ("came", &observed), ("forecasts", &counted("forecasts_counted", bin.count))],
    ));
    svg.line("error", (x, high), (x, low));
    svg.line("error", (x - px(3), high), (x + px(3), high));
    svg.line("error", (x - px(3), low), (x + px(3), low));
    svg.circle("", (x, came), px(4));
    svg.close("g");
}
