//! How well the figure audit tells figures from other numbers, on texts in tests/audit that are marked by hand.
//!
//! `⟦…⟧` stands around each figure that has to be found. The texts of `tune` were looked at while the rules were
//! written; those of `held-out` were marked before, and nothing was changed for their sake.

use std::fs;
use std::path::Path;

use crate::fixture::Site;

const TEXTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/audit");

/// What was found in some texts.
#[derive(Debug, Default)]
struct Score {
    found: usize,
    missed: Vec<String>,
    false_alarms: Vec<String>,
}

impl Score {
    fn precision(&self) -> f64 {
        share(self.found, self.false_alarms.len())
    }

    fn recall(&self) -> f64 {
        share(self.found, self.missed.len())
    }
}

fn share(found: usize, wrong: usize) -> f64 {
    let count = |n: usize| f64::from(u32::try_from(n).expect("few"));
    count(found) / count((found + wrong).max(1))
}

/// A marked place: line and column of its start and of the place after its end.
type Mark = [(u64, u64); 2];

/// Takes the marks out of a text.
fn unmarked(text: &str) -> (String, Vec<(Mark, String)>) {
    let (mut plain, mut marks) = (String::new(), Vec::new());
    let (mut line, mut column, mut open) = (1, 1, None);
    for c in text.chars() {
        match c {
            '⟦' => open = Some(((line, column), plain.len())),
            '⟧' => {
                let (start, at) = open.take().expect("an opening mark");
                marks.push(([start, (line, column)], plain[at..].to_owned()));
            }
            _ => {
                plain.push(c);
                (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
            }
        }
    }
    (plain, marks)
}

fn score(folder: &str) -> Score {
    let mut score = Score::default();
    let mut files: Vec<_> =
        fs::read_dir(Path::new(TEXTS).join(folder)).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 5, "the texts of {folder} are there");
    for path in files {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (body, marks) = unmarked(&fs::read_to_string(&path).unwrap());
        let body = body.trim_end();
        let site = Site::with_analysis("", body);
        let outcome = site.check();
        outcome.succeeds();
        let head = u64::try_from(
            fs::read_to_string(site.path("content/analyses/a.md")).unwrap().lines().count() - body.lines().count(),
        )
        .unwrap();
        let alarms: Vec<_> = outcome
            .findings()
            .into_iter()
            .filter(|finding| finding.code == "unbacked-figure")
            .map(|finding| (finding.region.expect("a place"), finding.message))
            .collect();
        let overlaps = |[line, from, end_line, to]: [u64; 4], [start, end]: Mark| {
            (line - head, from) < end && start < (end_line - head, to)
        };
        for (mark, words) in &marks {
            match alarms.iter().any(|(region, _)| overlaps(*region, *mark)) {
                true => score.found += 1,
                false => score.missed.push(format!("{name}:{}: {words}", mark[0].0)),
            }
        }
        let is_false = |region: [u64; 4]| !marks.iter().any(|(mark, _)| overlaps(region, *mark));
        let false_alarms = alarms.iter().filter(|(region, _)| is_false(*region));
        score
            .false_alarms
            .extend(false_alarms.map(|(region, message)| format!("{name}:{}: {message}", region[0] - head)));
    }
    score
}

fn told(folder: &str) -> Score {
    let score = score(folder);
    eprintln!(
        "{folder}: {} figures found, precision {:.3}, recall {:.3}\nmissed: {:#?}\nfalse alarms: {:#?}",
        score.found,
        score.precision(),
        score.recall(),
        score.missed,
        score.false_alarms
    );
    score
}

#[test]
fn texts_that_the_rules_were_tuned_on_are_read_right() {
    let score = told("tune");
    assert!(score.precision() >= 0.95 && score.recall() >= 0.95, "{score:#?}");
}

#[test]
fn texts_that_the_rules_never_saw_are_read_well() {
    let score = told("held-out");
    assert!(score.precision() >= 0.9 && score.recall() >= 0.9, "{score:#?}");
}
