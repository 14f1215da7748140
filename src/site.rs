//! A site on disk: its files read, its briefing linked, its theme compiled.
//!
//! The edge where the pure stages meet the file system; `build`, `check` and the preview all start here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::check;
use crate::config::{Config, FILE, Overrides};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::export::{self, Export, Format};
use crate::link::{self, Briefing, Texts};
use crate::load::{self, FoundFile};
use crate::model::{self, Corpus, Document, LEDGER_FILE, Ledger, Origin, Role, Spoken};
use crate::pages::{self, Page};
use crate::render::theme::{Constants, Theme};
use crate::render::view::SiteView;
use crate::text::Place;
use crate::theme_files::{Asset, AssetBytes, Naming, ThemeFiles};

/// A site that can be rendered.
#[derive(Debug)]
pub struct Site {
    /// The publication.
    pub briefing: Briefing,
    /// How it looks.
    pub theme: Arc<Theme>,
    /// Its pages.
    pub pages: Vec<Page>,
    /// What is published beside them, made from the same briefing.
    pub exports: Vec<(Export, Vec<Format>)>,
    /// A hash of this program, which keys are made with.
    pub program: u128,
    /// Files that are published as they are, by their path in the output.
    pub files: BTreeMap<String, Asset>,
    /// The door to the prose.
    pub texts: DiskTexts,
    /// The ledger of forecasts as it was found.
    on_record: Ledger,
}

impl Site {
    /// Puts forecasts that are new to the ledger on record, once the site is built; a ledger with nothing new stays.
    ///
    /// A build with drafts puts nothing on record. A root that cannot be written to is worth a warning: the site is
    /// built, and its forecasts are as good as unsealed.
    pub fn keep_ledger(&self) -> Option<Diagnostic> {
        let ledger = &self.briefing.forecasts.ledger;
        if self.briefing.config.drafts || *ledger == self.on_record {
            return None;
        }
        let error = replace(&self.texts.root.join(LEDGER_FILE), &ledger.to_string()).err()?;
        let warning = Diagnostic::warning("forecasts-unsealed", format!("new forecasts are not on record: {error}"));
        let help = format!("build where {LEDGER_FILE} can be written beside {FILE}, and commit it");
        Some(warning.at(Place::file(&Arc::from(LEDGER_FILE))).help(help))
    }

    /// Says what the rules find in it, at the levels of the site.
    pub(crate) fn check(&self) -> Diagnostics {
        let mut found = check_rules(&self.briefing, &self.pages, &self.exports, &self.files);
        self.briefing.config.apply_levels(&mut found);
        found
    }
}

/// What opening a site gives: the site, where nothing stands against it, and all that is to be said of it.
#[derive(Debug)]
pub struct Opened {
    /// The site; none where an error left nothing to render.
    pub site: Option<Site>,
    /// What is wrong or doubtful, in order.
    pub diagnostics: Diagnostics,
}

/// Reads, links and checks the site in a folder.
///
/// # Errors
/// Only where the folder holds no site.toml that can be read; all else is a diagnostic.
pub fn open(root: &Path, overrides: Overrides) -> Result<Opened, OpenError> {
    let mut diagnostics = Diagnostics::new();
    let config = read_config(root, overrides, &mut diagnostics)?;
    let mut corpus = read_corpus(root, &config, &mut diagnostics);
    corpus.ledger = read_ledger(root, &mut diagnostics);
    let mut theme_files = ThemeFiles::read(root, &config, Naming::Hashed, &mut diagnostics);
    let published = std::mem::take(&mut theme_files.assets);
    let linked = Linked::of(root, config, corpus, published, &mut diagnostics);
    let (theme, found) = linked.compile(&theme_files, &linked.site_view(&theme_files));
    diagnostics.append(found);
    diagnostics.append(linked.check());
    linked.briefing.config.apply_levels(&mut diagnostics);
    let site = theme.map(|theme| linked.with_theme(Arc::new(theme)));
    Ok(Opened { site, diagnostics: diagnostics.sorted() })
}

/// A site but for its theme.
#[derive(Debug)]
pub(crate) struct Linked {
    pub(crate) briefing: Briefing,
    pub(crate) program: u128,
    pages: Vec<Page>,
    exports: Vec<(Export, Vec<Format>)>,
    files: BTreeMap<String, Asset>,
    texts: DiskTexts,
    on_record: Ledger,
}

impl Linked {
    /// Links the documents of a site, and lists what is published of it: `published` are the files of its theme.
    pub(crate) fn of(
        root: &Path,
        config: Config,
        corpus: Corpus,
        published: BTreeMap<String, Asset>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let on_record = corpus.ledger.clone();
        let texts = DiskTexts::of(root);
        let (briefing, found) = link::link(config, corpus, &texts);
        diagnostics.append(found);
        Self::with(briefing, texts, on_record, published, diagnostics)
    }

