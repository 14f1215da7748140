//! `unused-source`: a source that nothing rests on.

use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::link::Briefing;
use crate::model::SOURCES_FILE;
use crate::text::Place;

/// Reports sources that no claim cites, no other source repeats and no forecast was settled by.
///
/// What an embargoed analysis cites will be used.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    let mut used = vec![false; briefing.sources.len()];
    let links = &briefing.source_links;
    let settled = briefing.prediction_links.iter().filter_map(|links| links.settled_by);
    for id in links.iter().filter_map(|links| links.via).chain(settled) {
        used[id.index()] = true;
    }
    let shared = std::sync::Arc::from(SOURCES_FILE);
    for ((source, links), used) in briefing.sources.iter().zip(links).zip(used) {
        let is_awaited = links.analysis.is_none() && briefing.awaited_sources.contains(&source.id.value);
        if used || is_awaited || !links.claims.is_empty() {
            continue;
        }
        let warning = Diagnostic::warning("unused-source", format!("nothing rests on `{}`", shown(&source.id.value)));
        let place = match links.analysis {
            Some(id) => briefing.analysis(id).origin.place(source.id.span),
            None => Place::new(&shared, source.id.span),
        };
        diagnostics.push(warning.at(place).help("let a claim cite it, or take it out"));
    }
}
