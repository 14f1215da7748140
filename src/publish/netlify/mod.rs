//! Netlify, by the digests of files: a deploy names all of them, and only bytes that Netlify does not have are sent.
//!
//! ```text
//! _dateline/publish.json           the manifest of the deploy that it is in
//! _dateline/generations/12.json    an earlier site that is kept: its deploy and its manifest
//! ```
//!
//! Nobody sees a deploy before it is whole, and then all of it at once. Names that begin with a dot are left out by some
//! of Netlify's tools, so what is ours stands in a folder without one.

mod api;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use api::{Api, Deploy, Digest, sha1};

use super::manifest::Manifest;
use super::{Error, Found, Host, Plan, Source, Staged, parallel};
use crate::emit::ContentHash;

/// Where the manifest is.
const MANIFEST: &str = "_dateline/publish.json";

/// Above so many files Netlify is asked to compare digests after its answer, as its own clients do.
const SYNCHRONOUS: usize = 100;

/// How long a deploy may take to become ready.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// How long the first wait for a deploy is; each is twice as long as the one before.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// No wait for a deploy is longer.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A site at Netlify.
pub(super) struct Netlify {
    api: Api,
    /// The deploy that the plan is made from.
    live: Mutex<Option<Deploy>>,
}

/// An earlier site that is kept.
#[derive(Deserialize, Serialize)]
struct Earlier {
    /// The deploy that it is, which Netlify keeps.
    deploy: String,
    manifest: serde_json::Value,
}

/// The files of a deploy that is being made.
struct Files<'a> {
    staged: &'a Staged,
    /// The bytes of those that were not built: the manifest, earlier sites, superseded assets.
    others: BTreeMap<String, Vec<u8>>,
    digests: BTreeMap<String, Digest>,
}

impl Files<'_> {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.others.get(path).cloned().map_or_else(|| self.staged.bytes(path), Ok)
    }

    /// Lists the paths whose bytes a deploy wants.
    fn wanted(&self, required: &[Digest]) -> Vec<&String> {
        let required: BTreeSet<&Digest> = required.iter().collect();
        self.digests.iter().filter(|(_, digest)| required.contains(digest)).map(|(path, _)| path).collect()
    }
}

fn generation_path(generation: u64) -> String {
    format!("_dateline/generations/{generation}.json")
}

impl Netlify {
    /// Opens a site; no request is sent.
    ///
    /// # Errors
    /// Where there is no token.
    pub(super) fn open(endpoint: &str, site: &str) -> Result<Self, Error> {
        Ok(Self { api: Api::open(endpoint, site)?, live: Mutex::default() })
    }

    fn live(&self) -> Option<Deploy> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Makes sure that the deploy that the plan was made from is still the one that is published.
    fn unchanged(&self) -> Result<(), Error> {
        let now = self.api.published()?.map(|deploy| deploy.id);
        if now == self.live().map(|deploy| deploy.id) {
            return Ok(());
        }
        Err(Error::overtaken("another publish was faster; the site is as that one left it").help("publish again"))
    }

