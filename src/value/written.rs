//! Amounts as text: exact and canonical for what is read back, short for a reader.

use rust_decimal::{Decimal, RoundingStrategy};

use super::interval::Interval;
use super::scale;
use super::unit::Unit;

/// The scales that are written as a word, the largest first, and none.
const SCALES: [i32; 4] = [12, 9, 6, 0];

/// The most decimals that stand before a scale word; an amount that needs more is written out.
const SCALED_DECIMALS: i32 = 3;

/// Writes an amount for a reader: `$60 billion`, `8,000 roles`, `12%`, `16 weeks`.
///
/// The amount is in the [base](Unit::base) of the unit, as intervals are, and so in seconds for a duration. It is
/// rounded, half away from zero, to three decimals from a million on and to four below.
pub fn format_amount(amount: Decimal, unit: &Unit) -> String {
    let factor = unit.factor();
    let amount = if factor == Decimal::ONE { amount } else { amount.checked_div(factor).unwrap_or(amount) };
    let scale = natural_scale(amount);
    let decimals = if scale == 0 { 4 } else { 3 };
    let figure = shifted(amount, scale).unwrap_or(amount);
    let figure = figure.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let is_one = scale == 0 && figure.abs() == Decimal::ONE;
    let (sign, prefix) = (if figure.is_sign_negative() && !figure.is_zero() { "-" } else { "" }, unit.prefix());
    format!("{sign}{prefix}{}{}{}", grouped(figure.abs().normalize(), None), scale_word(scale), unit.suffix(is_one))
}

/// Writes an interval for a reader who asks what a wording means: `7,600 roles – 8,400 roles`.
///
/// The interval's ends are in the [base](Unit::base) of the unit.
pub fn format_interval(interval: &Interval, unit: &Unit) -> String {
    interval.describe(|amount| format_amount(amount, unit))
}

/// Writes one amount, or the two of a range, so that they read back with the same value and last stated place.
///
/// `place` is the power of ten of that place. Amounts are in the unit as written, not in its base.
pub(crate) fn exact(amounts: &[Decimal], place: i8, unit: &Unit) -> String {
    let place = i32::from(place);
    let has_negative = amounts.iter().any(Decimal::is_sign_negative);
    let scale = exact_scale(amounts, place);
    let write = |amount: &Decimal| {
        let sign = if amount.is_sign_negative() { "-" } else { "" };
        let figure = match scale {
            Some(scale) => shifted(amount.abs(), scale).map(|figure| grouped(figure, Some(decimals(place, scale)))),
            None => scientific(amount.abs(), place),
        };
        (sign, figure.unwrap_or_else(|| amount.abs().to_string()))
    };
    let prefix = unit.prefix();
    let figures: Vec<String> = amounts
        .iter()
        .enumerate()
        .map(|(index, amount)| {
            let (sign, figure) = write(amount);
            // The currency stands once before a range, but next to each number that has a minus.
            let prefix = if index == 0 || has_negative { prefix.as_str() } else { "" };
            format!("{sign}{prefix}{figure}")
        })
        .collect();
    let is_one = scale == Some(0) && amounts == [Decimal::ONE];
    let separator = if has_negative { " to " } else { "–" };
    format!("{}{}{}", figures.join(separator), scale_word(scale.unwrap_or(0)), unit.suffix(is_one))
}

/// Groups the digits of an amount by thousands, with as many decimals as it has or as are asked for.
pub(crate) fn grouped(amount: Decimal, decimals: Option<i32>) -> String {
    let plain = match decimals.and_then(|decimals| usize::try_from(decimals).ok()) {
        Some(decimals) => format!("{:.decimals$}", amount.abs()),
        None => amount.abs().to_string(),
    };
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3 + 1);
    if amount.is_sign_negative() && !amount.is_zero() {
        text.push('-');
    }
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// Returns the largest scale with a word that the amount reaches.
fn natural_scale(amount: Decimal) -> i32 {
    SCALES.into_iter().find(|scale| power_of_ten(*scale).is_some_and(|one| amount.abs() >= one)).unwrap_or(0)
}

