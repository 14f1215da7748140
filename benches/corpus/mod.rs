//! A made-up briefing of any size, for measuring and for tests at scale.
//!
//! [`write`] makes a whole site: N analyses of about 900 words, each with three to six claims, two or three sources and a
//! forecast, every tenth with code, about N^0.6 companies whose shares of the coverage follow Zipf's law. The format is
//! used as a busy desk would use it: events that several analyses report, sources that repeat one another, claims that
//! supersede older ones, guidance beside actuals, units under companies, and companies named in passing in the prose.
//!
//! The same N and seed give the same bytes. Each analysis draws from a stream of its own, so they are written in parallel
//! and in any order; what they share is settled beforehand in [`World`].
//!
//! ```text
//! OUT/site.toml
//! OUT/content/{sources,events}.toml
//! OUT/content/companies/<id>.md            and <id>/cloud.md, a unit of every twelfth
//! OUT/content/analyses/analysis-000000.md  …
//! ```

mod analysis;
mod figure;
mod prose;
mod random;
mod words;
mod world;

use std::fs;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use world::World;

/// The seed of a corpus that nobody chose another for.
pub(crate) const SEED: u64 = 7;

/// The day that the corpus is built for: one after its last analysis, so that old forecasts are due and new ones are not.
pub(crate) const NOW: &str = "2026-01-01";

const SITE: &str = "title = \"The Synthetic Briefing\"\nbase_url = \"https://example.org\"\n";

/// Writes a site of `count` analyses into the new folder `out`.
///
/// # Errors
/// Where `out` already exists, or cannot be written.
pub(crate) fn write(out: &Path, count: usize, seed: u64) -> io::Result<()> {
    let world = World::new(count, seed);
    let content = out.join("content");
    fs::create_dir(out)?;
    fs::create_dir_all(content.join("analyses"))?;
    fs::write(out.join("site.toml"), SITE)?;
    fs::write(content.join("sources.toml"), world.sources_toml())?;
    fs::write(content.join("events.toml"), world.events_toml())?;
    write_companies(&world, &content.join("companies"))?;
    (0..count).into_par_iter().try_for_each(|number| {
        let text = analysis::document(&world, number).map_err(io::Error::other)?;
        fs::write(content.join("analyses").join(analysis::slug(number) + ".md"), text)
    })
}

fn write_companies(world: &World, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for company in &world.companies {
        fs::write(folder.join(format!("{}.md", company.id)), company.document())?;
        if let Some(unit) = &company.unit {
            fs::create_dir(folder.join(&company.id))?;
            fs::write(folder.join(format!("{}.md", unit.id)), unit.document())?;
        }
    }
    Ok(())
}
