//! Text compressed ahead, for servers that pick up `page.html.gz` and `page.html.br` beside `page.html`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};

use super::Error;
use super::manifest::File;
use crate::emit::ContentHash;

/// Compresses bytes, the same way each time.
type Compress = fn(&[u8]) -> io::Result<Vec<u8>>;

/// Below this size a text travels in one packet anyway.
const SMALL: u64 = 1024;

/// The highest level of gzip.
const GZIP: Compression = Compression::best();

/// Brotli's quality: the two levels above gain little and take many times as long.
const BROTLI_QUALITY: u32 = 9;

/// Brotli's window, as a power of two in bytes.
const BROTLI_WINDOW: u32 = 22;

/// Compressed texts by the hash of what they were made from, kept from one publish to the next.
#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
}

impl Cache {
    /// Opens the cache, and makes its folder.
    pub(super) fn open(folder: &Path) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(Error::io("make the folder", folder))?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// Gives the forms of a text that are smaller than itself, each with the end of its name.
    pub(super) fn forms(
        &self,
        file: &File,
        bytes: impl Fn() -> Result<Vec<u8>, Error>,
    ) -> Result<Vec<(&'static str, Vec<u8>)>, Error> {
        if file.size < SMALL {
            return Ok(Vec::new());
        }
        let forms: [(&'static str, Compress); 2] = [("gz", gzip), ("br", brotli)];
        let mut made = Vec::new();
        for (end, compress) in forms {
            let at = self.path(file.hash, end);
            let compressed = match fs::read(&at) {
                Ok(kept) => kept,
                Err(_) => {
                    let compressed = compress(&bytes()?).map_err(Error::io("compress", &at))?;
                    keep(&at, &compressed).map_err(Error::io("write", &at))?;
                    compressed
                }
            };
            if (compressed.len() as u64) < file.size {
                made.push((end, compressed));
            }
        }
        Ok(made)
    }

    fn path(&self, hash: ContentHash, end: &str) -> PathBuf {
        self.folder.join(format!("{hash}.{end}"))
    }
}

/// Writes a file as a whole, so that a killed publish leaves no half of it in the cache.
fn keep(at: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = at.with_extension(format!("new-{:?}", std::thread::current().id()));
    fs::write(&new, bytes)?;
    fs::rename(&new, at)
}

/// Compresses as gzip, without a time or a name in the head, so that equal texts have equal bytes.
fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut writer = GzBuilder::new().mtime(0).operating_system(255).write(Vec::new(), GZIP);
    writer.write_all(bytes)?;
    writer.finish()
}

/// Compresses as brotli.
fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 4096, BROTLI_QUALITY, BROTLI_WINDOW);
    writer.write_all(bytes)?;
    writer.flush()?;
    drop(writer);
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn both_forms_are_the_text_again_and_the_same_each_time() {
        let text = "A claim is data. ".repeat(400);
        assert_eq!(gzip(text.as_bytes()).unwrap(), gzip(text.as_bytes()).unwrap());
        assert_eq!(brotli(text.as_bytes()).unwrap(), brotli(text.as_bytes()).unwrap());
        let mut read = String::new();
        flate2::read::GzDecoder::new(&*gzip(text.as_bytes()).unwrap()).read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
        read.clear();
        brotli::Decompressor::new(&*brotli(text.as_bytes()).unwrap(), 4096).read_to_string(&mut read).unwrap();
        assert_eq!(read, text);
    }
}
