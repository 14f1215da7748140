//! The words of the index, by how they begin: what a typed word may be the beginning of, or a slip of.
//!
//! A line is a stem after one digit, the binary logarithm of how many things have it, in base 36; after a point stands
//! a word that says nothing. A file is full at [`ROOM`] bytes, and leaves its rarest words out.

/// How many bytes a file of words has at most, besides the words that say nothing.
const ROOM: usize = 5_000;

/// Writes one file of words: of stems with how many things have each, and of words that say nothing.
pub(super) fn file(mut stems: Vec<(&str, usize)>, stop_words: &[&str]) -> Vec<u8> {
    stems.sort_unstable_by_key(|(stem, held)| (std::cmp::Reverse(magnitude(*held)), *stem));
    let mut room = ROOM;
    let fits = |(stem, _): &(&str, usize)| {
        let size = stem.len() + 2;
        room = room.saturating_sub(size);
        room > 0
    };
    let mut lines: Vec<(&str, char)> =
        stems.into_iter().take_while(fits).map(|(stem, held)| (stem, digit(held))).collect();
    lines.extend(stop_words.iter().map(|word| (*word, '.')));
    lines.sort_unstable();
    let mut file = String::with_capacity(ROOM);
    for (word, digit) in lines {
        file.push(digit);
        file.push_str(word);
        file.push('\n');
    }
    file.into_bytes()
}

fn magnitude(held: usize) -> u32 {
    held.max(1).ilog2()
}

fn digit(held: usize) -> char {
    char::from_digit(magnitude(held).min(35), 36).unwrap_or('z')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_lists_words_by_the_alphabet_and_how_common_each_is() {
        let file = file(vec![("layoff", 5_120), ("lake", 1)], &["later"]);
        assert_eq!(String::from_utf8(file).unwrap(), "0lake\n.later\nclayoff\n");
    }

    #[test]
    fn a_full_file_leaves_the_rarest_out() {
        let words: Vec<String> = (0..2_000).map(|n| format!("word{n}")).collect();
        let stems: Vec<(&str, usize)> = words.iter().zip(0..).map(|(word, n)| (&**word, 1 << (n % 8))).collect();
        let file = String::from_utf8(file(stems, &["would"])).unwrap();
        assert!(file.len() <= ROOM + ".would\n".len(), "{}", file.len());
        assert!(file.contains("\n7word7\n") && !file.contains("\n0word") && file.contains(".would\n"));
    }
}
