//! How a company's timeline is cut into pages, so that no page grows with the record.

use crate::ids::CompanyId;
use crate::link::Briefing;

/// The pages of one company's timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimelinePages {
    /// All of it stands on the company's own page.
    One,
    /// A page a year, each in parts where it is long; the company's own page shows the newest rows.
    Years {
        /// The years from the newest, each with its number of parts.
        years: Vec<(i32, usize)>,
        /// How many parts the undated entries take.
        undated: usize,
    },
}

/// Tells how a company's timeline is cut.
pub fn timeline_pages(briefing: &Briefing, id: CompanyId) -> TimelinePages {
    let timeline = &briefing.timelines[id.index()];
    let rows = briefing.config.timeline_rows;
    if timeline.entries.len() + timeline.undated.len() <= rows {
        return TimelinePages::One;
    }
    let parts = |entries: usize| entries.div_ceil(rows);
    let years = timeline.years.iter().rev().map(|year| (year.year, parts(year.entries.len()))).collect();
    TimelinePages::Years { years, undated: parts(timeline.undated.len()) }
}
