//! What companies and people are tied to: wholes and parts, employers, analyses and claims.

use super::circles::on_circles;
use super::directory::{Directory, LEVELS};
use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::ids::{AnalysisId, ClaimId, CompanyId, PersonId};
use crate::link::{AnalysisLinks, ClaimLinks, CompanyLinks, PersonLinks};
use crate::model::Company;

impl Directory {
    /// Ties companies to their parents, units, people and analyses.
    pub(super) fn link_companies(
        &mut self,
        analyses: &[AnalysisLinks],
        claims: &[ClaimLinks],
        diagnostics: &mut Diagnostics,
    ) -> Vec<CompanyLinks> {
        let parents = self.parents(diagnostics);
        let mut links = vec![CompanyLinks::default(); self.companies.len()];
        for (index, parent) in parents.into_iter().enumerate() {
            links[index].parent = parent.map(CompanyId::at);
            if let Some(parent) = parent {
                links[parent].units.push(CompanyId::at(index));
            }
        }
        for (index, analysis) in analyses.iter().enumerate() {
            for company in &analysis.companies {
                links[company.index()].analyses.push(AnalysisId::at(index));
            }
        }
        for (index, claim) in claims.iter().enumerate() {
            if let Some(company) = claim.company {
                links[company.index()].claims.push(ClaimId::at(index));
            }
        }
        for (index, person) in self.people.iter().enumerate() {
            let employer = person.company.as_ref().and_then(|name| self.company_names.one(&name.value));
            if let Some(company) = employer {
                links[company.index()].people.push(PersonId::at(index));
            }
        }
        links
    }

    /// Finds what every company is a part of; lines upwards end, and are no longer than the levels allowed.
    fn parents(&mut self, diagnostics: &mut Diagnostics) -> Vec<Option<usize>> {
        let employers: Vec<_> = self.people.iter().map(|p| (p.company.clone(), p.origin.clone())).collect();
        for (name, origin) in employers {
            if let Some((name, origin)) = name.zip(origin) {
                self.company_at(&name, &origin.file, diagnostics);
            }
        }
        let declared: Vec<_> = self.companies.iter().map(|c| (c.part_of.clone(), c.origin.clone())).collect();
        let mut wholes: Vec<Option<CompanyId>> = Vec::with_capacity(declared.len());
        for (part_of, origin) in declared {
            wholes.push(part_of.zip(origin).and_then(|(name, at)| self.company_at(&name, &at.file, diagnostics)));
        }
        wholes.resize(self.companies.len(), None);
        let folder = |company: &Company| self.company_names.one(company.id.rsplit_once('/')?.0);
        let pairs = wholes.into_iter().zip(&self.companies);
        let mut parents: Vec<_> =
            pairs.map(|(whole, company)| whole.or_else(|| folder(company)).map(CompanyId::index)).collect();
        for company in on_circles(&parents) {
            parents[company] = None;
            let message = format!("`{}` is a part of itself", shown(&self.companies[company].id));
            let error = Diagnostic::error("part-of-itself", message);
            diagnostics.push(self.at_parent(company, error.help("change `part_of` in one of its parts")));
        }
        for company in cut_deep(&mut parents) {
            let message = format!("`{}` stands more than {LEVELS} levels deep", shown(&self.companies[company].id));
            diagnostics.push(self.at_parent(company, Diagnostic::error("bad-id", message)));
        }
        parents
    }

    /// Places a diagnostic where a company's file says what it is a part of.
    fn at_parent(&self, company: usize, diagnostic: Diagnostic) -> Diagnostic {
        let company = &self.companies[company];
        let span = company.part_of.as_ref().map_or(company.name.span, |name| name.span);
        Diagnostic { place: company.origin.as_ref().map(|origin| origin.place(span)), ..diagnostic }
    }

    /// Ties people to their companies, analyses and claims.
    pub(super) fn link_people(&self, analyses: &[AnalysisLinks], claims: &[ClaimLinks]) -> Vec<PersonLinks> {
        let mut links = vec![PersonLinks::default(); self.people.len()];
        for (person, links) in self.people.iter().zip(&mut links) {
            links.company = person.company.as_ref().and_then(|name| self.company_names.one(&name.value));
        }
        for (index, analysis) in analyses.iter().enumerate() {
            for person in &analysis.people {
                links[person.index()].analyses.push(AnalysisId::at(index));
            }
        }
        for (index, claim) in claims.iter().enumerate() {
            if let Some(person) = claim.person {
                links[person.index()].claims.push(ClaimId::at(index));
            }
        }
        links
    }
}

/// Cuts lines upwards that are longer than the levels allowed, and tells where; circles are cut before.
///
/// Where a line is cut, a new one starts, and each company's level is found once.
fn cut_deep(parents: &mut [Option<usize>]) -> Vec<usize> {
    let mut levels = vec![0_usize; parents.len()];
    let mut cut = Vec::new();
    let mut path = Vec::new();
    for start in 0..parents.len() {
        let mut at = Some(start);
        while let Some(company) = at.filter(|company| levels[*company] == 0) {
            path.push(company);
            at = parents[company];
        }
        let mut above = at.map_or(0, |company| levels[company]);
        while let Some(company) = path.pop() {
            if above == LEVELS {
                parents[company] = None;
                cut.push(company);
                above = 0;
            }
            above += 1;
            levels[company] = above;
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_upwards_is_cut_below_the_eighth_level() {
        let mut parents: Vec<Option<usize>> = (0..20_usize).map(|at| at.checked_sub(1)).collect();
        assert_eq!(cut_deep(&mut parents), [8, 16]);
        assert_eq!(parents[8], None);
        assert_eq!(parents[9], Some(8));
        let mut upwards: Vec<Option<usize>> = (1..8).map(Some).chain([None]).collect();
        assert!(cut_deep(&mut upwards).is_empty());
    }
}
