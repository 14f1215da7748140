//! A build: every page rendered in parallel, streamed to an output folder, and put in place at the end.

use rayon::prelude::*;

use crate::diagnostic::Diagnostics;
use crate::emit::{Error, Key, Output, Summary};
use crate::export::{self, Export, Format, key};
use crate::pages::Page;
use crate::render::{self, Rendered};
use crate::site::Site;
use crate::theme_files::{Asset, AssetBytes};

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// What was written; none where an error kept everything as it was.
    pub summary: Option<Summary>,
    /// What is wrong or doubtful in the site, all of this run.
    pub diagnostics: Diagnostics,
}

/// How many pages a thread makes before it asks what else there is, so that none is left with many at the end.
const MADE_TOGETHER: usize = 8;

/// Renders a site into an output folder; an error anywhere leaves the folder as it was.
///
/// `done` is called once for each page, from many threads.
///
/// # Errors
/// What the file system refused.
pub fn build(
    site: &Site,
    output: Output,
    mut diagnostics: Diagnostics,
    done: &(dyn Fn() + Sync),
) -> Result<Built, Error> {
    if diagnostics.has_errors() {
        drop(output);
        diagnostics.append(render_all(site, done));
        return Ok(Built { summary: None, diagnostics: finished(site, diagnostics) });
    }
    export::prepare(&site.exports, &site.briefing);
    let pages = || {
        let page = |page| build_page(site, &output, page).inspect(|_| done());
        site.pages.par_iter().with_max_len(MADE_TOGETHER).map(page).collect::<Result<Vec<Diagnostics>, Error>>()
    };
    let exports = || {
        site.exports
            .par_iter()
            .with_max_len(1)
            .try_for_each(|(export, formats)| build_export(site, &output, export, formats))
    };
    let (exported, found) = rayon::join(exports, pages);
    exported?;
    let found = found?;
    found.into_iter().for_each(|found| diagnostics.append(found));
    let mut diagnostics = finished(site, diagnostics);
    if diagnostics.has_errors() {
        return Ok(Built { summary: None, diagnostics });
    }
    site.files.par_iter().try_for_each(|(path, asset)| publish_file(&output, path, asset))?;
    let summary = Some(output.commit()?);
    site.keep_ledger().into_iter().for_each(|warning| diagnostics.push(warning));
    Ok(Built { summary, diagnostics: diagnostics.sorted() })
}

/// Renders every page for what is wrong with it, and keeps none.
pub fn render_all(site: &Site, done: &(dyn Fn() + Sync)) -> Diagnostics {
    let found: Vec<Diagnostics> = site
        .pages
        .par_iter()
        .map(|page| {
            let view = render::view(&site.briefing, page);
            let found = match render::render(&site.theme, &view, &site.texts) {
                Ok(Rendered { diagnostics, .. }) | Err(diagnostics) => diagnostics,
            };
            done();
            found
        })
        .collect();
    found.into_iter().flatten().collect()
}

/// Puts the diagnostics of a whole run at the levels of the site, and in order.
pub fn finished(site: &Site, mut diagnostics: Diagnostics) -> Diagnostics {
    site.briefing.config.apply_levels(&mut diagnostics);
    diagnostics.sorted()
}

/// Makes a page, unless the one in the folder was made of the same things.
fn build_page(site: &Site, output: &Output, page: &Page) -> Result<Diagnostics, Error> {
    let view = render::view(&site.briefing, page);
    let file = page.file(&site.briefing);
    let key = Key(render::key(&view, &site.theme));
    if output.keep(&file, key)? {
        return Ok(Diagnostics::new());
    }
    match render::render(&site.theme, &view, &site.texts) {
        Ok(rendered) => {
            // A page that warns is made anew each time, so that it warns each time.
            let key = rendered.diagnostics.iter().next().is_none().then_some(key);
            output.put(&file, key, &rendered.html)?;
            Ok(rendered.diagnostics)
        }
        Err(diagnostics) => Ok(diagnostics),
    }
}

/// Makes the files of an export, unless those in the folder were made of the same data.
fn build_export(site: &Site, output: &Output, export: &Export, formats: &[Format]) -> Result<(), Error> {
    let document = export.document(&site.briefing, &site.pages, &site.texts);
    let key = Key(key(&*document, site.program));
    for format in formats {
        let file = export.file(&site.briefing, *format);
        if output.keep(&file, key)? {
            continue;
        }
        output.stream(&file, key, |to| export::write(&*document, *format, to))?;
    }
    Ok(())
}

fn publish_file(output: &Output, path: &str, asset: &Asset) -> Result<(), Error> {
    match &asset.bytes {
        AssetBytes::Disk(from) => output.copy(path, from),
        AssetBytes::Memory(bytes) => output.put(path, None, bytes),
    }
}
