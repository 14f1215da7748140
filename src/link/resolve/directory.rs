//! Who and what there is: companies, people and analyses by every name that an author may use.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::ids::{AnalysisId, CompanyId, PageId, PersonId};
use crate::link::names::{Meaning, Names};
use crate::model::{Analysis, Company, Corpus, Person, slugify};
use crate::text::{Place, Spanned};

/// How deep companies may stand in each other.
pub(super) const LEVELS: usize = 8;

/// Companies, people, analyses and pages by name; it grows by those that are named but have no file.
#[derive(Debug)]
pub(in crate::link) struct Directory {
    pub(super) companies: Vec<Company>,
    pub(super) company_names: Names<CompanyId>,
    pub(super) people: Vec<Person>,
    person_names: Names<PersonId>,
    analyses: Names<AnalysisId>,
    pages: Names<PageId>,
    left_out: Vec<(String, Arc<str>)>,
    company_ids: Vec<String>,
    person_ids: Vec<String>,
}

impl Directory {
    /// Takes companies and people out of a corpus and learns every name in it.
    pub(super) fn of(corpus: &mut Corpus, diagnostics: &mut Diagnostics) -> Self {
        let mut directory = Self {
            companies: Vec::new(),
            company_names: Names::new(),
            people: Vec::new(),
            person_names: Names::new(),
            analyses: Names::new(),
            pages: Names::new(),
            left_out: std::mem::take(&mut corpus.left_out),
            company_ids: Vec::new(),
            person_ids: Vec::new(),
        };
        for company in std::mem::take(&mut corpus.companies) {
            directory.add_company(company);
        }
        directory.add_missing_parents(diagnostics);
        for person in std::mem::take(&mut corpus.people) {
            directory.add_person(person);
        }
        for (index, analysis) in corpus.analyses.iter().enumerate() {
            directory.analyses.add_id(&analysis.slug.value, AnalysisId::at(index));
        }
        for (index, page) in corpus.pages.iter().enumerate() {
            directory.pages.add_id(&page.slug.value, PageId::at(index));
        }
        directory
    }

    fn add_company(&mut self, company: Company) -> CompanyId {
        let id = CompanyId::at(self.companies.len());
        self.company_names.add_id(&company.id, id);
        self.company_names.add_alias(&company.name.value, id);
        if let Some((_, last)) = company.id.rsplit_once('/') {
            self.company_names.add_alias(last, id);
        }
        for alias in &company.aliases {
            self.company_names.add_alias(&alias.text.value, id);
        }
        for old in &company.merged_from {
            self.company_names.add_alias(&old.value, id);
        }
        self.companies.push(company);
        id
    }

    fn add_person(&mut self, person: Person) -> PersonId {
        let id = PersonId::at(self.people.len());
        self.person_names.add_id(&person.id, id);
        self.person_names.add_alias(&person.name.value, id);
        for alias in &person.aliases {
            self.person_names.add_alias(&alias.text.value, id);
        }
        self.people.push(person);
        id
    }

    /// Makes the folders of units that have no file of their own into companies.
    fn add_missing_parents(&mut self, diagnostics: &mut Diagnostics) {
        let mut missing: Vec<(String, Place)> = Vec::new();
        let mut seen = FxHashSet::default();
        for company in &self.companies {
            let Some(origin) = &company.origin else { continue };
            let mut id = company.id.as_str();
            while let Some((parent, _)) = id.rsplit_once('/') {
                if self.company_names.one(parent).is_none_or(|found| self.companies[found.index()].id != parent)
                    && seen.insert(parent)
                {
                    missing.push((parent.to_owned(), Place::file(&origin.file)));
                }
                id = parent;
            }
        }
        for (id, place) in missing {
            let message = format!("`{id}` has units but no file of its own");
            let help = format!("write content/companies/{id}.md with its name");
            diagnostics.push(Diagnostic::warning("undeclared-company", message).at(place).help(help));
            let name = id.rsplit_once('/').map_or(id.as_str(), |(_, last)| last).to_owned();
            self.add_company(Company::undeclared(id, Spanned::new(name, crate::text::Span::default())));
        }
    }

    /// Resolves the company that a document names; one without a file is made, with a warning.
    pub(super) fn company(
        &mut self,
        name: &Spanned<String>,
        analysis: &Analysis,
        diagnostics: &mut Diagnostics,
    ) -> Option<CompanyId> {
        self.company_at(name, &analysis.origin.file, diagnostics)
    }

    /// Resolves the company that a file names; one without a file of its own is made, with a warning.
    pub(super) fn company_at(
        &mut self,
        name: &Spanned<String>,
        file: &Arc<str>,
        diagnostics: &mut Diagnostics,
    ) -> Option<CompanyId> {
        match self.company_names.get(&name.value) {
            Some(Meaning::One(id)) => Some(id),
            Some(Meaning::Several(a, b)) => {
                let ids = [a, b].map(|id| self.companies[id.index()].id.clone());
                diagnostics.push(ambiguous(name, file, &ids));
                None
            }
            None => self.company_without_file(name, file, diagnostics),
        }
    }

