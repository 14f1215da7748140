//! The index of whole sites, and how much of a large one a query reads.

use std::borrow::Cow;
use std::collections::BTreeMap;

use proptest::prelude::*;
use rayon::prelude::*;

use super::index::Line;
use super::postings::{self, Posting};
use super::*;
use crate::config::{Config, Now, Overrides};
use crate::diagnostic::Diagnostic;
use crate::link::Texts;
use crate::model::{Corpus, Origin, Role, Spoken, read_document, role};

struct NoProse;

impl Texts for NoProse {
    fn text(&self, _: &Origin) -> Result<Cow<'_, str>, Diagnostic> {
        Ok(Cow::Borrowed(""))
    }
}

/// Links a site of some files, which are read in their order.
fn briefing(settings: &str, files: &[(String, String)]) -> Briefing {
    let now = Now::parse("2026-06-01").unwrap();
    let settings = format!("title = \"T\"\nbase_url = \"https://example.org/b\"\n{settings}");
    let (config, found) = Config::read(&settings, Overrides { now, drafts: false, base_url: None });
    assert!(!found.has_errors(), "{found:?}");
    let mut corpus = Corpus::default();
    for (file, text) in files {
        let Role::Document(kind) = role(file) else { panic!("{file}") };
        let (document, found) = read_document(&kind, &(**file).into(), text, 0, &Spoken::default(), &config);
        assert!(!found.has_errors(), "{found:?}");
        let _ = corpus.add(document.unwrap(), found, now.instant, false);
    }
    crate::link::link(config, corpus, &NoProse).0
}

/// Writes an analysis with claims and a forecast, all of the length that they usually have.
fn analysis(number: usize, body: &str) -> (String, String) {
    let statement = "Orbital Kettle told the regulator that it would close line";
    let claims: String = (0..4)
        .map(|claim| format!("[[claims]]\nid = \"line-{claim}\"\ntext = \"{statement} {claim} of plant {number}\"\n"))
        .collect();
    let text = format!(
        "+++\ntitle = \"What the closing of plant {number} tells of the market for kettles\"\n\
         date = {}-03-01\ncompanies = [\"orbital-kettle\", \"lid-works\"]\n{claims}\
         [[predictions]]\nid = \"open\"\ntext = \"The plant {number} opens again before the end of the year\"\n\
         probability = 0.4\ndue = 2027-01-01\n+++\n{body}\n",
        2020 + number / 100,
    );
    (format!("content/analyses/plant-{number}-and-the-market.md"), text)
}

fn site(count: usize) -> Vec<(String, String)> {
    (0..count).map(|number| analysis(number, &format!("Steel word{number} shared{} rose.", number % 7))).collect()
}

/// Writes all files of an index.
fn index(briefing: &Briefing) -> BTreeMap<String, String> {
    let content = |file: &SearchFile| match file.content(briefing) {
        Content::Kept(bytes) => bytes.to_vec(),
        Content::Made(bytes) => bytes,
    };
    files(briefing).iter().map(|file| (file.path(), String::from_utf8(content(file)).unwrap())).collect()
}

/// Finds the line of a term.
fn line<'i>(index: &'i BTreeMap<String, String>, term: &str) -> Option<&'i str> {
    let files = index.iter().filter(|(path, _)| path.starts_with("/search/terms/"));
    files.flat_map(|(_, text)| text.lines()).find(|line| line.split('\t').next() == Some(term))
}

#[test]
fn a_term_leads_to_what_has_it_and_a_company_to_what_is_about_it() {
    let index = index(&briefing("", &site(3)));
    // Steel is in all three analyses and nowhere else; the first has the number 0, the others are 1 further each.
    let columns: Vec<&str> = line(&index, "steel").unwrap().split('\t').skip(1).collect();
    assert_eq!(columns.len(), 1);
    assert_eq!(columns[0].len(), 6);
    assert!(columns[0].bytes().skip(1).step_by(2).eq(*b"ABB"), "{columns:?}");
    assert_eq!(
        line(&index, "@orbital-kettle").unwrap(),
        "@orbital-kettle\t_A_B_B\t_A_B_B_B_B_B_B_B_B_B_B_B\t_A\t_A_B_B"
    );
    assert!(line(&index, "kettl").unwrap().split('\t').nth(3).is_some(), "the company has its name");
    assert!(line(&index, "the").is_none());
    let words: String = index.iter().filter(|(path, _)| path.contains("/words/")).map(|(_, text)| &**text).collect();
    assert!(words.contains("1steel\n") && words.contains(".the\n"), "{words}");
    let guide: serde_json::Value = serde_json::from_str(&index["/search/index.json"]).unwrap();
    assert_eq!(guide["widths"], serde_json::json!([1, 4, 1, 1]));
    assert_eq!(guide["counts"], serde_json::json!([3, 12, 2, 3]));
    assert_eq!(guide["years"], serde_json::json!([[2020, 0]]));
    let records: serde_json::Value = serde_json::from_str(&index["/search/records/0.json"]).unwrap();
    assert_eq!(records["analyses"][1][0], "analyses/plant-1-and-the-market/");
    assert_eq!(records["analyses"][1][4][2][0], "#claim:line-2");
}

