//! How to cite an analysis or a claim: a line of text, an entry for BibTeX, and CSL-JSON.

mod bibtex;
mod csl;

use std::fmt::{self, Display};
use std::hash::Hash;
use std::io::{self, Write};

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{Digest, Document, Export, FileLink, Format, Out};
use crate::ids::{AnalysisId, AuthorId, ClaimId};
use crate::link::Briefing;
use crate::pages::{Page, canonical};
use crate::speech::say;
use crate::value::Day;

use self::bibtex::BibTex;
use self::csl::Csl;

/// What can be cited: what has a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cited {
    /// An analysis.
    Analysis(AnalysisId),
    /// A claim with a page.
    Claim(ClaimId),
}

impl Cited {
    /// Gives what a page is cited as.
    fn of(page: &Page) -> Option<Self> {
        match page {
            Page::Analysis(id) => Some(Self::Analysis(*id)),
            Page::Claim(id) => Some(Self::Claim(*id)),
            _ => None,
        }
    }

    /// Gives the path of one of its files.
    pub(super) fn path(self, briefing: &Briefing, format: Format) -> String {
        let page = match self {
            Self::Analysis(id) => Page::Analysis(id),
            Self::Claim(id) => Page::Claim(id),
        };
        format!("{}cite.{}", page.path(briefing), if format == Format::Bib { "bib" } else { "json" })
    }

    /// Gives the citation.
    pub(super) fn citation(self, briefing: &Briefing) -> Citation<'_> {
        match self {
            Self::Analysis(id) => Citation::of_analysis(briefing, id),
            Self::Claim(id) => Citation::of_claim(briefing, id),
        }
    }
}

/// Lists what has files of its citation, where the site asks for them.
pub(super) fn cited<'p>(briefing: &Briefing, pages: &'p [Page]) -> impl Iterator<Item = Cited> + use<'p> {
    let pages = if briefing.config.share.citations { pages } else { &[] };
    pages.iter().filter_map(Cited::of)
}

/// An analysis or a claim as others would cite it.
///
/// All forms are written out only when they are asked for.
#[derive(Debug, Hash)]
pub struct Citation<'b> {
    authors: Vec<&'b str>,
    /// The headline, or the statement of a claim.
    title: &'b str,
    /// The headline of the analysis that makes the claim.
    within: Option<&'b str>,
    publication: &'b str,
    language: &'b str,
    day: Day,
    /// The permalink in full.
    url: String,
    /// The slug of the analysis, and the claim's id in it.
    id: (&'b str, Option<&'b str>),
    /// The files that it can be had as.
    files: Vec<FileLink>,
}

impl<'b> Citation<'b> {
    /// Cites an analysis.
    pub fn of_analysis(briefing: &'b Briefing, id: AnalysisId) -> Self {
        let analysis = briefing.analysis(id);
        let author = |id: &AuthorId| briefing.groups.authors[id.index()].name.as_str();
        Self {
            authors: briefing.analysis_links[id.index()].authors.iter().map(author).collect(),
            title: &analysis.title,
            within: None,
            publication: &briefing.config.title,
            language: &briefing.config.language,
            day: analysis.day,
            url: canonical(briefing, &Page::Analysis(id)),
            id: (&analysis.slug.value, None),
            files: files(briefing, Cited::Analysis(id)),
        }
    }

    /// Cites a claim by the analysis that makes it.
    pub fn of_claim(briefing: &'b Briefing, id: ClaimId) -> Self {
        let (claim, at) = (briefing.claim(id), briefing.claim_links[id.index()].analysis);
        let analysis = Self::of_analysis(briefing, at);
        Self {
            title: &claim.text,
            within: Some(analysis.title),
            url: canonical(briefing, &Page::Claim(id)),
            id: (analysis.id.0, Some(&claim.id)),
            files: files(briefing, Cited::Claim(id)),
            ..analysis
        }
    }
}

fn files(briefing: &Briefing, cited: Cited) -> Vec<FileLink> {
    let link = |(format, title)| Export::Citation(cited).link(briefing, format, title);
    let formats = [(Format::Bib, "BibTeX"), (Format::Csl, "CSL-JSON")];
    if briefing.config.share.citations { formats.map(link).into() } else { Vec::new() }
}

