//! Links and images, with what the linker resolved.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType};

use super::Resolved;
use super::text::{push_attribute, push_href, push_text};
use super::writer::{Events, Writer};
use crate::prose::address::Address;
use crate::text::Span;

impl<'w, 's, I: Events<'s>> Writer<'w, 's, I> {
    /// Opens a link; where it leads nowhere that a page may link to, its words stay.
    pub(super) fn start_link(&mut self, link_type: LinkType, target: &str, title: &str, range: Range<usize>) {
        let address = match link_type {
            LinkType::WikiLink { .. } => Address::Internal,
            LinkType::Email => Address::External("mailto".into()),
            _ => Address::of(target),
        };
        let resolved = self.answer(&range);
        let Some(href) = self.href(resolved, &address, target) else {
            return self.link_ends.push("");
        };
        self.html.push_str("<a");
        self.link_attributes(resolved, &address, title);
        self.html.push_str(" href=\"");
        if link_type == LinkType::Email {
            self.html.push_str("mailto:");
        }
        push_href(&mut self.html, href);
        self.html.push_str("\">");
        match resolved.and_then(|resolved| resolved.text.as_deref()) {
            Some(words) => {
                push_text(&mut self.html, words);
                self.html.push_str("</a>");
                self.skip_element();
            }
            None => self.link_ends.push("</a>"),
        }
    }

    fn link_attributes(&mut self, resolved: Option<&'w Resolved>, address: &Address<'_>, title: &str) {
        let claim = match address {
            Address::Claim(id) => Some(resolved.and_then(|resolved| resolved.claim.as_deref()).unwrap_or(id)),
            Address::Internal | Address::External(_) => None,
        };
        let class = resolved.and_then(|resolved| resolved.class);
        if let Some(class) = class.or(claim.map(|_| "claim")) {
            self.attribute("class", class);
        }
        if let Some(claim) = claim {
            self.attribute("data-claim", claim);
        }
        if let Some(claim) = resolved.and_then(|resolved| resolved.claim.as_deref()) {
            self.cite(claim);
        }
        self.title(resolved, title);
        if address.is_web() {
            self.html.push_str(" rel=\"external noopener\"");
        }
    }

    /// Writes an image, or its description where it cannot be shown.
    pub(super) fn image(&mut self, target: &str, title: &str, range: Range<usize>) {
        let address = match Address::of(target) {
            Address::Claim(_) => Address::Internal,
            address => address,
        };
        let resolved = self.answer(&range);
        let description = self.description();
        let Some(href) = self.href(resolved, &address, target) else {
            return push_text(&mut self.html, &description);
        };
        self.html.push_str("<img src=\"");
        push_href(&mut self.html, href);
        self.html.push('"');
        self.attribute("alt", &description);
        self.title(resolved, title);
        self.html.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// Takes the events up to the end of an image for its description.
    fn description(&mut self) -> String {
        let mut description = String::new();
        let mut depth = 1_usize;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                    description.push_str(&text);
                }
                Event::SoftBreak | Event::HardBreak => description.push(' '),
                _ => {}
            }
            if depth == 0 {
                break;
            }
        }
        description
    }

    /// Finds the answer to the reference at a range; those before it have been passed.
    fn answer(&mut self, range: &Range<usize>) -> Option<&'w Resolved> {
        let span = Span::from(range.clone());
        let passed = self.resolved.iter().take_while(|resolved| resolved.span.start < span.start).count();
        self.resolved = self.resolved.get(passed..).unwrap_or_default();
        self.resolved
            .iter()
            .take_while(|resolved| resolved.span.start == span.start)
            .find(|resolved| resolved.span == span)
    }

    /// Chooses the address to write: the linker's, or the author's own where it leads out of the site safely.
    fn href<'h>(&self, resolved: Option<&'h Resolved>, address: &Address<'_>, target: &'h str) -> Option<&'h str> {
        let external = matches!(address, Address::External(_));
        match resolved {
            _ if external && !self.set.trusted && !address.is_safe() => None,
            Some(resolved) => Some(&resolved.href),
            None => external.then_some(target),
        }
    }

    fn title(&mut self, resolved: Option<&Resolved>, title: &str) {
        let given = Some(title).filter(|title| !title.is_empty());
        if let Some(title) = given.or(resolved.and_then(|resolved| resolved.title.as_deref())) {
            self.attribute("title", title);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.html.push(' ');
        self.html.push_str(name);
        self.html.push_str("=\"");
        push_attribute(&mut self.html, value);
        self.html.push('"');
    }
}
