//! An output folder brought up to date: what changed is written, what is gone is removed, all else stays.
//!
//! ```text
//! <out>/…                         the site
//! <out>/.dateline/manifest.json   the files that Dateline wrote, the only ones that it ever removes
//! <out>/.dateline/pending.json    the next manifest, while its pages are moved in
//! <out>/.dateline/staging/        the pages that wait for the build to succeed
//! <out>/.dateline/lock            held while a build runs
//! ```
//!
//! A build that fails has touched nothing but the staging folder, and the last site stays whole. A commit looks
//! at everything before it changes anything, and needs no room on the disk once it has begun. Where the process
//! is killed in the middle of one, the pending manifest tells the next build what was being moved in.

mod error;
mod guard;
mod lock;
mod manifest;
mod path;
mod site;
mod staging;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashSet;

pub use error::Error;
pub use guard::Protect;
pub use manifest::{ContentHash, Entry, Key, Manifest};

use lock::Lock;
use site::Site;
use staging::Staging;

/// The folder inside the output folder that holds what is not the site; `publish` leaves it out.
pub use crate::model::HIDDEN;
/// The manifest's name in the hidden folder.
const MANIFEST: &str = "manifest.json";
/// The name of the manifest of a commit that is under way.
const PENDING: &str = "pending.json";
/// Up to this many bytes a file is copied through memory, which reads it once.
const SMALL: u64 = 1 << 20;

/// What a build did to the output folder, in files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many were written, as they are new or have changed.
    pub written: usize,
    /// How many are as they were.
    pub unchanged: usize,
    /// How many are gone.
    pub removed: usize,
}

/// An output folder that a build is writing to; all of it may be called from many threads.
///
/// Nothing of it is seen until [`Output::commit`]. Dropped without, it leaves the folder as it was, or removes it
/// where it was not there.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    last: Site,
    pages: Mutex<Pages>,
    // These clear up when they are dropped, in this order.
    staging: Staging,
    _lock: Lock,
    _made: Made,
}

/// The files that this build has named.
#[derive(Debug, Default)]
struct Pages {
    /// Each by its path; none until it is done.
    files: BTreeMap<String, Option<Page>>,
    /// Every folder that one of them is in.
    folders: FxHashSet<String>,
}

/// A file of this build.
#[derive(Clone, Copy, Debug)]
struct Page {
    entry: Entry,
    /// Whether it waits in the staging folder; if not, it is in its place already.
    staged: bool,
}

impl Output {
    /// Opens an output folder: checks that it may be written to, locks it and reads its manifest.
    ///
    /// The folder need not exist.
    ///
    /// # Errors
    /// Any but those of pages: see [`Error`].
    pub fn open(folder: &Path, protect: &Protect<'_>) -> Result<Self, Error> {
        let folder = guard::resolve(folder)?;
        protect.check(&folder)?;
        match fs::metadata(&folder) {
            Ok(about) if !about.is_dir() => return Err(Error::NotAFolder { path: folder }),
            Ok(_) if !Site::is_known(&folder)? => guard::refuse_foreign(&folder)?,
            _ => {}
        }
        let hidden = folder.join(HIDDEN);
        let made = Made::folders(&hidden)?;
        let lock = Lock::take(hidden.join("lock"))?;
        let last = Site::read(folder.clone())?;
        let staging = Staging::open(hidden.join("staging"))?;
        Ok(Self { folder, last, pages: Mutex::default(), staging, _lock: lock, _made: made })
    }

    /// Keeps a page that was made from the same inputs last time and stands untouched, and tells whether it did.
    ///
    /// One that is kept counts as unchanged and must not be put as well.
    ///
    /// # Errors
    /// [`Error::Path`], [`Error::Twice`] and [`Error::Clash`] for a path that the build cannot have.
    pub fn keep(&self, path: &str, key: Key) -> Result<bool, Error> {
        path::check(path)?;
        let Some(entry) = self.last.made_from(path, key) else { return Ok(false) };
        self.pages().claim(path)?;
        self.pages().finish(path, Page { entry, staged: false });
        Ok(true)
    }

    /// Takes a page's bytes, and stages them where they are not what is in the folder already.
    ///
    /// The key is for the next build's [`Output::keep`]; a page without one is always made anew.
    ///
    /// # Errors
    /// [`Error::Io`] where the page cannot be staged, and the same as [`Output::keep`].
    pub fn put(&self, path: &str, key: impl Into<Option<Key>>, bytes: &[u8]) -> Result<(), Error> {
        path::check(path)?;
        self.pages().claim(path)?;
        let entry = Entry { hash: ContentHash::of(bytes), size: bytes.len() as u64, key: key.into() };
        let staged = !self.last.has(path, entry.hash, entry.size);
        if staged {
            self.staging.put(path, bytes)?;
        }
        self.pages().finish(path, Page { entry, staged });
        Ok(())
    }