    /// Reads a file of the deploy that the plan is made from.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(live) = self.live() else { return Ok(None) };
        self.api.read(&live, path).map_err(|error| error.during(&format!("cannot read `{path}`")))
    }

    /// Reads what the published deploy tells of the site that a rollback brings back.
    fn kept(&self, found: &Found) -> Result<Earlier, Error> {
        let bytes = self.read(&generation_path(found.last_kept()?))?.ok_or_else(Error::no_earlier)?;
        serde_json::from_slice(&bytes)
            .map_err(|error| Error::host(format!("the record of the earlier site is damaged: {error}")))
    }

    /// Collects what a deploy consists of.
    fn files<'s>(&self, plan: &Plan, found: &Found, staged: &'s Staged) -> Result<Files<'s>, Error> {
        let mut others = BTreeMap::from([(MANIFEST.to_owned(), plan.next.to_bytes())]);
        for generation in &plan.next.kept {
            let path = generation_path(*generation);
            if let Some(bytes) = self.record(*generation, found)? {
                others.insert(path, bytes);
            }
        }
        for (path, old) in &plan.next.superseded {
            match self.read(path)? {
                Some(bytes) if ContentHash::of(&bytes) == old.file.hash => drop(others.insert(path.clone(), bytes)),
                _ => return Err(Error::host(format!("the bytes of `{path}` are not at the host any more"))),
            }
        }
        let built: Vec<&String> = plan.next.files.keys().collect();
        let digest = |path: &&String| Ok(((*path).clone(), sha1(&staged.bytes(path)?)));
        let mut digests = built.par_iter().map(digest).collect::<Result<BTreeMap<_, _>, Error>>()?;
        digests.extend(others.iter().map(|(path, bytes)| (path.clone(), sha1(bytes))));
        Ok(Files { staged, others, digests })
    }

    /// Writes down an earlier site: the one that is published now, or one that its deploy remembers.
    fn record(&self, generation: u64, found: &Found) -> Result<Option<Vec<u8>>, Error> {
        match (&found.manifest, self.live()) {
            (Some(manifest), Some(live)) if manifest.generation == generation => {
                let damaged = |error: serde_json::Error| Error::host(error.to_string());
                let manifest = serde_json::to_value(manifest).map_err(damaged)?;
                serde_json::to_vec(&Earlier { deploy: live.id, manifest }).map(Some).map_err(damaged)
            }
            _ => self.read(&generation_path(generation)),
        }
    }

    /// Makes a deploy that is whole and that nobody sees yet.
    fn draft(&self, files: &Files<'_>, sent: &(dyn Fn() + Sync)) -> Result<String, Error> {
        let is_async = files.digests.len() > SYNCHRONOUS;
        let mut deploy = self.api.draft(&files.digests, is_async).map_err(|error| error.during("cannot begin"))?;
        if is_async {
            deploy = self.wait(&deploy.id, &["prepared", "ready"])?;
        }
        let wanted = files.wanted(deploy.required.as_deref().unwrap_or_default());
        parallel::for_each(&wanted, |path| {
            let put = |bytes| self.api.upload(&deploy.id, path, bytes);
            files.bytes(path).and_then(put).map_err(|error| error.during(&format!("cannot send `{path}`")))?;
            sent();
            Ok(())
        })?;
        self.wait(&deploy.id, &["ready"]).map(|deploy| deploy.id)
    }

    /// Waits until a deploy is in one of some states.
    fn wait(&self, id: &str, states: &[&str]) -> Result<Deploy, Error> {
        let began = Instant::now();
        let mut pause = FIRST_WAIT;
        loop {
            let deploy = self.api.deploy(id)?;
            if states.contains(&&*deploy.state) {
                return Ok(deploy);
            }
            if deploy.state == "error" {
                let why = deploy.error_message.unwrap_or_else(|| "it does not say why".to_owned());
                return Err(Error::host(format!("the deploy failed at the host: {why}")));
            }
            if began.elapsed() > PATIENCE {
                return Err(Error::host(format!("the deploy is still `{}` after 15 minutes", deploy.state)));
            }
            self.api.pause(pause);
            pause = (pause * 2).min(LONGEST_WAIT);
        }
    }
}

/// Refuses names that a deploy cannot have.
fn check_names(manifest: &Manifest) -> Result<(), Error> {
    match manifest.files.keys().find(|path| path.contains(['#', '?'])) {
        Some(path) => Err(Error::refused(format!("Netlify takes no file with `#` or `?` in its name: `{path}`"))
            .help("give the file another name")),
        None => Ok(()),
    }
}

impl Host for Netlify {
    fn survey(&self, wanted: Option<&Manifest>) -> Result<Found, Error> {
        wanted.map_or(Ok(()), check_names)?;
        let live = self.api.published()?;
        *self.live.lock().unwrap_or_else(PoisonError::into_inner) = live.clone();
        let manifest = self.read(MANIFEST)?.map(|bytes| Manifest::parse(&bytes)).transpose()?;
        // A deploy is the whole site, so all of one that is not ours would go.
        let foreign = match (&live, &manifest) {
            (Some(_), None) => self.api.paths()?.into_iter().collect(),
            _ => BTreeSet::new(),
        };
        Ok(Found { manifest, foreign, ..Found::default() })
    }

    fn earlier(&self, found: &Found) -> Result<Manifest, Error> {
        let manifest = self.kept(found)?.manifest;
        Manifest::parse(manifest.to_string().as_bytes())
    }

    fn apply(&self, plan: &Plan, found: &Found, source: Source<'_>, sent: &(dyn Fn() + Sync)) -> Result<(), Error> {
        self.unchanged()?;
        let deploy = match source {
            Source::Staged(staged) => self.draft(&self.files(plan, found, staged)?, sent)?,
            Source::Kept => self.kept(found)?.deploy,
        };
        self.unchanged()?;
        self.api.restore(&deploy).map_err(|error| error.during("cannot publish the deploy"))
    }
}
