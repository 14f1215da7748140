//! Where a site is published, as `[publish.<name>]` says it.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::load::Word;
use crate::text::{Place, Spanned};
use crate::value::Vocabulary;

/// A place that the site is published to, as written; each kind of host has keys of its own.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
pub(super) struct PublishMatter {
    /// What kind of host it is.
    kind: Word<HostKind>,
    /// The folder of `folder`, relative to the site's own; the one on the other machine of `ssh`.
    #[serde(default)]
    path: Option<Spanned<String>>,
    /// Whether a folder is changed as it stands, without releases and a link to the newest.
    #[serde(default)]
    in_place: bool,
    /// The bucket of `s3` and `gcs`, the container of `azure`.
    #[serde(default)]
    bucket: Option<Spanned<String>>,
    /// What all keys in the bucket begin with.
    #[serde(default)]
    prefix: Option<Spanned<String>>,
    /// The address of a server that speaks S3, or of Netlify's API; by default Amazon's or Netlify's own.
    #[serde(default)]
    endpoint: Option<Spanned<String>>,
    /// The region of the bucket.
    #[serde(default)]
    region: Option<Spanned<String>>,
    /// Whether the server knows conditional writes; by default it does.
    #[serde(default)]
    conditional: Option<bool>,
    /// Whether credentials may come from the metadata address of a cloud's own machine.
    #[serde(default)]
    instance_metadata: bool,
    /// The repository of `git`: an address, or the name of a remote.
    #[serde(default)]
    remote: Option<Spanned<String>>,
    /// The branch of `git`.
    #[serde(default)]
    branch: Option<Spanned<String>>,
    /// The host of `ssh`, as ssh takes it.
    #[serde(default)]
    host: Option<Spanned<String>>,
    /// What brings files to the host of `ssh`.
    #[serde(default)]
    transfer: Option<Word<Transfer>>,
    /// The site of `netlify`: its ID or its domain.
    #[serde(default)]
    site: Option<Spanned<String>>,
    /// The program of `command`, with its arguments.
    #[serde(default)]
    command: Vec<String>,
    /// A program that is given the changed paths, a line each, once the new site stands.
    #[serde(default)]
    invalidate: Vec<String>,
    /// The address at which the published pages are fetched and compared.
    #[serde(default)]
    verify: Option<Spanned<String>>,
    /// How many files may be deleted at once: a number, or a share such as `"25%"`.
    #[serde(default)]
    max_deletes: Option<Spanned<String>>,
    /// How many earlier sites are kept for `--rollback`; 3 by default.
    #[serde(default)]
    keep: Option<u32>,
    /// For how many days a superseded asset stays; 7 by default.
    #[serde(default)]
    grace_days: Option<u32>,
    /// Whether text also stands there as gzip and brotli, for servers that pick those up.
    #[serde(default)]
    precompress: bool,
    /// The Content-Security-Policy; by default one that the built-in theme passes.
    #[serde(default)]
    csp: Option<String>,
}

/// A kind of host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostKind {
    /// A folder of this machine.
    Folder,
    /// Amazon S3 and everything that speaks it.
    S3,
    /// Google Cloud Storage.
    Gcs,
    /// Azure Blob Storage.
    Azure,
    /// A branch of a git repository.
    Git,
    /// A folder of another machine.
    Ssh,
    /// A site at Netlify.
    Netlify,
    /// A program of one's own.
    Command,
}

impl Vocabulary for HostKind {
    const NAME: &'static str = "kind of host";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("folder", Self::Folder),
        ("s3", Self::S3),
        ("gcs", Self::Gcs),
        ("azure", Self::Azure),
        ("git", Self::Git),
        ("ssh", Self::Ssh),
        ("netlify", Self::Netlify),
        ("command", Self::Command),
    ];
}

/// What brings files to another machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transfer {
    /// rsync, at a host with a shell.
    Rsync,
    /// sftp, and nothing else.
    Sftp,
}

impl Vocabulary for Transfer {
    const NAME: &'static str = "transfer";
    const WORDS: &'static [(&'static str, Self)] = &[("rsync", Self::Rsync), ("sftp", Self::Sftp)];
}

