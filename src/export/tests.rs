//! A small briefing in which every kind of export has something to say, and something to hide.

use std::borrow::Cow;

use super::*;
use crate::config::{Config, Now, Overrides};
use crate::diagnostic::Diagnostic;
use crate::ids::ClaimId;
use crate::link::Texts;
use crate::model::{Corpus, Origin, Role, Spoken, read_document, role};

const SITE: &str = "title = \"The <Brief> & more\"\nbase_url = \"https://example.org/b\"\n[data]\npages = true\n\
    [share]\npictures = true\ncitations = true\nnewsletter = true\nembeds = true\n\
    [authors.ann]\nname = \"Ann Ng\"\n";

const FILES: &[(&str, &str)] = &[
    (
        "content/companies/acme.md",
        "+++\nname = \"Acme\"\nticker = \"XNAS:ACME\"\nlei = \"5493001KJTIIGC8Y1R12\"\nwikidata = \"Q1\"\n\
         website = \"https://acme.example\"\naliases = [\"=ACM\"]\n+++\n",
    ),
    ("content/people/bo.md", "+++\nname = \"Bo Li\"\nrole = \"chief\"\ncompany = \"acme\"\n+++\n"),
    (
        "content/sources.toml",
        "[[sources]]\nid = \"wire\"\npublisher = \"The Wire\"\nurl = \"https://wire.example/1\"\npublished = 2026-05-17\n\
         [[sources]]\nid = \"memo\"\ntitle = \"SECRET memo\"\n",
    ),
    ("content/events.toml", "[cut-2026]\nlabel = \"The cut\"\n[secret-deal]\nlabel = \"SECRET deal\"\n"),
    (
        "content/analyses/cuts.md",
        "+++\ntitle = \"Cuts & <em>costs</em> </script>\"\ndate = 2026-05-18T09:30:00+02:00\nupdated = 2026-05-21\n\
         authors = [\"ann\"]\ntags = [\"jobs\"]\nsummary = \"What <Acme> said.\"\ncompanies = [\"acme\"]\naliases = [\"old\"]\n\
         [[claims]]\nid = \"cut\"\ntext = \"=Acme <!-- cut jobs\"\nmetric = \"headcount-reduction\"\nvalue = \"about 800 jobs\"\n\
         date = \"2026-05\"\nevent = \"cut-2026\"\nsources = [\"wire\"]\n\
         [[claims]]\nid = \"low\"\ntext = \"It fell\"\nmetric = \"profit\"\nvalue = \"more than $-1.5 bn\"\ndate = \"2025-07/2025-09\"\n\
         person = \"bo\"\n\
         [[predictions]]\ntext = \"More cuts\"\nprobability = 0.4\ndue = \"2026-12\"\nevidence = [\"cut\"]\n\
         [[signals]]\ntext = \"Look, there\"\nevery = \"quarter\"\nnext = 2026-07-30\n\
         [[corrections]]\ndate = 2026-05-20\nwas = \"900\"\nnow = \"800\"\nwhy = \"A slip.\"\n+++\nText.\n",
    ),
    (
        "content/analyses/hidden.md",
        "+++\ntitle = \"SECRET\"\ndate = 2026-05-19\npublish_at = 2030-01-01\ntags = [\"SECRET\"]\nauthors = [\"SECRET\"]\n\
         companies = [\"acme\"]\n[[sources]]\nid = \"own\"\npublisher = \"SECRET\"\n[[claims]]\ntext = \"SECRET\"\nsources = [\"memo\"]\n\
         event = \"secret-deal\"\n[[predictions]]\ntext = \"SECRET\"\ndue = 2027-01-01\n[[signals]]\ntext = \"SECRET\"\nnext = 2026-07-01\n\
         [[corrections]]\ndate = 2026-05-20\nwas = \"SECRET\"\nnow = \"SECRET\"\n+++\n",
    ),
];

/// A body of one paragraph for every document.
pub(super) struct OneLine;

impl Texts for OneLine {
    fn text(&self, origin: &Origin) -> Result<Cow<'_, str>, Diagnostic> {
        Ok(Cow::Owned(format!("{}Body of {}.\n", " ".repeat(origin.body_start as usize), origin.file)))
    }
}

