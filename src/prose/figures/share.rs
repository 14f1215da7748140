//! Shares of a whole, and the difference between two.

use rust_decimal::Decimal;

use super::people::is_people;
use super::place::{Amount, Place};
use super::words::is_calendar;
use super::{FigureKind, Found};
use crate::value::running::{self, hedge_at_front};
use crate::value::{Quantity, TimeUnit, Unit};

/// Words that come before `half` where it is one of two, and no share.
const ONE_OF_TWO: &[&str] =
    &["first", "second", "latter", "other", "better", "top", "bottom", "this", "last", "next", "each", "the"];

/// Words behind which a fraction of them is a figure of speech.
const NO_WHOLE: &[&str] = &["it", "that", "this", "what", "which"];

/// What `half the …` must be of to be a share, and not a figure of speech.
const WHOLES: &[&str] = &[
    "workforce",
    "staff",
    "employees",
    "workers",
    "revenue",
    "revenues",
    "sales",
    "budget",
    "market",
    "shares",
    "stock",
    "fleet",
    "users",
    "customers",
    "team",
    "jobs",
    "roles",
    "capacity",
    "output",
    "profit",
    "profits",
    "spending",
    "headcount",
    "votes",
    "seats",
];

/// The most that a ratio such as `one in five` is of.
const MANY: u32 = 1000;

/// Reads an amount in percent or percentage points.
pub(super) fn percentage(place: &Place<'_>, amount: &Amount) -> Option<Found> {
    let Some(Unit::Percent | Unit::PercentagePoint) = amount.mark else { return None };
    // `312 pp` is how long a book is.
    let is_pages = amount.largest > Decimal::ONE_HUNDRED && place.number(amount).ends_with("pp");
    (!is_pages).then_some(())?;
    place.found(amount.range.clone(), "", "", FigureKind::Share)
}

/// Reads `one in five workers`: a number of a larger one.
pub(super) fn one_in_many(place: &Place<'_>, amount: &Amount) -> Option<Found> {
    if amount.mark.is_some() {
        return None;
    }
    let after = place.text.get(amount.range.end..)?;
    let of = after.strip_prefix(" in ").or_else(|| after.strip_prefix(" out of "))?;
    let many =
        running::read_front(of, false).filter(|many| many.mark.is_none() && !many.is_hedged && many.number == 0)?;
    let (count, whole) = (amount.largest, many.largest?);
    let end = amount.range.end + (after.len() - of.len()) + many.end;
    let [next, ..] = place.words_after(end);
    let is_counted = count.is_integer() && whole.is_integer() && count < whole && whole <= Decimal::from(MANY);
    let is_time = TimeUnit::from_word(next).is_some() || is_calendar(&next.to_ascii_lowercase());
    (is_counted && !is_time && place.ends_a_number(end)).then_some(())?;
    share(place, amount.range.start, end, running::percent(count, whole)?)
}

/// Tells whether the number at a place is parted by a fraction before it, as in `a quarter of a billion`: it is not the
/// amount, and what the amount is no grammar here knows.
pub(super) fn parts_a_number(place: &Place<'_>) -> bool {
    let of = place.word_before(place.at);
    let before = place.text.get(..place.at).unwrap_or_default().trim_end();
    let part = before.len().checked_sub(of.len()).map(|at| place.word_before(at)).unwrap_or_default();
    of.eq_ignore_ascii_case("of") && running::is_part_of_a_whole(part) && place.word().eq_ignore_ascii_case("a")
}

/// Tells whether the word at a place parts a whole: `half`, `thirds`.
pub(super) fn is_fraction_word(place: &Place<'_>) -> bool {
    let (word, rest) = (place.word(), place.text.get(place.at..).unwrap_or_default());
    let is_number = rest.get(word.len()..).is_some_and(|rest| rest.starts_with(" a ")) && word.len() == 4;
    running::is_part_of_a_whole(word) && !(is_number && word.eq_ignore_ascii_case("half") && half_a_group(rest))
}

/// Tells whether `half a million` comes, which is a number.
fn half_a_group(rest: &str) -> bool {
    const GROUPS: &[&str] = &["dozen", "hundred", "thousand", "million", "billion", "trillion"];
    let word = rest.get("half a ".len()..).unwrap_or_default();
    let word = word.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    GROUPS.iter().any(|group| group.eq_ignore_ascii_case(word))
}

/// Reads a fraction in words: `a third of staff`, `two-thirds of users`, `by half`, `half the workforce`.
pub(super) fn fraction(place: &Place<'_>) -> Option<Found> {
    let part = place.word();
    let is_half = part.eq_ignore_ascii_case("half");
    let before = place.word_before(place.at);
    let (start, numerator) = match before.to_ascii_lowercase().as_str() {
        "a" | "one" | "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "nine" => {
            (place.text.get(..place.at)?.trim_end().len() - before.len(), before)
        }
        lower if is_half && !ONE_OF_TWO.contains(&lower) => (place.at, ""),
        _ => return None,
    };
    let (share_of, length) = running::fraction_at_front(place.text.get(start..)?)?;
    let end = start + length;
    let words = place.words_after(end);
    let hedged = hedged_start(place, start);
    let is_hyphened = place.written.get(..place.at).is_some_and(|before| before.ends_with(['-', '‑']));
    let by = place.word_before(hedged).eq_ignore_ascii_case("by") && !is_noun_like(words[0]);
    let is_share = by
        || is_of_a_whole(&words, part, is_hyphened)
        || (!numerator.is_empty() && is_compared(words[0]))
        || (is_told_of(words[0]) && (is_hyphened || hedged < start))
        || (numerator.is_empty() && is_half_the(&words));
    is_share.then_some(())?;
    share(place, hedged, end, share_of)
}

