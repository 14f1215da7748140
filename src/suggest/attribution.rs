//! Who said it: the phrase that attributes a sentence, and the kind of source that it speaks of.

use std::ops::Range;

use super::attribution_words::{
    BREAKS, DOCUMENTS, FAINT_VERBS, INVERTED, LONGEST, NAMELESS, NAMELESS_SPEAKERS, NOUNS, OFFICES, OPENINGS, SITES,
    SPEAKERS, VERBS,
};
use super::date_words::is_of_a_date;
use super::sentence::is_abbreviation;
use super::source_kind::kind;
use super::stranger::capitals;
use super::words::{bare, has_any, places};
use crate::link::Briefing;
use crate::model::SourceKind;
use crate::text::offset_in;

/// What says who speaks.
#[derive(Debug)]
pub(super) struct Attribution {
    /// Its bytes in the sentence.
    pub(super) range: Range<usize>,
    /// The kind of source, where it can be told.
    pub(super) kind: Option<SourceKind>,
}

/// Finds the phrase that attributes a sentence.
pub(super) fn find(sentence: &str, briefing: &Briefing) -> Option<Attribution> {
    let range = opened(sentence).or_else(|| anonymous(sentence)).or_else(|| spoken(sentence))?;
    let kind = kind(sentence.get(range.clone())?, sentence.get(range.end..)?, briefing);
    Some(Attribution { range, kind })
}

/// Finds `according to …`, `per …` and the like, up to the next sign or clause.
fn opened(sentence: &str) -> Option<Range<usize>> {
    let lower = sentence.to_ascii_lowercase();
    OPENINGS.iter().find_map(|opening| {
        let starts = lower.match_indices(opening).map(|(at, _)| at);
        starts.filter(|at| !lower.get(..*at).is_some_and(|before| before.ends_with(char::is_alphanumeric))).find_map(
            |at| {
                let name = at + opening.len();
                let rest = sentence.get(name..)?;
                // `per share` and `per year` name no one.
                if *opening == "per " && !is_somebody(rest) {
                    return None;
                }
                let length = phrase_len(rest);
                (length > 0).then_some(at..name + length)
            },
        )
    })
}

fn is_somebody(rest: &str) -> bool {
    rest.starts_with(char::is_uppercase)
        || rest.starts_with("the ")
        || rest.starts_with("an ")
        || rest.starts_with("its ")
}

/// Measures a name: up to a sign, a verb of saying or a new clause.
fn phrase_len(rest: &str) -> usize {
    let mut end = 0;
    for (count, word) in rest.split(' ').enumerate() {
        let is_break = count > 0 && BREAKS.contains(&word) && !next_is_name(rest, end, word);
        let is_verb = count > 0 && VERBS.contains(&word) && !NOUNS.contains(&word);
        if count == LONGEST || is_break || is_verb {
            break;
        }
        let start = end + usize::from(count > 0);
        let stop = word.char_indices().find(|(at, c)| {
            let ends = word.get(at + c.len_utf8()..).is_none_or(|rest| rest.chars().all(|c| !c.is_alphanumeric()));
            matches!(c, ',' | ';' | ':' | '!' | '?' | '—' | '–' | ')' | '(' | '“' | '”')
                || (*c == '.' && ends && !is_abbreviation(bare(word)))
        });
        match stop {
            Some((at, _)) => return if at == 0 { end } else { start + at },
            None => end = start + word.len(),
        }
    }
    end
}

/// Tells whether an `and` joins two names, as in `CNBC and AP`.
fn next_is_name(rest: &str, end: usize, word: &str) -> bool {
    let next = rest.get(end..).and_then(|rest| rest.trim_start().strip_prefix(word));
    word == "and" && next.is_some_and(|next| next.trim_start().starts_with(char::is_uppercase))
}

/// Finds people who are not named: `three people familiar with the matter`, `sources told Reuters`.
fn anonymous(sentence: &str) -> Option<Range<usize>> {
    let lower = sentence.to_ascii_lowercase();
    let silent = || {
        let at = NAMELESS.iter().find_map(|words| lower.find(words))?;
        Some(at..at + phrase_len(sentence.get(at..)?))
    };
    let speaking = || {
        let mut found =
            NAMELESS_SPEAKERS.iter().flat_map(|word| places(&lower, word).map(move |at| (at, at + word.len())));
        found.find_map(|(at, end)| Some(at..said_end(sentence, end)?))
    };
    let found = silent().or_else(speaking)?;
    let before = sentence.get(..found.start)?.trim_end();
    let word = before.rsplit(' ').next().unwrap_or_default();
    let is_count =
        ["a", "one", "two", "three", "four", "five", "several", "some"].contains(&word.to_ascii_lowercase().as_str());
    let start = if is_count { before.len() - word.len() } else { found.start };
    Some(start..found.end)
}

/// Finds the end of a verb of saying right behind a place, with the name of who was told.
fn said_end(sentence: &str, at: usize) -> Option<usize> {
    let rest = sentence.get(at..)?.strip_prefix(' ')?;
    let verb = bare(rest.split(' ').next()?);
    let end = at + 1 + verb.len();
    let name =
        sentence.get(end..)?.strip_prefix(' ').filter(|name| verb == "told" && name.starts_with(char::is_uppercase));
    let is_verb = VERBS.contains(&verb) || FAINT_VERBS.contains(&verb);
    is_verb.then(|| name.map_or(end, |name| end + 1 + name.get(..capitals(name)).map_or(0, |name| bare(name).len())))
}

