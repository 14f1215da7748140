//! The words of a language: which say something of a text's subject, and which of them are forms of one word.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};
use waken_snowball::{Algorithm, stem};
use xxhash_rust::xxh3::xxh3_64;

use crate::text::offset_in;

/// What is known of a language: how its words are brought to their stems, and which of them say nothing.
///
/// It also knows one spelling of every term that it was asked for. Which of two spellings that is does not hang on the
/// order in which they came, so that threads may share it.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    stemmer: Option<Algorithm>,
    stop_words: FxHashSet<&'static str>,
    spellings: Spellings,
}

/// How terms are spelt.
type Spellings = Arc<Mutex<FxHashMap<TermId, Box<str>>>>;

/// A word as it stands in a text, by a hash of its bytes.
pub(crate) type Raw = u64;

/// A stem by a hash of its bytes; 0 is that of words which say nothing.
pub type TermId = u32;

/// Languages with a stemmer of the Snowball project, by their code of ISO 639-1.
const STEMMERS: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("eu", Algorithm::Basque),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("ga", Algorithm::Irish),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("nb", Algorithm::Norwegian),
    ("ne", Algorithm::Nepali),
    ("nl", Algorithm::Dutch),
    ("nn", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("yi", Algorithm::Yiddish),
];

/// The longest word that is looked at, in bytes; what is longer is no word of a language.
pub(crate) const LONGEST: usize = 48;

/// How many words a thread remembers before it begins anew.
const REMEMBERED: usize = 200_000;

impl Lexicon {
    /// Learns the language of a BCP 47 tag; one without a stemmer has its words compared as they are.
    pub fn of(language: &str) -> Self {
        let code = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let stemmer = STEMMERS.iter().find(|(known, _)| *known == code).map(|(_, stemmer)| *stemmer);
        let stop_words = stop_words::lookup(&code).unwrap_or_default().iter().copied();
        // A word ends at an apostrophe, so that the parts of "don't" stand for it.
        let parts = stop_words.flat_map(|word| word.split(['\'', '’']).chain([word]));
        Self { stop_words: parts.collect(), stemmer, spellings: Arc::default() }
    }

    /// Brings a word to its stem; none where it says nothing: a stop word, a number, a single letter.
    ///
    /// An acronym is no stop word: `WHO` and `IT` are not `who` and `it`.
    pub fn stem(&self, word: &str) -> Option<String> {
        let lower = word.to_lowercase();
        if self.stop_words.contains(&*lower) {
            return is_acronym(word).then(|| word.to_owned());
        }
        let says = lower.chars().nth(1).is_some() && lower.chars().any(char::is_alphabetic);
        says.then(|| match self.stemmer {
            Some(algorithm) if is_plain(&lower) => stem(algorithm, &lower).into_owned(),
            _ => lower,
        })
    }

    /// Finds the term of a word.
    pub fn term(&self, word: &str) -> TermId {
        self.stem(word).map_or(0, |stem| hash(&stem) | 1)
    }

    /// Finds the term of a word of the text that a thread reads, which it mostly has met before.
    #[inline]
    pub(crate) fn remembered(&self, memory: &mut Memory, raw: Raw, word: &str) -> TermId {
        if let Some(known) = memory.words.get(&raw) {
            return *known;
        }
        let term = self.term(word);
        if term != 0 {
            self.note(term, word);
        }
        memory.words.insert(raw, term);
        term
    }

    /// Notes how a term is spelt: as inside a sentence before the start of one, and the shortest form first.
    fn note(&self, term: TermId, word: &str) {
        let order = |word: &str| (word.starts_with(char::is_uppercase), word.len());
        let mut spellings = self.spellings.lock().unwrap_or_else(PoisonError::into_inner);
        let known = spellings.entry(term).or_insert_with(|| word.into());
        if (order(word), word) < (order(known), &**known) {
            *known = word.into();
        }
    }

    /// Lists the words that say nothing, in order, as far as a reader may type them: without apostrophes.
    pub fn stop_words(&self) -> Vec<&'static str> {
        #[allow(clippy::iter_over_hash_type, reason = "they are put in order at once")]
        let typed = self.stop_words.iter().copied().filter(|word| word.chars().all(char::is_alphanumeric));
        let mut words: Vec<&str> = typed.filter(|word| word.chars().nth(1).is_some()).collect();
        words.sort_unstable();
        words
    }

    /// Tells whether its words are brought to their stems by the English algorithm, which the theme's search knows too.
    pub fn is_english(&self) -> bool {
        matches!(self.stemmer, Some(Algorithm::English))
    }

    /// Tells how a term is spelt that a text had.
    pub fn spelling(&self, term: TermId) -> Option<String> {
        let spellings = self.spellings.lock().unwrap_or_else(PoisonError::into_inner);
        spellings.get(&term).map(|spelling| spelling.to_string())
    }
}

