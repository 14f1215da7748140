//! The terms of a text: which words it is about, and how much.
//!
//! Bodies are not kept, so that this is gathered while one is read: the stems of its words, counted.

use rustc_hash::FxHashMap;

use crate::config::lexicon::{LONGEST, Lexicon, Memory, Raw, TermId, raw};
use crate::text::offset_in;

/// How many terms of a text are kept; few texts have more.
const KEPT: usize = 320;

/// How much a word of a place in a document counts beside one of its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The body, and what is said in claims.
    Body,
    /// A heading, or a sentence that sums up.
    Heading,
    /// The title.
    Title,
}

impl Place {
    fn weight(self) -> u16 {
        match self {
            Self::Body => 1,
            Self::Heading => 2,
            Self::Title => 3,
        }
    }
}

/// A term of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The stem.
    pub id: TermId,
    /// How often it is there, each time weighed by its [`Place`].
    pub count: u16,
    /// Whether it is a name: always written with a capital.
    pub name: bool,
}

/// What a text is about, in words: its terms by their ids.
pub type Terms = Vec<Term>;

/// Terms in the counting: the words of one document as they are written, by a hash of their bytes.
///
/// Half of the words of a text are there twice and more. Only the first time is asked what a word's stem is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermCounter {
    counts: FxHashMap<Raw, Count>,
}

/// How often a word was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Count {
    /// Its term; 0 where it says nothing.
    term: TermId,
    count: u16,
    /// Whether it begins with a capital.
    capital: bool,
    /// Whether it does so inside a sentence of the body, as names do; the first word of each does, and every word of
    /// many a headline.
    named: bool,
}

/// How many different words a text usually has.
const USUAL: usize = 400;

impl TermCounter {
    /// Begins to count.
    pub fn new() -> Self {
        Self { counts: FxHashMap::with_capacity_and_hasher(USUAL, rustc_hash::FxBuildHasher) }
    }

    /// Counts the words of a text.
    pub fn add(&mut self, lexicon: &Lexicon, place: Place, text: &str) {
        Memory::with(lexicon, |memory| {
            each_word(text, |word| {
                if is_little(word) {
                    return;
                }
                let raw = raw(text, word);
                let known = self.counts.entry(raw).or_insert_with(|| Count {
                    term: lexicon.remembered(memory, raw, word),
                    count: 0,
                    capital: word.starts_with(char::is_uppercase),
                    named: false,
                });
                known.count = known.count.saturating_add(place.weight());
                if known.capital && !known.named && place == Place::Body {
                    known.named = is_inside_a_sentence(text, word);
                }
            });
        });
    }

    /// Ends the count.
    pub fn finish(self) -> Terms {
        #[allow(clippy::iter_over_hash_type, reason = "they are put in order at once")]
        let mut words: Vec<Count> = self.counts.into_values().filter(|word| word.term != 0).collect();
        words.sort_unstable_by_key(|word| word.term);
        let term = |words: &[Count]| Term {
            id: words.first().map_or(0, |word| word.term),
            count: words.iter().fold(0_u16, |sum, word| sum.saturating_add(word.count)),
            // A word that is written small anywhere is no name.
            name: words.iter().all(|word| word.capital) && words.iter().any(|word| word.named),
        };
        let mut terms: Terms = words.chunk_by(|a, b| a.term == b.term).map(term).collect();
        if terms.len() > KEPT {
            terms.select_nth_unstable_by_key(KEPT, |term| (std::cmp::Reverse(term.count), term.id));
            terms.truncate(KEPT);
            terms.sort_unstable_by_key(|term| term.id);
        }
        terms
    }
}

/// Counts the terms of a few short texts, such as what a claim says; they come by their ids.
///
/// A [`TermCounter`] is made for a thousand words. For a dozen its table costs more than they do.
pub fn short_terms<'t>(lexicon: &Lexicon, texts: impl IntoIterator<Item = (Place, &'t str)>) -> Vec<(TermId, u16)> {
    let mut terms: Vec<(TermId, u16)> = Vec::new();
    Memory::with(lexicon, |memory| {
        for (place, text) in texts {
            each_word(text, |word| {
                if !is_little(word) {
                    terms.push((lexicon.remembered(memory, raw(text, word), word), place.weight()));
                }
            });
        }
    });
    terms.sort_unstable_by_key(|(term, _)| *term);
    terms.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 = if same { kept.1.saturating_add(next.1) } else { kept.1 };
        same
    });
    terms.retain(|(term, _)| *term != 0);
    terms
}

