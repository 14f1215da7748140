//! `orphan-company`: a company with a file that nothing is said of.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ids::CompanyId;
use crate::link::{Briefing, DocId};
use crate::text::Place;

/// Reports companies without an analysis, a claim, a signal or a mention, whose units have none either.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    let mut spoken_of = vec![false; briefing.companies.len()];
    let signals = briefing.analysis_links.iter().flat_map(|links| &links.signals).filter_map(|signal| signal.company);
    for id in signals {
        briefing.lineage(id).for_each(|id| spoken_of[id.index()] = true);
    }
    for index in 0..briefing.companies.len() {
        let id = CompanyId::at(index);
        let links = &briefing.company_links[index];
        let named = !links.analyses.is_empty() || !links.claims.is_empty();
        if named || !briefing.backlinks_of(DocId::Company(id)).is_empty() {
            briefing.lineage(id).for_each(|id| spoken_of[id.index()] = true);
        }
    }
    for (company, spoken_of) in briefing.companies.iter().zip(spoken_of) {
        let Some(origin) = company.origin.as_ref().filter(|_| !spoken_of) else { continue };
        let message = format!("no analysis is about {}, and none names it", company.name.value);
        let warning = Diagnostic::warning("orphan-company", message).at(Place::file(&origin.file));
        diagnostics.push(warning.help("write about it, or take its file out"));
    }
}
