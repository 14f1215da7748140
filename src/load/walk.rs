//! The folder at the edge: which files there are.

use std::ffi::OsStr;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::files::unreadable;
use crate::diagnostic::Diagnostic;
use crate::text::Place;

/// A regular file below the folder that was walked; nothing has been read of it yet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FoundFile {
    /// Its path relative to the site's root, with `/` between folders.
    pub rel: Arc<str>,
    /// Where it is on disk: the root that was given, and the relative path.
    pub path: PathBuf,
}

/// Finds the files below `root/folder`, in the order of their relative paths' bytes.
///
/// What editors leave behind (`x~`, `x.swp`, `#x#`, `.#x`) is passed over, and names that start with `.`: all of them
/// but in a folder named `static`, whose `.well-known` and `.nojekyll` a site needs; there `.git` and `.DS_Store`
/// alone. The folder itself may be a link that stays inside the root. Links below it are followed as long as they
/// stay inside the folder, but no linked folder inside a linked folder: so no loop and no maze of links can make the
/// walk longer than links times files.
///
/// # Errors
/// Each with the path it was at: `symlink-outside`, `symlink-loop`, `not-a-file` (a pipe, socket or device, which is
/// never opened), `unreadable`, `file-name` (not UTF-8). The other files are found all the same.
pub fn walk(root: &Path, folder: &str) -> (Vec<FoundFile>, Vec<Diagnostic>) {
    let top = root.join(folder);
    let inside = match fs::canonicalize(&top) {
        Ok(inside) => inside,
        Err(error) => return (Vec::new(), vec![unreadable(&Place::file(&shown(root, &top)), &error)]),
    };
    if !fs::canonicalize(root).is_ok_and(|root| inside.starts_with(root)) {
        let message = "this folder is a link that leaves the site";
        let place = Place::file(&shown(root, &top));
        return (Vec::new(), vec![Diagnostic::error("symlink-outside", message).at(place)]);
    }
    let walk = Walk { root, inside: &inside, names: Names::of_folder(folder) };
    let (mut found, mut diagnostics) = (Vec::new(), Vec::new());
    let mut linked_at = None;
    let mut entries = WalkDir::new(&top).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                diagnostics.extend(walk.error(&error));
                continue;
            }
        };
        linked_at = linked_at.filter(|depth| entry.depth() > *depth);
        match walk.look(&entry, linked_at.is_some()) {
            Ok(Seen::File(file)) => found.push(file),
            Ok(Seen::Folder) if entry.path_is_symlink() && entry.depth() > 0 => linked_at = Some(entry.depth()),
            Ok(Seen::Folder) => {}
            Ok(Seen::PassedOver) => skip(&mut entries, &entry),
            Err(diagnostic) => {
                diagnostics.push(*diagnostic);
                skip(&mut entries, &entry);
            }
        }
    }
    found.sort();
    (found, diagnostics)
}

/// Tells whether [`walk`] passes over a path in a folder, for its own name or for that of a folder above it.
pub fn passes_over(folder: &str, rel: &str) -> bool {
    let below = rel.strip_prefix(folder).unwrap_or(rel);
    below.split('/').any(|name| Names::of_folder(folder).pass_over(OsStr::new(name)))
}

/// What an entry of a folder is to the walk.
enum Seen {
    File(FoundFile),
    Folder,
    PassedOver,
}

/// A walk through one folder.
struct Walk<'w> {
    root: &'w Path,
    /// Where the folder really is, which no link may leave.
    inside: &'w Path,
    names: Names,
}