    /// Lists what is published of a briefing.
    pub(crate) fn with(
        briefing: Briefing,
        texts: DiskTexts,
        on_record: Ledger,
        published: BTreeMap<String, Asset>,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let pages = pages::pages(&briefing);
        let files = published_files(&texts.root, &briefing, published, diagnostics);
        let exports = exports(&briefing, &pages, &files);
        Self { briefing, program: program(), pages, exports, files, texts, on_record }
    }

    /// Builds what every page may read of the site.
    pub(crate) fn site_view<'s>(&'s self, files: &'s ThemeFiles) -> SiteView<'s> {
        SiteView::of(&self.briefing, &files.options)
    }

    /// Compiles the templates of a theme for this site.
    pub(crate) fn compile(&self, files: &ThemeFiles, view: &SiteView<'_>) -> (Option<Theme>, Diagnostics) {
        let config = &self.briefing.config;
        let constants = Constants { base_path: &config.base_path, names: &files.names, speech: &config.speech };
        Theme::new(&files.templates, &files.prefixes, &constants, view, self.program)
    }

    /// Returns how many bodies were read for it.
    pub(crate) fn bodies_read(&self) -> u64 {
        self.texts.count()
    }

    /// Says what the rules find.
    pub(crate) fn check(&self) -> Diagnostics {
        check_rules(&self.briefing, &self.pages, &self.exports, &self.files)
    }

    /// Gives the site its look.
    pub(crate) fn with_theme(self, theme: Arc<Theme>) -> Site {
        let Self { briefing, program, pages, exports, files, texts, on_record } = self;
        Site { briefing, theme, pages, exports, program, files, texts, on_record }
    }
}

fn check_rules(
    briefing: &Briefing,
    pages: &[Page],
    exports: &[(Export, Vec<Format>)],
    files: &BTreeMap<String, Asset>,
) -> Diagnostics {
    let origins = files.iter().map(|(path, asset)| (path.clone(), asset.name.clone())).collect();
    let made: Vec<String> = export::files(briefing, exports);
    let mut unread = Diagnostics::new();
    let redirects = read_redirects(files, &mut unread);
    let mut found = check::check(briefing, pages, &made, &origins, redirects.as_ref());
    found.append(unread);
    found
}

/// Reads the author's own rules for redirects, which hosts read from this file.
fn read_redirects(files: &BTreeMap<String, Asset>, diagnostics: &mut Diagnostics) -> Option<check::Redirects> {
    let Asset { name, bytes: AssetBytes::Disk(path) } = files.get("_redirects")? else { return None };
    let file: Arc<str> = Arc::from(&**name);
    match load::read_text(path, &file) {
        Ok(text) => Some(check::Redirects { file, text }),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            None
        }
    }
}

/// Reads site.toml.
pub(crate) fn read_config(
    root: &Path,
    overrides: Overrides,
    diagnostics: &mut Diagnostics,
) -> Result<Config, OpenError> {
    let settings = root.join(FILE);
    if !settings.is_file() {
        return Err(OpenError { root: root.to_owned() });
    }
    let (config, found) = match load::read_text(&settings, &Arc::from(FILE)) {
        Ok(text) => Config::read(&text, overrides),
        Err(diagnostic) => (Config::read("", overrides).0, Diagnostics::from_iter([*diagnostic])),
    };
    diagnostics.append(found);
    Ok(config)
}

/// There is no site in a folder.
#[derive(Debug)]
pub struct OpenError {
    /// The folder.
    pub root: PathBuf,
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there is no {FILE} in {}", self.root.display())
    }
}

impl std::error::Error for OpenError {}

/// Tells this program from another version of it, so that pages which that one made are not kept.
///
/// The size of the executable stands beside the version for those who change the program itself.
fn program() -> u128 {
    let size = std::env::current_exe().and_then(std::fs::metadata).map_or(0, |about| about.len());
    xxh3_128(format!("{} {size}", env!("CARGO_PKG_VERSION")).as_bytes())
}

/// Reads the ledger of forecasts; a site without one has none on record.
pub(crate) fn read_ledger(root: &Path, diagnostics: &mut Diagnostics) -> Ledger {
    let path = root.join(LEDGER_FILE);
    if path.symlink_metadata().is_err() {
        return Ledger::default();
    }
    match load::read_text(&path, &Arc::from(LEDGER_FILE)) {
        Ok(text) => {
            let (ledger, found) = Ledger::parse(&text);
            diagnostics.append(found);
            ledger
        }
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            Ledger::default()
        }
    }
}

/// Replaces a file as a whole, so that a reader or a power cut finds the old text or the new one.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let new = path.with_extension("lock.new");
    // A killed build may have left one.
    match fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::create_new(&new)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&new, path));
    written.inspect_err(|_| drop(fs::remove_file(&new)))
}

