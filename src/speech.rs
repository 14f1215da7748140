//! The language that pages speak: the words of the theme and of the program, plural forms, dates and numbers.
//!
//! What an author wrote stays as it is written. Everything else that a reader sees comes out of a table of strings, one
//! file a language; what a table lacks is said in English. Pages speak the language of their site while they are
//! rendered, see [`speaking`]; data files and diagnostics are in English.

mod dates;
mod numbers;
mod phrase;
mod strings;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::sync::{Arc, LazyLock};

use icu_locale_core::Locale;
use xxhash_rust::xxh3::xxh3_64;

use self::dates::Patterns;
use self::numbers::Numbers;
pub use self::phrase::{capital, counted, joined, small};
pub use self::strings::{Category, Message, Strings};

/// All that it takes to speak a language.
#[derive(Debug)]
pub struct Speech {
    /// The words.
    pub strings: Strings,
    /// What tells it from any other: what depends on the language is made anew where it changed.
    pub print: u64,
    /// The direction of writing, `ltr` or `rtl`.
    pub direction: &'static str,
    /// Whether dates are written as the program writes them in English, which is faster and knows more short forms.
    has_english_dates: bool,
    /// Whether its nouns have a capital wherever they stand.
    keeps_capitals: bool,
    numbers: Numbers,
    dates: Patterns,
}

/// Scripts that are written from right to left.
const FROM_THE_RIGHT: [&str; 11] =
    ["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"];