/// A place that the site is published to.
#[derive(Clone, Debug)]
pub struct Target {
    /// What it is.
    pub host: HostSettings,
    /// A program that is given the changed paths once the new site stands; empty for none.
    pub invalidate: Vec<String>,
    /// The address at which published pages are compared.
    pub verify: Option<String>,
    /// How many files may be deleted at once.
    pub max_deletes: Option<Limit>,
    /// How many earlier sites are kept.
    pub keep: usize,
    /// For how many days a superseded asset stays.
    pub grace_days: u32,
    /// Whether text also stands there compressed.
    pub precompress: bool,
    /// The Content-Security-Policy, where it is not the usual one.
    pub csp: Option<String>,
}

/// What a host needs to be told.
#[derive(Clone, Debug)]
pub enum HostSettings {
    /// A folder of this machine.
    Folder {
        /// The folder, relative to the site's own.
        path: String,
        /// Whether it is changed as it stands.
        in_place: bool,
    },
    /// A store of objects.
    Bucket(Bucket),
    /// A branch.
    Git {
        /// An address, or the name of a remote of the repository that the site stands in.
        remote: String,
        /// The branch's name.
        branch: String,
    },
    /// A folder of another machine.
    Ssh {
        /// The host, as ssh takes it.
        host: String,
        /// The folder on it.
        path: String,
        /// What brings files there.
        transfer: Transfer,
    },
    /// A site at Netlify.
    Netlify {
        /// Its ID or its domain.
        site: String,
        /// The address of the API, without a slash at its end.
        endpoint: String,
    },
    /// A program of one's own and its arguments.
    Command(Vec<String>),
}

/// A bucket, or whatever its host calls it.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// Whose it is.
    pub kind: HostKind,
    /// Its name.
    pub name: String,
    /// What all keys begin with: empty, or a path that ends with a slash.
    pub prefix: String,
    /// The server's address, where it is not the usual one.
    pub endpoint: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// Whether the server knows conditional writes.
    pub conditional: bool,
    /// Whether credentials may come from the metadata address of a cloud's own machine.
    pub instance_metadata: bool,
}

/// How many of something there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A number of files.
    Count(usize),
    /// A share of the files that are there, in percent.
    Percent(u32),
}

impl Limit {
    /// Reads `20` or `25%`.
    ///
    /// # Errors
    /// Gives a sentence on what would parse.
    pub fn parse(text: &str) -> Result<Self, String> {
        let read = match text.strip_suffix('%') {
            Some(percent) => percent.parse().ok().filter(|percent| *percent <= 100).map(Self::Percent),
            None => text.parse().ok().map(Self::Count),
        };
        read.ok_or_else(|| format!("`{text}` is neither a number such as `20` nor a share such as `25%`"))
    }

    /// Gives the number of files that it means among `all`.
    pub fn of(self, all: usize) -> usize {
        match self {
            Self::Count(count) => count,
            Self::Percent(percent) => all.saturating_mul(percent as usize) / 100,
        }
    }
}

/// Understands every place that the site is published to.
pub(super) fn understand(
    matter: BTreeMap<Spanned<String>, PublishMatter>,
    file: &Arc<str>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Target> {
    let mut targets = BTreeMap::new();
    for (name, matter) in matter {
        let mut report = |message: String, help: &str| {
            let error = Diagnostic::error("bad-target", message).at(Place::new(file, name.span));
            diagnostics.push(error.help(help.to_owned()));
        };
        if name.value.is_empty() || !name.value.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
            report(format!("`{}` is no name for a target", name.value), "use letters, digits, `-` and `_`");
            continue;
        }
        let transfer = matter.transfer.as_ref().map_or(Ok(Transfer::Rsync), Word::read);
        let (kind, transfer) = match matter.kind.read().and_then(|kind| Ok((kind, transfer?))) {
            Ok(words) => words,
            Err(problem) => {
                diagnostics.push(problem.at(file));
                continue;
            }
        };
        match matter.target(kind, transfer) {
            Ok(target) => drop(targets.insert(name.value, target)),
            Err(Flaw { message, help }) => report(message, help),
        }
    }
    targets
}

/// What is wrong with a target.
struct Flaw {
    message: String,
    help: &'static str,
}