/// Links the site, and lists its pages.
pub(super) fn briefing() -> (Briefing, Vec<Page>) {
    let now = Now::parse("2026-06-01").unwrap();
    let (config, found) = Config::read(SITE, Overrides { now, drafts: false, base_url: None });
    assert!(!found.has_errors(), "{found:?}");
    let mut corpus = Corpus::default();
    for (file, text) in FILES {
        let Role::Document(kind) = role(file) else { panic!("{file}") };
        let (document, found) = read_document(&kind, &(*file).into(), text, 0, &Spoken::default(), &config);
        assert!(!found.has_errors(), "{found:?}");
        let _ = corpus.add(document.unwrap(), found, now.instant, false);
    }
    let (briefing, found) = crate::link::link(config, corpus, &OneLine);
    assert!(!found.has_errors(), "{found:?}");
    let pages = pages::pages(&briefing);
    (briefing, pages)
}

fn all(briefing: &Briefing, pages: &[Page]) -> Vec<(String, Vec<u8>)> {
    let write = |export: &Export| {
        let document = export.document(briefing, pages, &OneLine);
        let file = |format: &Format| {
            let mut out = Vec::new();
            write(&*document, *format, &mut out).unwrap();
            (export.path(briefing, *format), out)
        };
        export.formats(briefing).iter().map(file).collect::<Vec<_>>()
    };
    exports(briefing, pages).iter().flat_map(write).collect()
}

#[test]
fn nothing_that_is_left_out_leaks_into_any_file() {
    let (briefing, pages) = briefing();
    let files = all(&briefing, &pages);
    assert!(files.len() > 25);
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.to_lowercase().contains("secret") && !path.contains("hidden"), "{path}:\n{text}");
    }
}

#[test]
fn every_json_holds_to_its_schema() {
    let (briefing, pages) = briefing();
    let files = all(&briefing, &pages);
    let read = |path: &str| -> serde_json::Value {
        let (_, bytes) = files.iter().find(|(known, _)| known == path).unwrap_or_else(|| panic!("no {path}"));
        serde_json::from_slice(bytes).unwrap()
    };
    let held = [
        ("claims", "/data/claims.json"),
        ("relations", "/data/relations.json"),
        ("forecasts", "/data/forecasts.json"),
        ("sources", "/data/sources.json"),
        ("events", "/data/events.json"),
        ("entities", "/data/entities.json"),
        ("related", "/data/related.json"),
        ("timeline", "/companies/acme/timeline.json"),
        ("analysis", "/analyses/cuts/index.json"),
        ("claim-facets", "/claims/index/facets.json"),
        ("claim-shard", "/claims/index/2026-1.json"),
    ];
    for (name, path) in held {
        let schema = jsonschema::validator_for(&read(&format!("/data/schemas/{name}.json"))).unwrap();
        let file = read(path);
        assert_eq!(file["version"], 1, "{path}");
        let wrong: Vec<_> = schema.iter_errors(&file).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{path}: {wrong:#?}\n{file:#}");
    }
    assert_eq!(held.len(), data::schema_names(&briefing).count());
}

#[test]
fn a_key_changes_with_the_data_and_only_with_it() {
    let (one, pages) = briefing();
    let (mut two, _) = briefing();
    two.facts_mut().claims[0].text.push('!');
    for export in exports(&one, &pages) {
        let keys = [&one, &two].map(|briefing| key(&*export.document(briefing, &pages, &OneLine), 0));
        let touched = match &export {
            Export::Table(Table::Claims) | Export::Analysis(_) | Export::Letter(_) => true,
            Export::Citation(cited) => *cited == Cited::Claim(ClaimId(0)),
            Export::Card(card) => *card == Card::Claim(ClaimId(0)),
            Export::ClaimShard(shard) => shard.path().contains("2026"),
            Export::Search(file) => file.path().contains("/records/"),
            _ => false,
        };
        assert_eq!(keys[0] != keys[1], touched, "{export:?}");
    }
}
