//! What a publish will do: the difference between two manifests, as plain data, and the guards over it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;

use super::Error;
use super::headers::is_hashed;
use super::manifest::{File, Kind, Manifest, Superseded};
use crate::config::Limit;

/// What stands at a host before a publish.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The site that is published; none where nothing of ours is.
    pub manifest: Option<Manifest>,
    /// What a publish that was broken off may have sent or deleted, whatever the manifest says.
    pub uncertain: BTreeSet<String>,
    /// Whether one was broken off.
    pub interrupted: bool,
    /// Files that are not ours, at paths that the new site wants.
    pub foreign: BTreeSet<String>,
}

impl Found {
    /// Gives the generation of the site that a rollback brings back.
    ///
    /// # Errors
    /// Where none is kept.
    pub fn last_kept(&self) -> Result<u64, Error> {
        let kept = self.manifest.as_ref().and_then(|manifest| manifest.kept.last());
        kept.copied().ok_or_else(Error::no_earlier)
    }
}

/// What holds a publish back, and what lets it through.
#[derive(Clone, Copy, Debug)]
pub struct Guards {
    /// How many files may be deleted; none where that is not said.
    pub max_deletes: Option<Limit>,
    /// Whether to publish for another address, or over a newer site.
    pub force: bool,
    /// Whether to take files over that are not ours.
    pub adopt: bool,
    /// For how many days a superseded asset stays.
    pub grace_days: u32,
    /// How many earlier sites are kept.
    pub keep: usize,
    /// Whether an earlier site is brought back, which is older on purpose.
    pub rollback: bool,
}

/// So many files may always be deleted: a piece that goes takes its pages of claims and lists with it.
const ALWAYS: usize = 10;

/// What may be deleted where nobody says how much.
const DEFAULT: Limit = Limit::Percent(25);

/// What a publish will do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Paths that are new.
    pub added: BTreeSet<String>,
    /// Paths with other bytes.
    pub changed: BTreeSet<String>,
    /// Paths with the same bytes and other headers.
    pub headers: BTreeSet<String>,
    /// Paths that go.
    pub deleted: BTreeSet<String>,
    /// How many superseded assets stay for now.
    pub in_grace: usize,
    /// How many bytes are sent.
    pub bytes: u64,
    /// The manifest of the new site.
    pub next: Manifest,
    /// The generations that are no longer kept.
    pub forgotten: Vec<u64>,
    /// Whether a publish that was broken off is brought to its end.
    pub finishes: bool,
}

/// A part of a publish; each begins when all before it have succeeded.
///
/// What is new comes before what leads to it, so that a visitor meets no link to a page that is not there yet: nothing
/// leads to a new file until a file that stands already is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wave {
    /// What pages are drawn with.
    Assets,
    /// New pages and data.
    NewPages,
    /// New lists and feeds.
    NewLists,
    /// Pages and data that change.
    Pages,
    /// Lists, feeds, the sitemap and the search, which change.
    Lists,
}

impl Plan {
    /// Finds what is to be done to bring a host from one site to another.
    ///
    /// # Errors
    /// What a guard holds back; nothing has been written.
    pub fn new(found: &Found, files: Manifest, guards: &Guards) -> Result<Self, Error> {
        let old = found.manifest.as_ref();
        guards.check_site(found, &files)?;
        let mut plan = Self::between(found, files, guards);
        let ours = old.map_or(0, |old| old.files.len());
        guards.check_deletes(&plan, ours)?;
        if let Some(old) = old {
            plan.number(old, guards);
        }
        Ok(plan)
    }

