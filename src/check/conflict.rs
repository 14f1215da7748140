//! `conflict`: claims of two analyses that cannot both be right.

use super::disagreement::{is_in_one_analysis, is_open, report};
use crate::diagnostic::Diagnostics;
use crate::link::Briefing;

const HELP: &str = "say with `supersedes`, `corrects` or `disputes` how they stand to each other, or set a `status`";

/// Reports disagreements across the publication.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    report(
        briefing,
        ("conflict", HELP),
        |conflict| is_open(conflict) && !is_in_one_analysis(briefing, conflict),
        diagnostics,
    );
}
