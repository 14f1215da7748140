//! A metric through time: facts as points on a line of steps, and what was said ahead as bars.
//!
//! A fact stands where it held, in the middle of its period; a guidance, plan, estimate or target stands where it was
//! said. The amounts that a wording leaves open are drawn, as error bars and as the bars themselves.

use rust_decimal::Decimal;

use super::Draw;
use super::amount::AmountScale;
use super::frame::Frame;
use super::mark::{State, diamond, first_day, last_day};
use super::svg::{Px, Svg, px};
use super::time::TimeScale;
use super::years;
use crate::model::Scenario;
use crate::speech::{counted, say, word};
use crate::value::{Date, Day, Interval, Quantity, Unit, Vocabulary, format_amount, year_label};

/// One value of a metric.
#[derive(Clone, Copy, Debug)]
pub struct Value<'b> {
    /// Where it stands on the axis: when it held, or when it was said.
    pub at: &'b Date,
    /// When it holds, where that is known and is not where it stands.
    pub of: Option<&'b Date>,
    /// How much.
    pub quantity: &'b Quantity,
    /// Whether it is a fact.
    pub scenario: Scenario,
    /// How it stands.
    pub state: State,
    /// What the caller knows it by; values that are alike are drawn in the order of it.
    pub index: usize,
}

/// The values of one metric in one unit.
#[derive(Clone, Debug, Hash)]
pub struct Steps<'b> {
    name: &'b str,
    metric: &'b str,
    unit: Unit,
    points: Vec<Point<'b>>,
    earlier: usize,
}

#[derive(Clone, Debug)]
struct Point<'b> {
    value: Value<'b>,
    href: String,
}

/// One wording has one interval.
impl std::hash::Hash for Point<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let value = &self.value;
        (value.at, value.of, value.quantity.wording(), value.scenario, value.state, &self.href).hash(state);
    }
}

/// The most values that a chart shows; of more it shows the newest.
pub(super) const MOST: usize = 24;

const INSET: Px = px(14);
const TOP: Px = px(12);
const BOTTOM: Px = px(196);
const HEIGHT: Px = px(220);

impl<'b> Steps<'b> {
    /// Places the newest of a metric's values, all of which are in one unit's base; nothing where none has a day.
    ///
    /// `href` gives the link to a value by its index. The outcome does not depend on the order of the values.
    pub fn new(
        name: &'b str,
        metric: &'b str,
        mut values: Vec<Value<'b>>,
        href: impl Fn(usize) -> String,
    ) -> Option<Self> {
        values.retain(|value| first_day(value.at).is_some());
        values.sort_by_key(|value| (first_day(value.at), last_day(value.at), value.quantity.low(), value.index));
        let earlier = values.len().saturating_sub(MOST);
        let points = values.split_off(earlier);
        let unit = points.last()?.quantity.unit().clone();
        let point = |value: Value<'b>| Point { href: href(value.index), value };
        Some(Self { name, metric, unit, points: points.into_iter().map(point).collect(), earlier })
    }

    /// Returns how many values there are that are older than all that are shown.
    pub fn earlier(&self) -> usize {
        self.earlier
    }

    /// Returns the indices of the values that are shown, in their order.
    pub fn shown(&self) -> impl Iterator<Item = usize> + '_ {
        self.points.iter().map(|point| point.value.index)
    }

    fn title(&self) -> String {
        let title = say("metric_of", &[("metric", &self.metric), ("company", &self.name)]);
        match &self.unit {
            Unit::Currency(currency) => say("in_currency", &[("title", &title), ("currency", &currency.code())]),
            _ => title,
        }
    }

    fn summary(&self, first: Day, last: Day) -> String {
        let facts = self.points.iter().filter(|point| point.is_fact()).count();
        let ahead = self.points.len() - facts;
        let disputed = self.points.iter().filter(|point| point.value.state == State::Disputed).count();
        let (from, until) = (year_label(first.year()), year_label(last.year()));
        let mut text = counted("values_counted", self.points.len());
        text.extend([" ", &years(&from, &until)]);
        if let Some((low, high)) = self.range() {
            let word = |amount: Decimal| format_amount(amount, &self.unit);
            let range = match low == high {
                true => word(low),
                false => say("amounts_from_to", &[("low", &word(low)), ("high", &word(high))]),
            };
            text.extend([", ", &range]);
        }
        let parts = [("ahead_counted", ahead), ("disputed_counted", disputed), ("earlier_not_shown", self.earlier)];
        for (key, count) in parts.into_iter().filter(|(_, count)| *count > 0) {
            text.extend(["; ", &counted(key, count)]);
        }
        text + "."
    }

    /// Returns the lowest and the highest amount stated, in the base of the unit.
    fn range(&self) -> Option<(Decimal, Decimal)> {
        let ends = self.points.iter().map(|point| point.stated());
        ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    }
}

