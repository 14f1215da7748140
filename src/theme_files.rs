//! The files of a theme and of the site over it, from disk or from the program itself.

mod assets;
mod css;
mod options;
mod paths;
mod scripts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

pub(crate) use self::assets::Naming;
use self::assets::{Kind, publish};
use self::options::{Manifest, Options};
use crate::config::{Config, FILE, OptionValue};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load;
use crate::prose::style_sheet;
use crate::render::theme::TemplateFile;
use crate::text::{Place, Spanned};

/// The built-in theme: the same files as themes/briefing holds in the repository.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/briefing");

/// The folders of a theme whose files are published.
const PUBLISHED: [&str; 3] = ["styles", "scripts", "static"];

/// A theme's own account of itself.
const MANIFEST: &str = "theme.toml";

/// The built-in theme's name.
const BUILT_IN_NAME: &str = "briefing";

/// Templates and published files of a site.
#[derive(Debug, Default)]
pub(crate) struct ThemeFiles {
    /// All templates: the site's own under plain names, a theme's under its prefix.
    pub templates: Vec<TemplateFile>,
    /// The prefixes that a plain name is looked for under, in order.
    pub prefixes: Vec<String>,
    /// Files to publish, by their path in the output.
    pub assets: BTreeMap<String, Asset>,
    /// That path, by the name under which templates ask for a file.
    pub names: BTreeMap<String, String>,
    /// The options of the theme with the values that they have on this site.
    pub options: BTreeMap<String, OptionValue>,
    /// What the theme's files among them are.
    kinds: BTreeMap<String, Kind>,
    /// The options as the theme declares them.
    declared: Options,
}

/// A file to publish.
#[derive(Clone, Debug)]
pub struct Asset {
    /// What messages call it.
    pub name: String,
    /// Where its bytes are.
    pub bytes: AssetBytes,
}

/// Where the bytes of a file to publish are.
#[derive(Clone, Debug)]
pub enum AssetBytes {
    /// In a file.
    Disk(PathBuf),
    /// In the program.
    Memory(std::borrow::Cow<'static, [u8]>),
}

impl Asset {
    /// Names a file on disk.
    pub fn on_disk(name: String, path: PathBuf) -> Self {
        Self { name, bytes: AssetBytes::Disk(path) }
    }
}

impl ThemeFiles {
    /// Reads the theme that a site names, and the site's own templates/ and static/ over it.
    pub(crate) fn read(root: &Path, config: &Config, naming: Naming, diagnostics: &mut Diagnostics) -> Self {
        let mut files = Self::default();
        files.add_sheet("code.css", "the style sheet for code", style_sheet());
        files.add_built_in(root, diagnostics);
        if config.theme.value != BUILT_IN_NAME {
            files.add_named(root, &config.theme, &Arc::from(FILE), &mut Vec::new(), diagnostics);
        }
        let mut options = std::mem::take(&mut files.declared);
        options.choose(&config.theme_options, diagnostics);
        if let Some(colours) = options.sheet() {
            files.add_sheet("options.css", "the style sheet of the theme's options", colours);
        }
        files.options = options.values();
        files.add_templates(root, "templates", "", diagnostics);
        files.add_published(root, "static", None, diagnostics);
        let published = publish(std::mem::take(&mut files.assets), &files.kinds, naming, diagnostics);
        (files.assets, files.names) = (published.files, published.names);
        files
    }

    /// Adds a style sheet that the program writes.
    fn add_sheet(&mut self, path: &str, name: &str, text: String) {
        self.kinds.insert(path.to_owned(), Kind::Sheet);
        let bytes = AssetBytes::Memory(text.into_bytes().into());
        self.assets.insert(path.to_owned(), Asset { name: name.to_owned(), bytes });
    }

