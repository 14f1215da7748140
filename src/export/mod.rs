//! Data for others: what a site publishes beside its pages, for programs to read.
//!
//! Tables of all claims and what they are to each other, of sources, forecasts, events and entities; feeds, calendars
//! and timelines; the sitemap; and what a page says of itself in schema.org's terms. An [`Export`] is one set of data in
//! one or more [`Format`]s. Its [`Document`] is hashed before it is written, so that a build keeps a file whose data is
//! as it was.
//!
//! All of it is pure: a briefing goes in, bytes come out. Nothing here reads the clock.

mod analysis;
mod article;
mod calendar;
mod card;
mod cite;
mod claim_index;
mod data;
mod digest;
mod feed;
mod guide;
mod letter;
mod search;
mod shown;
mod sitemap;
pub mod social;
pub mod structured;
#[cfg(test)]
mod tests;
mod timeline;
mod xml;

use std::hash::Hash;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::ids::{AnalysisId, AuthorId, CompanyId, TagId};
use crate::link::{Briefing, Texts};
use crate::pages::{self, List, Page};
use crate::speech::{Speech, say, speaking};

pub(crate) use card::cards;
pub use card::{Card, SIZE as CARD_SIZE};
pub use cite::{Citation, Cited};
pub use claim_index::{Shard, facets_path};
pub use data::{ClaimRecord, Column, Kind, Record, RelationRecord, Row, Table, write_rows};
pub use digest::Digest;
pub use feed::Channel;
pub use search::{SearchFile, guide_path as search_path};
pub use shown::Shown;

/// The version of the form of every JSON file here; it changes when a key is taken away or means something else.
pub const VERSION: u32 = 1;

/// One set of data that a site publishes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Export {
    /// All records of one kind.
    Table(Table),
    /// What the tables are, as a Frictionless Data Package.
    Package,
    /// Which analyses are related, and why.
    Related,
    /// The JSON Schema of a kind of file, by its name.
    Schema(&'static str),
    /// What is new.
    Feed(Channel),
    /// When open forecasts are due and signals are to be looked at.
    Calendar,
    /// A company's timeline.
    Timeline(CompanyId),
    /// The data of one analysis.
    Analysis(AnalysisId),
    /// How an analysis or a claim is cited.
    Citation(Cited),
    /// An analysis for a newsletter.
    Letter(AnalysisId),
    /// The picture of a page, for where its address is shared.
    Card(Card),
    /// What the filter of `/claims/` offers.
    ClaimFacets,
    /// A part of the claims that it looks through.
    ClaimShard(Shard),
    /// A file of the search index.
    Search(SearchFile),
    /// A part of the list of all pages, numbered from 1, with the pages that are in it.
    Sitemap(usize, Range<usize>),
    /// The parts of that list, where there is more than one.
    SitemapIndex(usize),
    /// What crawlers are asked.
    Robots,
    /// What the site holds, for programs that read text.
    Guide,
}

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON (RFC 8259).
    Json,
    /// Comma-separated values (RFC 4180).
    Csv,
    /// Atom (RFC 4287).
    Atom,
    /// iCalendar (RFC 5545).
    Ics,
    /// The XML of sitemaps.org.
    Xml,
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// PNG (RFC 2083).
    Png,
    /// BibTeX.
    Bib,
    /// CSL-JSON, the form of the Citation Style Language.
    Csl,
}

impl Format {
    /// Gives the media type of files in it.
    pub fn media(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::Atom => "application/atom+xml",
            Self::Ics => "text/calendar",
            Self::Xml => "application/xml",
            Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Png => "image/png",
            Self::Bib => "application/x-bibtex",
            Self::Csl => "application/vnd.citationstyles.csl+json",
        }
    }
}

/// The data of an export: hashed to tell whether it changed, and written where it did.
pub trait Document {
    /// Adds everything that the files depend on.
    fn digest(&self, digest: &mut Digest);

    /// Writes the file of a format.
    ///
    /// # Errors
    /// What the file system refused.
    fn write(&self, format: Format, out: &mut Out<'_>) -> io::Result<()>;
}

/// A document in the site's language.
struct Spoken<'b> {
    speech: &'b Arc<Speech>,
    document: Box<dyn Document + 'b>,
}

impl Document for Spoken<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.speech.print.hash(digest);
        self.document.digest(digest);
    }

    fn write(&self, format: Format, out: &mut Out<'_>) -> io::Result<()> {
        speaking(self.speech, || self.document.write(format, out))
    }
}

