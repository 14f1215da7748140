//! What is shown of what was found: titles and addresses, a few analyses with all that they say in one file.
//!
//! A claim is shown with its analysis, so that both come from the same file.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::export::{Shown, VERSION};
use crate::ids::{AnalysisId, ClaimId, CompanyId, PredictionId};
use crate::link::Briefing;
use crate::pages::{Page, encode};
use crate::value::{Day, Vocabulary};

/// How many analyses a file has.
pub(super) const ANALYSES: usize = 6;

/// How many companies a file has.
pub(super) const COMPANIES: usize = 32;

/// How many bytes of a text are shown.
const TEXT: usize = 140;

/// A file of analyses, with what they name.
#[derive(Serialize)]
struct Analyses<'b> {
    version: u32,
    /// Id and name.
    companies: Vec<(&'b str, &'b str)>,
    analyses: Vec<AnalysisRecord<'b>>,
}

/// An analysis; every field has its place in an array.
#[derive(Serialize)]
struct AnalysisRecord<'b>(
    /// Its address below the site's own.
    String,
    /// The title.
    Cow<'b, str>,
    /// The day of publication.
    Shown<Day>,
    /// Its companies by their places in the file.
    Vec<usize>,
    /// Its claims.
    Vec<Said<'b>>,
    /// Its forecasts.
    Vec<Said<'b>>,
);

/// A claim or a forecast: its address, its text, and its company by the place in the file.
#[derive(Serialize)]
struct Said<'b>(String, Cow<'b, str>, Option<usize>);

/// A file of companies.
#[derive(Serialize)]
struct Companies<'b> {
    version: u32,
    /// Address below the site's own, name, kind, and how many analyses are about it.
    companies: Vec<(String, &'b str, &'static str, usize)>,
}

/// Writes a file of analyses.
pub(super) fn of_analyses(briefing: &Briefing, number: usize) -> Vec<u8> {
    let (mut companies, mut places) = (Vec::new(), FxHashMap::default());
    let mut place = |id: &CompanyId| {
        *places.entry(*id).or_insert_with(|| {
            let company = briefing.company(*id);
            companies.push((&*company.id, &*company.name.value));
            companies.len() - 1
        })
    };
    let first = number * ANALYSES;
    let ids = (first..briefing.analyses.len().min(first + ANALYSES)).map(AnalysisId::at);
    let record = |id: AnalysisId| {
        let (analysis, links) = (briefing.analysis(id), &briefing.analysis_links[id.index()]);
        let about = links.companies.iter().map(&mut place).collect();
        let mut said =
            |link, text, company: Option<CompanyId>| Said(link, clipped(text), company.as_ref().map(&mut place));
        let claims = links.claims.clone().map(ClaimId::at).map(|id| {
            let claim = briefing.claim(id);
            let link = match briefing.has_page(id) {
                true => address(briefing, &Page::Claim(id)),
                false => ["#claim:", &*encode(&claim.id)].concat(),
            };
            said(link, &claim.text, briefing.claim_links[id.index()].company)
        });
        let claims = claims.collect();
        let forecasts = links.predictions.clone().map(PredictionId::at).map(|id| {
            let forecast = briefing.prediction(id);
            let link = ["#forecast:", &*encode(&forecast.id)].concat();
            said(link, &forecast.text, briefing.prediction_links[id.index()].company)
        });
        let forecasts = forecasts.collect();
        let link = address(briefing, &Page::Analysis(id));
        AnalysisRecord(link, clipped(&analysis.title), Shown(analysis.day), about, claims, forecasts)
    };
    let analyses = ids.map(record).collect();
    json(&Analyses { version: VERSION, companies, analyses })
}

/// Writes a file of companies.
pub(super) fn of_companies(briefing: &Briefing, number: usize) -> Vec<u8> {
    let first = number * COMPANIES;
    let ids = (first..briefing.companies.len().min(first + COMPANIES)).map(CompanyId::at);
    let record = |id: CompanyId| {
        let company = briefing.company(id);
        let analyses = briefing.company_links[id.index()].analyses.len();
        (address(briefing, &Page::Company(id)), &*company.name.value, company.kind.word(), analyses)
    };
    json(&Companies { version: VERSION, companies: ids.map(record).collect() })
}

/// Writes JSON on one line.
pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    // A value without maps always has a form in JSON.
    let mut bytes = serde_json::to_vec(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Gives a page's address below the site's own.
fn address(briefing: &Briefing, page: &Page) -> String {
    encode(page.path(briefing).trim_start_matches('/')).into_owned()
}

/// Cuts a long text.
fn clipped(text: &str) -> Cow<'_, str> {
    if text.len() <= TEXT {
        return text.into();
    }
    let end = text.floor_char_boundary(TEXT - "…".len());
    [&text[..end], "…"].concat().into()
}
