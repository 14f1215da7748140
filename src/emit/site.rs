//! The site that is in the output folder now: what Dateline wrote there, and what stands in the way of more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use rustc_hash::FxHashMap;
use walkdir::WalkDir;

use super::manifest::{ContentHash, Entry, Manifest};
use super::{Error, HIDDEN, MANIFEST, PENDING, path};

/// The last site, as its manifest and the disk tell it.
///
/// The disk may not change under it: what it found of a folder is kept.
#[derive(Debug)]
pub(super) struct Site {
    /// The output folder.
    folder: PathBuf,
    /// The files that Dateline wrote.
    files: BTreeMap<String, Entry>,
    /// When the manifest was written; none where the entries do not surely tell what is on the disk.
    settled: Option<SystemTime>,
    /// Whether the last build was committed to the end.
    whole: bool,
    /// What stands at a folder's path.
    ways: Mutex<FxHashMap<String, Way>>,
}

/// What is found on the way down to a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    /// It is a folder, and so are all above it.
    Open,
    /// It is not there, or one above it is not.
    Absent,
    /// Something that is no folder stands at this path: a file, or a link, wherever it leads.
    Blocked(String),
}

impl Site {
    /// Reads what is known of the site in a folder.
    ///
    /// A pending manifest is the one of a build that was killed while it moved its pages in. Its files are
    /// Dateline's as those of the last whole build are, but which of the two is on the disk is anyone's guess.
    pub(super) fn read(folder: PathBuf) -> Result<Self, Error> {
        let hidden = folder.join(HIDDEN);
        let last = Manifest::read(&hidden.join(MANIFEST))?;
        let pending = Manifest::read(&hidden.join(PENDING))?;
        let whole = last.is_some() && pending.is_none();
        let (last, written) = last.unwrap_or_default();
        let settled = written.filter(|_| whole);
        let mut files = last.files;
        files.extend(pending.unwrap_or_default().0.files);
        Ok(Self { folder, files, settled, whole, ways: Mutex::default() })
    }

    /// Tells whether Dateline ever wrote to the folder.
    pub(super) fn is_known(folder: &Path) -> Result<bool, Error> {
        let hidden = folder.join(HIDDEN);
        match fs::symlink_metadata(&hidden) {
            Ok(about) if !about.is_dir() => Err(Error::InTheWay { path: hidden }),
            _ => Ok([MANIFEST, PENDING].iter().any(|name| fs::symlink_metadata(hidden.join(name)).is_ok())),
        }
    }

    /// Tells whether the site is whole and has just these files.
    pub(super) fn is(&self, manifest: &Manifest) -> bool {
        self.whole && self.files == manifest.files
    }

    /// Finds what is known of a file, where the key that it was made from is the same and its bytes still stand.
    pub(super) fn made_from(&self, path: &str, key: super::Key) -> Option<Entry> {
        self.files.get(path).filter(|entry| entry.key == Some(key) && self.has(path, entry.hash, entry.size)).copied()
    }

    /// Tells whether a file of Dateline's has these bytes.
    ///
    /// The manifest is written after every file, so a file of the right size that is older than the manifest was
    /// not touched since, and the manifest knows its hash. All others are read: the ones written in the clock
    /// tick of the manifest, those of a fresh checkout, and those that someone changed.
    pub(super) fn has(&self, path: &str, hash: ContentHash, size: u64) -> bool {
        let Some(last) = self.files.get(path) else { return false };
        let Some((file, about)) = self.find(path) else { return false };
        if !about.is_file() || about.len() != size {
            return false;
        }
        let touched = about.modified().ok();
        let untouched = touched.zip(self.settled).is_some_and(|(touched, settled)| touched < settled);
        if untouched { last.hash == hash } else { ContentHash::of_file(&file).is_ok_and(|found| found == hash) }
    }

    /// Finds what stands at a path without following a link.
    fn find(&self, path: &str) -> Option<(PathBuf, Metadata)> {
        let open = self.way_to(path::parent(path)).is_ok_and(|way| way == Way::Open);
        let file = self.folder.join(path);
        let about = fs::symlink_metadata(&file).ok().filter(|_| open)?;
        Some((file, about))
    }

