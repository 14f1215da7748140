//! A program of the user's own, which is given the plan as JSON and brings the site to its host by itself.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Serialize;

use super::manifest::{File, Manifest};
use super::{Error, Found, Host, Plan, Source, files};

/// A program of the user's own.
#[derive(Debug)]
pub(super) struct OwnCommand {
    command: Vec<String>,
    root: PathBuf,
    /// The manifest of what it last published: it has no other place.
    manifest: PathBuf,
}

/// What the program reads on its standard input.
#[derive(Serialize)]
struct Order<'a> {
    version: u32,
    /// The folder that the files are in.
    folder: PathBuf,
    /// What is sent, in order; a part begins when the one before it is done.
    parts: Vec<Vec<Sent<'a>>>,
    /// What is deleted, last of all.
    deleted: Vec<&'a str>,
    base_url: &'a str,
    generation: u64,
}

#[derive(Serialize)]
struct Sent<'a> {
    path: &'a str,
    #[serde(flatten)]
    file: &'a File,
}

impl OwnCommand {
    /// Names the program, the folder that it is run in, and one to remember in.
    pub(super) fn of(command: &[String], root: &Path, work: &Path) -> Self {
        Self { command: command.to_vec(), root: root.to_owned(), manifest: work.join("published.json") }
    }
}

impl Host for OwnCommand {
    fn survey(&self, _: Option<&Manifest>) -> Result<Found, Error> {
        let manifest = files::read(&self.manifest)?.map(|bytes| Manifest::parse(&bytes)).transpose()?;
        Ok(Found { manifest, ..Found::default() })
    }

    fn earlier(&self, _: &Found) -> Result<Manifest, Error> {
        Err(Error::missing("a command keeps no earlier sites")
            .help("build the earlier site, and publish it with --force"))
    }

    fn apply(&self, plan: &Plan, _: &Found, source: Source<'_>, sent: &(dyn Fn() + Sync)) -> Result<(), Error> {
        let Source::Staged(staged) = source else { return Err(Error::missing("a command keeps no earlier sites")) };
        let parts: Vec<Vec<Sent<'_>>> = plan
            .waves()
            .into_values()
            .map(|paths| {
                paths.into_iter().filter_map(|path| Some(Sent { path, file: plan.next.files.get(path)? })).collect()
            })
            .collect();
        let order = Order {
            version: 1,
            folder: staged.gathered()?,
            parts,
            deleted: plan.deleted.iter().map(String::as_str).collect(),
            base_url: &plan.next.base_url,
            generation: plan.next.generation,
        };
        let json = serde_json::to_vec(&order).map_err(|error| Error::host(error.to_string()))?;
        run(&self.command, &self.root, &json)?;
        plan.sent().for_each(|_| sent());
        files::replace(&self.manifest, &plan.next.to_bytes()).map_err(Error::io("write", &self.manifest))
    }
}

/// Runs a program on an input; only what it says on standard error is shown, since standard output is ours.
pub(super) fn run(command: &[String], root: &Path, input: &[u8]) -> Result<(), Error> {
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    let failed = |why: String| Error::host(format!("`{program}` {why}"));
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| failed(format!("cannot be started: {error}")))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A program that does not read to the end has what it wants; its status tells the rest.
        let _ = stdin.write_all(input);
    }
    let status = child.wait().map_err(|error| failed(error.to_string()))?;
    if status.success() { Ok(()) } else { Err(failed(format!("failed: {status}"))) }
}