/// Languages that are written from right to left where the tag names no script.
const LANGUAGES_FROM_THE_RIGHT: [&str; 12] = ["ar", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"];

impl Speech {
    /// Learns a language by its BCP 47 tag; `own` are the site's own words for some of the strings.
    pub fn of(tag: &str, own: BTreeMap<String, Message>) -> Self {
        let locale: Locale = tag.parse().unwrap_or(icu_locale_core::locale!("en"));
        let language = locale.id.language.as_str();
        // Dates of English have the day before the month on every site, unless the tag names a country.
        let is_plain = language == "en" && locale.id.region.is_none();
        let locale = if is_plain { icu_locale_core::locale!("en-GB") } else { locale.clone() };
        let british = icu_locale_core::locale!("en-GB").id;
        let has_english_dates = locale.id == british && !own.keys().any(|key| key.starts_with("date_"));
        let script = locale.id.script.map(|script| script.as_str().to_owned());
        let from_the_right = match &script {
            Some(script) => FROM_THE_RIGHT.contains(&script.as_str()),
            None => LANGUAGES_FROM_THE_RIGHT.contains(&language),
        };
        let strings = Strings::of(language, own);
        Self {
            print: xxh3_64([tag, &strings.digest()].concat().as_bytes()),
            strings,
            direction: if from_the_right { "rtl" } else { "ltr" },
            has_english_dates,
            keeps_capitals: ["de", "lb"].contains(&language),
            numbers: Numbers::of(&locale),
            dates: Patterns::of(&locale),
        }
    }

    /// Says a string of the table with its parameters; the form of a plural follows from the parameter `n`.
    pub fn say(&self, key: &str, parameters: &[(&str, &dyn Display)]) -> String {
        let count = parameters.iter().find(|(name, _)| *name == "n").and_then(|(_, n)| n.to_string().parse().ok());
        let text = self.form(key, count);
        fill(text, |name, out| {
            if let Some((_, value)) = parameters.iter().find(|(known, _)| *known == name) {
                match count.filter(|_| name == "n") {
                    Some(n) => out.push_str(&self.numbers.write(n)),
                    None => {
                        let _ = write!(out, "{value}");
                    }
                }
            }
        })
    }

    /// The form of a string for a count.
    pub fn form(&self, key: &str, count: Option<u64>) -> &str {
        let counts = if self.strings.is_english(key) { &*ENGLISH_COUNTS } else { &self.numbers };
        self.strings.form(key, count.map(|n| counts.category(n)))
    }

    /// Writes a day of a year, which is in words already; none of a month that there is not.
    pub fn day_of_year(&self, year: &str, month: u8, day: u8) -> Option<String> {
        self.dates.day_of_year(year, month, day)
    }

    /// Writes a month of a year.
    pub fn month_of_year(&self, year: &str, month: u8) -> Option<String> {
        self.dates.month_of_year(year, month)
    }

    /// Writes a month of a year where there is little room.
    pub fn short_month_of_year(&self, year: &str, month: u8) -> Option<String> {
        self.dates.short_month_of_year(year, month)
    }

    /// Writes a day of a month, without a year.
    pub fn day_of_month(&self, month: u8, day: u8) -> Option<String> {
        self.dates.day_of_month(month, day)
    }

    /// Writes a year.
    pub fn year(&self, year: i64) -> String {
        self.dates.number(year)
    }

    /// Says a word of a closed set, such as a status; one that no table has stays as it is.
    pub fn word<'w>(&'w self, set: &str, word: &'w str) -> &'w str {
        let mut key = String::with_capacity(set.len() + 1 + word.len());
        key.push_str(set);
        key.push('_');
        key.extend(word.chars().map(|c| if matches!(c, ' ' | '-') { '_' } else { c.to_ascii_lowercase() }));
        self.strings.find(&key, None).unwrap_or(word)
    }

    /// Writes a whole number with the digits and the marks of the language.
    pub fn number(&self, n: u64) -> String {
        self.numbers.write(n)
    }
}

/// Puts parameters in the place of their names in braces.
pub fn fill(text: &str, mut put: impl FnMut(&str, &mut String)) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        put(name, &mut out);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// How English counts, for what is said in English because the language has no word for it.
static ENGLISH_COUNTS: LazyLock<Numbers> = LazyLock::new(|| Numbers::of(&icu_locale_core::locale!("en")));

static ENGLISH: LazyLock<Arc<Speech>> = LazyLock::new(|| Arc::new(Speech::of("en", BTreeMap::new())));

thread_local! {
    static SPOKEN: RefCell<Arc<Speech>> = RefCell::new(Arc::clone(&ENGLISH));
}

/// Does something in a language: what is [said](say) meanwhile, on this thread, is in it.
///
/// Views are written out deep inside of a serializer that hands nothing down, so the language is of the thread. It ends
/// with the call, so that a function which speaks is as pure as its caller.
pub fn speaking<T>(speech: &Arc<Speech>, act: impl FnOnce() -> T) -> T {
    let before = SPOKEN.replace(Arc::clone(speech));
    let _back = Back(before);
    act()
}

/// Brings the language from before back, also where a panic ends the call.
struct Back(Arc<Speech>);

impl Drop for Back {
    fn drop(&mut self) {
        SPOKEN.set(Arc::clone(&self.0));
    }
}

/// Says a string in the language that is spoken now.
pub fn say(key: &str, parameters: &[(&str, &dyn Display)]) -> String {
    SPOKEN.with_borrow(|speech| speech.say(key, parameters))
}

/// Says a word of a closed set, such as a status, in the language that is spoken now.
pub fn word(set: &str, word: &str) -> String {
    SPOKEN.with_borrow(|speech| speech.word(set, word).to_owned())
}

fn speech_keeps_capitals() -> bool {
    SPOKEN.with_borrow(|speech| speech.keeps_capitals)
}

/// Gives the language that is spoken now, for dates; none where they are English as the program writes them.
pub fn spoken<T>(act: impl FnOnce(Option<&Speech>) -> T) -> T {
    SPOKEN.with_borrow(|speech| act(Some(&**speech).filter(|speech| !speech.has_english_dates)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn speech(tag: &str) -> Speech {
        Speech::of(tag, BTreeMap::new())
    }

    #[test]
    fn direction_follows_the_language_and_the_script() {
        for tag in ["ar", "he-IL", "fa", "ur-PK", "pa-Arab", "yi"] {
            assert_eq!(speech(tag).direction, "rtl", "{tag}");
        }
        for tag in ["en", "de-AT", "ar-Latn", "ja", "no such tag"] {
            assert_eq!(speech(tag).direction, "ltr", "{tag}");
        }
    }

    #[test]
    fn a_count_has_the_form_and_the_marks_of_its_language() {
        let claims = |tag, n: usize| speech(tag).say("claims_counted", &[("n", &n)]);
        assert_eq!([1, 2, 12_345].map(|n| claims("en", n)), ["1 claim", "2 claims", "12,345 claims"]);
        assert_eq!([1, 2, 12_345].map(|n| claims("de", n)), ["1 Angabe", "2 Angaben", "12.345 Angaben"]);
    }

    #[test]
    fn a_language_without_a_table_is_said_in_english() {
        let claims = |tag, n: usize| speech(tag).say("claims_counted", &[("n", &n)]);
        assert_eq!([claims("ja", 1), claims("fr", 0), claims("ru", 21)], ["1 claim", "0 claims", "21 claims"]);
        assert!(speech("ru").strings.forms("claims_counted").contains("\"language\":\"en\""));
        assert!(!speech("de").strings.forms("claims_counted").contains("language"));
    }

    #[test]
    fn a_language_is_spoken_until_the_call_ends() {
        let german = Arc::new(speech("de"));
        assert_eq!(speaking(&german, || say("claims", &[])), "Angaben");
        assert_eq!(say("claims", &[]), "Claims");
    }
}