/// What a document is written to: little pieces are gathered, and no file is ever held in memory as a whole.
pub type Out<'o> = io::BufWriter<&'o mut dyn io::Write>;

/// How many bytes are gathered before they go on.
const GATHERED: usize = 64 << 10;

/// Writes the file of a format to wherever it goes.
///
/// # Errors
/// What the writer refused.
pub fn write(document: &dyn Document, format: Format, to: &mut dyn io::Write) -> io::Result<()> {
    let mut out = Out::with_capacity(GATHERED, to);
    document.write(format, &mut out)?;
    io::Write::flush(&mut out)
}

impl Export {
    /// Tells which files there are of it.
    ///
    /// There is no calendar without an event, which iCalendar does not know (RFC 5545, 3.6).
    pub fn formats(&self, briefing: &Briefing) -> &'static [Format] {
        match self {
            Self::Timeline(id) if briefing.timelines[id.index()].entries.is_empty() => &[Format::Json, Format::Csv],
            Self::Table(_) => &[Format::Json, Format::Csv],
            Self::Feed(_) => &[Format::Atom, Format::Json],
            Self::Timeline(_) => &[Format::Json, Format::Csv, Format::Ics],
            Self::Package
            | Self::Related
            | Self::Schema(_)
            | Self::Analysis(_)
            | Self::ClaimFacets
            | Self::ClaimShard(_) => &[Format::Json],
            Self::Calendar => &[Format::Ics],
            Self::Search(file) => file.formats(),
            Self::Sitemap(..) | Self::SitemapIndex(_) => &[Format::Xml],
            Self::Robots | Self::Guide => &[Format::Text],
            Self::Letter(_) => &[Format::Text, Format::Html],
            Self::Card(_) => &[Format::Png],
            Self::Citation(_) => &[Format::Bib, Format::Csl],
        }
    }

    /// Gives the path of one of its files on the site, such as `/data/claims.csv`.
    pub fn path(&self, briefing: &Briefing, format: Format) -> String {
        match self {
            Self::Table(table) => {
                format!("/data/{}.{}", table.name(), if format == Format::Csv { "csv" } else { "json" })
            }
            Self::Package => "/data/datapackage.json".to_owned(),
            Self::Related => "/data/related.json".to_owned(),
            Self::Schema(name) => format!("/data/schemas/{name}.json"),
            Self::Feed(channel) => channel.path(briefing, format),
            Self::Calendar => "/forecasts/calendar.ics".to_owned(),
            Self::Timeline(id) => timeline::path(briefing, *id, format),
            Self::Analysis(id) => format!("{}index.json", Page::Analysis(*id).path(briefing)),
            Self::Letter(id) => letter::path(briefing, *id, format),
            Self::Card(card) => card.path(briefing),
            Self::Citation(cited) => cited.path(briefing, format),
            Self::ClaimFacets => facets_path(),
            Self::ClaimShard(shard) => shard.path(),
            Self::Search(file) => file.path(),
            Self::Sitemap(part, _) => sitemap::part_path(*part),
            Self::SitemapIndex(_) => sitemap::FIRST.to_owned(),
            Self::Robots => "/robots.txt".to_owned(),
            Self::Guide => "/llms.txt".to_owned(),
        }
    }

    /// Gives the file that it is written to, relative to the output folder.
    pub fn file(&self, briefing: &Briefing, format: Format) -> String {
        self.path(briefing, format).trim_start_matches('/').to_owned()
    }

    /// Links one of its files.
    fn link(&self, briefing: &Briefing, format: Format, title: &str) -> FileLink {
        let href = pages::path_href(briefing, &self.path(briefing, format));
        FileLink { media: format.media(), title: title.to_owned(), href }
    }

    /// Gives its data; `pages` are those of the whole site, and `texts` has the bodies for feeds and letters.
    pub fn document<'b>(
        &'b self,
        briefing: &'b Briefing,
        pages: &'b [Page],
        texts: &'b dyn Texts,
    ) -> Box<dyn Document + 'b> {
        if !self.is_spoken() {
            return self.gathered(briefing, pages, texts);
        }
        let speech = &briefing.config.speech;
        let document = speaking(speech, || self.gathered(briefing, pages, texts));
        Box::new(Spoken { speech, document })
    }

    /// Tells whether it is in the site's language; what programs read is in English.
    fn is_spoken(&self) -> bool {
        matches!(
            self,
            Self::Feed(_)
                | Self::Calendar
                | Self::Letter(_)
                | Self::Card(_)
                | Self::Citation(_)
                | Self::ClaimFacets
                | Self::ClaimShard(_)
        )
    }

    fn gathered<'b>(
        &'b self,
        briefing: &'b Briefing,
        pages: &'b [Page],
        texts: &'b dyn Texts,
    ) -> Box<dyn Document + 'b> {
        match self {
            Self::Table(table) => table.document(briefing),
            Self::Package => Box::new(data::Package::of(briefing)),
            Self::Related => Box::new(data::RelatedData::of(briefing)),
            Self::Schema(name) => Box::new(data::schema(briefing, name)),
            Self::Feed(channel) => Box::new(channel.feed(briefing, texts)),
            Self::Calendar => Box::new(calendar::forecasts(briefing)),
            Self::Timeline(id) => Box::new(timeline::of(briefing, *id)),
            Self::Analysis(id) => Box::new(analysis::of(briefing, *id)),
            Self::Letter(id) => Box::new(letter::of(briefing, *id, texts)),
            Self::Card(card) => Box::new(card.picture(briefing)),
            Self::Citation(cited) => Box::new(cited.citation(briefing)),
            Self::ClaimFacets => Box::new(claim_index::Facets::of(briefing)),
            Self::ClaimShard(shard) => Box::new(claim_index::ShardFile::of(briefing, shard)),
            Self::Search(file) => Box::new(file.content(briefing)),
            Self::Sitemap(_, range) => Box::new(sitemap::part(briefing, pages.get(range.clone()).unwrap_or_default())),
            Self::SitemapIndex(parts) => Box::new(sitemap::index(briefing, *parts)),
            Self::Robots => Box::new(guide::robots(briefing)),
            Self::Guide => Box::new(guide::guide(briefing)),
        }
    }
}

