//! An analysis as HTML that stands by itself: every address in full, and nothing that needs the site's theme.
//!
//! Feeds and mails are made of it. A component is the theme's, so that one with words shows its words, and any other
//! becomes a link to the page that has it.

mod links;
mod tags;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use crate::ids::AnalysisId;
use crate::link::{Briefing, DocId, Link, Target, Texts};
use crate::model::Origin;
use crate::pages::{Page, canonical, target_href, target_words};
use crate::prose::{ComponentCall, Heading, Highlighter, Resolved, ResolvedMention, Setting, escaped, html, inline};
use crate::speech::say;
use crate::text::Spanned;

pub(super) use tags::{Piece, Tag, pieces};

/// Colours code for all articles; its classes mean nothing without the site's style sheet, and do no harm.
static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(Highlighter::default);

/// All that the HTML of an article depends on.
pub(super) struct Article<'b> {
    texts: &'b dyn Texts,
    /// The full address of its page.
    pub(super) page: String,
    /// The scheme and the host of the site.
    host: &'b str,
    /// Why a reader should care, as inline HTML.
    why: Option<String>,
    /// The points to remember, as inline HTML.
    takeaways: Vec<String>,
    /// The author's judgement, as inline HTML.
    take: Option<String>,
    origin: &'b Origin,
    headings: &'b [Heading],
    links: Vec<Resolved>,
    mentions: Vec<ResolvedMention>,
    trusted: bool,
}

impl fmt::Debug for Article<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Article").field("page", &self.page).finish_non_exhaustive()
    }
}

impl Hash for Article<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.page, &self.why, &self.takeaways, &self.take, self.trusted).hash(state);
        (self.origin.hash, self.origin.body_start, &*self.origin.file).hash(state);
        self.links.iter().for_each(|link| (&link.href, &link.text, link.span).hash(state));
        self.mentions.iter().for_each(|mention| (&mention.href, mention.span).hash(state));
    }
}

impl<'b> Article<'b> {
    /// Gathers what an analysis is set from.
    pub(super) fn of(briefing: &'b Briefing, id: AnalysisId, texts: &'b dyn Texts) -> Self {
        let (analysis, doc) = (briefing.analysis(id), DocId::Analysis(id));
        let prose = briefing.prose_of(doc);
        let short = |text: &Spanned<String>| short(briefing, doc, text);
        let config = &briefing.config;
        Self {
            texts,
            page: canonical(briefing, &Page::Analysis(id)),
            host: config.base_url.strip_suffix(&config.base_path).unwrap_or(&config.base_url),
            why: analysis.why_it_matters.as_ref().map(short),
            takeaways: analysis.takeaways.iter().map(short).collect(),
            take: analysis.take.as_ref().map(short),
            origin: &analysis.origin,
            headings: &prose.headings,
            links: prose.links.iter().map(|link| resolved(briefing, link)).collect(),
            mentions: prose
                .mentions
                .iter()
                .map(|(span, doc)| ResolvedMention {
                    span: *span,
                    href: target_href(briefing, &Target::Document(*doc, None)).into(),
                })
                .collect(),
            trusted: config.trusted,
        }
    }

    /// Sets it as HTML; a body that cannot be read is empty, and the analysis's own page says why.
    pub(super) fn html(&self) -> String {
        let mut html = String::new();
        if let Some(why) = &self.why {
            html.extend(["<p><strong>", &lead("why_it_matters"), "</strong> ", why, "</p>\n"]);
        }
        if !self.takeaways.is_empty() {
            html.push_str("<ul>\n");
            self.takeaways.iter().for_each(|point| html.extend(["<li>", point, "</li>\n"]));
            html.push_str("</ul>\n");
        }
        html.push_str(&self.body());
        if let Some(take) = &self.take {
            html.extend(["<p><strong>", &lead("take"), "</strong> ", take, "</p>\n"]);
        }
        links::absolute(&html, self.host, &self.page)
    }

    fn body(&self) -> String {
        let Ok(text) = self.texts.text(self.origin) else { return String::new() };
        let instead = format!("<p><a href=\"{}\">{}</a></p>\n", self.page, escaped(&say("on_the_page", &[])));
        let component = |_: &ComponentCall, body: Option<&str>| Ok(body.unwrap_or(&instead).to_owned());
        let setting = Setting {
            headings: self.headings,
            resolved: &self.links,
            mentions: &self.mentions,
            trusted: self.trusted,
            own_page: false,
            highlighter: &HIGHLIGHTER,
            notes: None,
            component: &component,
        };
        html(text.get(self.origin.body_start as usize..).unwrap_or_default(), &setting).html
    }
}

/// The words before a part that is set off.
fn lead(key: &str) -> String {
    escaped(&say("lead_of", &[("part", &say(key, &[]))]))
}

/// Sets a short text of the front matter as inline HTML.
fn short(briefing: &Briefing, doc: DocId, text: &Spanned<String>) -> String {
    let links = briefing.prose_of(doc).links_of_short(text.span);
    inline(&text.value, &links.iter().map(|link| resolved(briefing, link)).collect::<Vec<_>>())
}

fn resolved(briefing: &Briefing, link: &Link) -> Resolved {
    Resolved {
        span: link.span,
        href: target_href(briefing, &link.target).into(),
        text: link.empty.then(|| target_words(briefing, &link.target).into()),
        ..Resolved::default()
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::diagnostic::Diagnostic;

    /// One body for every document.
    struct Body(&'static str);

    impl Texts for Body {
        fn text(&self, origin: &Origin) -> Result<Cow<'_, str>, Diagnostic> {
            Ok(Cow::Owned(format!("{}{}", " ".repeat(origin.body_start as usize), self.0)))
        }
    }

    #[test]
    fn an_article_stands_by_itself() {
        let (briefing, _) = crate::export::tests::briefing();
        let body = Body("A *b* [c](https://c.example/) [^1].\n\n[^1]: A note.\n");
        let html = Article::of(&briefing, AnalysisId(0), &body).html();
        assert!(html.contains("A <em>b</em> <a ") && html.contains("href=\"https://c.example/\""), "{html}");
        for link in html.split("href=\"").skip(1) {
            assert!(link.starts_with("https://"), "{link}");
        }
    }
}
