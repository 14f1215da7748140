//! `same-address`: two things want one address.
//!
//! Addresses are compared as the least able host keeps them: in one case, and in composed Unicode form, since a
//! file system may fold either. A page that would be a folder where a file is wanted clashes as well.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use unicode_normalization::UnicodeNormalization;

use super::Files;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::{Briefing, DocId};
use crate::pages::Page;
use crate::text::{Place, Span};

/// Reports clashes; gives the addresses that the site has, for the check of links.
pub(super) fn check(
    briefing: &Briefing,
    pages: &[Page],
    made: &[String],
    files: &Files,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Owner> {
    let mut owners: BTreeMap<String, Owner> = BTreeMap::new();
    let page_files = pages.iter().map(|page| (page.file(briefing), Owner::of(briefing, page)));
    let other_files = files.iter().map(|(path, from)| (path.clone(), Owner::without_place(format!("`{from}`"))));
    let made_files = made.iter().map(|path| (path.clone(), Owner::without_place(format!("the data file `/{path}`"))));
    for (file, owner) in page_files.chain(made_files).chain(other_files) {
        match owners.entry(folded(&file)) {
            Entry::Occupied(first) => diagnostics.push(clash(&file, first.get(), &owner)),
            Entry::Vacant(entry) => drop(entry.insert(owner)),
        }
    }
    for (file, owner) in &owners {
        let below = format!("{file}/");
        if let Some((inner, other)) =
            owners.range(below.clone()..).next().filter(|(inner, _)| inner.starts_with(&below))
        {
            diagnostics.push(clash(inner, other, owner));
        }
    }
    owners
}

/// Brings the spellings of a path together that one file system or another takes for the same.
pub(super) fn folded(path: &str) -> String {
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.nfkc().flat_map(char::to_lowercase).nfc().collect() }
}

/// Whose an address is.
pub(super) struct Owner {
    /// What messages call it.
    pub(super) name: String,
    place: Option<Place>,
    /// Whether it only leads on to a page.
    pub(super) is_old_path: bool,
}

impl Owner {
    /// Owns what no document is behind.
    fn without_place(name: String) -> Self {
        Self { name, place: None, is_old_path: false }
    }

    fn of(briefing: &Briefing, page: &Page) -> Self {
        let document = |doc: DocId, span: Span| {
            let origin = briefing.origin(doc);
            let name = origin.map_or_else(|| format!("`{}`", page.title(briefing)), |at| format!("`{}`", at.file));
            Self { name, place: origin.map(|origin| origin.place(span)), is_old_path: false }
        };
        match page {
            Page::Analysis(id) => document(DocId::Analysis(*id), briefing.analysis(*id).slug.span),
            Page::Plain(id) => document(DocId::Page(*id), briefing.page(*id).slug.span),
            Page::Company(id) | Page::CompanyYear(id, ..) | Page::CompanyUndated(id, _) => {
                document(DocId::Company(*id), briefing.company(*id).name.span)
            }
            Page::Claim(id) => {
                let analysis = briefing.claim_links[id.index()].analysis;
                let owner = document(DocId::Analysis(analysis), briefing.claim(*id).span);
                Self { name: format!("the claim `{}`", briefing.claim_path(*id)), ..owner }
            }
            Page::Person(id) => document(DocId::Person(*id), briefing.person(*id).name.span),
            Page::Redirect { from, to } => {
                let owner = Self::of(briefing, to);
                let place = alias_place(briefing, from, to).or(owner.place);
                Self { name: format!("the old path `{from}` of {}", owner.name), place, is_old_path: true }
            }
            Page::Embed(embedded) => {
                let owner = Self::of(briefing, &embedded.page());
                Self { name: format!("the page for frames of {}", owner.name), ..owner }
            }
            Page::List(list, _) => Self::without_place(format!("the list at `{}`", list.path(briefing))),
            Page::Forecasts => Self::without_place("the page of forecasts".to_owned()),
            Page::Home => Self::without_place("the front page".to_owned()),
            Page::Data => Self::without_place("the page of the data files".to_owned()),
            Page::Search => Self::without_place("the page of the search".to_owned()),
            Page::Missing => Self::without_place("the page for what is not found".to_owned()),
        }
    }
}

/// Where an author wrote an old path.
fn alias_place(briefing: &Briefing, from: &str, to: &Page) -> Option<Place> {
    let (doc, aliases) = match to {
        Page::Analysis(id) => (DocId::Analysis(*id), &briefing.analysis(*id).aliases),
        Page::Plain(id) => (DocId::Page(*id), &briefing.page(*id).aliases),
        Page::Company(id) => (DocId::Company(*id), &briefing.company(*id).merged_from),
        _ => return None,
    };
    let own = from.strip_prefix("companies/").unwrap_or(from);
    let alias = aliases.iter().find(|alias| alias.value == from || alias.value == own)?;
    Some(briefing.origin(doc)?.place(alias.span))
}

fn clash(file: &str, first: &Owner, second: &Owner) -> Diagnostic {
    let address = format!("/{}", file.strip_suffix("index.html").unwrap_or(file));
    let message = format!("{} and {} both want the address `{address}`", first.name, second.name);
    let help = match first.is_old_path || second.is_old_path {
        true => "take the old path out, or give the page another `slug`",
        false => "give one of them another `slug`, or another name",
    };
    let error = Diagnostic::error("same-address", message).help(help);
    let (place, other) = match (&second.place, &first.place) {
        (Some(place), other) => (Some(place.clone()), other.clone()),
        (None, place) => (place.clone(), None),
    };
    let error = Diagnostic { place, ..error };
    match other {
        Some(other) => error.label(other, "the other is here"),
        None => error,
    }
}