/// Sums up all that the files of a document depend on, `program` among it: an equal key means equal files.
pub fn key(document: &dyn Document, program: u128) -> u128 {
    let mut digest = Digest::default();
    std::hash::Hash::hash(&program, &mut digest);
    document.digest(&mut digest);
    digest.sum()
}

/// Lists what a site publishes beside its pages, the largest first.
pub fn exports(briefing: &Briefing, pages: &[Page]) -> Vec<Export> {
    let mut exports: Vec<Export> = Table::ALL.iter().copied().map(Export::Table).collect();
    exports.extend(claim_index::shards(briefing).into_iter().map(Export::ClaimShard));
    exports.extend((!briefing.claims.is_empty()).then_some(Export::ClaimFacets));
    exports.extend(search::files(briefing).into_iter().map(Export::Search));
    exports.push(Export::Related);
    exports.push(Export::Package);
    exports.extend(data::schema_names(briefing).map(Export::Schema));
    exports.extend(has_calendar(briefing).then_some(Export::Calendar));
    exports.extend([Export::Robots, Export::Guide]);
    exports.extend(sitemap::exports(briefing, pages));
    exports.extend(channels(briefing).map(Export::Feed));
    exports.extend((0..briefing.companies.len()).map(|index| Export::Timeline(CompanyId::at(index))));
    exports.extend(cards(briefing, pages).map(Export::Card));
    exports.extend(cite::cited(briefing, pages).map(Export::Citation));
    let analyses = || (0..briefing.analyses.len()).map(AnalysisId::at);
    if briefing.config.share.newsletter {
        exports.extend(analyses().map(Export::Letter));
    }
    if briefing.config.page_data {
        exports.extend(analyses().map(Export::Analysis));
    }
    exports
}

/// Makes what several exports share, on all cores; call it before they are made side by side.
pub fn prepare(exports: &[(Export, Vec<Format>)], briefing: &Briefing) {
    let search = exports.iter().find_map(|(export, _)| match export {
        Export::Search(file) => Some(file),
        _ => None,
    });
    search.into_iter().for_each(|file| file.prepare(briefing));
}

/// Lists every feed of a site.
fn channels(briefing: &Briefing) -> impl Iterator<Item = Channel> {
    let companies = (0..briefing.companies.len()).map(|index| Channel::Company(CompanyId::at(index)));
    let tags = (0..briefing.groups.tags.len()).map(|index| Channel::Tag(TagId::at(index)));
    let authors = (0..briefing.groups.authors.len()).map(|index| Channel::Author(AuthorId::at(index)));
    [Channel::Site, Channel::Corrections].into_iter().chain(companies).chain(tags).chain(authors)
}

/// Gives every path that exports have in the output folder, in the order of the exports.
pub fn files(briefing: &Briefing, exports: &[(Export, Vec<Format>)]) -> Vec<String> {
    let paths = |(export, formats): &(Export, Vec<Format>)| -> Vec<String> {
        formats.iter().map(|format| export.file(briefing, *format)).collect()
    };
    exports.par_iter().flat_map_iter(paths).collect()
}