impl Point<'_> {
    fn is_fact(&self) -> bool {
        self.value.scenario == Scenario::Actual
    }

    /// The amounts written, in the base of the unit.
    fn stated(&self) -> (Decimal, Decimal) {
        let quantity = self.value.quantity;
        let base = |amount: Decimal| amount.saturating_mul(quantity.unit().factor());
        (base(quantity.low()), base(quantity.high()))
    }

    /// Every amount that the point needs room for, in the base of the unit.
    fn amounts(&self) -> impl Iterator<Item = Decimal> {
        let (low, high) = self.stated();
        let interval = self.value.quantity.interval();
        [Some(low), Some(high), interval.low().amount(), interval.high().amount()].into_iter().flatten()
    }

    /// The length of its period, roughly: a line joins what is of one length, as years with years.
    fn length(&self) -> u8 {
        let days = first_day(self.value.at).zip(last_day(self.value.at)).map_or(0, |(a, b)| a.days_until(b));
        match days {
            ..=0 => 0,
            1..31 => 1,
            31..92 => 2,
            92..184 => 3,
            184..366 => 4,
            _ => 5,
        }
    }
}

/// Where values lie: both axes.
struct Plot {
    time: TimeScale,
    amount: AmountScale,
    /// How many of the unit's base one of the axis's units is.
    factor: Decimal,
}

impl Plot {
    fn y(&self, amount: Decimal) -> Px {
        self.amount.y(in_unit(amount, self.factor))
    }

    fn x(&self, point: &Point<'_>) -> Px {
        let (from, until) = self.span(point);
        from.midpoint(until)
    }

    fn span(&self, point: &Point<'_>) -> (Px, Px) {
        let at = point.value.at;
        let first = first_day(at).unwrap_or_default();
        self.time.span(first, last_day(at).unwrap_or(first))
    }

    /// The height of the amount itself, in the middle of a range.
    fn middle(&self, point: &Point<'_>) -> Px {
        let (low, high) = point.stated();
        self.y(low).midpoint(self.y(high))
    }

    /// The heights of what the wording leaves possible: none for an end that is not there.
    fn interval(&self, interval: &Interval) -> (Option<Px>, Option<Px>) {
        let y = |amount: Option<Decimal>| amount.map(|amount| self.y(amount));
        (y(interval.high().amount()), y(interval.low().amount()))
    }
}

fn in_unit(amount: Decimal, factor: Decimal) -> Decimal {
    if factor == Decimal::ONE { amount } else { amount.checked_div(factor).unwrap_or(amount) }
}

impl Draw for Steps<'_> {
    fn draw(&self) -> String {
        Frame::BOTH.into_iter().map(|frame| self.drawn(frame)).collect()
    }
}

