//! Other servers than the one that most tests ask: moto, rclone and Azurite. `./test` installs them.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use super::server::{BUCKET, KEY, SECRET, target};
use super::web::{Address, Web, folder, free_port};
use super::{change, publish, site, strange, url};

/// A door before a server, which writes down all that goes in.
struct Ear {
    port: u16,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Ear {
    /// Listens before a port, until the test is over.
    fn before(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let ear = Self { port: listener.local_addr().expect("an address").port(), heard: Arc::default() };
        let heard = Arc::clone(&ear.heard);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else { continue };
                let (Ok(answers), Ok(back)) = (server.try_clone(), client.try_clone()) else { continue };
                let heard = Arc::clone(&heard);
                std::thread::spawn(move || pass(client, server, &|bytes| heard.lock().expect("heard").extend(bytes)));
                std::thread::spawn(move || pass(answers, back, &|_| ()));
            }
        });
        ear
    }

    /// Takes what was heard since it was taken last.
    fn heard(&self) -> String {
        String::from_utf8_lossy(&std::mem::take(&mut *self.heard.lock().expect("heard"))).into_owned()
    }
}

/// Passes bytes on to their end.
fn pass(mut from: TcpStream, mut to: TcpStream, hear: &dyn Fn(&[u8])) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(some) = from.read(&mut bytes) {
        hear(&bytes[..some]);
        if some == 0 || to.write_all(&bytes[..some]).is_err() {
            break;
        }
    }
    // The other side may be gone already.
    let _ = to.shutdown(Shutdown::Write);
}

/// Names a program that `./test` installs.
fn installed(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Publishes, publishes again, changes, and rolls back.
///
/// `read` gives an object as the host has it.
fn publishes(target: &str, ear: &Ear, environment: &[(&str, &str)], read: &dyn Fn(&str) -> Option<Vec<u8>>) {
    let site = site(target);
    let names = strange(24);
    for name in &names {
        site.put(&format!("static/odd/{name}"), name);
    }
    let environment = &[environment, &[("HOME", "/nonexistent"), ("NO_PROXY", "127.0.0.1")]].concat()[..];
    let staged = || {
        let folder = site.path(".dateline/publish/live/staged");
        let files = crate::tree::Tree::of(&folder).site();
        files.files().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect::<BTreeMap<_, _>>()
    };
    let stands = |files: &BTreeMap<String, Vec<u8>>| {
        for (path, bytes) in files {
            assert!(read(path).as_ref() == Some(bytes), "{path} is there, byte for byte");
        }
    };
    publish(&site, &[], environment).succeeds();
    let first = staged();
    assert!(first.len() > names.len());
    stands(&first);

    ear.heard();
    let again = publish(&site, &[], environment);
    again.succeeds();
    assert_eq!(again.json()["published"], false);
    let heard = ear.heard();
    assert!(heard.contains("GET /"), "{heard}");
    for write in ["PUT /", "POST /", "DELETE /"] {
        assert!(!heard.contains(write), "{heard}");
    }

    change(&site);
    publish(&site, &[], environment).succeeds();
    stands(&staged());
    assert!(read("analyses/three/index.html").is_some() && read("analyses/two/index.html").is_none());

    publish(&site, &["--rollback"], environment).succeeds();
    stands(&first);
    assert!(read("analyses/three/index.html").is_none());
    assert!(read(".dateline/pending.json").is_none());
}

const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET)];

#[test]
fn moto_is_published_to() {
    let port = free_port();
    let mut command = Command::new(installed("target/hosts/bin/moto_server"));
    command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
    let Some(web) = Web::start("moto", port, folder(), &mut command) else { return };
    assert!(web.address().ask("PUT", &format!("/{BUCKET}"), "").is_ok(), "a bucket is made");
    let ear = Ear::before(port);
    // Whoever names a key may read, whatever the key.
    let named = "Authorization: AWS4-HMAC-SHA256 Credential=any/20260601/eu-test-1/s3/aws4_request\r\n";
    let read = |path: &str| {
        let answer = web.get(&format!("/{BUCKET}/{}", url(path)), named);
        answer.is_ok().then_some(answer.body)
    };
    publishes(&target(&format!("127.0.0.1:{}", ear.port)), &ear, &KEYS, &read);
    let front = web.get(&format!("/{BUCKET}/index.html"), named).head;
    assert!(front.contains("content-type: text/html; charset=utf-8"), "{front}");
    assert!(front.contains("cache-control: no-cache"), "{front}");
}

/// rclone has no preconditions.
#[test]
fn rclone_is_published_to() {
    let (port, dir) = (free_port(), folder());
    let bucket = dir.path().join(BUCKET);
    std::fs::create_dir(&bucket).expect("a bucket");
    let mut command = Command::new(installed("target/hosts/bin/rclone"));
    command.args(["serve", "s3", "--addr", &format!("127.0.0.1:{port}"), "--auth-key", &format!("{KEY},{SECRET}")]);
    command.arg("--config").arg(dir.path().join("rclone.conf")).arg(dir.path());
    let Some(_web) = Web::start("rclone", port, dir, &mut command) else { return };
    let ear = Ear::before(port);
    let read = |path: &str| std::fs::read(bucket.join(path)).ok();
    let target = format!("{}\nconditional = false", target(&format!("127.0.0.1:{}", ear.port)));
    publishes(&target, &ear, &KEYS, &read);
}

/// The account and the key that every Azurite has.
const AZURE: [(&str, &str); 2] = [
    ("AZURE_STORAGE_ACCOUNT_NAME", "devstoreaccount1"),
    (
        "AZURE_STORAGE_ACCOUNT_KEY",
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
    ),
];

#[test]
fn azurite_is_published_to() {
    let (port, dir) = (free_port(), folder());
    let mut command = Command::new(installed("tests/hosts/node_modules/.bin/azurite-blob"));
    command
        .args([
            "--silent",
            "--disableTelemetry",
            "--skipApiVersionCheck",
            "--blobPort",
            &port.to_string(),
            "--location",
        ])
        .arg(dir.path());
    let Some(_web) = Web::start("Azurite", port, dir, &mut command) else { return };
    let mut make = Command::new("node");
    make.arg(installed("tests/hosts/container.js")).args([&port.to_string(), BUCKET]);
    assert!(make.status().expect("node runs").success(), "a container is made");
    let ear = Ear::before(port);
    let account = AZURE[0].1;
    let read = |path: &str| {
        let answer = Address(port).get(&format!("/{account}/{BUCKET}/{}", url(path)), "");
        answer.is_ok().then_some(answer.body)
    };
    let target =
        format!("kind = \"azure\"\nbucket = \"{BUCKET}\"\nendpoint = \"http://127.0.0.1:{}/{account}\"", ear.port);
    publishes(&target, &ear, &AZURE, &read);
    let front = Address(port).get(&format!("/{account}/{BUCKET}/index.html"), "").head;
    assert!(front.contains("content-type: text/html; charset=utf-8"), "{front}");
    assert!(front.contains("cache-control: no-cache"), "{front}");
}
