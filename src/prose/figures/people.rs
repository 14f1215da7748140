//! Counts of people, and of places for people.

use super::count::NAMES;
use super::place::{Amount, Place};
use super::words::is_calendar;
use super::{FigureKind, Found};

/// What people and their places are called, in the plural.
const PEOPLE: &[&str] = &[
    "roles",
    "jobs",
    "positions",
    "employees",
    "staff",
    "staffers",
    "people",
    "persons",
    "workers",
    "hires",
    "layoffs",
    "redundancies",
    "engineers",
    "developers",
    "researchers",
    "scientists",
    "managers",
    "contractors",
    "recruits",
    "vacancies",
    "openings",
    "ftes",
    "users",
    "customers",
    "subscribers",
    "members",
    "patients",
    "students",
    "pupils",
    "residents",
    "voters",
    "fans",
    "spectators",
    "drivers",
    "pilots",
    "nurses",
    "teachers",
    "doctors",
    "physicians",
    "officers",
    "soldiers",
    "troops",
    "victims",
    "passengers",
    "riders",
    "players",
    "athletes",
    "readers",
    "viewers",
    "listeners",
    "lawyers",
    "executives",
    "directors",
    "analysts",
    "officials",
    "migrants",
    "immigrants",
    "refugees",
    "protesters",
    "participants",
    "respondents",
    "attendees",
    "guests",
    "visitors",
    "tenants",
    "founders",
    "authors",
    "journalists",
    "reporters",
    "editors",
    "candidates",
    "applicants",
    "graduates",
    "interns",
    "trainees",
    "apprentices",
    "consultants",
    "designers",
    "programmers",
    "moderators",
    "operators",
    "technicians",
    "specialists",
    "professionals",
    "associates",
    "men",
    "women",
    "children",
    "adults",
    "individuals",
    "citizens",
    "colleagues",
    "coworkers",
    "plaintiffs",
    "defendants",
    "claimants",
    "inmates",
    "prisoners",
    "casualties",
    "personnel",
    "weavers",
    "miners",
    "farmers",
    "couriers",
    "cleaners",
    "clerks",
    "salespeople",
    "freelancers",
    "volunteers",
    "donors",
    "savers",
    "borrowers",
    "pensioners",
    "retirees",
    "commuters",
    "travellers",
    "travelers",
    "tourists",
    "shoppers",
    "consumers",
    "seafarers",
    "firefighters",
    "dismissals",
    "resignations",
    "departures",
    "creators",
    "sellers",
    "buyers",
    "agents’",
    "accountants",
    "bankers",
    "traders",
    "brokers",
    "economists",
    "reps",
    "representatives",
    "inspectors",
    "recruiters",
    "testers",
    "professors",
    "crew",
    "shareholders",
    "witnesses",
    "jurors",
    "families",
    "temps",
    "lawmakers",
];

/// The same in the singular, as `8,000-person` and `600 job cuts` have it.
const PERSON: &[&str] = &[
    "person",
    "employee",
    "worker",
    "member",
    "man",
    "woman",
    "engineer",
    "job",
    "role",
    "staff",
    "strong",
    "user",
    "developer",
    "student",
    "player",
    "head",
    "people",
    "researcher",
];

/// Words that end the search for a noun.
const STOPS: &[&str] = &[
    "of", "in", "for", "from", "on", "at", "across", "among", "by", "within", "since", "during", "with", "until",
    "and", "or", "but", "to", "per", "a", "an", "each", "every", "the", "who", "that", "which", "was", "were", "is",
    "are", "have", "has", "had", "will", "would", "could", "said", "as", "than", "its", "their", "this", "when",
    "while", "after", "before", "not", "against", "through", "into", "if", "so", "then", "told", "says", "tells",
    "asked", "gave", "met", "because", "where", "whose", "be", "been", "being", "did", "does", "do", "may", "can",
];

/// Words that lead from a count to the people whom it is of: `600 of its employees`.
const OWNERS: &[&str] = &["the", "its", "their", "our", "his", "her", "those", "these", "all"];

/// Words behind a few people who are the source of a report, and no figure in it.
const WITNESSES: &[&str] =
    &["familiar", "close", "briefed", "told", "said", "say", "described", "confirmed", "asked", "spoke"];

/// Words before a few people who are known already: `the three founders`.
const KNOWN: &[&str] = &[
    "the", "these", "those", "both", "other", "last", "first", "next", "our", "its", "my", "his", "her", "their", "us",
    "you", "we",
];

/// Words before a bare number of people: `employs 450`, `a staff of 40`, `laid off 600`.
const COUNTING: &[&str] = &[
    "employs",
    "employed",
    "employing",
    "hired",
    "hires",
    "hiring",
    "fired",
    "dismissed",
    "sacked",
    "laid off",
    "lay off",
    "laying off",
    "staff of",
    "team of",
    "workforce of",
    "headcount of",
    "crew of",
    "letting go of",
    "let go of",
];

/// Words that stand behind a bare number of people, beside those that end any search.
const ENDS: &[&str] = &["last", "next", "earlier", "later", "today", "yesterday", "more", "worldwide", "globally"];

/// Words between a word for hiring or firing and the number: `laid off another 300`.
const FURTHER: &[&str] = &["another", "a further", "an additional", "a total of"];

/// Verbs that have a number of people between them and another word: `let 300 go`.
const FRAMES: &[(&str, &str)] = &[
    ("let", "go"),
    ("lets", "go"),
    ("letting", "go"),
    ("made", "redundant"),
    ("make", "redundant"),
    ("makes", "redundant"),
    ("making", "redundant"),
];

