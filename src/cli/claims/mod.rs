//! `dateline claims`.

mod explain;
mod list;
mod relations;

use clap::{Args, ValueEnum};

use super::terminal::report_to_people;
use super::{Failure, SiteArgs};
use crate::diagnostic::nearest;
use crate::ids::{ClaimId, CompanyId, MetricId};
use crate::link::Briefing;
use crate::text::fold;

/// Lists the claims of the whole publication, or what they are to each other.
#[derive(Debug, Args)]
pub(super) struct Claims {
    #[command(flatten)]
    site: SiteArgs,
    /// Only claims about this company and its units, by id or alias
    #[arg(long)]
    company: Option<String>,
    /// Only claims about this metric, by id or alias
    #[arg(long)]
    metric: Option<String>,
    /// Every pair of claims about one metric and company or its units
    #[arg(long, group = "what")]
    relations: bool,
    /// The pairs that disagree, worst first
    #[arg(long, group = "what")]
    conflicts: bool,
    /// One claim's sources, roots, event and what it meets, by `analysis-slug/claim-id`
    #[arg(long, value_name = "ID", group = "what")]
    explain: Option<String>,
    /// How they are printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// In columns
    Table,
    /// As one JSON object
    Json,
    /// As comma-separated values
    Csv,
}

impl Claims {
    pub(super) fn run(self) -> Result<(), Failure> {
        let opened = self.site.open()?;
        if opened.diagnostics.has_errors() {
            report_to_people(&opened.diagnostics, &self.site.root)?;
        }
        let Some(site) = opened.site else { return Err(Failure::Content) };
        self.print(&site.briefing)?;
        if opened.diagnostics.has_errors() { Err(Failure::Content) } else { Ok(()) }
    }

    fn print(&self, briefing: &Briefing) -> Result<(), Failure> {
        let chosen = Chosen::of(self, briefing)?;
        match &self.explain {
            Some(id) => explain::print(briefing, find_claim(briefing, id)?, &chosen, self.format),
            None if self.relations => relations::print_all(briefing, &chosen, self.format),
            None if self.conflicts => relations::print_conflicts(briefing, &chosen, self.format),
            None => {
                let all = (0..briefing.claims.len()).map(ClaimId::at);
                list::print(briefing, all.filter(|id| chosen.has(*id)), self.format)
            }
        }
    }
}

/// The claims that are wanted.
struct Chosen<'b> {
    briefing: &'b Briefing,
    company: Option<CompanyId>,
    metric: Option<MetricId>,
}

impl<'b> Chosen<'b> {
    /// Understands `--company` and `--metric`.
    fn of(args: &Claims, briefing: &'b Briefing) -> Result<Self, Failure> {
        let company = args.company.as_deref().map(|name| find_company(briefing, name)).transpose()?;
        let metric = args.metric.as_deref().map(|name| find_metric(briefing, name)).transpose()?;
        Ok(Self { briefing, company, metric })
    }

    /// Tells whether a claim is wanted; those of a company's units are.
    fn has(&self, id: ClaimId) -> bool {
        let links = &self.briefing.claim_links[id.index()];
        let in_line = |of| links.company.is_some_and(|own| self.briefing.lineage(own).any(|id| id == of));
        self.company.is_none_or(in_line) && self.metric.is_none_or(|metric| links.metric == Some(metric))
    }
}

fn find_claim(briefing: &Briefing, path: &str) -> Result<ClaimId, Failure> {
    let paths: Vec<String> = (0..briefing.claims.len()).map(|at| briefing.claim_path(ClaimId::at(at))).collect();
    let found = paths.iter().position(|known| known == path).map(ClaimId::at);
    found.ok_or_else(|| unknown("claim", path, paths.iter().map(String::as_str)))
}

fn find_company(briefing: &Briefing, name: &str) -> Result<CompanyId, Failure> {
    let wanted = fold(name);
    let by_id = briefing.companies.iter().position(|company| fold(&company.id) == wanted);
    let found = by_id.or_else(|| {
        briefing.companies.iter().position(|company| {
            fold(&company.name.value) == wanted || company.aliases.iter().any(|alias| fold(&alias.text.value) == wanted)
        })
    });
    let known = || briefing.companies.iter().map(|company| company.id.as_str());
    found.map(CompanyId::at).ok_or_else(|| unknown("company", name, known()))
}

fn find_metric(briefing: &Briefing, name: &str) -> Result<MetricId, Failure> {
    let known = || briefing.metrics.iter().map(|metric| metric.id.as_str());
    briefing.metric_named(name).ok_or_else(|| unknown("metric", name, known()))
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let hint = nearest(name, known).map_or_else(String::new, |near| format!("\nhelp: did you mean `{near}`?"));
    Failure::Usage(format!("there is no {what} `{name}`{hint}"))
}
