//! A branch of a git repository, as GitHub, GitLab and Codeberg Pages serve it.
//!
//! A repository of our own, in the target's work folder, makes the commit with git's plumbing and pushes it: the user's
//! work tree, index and branches are never touched, and git's own helpers answer for credentials.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::manifest::{MANIFEST, Manifest};
use super::{Error, Found, Host, Plan, Source};

/// Where the host's branch is kept in our repository.
const THERE: &str = "refs/dateline/there";

/// The mode of a plain file.
const PLAIN: &str = "100644";

/// A branch.
#[derive(Debug)]
pub(super) struct Branch {
    root: PathBuf,
    repository: PathBuf,
    remote: String,
    branch: String,
}

/// A commit at the host, and its files.
struct Tip {
    commit: String,
    /// The blobs of its files by path.
    blobs: BTreeMap<String, String>,
    manifest: Option<Manifest>,
}

impl Branch {
    /// Names a branch; nothing is asked yet.
    pub(super) fn of(root: &Path, work: &Path, remote: &str, branch: &str) -> Self {
        let repository = work.join("git");
        Self { root: root.to_owned(), repository, remote: remote.to_owned(), branch: branch.to_owned() }
    }

    /// Runs git in our own repository, and gives what it prints.
    fn git(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, Error> {
        let repository = std::path::absolute(&self.repository).map_err(Error::io("find", &self.repository))?;
        let mut command = plain_git();
        command.env("GIT_DIR", &repository).env("GIT_INDEX_FILE", repository.join("publish-index"));
        // A path that names the remote is meant from the site's folder.
        run(command.current_dir(&self.root), arguments, input)
    }

    fn text(&self, arguments: &[&str], input: &[u8]) -> Result<String, Error> {
        Ok(String::from_utf8_lossy(&self.git(arguments, input)?).trim().to_owned())
    }

    /// Gives the address of the remote: itself, or what the user's repository calls so.
    fn url(&self) -> Result<String, Error> {
        if self.remote.contains(['/', ':', '\\']) {
            return Ok(self.remote.clone());
        }
        let url = run(plain_git().current_dir(&self.root), &["remote", "get-url", "--push", &self.remote], b"");
        let url = url.map_err(|error| {
            error.help(format!(
                "`{}` is no remote of the repository of the site; `remote` may be an address",
                self.remote
            ))
        })?;
        Ok(String::from_utf8_lossy(&url).trim().to_owned())
    }

    fn full_name(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    /// Fetches the branch, `depth` commits of it; none where the host does not have it yet.
    fn fetch(&self, depth: &str) -> Result<Option<Tip>, Error> {
        if !self.repository.join("HEAD").exists() {
            std::fs::create_dir_all(&self.repository).map_err(Error::io("make the folder", &self.repository))?;
            self.git(&["init", "--quiet", "--bare"], b"")?;
        }
        let (url, name) = (self.url()?, self.full_name());
        let listed = self.text(&["ls-remote", "--", &url, &name], b"")?;
        if listed.is_empty() {
            return Ok(None);
        }
        let refspec = format!("+{name}:{THERE}");
        self.git(&["fetch", "--quiet", "--no-tags", &format!("--depth={depth}"), "--", &url, &refspec], b"")?;
        let commit = self.text(&["rev-parse", THERE], b"")?;
        self.tip(&commit).map(Some)
    }

    fn tip(&self, commit: &str) -> Result<Tip, Error> {
        let listed = self.git(&["ls-tree", "-r", "-z", commit], b"")?;
        let mut blobs = BTreeMap::new();
        for line in listed.split(|byte| *byte == 0).filter(|line| !line.is_empty()) {
            let line = String::from_utf8_lossy(line);
            let Some((about, path)) = line.split_once('\t') else { continue };
            blobs.insert(path.to_owned(), about.rsplit(' ').next().unwrap_or_default().to_owned());
        }
        let manifest = blobs.get(MANIFEST).map(|blob| self.git(&["cat-file", "blob", blob], b"")).transpose()?;
        let manifest = manifest.map(|bytes| Manifest::parse(&bytes)).transpose()?;
        Ok(Tip { commit: commit.to_owned(), blobs, manifest })
    }

    /// Finds the commit of the site that a rollback brings back.
    fn earlier_tip(&self, found: &Found) -> Result<Tip, Error> {
        let generation = found.last_kept()?;
        self.fetch("2147483647")?;
        for commit in self.text(&["rev-list", "--first-parent", THERE], b"")?.lines() {
            let tip = self.tip(commit)?;
            if tip.manifest.as_ref().is_some_and(|manifest| manifest.generation == generation) {
                return Ok(tip);
            }
        }
        Err(Error::no_earlier())
    }

    /// Gives the blobs of the files that are sent, written to our repository where they are new.
    fn blobs(&self, plan: &Plan, found: &Found, source: Source<'_>) -> Result<BTreeMap<String, String>, Error> {
        let Source::Staged(staged) = source else { return Ok(self.earlier_tip(found)?.blobs) };
        let folder = staged.gathered()?;
        let paths: Vec<&String> = plan.sent().collect();
        let list: String = paths.iter().map(|path| format!("{}\n", folder.join(path.as_str()).display())).collect();
        let hashed = self.text(&["hash-object", "-w", "--no-filters", "--stdin-paths"], list.as_bytes())?;
        Ok(paths.into_iter().cloned().zip(hashed.lines().map(str::to_owned)).collect())
    }

    /// Makes the tree of the new site: that of the old one, with only our own files changed.
    fn tree(&self, plan: &Plan, old: Option<&Tip>, blobs: &BTreeMap<String, String>) -> Result<String, Error> {
        match old {
            Some(tip) => self.git(&["read-tree", &tip.commit], b"")?,
            None => self.git(&["read-tree", "--empty"], b"")?,
        };
        let mut lines = Vec::new();
        for path in &plan.deleted {
            write_line(&mut lines, "0", &"0".repeat(40), path);
        }
        for path in plan.sent() {
            let blob = blobs.get(path).ok_or_else(|| Error::missing(format!("`{path}` is not there any more")))?;
            write_line(&mut lines, PLAIN, blob, path);
        }
        let manifest = self.text(&["hash-object", "-w", "--stdin"], &plan.next.to_bytes())?;
        write_line(&mut lines, PLAIN, &manifest, MANIFEST);
        self.git(&["update-index", "-z", "--index-info"], &lines)?;
        self.text(&["write-tree"], b"")
    }

    fn commit(&self, tree: &str, old: Option<&Tip>, plan: &Plan) -> Result<String, Error> {
        let own = |key: &str, usual: &str| {
            let set = run(plain_git().current_dir(&self.root), &["config", key], b"");
            let set = set.map(|value| String::from_utf8_lossy(&value).trim().to_owned()).unwrap_or_default();
            if set.is_empty() { usual.to_owned() } else { set }
        };
        let name = format!("user.name={}", own("user.name", "Dateline"));
        let email = format!("user.email={}", own("user.email", "dateline@localhost"));
        let message = format!("Publish generation {} of {}", plan.next.generation, plan.next.base_url);
        let mut arguments = vec!["-c", &name, "-c", &email, "commit-tree", "-m", &message, tree];
        if let Some(tip) = old {
            arguments.extend(["-p", &tip.commit]);
        }
        self.text(&arguments, b"")
    }

    fn push(&self, commit: &str, old: Option<&Tip>) -> Result<(), Error> {
        let (url, name) = (self.url()?, self.full_name());
        let lease = format!("--force-with-lease={name}:{}", old.map_or("", |tip| &tip.commit));
        let refspec = format!("{commit}:{name}");
        let pushed = self.git(&["push", "--quiet", &lease, "--", &url, &refspec], b"");
        pushed.map(drop).map_err(|error| {
            if ["stale info", "fetch first", "cannot lock ref"].iter().any(|words| error.message.contains(words)) {
                return Error::overtaken("another publish was faster: the branch has moved").help("publish again");
            }
            error
        })
    }
}

fn write_line(lines: &mut Vec<u8>, mode: &str, blob: &str, path: &str) {
    // Writing to memory does not fail.
    let _ = write!(lines, "{mode} {blob}\t{path}\0");
}

impl Host for Branch {
    fn survey(&self, wanted: Option<&Manifest>) -> Result<Found, Error> {
        let Some(Tip { blobs, manifest, .. }) = self.fetch("1")? else { return Ok(Found::default()) };
        let is_ours = |path: &String| manifest.as_ref().is_some_and(|manifest| manifest.find(path).is_some());
        let wanted = wanted.into_iter().flat_map(|wanted| wanted.files.keys());
        let foreign: BTreeSet<String> =
            wanted.filter(|path| blobs.contains_key(*path) && !is_ours(path)).cloned().collect();
        Ok(Found { manifest, foreign, ..Found::default() })
    }

    fn earlier(&self, found: &Found) -> Result<Manifest, Error> {
        self.earlier_tip(found)?.manifest.ok_or_else(Error::no_earlier)
    }

    fn apply(&self, plan: &Plan, found: &Found, source: Source<'_>, sent: &(dyn Fn() + Sync)) -> Result<(), Error> {
        let blobs = self.blobs(plan, found, source)?;
        let old = self.fetch("1")?;
        if old.as_ref().and_then(|tip| tip.manifest.as_ref()) != found.manifest.as_ref() {
            return Err(Error::overtaken("another publish was faster; nothing was sent").help("publish again"));
        }
        let tree = self.tree(plan, old.as_ref(), &blobs)?;
        let commit = self.commit(&tree, old.as_ref(), plan)?;
        self.push(&commit, old.as_ref())?;
        plan.sent().for_each(|_| sent());
        Ok(())
    }
}

/// Names git in an environment that points at no repository, and that asks no questions.
fn plain_git() -> Command {
    let mut command = Command::new("git");
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"] {
        command.env_remove(variable);
    }
    command.env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
    command
}

fn run(command: &mut Command, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, Error> {
    let what = arguments.iter().find(|word| !word.starts_with('-') && !word.contains('=')).unwrap_or(&"");
    let failed = |why: &str| Error::host(format!("git {what}: {}", without_secrets(why.trim())));
    let started = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = started.map_err(|error| failed(&error.to_string()).help("install git"))?;
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // git may print before it has read all.
        scope.spawn(|| stdin.map(|mut stdin| stdin.write_all(input)));
        child.wait_with_output()
    });
    let output = output.map_err(|error| failed(&error.to_string()))?;
    if output.status.success() { Ok(output.stdout) } else { Err(failed(&String::from_utf8_lossy(&output.stderr))) }
}

/// Takes the user and the password out of every address in a text.
fn without_secrets(text: &str) -> String {
    let mut parts = text.split("://");
    let mut clean = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| c == '/' || c == '\'' || c == '"' || c.is_whitespace()).unwrap_or(part.len());
        let from = part.get(..end).and_then(|host| host.rfind('@')).map_or(0, |at| at + 1);
        clean.push_str("://");
        clean.push_str(part.get(from..).unwrap_or_default());
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_told() {
        let said = "fatal: unable to access 'https://ann:s3cret@git.example/x.git/': no\nssh://git@h/x";
        assert_eq!(without_secrets(said), "fatal: unable to access 'https://git.example/x.git/': no\nssh://h/x");
    }
}
