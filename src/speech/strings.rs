//! Tables of strings: one a language, and the site's own words over them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The tables that the program brings, by their language; the first is the one that others are measured by.
pub const TABLES: [(&str, &str); 2] =
    [("en", include_str!("strings/en.toml")), ("de", include_str!("strings/de.toml"))];

/// A string, or its forms for counts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Message {
    /// The same for every count.
    Plain(String),
    /// A form for each [category](Category) that the language tells apart; `other` for those left out.
    Forms(BTreeMap<Category, String>),
}

/// What languages tell counts apart by, the plural categories of CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names say it all")]
pub enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

/// The strings of a language.
#[derive(Clone, Debug)]
pub struct Strings {
    table: FxHashMap<String, Message>,
    is_plain: bool,
}

static PARSED: LazyLock<BTreeMap<&'static str, BTreeMap<String, Message>>> = LazyLock::new(|| {
    let parse = |(language, text): (&'static str, &str)| (language, toml::from_str(text).unwrap_or_default());
    TABLES.into_iter().map(parse).collect()
});

impl Strings {
    /// Takes the table of a language over the English one, and the site's own words over both.
    pub(super) fn of(language: &str, own: BTreeMap<String, Message>) -> Self {
        let is_plain = own.is_empty();
        let mut table: FxHashMap<_, _> = PARSED.get("en").cloned().into_iter().flatten().collect();
        table.extend(PARSED.get(language).filter(|_| language != "en").cloned().into_iter().flatten());
        table.extend(own);
        Self { table, is_plain }
    }

    /// Tells whether no site changed it.
    pub(super) fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Tells whether there is a string of that name.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Lists the names of all strings, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let names: BTreeSet<&str> = self.table.keys().map(String::as_str).collect();
        names.into_iter()
    }

    /// Finds a string in the form for a category; without one, or where there is none for it, in the last.
    pub fn form(&self, key: &str, category: Option<Category>) -> &str {
        match self.table.get(key) {
            Some(Message::Plain(text)) => text,
            Some(Message::Forms(forms)) => {
                let form = category.and_then(|category| forms.get(&category));
                form.or_else(|| forms.get(&Category::Other)).map_or("", String::as_str)
            }
            None => "",
        }
    }

    /// Writes all forms of a string as JSON by their categories; a script that counts picks one.
    pub fn forms(&self, key: &str) -> String {
        let forms = match self.table.get(key) {
            Some(Message::Forms(forms)) => forms.clone(),
            Some(Message::Plain(text)) => BTreeMap::from([(Category::Other, text.clone())]),
            None => BTreeMap::new(),
        };
        serde_json::to_string(&forms).unwrap_or_default()
    }

    /// Writes the whole table down, for a hash.
    pub fn digest(&self) -> String {
        self.keys().map(|key| format!("{key}: {:?}\n", self.table.get(key))).collect()
    }
}

impl Message {
    /// Every form of it.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Plain(text) => vec![text],
            Self::Forms(forms) => forms.values().map(String::as_str).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names in braces of all forms of a message.
    fn parameters(message: &Message) -> BTreeSet<String> {
        let named = |text: &&str| -> Vec<String> {
            text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect()
        };
        message.texts().iter().flat_map(named).collect()
    }

    #[test]
    fn every_table_says_all_that_the_english_one_says() {
        let english = &PARSED["en"];
        assert!(english.len() > 100, "the English table is not read");
        for (language, _) in TABLES {
            let table = &PARSED[language];
            let missing: Vec<_> = english.keys().filter(|key| !table.contains_key(*key)).collect();
            let unknown: Vec<_> = table.keys().filter(|key| !english.contains_key(*key)).collect();
            assert!(missing.is_empty() && unknown.is_empty(), "{language}: lacks {missing:?}, has {unknown:?}");
            for (key, message) in table {
                assert_eq!(parameters(message), parameters(&english[key]), "{language}: {key}");
                assert!(message.texts().iter().all(|text| !text.is_empty() && text.trim() == *text), "{key}");
            }
        }
    }
}