    /// Finds what is on the way down to a folder, asking the disk about each folder once.
    fn way_to(&self, folder: &str) -> Result<Way, Error> {
        if folder.is_empty() {
            return Ok(Way::Open);
        }
        let ways = || self.ways.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(way) = ways().get(folder) {
            return Ok(way.clone());
        }
        let way = match self.way_to(path::parent(folder))? {
            Way::Open => self.look_at(folder)?,
            closed => closed,
        };
        ways().insert(folder.to_owned(), way.clone());
        Ok(way)
    }

    fn look_at(&self, folder: &str) -> Result<Way, Error> {
        let at = self.folder.join(folder);
        match fs::symlink_metadata(&at) {
            Ok(about) if about.is_dir() => Ok(Way::Open),
            Ok(_) => Ok(Way::Blocked(folder.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Way::Absent),
            Err(error) => Err(Error::io("read", &at)(error)),
        }
    }

    /// Makes sure that a page can be written to its path over nothing but what Dateline wrote.
    ///
    /// What the new site does not name is removed before, so a file of Dateline's may stand where a folder is
    /// needed, and the other way round.
    pub(super) fn has_room_for(&self, path: &str) -> Result<(), Error> {
        match self.way_to(path::parent(path))? {
            Way::Absent => Ok(()),
            Way::Blocked(at) if self.is_own_file(&at) => Ok(()),
            Way::Blocked(at) => Err(Error::InTheWay { path: self.folder.join(at) }),
            Way::Open => match self.look_at(path)? {
                Way::Absent => Ok(()),
                Way::Open => self.is_own_folder(path),
                Way::Blocked(_) if self.files.contains_key(path) => Ok(()),
                Way::Blocked(_) => Err(Error::InTheWay { path: self.folder.join(path) }),
            },
        }
    }

    fn is_own_file(&self, path: &str) -> bool {
        self.files.contains_key(path) && fs::symlink_metadata(self.folder.join(path)).is_ok_and(|about| about.is_file())
    }

    /// Makes sure that nothing is in a folder but files of Dateline's and their folders.
    fn is_own_folder(&self, folder: &str) -> Result<(), Error> {
        let top = self.folder.join(folder);
        for entry in WalkDir::new(&top) {
            let entry = entry.map_err(|error| Error::io("read", &top)(error.into()))?;
            let below = entry.path().strip_prefix(&self.folder).ok().and_then(Path::to_str);
            let own = below.map(|path| path.replace(std::path::MAIN_SEPARATOR, "/")).is_some_and(|path| {
                let kind = entry.file_type();
                if kind.is_dir() {
                    self.has_files_below(&path)
                } else {
                    kind.is_file() && self.files.contains_key(&path)
                }
            });
            if !own {
                return Err(Error::InTheWay { path: entry.into_path() });
            }
        }
        Ok(())
    }

    fn has_files_below(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        self.files.range(below.clone()..).next().is_some_and(|(path, _)| path.starts_with(&below))
    }

    /// Removes the files that a new site does not have, then the folders that this leaves empty.
    ///
    /// Tells how many files went. What is no regular file any more is not what was written, and stays.
    pub(super) fn remove_all_but(&self, manifest: &Manifest) -> Result<usize, Error> {
        let mut removed = 0;
        let mut folders = BTreeSet::new();
        for path in self.files.keys().filter(|path| !manifest.files.contains_key(*path)) {
            folders.extend(path::ancestors(path));
            if let Some((file, _)) = self.find(path).filter(|(_, about)| about.is_file()) {
                fs::remove_file(&file).map_err(Error::io("remove", &file))?;
                removed += 1;
            }
        }
        // Backwards, a folder comes after those in it.
        for folder in folders.into_iter().rev() {
            if self.way_to(folder)? == Way::Open {
                // A folder that is not empty stays, and that is what is wanted.
                let _ = fs::remove_dir(self.folder.join(folder));
            }
        }
        Ok(removed)
    }
}