/// Tells whether a word of a text has a word before it in its sentence.
fn is_inside_a_sentence(text: &str, word: &str) -> bool {
    let before = offset_in(text, word).and_then(|at| text.get(..at)).unwrap_or_default().trim_end();
    before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | ')' | '’' | '\'' | '%'))
}

/// Tells whether a word is too short to say anything: `of` is, `EU` is not.
fn is_little(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Finds the words of a text: runs of letters and digits, and in scripts that leave no spaces every two characters.
fn each_word<'t>(text: &'t str, mut word: impl FnMut(&'t str)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if !is_letter(*byte) {
            at += 1;
            continue;
        }
        let start = at;
        let mut ascii = true;
        while let Some(byte) = bytes.get(at).filter(|byte| is_letter(**byte)) {
            ascii &= byte.is_ascii();
            at += 1;
        }
        let Some(run) = text.get(start..at) else { continue };
        match ascii {
            true if run.len() <= LONGEST => word(run),
            true => {}
            false => each_foreign_word(run, &mut word),
        }
    }
}

/// Finds the words in a run with characters beyond ASCII, some of which are no letters.
fn each_foreign_word<'t>(run: &'t str, word: &mut impl FnMut(&'t str)) {
    for part in run.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        if !part.contains(is_unspaced) {
            if part.len() <= LONGEST {
                word(part);
            }
            continue;
        }
        let starts: Vec<usize> = part.char_indices().map(|(at, _)| at).chain([part.len()]).collect();
        starts.windows(3).filter_map(|pair| part.get(pair[0]..pair[2])).for_each(&mut *word);
    }
}

/// Tells whether a byte may stand in a word: ASCII letters and digits, and every part of a longer character.
#[inline]
fn is_letter(byte: u8) -> bool {
    LETTERS[usize::from(byte)]
}

/// The letters among all bytes: one look at a table takes half as long as the comparisons.
const LETTERS: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        letters[byte] = (byte as u8).is_ascii_alphanumeric() || byte >= 128;
        byte += 1;
    }
    letters
};

/// Tells whether a character is of a script whose words stand without spaces: Han, Kana, Thai and their like.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff
        | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut words = Vec::new();
        each_word(text, |word| words.push(word));
        words
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(words("Meta’s AI-unit, “cut” 8,000"), ["Meta", "s", "AI", "unit", "cut", "8", "000"]);
        assert_eq!(words("naïve café—Über"), ["naïve", "café", "Über"]);
        assert_eq!(words("東京都 x"), ["東京", "京都", "x"]);
        assert!(words(&"a".repeat(60)).is_empty());
    }

    #[test]
    fn short_texts_count_as_long_ones_do() {
        let english = Lexicon::of("en");
        let texts = [(Place::Title, "Layoffs at Meta"), (Place::Body, "The layoff of many, of ai and AI")];
        let mut counter = TermCounter::new();
        texts.iter().for_each(|(place, text)| counter.add(&english, *place, text));
        let counted: Vec<(TermId, u16)> = counter.finish().iter().map(|term| (term.id, term.count)).collect();
        assert_eq!(short_terms(&english, texts), counted);
    }

    #[test]
    fn a_term_counts_by_its_places_and_is_a_name_where_a_sentence_writes_it_so() {
        let english = Lexicon::of("en");
        let mut counter = TermCounter::new();
        counter.add(&english, Place::Title, "Layoffs at Meta");
        counter.add(&english, Place::Body, "The layoffs of Meta. Pricing rose.");
        let terms = counter.finish();
        let found = |word: &str| {
            let term = terms.iter().find(|term| term.id == english.term(word));
            term.map(|term| (term.count, term.name))
        };
        assert_eq!(found("layoff"), Some((4, false)));
        assert_eq!(found("Meta"), Some((4, true)));
        assert_eq!(found("pricing"), Some((1, false)));
        assert_eq!(found("the"), None);
        assert_eq!(english.spelling(english.term("layoff")).as_deref(), Some("layoffs"));
        assert_eq!(english.spelling(english.term("meta")).as_deref(), Some("Meta"));
    }
}