    fn between(found: &Found, mut next: Manifest, guards: &Guards) -> Self {
        // An earlier site that is brought back tells which assets waited in its own time.
        next.superseded.clear();
        let old = found.manifest.as_ref();
        let (added, changed, headers) = <_>::default();
        let (deleted, forgotten) = <_>::default();
        let finishes = found.interrupted;
        let mut plan = Self { added, changed, headers, deleted, in_grace: 0, bytes: 0, next, forgotten, finishes };
        for (path, file) in &plan.next.files {
            let group = match old.and_then(|old| old.find(path)) {
                None => &mut plan.added,
                Some(old) if old.hash != file.hash => &mut plan.changed,
                Some(old) if old.headers != file.headers => &mut plan.headers,
                Some(_) if found.uncertain.contains(path) => &mut plan.changed,
                Some(_) => continue,
            };
            group.insert(path.clone());
            plan.bytes += file.size;
        }
        if let Some(old) = old {
            plan.retire(old, guards.grace_days);
        }
        let left = found.uncertain.iter().filter(|path| !plan.next.files.contains_key(*path));
        plan.deleted.extend(left.filter(|path| !plan.next.superseded.contains_key(*path)).cloned());
        plan
    }

    /// Decides what becomes of the files that the new site does not have.
    fn retire(&mut self, old: &Manifest, grace_days: u32) {
        let now = self.next.built_for;
        let fresh = old.files.iter().map(|(path, file)| (path, Superseded { file: file.clone(), since: now }));
        let waiting = old.superseded.iter().map(|(path, old)| (path, old.clone()));
        for (path, gone) in fresh.chain(waiting) {
            if self.next.files.contains_key(path) {
                continue;
            }
            let last = gone.since.checked_add((i64::from(grace_days) * 24).hours()).unwrap_or(jiff::Timestamp::MAX);
            if is_hashed(path) && last > now {
                self.next.superseded.insert(path.clone(), gone);
                self.in_grace += 1;
            } else {
                self.deleted.insert(path.clone());
            }
        }
    }

    /// Gives the new site its generation, and decides which earlier ones are kept.
    ///
    /// A rollback goes back further each time: the site that it leaves is not kept.
    fn number(&mut self, old: &Manifest, guards: &Guards) {
        if self.next.files == old.files && self.next.superseded == old.superseded {
            self.next = old.clone();
            return;
        }
        let mut kept = old.kept.clone();
        if guards.rollback {
            self.forgotten.extend(kept.pop());
        } else {
            kept.push(old.generation);
            self.forgotten.extend(kept.drain(..kept.len().saturating_sub(guards.keep)));
        }
        self.next.generation = old.generation + 1;
        self.next.kept = kept;
    }

    /// Lists the generations that are not kept once the new site stands, the one before it among them after a rollback.
    pub(super) fn gone(&self, found: &Found) -> Vec<u64> {
        let last = found.manifest.as_ref().map(|last| last.generation);
        let left = last.filter(|last| *last != self.next.generation && !self.next.kept.contains(last));
        self.forgotten.iter().copied().chain(left).collect()
    }

    /// Tells whether there is anything to do.
    pub fn changes_anything(&self) -> bool {
        self.finishes
            || [&self.added, &self.changed, &self.headers, &self.deleted].iter().any(|paths| !paths.is_empty())
    }

    /// Lists every path that is sent.
    pub fn sent(&self) -> impl Iterator<Item = &String> {
        self.added.iter().chain(&self.changed).chain(&self.headers)
    }

    /// Lists what is sent, part by part, in the order of the parts.
    pub fn waves(&self) -> BTreeMap<Wave, Vec<&str>> {
        let mut waves: BTreeMap<Wave, Vec<&str>> = BTreeMap::new();
        for path in self.sent() {
            let Some(File { kind, .. }) = self.next.files.get(path) else { continue };
            let wave = match (kind, self.added.contains(path)) {
                (Kind::Asset, _) => Wave::Assets,
                (Kind::Page, true) => Wave::NewPages,
                (Kind::List, true) => Wave::NewLists,
                (Kind::Page, false) => Wave::Pages,
                (Kind::List, false) => Wave::Lists,
            };
            waves.entry(wave).or_default().push(path);
        }
        waves
    }
}

