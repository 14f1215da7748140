//! `dateline serve`.

use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use clap::Args;

use super::terminal::report_to_people;
use super::{Failure, present};
use crate::config::{Now, Overrides};
use crate::diagnostic::{Diagnostics, Severity};
use crate::preview::{self, Error, News, Options, PORT};
use crate::report::{clean_lines, summary};

/// Shows the site in a browser, and every page anew when it is saved.
#[derive(Debug, Args)]
pub(super) struct Serve {
    /// The folder that holds site.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The port, or the next free one
    #[arg(long, value_name = "N", default_value_t = PORT)]
    port: u16,
    /// The address to listen at; by default 127.0.0.1 and ::1, which only this machine reaches
    #[arg(long, value_name = "ADDR", value_parser = address)]
    host: Option<IpAddr>,
    /// Open the site in a browser
    #[arg(long)]
    open: bool,
    /// Show drafts, embargoed and expired pieces, which is the default
    #[arg(long, overrides_with = "no_drafts")]
    drafts: bool,
    /// Leave drafts, embargoed and expired pieces out, as a build does
    #[arg(long)]
    no_drafts: bool,
    /// The day or the time to show the site at; by default SOURCE_DATE_EPOCH, else the present
    #[arg(long, value_name = "DATE", value_parser = Now::parse)]
    now: Option<Now>,
    /// The path to show the site below; by default that of site.toml's address
    #[arg(long, value_name = "P", value_parser = base_path)]
    base_path: Option<String>,
    /// Look for changes once a second, for folders whose changes the system does not tell of
    #[arg(long)]
    poll: bool,
}

impl Serve {
    pub(super) fn run(self) -> Result<(), Failure> {
        let now = match self.now {
            Some(now) => now,
            None => present()?,
        };
        let options = Options {
            root: self.root.clone(),
            overrides: Overrides { now, drafts: !self.no_drafts, base_url: None },
            base_path: self.base_path.clone(),
            host: self.host,
            port: self.port,
            poll: self.poll,
        };
        preview::serve(options, &|news| self.tell(news)).map_err(|error| match error {
            Error::NoSite(error) => error.into(),
            Error::System(_) => Failure::World(error.to_string()),
        })
    }

    /// Prints what happens; a terminal that is gone is no reason to end.
    fn tell(&self, news: News<'_>) {
        let _ = match news {
            News::Serving { url, took, pages, open_to_others } => {
                if self.open {
                    // Whoever asked for it can click the address instead.
                    let _ = open::that_detached(&url);
                }
                let warning = "Other machines can reach this preview, drafts and embargoed pieces included\n";
                let warning = if open_to_others { warning } else { "" };
                let seconds = took.as_secs_f64();
                say(&format!("{warning}Serving {pages} pages after {seconds:.2} s at {url} (Ctrl+C ends it)"))
            }
            News::Changed { parsed, took } => {
                let files = if parsed == 1 { "1 file".to_owned() } else { format!("{parsed} files") };
                say(&format!("Read {files}, shown after {} ms", took.as_millis()))
            }
            News::Polling(why) => say(&format!("Looking for changes once a second: {}", clean_lines(&why))),
            News::Findings(found) => self.report(found),
        };
    }

    /// Prints errors as they are, and counts warnings: an author who is in the middle of a sentence knows most of them.
    fn report(&self, found: &Diagnostics) -> std::io::Result<()> {
        let errors: Diagnostics = found.iter().filter(|one| one.severity == Severity::Error).cloned().collect();
        if errors.has_errors() && report_to_people(&errors, Path::new(&self.root)).is_err() {
            return Ok(());
        }
        let warnings: Diagnostics = found.iter().filter(|one| one.severity == Severity::Warning).cloned().collect();
        match summary(&warnings) {
            none if none.is_empty() && !errors.has_errors() => say("Nothing is wrong"),
            none if none.is_empty() => Ok(()),
            counted => say(&format!("{counted}; `dateline check` lists them")),
        }
    }
}

fn say(sentence: &str) -> std::io::Result<()> {
    let mut out = anstream::stdout();
    writeln!(out, "{sentence}")?;
    out.flush()
}

/// Reads an address, or the name of this machine.
fn address(text: &str) -> Result<IpAddr, String> {
    let address = if text == "localhost" { "127.0.0.1" } else { text.trim_matches(['[', ']']) };
    address.parse().map_err(|_| "write an address such as `127.0.0.1`, `::1` or `0.0.0.0`".to_owned())
}

/// Reads a path as a prefix of links: empty, or with a slash at its start and none at its end.
fn base_path(text: &str) -> Result<String, String> {
    let path = text.trim_matches('/');
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    let is_path = path.is_empty() || path.split('/').all(is_plain);
    if !is_path || path.contains(['?', '#', '%', ' ', '"', '<', '>', '\\', ':']) || path.chars().any(char::is_control) {
        return Err("write a path such as `/briefing`".to_owned());
    }
    Ok(if path.is_empty() { String::new() } else { format!("/{path}") })
}
