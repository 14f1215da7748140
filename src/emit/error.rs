//! What can go wrong with an output folder.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A reason why an output folder was not brought up to date, with the path that it was about.
///
/// `Display` is one line without the cause; an [`Error::Io`] gives the system's words as its `source`.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The system refused an operation.
    Io {
        /// What was tried, as a verb: "write", "read".
        doing: &'static str,
        /// The file or folder that it was tried on.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The output folder is one that a build must never write into.
    Protected {
        /// The folder asked for, with its links resolved.
        path: PathBuf,
        /// What it is: "the home folder".
        what: &'static str,
    },
    /// Something that is no folder stands where a folder has to be.
    NotAFolder {
        /// Where it stands.
        path: PathBuf,
    },
    /// The folder has files in it and no manifest, so that nothing in it is known to be Dateline's.
    Foreign {
        /// The folder.
        path: PathBuf,
        /// The first names in it, at most three; folders end in `/`.
        names: Vec<String>,
        /// How many there are besides.
        more: usize,
    },
    /// A file, folder or link that Dateline did not write stands where a page belongs.
    InTheWay {
        /// Where it stands.
        path: PathBuf,
    },
    /// The manifest cannot be understood.
    Corrupt {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The manifest was written by a later Dateline.
    Newer {
        /// The manifest.
        path: PathBuf,
        /// Its version.
        version: u64,
    },
    /// Another build is writing to the folder.
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// A page's path could not be a path inside the folder.
    Path {
        /// The path as it was given.
        path: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// Two pages of one build have the same path.
    Twice {
        /// The path.
        path: String,
    },
    /// One page's path is a folder of another's.
    Clash {
        /// The path that would have to be a file and a folder.
        path: String,
    },
    /// A page was begun and failed, so that the build must not be committed.
    Unfinished {
        /// The page's path.
        path: String,
    },
}

impl Error {
    /// Says what to do about it, where there is something to do.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Protected { .. } => Some("choose a folder of its own, such as `public`"),
            Self::NotAFolder { .. } | Self::Foreign { .. } => Some("choose another folder, or empty this one"),
            Self::InTheWay { .. } => Some("move it out of the output folder, or give the page another path"),
            Self::Corrupt { .. } => Some("empty the output folder, and everything is written anew"),
            Self::Newer { .. } => Some("build with that version, or empty the output folder"),
            Self::Busy { .. } => Some("wait until it is done, or choose another folder"),
            _ => None,
        }
    }

    /// Makes a closure that names the operation and the path of an I/O error.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { doing, path: path.to_owned(), source }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { doing, path, .. } => write!(f, "cannot {doing} `{}`", path.display()),
            Self::Protected { path, what } => write!(f, "the output folder `{}` is {what}", path.display()),
            Self::NotAFolder { path } => write!(f, "`{}` is not a folder", path.display()),
            Self::Foreign { path, names, more } => {
                write!(f, "the output folder `{}` holds files that Dateline did not write: ", path.display())?;
                write!(f, "`{}`", names.join("`, `"))?;
                if *more > 0 { write!(f, " and {more} more") } else { Ok(()) }
            }
            Self::InTheWay { path } => {
                write!(f, "`{}` is in the way of a page, and Dateline did not write it", path.display())
            }
            Self::Corrupt { path, why } => write!(f, "the manifest `{}` cannot be read: {why}", path.display()),
            Self::Newer { path, version } => {
                write!(f, "the manifest `{}` is of version {version}, from a later Dateline", path.display())
            }
            Self::Busy { path } => write!(f, "another build is writing to `{}`", path.display()),
            Self::Path { path, why } => write!(f, "the output path {path:?} {why}"),
            Self::Twice { path } => write!(f, "two pages have the output path {path:?}"),
            Self::Clash { path } => write!(f, "the output path {path:?} is one page and a folder of others"),
            Self::Unfinished { path } => write!(f, "the page {path:?} was not written, so nothing is"),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
