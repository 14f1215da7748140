//! A site in a temporary folder, and what the program says of it.
//!
//! ```ignore
//! let site = Site::new().file("content/analyses/a.md", "+++\ntitle = \"A\"\ndate = 2026-05-01\n+++\n");
//! site.build().succeeds();
//! assert!(site.page("analyses/a/index.html").contains("<h1>A</h1>"));
//! site.check().fails().finds(&[("missing-key", "content/analyses/a.md:1:1", "missing key `date`")]);
//! ```
//!
//! Every run names its day, so that no test depends on the day that it runs on, and is killed after [`PATIENCE`], so
//! that a program that hangs fails its test. An [`Outcome`] whose exit status nobody asked for is a mistake in the test
//! and panics; what is expected of its diagnostics is all of them or the test fails.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::tree::Tree;

/// The day that sites are built for unless a test says otherwise.
pub(crate) const NOW: &str = "2026-06-01";

/// How long a run may take; in a debug build the longest of them takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// The least that makes a site.
const SITE_TOML: &str = r#"title = "The Test Brief"
base_url = "https://example.org"
[check]
orphan-company = "off"
unsourced = "off"
unused-source = "off"
"#;

/// A site in a folder that goes away with it.
pub(crate) struct Site {
    dir: TempDir,
}

impl Site {
    /// Makes a site without content; rules that most tests are not about are off.
    pub(crate) fn new() -> Self {
        Self::bare().file("site.toml", SITE_TOML).folder("content/analyses")
    }

    /// Makes an empty folder.
    pub(crate) fn bare() -> Self {
        let site = Self { dir: TempDir::with_prefix("dateline-it-").expect("a temporary folder") };
        fs::create_dir(site.root()).expect("a folder");
        site
    }

    /// Makes a site of the one analysis `content/analyses/a.md`, whose front matter has more below title and date.
    pub(crate) fn with_analysis(matter: &str, body: &str) -> Self {
        Self::new().analysis("a", matter, body)
    }

    /// Copies a folder.
    pub(crate) fn copy_of(folder: &Path) -> Self {
        let site = Self::bare();
        Tree::of(folder).write(&site.root());
        site
    }

