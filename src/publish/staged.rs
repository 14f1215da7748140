//! The site that is to be published, as it was built into a folder, and what hosts get beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{File, HIDDEN, Kind, Manifest};
use super::{Error, compress, headers, rules};
use crate::config::{HostSettings, Target};
use crate::emit::{self, ContentHash};
use crate::export::Export;
use crate::media;
use crate::pages::Page;
use crate::site::Site;

/// A site that is ready to be published.
#[derive(Debug)]
pub struct Staged {
    /// Its files.
    pub manifest: Manifest,
    /// The folder that it was built into.
    folder: PathBuf,
    /// The files that are not in that folder.
    made: BTreeMap<String, Vec<u8>>,
    /// Settings for web servers, for those who run one: a name and a text.
    pub server_rules: Vec<(&'static str, String)>,
}

impl Staged {
    /// Reads the folder that a site was built into, and makes what its host needs beside it.
    ///
    /// # Errors
    /// Where the folder cannot be read, or is not what the build wrote.
    pub fn of(site: &Site, folder: &Path, target: &Target) -> Result<Self, Error> {
        let built = emit::Manifest::of(folder).map_err(|error| Error::host(error.to_string()))?;
        let built = built.ok_or_else(|| Error::refused("the build is not whole"))?;
        let kinds = kinds(site);
        let file = |(path, entry): (String, emit::Entry)| {
            let kind = kinds.get(&path).copied().unwrap_or_else(|| headers::kind_of_asset(&path));
            let file = File { hash: entry.hash, size: entry.size, kind, headers: headers::of(&path) };
            (path, file)
        };
        let files = built.files.into_iter().map(file).collect();
        let config = &site.briefing.config;
        let manifest = Manifest::new(&config.base_url, config.now.instant, files);
        let (folder, made) = (folder.to_owned(), BTreeMap::new());
        let redirects = rules::redirects(site);
        let rules = rules::Rules { redirects: &redirects, policy: target.csp.as_deref(), embeds: config.share.embeds };
        let server_rules = vec![("nginx.conf", rules.nginx()), ("Caddyfile", rules.caddy())];
        let mut staged = Self { manifest, folder, made, server_rules };
        match target.host {
            HostSettings::Git { .. } => {
                staged.add(".nojekyll", Vec::new());
                staged.add("_redirects", rules.redirects_file().into_bytes());
            }
            HostSettings::Command(_) => {
                staged.add("_headers", rules.headers_file(&staged.manifest).into_bytes());
                staged.add("_redirects", rules.redirects_file().into_bytes());
            }
            HostSettings::Netlify { .. } => {
                staged.add("_headers", rules.headers_file(&staged.manifest).into_bytes());
                staged.add("_redirects", rules.forced_redirects_file().into_bytes());
            }
            HostSettings::Folder { .. } | HostSettings::Ssh { .. } | HostSettings::Bucket(_) => {}
        }
        if target.precompress {
            staged.compress()?;
        }
        Ok(staged)
    }

    /// Adds a file, unless the site has its own at that path.
    fn add(&mut self, path: &str, bytes: Vec<u8>) {
        if self.manifest.files.contains_key(path) {
            return;
        }
        let (hash, size) = (ContentHash::of(&bytes), bytes.len() as u64);
        let kind = headers::kind_of_asset(path);
        self.manifest.files.insert(path.to_owned(), File { hash, size, kind, headers: headers::of(path) });
        self.made.insert(path.to_owned(), bytes);
    }

    /// Adds each text again as gzip and as brotli, where that makes it smaller.
    fn compress(&mut self) -> Result<(), Error> {
        let cache = compress::Cache::open(&self.folder.join(HIDDEN).join("compressed"))?;
        let texts: Vec<(&String, &File)> =
            self.manifest.files.iter().filter(|(path, _)| media::is_text(path)).collect();
        let compressed: Vec<_> = texts
            .into_par_iter()
            .map(|(path, file)| {
                let forms = cache.forms(file, || self.bytes(path))?;
                Ok(forms
                    .into_iter()
                    .map(|(end, bytes)| (format!("{path}.{end}"), file.kind, bytes))
                    .collect::<Vec<_>>())
            })
            .collect::<Result<Vec<_>, Error>>()?;
        for (path, kind, bytes) in compressed.into_iter().flatten() {
            self.add(&path, bytes);
            if let Some(file) = self.manifest.files.get_mut(&path) {
                file.kind = kind;
            }
        }
        Ok(())
    }

    /// Reads a file, and makes sure that it is what the build wrote.
    ///
    /// # Errors
    /// Where it cannot be read, or has changed since.
    pub fn bytes(&self, path: &str) -> Result<Vec<u8>, Error> {
        if let Some(bytes) = self.made.get(path) {
            return Ok(bytes.clone());
        }
        let at = self.folder.join(path);
        let bytes = fs::read(&at).map_err(Error::io("read", &at))?;
        match self.manifest.files.get(path) {
            Some(file) if file.hash == ContentHash::of(&bytes) => Ok(bytes),
            _ => Err(Error::host(format!("`{}` changed after it was built", at.display())).help("publish again")),
        }
    }

    /// Gathers every file in one folder, for programs that are given a folder.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn gathered(&self) -> Result<PathBuf, Error> {
        let to = self.folder.join(HIDDEN).join("gathered");
        match fs::remove_dir_all(&to) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Error::io("clear", &to)(error)),
            _ => {}
        }
        for path in self.manifest.files.keys() {
            let at = to.join(path);
            let folder = at.parent().unwrap_or(&to);
            fs::create_dir_all(folder).map_err(Error::io("make the folder", folder))?;
            fs::write(&at, self.bytes(path)?).map_err(Error::io("write", &at))?;
        }
        Ok(std::path::absolute(&to).unwrap_or(to))
    }
}

/// Tells of every page and every file of data what a visitor meets it as.
fn kinds(site: &Site) -> BTreeMap<String, Kind> {
    let page = |page: &Page| {
        let is_list = matches!(page, Page::Home | Page::List(..) | Page::Forecasts | Page::Data);
        (page.file(&site.briefing), if is_list { Kind::List } else { Kind::Page })
    };
    let exports = site.exports.iter().flat_map(|(export, formats)| {
        formats.iter().map(|format| (export.file(&site.briefing, *format), kind_of(export)))
    });
    site.pages.iter().map(page).chain(exports).collect()
}

fn kind_of(export: &Export) -> Kind {
    match export {
        Export::Card(_) => Kind::Asset,
        Export::Table(_)
        | Export::Package
        | Export::Schema(_)
        | Export::Timeline(_)
        | Export::Analysis(_)
        | Export::Citation(_)
        | Export::Letter(_) => Kind::Page,
        Export::Feed(_)
        | Export::Calendar
        | Export::Related
        | Export::ClaimFacets
        | Export::ClaimShard(_)
        | Export::Search(_)
        | Export::Sitemap(..)
        | Export::SitemapIndex(_)
        | Export::Robots
        | Export::Guide => Kind::List,
    }
}
