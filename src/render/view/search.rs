//! The page on which a reader searches the site.

use schemars::JsonSchema;
use serde::Serialize;

use super::LinkView;
use crate::export::search_path;
use crate::link::Briefing;
use crate::pages::{List, Page, path_href};

/// What the search needs, and where those go who cannot use it.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct SearchView<'b> {
    /// The address of the file that tells how to read the index.
    pub index: String,
    /// Lists that have all that the search would find.
    pub lists: Vec<LinkView<'b>>,
}

impl<'b> SearchView<'b> {
    /// Builds the view.
    pub(super) fn of(briefing: &'b Briefing) -> Self {
        let lists = [List::Analyses, List::Claims, List::Companies].map(|list| Page::List(list, 1));
        let forecasts = (!briefing.forecasts.is_empty()).then_some(Page::Forecasts);
        let lists = lists.into_iter().chain(forecasts).map(|page| LinkView::to(briefing, &page));
        Self { index: path_href(briefing, &search_path()), lists: lists.collect() }
    }
}
