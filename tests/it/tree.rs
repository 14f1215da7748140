//! A folder as one value, to be compared byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

/// The files below a folder, by their paths with `/` between folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree(BTreeMap<String, Vec<u8>>);

impl Tree {
    /// Reads a folder, or none where there is none.
    pub(crate) fn of(folder: &Path) -> Self {
        if !folder.exists() {
            return Self::default();
        }
        let files = WalkDir::new(folder).into_iter().map(|entry| entry.expect("the folder is read"));
        let files = files.filter(|entry| entry.file_type().is_file());
        let file = |entry: walkdir::DirEntry| {
            let path = entry.path().strip_prefix(folder).expect("it is below").to_str().expect("a name in UTF-8");
            (path.replace('\\', "/"), fs::read(entry.path()).expect("a file is read"))
        };
        Self(files.map(file).collect())
    }

    /// Writes the files below a folder.
    pub(crate) fn write(&self, folder: &Path) {
        for (path, bytes) in &self.0 {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders");
            fs::write(path, bytes).expect("a file");
        }
    }

    /// Takes out what Dateline keeps for itself, so that the site alone remains.
    pub(crate) fn site(mut self) -> Self {
        self.0.retain(|path, _| !path.starts_with(".dateline/"));
        self
    }

    /// Gives the theme's files names without their hashes, so that a change of a sheet is no change of every page.
    pub(crate) fn without_hashes(self) -> Self {
        let plain = |(path, bytes): (String, Vec<u8>)| {
            let bytes =
                String::from_utf8(bytes).map_or_else(|raw| raw.into_bytes(), |text| unhashed(&text).into_bytes());
            (unhashed(&path), bytes)
        };
        Self(self.0.into_iter().map(plain).collect())
    }

    /// Adds the files of another folder that this one has not.
    pub(crate) fn over(mut self, below: Self) -> Self {
        for (path, bytes) in below.0 {
            self.0.entry(path).or_insert(bytes);
        }
        self
    }

    /// Leaves out what another folder has just so.
    pub(crate) fn without(mut self, other: &Self) -> Self {
        self.0.retain(|path, bytes| other.0.get(path) != Some(bytes));
        self
    }

    /// Goes over the files in the order of their paths.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// Goes over the pages as text.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = |bytes| std::str::from_utf8(bytes).expect("a page is UTF-8");
        self.files().filter(|(path, _)| path.ends_with(".html")).map(move |(path, bytes)| (path, text(bytes)))
    }

    /// Tells whether there is a file.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Lists the paths.
    pub(crate) fn paths(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// Asserts that two folders are equal, and shows the first difference of each file where they are not.
    #[track_caller]
    pub(crate) fn assert_equals(&self, expected: &Self, what: &str) {
        let paths = self.0.keys().chain(expected.0.keys()).collect::<std::collections::BTreeSet<_>>();
        let differences: Vec<String> = paths
            .into_iter()
            .filter_map(|path| match (self.0.get(path), expected.0.get(path)) {
                (Some(found), Some(expected)) if found == expected => None,
                (Some(found), Some(expected)) => Some(format!("{path}: {}", first_difference(found, expected))),
                (Some(_), None) => Some(format!("{path}: nobody expected it")),
                (None, _) => Some(format!("{path}: it is missing")),
            })
            .collect();
        assert!(differences.is_empty(), "{what}:\n{}", differences.join("\n"));
    }
}

/// Shows the first line in which two texts differ.
fn first_difference(found: &[u8], expected: &[u8]) -> String {
    let [found, expected] = [found, expected].map(String::from_utf8_lossy);
    let (mut found, mut expected) = (found.split('\n'), expected.split('\n'));
    let mut number = 0;
    loop {
        number += 1;
        match (found.next(), expected.next()) {
            (found, expected) if found == expected && found.is_some() => {}
            (found, expected) => {
                let [found, expected] = [found, expected].map(|line| line.unwrap_or("the end of the file"));
                return format!("line {number}\n    expected: {expected}\n    found:    {found}");
            }
        }
    }
}

/// Takes hashes out of names: `style.b3f9a01bcd45e6f7.css` is `style.css`.
pub(crate) fn unhashed(text: &str) -> String {
    let is_hash = |part: &str| {
        part.len() == 16
            && part.starts_with(|c| ('a'..='f').contains(&c))
            && part.bytes().all(|b| b.is_ascii_hexdigit())
    };
    let mut parts = text.split('.');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts.filter(|part| !is_hash(part)) {
        plain.push('.');
        plain.push_str(part);
    }
    plain
}
