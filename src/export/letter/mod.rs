//! An analysis for a newsletter: as plain text, and as a mail.

mod escape;
mod mail;
mod plain;

use std::hash::Hash;
use std::io::{self, Write};

use super::article::Article;
use super::shown::on_site;
use super::{Digest, Document, Format, Out, Shown};
use crate::ids::{AnalysisId, AuthorId, ClaimId};
use crate::link::{Backing, Briefing, Texts};
use crate::model::Status;
use crate::pages::{Page, claim_href};
use crate::speech::{say, word};
use crate::value::{Day, Vocabulary};

/// An analysis as its readers get it by mail.
#[derive(Debug, Hash)]
pub(super) struct Letter<'b> {
    site: &'b str,
    language: &'b str,
    title: &'b str,
    summary: Option<&'b str>,
    authors: Vec<&'b str>,
    day: Day,
    article: Article<'b>,
    claims: Vec<ClaimLine<'b>>,
    /// How many claims there are besides.
    more: usize,
}

/// A claim with what stands behind it.
#[derive(Debug, Hash)]
struct ClaimLine<'b> {
    text: &'b str,
    value: Option<&'b str>,
    /// How it stands, where it is not merely reported.
    status: Option<&'static str>,
    backing: Shown<Backing>,
    url: String,
}

/// How many claims a letter lists, so that it stays as small as mail has to be.
const CLAIMS: usize = 50;

/// Gives the path of one of the files of an analysis's letter.
pub(super) fn path(briefing: &Briefing, id: AnalysisId, format: Format) -> String {
    let name = if format == Format::Text { "index.txt" } else { "mail.html" };
    format!("{}{name}", Page::Analysis(id).path(briefing))
}

/// Gives the letter of an analysis.
pub(super) fn of<'b>(briefing: &'b Briefing, id: AnalysisId, texts: &'b dyn Texts) -> Letter<'b> {
    let (analysis, links) = (briefing.analysis(id), &briefing.analysis_links[id.index()]);
    let author = |id: &AuthorId| briefing.groups.authors[id.index()].name.as_str();
    let claims = links.claims.clone().map(ClaimId::at);
    Letter {
        site: &briefing.config.title,
        language: &briefing.config.language,
        title: &analysis.title,
        summary: analysis.summary.as_deref(),
        authors: links.authors.iter().map(author).collect(),
        day: analysis.day,
        article: Article::of(briefing, id, texts),
        more: links.claims.len().saturating_sub(CLAIMS),
        claims: claims.take(CLAIMS).map(|id| ClaimLine::of(briefing, id)).collect(),
    }
}

impl<'b> ClaimLine<'b> {
    fn of(briefing: &'b Briefing, id: ClaimId) -> Self {
        let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
        Self {
            text: &claim.text,
            value: claim.value.as_ref().map(|value| value.value.wording()),
            status: Some(claim.status).filter(|status| *status != Status::Reported).map(Vocabulary::word),
            backing: Shown(links.backing),
            url: on_site(briefing, &claim_href(briefing, id)),
        }
    }

    /// Says how it stands and what is behind it: `confirmed; 2 reports, 1 source`.
    fn behind(&self) -> String {
        let status = self.status.map(|status| format!("{}; ", word("status", status))).unwrap_or_default();
        format!("{status}{}", self.backing)
    }
}

impl Letter<'_> {
    /// Says who wrote it and when.
    fn byline(&self) -> String {
        match self.authors.as_slice() {
            [] => self.day.said(),
            authors => say("byline", &[("authors", &authors.join(", ")), ("date", &self.day.said())]),
        }
    }
}

impl Document for Letter<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, format: Format, out: &mut Out<'_>) -> io::Result<()> {
        let text = if format == Format::Text { plain::letter(self) } else { mail::letter(self) };
        out.write_all(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{OneLine, briefing};

    fn written(format: Format) -> String {
        let (briefing, _) = briefing();
        let mut out = Vec::new();
        crate::export::write(&of(&briefing, AnalysisId(0), &OneLine), format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_text_has_everything_in_lines_that_a_mail_program_leaves_alone() {
        let text = written(Format::Text);
        for part in [
            "Cuts & <em>costs</em> </script>\n",
            "By Ann Ng, 18 May 2026\n",
            "Body of content/analyses/cuts.md.\n",
            "- =Acme <!-- cut jobs: about 800 jobs (1 report, 1 source) [1]\n",
            "[1] https://example.org/b/analyses/cuts/#claim:cut\n",
        ] {
            assert!(text.contains(part), "{part}:\n{text}");
        }
        let is_short = |line: &str| line.chars().count() <= 72 || line.contains("https://");
        assert!(text.lines().all(is_short), "{text}");
    }

    #[test]
    fn the_mail_needs_nothing_from_elsewhere() {
        let mail = written(Format::Html);
        assert!(mail.contains("Cuts &amp; &lt;em&gt;costs&lt;/em&gt; &lt;/script&gt;</h1>"), "{mail}");
        assert!(mail.contains("Body of content/analyses/cuts.md.") && mail.contains("about 800 jobs"));
        for not in ["<script", "<link", "<style", "class=\"", "src=", "href=\"/", "href=\"#"] {
            assert!(!mail.contains(not), "{not}");
        }
    }
}