    /// The site's folder, which stands in a folder of its own, so that what is written beside it is found.
    pub(crate) fn root(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    /// The folder around the site's.
    pub(crate) fn around(&self) -> &Path {
        self.dir.path()
    }

    /// The folder that the site is built into.
    pub(crate) fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    /// Names a file of the site.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file, and the folders that it stands in.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    /// Writes a file that is no text.
    pub(crate) fn bytes(self, path: &str, bytes: &[u8]) -> Self {
        self.put(path, bytes);
        self
    }

    /// Writes a file of a site that is in use already.
    pub(crate) fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders");
        fs::write(&path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Writes an analysis with a title and a date of its own.
    pub(crate) fn analysis(self, slug: &str, matter: &str, body: &str) -> Self {
        let text = format!("+++\ntitle = \"Title of {slug}\"\ndate = 2026-05-18\n{matter}\n+++\n{body}\n");
        self.file(&format!("content/analyses/{slug}.md"), &text)
    }

    /// Makes a folder.
    pub(crate) fn folder(self, path: &str) -> Self {
        fs::create_dir_all(self.path(path)).expect("a folder");
        self
    }

    /// Makes a link.
    #[cfg(unix)]
    pub(crate) fn symlink(self, target: impl AsRef<Path>, link: &str) -> Self {
        std::os::unix::fs::symlink(target, self.path(link)).expect("a link");
        self
    }

    /// Reads the folder that the site was built into.
    pub(crate) fn tree(&self) -> Tree {
        Tree::of(&self.out())
    }

    /// Reads a page that was built.
    #[track_caller]
    pub(crate) fn page(&self, path: &str) -> String {
        fs::read_to_string(self.out().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Builds the site.
    pub(crate) fn build(&self) -> Outcome {
        self.run(&["build", "--format", "json"])
    }

    /// Checks the site.
    pub(crate) fn check(&self) -> Outcome {
        self.run(&["check", "--format", "json"])
    }

    /// Runs the program with `--root` and `--now`, which commands that have no use for them are not given.
    pub(crate) fn run(&self, args: &[&str]) -> Outcome {
        self.run_with(args, &[])
    }

    /// Runs the program in an environment with more variables, or with other values of them.
    pub(crate) fn run_with(&self, args: &[&str], environment: &[(&str, &str)]) -> Outcome {
        let mut command = program();
        command.args(args);
        let given = |option: &str| args.contains(&option);
        if ["build", "check", "claims", "related", "suggest", "publish"].contains(&args[0]) && !given("--now") {
            command.args(["--now", NOW]);
        }
        if (["build", "check", "claims", "related", "suggest", "publish"].contains(&args[0])
            || matches!(args, ["new", "analysis" | "company", ..]))
            && !given("--root")
        {
            command.arg("--root").arg(self.root());
        }
        command.current_dir(self.dir.path()).envs(environment.iter().copied());
        Outcome::of(command)
    }
}

/// The program in an environment in which only what a test sets can change what it does.
///
/// `DATELINE_BIN` names another build of it to be tested, such as the one that is about to be released.
pub(crate) fn program() -> Command {
    let other = std::env::var_os("DATELINE_BIN");
    let mut command = Command::new(other.unwrap_or_else(|| env!("CARGO_BIN_EXE_dateline").into()));
    for variable in ["SOURCE_DATE_EPOCH", "RAYON_NUM_THREADS", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "TZ"] {
        command.env_remove(variable);
    }
    // Credentials of whoever runs the tests.
    for variable in
        ["ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN", "PROFILE", "ROLE_ARN", "WEB_IDENTITY_TOKEN_FILE"]
    {
        command.env_remove(format!("AWS_{variable}"));
    }
    command.env_remove("NETLIFY_AUTH_TOKEN");
    command
}

/// What a run of the program came to.
#[must_use = "ask for its exit status"]
pub(crate) struct Outcome {
    /// The exit status.
    code: i32,
    /// What it printed.
    pub(crate) stdout: String,
    /// What it said.
    pub(crate) stderr: String,
    /// How long it took.
    pub(crate) took: Duration,
    asked: AtomicBool,
}

impl Outcome {
    /// Runs a command to its end.
    pub(crate) fn of(mut command: Command) -> Self {
        let started = Instant::now();
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let [stdout, stderr] = [drain(child.stdout.take()), drain(child.stderr.take())];
        let code = wait(&mut child, started);
        let [stdout, stderr] = [stdout, stderr].map(|pipe| pipe.join().expect("the pipe is read"));
        assert!(!stderr.contains("panicked at"), "the program panicked:\n{stderr}");
        Self { code, stdout, stderr, took: started.elapsed(), asked: AtomicBool::new(false) }
    }

    /// Asserts an exit status.
    #[track_caller]
    pub(crate) fn exits(&self, code: i32) -> &Self {
        self.asked.store(true, Ordering::Relaxed);
        assert_eq!(self.code, code, "the exit status\nstdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }

    /// Takes any exit status: the test is about something else.
    pub(crate) fn ends(&self) -> &Self {
        self.asked.store(true, Ordering::Relaxed);
        self
    }

    /// Asserts that all was done.
    #[track_caller]
    pub(crate) fn succeeds(&self) -> &Self {
        self.exits(0)
    }

    /// Asserts that the content has errors.
    #[track_caller]
    pub(crate) fn fails(&self) -> &Self {
        self.exits(1)
    }

    /// Asserts words on standard error.
    #[track_caller]
    pub(crate) fn says(&self, words: &str) -> &Self {
        assert!(self.stderr.contains(words), "it does not say {words:?}, but:\n{}", self.stderr);
        self
    }

    /// Asserts words on standard output.
    #[track_caller]
    pub(crate) fn prints(&self, words: &str) -> &Self {
        assert!(self.stdout.contains(words), "it does not print {words:?}, but:\n{}", self.stdout);
        self
    }

    /// Reads standard output as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}\nstdout: {}\nstderr: {}", self.stdout, self.stderr))
    }

    /// Reads a number of the printed object.
    #[track_caller]
    pub(crate) fn number(&self, key: &str) -> u64 {
        self.json()[key].as_u64().unwrap_or_else(|| panic!("no number `{key}` in {}", self.stdout))
    }

    /// Reads the printed diagnostics.
    #[track_caller]
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let json = self.json();
        json["diagnostics"].as_array().expect("diagnostics").iter().map(Finding::of).collect()
    }

    /// Asserts all diagnostics, in order: code, place, and a part of the message. One too many fails as one too few does.
    #[track_caller]
    pub(crate) fn finds(&self, expected: &[(&str, &str, &str)]) -> &Self {
        let found = self.findings();
        let fits = |(found, (code, place, words)): (&Finding, &(&str, &str, &str))| {
            found.code == *code && found.place() == *place && found.message.contains(words)
        };
        let all = found.len() == expected.len() && found.iter().zip(expected).all(fits);
        let listed: Vec<_> = found.iter().map(|one| (&*one.code, one.place(), &*one.message)).collect();
        assert!(all, "expected: {expected:#?}\nfound: {listed:#?}");
        self
    }
}

impl Drop for Outcome {
    fn drop(&mut self) {
        if !thread::panicking() && !self.asked.load(Ordering::Relaxed) {
            panic!("the test never asked for the exit status of a run");
        }
    }
}

/// A diagnostic as the program printed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) code: String,
    pub(crate) severity: String,
    pub(crate) message: String,
    pub(crate) file: String,
    /// Line and column of its start and of the place after its end, where it has a place in the file.
    pub(crate) region: Option<[u64; 4]>,
    pub(crate) help: Option<String>,
}

impl Finding {
    fn of(json: &Value) -> Self {
        let text = |key: &str| json[key].as_str().map(str::to_owned);
        let number = |key: &str| json[key].as_u64();
        let region = || Some([number("line")?, number("column")?, number("end_line")?, number("end_column")?]);
        Self {
            code: text("code").expect("a code"),
            severity: text("severity").expect("a severity"),
            message: text("message").expect("a message"),
            file: text("file").unwrap_or_default(),
            region: region(),
            help: text("help"),
        }
    }

    /// Writes `file:line:column`, or the file alone where no line is meant.
    pub(crate) fn place(&self) -> String {
        match self.region {
            Some([line, column, ..]) => format!("{}:{line}:{column}", self.file),
            None => self.file.clone(),
        }
    }
}

/// Reads a pipe to its end beside the program, which would wait for ever on a full one.
fn drain(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.expect("a pipe").read_to_end(&mut bytes).expect("the pipe is read");
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Waits for the program, and kills it where it hangs.
fn wait(child: &mut Child, started: Instant) -> i32 {
    loop {
        if let Some(status) = child.try_wait().expect("the program is waited for") {
            return status.code().unwrap_or(-1);
        }
        if started.elapsed() > PATIENCE {
            child.kill().expect("the program is killed");
            panic!("the program did not end in {} s", PATIENCE.as_secs());
        }
        thread::sleep(Duration::from_millis(2));
    }
}
