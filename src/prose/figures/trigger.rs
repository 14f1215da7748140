//! Where in a text a figure may have its number.

/// How many places are dismissed at a time.
const PLACES: usize = 256;

/// The bytes of so many places with one before them and three behind, which the test of a place looks at.
type Chunk = [u8; PLACES + 4];

/// Tells whether a text may have a number in it: without one it is not worth a closer look.
pub(super) fn may_have(text: &str) -> bool {
    let bytes = text.as_bytes();
    (0..bytes.len()).step_by(PLACES).any(|at| match at.checked_sub(1).and_then(|at| bytes.get(at..)?.first_chunk()) {
        Some(chunk) => is_hot(chunk),
        None => is_hot(&padded(bytes, at)),
    })
}

/// Copies the bytes around some places, with spaces where the text has none.
fn padded(bytes: &[u8], at: usize) -> Chunk {
    let mut chunk = [b' '; PLACES + 4];
    let rest = bytes.get(at.saturating_sub(1)..).unwrap_or_default();
    let room = chunk.get_mut(usize::from(at == 0)..).unwrap_or_default();
    let length = rest.len().min(room.len());
    if let (Some(room), Some(rest)) = (room.get_mut(..length), rest.get(..length)) {
        room.copy_from_slice(rest);
    }
    chunk
}

/// Tests all places of a chunk.
///
/// It has no branches and a length known beforehand, so that many places are tested in one step.
fn is_hot(chunk: &Chunk) -> bool {
    (0..PLACES).fold(false, |any, at| any | is_hot_place([0, 1, 2, 3, 4].map(|next| chunk[at + next])))
}

/// Tells whether a digit stands in the second place of five bytes, or a word begins there like one for a number.
#[inline(always)]
fn is_hot_place([before, first, second, third, fourth]: [u8; 5]) -> bool {
    let [before, a, b, c, d] = [before, first, second, third, fourth].map(|byte| byte | 0x20);
    let is_start = before.wrapping_sub(b'a') >= 26;
    let t = (a == b't')
        & (((b == b'w') & ((c == b'o') | (c == b'e')))
            | ((b == b'h') & ((c == b'r') | ((c == b'i') & (d == b'r')) | ((c == b'o') & (d == b'u'))))
            | ((b == b'e') & (c == b'n'))
            | ((b == b'r') & (c == b'i') & (d == b'l')));
    let f = (a == b'f')
        & (((b == b'o') & (((c == b'u') & (d == b'r')) | ((c == b'r') & (d == b't'))))
            | ((b == b'i') & ((c == b'v') | (c == b'f'))));
    let s = (a == b's') & (((b == b'i') & (c == b'x')) | ((b == b'e') & (c == b'v') & (d == b'e')));
    let e = (a == b'e') & (((b == b'i') & (c == b'g')) | ((b == b'l') & (c == b'e') & (d == b'v')));
    let h = (a == b'h') & (((b == b'a') & (c == b'l') & (d == b'f')) | ((b == b'u') & (c == b'n') & (d == b'd')));
    let illion = (b == b'i') & (c == b'l') & (d == b'l') & ((a == b'm') | (a == b'b'));
    let rest = ((a == b'o') & (b == b'n') & (c == b'e'))
        | ((a == b'n') & (b == b'i') & (c == b'n'))
        | ((a == b'q') & (b == b'u') & (c == b'a') & (d == b'r'))
        | ((a == b'd') & (b == b'o') & (c == b'z'));
    (first.wrapping_sub(b'0') < 10) | (is_start & (t | f | s | e | h | illion | rest))
}

/// What a byte may be the start of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A sign, a space, or a part of a character beyond ASCII.
    Other,
    /// A letter that no number word starts with.
    Letter,
    /// A letter that one does.
    Initial,
    /// A digit.
    Digit,
}

