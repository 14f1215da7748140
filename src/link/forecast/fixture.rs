//! Forecasts and briefings for tests, made of front matter.

use std::borrow::Cow;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::Score;
use crate::config::{Config, Now, Overrides};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::link::{Briefing, Texts, link};
use crate::model::{Corpus, DocumentKind, Ledger, Origin, Prediction, Spoken, read_document};

/// Makes a forecast of a `[[predictions]]` table without its text.
pub(crate) fn forecast(matter: &str) -> Prediction {
    let briefing = briefing("2026-06-01", &[("a", &format!("[[predictions]]\ntext = \"It rains\"\n{matter}"))], "");
    briefing.predictions.iter().next().expect("a forecast").clone()
}

/// Makes the score of a probability.
pub(super) fn scored(probability: &str, happened: bool) -> Score {
    let outcome = if happened { "yes" } else { "no" };
    Score::of(&forecast(&format!("probability = \"{probability}\"\nresolution = {{ outcome = \"{outcome}\" }}")))
        .expect("a score")
}

pub(super) fn decimal(text: &str) -> Decimal {
    text.parse().expect(text)
}

/// Links analyses of 1 January 2026, each a slug and more front matter, on a day and with a ledger.
pub(crate) fn briefing(now: &str, analyses: &[(&str, &str)], ledger: &str) -> Briefing {
    let (config, found) = Config::read(
        "title = \"Test\"\nbase_url = \"https://example.org\"\n[authors.ann]\nname = \"Ann\"",
        Overrides { now: Now::parse(now).expect("a day"), drafts: true, base_url: None },
    );
    assert!(!found.has_errors());
    let mut corpus = Corpus::default();
    corpus.ledger = Ledger::parse(ledger).0;
    for (slug, matter) in analyses {
        let text = format!("+++\ntitle = \"{slug}\"\ndate = 2026-01-01\n{matter}\n+++\n");
        let file = Arc::from(format!("content/analyses/{slug}.md"));
        let kind = DocumentKind::Analysis((*slug).to_owned());
        let (document, found) = read_document(&kind, &file, &text, 0, &Spoken::default(), &config);
        assert!(!found.has_errors(), "{text}{found:?}");
        corpus.add(document.expect("a document"), Diagnostics::new(), config.now.instant, true);
    }
    let (briefing, found) = link(config, corpus, &NoTexts);
    assert!(!found.has_errors(), "{found:?}");
    briefing
}

/// Texts of nothing: outlines are read with the front matter.
struct NoTexts;

impl Texts for NoTexts {
    fn text(&self, _: &Origin) -> Result<Cow<'_, str>, Diagnostic> {
        Ok(Cow::Borrowed(""))
    }
}
