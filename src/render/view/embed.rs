//! What other sites show of a claim or a timeline, in a frame.

use std::fmt::{self, Display};

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::{Content, LinkView, RecordView, ShortClaimView, View};
use crate::link::Briefing;
use crate::pages::{Embedded, Page, canonical};

/// A page for frames.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct EmbedView<'b> {
    /// The page that it is a part of.
    pub whole: LinkView<'b>,
    /// The claim that it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<ShortClaimView<'b>>,
    /// The timeline that it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordView<'b>>,
}

/// What an author of another site copies to show a page in a frame.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct SnippetView<'b> {
    /// The address of the page for frames.
    pub href: String,
    /// The HTML.
    pub code: Frame<'b>,
}

/// An `<iframe>`, written out only when the page is rendered.
#[derive(Debug, Hash)]
pub struct Frame<'b> {
    url: String,
    title: &'b str,
    /// In pixels.
    height: u32,
}

/// Builds the view of a page for frames; its one address is that of the whole page.
pub(super) fn view(briefing: &Briefing, embedded: Embedded) -> View<'_> {
    let whole = embedded.page();
    let (claim, record) = match embedded {
        Embedded::Claim(id) => (Some(ShortClaimView::of(briefing, id)), None),
        Embedded::Company(id) => (None, Some(RecordView::of(briefing, id, None))),
    };
    let embed = EmbedView { whole: LinkView::to(briefing, &whole), claim, record };
    let mut view = super::of(briefing, &Page::Embed(embedded), "embed", "", Content::Embed(Box::new(embed)));
    view.page.canonical = canonical(briefing, &whole);
    view
}

impl<'b> SnippetView<'b> {
    /// Gives what is copied to show a page in a frame, where the site has such pages.
    pub(super) fn of(briefing: &'b Briefing, page: &Page) -> Option<Self> {
        let embedded = Embedded::of(page).filter(|_| briefing.config.share.embeds)?;
        let height = match embedded {
            Embedded::Claim(_) => 260,
            Embedded::Company(_) => 560,
        };
        let page = Page::Embed(embedded);
        let code = Frame { url: canonical(briefing, &page), title: page.title(briefing), height };
        Some(Self { href: crate::pages::href(briefing, &page), code })
    }
}

impl Display for Frame<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { url, title, height } = self;
        let title = title.replace('&', "&amp;").replace('"', "&quot;");
        let url = url.replace('&', "&amp;");
        write!(f, "<iframe src=\"{url}\" title=\"{title}\" width=\"100%\" height=\"{height}\" ")?;
        f.write_str("loading=\"lazy\" style=\"border:0\"></iframe>")
    }
}

impl Serialize for Frame<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stays_in_its_attribute() {
        let frame = Frame { url: "https://a.org/embed/".into(), title: "\"R&D\"", height: 260 };
        assert_eq!(
            frame.to_string(),
            "<iframe src=\"https://a.org/embed/\" title=\"&quot;R&amp;D&quot;\" width=\"100%\" height=\"260\" \
             loading=\"lazy\" style=\"border:0\"></iframe>"
        );
    }
}
