//! What a page says of itself where its address is shared: in Open Graph's terms (<https://ogp.me/>), and in a sentence.

mod sentence;
mod tally;

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::feed::{Moment, changed};
use super::shown::Shown;
use super::{absolute, card};
use crate::link::Briefing;
use crate::pages::{List, Page, asset_path};
use crate::speech::say;

pub(crate) use sentence::written;
pub(crate) use tally::{Tally, is_disputed};

/// What other sites, messengers and search engines show of a page.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct Social<'b> {
    /// The title without the site's name.
    pub title: Cow<'b, str>,
    /// A sentence on the page: the author's, or one that counts what is on it.
    pub description: Cow<'b, str>,
    /// The kind of thing in Open Graph's words: `website`, `article` or `profile`.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// When an article was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Shown<SharedMoment>>,
    /// When it last changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<Shown<SharedMoment>>,
    /// A picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<SharedImage<'b>>,
    /// Whether search engines are asked to pass over the page.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unlisted: bool,
}

/// A moment of a page, as RFC 3339 writes it in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SharedMoment(Moment);

impl std::fmt::Display for SharedMoment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// A picture of a page.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct SharedImage<'b> {
    /// Its full address.
    pub url: String,
    /// What it shows.
    pub alt: Cow<'b, str>,
    /// Its width and height in pixels, where they are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<[u32; 2]>,
}

/// Gives what a page says of itself.
pub fn of<'b>(briefing: &'b Briefing, page: &Page) -> Social<'b> {
    let (published, modified) = match page {
        Page::Analysis(id) => {
            let analysis = briefing.analysis(*id);
            let moment = |moment| Some(Shown(SharedMoment(moment)));
            (moment(Moment::of(&analysis.date)), moment(changed(analysis)))
        }
        _ => (None, None),
    };
    Social {
        title: title(briefing, page),
        description: sentence::on(briefing, page),
        kind: kind(page),
        published,
        modified,
        image: image(briefing, page),
        unlisted: is_unlisted(briefing, page),
    }
}

fn kind(page: &Page) -> &'static str {
    match page {
        Page::Analysis(_) | Page::Claim(_) => "article",
        Page::Person(_) | Page::List(List::Author(_), _) => "profile",
        _ => "website",
    }
}

/// Gives a title that tells a part of a list or a timeline from its other parts.
fn title<'b>(briefing: &'b Briefing, page: &Page) -> Cow<'b, str> {
    let title = page.title(briefing);
    let nth = |part: usize| match part {
        1 => String::new(),
        part => format!(", {}", say("page_number", &[("number", &part)])),
    };
    match page {
        Page::CompanyYear(_, year, part) => format!("{title}, {year}{}", nth(*part)).into(),
        Page::CompanyUndated(_, part) => format!("{title}, {}{}", say("undated_small", &[]), nth(*part)).into(),
        Page::List(List::Backlinks(_), part) => {
            [say("what_links_to", &[("title", &title)]), nth(*part)].concat().into()
        }
        Page::List(_, part) if *part > 1 => format!("{title}{}", nth(*part)).into(),
        _ => title.into(),
    }
}

/// Gives the picture that was drawn for the page, or else the one that the author gave an analysis.
fn image<'b>(briefing: &'b Briefing, page: &Page) -> Option<SharedImage<'b>> {
    if let Some(card) = card::Card::of(briefing, page) {
        let url = absolute(briefing, &card.path(briefing));
        return Some(SharedImage { url, alt: card.alt(briefing).into(), size: Some(card::SIZE) });
    }
    let Page::Analysis(id) = page else { return None };
    let analysis = briefing.analysis(*id);
    let file = briefing.beside(&analysis.origin, &analysis.image.as_ref()?.value)?;
    let alt = analysis.image_alt.as_deref().unwrap_or_default().into();
    Some(SharedImage { url: absolute(briefing, &asset_path(briefing, file)), alt, size: None })
}

fn is_unlisted(briefing: &Briefing, page: &Page) -> bool {
    match page {
        Page::Missing | Page::Redirect { .. } | Page::Embed(_) => true,
        Page::Analysis(id) => briefing.analysis(*id).is_left_out(briefing.config.now.instant),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AnalysisId, ClaimId, CompanyId, PersonId};

    fn described(page: &Page) -> String {
        let (briefing, _) = crate::export::tests::briefing();
        of(&briefing, page).description.into_owned()
    }

    #[test]
    fn every_kind_of_page_has_a_sentence_of_its_own() {
        assert_eq!(described(&Page::Home), "1 analysis, 2 claims, 1 source, 1 open forecast.");
        assert_eq!(described(&Page::Analysis(AnalysisId(0))), "What <Acme> said.");
        assert_eq!(
            described(&Page::Claim(ClaimId(0))),
            "Reported: about 800 jobs. 1 report, 1 source. From “Cuts & <em>costs</em> </script>”, 18 May 2026."
        );
        assert_eq!(described(&Page::Company(CompanyId(0))), "1 analysis, 2 claims, 1 source, 1 open forecast.");
        assert_eq!(described(&Page::CompanyYear(CompanyId(0), 2026, 1)), "What is on record of Acme for 2026.");
        assert_eq!(described(&Page::Person(PersonId(0))), "Bo Li, chief, in 1 analysis and 1 claim.");
        assert_eq!(described(&Page::List(List::Claims, 1)), "2 claims, those of the newest analysis first.");
        assert_eq!(described(&Page::List(List::Conflicts, 1)), "There are none yet.");
        assert_eq!(described(&Page::List(List::Companies, 1)), "1 company, by name.");
        assert_eq!(described(&Page::Forecasts), "1 forecast: 1 open.");
    }

    #[test]
    fn no_page_is_without_a_title_and_a_sentence() {
        let (briefing, pages) = crate::export::tests::briefing();
        for page in &pages {
            let Social { title, description, .. } = of(&briefing, page);
            assert!(!title.is_empty() && description.ends_with('.'), "{page:?}: {title}: {description}");
        }
    }

    #[test]
    fn an_analysis_says_when_it_was_published_and_changed() {
        let (briefing, _) = crate::export::tests::briefing();
        let social = of(&briefing, &Page::Analysis(AnalysisId(0)));
        assert_eq!(social.kind, "article");
        assert_eq!(social.published.unwrap().to_string(), "2026-05-18T07:30:00Z");
        assert_eq!(social.modified.unwrap().to_string(), "2026-05-21T00:00:00Z");
        assert!(!social.unlisted && of(&briefing, &Page::Missing).unlisted);
    }
}
