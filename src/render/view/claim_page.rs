//! The page of a claim: what stands behind it, what it meets, what became of it, and who cites it.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    BacklinkView, ClaimView, Content, DateView, LinkView, ReasonView, ShortClaimView, SnippetView, SourceView, View,
};
use crate::export::Citation;
use crate::ids::ClaimId;
use crate::link::{Briefing, ClaimLinks, Meeting, Relation};
use crate::model::TieKind;
use crate::pages::{Page, claim_place};
use crate::value::Vocabulary;

/// A claim with something to tell.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct ClaimPageView<'b> {
    /// What every claim has.
    #[serde(flatten)]
    pub claim: ClaimView<'b>,
    /// The link to its place in its analysis.
    pub place: String,
    /// The day of that analysis.
    pub published: DateView<'b>,
    /// Its sources, each with all that it repeats.
    pub works: Vec<SourceView<'b>>,
    /// What it meets, in groups that are not empty.
    pub meets: Vec<MeetingsView<'b>>,
    /// What it took the place of, and what took its own; none where nothing did.
    pub history: Option<HistoryView<'b>>,
    /// Who cites it, besides its analysis.
    pub cited: CitedView<'b>,
    /// How to cite it.
    pub cite: Citation<'b>,
    /// How to show it on another site, where the site has pages for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embed: Option<SnippetView<'b>>,
}

/// The claims that a claim meets in one way.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct MeetingsView<'b> {
    /// Which way: `disagrees`, `agrees`, `revises` or `parts`.
    pub name: &'static str,
    /// The same as a heading.
    pub title: &'static str,
    /// The claims, the most telling first.
    pub meetings: Vec<MeetingView<'b>>,
}

/// A claim that another meets.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct MeetingView<'b> {
    /// What the one is to the other, such as `corroborates`.
    pub relation: &'static str,
    /// Why, in a sentence.
    pub reason: ReasonView<'b>,
    /// Whether it is a disagreement that was settled: one of them no longer holds.
    pub settled: bool,
    /// The other claim.
    pub other: ShortClaimView<'b>,
}

/// How claims took each other's place.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct HistoryView<'b> {
    /// The claims from the oldest.
    pub steps: Vec<StepView<'b>>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// A claim in a history.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct StepView<'b> {
    /// What became of it or what it did: `superseded`, `corrected`, `supersedes`, `corrects`; none for the page's own.
    pub how: Option<&'static str>,
    /// The claim.
    pub claim: LinkView<'b>,
    /// The author's wording of its value.
    pub value: Option<&'b str>,
    /// The day of its analysis.
    pub published: DateView<'b>,
}

/// Who cites a claim.
#[derive(Debug, Serialize, Hash, JsonSchema)]
pub struct CitedView<'b> {
    /// The first of them.
    pub items: Vec<BacklinkView<'b>>,
    /// How many there are in all.
    pub total: usize,
}

/// How many of those who cite a claim its page shows.
const CITED_SHOWN: usize = 20;
/// How many claims a history shows before the page's own, and how many after it.
const STEPS_SHOWN: usize = 10;

/// Builds the view of a claim's page.
pub(super) fn view(briefing: &Briefing, id: ClaimId) -> View<'_> {
    let links = &briefing.claim_links[id.index()];
    let claim = ClaimPageView {
        claim: ClaimView::in_page(briefing, id),
        place: claim_place(briefing, id),
        published: DateView::Day(briefing.analysis(links.analysis).day),
        works: links.sources.iter().map(|source| SourceView::with_chain(briefing, *source)).collect(),
        meets: meets(briefing, id),
        history: HistoryView::of(briefing, id),
        cited: CitedView::of(briefing, id),
        cite: Citation::of_claim(briefing, id),
        embed: SnippetView::of(briefing, &Page::Claim(id)),
    };
    super::of(briefing, &Page::Claim(id), "claim", "claims", Content::Claim(Box::new(claim)))
}

/// The ways in which claims meet, with their headings.
const GROUPS: [(&str, &str); 4] =
    [("disagrees", "Disagrees with"), ("agrees", "Agrees with"), ("revises", "Revisions"), ("parts", "Part and whole")];