/// Reads every document below content/, in parallel; their order is that of their paths.
///
/// Companies and people come first, since the prose of all others may name them.
fn read_corpus(root: &Path, config: &Config, diagnostics: &mut Diagnostics) -> Corpus {
    let mut corpus = Corpus::default();
    let (files, found) = load::walk(root, CONTENT);
    diagnostics.append(found.into_iter().collect());
    let (named, others): (Vec<_>, Vec<_>) = files.into_iter().map(with_role).partition(|(role, _)| role.is_named());
    read_files(&named, config, &mut corpus, diagnostics);
    diagnostics.append(corpus.learn_names());
    corpus.analyses.reserve(others.len());
    read_files(&others, config, &mut corpus, diagnostics);
    corpus.drop_assets_left_out();
    corpus
}

/// The folder of the documents.
pub(crate) const CONTENT: &str = "content";

/// Tells what a file of that folder is by its place.
pub(crate) fn with_role(file: FoundFile) -> (Role, FoundFile) {
    (model::role(&file.rel), file)
}

/// How many files a thread reads before it asks what else there is, so that none is left with many at the end.
const READ_TOGETHER: usize = 16;

fn read_files(files: &[(Role, FoundFile)], config: &Config, corpus: &mut Corpus, diagnostics: &mut Diagnostics) {
    let spoken = &corpus.spoken;
    let read: Vec<_> = files
        .par_iter()
        .with_max_len(READ_TOGETHER)
        .map(|(role, file)| read_file(role, file, spoken, config))
        .collect();
    for ((role, file), (document, found, _)) in files.iter().zip(read) {
        match (role, document) {
            (Role::Asset, _) => corpus.assets.push(Arc::clone(&file.rel)),
            (_, Some(document)) => diagnostics.append(corpus.add(document, found, config.now.instant, config.drafts)),
            (_, None) => diagnostics.append(found),
        }
    }
}

/// Reads one file of content/ as what its place says that it is; gives a hash of the bytes too, where it read any.
pub(crate) fn read_file(
    role: &Role,
    file: &FoundFile,
    spoken: &Spoken,
    config: &Config,
) -> (Option<Document>, Diagnostics, Option<u128>) {
    match role {
        Role::Asset => (None, Diagnostics::new(), None),
        Role::Stray => (None, Diagnostics::from_iter([model::stray(&file.rel)]), None),
        Role::Document(kind) => match load::read_text(&file.path, &file.rel) {
            Ok(text) => {
                let hash = xxh3_128(text.as_bytes());
                let (document, found) = model::read_document(kind, &file.rel, &text, hash, spoken, config);
                (document, found, Some(hash))
            }
            Err(diagnostic) => (None, Diagnostics::from_iter([*diagnostic]), None),
        },
    }
}

/// Gathers what is published as it is: the theme's files, the site's own, and the assets of its documents.
///
/// The site's static/ wins over the theme by intent; that an asset of content/ meets another file is a mistake.
fn published_files(
    root: &Path,
    briefing: &Briefing,
    theme: BTreeMap<String, Asset>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Asset> {
    let mut files = theme;
    for asset in &briefing.assets {
        let path = pages::asset_path(briefing, asset);
        let path = path.trim_start_matches('/').to_owned();
        if let Some(first) = files.get(&path) {
            let message = format!("`{}` and `{asset}` both want the address `/{path}`", first.name);
            let error = Diagnostic::error("same-address", message).at(Place::file(asset));
            diagnostics.push(error.help("give one of them another name"));
        }
        files.insert(path, Asset::on_disk(asset.to_string(), root.join(&**asset)));
    }
    files
}

/// Lists what is exported, without the files that a theme or the site's own static/ has in their place.
fn exports(briefing: &Briefing, pages: &[Page], files: &BTreeMap<String, Asset>) -> Vec<(Export, Vec<Format>)> {
    let is_own = |path: &str| files.get(path).is_some_and(|asset| !asset.name.starts_with("content/"));
    let kept = |export: Export| {
        let is_made = |format: &Format| !is_own(&export.file(briefing, *format));
        let formats = export.formats(briefing).iter().copied().filter(is_made).collect();
        (export, formats)
    };
    export::exports(briefing, pages).into_par_iter().map(kept).collect()
}

/// Reads bodies from disk when they are needed.
#[derive(Debug)]
pub struct DiskTexts {
    root: PathBuf,
    /// How many were read.
    count: AtomicU64,
}

impl DiskTexts {
    /// Reads the bodies of the site in a folder.
    pub(crate) fn of(root: &Path) -> Self {
        Self { root: root.to_owned(), count: AtomicU64::new(0) }
    }

    /// Returns how many bodies were read so far.
    pub(crate) fn count(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }
}

impl Texts for DiskTexts {
    fn text(&self, origin: &Origin) -> Result<Cow<'_, str>, Diagnostic> {
        self.count.fetch_add(1, Ordering::Relaxed);
        let text = load::read_text(&self.root.join(&*origin.file), &origin.file).map_err(|diagnostic| *diagnostic)?;
        if xxh3_128(text.as_bytes()) != origin.hash {
            let error = Diagnostic::error("changed-meanwhile", "the file changed while the site was built");
            return Err(error.at(Place::file(&origin.file)).help("build again"));
        }
        Ok(Cow::Owned(text))
    }
}
