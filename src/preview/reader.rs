//! A site that is read once, and then again where it changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use super::changes::Changes;
use super::sources::{Seen, Sources, Work};
use super::stamp::{Stamp, Stamps};
use super::watch::FOLDERS;
use crate::config::{Config, FILE, Overrides};
use crate::diagnostic::Diagnostics;
use crate::link::Linking;
use crate::model::{LEDGER_FILE, Ledger};
use crate::render::theme::Theme;
use crate::site::{DiskTexts, Linked, OpenError, Site, read_config, read_ledger};
use crate::theme_files::{AssetBytes, Naming, ThemeFiles};

/// A site's files as they were read last.
#[derive(Debug)]
pub(super) struct Reader {
    root: PathBuf,
    overrides: Overrides,
    config: Read<Config>,
    /// A digest of site.toml as it was read last.
    settings: Option<u128>,
    ledger: Read<Ledger>,
    sources: Sources,
    theme_files: Read<ThemeFiles>,
    /// When each published file of the theme was written.
    stamps: Stamps<String>,
    /// The compiled templates, and the view of the site that they were compiled with.
    theme: Option<((u64, String), Arc<Theme>)>,
    /// The site as it was linked last, unless settings or what forecasts said on record are others since.
    linking: Option<Linking>,
    /// How many bodies linking read from disk.
    read: u64,
}

/// Something that was read, when that was, and what is wrong with it.
#[derive(Debug)]
struct Read<T> {
    value: T,
    stamp: Option<Stamp>,
    found: Diagnostics,
}

/// What a change of files comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// Whether the site must be linked again.
    pub(super) site: bool,
    /// Whether a style sheet has other rules.
    pub(super) styles: bool,
    /// Whether another file that is published as it is has other bytes.
    pub(super) assets: bool,
}

impl Reader {
    /// Reads a site.
    ///
    /// # Errors
    /// Only where the folder holds no site.toml.
    pub(super) fn open(root: &Path, overrides: Overrides) -> Result<Self, OpenError> {
        let settings = digest(&root.join(FILE));
        let config = Read::config(root, &overrides)?;
        let (sources, theme_files) =
            rayon::join(|| Sources::read(root, &config.value), || Read::theme_files(root, &config.value));
        let stamps = stamps(&theme_files.value);
        let ledger = Read::ledger(root);
        let root = root.to_owned();
        Ok(Self {
            root,
            overrides,
            config,
            settings,
            ledger,
            sources,
            theme_files,
            stamps,
            theme: None,
            linking: None,
            read: 0,
        })
    }

    /// The settings as they are now.
    pub(super) fn config(&self) -> &Config {
        &self.config.value
    }

    /// Returns how much work reading was so far.
    pub(super) fn work(&self) -> Work {
        let Work { parsed, read } = self.sources.work();
        Work { parsed, read: read + self.read }
    }

    /// Reads again what changed.
    pub(super) fn look(&mut self, changes: &Changes) -> Reading {
        let mut reading = Reading::default();
        if changes.touch(&self.root.join(FILE)) && self.look_at_settings(&mut reading) {
            return self.look_at_all();
        }
        let ledger = self.root.join(LEDGER_FILE);
        if changes.touch(&ledger) && Stamp::of(&ledger) != self.ledger.stamp {
            self.ledger = Read::ledger(&self.root);
            self.linking = None;
            reading.site = true;
        }
        let [content, looks @ ..] = FOLDERS.map(|folder| self.root.join(folder));
        if changes.touch(&content) {
            reading.add(self.look_at_content(&content, changes));
        }
        if looks.iter().any(|folder| changes.touch(folder)) {
            self.look_at_theme(&mut reading);
        }
        reading
    }

    /// Reads site.toml again; tells whether everything must be read with it.
    ///
    /// The settings stay while it is gone, for then it is on its way back, and while it has errors, which are told: an
    /// author in the middle of a line does not mean that all settings are as by default.
    fn look_at_settings(&mut self, reading: &mut Reading) -> bool {
        let path = self.root.join(FILE);
        let Some(stamp) = Stamp::of(&path).filter(|stamp| Some(*stamp) != self.config.stamp) else { return false };
        let settings = digest(&path);
        if settings == self.settings {
            self.config.stamp = Some(stamp);
            return false;
        }
        let Ok(config) = Read::config(&self.root, &self.overrides) else { return false };
        self.settings = settings;
        if config.found.has_errors() {
            self.config = Read { value: self.config.value.clone(), ..config };
            reading.site = true;
            return false;
        }
        self.config = config;
        true
    }

    /// Reads everything, for settings change what all else means.
    fn look_at_all(&mut self) -> Reading {
        let mut reading = Reading { site: true, styles: true, assets: false };
        let (work, assets) = (self.sources.work(), self.sources.assets());
        self.sources = Sources::read(&self.root, &self.config.value);
        self.sources.count(work);
        reading.compare(&assets, &self.sources.assets());
        self.theme_files = Read::theme_files(&self.root, &self.config.value);
        let stamps = stamps(&self.theme_files.value);
        reading.compare(&self.stamps, &stamps);
        self.stamps = stamps;
        self.ledger = Read::ledger(&self.root);
        (self.theme, self.linking) = (None, None);
        reading
    }