/// Gives the full address of a path on the site.
fn absolute(briefing: &Briefing, path: &str) -> String {
    [&briefing.config.base_url, &*pages::encode(path)].concat()
}

/// Says what a correction changed, and why where that is known: a sentence each.
fn correction_told(was: &str, now: &str, why: Option<&str>) -> Vec<String> {
    let why = why.map(|why| say("why_said", &[("why", &why)]));
    [say("was", &[("was", &was)]), say("now", &[("now", &now)])].into_iter().chain(why).collect()
}

/// A link from a page to one of its files.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
pub struct FileLink {
    /// The media type.
    pub media: &'static str,
    /// What it is, in words.
    pub title: String,
    /// The link.
    pub href: String,
}

/// Lists the feeds of a page besides those of the site; programs that read feeds find them in its head.
pub fn feeds(briefing: &Briefing, page: &Page) -> Vec<FileLink> {
    let channel = match page {
        Page::Company(id) => Channel::Company(*id),
        Page::List(List::Tag(id), 1) => Channel::Tag(*id),
        Page::List(List::Author(id), 1) => Channel::Author(*id),
        _ => return Vec::new(),
    };
    channel.links(briefing).into()
}

/// Lists the feeds of the site as a whole, which every page has in its head.
pub fn site_feeds(briefing: &Briefing) -> Vec<FileLink> {
    [Channel::Site, Channel::Corrections].into_iter().flat_map(|channel| channel.links(briefing)).collect()
}

/// Lists the other forms of a company's timeline.
pub fn timeline_files(briefing: &Briefing, id: CompanyId) -> Vec<FileLink> {
    let timeline = Export::Timeline(id);
    let title = |format: Format| match format {
        Format::Json => "JSON".to_owned(),
        Format::Csv => "CSV".to_owned(),
        _ => say("calendar_small", &[]),
    };
    let own = timeline.formats(briefing).iter().map(|format| timeline.link(briefing, *format, &title(*format)));
    let feed = Export::Feed(Channel::Company(id));
    own.chain([feed.link(briefing, Format::Atom, &say("feed_small", &[]))]).collect()
}

/// Lists the files of a table.
pub fn table_files(briefing: &Briefing, table: Table) -> [FileLink; 3] {
    let export = Export::Table(table);
    [
        export.link(briefing, Format::Json, "JSON"),
        export.link(briefing, Format::Csv, "CSV"),
        Export::Schema(table.name()).link(briefing, Format::Json, "JSON Schema"),
    ]
}

/// Lists the other forms of a list: the tables of claims and of sources, and the feed of corrections.
pub fn list_files(briefing: &Briefing, list: List) -> Vec<FileLink> {
    let table = |table| table_files(briefing, table).into_iter().take(2).collect();
    match list {
        List::Claims => table(Table::Claims),
        List::Sources => table(Table::Sources),
        List::Related => vec![Export::Related.link(briefing, Format::Json, "JSON")],
        List::Corrections => {
            let feed = Export::Feed(Channel::Corrections);
            vec![
                feed.link(briefing, Format::Atom, &say("atom_feed", &[])),
                feed.link(briefing, Format::Json, &say("json_feed", &[])),
            ]
        }
        _ => Vec::new(),
    }
}

/// Lists the other forms of the page of forecasts: the tables, and the calendar of what is still to be known.
pub fn forecast_files(briefing: &Briefing) -> Vec<FileLink> {
    let tables = table_files(briefing, Table::Forecasts).into_iter().take(2);
    let calendar = || Export::Calendar.link(briefing, Format::Ics, &say("calendar_small", &[]));
    tables.chain(has_calendar(briefing).then(calendar)).collect()
}

/// Lists the files that are no table and belong to no page.
pub fn other_files(briefing: &Briefing) -> Vec<FileLink> {
    let package = Export::Package.link(briefing, Format::Json, &say("data_package", &[]));
    let calendar = || Export::Calendar.link(briefing, Format::Ics, &say("calendar_of_forecasts", &[]));
    let related = Export::Related.link(briefing, Format::Json, &say("how_analyses_hang", &[]));
    [package, related].into_iter().chain(has_calendar(briefing).then(calendar)).collect()
}

/// Tells whether a site has anything to put on a calendar of its own.
fn has_calendar(briefing: &Briefing) -> bool {
    calendar::has_events(briefing)
}
