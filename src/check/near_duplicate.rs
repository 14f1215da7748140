//! `near-duplicate`: two analyses that say nearly the same in the same words.

use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::link::Briefing;

/// Reports the newer analysis of each such pair.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for pair in briefing.related().duplicates() {
        let (older, newer) = (briefing.analysis(pair.older), briefing.analysis(pair.newer));
        let message = format!("`{}` says nearly the same as `{}`", shown(&newer.slug.value), shown(&older.slug.value));
        let warning = Diagnostic::warning("near-duplicate", message).at(newer.origin.place(newer.slug.span));
        let warning = warning.label(older.origin.place(older.slug.span), "the other is here");
        diagnostics.push(warning.help("take one of them out, or let the newer say only what is new"));
    }
}
