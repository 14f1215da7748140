//! What the analyses of a corpus share: companies, events, works that several of them cite, and the calendar.

use std::collections::BTreeSet;
use std::iter;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::figure::Figure;
use super::random::Random;
use super::words::{self, Words};

const FIRST_DAY: Date = date(2016, 1, 4);
const DAYS: usize = 3_650;
const SUFFIXES: [&str; 6] = ["Labs", "Systems", "Group", "Robotics", "Networks", "Holdings"];

/// Analyses that share one work of `sources.toml`, on average.
const ANALYSES_A_WORK: usize = 20;

/// Everything that an analysis may refer to. Another analysis is known by its number alone.
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) words: Words,
    pub(crate) companies: Vec<Company>,
    pub(crate) events: Vec<Event>,
    count: usize,
    shares: Shares,
    works: Vec<String>,
    /// For each analysis, the event that it is about.
    leads: Vec<usize>,
    /// For each event, the first analysis about it.
    firsts: Vec<Option<usize>>,
}

/// A company of the corpus, or a unit of one.
pub(crate) struct Company {
    pub(crate) id: String,
    pub(crate) name: String,
    /// What people say for short, where the name has more than one word.
    pub(crate) alias: Option<String>,
    pub(crate) unit: Option<Box<Company>>,
}

/// Something that happened to a company, with the figure that analyses report of it.
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) company: usize,
    pub(crate) figure: Figure,
    pub(crate) day: Date,
}

impl World {
    pub(crate) fn new(count: usize, seed: u64) -> Self {
        let mut random = Random::stream(seed, usize::MAX);
        let words = Words::new(&mut random);
        let companies = companies(&mut random, company_count(count));
        let shares = Shares::new(companies.len());
        let events = events(&mut random, count, &companies, &shares);
        let works = works(&mut random, count, &words);
        let leads: Vec<usize> = (0..count).map(|number| (number / 2).saturating_sub(random.skewed(6))).collect();
        let mut firsts = vec![None; events.len()];
        for (number, lead) in leads.iter().enumerate() {
            firsts[*lead].get_or_insert(number);
        }
        Self { seed, words, companies, events, count, shares, works, leads, firsts }
    }

    /// Returns the day of an analysis: they are spread evenly over ten years.
    pub(crate) fn day(&self, number: usize) -> Date {
        day(number, self.count)
    }

    /// Returns the index of a company, the first ones far likelier than the last.
    pub(crate) fn company(&self, random: &mut Random) -> usize {
        self.shares.draw(random)
    }

    /// Returns the index of the event that an analysis is about.
    pub(crate) fn lead(&self, number: usize) -> usize {
        self.leads[number]
    }

    /// Returns the first analysis about an event.
    pub(crate) fn first_about(&self, event: usize) -> Option<usize> {
        self.firsts[event]
    }

    /// Returns the id of the shared work that analyses of that time cite.
    pub(crate) fn work(&self, number: usize) -> String {
        format!("w{}", number / ANALYSES_A_WORK)
    }

    /// Returns `content/sources.toml`.
    pub(crate) fn sources_toml(&self) -> String {
        self.works.join("\n")
    }

    /// Returns `content/events.toml`: every fourth event, for the others are used undeclared.
    pub(crate) fn events_toml(&self) -> String {
        let declared = self.events.iter().step_by(4).map(|event| {
            let Company { id, name, .. } = &self.companies[event.company];
            let metric = event.figure.metric().replace('-', " ");
            let Event { id: event, day, .. } = event;
            format!("[{event}]\nlabel = \"The {metric} at {name}\"\ndate = \"{day}\"\ncompany = \"{id}\"\n")
        });
        declared.collect::<Vec<_>>().join("\n")
    }
}

impl Company {
    /// Returns the company's file.
    pub(crate) fn document(&self) -> String {
        let name = &self.name;
        let aliases = self.alias.as_ref().map(|alias| format!("aliases = [\"{alias}\"]\n")).unwrap_or_default();
        format!("+++\nname = \"{name}\"\n{aliases}+++\n\n{name} is one of the companies that this briefing follows.\n")
    }
}

/// The cumulated shares of coverage, by a Zipf-like law with an exponent of three quarters.
///
/// Roots are exact in IEEE 754 and powers are not, so a power of ¾ is made of roots: the same bytes on every machine.
struct Shares(Vec<f64>);

impl Shares {
    fn new(count: usize) -> Self {
        let weights = (1..=count).map(|rank| 1.0 / (rank as f64).sqrt() / (rank as f64).sqrt().sqrt());
        let sums = weights.scan(0.0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self(sums.collect())
    }

    fn draw(&self, random: &mut Random) -> usize {
        let last = self.0.len() - 1;
        let mark = random.fraction() * self.0[last];
        self.0.partition_point(|sum| *sum <= mark).min(last)
    }
}

/// Returns N^0.6, at least 8; rounded, as a whole power such as 100,000's must not depend on the last bit.
fn company_count(analyses: usize) -> usize {
    ((analyses as f64).powf(0.6).round() as usize).max(8)
}

fn companies(random: &mut Random, count: usize) -> Vec<Company> {
    let mut taken = BTreeSet::new();
    let names: Vec<String> =
        iter::repeat_with(|| words::name(random)).filter(|name| taken.insert(name.clone())).take(count).collect();
    names.into_iter().enumerate().map(|(rank, name)| company(random, rank, name)).collect()
}

/// Returns the company of a rank: every fourth has a name of two words, every twelfth a unit.
fn company(random: &mut Random, rank: usize, stem: String) -> Company {
    let id = stem.to_ascii_lowercase();
    let unit = rank.is_multiple_of(12).then(|| {
        let (id, name) = (format!("{id}/cloud"), format!("{stem} Cloud"));
        Box::new(Company { id, name, alias: None, unit: None })
    });
    let (name, alias) = match rank % 4 {
        1 => (format!("{stem} {}", random.pick(&SUFFIXES)), Some(stem)),
        _ => (stem, None),
    };
    Company { id, name, alias, unit }
}

/// Returns an event for every two analyses, each in the week before the first that can be about it.
fn events(random: &mut Random, count: usize, companies: &[Company], shares: &Shares) -> Vec<Event> {
    let mut event = |number: usize| {
        let (company, figure) = (shares.draw(random), Figure::new(random));
        let id = format!("{}-{}-{number}", companies[company].id, figure.metric());
        let day = day(number * 2, count).saturating_sub((random.below(7) as i64).days());
        Event { id, company, figure, day }
    };
    (0..count.div_ceil(2)).map(&mut event).collect()
}

/// Returns the works of `sources.toml`, each as its table.
fn works(random: &mut Random, count: usize, words: &Words) -> Vec<String> {
    let mut work = |number: usize| {
        let topic = words.topic(random);
        let title = words::title(random, topic, 7);
        let published = day(number * ANALYSES_A_WORK, count).saturating_sub(7.days());
        format!(
            "[[sources]]\nid = \"w{number}\"\ntitle = \"{title}\"\npublisher = \"Registry\"\n\
             url = \"https://example.org/works/{number}\"\npublished = {published}\nkind = \"filing\"\nreliability = \"A\"\n"
        )
    };
    (0..count.div_ceil(ANALYSES_A_WORK)).map(&mut work).collect()
}

fn day(number: usize, count: usize) -> Date {
    FIRST_DAY.saturating_add(((number * DAYS / count.max(1)) as i64).days())
}
