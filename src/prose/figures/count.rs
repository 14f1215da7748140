//! Counts of anything else, from a thousand on.

use rust_decimal::Decimal;

use super::place::{Amount, Place};
use super::{FigureKind, Found};

/// Words that end the search for a noun.
const STOPS: &[&str] = &[
    "of", "in", "for", "from", "on", "at", "across", "among", "by", "within", "since", "during", "with", "until",
    "and", "or", "but", "to", "per", "a", "an", "each", "every", "the", "who", "that", "which", "was", "were", "is",
    "are", "have", "has", "had", "will", "would", "could", "said", "says", "as", "than", "its", "their", "this",
    "when", "while", "after", "before", "not", "times", "plus", "minus", "but",
];

/// What a thousand or a million of is a figure of speech.
const IDIOMS: &[&str] = &[
    "times",
    "things",
    "ways",
    "reasons",
    "miles",
    "cuts",
    "words",
    "small",
    "little",
    "thanks",
    "pieces",
    "ships",
    "questions",
    "stories",
];

/// Numbers with a letter that are names of things: 4K screens, the 3M company, a 401k plan.
pub(super) const NAMES: &[&str] = &["2K", "4K", "8K", "3M", "401k", "401K"];

/// The longest plain row of digits that is a count where no noun follows; a longer one is an id.
const LONGEST_PLAIN: usize = 6;

/// Reads a count of a thousand or more.
pub(super) fn read(place: &Place<'_>, amount: &Amount) -> Option<Found> {
    let is_large = amount.largest.abs() >= Decimal::ONE_THOUSAND;
    if !is_large || amount.mark.is_some() || place.is_year(amount) || place.has_loose_letter(amount) {
        return None;
    }
    let words = place.words_after(amount.range.end);
    let noun = noun(&words);
    let is_idiom = place.is_in_words()
        && !amount.is_hedged
        && (IDIOMS.contains(&words[0].to_ascii_lowercase().as_str())
            || is_round_in_words(place, amount) && noun.is_none());
    if is_idiom || is_id(place, amount, noun.is_some()) || is_model(place, amount, &words) {
        return None;
    }
    let (noun, last) = noun.unwrap_or_default();
    place
        .found(amount.range.clone(), &noun, last, FigureKind::Count)
        .or_else(|| place.found(amount.range.clone(), "", "", FigureKind::Count))
}

/// Tells whether the number is no more than `a thousand` or `a million`.
fn is_round_in_words(place: &Place<'_>, amount: &Amount) -> bool {
    let number = place.number(amount).to_ascii_lowercase();
    let group = number.strip_prefix("a ").or_else(|| number.strip_prefix("one "));
    group.is_some_and(|group| !group.contains(' '))
}

/// Tells whether digits are a year of long ago, the number of something, a phone number or a time.
fn is_id(place: &Place<'_>, amount: &Amount, has_noun: bool) -> bool {
    let number = place.number(amount);
    let is_plain_range = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && number.contains('-');
    let follows_digits = place.text.get(..amount.range.start).is_some_and(|before| {
        before.strip_suffix([' ', '-']).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
    });
    if !place.is_plain(amount) {
        return !has_noun && (is_plain_range || place.is_numbered(amount));
    }
    let is_zip = number.len() == 5 && place.follows_a_state();
    let is_old_year = number.len() == 4 && !amount.is_hedged && !has_noun && number.starts_with('1');
    let [next, ..] = place.words_after(amount.range.end);
    let is_time = number.len() == 4 && matches!(next, "GMT" | "UTC" | "hours" | "CET" | "EST" | "ET");
    let is_long = number.len() > LONGEST_PLAIN && !has_noun;
    is_zip || is_old_year || is_time || is_long || follows_digits || place.is_numbered(amount)
}

/// Tells whether a number with a capital letter is the size or the name of a model or a product: `7B`, `4K`, `3M`.
fn is_model(place: &Place<'_>, amount: &Amount, words: &[&str]) -> bool {
    let number = place.number(amount);
    let is_parameters = words.first().is_some_and(|word| word.to_ascii_lowercase().starts_with("param"));
    NAMES.contains(&number)
        || (number.ends_with(['B', 'T']) && !amount.is_hedged && (noun(words).is_none() || is_parameters))
        || number.to_ascii_lowercase().ends_with('k')
            && words.first().is_some_and(|word| matches!(*word, "run" | "race" | "video" | "screen"))
}

/// Finds what is counted: up to three words, the last in the plural.
fn noun<'t>(words: &[&'t str]) -> Option<(String, &'t str)> {
    let head = words
        .iter()
        .take(3)
        .take_while(|word| !word.is_empty() && !STOPS.contains(&word.to_ascii_lowercase().as_str()));
    let head: Vec<&'t str> = head.copied().collect();
    let is_plural =
        |word: &str| word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("’s") && word.len() > 3;
    let last = head.iter().position(|word| is_plural(word))?;
    Some((head.get(..=last)?.join(" "), head.get(last)?))
}
