//! Builds into real folders, seen from outside.

mod trouble;

use std::fs::File;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use walkdir::WalkDir;

use super::*;

/// A site's root with an output folder in it, which is not made yet.
struct Fixture {
    root: TempDir,
}

impl Fixture {
    fn new() -> Self {
        Self { root: tempfile::tempdir().expect("a temporary folder") }
    }

    fn out(&self) -> PathBuf {
        self.root.path().join("public")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.out().join(path)
    }

    fn open(&self) -> Result<Output, Error> {
        Output::open(&self.out(), &Protect { root: self.root.path(), home: None })
    }

    /// Builds a site of pages, each with its text, and tells how many were written, unchanged and removed.
    fn try_build(&self, pages: &[(&str, &str)]) -> Result<[usize; 3], Error> {
        let output = self.open()?;
        pages.iter().try_for_each(|(path, text)| output.put(path, Key(7), text.as_bytes()))?;
        output.commit().map(|done| [done.written, done.unchanged, done.removed])
    }

    fn build(&self, pages: &[(&str, &str)]) -> [usize; 3] {
        self.try_build(pages).unwrap_or_else(|error| panic!("{error}: {:?}", std::error::Error::source(&error)))
    }

    fn refusal(&self, pages: &[(&str, &str)]) -> String {
        let error = self.try_build(pages).expect_err("it is refused").to_string();
        error.replace(&self.root.path().canonicalize().expect("it is there").display().to_string(), "ROOT")
    }

    /// Puts a file there by another hand than Dateline's.
    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.at(path).parent().expect("it is in a folder")).expect("the folder is made");
        fs::write(self.at(path), text).expect("it is written");
    }

    /// Every file with its text and every folder, but for the manifest.
    fn tree(&self) -> Vec<String> {
        let entries = WalkDir::new(self.out()).min_depth(1).sort_by_file_name().into_iter().flatten();
        let shown = entries.map(|entry| {
            let path = entry.path().strip_prefix(self.out()).expect("it is below").display().to_string();
            match fs::read_to_string(entry.path()) {
                Ok(text) if !entry.path().ends_with(".dateline/manifest.json") => format!("{path} = {text}"),
                Ok(_) => path,
                Err(_) => path + "/",
            }
        });
        shown.filter(|line| !line.starts_with(".dateline")).collect()
    }

    fn hidden(&self) -> Vec<String> {
        let entries = fs::read_dir(self.at(".dateline")).expect("it is there").flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    /// Sets a file's time, in seconds from now.
    fn age(&self, path: &str, seconds: u64) {
        let time = SystemTime::now() - Duration::from_secs(seconds);
        File::options().append(true).open(self.at(path)).and_then(|file| file.set_modified(time)).expect("it is set");
    }

    fn modified(&self, path: &str) -> SystemTime {
        fs::metadata(self.at(path)).and_then(|about| about.modified()).expect("it is there")
    }
}

#[test]
fn a_first_build_makes_the_folder() {
    let site = Fixture::new();
    assert_eq!(site.build(&[("index.html", "home"), ("a/b/index.html", "page"), ("a/x", "x")]), [3, 0, 0]);
    assert_eq!(site.tree(), ["a/", "a/b/", "a/b/index.html = page", "a/x = x", "index.html = home"]);
    assert_eq!(site.hidden(), ["manifest.json"]);
}

#[test]
fn a_build_of_the_same_writes_nothing() {
    let site = Fixture::new();
    let pages = [("index.html", "home"), ("a/index.html", "page")];
    site.build(&pages);
    let files = ["index.html", "a/index.html", ".dateline/manifest.json"];
    files.iter().for_each(|path| site.age(path, if path.starts_with('.') { 50 } else { 100 }));
    let before = files.map(|path| site.modified(path));
    assert_eq!(site.build(&pages), [0, 2, 0]);
    assert_eq!(files.map(|path| site.modified(path)), before);
    assert_eq!(site.hidden(), ["manifest.json"]);
}

#[test]
fn only_what_changed_is_written() {
    let site = Fixture::new();
    site.build(&[("a", "one"), ("b/c", "two")]);
    ["a", "b/c"].iter().for_each(|path| site.age(path, 100));
    let before = site.modified("a");
    assert_eq!(site.build(&[("a", "one"), ("b/c", "2!!")]), [1, 1, 0]);
    assert_eq!(site.modified("a"), before);
    assert_eq!(site.tree(), ["a = one", "b/", "b/c = 2!!"]);
}

#[test]
fn a_page_is_kept_while_its_inputs_and_its_file_are_the_same() {
    let site = Fixture::new();
    site.build(&[("a", "one")]);
    let keep = |key| {
        let output = site.open().expect("it is opened");
        (output.keep("a", Key(key)).expect("the path is good"), output.keep("b", Key(key)).expect("the path is good"))
    };
    assert_eq!(keep(7), (true, false));
    assert_eq!(keep(8), (false, false));
    site.write("a", "two");
    assert_eq!(keep(7), (false, false));
    site.write("a", "one");
    assert_eq!(keep(7), (true, false));

    let output = site.open().expect("it is opened");
    assert!(output.keep("a", Key(7)).expect("the path is good"));
    assert_eq!(output.commit().expect("it is written"), Summary { unchanged: 1, ..Summary::default() });
    assert_eq!(site.tree(), ["a = one"]);
}

#[test]
fn a_new_key_reaches_the_manifest_though_the_page_is_the_same() {
    let site = Fixture::new();
    site.build(&[("a", "one")]);
    let output = site.open().expect("it is opened");
    output.put("a", Key(8), b"one").expect("it is put");
    assert_eq!(output.commit().expect("it is written").unchanged, 1);
    assert!(site.open().expect("it is opened").keep("a", Key(8)).expect("the path is good"));
}