impl Walk<'_> {
    /// Looks at an entry, without opening it; `linked` says that a folder above it is a link.
    fn look(&self, entry: &DirEntry, linked: bool) -> Result<Seen, Box<Diagnostic>> {
        let path = entry.path();
        let below = entry.depth() > 0;
        if below && self.names.pass_over(entry.file_name()) {
            return Ok(Seen::PassedOver);
        }
        let error = |code, message: &str| {
            Err(Box::new(Diagnostic::error(code, message).at(Place::file(&shown(self.root, path)))))
        };
        if below && entry.path_is_symlink() {
            if !fs::canonicalize(path).is_ok_and(|target| target.starts_with(self.inside)) {
                return error("symlink-outside", "this link leaves the folder that it is in");
            }
            if linked && entry.file_type().is_dir() {
                return error("symlink-loop", "a linked folder inside a linked folder is not followed");
            }
        }
        if entry.file_type().is_dir() {
            return Ok(Seen::Folder);
        }
        if !entry.file_type().is_file() {
            return error("not-a-file", "this is a pipe, a socket or a device, not a file");
        }
        match relative(self.root, path) {
            Some(rel) => Ok(Seen::File(FoundFile { rel, path: path.to_owned() })),
            None => error("file-name", "the name of this file is not UTF-8"),
        }
    }

    /// Makes a diagnostic of an entry that could not be looked at, unless its name is passed over anyway.
    ///
    /// Emacs marks a file that is being edited with a hidden link to nowhere, which must not stop a build.
    fn error(&self, error: &walkdir::Error) -> Option<Diagnostic> {
        let path = error.path().unwrap_or(self.root);
        if path.file_name().is_some_and(|name| self.names.pass_over(name)) {
            return None;
        }
        let place = Place::file(&shown(self.root, path));
        Some(match error.io_error() {
            Some(error) => unreadable(&place, error),
            None => Diagnostic::error("symlink-loop", "this link leads back to a folder that it is in").at(place),
        })
    }
}

/// Keeps the walk out of a folder that was not accepted.
fn skip(entries: &mut walkdir::IntoIter, entry: &DirEntry) {
    if entry.file_type().is_dir() {
        entries.skip_current_dir();
    }
}

/// Which names a folder is walked without.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Names {
    /// Whatever is hidden, where files are written by hand and read by this program.
    Hidden,
    /// Only what no site publishes, where files are published as they are.
    Litter,
}

impl Names {
    fn of_folder(folder: &str) -> Self {
        if folder.rsplit('/').next() == Some("static") { Self::Litter } else { Self::Hidden }
    }

    /// Tells files that are not part of the site, and the leavings of editors, by their names.
    fn pass_over(self, name: &OsStr) -> bool {
        let name = name.as_encoded_bytes();
        (name.starts_with(b".") && self == Self::Hidden)
            || matches!(name, b".git" | b".DS_Store")
            || name.starts_with(b".#")
            || name.ends_with(b"~")
            || name.ends_with(b".swp")
            || (name.starts_with(b"#") && name.ends_with(b"#"))
    }
}

/// Returns a path relative to the root with `/` between folders, if its names are UTF-8.
fn relative(root: &Path, path: &Path) -> Option<Arc<str>> {
    let rel = path.strip_prefix(root).unwrap_or(path).to_str()?;
    Some(if MAIN_SEPARATOR == '/' { rel.into() } else { rel.replace(MAIN_SEPARATOR, "/").into() })
}

