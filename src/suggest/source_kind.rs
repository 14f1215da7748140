//! The kind of source that an attribution speaks of.

use super::attribution_words::{NOUNS, VERBS};
use super::date_words::is_of_a_date;
use super::words::{first, has, has_any};
use crate::link::Briefing;
use crate::model::SourceKind;

/// Tells what kind of source a phrase speaks of; `after` is what follows it.
pub(super) fn kind(phrase: &str, after: &str, briefing: &Briefing) -> Option<SourceKind> {
    let lower = phrase.to_ascii_lowercase();
    let by_words = || KINDS.iter().find(|(_, words)| has_any(&lower, words)).map(|(kind, _)| *kind);
    let by_end = lower.ends_with(" data").then_some(SourceKind::Dataset);
    let publisher = || {
        let mut known = briefing.sources.iter().filter(|source| source.kind.is_some());
        known.find(|source| has(&lower, &source.publisher.as_deref().unwrap_or_default().to_ascii_lowercase()))
    };
    let is_own = names_a_company(phrase, briefing);
    let is_press = || {
        let has_ending = phrase.split(|c: char| !c.is_alphanumeric()).any(|word| PRESS_ENDINGS.contains(&word));
        has_ending || (!is_own && is_a_report(phrase, after))
    };
    let says = || VERBS.iter().filter(|verb| !NOUNS.contains(verb)).any(|verb| has(&lower, verb)) || has(&lower, "say");
    let speaks = || says() || lower.starts_with("confirmed by");
    by_end
        .or_else(by_words)
        .or_else(|| publisher().and_then(|source| source.kind))
        .or_else(|| is_press().then_some(SourceKind::Press))
        .or_else(|| (speaks() || is_own).then_some(SourceKind::Statement))
}

/// Tells whether a name has reported what others did, as in `the Oregonian reported`, and not its own results.
fn is_a_report(phrase: &str, after: &str) -> bool {
    let Some(name) = phrase.strip_suffix(" reported").or_else(|| phrase.strip_suffix(" reports")) else { return false };
    let next = first(after.trim_start());
    let is_named = name.rsplit(' ').next().is_some_and(|last| last.starts_with(char::is_uppercase));
    let is_whole = !after.starts_with(' ') || BEHIND_A_REPORT.contains(&next) || is_of_a_date(next);
    is_named && is_whole && !["It", "He", "She", "They", "We"].contains(&name)
}

/// Words that what somebody reported of others begins with.
const BEHIND_A_REPORT: &[&str] = &["that", "on", "earlier", "first", "last", "this", "in"];

/// Tells whether a phrase has the name of a company of the site.
fn names_a_company(phrase: &str, briefing: &Briefing) -> bool {
    briefing.companies.iter().any(|company| {
        let aliases = company.aliases.iter().map(|alias| alias.text.value.as_str());
        std::iter::once(company.name.value.as_str()).chain(aliases).any(|name| has(phrase, name))
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
            "insiders",
        ],
    ),
    (SourceKind::Court, &["court", "ruling", "complaint", "lawsuit", "indictment", "judge"]),
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
            "warn notice",
            "regulatory disclosure",
        ],
    ),
    (
        SourceKind::Social,
        &[
            "tweet",
            "tweeted",
            "linkedin",
            "bluesky",
            "on x",
            "on threads",
            "on facebook",
            "on instagram",
            "on reddit",
            "on truth social",
            "mastodon",
        ],
    ),
    (
        SourceKind::Dataset,
        &[
            "data from",
            "data by",
            "data compiled",
            "data show*",
            "data suggest*",
            "dataset",
            "tracker",
            "layoffs.fyi",
            "figures from",
            "statistics",
        ],
    ),
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
            "sec",
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
