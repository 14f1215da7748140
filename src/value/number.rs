//! Numbers as people write them, kept exact: digits, a power of ten, and the last place stated.

use rust_decimal::Decimal;

use super::ValueError;
use super::number_words;
use super::scan::Cursor;

/// A number as it was written: `digits × 10^exponent`, without zeros at the end of its digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    negative: bool,
    digits: u128,
    exponent: i32,
    /// The power of ten of the last place stated; none for a zero, which states no place.
    place: Option<i32>,
}

impl Number {
    /// Makes a number of its written digits, `decimals` of which stood after the point.
    ///
    /// The last place stated is the last decimal where there are any, else that of the last digit other
    /// than zero: `8,000` speaks in thousands, `14.30` in hundredths.
    pub(crate) fn new(digits: u128, exponent: i32, decimals: i32) -> Self {
        let written = exponent.saturating_sub(decimals);
        let (digits, exponent) = without_zeros(digits, written);
        let place = if decimals > 0 { written } else { exponent };
        Self { negative: false, digits, exponent, place: (digits != 0).then_some(place) }
    }

    /// Turns the sign.
    #[must_use]
    pub(crate) fn negated(self) -> Self {
        Self { negative: !self.negative && self.digits != 0, ..self }
    }

    /// Multiplies by a power of ten, as a scale word does.
    #[must_use]
    pub(crate) fn scaled(self, by: i32) -> Self {
        let exponent = if self.digits == 0 { 0 } else { self.exponent.saturating_add(by) };
        Self { exponent, place: self.place.map(|place| place.saturating_add(by)), ..self }
    }

    /// Returns the amount, or nothing where a decimal cannot hold it exactly.
    pub(crate) fn amount(self) -> Option<Decimal> {
        let mantissa = match u32::try_from(self.exponent) {
            Ok(zeros) => self.digits.checked_mul(10_u128.checked_pow(zeros)?)?,
            Err(_) => self.digits,
        };
        let scale = self.exponent.min(0).unsigned_abs();
        let amount = Decimal::try_from_i128_with_scale(i128::try_from(mantissa).ok()?, scale).ok()?;
        Some(if self.negative { -amount } else { amount })
    }

    /// Returns the power of ten of the last place stated; an outer nothing where it is out of reach.
    pub(crate) fn place(self) -> Option<Option<i8>> {
        let reachable = |place| i8::try_from(place).ok().filter(|place| (-28..=28).contains(place));
        match self.place {
            None => Some(None),
            Some(place) => reachable(place).map(Some),
        }
    }
}

/// Moves the zeros at the end of the digits into the exponent; zero itself has the exponent 0.
fn without_zeros(mut digits: u128, mut exponent: i32) -> (u128, i32) {
    if digits == 0 {
        return (0, 0);
    }
    while digits.is_multiple_of(10) {
        digits /= 10;
        exponent = exponent.saturating_add(1);
    }
    (digits, exponent)
}

/// Reads a number in digits or in words, if one comes next; scale words after digits are left alone.
pub(crate) fn read(cursor: &mut Cursor<'_>) -> Result<Option<Number>, ValueError> {
    match read_digits(cursor)? {
        Some(number) => Ok(Some(number)),
        None => Ok(number_words::read(cursor)),
    }
}

/// Fractions of one character, with their decimals: `2½`.
const VULGAR: &[(&str, &str)] = &[("½", "5"), ("¼", "25"), ("¾", "75")];

/// Digits collected one at a time; more than 38 of them are more than anything holds.
struct Collected {
    value: Option<u128>,
    count: i32,
}

impl Collected {
    fn push(&mut self, digits: &str) {
        for digit in digits.bytes().map(|byte| u128::from(byte.saturating_sub(b'0'))) {
            self.value = self.value.and_then(|value| value.checked_mul(10)?.checked_add(digit));
            self.count = self.count.saturating_add(1);
        }
    }
}

fn read_digits(cursor: &mut Cursor<'_>) -> Result<Option<Number>, ValueError> {
    let start = cursor.at();
    let mut ahead = *cursor;
    let mut digits = Collected { value: Some(0), count: 0 };
    read_whole(&mut ahead, &mut digits)?;
    let whole = digits.count;
    read_fraction(&mut ahead, &mut digits);
    if digits.count == 0 {
        return Ok(None);
    }
    let exponent = read_exponent(&mut ahead);
    let Some(value) = digits.value else {
        return Err(too_large(start..ahead.at()));
    };
    *cursor = ahead;
    Ok(Some(Number::new(value, exponent, digits.count.saturating_sub(whole))))
}

