//! Publishing to a host that takes one file at a time: buckets, and folders that are changed as they stand.
//!
//! ```text
//! journal      what will be sent and deleted; it is also the claim over other publishes
//! kept         the bytes that are about to be replaced or deleted, for a rollback
//! assets       what pages are drawn with
//! new          pages that nothing leads to yet, then lists
//! pages        that change
//! lists        that change, feeds, the sitemap
//! manifest     by compare-and-swap: from here on the new site is the one that is published
//! caches       are told what changed
//! deletions    what nothing leads to any more, and earlier sites that are forgotten
//! journal      is removed
//! ```
//!
//! Each part waits for the one before it, and a failure stops all that follow.

use std::collections::{BTreeMap, BTreeSet};

use super::invalidate::Invalidation;
use super::lease::{Lease, broken_off};
use super::manifest::{File, HIDDEN, MANIFEST, Manifest, generation_path, kept_path};
use super::{Error, Found, Host, Plan, Source, parallel};
use crate::emit::ContentHash;

/// What tells one state of a file from another, as the host counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Version(pub(super) String);

/// A host that keeps files by their keys.
pub(super) trait Store: Sync {
    /// Reads a file; none where it is not there.
    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Version)>, Error>;

    /// Writes a file with its headers, at once: a reader sees the old one or the new one.
    fn put(&self, path: &str, file: &File, bytes: Vec<u8>) -> Result<(), Error>;

    /// Writes a file of our own if it is still as it was, or still not there; none where it is not.
    fn put_if(&self, path: &str, bytes: &[u8], last: Option<&Version>) -> Result<Option<Version>, Error>;

    /// Copies a file.
    fn copy(&self, from: &str, to: &str) -> Result<(), Error>;

    /// Deletes a file; one that is not there is deleted already.
    fn delete(&self, path: &str) -> Result<(), Error>;

    /// Lists the paths of all files below a folder; the empty name is all of the host.
    fn list(&self, folder: &str) -> Result<BTreeSet<String>, Error>;

    /// Tells whether a file stands there with these bytes and headers.
    fn holds(&self, path: &str, file: &File) -> Result<bool, Error>;
}

/// Swaps a file of our own, as [`Store::put_if`] does, and tells a lost answer from a lost race.
///
/// A write whose answer was lost is sent again, and then finds what it wrote itself.
pub(super) fn swap(
    store: &dyn Store,
    path: &str,
    bytes: &[u8],
    last: Option<&Version>,
) -> Result<Option<Version>, Error> {
    match store.put_if(path, bytes, last)? {
        Some(version) => Ok(Some(version)),
        None => Ok(store.get(path)?.filter(|(there, _)| there == bytes).map(|(_, version)| version)),
    }
}

/// What is to be done, and from what.
struct Work<'a> {
    plan: &'a Plan,
    found: &'a Found,
    source: Source<'a>,
    sent: &'a (dyn Fn() + Sync),
}

/// A host that takes one file at a time.
#[derive(Debug)]
pub(super) struct Keyed<S> {
    store: S,
    invalidation: Invalidation,
}

impl<S: Store> Keyed<S> {
    /// Publishes to a store, and tells the caches before it.
    pub(super) fn of(store: S, invalidation: Invalidation) -> Self {
        Self { store, invalidation }
    }

    fn manifest(&self) -> Result<Option<(Manifest, Version)>, Error> {
        let Some((bytes, version)) = self.store.get(MANIFEST)? else { return Ok(None) };
        Ok(Some((Manifest::parse(&bytes)?, version)))
    }

    /// Reads the manifest again, now that nobody else may write it, and makes sure that the plan still fits.
    fn unchanged(&self, found: &Found) -> Result<Option<Version>, Error> {
        let (manifest, version) = self.manifest()?.unzip();
        if manifest != found.manifest {
            return Err(Error::overtaken("another publish was faster; nothing was sent").help("publish again"));
        }
        Ok(version)
    }

    /// Keeps what a rollback needs: the manifest that is there, and the bytes that are about to go.
    ///
    /// After a publish that was broken off, a file may be newer than the manifest says, and is kept already.
    fn keep(&self, old: &Manifest, plan: &Plan, found: &Found) -> Result<(), Error> {
        let mut going: BTreeMap<ContentHash, (&String, &File)> = BTreeMap::new();
        for path in plan.changed.iter().chain(&plan.deleted) {
            let file =
                old.files.get(path).filter(|file| plan.next.files.get(path).map(|new| new.hash) != Some(file.hash));
            if let Some(file) = file {
                going.insert(file.hash, (path, file));
            }
        }
        let kept = if found.interrupted { self.store.list(&format!("{HIDDEN}/kept"))? } else { BTreeSet::new() };
        let going: Vec<_> = going.into_values().filter(|(_, file)| !kept.contains(&kept_path(file.hash))).collect();
        parallel::for_each(&going, |(path, file)| {
            if found.interrupted && !self.store.holds(path, file)? {
                return Ok(());
            }
            match self.store.copy(path, &kept_path(file.hash)) {
                // Someone else took it away: there is nothing left to keep.
                Err(error) if error.kind == super::ErrorKind::Missing => Ok(()),
                copied => copied.map_err(|error| error.during(&format!("cannot keep `{path}`"))),
            }
        })?;
        let path = generation_path(old.generation);
        let last = self.store.get(&path)?;
        let bytes = old.to_bytes();
        if last.as_ref().is_some_and(|(last, _)| *last == bytes) {
            return Ok(());
        }
        self.store.put_if(&path, &bytes, last.as_ref().map(|(_, version)| version))?;
        Ok(())
    }

