//! A built site brought to a host, so that no visitor meets a broken page, nothing that is not ours is touched, and a
//! failure leaves the old site whole.
//!
//! ```text
//! staged      the site as it was built, with headers, and compressed where that is wanted
//! plan        what is to be done: the difference between two manifests, pure, and the guards over it
//! host        what a host can do; one file a kind of host
//! keyed       publishing to a host that takes one file at a time, in parts that wait for each other
//! ```

mod clock;
mod command;
mod compress;
mod credentials;
mod error;
mod files;
mod folder;
mod git;
mod headers;
mod http;
mod invalidate;
mod keyed;
#[cfg(test)]
mod laws;
mod lease;
mod manifest;
mod netlify;
mod objects;
mod parallel;
mod plan;
mod rules;
mod sftp;
mod ssh;
mod staged;
mod verify;

use std::path::Path;

pub use error::{Error, ErrorKind};
pub use manifest::{File, Headers, Kind, Manifest, Superseded};
pub use plan::{Found, Guards, Plan, Wave};
pub use staged::Staged;
pub use verify::verify;

use crate::config::{HostSettings, Target, Transfer};

/// A place that a site can be published to.
pub trait Host {
    /// Finds what stands there; `wanted` is the site to come, which must not meet files that are not ours.
    ///
    /// # Errors
    /// Where the host cannot be asked, or another publish is under way.
    fn survey(&self, wanted: Option<&Manifest>) -> Result<Found, Error>;

    /// Finds the site that a rollback brings back.
    ///
    /// # Errors
    /// Where there is none.
    fn earlier(&self, found: &Found) -> Result<Manifest, Error>;

    /// Does what a plan says; `sent` is called once for each file.
    ///
    /// # Errors
    /// What went wrong, with the path: all later parts are left undone.
    fn apply(&self, plan: &Plan, found: &Found, source: Source<'_>, sent: &(dyn Fn() + Sync)) -> Result<(), Error>;
}

/// Where the bytes of the new site are.
#[derive(Clone, Copy, Debug)]
pub enum Source<'a> {
    /// In the folder that it was built into.
    Staged(&'a Staged),
    /// At the host, which kept them.
    Kept,
}

/// Opens a target; `root` is the site's folder, and `work` one that is the target's own.
///
/// # Errors
/// Where the environment has no credentials, at once and without a request.
pub fn open(target: &Target, root: &Path, work: &Path) -> Result<Box<dyn Host>, Error> {
    let invalidation = invalidate::Invalidation::of(&target.invalidate, root);
    let host: Box<dyn Host> = match &target.host {
        HostSettings::Folder { path, in_place: true } => {
            return Ok(Box::new(keyed::Keyed::of(files::Files::at(&root.join(path)), invalidation)));
        }
        HostSettings::Folder { path, in_place: false } => Box::new(folder::Releases::at(&root.join(path), target.keep)),
        HostSettings::Bucket(bucket) => {
            return Ok(Box::new(keyed::Keyed::of(objects::Objects::open(bucket)?, invalidation)));
        }
        HostSettings::Netlify { site, endpoint } => Box::new(netlify::Netlify::open(endpoint, site)?),
        HostSettings::Git { remote, branch } => Box::new(git::Branch::of(root, work, remote, branch)),
        HostSettings::Ssh { host, path, transfer: Transfer::Rsync } => Box::new(ssh::Remote::of(host, path, work)),
        HostSettings::Ssh { host, path, transfer: Transfer::Sftp } => Box::new(sftp::Remote::of(host, path, work)),
        HostSettings::Command(command) => Box::new(command::OwnCommand::of(command, root, work)),
    };
    Ok(Box::new(invalidate::Invalidated { host, invalidation }))
}
