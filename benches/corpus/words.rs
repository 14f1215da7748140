//! A language of syllables: common words, the jargon of forty topics, and names that no sentence says by accident.

use super::random::Random;

const SYLLABLES: [&str; 20] = [
    "ka", "re", "mo", "ti", "lu", "sen", "dar", "vi", "po", "ne", "gra", "shi", "tol", "bem", "ra", "qui", "ost", "ul",
    "fen", "cor",
];

/// Syllables with letters that [`SYLLABLES`] lacks, so that a name and a word never look alike.
const NAME_SYLLABLES: [&str; 20] = [
    "ax", "bry", "cy", "dwa", "exo", "fy", "gly", "hax", "ix", "jun", "kyo", "lyx", "myr", "nyx", "oxy", "pyx", "ryn",
    "sky", "wex", "zy",
];

/// Every word of the corpus.
pub(crate) struct Words {
    common: Vec<String>,
    topics: Vec<Vec<String>>,
}

impl Words {
    pub(crate) fn new(random: &mut Random) -> Self {
        Self { common: coin(random, 1_500), topics: (0..40).map(|_| coin(random, 160)).collect() }
    }

    /// Returns the jargon of a random topic.
    pub(crate) fn topic(&self, random: &mut Random) -> &[String] {
        &self.topics[random.below(self.topics.len())]
    }

    /// Returns a sentence of 9 to 22 words with its full stop: a third of them the topic's, the rest everyday ones.
    ///
    /// Where a name is given, it stands somewhere after the first word.
    pub(crate) fn sentence(&self, random: &mut Random, topic: &[String], name: Option<&str>) -> String {
        let count = random.within(9..=22);
        let place = name.map(|name| (1 + random.below(count - 1), name));
        let mut sentence = String::with_capacity(count * 8);
        for position in 0..count {
            if let Some((_, name)) = place.filter(|(place, _)| *place == position) {
                sentence.push_str(name);
                sentence.push(' ');
            }
            let word: &String = match random.chance(35) {
                true => random.pick(topic),
                false => &self.common[random.skewed(self.common.len())],
            };
            sentence.push_str(word);
            sentence.push(' ');
        }
        sentence.pop();
        sentence.push('.');
        capitalize(&mut sentence);
        sentence
    }
}

/// Returns that many words of a topic as a title: each with a capital, no full stop.
pub(crate) fn title(random: &mut Random, topic: &[String], count: usize) -> String {
    let words = random.sample(topic, count).into_iter().map(|word| {
        let mut word = word.clone();
        capitalize(&mut word);
        word
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns a made-up proper name, such as `Hanyxcy`.
pub(crate) fn name(random: &mut Random) -> String {
    let mut name: String = (0..random.within(2..=4)).map(|_| *random.pick(&NAME_SYLLABLES)).collect();
    capitalize(&mut name);
    name
}

fn coin(random: &mut Random, count: usize) -> Vec<String> {
    (0..count).map(|_| (0..random.within(1..=3)).map(|_| *random.pick(&SYLLABLES)).collect()).collect()
}

/// Gives a word of ASCII letters its capital.
fn capitalize(word: &mut str) {
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
}