    /// Finds the company whose id an unknown name makes, as "Open AI" makes `open-ai`, or makes it with a warning.
    fn company_without_file(
        &mut self,
        name: &Spanned<String>,
        file: &Arc<str>,
        diagnostics: &mut Diagnostics,
    ) -> Option<CompanyId> {
        let id = match company_id(&name.value) {
            Ok(id) => id,
            Err(why) => {
                diagnostics.push(Diagnostic::error("bad-id", why).at(Place::new(file, name.span)));
                return None;
            }
        };
        if let Some(known) = self.company_names.one(&id) {
            self.company_names.add_alias(&name.value, known);
            return Some(known);
        }
        let message = format!("no file says what `{}` is", shown(&name.value));
        let warning = Diagnostic::warning("undeclared-company", message).at(Place::new(file, name.span));
        diagnostics.push(warning.help(match self.company_names.suggest(&name.value) {
            Some(near) => format!("did you mean `{}`? If not, write content/companies/{id}.md", shown(near)),
            None => format!("write content/companies/{id}.md with its name"),
        }));
        self.add_parents(&id, name);
        let made = self.add_company(Company::undeclared(id, name.clone()));
        self.company_names.add_alias(&name.value, made);
        Some(made)
    }

    /// Makes what a unit that is only named is a part of, where that has no file either.
    fn add_parents(&mut self, id: &str, name: &Spanned<String>) {
        for (end, _) in id.match_indices('/') {
            let parent = &id[..end];
            if self.company_names.one(parent).is_none() {
                let depth = parent.matches('/').count();
                let part = name.value.split('/').nth(depth).unwrap_or(parent).trim().to_owned();
                self.add_company(Company::undeclared(parent.to_owned(), Spanned::new(part, name.span)));
            }
        }
    }

    /// Resolves the person whom a document names; one without a file is made, with a warning.
    pub(super) fn person(
        &mut self,
        name: &Spanned<String>,
        analysis: &Analysis,
        diagnostics: &mut Diagnostics,
    ) -> Option<PersonId> {
        let file = &analysis.origin.file;
        match self.person_names.get(&name.value) {
            Some(Meaning::One(id)) => Some(id),
            Some(Meaning::Several(a, b)) => {
                let ids = [a, b].map(|id| self.people[id.index()].id.clone());
                diagnostics.push(ambiguous(name, file, &ids));
                None
            }
            None => self.person_without_file(name, file, diagnostics),
        }
    }

    /// Finds the person whose id an unknown name makes, or makes the person with a warning.
    fn person_without_file(
        &mut self,
        name: &Spanned<String>,
        file: &Arc<str>,
        diagnostics: &mut Diagnostics,
    ) -> Option<PersonId> {
        let id = slugify(&name.value, 80);
        if id.is_empty() {
            let error = Diagnostic::error("bad-id", "a person's name needs a letter or a digit");
            diagnostics.push(error.at(Place::new(file, name.span)));
            return None;
        }
        if let Some(known) = self.person_names.one(&id) {
            self.person_names.add_alias(&name.value, known);
            return Some(known);
        }
        let message = format!("no file says who `{}` is", shown(&name.value));
        let warning = Diagnostic::warning("undeclared-person", message).at(Place::new(file, name.span));
        diagnostics.push(warning.help(match self.person_names.suggest(&name.value) {
            Some(near) => format!("did you mean `{}`? If not, write content/people/{id}.md", shown(near)),
            None => format!("write content/people/{id}.md with the name"),
        }));
        let made = self.add_person(Person::undeclared(id, name.clone()));
        self.person_names.add_alias(&name.value, made);
        Some(made)
    }

