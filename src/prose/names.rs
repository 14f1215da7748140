//! The names that are linked wherever they are mentioned, compiled once for the whole site.
//!
//! A name is found as whole words only. The boundary is any character that is no letter or digit, but a
//! name inside a hyphenated, dotted or otherwise joined token (`meta-analysis`, `meta.com`, `@meta`) is part of
//! that token, not a mention. A possessive (`Meta's`) is a mention.
//!
//! Case: an exact name is found as it is written. Any other is found in any ASCII case, as long as the
//! occurrence has a capital (or the name has no case at all), so that `meta` the prefix is not Meta the company;
//! a name that is written in small letters only is therefore found by an exact rule alone.
//!
//! Longest first: where `Meta Platforms` does not fit (dates, case, boundaries), `Meta` is tried.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, BuildError, Input, MatchKind};
use rustc_hash::FxHashMap;

use super::passage::SEAM;

/// What a name stands for; the linker gives the numbers their meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(pub u32);

/// One spelling of a name, and when it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameRule {
    /// The name as it is written.
    pub text: String,
    /// What it stands for.
    pub name: NameId,
    /// Whether only this very case counts.
    pub exact: bool,
    /// A word that the document must have elsewhere for this spelling to count.
    pub requires: Option<String>,
    /// The first day, in days since any epoch that the documents share, on which it counts.
    pub from: Option<i32>,
    /// The last such day.
    pub to: Option<i32>,
}

/// A spelling that stands for more than one thing at a time, and so is never linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguity {
    /// The spelling, as its first rule has it.
    pub text: String,
    /// All that it could stand for, in order.
    pub names: Vec<NameId>,
}

/// The names of a site, ready to be looked for.
#[derive(Debug)]
pub struct Names {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
    spellings: Vec<Spelling>,
    required: AhoCorasick,
}

/// One form of a spelling that the automaton knows.
#[derive(Debug)]
struct Pattern {
    spelling: usize,
    length: usize,
    /// The longest other pattern that this one starts with, as a whole word.
    shorter: Option<usize>,
}

/// All rules of one text, without regard to case.
#[derive(Debug, Default)]
struct Spelling {
    rules: Vec<Rule>,
}

/// A rule as the search needs it.
#[derive(Debug)]
pub(super) struct Rule {
    text: String,
    name: NameId,
    exact: bool,
    from: Option<i32>,
    to: Option<i32>,
    /// The required word's number among all required words.
    pub(super) requires: Option<usize>,
}

/// What an occurrence turned out to mean.
enum Meaning {
    One(NameId),
    Several,
    Nothing,
}

impl Names {
    /// Compiles the rules; those without a letter or digit are left out.
    ///
    /// # Errors
    /// If the names are too many or too long for the automaton (beyond 2³¹ states).
    pub fn new(rules: Vec<NameRule>) -> Result<Self, BuildError> {
        let mut texts: Vec<String> = Vec::new();
        let mut spellings: Vec<Spelling> = Vec::new();
        let mut by_text: FxHashMap<String, usize> = FxHashMap::default();
        let mut required = RequiredWords::default();
        for rule in rules.into_iter().filter(|rule| rule.text.contains(char::is_alphanumeric)) {
            let text = canonical(&rule.text);
            let spelling = *by_text.entry(text.to_ascii_lowercase()).or_insert_with_key(|key| {
                texts.push(key.clone());
                spellings.push(Spelling::default());
                spellings.len() - 1
            });
            if let Some(spelling) = spellings.get_mut(spelling) {
                let NameRule { name, exact, requires, from, to, .. } = rule;
                let requires = requires.and_then(|word| required.number(&word));
                spelling.rules.push(Rule { text, name, exact, from, to, requires });
            }
        }
        let (forms, patterns) = patterns(&texts);
        Ok(Self {
            automaton: automaton(&forms, MatchKind::LeftmostLongest)?,
            patterns,
            spellings,
            required: automaton(&required.words, MatchKind::Standard)?,
        })
    }

    /// Lists the spellings that could mean several things on one day in one document.
    pub fn ambiguities(&self) -> Vec<Ambiguity> {
        self.spellings.iter().filter_map(Spelling::ambiguity).collect()
    }

    /// Finds the names in a text from left to right; `accepts` tells which rules count in this document.
    pub(super) fn find(
        &self,
        text: &str,
        mut accepts: impl FnMut(&Rule) -> bool,
        mut found: impl FnMut(Range<usize>, NameId),
    ) {
        let mut at = 0;
        while let Some(hit) = self.automaton.find(Input::new(text).range(at..)) {
            at = match self.mention(text, hit.start(), hit.pattern().as_usize(), &mut accepts) {
                Some((range, name)) => {
                    let end = range.end;
                    found(range, name);
                    end
                }
                None => end_of_word(text, hit.start()),
            };
        }
    }

