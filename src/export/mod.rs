//! Data for others: what a site publishes beside its pages, for programs to read.
//!
//! Tables of all claims, sources, events and entities; feeds, calendars and timelines; the sitemap; and what a page
//! says of itself in schema.org's terms. An [`Export`] is one set of data in one or more [`Format`]s. Its
//! [`Document`] is hashed before it is written, so that a build keeps a file whose data is as it was.
//!
//! All of it is pure: a briefing goes in, bytes come out. Nothing here reads the clock.

mod analysis;
mod calendar;
mod data;
mod digest;
mod feed;
mod forecasts;
mod guide;
mod shown;
mod sitemap;
pub mod structured;
mod timeline;
mod xml;

use std::io;
use std::ops::Range;

use rayon::prelude::*;

use crate::ids::{AnalysisId, AuthorId, CompanyId, TagId};
use crate::link::Briefing;
use crate::pages::{self, List, Page};

pub use data::{ClaimRecord, Column, Kind, Record, Row, Table, write_rows};
pub use digest::Digest;
pub use feed::Channel;
pub use forecasts::{
    BinJson, CalibrationJson, ConventionJson, CountsJson, DecompositionJson, ForecastJson, ForecastsJson, RecordJson,
    RevisionJson, ScoresJson, WordJson, forecasts_json,
};
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
    /// None that data can cause: serializers return them.
    fn write(&self, format: Format, out: &mut Vec<u8>) -> io::Result<()>;
}

