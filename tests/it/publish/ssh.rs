//! Another machine: this one, behind an sshd of the test's own.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::visitor::Visitor;
use super::{change, publish, site, visible};
use crate::fixture::Site;
use crate::tree::Tree;

const SSHD: &str = "/usr/sbin/sshd";

/// An sshd that ends with the test.
struct Machine {
    daemon: Child,
    /// What PATH begins with: an `ssh` that knows the port and the key.
    tools: PathBuf,
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// Starts an sshd beside a site; none where the system lacks a part of it.
fn machine(around: &Path, more: &str) -> Option<Machine> {
    let has = |program: &str| {
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).any(|path| path.join(program).exists())
    };
    if !Path::new(SSHD).exists() || !has("ssh") || !has("rsync") {
        eprintln!("SKIPPED publishing over SSH: sshd, ssh or rsync is not installed");
        return None;
    }
    let tools = around.join("tools");
    fs::create_dir_all(&tools).expect("a folder");
    // The one that is started as root wants it.
    let _ = fs::create_dir_all("/run/sshd");
    let key = |name: &str| {
        let at = tools.join(name);
        let made = Command::new("ssh-keygen")
            .args(["-q", "-t", "ed25519", "-N", "", "-f"])
            .arg(&at)
            .status()
            .expect("ssh-keygen runs");
        assert!(made.success());
        at
    };
    let (host, user) = (key("host"), key("user"));
    let port = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let settings = format!(
        "ListenAddress 127.0.0.1:{port}\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nPidFile none\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\n{more}\n",
        host.display(),
        user.with_extension("pub").display()
    );
    fs::write(tools.join("sshd_config"), settings).expect("a file");
    let daemon = Command::new(SSHD)
        .args(["-D", "-e", "-f"])
        .arg(tools.join("sshd_config"))
        .stderr(Stdio::null())
        .spawn()
        .expect("sshd starts");
    let wrapper = format!(
        "#!/bin/sh\nexec /usr/bin/ssh -F none -p {port} -i {} -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR \"$@\"\n",
        user.display()
    );
    fs::write(tools.join("ssh"), wrapper).expect("a file");
    #[cfg(unix)]
    fs::set_permissions(tools.join("ssh"), std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("it may run");
    let started = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(started.elapsed() < Duration::from_secs(5), "sshd does not answer");
        std::thread::sleep(Duration::from_millis(10));
    }
    Some(Machine { daemon, tools })
}

/// Makes a site that is published over SSH into the folder `w w w` beside it.
///
/// `transfer` is what brings it there; `more` is what the other machine's sshd is told.
fn remote(transfer: &str, more: &str) -> Option<(Machine, Site, String)> {
    let site = site("");
    let machine = machine(site.around(), more)?;
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", machine.tools.display());
    let settings = fs::read_to_string(site.path("site.toml")).expect("it is there");
    let target = format!(
        "kind = \"ssh\"\nhost = \"127.0.0.1\"\npath = {:?}\ntransfer = {transfer:?}\n",
        site.around().join("w w w")
    );
    site.put("site.toml", settings + &target);
    Some((machine, site, path))
}

#[test]
fn releases_are_sent_swapped_and_brought_back() {
    brings_releases_there_and_back("rsync", "");
}

#[test]
fn an_account_without_a_shell_is_enough_for_sftp() {
    brings_releases_there_and_back("sftp", "Subsystem sftp internal-sftp\nForceCommand internal-sftp");
}

fn brings_releases_there_and_back(transfer: &str, more: &str) {
    let Some((_machine, site, path)) = remote(transfer, more) else { return };
    let environment = [("PATH", &*path)];
    let files = || {
        let current = fs::canonicalize(site.around().join("w w w/current")).expect("it is there");
        let files = Tree::of(&current).files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect();
        visible(&files)
    };
    publish(&site, &["--dry-run"], &environment).exits(2);
    assert!(!site.around().join("w w w").exists(), "a dry run writes nothing");
    publish(&site, &[], &environment).succeeds();
    let first = files();
    assert!(first.contains_key("analyses/one/index.html"));
    let again = publish(&site, &[], &environment);
    again.succeeds();
    assert_eq!(again.json()["published"], false);
    let visitor = Visitor::over(site.around().join("w w w/current"));
    change(&site);
    site.put("static/it's \"odd\" $HOME.txt", "odd");
    site.put("static/café/+#% *[a].txt", "odd");
    publish(&site, &[], &environment).succeeds();
    visitor.met_nothing_broken();
    assert_eq!(files()["it's \"odd\" $HOME.txt"], b"odd");
    assert_eq!(files()["café/+#% *[a].txt"], b"odd");
    assert!(!files().contains_key("analyses/two/index.html"));
    publish(&site, &["--rollback"], &environment).succeeds();
    let mut back = files();
    back.remove("app.4b0c12de.css").expect("cached pages may still ask for it");
    assert_eq!(back, first);
    let left: Vec<_> = fs::read_dir(site.around().join("w w w/.dateline")).expect("it is there").collect();
    assert!(left.is_empty(), "no lock is left: {left:?}");
    let releases = fs::read_dir(site.around().join("w w w/releases")).expect("it is there").count();
    assert_eq!(releases, 1, "the one that was rolled back to");
}

