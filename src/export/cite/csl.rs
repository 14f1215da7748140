//! CSL-JSON 1.0.2, which Zotero, pandoc and citeproc read (<https://github.com/citation-style-language/schema>).

use std::fmt::{self, Display};

use serde::Serialize;

use super::Citation;

/// A citation as a list of one item.
pub(super) struct Csl<'c, 'b>(pub(super) &'c Citation<'b>);

/// An item, in the order of its schema's terms.
#[derive(Serialize)]
struct Item<'c> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'c str,
    language: &'c str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'c>>,
    issued: Issued,
    #[serde(rename = "container-title")]
    container_title: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    title: &'c str,
    #[serde(rename = "URL")]
    url: &'c str,
}

/// A name as it stands in the by-line: nobody can tell which part of it is the family's.
#[derive(Serialize)]
struct Name<'c> {
    literal: &'c str,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    date_parts: [[i32; 3]; 1],
}

impl Display for Csl<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Citation { authors, title, within, publication, language, day, url, .. } = self.0;
        let item = Item {
            kind: "webpage",
            id: url,
            language,
            author: authors.iter().map(|literal| Name { literal }).collect(),
            issued: Issued { date_parts: [[day.year(), day.month().into(), day.day().into()]] },
            container_title: publication,
            note: within.map(|analysis| format!("In: {analysis}")),
            title,
            url,
        };
        f.write_str(&serde_json::to_string_pretty(&[item]).map_err(|_| fmt::Error)?)
    }
}
