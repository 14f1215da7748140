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
fn machine(around: &Path) -> Option<Machine> {
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
        "ListenAddress 127.0.0.1:{port}\nHostKey {}\nAuthorizedKeysFile {}\nStrictModes no\nPidFile none\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\n",
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

/// Makes a site that is published over SSH into the folder `www` beside it.
fn remote() -> Option<(Machine, Site, String)> {
    let site = site("");
    let machine = machine(site.around())?;
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", machine.tools.display());
    let settings = fs::read_to_string(site.path("site.toml")).expect("it is there");
    let target = format!("kind = \"ssh\"\nhost = \"127.0.0.1\"\npath = {:?}\n", site.around().join("w w w"));
    site.put("site.toml", settings + &target);
    Some((machine, site, path))
}

#[test]
fn releases_are_sent_swapped_and_brought_back() {
    let Some((_machine, site, path)) = remote() else { return };
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
    publish(&site, &[], &environment).succeeds();
    visitor.met_nothing_broken();
    assert_eq!(files()["it's \"odd\" $HOME.txt"], b"odd");
    assert!(!files().contains_key("analyses/two/index.html"));
    publish(&site, &["--rollback"], &environment).succeeds();
    let mut back = files();
    back.remove("app.4b0c12de.css").expect("cached pages may still ask for it");
    assert_eq!(back, first);
    assert!(!site.around().join("w w w/.dateline/lock").exists());
}

#[test]
fn a_publish_that_is_under_way_is_not_disturbed() {
    let Some((_machine, site, path)) = remote() else { return };
    fs::create_dir_all(site.around().join("w w w/.dateline/lock")).expect("a lock");
    publish(&site, &[], &[("PATH", &path)]).exits(3).says("another publish is under way");
    assert!(!site.around().join("w w w/current").exists());
}
