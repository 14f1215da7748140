//! Why two analyses are related, in words: `Same event: the AI-unit cut (2 claims) · both cite Bloomberg`.

use std::borrow::Cow;

use super::bonds::Bond;
use super::features::Feature;
use super::share::{Share, What};
use super::{Neighbour, Thread};
use crate::ids::{AnalysisId, ClaimId, CompanyId};
use crate::link::Briefing;
use crate::speech::{capital, counted, joined, say, small};

/// How many things are said.
const SAID: usize = 3;
/// How many of one kind are named.
const NAMED: usize = 3;

/// What is said in one breath: things of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Breath {
    Corrects,
    Supersedes,
    Corrected,
    Superseded,
    Disagrees,
    Revises,
    Agrees,
    Linked,
    Rests,
    Chosen,
    Event,
    Series,
    Metric,
    Company,
    Person,
    Source,
    Tag,
    Words,
    Context,
}

impl Breath {
    fn of(what: What) -> Self {
        match what {
            What::Bond(bond) => match bond {
                Bond::CorrectedBy(_) => Self::Corrects,
                Bond::SupersededBy(_) => Self::Supersedes,
                Bond::Corrects(_) => Self::Corrected,
                Bond::Supersedes(_) => Self::Superseded,
                Bond::Disagrees(_) => Self::Disagrees,
                Bond::Revises(_) => Self::Revises,
                Bond::Agrees(_) => Self::Agrees,
                Bond::Linked => Self::Linked,
                Bond::Rests => Self::Rests,
                Bond::Chosen => Self::Chosen,
            },
            What::Feature(feature) => match feature {
                Feature::Event(_) => Self::Event,
                Feature::Metric(..) => Self::Metric,
                Feature::Company(_) => Self::Company,
                Feature::Person(_) => Self::Person,
                Feature::Source(_) => Self::Source,
                Feature::Tag(_) => Self::Tag,
                Feature::Series(_) => Self::Series,
                Feature::Word(_) => Self::Words,
            },
            What::Context(_) => Self::Context,
        }
    }

    /// Tells how much a kind counts where it is chosen what is said: words tell a reader least.
    fn telling(self) -> u64 {
        match self {
            Self::Corrects | Self::Supersedes | Self::Corrected | Self::Superseded => 1_000,
            Self::Words => 2,
            Self::Context => 0,
            _ => 4,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Corrects => "corrects",
            Self::Supersedes => "supersedes",
            Self::Corrected => "corrected",
            Self::Superseded => "superseded",
            Self::Disagrees => "conflicts",
            Self::Revises => "revises",
            Self::Agrees => "claims",
            Self::Linked | Self::Rests | Self::Chosen => "link",
            Self::Event => "event",
            Self::Series => "series",
            Self::Metric => "metric",
            Self::Company => "company",
            Self::Person => "person",
            Self::Source => "source",
            Self::Tag => "tag",
            Self::Words => "words",
            Self::Context => "context",
        }
    }
}

/// Gives the word for the kind of a thing, which is the key of its weight in `[related]` where it has one.
pub fn kind_word(what: What) -> &'static str {
    Breath::of(what).word()
}

