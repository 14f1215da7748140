//! A folder of releases on another machine, brought there by the system's own ssh and rsync.
//!
//! The folder is laid out as one of this machine is; see `folder.rs`. What asks for a password or a key is ssh itself.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::manifest::{MANIFEST, Manifest};
use super::{Error, Found, Host, Plan, Source};

/// A folder of releases on another machine.
#[derive(Debug)]
pub(super) struct Remote {
    host: String,
    path: String,
    work: PathBuf,
}

/// What a script ends with where a publish is under way or was faster.
const OVERTAKEN: i32 = 75;

/// What begins every script: the folder, a failure that ends it, and nothing that others could write to.
const HEAD: &str = "set -eu\numask 022\n";

impl Remote {
    /// Names a host and a folder; nothing is asked yet.
    pub(super) fn of(host: &str, path: &str, work: &Path) -> Self {
        Self { host: host.to_owned(), path: path.trim_end_matches('/').to_owned(), work: work.to_owned() }
    }

    /// Runs a script in the folder of releases.
    fn run(&self, script: &str) -> Result<Vec<u8>, Error> {
        let text = format!("{HEAD}mkdir -p {0}\ncd {0}\n{script}", quoted(&self.path));
        self.raw(&text)
    }

    fn raw(&self, script: &str) -> Result<Vec<u8>, Error> {
        let mut command = Command::new("ssh");
        command.args(["-o", "BatchMode=yes", "-o", "ConnectTimeout=10", "--", &self.host, "sh -s"]);
        let output = run(command, script.as_bytes())?;
        match output.status.code() {
            Some(0) => Ok(output.stdout),
            Some(OVERTAKEN) => {
                Err(Error::overtaken("another publish is under way, or was faster; nothing was sent")
                    .help("publish again"))
            }
            _ => Err(failed("ssh", &output.stderr)),
        }
    }

    /// Sends files of a folder into a release that is being made; the old file's other names are left alone.
    fn send(&self, folder: &Path, paths: &[&str], release: &str) -> Result<(), Error> {
        let list: Vec<u8> = paths.iter().flat_map(|path| path.bytes().chain([0])).collect();
        let to = format!("{}:{}/{release}/", self.host, self.path);
        let mut command = Command::new("rsync");
        command.args(["--times", "--ignore-times", "--chmod=F644,D755", "--from0", "--files-from=-", "--protect-args"]);
        command
            .args(["--rsh", "ssh -o BatchMode=yes -o ConnectTimeout=10"])
            .arg(format!("{}/", folder.display()))
            .arg(to);
        let output = run(command, &list)?;
        if output.status.success() { Ok(()) } else { Err(failed("rsync", &output.stderr)) }
    }

    fn manifest(&self) -> Result<Option<Manifest>, Error> {
        let script = format!(
            "{HEAD}cd {} 2>/dev/null || exit 0\n\
             if [ -e current ] && [ ! -L current ]; then echo 'current is no link' >&2; exit 1; fi\n\
             if [ -e current/{MANIFEST} ]; then cat current/{MANIFEST}; elif [ -e current ]; then echo theirs; fi\n",
            quoted(&self.path)
        );
        match self.raw(&script)?.as_slice() {
            b"" => Ok(None),
            b"theirs\n" => Err(Error::refused("the site at the host is not ours").help("move `current` away there")),
            bytes => Manifest::parse(bytes).map(Some),
        }
    }

    /// Lists what others have put into the site that is published; it moves on with it.
    fn foreign(&self, manifest: &Manifest) -> Result<BTreeSet<String>, Error> {
        let listed = self.run("cd current/ && find . ! -type d ! -path './.dateline/*' -print0\n")?;
        let listed = String::from_utf8_lossy(&listed);
        let paths = listed.split('\0').filter_map(|path| path.strip_prefix("./"));
        Ok(paths.filter(|path| manifest.find(path).is_none()).map(str::to_owned).collect())
    }

