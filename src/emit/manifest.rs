//! The list of the files that Dateline wrote to a folder.
//!
//! ```json
//! {
//! "version": 1,
//! "files": {
//! "404.html": {"hash":"0e5b…","size":812,"key":"77c1…"},
//! "index.html": {"hash":"91aa…","size":4711,"key":"03fe…"}
//! }
//! }
//! ```
//!
//! It is sorted by path and has one file a line, so that two of them compare well. No time stands in it: equal
//! sites have equal manifests.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::SystemTime;

use serde::de::{Deserialize, Deserializer, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

use super::{Error, path};

/// The version of the manifest's form that this Dateline reads and writes.
const VERSION: u64 = 1;

/// A digest of everything that a page was made from: where it is the same, so is the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(pub u128);

/// The XXH3 hash of a file's bytes, in 128 bits.
///
/// It tells a file from another version of itself, which nobody forges; it is no signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(u128);

impl ContentHash {
    /// Hashes bytes that are in memory.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// Hashes a file without holding it in memory.
    pub(super) fn of_file(file: &Path) -> io::Result<Self> {
        let mut hashed = HashWriter::around(io::sink());
        io::copy(&mut File::open(file)?, &mut hashed)?;
        Ok(hashed.sum().0)
    }
}

/// A writer that hashes and counts what goes through it.
pub(super) struct HashWriter<W> {
    inner: W,
    hasher: Xxh3Default,
    size: u64,
}

impl<W: Write> HashWriter<W> {
    /// Stands before another writer.
    pub(super) fn around(inner: W) -> Self {
        Self { inner, hasher: Xxh3Default::new(), size: 0 }
    }

    /// Tells the hash and the size of all that was written.
    pub(super) fn sum(&self) -> (ContentHash, u64) {
        (ContentHash(self.hasher.digest128()), self.size)
    }
}

impl<W: Write> Write for HashWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(bytes.get(..written).unwrap_or_default());
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// What the manifest knows of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Entry {
    /// The hash of its bytes.
    pub hash: ContentHash,
    /// Its length in bytes.
    pub size: u64,
    /// The digest of what it was made from; none for a file that was copied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Key>,
}

/// The files of one finished site by their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Each file, its path relative to the output folder with `/` between folders.
    pub files: BTreeMap<String, Entry>,
}

/// The manifest as it stands in its file.
#[derive(serde::Deserialize)]
struct Form {
    version: u64,
    files: BTreeMap<String, Entry>,
}

/// As much of a manifest as every version has.
#[derive(serde::Deserialize)]
struct Header {
    version: u64,
}

impl Manifest {
    /// Reads the manifest of an output folder; none where nothing was ever built into it.
    ///
    /// # Errors
    /// [`Error::Corrupt`] and [`Error::Newer`] for one that cannot be trusted, [`Error::Io`] for one that cannot be read.
    pub fn of(folder: &Path) -> Result<Option<Self>, Error> {
        Ok(Self::read(&folder.join(super::HIDDEN).join(super::MANIFEST))?.map(|(manifest, _)| manifest))
    }

    /// Reads a manifest and tells when it was written, where the file system knows.
    pub(super) fn read(file: &Path) -> Result<Option<(Self, Option<SystemTime>)>, Error> {
        let about = match fs::symlink_metadata(file) {
            Ok(about) if about.is_file() => about,
            Ok(_) => return Err(Error::Corrupt { path: file.to_owned(), why: "it is not a regular file".into() }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io("read", file)(error)),
        };
        let bytes = fs::read(file).map_err(Error::io("read", file))?;
        Ok(Some((Self::parse(&bytes, file)?, about.modified().ok())))
    }

    /// Understands a manifest's bytes.
    ///
    /// The paths in it decide what is removed, so that one which leads out of the folder makes it worthless.
    fn parse(bytes: &[u8], file: &Path) -> Result<Self, Error> {
        let corrupt = |why: String| Error::Corrupt { path: file.to_owned(), why };
        let form = serde_json::from_slice::<Form>(bytes);
        let version = match &form {
            Ok(form) => form.version,
            Err(error) => serde_json::from_slice::<Header>(bytes).map_err(|_| corrupt(error.to_string()))?.version,
        };
        if version > VERSION {
            return Err(Error::Newer { path: file.to_owned(), version });
        }
        let files = form.map_err(|error| corrupt(error.to_string()))?.files;
        match files.keys().find_map(|name| Some((name, path::flaw(name)?))) {
            Some((name, why)) => Err(corrupt(format!("the path {name:?} {why}"))),
            None => Ok(Self { files }),
        }
    }