/// The class of every byte.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        let lower = (byte as u8).to_ascii_lowercase();
        classes[byte] = match lower {
            b'0'..=b'9' => Class::Digit,
            b'o' | b't' | b'f' | b's' | b'e' | b'n' | b'h' | b'q' | b'd' | b'm' | b'b' => Class::Initial,
            b'a'..=b'z' => Class::Letter,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// Finds the next place where a number starts: at a digit, a number word, or an `a` before a word such as `dozen`.
pub(super) fn next(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let class = |at: usize| bytes.get(at).map_or(Class::Other, |byte| CLASSES[usize::from(*byte)]);
    let mut at = from;
    while at < bytes.len() {
        match class(at) {
            Class::Other => at += 1,
            Class::Digit if starts_a_number(text, at) => return Some(at),
            Class::Digit => at = skip(text, at),
            first => {
                let start = at;
                while matches!(class(at), Class::Letter | Class::Initial) {
                    at += 1;
                }
                let found = (first == Class::Initial).then(|| number_word(text, start, at)).flatten();
                if let Some(number) = found.filter(|number| *number >= from) {
                    return Some(number);
                }
            }
        }
    }
    None
}

/// Passes over what a place that is no figure stands in: the rest of a date, a time or a version, or a word.
pub(super) fn skip(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    if !bytes.get(at).is_some_and(u8::is_ascii_digit) {
        return at + word_len(bytes, at).max(1);
    }
    let mut end = at;
    while let Some(byte) = bytes.get(end) {
        let joins = matches!(byte, b'.' | b',' | b':' | b'/' | b'_' | b'-')
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !joins {
            break;
        }
        end += 1;
    }
    end
}

/// Tells whether a digit begins a number of its own, and not the tail of a name, a version or an address.
fn starts_a_number(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let mut back = before.chars().rev();
    match back.next() {
        None => true,
        Some('-' | '‑' | '–') => !back.next().is_some_and(char::is_alphanumeric),
        Some('.' | '/' | ':' | '_' | '@' | '#' | '&' | '?' | '\\' | '×' | '*' | '^' | '§') => false,
        Some(',' | '\'' | '’') => !back.next().is_some_and(|c| c.is_ascii_digit()),
        Some('$') => true,
        Some(c) => !c.is_alphanumeric() || is_code_before(before),
    }
}

/// Tells whether three capitals stand alone right before a number, as in `EUR5m`.
fn is_code_before(before: &str) -> bool {
    let letters = before.bytes().rev().take_while(u8::is_ascii_alphanumeric);
    let (count, are_capitals) = letters.fold((0, true), |(n, all), b| (n + 1_usize, all && b.is_ascii_uppercase()));
    count == 3 && are_capitals
}

/// Tells whether a word starts here and is no part of a joined one, such as the `two` of `thirty-two`.
fn is_free_before(bytes: &[u8], at: usize) -> bool {
    let byte = |back: usize| at.checked_sub(back).and_then(|at| bytes.get(at)).copied().unwrap_or(b' ');
    let before = byte(1);
    !(before.is_ascii_alphanumeric()
        || before >= 0x80 && !ends_punctuation(bytes, at)
        || matches!(before, b'_' | b'/' | b'@' | b'#')
        || (before == b'-' && byte(2).is_ascii_alphanumeric() && !is_fraction_join(bytes, at)))
}

/// Tells whether the hyphen before a word joins a fraction, as in `two-thirds`.
fn is_fraction_join(bytes: &[u8], at: usize) -> bool {
    let end = at + word_len(bytes, at);
    let word = bytes.get(at..end).unwrap_or_default();
    let singular = word.strip_suffix(b"s").unwrap_or(word);
    [&b"third"[..], b"quarter", b"fourth", b"fifth", b"sixth", b"eighth", b"tenth", b"half"]
        .iter()
        .any(|part| part.eq_ignore_ascii_case(singular))
}

/// Tells whether a character of several bytes before a word is a dash, a quotation mark or a space.
fn ends_punctuation(bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(at.saturating_sub(4)..at).unwrap_or_default();
    String::from_utf8_lossy(before).chars().next_back().is_some_and(|c| !c.is_alphanumeric())
}

fn word_len(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// Finds where the number starts that a word belongs to: at the word, or at the `a` before a group.
fn number_word(text: &str, at: usize, end: usize) -> Option<usize> {
    let word = text.as_bytes().get(at..end)?;
    let mut lower = [0; LONGEST_WORD];
    let lower = lower.get_mut(..word.len()).filter(|_| begins_like_a_number(word))?;
    lower.copy_from_slice(word);
    lower.make_ascii_lowercase();
    let start = match &*lower {
        b"one" | b"two" | b"six" | b"ten" | b"four" | b"five" | b"nine" | b"half" | b"three" | b"seven" | b"eight"
        | b"forty" | b"fifty" | b"sixty" | b"third" | b"fifth" | b"sixth" | b"tenth" | b"eleven" | b"twelve"
        | b"twenty" | b"thirty" | b"eighty" | b"ninety" | b"thirds" | b"fourth" | b"fifths" | b"eighth" | b"tenths"
        | b"sixteen" | b"fifteen" | b"seventy" | b"quarter" | b"fourths" | b"eighths" | b"thirteen" | b"fourteen"
        | b"eighteen" | b"nineteen" | b"quarters" | b"seventeen" => at,
        b"dozen" | b"hundred" | b"thousand" | b"million" | b"billion" | b"trillion" => article_before(text, at)?,
        _ => return None,
    };
    is_free_before(text.as_bytes(), at).then_some(start)
}

/// The letters of the longest number word.
const LONGEST_WORD: usize = 9;

/// Dismisses nearly all words by their first three letters.
fn begins_like_a_number(word: &[u8]) -> bool {
    let &[first, second, third, ..] = word else { return false };
    matches!(
        [first, second, third].map(|byte| byte.to_ascii_lowercase()),
        [b'o', b'n', b'e']
            | [b't', b'w', b'o' | b'e']
            | [b't', b'h', b'r' | b'i' | b'o']
            | [b't', b'e', b'n']
            | [b't', b'r', b'i']
            | [b'f', b'o', b'u' | b'r']
            | [b'f', b'i', b'v' | b'f']
            | [b's', b'i', b'x']
            | [b's', b'e', b'v']
            | [b'e', b'i', b'g']
            | [b'e', b'l', b'e']
            | [b'n', b'i', b'n']
            | [b'h', b'a', b'l']
            | [b'h', b'u', b'n']
            | [b'q', b'u', b'a']
            | [b'd', b'o', b'z']
            | [b'm', b'i', b'l']
            | [b'b', b'i', b'l']
    )
}

/// Finds the `a` or `half a` right before a group.
fn article_before(text: &str, at: usize) -> Option<usize> {
    let before = text.get(..at)?.trim_end();
    let start = before.len().checked_sub(1)?;
    let is_article = before.ends_with(['a', 'A']) && is_free_before(before.as_bytes(), start);
    is_article.then_some(start)
}