/// Keeps of what two analyses have in common what is said of it, in the order in which it is said.
///
/// Kinds come by what all of theirs weigh together. A company is left out where more is said of it already.
pub(super) fn keep_said(briefing: &Briefing, one: AnalysisId, shares: &mut Vec<Share>, most: usize) {
    let mut breaths: Vec<(Breath, u64)> = Vec::with_capacity(8);
    for share in &*shares {
        let breath = Breath::of(share.what);
        match breaths.iter_mut().find(|(known, _)| *known == breath) {
            Some((_, part)) => *part += share.part * breath.telling(),
            None => breaths.push((breath, share.part * breath.telling())),
        }
    }
    // Doublings are wide enough that an edit elsewhere does not turn the order round.
    breaths.sort_unstable_by_key(|(breath, part)| (std::cmp::Reverse(part.max(&1).ilog2()), *breath));
    let mut said: Vec<Share> = Vec::with_capacity(most);
    let mut breaths_said = 0;
    let sum =
        |of: &dyn Fn(&Share) -> bool| shares.iter().filter(|share| of(share)).map(|share| share.part).sum::<u64>();
    let (total, words) = (sum(&|_| true), sum(&|share| Breath::of(share.what) == Breath::Words));
    for (breath, _) in breaths {
        if breaths_said == SAID {
            break;
        }
        // Words are said where they weigh most, or there is nothing better.
        if breath == Breath::Words && !said.is_empty() && words * 2 < total {
            continue;
        }
        let of_kind = shares.iter().filter(|share| Breath::of(share.what) == breath);
        let before = said.len();
        for share in of_kind {
            if said.len() == most || said.len() - before == NAMED {
                break;
            }
            if is_news(briefing, one, share.what, &said) {
                said.push(*share);
            }
        }
        breaths_said += usize::from(said.len() > before);
    }
    *shares = said;
}

/// Tells whether a thing can be named, and is not said with another already.
fn is_news(briefing: &Briefing, one: AnalysisId, what: What, said: &[Share]) -> bool {
    match what {
        What::Feature(Feature::Company(company)) => !said.iter().any(|share| is_about(briefing, share.what, company)),
        What::Feature(Feature::Metric(metric, _)) => {
            let claims = said.iter().filter_map(|share| claim_of(share.what));
            claims.map(|claim| briefing.claim_links[claim.index()].metric).all(|said| said != Some(metric))
        }
        What::Feature(Feature::Word(term)) => {
            let Some(form) = briefing.config.lexicon.spelling(term) else { return false };
            let companies = &briefing.analysis_links[one.index()].companies;
            let names = companies.iter().map(|id| &briefing.company(*id).name.value);
            !names.into_iter().any(|name| name.split_whitespace().any(|part| part.eq_ignore_ascii_case(&form)))
        }
        What::Bond(bond) => {
            let claim = |what: What| claim_of(what).map(|claim| subject(briefing, claim));
            let own = claim(What::Bond(bond));
            own.is_none() || said.iter().all(|share| claim(share.what) != own)
        }
        What::Feature(_) => true,
        What::Context(_) => said.is_empty(),
    }
}

/// Tells whether something that is said names a company, or a part of it.
fn is_about(briefing: &Briefing, what: What, company: CompanyId) -> bool {
    match what {
        What::Feature(Feature::Metric(_, of) | Feature::Company(of)) => {
            briefing.lineage(of).any(|whole| whole == company)
        }
        _ => false,
    }
}

fn claim_of(what: What) -> Option<ClaimId> {
    match what {
        What::Bond(
            Bond::CorrectedBy(claim)
            | Bond::SupersededBy(claim)
            | Bond::Corrects(claim)
            | Bond::Supersedes(claim)
            | Bond::Disagrees(claim)
            | Bond::Revises(claim)
            | Bond::Agrees(claim),
        ) => Some(claim),
        _ => None,
    }
}

/// Says why a neighbour is related to an analysis, in the language that is spoken now.
pub(super) fn reason<'b>(briefing: &'b Briefing, neighbour: &Neighbour) -> Cow<'b, str> {
    let mut parts: Vec<String> = Vec::new();
    if neighbour.pinned {
        parts.push(say("why_chosen_by_author", &[]));
    }
    for breath in neighbour.why.chunk_by(|a, b| Breath::of(a.what) == Breath::of(b.what)) {
        let is_told = |share: &&Share| neighbour.pinned && share.what == What::Bond(Bond::Chosen);
        let Some(first) = breath.first().filter(|first| !is_told(first)) else { continue };
        let names: Vec<Cow<'_, str>> = breath.iter().map(|share| thing(briefing, share.what)).collect();
        let kind = Breath::of(first.what);
        let mut part = say(kind.key(), &[("names", &joined(&names))]);
        if let (What::Feature(Feature::Event(event)), [_]) = (first.what, breath) {
            let links = &briefing.analysis_links[neighbour.id.index()];
            let claims = briefing.claim_links.get(links.claims.clone()).unwrap_or_default();
            let count = claims.iter().filter(|claim| claim.event == Some(event)).count();
            part += &format!(" ({})", counted("claims_counted", count));
        }
        parts.push(part);
    }
    if parts.is_empty() {
        parts.push(say("why_much", &[]));
    }
    Cow::Owned(capital(&parts.join(" · ")))
}

