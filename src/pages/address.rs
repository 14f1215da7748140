//! Addresses as they stand in a page: the base path before them, and every byte of a path safe in a URL.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::{List, Page, USUAL_PATH};
use crate::ids::{ClaimId, SourceId};
use crate::link::{Briefing, Corrected, Target};
use crate::model::Correction;
use crate::value::Day;

/// What a path keeps of ASCII: RFC 3986's `pchar` and `/`.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Encodes a path for a URL.
pub fn encode(path: &str) -> Cow<'_, str> {
    if is_plain(path) { Cow::Borrowed(path) } else { utf8_percent_encode(path, PATH).into() }
}

/// Tells whether a path stands in a URL as it is: nearly every one does, and there are a million of them.
fn is_plain(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() | matches!(byte, b'-'..=b'/' | b':' | b'_');
    path.bytes().fold(true, |plain, byte| plain & is_plain(byte))
}

/// Gives the link to a page.
pub fn href(briefing: &Briefing, page: &Page) -> String {
    after(&briefing.config.base_path, briefing, page)
}

/// Gives the path of a page behind what stands before every path.
fn after(base: &str, briefing: &Briefing, page: &Page) -> String {
    let mut link = String::with_capacity(base.len() + USUAL_PATH);
    link.push_str(base);
    page.push_path(briefing, &mut link);
    match link.get(base.len()..) {
        Some(path) if !is_plain(path) => [base, &*encode(path)].concat(),
        _ => link,
    }
}

/// Gives the link to a path on the site.
pub fn path_href(briefing: &Briefing, path: &str) -> String {
    [&briefing.config.base_path, &*encode(path)].concat()
}

/// Gives the full address of a page, for its canonical link.
pub fn canonical(briefing: &Briefing, page: &Page) -> String {
    after(&briefing.config.base_url, briefing, page)
}

/// Gives the path that an asset of content/ is published at.
///
/// One beside an analysis's index.md goes into the analysis's own folder, so that it moves with it.
pub fn asset_path(briefing: &Briefing, asset: &str) -> String {
    let own = briefing.asset_owner(asset).map(|(id, rest)| format!("{}{rest}", Page::Analysis(id).path(briefing)));
    own.unwrap_or_else(|| format!("/{}", asset.strip_prefix("content/").unwrap_or(asset)))
}

/// Gives the link to what a link in prose leads to.
pub fn target_href(briefing: &Briefing, target: &Target) -> String {
    match target {
        Target::Document(doc, None) => href(briefing, &Page::from(*doc)),
        Target::Document(doc, Some(part)) => format!("{}#{}", href(briefing, &Page::from(*doc)), encode(part)),
        Target::Claim(id) => claim_href(briefing, *id),
        Target::Asset(asset) => path_href(briefing, &asset_path(briefing, asset)),
        Target::Site(path) => [&briefing.config.base_path, &**path].concat(),
        Target::Part(part) => format!("#{}", encode(part)),
    }
}

/// Gives the words of a link that has none: a claim's value, or the title of the page.
pub fn target_words(briefing: &Briefing, target: &Target) -> String {
    match target {
        Target::Claim(id) => {
            let claim = briefing.claim(*id);
            claim.value.as_ref().map_or_else(|| claim.text.clone(), |value| value.value.wording().to_owned())
        }
        Target::Document(doc, _) => Page::from(*doc).title(briefing).to_owned(),
        Target::Asset(path) => path.rsplit('/').next().unwrap_or_default().to_owned(),
        Target::Site(path) | Target::Part(path) => path.to_string(),
    }
}

/// Gives a claim's permalink: its page, or else its place in its analysis.
pub fn claim_href(briefing: &Briefing, id: ClaimId) -> String {
    if briefing.has_page(id) { href(briefing, &Page::Claim(id)) } else { claim_place(briefing, id) }
}

/// Gives the link to a claim's place in its analysis, which every claim has.
pub fn claim_place(briefing: &Briefing, id: ClaimId) -> String {
    let analysis = briefing.claim_links[id.index()].analysis;
    let mut link = href(briefing, &Page::Analysis(analysis));
    link.extend(["#claim:", &*encode(&briefing.claim(id).id)]);
    link
}

/// Gives the ids of the places of an analysis's corrections.
pub fn correction_anchors(corrections: &[Correction]) -> Vec<String> {
    let mut seen: BTreeMap<Day, usize> = BTreeMap::new();
    let anchor = |correction: &Correction| {
        let count = seen.entry(correction.day).or_default();
        *count += 1;
        correction_anchor(correction.day, *count)
    };
    corrections.iter().map(anchor).collect()
}

/// Gives the id of the place of a correction: `correction:2026-05-20`, and `…:2` for the second of that day.
fn correction_anchor(day: Day, of_day: usize) -> String {
    match of_day {
        1 => format!("correction:{day}"),
        later => format!("correction:{day}:{later}"),
    }
}

/// Gives the permalink of a correction: its place in its analysis.
pub fn correction_href(briefing: &Briefing, corrected: Corrected) -> String {
    let day = briefing.analysis(corrected.analysis).corrections[corrected.index].day;
    let page = Page::Analysis(corrected.analysis);
    format!("{}#{}", href(briefing, &page), correction_anchor(day, corrected.of_day))
}

/// Gives the link to the page of the work that a source is, where claims of several analyses rest on it.
pub fn source_href(briefing: &Briefing, id: SourceId) -> Option<String> {
    briefing.shared_work(id).map(|shared| href(briefing, &Page::List(List::Source(shared.work), 1)))
}

/// Gives a forecast's permalink: its place in its analysis.
pub fn prediction_href(briefing: &Briefing, id: crate::ids::PredictionId) -> String {
    let analysis = briefing.prediction_links[id.index()].analysis;
    let mut link = href(briefing, &Page::Analysis(analysis));
    link.extend(["#forecast:", &*encode(&briefing.prediction(id).id)]);
    link
}
