//! Linking, and linking again after an edit of prose alone: what that prose leads to is found anew, and nothing else.

use std::sync::{Arc, OnceLock};

use super::prose::{self, DocProse, Names};
use super::{Briefing, Citations, Texts, forecast, ledger, listed, resolve, roots, telling, timeline};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ids::AnalysisId;
use crate::model::{Analysis, Corpus};

/// A site as it is linked, with what it takes to link it again.
#[derive(Debug)]
pub struct Linking {
    /// The publication.
    pub briefing: Briefing,
    names: Arc<Names>,
    /// What is wrong with front matter and names.
    found: Diagnostics,
    /// What is wrong with the prose of each document.
    in_prose: Vec<Diagnostics>,
}

impl Linking {
    /// Links the documents of a site.
    pub fn of(config: Config, mut corpus: Corpus, texts: &dyn Texts) -> Self {
        let spoken = std::mem::take(&mut corpus.spoken);
        let on_record = std::mem::take(&mut corpus.ledger);
        let mut found = Diagnostics::new();
        let (mut briefing, directory) = resolve::resolve(config, corpus, &mut found);
        roots::find(&mut briefing, &mut found);
        let outlines = prose::take_outlines(&mut briefing);
        let ((linked, (forecasts, listed)), (ledger, timelines)) = rayon::join(
            || {
                rayon::join(
                    || prose::link(&briefing, directory, outlines, spoken, texts),
                    || (forecast::build(&briefing, on_record), listed::of(&briefing)),
                )
            },
            || rayon::join(|| ledger::build(&briefing), || timeline::build(&briefing)),
        );
        let facts = briefing.facts_mut();
        (facts.ledger, facts.timelines, facts.forecasts, facts.listed) = (ledger, timelines, forecasts, listed);
        facts.listed.conflicts = facts.ledger.conflicts().iter().filter(|one| one.is_public()).copied().collect();
        found.append(linked.found);
        let names = Arc::new(linked.names);
        let (prose, in_prose) = linked.prose.into_iter().map(|one| (Arc::new(one.prose), one.found)).unzip();
        briefing.prose = prose;
        briefing.backlinks = prose::backlinks(&briefing);
        let mut linking = Self { briefing, names, found, in_prose };
        linking.look_around();
        linking
    }

    /// Links the same site with other prose in some of its analyses, whose front matter is the same to the byte.
    ///
    /// None where that takes more: where other prose may be concerned, since an analysis has other headings now, or
    /// where the analyses are not those that were linked.
    pub fn again(&self, changed: &[Arc<Analysis>]) -> Option<Self> {
        let mut briefing = self.briefing.clone();
        briefing.related = OnceLock::new();
        let mut places = Vec::with_capacity(changed.len());
        for analysis in changed {
            let is_it = |known: &Arc<Analysis>| known.origin.file == analysis.origin.file;
            let at = briefing.analyses.iter().position(is_it)?;
            if !analysis.differs_in_prose_alone(&briefing.analyses[at]) {
                return None;
            }
            briefing.analyses[at] = Arc::clone(analysis);
            places.push(AnalysisId::at(at));
        }
        let linked = prose::link_again(&briefing, &self.names, &places)?;
        let mut in_prose = self.in_prose.clone();
        for (doc, DocProse { prose, found }) in linked {
            let index = briefing.doc_index(doc);
            let before = std::mem::replace(&mut briefing.prose[index], Arc::new(prose));
            in_prose[index] = found;
            prose::turn_around(&mut briefing, doc, &before);
        }
        let (names, found) = (Arc::clone(&self.names), self.found.clone());
        let mut linking = Self { briefing, names, found, in_prose };
        linking.look_around();
        Some(linking)
    }

    /// Finds who cites a claim, in all prose and all front matter, and which claims have a page for that.
    fn look_around(&mut self) {
        self.briefing.citations = Citations::of(&self.briefing);
        self.briefing.telling = telling::find(&self.briefing);
    }