/// Returns the relative path for a message, with what is not UTF-8 replaced.
fn shown(root: &Path, path: &Path) -> Arc<str> {
    relative(root, path)
        .unwrap_or_else(|| path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned().into())
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::load::read_text;

    /// Makes a site of empty files in a temporary folder.
    fn site(files: &[&str]) -> tempfile::TempDir {
        let site = tempfile::tempdir().expect("a folder");
        for file in files {
            let path = site.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, "").expect("a file");
        }
        site
    }

    /// Walks `content`, and shows the files, then the code and path of each diagnostic in order.
    fn walked(root: &Path) -> (Vec<String>, Vec<(&'static str, String)>) {
        let (files, diagnostics) = walk(root, "content");
        for file in &files {
            assert!(file.path.is_file() && file.path.ends_with(&*file.rel));
        }
        let place = |d: Diagnostic| (d.code, d.place.map_or(String::new(), |place| place.file.to_string()));
        let mut diagnostics: Vec<_> = diagnostics.into_iter().map(place).collect();
        diagnostics.sort();
        (files.into_iter().map(|file| file.rel.to_string()).collect(), diagnostics)
    }

    #[test]
    fn files_come_in_the_order_of_their_paths_bytes() {
        let site = site(&["content/b.md", "content/a/x.md", "content/a.md", "content/a-b.md", "other/c.md"]);
        let expected = ["content/a-b.md", "content/a.md", "content/a/x.md", "content/b.md"].map(str::to_owned);
        assert_eq!(walked(site.path()), (expected.to_vec(), vec![]));
    }

    #[test]
    fn hidden_files_and_backups_are_passed_over() {
        let site = site(&[
            "content/.git/x.md",
            "content/.a.md",
            "content/a.md~",
            "content/.a.md.swp",
            "content/a.swp",
            "content/#a.md#",
            "content/#a.md",
        ]);
        assert_eq!(walked(site.path()), (vec!["content/#a.md".to_owned()], vec![]));
    }

    #[test]
    fn a_static_folder_keeps_its_hidden_files() {
        let names =
            [".well-known/security.txt", ".nojekyll", ".git/config", ".DS_Store", ".#a.css", ".a.css.swp", "a.css~"];
        for folder in ["static", "themes/x/static"] {
            let files = names.map(|name| format!("{folder}/{name}"));
            let site = site(&files.each_ref().map(String::as_str));
            let found: Vec<_> = walk(site.path(), folder).0.into_iter().map(|file| file.rel.to_string()).collect();
            assert_eq!(found, [".nojekyll", ".well-known/security.txt"].map(|name| format!("{folder}/{name}")));
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_leads_out_of_the_site_is_refused() {
        use std::os::unix::fs::symlink;
        let outside = site(&["x.md", "x/y.md"]);
        let site = site(&["pages/a.md"]);
        let content = site.path().join("content");
        symlink(outside.path(), &content).expect("a link");
        assert_eq!(walked(site.path()), (vec![], vec![("symlink-outside", "content".to_owned())]));
        assert_eq!(walk(site.path(), "content/x").1.first().map(|d| d.code), Some("symlink-outside"));
        fs::remove_file(&content).expect("no link");
        symlink("pages", &content).expect("a link");
        assert_eq!(walked(site.path()), (vec!["content/a.md".to_owned()], vec![]));
    }

    #[test]
    fn a_missing_folder_is_an_error() {
        let site = site(&["a.md"]);
        assert_eq!(walked(site.path()), (vec![], vec![("unreadable", "content".to_owned())]));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_inside_the_folder_alone() {
        use std::os::unix::fs::symlink;
        let site = site(&["content/a/x.md", "content/b.md", "content-2/y.md", "secret.md"]);
        let content = site.path().join("content");
        for (target, link) in [
            ("a", "folder"),
            ("b.md", "file.md"),
            ("../secret.md", "out.md"),
            ("../content-2", "out"),
            ("..", "up"),
            (".", "loop"),
            ("nowhere", "broken.md"),
            ("nowhere", ".#lock"),
        ] {
            symlink(target, content.join(link)).expect("a link");
        }
        symlink("../a", content.join("a/again")).expect("a link");
        symlink("../folder", content.join("a/maze")).expect("a link");
        let (files, diagnostics) = walked(site.path());
        assert_eq!(
            files,
            ["content/a/x.md", "content/b.md", "content/file.md", "content/folder/x.md"].map(str::to_owned)
        );
        let expected = [
            ("symlink-loop", "content/a/again"),
            ("symlink-loop", "content/a/maze"),
            ("symlink-loop", "content/folder/again"),
            ("symlink-loop", "content/folder/maze"),
            ("symlink-loop", "content/loop"),
            ("symlink-outside", "content/out"),
            ("symlink-outside", "content/out.md"),
            ("symlink-outside", "content/up"),
            ("unreadable", "content/broken.md"),
        ];
        assert_eq!(diagnostics, expected.map(|(code, file)| (code, file.to_owned())));
    }

    #[cfg(unix)]
    #[test]
    fn a_maze_of_links_is_walked_in_no_time() {
        use std::os::unix::fs::symlink;
        let files: Vec<_> = (0..40).map(|n| format!("content/{n}/x.md")).collect();
        let site = site(&files.iter().map(String::as_str).collect::<Vec<_>>());
        for n in 0..39 {
            for link in ["left", "right"] {
                symlink(format!("../{}", n + 1), site.path().join(format!("content/{n}/{link}"))).expect("a link");
            }
        }
        assert_eq!(walked(site.path()).0.len(), 40 + 2 * 39);
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_and_never_opened() {
        let site = site(&["content/a.md"]);
        let pipe = site.path().join("content/pipe.md");
        assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
        let (files, diagnostics) = walked(site.path());
        assert_eq!(files, ["content/a.md"]);
        assert_eq!(diagnostics, [("not-a-file", "content/pipe.md".to_owned())]);
        assert_eq!(read_text(&pipe, &"pipe.md".into()).map_err(|d| d.code), Err("not-a-file"));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_that_is_not_utf8_is_refused() {
        use std::os::unix::ffi::OsStrExt;
        let site = site(&["content/a.md"]);
        fs::write(site.path().join("content").join(OsStr::from_bytes(b"b\xff.md")), "").expect("a file");
        let (files, diagnostics) = walked(site.path());
        assert_eq!(files, ["content/a.md"]);
        assert_eq!(diagnostics, [("file-name", "content/b\u{fffd}.md".to_owned())]);
    }
}