    /// Looks at the files that changed, or at all of them where one came or went.
    fn look_at_content(&mut self, content: &Path, changes: &Changes) -> Seen {
        let config = &self.config.value;
        let mut seen = Seen::default();
        if changes.anywhere {
            return self.sources.look(config);
        }
        for path in changes.paths.iter().filter(|path| path.starts_with(content)) {
            match self.sources.look_at(path, config) {
                Some(one) => seen.add(one),
                None => {
                    seen.add(self.sources.look(config));
                    return seen;
                }
            }
        }
        seen
    }

    fn look_at_theme(&mut self, reading: &mut Reading) {
        let files = Read::theme_files(&self.root, &self.config.value);
        let (old, new) = (&self.theme_files.value, &files.value);
        let names = |files: &ThemeFiles| -> Vec<(String, String)> {
            files.assets.iter().map(|(path, asset)| (path.clone(), asset.name.clone())).collect()
        };
        if old.templates != new.templates
            || old.prefixes != new.prefixes
            || old.names != new.names
            || old.options != new.options
        {
            self.theme = None;
            reading.site = true;
        }
        // Colours among them are in a sheet, which no page shows that it changed.
        reading.styles |= old.options != new.options;
        reading.site |= names(old) != names(new) || !files.found.iter().eq(self.theme_files.found.iter());
        let stamps = stamps(new);
        reading.compare(&self.stamps, &stamps);
        self.stamps = stamps;
        self.theme_files = files;
    }

    /// Links the site as it was read; none where its templates cannot be compiled.
    pub(super) fn link(&mut self) -> (Option<Site>, Diagnostics) {
        let (mut linked, mut diagnostics) = self.link_once();
        if self.sources.learn(&linked.briefing, &self.config.value) {
            (linked, diagnostics) = self.link_once();
        }
        let theme = self.compile(&linked, &mut diagnostics);
        linked.briefing.config.apply_levels(&mut diagnostics);
        (theme.map(|theme| linked.with_theme(theme)), diagnostics)
    }

    fn link_once(&mut self) -> (Linked, Diagnostics) {
        self.sources.outline_named(&self.config.value);
        let mut diagnostics = self.config.found.clone();
        diagnostics.append(self.ledger.found.clone());
        diagnostics.append(self.theme_files.found.clone());
        let texts = DiskTexts::of(&self.root);
        let again = self.link_again(&mut diagnostics);
        let linking = again.unwrap_or_else(|| {
            let mut corpus = self.sources.corpus(&self.config.value, &mut diagnostics);
            corpus.ledger = self.ledger.value.clone();
            Linking::of(self.config.value.clone(), corpus, &texts)
        });
        diagnostics.append(linking.diagnostics());
        let published = self.theme_files.value.assets.clone();
        let on_record = self.ledger.value.clone();
        let linked = Linked::with(linking.briefing.clone(), texts, on_record, published, &mut diagnostics);
        self.linking = Some(linking);
        self.read += linked.bodies_read();
        (linked, diagnostics)
    }

    /// Links the site again where nothing but the prose of analyses is new.
    fn link_again(&mut self, diagnostics: &mut Diagnostics) -> Option<Linking> {
        let linking = self.linking.take();
        let changed = self.sources.changed_in_prose_alone()?;
        let linking = linking?.again(&changed)?;
        diagnostics.append(self.sources.found());
        Some(linking)
    }

    /// Compiles the templates, unless neither they nor what all pages have in common changed.
    fn compile(&mut self, linked: &Linked, diagnostics: &mut Diagnostics) -> Option<Arc<Theme>> {
        let view = linked.site_view(&self.theme_files.value);
        let key = (linked.briefing.config.speech.print, serde_json::to_string(&view).unwrap_or_default());
        if let Some((_, theme)) = self.theme.as_ref().filter(|(compiled_with, _)| *compiled_with == key) {
            return Some(Arc::clone(theme));
        }
        let (theme, found) = linked.compile(&self.theme_files.value, &view);
        diagnostics.append(found);
        let theme = Arc::new(theme?);
        self.theme = Some((key, Arc::clone(&theme)));
        Some(theme)
    }
}

impl Reading {
    fn add(&mut self, seen: Seen) {
        self.site |= seen.documents;
        self.styles |= seen.styles;
        self.assets |= seen.assets;
    }

    /// Adds which of the files that are published as they are have other bytes than before.
    fn compare<P: AsRef<str> + Ord>(&mut self, old: &Stamps<P>, new: &Stamps<P>) {
        for (path, _) in new.iter().filter(|(path, stamp)| old.get(*path) != Some(stamp)) {
            let is_style = path.as_ref().ends_with(".css");
            self.styles |= is_style;
            self.assets |= !is_style;
        }
    }
}

