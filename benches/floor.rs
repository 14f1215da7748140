//! The floor: the least that any program does that turns a folder of Markdown into a folder of pages.
//!
//! It reads every file, parses its TOML into a table and forgets it, turns its Markdown into HTML, and writes that as one
//! file a page: no links, no templates, no checks, no manifest. It uses the crates, the allocator and the cores that the
//! product uses, so the ratio of the two says what the briefing itself costs, on any machine.

use std::fs;
use std::hint::black_box;
use std::io;
use std::path::Path;

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

/// Builds the site at `root` into `out` and returns the number of pages.
///
/// # Errors
/// Where a file cannot be read or written, or its TOML does not parse.
pub(crate) fn build(root: &Path, out: &Path) -> io::Result<usize> {
    let content = root.join("content");
    let files: Vec<DirEntry> = WalkDir::new(&content).into_iter().collect::<Result<_, _>>()?;
    files.par_iter().filter(|file| file.file_type().is_file()).map(|file| build_file(file.path(), &content, out)).sum()
}

/// Does the work of one file, and returns the number of pages that it made: 1 for Markdown, 0 for TOML or an image.
fn build_file(file: &Path, content: &Path, out: &Path) -> io::Result<usize> {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("toml") => parse(&fs::read_to_string(file)?).map(|()| 0),
        Some("md") => {
            let text = fs::read_to_string(file)?;
            let (front_matter, body) = split(&text);
            parse(front_matter)?;
            let mut page = String::with_capacity(body.len() * 3 / 2);
            html::push_html(&mut page, Parser::new_ext(body, options()));
            let folder = out.join(file.strip_prefix(content).unwrap_or(file).with_extension(""));
            fs::create_dir_all(&folder)?;
            fs::write(folder.join("index.html"), page)?;
            Ok(1)
        }
        _ => Ok(0),
    }
}

/// Parses TOML for the time that it takes.
fn parse(toml: &str) -> io::Result<()> {
    black_box(toml.parse::<toml::Table>().map_err(io::Error::other)?);
    Ok(())
}

/// Cuts a document into its TOML, empty where it has none, and its Markdown.
fn split(text: &str) -> (&str, &str) {
    text.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).unwrap_or(("", text))
}

/// Returns the extensions of Markdown that a briefing may use.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_MATH
}
