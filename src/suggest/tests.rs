//! What is read out of a sentence.

use std::borrow::Cow;

use super::*;
use crate::config::{Config, Now, Overrides};
use crate::diagnostic::Diagnostic;
use crate::link::{Texts, link};
use crate::model::{Corpus, Origin};
use crate::value::Vocabulary;

/// The one text of a site whose other files have no body.
struct OneText(String);

impl Texts for OneText {
    fn text(&self, _: &Origin) -> Result<Cow<'_, str>, Diagnostic> {
        Ok(Cow::Borrowed(&self.0))
    }
}

const COMPANIES: &[&str] = &["Intel", "Amazon", "Apple", "Google", "Microsoft"];

/// Proposes claims for the body of an analysis of Intel, on a site that knows some companies.
fn proposals(body: &str) -> Vec<Proposal> {
    let now = Now::parse("2026-06-01").expect("a day");
    let (config, _) = Config::read("title = \"T\"", Overrides { now, drafts: false, base_url: None });
    let mut corpus = Corpus::default();
    let text = format!("+++\ntitle = \"A\"\ndate = 2026-05-18\ncompanies = [\"intel\"]\n+++\n{body}\n");
    let company = |name: &&str| {
        (format!("content/companies/{}.md", name.to_lowercase()), format!("+++\nname = \"{name}\"\n+++\n"))
    };
    let companies: Vec<_> = COMPANIES.iter().map(company).collect();
    let analysis = ("content/analyses/a.md".to_owned(), text.clone());
    for (file, text) in companies.into_iter().chain([analysis]) {
        let Role::Document(kind) = role(&file) else { panic!("{file}") };
        let (document, found) = read_document(&kind, &file.as_str().into(), &text, 0, &Spoken::default(), &config);
        let _ = corpus.add(document.expect("a document"), found, now.instant, false);
    }
    let (briefing, _) = link(config, corpus, &OneText(text.clone()));
    suggest(&briefing, AnalysisId::at(0), &text)
}

/// Asserts what one field of the first proposal for each body is.
fn assert_each(cases: &[(&str, Option<&str>)], field: impl Fn(&Proposal) -> Option<&str>) {
    for (body, expected) in cases {
        let found = proposals(body);
        let first = found.first().unwrap_or_else(|| panic!("no figure in {body}"));
        assert_eq!(field(first), *expected, "{body}");
    }
}

fn around<'t>(text: &'t str, figure: &str) -> &'t str {
    let at = text.find(figure).expect("the figure");
    &text[sentence::around(text, &(at..at + figure.len()))]
}

fn date_of(sentence: &str, figure: &str) -> Option<String> {
    let at = sentence.find(figure).expect("the figure");
    date::find(sentence, &(at..at + figure.len())).map(|date| date.as_str().to_owned())
}

#[test]
fn a_sentence_ends_at_its_stop_and_not_at_an_abbreviation() {
    let text = "It was so. Acme Inc. cut 600 roles, 1.5% of all, in May. It said “no more.” Then it stopped.";
    assert_eq!(around(text, "600 roles"), "Acme Inc. cut 600 roles, 1.5% of all, in May.");
    assert_eq!(around(text, "no more"), "It said “no more.”");
    let text = "Yes. On Sept. 5, 2025, Gov. Ann Lee let 600 people go, under 15 U.S.C. § 2, in the U.S. Its head left.";
    let sentence = "On Sept. 5, 2025, Gov. Ann Lee let 600 people go, under 15 U.S.C. § 2, in the U.S.";
    assert_eq!(around(text, "600 people"), sentence);
}

#[test]
fn the_date_is_the_one_that_is_written() {
    let cases = [
        ("On 18 May 2026 it cut 600 roles", Some("2026-05-18")),
        ("On May 18, 2026, it cut 600 roles", Some("2026-05-18")),
        ("On Sept. 5, 2025, it cut 600 roles", Some("2025-09-05")),
        ("In May 2026 it cut 600 roles", Some("2026-05")),
        ("It cut 600 roles in Q3 2025", Some("2025-35")),
        ("In the third quarter of 2025 it cut 600 roles", Some("2025-35")),
        ("It cut 600 roles in the second half of 2026", Some("2026-41")),
        ("It cut 600 roles in H2 2026", Some("2026-41")),
        ("It cut 600 roles between May and July 2026", Some("2026-05/2026-07")),
        ("From 5 to 9 May 2026 it cut 600 roles", Some("2026-05-05/2026-05-09")),
        ("In 2025 it cut 600 roles", Some("2025")),
        ("On 20 May it cut 600 roles", Some("XXXX-05-20")),
        ("It may 5 times have cut 600 roles", None),
        ("It cut 600 roles", None),
        ("It cut 600 roles in early 2025", None),
        ("It has cut 600 roles since 2023", None),
        ("Founded in 1968, it cut 600 roles", None),
    ];
    for (sentence, date) in cases {
        assert_eq!(date_of(sentence, "600 roles").as_deref(), date, "{sentence}");
    }
}

#[test]
fn a_date_belongs_to_its_clause() {
    let cases = [
        ("In 2022 it had cut 11; in 2025 it cut 600 roles", Some("2025")),
        ("In 2024 it cut 600 roles; in 2025 it cut 11", Some("2024")),
        ("In 2024 it cut 600 roles and in 2025 it cut 11", Some("2024")),
        ("It cut 600 roles; in 2025 it cut 11", None),
        ("It cut 600 roles in 2024 and 11 in 2025", Some("2024")),
        ("It cut 600 roles, up from 11 in 2025", None),
        ("After it cut 11 in July 2025, it cut 600 roles in October", None),
    ];
    for (sentence, date) in cases {
        assert_eq!(date_of(sentence, "600 roles").as_deref(), date, "{sentence}");
    }
}

