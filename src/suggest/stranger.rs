//! The name that a clause has for its subject, told by its capitals and by what follows.

use std::ops::Range;

use super::date_words::is_of_a_date;
use super::sentence::is_beginner;
use super::words::{bare, first};
use crate::prose::is_people;

/// Words that a clause may begin with before its subject: `In May OpenAI raised …`.
const LEADS: &[&str] =
    &["in", "on", "by", "during", "last", "this", "at", "after", "for", "with", "that", "how", "when"];

/// What companies do, in the form that follows their name.
const DEEDS: &[&str] = &[
    "raised", "raises", "cut", "cuts", "laid", "shed", "sheds", "fired", "sacked", "hired", "hires", "employs",
    "employed", "bought", "buys", "acquired", "sold", "sells", "spent", "spends", "paid", "pays", "invested",
    "invests", "earned", "earns", "lost", "made", "makes", "reported", "posted", "booked", "plans",
];

/// Words that follow a subject of any sort, so that the subject must be a name by its looks.
const AUXILIARIES: &[&str] = &["has", "had", "is", "was", "will", "would", "could", "may", "also", "now"];

/// Words with a capital at the head of a sentence that are no names.
const NAMELESS: &[&str] = &[
    "AI",
    "CEO",
    "CFO",
    "HR",
    "IT",
    "US",
    "U.S",
    "UK",
    "U.K",
    "EU",
    "Company",
    "Management",
    "Leadership",
    "Executives",
    "Bosses",
    "Investors",
    "Analysts",
    "Shareholders",
    "Companies",
    "Firms",
    "Employers",
    "Rivals",
    "Regulators",
    "Yesterday",
];

/// Finds the name that is the subject of a clause; `opens` where the clause opens its sentence.
pub(super) fn named(clause: &str, opens: bool) -> Option<Range<usize>> {
    let start = subject_start(clause)?;
    let opens = opens && clause.get(..start).is_some_and(|lead| !lead.contains(char::is_alphanumeric));
    let rest = clause.get(start..)?;
    let len = capitals(rest);
    let name = rest.get(..len).filter(|name| !name.is_empty())?;
    let bare = bare(name);
    let owner = bare.strip_suffix("’s");
    let bare = owner.unwrap_or(bare);
    let is_one = !bare.contains(' ');
    let is_none = is_beginner(bare.split(' ').next()?) || (is_one && is_nameless(bare));
    let looks_like_one = !opens || owner.is_some() || !is_one || bare.chars().skip(1).any(char::is_uppercase);
    let is_subject = !is_none && follows(name, rest.get(len..)?, looks_like_one);
    is_subject.then(|| start..start + bare.len())
}

/// Finds where the subject starts: behind the frame of the clause, and behind words such as `Meta-owned`.
fn subject_start(clause: &str) -> Option<usize> {
    let blank = |at: usize| {
        let signs = clause.get(at..).and_then(|rest| rest.find(char::is_alphanumeric));
        at + signs.unwrap_or(clause.len().saturating_sub(at))
    };
    let word = |at: usize| clause.get(at..).map_or("", |rest| rest.split(' ').next().unwrap_or_default());
    let mut at = blank(0);
    if LEADS.contains(&word(at).to_ascii_lowercase().as_str())
        && let Some(comma) = clause.get(at..)?.find(", ")
    {
        at += comma + 2;
    }
    loop {
        let bare = word(at).trim_matches(|c: char| !c.is_alphanumeric());
        let is_led = LEADS.contains(&bare.to_ascii_lowercase().as_str()) || is_of_a_date(bare);
        let is_joined = bare.split_once('-').is_some_and(|(_, last)| last.starts_with(char::is_lowercase));
        if bare.is_empty() || !(is_led || is_joined) {
            return (!bare.is_empty()).then_some(at);
        }
        at = blank(at + word(at).len());
    }
}

/// Measures the words with a capital that a text starts with, up to a sign.
pub(super) fn capitals(text: &str) -> usize {
    let mut len = 0;
    for word in text.split_inclusive(' ') {
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        len += word.trim_end().len() + usize::from(word.ends_with(' '));
        if word.trim_end().ends_with([',', ';', ')']) || word.contains('’') {
            break;
        }
    }
    text.get(..len).map_or(0, |name| name.trim_end().len())
}

/// Tells whether what follows makes a name the subject; a name is sure by its looks, or what follows must be a deed.
fn follows(name: &str, rest: &str, looks_like_one: bool) -> bool {
    let next = first(rest.trim_start());
    let is_parted = name.ends_with(',') || name.ends_with("’s") || name.ends_with('’');
    DEEDS.contains(&next) && !is_parted || looks_like_one && (is_parted || AUXILIARIES.contains(&next))
}

fn is_nameless(word: &str) -> bool {
    NAMELESS.contains(&word) || is_people(word) || is_of_a_date(word)
}