/// Tells whether `of` and a whole follow, and neither a time nor a figure of speech.
fn is_of_a_whole(words: &[&str], part: &str, is_hyphened: bool) -> bool {
    let &[of, first, second, ..] = words else { return false };
    if !of.eq_ignore_ascii_case("of") || first.is_empty() {
        return false;
    }
    let lower = first.to_ascii_lowercase();
    let is_article = matches!(lower.as_str(), "the" | "a" | "an" | "this" | "last" | "next");
    let is_time = |word: &str| TimeUnit::from_word(word).is_some() || is_calendar(&word.to_ascii_lowercase());
    let is_year = first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = matches!(lower.as_str(), "a" | "an") && matches!(second, "million" | "billion" | "trillion");
    // Half of these is a way of speaking; half of these votes is not.
    let is_pointing = matches!(lower.as_str(), "these" | "those") && second.is_empty();
    if NO_WHOLE.contains(&lower.as_str())
        || is_pointing
        || is_time(first)
        || is_year
        || is_number
        || (is_article && is_time(second))
    {
        return false;
    }
    // A quarter is a length of time too: `a quarter of growth`. Three-quarters are not.
    let is_quarter = part.to_ascii_lowercase().starts_with("quarter") && !is_hyphened;
    let is_definite = matches!(
        lower.as_str(),
        "the" | "its" | "their" | "our" | "his" | "her" | "all" | "those" | "these" | "them" | "us" | "global"
    );
    !is_quarter
        || is_definite
        || is_people(second)
        || first.ends_with('s')
        || first.starts_with(char::is_uppercase)
        || is_whole(&lower)
}

fn is_half_the(words: &[&str]) -> bool {
    let [the, rest @ ..] = words else { return false };
    let is_definite =
        matches!(the.to_ascii_lowercase().as_str(), "the" | "its" | "their" | "our" | "his" | "her" | "all");
    is_definite && rest.iter().take(2).any(|word| is_whole(&word.to_ascii_lowercase()))
}

/// Tells whether a word sets a share against another, as in `a fifth more`.
fn is_compared(word: &str) -> bool {
    const WORDS: &[&str] =
        &["more", "less", "fewer", "higher", "lower", "larger", "smaller", "cheaper", "faster", "above", "below"];
    WORDS.contains(&word)
}

/// Tells whether a word says what became of a share whose whole stood before: `two-thirds went to Apple`.
fn is_told_of(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "are", "were", "is", "was", "have", "had", "has", "went", "go", "goes", "came", "come", "comes", "said", "say",
        "left", "quit", "live", "work", "use", "used", "voted", "expect", "expected", "plan", "planned", "will",
        "would",
    ];
    WORDS.contains(&word)
}

fn is_whole(word: &str) -> bool {
    WHOLES.contains(&word)
}

/// Tells whether a word behind `by half` or `by a third` makes another thing of it: `by a third party`.
fn is_noun_like(word: &str) -> bool {
    const JOINERS: &[&str] = &[
        "in", "to", "from", "on", "at", "since", "over", "after", "and", "or", "but", "as", "by", "of", "when", "this",
        "last", "within", "during", "because", "while", "if", "since", "year", "compared", "against", "for", "with",
    ];
    !word.is_empty() && !JOINERS.contains(&word.to_ascii_lowercase().as_str())
}

/// Finds where the hedge before a place starts, or the place itself.
fn hedged_start(place: &Place<'_>, start: usize) -> usize {
    let mut candidates = Vec::new();
    let mut at = start;
    while candidates.len() < 4 {
        let word = place.word_before(at);
        if word.is_empty() {
            break;
        }
        let before = place.text.get(..at).unwrap_or_default().trim_end();
        at = before.len() - word.len();
        if at < place.floor {
            break;
        }
        candidates.push(at);
    }
    let reaches = |from: &usize| place.text.get(*from..).is_some_and(|text| from + hedge_at_front(text) == start);
    candidates.into_iter().rev().find(reaches).unwrap_or(start)
}

/// Makes a figure of a share that is not written as one.
fn share(place: &Place<'_>, start: usize, end: usize, percent: Decimal) -> Option<Found> {
    let text = place.text.get(start..end)?;
    let hedge = text.get(..hedge_at_front(text))?;
    let quantity = Quantity::parse(&format!("{hedge}{percent}%")).ok()?;
    Some(Found { range: start..end, kind: FigureKind::Share, quantity })
}