impl Guards {
    /// Refuses a site that cannot be the one that is meant.
    fn check_site(&self, found: &Found, next: &Manifest) -> Result<(), Error> {
        if !next.files.contains_key("index.html") {
            return Err(Error::refused("the site has no front page: an empty build is not published"));
        }
        if let Some(path) = found.foreign.first().filter(|_| !self.adopt) {
            let more = found.foreign.len() - 1;
            let more = if more == 0 { String::new() } else { format!(" and {more} more") };
            return Err(Error::refused(format!("`{path}`{more} at the host is not ours"))
                .help("publish elsewhere, or take such files over with --adopt"));
        }
        let Some(old) = found.manifest.as_ref().filter(|_| !self.force) else { return Ok(()) };
        if old.base_url != next.base_url {
            let (old, new) = (&old.base_url, &next.base_url);
            return Err(Error::refused(format!("the site there is built for {old}, and this one for {new}"))
                .help("correct `base_url`, or publish with --force"));
        }
        if old.built_for > next.built_for && !self.rollback {
            return Err(Error::refused(format!(
                "the site there is newer: built for {}, and this one for {}",
                old.built_for, next.built_for
            ))
            .help("build for the present, or publish with --force"));
        }
        Ok(())
    }

    /// Refuses to delete more than is allowed, which is what half a build would do.
    fn check_deletes(&self, plan: &Plan, ours: usize) -> Result<(), Error> {
        let allowed = match self.max_deletes {
            Some(limit) => limit.of(ours),
            None => DEFAULT.of(ours).max(ALWAYS),
        };
        let deletes = plan.deleted.len();
        if deletes <= allowed || self.rollback {
            return Ok(());
        }
        Err(Error::refused(format!("{deletes} of {ours} files would be deleted, and {allowed} may be"))
            .help(format!("see that the build is whole; if it is, publish with --max-deletes {deletes}")))
    }
}

#[cfg(test)]
mod tests {
    use super::super::headers;
    use super::*;
    use crate::emit::ContentHash;

    const OPEN: Guards =
        Guards { max_deletes: None, force: false, adopt: false, grace_days: 7, keep: 2, rollback: false };

    fn site(day: &str, files: &[(&str, &str)]) -> Manifest {
        let file = |(path, text): &(&str, &str)| {
            let kind = if text.starts_with("list") { Kind::List } else { headers::kind_of_asset(path) };
            let hash = ContentHash::of(text.as_bytes());
            ((*path).to_owned(), File { hash, size: text.len() as u64, kind, headers: headers::of(path) })
        };
        let now = crate::config::Now::parse(day).unwrap().instant;
        Manifest::new("https://a.org", now, files.iter().map(file).collect())
    }

    fn at(manifest: Manifest) -> Found {
        Found { manifest: Some(manifest), ..Found::default() }
    }

    fn names(paths: &BTreeSet<String>) -> Vec<&str> {
        paths.iter().map(String::as_str).collect()
    }

    #[test]
    fn a_site_is_brought_from_one_state_to_the_other() {
        let old = site("2026-06-01", &[("index.html", "list"), ("a.html", "a"), ("b.html", "b"), ("x.png", "x")]);
        let mut next = site("2026-06-02", &[("index.html", "list"), ("a.html", "A"), ("c.html", "c"), ("x.png", "x")]);
        next.files.get_mut("x.png").unwrap().headers.cache_control = "no-store".to_owned();
        let plan = Plan::new(&at(old), next, &OPEN).unwrap();
        assert_eq!(names(&plan.added), ["c.html"]);
        assert_eq!(names(&plan.changed), ["a.html"]);
        assert_eq!(names(&plan.headers), ["x.png"]);
        assert_eq!(names(&plan.deleted), ["b.html"]);
        assert_eq!((plan.bytes, plan.next.generation, &*plan.next.kept), (3, 2, [1].as_slice()));
        let again = Plan::new(&at(plan.next.clone()), plan.next.clone(), &OPEN).unwrap();
        assert!(!again.changes_anything());
        assert_eq!(again.next, plan.next);
    }

