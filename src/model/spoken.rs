//! The names by which prose may speak of companies and people.

use std::ops::Range;
use std::sync::Arc;

use super::{Alias, Company, Person};
use crate::config::Lexicon;
use crate::ids::{CompanyId, PersonId};
use crate::prose::{Ambiguity, NameId, NameRule, Names, Outline, Reading, every_mention, outline};
use crate::text::Spanned;
use crate::value::Day;

/// Ids that pages use for their own parts, so that no heading takes one; ids with a `:` need no place here.
pub const RESERVED_IDS: &[&str] = &[
    "actions",
    "analyses",
    "changed",
    "claims",
    "content",
    "contents",
    "corrections",
    "due",
    "forecasts",
    "linked-from",
    "new",
    "related",
    "search-words",
    "signals",
    "sources",
    "take",
    "takeaways",
    "timeline",
    "undated",
    "why-it-matters",
];

/// Whom a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A company, by its place among those that the names were made of.
    Company(CompanyId),
    /// A person, in the same way.
    Person(PersonId),
}

/// The names of some companies and people, ready to be found in prose.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    names: Option<Arc<Names>>,
    companies: usize,
    people: usize,
}

impl Spoken {
    /// Learns the names of companies and people, in the order that their ids count.
    ///
    /// # Errors
    /// A sentence where the names are too many for one automaton.
    pub fn of(companies: &[Company], people: &[Person]) -> Result<Self, String> {
        let of_companies = companies.iter().map(|company| (&company.name, company.aliases.as_slice()));
        let of_people = people.iter().map(|person| (&person.name, person.aliases.as_slice()));
        let rules =
            of_companies.chain(of_people).enumerate().flat_map(|(index, (name, aliases))| rules(index, name, aliases));
        let names = Names::new(rules.collect()).map_err(|error| error.to_string())?;
        Ok(Self { names: Some(Arc::new(names)), companies: companies.len(), people: people.len() })
    }

    /// Tells whether these are the names of just so many companies and people.
    pub fn covers(&self, companies: usize, people: usize) -> bool {
        self.names.is_some() && (self.companies, self.people) == (companies, people)
    }

    /// Says whom a name means.
    pub fn meaning(&self, name: NameId) -> Named {
        let index = name.0 as usize;
        match index.checked_sub(self.companies) {
            None => Named::Company(CompanyId::at(index)),
            Some(person) => Named::Person(PersonId::at(person)),
        }
    }

    /// Lists names that mean more than one.
    pub fn ambiguities(&self) -> Vec<Ambiguity> {
        self.names.as_ref().map(|names| names.ambiguities()).unwrap_or_default()
    }

    /// Reads the outline of a body of a day; `context` is text beside it that may hold a word which a name requires.
    pub fn outline(&self, body: &str, day: Day, context: &str, trusted: bool) -> Outline {
        outline(body, &self.reading(day, context, trusted))
    }

    /// Reads the outline of an analysis, with the figures that are to be audited and the terms that it is about.
    pub fn outline_of_analysis(
        &self,
        body: &str,
        day: Day,
        context: &str,
        (trusted, lexicon): (bool, &Lexicon),
    ) -> Outline {
        outline(body, &Reading { figures: true, lexicon: Some(lexicon), ..self.reading(day, context, trusted) })
    }

    fn reading<'a>(&'a self, day: Day, context: &'a str, trusted: bool) -> Reading<'a> {
        let (names, day) = (self.names.as_deref(), Some(day.number()));
        Reading { names, day, context, reserved: RESERVED_IDS, trusted, figures: false, lexicon: None }
    }

    /// Finds every mention of a company or a person in a text without markup; `body` and `context` are where a word
    /// may stand that a name requires.
    pub fn mentions(&self, text: &str, day: Day, [body, context]: [&str; 2]) -> Vec<(Range<usize>, Named)> {
        let Some(names) = &self.names else { return Vec::new() };
        let reading = Reading { context, ..self.reading(day, context, false) };
        let found = every_mention(text, names, body, &reading);
        found.into_iter().map(|(range, name)| (range, self.meaning(name))).collect()
    }
}

fn rules<'a>(index: usize, name: &'a Spanned<String>, aliases: &'a [Alias]) -> impl Iterator<Item = NameRule> + 'a {
    let name_id = NameId(u32::try_from(index).unwrap_or(u32::MAX));
    let rule = move |text: &str| NameRule {
        text: text.to_owned(),
        name: name_id,
        exact: false,
        requires: None,
        from: None,
        to: None,
    };
    let own = std::iter::once(rule(&name.value));
    own.chain(aliases.iter().map(move |alias| NameRule {
        exact: alias.exact,
        requires: alias.requires.clone(),
        from: alias.from.map(Day::number),
        to: alias.to.map(Day::number),
        ..rule(&alias.text.value)
    }))
}
