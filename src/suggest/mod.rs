//! What the claim of an unbacked figure could be: proposals for front matter, for an author to look over.
//!
//! A proposal says what its sentence says, and nothing where the sentence leaves it open: it never guesses a date,
//! and takes a company only where the prose names one or the analysis is about one.

mod attribution;
mod attribution_words;
mod company;
mod date;
mod date_words;
mod front_matter;
mod metric;
mod metric_words;
mod sentence;
mod source_kind;
mod stranger;
mod words;

use rustc_hash::FxHashSet;

use self::company::{Mentioned, Scene, Told};
use crate::ids::{AnalysisId, CompanyId};
use crate::link::{Briefing, DocId, is_backed_elsewhere};
use crate::model::{Analysis, Document, Role, SourceKind, Spoken, UNBACKED_FIGURE, read_document, role};
use crate::prose::{Block, Figure, blocks};
use crate::text::{Lines, Place, Span};

pub use front_matter::{Refusal, inserted, printed};

/// A claim that an author could make of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The line of the figure in the file, from 1.
    pub line: u32,
    /// Its column in characters, from 1.
    pub column: u32,
    /// The figure as the prose has it, without markup.
    pub figure: String,
    /// The same as a value that a claim takes, hedge kept.
    pub value: String,
    /// What it measures, where the words around it tell.
    pub metric: Option<String>,
    /// The id of the company that is named nearest.
    pub company: Option<String>,
    /// The date that the sentence names, in EDTF.
    pub date: Option<String>,
    /// The words that say who said it.
    pub attribution: Option<String>,
    /// What kind of source that is.
    pub kind: Option<SourceKind>,
    /// The sentence.
    pub text: String,
}

/// Proposes a claim for each figure of an analysis that nothing backs; `text` is the whole file.
pub fn suggest(briefing: &Briefing, id: AnalysisId, text: &str) -> Vec<Proposal> {
    let analysis = briefing.analysis(id);
    let body = text.get(analysis.origin.body_start as usize..).unwrap_or_default();
    let spoken = Spoken::of(&briefing.companies, &briefing.people).unwrap_or_default();
    let unbacked = unbacked(briefing, id, &spoken, text);
    let desk = Desk { briefing, id, analysis, spoken, body, lines: Lines::new(text) };
    let mut last_named = None;
    let mut proposals = Vec::new();
    for block in blocks(body) {
        let mentions = desk.named_in(&block);
        for (range, figure) in &block.figures {
            if unbacked.contains(&figure.span) {
                proposals.push(desk.propose(&block, range.clone(), figure, &mentions, last_named));
            }
        }
        last_named = mentions.iter().rev().find_map(|(_, named)| company::company(*named)).or(last_named);
    }
    proposals
}

/// Finds the places of the figures that neither the analysis nor a claim that they link to backs, in its body.
///
/// The warnings of reading are not kept with the analysis, so that its file is read once more by itself.
fn unbacked(briefing: &Briefing, id: AnalysisId, spoken: &Spoken, text: &str) -> FxHashSet<Span> {
    let origin = &briefing.analysis(id).origin;
    let Role::Document(kind) = role(&origin.file) else { return FxHashSet::default() };
    let (document, found) = read_document(&kind, &origin.file, text, origin.hash, spoken, &briefing.config);
    let Some(Document::Analysis(analysis)) = document else { return FxHashSet::default() };
    let warned = found.iter().filter(|found| found.code == UNBACKED_FIGURE).filter_map(|found| found.place.as_ref());
    let in_body = |place: &Place| {
        let at = |offset: u32| offset.saturating_sub(origin.body_start);
        Span { start: at(place.span.start), end: at(place.span.end) }
    };
    let prose = briefing.prose_of(DocId::Analysis(id));
    let borrowed = analysis.borrowed.iter().filter(|one| is_backed_elsewhere(briefing, prose, one) == Some(false));
    warned.map(in_body).chain(borrowed.map(|one| one.figure.span)).collect()
}

/// What is at hand when a proposal is made.
struct Desk<'a> {
    briefing: &'a Briefing,
    id: AnalysisId,
    analysis: &'a Analysis,
    spoken: Spoken,
    body: &'a str,
    lines: Lines<'a>,
}

impl Desk<'_> {
    fn named_in(&self, block: &Block) -> Vec<Mentioned> {
        self.spoken.mentions(&block.text, self.analysis.day, [self.body, &self.analysis.title])
    }

    fn propose(
        &self,
        block: &Block,
        range: std::ops::Range<usize>,
        figure: &Figure,
        mentions: &[Mentioned],
        last_named: Option<CompanyId>,
    ) -> Proposal {
        let sentence = sentence::around(&block.text, &range);
        let words = block.text.get(sentence.clone()).unwrap_or_default();
        let within = range.start.saturating_sub(sentence.start)..range.end.saturating_sub(sentence.start);
        let said = attribution::find(words, self.briefing);
        let said_at = said.as_ref().map(|said| said.range.start + sentence.start..said.range.end + sentence.start);
        let speaks = said.as_ref().is_some_and(|said| said.kind != Some(SourceKind::Press));
        let text = block.text.as_str();
        let scene = Scene { text, figure: &range, sentence: &sentence, said: said_at, speaks, mentions };
        let company = self.company(&scene, last_named);
        let start = figure.span.shifted(self.analysis.origin.body_start).start;
        let position = self.lines.position(start);
        Proposal {
            line: position.line,
            column: position.column,
            figure: sentence::tidy(&figure.words),
            value: value(figure),
            metric: metric::find(words, &within, figure, self.briefing),
            company: company.map(|id| self.briefing.company(id).id.clone()),
            date: date::find(words, &within).map(|date| date.as_str().to_owned()),
            attribution: said.as_ref().map(|said| sentence::tidy(words.get(said.range.clone()).unwrap_or_default())),
            kind: said.and_then(|said| said.kind),
            text: sentence::tidy(words),
        }
    }

    /// Takes the company that the sentence tells, else the last one named before it, else the analysis's first.
    fn company(&self, scene: &Scene<'_>, last_named: Option<CompanyId>) -> Option<CompanyId> {
        let earlier = || {
            let before = scene.mentions.iter().filter(|(at, _)| at.end <= scene.sentence.start);
            before.rev().find_map(|(_, named)| company::company(*named))
        };
        match scene.company() {
            Told::Known(company) => Some(company),
            Told::Stranger => None,
            Told::Open => earlier()
                .or(last_named)
                .or_else(|| self.briefing.analysis_links[self.id.index()].companies.first().copied()),
        }
    }
}

/// Writes how much a figure is as a value that a claim takes: without the mark of `nine weeks’ pay`.
fn value(figure: &Figure) -> String {
    let mut words = sentence::tidy(figure.quantity.wording());
    words.truncate(words.trim_end_matches(['’', '\'']).len());
    words
}

#[cfg(test)]
mod tests;
