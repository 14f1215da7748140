//! Feeds: what is new on the site, of a company, a tag or a by-line, and what was corrected.

mod atom;
mod json;
mod moment;

use std::hash::Hash;
use std::io::{self, Write};

use super::article::Article;
use super::shown::on_site;
use super::{Digest, Document, FileLink, Format, Out, absolute, correction_told};
use crate::config::FeedText;
use crate::ids::{AnalysisId, AuthorId, CompanyId, TagId};
use crate::link::{Briefing, Corrected, EntryKind, Texts};
use crate::model::Analysis;
use crate::pages::{List, Page, canonical, correction_href, lists, path_href};
use crate::speech::say;

pub(super) use moment::Moment;

/// What a feed is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// All analyses.
    Site,
    /// All corrections.
    Corrections,
    /// Analyses about a company and its units.
    Company(CompanyId),
    /// The analyses of a tag.
    Tag(TagId),
    /// The analyses of a by-line.
    Author(AuthorId),
}

/// A feed.
#[derive(Debug, Hash)]
pub(super) struct Feed<'b> {
    title: String,
    publication: &'b str,
    subtitle: Option<&'b str>,
    language: &'b str,
    /// The page that it is of.
    home: String,
    /// The addresses of its two files.
    atom: String,
    json: String,
    updated: Moment,
    entries: Vec<Entry<'b>>,
}

/// An entry of a feed.
#[derive(Debug, Hash)]
struct Entry<'b> {
    /// The permalink, which is its id too.
    url: String,
    title: String,
    published: Moment,
    updated: Moment,
    authors: Vec<&'b str>,
    tags: Vec<&'b str>,
    /// Plain text.
    summary: Option<String>,
    /// The whole text, where the feed has it.
    article: Option<Article<'b>>,
}

impl Channel {
    /// Gives the path of one of its files.
    pub(super) fn path(self, briefing: &Briefing, format: Format) -> String {
        let name = if format == Format::Atom { "atom.xml" } else { "feed.json" };
        format!("{}{name}", self.folder(briefing))
    }

    /// Gives the title, which tells it from the other feeds of the site.
    pub(super) fn title(self, briefing: &Briefing) -> String {
        let site = &briefing.config.title;
        match self {
            Self::Site => site.clone(),
            Self::Corrections => format!("{} – {site}", lists::title(briefing, List::Corrections)),
            Self::Company(id) => format!("{} – {site}", briefing.company(id).name.value),
            Self::Tag(id) => format!("{} – {site}", lists::title(briefing, List::Tag(id))),
            Self::Author(id) => format!("{} – {site}", lists::title(briefing, List::Author(id))),
        }
    }

    /// Links its two files.
    pub(super) fn links(self, briefing: &Briefing) -> [FileLink; 2] {
        [(Format::Atom, "application/atom+xml"), (Format::Json, "application/feed+json")].map(|(format, media)| {
            FileLink { media, title: self.title(briefing), href: path_href(briefing, &self.path(briefing, format)) }
        })
    }

    /// Gives the feed.
    pub(super) fn feed<'b>(self, briefing: &'b Briefing, texts: &'b dyn Texts) -> Feed<'b> {
        let entries = match self {
            Self::Corrections => corrections(briefing),
            _ => {
                let full = |id| self.is_full(briefing).then(|| Article::of(briefing, id, texts));
                let entry = |id| Entry { article: full(id), ..Entry::of(briefing, id) };
                self.newest(briefing).into_iter().map(entry).collect()
            }
        };
        let home = match self {
            Self::Corrections if briefing.listed.corrections.is_empty() => "/".to_owned(),
            _ => self.folder(briefing),
        };
        Feed {
            title: self.title(briefing),
            publication: &briefing.config.title,
            subtitle: if self == Self::Site { briefing.config.description.as_deref() } else { None },
            language: &briefing.config.language,
            home: absolute(briefing, &home),
            atom: absolute(briefing, &self.path(briefing, Format::Atom)),
            json: absolute(briefing, &self.path(briefing, Format::Json)),
            updated: entries.iter().map(|entry: &Entry<'_>| entry.updated).max().unwrap_or_default(),
            entries,
        }
    }

    /// Tells whether its entries have the whole text.
    fn is_full(self, briefing: &Briefing) -> bool {
        match briefing.config.feed_text {
            FeedText::All => true,
            FeedText::Site => self == Self::Site,
            FeedText::None => false,
        }
    }

    fn folder(self, briefing: &Briefing) -> String {
        match self {
            Self::Site => "/".to_owned(),
            Self::Corrections => "/corrections/".to_owned(),
            Self::Company(id) => Page::Company(id).path(briefing),
            Self::Tag(id) => List::Tag(id).path(briefing),
            Self::Author(id) => List::Author(id).path(briefing),
        }
    }

    /// Lists its newest analyses, the newest first.
    fn newest(self, briefing: &Briefing) -> Vec<AnalysisId> {
        let most = briefing.config.feed_entries;
        let group = |list| lists::group(briefing, list).map(|group| &*group.analyses).unwrap_or_default();
        match self {
            Self::Site | Self::Corrections => lists::newest_analyses(briefing).take(most).collect(),
            Self::Tag(id) => group(List::Tag(id)).iter().rev().copied().take(most).collect(),
            Self::Author(id) => group(List::Author(id)).iter().rev().copied().take(most).collect(),
            Self::Company(id) => {
                let entries = briefing.timelines[id.index()].entries.iter();
                let analysis = |entry: &crate::link::Entry| match entry.kind {
                    EntryKind::Analysis(id) => Some(id),
                    _ => None,
                };
                let mut analyses: Vec<AnalysisId> = entries.filter_map(analysis).collect();
                analyses.sort_unstable_by(|a, b| b.cmp(a));
                analyses.truncate(most);
                analyses
            }
        }
    }
}

impl<'b> Entry<'b> {
    fn of(briefing: &'b Briefing, id: AnalysisId) -> Self {
        let (analysis, links) = (briefing.analysis(id), &briefing.analysis_links[id.index()]);
        let groups = &briefing.groups;
        Self {
            url: canonical(briefing, &Page::Analysis(id)),
            title: analysis.title.clone(),
            published: Moment::of(&analysis.date),
            updated: changed(analysis),
            authors: links.authors.iter().map(|id| &*groups.authors[id.index()].name).collect(),
            tags: links.tags.iter().map(|id| &*groups.tags[id.index()].name).collect(),
            summary: analysis.summary.clone(),
            article: None,
        }
    }

