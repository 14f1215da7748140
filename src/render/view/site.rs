//! What every template may read of the site as a whole; nothing in it grows with the site.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::LinkView;
use crate::config::OptionValue;
use crate::export::{FileLink, site_feeds};
use crate::link::Briefing;
use crate::pages::path_href;
use crate::pages::{List, Page};

/// The site as every page shows it.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct SiteView<'b> {
    /// The publication's name.
    pub title: &'b str,
    /// One sentence on what it is.
    pub description: Option<&'b str>,
    /// The language of its prose.
    pub language: &'b str,
    /// The direction of its writing, `ltr` or `rtl`.
    pub dir: &'static str,
    /// The options of the theme.
    pub theme: &'b BTreeMap<String, OptionValue>,
    /// The link to the front page.
    pub href: String,
    /// The path before every link: empty, or `/briefing`.
    pub base_path: &'b str,
    /// The parts of the site: name of the section, and its link.
    pub sections: Vec<SectionView<'b>>,
    /// Lists that are no section: conflicts, people, tags, series, by-lines and corrections, those that there are, and
    /// the files of data.
    pub lists: Vec<LinkView<'b>>,
    /// The link to the search, unless the site has none.
    pub search: Option<String>,
    /// The feeds of the site as a whole.
    pub feeds: Vec<FileLink>,
    /// Plain pages, the first few by path.
    pub pages: Vec<LinkView<'b>>,
}

/// A part of the site in its navigation.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct SectionView<'b> {
    /// Its name, by which a page says that it belongs to it.
    pub name: &'static str,
    /// Its link.
    pub link: LinkView<'b>,
}

/// How many plain pages stand in the footer of every page.
const FOOTER_PAGES: usize = 12;

impl<'b> SiteView<'b> {
    /// Builds the view of a site whose theme has options.
    pub fn of(briefing: &'b Briefing, theme: &'b BTreeMap<String, OptionValue>) -> Self {
        let config = &briefing.config;
        let list = |list| Page::List(list, 1);
        let sections = [
            ("analyses", list(List::Analyses)),
            ("companies", list(List::Companies)),
            ("claims", list(List::Claims)),
            ("sources", list(List::Sources)),
        ];
        let forecasts = (!briefing.forecasts.is_empty()).then_some(("forecasts", Page::Forecasts));
        let section = |(name, page)| SectionView { name, link: LinkView::to(briefing, &page) };
        let groups = &briefing.groups;
        let lists = [
            (List::Conflicts, briefing.listed.conflicts.is_empty()),
            (List::Related, briefing.analyses.is_empty()),
            (List::People, briefing.people.is_empty()),
            (List::Tags, groups.tags.is_empty()),
            (List::AllSeries, groups.series.is_empty()),
            (List::Authors, groups.authors.is_empty()),
            (List::Corrections, briefing.listed.corrections.is_empty()),
        ];
        let lists = lists.into_iter().filter(|(_, empty)| !empty);
        let pages =
            (0..briefing.pages.len()).take(FOOTER_PAGES).map(|index| Page::Plain(crate::ids::PageId::at(index)));
        Self {
            title: &config.title,
            description: config.description.as_deref(),
            language: &config.language,
            dir: config.speech.direction,
            theme,
            href: path_href(briefing, "/"),
            base_path: &config.base_path,
            sections: sections.into_iter().chain(forecasts).map(section).collect(),
            lists: lists
                .map(|(list, _)| Page::List(list, 1))
                .chain([Page::Data])
                .map(|page| LinkView::to(briefing, &page))
                .collect(),
            search: config.search.then(|| path_href(briefing, &Page::Search.path(briefing))),
            feeds: site_feeds(briefing),
            pages: pages.map(|page| LinkView::to(briefing, &page)).collect(),
        }
    }
}
