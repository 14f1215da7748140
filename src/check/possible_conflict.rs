//! `possible-conflict`: claims that disagree if they speak of one thing.

use super::disagreement::report;
use crate::diagnostic::Diagnostics;
use crate::link::{Briefing, Relation};

const HELP: &str = "give both an `event` or a `date`, so that it is plain whether they speak of one thing";

/// Reports disagreements that hang on what the claims do not say.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    report(
        briefing,
        ("possible-conflict", HELP),
        |conflict| conflict.relation == Relation::PossibleConflict,
        diagnostics,
    );
}
