//! How to cite a claim.

use std::fmt::{self, Display};

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::ids::{AuthorId, ClaimId};
use crate::link::Briefing;
use crate::pages::{Page, canonical};
use crate::value::Day;

/// A claim as others would cite it: a line of text, and an entry for BibTeX.
///
/// Both are written out only when the page is rendered.
#[derive(Debug, Hash)]
pub struct CiteView<'b> {
    authors: Vec<&'b str>,
    statement: &'b str,
    /// The headline of the analysis that makes it.
    analysis: &'b str,
    publication: &'b str,
    day: Day,
    /// The permalink in full.
    url: String,
    /// The slug of the analysis, and the claim's id in it.
    id: (&'b str, &'b str),
}

impl<'b> CiteView<'b> {
    /// Cites a claim by the analysis that makes it.
    pub(super) fn of(briefing: &'b Briefing, id: ClaimId) -> Self {
        let (claim, at) = (briefing.claim(id), briefing.claim_links[id.index()].analysis);
        let analysis = briefing.analysis(at);
        let author = |id: &AuthorId| briefing.groups.authors[id.index()].name.as_str();
        Self {
            authors: briefing.analysis_links[at.index()].authors.iter().map(author).collect(),
            statement: &claim.text,
            analysis: &analysis.title,
            publication: &briefing.config.title,
            day: analysis.day,
            url: canonical(briefing, &Page::Claim(id)),
            id: (&analysis.slug.value, &claim.id),
        }
    }
}

impl Serialize for CiteView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut cite = serializer.serialize_struct("CiteView", 2)?;
        cite.serialize_field("text", &Line(self).to_string())?;
        cite.serialize_field("bibtex", &BibTex(self).to_string())?;
        cite.end()
    }
}

/// The line of text: who, what, where, when, and the permalink.
struct Line<'c, 'b>(&'c CiteView<'b>);

impl Display for Line<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CiteView { authors, statement, analysis, publication, day, url, .. } = self.0;
        if !authors.is_empty() {
            write!(f, "{}: ", authors.join(", "))?;
        }
        let statement = statement.trim().trim_end_matches('.');
        write!(f, "“{statement}”, in “{analysis}”, {publication}, {}, {url}", day.human())
    }
}

/// The entry for BibTeX, of the kind that every style knows.
struct BibTex<'c, 'b>(&'c CiteView<'b>);

impl Display for BibTex<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let CiteView { authors, statement, analysis, publication, day, url, id: (slug, id) } = self.0;
        writeln!(f, "@misc{{{}-{},", Key(slug), Key(id))?;
        if !authors.is_empty() {
            let names: Vec<String> = authors.iter().map(|name| format!("{{{}}}", Escaped(name))).collect();
            writeln!(f, "  author = {{{}}},", names.join(" and "))?;
        }
        writeln!(f, "  title = {{{{{}}}}},", Escaped(statement))?;
        writeln!(f, "  howpublished = {{{}}},", Escaped(publication))?;
        writeln!(f, "  note = {{In: {}}},", Escaped(analysis))?;
        writeln!(f, "  year = {{{}}},", day.year())?;
        writeln!(f, "  month = {{{}}},", day.month())?;
        writeln!(f, "  day = {{{}}},", day.day())?;
        writeln!(f, "  url = {{{url}}}")?;
        f.write_str("}")
    }
}

/// A name as a part of an entry's key, which has only letters, digits and `-` of ASCII.
struct Key<'k>(&'k str);

impl Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        self.0.chars().try_for_each(|c| fmt::Write::write_char(f, plain(c)))
    }
}

/// Text in which no character means something to TeX, on one line.
struct Escaped<'t>(&'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '\\' => f.write_str("\\textbackslash{}")?,
                '~' => f.write_str("\\textasciitilde{}")?,
                '^' => f.write_str("\\textasciicircum{}")?,
                '{' | '}' | '$' | '&' | '#' | '%' | '_' => write!(f, "\\{c}")?,
                c if c.is_control() => f.write_str(" ")?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited<'b>(authors: Vec<&'b str>, statement: &'b str) -> CiteView<'b> {
        CiteView {
            authors,
            statement,
            analysis: "Cuts in May",
            publication: "The R&D Brief",
            day: Day::new(2026, 5, 18).unwrap(),
            url: "https://example.org/claims/2026/cuts/cut-8000/".to_owned(),
            id: ("2026/cuts", "cut-8000"),
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
}
