//! What stands at an address: a page, a file of data, or a file that is published as it is.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::export::{Export, Format};
use crate::pages::Page;
use crate::site::Site;
use crate::theme_files::Asset;

/// Where each page and each file of data is.
#[derive(Debug)]
pub(super) struct Routes(FxHashMap<String, At>);

/// One of the lists of a site, and a place in it.
#[derive(Clone, Copy, Debug)]
enum At {
    Page(usize),
    Export(usize, Format),
}

/// What stands at an address.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found<'s> {
    /// A page.
    Page(&'s Page),
    /// A file of data.
    Export(&'s Export, Format),
    /// A file that is published as it is.
    File(&'s Asset),
    /// Nothing, but something does with a slash after it.
    Folder,
    /// Nothing.
    Nothing,
}

impl Routes {
    /// Lists the addresses of a site.
    pub(super) fn of(site: &Site) -> Self {
        let briefing = &site.briefing;
        let pages = site.pages.par_iter().enumerate().map(|(index, page)| (page.path(briefing), At::Page(index)));
        let exports = site.exports.par_iter().enumerate().flat_map_iter(|(index, (export, formats))| {
            formats.iter().map(move |format| (export.path(briefing, *format), At::Export(index, *format)))
        });
        let listed: Vec<(String, At)> = pages.chain(exports).collect();
        Self(listed.into_iter().collect())
    }

    /// Finds what stands at a path of the site, as plain hosts do: `/a/index.html` is `/a/`.
    pub(super) fn find<'s>(&self, site: &'s Site, path: &str) -> Found<'s> {
        let folder = path.strip_suffix("index.html").filter(|folder| folder.ends_with('/')).unwrap_or(path);
        if let Some(found) = self.at(site, folder) {
            return found;
        }
        let slash = format!("{path}/");
        if self.at(site, &slash).is_some() { Found::Folder } else { Found::Nothing }
    }

    fn at<'s>(&self, site: &'s Site, path: &str) -> Option<Found<'s>> {
        match self.0.get(path) {
            Some(At::Page(index)) => return site.pages.get(*index).map(Found::Page),
            Some(At::Export(index, format)) => {
                return site.exports.get(*index).map(|(export, _)| Found::Export(export, *format));
            }
            None => {}
        }
        let file = path.trim_start_matches('/');
        let name = if path.ends_with('/') { format!("{file}index.html") } else { file.to_owned() };
        // Two slashes at its start make another path, not the same one.
        let is_plain = path.len() == file.len() + 1;
        site.files.get(&name).filter(|_| is_plain).map(Found::File)
    }
}
