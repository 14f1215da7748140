//! Atom, the syndication format of RFC 4287.

use super::{Entry, Feed};
use crate::export::xml::Xml;

impl Feed<'_> {
    /// Writes the feed as Atom.
    pub(super) fn write_atom(&self, out: &mut Vec<u8>) {
        let attributes = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", self.language)];
        Xml::new(out).element("feed", &attributes, |xml| {
            xml.text("id", &[], &self.atom);
            xml.text("title", &[], &self.title);
            if let Some(subtitle) = self.subtitle {
                xml.text("subtitle", &[], subtitle);
            }
            xml.text("updated", &[], &self.updated.to_string());
            link(xml, "self", "application/atom+xml", &self.atom);
            link(xml, "alternate", "text/html", &self.home);
            // Entries without a by-line are by the publication: RFC 4287, 4.1.1, asks for an author.
            author(xml, self.publication);
            self.entries.iter().for_each(|entry| entry.write(xml));
        });
    }
}

impl Entry<'_> {
    fn write(&self, xml: &mut Xml<'_>) {
        xml.element("entry", &[], |xml| {
            xml.text("id", &[], &self.url);
            xml.text("title", &[], &self.title);
            link(xml, "alternate", "text/html", &self.url);
            xml.text("published", &[], &self.published.to_string());
            xml.text("updated", &[], &self.updated.to_string());
            self.authors.iter().for_each(|name| author(xml, name));
            for tag in &self.tags {
                xml.empty("category", &[("term", tag)]);
            }
            if let Some(summary) = &self.summary {
                xml.text("summary", &[("type", "text")], summary);
            }
            if let Some(article) = &self.article {
                xml.text("content", &[("type", "html"), ("xml:base", &self.url)], &article.html());
            }
        });
    }
}

fn link(xml: &mut Xml<'_>, rel: &str, media: &str, href: &str) {
    xml.empty("link", &[("rel", rel), ("type", media), ("href", href)]);
}

fn author(xml: &mut Xml<'_>, name: &str) {
    xml.element("author", &[], |xml| xml.text("name", &[], name));
}