    /// Adds the built-in theme: from the site's own copy of it, where there is one.
    fn add_built_in(&mut self, root: &Path, diagnostics: &mut Diagnostics) {
        self.prefixes.insert(0, format!("{BUILT_IN_NAME}/"));
        if root.join("themes").join(BUILT_IN_NAME).is_dir() {
            let (manifest, file) = manifest(root, BUILT_IN_NAME, diagnostics);
            manifest.declare(&mut self.declared, &file, diagnostics);
            return self.add_folder(root, BUILT_IN_NAME, diagnostics);
        }
        let mut folders = vec![&BUILT_IN];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                let Some(path) = file.path().to_str() else { continue };
                self.add_embedded(&path.replace('\\', "/"), file.contents(), diagnostics);
            }
        }
        self.templates.sort_by(|a, b| a.name.cmp(&b.name));
    }

    fn add_embedded(&mut self, path: &str, bytes: &'static [u8], diagnostics: &mut Diagnostics) {
        let file = format!("themes/{BUILT_IN_NAME}/{path}");
        if let Some(name) = path.strip_prefix("templates/") {
            let text = String::from_utf8_lossy(bytes).into_owned();
            self.templates.push(TemplateFile { name: format!("{BUILT_IN_NAME}/{name}"), file: file.into(), text });
        } else if path == MANIFEST {
            let (text, file) = (String::from_utf8_lossy(bytes), Arc::from(file));
            Manifest::read(&text, &file, diagnostics).declare(&mut self.declared, &file, diagnostics);
        } else if let Some((folder, published)) = published_path(path) {
            let bytes = AssetBytes::Memory(bytes.into());
            self.kinds.insert(published.to_owned(), Kind::of(folder, published));
            self.assets.insert(published.to_owned(), Asset { name: file, bytes });
        }
    }

    /// Adds a theme of the site's own themes/ folder, over the one that it stands on; `from` is the file that names it.
    fn add_named(
        &mut self,
        root: &Path,
        theme: &Spanned<String>,
        from: &Arc<str>,
        over: &mut Vec<String>,
        diagnostics: &mut Diagnostics,
    ) {
        let folder = root.join("themes").join(&theme.value);
        let plain = !theme.value.contains(['/', '\\', '\0']) && !theme.value.starts_with('.');
        if !plain || !folder.is_dir() {
            let error = Diagnostic::error("unknown-theme", format!("there is no theme `{}`", theme.value));
            let place = Place::new(from, theme.span);
            let help = format!("`{BUILT_IN_NAME}` is built in; any other is a folder of themes/");
            diagnostics.push(error.at(place).help(help));
            return;
        }
        if over.contains(&theme.value) {
            let error = Diagnostic::error("unknown-theme", format!("theme `{}` stands on itself", theme.value));
            diagnostics.push(error.at(Place::new(from, theme.span)).help("leave `base` out of one of the two"));
            return;
        }
        over.push(theme.value.clone());
        let (manifest, file) = manifest(root, &theme.value, diagnostics);
        if let Some(base) = manifest.base.as_ref().filter(|base| base.value != BUILT_IN_NAME) {
            self.add_named(root, base, &file, over, diagnostics);
        }
        self.prefixes.insert(0, format!("{}/", theme.value));
        manifest.declare(&mut self.declared, &file, diagnostics);
        self.add_folder(root, &theme.value, diagnostics);
    }

    fn add_folder(&mut self, root: &Path, name: &str, diagnostics: &mut Diagnostics) {
        self.add_templates(root, &format!("themes/{name}/templates"), &format!("{name}/"), diagnostics);
        for part in PUBLISHED {
            self.add_published(root, &format!("themes/{name}/{part}"), Some(part), diagnostics);
        }
    }

    fn add_templates(&mut self, root: &Path, folder: &str, prefix: &str, diagnostics: &mut Diagnostics) {
        for file in found(root, folder, diagnostics) {
            let Some(name) = file.rel.strip_prefix(folder).map(|name| name.trim_start_matches('/')) else { continue };
            match load::read_text(&file.path, &file.rel) {
                Ok(text) => self.templates.push(TemplateFile {
                    name: format!("{prefix}{name}"),
                    file: Arc::clone(&file.rel),
                    text,
                }),
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
    }

    /// Adds the files of a folder; `part` says which of a theme's folders it is.
    fn add_published(&mut self, root: &Path, folder: &str, part: Option<&str>, diagnostics: &mut Diagnostics) {
        for file in found(root, folder, diagnostics) {
            let Some(path) = file.rel.strip_prefix(folder).map(|path| path.trim_start_matches('/')) else { continue };
            let asset = Asset::on_disk(file.rel.to_string(), file.path.clone());
            if let Some(part) = part {
                self.kinds.insert(path.to_owned(), Kind::of(part, path));
            }
            self.assets.insert(path.to_owned(), asset);
        }
    }
}

/// Where a file of a theme is published, and the folder that it is from; none for what only the theme reads.
fn published_path(path: &str) -> Option<(&str, &str)> {
    path.split_once('/').filter(|(folder, _)| PUBLISHED.contains(folder))
}

/// Reads the theme.toml of a theme of the site's own; a theme without one declares nothing.
fn manifest(root: &Path, theme: &str, diagnostics: &mut Diagnostics) -> (Manifest, Arc<str>) {
    let file: Arc<str> = format!("themes/{theme}/{MANIFEST}").into();
    let path = root.join(&*file);
    if !path.exists() {
        return (Manifest::default(), file);
    }
    match load::read_text(&path, &file) {
        Ok(text) => (Manifest::read(&text, &file, diagnostics), file),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            (Manifest::default(), file)
        }
    }
}

fn found(root: &Path, folder: &str, diagnostics: &mut Diagnostics) -> Vec<load::FoundFile> {
    if !root.join(folder).exists() {
        return Vec::new();
    }
    let (files, problems) = load::walk(root, folder);
    diagnostics.append(problems.into_iter().collect());
    files
}

/// Gives the text of a built-in template by the path that diagnostics know it by.
pub(crate) fn built_in_text(file: &str) -> Option<&'static str> {
    let path = file.strip_prefix("themes/")?.strip_prefix(BUILT_IN_NAME)?.trim_start_matches('/');
    BUILT_IN.get_file(path)?.contents_utf8()
}
