//! Tables of strings: one a language, and the site's own words over them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

/// The tables that the program brings, by their language; the first is the one that others are measured by.
const TABLES: [(&str, &str); 2] = [("en", include_str!("strings/en.toml")), ("de", include_str!("strings/de.toml"))];

/// A string, or its forms for counts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Message {
    /// The same for every count.
    Plain(String),
    /// A form for each [category](Category) that the language tells apart; `other` for those left out.
    Forms(BTreeMap<Category, String>),
}

/// What languages tell counts apart by, the plural categories of CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
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
    /// The strings that are said in English on pages in another language.
    in_english: FxHashSet<String>,
}

static PARSED: LazyLock<BTreeMap<&'static str, BTreeMap<String, Message>>> = LazyLock::new(|| {
    let parse = |(language, text): (&'static str, &str)| (language, toml::from_str(text).unwrap_or_default());
    TABLES.into_iter().map(parse).collect()
});

impl Strings {
    /// Takes the table of a language over the English one, and the site's own words over both.
    pub fn of(language: &str, own: BTreeMap<String, Message>) -> Self {
        let mut table: FxHashMap<_, _> = PARSED.get("en").cloned().into_iter().flatten().collect();
        let mut in_english = FxHashSet::default();
        if language != "en" {
            in_english.extend(table.keys().filter(|key| !own.contains_key(*key)).cloned());
            for (key, message) in PARSED.get(language).into_iter().flatten() {
                in_english.remove(key);
                table.insert(key.clone(), message.clone());
            }
        }
        table.extend(own);
        Self { table, in_english }
    }

    /// Tells whether a string is said in English on pages in another language.
    pub(super) fn is_english(&self, key: &str) -> bool {
        self.in_english.contains(key)
    }

    /// Lists the names in braces of a string, in all of its forms.
    pub fn parameters(&self, key: &str) -> BTreeSet<&str> {
        self.table.get(key).map(Message::parameters).unwrap_or_default()
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
        self.find(key, category).unwrap_or_default()
    }

    /// Finds a string in the form for a category, where there is a string of that name.
    pub(super) fn find(&self, key: &str, category: Option<Category>) -> Option<&str> {
        Some(match self.table.get(key)? {
            Message::Plain(text) => text,
            Message::Forms(forms) => {
                let form = category.and_then(|category| forms.get(&category));
                form.or_else(|| forms.get(&Category::Other)).map_or("", String::as_str)
            }
        })
    }

    /// Writes all forms of a string as JSON by their categories; a script that counts picks one.
    ///
    /// `language` stands beside them where it is not that of the page.
    pub fn forms(&self, key: &str) -> String {
        #[derive(Serialize)]
        struct Written<'s> {
            #[serde(flatten)]
            forms: BTreeMap<Category, &'s str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            language: Option<&'static str>,
        }
        let forms = match self.table.get(key) {
            Some(Message::Forms(forms)) => forms.iter().map(|(category, text)| (*category, &**text)).collect(),
            Some(Message::Plain(text)) => BTreeMap::from([(Category::Other, &**text)]),
            None => BTreeMap::new(),
        };
        let language = self.is_english(key).then_some("en");
        serde_json::to_string(&Written { forms, language }).unwrap_or_default()
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

    /// The names in braces, of all forms.
    pub fn parameters(&self) -> BTreeSet<&str> {
        let names = self.texts().into_iter().flat_map(|text| text.split('{').skip(1));
        names.filter_map(|part| Some(part.split_once('}')?.0)).collect()
    }

    /// Tells whether every brace that opens closes, with a name between.
    pub fn is_whole(&self) -> bool {
        let closes =
            |part: &str| part.split_once('}').is_some_and(|(name, rest)| !name.is_empty() && !rest.contains('}'));
        self.texts().iter().all(|text| {
            let mut parts = text.split('{');
            parts.next().is_some_and(|before| !before.contains('}')) && parts.all(closes)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                assert_eq!(message.parameters(), english[key].parameters(), "{language}: {key}");
                assert!(message.is_whole(), "{language}: {key}");
                assert!(message.texts().iter().all(|text| !text.is_empty() && text.trim() == *text), "{key}");
            }
        }
    }
}
