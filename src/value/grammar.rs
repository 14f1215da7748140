//! The grammar of quantities: a hedge, one amount or two, and a unit.
//!
//! ```text
//! quantity = [hedge] side [after] [("–" | "-" | ".." | "to" | "and") side [after]] [phrase]
//! side     = [sign] [currency] [sign] number [scale] [mark]
//! mark     = "%" | "percent" | "percentage points" | "basis points" | currency
//! after    = "+" | "or more" | "or so" | …
//! phrase   = up to four words that say what is counted, and a tail such as "of staff"
//! ```
//!
//! A scale or a mark on the right is shared with the left: `$60–65 billion` is two amounts of billions.

use std::ops::Range;

use super::ValueError;
use super::currency::Currency;
use super::fraction;
use super::hedge::Hedge;
use super::number::{self, Number};
use super::phrase;
use super::scale;
use super::scan::Cursor;
use super::unit::Unit;

/// What would parse, for a reader who has seen none.
pub(crate) const HELP: &str =
    "write a number with its unit, such as `about 8,000 roles`, `$60–65 billion`, `more than 12%` or `16 weeks`";

/// The words for shares and changes of shares, and the power of ten that each is of its unit.
const PERCENT: &[(&str, (Share, i32))] = &[
    ("percentage points", (Share::Point, 0)),
    ("percentage point", (Share::Point, 0)),
    ("pp", (Share::Point, 0)),
    ("basis points", (Share::Point, -2)),
    ("basis point", (Share::Point, -2)),
    ("bps", (Share::Point, -2)),
    ("bp", (Share::Point, -2)),
    ("percent", (Share::Percent, 0)),
    ("per cent", (Share::Percent, 0)),
    ("pct", (Share::Percent, 0)),
];

/// The two units that a percent sign or a word for it may mean.
#[derive(Clone, Copy)]
enum Share {
    Percent,
    Point,
}

impl Share {
    fn unit(self) -> Unit {
        match self {
            Self::Percent => Unit::Percent,
            Self::Point => Unit::PercentagePoint,
        }
    }
}

/// The parts of a quantity, before anything is computed.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// How the amount is meant.
    pub(crate) hedge: Hedge,
    /// The amount, or the low end of a range.
    pub(crate) low: Number,
    /// The high end of a range.
    pub(crate) high: Option<Number>,
    /// What it is an amount of.
    pub(crate) unit: Unit,
}

/// One amount as it stands in the text, before the other side of a range is known.
struct Side {
    /// Where the number itself starts, behind a sign or a currency.
    at: usize,
    number: Number,
    is_scaled: bool,
    /// The scale words' power of ten, for the other side to share.
    scale: i32,
    /// A currency or a percent sign next to the number.
    mark: Option<Unit>,
}

/// Which word joined to the opening one parts the ends of a range.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    None,
    From,
    Between,
}

/// Reads a whole text as a quantity.
pub(crate) fn read(text: &str) -> Result<Parts, ValueError> {
    let mut cursor = Cursor::new(text);
    cursor.skip_spaces();
    if cursor.rest().is_empty() {
        return Err(ValueError::new("the value is empty", HELP, 0..text.len()));
    }
    let before = Hedge::read_before(&mut cursor);
    cursor.skip_spaces();
    let opening = read_opening(&mut cursor);
    let first = read_side(&mut cursor)?;
    let mut after = read_hedge_after(&mut cursor);
    let second = if read_separator(&mut cursor, opening)? { Some(read_side(&mut cursor)?) } else { None };
    after = after.or_else(|| read_hedge_after(&mut cursor));
    let whole = cursor.at();
    let (low, high, mark) = join(first, second, 0..whole)?;
    let unit = phrase::read(&mut cursor, mark)?;
    let after = after.or_else(|| read_hedge_after(&mut cursor));
    phrase::expect_end(&cursor)?;
    let hedge = one_hedge(before, after, 0..whole)?;
    Ok(Parts { hedge, low, high, unit })
}

/// An amount or a range that stands at the front of a longer text, before what it counts is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Front {
    /// Where the first number starts, behind hedge, sign and currency.
    pub(crate) number: usize,
    /// Where the amount ends, with the mark and the hedge behind it.
    pub(crate) end: usize,
    /// A currency or a percent sign next to a number.
    pub(crate) mark: Option<Unit>,
    /// Whether words or signs say that it is no exact amount.
    pub(crate) is_hedged: bool,
    /// The largest amount, where a decimal holds it.
    pub(crate) largest: Option<rust_decimal::Decimal>,
}