/// Finds somebody who speaks: `Meta said`, `said a spokesperson`, `its 10-K shows`.
fn spoken(sentence: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for word in sentence.split_inclusive(' ') {
        let verb = bare(word);
        let end = at + verb.len();
        let before = sentence.get(..at).unwrap_or_default();
        if let Some(start) = subject_of(verb, before) {
            return Some(framed(before, start)..with_medium(sentence, end));
        }
        if let Some(len) = speaker_behind(verb, before, sentence.get(end..).unwrap_or_default()) {
            return Some(at..end + len);
        }
        at += word.len();
    }
    None
}

/// Finds where the subject of a verb of saying starts; a verb that may be another word needs a subject that speaks.
fn subject_of(verb: &str, before: &str) -> Option<usize> {
    let is_faint = FAINT_VERBS.contains(&verb);
    if !is_faint && !VERBS.contains(&verb) {
        return None;
    }
    let start = subject(before)?;
    let words = before.get(start..)?.trim_end();
    let lower = words.to_ascii_lowercase();
    let speaks = has_any(&lower, SPEAKERS) || has_any(&lower, DOCUMENTS);
    let last = words.rsplit(' ').next().unwrap_or_default();
    let is_named = last.starts_with(char::is_uppercase) || has_any(last, DOCUMENTS);
    ((!is_faint || speaks) && (!NOUNS.contains(&verb) || is_named)).then_some(start)
}

/// Measures the speaker behind a verb that closes a quotation or a clause: `,” said Lip-Bu Tan, Intel’s chief executive`.
fn speaker_behind(verb: &str, before: &str, after: &str) -> Option<usize> {
    let is_inverted = INVERTED.contains(&verb);
    let name = after.strip_prefix(' ').filter(|_| is_inverted && before.trim_end().ends_with([',', '”', '"', '’']))?;
    let len = phrase_len(name);
    let len = len + office_len(name.get(len..)?);
    let first = bare(name.split(' ').next()?);
    let is_name = first.starts_with(char::is_uppercase) && !first.contains(|c: char| c.is_ascii_digit());
    let is_noun = ["a", "an", "the", "its", "one"].contains(&first);
    let speaks = ["said", "says"].contains(&verb) || has_any(&name.get(..len)?.to_ascii_lowercase(), SPEAKERS);
    let is_somebody = (is_name && !is_of_a_date(first)) || (is_noun && speaks) || has_any(first, SPEAKERS);
    is_somebody.then_some(1 + len)
}

/// Measures the office behind a name, with the comma before it; nothing where none stands there.
fn office_len(after: &str) -> usize {
    let Some(rest) = after.strip_prefix(", ") else { return 0 };
    let len = phrase_len(rest);
    let is_office = rest.get(..len).is_some_and(|words| has_any(&words.to_ascii_lowercase(), OFFICES));
    if is_office { 2 + len } else { 0 }
}

/// Finds where the subject of a verb starts: after the last sign or joining word, if it names somebody.
fn subject(before: &str) -> Option<usize> {
    let trimmed = before.trim_end();
    if let Some(named) = trimmed.strip_suffix(',') {
        let (name, office) = named.rsplit_once(", ")?;
        return has_any(&office.to_ascii_lowercase(), OFFICES).then(|| subject(name)).flatten();
    }
    let mut start = trimmed.len();
    for (count, word) in trimmed.rsplit(' ').enumerate() {
        let ends = word.ends_with([',', ';', ':', '”', '"', ')', '–', '—'])
            || (word.ends_with('.') && !is_abbreviation(bare(word)));
        if count == LONGEST || ends || BREAKS.contains(&word) {
            break;
        }
        start = offset_in(before, word)?;
    }
    let subject = trimmed.get(start..)?;
    let lower = subject.to_ascii_lowercase();
    let names = ["the ", "a ", "an ", "its ", "it", "she", "he", "they", "one "];
    let is_somebody = subject.starts_with(char::is_uppercase)
        || names.iter().any(|name| lower.starts_with(name))
        || has_any(&lower, SPEAKERS)
        || has_any(&lower, DOCUMENTS);
    (is_somebody && !subject.is_empty()).then_some(start)
}

/// Takes in the frame that says where it was said: `In a filing with the SEC, Intel said`.
fn framed(before: &str, start: usize) -> usize {
    let frame = before.get(..start).and_then(|frame| frame.trim_end().strip_suffix(','));
    let is_medium = frame.is_some_and(|frame| frame.len() == medium_len(frame) && !frame.is_empty());
    if is_medium { 0 } else { start }
}

/// Takes in where it was said behind the verb: `Intel said in a filing`, `he wrote on X`.
fn with_medium(sentence: &str, end: usize) -> usize {
    let medium = sentence.get(end..).and_then(|rest| rest.strip_prefix(' ')).map_or(0, medium_len);
    if medium > 0 { end + 1 + medium } else { end }
}

/// Measures the words that say where something was said, at the start of a text; nothing where it does not.
fn medium_len(text: &str) -> usize {
    let lower = text.to_ascii_lowercase();
    if let Some(site) = SITES.iter().find(|site| places(&lower, site).any(|at| at == 0)) {
        return site.len();
    }
    let own = text.split(' ').take_while(|word| !["it", "they", "we", "he", "she"].contains(word));
    let len = own.map(|word| word.len() + 1).sum::<usize>().saturating_sub(1);
    let len = text.get(..len).map_or(0, phrase_len);
    let is_medium = lower.starts_with("in ") && lower.get(..len).is_some_and(|phrase| has_any(phrase, DOCUMENTS));
    if is_medium { len } else { 0 }
}
