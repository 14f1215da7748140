//! A place in running text, and the words around it.

use std::ops::Range;

use rust_decimal::Decimal;

use super::words::{is_calendar, is_function_word, is_label, is_place_word};
use super::{FigureKind, Found};
use crate::text::offset_in;
use crate::value::running::{self, Front};
use crate::value::{Quantity, Unit};

/// How far before a number its hedge and its currency are looked for, in bytes and in words.
const LOOK_BACK: (usize, usize) = (40, 7);

/// How many words behind an amount may say what it counts.
const LOOK_AHEAD: usize = 5;

/// The last day of the longest month.
const LAST_DAY: Decimal = Decimal::from_parts(31, 0, 0, false, 0);

/// A place where a number starts.
#[derive(Clone, Copy)]
pub(super) struct Place<'t> {
    /// The text as it is.
    pub(super) written: &'t str,
    /// The same with hyphens between words opened; every byte has the same place.
    pub(super) text: &'t str,
    /// Where the number starts.
    pub(super) at: usize,
    /// Where the figure before ends.
    pub(super) floor: usize,
}

/// An amount without what it counts.
#[derive(Debug)]
pub(super) struct Amount {
    /// Its bytes, from the hedge on.
    pub(super) range: Range<usize>,
    /// A currency or a percent sign.
    pub(super) mark: Option<Unit>,
    /// Whether it is hedged.
    pub(super) is_hedged: bool,
    /// The largest amount in it.
    pub(super) largest: Decimal,
}

impl<'t> Place<'t> {
    /// Reads the amount at this place, with the hedge before it.
    pub(super) fn amount(&self) -> Option<Amount> {
        let digits = self.text.get(self.at..)?.as_bytes();
        if digits.first() == Some(&b'0') && digits.get(1).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let (start, front) = self.starts().into_iter().find_map(|start| {
            let follows_from = self.word_before(start).eq_ignore_ascii_case("from");
            let front = running::read_front(self.text.get(start..)?, follows_from)?;
            (start + front.number == self.at).then_some((start, front))
        })?;
        let end = start + front.end;
        let Front { mark, is_hedged, largest, .. } = front;
        let stands_alone = self.ends_a_number(end) && !self.is_half_a_fraction(end) && !self.is_brand(end);
        let mark = mark.filter(|_| !self.is_mark_of_the_next(end));
        stands_alone.then_some(Amount { range: start..end, mark, is_hedged, largest: largest? })
    }

    /// Lists where an amount with this number may start, the farthest first.
    fn starts(&self) -> Vec<usize> {
        let (bytes, most) = LOOK_BACK;
        let low = self.text.ceil_char_boundary(self.at.saturating_sub(bytes)).max(self.floor);
        let mut before = self.text.get(..low).and_then(|text| text.chars().next_back());
        let mut starts = Vec::new();
        for (offset, c) in self.text.get(low..self.at).unwrap_or_default().char_indices() {
            if !c.is_whitespace() && !before.is_some_and(char::is_alphanumeric) {
                starts.push(low + offset);
            }
            before = Some(c);
        }
        starts.push(self.at);
        starts.split_off(starts.len().saturating_sub(most))
    }

    /// Tells whether nothing is glued to the end of a number that makes it a date, a time, a version or a name.
    pub(super) fn ends_a_number(&self, end: usize) -> bool {
        let mut after = self.written.get(end..).unwrap_or_default().chars();
        let (first, second) = (after.next(), after.next());
        let digit_follows = second.is_some_and(|c| c.is_ascii_digit());
        match first {
            Some('.' | ',' | ':' | '/' | '-' | '–' | '‑' | '\'' | '’') => !digit_follows,
            Some('×' | '^' | '°' | '_' | '@' | '=' | '(') => false,
            Some(c) => !c.is_alphanumeric(),
            None => true,
        }
    }

    /// Tells whether a capital is joined to the number by a hyphen, as in `7-Eleven`.
    fn is_brand(&self, end: usize) -> bool {
        let number = self.text.get(self.at..end).unwrap_or_default();
        number.split_once('-').is_some_and(|(_, joined)| joined.starts_with(|c: char| c.is_ascii_uppercase()))
    }

