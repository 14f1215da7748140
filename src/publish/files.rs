//! A folder that is changed as it stands, one file at a time.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::Error;
use super::keyed::{Store, Version};
use super::manifest::{File, HIDDEN};
use crate::emit::ContentHash;

/// A folder of this machine.
#[derive(Debug)]
pub(super) struct Files {
    folder: PathBuf,
}

impl Files {
    /// Names the folder; it need not exist.
    pub(super) fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// Finds where a file goes, and makes the folders that it stands in.
    ///
    /// A link that leads out of the folder is not followed: what is there is not ours.
    fn place(&self, path: &str) -> Result<PathBuf, Error> {
        let at = self.folder.join(path);
        let parent = at.parent().unwrap_or(&self.folder);
        fs::create_dir_all(parent).map_err(Error::io("make the folder", parent))?;
        let [real, top] = [parent, &self.folder].map(fs::canonicalize);
        match (real, top) {
            (Ok(real), Ok(top)) if real.starts_with(&top) => Ok(at),
            _ => Err(Error::refused(format!("`{}` leads out of the folder", parent.display()))),
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Error> {
        let at = self.place(path)?;
        replace(&at, bytes).map_err(Error::io("write", &at))
    }
}

/// Writes a file as a whole: a reader finds the old bytes or the new ones.
pub(super) fn replace(at: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = at.file_name().unwrap_or_default().to_string_lossy();
    let thread = std::thread::current().id();
    let new = at.with_file_name(format!(".{:.60}.{}.{thread:?}.new", name, std::process::id()));
    let mut file = fs::File::create(&new)?;
    file.write_all(bytes).and_then(|()| fs::rename(&new, at)).inspect_err(|_| drop(fs::remove_file(&new)))
}

/// Reads a file; none where it is not there.
pub(super) fn read(at: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::read(at) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(Error::io("read", at)(error)),
    }
}

/// Lists the files below a folder, links among them, by their paths from another folder above it.
pub(super) fn list(folder: &Path, top: &Path) -> Result<BTreeSet<String>, Error> {
    let mut paths = BTreeSet::new();
    if !folder.exists() {
        return Ok(paths);
    }
    for entry in WalkDir::new(folder) {
        let entry = entry.map_err(|error| Error::io("read", folder)(error.into()))?;
        let path = entry.path().strip_prefix(top).ok().and_then(Path::to_str);
        if let Some(path) = path.filter(|_| !entry.file_type().is_dir()) {
            paths.insert(path.replace(std::path::MAIN_SEPARATOR, "/"));
        }
    }
    Ok(paths)
}

fn version(bytes: &[u8]) -> Version {
    Version(ContentHash::of(bytes).to_string())
}

impl Store for Files {
    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Version)>, Error> {
        Ok(read(&self.folder.join(path))?.map(|bytes| {
            let version = version(&bytes);
            (bytes, version)
        }))
    }

    fn put(&self, path: &str, _: &File, bytes: Vec<u8>) -> Result<(), Error> {
        self.write(path, &bytes)
    }

    fn put_if(&self, path: &str, bytes: &[u8], last: Option<&Version>) -> Result<Option<Version>, Error> {
        let at = self.place(&format!("{HIDDEN}/lock"))?;
        let lock = fs::File::create(&at).map_err(Error::io("write", &at))?;
        lock.lock().map_err(Error::io("lock", &at))?;
        let there = self.get(path)?.map(|(_, version)| version);
        if there.as_ref() != last {
            return Ok(None);
        }
        self.write(path, bytes)?;
        Ok(Some(version(bytes)))
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), Error> {
        let bytes = read(&self.folder.join(from))?.ok_or_else(|| Error::missing(format!("`{from}` is not there")))?;
        self.write(to, &bytes)
    }

    fn delete(&self, path: &str) -> Result<(), Error> {
        let at = self.folder.join(path);
        match fs::remove_file(&at) {
            Err(error) if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Err(Error::io("remove", &at)(error));
            }
            _ => {}
        }
        for folder in at.ancestors().skip(1).take_while(|folder| *folder != self.folder) {
            // One that is not empty stays, and so do those above it.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
        Ok(())
    }

    fn list(&self, folder: &str) -> Result<BTreeSet<String>, Error> {
        list(&self.folder.join(folder), &self.folder)
    }

    fn holds(&self, path: &str, file: &File) -> Result<bool, Error> {
        Ok(read(&self.folder.join(path))?.is_some_and(|bytes| ContentHash::of(&bytes) == file.hash))
    }
}
