//! Pictures for pages where their addresses are shared: 1200 × 630 pixels, drawn from a page's words and headline figure.
//!
//! A picture is SVG first, and the SVG is what its key is of: while no word on it changes, it is not drawn again.

mod face;
mod sheet;

use std::hash::Hash;
use std::io::{self, Write};
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use self::face::{FONTS, Face};
use self::sheet::Sheet;
use super::social::Tally;
use super::{Digest, Document, Format, Out};
use crate::ids::{AnalysisId, ClaimId, CompanyId};
use crate::link::Briefing;
use crate::pages::Page;
use crate::speech::word;
use crate::value::Vocabulary;

/// The width and the height of every picture, which all that show such pictures take.
pub const SIZE: [u32; 2] = [1200, 630];

/// A page that a picture is drawn for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Card {
    /// An analysis.
    Analysis(AnalysisId),
    /// A company.
    Company(CompanyId),
    /// A claim with a page.
    Claim(ClaimId),
}

impl Card {
    /// Gives the picture of a page, where the site has one of it.
    pub(super) fn of(briefing: &Briefing, page: &Page) -> Option<Self> {
        let card = match page {
            Page::Analysis(id) => Self::Analysis(*id),
            Page::Company(id) | Page::CompanyYear(id, ..) | Page::CompanyUndated(id, _) => Self::Company(*id),
            Page::Claim(id) => Self::Claim(*id),
            _ => return None,
        };
        briefing.config.share.pictures.then_some(card)
    }

    fn page(self) -> Page {
        match self {
            Self::Analysis(id) => Page::Analysis(id),
            Self::Company(id) => Page::Company(id),
            Self::Claim(id) => Page::Claim(id),
        }
    }

    /// Gives the path of its file.
    pub(super) fn path(self, briefing: &Briefing) -> String {
        format!("{}card.png", self.page().path(briefing))
    }

    /// Gives the title on it.
    pub(crate) fn title(self, briefing: &Briefing) -> &str {
        self.page().title(briefing)
    }

    /// Says in words what is on it.
    pub(super) fn alt(self, briefing: &Briefing) -> String {
        let Sheet { title, figure, foot, .. } = self.sheet(briefing);
        let words = figure.into_iter().flatten().filter(|words| !words.is_empty()).collect::<Vec<_>>().join(", ");
        let parts = [title.trim_end_matches('.'), &words, &foot];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
    }

    /// Finds the first character on it that its fonts lack.
    pub(crate) fn lacks(self, briefing: &Briefing) -> Option<char> {
        let Sheet { site, title, figure, foot } = self.sheet(briefing);
        let [value, label] = figure.unwrap_or_default();
        let serif = [&title, &value].into_iter().find_map(|text| Face::Serif.lacks(text));
        serif.or_else(|| [&site, &label, &foot].into_iter().find_map(|text| Face::Sans.lacks(text)))
    }

    /// Gives the picture, not yet drawn.
    pub(super) fn picture(self, briefing: &Briefing) -> Picture {
        Picture { svg: self.sheet(briefing).svg() }
    }

    fn sheet(self, briefing: &Briefing) -> Sheet {
        let title = self.title(briefing);
        let (figure, foot) = match self {
            Self::Analysis(id) => {
                let day = briefing.analysis(id).day.said();
                let mut claims = briefing.analysis_links[id.index()].claims.clone().map(ClaimId::at);
                (claims.find_map(|id| figure(briefing, id, title)), joined(&day, Tally::of_analysis(briefing, id)))
            }
            Self::Company(id) => {
                let kind = word("company", Vocabulary::word(briefing.company(id).kind));
                let newest = briefing.company_links[id.index()].claims.iter().rev();
                let mut newest = newest.filter(|id| briefing.ledger.stands(**id));
                let figure = newest.find_map(|id| figure(briefing, *id, title));
                (figure, joined(&kind, Tally::of_company(briefing, id)))
            }
            Self::Claim(id) => {
                let (links, status) = (&briefing.claim_links[id.index()], briefing.claim(id).status);
                let day = briefing.analysis(links.analysis).day.said();
                let status = word("status", Vocabulary::word(status));
                (figure(briefing, id, title), format!("{day} · {status} · {}", links.backing))
            }
        };
        Sheet { site: briefing.config.title.clone(), title: title.to_owned(), figure, foot }
    }
}

fn joined(first: &str, tally: Tally) -> String {
    if tally == Tally::default() { first.to_owned() } else { format!("{first} · {tally}") }
}

/// Gives the value of a claim as its author words it, with what it measures; the title is not said again.
fn figure(briefing: &Briefing, id: ClaimId, title: &str) -> Option<[String; 2]> {
    let (claim, links) = (briefing.claim(id), &briefing.claim_links[id.index()]);
    let value = claim.value.as_ref()?.value.wording().to_owned();
    let company = links.company.map(|id| briefing.company(id).name.value.clone()).filter(|name| name != title);
    let metric = links.metric.map(|id| briefing.metric(id).label.clone());
    let date = claim.date.as_ref().map(|date| date.value.said());
    let label: Vec<String> = [company, metric, date].into_iter().flatten().collect();
    Some([value, label.join(", ")])
}

/// Lists the pictures of a site.
pub(crate) fn cards<'p>(briefing: &'p Briefing, pages: &'p [Page]) -> impl Iterator<Item = Card> {
    let is_whole = |page: &&Page| !matches!(page, Page::CompanyYear(..) | Page::CompanyUndated(..));
    pages.iter().filter(is_whole).filter_map(|page| Card::of(briefing, page))
}

/// A picture that is drawn when it is written.
#[derive(Debug, Hash)]
pub(super) struct Picture {
    svg: String,
}

impl Document for Picture {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Out<'_>) -> io::Result<()> {
        let options = Options { fontdb: Arc::clone(&FONTS), ..Options::default() };
        let tree = Tree::from_str(&self.svg, &options).map_err(io::Error::other)?;
        let [width, height] = SIZE;
        let mut pixels = Pixmap::new(width, height).ok_or(io::ErrorKind::OutOfMemory)?;
        resvg::render(&tree, Transform::default(), &mut pixels.as_mut());
        out.write_all(&pixels.encode_png().map_err(io::Error::other)?)
    }
}
