//! Laws of plans, on generated sites.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::manifest::{File, Manifest};
use super::{Found, Guards, Plan, headers};
use crate::emit::ContentHash;

/// Lets everything through.
const OPEN: Guards = Guards {
    max_deletes: Some(crate::config::Limit::Count(1000)),
    force: true,
    adopt: true,
    grace_days: 7,
    keep: 3,
    rollback: false,
};

/// A site of a few paths with a few texts, some of whose names hold a hash.
fn site() -> impl Strategy<Value = Manifest> {
    let paths = prop::sample::select(vec!["a.html", "b.html", "c/d.html", "s.3f9a01bc.css", "s.4b0c12de.css", "x.png"]);
    let files = prop::collection::btree_map(paths, 0_u8..3, 0..6);
    (files, 0_i64..20).prop_map(|(mut files, days)| {
        files.insert("index.html", 0);
        let file = |(path, text): (&str, u8)| {
            let (kind, hash) = (headers::kind_of_asset(path), ContentHash::of(&[text]));
            (path.to_owned(), File { hash, size: 1, kind, headers: headers::of(path) })
        };
        let now = jiff::Timestamp::from_second(days * 86_400).unwrap();
        Manifest::new("https://a.org", now, files.into_iter().map(file).collect())
    })
}

/// What stands at a host, by path.
fn standing(manifest: &Manifest) -> BTreeMap<String, ContentHash> {
    let superseded = manifest.superseded.iter().map(|(path, old)| (path, old.file.hash));
    let files = manifest.files.iter().map(|(path, file)| (path, file.hash));
    superseded.chain(files).map(|(path, hash)| (path.clone(), hash)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_leads_from_each_site_to_the_next(sites in prop::collection::vec(site(), 1..6)) {
        let mut found = Found::default();
        let mut host = BTreeMap::new();
        for next in sites {
            let wanted = next.files.clone();
            let plan = Plan::new(&found, next, &OPEN).unwrap();
            let sent: BTreeSet<&String> = plan.sent().collect();
            prop_assert!(sent.iter().all(|path| !plan.deleted.contains(*path)));
            prop_assert_eq!(sent.len(), plan.waves().values().map(Vec::len).sum::<usize>());
            for path in sent {
                host.insert(path.clone(), plan.next.files[path].hash);
            }
            for path in &plan.deleted {
                prop_assert!(host.remove(path).is_some(), "only what stands there is deleted");
            }
            prop_assert_eq!(&plan.next.files, &wanted);
            prop_assert_eq!(&host, &standing(&plan.next));
            found = Found { manifest: Some(plan.next), ..Found::default() };
        }
    }

    #[test]
    fn a_plan_that_is_done_leaves_nothing_to_do(old in site(), next in site()) {
        let done = Plan::new(&Found { manifest: Some(old), ..Found::default() }, next.clone(), &OPEN).unwrap();
        let again = Plan::new(&Found { manifest: Some(done.next.clone()), ..Found::default() }, next, &OPEN).unwrap();
        prop_assert!(!again.changes_anything());
        prop_assert_eq!(again.next, done.next);
    }
}