    /// Tries the pattern that was hit, then the shorter ones that it starts with.
    fn mention(
        &self,
        text: &str,
        start: usize,
        pattern: usize,
        accepts: &mut impl FnMut(&Rule) -> bool,
    ) -> Option<(Range<usize>, NameId)> {
        if !starts_a_word(text.get(..start)?) {
            return None;
        }
        let mut next = Some(pattern);
        while let Some(pattern) = next.and_then(|pattern| self.patterns.get(pattern)) {
            let range = start..start + pattern.length;
            let spelling = self.spellings.get(pattern.spelling)?;
            if ends_a_word(text.get(range.end..)?) {
                match spelling.meaning(text.get(range.clone())?, accepts) {
                    Meaning::One(name) => return Some((range, name)),
                    Meaning::Several => return None,
                    Meaning::Nothing => {}
                }
            }
            next = pattern.shorter;
        }
        None
    }

    /// Returns the numbers of the required words that a document has, in order.
    pub(super) fn required_in(&self, texts: [&str; 2]) -> BTreeSet<usize> {
        let whole = |text: &str, range: Range<usize>| {
            let letter = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
            !letter(text.get(..range.start).and_then(|before| before.chars().next_back()))
                && !letter(text.get(range.end..).and_then(|after| after.chars().next()))
        };
        texts
            .into_iter()
            .flat_map(|text| {
                let hits = self.required.find_overlapping_iter(text);
                hits.filter(move |hit| whole(text, hit.range())).map(|hit| hit.pattern().as_usize())
            })
            .collect()
    }
}

impl Spelling {
    /// Tells what an occurrence means by the rules that fit it; an exact rule goes before the others.
    fn meaning(&self, occurrence: &str, accepts: &mut impl FnMut(&Rule) -> bool) -> Meaning {
        for exact in [true, false] {
            let fitting = self.rules.iter().filter(|rule| rule.exact == exact && rule.fits(occurrence));
            let mut names = fitting.filter(|rule| accepts(rule)).map(|rule| rule.name);
            if let Some(first) = names.next() {
                return if names.all(|name| name == first) { Meaning::One(first) } else { Meaning::Several };
            }
        }
        Meaning::Nothing
    }

    fn ambiguity(&self) -> Option<Ambiguity> {
        let mut names = BTreeSet::new();
        for (at, one) in self.rules.iter().enumerate() {
            for other in self.rules.iter().skip(at + 1).filter(|other| one.clashes(other)) {
                names.extend([one.name, other.name]);
            }
        }
        let text = self.rules.first()?.text.clone();
        (!names.is_empty()).then(|| Ambiguity { text, names: names.into_iter().collect() })
    }
}

impl Rule {
    fn fits(&self, occurrence: &str) -> bool {
        if self.exact {
            return self.text == occurrence || self.text == occurrence.replace('’', "'");
        }
        occurrence.contains(char::is_uppercase) || !occurrence.contains(char::is_lowercase)
    }

    /// Tells whether the rule counts on a day; a document without a day takes every rule.
    pub(super) fn counts_on(&self, day: Option<i32>) -> bool {
        day.is_none_or(|day| self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to))
    }

    /// Tells whether two rules of one spelling can mean two things in one document.
    fn clashes(&self, other: &Self) -> bool {
        let before = |one: &Self, other: &Self| matches!((one.to, other.from), (Some(to), Some(from)) if to < from);
        self.name != other.name
            && self.exact == other.exact
            && (!self.exact || self.text == other.text)
            && self.requires == other.requires
            && !before(self, other)
            && !before(other, self)
    }
}

/// The words that rules require, each with its number.
#[derive(Default)]
struct RequiredWords {
    words: Vec<String>,
    numbers: FxHashMap<String, usize>,
}

impl RequiredWords {
    fn number(&mut self, word: &str) -> Option<usize> {
        let word = canonical(word).to_ascii_lowercase();
        if word.is_empty() {
            return None;
        }
        Some(*self.numbers.entry(word).or_insert_with_key(|word| {
            self.words.push(word.clone());
            self.words.len() - 1
        }))
    }
}

/// Writes a name with single spaces and straight apostrophes.
fn canonical(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'")
}

/// Up to this many bytes of names are looked for with a table of every state and letter, about 256 bytes for each.
const TABLED: usize = 16 << 10;

/// Compiles the forms; the table reads prose three times as fast as what takes its place where it would be too large.
fn automaton(forms: &[String], kind: MatchKind) -> Result<AhoCorasick, BuildError> {
    let tabled = forms.iter().map(String::len).sum::<usize>() <= TABLED;
    AhoCorasick::builder()
        .match_kind(kind)
        .ascii_case_insensitive(true)
        .kind(tabled.then_some(AhoCorasickKind::DFA))
        .build(forms)
}

