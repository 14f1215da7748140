//! What stands at a host, as the host itself keeps it: our files, and no others, are ever changed or deleted.
//!
//! ```text
//! .dateline/publish.json            the manifest of the site that is published
//! .dateline/pending.json            the journal of a publish that is under way, or was broken off
//! .dateline/generations/12.json     the manifest of an earlier site
//! .dateline/kept/<hash>             bytes of earlier sites that no longer stand in their place
//! ```

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Error;
use crate::emit::ContentHash;

/// The version of the manifest's form that this Dateline reads and writes.
const VERSION: u32 = 1;

/// The folder at a host that holds what is not the site.
pub(super) const HIDDEN: &str = crate::emit::HIDDEN;

/// Where the manifest is.
pub(super) const MANIFEST: &str = ".dateline/publish.json";

/// Where the journal is.
pub(super) const JOURNAL: &str = ".dateline/pending.json";

/// What a visitor meets a file as, which tells when it may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What pages are drawn with: styles, scripts, pictures.
    Asset,
    /// A page that stands for itself, or its data.
    Page,
    /// What leads to pages: lists, feeds, the sitemap, the search.
    List,
}

/// One file of a published site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// Its length in bytes.
    pub size: u64,
    /// What a visitor meets it as.
    pub kind: Kind,
    /// What it is served with.
    #[serde(flatten)]
    pub headers: Headers,
}

/// What a file is served with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Headers {
    /// The media type, and the charset of text.
    #[serde(rename = "type")]
    pub content_type: String,
    /// For how long a cache may answer without asking.
    #[serde(rename = "cache")]
    pub cache_control: String,
}

/// A superseded asset that cached pages may still ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseded {
    /// What it was.
    #[serde(flatten)]
    pub file: File,
    /// When it left the site.
    pub since: jiff::Timestamp,
}

/// A published site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// Which publish it is of, from 1 on; it never goes back.
    pub generation: u64,
    /// The address that the site was built for.
    pub base_url: String,
    /// The moment that the site was built for.
    pub built_for: jiff::Timestamp,
    /// The generations that a rollback can bring back, the latest last.
    pub kept: Vec<u64>,
    /// Every file by its path.
    pub files: BTreeMap<String, File>,
    /// Assets that left the site, and wait for caches to forget them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub superseded: BTreeMap<String, Superseded>,
}

impl Manifest {
    /// Describes a site that no host has yet.
    pub fn new(base_url: &str, built_for: jiff::Timestamp, files: BTreeMap<String, File>) -> Self {
        let base_url = base_url.to_owned();
        let (kept, superseded) = (Vec::new(), BTreeMap::new());
        Self { version: VERSION, generation: 1, base_url, built_for, kept, files, superseded }
    }

    /// Understands the bytes of a manifest.
    ///
    /// The paths in it decide what is deleted, so one that leads out of the site makes it worthless.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Header {
            version: u32,
        }
        // What it holds is not repeated: a host may answer with anything, such as the request and its credentials.
        let place = |error: serde_json::Error| format!("line {}, column {}", error.line(), error.column());
        let corrupt = |why: String| {
            Error::refused(format!("the manifest at the host cannot be read: {why}"))
                .help(format!("look at {MANIFEST} there; `--adopt` publishes over what it does not tell of"))
        };
        let header: Header = serde_json::from_slice(bytes).map_err(|error| corrupt(place(error)))?;
        if header.version > VERSION {
            return Err(Error::refused("a newer Dateline has published here").help("publish with that version"));
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(|error| corrupt(place(error)))?;
        match manifest.files.keys().chain(manifest.superseded.keys()).find(|path| !is_plain(path)) {
            Some(path) => Err(corrupt(format!("the path {path:?} leads out of the site"))),
            None => Ok(manifest),
        }
    }

    /// Writes it, one file a line, so that two of them compare well.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        to_json(self)
    }

    /// Finds a file that stands at the host, superseded or not.
    pub(super) fn find(&self, path: &str) -> Option<&File> {
        self.files.get(path).or_else(|| self.superseded.get(path).map(|old| &old.file))
    }

    /// Lists every path that is ours.
    pub(super) fn paths(&self) -> impl Iterator<Item = &String> {
        self.files.keys().chain(self.superseded.keys())
    }
}