#[test]
fn a_file_that_was_tampered_with_is_restored() {
    let site = Fixture::new();
    site.build(&[("a", "one"), ("b", "one"), ("c", "one")]);
    site.write("a", "two");
    site.write("b", "longer");
    fs::remove_file(site.at("c")).expect("it is removed");
    assert_eq!(site.build(&[("a", "one"), ("b", "one"), ("c", "one")]), [3, 0, 0]);
    assert_eq!(site.tree(), ["a = one", "b = one", "c = one"]);
}

#[test]
fn pages_that_are_gone_are_removed_with_their_folders() {
    let site = Fixture::new();
    site.build(&[("a", "a"), ("b/c/d", "d"), ("b/c/e/f", "f"), ("g/h", "h")]);
    site.write("g/mine.txt", "kept");
    assert_eq!(site.build(&[("a", "a")]), [0, 1, 3]);
    assert_eq!(site.tree(), ["a = a", "g/", "g/mine.txt = kept"]);
    assert_eq!(site.build(&[]), [0, 0, 1]);
    assert_eq!(site.tree(), ["g/", "g/mine.txt = kept"]);
}

#[test]
fn an_empty_folder_is_taken() {
    let site = Fixture::new();
    fs::create_dir(site.out()).expect("it is made");
    assert_eq!(site.build(&[("a/b", "b")]), [1, 0, 0]);
}

#[test]
fn a_build_that_is_dropped_leaves_no_trace() {
    let site = Fixture::new();
    drop(site.open().and_then(|output| output.put("a/b", None, b"page")));
    assert!(!site.out().exists());

    site.build(&[("a", "one")]);
    let output = site.open().expect("it is opened");
    output.put("a", None, b"two").expect("it is staged");
    output.put("b/c", None, b"three").expect("it is staged");
    assert_eq!(site.tree(), ["a = one"]);
    drop(output);
    assert_eq!(site.tree(), ["a = one"]);
    assert_eq!(site.hidden(), ["manifest.json"]);
}

#[test]
fn files_become_folders_and_folders_files() {
    let site = Fixture::new();
    site.build(&[("a", "file"), ("b/c/d", "deep"), ("b/e", "e"), ("z", "z")]);
    assert_eq!(site.build(&[("a/index.html", "page"), ("b", "file"), ("z", "z")]), [2, 1, 3]);
    assert_eq!(site.tree(), ["a/", "a/index.html = page", "b = file", "z = z"]);
    assert_eq!(site.build(&[("a", "file"), ("b/c/d", "deep"), ("z", "z")]), [2, 1, 2]);
    assert_eq!(site.tree(), ["a = file", "b/", "b/c/", "b/c/d = deep", "z = z"]);
}

#[test]
fn a_path_belongs_to_one_page() {
    let site = Fixture::new();
    assert_eq!(site.refusal(&[("a", ""), ("a", "")]), r#"two pages have the output path "a""#);
    let clash = r#"the output path "a/b" is one page and a folder of others"#;
    assert_eq!(site.refusal(&[("a/b", ""), ("a/b/c", "")]), clash);
    assert_eq!(site.refusal(&[("a/b/c/d", ""), ("a/b", "")]), clash);
    assert_eq!(site.refusal(&[("../a", "")]), r#"the output path "../a" has an empty, `.` or `..` part"#);
    assert!(!site.out().exists());
}

#[test]
fn the_manifest_knows_no_order_and_no_time() {
    let pages: Vec<_> = (0..200).map(|n| (format!("p{}/{n}/index.html", n % 7), n.to_string())).collect();
    let manifest = |pages: &mut dyn Iterator<Item = &(String, String)>| {
        let site = Fixture::new();
        let output = site.open().expect("it is opened");
        pages.for_each(|(path, text)| output.put(path, Key(1), text.as_bytes()).expect("it is put"));
        output.commit().expect("it is written");
        fs::read(site.at(".dateline/manifest.json")).expect("it is there")
    };
    let forwards = manifest(&mut pages.iter());
    assert_eq!(manifest(&mut pages.iter().rev()), forwards);

    let site = Fixture::new();
    let output = site.open().expect("it is opened");
    rayon::scope(|scope| {
        for (path, text) in &pages {
            let output = &output;
            scope.spawn(move |_| output.put(path, Key(1), text.as_bytes()).expect("it is put"));
        }
    });
    assert_eq!(output.commit().expect("it is written").written, 200);
    assert_eq!(fs::read(site.at(".dateline/manifest.json")).expect("it is there"), forwards);
}

#[test]
fn files_are_copied_small_and_large() {
    let site = Fixture::new();
    let large = vec![b'x'; 3 << 20];
    let sources = [("small", b"small".to_vec()), ("large", large)];
    let copy = || {
        let output = site.open().expect("it is opened");
        for (name, _) in &sources {
            output.copy(&format!("static/{name}"), &site.root.path().join(name)).expect("it is copied");
        }
        output.commit().expect("it is written")
    };
    for (name, bytes) in &sources {
        fs::write(site.root.path().join(name), bytes).expect("it is written");
    }
    assert_eq!(copy(), Summary { written: 2, ..Summary::default() });
    assert_eq!(fs::read(site.at("static/large")).expect("it is there"), sources[1].1);
    assert_eq!(copy(), Summary { unchanged: 2, ..Summary::default() });
    fs::write(site.root.path().join("large"), vec![b'y'; 3 << 20]).expect("it is written");
    assert_eq!(copy(), Summary { written: 1, unchanged: 1, removed: 0 });

    let output = site.open().expect("it is opened");
    let error = output.copy("x", site.root.path()).expect_err("it is a folder");
    assert!(error.to_string().starts_with("cannot read `"), "{error}");
}