impl PublishMatter {
    fn target(self, kind: HostKind, transfer: Transfer) -> Result<Target, Flaw> {
        let limit = self.max_deletes.as_ref().map(|text| Limit::parse(&text.value)).transpose();
        let max_deletes = limit.map_err(|message| Flaw { message, help: "leave `max_deletes` out for 25%" })?;
        Ok(Target {
            max_deletes,
            invalidate: self.invalidate.clone(),
            verify: self.verify.as_ref().map(|url| url.value.trim_end_matches('/').to_owned()),
            keep: self.keep.map_or(3, |n| n as usize),
            grace_days: self.grace_days.unwrap_or(7),
            precompress: self.precompress,
            csp: self.csp.clone(),
            host: self.host(kind, transfer)?,
        })
    }

    fn host(self, kind: HostKind, transfer: Transfer) -> Result<HostSettings, Flaw> {
        Ok(match kind {
            HostKind::Folder => HostSettings::Folder { path: need(self.path, "path")?, in_place: self.in_place },
            HostKind::Git => HostSettings::Git {
                remote: self.remote.map_or_else(|| "origin".to_owned(), |remote| remote.value),
                branch: need(self.branch, "branch")?,
            },
            HostKind::Ssh => {
                HostSettings::Ssh { host: need(self.host, "host")?, path: need(self.path, "path")?, transfer }
            }
            HostKind::Netlify => {
                HostSettings::Netlify { site: need(self.site, "site")?, endpoint: api_address(self.endpoint)? }
            }
            HostKind::Command if self.command.is_empty() => return Err(missing("command")),
            HostKind::Command => HostSettings::Command(self.command),
            HostKind::S3 | HostKind::Gcs | HostKind::Azure => HostSettings::Bucket(Bucket {
                kind,
                name: need(self.bucket, "bucket")?,
                prefix: self.prefix.map_or_else(String::new, |prefix| folder_prefix(&prefix.value)),
                endpoint: self.endpoint.map(|url| url.value),
                region: self.region.map(|region| region.value),
                conditional: self.conditional.unwrap_or(true),
                instance_metadata: self.instance_metadata,
            }),
        })
    }
}

/// Ends a prefix with one slash, unless it is empty.
fn folder_prefix(prefix: &str) -> String {
    match prefix.trim_matches('/') {
        "" => String::new(),
        prefix => format!("{prefix}/"),
    }
}

/// Reads the address of Netlify's API: a token is sent there, so it is encrypted, or this machine's own.
fn api_address(endpoint: Option<Spanned<String>>) -> Result<String, Flaw> {
    let Some(address) = endpoint.map(|url| url.value) else { return Ok("https://api.netlify.com".to_owned()) };
    let host = address.strip_prefix("http://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let host = if host.starts_with('[') { host.split_inclusive(']').next() } else { host.split(':').next() };
    let is_here = matches!(host, Some("127.0.0.1" | "localhost" | "[::1]"));
    if address.starts_with("https://") || is_here {
        return Ok(address.trim_end_matches('/').to_owned());
    }
    Err(Flaw {
        message: format!("`{address}` is no address that a token may be sent to"),
        help: "leave `endpoint` out",
    })
}

fn need(value: Option<Spanned<String>>, key: &'static str) -> Result<String, Flaw> {
    value.map(|value| value.value).filter(|value| !value.is_empty()).ok_or_else(|| missing(key))
}

fn missing(key: &'static str) -> Flaw {
    Flaw { message: format!("this kind of host needs `{key}`"), help: "docs/publish.md has an example of each kind" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_a_number_or_a_share() {
        assert_eq!(Limit::parse("20"), Ok(Limit::Count(20)));
        assert_eq!(Limit::parse("25%").map(|limit| limit.of(81)), Ok(20));
        for wrong in ["", "%", "101%", "-1", "many"] {
            assert!(Limit::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_token_goes_to_no_open_address() {
        let read = |url: &str| api_address(Some(Spanned::new(url.to_owned(), Default::default()))).ok();
        assert_eq!(read("https://a.example/").as_deref(), Some("https://a.example"));
        assert_eq!(read("http://127.0.0.1:80").as_deref(), Some("http://127.0.0.1:80"));
        for wrong in ["http://a.example", "http://127.0.0.1.a.example", "http://127.0.0.1@a.example", "ftp://localhost"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_prefix_is_a_folder() {
        assert_eq!([folder_prefix("/a/b/"), folder_prefix("a"), folder_prefix("/")], ["a/b/", "a/", ""]);
    }
}
