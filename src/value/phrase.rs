//! The words behind an amount: what is counted, and a tail that only says where or of what.

use super::currency::Currency;
use super::fraction;
use super::grammar::HELP;
use super::hedge::Hedge;
use super::noun::Noun;
use super::scale;
use super::scan::Cursor;
use super::unit::{TimeUnit, Unit};
use super::{ValueError, quoted};

/// The longest noun phrase that counts as a unit, in words.
const LONGEST_NOUN: usize = 4;

/// The longest phrase, with its tail, in words.
const LONGEST: usize = 12;

/// Words that begin a tail, as in `10% of staff` and `72 sites in Europe`.
const TAIL: &[&str] = &[
    "of",
    "in",
    "for",
    "from",
    "on",
    "at",
    "across",
    "among",
    "worth",
    "by",
    "within",
    "since",
    "during",
    "with",
    "until",
    "globally",
    "worldwide",
];

/// Words that make a rate of an amount.
const RATE: &[&str] = &["per", "a", "an", "each", "every"];

/// Words that join a second thing to the first.
const JOINERS: &[&str] = &["and", "or", "but", "plus", "minus", "to"];

/// A word of the phrase and where it starts.
#[derive(Clone, Copy)]
struct Word<'t> {
    at: usize,
    text: &'t str,
}

impl Word<'_> {
    fn is_one_of(self, list: &[&str]) -> bool {
        list.iter().any(|known| known.eq_ignore_ascii_case(self.text))
    }

    fn error(self, message: impl Into<String>, help: &str) -> ValueError {
        ValueError::new(message, help, self.at..self.at + self.text.len())
    }
}

/// Reads the unit in words, or, where `mark` already is the unit, only the tail that may follow it.
pub(crate) fn read(cursor: &mut Cursor<'_>, mark: Option<Unit>) -> Result<Unit, ValueError> {
    let is_glued = cursor.at() > 0 && cursor.peek().is_some_and(char::is_alphabetic);
    let words = split(cursor)?;
    let head_len = words.iter().position(|word| word.is_one_of(TAIL)).unwrap_or(words.len());
    let (head, tail) = words.split_at_checked(head_len).unwrap_or_default();
    head.iter().try_for_each(|word| check_head(*word))?;
    match (mark, head.first(), tail.first()) {
        (Some(_), Some(word), _) => Err(unexpected(*word)),
        (Some(mark), None, _) => Ok(mark),
        (None, None, None) => Ok(Unit::Bare),
        (None, None, Some(word)) => Err(unexpected(*word)),
        (None, Some(first), after) => match name(*first, head, after)? {
            Unit::Count(_) if is_glued => Err(glued(*first)),
            unit => Ok(unit),
        },
    }
}

/// Refuses letters written against digits that are no unit of their own: `0x10`, `1O0`, `3x`, `5th`.
fn glued(word: Word<'_>) -> ValueError {
    let help = "put a space between a number and what is counted, such as `72 sites`";
    word.error(format!("{} is written against the number", quoted(word.text)), help)
}

/// Makes sure that nothing is left.
pub(crate) fn expect_end(cursor: &Cursor<'_>) -> Result<(), ValueError> {
    let text = cursor.rest().trim();
    if text.is_empty() { Ok(()) } else { Err(unexpected(Word { at: cursor.at(), text: cursor.rest() })) }
}

/// Splits the rest into words, up to a hedge that stands behind them, as in `8,000 roles or more`.
fn split<'t>(cursor: &mut Cursor<'t>) -> Result<Vec<Word<'t>>, ValueError> {
    let mut words = Vec::new();
    loop {
        cursor.skip_spaces();
        let rest = cursor.rest();
        let mut ahead = *cursor;
        if rest.is_empty() || Hedge::read_after(&mut ahead).is_some() {
            return Ok(words);
        }
        let text = rest.split(char::is_whitespace).next().unwrap_or_default();
        let word = Word { at: cursor.at(), text };
        if words.len() == LONGEST {
            return Err(word.error("the unit goes on for too long", "write it in a few words, such as `8,000 roles`"));
        }
        check_characters(word)?;
        words.push(word);
        cursor.skip(text.len());
    }
}