    #[test]
    fn what_is_new_comes_before_what_leads_to_it() {
        let old = site("2026-06-01", &[("index.html", "list"), ("a.html", "a"), ("s.css", "s")]);
        let next = [("index.html", "list 2"), ("a.html", "A"), ("b.html", "b"), ("tag.html", "list"), ("s.css", "S")];
        let plan = Plan::new(&at(old), site("2026-06-01", &next), &OPEN).unwrap();
        let waves: Vec<_> = plan.waves().into_values().collect();
        assert_eq!(waves, [["s.css"], ["b.html"], ["tag.html"], ["a.html"], ["index.html"]]);
    }

    #[test]
    fn a_superseded_asset_stays_for_its_days() {
        let old = site("2026-06-01", &[("index.html", "i"), ("s.3f9a01bc.css", "s")]);
        let next = |day| site(day, &[("index.html", "i")]);
        let plan = Plan::new(&at(old), next("2026-06-02"), &OPEN).unwrap();
        assert_eq!((plan.deleted.len(), plan.in_grace), (0, 1));
        let stays = Plan::new(&at(plan.next.clone()), next("2026-06-08"), &OPEN).unwrap();
        assert_eq!((stays.deleted.len(), stays.in_grace), (0, 1));
        let goes = Plan::new(&at(plan.next), next("2026-06-09"), &OPEN).unwrap();
        assert_eq!(names(&goes.deleted), ["s.3f9a01bc.css"]);
        assert!(goes.next.superseded.is_empty());
    }

    #[test]
    fn the_guards_hold() {
        let many: Vec<(String, &str)> = (0..99).map(|n| (format!("{n}.html"), "x")).collect();
        let mut files: Vec<(&str, &str)> = many.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        files.push(("index.html", "i"));
        let old = || at(site("2026-06-02", &files));
        let why = |found: &Found, next: Manifest, guards: &Guards| Plan::new(found, next, guards).unwrap_err().message;
        let part = || site("2026-06-02", &[("index.html", "i")]);
        assert!(why(&old(), site("2026-06-02", &[]), &OPEN).contains("no front page"));
        assert_eq!(why(&old(), part(), &OPEN), "99 of 100 files would be deleted, and 25 may be");
        let limit = Guards { max_deletes: Some(Limit::Count(99)), ..OPEN };
        assert!(Plan::new(&old(), part(), &limit).is_ok());
        let all = || site("2026-06-02", &files);
        let mut moved = all();
        moved.base_url = "https://b.org".into();
        assert!(why(&old(), moved, &OPEN).contains("b.org"));
        assert!(why(&old(), site("2026-06-01", &files), &OPEN).contains("newer"));
        let force = Guards { force: true, ..OPEN };
        assert!(Plan::new(&old(), site("2026-06-01", &files), &force).is_ok());
        let foreign = Found { foreign: ["index.html".to_owned()].into(), ..Found::default() };
        assert_eq!(why(&foreign, all(), &OPEN), "`index.html` at the host is not ours");
        assert!(Plan::new(&foreign, all(), &Guards { adopt: true, ..OPEN }).is_ok());
    }

    #[test]
    fn only_the_last_generations_are_kept() {
        let mut found = at(site("2026-06-01", &[("index.html", "0")]));
        for text in ["1", "2", "3"] {
            let plan = Plan::new(&found, site("2026-06-01", &[("index.html", text)]), &OPEN).unwrap();
            found = at(plan.next);
        }
        assert_eq!(found.manifest.unwrap().kept, [2, 3]);
    }

    #[test]
    fn what_a_broken_off_publish_left_is_deleted() {
        let found = Found { uncertain: ["a.html".to_owned(), "index.html".to_owned()].into(), ..Found::default() };
        let plan = Plan::new(&found, site("2026-06-01", &[("index.html", "i")]), &OPEN).unwrap();
        assert_eq!(names(&plan.deleted), ["a.html"]);
    }
}
