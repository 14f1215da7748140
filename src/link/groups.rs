//! Tags, series and by-lines: the lists that analyses gather in.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::ids::AnalysisId;
use crate::model::slugify;
use crate::text::Spanned;

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

/// Gathers groups of one kind: analyses by what they name, under one slug for all spellings of a name.
#[derive(Default)]
pub(super) struct Gatherer {
    groups: BTreeMap<String, Group>,
}

impl Gatherer {
    /// Adds an analysis to the group of a name; of several spellings the first stays.
    pub(super) fn add(&mut self, name: &str, analysis: AnalysisId) -> Option<String> {
        let slug = slugify(name, 80);
        if slug.is_empty() {
            return None;
        }
        let group = self.groups.entry(slug.clone()).or_insert_with(|| Group {
            slug: slug.clone(),
            name: name.trim().to_owned(),
            about: None,
            website: None,
            analyses: Vec::new(),
        });
        if group.analyses.last() != Some(&analysis) {
            group.analyses.push(analysis);
        }
        Some(slug)
    }

    /// Adds an analysis to a by-line, which site.toml may know by its id or its name.
    pub(super) fn add_author(
        &mut self,
        name: &Spanned<String>,
        analysis: AnalysisId,
        config: &Config,
    ) -> Option<String> {
        let declared = config
            .authors
            .get_key_value(&name.value)
            .or_else(|| config.authors.iter().find(|(_, author)| author.name == name.value));
        let Some((id, author)) = declared else { return self.add(&name.value, analysis) };
        let slug = self.add(id, analysis)?;
        if let Some(group) = self.groups.get_mut(&slug) {
            group.name.clone_from(&author.name);
            group.about.clone_from(&author.bio);
            group.website.clone_from(&author.website);
        }
        Some(slug)
    }

    /// Gives the groups by slug; a slug's index is its id.
    pub(super) fn finish(self) -> Vec<Group> {
        self.groups.into_values().collect()
    }
}

/// Finds the index of a slug among groups in their order.
pub(super) fn position(groups: &[Group], slug: &str) -> Option<usize> {
    groups.binary_search_by(|group| group.slug.as_str().cmp(slug)).ok()
}
