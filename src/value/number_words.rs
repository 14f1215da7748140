//! Whole numbers in words: `eight thousand`, `twenty-five`, `a dozen`, `half a million`.

use super::number::Number;
use super::scan::Cursor;

/// The words for 0 to 19.
const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// The words for 20, 30 … 90.
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The words that multiply what stands before them.
const GROUPS: [(&str, u64); 6] = [
    ("dozen", 12),
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

/// What a single word of a number does.
enum Word {
    /// Adds a number below 100.
    Add(u64),
    /// Multiplies.
    Times(u64),
}

fn lookup(word: &str) -> Option<Word> {
    let is = |known: &&str| known.eq_ignore_ascii_case(word);
    let nth = |start: u64, step: u64, index: usize| u64::try_from(index).ok().map(|i| Word::Add(start + step * i));
    let small = || SMALL.iter().position(is).and_then(|index| nth(0, 1, index));
    let tens = || TENS.iter().position(is).and_then(|index| nth(20, 10, index));
    let group = || GROUPS.iter().find(|(known, _)| is(known)).map(|(_, size)| Word::Times(*size));
    small().or_else(tens).or_else(group)
}

/// The sum so far: whole groups of a thousand and more, and the group that is being read.
#[derive(Clone, Copy, Default)]
struct Sum {
    done: u64,
    /// The size of the last group in `done`; the next must be smaller.
    last: Option<u64>,
    open: Option<u64>,
}

impl Sum {
    /// Adds a word, or returns nothing where the word cannot continue the number.
    fn with(self, word: &Word) -> Option<Self> {
        match *word {
            Word::Add(number) => self.plus(number),
            Word::Times(size @ (12 | 100)) => self.times(size),
            Word::Times(size) => self.close(size),
        }
    }

    /// `two hundred` + `five`, `twenty` + `five`, but not `five` + `twenty`.
    fn plus(self, number: u64) -> Option<Self> {
        let fits = match self.open {
            None => true,
            Some(0) => false,
            Some(open) if number < 10 => number > 0 && open % 10 == 0 && open % 100 != 10,
            Some(open) => open % 100 == 0,
        };
        let open = self.open.unwrap_or(0).checked_add(number)?;
        fits.then_some(Self { open: Some(open), ..self })
    }

    fn times(self, size: u64) -> Option<Self> {
        let open = self.open.filter(|open| (1..100).contains(open))?;
        Some(Self { open: Some(open.checked_mul(size)?), ..self })
    }

    fn close(self, size: u64) -> Option<Self> {
        let open = self.open.filter(|_| self.last.is_none_or(|last| size < last))?;
        Some(Self { done: self.done.checked_add(open.checked_mul(size)?)?, last: Some(size), open: None })
    }

    fn total(self) -> u64 {
        self.done.saturating_add(self.open.unwrap_or(0))
    }
}

/// Reads a number in words, if one comes next.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Option<Number> {
    if !cursor.peek()?.is_alphabetic() {
        return None;
    }
    if let Some(half) = read_half(cursor) {
        return Some(half);
    }
    let mut sum = start(cursor)?;
    while let Some((next, ahead)) = step(*cursor, sum) {
        sum = next;
        *cursor = ahead;
    }
    // `two and a half million` too: the scale is read by whoever asks.
    let has_half = sum.last.is_none() && cursor.eat_phrase("and a half");
    let tenths = u128::from(sum.total()) * 10 + 5;
    Some(if has_half { Number::new(tenths, 0, 1) } else { Number::new(u128::from(sum.total()), 0, 0) })
}

/// Reads `half a million` and its like.
fn read_half(cursor: &mut Cursor<'_>) -> Option<Number> {
    let mut ahead = *cursor;
    if !ahead.eat_phrase("half a") {
        return None;
    }
    let Word::Times(size) = next_word(&mut ahead)? else { return None };
    *cursor = ahead;
    Some(Number::new(u128::from(size / 2), 0, 0))
}

/// Reads the first word; `a` counts as one where a group follows, as in `a hundred`.
fn start(cursor: &mut Cursor<'_>) -> Option<Sum> {
    let mut ahead = *cursor;
    let one = Sum { open: Some(1), ..Sum::default() };
    let sum = if ahead.eat_phrase("a") || ahead.eat_phrase("an") {
        one.with(&next_word(&mut ahead)?)?
    } else {
        Sum::default().with(&next_word(&mut ahead)?)?
    };
    *cursor = ahead;
    Some(sum)
}

/// Reads one more word of the number, over a hyphen or an `and` where there is one.
///
/// An `and` may also part two numbers, as in `between one hundred and two hundred`: what follows it belongs to
/// this number only where the multiplier after that does too.
fn step(mut cursor: Cursor<'_>, sum: Sum) -> Option<(Sum, Cursor<'_>)> {
    let joined = !cursor.eat("-") && cursor.eat_phrase("and");
    let sum = sum.with(&next_word(&mut cursor)?)?;
    let mut ahead = cursor;
    match next_word(&mut ahead) {
        Some(times @ Word::Times(_)) if joined && sum.with(&times).is_none() => None,
        _ => Some((sum, cursor)),
    }
}

fn next_word(cursor: &mut Cursor<'_>) -> Option<Word> {
    cursor.skip_spaces();
    let word = cursor.word();
    cursor.skip(word.len());
    lookup(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Option<(String, String)> {
        let mut cursor = Cursor::new(text);
        let number = read(&mut cursor)?;
        Some((number.amount()?.to_string(), cursor.rest().to_owned()))
    }

    #[test]
    fn numbers_in_words_are_read() {
        let cases = [
            ("two sites", "2", " sites"),
            ("eight thousand", "8000", ""),
            ("a dozen", "12", ""),
            ("half a million users", "500000", " users"),
            ("twenty-five", "25", ""),
            ("Two hundred and fifty thousand three hundred", "250300", ""),
            ("a hundred", "100", ""),
            ("sixty and seventy", "60", " and seventy"),
            ("one hundred and two hundred", "100", " and two hundred"),
            ("eight thousand and nine thousand", "8000", " and nine thousand"),
            ("eighteen months", "18", " months"),
            ("two and a half years", "2.5", " years"),
            ("one and a half million", "1.5", " million"),
        ];
        for (text, value, rest) in cases {
            assert_eq!(amount(text), Some((value.to_owned(), rest.to_owned())), "{text}");
        }
    }

    #[test]
    fn other_words_are_no_numbers() {
        for text in ["a site", "hundreds of roles", "and five", "roles", "half of it", "thousand"] {
            assert_eq!(amount(text), None, "{text}");
        }
    }
}
