//! `retracted-but-cited`: what leans on a claim that was taken back.

use super::citation::citations;
use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::link::Briefing;
use crate::model::Status;

/// Reports links and evidence that lead to a claim which was taken back: who cites it should say so, whenever that
/// was written.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    if briefing.claims_of(Status::Retracted).is_empty() {
        return;
    }
    for one in citations(briefing).filter(|one| briefing.claim(one.claim).status == Status::Retracted) {
        let message = format!("the claim `{}` was taken back", shown(&briefing.claim_path(one.claim)));
        let warning = Diagnostic::warning("retracted-but-cited", message).at(one.place);
        diagnostics.push(warning.help("say that it was taken back, or cite what holds now"));
    }
}