/// Reads the digits before the point, with their separators.
fn read_whole(cursor: &mut Cursor<'_>, digits: &mut Collected) -> Result<(), ValueError> {
    let start = cursor.at();
    let mut group = take(cursor, digits);
    let mut grouped = false;
    while let Some(separator) = cursor.peek().filter(|c| group > 0 && is_separator(*c)) {
        let mut ahead = *cursor;
        ahead.skip(separator.len_utf8());
        let next = ahead.digits().len();
        let is_thousands = next == 3 && (group == 3 || (group < 3 && !grouped));
        if next == 0 || (separator.is_whitespace() && !is_thousands) {
            break;
        }
        if separator != '_' && !is_thousands {
            return Err(misgrouped(start..ahead.at() + next));
        }
        *cursor = ahead;
        group = take(cursor, digits);
        grouped = true;
    }
    Ok(())
}

/// Takes a run of digits and returns how many there were.
fn take(cursor: &mut Cursor<'_>, digits: &mut Collected) -> usize {
    let run = cursor.digits();
    digits.push(run);
    cursor.skip(run.len());
    run.len()
}

/// Tells whether a character may stand between thousands: comma, underscore, apostrophes, no-break and thin spaces.
fn is_separator(c: char) -> bool {
    matches!(c, ',' | '_' | '\'' | '’' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

fn read_fraction(cursor: &mut Cursor<'_>, digits: &mut Collected) {
    if let Some((_, decimals)) = VULGAR.iter().find(|(sign, _)| digits.count > 0 && cursor.eat(sign)) {
        digits.push(decimals);
        return;
    }
    let mut ahead = *cursor;
    if ahead.eat(".") && !ahead.digits().is_empty() {
        take(&mut ahead, digits);
        *cursor = ahead;
    }
}

/// Reads the exponent of scientific notation, such as `e-07`; 0 where there is none.
fn read_exponent(cursor: &mut Cursor<'_>) -> i32 {
    let mut ahead = *cursor;
    if !(ahead.eat("e") || ahead.eat("E")) {
        return 0;
    }
    let negative = ahead.eat("-") || ahead.eat("−");
    if !negative {
        ahead.eat("+");
    }
    let digits = ahead.digits();
    if digits.is_empty() {
        return 0;
    }
    ahead.skip(digits.len());
    *cursor = ahead;
    let size = digits.parse::<i32>().unwrap_or(i32::MAX);
    if negative { size.saturating_neg() } else { size }
}

/// The error for a number that no decimal can hold.
pub(crate) fn too_large(range: std::ops::Range<usize>) -> ValueError {
    ValueError::new("the number has more digits than an amount can hold", "an amount has at most 28 digits", range)
}

fn misgrouped(range: std::ops::Range<usize>) -> ValueError {
    ValueError::new(
        "the separators do not stand between thousands",
        "write thousands as in `14,300` and decimals as in `14.3`",
        range,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> (String, Option<i8>) {
        let mut cursor = Cursor::new(text);
        let number = read(&mut cursor).expect("no error").expect("a number");
        assert_eq!(cursor.rest(), "", "{text}");
        (number.amount().expect("an amount").to_string(), number.place().expect("a place"))
    }

    #[test]
    fn numbers_keep_their_value_and_last_stated_place() {
        let cases = [
            ("8000", "8000", Some(3)),
            ("8,000", "8000", Some(3)),
            ("65,000,000,000", "65000000000", Some(9)),
            ("14_300", "14300", Some(2)),
            ("1'234", "1234", Some(0)),
            ("1\u{202f}234\u{a0}567", "1234567", Some(0)),
            ("14.3", "14.3", Some(-1)),
            ("14.30", "14.3", Some(-2)),
            (".5", "0.5", Some(-1)),
            ("6e-07", "0.0000006", Some(-7)),
            ("1.2e-06", "0.0000012", Some(-7)),
            ("5.0E3", "5000", Some(2)),
            ("0", "0", None),
        ];
        for (text, amount, place) in cases {
            assert_eq!(read_all(text), (amount.to_owned(), place), "{text}");
        }
    }

    #[test]
    fn a_comma_between_decimals_is_explained() {
        let error = read(&mut Cursor::new("14,3 bn")).expect_err("not thousands");
        assert_eq!(error.range, 0..4);
        assert_eq!(error.help, "write thousands as in `14,300` and decimals as in `14.3`");
    }

    #[test]
    fn what_follows_the_number_is_left() {
        for (text, rest) in [("60..65", "..65"), ("5EUR", "EUR"), ("8,000, they say", ", they say"), ("7.", ".")] {
            let mut cursor = Cursor::new(text);
            assert!(read(&mut cursor).expect("no error").is_some());
            assert_eq!(cursor.rest(), rest);
        }
    }
}
