//! A folder of releases: each site is written beside the last one, and a link is swapped in one step.
//!
//! ```text
//! <path>/releases/12/     a site, with its manifest in .dateline/publish.json
//! <path>/current          a link to the newest, which a web server has as its root
//! <path>/nginx.conf       headers and redirects, to be included
//! <path>/Caddyfile        the same for Caddy
//! ```

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::{HIDDEN, MANIFEST, Manifest};
use super::{Error, Found, Host, Plan, Source, files, parallel};

/// The link to the newest release.
const CURRENT: &str = "current";

/// A folder of releases.
#[derive(Debug)]
pub(super) struct Releases {
    folder: PathBuf,
    keep: usize,
}

impl Releases {
    /// Names the folder; it need not exist.
    pub(super) fn at(folder: &Path, keep: usize) -> Self {
        Self { folder: folder.to_owned(), keep }
    }

    fn release(&self, generation: u64) -> PathBuf {
        self.folder.join("releases").join(generation.to_string())
    }

    fn current(&self) -> PathBuf {
        self.folder.join(CURRENT)
    }

    fn manifest_of(&self, release: &Path) -> Result<Option<Manifest>, Error> {
        files::read(&release.join(MANIFEST))?.map(|bytes| Manifest::parse(&bytes)).transpose()
    }

    /// Reads the manifest of the site that is published.
    fn manifest(&self) -> Result<Option<Manifest>, Error> {
        let current = self.current();
        match fs::symlink_metadata(&current) {
            Ok(about) if !about.is_symlink() => Err(Error::refused(format!("`{}` is no link", current.display()))
                .help("move it away, or set `in_place = true` to change a folder as it stands")),
            _ => self.manifest_of(&current),
        }
    }

    /// Lists what others have put into the site that is published; it moves on with it.
    fn foreign(&self, manifest: &Manifest) -> Result<BTreeSet<String>, Error> {
        let Ok(top) = fs::canonicalize(self.current()) else { return Ok(BTreeSet::new()) };
        let mut there = files::list(&top, &top)?;
        there.retain(|path| manifest.find(path).is_none() && !path.starts_with(HIDDEN));
        Ok(there)
    }

    /// Writes a release beside the others, out of new bytes and of links to those that did not change.
    fn write(
        &self,
        to: &Path,
        plan: &Plan,
        found: &Found,
        source: Source<'_>,
        sent: &(dyn Fn() + Sync),
    ) -> Result<(), Error> {
        let old = fs::canonicalize(self.current()).ok();
        let is_new: BTreeSet<&String> = plan.sent().collect();
        let foreign = found.manifest.as_ref().map(|old| self.foreign(old)).transpose()?.unwrap_or_default();
        let foreign = foreign.iter().filter(|path| plan.next.find(path).is_none());
        let paths: Vec<&String> = plan.next.paths().chain(foreign).collect();
        parallel::for_each(&paths, |path| {
            let at = to.join(path.as_str());
            let folder = at.parent().unwrap_or(to);
            fs::create_dir_all(folder).map_err(Error::io("make the folder", folder))?;
            if let Some(old) = old.as_ref().filter(|_| !is_new.contains(*path)) {
                return link(&old.join(path.as_str()), &at).map_err(Error::io("write", &at));
            }
            let bytes = match source {
                Source::Staged(staged) => staged.bytes(path)?,
                Source::Kept => self.kept(path, found)?,
            };
            fs::write(&at, bytes).map_err(Error::io("write", &at))?;
            sent();
            Ok(())
        })?;
        let at = to.join(MANIFEST);
        fs::create_dir_all(to.join(HIDDEN)).map_err(Error::io("make the folder", to))?;
        fs::write(&at, plan.next.to_bytes()).map_err(Error::io("write", &at))
    }

    fn kept(&self, path: &str, found: &Found) -> Result<Vec<u8>, Error> {
        let generation = found.manifest.as_ref().and_then(|manifest| manifest.kept.last());
        let at = generation.map(|generation| self.release(*generation).join(path));
        let bytes = at.map(|at| files::read(&at)).transpose()?.flatten();
        bytes.ok_or_else(|| Error::missing(format!("`{path}` of the earlier site is not there any more")))
    }

