//! Why two claims are what they are to each other, as readers are told it.

use std::hash::{Hash, Hasher};

use serde::{Serialize, Serializer};

use crate::ids::ClaimId;
use crate::link::compare::{hash_reason, reason};
use crate::link::{Briefing, Relation};
use crate::speech::say;

/// One sentence on a pair of claims; written out only when the page is rendered.
#[derive(Clone, Copy, Debug)]
pub struct ReasonView<'b> {
    briefing: &'b Briefing,
    one: ClaimId,
    other: ClaimId,
    relation: Relation,
}

impl<'b> ReasonView<'b> {
    /// Takes a pair and what the first is to the other.
    pub(super) fn of(briefing: &'b Briefing, one: ClaimId, other: ClaimId, relation: Relation) -> Self {
        Self { briefing, one, other, relation }
    }
}

impl Serialize for ReasonView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&sentence(&reason(self.briefing, self.one, self.other, self.relation)))
    }
}

impl Hash for ReasonView<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash_reason(self.briefing, self.one, self.other, self.relation, state);
    }
}

/// Makes a reason a sentence of prose: a capital first, quotation marks around what was quoted, a full stop.
fn sentence(reason: &str) -> String {
    let mut sentence = String::with_capacity(reason.len() + 8);
    let quoted = say("quoted", &[("title", &"\0")]);
    let (open, close) = quoted.split_once('\0').unwrap_or_default();
    let mut is_quoted = false;
    for (at, c) in reason.char_indices() {
        match c {
            '`' => {
                is_quoted = !is_quoted;
                sentence.push_str(if is_quoted { open } else { close });
            }
            first if at == 0 => sentence.extend(first.to_uppercase()),
            other => sentence.push(other),
        }
    }
    sentence.push('.');
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_reads_as_prose() {
        assert_eq!(sentence("`8,000` and `600` do not meet"), "“8,000” and “600” do not meet.");
        assert_eq!(sentence("the guidance of July takes its place"), "The guidance of July takes its place.");
    }
}
