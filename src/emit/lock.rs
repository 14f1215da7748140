//! One build at a time in an output folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::Error;

/// A lock file that is held; it is removed and let go when this is dropped.
///
/// The lock is the system's own on the open file, which ends with the process that holds it: a killed build
/// leaves nothing that would have to be told from a running one. Process ids would not do, as they are reused,
/// and every container has a process 1.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    /// Takes the lock, or tells that another build has it.
    ///
    /// On file systems without locks the build goes on without one.
    pub(super) fn take(path: PathBuf) -> Result<Self, Error> {
        loop {
            if fs::symlink_metadata(&path).is_ok_and(|about| !about.is_file()) {
                return Err(Error::InTheWay { path });
            }
            let mut options = OpenOptions::new();
            let file =
                options.create(true).write(true).truncate(false).open(&path).map_err(Error::io("lock", &path))?;
            match file.try_lock() {
                Ok(()) if !leads_to(&path, &file) => continue,
                Err(TryLockError::WouldBlock) => return Err(Error::Busy { path: folder_of(&path) }),
                Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
                    return Err(Error::io("lock", &path)(error));
                }
                Ok(()) | Err(TryLockError::Error(_)) => return Ok(Self { path, _file: file }),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A lock file that stays is no harm: the next build takes it over.
        let _ = fs::remove_file(&self.path);
    }
}

/// Names the output folder that a lock file belongs to.
fn folder_of(lock: &Path) -> PathBuf {
    lock.ancestors().nth(2).unwrap_or(lock).to_owned()
}

/// Tells whether the file that was opened is still the one at the path.
///
/// Its last holder may have removed it between the opening and the locking; then the lock holds nobody off.
#[cfg(unix)]
fn leads_to(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |about: fs::Metadata| (about.dev(), about.ino());
    match (fs::symlink_metadata(path), file.metadata()) {
        (Ok(there), Ok(held)) => identity(there) == identity(held),
        _ => false,
    }
}

/// Tells whether the file that was opened is still the one at the path: an open file keeps its name here.
#[cfg(not(unix))]
fn leads_to(_: &Path, _: &File) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_holder_is_refused_until_the_first_is_done() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("lock");
        let first = Lock::take(path.clone()).expect("it is free");
        assert!(matches!(Lock::take(path.clone()), Err(Error::Busy { .. })));
        drop(first);
        assert!(!path.exists());
        Lock::take(path).expect("it is free again");
    }

    #[test]
    fn the_file_of_a_dead_build_is_taken_over() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let path = dir.path().join("lock");
        fs::write(&path, "").expect("it is left over");
        Lock::take(path).expect("nobody holds it");
    }
}
