//! Root sources: how many independent works stand behind a claim.
//!
//! "Everybody quotes one source and calls it three": a source that repeats another counts as the other, an anonymous
//! one counts as none, and two copies of one work count once.

use super::Briefing;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ids::SourceId;
use crate::model::SourceKind;
use crate::text::Place;

/// Finds the root sources of every claim; a circle of `via` is an error at each of its sources.
pub(super) fn find(briefing: &mut Briefing, diagnostics: &mut Diagnostics) {
    let roots = roots(briefing);
    for (index, root) in roots.iter().enumerate() {
        if *root == Root::Circle {
            diagnostics.push(circle(briefing, index));
        }
    }
    for claim in &mut briefing.claim_links {
        claim.roots = claim.sources.iter().filter_map(|source| roots[source.index()].work()).collect();
        claim.roots.sort_unstable();
        claim.roots.dedup();
    }
}

/// What a chain of `via` ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Root {
    /// A work that repeats no other.
    Work(SourceId),
    /// Somebody without a name.
    Nobody,
    /// Itself.
    Circle,
}

impl Root {
    fn work(self) -> Option<SourceId> {
        match self {
            Self::Work(id) => Some(id),
            Self::Nobody | Self::Circle => None,
        }
    }
}

/// Follows every source to its root once: each walk stops at the first source whose root is known.
fn roots(briefing: &Briefing) -> Vec<Root> {
    let links = &briefing.source_links;
    let mut known: Vec<Option<Root>> = vec![None; links.len()];
    let mut walked_by = vec![usize::MAX; links.len()];
    for start in 0..links.len() {
        let mut path = Vec::new();
        let mut at = SourceId::at(start);
        let root = loop {
            if let Some(root) = known[at.index()] {
                break root;
            }
            if walked_by[at.index()] == start {
                break Root::Circle;
            }
            walked_by[at.index()] = start;
            path.push(at);
            match via(briefing, at) {
                Some(next) => at = next,
                None if briefing.source(at).kind == Some(SourceKind::Anonymous) => break Root::Nobody,
                None => break Root::Work(links[at.index()].work),
            }
        };
        for source in path {
            known[source.index()] = Some(root);
        }
    }
    known.into_iter().map(|root| root.unwrap_or(Root::Nobody)).collect()
}

/// What a source repeats, or what another copy of the same work is said to repeat.
fn via(briefing: &Briefing, id: SourceId) -> Option<SourceId> {
    let links = &briefing.source_links;
    let own = &links[id.index()];
    own.via.or_else(|| links[own.work.index()].via)
}

fn circle(briefing: &Briefing, index: usize) -> Diagnostic {
    let source = &briefing.sources[index];
    let span = source.via.as_ref().map_or(source.id.span, |via| via.span);
    let place = match briefing.source_links[index].analysis {
        Some(analysis) => briefing.analysis(analysis).origin.place(span),
        None => Place::new(&std::sync::Arc::from("content/sources.toml"), span),
    };
    Diagnostic::error("source-circle", format!("`{}` is said to repeat itself", source.id.value))
        .at(place)
        .help("follow `via` to the work that said it first, and leave `via` out there")
}
