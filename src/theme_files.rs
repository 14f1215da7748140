//! The files of a theme and of the site over it, from disk or from the program itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use include_dir::{Dir, include_dir};

use crate::config::FILE;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load;
use crate::prose::style_sheet;
use crate::render::theme::TemplateFile;
use crate::text::{Place, Spanned};

/// The built-in theme: the same files as themes/briefing holds in the repository.
static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/briefing");

/// The folders of a theme whose files are published.
const PUBLISHED: [&str; 3] = ["styles", "scripts", "static"];

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
    pub(crate) fn read(root: &Path, theme: &Spanned<String>, diagnostics: &mut Diagnostics) -> Self {
        let mut files = Self::default();
        let code = style_sheet().into_bytes();
        let code = Asset { name: "the style sheet for code".to_owned(), bytes: AssetBytes::Memory(code.into()) };
        files.assets.insert("code.css".to_owned(), code);
        files.add_built_in(root, diagnostics);
        if theme.value != BUILT_IN_NAME {
            files.add_named(root, theme, diagnostics);
        }
        files.add_templates(root, "templates", "", diagnostics);
        files.add_published(root, "static", diagnostics);
        files
    }

    /// Adds the built-in theme: from the site's own copy of it, where there is one.
    fn add_built_in(&mut self, root: &Path, diagnostics: &mut Diagnostics) {
        self.prefixes.insert(0, format!("{BUILT_IN_NAME}/"));
        if root.join("themes").join(BUILT_IN_NAME).is_dir() {
            return self.add_folder(root, BUILT_IN_NAME, diagnostics);
        }
        let mut folders = vec![&BUILT_IN];
        while let Some(folder) = folders.pop() {
            folders.extend(folder.dirs());
            for file in folder.files() {
                let Some(path) = file.path().to_str() else { continue };
                self.add_embedded(&path.replace('\\', "/"), file.contents());
            }
        }
        self.templates.sort_by(|a, b| a.name.cmp(&b.name));
    }

    fn add_embedded(&mut self, path: &str, bytes: &'static [u8]) {
        let file = format!("themes/{BUILT_IN_NAME}/{path}");
        if let Some(name) = path.strip_prefix("templates/") {
            let text = String::from_utf8_lossy(bytes).into_owned();
            self.templates.push(TemplateFile { name: format!("{BUILT_IN_NAME}/{name}"), file: file.into(), text });
        } else if let Some(published) = published_path(path) {
            let bytes = AssetBytes::Memory(bytes.into());
            self.assets.insert(published.to_owned(), Asset { name: file, bytes });
        }
    }

    /// Adds a theme of the site's own themes/ folder, over the built-in one.
    fn add_named(&mut self, root: &Path, theme: &Spanned<String>, diagnostics: &mut Diagnostics) {
        let folder = root.join("themes").join(&theme.value);
        let plain = !theme.value.contains(['/', '\\', '\0']) && !theme.value.starts_with('.');
        if !plain || !folder.is_dir() {
            let error = Diagnostic::error("unknown-theme", format!("there is no theme `{}`", theme.value));
            let place = Place::new(&Arc::from(FILE), theme.span);
            let help = format!("`{BUILT_IN_NAME}` is built in; any other is a folder of themes/");
            diagnostics.push(error.at(place).help(help));
            return;
        }
        self.prefixes.insert(0, format!("{}/", theme.value));
        self.add_folder(root, &theme.value, diagnostics);
    }

    fn add_folder(&mut self, root: &Path, name: &str, diagnostics: &mut Diagnostics) {
        self.add_templates(root, &format!("themes/{name}/templates"), &format!("{name}/"), diagnostics);
        for part in PUBLISHED {
            self.add_published(root, &format!("themes/{name}/{part}"), diagnostics);
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

    fn add_published(&mut self, root: &Path, folder: &str, diagnostics: &mut Diagnostics) {
        for file in found(root, folder, diagnostics) {
            let Some(path) = file.rel.strip_prefix(folder).map(|path| path.trim_start_matches('/')) else { continue };
            let asset = Asset::on_disk(file.rel.to_string(), file.path.clone());
            self.assets.insert(path.to_owned(), asset);
        }
    }
}

/// Where a file of a theme is published; none for what only the theme reads.
fn published_path(path: &str) -> Option<&str> {
    let (folder, rest) = path.split_once('/')?;
    PUBLISHED.contains(&folder).then_some(rest)
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