/// Refuses a second number and signs that no word has.
fn check_characters(word: Word<'_>) -> Result<(), ValueError> {
    if word.text.starts_with(char::is_numeric) {
        return Err(
            word.error("a second number follows the first", "write one amount or one range, and leave the rest out")
        );
    }
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '&');
    match word.text.starts_with(char::is_alphabetic) && word.text.chars().all(belongs) {
        true => Ok(()),
        false => Err(unexpected(word)),
    }
}

/// Refuses, in what names the unit, words that would make another measure of it.
fn check_head(word: Word<'_>) -> Result<(), ValueError> {
    if word.is_one_of(RATE) {
        let help = "put the rate into the metric, such as `weekly-downloads`, and write `12 million downloads`";
        return Err(word.error("a rate is not an amount", help));
    }
    if word.is_one_of(JOINERS) {
        return Err(word.error("an amount is of one thing", "leave out the second, or make it a claim of its own"));
    }
    Ok(())
}

/// Finds the unit that the head of a phrase names; `after` is the word that begins its tail.
fn name(first: Word<'_>, head: &[Word<'_>], after: Option<&Word<'_>>) -> Result<Unit, ValueError> {
    let texts: Vec<&str> = head.iter().map(|word| word.text).collect();
    if fraction::is_named_by(&texts, after.map(|word| word.text)) {
        return Err(fraction::refused(first.at..first.at + first.text.len()));
    }
    if let Some(time) = TimeUnit::from_word(first.text) {
        return Ok(Unit::Duration(time));
    }
    if let Some(unit) = Unit::headcount(&texts) {
        return Ok(unit);
    }
    if let Some(long) = head.get(LONGEST_NOUN) {
        return Err(long.error("the unit goes on for too long", "write it in a few words, such as `72 data centers`"));
    }
    let noun = Noun::new(&texts.join(" "));
    if let Some(currency) = Currency::from_code(noun.singular()) {
        return Ok(Unit::Currency(currency));
    }
    // Such a noun would be read as a scale where it is written behind a number again.
    if scale::exponent(noun.singular()).is_some() {
        return Err(unexpected(first));
    }
    Ok(Unit::Count(noun))
}

fn unexpected(word: Word<'_>) -> ValueError {
    word.error(format!("{} cannot follow the amount", quoted(word.text)), HELP)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(text: &str) -> Unit {
        read(&mut Cursor::new(text), None).expect(text)
    }

    fn message(text: &str, mark: Option<Unit>) -> String {
        read(&mut Cursor::new(text), mark).expect_err(text).message
    }

    #[test]
    fn phrases_name_units() {
        assert_eq!(unit("roles at Meta"), Unit::Headcount("role"));
        assert_eq!(unit("weeks' base pay"), Unit::Duration(TimeUnit::Week));
        assert_eq!(unit("Data centres in Europe"), Unit::Count(Noun::new("data center")));
        assert_eq!(unit("monthly active users"), Unit::Count(Noun::new("monthly active user")));
        assert_eq!(unit("AI roles or more"), Unit::Headcount("role"));
        assert_eq!(unit(""), Unit::Bare);
        assert_eq!(read(&mut Cursor::new("of staff"), Some(Unit::Percent)), Ok(Unit::Percent));
    }

    #[test]
    fn what_is_no_unit_is_refused() {
        assert_eq!(message("packages within 48 hours", None), "a second number follows the first");
        assert_eq!(message("downloads per week", None), "a rate is not an amount");
        assert_eq!(message("roles and offices", None), "an amount is of one thing");
        assert_eq!(message("roles", Some(Unit::Percent)), "`roles` cannot follow the amount");
        assert_eq!(message("(est.)", None), "`(est.)` cannot follow the amount");
    }
}