/// Reads the amount at the front of running text, by the rules of [`read`] but for what comes after it.
///
/// Running text says `rose from 11% to 13%` of two amounts and not of a range, so that `from` opens nothing here,
/// and neither does an end behind `from`, a mark and `to` join the first, nor one that runs backwards. A dash joins
/// them behind `from` too: `rose from $60–65 billion to $72 billion`.
pub(crate) fn read_front(text: &str, follows_from: bool) -> Option<Front> {
    let mut cursor = Cursor::new(text);
    let before = Hedge::read_before(&mut cursor);
    cursor.skip_spaces();
    let opening = if cursor.eat_phrase("between") { Opening::Between } else { Opening::None };
    let first = read_side(&mut cursor).ok()?;
    let (number, mark, largest) = (first.at, first.mark.clone(), first.number.amount());
    let mut front = Front { number, end: cursor.at(), mark, is_hedged: before != Hedge::Bare, largest };
    let mut after = read_hedge_after(&mut cursor);
    let (mut behind, mut ahead) = (cursor, cursor);
    let is_change = follows_from && first.mark.is_some() && behind.eat_phrase("to");
    if !is_change
        && after.is_none()
        && read_separator(&mut ahead, opening) == Ok(true)
        && let Ok(second) = read_side(&mut ahead)
        && let Ok((low, Some(high), mark)) = join(first, Some(second), 0..ahead.at())
        && let (Some(low), Some(high)) = (low.amount(), high.amount())
        && low <= high
    {
        after = read_hedge_after(&mut ahead);
        (front.mark, front.largest, cursor) = (mark, Some(high), ahead);
    } else if opening == Opening::Between {
        return None;
    }
    front.end = cursor.at();
    front.is_hedged |= after.is_some();
    Some(front)
}

fn read_opening(cursor: &mut Cursor<'_>) -> Opening {
    if cursor.eat_phrase("between") {
        Opening::Between
    } else if cursor.eat_phrase("from") {
        Opening::From
    } else {
        Opening::None
    }
}

/// Takes a hedge behind an amount, and the space before it only where there is one.
fn read_hedge_after(cursor: &mut Cursor<'_>) -> Option<Hedge> {
    let mut ahead = *cursor;
    ahead.skip_spaces();
    let hedge = Hedge::read_after(&mut ahead)?;
    *cursor = ahead;
    Some(hedge)
}

fn one_hedge(before: Hedge, after: Option<Hedge>, range: Range<usize>) -> Result<Hedge, ValueError> {
    match (before, after) {
        (hedge, None) | (Hedge::Bare, Some(hedge)) => Ok(hedge),
        _ => Err(ValueError::new("the amount is hedged twice", "keep the hedge before it or the one behind it", range)),
    }
}

/// Takes what stands between the two ends of a range, and tells whether anything did.
fn read_separator(cursor: &mut Cursor<'_>, opening: Opening) -> Result<bool, ValueError> {
    let mut ahead = *cursor;
    ahead.skip_spaces();
    let start = ahead.at();
    if let Some(dots) = ["…", "..."].into_iter().find(|dots| ahead.eat(dots)) {
        let message = "a range has two dots or a dash between its ends";
        return Err(ValueError::new(message, "write `60..65` or `60–65`", start..start + dots.len()));
    }
    let found = ["..", "–", "—", "‑", "‐", "−", "-"].iter().any(|dash| ahead.eat(dash))
        || ahead.eat_phrase("to")
        || (opening == Opening::Between && ahead.eat_phrase("and"));
    if found {
        *cursor = ahead;
    } else if opening != Opening::None {
        let message = "a range begins here and has no second amount";
        return Err(ValueError::new(message, "write both, such as `between 60 and 65`", start..start));
    }
    Ok(found)
}

fn read_side(cursor: &mut Cursor<'_>) -> Result<Side, ValueError> {
    cursor.skip_spaces();
    let start = cursor.at();
    let outer = read_sign(cursor);
    let before = Currency::read_before(cursor);
    cursor.skip_spaces();
    let negative = read_sign(cursor) || outer;
    let at = cursor.at();
    let Some(number) = number::read(cursor)? else {
        return Err(no_number(cursor, start));
    };
    let scale = scale::read(cursor);
    let (after, part) = read_mark(cursor)?;
    let mark = one_mark(before.map(Unit::Currency), after, start..cursor.at())?;
    let is_scaled = scale.is_some() || part != 0;
    let scale = scale.unwrap_or(0).saturating_add(part);
    let number = number.scaled(scale);
    let number = if negative { number.negated() } else { number };
    Ok(Side { at, number, is_scaled, scale, mark })
}

/// Takes a sign and tells whether it was a minus.
fn read_sign(cursor: &mut Cursor<'_>) -> bool {
    let negative = cursor.eat("-") || cursor.eat("−");
    if !negative {
        cursor.eat("+");
    }
    negative
}

