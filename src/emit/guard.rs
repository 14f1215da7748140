//! Folders that a build must not write into.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{Error, HIDDEN};

/// How many foreign names an error tells.
const NAMES: usize = 3;

/// What an output folder must not be.
#[derive(Clone, Copy, Debug)]
pub struct Protect<'a> {
    /// The site's root: not it, not a folder above it, and not the sources inside it.
    pub root: &'a Path,
    /// The user's home folder, where there is one.
    pub home: Option<&'a Path>,
}

impl Protect<'_> {
    /// Refuses an output folder, given with its links resolved, that a build might destroy work in.
    pub(super) fn check(&self, out: &Path) -> Result<(), Error> {
        match self.objection(out)? {
            Some(what) => Err(Error::Protected { path: out.to_owned(), what }),
            None => Ok(()),
        }
    }

    /// Says what a folder is that makes it no output folder.
    fn objection(&self, out: &Path) -> Result<Option<&'static str>, Error> {
        let root = resolve(self.root)?;
        if out.parent().is_none() {
            return Ok(Some("the root of the file system"));
        }
        // A home folder that cannot be found cannot be the output folder either.
        if self.home.and_then(|home| resolve(home).ok()).is_some_and(|home| home == out) {
            return Ok(Some("the home folder"));
        }
        if root == out {
            return Ok(Some("the site's own folder"));
        }
        if root.starts_with(out) {
            return Ok(Some("a folder that holds the site's own"));
        }
        let sources = [
            ("content", "the site's content"),
            ("themes", "the site's themes"),
            ("templates", "the site's templates"),
            ("static", "the site's static files"),
        ];
        for (name, what) in sources {
            let source = resolve(&root.join(name))?;
            if out.starts_with(&source) || source.starts_with(out) {
                return Ok(Some(what));
            }
        }
        Ok(None)
    }
}

/// Makes a path absolute and follows its links as far as it exists; what does not exist yet is only tidied.
pub(super) fn resolve(path: &Path) -> Result<PathBuf, Error> {
    let absolute = std::path::absolute(path).map_err(Error::io("find", path))?;
    let mut resolved = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::CurDir => continue,
            Component::ParentDir => {
                resolved.pop();
                continue;
            }
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => resolved.push(part),
        }
        match fs::symlink_metadata(&resolved) {
            Ok(about) if about.is_symlink() => {
                resolved = fs::canonicalize(&resolved).map_err(Error::io("find", &resolved))?;
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io("find", &resolved)(error)),
        }
    }
    Ok(resolved)
}

/// Refuses a folder that has anything in it besides Dateline's own hidden folder.
pub(super) fn refuse_foreign(out: &Path) -> Result<(), Error> {
    let mut names = Vec::new();
    for entry in fs::read_dir(out).map_err(Error::io("read", out))? {
        let entry = entry.map_err(Error::io("read", out))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        names.push(if folder { name + "/" } else { name });
    }
    names.retain(|name| name.strip_suffix('/') != Some(HIDDEN));
    names.sort_unstable();
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    if names.is_empty() { Ok(()) } else { Err(Error::Foreign { path: out.to_owned(), names, more }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tells why a folder is refused.
    fn refused(out: &Path, root: &Path, home: Option<&Path>) -> Option<String> {
        let out = resolve(out).expect("it is found");
        Protect { root, home }
            .check(&out)
            .err()
            .map(|error| error.to_string().rsplit("` is ").next().unwrap_or_default().to_owned())
    }

    #[test]
    fn the_sources_and_all_above_them_are_refused() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let home = dir.path().join("home");
        let root = home.join("site");
        fs::create_dir_all(root.join("content/pages")).expect("folders are made");
        let why = |out: &str| refused(&root.join(out), &root, Some(&home)).unwrap_or_default();
        assert_eq!(why("."), "the site's own folder");
        assert_eq!(why("public/.."), "the site's own folder");
        assert_eq!(why(".."), "the home folder");
        assert_eq!(why("../.."), "a folder that holds the site's own");
        assert_eq!(why("/"), "the root of the file system");
        assert_eq!(why("content"), "the site's content");
        assert_eq!(why("content/pages/out"), "the site's content");
        assert_eq!(why("themes/x"), "the site's themes");
        assert_eq!(why("templates"), "the site's templates");
        assert_eq!(why("static/out"), "the site's static files");
        assert_eq!(why("public"), "");
        assert_eq!(why("content-of-old"), "");
        assert_eq!(why("../elsewhere/deep"), "");
    }

    #[cfg(unix)]
    #[test]
    fn links_hide_nothing() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let root = dir.path().join("site");
        let real = dir.path().join("texts/content");
        fs::create_dir_all(&real).expect("folders are made");
        fs::create_dir(&root).expect("a folder is made");
        std::os::unix::fs::symlink(&real, root.join("content")).expect("a link is made");
        std::os::unix::fs::symlink(&root, dir.path().join("alias")).expect("a link is made");
        std::os::unix::fs::symlink("nowhere", dir.path().join("dangling")).expect("a link is made");
        let why = |out: &str| refused(&dir.path().join(out), &root, None);
        assert_eq!(why("alias").as_deref(), Some("the site's own folder"));
        assert_eq!(why("alias/static").as_deref(), Some("the site's static files"));
        assert_eq!(why("texts/content/out").as_deref(), Some("the site's content"));
        assert_eq!(why("texts").as_deref(), Some("the site's content"));
        assert!(matches!(resolve(&dir.path().join("dangling/out")), Err(Error::Io { doing: "find", .. })));
    }
}
