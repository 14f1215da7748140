//! Inputs whose expected diagnostics stand beside the line that they are about.
//!
//! `tests/diagnostics/<case>.md` is an analysis, `<case>.toml` is a site.toml, and a folder is laid over the site as it
//! is. Below a line stands what is expected of it, in a comment of its language:
//!
//! ```text
//! value = "lots of jobs"
//!          #^^^ error[bad-quantity]: there is no number here
//!          # help: an amount is a number such as …
//! ```
//!
//! The comment sign is the first mark: it stands below the first character that is meant, and the carets go on to the
//! last. In a body the sign is `<!--` and in a template `{#`; where fewer characters are meant than the sign has, their
//! number stands behind it, `<!--(2) error…`. A `>` in place of carets means that the place goes on below the line, and
//! `!` that the file as a whole is meant. What is said of the whole site stands in `site.toml` with `*`.
//!
//! Nothing is taken out of a file before it is checked. A diagnostic that nobody expects fails the case as one does
//! that does not come, and so does a help line that differs. `DATELINE_BLESS=1` writes what is found into the files, to
//! be read before it is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::fixture::{Finding, Site};
use crate::tree::Tree;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnostics");

/// Codes that no text file can show; each is a test of `bad_input`, `cli` or of a module.
const ELSEWHERE: &[&str] = &[
    "changed-meanwhile",
    "file-name",
    "forecasts-unsealed",
    "not-a-file",
    "not-utf8",
    "nul-byte",
    "symlink-loop",
    "symlink-outside",
    "too-large",
    "too-many-names",
    "unreadable",
];

#[test]
fn every_input_gets_the_diagnostics_beside_its_lines() {
    let cases: Vec<PathBuf> = sorted(fs::read_dir(CASES).expect("the inputs").map(|entry| entry.expect("one").path()));
    assert!(cases.len() > 20, "the inputs are there");
    let failed: Vec<String> = cases.iter().filter_map(|case| failure(case)).collect();
    assert!(failed.is_empty(), "{} of {} inputs:\n\n{}", failed.len(), cases.len(), failed.join("\n\n"));
}

#[test]
fn every_code_has_an_input() {
    let source = Tree::of(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    let mut codes = BTreeSet::new();
    for (path, bytes) in source.files().filter(|(path, _)| path.ends_with(".rs") && !path.ends_with("tests.rs")) {
        let text = std::str::from_utf8(bytes).expect(path);
        let product = text.split("#[cfg(test)]").next().unwrap_or_default();
        codes.extend(codes_in(path, product));
    }
    assert!(codes.len() > 40, "codes are found: {codes:?}");
    let inputs = Tree::of(Path::new(CASES));
    let texts: Vec<_> = inputs.files().map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
    let shown = |code: &str| ["error", "warning"].map(|severity| format!("{severity}[{code}]"));
    let missing: Vec<_> = codes
        .iter()
        .filter(|code| !ELSEWHERE.contains(&code.as_str()))
        .filter(|code| !texts.iter().any(|text| shown(code).iter().any(|shown| text.contains(shown.as_str()))))
        .collect();
    assert!(missing.is_empty(), "no input in tests/diagnostics shows {missing:?}");
}

/// Finds the codes that a source file reports: the first text of each call that starts a diagnostic.
fn codes_in<'t>(path: &str, text: &'t str) -> impl Iterator<Item = String> + use<'t> {
    const STARTS: [&str; 8] = [
        "Diagnostic::error(",
        "Diagnostic::warning(",
        "ProseProblem::error(",
        "ProseProblem::warning(",
        "reader.parse(",
        "self.parse(",
        ".quantity(",
        "error(",
    ];
    let constants = path.ends_with("problem.rs").then(|| after(text, "&str = "));
    let calls = STARTS.into_iter().flat_map(|start| after(text, start));
    calls.chain(constants.into_iter().flatten()).filter_map(|rest| {
        let code = rest.trim_start().strip_prefix('"')?.split('"').next()?;
        let kebab = code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        (kebab && !code.is_empty()).then(|| code.to_owned())
    })
}

fn after<'t>(text: &'t str, start: &'static str) -> Vec<&'t str> {
    text.match_indices(start).map(|(at, _)| &text[at + start.len()..]).collect()
}