impl Document for Citation<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, format: Format, out: &mut Out<'_>) -> io::Result<()> {
        match format {
            Format::Bib => writeln!(out, "{}", BibTex(self)),
            _ => writeln!(out, "{}", Csl(self)),
        }
    }
}

impl Serialize for Citation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut cite = serializer.serialize_struct("Citation", 4)?;
        cite.serialize_field("text", &Line(self).to_string())?;
        cite.serialize_field("bibtex", &BibTex(self).to_string())?;
        cite.serialize_field("csl", &Csl(self).to_string())?;
        cite.serialize_field("files", &self.files)?;
        cite.end()
    }
}

/// The line of text: who, what, where, when, and the permalink.
struct Line<'c, 'b>(&'c Citation<'b>);

impl Display for Line<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Citation { authors, title, within, publication, day, url, .. } = self.0;
        if !authors.is_empty() {
            write!(f, "{}: ", authors.join(", "))?;
        }
        write!(f, "{}, ", quoted(title.trim().trim_end_matches('.')))?;
        if let Some(analysis) = within {
            write!(f, "{} {}, ", say("in_small", &[]), quoted(analysis))?;
        }
        write!(f, "{publication}, {}, {url}", day.said())
    }
}

fn quoted(title: &str) -> String {
    say("quoted", &[("title", &title)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited<'b>(authors: Vec<&'b str>, statement: &'b str) -> Citation<'b> {
        Citation {
            authors,
            title: statement,
            within: Some("Cuts in May"),
            language: "en",
            publication: "The R&D Brief",
            day: Day::new(2026, 5, 18).unwrap(),
            url: "https://example.org/claims/2026/cuts/cut-8000/".to_owned(),
            id: ("2026/cuts", Some("cut-8000")),
            files: Vec::new(),
        }
    }

    #[test]
    fn a_citation_says_who_what_where_and_when() {
        let cite = cited(vec!["Ann Ng", "The desk"], "Acme cuts 8,000 jobs.");
        assert_eq!(
            Line(&cite).to_string(),
            "Ann Ng, The desk: “Acme cuts 8,000 jobs”, in “Cuts in May”, The R&D Brief, 18 May 2026, \
             https://example.org/claims/2026/cuts/cut-8000/"
        );
        assert!(Line(&cited(vec![], "It fell")).to_string().starts_with("“It fell”, in “Cuts in May”"));
    }

    #[test]
    fn bibtex_takes_every_text_as_it_is() {
        let cite = cited(vec!["Ann Ng", "Rise and Fall, Inc"], "Up 5% at {Acme}\\_\n$1");
        assert_eq!(
            BibTex(&cite).to_string(),
            "@misc{2026-cuts-cut-8000,\n  author = {{Ann Ng} and {Rise and Fall, Inc}},\n  \
             title = {{Up 5\\% at \\{Acme\\}\\textbackslash{}\\_ \\$1}},\n  howpublished = {The R\\&D Brief},\n  \
             note = {In: Cuts in May},\n  year = {2026},\n  month = {5},\n  day = {18},\n  \
             url = {https://example.org/claims/2026/cuts/cut-8000/}\n}"
        );
    }

    #[test]
    fn an_analysis_is_cited_by_itself() {
        let claim = cited(vec![], "Acme cuts 8,000 jobs.");
        let analysis = Citation { title: "Cuts in May", within: None, id: ("2026/cuts", None), ..claim };
        assert!(Line(&analysis).to_string().starts_with("“Cuts in May”, The R&D Brief, 18 May 2026, "));
        let entry = BibTex(&analysis).to_string();
        assert!(entry.starts_with("@misc{2026-cuts,\n") && !entry.contains("note ="), "{entry}");
    }

    #[test]
    fn csl_json_has_the_terms_of_its_schema() {
        let json: serde_json::Value =
            serde_json::from_str(&Csl(&cited(vec!["Ann Ng"], "Up \"5%\"")).to_string()).unwrap();
        let expected = serde_json::json!([{
            "type": "webpage",
            "id": "https://example.org/claims/2026/cuts/cut-8000/",
            "language": "en",
            "author": [{ "literal": "Ann Ng" }],
            "issued": { "date-parts": [[2026, 5, 18]] },
            "container-title": "The R&D Brief",
            "note": "In: Cuts in May",
            "title": "Up \"5%\"",
            "URL": "https://example.org/claims/2026/cuts/cut-8000/",
        }]);
        assert_eq!(json, expected);
    }
}