    /// Says what is wrong with the site.
    pub fn diagnostics(&self) -> Diagnostics {
        let mut all = self.found.clone();
        self.in_prose.iter().for_each(|found| all.append(found.clone()));
        all
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::link::tests::{linking, read};
    use crate::model::Document;

    /// What prose is made of here: what leads to a document, a claim, a part or nowhere, names, figures and mistakes.
    const WORDS: [&str; 14] = [
        "plain words",
        "[[acme]]",
        "Acme said so",
        "Ann Lee said so",
        "[a](a.md)",
        "[b](b.md#costs)",
        "[c](claim:c/jobs)",
        "[9 jobs](claim:b/jobs)",
        "[nowhere](gone.md)",
        "[[nobody]]",
        "it cost $70 million",
        "[site](/data/)",
        "[here](#costs)",
        "{{< nonsense >}}",
    ];

    fn analysis(slug: &str, prose: &[usize]) -> (String, String) {
        let prose: Vec<&str> = prose.iter().map(|word| WORDS[word % WORDS.len()]).collect();
        let text = format!(
            "+++\ntitle = \"{slug}\"\ndate = 2026-05-18\nrelated = [\"a\"]\n[[claims]]\nid = \"jobs\"\ntext = \"T\"\n\
             company = \"acme\"\nmetric = \"headcount\"\nvalue = \"100 jobs\"\n+++\n## Costs\n\n{}\n",
            prose.join("\n\n")
        );
        (format!("analyses/{slug}.md"), text)
    }

    fn site(prose: &[Vec<usize>; 3]) -> Vec<(String, String)> {
        let company = ("companies/acme.md".to_owned(), "+++\nname = \"Acme\"\n+++\nSee [a](../analyses/a.md#costs).\n");
        let person = ("people/ann.md".to_owned(), "+++\nname = \"Ann Lee\"\n+++\n");
        let named = [company, person].map(|(path, text)| (path, text.to_owned()));
        named.into_iter().chain(["a", "b", "c"].iter().zip(prose).map(|(slug, prose)| analysis(slug, prose))).collect()
    }

    /// All that follows from prose.
    fn told(linking: &Linking) -> String {
        let Briefing { prose, backlinks, citations, telling, .. } = &linking.briefing;
        let found = linking.diagnostics().sorted();
        format!("{prose:#?}{backlinks:#?}{citations:#?}{telling:?}{found:#?}")
    }

    fn prose() -> impl Strategy<Value = [Vec<usize>; 3]> {
        let one = || prop::collection::vec(0..WORDS.len(), 0..6);
        [one(), one(), one()]
    }

    proptest! {
        #[test]
        fn linking_again_comes_to_what_linking_comes_to(before in prose(), after in prose()) {
            let (first, spoken) = linking(site(&before));
            let changed: Vec<Arc<Analysis>> = site(&after)
                .iter()
                .filter(|file| !site(&before).contains(file))
                .filter_map(|(path, text)| match read(&format!("content/{path}"), text, &spoken, &first.briefing.config) {
                    Document::Analysis(analysis) => Some(analysis),
                    _ => None,
                })
                .collect();
            let again = first.again(&changed).expect("no heading is new");
            prop_assert_eq!(told(&again), told(&linking(site(&after)).0));
        }
    }

    #[test]
    fn what_concerns_others_is_left_to_linking_anew() {
        let texts = site(&[vec![1], vec![2], vec![3]]);
        let (first, spoken) = linking(texts.clone());
        let again = |from: &str, to: &str| {
            let (path, text) = &texts[2];
            match read(&format!("content/{path}"), &text.replace(from, to), &spoken, &first.briefing.config) {
                Document::Analysis(analysis) => first.again(&[analysis]).is_some(),
                _ => panic!("{path} is an analysis"),
            }
        };
        assert!(again("[[acme]]", "Words"));
        assert!(!again("## Costs", "## Price"), "others may link to a heading");
        assert!(!again("100 jobs", "200 jobs"), "others may state the same");
    }
}
