//! `robots.txt` (RFC 9309) and `llms.txt` (llmstxt.org): what programs that read the site are told.

use std::fmt::Write as _;
use std::hash::Hash;
use std::io::{self, Write};

use super::data::Table;
use super::{Digest, Document, Export, Format, Out, absolute, sitemap};
use crate::link::Briefing;
use crate::pages::{List, Page, canonical, lists};

/// A plain text.
#[derive(Debug, Hash)]
pub(super) struct Text(String);

impl Document for Text {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Out<'_>) -> io::Result<()> {
        out.write_all(self.0.as_bytes())
    }
}

/// Lets every crawler in, and tells where the sitemap is.
pub(super) fn robots(briefing: &Briefing) -> Text {
    Text(format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", absolute(briefing, sitemap::FIRST)))
}

/// How many entries a section of llms.txt shows.
const SHOWN: usize = 50;

/// Tells what the site holds: the newest analyses, the companies with the most analyses, and the files of data.
pub(super) fn guide(briefing: &Briefing) -> Text {
    let config = &briefing.config;
    let mut text = format!("# {}\n", line(&config.title));
    if let Some(description) = &config.description {
        push(&mut text, format_args!("\n> {}\n", line(description)));
    }
    let analyses = lists::newest_analyses(briefing).take(SHOWN).map(|id| {
        let analysis = briefing.analysis(id);
        entry(&analysis.title, &canonical(briefing, &Page::Analysis(id)), analysis.summary.as_deref())
    });
    section(&mut text, "Analyses", analyses);
    section(&mut text, "Companies", companies(briefing).into_iter());
    let tables = Table::ALL.iter().map(|table| {
        let address = absolute(briefing, &Export::Table(*table).path(briefing, Format::Json));
        entry(table.name(), &address, Some(table.about()))
    });
    let package = absolute(briefing, &Export::Package.path(briefing, Format::Json));
    section(&mut text, "Data", tables.chain([entry("datapackage.json", &package, Some("What the tables are."))]));
    let lists = [List::Analyses, List::Companies, List::Claims, List::Sources].map(|list| Page::List(list, 1));
    let forecasts = (!briefing.forecasts.is_empty()).then_some(Page::Forecasts);
    let pages = lists.into_iter().chain(forecasts);
    section(&mut text, "Optional", pages.map(|page| entry(page.title(briefing), &canonical(briefing, &page), None)));
    Text(text)
}

fn companies(briefing: &Briefing) -> Vec<String> {
    let analyses = |id: &crate::ids::CompanyId| briefing.company_links[id.index()].analyses.len();
    let mut ids = briefing.listed.companies.clone();
    ids.sort_by_key(|id| std::cmp::Reverse(analyses(id)));
    ids.truncate(SHOWN);
    let name = |id| &briefing.company(id).name.value;
    ids.into_iter().map(|id| entry(name(id), &canonical(briefing, &Page::Company(id)), None)).collect()
}

fn section(text: &mut String, title: &str, entries: impl Iterator<Item = String>) {
    push(text, format_args!("\n## {title}\n\n"));
    text.extend(entries);
}

fn entry(title: &str, address: &str, about: Option<&str>) -> String {
    let title = line(title).replace(['[', ']'], "");
    let about = about.map(|about| format!(": {}", line(about))).unwrap_or_default();
    format!("- [{title}]({}){about}\n", address.replace('(', "%28").replace(')', "%29"))
}

/// Brings a text into one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn push(text: &mut String, more: std::fmt::Arguments<'_>) {
    // Writing to a string does not fail.
    let _ = text.write_fmt(more);
}