#[test]
fn a_site_may_have_no_search() {
    assert!(files(&briefing("search = false\n", &site(3))).is_empty());
}

#[test]
fn an_edit_changes_the_files_of_its_words_and_a_new_piece_those_of_its_own() {
    let before = index(&briefing("", &site(300)));
    let mut files = site(300);
    files[150] = analysis(150, "Steel word150 shared3 fell.");
    let after = index(&briefing("", &files));
    let changed: Vec<&String> =
        before.iter().filter(|(path, text)| after.get(*path) != Some(text)).map(|(path, _)| path).collect();
    // `rose` is said once less, `fell` once more; its company lists and its record are as they were.
    assert!(changed.len() <= 4, "{changed:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_order_of_files_changes_nothing(files in Just(site(20)).prop_shuffle()) {
        prop_assert_eq!(index(&briefing("", &files)), index(&briefing("", &site(20))));
    }
}

/// How many things have a word of a rank, where the words of a language fall as Zipf found.
fn held(rank: usize, scale: usize, most: usize) -> usize {
    (scale / rank).min(most)
}

/// Writes the line of the word of a rank on a site of 100,000 analyses with 400,000 claims.
fn zipf(rank: usize) -> Line {
    let lists = [(held(rank, 2_400_000, 100_000), 100_000), (held(rank, 420_000, 400_000), 800_000)];
    let spread = |(held, numbers): (usize, usize)| -> Vec<Posting> {
        // More than a list has room for is cut, however much more.
        let listed = held.min(193) as u64;
        let posting = |at: u64| Posting { number: at * numbers as u64 / listed, weight: 1 + (at * 7 % 60) as u8 };
        (0..listed).map(posting).collect()
    };
    let [analyses, claims] = lists.map(spread);
    let stem = format!("{:06x}w{rank}", (rank as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40);
    let bytes = postings::line(&stem, &mut [analyses, claims, Vec::new(), Vec::new()]);
    Line { stem, held: lists[0].0, bytes }
}

#[test]
fn a_query_of_two_words_reads_less_than_100_kilobytes_of_100_000_analyses() {
    let ranks = 1..1_000_000_usize;
    let postings = ranks.clone().map(|rank| held(rank, 2_400_000, 100_000)).sum();
    assert!((20_000_000..30_000_000).contains(&postings), "{postings} are 200 and more an analysis");
    let layout = Layout::sized(postings, [100_000, 400_000, 5_000, 50_000]);
    let lines: Vec<Line> = ranks.into_par_iter().map(zipf).collect();
    let stop_words = ["the", "these", "those"];
    let index = Index::with(&layout, lines, &stop_words);
    let largest = |sizes: &mut Vec<usize>, count: usize| -> usize {
        sizes.sort_unstable();
        sizes.iter().rev().take(count).sum()
    };
    let mut terms: Vec<usize> = (0..layout.terms).map(|number| index.terms(number).len()).collect();
    let mut words: Vec<usize> = (0..layout.words).map(|number| index.words(number).len()).collect();
    let briefing = briefing("", &site(records::ANALYSES));
    let records = records::of_analyses(&briefing, 0).len();
    let guide = layout.guide(&briefing).len();
    // Each word: one file of words, its own term, and two that are near to it. Six results, each of another file.
    let read = [guide, largest(&mut words, 2), largest(&mut terms, 6), 6 * records];
    assert!(read.iter().sum::<usize>() < 100_000, "{read:?}");
}
