//! The body of an analysis: headings, paragraphs, tables, lists, quotes, links and code.

use std::fmt::{self, Write};

use super::analysis::{Claim, slug};
use super::random::Random;
use super::words;
use super::world::World;

const CODE: [&str; 3] = [
    "```rust\nfn main() {\n    let total: u64 = (1..=10).map(|n| n * n).sum();\n    println!(\"{total}\");\n}\n```",
    "```python\ndef headcount(rows):\n    return sum(r[\"roles\"] for r in rows if r[\"status\"] == \"confirmed\")\n```",
    "```json\n{\"company\": \"acme\", \"roles\": 8000, \"confirmed\": false}\n```",
];

/// What the prose of one analysis is written from.
pub(crate) struct Desk<'a> {
    pub(crate) world: &'a World,
    pub(crate) number: usize,
    pub(crate) topic: &'a [String],
    /// The companies that the analysis is about, by index.
    pub(crate) companies: &'a [usize],
    pub(crate) claims: &'a [Claim],
}

impl Desk<'_> {
    /// Writes four to six sections, and a listing under every tenth analysis.
    pub(crate) fn body(&self, random: &mut Random, out: &mut String) -> fmt::Result {
        for _ in 0..random.within(4..=6) {
            writeln!(out, "\n## {}", words::title(random, self.topic, 4))?;
            for _ in 0..random.within(2..=3) {
                writeln!(out, "\n{}", self.paragraph(random))?;
            }
            self.extra(random, out)?;
        }
        if self.number.is_multiple_of(10) {
            writeln!(out, "\n{}", random.pick(&CODE))?;
        }
        Ok(())
    }

    /// Returns three to five sentences: some begin in bold, some end on a figure that is tied to its claim.
    fn paragraph(&self, random: &mut Random) -> String {
        let sentences: Vec<String> = (0..random.within(3..=5)).map(|_| self.sentence(random)).collect();
        let mut paragraph = sentences.join(" ");
        if let (true, Some((first, rest))) = (random.chance(30), paragraph.split_once(' ')) {
            paragraph = format!("**{first}** {rest}");
        }
        if random.chance(12) {
            let Claim { id, value } = random.pick(self.claims);
            paragraph.push_str(&match random.chance(70) {
                true => format!(" The figure is [{value}](claim:{id})."),
                false => format!(" The figure is [](claim:{id})."),
            });
        }
        paragraph
    }

    /// Returns a sentence; every ninth names a company in passing, mostly one that the analysis is about.
    fn sentence(&self, random: &mut Random) -> String {
        let name = random.chance(11).then(|| self.name(random));
        self.world.words.sentence(random, self.topic, name)
    }

    fn name(&self, random: &mut Random) -> &str {
        let index = match random.chance(80) {
            true => *random.pick(self.companies),
            false => self.world.company(random),
        };
        let company = &self.world.companies[index];
        match (&company.alias, &company.unit) {
            (Some(alias), _) if random.chance(50) => alias,
            (_, Some(unit)) if random.chance(25) => &unit.name,
            _ => &company.name,
        }
    }

    /// Writes what ends about every third section: a link back, a table, a list or a quotation.
    fn extra(&self, random: &mut Random, out: &mut String) -> fmt::Result {
        match random.below(100) {
            0..10 if self.number > 5 => writeln!(out, "\nSee {} for the earlier reading.", self.link(random)),
            10..18 => table(random, out),
            18..26 => {
                let mut mark = "\n- ";
                for _ in 0..4 {
                    writeln!(out, "{mark}{}", self.sentence(random))?;
                    mark = "- ";
                }
                Ok(())
            }
            26..30 => writeln!(out, "\n> {}", self.sentence(random)),
            _ => Ok(()),
        }
    }

    /// Returns a link to an earlier analysis, to a claim of it, or to a company, in one of the ways to write it.
    fn link(&self, random: &mut Random) -> String {
        let earlier = slug(random.below(self.number));
        match random.below(8) {
            0..4 => format!("[an earlier note]({earlier}.md)"),
            4..6 => format!("[[{earlier}]]"),
            6 => format!("[the first figure](claim:{earlier}/c1)"),
            _ => format!("[[{}|the company's page]]", self.world.companies[*random.pick(self.companies)].id),
        }
    }
}

fn table(random: &mut Random, out: &mut String) -> fmt::Result {
    out.push_str("\n| Quarter | Roles | Share |\n|---|---:|---:|\n");
    for quarter in 1..=4 {
        writeln!(out, "| Q{quarter} | {} | {}% |", random.within(10..=900), random.within(1..=60))?;
    }
    Ok(())
}
