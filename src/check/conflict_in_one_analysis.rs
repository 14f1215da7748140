//! `conflict-in-one-analysis`: two claims of one analysis that cannot both be right.

use super::disagreement::{is_in_one_analysis, is_open, report};
use crate::diagnostic::Diagnostics;
use crate::link::Briefing;

const HELP: &str =
    "correct one of them, or say with `supersedes`, `corrects` or `disputes` how they stand to each other";

/// Reports disagreements of an analysis with itself.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    report(
        briefing,
        ("conflict-in-one-analysis", HELP),
        |conflict| is_open(conflict) && is_in_one_analysis(briefing, conflict),
        diagnostics,
    );
}