/// Tells whether a word is written in capitals as abbreviations are.
fn is_acronym(word: &str) -> bool {
    (2..=5).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Tells whether a word is only letters, which stemmers are made for.
fn is_plain(word: &str) -> bool {
    word.chars().all(char::is_alphabetic)
}

/// Hashes a stem, the same on every machine.
fn hash(stem: &str) -> TermId {
    xxh3_64(stem.as_bytes()) as TermId
}

/// Hashes a word of a text, by which it is known again while texts are read.
///
/// A word that sixteen bytes hold, as nearly all are, is taken out of the text in one piece and multiplied once, as in
/// wyhash (Wang Yi): a general hash spends more on finding out how long the word is. `word` is a part of `text`.
#[inline(always)]
pub(crate) fn raw(text: &str, word: &str) -> Raw {
    const PIECE: usize = 16;
    if word.len() > PIECE || word.is_empty() {
        return xxh3_64(word.as_bytes());
    }
    let from_word = offset_in(text, word).and_then(|at| text.as_bytes().get(at..));
    let piece = match from_word.and_then(<[u8]>::first_chunk::<PIECE>) {
        Some(piece) => u128::from_le_bytes(*piece),
        None => word.bytes().rev().fold(0, |piece, byte| piece << 8 | u128::from(byte)),
    };
    let bytes = piece & (u128::MAX >> (u128::BITS as usize - 8 * word.len()));
    let (low, high) = (bytes as u64 ^ 0xa076_1d64_78bd_642f, (bytes >> 64) as u64 ^ 0xe703_7ed1_a0b4_28db);
    let product = u128::from(low) * u128::from(high);
    product as u64 ^ (product >> 64) as u64
}

/// The words that a thread has met, with their terms.
///
/// What it remembers is what the lexicon says, so that it is there for speed alone: a text's words are a few hundred,
/// and most of them stand in every other text too.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The lexicon's, by which it is known again.
    spellings: Spellings,
    words: FxHashMap<Raw, TermId>,
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

impl Memory {
    /// Lets a text be read with the memory of this thread; it forgets those of another lexicon, and what grew too large.
    pub(crate) fn with<T>(lexicon: &Lexicon, read: impl FnOnce(&mut Self) -> T) -> T {
        MEMORY.with(|memory| match memory.try_borrow_mut() {
            Ok(mut memory) => {
                if !Arc::ptr_eq(&memory.spellings, &lexicon.spellings) || memory.words.len() > REMEMBERED {
                    *memory = Self { spellings: Arc::clone(&lexicon.spellings), words: FxHashMap::default() };
                }
                read(&mut memory)
            }
            Err(_) => read(&mut Self::default()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_are_one_term() {
        let english = Lexicon::of("en-GB");
        assert_eq!(english.term("layoffs"), english.term("Layoff"));
        assert_ne!(english.term("layoffs"), english.term("layers"));
        assert_eq!(Lexicon::of("de").term("Entlassungen"), Lexicon::of("de").term("entlassung"));
    }

    #[test]
    fn a_word_is_known_again_wherever_it_stands() {
        let text = "Layoffs after layoffs, and a longest-of-all interdisciplinarily layoff";
        let of = |word: &str| raw(text, text.split([' ', ',', '-']).find(|part| *part == word).unwrap());
        assert_eq!(raw(text, &text[14..21]), raw("layoffs", "layoffs"));
        assert_eq!(of("interdisciplinarily"), raw("", "interdisciplinarily"));
        assert_eq!(raw(text, &text[text.len() - 6..]), raw("layoff layoffs layoffs", "layoff"));
        let all = ["Layoffs", "after", "layoffs", "and", "a", "longest", "of", "all", "interdisciplinarily", "layoff"];
        let hashes: FxHashSet<Raw> = all.iter().map(|word| of(word)).collect();
        assert_eq!(hashes.len(), all.len());
    }

    #[test]
    fn words_that_say_nothing_have_no_term() {
        let english = Lexicon::of("en");
        for word in ["the", "The", "don", "x", "2025", "über"] {
            assert_eq!(english.term(word) == 0, word != "über", "{word}");
        }
        assert_ne!(english.term("WHO"), 0);
        assert_ne!(english.term("q3"), 0);
        assert_ne!(Lexicon::of("xx").term("the"), 0);
    }
}