fn no_number(cursor: &Cursor<'_>, start: usize) -> ValueError {
    let end = cursor.at() + cursor.rest().trim_end().len();
    if cursor.word() == "kr" {
        return ambiguous_krone(cursor.at());
    }
    if fraction::comes_next(*cursor) {
        return fraction::refused(start..end);
    }
    ValueError::new("there is no number here", HELP, start..end)
}

fn ambiguous_krone(at: usize) -> ValueError {
    ValueError::new("`kr` stands for several currencies", "write `DKK`, `ISK`, `NOK` or `SEK`", at..at + 2)
}

/// Takes a percent sign or a currency behind a number, and the space before it only where there is one.
///
/// The number is the power of ten that the mark is of its unit: a basis point is 10^−2 percentage points.
fn read_mark(cursor: &mut Cursor<'_>) -> Result<(Option<Unit>, i32), ValueError> {
    let mut ahead = *cursor;
    ahead.skip_spaces();
    if ahead.word() == "kr" {
        return Err(ambiguous_krone(ahead.at()));
    }
    let mark = read_percent(&mut ahead).or_else(|| Some((Unit::Currency(Currency::read_after(&mut ahead)?), 0)));
    let Some((unit, part)) = mark else { return Ok((None, 0)) };
    *cursor = ahead;
    Ok((Some(unit), part))
}

fn read_percent(cursor: &mut Cursor<'_>) -> Option<(Unit, i32)> {
    let (share, part) = if cursor.eat("%") { (Share::Percent, 0) } else { cursor.eat_entry(PERCENT)? };
    Some((share.unit(), part))
}

/// Keeps one of two marks; two are allowed where they say the same, as in `$65 bn USD`.
fn one_mark(one: Option<Unit>, other: Option<Unit>, range: Range<usize>) -> Result<Option<Unit>, ValueError> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => {
            Err(ValueError::new("the amount has two units", "keep one of them, such as `CAD 5 million`", range))
        }
        (one, other) => Ok(one.or(other)),
    }
}

type Joined = (Number, Option<Number>, Option<Unit>);

/// Puts the two sides of a range together, and shares the right one's scale.
fn join(first: Side, second: Option<Side>, range: Range<usize>) -> Result<Joined, ValueError> {
    let Some(second) = second else {
        return Ok((first.number, None, first.mark));
    };
    let mark = one_mark(first.mark, second.mark, range)?;
    let low = if first.is_scaled { first.number } else { first.number.scaled(second.scale) };
    Ok((low, Some(second.number), mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> ValueError {
        read(text).expect_err(text)
    }

    #[test]
    fn an_error_points_at_its_part_and_says_what_would_parse() {
        assert_eq!(error("  ").message, "the value is empty");
        assert_eq!((error("a lot").message.as_str(), error("a lot").range), ("there is no number here", 0..5));
        assert_eq!(error("about lots").range, 6..10);
        assert!(error("lots").help.contains("`about 8,000 roles`"));
        assert_eq!(error("between 60").help, "write both, such as `between 60 and 65`");
        assert_eq!(error("about 8,000+").message, "the amount is hedged twice");
        assert_eq!(error("$5 CAD").message, "the amount has two units");
        assert_eq!(error("$60bn–€65bn").message, "the amount has two units");
        assert_eq!(error("60...65").help, "write `60..65` or `60–65`");
        assert_eq!(error("$60…65bn").range, 3..6);
        assert_eq!(error("500 kr").help, "write `DKK`, `ISK`, `NOK` or `SEK`");
    }

    #[test]
    fn the_front_of_running_text_ends_with_its_amount() {
        let front = |text: &str, follows_from| read_front(text, follows_from).map(|front| text[..front.end].to_owned());
        let cases = [
            ("about 8,000 roles, it said", Some("about 8,000")),
            ("$60–65 billion in all", Some("$60–65 billion")),
            ("between 60 and 65 percent of it", Some("between 60 and 65 percent")),
            ("12 to be cut", Some("12")),
            ("8,000 or more roles", Some("8,000 or more")),
            ("between us", None),
            ("1,2 and 3", None),
        ];
        for (text, amount) in cases {
            assert_eq!(front(text, false).as_deref(), amount, "{text}");
        }
        assert_eq!(front("11% to 13%", true).as_deref(), Some("11%"));
        assert_eq!(front("900 to 600 jobs", false).as_deref(), Some("900"));
    }

    #[test]
    fn the_scale_on_the_right_is_shared() {
        let parts = read("$60–65 billion").expect("a range");
        assert_eq!(parts.low.amount().map(|a| a.to_string()), Some("60000000000".to_owned()));
        let parts = read("$900m–1.2bn").expect("a range");
        assert_eq!(parts.low.amount().map(|a| a.to_string()), Some("900000000".to_owned()));
    }
}