    /// Takes a page that `write` writes bit by bit, in the same way, without holding it in memory.
    ///
    /// # Errors
    /// [`Error::Io`] where it cannot be made or staged, and the same as [`Output::keep`].
    pub fn stream(
        &self,
        path: &str,
        key: impl Into<Option<Key>>,
        write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
    ) -> Result<(), Error> {
        path::check(path)?;
        self.pages().claim(path)?;
        let (hash, size) = self.staging.stream(path, write)?;
        let staged = !self.last.has(path, hash, size);
        if !staged {
            self.staging.take_back(path)?;
        }
        self.pages().finish(path, Page { entry: Entry { hash, size, key: key.into() }, staged });
        Ok(())
    }

    /// Takes a copy of a file, in the same way, without holding a large one in memory.
    ///
    /// # Errors
    /// [`Error::Io`] where the file is not a regular one or cannot be copied, and the same as [`Output::keep`].
    pub fn copy(&self, path: &str, from: &Path) -> Result<(), Error> {
        let about = fs::metadata(from).map_err(Error::io("read", from))?;
        if !about.is_file() {
            return Err(Error::io("read", from)(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")));
        }
        if about.len() <= SMALL {
            return self.put(path, None, &fs::read(from).map_err(Error::io("read", from))?);
        }
        path::check(path)?;
        self.pages().claim(path)?;
        let (hash, size) = (ContentHash::of_file(from).map_err(Error::io("read", from))?, about.len());
        let staged = !self.last.has(path, hash, size);
        // The file may change while it is copied; the manifest tells what was written.
        let (hash, size) = if staged { self.staging.copy(path, from)? } else { (hash, size) };
        self.pages().finish(path, Page { entry: Entry { hash, size, key: None }, staged });
        Ok(())
    }

    /// Moves the staged pages in, removes what this build did not name, and writes the manifest.
    ///
    /// Where nothing changed, nothing is written.
    ///
    /// # Errors
    /// [`Error::InTheWay`], [`Error::Unfinished`] and a full disk before anything was changed; [`Error::Io`] where
    /// the system refuses to move or remove a file, which the next build makes good.
    pub fn commit(self) -> Result<Summary, Error> {
        let (next, staged) = std::mem::take(&mut *self.pages()).into_manifest()?;
        let unchanged = next.files.len() - staged.len();
        if staged.is_empty() && self.last.is(&next) {
            return Ok(Summary { unchanged, ..Summary::default() });
        }
        staged.iter().try_for_each(|path| self.last.has_room_for(path))?;
        let [pending, settled] = [PENDING, MANIFEST].map(|name| self.folder.join(HIDDEN).join(name));
        let manifest = self.staging.put_manifest(&next)?;
        let removed = self.last.remove_all_but(&next)?;
        fs::rename(&manifest, &pending).map_err(Error::io("write", &pending))?;
        self.staging.move_into(&self.folder)?;
        fs::rename(&pending, &settled).map_err(Error::io("write", &settled))?;
        Ok(Summary { written: staged.len(), unchanged, removed })
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pages {
    /// Gives a path to a page, unless another has it or needs it as a folder.
    fn claim(&mut self, path: &str) -> Result<(), Error> {
        if self.files.contains_key(path) {
            return Err(Error::Twice { path: path.to_owned() });
        }
        if self.folders.contains(path) {
            return Err(Error::Clash { path: path.to_owned() });
        }
        for folder in path::ancestors(path) {
            if self.files.contains_key(folder) {
                return Err(Error::Clash { path: folder.to_owned() });
            }
            if self.folders.contains(folder) {
                break;
            }
            self.folders.insert(folder.to_owned());
        }
        self.files.insert(path.to_owned(), None);
        Ok(())
    }

    /// Notes that a page is done.
    fn finish(&mut self, path: &str, page: Page) {
        if let Some(slot) = self.files.get_mut(path) {
            *slot = Some(page);
        }
    }

    /// Sums the build up: the manifest of the new site, and the paths of the pages that wait to be moved in.
    fn into_manifest(self) -> Result<(Manifest, Vec<String>), Error> {
        let mut manifest = Manifest::default();
        let mut staged = Vec::new();
        for (path, page) in self.files {
            let Some(page) = page else { return Err(Error::Unfinished { path }) };
            if page.staged {
                staged.push(path.clone());
            }
            manifest.files.insert(path, page.entry);
        }
        Ok((manifest, staged))
    }
}

/// Folders that were made for a build; those that are empty in the end are removed.
#[derive(Debug)]
struct Made(Vec<PathBuf>);

impl Made {
    /// Makes a hidden folder and those above it, and remembers the ones that were not there.
    fn folders(hidden: &Path) -> Result<Self, Error> {
        let missing = |folder: &&Path| matches!(folder.try_exists(), Ok(false));
        let mut folders: Vec<_> = hidden.ancestors().take_while(missing).map(Path::to_owned).collect();
        if folders.is_empty() {
            folders.push(hidden.to_owned());
        }
        let made = Self(folders);
        fs::create_dir_all(hidden).map_err(Error::io("make the folder", hidden))?;
        Ok(made)
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for folder in &self.0 {
            // One that has files in it is not removed by this.
            let _ = fs::remove_dir(folder);
        }
    }
}
