//! What a page says of itself in schema.org's terms, as JSON-LD in its head.
//!
//! A page's [`StructuredData`] is borrowed from the briefing and hashed with the page's view; its JSON is written only
//! when the page is.

mod analysis;
mod json;
mod thing;

use serde::{Serialize, Serializer};

use self::thing::{Person, Thing};
use super::absolute;
use super::feed::changed;
use crate::link::Briefing;
use crate::pages::{List, Page, canonical, lists};

/// The JSON-LD of one page.
#[derive(Debug, Hash)]
pub struct StructuredData<'b>(Graph<'b>);

/// The thing that a page is about, in the context that its terms are from.
#[derive(Debug, Hash, Serialize)]
struct Graph<'b> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(flatten)]
    thing: Thing<'b>,
}

impl StructuredData<'_> {
    /// Writes the JSON so that no text in it can end the `<script>` that holds it.
    pub fn to_json(&self) -> String {
        json::for_script(&self.0)
    }
}

/// A template reads the JSON as text, to be put into the page as it is.
impl Serialize for StructuredData<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_json())
    }
}

/// Gives what a page says of itself; nothing for pages that only lead to others.
pub fn of<'b>(briefing: &'b Briefing, page: &Page) -> Option<StructuredData<'b>> {
    let thing = match page {
        Page::Home => Thing::WebSite(thing::web_site(briefing)),
        Page::Analysis(id) => Thing::AnalysisNewsArticle(Box::new(analysis::article(briefing, *id))),
        Page::Claim(id) => Thing::Claim(Box::new(analysis::claim_page(briefing, *id)?)),
        Page::Company(id) => thing::company(briefing, *id),
        Page::Data => Thing::Dataset(thing::dataset(briefing)),
        Page::Person(id) => Thing::Person(Box::new(Person::of(briefing, *id))),
        Page::List(list, 1) if !matches!(list, List::Backlinks(_)) => {
            Thing::CollectionPage(thing::collection(briefing, *list))
        }
        _ => return None,
    };
    Some(StructuredData(Graph { context: "https://schema.org", thing }))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::ids::{AnalysisId, ClaimId, CompanyId, PersonId};

    fn json(page: &Page) -> Value {
        let (briefing, _) = crate::export::tests::briefing();
        let json = of(&briefing, page).unwrap().to_json();
        assert!(!json.contains(['<', '>', '&']), "{json}");
        serde_json::from_str(&json).unwrap()
    }

    /// Types and properties of schema.org 29.0 that are used here, each property with the types that have it.
    const TERMS: &[(&str, &[&str])] = &[
        (
            "AnalysisNewsArticle",
            &[
                "headline",
                "description",
                "url",
                "datePublished",
                "dateModified",
                "inLanguage",
                "author",
                "publisher",
                "about",
                "mentions",
                "keywords",
                "citation",
                "hasPart",
                "correction",
                "mainEntityOfPage",
            ],
        ),
        ("WebSite", &["name", "url", "description", "inLanguage"]),
        ("CollectionPage", &["name", "url", "isPartOf", "dateModified"]),
        ("Organization", &["name", "url", "sameAs", "leiCode", "parentOrganization", "alternateName", "foundingDate"]),
        (
            "Corporation",
            &[
                "name",
                "url",
                "sameAs",
                "leiCode",
                "tickerSymbol",
                "parentOrganization",
                "alternateName",
                "foundingDate",
            ],
        ),
        ("Product", &["name", "url", "sameAs", "manufacturer", "alternateName"]),
        ("Person", &["name", "url", "sameAs", "jobTitle", "worksFor", "alternateName"]),
        ("CreativeWork", &["name", "url", "publisher", "datePublished"]),
        ("CorrectionComment", &["text", "datePublished"]),
        ("Claim", &["text", "url", "about", "citation", "temporalCoverage", "isPartOf"]),
        (
            "Observation",
            &["measuredProperty", "value", "minValue", "maxValue", "unitText", "observationDate", "observationAbout"],
        ),
        ("Property", &["name"]),
        (
            "Dataset",
            &["name", "description", "url", "publisher", "isAccessibleForFree", "dateModified", "distribution"],
        ),
        ("DataDownload", &["name", "contentUrl", "encodingFormat"]),
    ];

    /// Asserts that every key of every object is a property of its type.
    fn holds(value: &Value) {
        match value {
            Value::Array(values) => values.iter().for_each(holds),
            Value::Object(object) => {
                let Some(kind) = object.get("@type").and_then(Value::as_str) else {
                    assert!(object.keys().eq(["@id"]), "{value:#}");
                    return;
                };
                let (_, terms) = TERMS.iter().find(|(known, _)| *known == kind).unwrap_or_else(|| panic!("{kind}"));
                for (key, inner) in object {
                    assert!(key.starts_with('@') || terms.contains(&key.as_str()), "{kind} has no {key}");
                    holds(inner);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn every_term_is_schema_orgs() {
        let pages = [
            Page::Home,
            Page::Data,
            Page::Analysis(AnalysisId(0)),
            Page::Company(CompanyId(0)),
            Page::Person(PersonId(0)),
            Page::List(List::Claims, 1),
        ];
        for page in pages {
            let json = json(&page);
            assert_eq!(json["@context"], "https://schema.org");
            holds(&json);
        }
    }

    #[test]
    fn a_claim_says_which_analysis_makes_it() {
        let json = json(&Page::Claim(ClaimId(0)));
        holds(&json);
        assert_eq!(json["@type"], "Claim");
        assert_eq!(json["text"], "=Acme <!-- cut jobs");
        assert_eq!(json["isPartOf"]["@id"], "https://example.org/b/analyses/cuts/");
        assert_eq!(json["citation"][0]["@id"], "https://wire.example/1");
    }

    #[test]
    fn an_analysis_names_its_claims_its_company_and_its_corrections() {
        let json = json(&Page::Analysis(AnalysisId(0)));
        assert_eq!(json["@type"], "AnalysisNewsArticle");
        assert_eq!(json["headline"], "Cuts & <em>costs</em> </script>");
        assert_eq!(json["datePublished"], "2026-05-18T09:30:00+02:00");
        assert_eq!(json["dateModified"], "2026-05-21T00:00:00Z");
        assert_eq!(json["about"][0]["leiCode"], "5493001KJTIIGC8Y1R12");
        assert_eq!(json["about"][0]["sameAs"][0], "https://www.wikidata.org/entity/Q1");
        assert_eq!(json["correction"][0]["text"], "Was: 900 Now: 800 Why: A slip.");
        let claim = &json["hasPart"][0];
        assert_eq!(claim["text"], "=Acme <!-- cut jobs");
        assert_eq!(claim["url"], "https://example.org/b/analyses/cuts/#claim:cut");
        let observation = &claim["about"];
        assert_eq!([&observation["minValue"], &observation["maxValue"]], [750, 850]);
        assert_eq!([&observation["unitText"], &observation["observationDate"]], ["person", "2026-05"]);
        assert_eq!(json["hasPart"][1]["temporalCoverage"], "2025-07-01/2025-09-30");
    }
}
