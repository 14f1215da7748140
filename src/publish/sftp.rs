//! A folder of releases on another machine, brought there by the system's own sftp alone: the account may be one that has
//! no shell (`ForceCommand internal-sftp`), and neither side needs rsync.
//!
//! The folder is laid out as one of this machine is; see `folder.rs`. A release is made of `put` for what changed and of
//! hard links to the last one for all else, and `rename` swaps the link to it, which OpenSSH's server does in one step
//! (`posix-rename@openssh.com`, `hardlink@openssh.com`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::manifest::{Journal, MANIFEST, Manifest, Owner};
use super::ssh::{failed, run};
use super::{Error, Found, Host, Plan, Source, clock, files};

/// What a running publish is known by.
const LOCK: &str = ".dateline/lock.json";

/// A folder of releases on another machine.
#[derive(Debug)]
pub(super) struct Remote {
    host: String,
    path: String,
    /// Where files are put that come and go.
    work: PathBuf,
}

/// Commands for sftp, one a line; one that begins with `-` may fail.
#[derive(Debug, Default)]
struct Batch {
    lines: String,
}

impl Batch {
    /// Adds a command with its paths.
    fn add(&mut self, command: &str, paths: &[&str]) -> &mut Self {
        self.lines.push_str(command);
        for path in paths {
            self.lines.push(' ');
            self.lines.push_str(&quoted(path));
        }
        self.lines.push('\n');
        self
    }
}

/// Quotes a path for sftp, in which quotes also keep `*`, `?` and `[` from being patterns.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Lists the folders above some paths, each before those that are in it.
fn folders<'p>(paths: impl Iterator<Item = &'p String>) -> BTreeSet<&'p str> {
    paths.flat_map(|path| path.match_indices('/').filter_map(|(end, _)| path.get(..end))).collect()
}

impl Remote {
    /// Names a host and a folder; nothing is asked yet.
    pub(super) fn of(host: &str, path: &str, work: &Path) -> Self {
        let path = path.trim_end_matches('/').to_owned();
        Self { host: host.to_owned(), path, work: work.join("sftp") }
    }

    fn at(&self, path: &str) -> String {
        format!("{}/{path}", self.path)
    }

    fn release(&self, generation: u64) -> String {
        self.at(&format!("releases/{generation}"))
    }

    /// Runs commands, and gives what they print.
    fn run(&self, batch: &Batch) -> Result<String, Error> {
        let mut command = Command::new("sftp");
        // In another locale it lists names with other letters than ASCII's as numbers.
        command.env("LC_ALL", "C.UTF-8");
        command.args([
            "-q",
            "-S",
            "ssh",
            "-b",
            "-",
            "-o",
            "BatchMode=yes",
            "-o",
            "ConnectTimeout=10",
            "--",
            &self.host,
        ]);
        let output = run(command, batch.lines.as_bytes())?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(failed("sftp", &output.stderr))
    }

    /// Writes a file that is to be sent, and tells where it is.
    fn beside(&self, name: &str, bytes: &[u8]) -> Result<String, Error> {
        fs::create_dir_all(&self.work).map_err(Error::io("make the folder", &self.work))?;
        let at = std::path::absolute(self.work.join(name)).map_err(Error::io("find", &self.work))?;
        fs::write(&at, bytes).map_err(Error::io("write", &at))?;
        Ok(at.display().to_string())
    }

    /// Fetches files, by their paths from the folder of releases; those that are not there are left out.
    fn fetch(&self, paths: &[String]) -> Result<BTreeMap<String, Vec<u8>>, Error> {
        let mut batch = Batch::default();
        let mut places = Vec::new();
        for (n, path) in paths.iter().enumerate() {
            let place = PathBuf::from(self.beside(&format!("fetched-{n}"), b"")?);
            fs::remove_file(&place).map_err(Error::io("remove", &place))?;
            batch.add("-get", &[&self.at(path), &place.display().to_string()]);
            places.push((path, place));
        }
        self.run(&batch)?;
        let read = |(path, place): (&String, PathBuf)| Ok(files::read(&place)?.map(|bytes| (path.clone(), bytes)));
        places.into_iter().filter_map(|place| read(place).transpose()).collect()
    }

