//! JSON Feed, version 1.1 (<https://www.jsonfeed.org/version/1.1/>).

use std::io::{self, Write};

use serde::Serialize;

use super::{Entry, Feed};
use crate::export::Out;
use crate::export::article::Article;

/// A feed as JSON Feed has it.
#[derive(Serialize)]
struct JsonFeed<'f> {
    version: &'static str,
    title: &'f str,
    home_page_url: &'f str,
    feed_url: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'f str>,
    language: &'f str,
    items: Vec<Item<'f>>,
}

/// An item; it must have a content: the whole text, or else the summary, or else the title.
#[derive(Serialize)]
struct Item<'f> {
    id: &'f str,
    url: &'f str,
    title: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<&'f str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<&'f str>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'f>>,
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    tags: &'f [&'f str],
}

#[derive(Serialize)]
struct Author<'f> {
    name: &'f str,
}

impl Feed<'_> {
    /// Writes the feed as JSON Feed.
    pub(super) fn write_json(&self, out: &mut Out<'_>) -> io::Result<()> {
        let feed = JsonFeed {
            version: "https://jsonfeed.org/version/1.1",
            title: &self.title,
            home_page_url: &self.home,
            feed_url: &self.json,
            description: self.subtitle,
            language: self.language,
            items: self.entries.iter().map(item).collect(),
        };
        serde_json::to_writer_pretty(&mut *out, &feed)?;
        out.write_all(b"\n")
    }
}

fn item<'f>(entry: &'f Entry<'_>) -> Item<'f> {
    Item {
        id: &entry.url,
        url: &entry.url,
        title: &entry.title,
        content_html: entry.article.as_ref().map(Article::html),
        content_text: entry.article.is_none().then(|| entry.summary.as_deref().unwrap_or(&entry.title)),
        summary: entry.summary.as_deref(),
        date_published: entry.published.to_string(),
        date_modified: entry.updated.to_string(),
        authors: entry.authors.iter().map(|name| Author { name }).collect(),
        tags: &entry.tags,
    }
}