/// Returns the scale in which the amounts can be written without changing their last stated place.
///
/// That is the natural one where it needs few decimals, else no scale, else another; nothing where only
/// scientific notation can say it, as with `5.0e1`, a fifty stated to the unit.
fn exact_scale(amounts: &[Decimal], place: i32) -> Option<i32> {
    let last_digit = amounts.iter().filter_map(|amount| last_digit(*amount)).min();
    let keeps_place = |scale: i32| decimals(place, scale) > 0 || last_digit.is_none_or(|last| last == place);
    let is_short = |scale: i32| scale == 0 || decimals(place, scale) <= SCALED_DECIMALS;
    let natural = natural_scale(amounts.iter().map(Decimal::abs).max().unwrap_or_default());
    let others = [0, 6, 9, 12];
    [natural].into_iter().chain(others).find(|scale| is_short(*scale) && keeps_place(*scale))
}

/// Returns how many decimals state this place in that scale.
fn decimals(place: i32, scale: i32) -> i32 {
    scale.saturating_sub(place).max(0)
}

/// Returns the power of ten of the last digit other than zero; nothing for zero itself.
fn last_digit(amount: Decimal) -> Option<i32> {
    let mut digits = amount.mantissa().unsigned_abs();
    if digits == 0 {
        return None;
    }
    let mut power = -i32::try_from(amount.scale()).ok()?;
    while digits.is_multiple_of(10) {
        digits /= 10;
        power += 1;
    }
    Some(power)
}

/// Divides by a power of ten exactly, or returns nothing where that takes too many decimals.
fn shifted(amount: Decimal, scale: i32) -> Option<Decimal> {
    let amount = amount.normalize();
    let places = amount.scale().checked_add(u32::try_from(scale).ok()?)?;
    Some(Decimal::try_from_i128_with_scale(amount.mantissa(), places).ok()?.normalize())
}

/// Writes an amount in scientific notation, its last decimal at the given place.
fn scientific(amount: Decimal, place: i32) -> Option<String> {
    let amount = amount.normalize();
    let power = place.checked_add(i32::try_from(amount.scale()).ok()?)?;
    let digits = match u32::try_from(power) {
        Ok(cut) => amount.mantissa().checked_div(10_i128.checked_pow(cut)?)?,
        Err(_) => amount.mantissa().checked_mul(10_i128.checked_pow(power.unsigned_abs())?)?,
    };
    Some(format!("{}.{}e{}", digits / 10, digits % 10, place.checked_add(1)?))
}

fn scale_word(scale: i32) -> String {
    scale::word(scale).map(|word| format!(" {word}")).unwrap_or_default()
}

/// Returns a power of ten from 10⁻²⁸ to 10²⁸, or nothing outside of what a decimal holds.
pub(crate) fn power_of_ten(exponent: i32) -> Option<Decimal> {
    match u32::try_from(exponent) {
        Ok(zeros) => Decimal::try_from_i128_with_scale(10_i128.checked_pow(zeros)?, 0).ok(),
        Err(_) => Decimal::try_from_i128_with_scale(1, exponent.unsigned_abs()).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Currency, Noun, TimeUnit};

    fn usd() -> Unit {
        Unit::Currency(Currency::from_code("USD").expect("a code"))
    }

    fn of(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn amounts_are_short_for_a_reader() {
        let cases = [
            ("60000000000", usd(), "$60 billion"),
            ("72220000000", usd(), "$72.22 billion"),
            ("-1500000", usd(), "-$1.5 million"),
            ("8000", Unit::Headcount("role"), "8,000 roles"),
            ("1", Unit::Headcount("role"), "1 role"),
            ("0.125", Unit::Percent, "0.125%"),
            ("9676800", Unit::Duration(TimeUnit::Week), "16 weeks"),
            ("1200", Unit::Count(Noun::new("packages")), "1,200 packages"),
            ("0.333333333", Unit::Bare, "0.3333"),
        ];
        for (amount, unit, text) in cases {
            assert_eq!(format_amount(of(amount), &unit), text);
        }
    }

    #[test]
    fn exact_forms_keep_the_last_stated_place() {
        let cases = [
            (vec!["65000000000"], 9, "$65 billion"),
            (vec!["14300000000"], 7, "$14.30 billion"),
            (vec!["60000000000", "65000000000"], 9, "$60–65 billion"),
            (vec!["1500", "2000"], 2, "$1,500–2,000"),
            (vec!["500000"], 4, "$0.50 million"),
            (vec!["50"], 0, "$5.0e1"),
            (vec!["-5000000", "-3000000"], 6, "-$5 to -$3 million"),
            (vec!["12345678"], 0, "$12,345,678"),
            (vec!["0"], 0, "$0"),
        ];
        for (amounts, place, text) in cases {
            let amounts: Vec<_> = amounts.into_iter().map(of).collect();
            assert_eq!(exact(&amounts, place, &usd()), text);
        }
    }
}
