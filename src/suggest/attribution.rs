//! Who said it: the phrase that attributes a sentence, and the kind of source that it speaks of.

use std::ops::Range;

use crate::link::Briefing;
use crate::model::SourceKind;

/// Words that an attribution starts with, the longer before those that they begin with.
const OPENINGS: &[&str] = &[
    "according to ",
    "as first reported by ",
    "first reported by ",
    "as reported by ",
    "reported by ",
    "as quoted by ",
    "quoted by ",
    "confirmed by ",
    "citing ",
    "per ",
];

/// Verbs of saying, in the past and the present.
const VERBS: &[&str] = &[
    "said",
    "says",
    "told",
    "tells",
    "confirmed",
    "confirms",
    "reported",
    "reports",
    "announced",
    "announces",
    "disclosed",
    "discloses",
    "wrote",
    "writes",
    "stated",
    "states",
    "estimates",
    "estimated",
    "warned",
    "acknowledged",
    "revealed",
    "posted",
];

/// Words behind which no speaker's name goes on.
const BREAKS: &[&str] =
    &["and", "but", "that", "which", "because", "while", "when", "as", "if", "or", "after", "before"];

/// The longest phrase, in words.
const LONGEST: usize = 9;

/// What says who speaks.
#[derive(Debug)]
pub(super) struct Attribution {
    /// Its bytes in the sentence.
    pub(super) range: Range<usize>,
    /// The kind of source, where it can be told.
    pub(super) kind: Option<SourceKind>,
}

/// Finds the phrase that attributes a sentence.
pub(super) fn find(sentence: &str, briefing: &Briefing) -> Option<Attribution> {
    let range = opened(sentence).or_else(|| anonymous(sentence)).or_else(|| spoken(sentence))?;
    let kind = kind(sentence.get(range.clone())?, briefing);
    Some(Attribution { range, kind })
}

/// Finds `according to …`, `per …` and the like, up to the next sign or clause.
fn opened(sentence: &str) -> Option<Range<usize>> {
    let lower = sentence.to_ascii_lowercase();
    OPENINGS.iter().find_map(|opening| {
        let starts = lower.match_indices(opening).map(|(at, _)| at);
        starts.filter(|at| !lower.get(..*at).is_some_and(|before| before.ends_with(char::is_alphanumeric))).find_map(
            |at| {
                let name = at + opening.len();
                let rest = sentence.get(name..)?;
                // `per share` and `per year` name no one.
                if *opening == "per " && !is_somebody(rest) {
                    return None;
                }
                let length = phrase_len(rest);
                (length > 0).then_some(at..name + length)
            },
        )
    })
}

fn is_somebody(rest: &str) -> bool {
    rest.starts_with(char::is_uppercase)
        || rest.starts_with("the ")
        || rest.starts_with("an ")
        || rest.starts_with("its ")
}

/// Measures a name: up to a sign, a verb of saying or a new clause.
fn phrase_len(rest: &str) -> usize {
    let mut end = 0;
    for (count, word) in rest.split(' ').enumerate() {
        let is_break = count > 0 && BREAKS.contains(&word) && !next_is_name(rest, end, word);
        if count == LONGEST || is_break || VERBS.contains(&word) {
            break;
        }
        let start = end + usize::from(count > 0);
        let stop = word.char_indices().find(|(at, c)| {
            let ends = word.get(at + c.len_utf8()..).is_none_or(|rest| rest.chars().all(|c| !c.is_alphanumeric()));
            matches!(c, ',' | ';' | ':' | '!' | '?' | '—' | '–' | ')' | '(' | '“' | '”') || (*c == '.' && ends)
        });
        match stop {
            Some((at, _)) => return if at == 0 { end } else { start + at },
            None => end = start + word.len(),
        }
    }
    end
}

/// Tells whether an `and` joins two names, as in `CNBC and AP`.
fn next_is_name(rest: &str, end: usize, word: &str) -> bool {
    let next = rest.get(end..).and_then(|rest| rest.trim_start().strip_prefix(word));
    word == "and" && next.is_some_and(|next| next.trim_start().starts_with(char::is_uppercase))
}

/// Finds people who are not named: `three people familiar with the matter`.
fn anonymous(sentence: &str) -> Option<Range<usize>> {
    let lower = sentence.to_ascii_lowercase();
    let at = [
        "people familiar",
        "person familiar",
        "people briefed",
        "person briefed",
        "people close",
        "sources familiar",
        "sources close",
        "person with knowledge",
        "people with knowledge",
    ]
    .iter()
    .find_map(|words| lower.find(words))?;
    let rest = sentence.get(at..)?;
    let before = sentence.get(..at)?.trim_end();
    let word = before.rsplit(' ').next().unwrap_or_default();
    let is_count =
        ["a", "one", "two", "three", "four", "five", "several", "some"].contains(&word.to_ascii_lowercase().as_str());
    let start = if is_count { before.len() - word.len() } else { at };
    Some(start..at + phrase_len(rest))
}

/// Finds somebody who speaks: `Meta said`, `a spokesperson for the company confirmed`.
fn spoken(sentence: &str) -> Option<Range<usize>> {
    let words = sentence.split_inclusive(' ');
    let mut at = 0;
    for word in words {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if VERBS.contains(&bare)
            && let Some(start) = subject(sentence.get(..at).unwrap_or_default())
        {
            return Some(start..at + bare.len());
        }
        at += word.len();
    }
    None
}

