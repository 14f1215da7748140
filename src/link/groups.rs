//! Tags, series and by-lines: the lists that analyses gather in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::names::hyphened;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::ids::AnalysisId;
use crate::model::slugify;
use crate::text::fold;
use crate::text::{Place, Span, Spanned};

/// One tag, series or by-line.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its part of the path.
    pub slug: String,
    /// What readers see.
    pub name: String,
    /// A sentence about it, where it has one.
    pub about: Option<String>,
    /// Its own site, where it has one.
    pub website: Option<String>,
    /// Its analyses, from the oldest.
    pub analyses: Vec<AnalysisId>,
}

/// All lists of the three kinds, each by slug.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// Tags.
    pub tags: Vec<Group>,
    /// Series.
    pub series: Vec<Group>,
    /// By-lines.
    pub authors: Vec<Group>,
}

/// The analysis that names a group, and where what is wrong with the name goes.
pub(super) struct By<'a> {
    /// The analysis.
    pub(super) id: AnalysisId,
    /// Its file.
    pub(super) file: &'a Arc<str>,
    /// What is found wrong.
    pub(super) diagnostics: &'a mut Diagnostics,
}

/// Gathers groups of one kind: analyses by what they name, under one slug for all spellings of a name.
pub(super) struct Gatherer {
    kind: &'static str,
    gathered: BTreeMap<String, Gathered>,
}

/// A group and the names that led to it.
struct Gathered {
    group: Group,
    written: String,
    told: BTreeSet<String>,
}

impl Gatherer {
    /// Starts on tags, series or by-lines, under the word for one of them.
    pub(super) fn of(kind: &'static str) -> Self {
        Self { kind, gathered: BTreeMap::new() }
    }

    /// Adds an analysis to the group of a name, and gives the slug unless the analysis is there already.
    ///
    /// Of several spellings the first stays. Two names that are no spellings of each other, such as "C" and "C++",
    /// are one group all the same, which is worth a warning for each later one.
    pub(super) fn add(&mut self, name: &Spanned<String>, by: &mut By<'_>) -> Option<String> {
        self.add_as(&name.value, name.span, by)
    }

    fn add_as(&mut self, name: &str, span: Span, by: &mut By<'_>) -> Option<String> {
        let slug = slugify(name, 80);
        if slug.is_empty() {
            let warning = format!("no page can be made of the {} `{}`", self.kind, shown(name));
            let warning = Diagnostic::warning("no-slug", warning).at(Place::new(by.file, span));
            by.diagnostics.push(warning.help("a name needs a letter or a digit"));
            return None;
        }
        let gathered = self.gathered.entry(slug.clone()).or_insert_with(|| Gathered::of(&slug, name));
        if gathered.is_news(name) {
            let message = format!(
                "the {kind} `{}` is one page with the {kind} `{}`",
                shown(name),
                shown(gathered.written.trim()),
                kind = self.kind
            );
            let warning = Diagnostic::warning("same-slug", message).at(Place::new(by.file, span));
            by.diagnostics.push(warning.help("write one of them with other letters or digits, such as `C sharp`"));
        }
        let analyses = &mut gathered.group.analyses;
        let is_new = analyses.last() != Some(&by.id);
        is_new.then(|| {
            analyses.push(by.id);
            slug
        })
    }

    /// Adds an analysis to a by-line, which site.toml may know by its id or its name.
    pub(super) fn add_author(&mut self, name: &Spanned<String>, by: &mut By<'_>, config: &Config) -> Option<String> {
        let declared = config
            .authors
            .get_key_value(&name.value)
            .or_else(|| config.authors.iter().find(|(_, author)| author.name == name.value));
        let Some((id, author)) = declared else { return self.add(name, by) };
        let slug = self.add_as(id, name.span, by)?;
        if let Some(Gathered { group, .. }) = self.gathered.get_mut(&slug) {
            group.name.clone_from(&author.name);
            group.about.clone_from(&author.bio);
            group.website.clone_from(&author.website);
        }
        Some(slug)
    }

    /// Gives the groups by slug; a slug's index is its id.
    pub(super) fn finish(self) -> Vec<Group> {
        self.gathered.into_values().map(|gathered| gathered.group).collect()
    }
}

impl Gathered {
    fn of(slug: &str, name: &str) -> Self {
        let group = Group {
            slug: slug.to_owned(),
            name: name.trim().to_owned(),
            about: None,
            website: None,
            analyses: Vec::new(),
        };
        Self { group, written: name.to_owned(), told: BTreeSet::new() }
    }

    /// Tells whether a name is none of the spellings of the first, and is seen for the first time.
    fn is_news(&mut self, name: &str) -> bool {
        if self.written == name {
            return false;
        }
        let spelling = hyphened(&fold(name));
        spelling != hyphened(&fold(&self.written)) && self.told.insert(spelling)
    }
}

/// Finds the index of a slug among groups in their order.
pub(super) fn position(groups: &[Group], slug: &str) -> Option<usize> {
    groups.binary_search_by(|group| group.slug.as_str().cmp(slug)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_share_a_slug_are_told_once_and_spellings_are_not() {
        let (file, mut diagnostics) = (Arc::from("content/analyses/a.md"), Diagnostics::new());
        let mut tags = Gatherer::of("tag");
        let mut by = By { id: AnalysisId::at(0), file: &file, diagnostics: &mut diagnostics };
        let mut add = |name: &str| tags.add(&Spanned::new(name.to_owned(), Span::default()), &mut by);
        assert_eq!(add("C"), Some("c".to_owned()));
        for again in ["c", " C ", "C++", "C++", "c#", "!!!"] {
            assert_eq!(add(again), None);
        }
        assert!(add("Big  Tech").is_some());
        assert!(add("big-tech").is_none());
        let codes: Vec<_> = diagnostics.iter().map(|found| found.code).collect();
        assert_eq!(codes, ["same-slug", "same-slug", "no-slug"]);
        assert_eq!(tags.finish()[1].name, "C");
    }
}