    /// Tells whether the amount is how many parts of a whole there are, as in `two thirds of`.
    fn is_half_a_fraction(&self, end: usize) -> bool {
        let [first, second, ..] = self.words_after(end);
        let is_quarter = first.to_ascii_lowercase().starts_with("quarter");
        running::is_part_of_a_whole(first) && (!is_quarter || second.eq_ignore_ascii_case("of"))
    }

    /// Tells whether the last sign read belongs to the next amount, as in `in 2025 $5 million`.
    fn is_mark_of_the_next(&self, end: usize) -> bool {
        self.text.get(end..).is_some_and(|after| after.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Returns the words behind a place up to the next sign that is no part of a word, each empty where there is none.
    pub(super) fn words_after(&self, end: usize) -> [&'t str; LOOK_AHEAD] {
        let mut words = [""; LOOK_AHEAD];
        let mut rest = self.text.get(end..).unwrap_or_default();
        for word in &mut words {
            let trimmed = rest.trim_start_matches([' ', '\u{a0}', '\n']);
            if trimmed.len() == rest.len() || !trimmed.starts_with(char::is_alphanumeric) {
                break;
            }
            let length = trimmed.find(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'').unwrap_or(trimmed.len());
            (*word, rest) = trimmed.split_at(length);
        }
        words
    }

    /// Returns the word that stands at this place.
    pub(super) fn word(&self) -> &'t str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
    }

    /// Returns the word before a place, empty where something else stands there.
    pub(super) fn word_before(&self, at: usize) -> &'t str {
        let low = self.text.ceil_char_boundary(at.saturating_sub(LOOK_BACK.0));
        let before = self.text.get(low..at).unwrap_or_default();
        let trimmed = before.trim_end();
        let is_apart = trimmed.len() < before.len();
        let start = trimmed
            .rfind(|c: char| !c.is_alphanumeric() && c != '’')
            .map_or(0, |at| at + trimmed.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        trimmed.get(start..).filter(|_| is_apart).unwrap_or_default()
    }

    /// Tells whether a sentence starts with the word before a place.
    fn starts_a_sentence(&self, at: usize, word: &str) -> bool {
        let before = self.text.get(..at).unwrap_or_default().trim_end();
        let before = before.strip_suffix(word).unwrap_or(before).trim_end();
        before.is_empty() || before.ends_with(['.', '!', '?', ':', '“', '(', '•'])
    }

    /// Tells whether the number belongs to a name or a label before it where its noun says that something is counted:
    /// `Llama 3 users`, but neither `In Dublin 250 jobs` nor `gave Google six years`.
    ///
    /// A number in words is no part of a name, and neither is one behind a name that a preposition leads in.
    pub(super) fn is_name(&self, amount: &Amount) -> bool {
        let name = self.word_before(amount.range.start);
        let leading = offset_in(self.text, name).map(|at| self.word_before(at)).unwrap_or_default();
        let is_led_in = is_place_word(&leading.to_ascii_lowercase());
        let is_small_word = self.word().starts_with(char::is_lowercase);
        self.is_labelled(amount) || (self.follows_a_name(amount) && !is_led_in && !is_small_word)
    }

    /// Tells whether the letters of a state stand right before the number, as before its postal code: `CA 94025`.
    pub(super) fn follows_a_state(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default().trim_end();
        let letters = before.len() - before.trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
        letters == 2 && !before.get(..before.len() - 2).is_some_and(|before| before.ends_with(char::is_alphanumeric))
    }

    /// Tells whether the number belongs to a name or a label before it, as in `Llama 3`, `port 8080` or `No. 1147`.
    pub(super) fn is_numbered(&self, amount: &Amount) -> bool {
        self.is_labelled(amount) || self.follows_a_name(amount)
    }

    /// Tells whether a sign or a label takes the number behind it as its name.
    fn is_labelled(&self, amount: &Amount) -> bool {
        let before = self.text.get(..amount.range.start).unwrap_or_default().trim_end();
        if before.ends_with(['#', '§', '№']) || before.ends_with("No.") || before.ends_with("no.") {
            return true;
        }
        let lower = self.word_before(amount.range.start).to_ascii_lowercase();
        !amount.is_hedged && is_label(lower.strip_suffix('s').unwrap_or(&lower))
    }

    /// Tells whether a word with a capital stands before the number that has it for more than its place.
    fn follows_a_name(&self, amount: &Amount) -> bool {
        let word = self.word_before(amount.range.start);
        let lower = word.to_ascii_lowercase();
        let is_adverb = lower.ends_with("ly") && self.starts_a_sentence(amount.range.start, word);
        let is_joining = is_adverb || is_calendar(&lower) || is_function_word(&lower);
        !amount.is_hedged && word.contains(char::is_uppercase) && !is_joining
    }

    /// Returns the number as it is written, without hedge and mark.
    pub(super) fn number(&self, amount: &Amount) -> &'t str {
        self.text.get(self.at..amount.range.end).unwrap_or_default().trim_end()
    }