/// Runs a case, and tells what is wrong with it.
fn failure(case: &Path) -> Option<String> {
    let files = files_of(case);
    if std::env::var_os("DATELINE_BLESS").is_some() {
        bless(case, &files);
        return None;
    }
    let expected: Vec<Expected> = files.iter().flat_map(|(name, text)| expectations(name, text)).collect();
    let found: Vec<Expected> = check(&files).iter().map(|finding| seen(finding, &expected)).collect();
    let (expected, found) = (sorted(expected), sorted(found));
    let only = |these: &[Expected], those: &[Expected]| -> String {
        these.iter().filter(|one| !those.contains(one)).map(|one| format!("    {one:?}\n")).collect()
    };
    (expected != found).then(|| {
        let (missing, extra) = (only(&expected, &found), only(&found, &expected));
        format!("{}\n  expected and not found:\n{missing}  found and not expected:\n{extra}", case.display())
    })
}

/// Gives the files of a case by the paths that they have in the site.
fn files_of(case: &Path) -> BTreeMap<String, String> {
    if case.is_dir() {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_owned()).expect("text");
        return Tree::of(case).files().map(|(path, bytes)| (path.to_owned(), text(bytes))).collect();
    }
    let name = case.file_name().and_then(|name| name.to_str()).expect("a name");
    let path = if name.ends_with(".toml") { "site.toml".to_owned() } else { format!("content/analyses/{name}") };
    BTreeMap::from([(path, fs::read_to_string(case).expect("a text"))])
}

/// Checks a site of some files, beside which it knows the company Acme, its unit Labs, and Ann, who leads it.
///
/// Rules that hardly an input is about are off: one that is has a site.toml of its own.
fn check(files: &BTreeMap<String, String>) -> Vec<Finding> {
    let site = Site::new()
        .file("content/companies/acme.md", "+++\nname = \"Acme\"\n+++\n")
        .file("content/companies/acme/labs.md", "+++\nname = \"Acme Labs\"\n+++\n")
        .file("content/people/ann.md", "+++\nname = \"Ann Abel\"\ncompany = \"acme\"\n+++\n")
        .file(
            "content/analyses/about-labs.md",
            "+++\ntitle = \"Labs\"\ndate = 2020-01-01\ncompanies = [\"acme/labs\"]\n+++\n",
        );
    for (path, text) in files {
        site.put(path, text);
    }
    let outcome = site.check();
    let findings = outcome.findings();
    outcome.exits(i32::from(findings.iter().any(|finding| finding.severity == "error")));
    findings
}

/// A diagnostic as a marker writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Expected {
    file: String,
    place: Mark,
    what: String,
    help: Option<String>,
}

/// The place that a marker means: a line, a column, and how far it goes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    Site,
    File,
    Part { line: u64, column: u64, length: u64 },
    GoesOn { line: u64, column: u64 },
}

/// Says what was found as a marker would; its help only where a marker wants one there.
fn seen(finding: &Finding, expected: &[Expected]) -> Expected {
    let place = match finding.region {
        None if finding.file.is_empty() => Mark::Site,
        None => Mark::File,
        Some([line, column, end, to]) if line == end => Mark::Part { line, column, length: to - column },
        Some([line, column, ..]) => Mark::GoesOn { line, column },
    };
    let file = if place == Mark::Site { "site.toml".to_owned() } else { finding.file.clone() };
    let what = format!("{}[{}]: {}", finding.severity, finding.code, finding.message);
    let helps =
        expected.iter().any(|one| one.file == file && one.place == place && one.what == what && one.help.is_some());
    Expected { file, place, what, help: finding.help.clone().filter(|_| helps) }
}

/// Reads the markers of a file.
fn expectations(file: &str, text: &str) -> Vec<Expected> {
    let (mut found, mut meant): (Vec<Expected>, u64) = (Vec::new(), 0);
    for (line, number) in text.lines().zip(1..) {
        match marker(line, meant) {
            Some(Marker::Start(place, what)) => found.push(Expected { file: file.to_owned(), place, what, help: None }),
            Some(Marker::Help(help)) => found.last_mut().expect("a diagnostic above its help").help = Some(help),
            None => meant = number,
        }
    }
    found
}