    /// Writes the script that begins a release: the files of another under new names, without those that go.
    fn begin(&self, plan: &Plan, found: &Found, source: Source<'_>) -> String {
        let new = format!("releases/{}.new", plan.next.generation);
        let last = found.manifest.as_ref();
        let there = last.map_or(0, |manifest| manifest.generation);
        let mut script = format!(
            "mkdir -p .dateline releases\n\
             find .dateline/lock -maxdepth 0 -mmin +15 -exec rmdir {{}} \\; 2>/dev/null || true\n\
             mkdir .dateline/lock 2>/dev/null || exit {OVERTAKEN}\n\
             is=$(sed -n 's/^  \"generation\": \\([0-9]*\\),$/\\1/p' current/{MANIFEST} 2>/dev/null || echo 0)\n\
             if [ \"${{is:-0}}\" != {there} ]; then rmdir .dateline/lock; exit {OVERTAKEN}; fi\n\
             rm -rf {new}\nmkdir {new}\n"
        );
        if last.is_some() {
            script.push_str(&format!("cp -al current/. {new}/\n"));
        }
        for path in plan.sent().chain(&plan.deleted) {
            script.push_str(&format!("rm -f {new}/{}\n", quoted(path)));
        }
        if let (Source::Kept, Some(generation)) = (source, last.and_then(|last| last.kept.last())) {
            for path in plan.sent() {
                let at = quoted(path);
                script.push_str(&format!(
                    "mkdir -p \"$(dirname {new}/{at})\"\ncp -al releases/{generation}/{at} {new}/{at}\n"
                ));
            }
        }
        script
    }

    /// Writes the script that makes a release the one that is served, and forgets old ones.
    fn finish(plan: &Plan, found: &Found) -> String {
        let generation = plan.next.generation;
        let mut script = format!(
            "find releases/{generation}.new -type d -empty -delete\n\
             rm -rf releases/{generation}\nmv releases/{generation}.new releases/{generation}\n\
             rm -f .current.new\nln -s releases/{generation} .current.new\nmv -T .current.new current\n"
        );
        for generation in plan.gone(found) {
            script.push_str(&format!("rm -rf releases/{generation}\n"));
        }
        script.push_str("rmdir .dateline/lock\n");
        script
    }

    fn send_all(&self, plan: &Plan, source: Source<'_>) -> Result<(), Error> {
        let new = format!("releases/{}.new", plan.next.generation);
        if let Source::Staged(staged) = source {
            let paths: Vec<&str> = plan.sent().map(String::as_str).collect();
            self.send(&staged.gathered()?, &paths, &new)?;
        }
        let beside = self.work.join("beside");
        let write = |path: &str, bytes: &[u8]| {
            let at = beside.join(path);
            let folder = at.parent().unwrap_or(&beside);
            fs::create_dir_all(folder).map_err(Error::io("make the folder", folder))?;
            fs::write(&at, bytes).map_err(Error::io("write", &at))
        };
        write(MANIFEST, &plan.next.to_bytes())?;
        self.send(&beside, &[MANIFEST], &new)?;
        if let Source::Staged(staged) = source {
            for (name, text) in &staged.server_rules {
                write(name, text.as_bytes())?;
                self.send(&beside, &[name], ".")?;
            }
        }
        Ok(())
    }
}

impl Host for Remote {
    fn survey(&self, wanted: Option<&Manifest>) -> Result<Found, Error> {
        let manifest = self.manifest()?;
        let mut foreign = manifest.as_ref().map(|manifest| self.foreign(manifest)).transpose()?.unwrap_or_default();
        foreign.retain(|path| wanted.is_some_and(|wanted| wanted.files.contains_key(path)));
        Ok(Found { manifest, foreign, ..Found::default() })
    }

    fn earlier(&self, found: &Found) -> Result<Manifest, Error> {
        let generation = found.last_kept()?;
        let bytes = self.run(&format!("cat releases/{generation}/{MANIFEST} 2>/dev/null || true\n"))?;
        if bytes.is_empty() {
            return Err(Error::no_earlier());
        }
        Manifest::parse(&bytes)
    }

    fn apply(&self, plan: &Plan, found: &Found, source: Source<'_>, sent: &(dyn Fn() + Sync)) -> Result<(), Error> {
        self.run(&self.begin(plan, found, source))?;
        if let Err(error) = self.send_all(plan, source) {
            // The old site stands; a lock that cannot be given back lapses by itself.
            let _ = self.run("rmdir .dateline/lock\n");
            return Err(error);
        }
        self.run(&Self::finish(plan, found))?;
        plan.sent().for_each(|_| sent());
        Ok(())
    }
}

/// Quotes a text for a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Tells what a program said when it failed.
pub(super) fn failed(program: &str, said: &[u8]) -> Error {
    Error::host(format!("{program}: {}", String::from_utf8_lossy(said).trim()))
}

/// Runs a program on an input to its end.
pub(super) fn run(mut command: Command, input: &[u8]) -> Result<std::process::Output, Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    let started = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child =
        started.map_err(|error| failed(&program, error.to_string().as_bytes()).help(format!("install {program}")))?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // It may print before it has read all.
        scope.spawn(|| stdin.map(|mut stdin| stdin.write_all(input)));
        child.wait_with_output()
    });
    output.map_err(|error| failed(&program, error.to_string().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_a_shell() {
        assert_eq!(quoted("it's $(rm) \"here\""), "'it'\\''s $(rm) \"here\"'");
    }
}