impl Export {
    /// Tells which files there are of it.
    pub fn formats(&self) -> &'static [Format] {
        match self {
            Self::Table(_) => &[Format::Json, Format::Csv],
            Self::Feed(_) => &[Format::Atom, Format::Json],
            Self::Timeline(_) => &[Format::Json, Format::Csv, Format::Ics],
            Self::Package | Self::Schema(_) | Self::Analysis(_) => &[Format::Json],
            Self::Calendar => &[Format::Ics],
            Self::Sitemap(..) | Self::SitemapIndex(_) => &[Format::Xml],
            Self::Robots | Self::Guide => &[Format::Text],
        }
    }

    /// Gives the path of one of its files on the site, such as `/data/claims.csv`.
    pub fn path(&self, briefing: &Briefing, format: Format) -> String {
        match self {
            Self::Table(table) => {
                format!("/data/{}.{}", table.name(), if format == Format::Csv { "csv" } else { "json" })
            }
            Self::Package => "/data/datapackage.json".to_owned(),
            Self::Schema(name) => format!("/data/schemas/{name}.json"),
            Self::Feed(channel) => channel.path(briefing, format),
            Self::Calendar => "/forecasts/calendar.ics".to_owned(),
            Self::Timeline(id) => timeline::path(briefing, *id, format),
            Self::Analysis(id) => format!("{}index.json", Page::Analysis(*id).path(briefing)),
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

    /// Gives its data; `pages` are those of the whole site.
    pub fn document<'b>(&self, briefing: &'b Briefing, pages: &'b [Page]) -> Box<dyn Document + 'b> {
        match self {
            Self::Table(table) => table.document(briefing),
            Self::Package => Box::new(data::Package::of(briefing)),
            Self::Schema(name) => Box::new(data::schema(briefing, name)),
            Self::Feed(channel) => Box::new(channel.feed(briefing)),
            Self::Calendar => Box::new(calendar::forecasts(briefing)),
            Self::Timeline(id) => Box::new(timeline::of(briefing, *id)),
            Self::Analysis(id) => Box::new(analysis::of(briefing, *id)),
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
    exports.push(Export::Package);
    exports.extend(data::schema_names(briefing).map(Export::Schema));
    exports.extend([Export::Calendar, Export::Robots, Export::Guide]);
    exports.extend(sitemap::exports(briefing, pages));
    exports.extend(channels(briefing).map(Export::Feed));
    exports.extend((0..briefing.companies.len()).map(|index| Export::Timeline(CompanyId::at(index))));
    if briefing.config.page_data {
        exports.extend((0..briefing.analyses.len()).map(|index| Export::Analysis(AnalysisId::at(index))));
    }
    exports
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

/// A link from a page to one of its files.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
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
    vec![
        timeline.link(briefing, Format::Json, "JSON"),
        timeline.link(briefing, Format::Csv, "CSV"),
        timeline.link(briefing, Format::Ics, "calendar"),
        Export::Feed(Channel::Company(id)).link(briefing, Format::Atom, "feed"),
    ]
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

/// Lists the files that are no table and belong to no page.
pub fn other_files(briefing: &Briefing) -> [FileLink; 2] {
    [
        Export::Package.link(briefing, Format::Json, "All tables as a Frictionless data package"),
        Export::Calendar.link(briefing, Format::Ics, "Calendar of open forecasts and signals"),
    ]
}

#[cfg(test)]
mod test {
    //! A small briefing in which every kind of export has something to say, and something to hide.

    use std::borrow::Cow;

    use super::*;
    use crate::config::{Config, Now, Overrides};
    use crate::diagnostic::Diagnostic;
    use crate::link::Texts;
    use crate::model::{Corpus, Origin, Role, Spoken, read_document, role};

    const SITE: &str = "title = \"The <Brief> & more\"\nbase_url = \"https://example.org/b\"\n[data]\npages = true\n\
        [authors.ann]\nname = \"Ann Ng\"\n";

    const FILES: &[(&str, &str)] = &[
        (
            "content/companies/acme.md",
            "+++\nname = \"Acme\"\nticker = \"XNAS:ACME\"\nlei = \"5493001KJTIIGC8Y1R12\"\nwikidata = \"Q1\"\n\
             website = \"https://acme.example\"\naliases = [\"=ACM\"]\n+++\n",
        ),
        ("content/people/bo.md", "+++\nname = \"Bo Li\"\nrole = \"chief\"\ncompany = \"acme\"\n+++\n"),
        (
            "content/sources.toml",
            "[[sources]]\nid = \"wire\"\npublisher = \"The Wire\"\nurl = \"https://wire.example/1\"\npublished = 2026-05-17\n\
             [[sources]]\nid = \"memo\"\ntitle = \"SECRET memo\"\n",
        ),
        ("content/events.toml", "[cut-2026]\nlabel = \"The cut\"\n[secret-deal]\nlabel = \"SECRET deal\"\n"),
        (
            "content/analyses/cuts.md",
            "+++\ntitle = \"Cuts & <em>costs</em> </script>\"\ndate = 2026-05-18T09:30:00+02:00\nupdated = 2026-05-21\n\
             authors = [\"ann\"]\ntags = [\"jobs\"]\nsummary = \"What <Acme> said.\"\ncompanies = [\"acme\"]\naliases = [\"old\"]\n\
             [[claims]]\nid = \"cut\"\ntext = \"=Acme <!-- cut jobs\"\nmetric = \"headcount-reduction\"\nvalue = \"about 800 jobs\"\n\
             date = \"2026-05\"\nevent = \"cut-2026\"\nsources = [\"wire\"]\n\
             [[claims]]\nid = \"low\"\ntext = \"It fell\"\nmetric = \"profit\"\nvalue = \"more than $-1.5 bn\"\ndate = \"2025-07/2025-09\"\n\
             person = \"bo\"\n\
             [[predictions]]\ntext = \"More cuts\"\nprobability = 0.4\ndue = \"2026-12\"\nevidence = [\"cut\"]\n\
             [[signals]]\ntext = \"Look, there\"\nevery = \"quarter\"\nnext = 2026-07-30\n\
             [[corrections]]\ndate = 2026-05-20\nwas = \"900\"\nnow = \"800\"\nwhy = \"A slip.\"\n+++\nText.\n",
        ),
        (
            "content/analyses/hidden.md",
            "+++\ntitle = \"SECRET\"\ndate = 2026-05-19\npublish_at = 2030-01-01\ntags = [\"SECRET\"]\nauthors = [\"SECRET\"]\n\
             companies = [\"acme\"]\n[[sources]]\nid = \"own\"\npublisher = \"SECRET\"\n[[claims]]\ntext = \"SECRET\"\nsources = [\"memo\"]\n\
             event = \"secret-deal\"\n[[predictions]]\ntext = \"SECRET\"\ndue = 2027-01-01\n[[signals]]\ntext = \"SECRET\"\nnext = 2026-07-01\n\
             [[corrections]]\ndate = 2026-05-20\nwas = \"SECRET\"\nnow = \"SECRET\"\n+++\n",
        ),
    ];

    struct NoProse;

    impl Texts for NoProse {
        fn text(&self, _: &Origin) -> Result<Cow<'_, str>, Diagnostic> {
            Ok(Cow::Borrowed(""))
        }
    }

    /// Links the site, and lists its pages.
    pub(super) fn briefing() -> (Briefing, Vec<Page>) {
        let now = Now::parse("2026-06-01").unwrap();
        let (config, found) = Config::read(SITE, Overrides { now, drafts: false, base_url: None });
        assert!(!found.has_errors(), "{found:?}");
        let mut corpus = Corpus::default();
        for (file, text) in FILES {
            let Role::Document(kind) = role(file) else { panic!("{file}") };
            let (document, found) = read_document(&kind, &(*file).into(), text, 0, &Spoken::default(), &config);
            assert!(!found.has_errors(), "{found:?}");
            let _ = corpus.add(document.unwrap(), found, now.instant, false);
        }
        let (briefing, found) = crate::link::link(config, corpus, &NoProse);
        assert!(!found.has_errors(), "{found:?}");
        let pages = pages::pages(&briefing);
        (briefing, pages)
    }

    fn all(briefing: &Briefing, pages: &[Page]) -> Vec<(String, Vec<u8>)> {
        let write = |export: &Export| {
            let document = export.document(briefing, pages);
            let file = |format: &Format| {
                let mut out = Vec::new();
                document.write(*format, &mut out).unwrap();
                (export.path(briefing, *format), out)
            };
            export.formats().iter().map(file).collect::<Vec<_>>()
        };
        exports(briefing, pages).iter().flat_map(write).collect()
    }

    #[test]
    fn nothing_that_is_left_out_leaks_into_any_file() {
        let (briefing, pages) = briefing();
        let files = all(&briefing, &pages);
        assert!(files.len() > 25);
        for (path, bytes) in files {
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.to_lowercase().contains("secret") && !path.contains("hidden"), "{path}:\n{text}");
        }
    }

    #[test]
    fn every_json_holds_to_its_schema() {
        let (briefing, pages) = briefing();
        let files = all(&briefing, &pages);
        let read = |path: &str| -> serde_json::Value {
            let (_, bytes) = files.iter().find(|(known, _)| known == path).unwrap_or_else(|| panic!("no {path}"));
            serde_json::from_slice(bytes).unwrap()
        };
        let held = [
            ("claims", "/data/claims.json"),
            ("sources", "/data/sources.json"),
            ("events", "/data/events.json"),
            ("entities", "/data/entities.json"),
            ("timeline", "/companies/acme/timeline.json"),
            ("analysis", "/analyses/cuts/index.json"),
        ];
        for (name, path) in held {
            let schema = jsonschema::validator_for(&read(&format!("/data/schemas/{name}.json"))).unwrap();
            let file = read(path);
            assert_eq!(file["version"], 1, "{path}");
            let wrong: Vec<_> = schema.iter_errors(&file).map(|error| error.to_string()).collect();
            assert!(wrong.is_empty(), "{path}: {wrong:#?}\n{file:#}");
        }
        assert_eq!(held.len(), data::schema_names(&briefing).count());
    }

    #[test]
    fn a_key_changes_with_the_data_and_only_with_it() {
        let (one, pages) = briefing();
        let (mut two, _) = briefing();
        two.claims[0].text.push('!');
        for export in exports(&one, &pages) {
            let keys = [&one, &two].map(|briefing| key(&*export.document(briefing, &pages), 0));
            let touched = matches!(export, Export::Table(Table::Claims) | Export::Analysis(_));
            assert_eq!(keys[0] != keys[1], touched, "{export:?}");
        }
    }
}