#[test]
fn a_publish_that_is_under_way_is_not_disturbed() {
    let Some((_machine, site, path)) = remote("rsync", "") else { return };
    fs::create_dir_all(site.around().join("w w w/.dateline/lock")).expect("a lock");
    publish(&site, &[], &[("PATH", &path)]).exits(3).says("another publish is under way");
    assert!(!site.around().join("w w w/current").exists());
}

/// Publishes over sftp, and gives what a visitor finds.
fn over_sftp() -> Option<(Machine, Site, String)> {
    let there = remote("sftp", "Subsystem sftp internal-sftp\nForceCommand internal-sftp")?;
    publish(&there.1, &[], &[("PATH", &there.2)]).succeeds();
    Some(there)
}

#[test]
fn over_sftp_only_what_changed_is_sent() {
    let Some((_machine, site, path)) = over_sftp() else { return };
    let current = || fs::canonicalize(site.around().join("w w w/current")).expect("it is there");
    let about = |name: &str| {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(current().join(name)).expect("it is there").ino()
    };
    let names = fs::read_dir(current()).expect("it is there").map(|file| file.expect("a file").file_name());
    let sheet = names.filter_map(|name| name.into_string().ok()).find(|name| name.starts_with("style."));
    let sheet = sheet.expect("a style sheet");
    let (style, page) = (about(&sheet), about("analyses/one/index.html"));
    change(&site);
    publish(&site, &[], &[("PATH", &path)]).succeeds();
    assert_eq!(about(&sheet), style, "it has a second name");
    assert_ne!(about("analyses/one/index.html"), page);
}

#[test]
fn over_sftp_a_lock_holds_while_its_owner_lives() {
    let Some((_machine, site, path)) = over_sftp() else { return };
    change(&site);
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").expect("Linux");
    let space = fs::read_link("/proc/self/ns/pid").expect("Linux");
    let lock = |process: u32| {
        let owner = serde_json::json!({
            "machine": "here", "space": format!("{} {}", boot.trim(), space.display()),
            "process": process, "started": "2026-06-01T00:00:00Z",
        });
        let now = jiff::Timestamp::now();
        let lock = serde_json::json!({ "owner": owner, "renewed": now, "generation": 2, "sent": [], "deleted": [] });
        fs::write(site.around().join("w w w/.dateline/lock.json"), lock.to_string()).expect("it is written");
    };
    let before = fs::read_link(site.around().join("w w w/current")).expect("a link");
    lock(std::process::id());
    publish(&site, &[], &[("PATH", &path)]).exits(3).says("another publish is under way");
    assert_eq!(fs::read_link(site.around().join("w w w/current")).expect("a link"), before);
    // A process that is dead, and the half of a release that it left.
    lock(u32::MAX);
    let half = site.around().join("w w w/releases/2.new");
    fs::create_dir_all(half.join(".dateline")).expect("a folder");
    let manifest = fs::read(site.around().join("w w w/current/.dateline/publish.json")).expect("it is there");
    fs::write(half.join(".dateline/publish.json"), manifest).expect("a file");
    fs::write(half.join("index.html"), "half").expect("a file");
    publish(&site, &[], &[("PATH", &path)]).succeeds();
    assert!(site.around().join("w w w/current/analyses/three/index.html").exists());
    assert!(!half.exists());
}

#[test]
fn over_sftp_what_others_keep_in_the_site_moves_on_or_stops_it() {
    let Some((_machine, site, path)) = over_sftp() else { return };
    fs::write(site.around().join("w w w/current/their *notes*.txt"), "theirs").expect("a file");
    change(&site);
    publish(&site, &[], &[("PATH", &path)]).succeeds();
    let notes = fs::read(site.around().join("w w w/current/their *notes*.txt"));
    assert_eq!(notes.expect("it is there"), b"theirs");
    fs::create_dir(site.around().join("w w w/current/theirs")).expect("a folder");
    site.put("static/new.txt", "new");
    publish(&site, &[], &[("PATH", &path)]).exits(3).says("the folder `theirs`");
}

#[test]
fn over_sftp_keep_forgets_old_releases() {
    let Some((_machine, site, path)) = over_sftp() else { return };
    let settings = fs::read_to_string(site.path("site.toml")).expect("it is there");
    site.put("site.toml", settings + "keep = 1\n");
    for n in 0..3 {
        site.put("static/note.txt", format!("{n}"));
        publish(&site, &[], &[("PATH", &path)]).succeeds();
    }
    let releases = fs::read_dir(site.around().join("w w w/releases")).expect("it is there");
    let mut names: Vec<_> = releases.filter_map(Result::ok).map(|entry| entry.file_name()).collect();
    names.sort();
    assert_eq!(names, ["3", "4"]);
}
