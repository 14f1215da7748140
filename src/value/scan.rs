//! A cursor over a short text, for grammars that read words and signs.

/// A place in a text that moves forward as parts are recognised.
///
/// It is `Copy`, so that a reader tries something on a copy and keeps it only where it fits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    /// Starts at the front of a text.
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte that the cursor stands at.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// What is still to be read.
    pub(crate) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character, if there is one.
    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Passes over some bytes, which the caller has just seen.
    pub(crate) fn skip(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.text.len());
    }

    /// Passes over white space of any kind, no-break and thin spaces included.
    pub(crate) fn skip_spaces(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    /// Takes exactly this text, if it comes next.
    pub(crate) fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// The letters that come next, perhaps none.
    pub(crate) fn word(&self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// The decimal digits that come next, perhaps none.
    pub(crate) fn digits(&self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// Takes whole words without regard to case and to the width of the spaces between them.
    pub(crate) fn eat_phrase(&mut self, phrase: &str) -> bool {
        let mut ahead = *self;
        for expected in phrase.split(' ') {
            ahead.skip_spaces();
            let word = ahead.word();
            if !word.eq_ignore_ascii_case(expected) {
                return false;
            }
            ahead.skip(word.len());
        }
        *self = ahead;
        true
    }

    /// Takes the first phrase of a table that comes next, and returns what the table says of it.
    pub(crate) fn eat_entry<T: Copy>(&mut self, table: &[(&str, T)]) -> Option<T> {
        let mut ahead = *self;
        ahead.skip_spaces();
        let first = ahead.rest().bytes().next()?.to_ascii_lowercase();
        // Nearly every phrase fails at its first letter, so that the rest is seldom looked at.
        let mut candidates = table.iter().filter(|(phrase, _)| phrase.bytes().next() == Some(first));
        let (_, value) = candidates.find(|(phrase, _)| ahead.eat_phrase(phrase))?;
        *self = ahead;
        Some(*value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_taken_only_as_whole_words() {
        let mut cursor = Cursor::new("More  than 7");
        assert!(!cursor.eat_phrase("more tha"));
        assert!(cursor.eat_phrase("more than"));
        cursor.skip_spaces();
        assert_eq!((cursor.rest(), cursor.digits()), ("7", "7"));
    }

    #[test]
    fn a_table_gives_its_first_entry_that_fits() {
        let table = [("per cent", 1), ("percent", 2)];
        assert_eq!(Cursor::new("PERCENT of").eat_entry(&table), Some(2));
        assert_eq!(Cursor::new("per day").eat_entry(&table), None);
    }
}
