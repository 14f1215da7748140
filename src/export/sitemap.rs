//! The sitemap (sitemaps.org, protocol 0.9): every page that is the one address of what it shows.

use std::hash::Hash;
use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use super::feed::{Moment, changed};
use super::xml::Xml;
use super::{Digest, Document, Export, Format, Out, absolute};
use crate::ids::AnalysisId;
use crate::link::Briefing;
use crate::pages::{Page, canonical};

/// Where the sitemap is, or the index of its parts.
pub(super) const FIRST: &str = "/sitemap.xml";

/// How many addresses one file may hold.
const ADDRESSES: usize = 50_000;

/// How many bytes one file may hold, with some room to spare below 50 MB.
const BYTES: usize = 50_000_000 - 10_000;

/// What an entry takes besides its address.
const AROUND: usize = 120;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// Lists the files of the sitemap: one, or an index and its parts.
pub(super) fn exports(briefing: &Briefing, pages: &[Page]) -> Vec<Export> {
    // `&` is the longest to escape, five bytes for one.
    let size = |page: &Page| if is_listed(page) { AROUND + canonical(briefing, page).len() * 5 } else { 0 };
    let sizes: Vec<usize> = pages.par_iter().map(size).collect();
    let mut parts = cut(&sizes);
    match parts.pop() {
        Some(only) if parts.is_empty() => vec![Export::Sitemap(0, only)],
        last => {
            parts.extend(last);
            let index = Export::SitemapIndex(parts.len());
            [index].into_iter().chain(parts.into_iter().zip(1..).map(|(part, at)| Export::Sitemap(at, part))).collect()
        }
    }
}

/// Cuts pages into files that are small enough; a size of zero is a page that is in none.
fn cut(sizes: &[usize]) -> Vec<Range<usize>> {
    let (mut parts, mut start, mut addresses, mut bytes) = (Vec::new(), 0, 0, 0);
    for (at, size) in sizes.iter().enumerate() {
        if addresses == ADDRESSES || bytes + size > BYTES {
            parts.push(start..at);
            (start, addresses, bytes) = (at, 0, 0);
        }
        addresses += usize::from(*size > 0);
        bytes += size;
    }
    parts.push(start..sizes.len());
    parts
}

/// Gives the path of a part; the only one stands in place of the index.
pub(super) fn part_path(part: usize) -> String {
    if part == 0 { FIRST.to_owned() } else { format!("/sitemap-{part}.xml") }
}

/// A file of the sitemap: the index, or pages.
#[derive(Debug, Hash)]
pub(super) struct Sitemap {
    /// The elements that the file and each entry are.
    elements: [&'static str; 2],
    /// Addresses, each with its last change where that is known.
    entries: Vec<(String, Option<Moment>)>,
}

/// Gives one part.
pub(super) fn part(briefing: &Briefing, pages: &[Page]) -> Sitemap {
    let listed = pages.iter().filter(|page| is_listed(page));
    let entries = listed.map(|page| (canonical(briefing, page), last_change(briefing, page))).collect();
    Sitemap { elements: ["urlset", "url"], entries }
}

/// Gives the index of so many parts.
pub(super) fn index(briefing: &Briefing, parts: usize) -> Sitemap {
    let entries = (1..=parts).map(|part| (absolute(briefing, &part_path(part)), None)).collect();
    Sitemap { elements: ["sitemapindex", "sitemap"], entries }
}

fn is_listed(page: &Page) -> bool {
    !matches!(page, Page::Missing | Page::Redirect { .. } | Page::Embed(_))
}

/// Tells when a page last changed; of an analysis and of the front page that is known.
fn last_change(briefing: &Briefing, page: &Page) -> Option<Moment> {
    match page {
        Page::Analysis(id) => Some(changed(briefing.analysis(*id))),
        Page::Company(id) => {
            let newest = briefing.company_links[id.index()].analyses.last()?;
            Some(changed(briefing.analysis(*newest)))
        }
        Page::Home => {
            let newest = briefing.analyses.len().checked_sub(1).map(AnalysisId::at)?;
            Some(changed(briefing.analysis(newest)))
        }
        _ => None,
    }
}

impl Document for Sitemap {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Out<'_>) -> io::Result<()> {
        let [file, entry] = self.elements;
        let mut text = Vec::new();
        Xml::new(&mut text).element(file, &[NAMESPACE], |xml| {
            for (address, changed) in &self.entries {
                xml.element(entry, &[], |xml| {
                    xml.text("loc", &[], address);
                    if let Some(changed) = changed {
                        xml.text("lastmod", &[], &changed.to_string());
                    }
                });
            }
        });
        out.write_all(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_fifty_thousand_addresses_and_fifty_megabytes() {
        assert_eq!(cut(&[]).len(), 1);
        assert_eq!(cut(&[200; 50_000]).first(), Some(&(0..50_000)));
        assert_eq!(cut(&[200; 100_001]), [0..50_000, 50_000..100_000, 100_000..100_001]);
        assert_eq!(cut(&[0; 100_001]).len(), 1);
        assert_eq!(cut(&[20_000_000; 5]), [0..2, 2..4, 4..5]);
    }

    #[test]
    fn redirects_and_missing_pages_are_not_in_it() {
        let (briefing, pages) = crate::export::tests::briefing();
        let mut out = Vec::new();
        crate::export::write(&part(&briefing, &pages), Format::Xml, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let root = document.root_element();
        assert_eq!((root.tag_name().name(), root.tag_name().namespace()), ("urlset", Some(NAMESPACE.1)));
        let locations: Vec<_> = document
            .descendants()
            .filter(|node| node.has_tag_name((NAMESPACE.1, "loc")))
            .map(|n| n.text().unwrap())
            .collect();
        assert!(locations.contains(&"https://example.org/b/analyses/cuts/"));
        assert!(locations.iter().all(|url| url.starts_with("https://example.org/b/") && !url.contains("old")));
        assert!(!locations.contains(&"https://example.org/b/404.html"));
    }
}
