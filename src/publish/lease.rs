//! The claim of one publish over all others: the journal, taken by compare-and-swap and renewed while the work lasts.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::keyed::{Store, Version, swap};
use super::manifest::{JOURNAL, Journal, Owner};
use super::{Error, Plan, clock};

/// Without a sign of life for so long, the owner of a journal is taken for dead.
const LAPSES: SignedDuration = SignedDuration::from_mins(15);

/// How often an owner gives a sign of life.
const RENEWED: Duration = Duration::from_secs(60);

/// A journal that is ours.
pub(super) struct Lease<'s> {
    store: &'s dyn Store,
    held: Mutex<Held>,
}

struct Held {
    journal: Journal,
    version: Version,
    renewed: Instant,
}

/// Reads the journal of a publish that was broken off.
///
/// # Errors
/// Where its owner is alive.
pub(super) fn broken_off(store: &dyn Store) -> Result<Option<(Journal, Version)>, Error> {
    let Some((bytes, version)) = store.get(JOURNAL)? else { return Ok(None) };
    let nobodys = Journal {
        owner: Owner::this(),
        renewed: Timestamp::UNIX_EPOCH,
        generation: 0,
        sent: BTreeSet::new(),
        deleted: BTreeSet::new(),
    };
    let journal = Journal::parse(&bytes).unwrap_or(nobodys);
    if journal.is_held(clock::now()) {
        return Err(overtaken(&journal));
    }
    Ok(Some((journal, version)))
}

fn overtaken(journal: &Journal) -> Error {
    let Owner { machine, process, started, .. } = &journal.owner;
    Error::overtaken(format!("another publish is under way: process {process} on {machine}, since {started}"))
        .help("wait for it, and publish again; one that died is taken over 15 minutes after its last sign of life")
}

impl<'s> Lease<'s> {
    /// Writes the journal of a plan, over that of a dead owner where there is one.
    pub(super) fn take(store: &'s dyn Store, plan: &Plan) -> Result<Self, Error> {
        let last = broken_off(store)?;
        let journal = Journal {
            owner: Owner::this(),
            renewed: clock::now(),
            generation: plan.next.generation,
            sent: plan.sent().cloned().collect(),
            deleted: plan.deleted.clone(),
        };
        let version = last.as_ref().map(|(_, version)| version);
        match swap(store, JOURNAL, &journal.to_bytes(), version)? {
            Some(version) => Ok(Self { store, held: Mutex::new(Held { journal, version, renewed: Instant::now() }) }),
            None => Err(broken_off(store)
                .err()
                .unwrap_or_else(|| Error::overtaken("another publish began at the same moment").help("publish again"))),
        }
    }

    /// Gives a sign of life where the last is long ago; fails where someone else has taken over.
    pub(super) fn renew(&self) -> Result<(), Error> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.renewed.elapsed() < RENEWED {
            return Ok(());
        }
        held.journal.renewed = clock::now();
        self.write(&mut held)
    }

    /// Leaves the journal to whoever comes next, after a failure.
    pub(super) fn abandon(&self) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.journal.renewed = Timestamp::UNIX_EPOCH;
        // The failure that led here is what is told; without this, the next publish waits until the lease lapses.
        let _ = self.write(&mut held);
    }

    /// Removes the journal: all is done.
    pub(super) fn release(&self) -> Result<(), Error> {
        self.store.delete(JOURNAL)
    }

    fn write(&self, held: &mut Held) -> Result<(), Error> {
        held.version = swap(self.store, JOURNAL, &held.journal.to_bytes(), Some(&held.version))?
            .ok_or_else(|| Error::overtaken("another publish has taken over"))?;
        held.renewed = Instant::now();
        Ok(())
    }
}

impl Journal {
    /// Tells whether its owner is still at work.
    pub(super) fn is_held(&self, now: Timestamp) -> bool {
        if now.duration_since(self.renewed) > LAPSES {
            return false;
        }
        let is_here = self.owner.space == Owner::this().space;
        !is_here || is_alive(self.owner.process)
    }
}

impl Owner {
    /// This process.
    pub(super) fn this() -> Self {
        let read = |path: &str| fs::read_to_string(path).map(|text| text.trim().to_owned()).unwrap_or_default();
        let boot = read("/proc/sys/kernel/random/boot_id");
        let processes = fs::read_link("/proc/self/ns/pid").map(|link| link.display().to_string()).unwrap_or_default();
        let machine = read("/proc/sys/kernel/hostname");
        let machine = if machine.is_empty() { "an unnamed machine".to_owned() } else { machine };
        Self { machine, space: format!("{boot} {processes}"), process: std::process::id(), started: clock::now() }
    }
}

/// Tells whether a process of this machine runs; where that cannot be found out, it may.
fn is_alive(process: u32) -> bool {
    !Path::new("/proc/self").exists() || Path::new("/proc").join(process.to_string()).exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(owner: Owner, renewed: Timestamp) -> Journal {
        Journal { owner, renewed, generation: 1, sent: BTreeSet::new(), deleted: BTreeSet::new() }
    }

    #[test]
    fn a_lease_ends_with_its_process_or_its_time() {
        let now = clock::now();
        let ago = |minutes| now.checked_sub(SignedDuration::from_mins(minutes)).unwrap();
        assert!(journal(Owner::this(), now).is_held(now));
        assert!(!journal(Owner::this(), ago(16)).is_held(now));
        assert!(!journal(Owner { process: u32::MAX, ..Owner::this() }, now).is_held(now));
        let elsewhere = Owner { space: "another machine".into(), process: u32::MAX, ..Owner::this() };
        assert!(journal(elsewhere.clone(), ago(14)).is_held(now));
        assert!(!journal(elsewhere, Timestamp::UNIX_EPOCH).is_held(now));
    }
}
