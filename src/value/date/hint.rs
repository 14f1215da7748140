//! What a text that is no date was likely meant to be.

use super::human::MONTHS;
use crate::value::{Day, ValueError};

const FORMS: &str = "write a day `2026-05-18`, a month `2026-05`, a quarter `2025-Q3`, a year `2025`, about a year \
                     `2025~`, a range `2025-07/2025-09` or a day of an unknown year `XXXX-11-21`";

/// The longest text that is searched for a meaning; no date in words is longer.
const LONGEST: usize = 64;

/// Makes the error for `text`, which begins at `start` of what was parsed, and goes wrong at `offset` as `reason` says.
pub(super) fn explain(text: &str, offset: usize, reason: &str, start: usize) -> ValueError {
    let whole = start..start + text.len();
    if text.is_empty() {
        return ValueError::new("the date is empty", FORMS, whole);
    }
    if text.len() <= LONGEST {
        if let Some(help) = past_end_of_month(text) {
            return ValueError::new(format!("`{text}` is not a day of the calendar"), help, whole);
        }
        let guesses = guesses(text);
        if !guesses.is_empty() {
            return ValueError::new(
                format!("`{text}` is not a date"),
                format!("write {}", guesses.join(" or ")),
                whole,
            );
        }
    }
    let from = text.floor_char_boundary(offset);
    let range = if from == text.len() { whole } else { start + from..whole.end };
    ValueError::new(format!("not a date: {reason}"), FORMS, range)
}

/// Says how long a month is, where the text is a day after its end.
fn past_end_of_month(text: &str) -> Option<String> {
    let (month, day) = text.rsplit_once('-')?;
    let first = Day::from_iso(&format!("{month}-01"))?;
    let last = first.plus_months(1).plus_days(-1);
    let is_past = day.len() == 2 && day.parse::<u8>().is_ok_and(|day| day > last.day());
    let name = MONTHS.get(usize::from(first.month()).checked_sub(1)?)?;
    is_past
        .then(|| format!("{name} {} has {} days: write `{last}`, or the day that is meant", first.year(), last.day()))
}

/// Returns the one date, in EDTF, that a text means which people write, such as `18 May 2026`; none where it may be two.
pub(super) fn meant(text: &str) -> Option<String> {
    match (text.len() <= LONGEST).then(|| guess(text))?.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// Returns the dates that a text may mean, each in EDTF between backticks; two where day and month may be swapped.
fn guesses(text: &str) -> Vec<String> {
    let found = guess_range(text).map_or_else(|| guess(text), |range| vec![range]);
    // A range of two good dates means itself, and is wrong for another reason.
    found.into_iter().filter(|date| date != text).map(|date| format!("`{date}`")).collect()
}

/// Finds `A / B` where each side means one date.
fn guess_range(text: &str) -> Option<String> {
    let (from, to) = text.split_once('/')?;
    let only = |side: &str| match guess(side.trim()).as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    };
    Some(format!("{}/{}", only(from)?, only(to)?))
}

/// A part of a date as someone would write it.
#[derive(Clone, Copy)]
enum Part {
    /// Four digits.
    Year(i32),
    /// A month by its name.
    Month(u8),
    /// `Q1` to `Q4`.
    Quarter(u8),
    /// One or two digits: a month or a day.
    Small(u8),
    /// Eight digits run together.
    Compact(i32, u8, u8),
}

fn guess(text: &str) -> Vec<String> {
    use Part::{Compact, Month, Quarter, Small, Year};
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let Some(parts) = words.map(part).collect::<Option<Vec<_>>>() else { return Vec::new() };
    let day = |year, month, day| Day::new(year, month, day).map(|day| day.to_string());
    let month = |year, month| day(year, month, 1).and_then(|day| day.get(..7).map(str::to_owned));
    let found = match *parts.as_slice() {
        [Year(y), Small(m), Small(d)] | [Compact(y, m, d)] => vec![day(y, m, d)],
        [Small(d), Month(m), Year(y)] | [Month(m), Small(d), Year(y)] | [Year(y), Month(m), Small(d)] => {
            vec![day(y, m, d)]
        }
        [Small(a), Small(b), Year(y)] if a == b => vec![day(y, b, a)],
        [Small(a), Small(b), Year(y)] => vec![day(y, b, a), day(y, a, b)],
        [Month(m), Year(y)] | [Year(y), Month(m)] | [Small(m), Year(y)] | [Year(y), Small(m)] => vec![month(y, m)],
        [Quarter(q), Year(y)] | [Year(y), Quarter(q)] => vec![Some(format!("{y:04}-Q{q}"))],
        [Year(from), Year(to)] if from < to => vec![Some(format!("{from:04}/{to:04}"))],
        [Year(y)] => vec![Some(format!("{y:04}"))],
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

fn part(word: &str) -> Option<Part> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return match digits.len() {
            1 | 2 => digits.parse().ok().map(Part::Small),
            4 => digits.parse().ok().map(Part::Year),
            8 => compact(digits),
            _ => None,
        };
    }
    if let Some(quarter) = word.strip_prefix(['Q', 'q']).and_then(|n| n.parse().ok()).filter(|n| (1..=4).contains(n)) {
        return Some(Part::Quarter(quarter));
    }
    let lower = word.to_lowercase();
    let is_month = |name: &&str| lower.len() >= 3 && name.to_lowercase().starts_with(&lower);
    let index = MONTHS.iter().position(is_month)?;
    u8::try_from(index + 1).ok().map(Part::Month)
}

fn compact(digits: &str) -> Option<Part> {
    let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<u8>().ok();
    Some(Part::Compact(digits.get(..4)?.parse().ok()?, number(4..6)?, number(6..8)?))
}

#[cfg(test)]
mod tests {
    use crate::value::{Date, ValueError};

    fn error(text: &str) -> ValueError {
        Date::parse(text).expect_err(text)
    }

    #[test]
    fn near_misses_are_shown_the_likely_form() {
        let cases = [
            ("18/05/2026", "write `2026-05-18`"),
            ("5/6/2026", "write `2026-06-05` or `2026-05-06`"),
            ("2026-5-18", "write `2026-05-18`"),
            ("2026/05/18", "write `2026-05-18`"),
            ("20260518", "write `2026-05-18`"),
            ("May 2026", "write `2026-05`"),
            ("18 May 2026", "write `2026-05-18`"),
            ("May 18th, 2026", "write `2026-05-18`"),
            ("Sept. 2025", "write `2025-09`"),
            ("05/2026", "write `2026-05`"),
            ("2026-5", "write `2026-05`"),
            ("Q3 2025", "write `2025-Q3`"),
            ("2024-2025", "write `2024/2025`"),
            ("May 2026 / 18 June 2026", "write `2026-05/2026-06-18`"),
            ("2026-02-30", "February 2026 has 28 days: write `2026-02-28`, or the day that is meant"),
        ];
        for (text, help) in cases {
            assert_eq!(error(text).help, help, "{text}");
            assert_eq!(error(text).range, 0..text.len());
        }
    }

    #[test]
    fn other_texts_are_shown_the_forms() {
        assert_eq!(error(" ").message, "the date is empty");
        let month = error(" 2026-13");
        assert_eq!(
            (month.message.as_str(), month.range),
            ("not a date: month must be 01-12 or a sub-year code 21-41", 6..8)
        );
        assert!(error("soon").help.starts_with("write a day `2026-05-18`"));
        assert_eq!(error("2026–05").help, "write `2026-05`");
        assert_eq!(error("2025-12/2025-01").range, 8..15);
    }
}