impl Breath {
    /// The string that says it.
    fn key(self) -> &'static str {
        match self {
            Self::Corrects => "why_corrects",
            Self::Supersedes => "why_supersedes",
            Self::Corrected => "why_corrected",
            Self::Superseded => "why_superseded",
            Self::Disagrees => "why_disagrees",
            Self::Revises => "why_revises",
            Self::Agrees => "why_agrees",
            Self::Linked => "why_linked",
            Self::Rests => "why_rests",
            Self::Chosen => "why_chosen",
            Self::Event => "why_event",
            Self::Series => "why_series",
            Self::Metric => "why_metric",
            Self::Company | Self::Person => "why_about",
            Self::Source => "why_source",
            Self::Tag => "why_tag",
            Self::Words => "why_words",
            Self::Context => "why_context",
        }
    }
}

/// Names a thing that two analyses have in common.
pub fn thing<'b>(briefing: &'b Briefing, what: What) -> Cow<'b, str> {
    if let Some(claim) = claim_of(what) {
        return subject(briefing, claim).into();
    }
    let feature = match what {
        What::Feature(feature) => feature,
        What::Context(term) => Feature::Word(term),
        What::Bond(_) => return say("a_link", &[]).into(),
    };
    match feature {
        Feature::Event(id) => (&*briefing.event(id).label).into(),
        Feature::Metric(metric, company) => {
            let company = &briefing.company(company).name.value;
            say("metric_of_company", &[("company", company), ("metric", &small(&briefing.metric(metric).label))]).into()
        }
        Feature::Company(id) => (&*briefing.company(id).name.value).into(),
        Feature::Person(id) => (&*briefing.person(id).name.value).into(),
        Feature::Source(id) => briefing.source(id).name().into(),
        Feature::Tag(id) => (&*briefing.groups.tags[id.index()].name).into(),
        Feature::Series(id) => (&*briefing.groups.series[id.index()].name).into(),
        Feature::Word(term) => {
            briefing.config.lexicon.spelling(term).map_or_else(|| say("a_word", &[]).into(), Cow::Owned)
        }
    }
}

/// Says what a claim is about: `2025 capital expenditure`.
fn subject(briefing: &Briefing, claim: ClaimId) -> String {
    let links = &briefing.claim_links[claim.index()];
    let Some(metric) = links.metric else { return say("a_claim", &[]) };
    let label = small(&briefing.metric(metric).label);
    match &briefing.claim(claim).date {
        Some(date) if !date.value.is_undated() => format!("{} {label}", date.value.said()),
        _ => label,
    }
}

impl Thread {
    /// Names the thread by what its analyses have in common: an event, else the company and what is measured of it.
    pub fn name<'b>(&self, briefing: &'b Briefing) -> Cow<'b, str> {
        let name = |feature: &Feature| thing(briefing, What::Feature(*feature));
        match self.about.as_slice() {
            [] => self.analyses.first().map_or(Cow::default(), |id| (&*briefing.analysis(*id).title).into()),
            words @ [Feature::Word(_), ..] => {
                let words: Vec<Cow<'_, str>> = words.iter().map(name).collect();
                joined(&words).into()
            }
            [first, ..] => name(first),
        }
    }
}