    /// Resolves a list of companies, each once.
    pub(super) fn companies_of(
        &mut self,
        names: &[Spanned<String>],
        analysis: &Analysis,
        diagnostics: &mut Diagnostics,
    ) -> Vec<CompanyId> {
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            push_new(&mut found, self.company(name, analysis, diagnostics));
        }
        found
    }

    /// Resolves a list of people, each once.
    pub(super) fn people_of(
        &mut self,
        names: &[Spanned<String>],
        analysis: &Analysis,
        diagnostics: &mut Diagnostics,
    ) -> Vec<PersonId> {
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            push_new(&mut found, self.person(name, analysis, diagnostics));
        }
        found
    }

    /// Finds an analysis by its slug.
    pub(in crate::link) fn analysis(&self, slug: &str) -> Option<AnalysisId> {
        self.analyses.one(slug)
    }

    /// Finds a plain page by its slug.
    pub(in crate::link) fn page(&self, slug: &str) -> Option<PageId> {
        self.pages.one(slug)
    }

    /// Finds what a company's name means.
    pub(in crate::link) fn company_named(&self, name: &str) -> Option<CompanyId> {
        self.company_names.one(name)
    }

    /// Finds what a person's name means.
    pub(in crate::link) fn person_named(&self, name: &str) -> Option<PersonId> {
        self.person_names.one(name)
    }

    /// Finds the ids of two companies or people that an ambiguous name could mean.
    pub(in crate::link) fn several(&self, name: &str) -> Option<[String; 2]> {
        let company = |id: CompanyId| self.company_ids[id.index()].clone();
        let person = |id: PersonId| self.person_ids[id.index()].clone();
        match (self.company_names.get(name), self.person_names.get(name)) {
            (Some(Meaning::Several(a, b)), _) => Some([company(a), company(b)]),
            (_, Some(Meaning::Several(a, b))) => Some([person(a), person(b)]),
            _ => None,
        }
    }

    /// Finds the known name of any kind that is nearest to an unknown one.
    pub(in crate::link) fn nearest(&self, name: &str) -> Option<&str> {
        let near = [self.company_names.nearest(name), self.person_names.nearest(name), self.analyses.nearest(name)];
        crate::diagnostic::nearest(name, near.into_iter().chain([self.pages.nearest(name)]).flatten())
    }

    /// Tells whether the build leaves any document out.
    pub(in crate::link) fn leaves_out(&self) -> bool {
        !self.left_out.is_empty()
    }

    /// Tells whether a slug belongs to a document that this build leaves out.
    pub(in crate::link) fn is_left_out(&self, slug: &str) -> bool {
        self.left_out.iter().any(|(known, _)| known == slug)
    }

    /// Tells whether a file belongs to a document that this build leaves out.
    pub(in crate::link) fn is_left_out_file(&self, file: &str) -> bool {
        self.left_out.iter().any(|(_, known)| &**known == file)
    }

    /// Reports an analysis that nobody wrote.
    pub(super) fn unknown_analysis(&self, slug: &Spanned<String>, here: &Analysis) -> Diagnostic {
        let place = here.origin.place(slug.span);
        if self.is_left_out(&slug.value) {
            return Diagnostic::error("unknown-analysis", format!("this build leaves `{}` out", shown(&slug.value)))
                .at(place)
                .help("it is a draft, embargoed or expired: link to it once it is published");
        }
        let message = format!("there is no analysis `{}`", shown(&slug.value));
        let error = Diagnostic::error("unknown-analysis", message).at(place);
        match self.analyses.nearest(&slug.value) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("name an analysis by its slug, the last part of its address"),
        }
    }

    /// Gives the companies and people up for good; their names and ids stay.
    pub(super) fn take(&mut self) -> (Vec<Company>, Vec<Person>) {
        self.company_ids = self.companies.iter().map(|company| company.id.clone()).collect();
        self.person_ids = self.people.iter().map(|person| person.id.clone()).collect();
        (std::mem::take(&mut self.companies), std::mem::take(&mut self.people))
    }
}

/// Adds a thing to a short list that holds each once.
pub(super) fn push_new<T: PartialEq>(list: &mut Vec<T>, item: Option<T>) {
    if let Some(item) = item.filter(|item| !list.contains(item)) {
        list.push(item);
    }
}

/// Makes the id of a company that is only named; a `/` in the name is a unit's.
fn company_id(name: &str) -> Result<String, String> {
    let parts = || name.split('/').map(|part| slugify(part, 80)).filter(|part| !part.is_empty());
    match parts().take(LEVELS + 1).count() {
        0 => Err("a company's name needs a letter or a digit".to_owned()),
        1..=LEVELS => Ok(parts().collect::<Vec<_>>().join("/")),
        _ => Err(format!("`{}` stands more than {LEVELS} levels deep", shown(name))),
    }
}

fn ambiguous(name: &Spanned<String>, file: &Arc<str>, ids: &[String; 2]) -> Diagnostic {
    let [a, b] = ids;
    Diagnostic::error("ambiguous-name", format!("`{}` could be `{a}` or `{b}`", shown(&name.value)))
        .at(Place::new(file, name.span))
        .help("write the id that is meant")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    fn named(name: &str) -> Spanned<String> {
        Spanned::new(name.to_owned(), Span::default())
    }

    #[test]
    fn a_name_that_makes_a_known_id_means_that_company() {
        let mut diagnostics = Diagnostics::new();
        let mut directory = Directory::of(&mut Corpus::default(), &mut diagnostics);
        let known = directory.add_company(Company::undeclared("open-ai".to_owned(), named("OpenAI")));
        let file = Arc::from("content/analyses/a.md");
        assert_eq!(directory.company_at(&named("Open AI"), &file, &mut diagnostics), Some(known));
        assert_eq!(directory.companies.len(), 1);
        assert_eq!(diagnostics.iter().count(), 0);
    }

    #[test]
    fn a_name_is_eight_levels_deep_at_most() {
        assert_eq!(company_id("Meta / AI Labs").as_deref(), Ok("meta/ai-labs"));
        assert!(company_id(&["a"; 8].join("/")).is_ok());
        assert!(company_id(&"a/".repeat(5_000)).is_err());
        assert!(company_id("!/!").is_err());
    }
}
