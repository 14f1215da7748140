//! A program of the user's own that makes caches forget what changed, such as those of a CDN.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Error, Found, Host, Manifest, Plan, Source, command};
use crate::pages::encode;

/// A program that makes caches forget.
#[derive(Clone, Debug)]
pub(super) struct Invalidation {
    command: Vec<String>,
    root: PathBuf,
}

impl Invalidation {
    /// Names the program, which may be none, and the folder that it is run in.
    pub(super) fn of(command: &[String], root: &Path) -> Self {
        Self { command: command.to_vec(), root: root.to_owned() }
    }

    /// Tells the program which addresses answer otherwise now, a line each.
    ///
    /// # Errors
    /// Where it cannot be started, or fails.
    pub(super) fn run(&self, plan: &Plan) -> Result<(), Error> {
        let addresses: BTreeSet<String> = plan.sent().chain(&plan.deleted).flat_map(|path| addresses(path)).collect();
        if addresses.is_empty() {
            return Ok(());
        }
        let lines: String = addresses.iter().map(|address| format!("{address}\n")).collect();
        let told = command::run(&self.command, &self.root, lines.as_bytes());
        told.map_err(|error| error.during("the new site is published, but caches were not told of it"))
    }
}

/// Lists the addresses that a file answers at: a page of a folder has two.
fn addresses(path: &str) -> impl Iterator<Item = String> {
    let folder = path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'));
    folder.into_iter().chain([path]).map(|path| format!("/{}", encode(path)))
}

/// A host that brings a whole site in one step: its caches are told after that.
pub(super) struct Invalidated {
    pub(super) host: Box<dyn Host>,
    pub(super) invalidation: Invalidation,
}

impl Host for Invalidated {
    fn survey(&self, wanted: Option<&Manifest>) -> Result<Found, Error> {
        self.host.survey(wanted)
    }

    fn earlier(&self, found: &Found) -> Result<Manifest, Error> {
        self.host.earlier(found)
    }

    fn apply(&self, plan: &Plan, found: &Found, source: Source<'_>, sent: &(dyn Fn() + Sync)) -> Result<(), Error> {
        self.host.apply(plan, found, source, sent)?;
        self.invalidation.run(plan).map_err(|error| error.help("see that the program works, and run it by hand"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_address_that_its_links_have() {
        let of = |path| addresses(path).collect::<Vec<_>>();
        assert_eq!(of("index.html"), ["/", "/index.html"]);
        assert_eq!(of("tags/two words/index.html"), ["/tags/two%20words/", "/tags/two%20words/index.html"]);
        assert_eq!(of("myindex.html"), ["/myindex.html"]);
        assert_eq!(of("feed.xml"), ["/feed.xml"]);
    }
}