/// What has so many people: `headcount fell to 900`.
const BODIES: &[&str] = &["headcount", "workforce", "staff", "payroll", "employment"];

/// How many words, and bytes, may stand between such a body and where its count went.
const VERBS: (usize, usize) = (4, 40);

/// Cuts a word off the end of a text, whatever its case.
fn without_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(word.len())?;
    let (before, last) = text.split_at_checked(at)?;
    let is_whole = !before.ends_with(char::is_alphanumeric);
    (is_whole && last.eq_ignore_ascii_case(word)).then(|| before.trim_end())
}

/// Tells whether the words before a number say what a headcount went to or came from: `the workforce shrank from 900`.
fn is_level(before: &str) -> bool {
    let Some(told) = ["to", "from"].iter().find_map(|word| without_word(before, word)) else { return false };
    let near = told.get(told.ceil_char_boundary(told.len().saturating_sub(VERBS.1))..).unwrap_or_default();
    let sentence = near.rsplit(['.', '!', '?', ';']).next().unwrap_or_default();
    sentence.split_whitespace().rev().take(VERBS.0).any(|word| BODIES.contains(&word.to_ascii_lowercase().as_str()))
}

/// Tells whether a noun or a noun phrase in the plural is of people, by its last word.
pub fn is_people(phrase: &str) -> bool {
    let last = phrase.rsplit(' ').next().unwrap_or_default();
    PEOPLE.contains(&last.to_ascii_lowercase().as_str())
}

/// Reads a count of people or jobs, of any size.
pub(super) fn read(place: &Place<'_>, amount: &Amount) -> Option<Found> {
    if amount.mark.is_some()
        || place.is_one(amount)
        || place.is_year(amount)
        || place.is_day(amount)
        || place.has_loose_letter(amount)
        || NAMES.contains(&place.number(amount))
    {
        return None;
    }
    let words = place.words_after(amount.range.end);
    let Some((noun, last, next)) = people(place, amount, &words) else { return bare(place, amount, &words) };
    let is_few = place.is_in_words() && amount.largest <= rust_decimal::Decimal::TEN && !amount.is_hedged;
    let is_nameless = matches!(noun.as_str(), "people" | "persons");
    let next = next.to_ascii_lowercase();
    let is_witness =
        is_few && (WITNESSES.contains(&next.as_str()) || (is_nameless && matches!(&*next, "who" | "with")));
    let before = place.word_before(amount.range.start).to_ascii_lowercase();
    let is_known = is_few && KNOWN.contains(&before.as_str());
    // Doing two jobs, or playing two roles, is a figure of speech.
    let is_doubling = place.number(amount).eq_ignore_ascii_case("two")
        && !amount.is_hedged
        && matches!(noun.as_str(), "jobs" | "roles" | "positions");
    let is_name = amount.largest < rust_decimal::Decimal::ONE_THOUSAND && place.is_name(amount);
    if is_witness || is_known || is_doubling || is_name {
        return None;
    }
    place.found(amount.range.clone(), &noun, last, FigureKind::People)
}

/// Finds the people behind an amount: the noun in the plural, its last word in the text, and the word after it.
fn people<'t>(place: &Place<'t>, amount: &Amount, words: &[&'t str]) -> Option<(String, &'t str, &'t str)> {
    let after = |at: usize| words.get(at + 1).copied().unwrap_or_default();
    if place.is_joined(amount) && PERSON.contains(&words.first()?.to_ascii_lowercase().as_str()) {
        return Some(("people".to_owned(), words.first()?, after(0)));
    }
    let mut searched = 0;
    if words.first()?.eq_ignore_ascii_case("of") {
        searched = 1;
        if words
            .get(searched)
            .is_some_and(|word| OWNERS.contains(&word.to_ascii_lowercase().as_str()) || word.ends_with("’s"))
        {
            searched += 1;
        }
    }
    for (at, word) in words.iter().enumerate().skip(searched) {
        let lower = word.to_ascii_lowercase();
        let lower = lower.trim_end_matches(['’', '\'']);
        if lower.is_empty() || STOPS.contains(&lower) {
            return None;
        }
        if PEOPLE.contains(&lower) || (lower.ends_with("ians") && word.starts_with(char::is_lowercase)) {
            let noun = words.get(searched..=at).unwrap_or_default().join(" ");
            return Some((noun.trim_end_matches(['’', '\'']).to_owned(), word, after(at)));
        }
        let next = after(at).to_ascii_lowercase();
        if PERSON.contains(&lower) && matches!(next.as_str(), "cuts" | "losses" | "reductions") {
            let noun = words.get(searched..=at + 1).unwrap_or_default().join(" ");
            return Some((noun, words.get(at + 1)?, after(at + 1)));
        }
    }
    None
}

/// Reads a number whose people stand before it: `employs 450 in Dublin`.
fn bare(place: &Place<'_>, amount: &Amount, words: &[&str]) -> Option<Found> {
    let next = words.first().copied().unwrap_or_default().to_ascii_lowercase();
    let ends = next.is_empty() || STOPS.contains(&&*next) || ENDS.contains(&&*next) || is_calendar(&next);
    let before = place.text.get(..amount.range.start)?.trim_end();
    let before = FURTHER.iter().find_map(|word| without_word(before, word)).unwrap_or(before);
    let is_framed = FRAMES.iter().any(|(verb, last)| next == *last && without_word(before, verb).is_some());
    let is_people = COUNTING.iter().any(|phrase| without_word(before, phrase).is_some()) || is_level(before);
    (is_framed || (ends && is_people)).then_some(())?;
    place.found(amount.range.clone(), "", "", FigureKind::People)
}
