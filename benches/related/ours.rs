//! What the program finds, on a site made of a set.

use std::error::Error;
use std::fmt::Write;
use std::fs;

use dateline::config::{Now, Overrides};
use dateline::ids::AnalysisId;
use dateline::site;

use super::Ranking;
use super::set::{Piece, Set};

/// What was found.
pub(crate) struct Found {
    pub(crate) ranking: Ranking,
    pub(crate) scores: Vec<Vec<f64>>,
}

/// Builds a site of a set, with its claims or with titles, days and texts alone.
pub(crate) fn of(set: &Set, with_claims: bool, weights: &[String]) -> Result<Found, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let root = folder.path();
    fs::create_dir_all(root.join("content/analyses"))?;
    let mut settings = "title = \"Set\"\nbase_url = \"https://example.org\"\n[related]\n".to_owned();
    for weight in weights {
        writeln!(settings, "{weight}")?;
    }
    fs::write(root.join("site.toml"), settings)?;
    for piece in &set.pieces {
        let path = root.join("content/analyses").join(format!("{}.md", piece.slug));
        fs::write(path, format!("+++\n{}+++\n{}\n", matter(piece, with_claims)?, piece.body))?;
    }
    let now = Now::parse("2027-01-01").map_err(|error| format!("{error:?}"))?;
    let opened = site::open(root, Overrides { now, drafts: false, base_url: None })?;
    let errors: Vec<&str> = opened
        .diagnostics
        .iter()
        .filter(|one| one.severity == dateline::diagnostic::Severity::Error)
        .map(|one| &*one.message)
        .collect();
    let site = opened.site.filter(|_| errors.is_empty()).ok_or_else(|| format!("{}: {errors:?}", set.name))?;
    let briefing = &site.briefing;
    let place: Vec<usize> = set
        .pieces
        .iter()
        .map(|piece| briefing.analyses.iter().position(|one| one.slug.value == piece.slug).ok_or("an analysis is gone"))
        .collect::<Result<_, _>>()?;
    let own = |at: &AnalysisId| place.iter().position(|known| *known == at.index());
    let related = briefing.related();
    let nearest = |at: &usize| related.nearest(AnalysisId::at(*at)).iter().filter_map(|(id, _)| own(id)).collect();
    let score = |a: usize, b: usize| {
        let shares = related.explain(&briefing.config.related.weights, AnalysisId::at(a), AnalysisId::at(b));
        shares.iter().map(|share| share.part as f64).sum::<f64>() / 16_777_216.0
    };
    Ok(Found {
        ranking: place.iter().map(nearest).collect(),
        scores: place.iter().map(|a| place.iter().map(|b| score(*a, *b)).collect()).collect(),
    })
}

/// Writes front matter.
fn matter(piece: &Piece, with_claims: bool) -> Result<String, Box<dyn Error>> {
    let mut text = format!("title = {:?}\ndate = {}\n", piece.title, piece.date);
    if with_claims {
        writeln!(text, "tags = {:?}\ncompanies = {:?}", piece.tags, piece.companies)?;
        text += &toml::to_string(&piece.matter)?;
    }
    Ok(text)
}
