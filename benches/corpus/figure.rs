//! Figures: a metric and an amount, and the ways in which writers put them.

use super::random::Random;

/// What is measured, and the amounts that are believable for it.
struct Metric {
    id: &'static str,
    /// What an amount of 1 stands for: so many units, or a tenth of a billion dollars.
    step: Step,
    /// The largest amount, in steps.
    most: usize,
}

enum Step {
    Units(usize, &'static str),
    TenthOfBillion,
}

const METRICS: [Metric; 8] = [
    Metric { id: "headcount-reduction", step: Step::Units(100, "roles"), most: 140 },
    Metric { id: "capex", step: Step::TenthOfBillion, most: 720 },
    Metric { id: "revenue", step: Step::TenthOfBillion, most: 950 },
    Metric { id: "headcount", step: Step::Units(500, "employees"), most: 300 },
    Metric { id: "funding", step: Step::TenthOfBillion, most: 90 },
    Metric { id: "users", step: Step::Units(10_000, "users"), most: 900 },
    Metric { id: "severance", step: Step::Units(1, "weeks"), most: 40 },
    Metric { id: "data-centers", step: Step::Units(1, "sites"), most: 120 },
];

/// An amount of a metric.
#[derive(Clone, Copy)]
pub(crate) struct Figure {
    metric: &'static Metric,
    amount: usize,
}

impl Figure {
    pub(crate) fn new(random: &mut Random) -> Self {
        let metric = random.pick(&METRICS);
        Self { metric, amount: random.within(2..=metric.most) }
    }

    /// Returns the id of the metric.
    pub(crate) fn metric(&self) -> &'static str {
        self.metric.id
    }

    /// Tells whether companies give guidance on it, as they do on money.
    pub(crate) fn is_money(&self) -> bool {
        matches!(self.metric.step, Step::TenthOfBillion)
    }

    /// Returns the figure of a part: the same metric, at most half the amount.
    pub(crate) fn part(&self, random: &mut Random) -> Self {
        Self { amount: random.within(1..=self.amount / 2), ..*self }
    }

    /// Returns the figure in one of its wordings, all of them true: bare mostly, or hedged, bounded or a range.
    pub(crate) fn worded(&self, random: &mut Random) -> String {
        let [less, number, more] = [self.amount - 1, self.amount, self.amount + 1].map(|amount| self.number(amount));
        let number = match random.below(8) {
            0 => format!("about {}{number}", self.sign()),
            1 => format!("nearly {}{number}", self.sign()),
            2 => format!("more than {}{less}", self.sign()),
            3 => format!("{}{number}–{more}", self.sign()),
            _ => format!("{}{number}", self.sign()),
        };
        format!("{number} {}", self.unit())
    }

    fn sign(&self) -> &'static str {
        if self.is_money() { "$" } else { "" }
    }

    fn unit(&self) -> &'static str {
        match self.metric.step {
            Step::Units(_, unit) => unit,
            Step::TenthOfBillion => "billion",
        }
    }

    fn number(&self, amount: usize) -> String {
        match self.metric.step {
            Step::Units(step, _) => thousands(amount * step),
            Step::TenthOfBillion => format!("{}.{}", amount / 10, amount % 10),
        }
    }
}

/// Returns a whole number with a comma before each group of three digits.
fn thousands(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", thousands(number / 1_000), number % 1_000),
    }
}
