//! The ways to narrow the list of claims down.

use std::cmp::Reverse;

use schemars::JsonSchema;
use serde::Serialize;

use super::LinkView;
use crate::export;
use crate::link::Briefing;
use crate::pages::{List, Page, lists, path_href};

/// The ways to fewer claims: lists that are there without a script, and where a script finds all of them.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct NarrowView<'b> {
    /// The file that the filter reads first.
    pub index: String,
    /// Lists of claims by their status; on the first page.
    pub statuses: Vec<CountedView<'b>>,
    /// The companies with the most claims; on the first page.
    pub companies: Vec<CountedView<'b>>,
}

/// A link with how much is behind it.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct CountedView<'b> {
    /// The list or the page.
    pub link: LinkView<'b>,
    /// How many claims it has.
    pub claims: usize,
}

/// How many companies are named.
const COMPANIES: usize = 12;

impl<'b> NarrowView<'b> {
    /// Lists the ways from a page of the list of claims; nothing where there are none.
    ///
    /// Only the first page shows links, so that the others stay as they are when another claim is made.
    pub(super) fn of(briefing: &'b Briefing, part: usize) -> Option<Self> {
        if briefing.claims.is_empty() {
            return None;
        }
        let (statuses, companies) =
            if part == 1 { (statuses(briefing), companies(briefing)) } else { (Vec::new(), Vec::new()) };
        Some(Self { index: path_href(briefing, &export::facets_path()), statuses, companies })
    }
}

fn statuses(briefing: &Briefing) -> Vec<CountedView<'_>> {
    let lists = briefing.listed.by_status.iter().map(|(status, _)| List::ClaimsOf(*status));
    let counted =
        |list| CountedView { link: LinkView::to(briefing, &Page::List(list, 1)), claims: lists::len(briefing, list) };
    lists.map(counted).collect()
}

fn companies(briefing: &Briefing) -> Vec<CountedView<'_>> {
    let claims = |id: &crate::ids::CompanyId| briefing.company_links[id.index()].claims.len();
    let mut ids: Vec<_> = briefing.listed.companies.iter().copied().filter(|id| claims(id) > 0).collect();
    ids.sort_by_key(|id| Reverse(claims(id)));
    ids.truncate(COMPANIES);
    ids.into_iter().map(|id| CountedView { link: LinkView::company(briefing, id), claims: claims(&id) }).collect()
}
