//! From a tree to typed values, with all the mistakes on the way.
//!
//! serde stops at its first error. Here that error is reported, the value that caused it is set aside, and the whole
//! tree is decoded again as if that value were not there, until nothing more goes wrong. So one run shows the mistakes
//! of every record, any type that derives `Deserialize` gains from it, and a text without mistakes is decoded once.

mod access;
mod fault;
mod reader;

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use self::fault::{Fault, Settled};
use self::reader::Reader;
use super::problem::{MAX_PROBLEMS, Problem, code};
use super::tree::{Entry, Kind, Node};
use crate::diagnostic::nearest;
use crate::text::Spanned;

pub(super) use self::reader::{ONE_OR_MANY, SPANNED, TEXT_OR, WRITTEN};

/// How often a tree is decoded; past that, what is known is enough to work on.
const MAX_PASSES: usize = 4 * MAX_PROBLEMS;

/// How many known names are listed where none is near.
const MAX_LISTED: usize = 12;

/// Fills a typed value from a tree, and adds every mistake to `problems` in the order of the file.
///
/// What cannot be read is left out: a bad item of its list, a bad value of an optional key as if the key were not
/// there, and a record without a required key wholly. `None` means that the value itself could not be had. A key of a
/// record that its struct does not have is a mistake, so no struct needs `deny_unknown_fields`; a key with nothing
/// after it counts as not written. `flatten` and untagged enums lose all places and must not be used.
///
/// Where `problems` already holds a syntax error, keys are not reported as missing: they may be what was not read.
pub fn decode<'t, T: Deserialize<'t>>(node: &'t Node<'t>, problems: &mut Vec<Problem>) -> Option<T> {
    let mut reading =
        Reading { incomplete: problems.iter().any(|problem| problem.code == code::SYNTAX), ..Reading::default() };
    let mut decoded = None;
    for _ in 0..MAX_PASSES {
        match T::deserialize(Reader::new(node, &mut reading)) {
            Ok(value) => {
                decoded = Some(value);
                break;
            }
            Err(fault) => {
                if !reading.goes_on_after(fault.settle(node)) || reading.is_aside(node) {
                    break;
                }
            }
        }
    }
    reading.problems.sort_by_key(|problem| problem.span);
    problems.append(&mut reading.problems);
    decoded
}

/// What is known of a tree from the passes over it so far.
#[derive(Default)]
struct Reading {
    problems: Vec<Problem>,
    /// Values to be passed over.
    aside: FxHashSet<Id>,
    /// Unknown keys that have been reported.
    reported: FxHashSet<Id>,
    /// Required keys that a record lacks, which are made up to learn what else is wrong with it.
    made_up: FxHashMap<Id, Vec<&'static str>>,
    /// Whether a syntax error may have swallowed keys.
    incomplete: bool,
}

/// A value of the tree, known by its address, which is its own for as long as the tree is borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Id(usize);

impl Id {
    fn of<T>(part: &T) -> Self {
        Self(std::ptr::from_ref(part).addr())
    }
}

impl Reading {
    /// Takes note of what went wrong, and tells whether another pass can get further.
    fn goes_on_after(&mut self, fault: Settled) -> bool {
        match fault {
            Settled::Problem(id, problem) => {
                self.problems.push(*problem);
                self.aside.insert(id) && self.problems.len() < MAX_PROBLEMS
            }
            Settled::Aside(id) => self.aside.insert(id),
            Settled::Again => self.problems.len() < MAX_PROBLEMS,
        }
    }

    fn is_aside(&self, node: &Node<'_>) -> bool {
        !self.aside.is_empty() && self.aside.contains(&Id::of(node))
    }

    /// Lists the keys that a record is to be given with made-up values.
    fn made_up(&self, record: &Node<'_>) -> Vec<&'static str> {
        if self.made_up.is_empty() {
            Vec::new()
        } else {
            self.made_up.get(&Id::of(record)).cloned().unwrap_or_default()
        }
    }

    /// Reports a key that a record does not have.
    fn unknown_key(&mut self, key: &Spanned<Cow<'_, str>>, known: &'static [&'static str]) {
        if self.problems.len() < MAX_PROBLEMS && self.reported.insert(Id::of(key)) {
            let message = format!("unknown key `{}`", key.value);
            let help = suggestion(&key.value, known);
            self.problems.push(Problem::new(code::UNKNOWN_KEY, message, key.span).maybe_help(help));
        }
    }

    /// Reports a required key that is not there, unless that follows from what has been reported.
    fn missing_key(&mut self, name: &'static str, record: &Record<'_>) -> Fault {
        let written = record.entries.iter().find(|(key, _)| key.value == name);
        let missing = |message, span| Problem::new(code::MISSING_KEY, message, span);
        match written {
            Some((key, Node { kind: Kind::Null, .. })) => {
                self.problems.push(missing(format!("key `{name}` has no value"), key.span));
            }
            None if !self.incomplete && !record.misspells(name) => {
                self.problems.push(missing(format!("missing key `{name}`"), record.node.span));
            }
            _ => {}
        }
        self.made_up.entry(Id::of(record.node)).or_default().push(name);
        Fault::Settled(Settled::Again)
    }
}

/// A table that fills a struct.
#[derive(Clone, Copy)]
struct Record<'t> {
    node: &'t Node<'t>,
    entries: &'t [Entry<'t>],
    /// The keys of the struct, and their aliases.
    known: &'static [&'static str],
}

impl Record<'_> {
    /// Tells whether one of the unknown keys is most likely meant to be `name`.
    fn misspells(&self, name: &str) -> bool {
        let unknown = self.entries.iter().map(|(key, _)| &*key.value).filter(|key| !self.known.contains(key));
        unknown.take(MAX_PROBLEMS).any(|key| nearest(key, self.known.iter().copied()) == Some(name))
    }
}

/// Suggests what may have been meant: the nearest known name, or all where they are few.
fn suggestion(name: &str, known: &[&str]) -> Option<String> {
    if let Some(near) = nearest(name, known.iter().copied()) {
        return Some(format!("did you mean `{near}`?"));
    }
    let quoted = |known: &[&str]| known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    (1..=MAX_LISTED).contains(&known.len()).then(|| format!("what may stand here: {}", quoted(known)))
}

#[cfg(test)]
mod tests;