    /// Takes the folder's lock, which goes with this process.
    fn lock(&self) -> Result<fs::File, Error> {
        let hidden = self.folder.join(HIDDEN);
        fs::create_dir_all(&hidden).map_err(Error::io("make the folder", &hidden))?;
        let at = hidden.join("lock");
        let lock = fs::File::create(&at).map_err(Error::io("write", &at))?;
        match lock.try_lock() {
            Ok(()) => Ok(lock),
            Err(fs::TryLockError::WouldBlock) => {
                Err(Error::overtaken("another publish is under way; nothing was sent"))
            }
            Err(fs::TryLockError::Error(error)) => Err(Error::io("lock", &at)(error)),
        }
    }

    /// Swaps the link, in one step.
    fn swap(&self, generation: u64) -> Result<(), Error> {
        let (new, current) = (self.folder.join(".current.new"), self.current());
        remove(&new)?;
        symlink(&format!("releases/{generation}"), &new).map_err(Error::io("write", &new))?;
        fs::rename(&new, &current).map_err(Error::io("write", &current))
    }

    /// Removes releases that are older than those that are kept, and the halves of those that were broken off.
    fn forget(&self, next: &Manifest) -> Result<(), Error> {
        let releases = self.folder.join("releases");
        let entries = fs::read_dir(&releases).map_err(Error::io("read", &releases))?;
        for entry in entries.filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_half = name.strip_suffix(".new").is_some_and(|name| name.parse::<u64>().is_ok());
            let generation: Option<u64> = name.parse().ok();
            let is_old = generation.is_some_and(|n| n != next.generation && !next.kept.contains(&n));
            if is_half || (is_old && entry.path().join(MANIFEST).exists()) {
                remove(&entry.path())?;
            }
        }
        Ok(())
    }
}

impl Host for Releases {
    fn survey(&self, wanted: Option<&Manifest>) -> Result<Found, Error> {
        let mut manifest = self.manifest()?;
        if let Some(manifest) = &mut manifest {
            let excess = manifest.kept.len().saturating_sub(self.keep);
            manifest.kept.drain(..excess);
        }
        let foreign = match &manifest {
            Some(manifest) => {
                let mut foreign = self.foreign(manifest)?;
                foreign.retain(|path| wanted.is_some_and(|wanted| wanted.files.contains_key(path)));
                foreign
            }
            None if self.current().exists() => BTreeSet::from([CURRENT.to_owned()]),
            None => BTreeSet::new(),
        };
        Ok(Found { manifest, foreign, ..Found::default() })
    }

    fn earlier(&self, found: &Found) -> Result<Manifest, Error> {
        self.manifest_of(&self.release(found.last_kept()?))?.ok_or_else(Error::no_earlier)
    }

    fn apply(&self, plan: &Plan, found: &Found, source: Source<'_>, sent: &(dyn Fn() + Sync)) -> Result<(), Error> {
        let _lock = self.lock()?;
        let there = self.manifest()?;
        if there.as_ref().map(|manifest| manifest.generation)
            != found.manifest.as_ref().map(|manifest| manifest.generation)
        {
            return Err(Error::overtaken("another publish was faster; nothing was sent").help("publish again"));
        }
        let generation = plan.next.generation;
        let new = self.folder.join("releases").join(format!("{generation}.new"));
        let release = self.release(generation);
        remove(&new)?;
        fs::create_dir_all(&new).map_err(Error::io("make the folder", &new))?;
        self.write(&new, plan, found, source, sent)?;
        remove(&release)?;
        fs::rename(&new, &release).map_err(Error::io("write", &release))?;
        if let Source::Staged(staged) = source {
            for (name, text) in &staged.server_rules {
                let at = self.folder.join(name);
                files::replace(&at, text.as_bytes()).map_err(Error::io("write", &at))?;
            }
        }
        self.swap(generation)?;
        self.forget(&plan.next)
    }
}

/// Gives a file a second name, or copies it where that cannot be.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    let is_link = fs::symlink_metadata(from)?.is_symlink();
    if !is_link && fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to).map(drop)
}

#[cfg(unix)]
fn symlink(target: &str, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, at)
}

#[cfg(not(unix))]
fn symlink(_: &str, _: &Path) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "releases need symbolic links; set `in_place = true`"))
}

/// Removes a file or a folder with all that is in it; one that is not there is removed already.
fn remove(at: &Path) -> Result<(), Error> {
    let removed = match fs::symlink_metadata(at) {
        Ok(about) if about.is_dir() => fs::remove_dir_all(at),
        Ok(_) => fs::remove_file(at),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io("remove", at)(error)),
        _ => Ok(()),
    }
}