    /// Writes the manifest to a new file.
    pub(super) fn write(&self, file: &Path) -> io::Result<()> {
        let mut out = BufWriter::new(File::create(file)?);
        write!(out, "{{\n\"version\": {VERSION},\n\"files\": {{")?;
        for (n, (path, entry)) in self.files.iter().enumerate() {
            out.write_all(if n == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut out, path)?;
            out.write_all(b": ")?;
            serde_json::to_writer(&mut out, entry)?;
        }
        out.write_all(b"\n}\n}\n")?;
        out.flush()
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl Serialize for Key {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl Serialize for ContentHash {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(Hex).map(Self)
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(Hex).map(Self)
    }
}

/// Reads 128 bits from 32 hexadecimal digits.
struct Hex;

impl Visitor<'_> for Hex {
    type Value = u128;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("32 hexadecimal digits")
    }

    fn visit_str<E: serde::de::Error>(self, digits: &str) -> Result<u128, E> {
        let digit = |byte: u8| char::from(byte).to_digit(16).map(u64::from);
        let half = |half: &[u8; 16]| half.iter().try_fold(0, |number, byte| Some(number << 4 | digit(*byte)?));
        let number = match digits.as_bytes().as_chunks::<16>() {
            ([high, low], []) => half(high).zip(half(low)).map(|(high, low)| u128::from(high) << 64 | u128::from(low)),
            _ => None,
        };
        number.ok_or_else(|| E::invalid_value(Unexpected::Str(digits), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Manifest, Error> {
        Manifest::parse(text.as_bytes(), Path::new("manifest.json"))
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let file = dir.path().join("manifest.json");
        let page = Entry { hash: ContentHash(1), size: 3, key: Some(Key(u128::MAX)) };
        let copy = Entry { hash: ContentHash(2), size: 4, key: None };
        let files = [("b \"q\".html", page), ("a/index.html", copy)].map(|(path, entry)| (path.to_owned(), entry));
        let manifest = Manifest { files: files.into() };
        manifest.write(&file).expect("it is written");
        assert_eq!(
            fs::read_to_string(&file).expect("it is there"),
            r#"{
"version": 1,
"files": {
"a/index.html": {"hash":"00000000000000000000000000000002","size":4},
"b \"q\".html": {"hash":"00000000000000000000000000000001","size":3,"key":"ffffffffffffffffffffffffffffffff"}
}
}
"#
        );
        assert_eq!(Manifest::read(&file).expect("it is read").expect("it is there").0, manifest);
        Manifest::default().write(&file).expect("it is written");
        assert_eq!(Manifest::read(&file).expect("it is read").expect("it is there").0, Manifest::default());
    }

    #[test]
    fn a_later_version_is_told_from_a_broken_one() {
        let later = parse(r#"{"version": 2, "files": {"a": "in another form"}, "more": 1}"#);
        assert!(matches!(later, Err(Error::Newer { version: 2, .. })));
        for broken in ["", "{", "[]", r#"{"files": {}}"#, r#"{"version": 1, "files": {"a": 1}}"#] {
            assert!(matches!(parse(broken), Err(Error::Corrupt { .. })), "{broken}");
        }
        let signed = r#"{"version": 1, "files": {"a": {"hash": "+0000000000000000000000000000001", "size": 1}}}"#;
        assert!(matches!(parse(signed), Err(Error::Corrupt { .. })));
    }

    #[test]
    fn a_path_that_leads_out_makes_it_worthless() {
        let hostile = r#"{"version":1,"files":{"../x":{"hash":"00000000000000000000000000000002","size":4}}}"#;
        let message = parse(hostile).expect_err("it is refused").to_string();
        assert_eq!(
            message,
            r#"the manifest `manifest.json` cannot be read: the path "../x" has an empty, `.` or `..` part"#
        );
    }
}