#[test]
fn words_tell_the_metric() {
    let cases = [
        ("Intel has 88,400 employees.", Some("headcount")),
        ("It counts 88,400 staff worldwide.", Some("headcount")),
        ("Intel’s headcount was 88,400.", Some("headcount")),
        ("Intel, down to 88,400 workers after layoffs, is smaller.", Some("headcount")),
        ("Intel has cut 2,400 jobs worldwide.", Some("headcount-reduction")),
        ("Intel let 2,400 people go.", Some("headcount-reduction")),
        ("Intel will slash 2,400 posts.", Some("headcount-reduction")),
        ("Intel lost 600 roles.", Some("headcount-reduction")),
        ("Its market capitalisation is $180 billion.", Some("valuation")),
        ("Intel earned $4.1 billion.", Some("profit")),
        ("Intel spent $39.2 billion on capital expenditures.", Some("capex")),
        ("Intel raised its capital-expenditure guidance to $66–72 billion.", Some("capex")),
        ("Intel raised its guidance to $66–72 billion.", None),
        ("Sales were known ($33.1bn), and profit rose.", Some("revenue")),
    ];
    assert_each(&cases, |proposal| proposal.metric.as_deref());
}

#[test]
fn the_company_is_the_subject_and_none_where_the_subject_is_unknown() {
    let cases = [
        ("Amazon said it would cut 14,000 jobs, a month after Microsoft.", Some("amazon")),
        ("Microsoft said it would spend $80 billion, more than Google.", Some("microsoft")),
        ("Intel, unlike Apple, cut 2,400 jobs.", Some("intel")),
        ("Apple, which buys from Google, cut 2,400 jobs.", Some("apple")),
        ("After Apple cut 2,400 jobs, Google cut none.", Some("apple")),
        ("It cut 2,400 jobs.", Some("intel")),
        ("Workers will get 16 weeks of severance.", Some("intel")),
        ("OpenAI raised $40 billion from Microsoft.", None),
        ("Microsoft-backed OpenAI raised $40 billion.", None),
        ("In May Stripe raised $40 billion.", None),
        ("Apple grew, and Stripe raised $40 billion.", None),
    ];
    assert_each(&cases, |proposal| proposal.company.as_deref());
}

#[test]
fn the_attribution_is_found_in_the_order_of_the_press() {
    let cases = [
        ("“We will cut 2,400 jobs,” said Lip-Bu Tan.", Some("said Lip-Bu Tan")),
        (
            "“We will cut 2,400 jobs,” said Lip-Bu Tan, Intel’s chief executive.",
            Some("said Lip-Bu Tan, Intel’s chief executive"),
        ),
        ("“We will cut 2,400 jobs,” said a spokesperson.", Some("said a spokesperson")),
        ("It will cut 2,400 jobs, say analysts at Bernstein.", Some("say analysts at Bernstein")),
        (
            "Lip-Bu Tan, Intel’s chief executive, said on Monday that 2,400 jobs would go.",
            Some("Lip-Bu Tan, Intel’s chief executive, said"),
        ),
        ("It will cut 2,400 jobs, sources told Reuters.", Some("sources told Reuters")),
        ("It will cut 2,400 jobs, insiders say.", Some("insiders say")),
        ("It cut 2,400 jobs, its 10-K shows.", Some("its 10-K shows")),
        ("Court documents show that it cut 2,400 jobs.", Some("Court documents show")),
        ("Analysts at Morgan Stanley estimate that it cut 2,400 jobs.", Some("Analysts at Morgan Stanley estimate")),
        ("Downdetector logged 17 million reports.", None),
        ("Apple, a rival, reported a loss of $5 billion.", None),
        ("Apple cut 2,400 jobs, No. 2 in the U.S. Its head said so.", None),
    ];
    assert_each(&cases, |proposal| proposal.attribution.as_deref());
}

#[test]
fn the_kind_is_that_of_where_it_was_said() {
    let cases = [
        ("In a filing with the SEC, Intel said it cut 2,400 jobs.", Some("filing")),
        ("Intel said in a filing that it cut 2,400 jobs.", Some("filing")),
        ("It cut 2,400 jobs, according to a court filing.", Some("court")),
        ("The SEC said it was fined $5 million.", Some("statement")),
        ("It cut 2,400 jobs, Lip-Bu Tan wrote on X.", Some("social")),
        ("In a post on Threads, Ann Lee said 2,400 jobs would go.", Some("social")),
        ("It will cut 2,400 jobs, the Oregonian reported.", Some("press")),
        ("Intel reported revenue of $5 billion.", Some("statement")),
        ("It cut 2,400 jobs, according to Challenger data.", Some("dataset")),
        ("It will cut 2,400 jobs, insiders say.", Some("anonymous")),
    ];
    assert_each(&cases, |proposal| proposal.kind.map(Vocabulary::word));
}

#[test]
fn a_value_has_no_mark_of_what_follows_it() {
    assert_eq!(proposals("Workers get nine weeks’ pay.")[0].value, "nine weeks");
}