impl Steps<'_> {
    fn drawn(&self, frame: Frame) -> String {
        let days = self.points.iter().filter_map(|point| first_day(point.value.at)).min();
        let last = self.points.iter().filter_map(|point| last_day(point.value.at)).max();
        let (first, last) = (days.unwrap_or_default(), last.unwrap_or_default());
        let factor = self.unit.factor();
        let amounts = self.points.iter().flat_map(Point::amounts).map(|amount| in_unit(amount, factor));
        let amount = AmountScale::new(amounts, TOP, BOTTOM);
        let labels = amount.labels(&self.unit);
        let left = AmountScale::room(&labels);
        let plot = Plot { time: TimeScale::new(first, last, left + INSET, frame.right - INSET), amount, factor };
        let class = ["chart steps ", frame.class].concat();
        let mut svg = Svg::new(&class, frame.width, HEIGHT, &self.title(), &self.summary(first, last));
        plot.time.draw(&mut svg, BOTTOM, BOTTOM + px(4));
        AmountScale::draw(&mut svg, &labels, left, frame.right);
        self.draw_lines(&mut svg, &plot);
        self.points.iter().for_each(|point| point.draw(&mut svg, &plot));
        svg.finish()
    }

    /// Draws the lines of steps: a value holds until the next one of its kind.
    fn draw_lines(&self, svg: &mut Svg, plot: &Plot) {
        for length in 0..=5 {
            let stands = |point: &&Point<'_>| {
                point.is_fact() && point.length() == length && !matches!(point.value.state, State::Past(_))
            };
            let mut line: Vec<(Px, Px)> = Vec::new();
            for point in self.points.iter().filter(stands) {
                let (x, y) = (plot.x(point), plot.middle(point));
                line.extend(line.last().map(|(_, before)| (x, *before)));
                line.push((x, y));
            }
            if line.len() > 1 {
                svg.tag("path").class("step").path(&line, false).empty();
            }
        }
    }
}

impl Point<'_> {
    fn draw(&self, svg: &mut Svg, plot: &Plot) {
        let value = &self.value;
        let state = value.state.words();
        let at = value.at.said();
        let wording = value.quantity.wording();
        let scenario = word("scenario", value.scenario.word());
        let ahead = match value.of.map(Date::said).filter(|of| !of.is_empty()) {
            _ if self.is_fact() => String::new(),
            Some(of) => [&say("scenario_for", &[("scenario", &scenario), ("date", &of)]), ", "].concat(),
            None => [&scenario, ", "].concat(),
        };
        svg.link(value.state.class(), &self.href, &[&at, ": ", &ahead, wording, &state]);
        if self.is_fact() {
            self.draw_fact(svg, plot)
        } else {
            self.draw_ahead(svg, plot)
        }
        if value.state == State::Disputed {
            diamond(svg, plot.x(self), plot.middle(self));
        }
        svg.close("a");
    }

    /// Draws a fact: its period as a faint bar, what its wording leaves possible as an error bar, and a dot.
    fn draw_fact(&self, svg: &mut Svg, plot: &Plot) {
        let (x, y) = (plot.x(self), plot.middle(self));
        let (from, until) = plot.span(self);
        if until - from > px(10) {
            svg.rect("soft", (from, y - px(2)), (until, y + px(2)));
        }
        let (high, low) = plot.interval(self.value.quantity.interval());
        let (top, bottom) = (high.unwrap_or(TOP), low.unwrap_or(BOTTOM));
        if bottom - top > px(2) {
            svg.line("error", (x, top), (x, bottom));
        }
        end(svg, x, high, TOP);
        end(svg, x, low, BOTTOM);
        if self.value.state != State::Disputed {
            svg.circle(if self.value.at.is_uncertain() { "uncertain" } else { "" }, (x, y), px(4));
        }
    }

    /// Draws what was said ahead: a bar from the lowest to the highest amount, with an arrow for an end that is open.
    fn draw_ahead(&self, svg: &mut Svg, plot: &Plot) {
        let x = plot.x(self);
        let (high, low) = plot.interval(self.value.quantity.interval());
        let (top, bottom) = (high.unwrap_or(TOP + px(6)), low.unwrap_or(BOTTOM - px(6)));
        let missing = (px(3) - (bottom - top)).max(0);
        svg.rect("ahead", (x - px(4), top - missing / 2), (x + px(4), bottom + missing / 2));
        if high.is_none() {
            arrow(svg, "ahead", x, TOP);
        }
        if low.is_none() {
            arrow(svg, "ahead", x, BOTTOM);
        }
    }
}

/// Draws the end of an error bar: a short line across where it ends, and an arrow where it does not.
fn end(svg: &mut Svg, x: Px, y: Option<Px>, edge: Px) {
    match y {
        Some(y) => svg.line("error", (x - px(3), y), (x + px(3), y)),
        None => arrow(svg, "", x, edge),
    }
}

/// Draws the tip of what goes on beyond an edge.
fn arrow(svg: &mut Svg, class: &str, x: Px, edge: Px) {
    let back = if edge == TOP { px(7) } else { -px(7) };
    svg.polygon(class, &[(x, edge), (x - px(5), edge + back), (x + px(5), edge + back)]);
}