impl Read<Config> {
    fn config(root: &Path, overrides: &Overrides) -> Result<Self, OpenError> {
        let stamp = Stamp::of(&root.join(FILE));
        let mut found = Diagnostics::new();
        let value = read_config(root, overrides.clone(), &mut found)?;
        Ok(Self { value, stamp, found })
    }
}

impl Read<Ledger> {
    fn ledger(root: &Path) -> Self {
        let stamp = Stamp::of(&root.join(LEDGER_FILE));
        let mut found = Diagnostics::new();
        let value = read_ledger(root, &mut found);
        Self { value, stamp, found }
    }
}

impl Read<ThemeFiles> {
    fn theme_files(root: &Path, config: &Config) -> Self {
        let mut found = Diagnostics::new();
        let value = ThemeFiles::read(root, config, Naming::Plain, &mut found);
        Self { value, stamp: None, found }
    }
}

/// Sums up the bytes of a file; none where it cannot be read.
fn digest(path: &Path) -> Option<u128> {
    fs::read(path).ok().map(|bytes| xxh3_128(&bytes))
}

fn stamps(files: &ThemeFiles) -> Stamps<String> {
    let stamp = |bytes: &AssetBytes| match bytes {
        AssetBytes::Disk(path) => Stamp::of(path),
        AssetBytes::Memory(_) => None,
    };
    files.assets.iter().map(|(path, asset)| (path.clone(), stamp(&asset.bytes))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Now;

    const SETTINGS: &str = "title = \"T\"\nbase_url = \"https://example.org\"\n";

    /// A site of one analysis, as it was read first.
    fn site() -> (tempfile::TempDir, Reader) {
        let site = tempfile::tempdir().unwrap();
        put(&site, FILE, SETTINGS);
        put(&site, "content/analyses/a.md", "+++\ntitle = \"A\"\ndate = 2026-05-18\n+++\nWords.\n");
        put(&site, "static/letters.txt", "abc");
        let overrides = Overrides { now: Now::parse("2026-06-01").unwrap(), drafts: true, base_url: None };
        let reader = Reader::open(site.path(), overrides).unwrap();
        (site, reader)
    }

    /// Writes a file anew, as editors do, so that its stamp is another one.
    fn put(site: &tempfile::TempDir, path: &str, text: &str) {
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path.with_extension("new~"), text).unwrap();
        fs::rename(path.with_extension("new~"), path).unwrap();
    }

    /// Tells a reader of changes.
    fn look(reader: &mut Reader, paths: &[&str]) -> Reading {
        let paths = paths.iter().map(|path| reader.root.join(path)).collect();
        reader.look(&Changes { paths, ..Changes::default() })
    }

    #[test]
    fn settings_that_are_saved_as_they_were_read_nothing_again() {
        let (site, mut reader) = site();
        put(&site, FILE, SETTINGS);
        assert_eq!(look(&mut reader, &[FILE]), Reading::default());
        put(&site, FILE, &SETTINGS.replace("\"T\"", "\"U\""));
        assert!(look(&mut reader, &[FILE]).site);
        assert_eq!((reader.config().title.as_str(), reader.work().parsed), ("U", 2));
    }

    #[test]
    fn settings_count_once_they_have_no_error() {
        let (site, mut reader) = site();
        put(&site, FILE, "title = ");
        assert!(look(&mut reader, &[FILE]).site && reader.link().1.has_errors());
        assert_eq!((reader.config().title.as_str(), reader.work().parsed), ("T", 1));
        put(&site, FILE, SETTINGS);
        assert!(look(&mut reader, &[FILE]).site && !reader.link().1.has_errors());
    }

    #[test]
    fn files_that_are_saved_together_with_the_settings_are_told() {
        let (site, mut reader) = site();
        put(&site, FILE, &SETTINGS.replace("\"T\"", "\"U\""));
        assert!(!look(&mut reader, &[FILE]).assets);
        put(&site, FILE, SETTINGS);
        put(&site, "static/letters.txt", "def");
        assert!(look(&mut reader, &[FILE, "static/letters.txt"]).assets);
    }

    #[test]
    fn what_an_editor_writes_beside_a_file_lists_no_folder() {
        let (site, mut reader) = site();
        // Nobody tells of this file: whoever lists the folder finds it.
        put(&site, "content/analyses/b.md", "+++\ntitle = \"B\"\ndate = 2026-05-18\n+++\n");
        put(&site, "content/analyses/.a.md.tmp", "Words.");
        for beside in ["content/analyses/4913", "content/analyses/.a.md.tmp", "content/analyses/a.md~", "content/.x/y"]
        {
            assert_eq!(look(&mut reader, &[beside]), Reading::default(), "{beside}");
        }
        assert!(look(&mut reader, &["content/analyses"]).site);
        fs::remove_dir_all(site.path().join("content/analyses")).unwrap();
        assert!(look(&mut reader, &["content/analyses"]).site, "a folder that is gone takes its files with it");
        assert!(reader.link().0.is_some_and(|site| site.briefing.analyses.is_empty()));
    }
}
