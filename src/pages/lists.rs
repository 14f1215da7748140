//! The lists of a site: what is in each, in which order, and how it is cut into pages.

use crate::ids::AnalysisId;
use crate::link::{Briefing, DocId, Group, Standing};
use crate::model::Status;
use crate::pages::{List, Page};

/// How many pages a document's own page shows of those that link to it.
pub const BACKLINKS_SHOWN: usize = 20;

/// Tells whether what links to a document needs pages of its own.
pub fn has_backlinks_page(briefing: &Briefing, doc: DocId) -> bool {
    briefing.backlinks_of(doc).len() > BACKLINKS_SHOWN
}

/// Counts the entries of a list.
pub fn len(briefing: &Briefing, list: List) -> usize {
    let groups = &briefing.groups;
    match list {
        List::Analyses | List::Related => briefing.analyses.len(),
        List::Companies => briefing.companies.len(),
        List::People => briefing.people.len(),
        List::Tags => groups.tags.len(),
        List::AllSeries => groups.series.len(),
        List::Authors => groups.authors.len(),
        List::Tag(_) | List::Series(_) | List::Author(_) => {
            group(briefing, list).map_or(0, |group| group.analyses.len())
        }
        List::Claims => briefing.claims.len(),
        List::ClaimsOf(status) => briefing.claims_of(status).len(),
        List::Corrections => briefing.listed.corrections.len(),
        List::Conflicts => briefing.listed.conflicts.len(),
        List::Sources => briefing.listed.works.len(),
        List::Source(id) => briefing.shared_work(id).map_or(0, |shared| shared.claims.len()),
        List::Backlinks(doc) => briefing.backlinks_of(doc).len(),
        List::Forecasts(standing) => briefing.forecasts.shelf(standing).len(),
        List::AuthorRecords => briefing.forecasts.authors.len(),
        List::CompanyRecords => briefing.forecasts.companies.len(),
    }
}

/// Counts the pages of a list; an empty one has a page that says so.
pub fn parts(briefing: &Briefing, list: List) -> usize {
    len(briefing, list).div_ceil(briefing.config.paginate).max(1)
}

/// The group that a list shows.
pub fn group(briefing: &Briefing, list: List) -> Option<&Group> {
    let groups = &briefing.groups;
    match list {
        List::Tag(id) => groups.tags.get(id.index()),
        List::Series(id) => groups.series.get(id.index()),
        List::Author(id) => groups.authors.get(id.index()),
        _ => None,
    }
}

/// The title of a list.
pub fn title(briefing: &Briefing, list: List) -> &str {
    let key = match list {
        List::Analyses => "analyses",
        List::Companies => "companies",
        List::People => "people",
        List::Tags => "tags",
        List::AllSeries => "series",
        List::Authors => "authors",
        List::Claims => "claims",
        List::ClaimsOf(status) => status_title(status),
        List::Corrections => "corrections",
        List::Conflicts => "conflicts",
        List::Sources => "sources",
        List::Source(id) => return briefing.source(id).work_title(),
        List::Tag(_) | List::Series(_) | List::Author(_) => {
            return group(briefing, list).map_or("", |group| &group.name);
        }
        List::Backlinks(doc) => return Page::from(doc).title(briefing),
        List::Forecasts(standing) => standing_title(standing),
        List::AuthorRecords => "forecasts_by_author",
        List::CompanyRecords => "forecasts_by_company",
        List::Related => "related_analysis",
    };
    briefing.config.speech.form(key, None)
}

/// The string that is the title of the claims of one status.
fn status_title(status: Status) -> &'static str {
    match status {
        Status::Reported => "claims_reported",
        Status::Confirmed => "claims_confirmed",
        Status::Disputed => "claims_disputed",
        Status::Corrected => "claims_corrected",
        Status::Superseded => "claims_superseded",
        Status::Retracted => "claims_retracted",
    }
}

/// The string that is the title of the forecasts of one standing.
fn standing_title(standing: Standing) -> &'static str {
    match standing {
        Standing::Due => "forecasts_due",
        Standing::Overdue => "forecasts_overdue",
        Standing::Open => "forecasts_open",
        Standing::Resolved => "forecasts_resolved",
        Standing::Ambiguous => "forecasts_ambiguous",
        Standing::Annulled => "forecasts_annulled",
        Standing::Withdrawn => "forecasts_withdrawn",
    }
}

/// A sentence about a list.
pub fn about(briefing: &Briefing, list: List) -> Option<&str> {
    group(briefing, list).and_then(|group| group.about.as_deref())
}

/// Analyses from the newest.
pub fn newest_analyses(briefing: &Briefing) -> impl Iterator<Item = AnalysisId> {
    (0..briefing.analyses.len()).rev().map(AnalysisId::at)
}