    fn manifest_in(&self, folder: &str) -> Result<Option<Manifest>, Error> {
        let path = format!("{folder}/{MANIFEST}");
        self.fetch(std::slice::from_ref(&path))?.remove(&path).map(|bytes| Manifest::parse(&bytes)).transpose()
    }

    /// Lists what stands at the top of a site: each name, and whether it is a folder.
    fn top(&self, folder: &str) -> Result<Vec<(String, bool)>, Error> {
        let mut batch = Batch::default();
        batch.add("-ls -la", &[&self.at(&format!("{folder}/"))]);
        Ok(self.run(&batch)?.lines().filter_map(entry).collect())
    }

    /// Lists what others have put at the top of the published site: files, and folders.
    fn foreign(&self, manifest: &Manifest) -> Result<(Vec<String>, Vec<String>), Error> {
        let ours: BTreeSet<&str> = manifest.paths().filter_map(|path| path.split('/').next()).collect();
        let theirs =
            self.top("current")?.into_iter().filter(|(name, _)| !ours.contains(&**name) && name != ".dateline");
        let (folders, files): (Vec<_>, Vec<_>) = theirs.partition(|(_, is_folder)| *is_folder);
        let names = |entries: Vec<(String, bool)>| entries.into_iter().map(|(name, _)| name).collect();
        Ok((names(files), names(folders)))
    }

    /// Takes the lock: a second name for a file is given in one step, and to one publish only.
    fn lock(&self, plan: &Plan) -> Result<(), Error> {
        let (sent, deleted) = <_>::default();
        let owner = Owner::this();
        let journal = Journal { owner, renewed: clock::now(), generation: plan.next.generation, sent, deleted };
        let own = self.beside("lock", &journal.to_bytes())?;
        let name = format!(".dateline/lock.{}.{}", std::process::id(), journal.renewed.as_nanosecond());
        let mut batch = Batch::default();
        for (end, _) in self.path.match_indices('/').filter(|(end, _)| *end > 0) {
            batch.add("-mkdir", &[self.path.get(..end).unwrap_or_default()]);
        }
        batch.add("-mkdir", &[&self.path]).add("-mkdir", &[&self.at(".dateline")]);
        batch.add("-mkdir", &[&self.at("releases")]).add("put", &[&own, &self.at(&name)]);
        self.run(&batch)?;
        let taken = self.take(&name);
        let mut batch = Batch::default();
        self.run(batch.add("-rm", &[&self.at(&name)]))?;
        taken
    }

    /// Makes a file the lock; that of a dead publish gives way.
    fn take(&self, name: &str) -> Result<(), Error> {
        let mut batch = Batch::default();
        batch.add("ln", &[&self.at(name), &self.at(LOCK)]);
        match self.run(&batch) {
            Err(_) if self.clear_stale_lock()? => self.run(&batch).map(drop),
            taken => taken.map(drop),
        }
    }

    /// Removes the lock of a publish that is dead, and tells whether there was one.
    fn clear_stale_lock(&self) -> Result<bool, Error> {
        let Some(bytes) = self.fetch(&[LOCK.to_owned()])?.remove(LOCK) else { return Ok(false) };
        if Journal::parse(&bytes).is_some_and(|journal| journal.is_held(clock::now())) {
            return Err(Error::overtaken("another publish is under way; nothing was sent")
                .help("wait for it, and publish again; one that died is taken over 15 minutes after it began"));
        }
        self.unlock()?;
        Ok(true)
    }

    fn unlock(&self) -> Result<(), Error> {
        let mut batch = Batch::default();
        self.run(batch.add("-rm", &[&self.at(LOCK)])).map(drop)
    }

