//! The table that a benchmark prints, with each budget beside the number that it limits.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::measure::Samples;

/// What a build says of its own work, as `dateline build --format json` prints it.
#[derive(Serialize, Deserialize)]
pub(crate) struct Counts {
    pub(crate) pages: usize,
    pub(crate) written: usize,
    pub(crate) unchanged: usize,
}

/// The measured programs of one benchmark; those without runs are left out of the table.
#[derive(Default)]
pub(crate) struct Timings {
    pub(crate) floor: Samples,
    pub(crate) cold: Samples,
    pub(crate) unsearched: Samples,
    pub(crate) unchanged: Samples,
    pub(crate) edited: Samples,
    pub(crate) double_floor: Samples,
    pub(crate) double_cold: Samples,
    pub(crate) hugo: Samples,
}

/// A limit, and what was measured against it. Ratios are of medians.
struct Budget {
    unit: &'static str,
    measured: f64,
    limit: f64,
}

/// The heading of the columns that [`row`] writes.
const HEADING: &str =
    "                      median        min   × floor       peak     pages   written unchanged   budget";

impl fmt::Display for Timings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (floor, double_floor) = (self.floor.median(), self.double_floor.median());
        let cold = self.cold.median();
        let half_of_cold =
            |samples: &Samples| Budget { unit: "× cold", measured: samples.median() / cold, limit: 0.5 };
        writeln!(f, "{HEADING}")?;
        row(f, "floor", &self.floor, floor, &[])?;
        let over_floor = Budget { unit: "× floor", measured: cold / floor, limit: 5.0 };
        let memory = Budget { unit: "MB", measured: self.cold.peak(), limit: 400.0 };
        row(f, "build, cold", &self.cold, floor, &[over_floor, memory])?;
        let search =
            Budget { unit: "× floor for search", measured: (cold - self.unsearched.median()) / floor, limit: 0.5 };
        row(f, "  without search", &self.unsearched, floor, &[search])?;
        row(f, "  nothing changed", &self.unchanged, floor, &[half_of_cold(&self.unchanged)])?;
        row(f, "  one body edited", &self.edited, floor, &[half_of_cold(&self.edited)])?;
        row(f, "floor, 2N", &self.double_floor, double_floor, &[])?;
        let growth = Budget { unit: "× time(N)", measured: self.double_cold.median() / cold, limit: 2.3 };
        row(f, "build, 2N, cold", &self.double_cold, double_floor, &[growth])?;
        row(f, "hugo", &self.hugo, floor, &[])
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { unit, measured, limit } = self;
        let verdict = if measured < limit { "ok" } else { "OVER" };
        write!(f, "   {measured:.2} {unit} (< {limit}) {verdict}")
    }
}

fn row(f: &mut fmt::Formatter<'_>, name: &str, samples: &Samples, floor: f64, budgets: &[Budget]) -> fmt::Result {
    if samples.is_empty() {
        return Ok(());
    }
    let (median, min, peak) = (samples.median(), samples.min(), samples.peak());
    write!(f, "{name:<17} {median:>8.3} s {min:>8.3} s {:>9.2} {peak:>7.0} MB", median / floor)?;
    match serde_json::from_str::<Counts>(samples.stdout()) {
        Ok(Counts { pages, written, unchanged }) => write!(f, " {pages:>9} {written:>9} {unchanged:>9}")?,
        Err(_) => write!(f, "{:30}", "")?,
    }
    budgets.iter().try_for_each(|budget| write!(f, "{budget}"))?;
    writeln!(f)
}
