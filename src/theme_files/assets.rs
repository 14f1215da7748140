//! The files that a theme publishes: style sheets put together, and names that change with what is in them.
//!
//! A name with a hash in it may be kept by browsers for good. Sheets and scripts of a theme have one, and so have the
//! files that its sheets name; all others keep the names by which people and machines know them.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use super::css::{Bundler, SheetText, imports};
use super::paths::hashed;
use super::scripts::{self, ScriptText};
use super::{Asset, AssetBytes};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::read_text;
use crate::text::Place;

/// Whether names have hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// For a host: what is published under a name never changes.
    Hashed,
    /// For an author at work: every file has its own name and bytes, so that a browser can swap it in place.
    Plain,
}

/// What a theme's file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A style sheet.
    Sheet,
    /// A script.
    Script,
    /// Any other file.
    Other,
}

impl Kind {
    /// Tells what a file of a theme is by its folder and its ending.
    pub(super) fn of(folder: &str, path: &str) -> Self {
        match (folder, path.rsplit('.').next().unwrap_or_default()) {
            ("styles", "css") => Self::Sheet,
            ("scripts", "js" | "mjs") => Self::Script,
            _ => Self::Other,
        }
    }
}

/// Files to publish by their path, and that path by the name that templates ask for.
#[derive(Debug, Default)]
pub(super) struct Published {
    pub(super) files: BTreeMap<String, Asset>,
    pub(super) names: BTreeMap<String, String>,
}

/// Names files for a host, and says what is wrong with the theme's own among them.
///
/// An author at work hears of mistakes too, though every file is published as it is.
pub(super) fn publish(
    files: BTreeMap<String, Asset>,
    kinds: &BTreeMap<String, Kind>,
    naming: Naming,
    diagnostics: &mut Diagnostics,
) -> Published {
    let theme = Theme { files: &files, kinds, hashed: RefCell::default() };
    let mut sheets = theme.texts(|path| path.ends_with(".css"), diagnostics, |file, text| SheetText { file, text });
    sheets.retain(|_, sheet| match sheet.too_deep() {
        Some(diagnostic) => {
            diagnostics.push(diagnostic);
            false
        }
        None => true,
    });
    let scripts = theme.texts(|path| theme.is(path, Kind::Script), diagnostics, |file, text| ScriptText { file, text });
    let scripts = scripts::name_all(&scripts, diagnostics);
    let (bundles, parts) = theme.bundle(&sheets, diagnostics);
    if naming == Naming::Plain {
        let names = files.keys().map(|path| (path.clone(), path.clone())).collect();
        return Published { files, names };
    }
    let hashed_files = theme.hashed.take();
    let mut published = Published::default();
    let made = bundles.into_iter().map(|(path, text)| (hashed(&path, text.as_bytes()), path, text));
    for (name, path, text) in made.chain(scripts.into_iter().map(|(path, script)| (script.path, path, script.text))) {
        let file = files.get(&path).map(|asset| asset.name.clone()).unwrap_or_default();
        published.files.insert(name.clone(), Asset { name: file, bytes: AssetBytes::Memory(text.into_bytes().into()) });
        published.names.insert(path, name);
    }
    for (path, asset) in files {
        if published.names.contains_key(&path) || parts.contains(&path) {
            continue;
        }
        let name = hashed_files.get(&path).unwrap_or(&path).clone();
        published.files.insert(name.clone(), asset);
        published.names.insert(path, name);
    }
    published
}

/// The files of a theme, with those of the site over them.
struct Theme<'f> {
    files: &'f BTreeMap<String, Asset>,
    kinds: &'f BTreeMap<String, Kind>,
    /// The files that sheets name, with the names that they get.
    hashed: RefCell<BTreeMap<String, String>>,
}

impl Theme<'_> {
    fn is(&self, path: &str, kind: Kind) -> bool {
        self.kinds.get(path) == Some(&kind)
    }

    /// Puts the theme's sheets together; gives them, and those that are a part of another.
    fn bundle(
        &self,
        sheets: &BTreeMap<String, SheetText>,
        diagnostics: &mut Diagnostics,
    ) -> (Vec<(String, String)>, BTreeSet<String>) {
        let own: Vec<&String> = sheets.keys().filter(|path| self.is(path, Kind::Sheet)).collect();
        let imported = |path: &&String| sheets.get(*path).map_or_else(Vec::new, |sheet| imports(path, &sheet.text));
        let mut parts: BTreeSet<String> = own.iter().flat_map(imported).collect();
        parts.retain(|path| self.is(path, Kind::Sheet));
        let (wholes, rest): (Vec<&String>, Vec<&String>) = own.iter().copied().partition(|path| !parts.contains(*path));
        let address = |path: &str| self.address(path);
        let mut bundler = Bundler { sheets, address: &address, reached: BTreeSet::new(), found: Diagnostics::new() };
        let mut bundles: Vec<(String, String)> =
            wholes.into_iter().map(|path| (path.clone(), bundler.bundle(path))).collect();
        // A circle of sheets has no first one: what no other led to is looked at by itself, so that it is told.
        for path in rest {
            if !bundler.reached.contains(path) {
                bundles.push((path.clone(), bundler.bundle(path)));
                parts.remove(path);
            }
        }
        diagnostics.append(bundler.found);
        (bundles, parts)
    }

    /// Gives the name of a file that a sheet names: with its hash if it is the theme's.
    fn address(&self, path: &str) -> Option<String> {
        let asset = self.files.get(path)?;
        if !self.is(path, Kind::Other) {
            return Some(path.to_owned());
        }
        if let Some(known) = self.hashed.borrow().get(path) {
            return Some(known.clone());
        }
        let name = asset.read().map_or_else(|_| path.to_owned(), |bytes| hashed(path, &bytes));
        self.hashed.borrow_mut().insert(path.to_owned(), name.clone());
        Some(name)
    }

    /// Reads files as text; one that is none is told.
    fn texts<T>(
        &self,
        wanted: impl Fn(&str) -> bool,
        diagnostics: &mut Diagnostics,
        make: impl Fn(Arc<str>, String) -> T,
    ) -> BTreeMap<String, T> {
        let mut read = BTreeMap::new();
        for (path, asset) in self.files.iter().filter(|(path, _)| wanted(path)) {
            let file: Arc<str> = Arc::from(&*asset.name);
            match text(asset, &file) {
                Ok(text) => drop(read.insert(path.clone(), make(file, text))),
                // What a site has of its own is published as it is.
                Err(_) if !self.kinds.contains_key(path) => {}
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
        read
    }
}

impl Asset {
    /// Reads the bytes.
    fn read(&self) -> std::io::Result<Cow<'_, [u8]>> {
        match &self.bytes {
            AssetBytes::Disk(path) => fs::read(path).map(Cow::Owned),
            AssetBytes::Memory(bytes) => Ok(Cow::Borrowed(bytes)),
        }
    }
}

fn text(asset: &Asset, file: &Arc<str>) -> Result<String, Box<Diagnostic>> {
    match &asset.bytes {
        AssetBytes::Disk(path) => read_text(path, file),
        AssetBytes::Memory(bytes) => String::from_utf8(bytes.to_vec())
            .map_err(|_| Box::new(Diagnostic::error("not-utf8", "this is no text in UTF-8").at(Place::file(file)))),
    }
}