    /// Adds what removes a release, file by file: sftp has no other way, so it begins with its manifest and ends with it.
    fn remove(&self, folder: &str, batch: &mut Batch) -> Result<(), Error> {
        let Some(manifest) = self.manifest_in(folder)? else { return Ok(()) };
        let top = self.top(folder)?.into_iter().filter(|(_, is_folder)| !is_folder).map(|(name, _)| name);
        for path in manifest.paths().cloned().chain(top) {
            batch.add("-rm", &[&self.at(&format!("{folder}/{path}"))]);
        }
        for inner in folders(manifest.paths()).into_iter().rev() {
            batch.add("-rmdir", &[&self.at(&format!("{folder}/{inner}"))]);
        }
        batch.add("-rm", &[&self.at(&format!("{folder}/{MANIFEST}"))]);
        batch.add("-rmdir", &[&self.at(&format!("{folder}/.dateline"))]).add("-rmdir", &[&self.at(folder)]);
        Ok(())
    }

    /// Makes a release beside the others, and swaps the link to it.
    fn release_all(&self, plan: &Plan, found: &Found, source: Source<'_>) -> Result<(), Error> {
        let is_there = self.manifest_in("current")?.map(|manifest| manifest.generation);
        if is_there != found.manifest.as_ref().map(|manifest| manifest.generation) {
            return Err(Error::overtaken("another publish was faster; nothing was sent").help("publish again"));
        }
        let generation = plan.next.generation;
        let mut batch = Batch::default();
        // The halves of a publish that was broken off.
        for folder in [format!("releases/{generation}.new"), format!("releases/{generation}")] {
            self.remove(&folder, &mut batch)?;
        }
        let new = format!("{}.new", self.release(generation));
        let manifest = self.beside("manifest", &plan.next.to_bytes())?;
        batch.add("mkdir", &[&new]).add("mkdir", &[&format!("{new}/.dateline")]);
        batch.add("put", &[&manifest, &format!("{new}/{MANIFEST}")]);
        for folder in folders(plan.next.paths()) {
            batch.add("mkdir", &[&format!("{new}/{folder}")]);
        }
        self.fill(&new, plan, found, source, &mut batch)?;
        batch.add("rename", &[&new, &self.release(generation)]);
        if let Source::Staged(staged) = source {
            for (name, text) in &staged.server_rules {
                let (own, half) = (self.beside(name, text.as_bytes())?, self.at(&format!(".{name}.new")));
                batch.add("put", &[&own, &half]).add("rename", &[&half, &self.at(name)]);
            }
        }
        let half = self.at(".current.new");
        batch.add("-rm", &[&half]).add("ln -s", &[&format!("releases/{generation}"), &half]);
        batch.add("rename", &[&half, &self.at("current")]);
        self.run(&batch)?;
        let mut batch = Batch::default();
        for generation in plan.gone(found) {
            self.remove(&format!("releases/{generation}"), &mut batch)?;
        }
        self.run(&batch).map(drop)
    }

    /// Adds the files of a release: those that are sent, and links to those that stand at the host.
    fn fill(&self, new: &str, plan: &Plan, found: &Found, source: Source<'_>, batch: &mut Batch) -> Result<(), Error> {
        let sent: BTreeSet<&String> = plan.sent().collect();
        let old = found.manifest.as_ref();
        let last = old.map(|old| self.release(old.generation)).unwrap_or_default();
        let kept = old.and_then(|old| old.kept.last()).map(|kept| self.release(*kept)).unwrap_or_default();
        let gathered = match source {
            Source::Staged(staged) => staged.gathered()?.display().to_string(),
            Source::Kept => String::new(),
        };
        for path in plan.next.paths() {
            let to = format!("{new}/{path}");
            match source {
                Source::Staged(_) if sent.contains(path) => batch.add("put", &[&format!("{gathered}/{path}"), &to]),
                Source::Kept if sent.contains(path) => batch.add("ln", &[&format!("{kept}/{path}"), &to]),
                _ => batch.add("ln", &[&format!("{last}/{path}"), &to]),
            };
        }
        let (theirs, _) = old.map(|old| self.foreign(old)).transpose()?.unwrap_or_default();
        for name in theirs.iter().filter(|name| plan.next.find(name).is_none()) {
            batch.add("ln", &[&format!("{last}/{name}"), &format!("{new}/{name}")]);
        }
        Ok(())
    }
}

