//! Where new pages wait until the whole build has succeeded.
//!
//! The folder is inside the output folder's hidden one, so that it is on the same file system, needs no rights
//! on the folder above, and works where the output folder is itself a mount point. A folder that the site does
//! not have yet moves as a whole: a first build is moved in by a handful of renames, however many pages it has.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::manifest::{ContentHash, HashWriter, Manifest};
use super::{Error, path};

/// A folder of pages to come; it is removed with all that is still in it when this is dropped.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    pages: PathBuf,
    /// The folders under `pages` that are known to be there, which spares a system call a page.
    made: Mutex<FxHashSet<String>>,
}

impl Staging {
    /// Makes the folder anew, clearing away what a killed build left in it.
    pub(super) fn open(folder: PathBuf) -> Result<Self, Error> {
        match fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Error::io("clear", &folder)(error)),
            _ => {}
        }
        let pages = folder.join("pages");
        let staging = Self { folder, pages, made: Mutex::default() };
        fs::create_dir_all(&staging.pages).map_err(Error::io("make the folder", &staging.pages))?;
        Ok(staging)
    }

    /// Stages a page.
    pub(super) fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let (mut file, at) = self.create(path)?;
        file.write_all(bytes).map_err(Error::io("write", &at))
    }

    /// Stages what `write` writes, and tells the hash and the size of it.
    pub(super) fn stream(
        &self,
        path: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(ContentHash, u64), Error> {
        let (file, at) = self.create(path)?;
        let mut hashed = HashWriter::around(file);
        write(&mut hashed).map_err(Error::io("write", &at))?;
        Ok(hashed.sum())
    }

    /// Takes a page back that turned out to be in its place already.
    pub(super) fn take_back(&self, path: &str) -> Result<(), Error> {
        let at = self.pages.join(path);
        fs::remove_file(&at).map_err(Error::io("remove", &at))
    }

    /// Stages a copy of a file and tells the hash and the size of what was written.
    pub(super) fn copy(&self, path: &str, from: &Path) -> Result<(ContentHash, u64), Error> {
        let mut source = File::open(from).map_err(Error::io("read", from))?;
        let (mut file, at) = self.create(path)?;
        let size = io::copy(&mut source, &mut file).map_err(Error::io("write", &at))?;
        let hash = ContentHash::of_file(&at).map_err(Error::io("read", &at))?;
        Ok((hash, size))
    }

    /// Makes an empty file and the folders that it is in.
    fn create(&self, path: &str) -> Result<(File, PathBuf), Error> {
        self.make_folder(path::parent(path))?;
        let at = self.pages.join(path);
        let file = File::create_new(&at).map_err(Error::io("write", &at))?;
        Ok((file, at))
    }

    fn make_folder(&self, folder: &str) -> Result<(), Error> {
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if folder.is_empty() || made().contains(folder) {
            return Ok(());
        }
        let at = self.pages.join(folder);
        fs::create_dir_all(&at).map_err(Error::io("make the folder", &at))?;
        made().insert(folder.to_owned());
        Ok(())
    }

    /// Stages the manifest, and tells where: while it fits, so does all that a commit does after it.
    pub(super) fn put_manifest(&self, manifest: &Manifest) -> Result<PathBuf, Error> {
        let at = self.folder.join(super::MANIFEST);
        manifest.write(&at).map_err(Error::io("write", &at))?;
        Ok(at)
    }

    /// Moves every page to its place in the output folder.
    pub(super) fn move_into(&self, out: &Path) -> Result<(), Error> {
        graft(&self.pages, out)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What stays is cleared by the next build.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Moves what is in one folder to another: a file over the old one, a folder whole where there is none yet.
///
/// A link is replaced or refused by the rename itself, never followed.
fn graft(from: &Path, to: &Path) -> Result<(), Error> {
    let entries =
        fs::read_dir(from).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(Error::io("read", from))?;
    entries.par_iter().try_for_each(|entry| {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let is_folder = entry.file_type().map_err(Error::io("read", &source))?.is_dir();
        if is_folder && fs::symlink_metadata(&target).is_ok_and(|about| about.is_dir()) {
            graft(&source, &target)
        } else {
            fs::rename(&source, &target).map_err(Error::io("move a page to", &target))
        }
    })
}