/// Tells whether a path stays inside the site and out of the hidden folder.
fn is_plain(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    path.split('/').all(plain) && !path.contains(['\\', '\0']) && path.split('/').next() != Some(HIDDEN)
}

/// Where the manifest of an earlier site is.
pub(super) fn generation_path(generation: u64) -> String {
    format!("{HIDDEN}/generations/{generation}.json")
}

/// Where bytes of earlier sites are.
pub(super) fn kept_path(hash: ContentHash) -> String {
    format!("{HIDDEN}/kept/{hash}")
}

/// What a publish writes down before it changes anything, and removes when all is done.
///
/// It is the claim of one publish over all others, and tells the next one what a broken-off publish may have left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Journal {
    /// Which process publishes.
    pub(super) owner: Owner,
    /// When the owner last said that it is alive.
    pub(super) renewed: jiff::Timestamp,
    /// The generation that is being made.
    pub(super) generation: u64,
    /// The paths that are sent.
    pub(super) sent: BTreeSet<String>,
    /// The paths that are to be deleted.
    pub(super) deleted: BTreeSet<String>,
}

/// A process that publishes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Owner {
    /// The machine's name, for people.
    pub(super) machine: String,
    /// What tells this start of the machine, and the processes that see each other on it, from all others.
    pub(super) space: String,
    /// The process.
    pub(super) process: u32,
    /// What tells two publishes of one process apart.
    pub(super) started: jiff::Timestamp,
}

impl Journal {
    /// Understands the bytes of a journal; one that was cut off tells nothing.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let journal: Self = serde_json::from_slice(bytes).ok()?;
        journal.sent.iter().chain(&journal.deleted).all(|path| is_plain(path)).then_some(journal)
    }

    /// Writes it.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        to_json(self)
    }
}

/// Writes JSON with a line for every value of the outer two levels.
fn to_json(value: &impl Serialize) -> Vec<u8> {
    // These types hold nothing that JSON cannot.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_as_it_was_written() {
        let headers = Headers { content_type: "text/html; charset=utf-8".into(), cache_control: "no-cache".into() };
        let file = File { hash: ContentHash::of(b"x"), size: 1, kind: Kind::Page, headers };
        let files = BTreeMap::from([("café/a b.html".to_owned(), file.clone())]);
        let since = jiff::Timestamp::UNIX_EPOCH;
        let mut manifest = Manifest::new("https://a.org", since, files);
        manifest.superseded.insert("a.css".to_owned(), Superseded { file, since });
        assert_eq!(Manifest::parse(&manifest.to_bytes()).unwrap(), manifest);
    }

    #[test]
    fn paths_that_lead_out_make_it_worthless() {
        let text = |path: &str| {
            let file = r#"{"hash":"00000000000000000000000000000001","size":1,"kind":"page","type":"a","cache":"b"}"#;
            let head = r#""version":1,"generation":1,"base_url":"u","built_for":"2026-01-01T00:00:00Z","kept":[]"#;
            format!(r#"{{{head},"files":{{"{path}":{file}}}}}"#)
        };
        assert!(Manifest::parse(text("a/b.html").as_bytes()).is_ok());
        for path in ["../a", "/a", "a//b", ".dateline/publish.json", "a/./b"] {
            assert!(Manifest::parse(text(path).as_bytes()).is_err(), "{path}");
        }
        let newer = Manifest::parse(br#"{"version": 2}"#).unwrap_err();
        assert!(newer.message.contains("newer Dateline"), "{newer}");
    }
}
