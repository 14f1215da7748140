//! `scope-violation`: a part that is larger than its whole.

use super::disagreement::report;
use crate::diagnostic::Diagnostics;
use crate::link::{Briefing, Relation};

const HELP: &str = "a part is no larger than its whole: correct one of them";

/// Reports units and parts with more than what they are a part of.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    report(briefing, ("scope-violation", HELP), |conflict| conflict.relation == Relation::ScopeViolation, diagnostics);
}