/// Reads a line of `ls -la`: a name, and whether it is a folder.
fn entry(line: &str) -> Option<(String, bool)> {
    let is_folder = match line.bytes().next()? {
        b'd' => true,
        b'-' | b'l' => false,
        _ => return None,
    };
    // Mode, links, owner, group, size, month, day and time; then the name, which may hold spaces.
    let rest = (0..8).try_fold(line, |rest, _| Some(rest.trim_start().split_once(' ')?.1))?;
    let name = rest.trim_start().rsplit('/').next()?;
    (!matches!(name, "" | "." | "..")).then(|| (name.to_owned(), is_folder))
}

/// Refuses names that would end a command of sftp.
fn check_names(manifest: &Manifest) -> Result<(), Error> {
    match manifest.files.keys().find(|path| path.contains(char::is_control)) {
        Some(path) => Err(Error::refused(format!("sftp takes no file with a control character in its name: {path:?}"))
            .help("give the file another name")),
        None => Ok(()),
    }
}

impl Host for Remote {
    fn survey(&self, wanted: Option<&Manifest>) -> Result<Found, Error> {
        wanted.map_or(Ok(()), check_names)?;
        let manifest = self.manifest_in("current")?;
        let Some(ours) = &manifest else {
            return match self.top("current")?.as_slice() {
                [] => Ok(Found::default()),
                _ => Err(Error::refused("the site at the host is not ours").help("move `current` away there")),
            };
        };
        let (theirs, folders) = self.foreign(ours)?;
        // sftp gives no second name to a folder, so what others keep in one would be left behind.
        if let Some(folder) = folders.first() {
            return Err(Error::refused(format!("the folder `{folder}` in the published site is not ours"))
                .help("move it away there, or set `transfer = \"rsync\"`, which takes it along"));
        }
        let is_wanted = |name: &String| wanted.is_some_and(|wanted| wanted.files.contains_key(name));
        let foreign = theirs.into_iter().filter(is_wanted).collect();
        Ok(Found { manifest, foreign, ..Found::default() })
    }

    fn earlier(&self, found: &Found) -> Result<Manifest, Error> {
        self.manifest_in(&format!("releases/{}", found.last_kept()?))?.ok_or_else(Error::no_earlier)
    }

    fn apply(&self, plan: &Plan, found: &Found, source: Source<'_>, sent: &(dyn Fn() + Sync)) -> Result<(), Error> {
        self.lock(plan)?;
        if let Err(error) = self.release_all(plan, found, source) {
            // The old site stands; a lock that cannot be given back lapses by itself.
            let _ = self.unlock();
            return Err(error);
        }
        self.unlock()?;
        plan.sent().for_each(|_| sent());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_and_no_pattern() {
        assert_eq!(quoted("it's *a* \"b\" \\c"), "\"it's *a* \\\"b\\\" \\\\c\"");
    }

    #[test]
    fn a_folder_comes_before_those_in_it() {
        let paths = ["a/b/c.html".to_owned(), "a/d.html".to_owned(), "e.html".to_owned()];
        assert_eq!(folders(paths.iter()).into_iter().collect::<Vec<_>>(), ["a", "a/b"]);
    }

    #[test]
    fn a_line_of_a_listing_is_a_name() {
        let line = "-rw-r--r--    1 ann      staff          12 Nov 22 15:20 /srv/current/two  words.txt";
        assert_eq!(entry(line), Some(("two  words.txt".into(), false)));
        assert_eq!(entry("drwxr-xr-x    2 0 0 4096 Nov 22  2025 sub"), Some(("sub".into(), true)));
        for nothing in ["sftp> ls -la", "drwxr-xr-x    2 0 0 4096 Nov 22 15:20 ..", ""] {
            assert_eq!(entry(nothing), None, "{nothing}");
        }
    }
}
