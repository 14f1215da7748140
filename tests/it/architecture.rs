//! The house stands as it is drawn: a module uses only those above it, and only the edges touch the world.

use std::collections::BTreeSet;
use std::path::Path;

use crate::tree::Tree;

/// The modules from the top down; each may use those above it.
const ORDER: [&str; 24] = [
    "text",
    "diagnostic",
    "media",
    "speech",
    "value",
    "load",
    "config",
    "ids",
    "prose",
    "model",
    "link",
    "pages",
    "export",
    "check",
    "suggest",
    "render",
    "theme_files",
    "site",
    "emit",
    "build",
    "publish",
    "report",
    "preview",
    "cli",
];

/// The modules that may touch the file system.
const EDGES: [&str; 8] = ["load", "theme_files", "site", "emit", "build", "publish", "preview", "cli"];

/// What reaches for the world outside.
const WORLD: [&str; 6] = ["std::fs", "fs::read", "File::open", "std::net", "std::process", "tempfile::"];

/// The modules that may ask for what differs from run to run: `site` reads the program itself, and nothing else;
/// `publish` credentials and the clock that leases are held against; `preview` measures how long it takes.
const ASKS: [&str; 4] = ["site", "publish", "preview", "cli"];

/// What differs from run to run.
const CHANCE: [&str; 7] =
    ["SystemTime::now", "Instant::now", "Timestamp::now", "Zoned::now", "std::env", "env::var", "rand::"];

/// What prints.
const PRINT: [&str; 6] = ["println!", "eprintln!", " print!(", "dbg!(", "stdout()", "stderr()"];

/// A source file: its module, its path, and its text without tests and comments.
struct Source {
    module: String,
    path: String,
    code: String,
}

fn sources() -> Vec<Source> {
    let tree = Tree::of(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    let is_code = |path: &str| {
        path.ends_with(".rs")
            && !["lib.rs", "main.rs"].contains(&path)
            && !path.ends_with("tests.rs")
            && !path.contains("/tests/")
    };
    let files = tree.files().filter(|(path, _)| is_code(path));
    let source = |(path, bytes): (&str, &[u8])| {
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        let product = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
        let lines = product.lines().filter(|line| !line.trim_start().starts_with("//"));
        let module = path.split(['/', '.']).next().expect("a name").to_owned();
        Source { module, path: path.to_owned(), code: lines.collect::<Vec<_>>().join("\n") }
    };
    files.map(source).collect()
}

/// Finds the modules that a text names: `crate::link::…`, and each of `crate::{link, pages::…}`.
fn used(code: &str) -> BTreeSet<&str> {
    let name =
        |text: &'_ str| text.split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::len).unwrap_or_default();
    let mut used = BTreeSet::new();
    // The program is a crate of its own, which names the library.
    let starts = ["crate::", "dateline::"].into_iter().flat_map(|start| code.match_indices(start));
    for (at, start) in starts {
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            None => drop(used.insert(&rest[..name(rest)])),
            Some(group) => {
                let (mut depth, mut start) = (0, true);
                for (at, c) in group.char_indices() {
                    match c {
                        '}' if depth == 0 => break,
                        '{' => depth += 1,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && !c.is_whitespace() => {
                            used.insert(&group[at..at + name(&group[at..])]);
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    used
}

#[test]
fn a_module_uses_only_those_above_it() {
    let rank = |module: &str| ORDER.iter().position(|known| *known == module);
    let mut wrong = Vec::new();
    for Source { module, path, code } in sources() {
        let own = rank(&module).unwrap_or_else(|| panic!("{path}: the module `{module}` has no place in the order"));
        for other in used(&code) {
            if rank(other).is_some_and(|other| other > own) {
                wrong.push(format!("{path} uses `{other}`, which stands below `{module}`"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_has_its_place() {
    let modules: BTreeSet<String> = sources().into_iter().map(|source| source.module).collect();
    assert_eq!(modules, ORDER.iter().map(|module| (*module).to_owned()).collect());
}

#[test]
fn only_the_edges_touch_the_world_and_only_the_command_line_prints() {
    let mut wrong = Vec::new();
    for Source { module, path, code } in sources() {
        let edge = EDGES.contains(&&*module);
        let forbidden = [(edge, &WORLD as &[&str]), (ASKS.contains(&&*module), &CHANCE), (module == "cli", &PRINT)];
        for (allowed, words) in forbidden {
            wrong.extend(
                words.iter().filter(|word| !allowed && code.contains(**word)).map(|word| format!("{path}: `{word}`")),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn uses_are_found_in_groups_too() {
    let found = used("use crate::{link::{a, b}, pages, model::c};\ncrate::text::Span");
    assert_eq!(found, BTreeSet::from(["link", "pages", "model", "text"]));
}
