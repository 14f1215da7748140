//! Root sources: how many independent works stand behind a claim.
//!
//! "Everybody quotes one source and calls it three": a source that repeats another counts as the other, an anonymous
//! one counts as none, and two copies of one work count once.

use super::resolve::on_circles;
use super::{Briefing, Facts, Parted, SourceLinks};
use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::ids::{ClaimId, SourceId};
use crate::model::{SOURCES_FILE, Source, SourceKind};
use crate::speech::{counted, say};
use crate::text::Place;

/// How many stand behind some claims: "3 reports, 1 source".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Backing {
    /// Works that are cited, each once, however anonymous.
    pub reports: usize,
    /// Root sources behind them.
    pub roots: usize,
    /// Root sources that speak of themselves.
    pub interested: usize,
}

impl Briefing {
    /// Counts what stands behind claims, such as all those of one event.
    pub fn backing(&self, claims: &[ClaimId]) -> Backing {
        let links = || claims.iter().map(|claim| &self.claim_links[claim.index()]);
        let works = links().flat_map(|links| &links.sources).map(|id| self.source_links[id.index()].work);
        let roots = each_once(links().flat_map(|links| links.roots.iter().copied()));
        Backing::of(&self.sources, each_once(works).len(), &roots)
    }
}

impl Backing {
    /// Counts the roots of so many works.
    fn of(sources: &Parted<Source>, reports: usize, roots: &[SourceId]) -> Self {
        let interested = roots.iter().filter(|root| sources[root.index()].interested).count();
        Self { reports, roots: roots.len(), interested }
    }
}

impl std::fmt::Display for Backing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { reports, roots, interested } = *self;
        if reports == 0 {
            return f.write_str(&say("no_source", &[]));
        }
        write!(f, "{}, ", counted("reports_counted", reports))?;
        match roots {
            0 => return f.write_str(&say("no_independent_source", &[])),
            _ => f.write_str(&counted("sources_counted", roots))?,
        }
        match interested {
            0 => Ok(()),
            1 if roots == 1 => write!(f, ", {}", say("speaks_of_itself", &[])),
            _ if interested == roots => write!(f, ", {}", say("speak_of_themselves", &[])),
            _ => write!(f, ", {}", counted("some_speak_of_themselves", interested)),
        }
    }
}

/// Finds the root sources of every claim; a circle of `via` is an error at each of its works.
pub(super) fn find(briefing: &mut Briefing, diagnostics: &mut Diagnostics) {
    let mut works = Works::of(&briefing.sources, &briefing.source_links);
    for work in on_circles(&works.repeats) {
        if let Some(copy) = works.copies[work] {
            diagnostics.push(circle(briefing, copy));
        }
        works.cut(work);
    }
    let roots = works.roots();
    let Facts { sources, source_links: links, claim_links, .. } = briefing.facts_mut();
    for claim in claim_links {
        let works = each_once(claim.sources.iter().map(|source| links[source.index()].work));
        claim.roots = each_once(works.iter().filter_map(|work| roots[work.index()]).map(SourceId::at));
        claim.backing = Backing::of(sources, works.len(), &claim.roots);
    }
}

/// Sorts ids and drops those that stand there twice.
fn each_once(ids: impl Iterator<Item = SourceId>) -> Vec<SourceId> {
    let mut ids: Vec<SourceId> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// What is known of every work from all of its copies, under the index of the source that stands for it.
struct Works {
    /// The work that it repeats.
    repeats: Vec<Option<usize>>,
    /// The copy that says so.
    copies: Vec<Option<SourceId>>,
    /// Whether nobody vouches for it: a copy is said to be anonymous, or it is said to repeat itself.
    nameless: Vec<bool>,
}

impl Works {
    /// Gathers what copies say of their works; one that repeats another work is believed before one that says "itself".
    fn of(sources: &Parted<Source>, links: &[SourceLinks]) -> Self {
        let count = links.len();
        let mut works = Self { repeats: vec![None; count], copies: vec![None; count], nameless: vec![false; count] };
        for (index, (source, own)) in sources.iter().zip(links).enumerate() {
            let work = own.work.index();
            works.nameless[work] |= source.kind == Some(SourceKind::Anonymous);
            let Some(via) = own.via.map(|via| links[via.index()].work.index()) else { continue };
            if works.repeats[work].is_none_or(|known| known == work) {
                works.repeats[work] = Some(via);
                works.copies[work] = Some(SourceId::at(index));
            }
        }
        works
    }

    /// Takes a work out of a circle: nothing stands behind it.
    fn cut(&mut self, work: usize) {
        self.repeats[work] = None;
        self.nameless[work] = true;
    }

    /// Follows every work to its root, once circles are cut; each walk stops at the first one whose root is known.
    fn roots(&self) -> Vec<Option<usize>> {
        let mut roots: Vec<Option<usize>> = vec![None; self.repeats.len()];
        let mut known = vec![false; self.repeats.len()];
        let mut path = Vec::new();
        for start in 0..self.repeats.len() {
            let mut at = start;
            while let Some(next) = self.repeats[at].filter(|_| !known[at]) {
                path.push(at);
                at = next;
            }
            if !known[at] {
                roots[at] = (!self.nameless[at]).then_some(at);
                known[at] = true;
            }
            for work in path.drain(..) {
                roots[work] = roots[at];
                known[work] = true;
            }
        }
        roots
    }
}

fn circle(briefing: &Briefing, copy: SourceId) -> Diagnostic {
    let source = briefing.source(copy);
    let span = source.via.as_ref().map_or(source.id.span, |via| via.span);
    let place = match briefing.source_links[copy.index()].analysis {
        Some(analysis) => briefing.analysis(analysis).origin.place(span),
        None => Place::new(&std::sync::Arc::from(SOURCES_FILE), span),
    };
    Diagnostic::error("source-circle", format!("`{}` is said to repeat itself", shown(&source.id.value)))
        .at(place)
        .help("follow `via` to the work that said it first, and leave `via` out there")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn works(repeats: &[Option<usize>], nameless: &[usize]) -> Works {
        Works {
            repeats: repeats.to_vec(),
            copies: vec![None; repeats.len()],
            nameless: (0..repeats.len()).map(|work| nameless.contains(&work)).collect(),
        }
    }

    #[test]
    fn a_chain_counts_as_the_work_at_its_end() {
        let roots = works(&[Some(1), Some(2), None, Some(1), None], &[4]).roots();
        assert_eq!(roots, [Some(2), Some(2), Some(2), Some(2), None]);
    }

    #[test]
    fn backing_is_told_in_words() {
        let words = |reports, roots, interested| Backing { reports, roots, interested }.to_string();
        assert_eq!(words(3, 1, 0), "3 reports, 1 source");
        assert_eq!(words(1, 1, 1), "1 report, 1 source, speaking of itself");
        assert_eq!(words(3, 2, 1), "3 reports, 2 sources, one of them speaking of itself");
        assert_eq!(words(2, 0, 0), "2 reports, no independent source");
        assert_eq!(words(0, 0, 0), "no source");
    }

    #[test]
    fn nothing_stands_behind_a_circle_or_what_leads_into_one() {
        let mut works = works(&[Some(1), Some(2), Some(1), None], &[]);
        for work in on_circles(&works.repeats) {
            works.cut(work);
        }
        assert_eq!(works.roots(), [None, None, None, Some(3)]);
    }
}