    /// Makes the entry of a correction.
    fn correction(briefing: &'b Briefing, corrected: Corrected) -> Self {
        let analysis = briefing.analysis(corrected.analysis);
        let correction = &analysis.corrections[corrected.index];
        let day = Moment::day(correction.day);
        let parts = correction_told(&correction.was, &correction.now, correction.why.as_deref());
        Self {
            url: on_site(briefing, &correction_href(briefing, corrected)),
            title: say("correction_of", &[("title", &analysis.title)]),
            published: day,
            updated: day,
            summary: Some(parts.join("\n")),
            tags: Vec::new(),
            ..Self::of(briefing, corrected.analysis)
        }
    }
}

/// Tells when an analysis last changed: published, updated or corrected.
pub(super) fn changed(analysis: &Analysis) -> Moment {
    let corrected = analysis.corrections.iter().map(|correction| Moment::day(correction.day));
    let dates = [Some(&analysis.date), analysis.updated.as_ref()].into_iter().flatten().map(Moment::of);
    dates.chain(corrected).max().unwrap_or_default()
}

/// Lists the newest corrections, the newest first; of one day, those of the newest analysis first.
fn corrections(briefing: &Briefing) -> Vec<Entry<'_>> {
    let newest = briefing.listed.corrections.iter().take(briefing.config.feed_entries);
    newest.map(|corrected| Entry::correction(briefing, *corrected)).collect()
}

impl Document for Feed<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, format: Format, out: &mut Out<'_>) -> io::Result<()> {
        match format {
            Format::Atom => {
                let mut text = Vec::new();
                self.write_atom(&mut text);
                out.write_all(&text)
            }
            _ => self.write_json(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests;

    fn parsed(channel: Channel, format: Format) -> feed_rs::model::Feed {
        let (briefing, _) = tests::briefing();
        let mut out = Vec::new();
        crate::export::write(&channel.feed(&briefing, &tests::OneLine), format, &mut out).unwrap();
        feed_rs::parser::parse(&*out).unwrap()
    }

    #[test]
    fn both_forms_say_the_same() {
        for format in [Format::Atom, Format::Json] {
            let feed = parsed(Channel::Site, format);
            assert_eq!(feed.title.unwrap().content, "The <Brief> & more");
            let entry = &feed.entries[0];
            assert_eq!(entry.id, "https://example.org/b/analyses/cuts/");
            assert_eq!(entry.links[0].href, "https://example.org/b/analyses/cuts/");
            assert_eq!(entry.title.as_ref().unwrap().content, "Cuts & <em>costs</em> </script>");
            assert_eq!(entry.published.unwrap().to_rfc3339(), "2026-05-18T07:30:00+00:00");
            assert_eq!(entry.updated.unwrap().to_rfc3339(), "2026-05-21T00:00:00+00:00");
            assert_eq!(entry.authors[0].name.as_deref(), Some("Ann Ng"));
            assert_eq!(entry.summary.as_ref().unwrap().content, "What <Acme> said.");
        }
    }

    #[test]
    fn the_feed_of_the_site_has_the_whole_text() {
        let text = |channel, format| {
            let feed = parsed(channel, format);
            feed.entries[0].content.as_ref().and_then(|content| content.body.clone()).unwrap_or_default()
        };
        for format in [Format::Atom, Format::Json] {
            assert_eq!(text(Channel::Site, format).trim(), "<p>Body of content/analyses/cuts.md.</p>");
            assert!(!text(Channel::Company(CompanyId(0)), format).contains("Body"));
        }
    }

    #[test]
    fn a_correction_says_what_was_and_what_is() {
        for format in [Format::Atom, Format::Json] {
            let feed = parsed(Channel::Corrections, format);
            let summary = &feed.entries[0].summary.as_ref().unwrap().content;
            assert_eq!(summary, "Was: 900\nNow: 800\nWhy: A slip.");
            assert_eq!(feed.entries[0].id, "https://example.org/b/analyses/cuts/#correction:2026-05-20");
        }
    }
}