    fn send(&self, path: &str, plan: &Plan, found: &Found, source: Source<'_>) -> Result<(), Error> {
        let Some(file) = plan.next.files.get(path) else { return Ok(()) };
        if found.interrupted && self.store.holds(path, file)? {
            return Ok(());
        }
        let bytes = match source {
            Source::Staged(staged) => staged.bytes(path)?,
            Source::Kept => self.kept(path, file)?,
        };
        self.store.put(path, file, bytes)
    }

    /// Reads the bytes of an earlier site.
    fn kept(&self, path: &str, file: &File) -> Result<Vec<u8>, Error> {
        for place in [kept_path(file.hash), path.to_owned()] {
            let bytes = self.store.get(&place)?.map(|(bytes, _)| bytes);
            if let Some(bytes) = bytes.filter(|bytes| ContentHash::of(bytes) == file.hash) {
                return Ok(bytes);
            }
        }
        Err(Error::missing("the bytes of the earlier site are not there any more"))
    }

    /// Does all that a plan says, under a lease; `last` is the manifest's version.
    fn publish(&self, work: &Work<'_>, lease: &Lease<'_>, last: Option<&Version>) -> Result<(), Error> {
        let Work { plan, found, source, sent } = *work;
        let is_new_site = found.manifest.as_ref() != Some(&plan.next);
        if let (Some(old), true, Source::Staged(_)) = (&found.manifest, is_new_site, source) {
            self.keep(old, plan, found)?;
        }
        for paths in plan.waves().into_values() {
            parallel::for_each(&paths, |path| {
                lease.renew()?;
                self.send(path, plan, found, source).map_err(|error| error.during(&format!("cannot send `{path}`")))?;
                sent();
                Ok(())
            })?;
        }
        if is_new_site {
            self.settle(&plan.next, last)?;
        }
        let again = "publish again: caches are told then, and what is to go is deleted";
        self.invalidation.run(plan).map_err(|error| error.help(again))?;
        let deleted: Vec<&String> = plan.deleted.iter().collect();
        parallel::for_each(&deleted, |path| {
            lease.renew()?;
            self.store.delete(path).map_err(|error| error.during(&format!("cannot delete `{path}`")))
        })?;
        self.forget(plan)
    }

    /// Puts the new manifest in the place of the old one.
    fn settle(&self, next: &Manifest, last: Option<&Version>) -> Result<(), Error> {
        match swap(&self.store, MANIFEST, &next.to_bytes(), last)? {
            Some(_) => Ok(()),
            None => {
                Err(Error::overtaken("another publish was faster: it has written the manifest").help("publish again"))
            }
        }
    }

    /// Deletes the earlier sites that are no longer kept, and the bytes that only they need.
    fn forget(&self, plan: &Plan) -> Result<(), Error> {
        if plan.forgotten.is_empty() && !plan.finishes {
            return Ok(());
        }
        let mut wanted: BTreeSet<String> = BTreeSet::new();
        for path in plan.next.kept.iter().map(|generation| generation_path(*generation)) {
            if let Some((bytes, _)) = self.store.get(&path)? {
                wanted.extend(Manifest::parse(&bytes)?.files.values().map(|file| kept_path(file.hash)));
            }
            wanted.insert(path);
        }
        let mut gone = Vec::new();
        for folder in ["kept", "generations"] {
            gone.extend(self.store.list(&format!("{HIDDEN}/{folder}"))?.difference(&wanted).cloned());
        }
        parallel::for_each(&gone, |path| self.store.delete(path))
    }
}

impl<S: Store> Host for Keyed<S> {
    fn survey(&self, wanted: Option<&Manifest>) -> Result<Found, Error> {
        let journal = broken_off(&self.store)?.map(|(journal, _)| journal);
        let manifest = self.manifest()?.map(|(manifest, _)| manifest);
        let interrupted = journal.is_some();
        let uncertain =
            journal.map(|journal| journal.sent.into_iter().chain(journal.deleted).collect()).unwrap_or_default();
        let mut found = Found { manifest, uncertain, interrupted, foreign: BTreeSet::new() };
        let is_ours = |path: &String| {
            found.uncertain.contains(path)
                || found.manifest.as_ref().is_some_and(|manifest| manifest.find(path).is_some())
        };
        let new: BTreeSet<&String> =
            wanted.into_iter().flat_map(|wanted| wanted.files.keys()).filter(|path| !is_ours(path)).collect();
        if !new.is_empty() {
            let there = self.store.list("")?;
            found.foreign = new.into_iter().filter(|path| there.contains(*path)).cloned().collect();
        }
        Ok(found)
    }

    fn earlier(&self, found: &Found) -> Result<Manifest, Error> {
        let (bytes, _) = self.store.get(&generation_path(found.last_kept()?))?.ok_or_else(Error::no_earlier)?;
        Manifest::parse(&bytes)
    }

    fn apply(&self, plan: &Plan, found: &Found, source: Source<'_>, sent: &(dyn Fn() + Sync)) -> Result<(), Error> {
        let lease = Lease::take(&self.store, plan)?;
        let last = match self.unchanged(found) {
            Ok(last) => last,
            // Nothing was done, so there is nothing for anyone to finish.
            Err(error) => return lease.release().and(Err(error)),
        };
        match self.publish(&Work { plan, found, source, sent }, &lease, last.as_ref()) {
            Ok(()) => lease.release(),
            Err(error) => {
                lease.abandon();
                Err(error)
            }
        }
    }
}
