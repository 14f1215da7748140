//! Closed sets of words, such as a claim's statuses: one table reads, prints and documents each.

/// A type with one word for each of its values.
pub trait Vocabulary: Copy + PartialEq + 'static {
    /// What a word of it is called in a message, such as `status`.
    const NAME: &'static str;

    /// Every word and its value, in the order that a reader is told them.
    const WORDS: &'static [(&'static str, Self)];

    /// Finds the value of a word.
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
    }

    /// Gives the word of a value.
    fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, value)| *value == self).map_or("", |(word, _)| word)
    }
}