/// Lists the forms that the automaton looks for: each text, and with curly apostrophes where it has any.
fn patterns(texts: &[String]) -> (Vec<String>, Vec<Pattern>) {
    let mut forms = Vec::with_capacity(texts.len());
    let mut patterns = Vec::with_capacity(texts.len());
    for (spelling, text) in texts.iter().enumerate() {
        let curly = text.contains('\'').then(|| text.replace('\'', "’"));
        for form in std::iter::once(text.clone()).chain(curly) {
            patterns.push(Pattern { spelling, length: form.len(), shorter: None });
            forms.push(form);
        }
    }
    let by_form: FxHashMap<&str, usize> = forms.iter().enumerate().map(|(at, form)| (&**form, at)).collect();
    for (pattern, form) in patterns.iter_mut().zip(&forms) {
        let ends = form.char_indices().rev().filter(|(_, char)| !char.is_alphanumeric());
        pattern.shorter = ends.filter_map(|(end, _)| by_form.get(form.get(..end)?).copied()).next();
    }
    (forms, patterns)
}

/// Tells whether a word can start after this text, and is not joined to it.
fn starts_a_word(before: &str) -> bool {
    before.chars().rev().find(|char| *char != SEAM).is_none_or(|last| {
        let joins = matches!(last, '-' | '‐' | '‑' | '.' | '/' | '@' | '_' | '#' | '\\' | '~' | '&');
        !joins && !last.is_alphanumeric()
    })
}

/// Tells whether a word can end before this text, and is not joined to it.
fn ends_a_word(after: &str) -> bool {
    let mut chars = after.chars().filter(|char| *char != SEAM);
    match chars.next() {
        None => true,
        Some('-' | '‐' | '‑' | '.' | '/' | '@' | '&' | '~' | '\\') => {
            !chars.next().is_some_and(char::is_alphanumeric)
        }
        Some(next) => !next.is_alphanumeric() && !matches!(next, '_' | '+'),
    }
}

/// Finds where the word that stands at `start` ends, at least one character on.
fn end_of_word(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let mut chars = rest.char_indices().skip(1);
    start + chars.find(|(_, char)| !char.is_alphanumeric()).map_or(rest.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str, name: u32) -> NameRule {
        NameRule { text: text.into(), name: NameId(name), exact: false, requires: None, from: None, to: None }
    }

    fn found(rules: Vec<NameRule>, text: &str) -> Vec<String> {
        let names = Names::new(rules).expect("few names fit");
        let mut found = Vec::new();
        names.find(text, |_| true, |range, name| found.push(format!("{}={}", &text[range], name.0)));
        found
    }

    #[test]
    fn names_are_whole_words() {
        let text =
            "Meta, Meta's, Meta’s (Meta). Metaverse meta-analysis Meta-owned meta.com @Meta /Meta xMeta Meta_x Meta.";
        assert_eq!(found(vec![rule("Meta", 1)], text).len(), 5);
    }

    #[test]
    fn small_letters_need_an_exact_rule() {
        assert_eq!(found(vec![rule("Meta", 1)], "meta META Meta"), ["META=1", "Meta=1"]);
        let exact = NameRule { exact: true, ..rule("npm", 2) };
        assert_eq!(found(vec![exact], "npm NPM Npm"), ["npm=2"]);
        assert_eq!(found(vec![rule("東京", 3)], "in 東京."), ["東京=3"]);
    }

    #[test]
    fn the_longest_name_wins_and_a_shorter_one_steps_in() {
        let rules = || vec![rule("Meta", 1), rule("Meta Platforms", 2), NameRule { exact: true, ..rule("Meta AI", 3) }];
        assert_eq!(
            found(rules(), "Meta Platforms, Meta Platformsx, Meta ai"),
            ["Meta Platforms=2", "Meta=1", "Meta=1"]
        );
    }

    #[test]
    fn an_ambiguous_name_is_told_and_not_found() {
        let rules = vec![rule("Llama", 1), rule("LLAMA", 2), rule("Ok", 3)];
        assert_eq!(found(rules.clone(), "Llama Ok"), ["Ok=3"]);
        let names = Names::new(rules).expect("few names fit");
        assert_eq!(names.ambiguities(), [Ambiguity { text: "Llama".into(), names: vec![NameId(1), NameId(2)] }]);
    }

    #[test]
    fn a_name_that_changed_hands_is_not_ambiguous() {
        let rules =
            vec![NameRule { to: Some(10), ..rule("Facebook", 1) }, NameRule { from: Some(11), ..rule("Facebook", 2) }];
        let names = Names::new(rules).expect("few names fit");
        assert_eq!(names.ambiguities(), []);
        let on = |day| {
            let mut ids = Vec::new();
            names.find("Facebook", |rule| rule.counts_on(day), |_, name| ids.push(name.0));
            ids
        };
        assert_eq!((on(Some(10)), on(Some(11)), on(None)), (vec![1], vec![2], vec![]));
    }

    #[test]
    fn apostrophes_and_accents_are_part_of_names() {
        assert_eq!(
            found(vec![rule("Domino's", 1), rule("Nestlé", 2)], "Domino’s Domino's Nestlé NESTLé"),
            ["Domino’s=1", "Domino's=1", "Nestlé=2", "NESTLé=2"]
        );
    }
}
