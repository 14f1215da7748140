//! The nouns that counts are of, in the singular, and their plurals.

use std::fmt;
use std::sync::Arc;

/// Nouns whose singular is not found by rule, as plural and singular; the last word of a phrase is looked up.
const IRREGULAR: &[(&str, &str)] = &[
    ("people", "person"),
    ("staff", "staff"),
    ("data", "data"),
    ("media", "media"),
    ("software", "software"),
    ("hardware", "hardware"),
    ("series", "series"),
    ("movies", "movie"),
    ("cookies", "cookie"),
    ("news", "news"),
    ("analyses", "analysis"),
    ("crises", "crisis"),
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
    ("indices", "index"),
    ("centers", "center"),
    ("centres", "center"),
    ("centre", "center"),
];

/// What is counted, such as `site` or `data center`: one word or a short phrase, in the singular.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Noun(Arc<str>);

impl Noun {
    /// Brings a noun or short noun phrase to the singular, so that `1 site` and `72 sites` count the same.
    ///
    /// Capitals at the front of a word are lowered, those inside are kept: `Sites` is `site`, `GPUs` is `GPU`.
    pub fn new(phrase: &str) -> Self {
        let mut words: Vec<String> = phrase.split_whitespace().map(lowered).collect();
        if let Some(last) = words.last_mut() {
            *last = singular(last);
        }
        Self(words.join(" ").into())
    }

    /// Returns the singular.
    pub fn singular(&self) -> &str {
        &self.0
    }

    /// Returns the plural, or the singular where the noun has no plural that leads back to it.
    pub fn plural(&self) -> String {
        let (front, last) = self.0.rsplit_once(' ').map_or(("", &*self.0), |(front, last)| (front, last));
        let candidate = plural(last);
        let last = if singular(&candidate) == last { &candidate } else { last };
        if front.is_empty() { last.to_owned() } else { format!("{front} {last}") }
    }
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Lowers a word unless a capital or a digit inside it shows that it is a name or an abbreviation.
fn lowered(word: &str) -> String {
    let is_name = word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
    if is_name { word.to_owned() } else { word.to_ascii_lowercase() }
}

/// Endings of plurals, the ending of the singular, and the fewest letters of a word that the rule is for.
///
/// The first that fits is taken; those that change nothing keep `process`, `status` and `axis` whole.
const ENDINGS: &[(&str, &str, usize)] = &[
    ("sses", "ss", 5),
    ("xes", "x", 5),
    ("ches", "ch", 6),
    ("shes", "sh", 6),
    ("ouses", "ouse", 6),
    ("auses", "ause", 6),
    ("uses", "us", 5),
    ("ies", "y", 5),
    ("ss", "ss", 2),
    ("us", "us", 2),
    ("is", "is", 2),
    ("s", "", 4),
];

/// Returns the singular of an English word by the usual endings; a word that has none of them is its own.
fn singular(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    let letters = word.chars().count();
    let by_rule = ENDINGS.iter().filter(|(_, _, fewest)| letters >= *fewest);
    let mut found =
        by_rule.filter_map(|(plural, singular, _)| Some(format!("{}{singular}", word.strip_suffix(plural)?)));
    found.next().unwrap_or_else(|| word.to_owned())
}

/// Returns the plural of an English word by the usual endings.
fn plural(word: &str) -> String {
    if let Some((plural, _)) = IRREGULAR.iter().find(|(_, singular)| *singular == word) {
        return (*plural).to_owned();
    }
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|suffix| word.ends_with(suffix)) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn singular_and_plural_lead_to_each_other() {
        let pairs = [
            ("sites", "site"),
            ("data centers", "data center"),
            ("companies", "company"),
            ("houses", "house"),
            ("viruses", "virus"),
            ("launches", "launch"),
            ("licenses", "license"),
            ("people", "person"),
            ("GPUs", "GPU"),
            ("H100 GPUs", "H100 GPU"),
            ("data", "data"),
            ("analyses", "analysis"),
        ];
        for (plural, singular) in pairs {
            assert_eq!(Noun::new(plural).singular(), singular);
            assert_eq!(Noun::new(singular).plural(), plural);
        }
    }

    #[test]
    fn case_at_the_front_and_british_centres_do_not_matter() {
        assert_eq!(Noun::new("Data  centres"), Noun::new("data center"));
        assert_eq!(Noun::new("axis").plural(), "axis");
    }
}
