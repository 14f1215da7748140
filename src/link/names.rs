//! The names that authors use for companies, people, metrics, sources and analyses, and what each means.

use rustc_hash::FxHashMap;

use crate::diagnostic::nearest;
use crate::model::Metric;
use crate::text::fold;

/// Brings the spellings of a metric together: `Capital expenditure`, `capital_expenditure`, `capital-expenditure`.
pub(super) fn hyphened(name: &str) -> String {
    Metric::id_of(name)
}

/// How many names without a file are compared with the known ones.
const SUGGESTIONS: u32 = 200;

/// What a name means in one kind of thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning<Id> {
    /// One thing.
    One(Id),
    /// Two things or more; the first two are kept.
    Several(Id, Id),
}

/// The names of one kind of thing.
///
/// An id always means its own thing; an alias gives way to an id, and two equal aliases are ambiguous.
#[derive(Debug)]
pub(super) struct Names<Id> {
    ids: FxHashMap<String, Id>,
    aliases: FxHashMap<String, Meaning<Id>>,
    suggested: u32,
}

impl<Id: Copy + PartialEq> Names<Id> {
    pub(super) fn new() -> Self {
        Self { ids: FxHashMap::default(), aliases: FxHashMap::default(), suggested: 0 }
    }

    /// Adds an id; of two equal ones the first stays.
    pub(super) fn add_id(&mut self, name: &str, id: Id) {
        self.ids.entry(fold(name)).or_insert(id);
    }

    /// Adds another name.
    pub(super) fn add_alias(&mut self, name: &str, id: Id) {
        self.aliases
            .entry(fold(name))
            .and_modify(|meaning| {
                if let Meaning::One(other) = *meaning
                    && other != id
                {
                    *meaning = Meaning::Several(other, id);
                }
            })
            .or_insert(Meaning::One(id));
    }

    /// Looks a name up.
    pub(super) fn get(&self, name: &str) -> Option<Meaning<Id>> {
        // Most names are written as an id is, which is its own folded form.
        if let Some(id) = self.ids.get(name) {
            return Some(Meaning::One(*id));
        }
        let folded = fold(name);
        self.ids.get(&folded).map(|id| Meaning::One(*id)).or_else(|| self.aliases.get(&folded).copied())
    }

    /// Looks a name up that must mean one thing.
    pub(super) fn one(&self, name: &str) -> Option<Id> {
        match self.get(name)? {
            Meaning::One(id) => Some(id),
            Meaning::Several(..) => None,
        }
    }

    /// Finds the known name that is nearest to an unknown one.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        nearest(&fold(name), self.ids.keys().chain(self.aliases.keys()).map(String::as_str))
    }

    /// Finds the known name that is nearest to one that is about to be added, for the first 200 of these only.
    ///
    /// A site whose every document brings new names would otherwise compare each with all before it.
    pub(super) fn suggest(&mut self, name: &str) -> Option<&str> {
        if self.suggested == SUGGESTIONS {
            return None;
        }
        self.suggested += 1;
        self.nearest(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_wins_over_an_alias_and_two_aliases_are_ambiguous() {
        let mut names = Names::new();
        names.add_id("meta", 1);
        names.add_alias("Meta", 2);
        names.add_alias("FB", 1);
        names.add_alias("fb", 1);
        names.add_alias("AI", 1);
        names.add_alias("ai", 2);
        assert_eq!(names.one("META"), Some(1));
        assert_eq!(names.one("FB"), Some(1));
        assert_eq!(names.get("AI"), Some(Meaning::Several(1, 2)));
        assert_eq!(names.one("x"), None);
    }

    #[test]
    fn only_the_first_new_names_are_compared() {
        let mut names = Names::new();
        names.add_id("openai", 1);
        for _ in 0..SUGGESTIONS {
            assert_eq!(names.suggest("opnai"), Some("openai"));
        }
        assert_eq!(names.suggest("opnai"), None);
        assert_eq!(names.nearest("opnai"), Some("openai"));
    }
}