/// Finds where the subject of a verb starts: after the last sign or joining word, if it names somebody.
fn subject(before: &str) -> Option<usize> {
    let trimmed = before.trim_end();
    let mut start = trimmed.len();
    for (count, word) in trimmed.rsplit(' ').enumerate() {
        let ends = word.ends_with([',', ';', ':', '.', '”', '"', ')', '–', '—']);
        if count == LONGEST || ends || BREAKS.contains(&word) {
            break;
        }
        start = (word.as_ptr() as usize).checked_sub(before.as_ptr() as usize)?;
    }
    let subject = trimmed.get(start..)?;
    let lower = subject.to_ascii_lowercase();
    let names = ["the ", "a ", "an ", "its ", "it", "she", "he", "they", "one "];
    let is_somebody = subject.starts_with(char::is_uppercase) || names.iter().any(|name| lower.starts_with(name));
    (is_somebody && !subject.is_empty()).then_some(start)
}

/// Tells what kind of source a phrase speaks of.
fn kind(phrase: &str, briefing: &Briefing) -> Option<SourceKind> {
    let lower = phrase.to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| contains_word(&lower, word));
    let by_words = KINDS.iter().find(|(_, words)| has(words)).map(|(kind, _)| *kind);
    let publisher = || {
        let mut known = briefing.sources.iter().filter(|source| source.kind.is_some());
        known.find(|source| {
            let name = source.publisher.as_deref().unwrap_or_default().to_ascii_lowercase();
            !name.is_empty() && contains_word(&lower, &name)
        })
    };
    let is_press = || phrase.split(|c: char| !c.is_alphanumeric()).any(|word| PRESS_ENDINGS.contains(&word));
    let speaks = || VERBS.iter().any(|verb| lower.ends_with(verb)) || lower.starts_with("confirmed by");
    let is_own = || names_a_company(phrase, briefing);
    by_words
        .or_else(|| publisher().and_then(|source| source.kind))
        .or_else(|| is_press().then_some(SourceKind::Press))
        .or_else(|| (speaks() || is_own()).then_some(SourceKind::Statement))
}

fn names_a_company(phrase: &str, briefing: &Briefing) -> bool {
    briefing.companies.iter().any(|company| {
        let aliases = company.aliases.iter().map(|alias| alias.text.value.as_str());
        std::iter::once(company.name.value.as_str()).chain(aliases).any(|name| contains_word(phrase, name))
    })
}

/// Tells whether whole words stand in a text.
fn contains_word(text: &str, words: &str) -> bool {
    !words.is_empty()
        && text.match_indices(words).any(|(at, _)| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            let after = text.get(at + words.len()..).and_then(|text| text.chars().next());
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
}

/// Words that tell a kind of source, the surer first.
const KINDS: &[(SourceKind, &[&str])] = &[
    (
        SourceKind::Anonymous,
        &[
            "familiar",
            "briefed",
            "not to be named",
            "anonymous",
            "anonymously",
            "with knowledge",
            "people close",
            "sources",
        ],
    ),
    (
        SourceKind::Filing,
        &[
            "filing",
            "filings",
            "10-k",
            "10-q",
            "8-k",
            "20-f",
            "annual report",
            "prospectus",
            "sec",
            "warn notice",
            "regulatory disclosure",
        ],
    ),
    (SourceKind::Court, &["court", "ruling", "complaint", "lawsuit", "indictment", "judge", "court documents"]),
    (SourceKind::Social, &["tweet", "tweeted", "linkedin", "bluesky", "a post on x", "mastodon"]),
    (SourceKind::Dataset, &["data from", "dataset", "tracker", "layoffs.fyi", "figures from", "statistics"]),
    (
        SourceKind::Press,
        &[
            "bloomberg",
            "reuters",
            "cnbc",
            "financial times",
            "ft",
            "wall street journal",
            "wsj",
            "new york times",
            "associated press",
            "ap",
            "afp",
            "axios",
            "the information",
            "the verge",
            "techcrunch",
            "bbc",
            "guardian",
            "washington post",
            "economist",
            "nikkei",
            "business insider",
            "forbes",
            "fortune",
            "ars technica",
            "wired",
            "le monde",
            "handelsblatt",
            "der spiegel",
            "cnn",
            "politico",
            "semafor",
            "press report",
            "press reports",
            "media reports",
            "newspaper",
        ],
    ),
    (
        SourceKind::Statement,
        &[
            "spokesperson",
            "spokeswoman",
            "spokesman",
            "memo",
            "letter",
            "statement",
            "press release",
            "blog post",
            "chief executive",
            "ceo",
            "cfo",
            "finance chief",
            "the company",
            "the firm",
            "the group",
            "earnings call",
        ],
    ),
    (
        SourceKind::Report,
        &[
            "report",
            "study",
            "survey",
            "research",
            "researchers",
            "analyst",
            "analysts",
            "institute",
            "gartner",
            "idc",
            "university",
        ],
    ),
];

/// Last words of the names of newspapers and agencies.
const PRESS_ENDINGS: &[&str] = &[
    "Times", "Post", "Journal", "News", "Gazette", "Herald", "Tribune", "Wire", "Daily", "Magazine", "Observer",
    "Newswire",
];