/// Tells in which way a relation is a meeting; none for what is for the editor alone.
fn group(relation: Relation) -> Option<&'static str> {
    match relation {
        relation if relation.is_open() => None,
        relation if relation.is_disagreement() => Some("disagrees"),
        relation if relation.is_agreement() || relation.is_support() => Some("agrees"),
        Relation::Disputes | Relation::DisputedBy => Some("disagrees"),
        Relation::PartOf => Some("parts"),
        _ => Some("revises"),
    }
}

/// Shows what a claim meets, in its groups.
fn meets(briefing: &Briefing, id: ClaimId) -> Vec<MeetingsView<'_>> {
    let met = briefing.ledger.meetings(id);
    let meetings = |name| met.iter().filter(move |met| group(met.relation) == Some(name));
    let view = |(name, title)| MeetingsView {
        name,
        title,
        meetings: meetings(name).map(|met| MeetingView::of(briefing, id, met)).collect(),
    };
    GROUPS.into_iter().map(view).filter(|group| !group.meetings.is_empty()).collect()
}

impl<'b> MeetingView<'b> {
    fn of(briefing: &'b Briefing, id: ClaimId, met: &Meeting) -> Self {
        let ledger = &briefing.ledger;
        Self {
            relation: met.relation.word(),
            reason: ReasonView::of(briefing, id, met.other, met.relation),
            settled: met.relation.is_disagreement() && !(ledger.stands(id) && ledger.stands(met.other)),
            other: ShortClaimView::of(briefing, met.other),
        }
    }
}

impl<'b> HistoryView<'b> {
    /// Shows the claims that led to one and that followed it.
    fn of(briefing: &'b Briefing, id: ClaimId) -> Option<Self> {
        let mut known = vec![id];
        let before = follow(briefing, &mut known, ClaimLinks::predecessors);
        let after = follow(briefing, &mut known, ClaimLinks::successors);
        if before.is_empty() && after.is_empty() {
            return None;
        }
        let more = before.len() > STEPS_SHOWN || after.len() > STEPS_SHOWN;
        let steps = |found: Vec<(ClaimId, TieKind)>, how: fn(TieKind) -> &'static str| {
            let mut found: Vec<_> = found.into_iter().take(STEPS_SHOWN).collect();
            found.sort_unstable();
            found.into_iter().map(move |(id, kind)| StepView::of(briefing, id, Some(how(kind))))
        };
        let own = StepView::of(briefing, id, None);
        Some(Self { steps: steps(before, became).chain([own]).chain(steps(after, Vocabulary::word)).collect(), more })
    }
}

/// Follows ties from the page's own claim, the nearest claims first, until one more than are shown are found.
///
/// Each claim is met once, so that a circle comes to its end.
fn follow<'b, I: Iterator<Item = (TieKind, ClaimId)>>(
    briefing: &'b Briefing,
    known: &mut Vec<ClaimId>,
    next: impl Fn(&'b ClaimLinks) -> I,
) -> Vec<(ClaimId, TieKind)> {
    let mut found: Vec<(ClaimId, TieKind)> = Vec::new();
    let mut at = known.first().copied();
    let mut done = 0;
    while let Some(id) = at {
        for (kind, other) in next(&briefing.claim_links[id.index()]) {
            if found.len() > STEPS_SHOWN {
                return found;
            }
            if !known.contains(&other) {
                known.push(other);
                found.push((other, kind));
            }
        }
        at = found.get(done).map(|(id, _)| *id);
        done += 1;
    }
    found
}

/// Says what became of a claim by what another did to it.
fn became(kind: TieKind) -> &'static str {
    if kind == TieKind::Corrects { "corrected" } else { "superseded" }
}

impl<'b> StepView<'b> {
    fn of(briefing: &'b Briefing, id: ClaimId, how: Option<&'static str>) -> Self {
        let day = briefing.analysis(briefing.claim_links[id.index()].analysis).day;
        let value = briefing.claim(id).value.as_ref().map(|value| value.value.wording());
        Self { how, claim: LinkView::claim(briefing, id), value, published: DateView::Day(day) }
    }
}

impl<'b> CitedView<'b> {
    fn of(briefing: &'b Briefing, id: ClaimId) -> Self {
        let cited = briefing.citations.of_claim(id);
        let total = cited.len();
        Self { items: cited.take(CITED_SHOWN).map(|doc| BacklinkView::of(briefing, doc)).collect(), total }
    }
}
