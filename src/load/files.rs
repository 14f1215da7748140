//! The text of files at the edge: what may be read, and what is text.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::text::{Place, Span};

/// The largest text file that is read, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// Reads a text file that [`walk`](super::walk()) found, or one that a site must have.
///
/// # Errors
/// `unreadable`, `not-a-file`, `too-large` (over 64 MiB), `not-utf8` with the offset of the first bad byte, and
/// `nul-byte`, which no text has and much software stumbles over.
pub fn read_text(path: &Path, rel: &Arc<str>) -> Result<String, Box<Diagnostic>> {
    let place = Place::file(rel);
    let bytes = read_bytes(path).map_err(|error| Box::new(error.diagnostic(&place)))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        Diagnostic::error("not-utf8", format!("byte {offset} of this file is not UTF-8"))
            .at(place)
            .help("save the file as UTF-8")
    })?;
    match memchr::memchr(0, text.as_bytes()) {
        None => Ok(text),
        Some(offset) => {
            let place = Place::new(rel, Span::new(offset, offset + 1));
            Err(Box::new(Diagnostic::error("nul-byte", format!("byte {offset} of this file is NUL")).at(place)))
        }
    }
}

/// Why the bytes of a file could not be had.
enum ReadError {
    NotAFile,
    TooLarge,
    Io(io::Error),
}

impl ReadError {
    fn diagnostic(&self, place: &Place) -> Diagnostic {
        match self {
            Self::NotAFile => Diagnostic::error("not-a-file", "this is not a regular file").at(place.clone()),
            Self::TooLarge => {
                let limit = MAX_BYTES >> 20;
                Diagnostic::error("too-large", format!("this file is larger than {limit} MiB")).at(place.clone())
            }
            Self::Io(error) => unreadable(place, error),
        }
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads a regular file up to the limit.
///
/// What a path is, is asked first, because to open a pipe may wait for ever; and again once it is open, because
/// another file may have taken its place.
fn read_bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    if !fs::metadata(path)?.is_file() {
        return Err(ReadError::NotAFile);
    }
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(ReadError::NotAFile);
    }
    if metadata.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default() + 1);
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES { Err(ReadError::TooLarge) } else { Ok(bytes) }
}

/// Reports what the system could not give.
pub(super) fn unreadable(place: &Place, error: &io::Error) -> Diagnostic {
    Diagnostic::error("unreadable", format!("this cannot be read: {}", error.kind())).at(place.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_or_refused_at_its_first_bad_byte() {
        let site = tempfile::tempdir().expect("a folder");
        let path = site.path().join("a.md");
        let read = |bytes: &[u8]| {
            fs::write(&path, bytes).expect("a file");
            read_text(&path, &"a.md".into()).map_err(|d| (d.code, d.message, d.place.map(|place| place.span)))
        };
        assert_eq!(read("+++\né".as_bytes()), Ok("+++\né".to_owned()));
        let whole = Some(Span::default());
        assert_eq!(read(b"abc\xff\xfe"), Err(("not-utf8", "byte 3 of this file is not UTF-8".to_owned(), whole)));
        assert_eq!(read(b"ab\0"), Err(("nul-byte", "byte 2 of this file is NUL".to_owned(), Some(Span::new(2, 3)))));
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let site = tempfile::tempdir().expect("a folder");
        let path = site.path().join("a.md");
        File::create(&path).and_then(|file| file.set_len(MAX_BYTES + 1)).expect("a sparse file");
        assert_eq!(read_text(&path, &"a.md".into()).map_err(|d| d.code), Err("too-large"));
        assert_eq!(read_text(site.path(), &"".into()).map_err(|d| d.code), Err("not-a-file"));
        assert_eq!(read_text(&site.path().join("b.md"), &"b.md".into()).map_err(|d| d.code), Err("unreadable"));
    }
}
