//! What tells that a file on disk is not the one that was read.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// The size and the times of a file, and which file it is; two that differ mean that it must be read again.
///
/// An editor that writes a new file and renames it may keep the size and the time of the last change: the number of
/// the file and the time of its last rename tell these apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    identity: Option<[i64; 3]>,
}

/// When files were written, by their paths.
pub(super) type Stamps<P> = BTreeMap<P, Option<Stamp>>;

impl Stamp {
    /// Looks at a file; none where there is nothing to look at.
    pub(super) fn of(path: &Path) -> Option<Self> {
        let about = fs::metadata(path).ok()?;
        Some(Self { bytes: about.len(), modified: about.modified().ok(), identity: identity(&about) })
    }
}

#[cfg(unix)]
fn identity(about: &Metadata) -> Option<[i64; 3]> {
    use std::os::unix::fs::MetadataExt;
    Some([about.ino().cast_signed(), about.ctime(), about.ctime_nsec()])
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Option<[i64; 3]> {
    None
}
