//! A site that is read once, and then again where it changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::changes::Changes;
use super::sources::{Seen, Sources};
use super::stamp::Stamp;
use super::watch::FOLDERS;
use crate::config::{Config, FILE, Overrides};
use crate::diagnostic::Diagnostics;
use crate::model::{LEDGER_FILE, Ledger};
use crate::render::theme::Theme;
use crate::render::view::SiteView;
use crate::site::{Linked, OpenError, Site, read_config, read_ledger};
use crate::theme_files::{AssetBytes, ThemeFiles};

/// A site's files as they were read last.
#[derive(Debug)]
pub(super) struct Reader {
    root: PathBuf,
    overrides: Overrides,
    config: Read<Config>,
    ledger: Read<Ledger>,
    sources: Sources,
    theme_files: Read<ThemeFiles>,
    /// When each published file of the theme was written.
    stamps: BTreeMap<String, Option<Stamp>>,
    /// The compiled templates, and the view of the site that they were compiled with.
    theme: Option<(String, Arc<Theme>)>,
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
        let config = Read::config(root, &overrides)?;
        let (sources, theme_files) =
            rayon::join(|| Sources::read(root, &config.value), || Read::theme_files(root, &config.value));
        let stamps = stamps(&theme_files.value);
        let ledger = Read::ledger(root);
        Ok(Self { root: root.to_owned(), overrides, config, ledger, sources, theme_files, stamps, theme: None })
    }

    /// The settings as they are now.
    pub(super) fn config(&self) -> &Config {
        &self.config.value
    }

    /// Returns how many documents were parsed so far.
    pub(super) fn parsed(&self) -> u64 {
        self.sources.parsed()
    }

    /// Reads again what changed.
    pub(super) fn look(&mut self, changes: &Changes) -> Reading {
        let settings = self.root.join(FILE);
        // A site.toml that is gone for a moment is on its way back: the settings stay.
        if changes.touch(&settings) && Stamp::of(&settings).is_some_and(|stamp| Some(stamp) != self.config.stamp) {
            return self.look_at_all();
        }
        let mut reading = Reading::default();
        let ledger = self.root.join(LEDGER_FILE);
        if changes.touch(&ledger) && Stamp::of(&ledger) != self.ledger.stamp {
            self.ledger = Read::ledger(&self.root);
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

    /// Reads everything, for settings change what all else means.
    fn look_at_all(&mut self) -> Reading {
        let Ok(config) = Read::config(&self.root, &self.overrides) else { return Reading::default() };
        let parsed = self.sources.parsed();
        self.config = config;
        self.sources = Sources::read(&self.root, &self.config.value);
        self.sources.count(parsed);
        self.theme_files = Read::theme_files(&self.root, &self.config.value);
        self.stamps = stamps(&self.theme_files.value);
        self.ledger = Read::ledger(&self.root);
        self.theme = None;
        Reading { site: true, styles: true, assets: false }
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
        if old.templates != new.templates || old.prefixes != new.prefixes {
            self.theme = None;
            reading.site = true;
        }
        reading.site |= names(old) != names(new) || !files.found.iter().eq(self.theme_files.found.iter());
        let stamps = stamps(new);
        for path in stamps.iter().filter(|(path, stamp)| self.stamps.get(*path) != Some(stamp)).map(|(path, _)| path) {
            let is_style = path.ends_with(".css");
            reading.styles |= is_style;
            reading.assets |= !is_style;
        }
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

    fn link_once(&self) -> (Linked, Diagnostics) {
        let mut diagnostics = self.config.found.clone();
        diagnostics.append(self.ledger.found.clone());
        diagnostics.append(self.theme_files.found.clone());
        let mut corpus = self.sources.corpus(&self.config.value, &mut diagnostics);
        corpus.ledger = self.ledger.value.clone();
        let published = self.theme_files.value.assets.clone();
        let linked = Linked::of(&self.root, self.config.value.clone(), corpus, published, &mut diagnostics);
        (linked, diagnostics)
    }

    /// Compiles the templates, unless neither they nor what all pages have in common changed.
    fn compile(&mut self, linked: &Linked, diagnostics: &mut Diagnostics) -> Option<Arc<Theme>> {
        let view = SiteView::of(&linked.briefing);
        let key = serde_json::to_string(&view).unwrap_or_default();
        if let Some((_, theme)) = self.theme.as_ref().filter(|(compiled_with, _)| *compiled_with == key) {
            return Some(Arc::clone(theme));
        }
        let files = &self.theme_files.value;
        let (theme, found) = Theme::new(&files.templates, &files.prefixes, &view, linked.program);
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
        let value = ThemeFiles::read(root, &config.theme, &mut found);
        Self { value, stamp: None, found }
    }
}

fn stamps(files: &ThemeFiles) -> BTreeMap<String, Option<Stamp>> {
    let stamp = |bytes: &AssetBytes| match bytes {
        AssetBytes::Disk(path) => Stamp::of(path),
        AssetBytes::Memory(_) => None,
    };
    files.assets.iter().map(|(path, asset)| (path.clone(), stamp(&asset.bytes))).collect()
}
