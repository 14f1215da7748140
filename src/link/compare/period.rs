//! Whether two dates can mean one time.

use crate::value::{Date, Day};

/// How the times of two claims stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Periods {
    /// They are one.
    Same,
    /// They may be one; nobody can tell.
    Unknown,
    /// They share days and are not one, as a year and one of its quarters.
    Overlapping,
    /// They share no day.
    Apart,
}

/// Compares the dates of two claims.
///
/// Dates that are written alike are one, and so are those that span the same days, as a quarter and the three months
/// of it. A missing date, a mark of doubt (ISO 8601-2 `~`, `?`, `X`) or a single day inside a longer time leaves it
/// unknown, as long as the two share a day.
pub(super) fn compare(one: Option<&Date>, other: Option<&Date>) -> Periods {
    let (Some(one), Some(other)) = (one, other) else { return Periods::Unknown };
    if one.is_undated() || other.is_undated() {
        return if may_share_year(one, other) { Periods::Unknown } else { Periods::Apart };
    }
    if !one.meets(other) {
        return Periods::Apart;
    }
    let is_exact = !is_doubtful(one) && !is_doubtful(other);
    let is_one = one.as_str() == other.as_str() || (is_exact && is_bounded(one) && one.same_period(other));
    match is_one {
        true => Periods::Same,
        false if is_exact && is_long(one) && is_long(other) => Periods::Overlapping,
        false => Periods::Unknown,
    }
}

/// Tells whether a date says only about when it was: it is marked, has unknown digits, or is one of several.
pub(in crate::link) fn is_doubtful(date: &Date) -> bool {
    date.is_approximate() || date.is_uncertain() || date.as_str().contains(['X', '[', '{'])
}

/// Tells whether a date spans more than a day.
pub(in crate::link) fn is_long(date: &Date) -> bool {
    date.earliest() != date.latest() || date.earliest().is_none()
}

/// Tells whether an end of it is a day of the calendar, so that two spans can be told apart.
fn is_bounded(date: &Date) -> bool {
    date.earliest().is_some() || date.latest().is_some()
}

/// Tells whether two dates, of which one has no year, can fall on one day of some year.
fn may_share_year(one: &Date, other: &Date) -> bool {
    match (one.is_undated(), other.is_undated()) {
        (true, true) => {
            let agree = |a: Option<u8>, b: Option<u8>| a.is_none() || b.is_none() || a == b;
            let ((month, day), (other_month, other_day)) = (month_and_day(one), month_and_day(other));
            agree(month, other_month) && agree(day, other_day)
        }
        (true, false) => falls_within(one, other),
        (false, _) => falls_within(other, one),
    }
}

/// Tells whether a date without a year has a day in a time of known ends.
fn falls_within(yearless: &Date, time: &Date) -> bool {
    let (Some(first), Some(last)) = (time.earliest(), time.latest()) else { return true };
    let (Some(month), day) = month_and_day(yearless) else { return true };
    // Two years and a day hold every day of the calendar but 29 February, which is not worth a wrong "never".
    if last.year() - first.year() > 1 {
        return true;
    }
    (first.year()..=last.year()).any(|year| {
        let from = Day::new(year, month, day.unwrap_or(1));
        let until = match day {
            Some(_) => from,
            None => from.map(|first| first.plus_months(1).plus_days(-1)),
        };
        from.zip(until).is_some_and(|(from, until)| from <= last && first <= until)
    })
}

/// Reads month and day of a date whose year is `XXXX`; either may be unknown.
fn month_and_day(date: &Date) -> (Option<u8>, Option<u8>) {
    let number = |part: &str| part.get(..2)?.parse().ok();
    let mut parts = date.as_str().split('-').skip(1).map(number);
    let (month, day) = (parts.next().flatten(), parts.next().flatten());
    (month.filter(|month| (1..=12).contains(month)), day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(one: &str, other: &str) -> Periods {
        let [one, other] = [one, other].map(|text| (!text.is_empty()).then(|| Date::parse(text).expect(text)));
        let found = compare(one.as_ref(), other.as_ref());
        assert_eq!(found, compare(other.as_ref(), one.as_ref()), "from both sides");
        found
    }

    #[test]
    fn times_are_one_apart_or_open() {
        use Periods::{Apart, Overlapping, Same, Unknown};
        let cases = [
            ("2025", "2025", Same),
            ("2025-Q3", "2025-07/2025-09", Same),
            ("2026-05-18T09:30:00Z", "2026-05-18", Same),
            ("2025/..", "2025/..", Same),
            ("2025~", "2025~", Same),
            ("2025", "2025-Q3", Overlapping),
            ("2025", "2025-05", Overlapping),
            ("2024-10/2025-09", "2025", Overlapping),
            ("2025/..", "2025", Overlapping),
            ("2026", "2022", Apart),
            ("2026-05-18", "2026-05-20", Apart),
            ("2025-Q1", "2025-Q2", Apart),
            ("2026-05-18?", "2026-05-20", Apart),
            ("2025", "2026-01-01", Apart),
            ("", "2025", Unknown),
            ("", "", Unknown),
            ("2026-05", "2026-05-18", Unknown),
            ("2025~", "2025", Unknown),
            ("2025?", "2025-Q3", Unknown),
            ("2025~", "2022", Apart),
            ("2026-05-XX", "2026-05-18", Unknown),
            ("201X", "2015", Unknown),
            ("[2025,2026]", "2026", Unknown),
        ];
        for (one, other, expected) in cases {
            assert_eq!(of(one, other), expected, "{one} and {other}");
        }
    }

    #[test]
    fn a_date_without_a_year_falls_where_its_day_does() {
        let cases = [
            ("XXXX-11-21", "2025-11-21", Periods::Unknown),
            ("XXXX-11-21", "2025-11-22", Periods::Apart),
            ("XXXX-11-21", "2025", Periods::Unknown),
            ("XXXX-11-21", "2025-11", Periods::Unknown),
            ("XXXX-11-21", "2025-Q3", Periods::Apart),
            ("XXXX-11-21", "2024-12/2025-02", Periods::Apart),
            ("XXXX-11-21", "2020/2025", Periods::Unknown),
            ("XXXX-11-21", "2025/..", Periods::Unknown),
            ("XXXX-11-21", "XXXX-11-21", Periods::Unknown),
            ("XXXX-11-21", "XXXX-11-22", Periods::Apart),
            ("XXXX-11", "2025-11-30", Periods::Unknown),
            ("XXXX-11", "2025-12-01", Periods::Apart),
        ];
        for (one, other, expected) in cases {
            assert_eq!(of(one, other), expected, "{one} and {other}");
        }
    }
}
