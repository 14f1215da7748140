//! What holds of related analyses whatever they say.

use proptest::prelude::*;

use super::{Neighbour, Related};
use crate::ids::AnalysisId;
use crate::link::Briefing;
use crate::link::tests::briefing;

/// A piece in small numbers: its day, its company, its event, a tag, and words.
type Small = (u8, u8, u8, u8, Vec<u8>);

const WORDS: [&str; 12] = [
    "layoffs",
    "severance",
    "barley",
    "ferry",
    "reactor",
    "recruiters",
    "outage",
    "certificate",
    "strike",
    "cranes",
    "Meridian",
    "trial",
];

fn file(number: usize, (day, company, event, tag, words): &Small) -> (String, String) {
    let words: Vec<&str> = words.iter().map(|word| WORDS[usize::from(*word) % WORDS.len()]).collect();
    let body = words.join(" of the ");
    let text = format!(
        "+++\ntitle = \"Piece\"\ndate = 2026-01-{:02}\ntags = [\"t{tag}\"]\n[[claims]]\nid = \"c\"\ntext = \"It is so\"\n\
         company = \"co{company}\"\nevent = \"e{event}\"\nmetric = \"headcount\"\nvalue = \"{} jobs\"\n+++\n{body}\n",
        1 + day % 28,
        100 * (1 + u32::from(*event)),
    );
    (format!("analyses/p{number:02}.md"), text)
}

fn pieces() -> impl Strategy<Value = Vec<Small>> {
    prop::collection::vec((0_u8..28, 0_u8..4, 0_u8..6, 0_u8..3, prop::collection::vec(0_u8..12, 0..14)), 2..24)
}

fn linked(pieces: &[Small]) -> Briefing {
    briefing(pieces.iter().enumerate().map(|(number, piece)| file(number, piece)))
}

/// What is shown of a related analysis: its slug, its score and the reason.
type Entry<'b> = (&'b str, u32, String);

/// Lists by slug what is shown beside each analysis, in the order of the slugs.
fn shown(briefing: &Briefing) -> Vec<(&str, Vec<Entry<'_>>)> {
    let slug = |id: AnalysisId| briefing.analysis(id).slug.value.as_str();
    let ids = (0..briefing.analyses.len()).map(AnalysisId::at);
    let entry = |near: &Neighbour| (slug(near.id), near.score, near.reason(briefing).into_owned());
    let of = |id: AnalysisId| (slug(id), briefing.related().list(id).iter().map(entry).collect());
    let mut all: Vec<_> = ids.map(of).collect();
    all.sort();
    all
}

fn total(related: &Related, briefing: &Briefing, one: usize, other: usize) -> u64 {
    let weights = &briefing.config.related.weights;
    let shares = related.explain(weights, AnalysisId::at(one), AnalysisId::at(other));
    shares.iter().map(|share| share.part).sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_order_in_which_files_are_read_changes_nothing(pieces in pieces(), turn in 0_usize..24) {
        let mut files: Vec<_> = pieces.iter().enumerate().map(|(number, piece)| file(number, piece)).collect();
        let one = briefing(files.clone());
        files.rotate_left(turn % pieces.len());
        files.reverse();
        let other = briefing(files);
        prop_assert_eq!(shown(&one), shown(&other));
        prop_assert_eq!(one.related().threads(), other.related().threads());
    }

    #[test]
    fn two_are_as_near_from_either_side(pieces in pieces()) {
        let briefing = linked(&pieces);
        for one in 0..pieces.len() {
            for other in 0..one {
                let related = briefing.related();
                prop_assert_eq!(total(related, &briefing, one, other), total(related, &briefing, other, one));
            }
        }
    }

    #[test]
    fn a_list_is_short_and_has_each_once_and_never_itself(pieces in pieces()) {
        let briefing = linked(&pieces);
        for id in (0..pieces.len()).map(AnalysisId::at) {
            let list = briefing.related().list(id);
            prop_assert!(list.len() <= briefing.config.related.entries);
            prop_assert!(list.iter().all(|near| near.id != id && near.score > 0 && !near.why.is_empty()));
            prop_assert!(list.is_sorted_by(|a, b| a.score / 100 >= b.score / 100));
            let mut ids: Vec<_> = list.iter().map(|near| near.id).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), list.len());
        }
    }

    #[test]
    fn every_analysis_stands_once_in_the_order_of_threads(pieces in pieces()) {
        let briefing = linked(&pieces);
        let mut order = briefing.related().order().to_vec();
        order.sort_unstable();
        prop_assert_eq!(order, (0..pieces.len()).map(AnalysisId::at).collect::<Vec<_>>());
    }
}
