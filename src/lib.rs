//! Dateline: a static site generator for analysis briefings, where every claim is data.
//!
//! Data flows one way, down this list, and a module uses only those above it:
//!
//! ```text
//! text, diagnostic       places in source text, and what is to be said of them
//! media                  media types of files
//! speech                 the language that pages speak: words, plural forms, dates and numbers
//! value                  quantities, dates, likelihoods: small pure types with their grammar
//! load                   files found and read, front matter cut off and parsed, every offset kept
//! config                 site.toml
//! ids, prose             small integers for things; Markdown, read for its outline and set as HTML
//! model                  each document by itself: analyses, claims, companies, sources, predictions
//! link                   across documents: names resolved, mentions, timelines, backlinks: the Briefing
//! pages                  which pages there are, and where
//! export                 data for others: tables, feeds, calendars, the sitemap, structured data
//! check                  rules over the briefing
//! suggest                claims that unbacked figures could be
//! render                 (Briefing, Theme, Page) -> one page, a pure function
//! theme_files, site      a site on disk, opened
//! emit, build            an output folder brought up to date
//! publish                an output folder brought to a host
//! report                 diagnostics for a terminal, as JSON, for CI; the only place that draws them
//! preview                a server that renders the page that is asked for, and reads again what changed
//! cli                    one file a command; the only place that prints
//! ```
//!
//! From `text` to `render` nothing touches the disk, the clock or the environment, except the one file of `load`
//! that reads files. An author's mistake is a [`diagnostic::Diagnostic`]; only the edges return errors.

pub mod build;
pub mod check;
#[allow(clippy::disallowed_methods, reason = "an edge: it speaks to the terminal, the clock and the environment")]
pub mod cli;
pub mod config;
pub mod diagnostic;
#[allow(clippy::disallowed_methods, reason = "an edge: it writes the output folder")]
pub mod emit;
pub mod export;
pub mod ids;
pub mod link;
pub mod load;
pub mod media;
pub mod model;
pub mod pages;
#[allow(clippy::disallowed_methods, reason = "an edge: it watches the disk, and answers browsers")]
pub mod preview;
pub mod prose;
#[allow(clippy::disallowed_methods, reason = "an edge: it speaks to the hosts that sites are published to")]
pub mod publish;
pub mod render;
pub mod report;
#[allow(clippy::disallowed_methods, reason = "an edge: it reads the site from disk")]
pub mod site;
pub mod speech;
pub mod suggest;
pub mod text;
#[allow(clippy::disallowed_methods, reason = "an edge: it reads themes from disk")]
pub mod theme_files;
pub mod value;