enum Marker {
    Start(Mark, String),
    Help(String),
}

/// Reads a line as a marker for the line with the number `meant`.
fn marker(line: &str, meant: u64) -> Option<Marker> {
    let written = line.trim_start();
    let column = u64::try_from(line.chars().count() - written.chars().count()).expect("it fits") + 1;
    let (sign, end) = SIGNS.iter().find(|(sign, _)| written.starts_with(sign))?;
    let rest = written[sign.len()..].trim_end().trim_end_matches(end).trim_end();
    if let Some(help) = rest.trim_start().strip_prefix("help: ") {
        return Some(Marker::Help(help.to_owned()));
    }
    let at = rest.find(" error[").or_else(|| rest.find(" warning["))?;
    let (marks, what) = (&rest[..at], rest[at..].trim_start().to_owned());
    let width = |marks: &str| u64::try_from(marks.len()).expect("it fits");
    let place = match marks {
        "*" => Mark::Site,
        "!" => Mark::File,
        ">" => Mark::GoesOn { line: meant, column },
        _ => {
            let number = marks.strip_prefix('(').and_then(|number| number.strip_suffix(')')?.parse().ok());
            Mark::Part { line: meant, column, length: number.unwrap_or(width(sign) + width(marks)) }
        }
    };
    Some(Marker::Start(place, what))
}

/// Comment signs with what ends them.
const SIGNS: [(&str, &str); 4] = [("<!--", "-->"), ("{#", "#}"), ("#", ""), ("//", "")];

/// Writes what is found beside the lines of a case.
fn bless(case: &Path, files: &BTreeMap<String, String>) {
    let bare: BTreeMap<String, String> = files
        .iter()
        .map(|(name, text)| {
            (name.clone(), text.split_inclusive('\n').filter(|line| marker(line, 0).is_none()).collect())
        })
        .collect();
    let findings = check(&bare);
    for (name, text) in &bare {
        let markers = findings.iter().map(|finding| (seen(finding, &[]), finding.help.as_deref()));
        let mut markers: Vec<_> = markers.filter(|(one, _)| one.file == *name).collect();
        markers.sort();
        let blessed = with_markers(name, text, &markers);
        let path = if case.is_dir() { case.join(name) } else { case.to_owned() };
        fs::write(path, blessed).expect("the input is written");
    }
}

fn with_markers(name: &str, text: &str, markers: &[(Expected, Option<&str>)]) -> String {
    let matter_ends = match name.rsplit('.').next() {
        Some("md") => {
            text.lines().skip(1).zip(2..).find(|(line, _)| ["+++", "---"].contains(line)).map_or(u64::MAX, |(_, at)| at)
        }
        Some("html") => 0,
        _ => u64::MAX,
    };
    let mut blessed = String::new();
    for (line, number) in text.split_inclusive('\n').zip(1_u64..) {
        blessed.push_str(line);
        let (sign, end) = match name.ends_with(".html") {
            true => ("{#", " #}"),
            false if number < matter_ends => ("#", ""),
            false => ("<!--", " -->"),
        };
        for (one, help) in markers {
            let Expected { place, what, .. } = one;
            let (at, column, marks) = match *place {
                Mark::Site => (1, 1, "*".to_owned()),
                Mark::File => (1, 1, "!".to_owned()),
                Mark::GoesOn { line, column } => (line, column, ">".to_owned()),
                Mark::Part { line, column, length } => {
                    let length = usize::try_from(length).expect("it fits");
                    let carets = length.checked_sub(sign.len()).map(|more| "^".repeat(more));
                    (line, column, carets.unwrap_or_else(|| format!("({length})")))
                }
            };
            if at == number {
                let indent = " ".repeat(usize::try_from(column).expect("it fits") - 1);
                blessed.push_str(&format!("{indent}{sign}{marks} {what}{end}\n"));
                if let Some(help) = help.filter(|help| help.starts_with("did you mean")) {
                    blessed.push_str(&format!("{indent}{sign} help: {help}{end}\n"));
                }
            }
        }
    }
    blessed
}

fn sorted<T: Ord>(things: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut things: Vec<T> = things.into_iter().collect();
    things.sort();
    things
}