    /// Tells whether the number is nothing but digits, as a year or an id is.
    pub(super) fn is_plain(&self, amount: &Amount) -> bool {
        self.number(amount).bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Tells whether it is a year of our time, or two of them; `about 2000 roles` speaks of none.
    pub(super) fn is_year(&self, amount: &Amount) -> bool {
        let is_year = |part: &str| {
            part.len() == 4
                && part.bytes().all(|byte| byte.is_ascii_digit())
                && matches!(part.get(..2), Some("19" | "20"))
        };
        let number = self.number(amount);
        let joins = |between: &str| matches!(between.trim(), "" | "-" | "–" | "—" | "to" | "and");
        number.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).all(is_year)
            && number.split(|c: char| c.is_ascii_digit()).all(joins)
            && !(amount.is_hedged && self.words_after(amount.range.end)[0].ends_with('s'))
    }

    /// Tells whether it is the day of a month that is named next to it: `22 October`, `May 18`.
    pub(super) fn is_day(&self, amount: &Amount) -> bool {
        let beside = [self.word_before(amount.range.start), self.words_after(amount.range.end)[0]];
        let is_month = |word: &&str| word.starts_with(char::is_uppercase) && is_calendar(&word.to_ascii_lowercase());
        amount.largest <= LAST_DAY && self.is_plain(amount) && beside.iter().any(is_month)
    }

    /// Tells whether a letter for a scale stands alone behind a space: `ran 100 m` speaks of metres.
    pub(super) fn has_loose_letter(&self, amount: &Amount) -> bool {
        let number = self.number(amount);
        number
            .rsplit_once(char::is_whitespace)
            .is_some_and(|(_, last)| last.len() == 1 && last.bytes().all(|byte| byte.is_ascii_alphabetic()))
    }

    /// Makes a figure of an amount and the noun behind it, up to the end of `last`, a word of the text.
    pub(super) fn found(&self, range: Range<usize>, noun: &str, last: &str, kind: FigureKind) -> Option<Found> {
        let last = last.trim_end_matches(['’', '\'']);
        let end = if last.is_empty() { range.end } else { self.end_of(last)? };
        let amount = self.text.get(range.clone())?.trim_end();
        let quantity = match noun {
            "" => Quantity::parse(amount).ok()?,
            _ => Quantity::parse(&format!("{amount} {noun}")).ok()?,
        };
        Some(Found { range: range.start..end, kind, quantity })
    }

    /// Tells where a word that was cut from the text ends in it.
    fn end_of(&self, word: &str) -> Option<usize> {
        offset_in(self.text, word).map(|start| start + word.len())
    }

    /// Tells whether a hyphen stood right behind the amount.
    pub(super) fn is_joined(&self, amount: &Amount) -> bool {
        self.written.get(amount.range.end..).is_some_and(|after| after.starts_with(['-', '‑']))
    }

    /// Tells whether the number is the word `one`.
    pub(super) fn is_one(&self, amount: &Amount) -> bool {
        self.number(amount).eq_ignore_ascii_case("one")
    }

    /// Tells whether the number is written in words.
    pub(super) fn is_in_words(&self) -> bool {
        self.text.get(self.at..).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
    }
}
