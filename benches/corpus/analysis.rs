//! One analysis: its front matter, table by table, and then its prose.

use std::fmt::{self, Write};

use jiff::ToSpan;
use jiff::civil::Date;

use super::NOW;
use super::figure::Figure;
use super::prose::Desk;
use super::random::Random;
use super::words;
use super::world::{Company, Event, World};

const TAGS: [&str; 12] = [
    "capex",
    "talent",
    "layoffs",
    "security",
    "regulation",
    "chips",
    "open-source",
    "pricing",
    "cloud",
    "agents",
    "safety",
    "markets",
];
const PUBLISHERS: [(&str, &str, &str); 5] = [
    ("Wire", "press", "B"),
    ("Gazette", "press", "C"),
    ("Filing", "filing", "A"),
    ("Press office", "statement", "B"),
    ("Institute", "report", "B"),
];

/// What the prose may say of a claim.
pub(crate) struct Claim {
    pub(crate) id: String,
    pub(crate) value: String,
}

/// A claim as it is drawn, before its date, source and status.
struct Statement<'a> {
    company: &'a Company,
    event: Option<&'a Event>,
    figure: Figure,
}

/// Returns the name of an analysis's file, without its ending.
pub(crate) fn slug(number: usize) -> String {
    format!("analysis-{number:06}")
}

/// Returns the whole file of an analysis.
pub(crate) fn document(world: &World, number: usize) -> Result<String, fmt::Error> {
    let mut random = Random::stream(world.seed, number);
    let random = &mut random;
    let topic = world.words.topic(random);
    let companies = companies(random, world, number);
    let mut draft = Draft { world, number, day: world.day(number), topic, out: String::with_capacity(10_000) };
    draft.out.push_str("+++\n");
    draft.head(random, &companies)?;
    let sources = draft.sources(random)?;
    let claims = draft.claims(random, &companies, &sources)?;
    draft.prediction(random, &sources)?;
    draft.signal(random)?;
    draft.action(random)?;
    draft.correction(random)?;
    let mut out = draft.out;
    out.push_str("+++\n");
    Desk { world, number, topic, companies: &companies, claims: &claims }.body(random, &mut out)?;
    Ok(out)
}

/// Returns the companies of an analysis: that of its event, and one to three others.
fn companies(random: &mut Random, world: &World, number: usize) -> Vec<usize> {
    let mut companies = vec![world.events[world.lead(number)].company];
    for _ in 0..random.within(1..=3) {
        let company = world.company(random);
        if !companies.contains(&company) {
            companies.push(company);
        }
    }
    companies
}

/// Front matter in the making.
struct Draft<'a> {
    world: &'a World,
    number: usize,
    day: Date,
    topic: &'a [String],
    out: String,
}

impl<'a> Draft<'a> {
    fn head(&mut self, random: &mut Random, companies: &[usize]) -> fmt::Result {
        let companies: Vec<&str> = companies.iter().map(|index| self.world.companies[*index].id.as_str()).collect();
        writeln!(self.out, "title = \"{}\"\ndate = {}", words::title(random, self.topic, 6), self.day)?;
        writeln!(self.out, "companies = {companies:?}\ntags = {:?}", random.sample(&TAGS, 3))?;
        writeln!(self.out, "summary = \"{}\"", self.sentence(random))?;
        if random.chance(33) {
            writeln!(self.out, "why_it_matters = \"{}\"", self.sentence(random))?;
        }
        writeln!(self.out, "take = \"{}\"", self.sentence(random))?;
        if random.chance(50) {
            let takeaways: Vec<String> = (0..random.within(2..=3)).map(|_| self.sentence(random)).collect();
            writeln!(self.out, "takeaways = {takeaways:?}")?;
        }
        Ok(())
    }

    /// Writes two or three sources and returns their ids; many repeat the one before, or a work that others cite too.
    fn sources(&mut self, random: &mut Random) -> Result<Vec<String>, fmt::Error> {
        let mut ids: Vec<String> = Vec::new();
        for place in 0..random.within(2..=3) {
            let (publisher, kind, reliability) = random.pick(&PUBLISHERS);
            let id = format!("s{}-{place}", self.number);
            let title = words::title(random, self.topic, 7);
            let published = self.earlier(random, 20);
            writeln!(self.out, "\n[[sources]]\nid = \"{id}\"\ntitle = \"{title}\"\npublisher = \"{publisher}\"")?;
            writeln!(self.out, "url = \"https://example.org/{}/{place}\"\npublished = {published}", self.number)?;
            writeln!(self.out, "kind = \"{kind}\"\nreliability = \"{reliability}\"")?;
            if random.chance(40) {
                let via = ids.last().cloned().unwrap_or_else(|| self.world.work(self.number));
                writeln!(self.out, "via = \"{via}\"")?;
            }
            ids.push(id);
        }
        Ok(ids)
    }

    /// Writes three to five claims, and one more about the unit where the event's company has one.
    fn claims(
        &mut self,
        random: &mut Random,
        companies: &[usize],
        sources: &[String],
    ) -> Result<Vec<Claim>, fmt::Error> {
        let statements = self.statements(random, companies);
        let mut claims = Vec::new();
        for statement in statements {
            let claim = Claim { id: format!("c{}", claims.len() + 1), value: statement.figure.worded(random) };
            self.claim(random, &claim, &statement, sources)?;
            claims.push(claim);
        }
        Ok(claims)
    }

    /// Returns what is claimed: the event first, then now and then another event of that time, then whatever else.
    fn statements(&self, random: &mut Random, companies: &[usize]) -> Vec<Statement<'a>> {
        let world = self.world;
        let lead = world.lead(self.number);
        let other = lead.saturating_sub(random.within(1..=12));
        let mut events = vec![lead];
        if other != lead && random.chance(40) {
            events.push(other);
        }
        let mut statements = Vec::new();
        for event in events.into_iter().map(|index| &world.events[index]) {
            let company = &world.companies[event.company];
            statements.push(Statement { company, event: Some(event), figure: event.figure });
            if let (Some(unit), true) = (&company.unit, random.chance(25)) {
                statements.push(Statement { company: unit, event: Some(event), figure: event.figure.part(random) });
            }
        }
        for _ in statements.len()..random.within(3..=5) {
            let company = &world.companies[*random.pick(companies)];
            statements.push(Statement { company, event: None, figure: Figure::new(random) });
        }
        statements
    }

    fn claim(
        &mut self,
        random: &mut Random,
        claim: &Claim,
        statement: &Statement<'_>,
        sources: &[String],
    ) -> fmt::Result {
        let Statement { company, event, figure } = statement;
        writeln!(self.out, "\n[[claims]]\nid = \"{}\"\ntext = \"{}\"", claim.id, self.sentence(random))?;
        writeln!(self.out, "company = \"{}\"\nmetric = \"{}\"", company.id, figure.metric())?;
        writeln!(self.out, "value = \"{}\"", claim.value)?;
        match event {
            Some(event) => writeln!(self.out, "event = \"{}\"\ndate = \"{}\"", event.id, event.day)?,
            None => writeln!(self.out, "date = \"{}\"", self.edtf(random))?,
        }
        if event.is_none() && figure.is_money() && random.chance(30) {
            writeln!(
                self.out,
                "scenario = \"{}\"",
                random.pick(&["guidance", "guidance", "plan", "estimate", "target"])
            )?;
        }
        let cited = random.within(1..=2);
        let mut cited = random.sample(sources, cited);
        let work = self.world.work(self.number);
        if random.chance(10) {
            cited.push(&work);
        }
        writeln!(self.out, "sources = {cited:?}")?;
        self.standing(random, claim, *event)
    }

    /// Writes what is thought of a claim: whose it is, its status, the editor's confidence, and the older one it replaces.
    fn standing(&mut self, random: &mut Random, claim: &Claim, event: Option<&Event>) -> fmt::Result {
        if random.chance(30) {
            writeln!(self.out, "attribution = \"per {}\"", random.pick(&PUBLISHERS).0)?;
        }
        match random.below(100) {
            0..15 => writeln!(self.out, "status = \"confirmed\"")?,
            15..18 => writeln!(self.out, "status = \"disputed\"")?,
            18..19 => writeln!(self.out, "status = \"retracted\"")?,
            _ => {}
        }
        if random.chance(40) {
            writeln!(self.out, "confidence = \"{}\"", random.pick(&["low", "moderate", "high"]))?;
        }
        let first = self.world.first_about(self.world.lead(self.number));
        match first.filter(|first| *first < self.number && event.is_some() && claim.id == "c1" && random.chance(20)) {
            Some(first) => writeln!(self.out, "supersedes = [\"{}/c1\"]", slug(first)),
            None => Ok(()),
        }
    }

    /// Writes the forecast; two thirds of those that are over have been resolved.
    fn prediction(&mut self, random: &mut Random, sources: &[String]) -> fmt::Result {
        let due = self.day.saturating_add(540.days());
        writeln!(self.out, "\n[[predictions]]\nid = \"p1\"\ntext = \"{}\"", self.sentence(random))?;
        match random.chance(80) {
            true => writeln!(self.out, "probability = {}", random.pick(&["0.55", "0.7", "0.8", "0.9"]))?,
            false => writeln!(self.out, "likelihood = \"{}\"", random.pick(&["unlikely", "likely", "very likely"]))?,
        }
        writeln!(self.out, "made = {}\ndue = {due}\ncriteria = [\"{}\"]", self.day, self.sentence(random))?;
        writeln!(self.out, "evidence = [\"c1\"]")?;
        if due.to_string().as_str() < NOW && random.chance(66) {
            let outcome = random.pick(&["yes", "yes", "no", "ambiguous"]);
            writeln!(
                self.out,
                "resolution = {{ outcome = \"{outcome}\", date = {due}, source = \"{}\" }}",
                random.pick(sources)
            )?;
        }
        Ok(())
    }

    fn signal(&mut self, random: &mut Random) -> fmt::Result {
        if self.number % 4 != 1 {
            return Ok(());
        }
        writeln!(
            self.out,
            "\n[[signals]]\ntext = \"{}\"\nmetric = \"{}\"",
            self.sentence(random),
            Figure::new(random).metric()
        )?;
        writeln!(self.out, "next = {}\nbears_on = [\"p1\"]", self.day.saturating_add(90.days()))
    }

    fn action(&mut self, random: &mut Random) -> fmt::Result {
        if self.number % 6 != 2 {
            return Ok(());
        }
        let audience = random.pick(&["Investors", "Engineers", "Job seekers"]);
        writeln!(
            self.out,
            "\n[[actions]]\naudience = \"{audience}\"\ntext = \"{}\"\ndue = \"30 days\"",
            self.sentence(random)
        )
    }

    fn correction(&mut self, random: &mut Random) -> fmt::Result {
        if self.number % 20 != 3 {
            return Ok(());
        }
        let [was, now, why] = [(); 3].map(|()| self.sentence(random));
        writeln!(self.out, "\n[[corrections]]\ndate = {}\nwas = \"{was}\"\nnow = \"{now}\"\nwhy = \"{why}\"", self.day)
    }

    fn sentence(&self, random: &mut Random) -> String {
        self.world.words.sentence(random, self.topic, None)
    }

    /// Returns a day up to that many days before the analysis.
    fn earlier(&self, random: &mut Random, days: usize) -> Date {
        self.day.saturating_sub((random.within(0..=days) as i64).days())
    }

    /// Returns a date of the last months, as exactly as the claim knows it: mostly a day, else a month, a quarter or a year.
    fn edtf(&self, random: &mut Random) -> String {
        let day = self.earlier(random, 200);
        let (year, quarter) = (day.year(), (day.month() - 1) / 3);
        match random.below(10) {
            0 => format!("{year}-{:02}", day.month()),
            1 => format!("{year}"),
            2 => format!("{year}~"),
            3 => format!("{year}-{:02}/{year}-{:02}", quarter * 3 + 1, quarter * 3 + 3),
            _ => day.to_string(),
        }
    }
}
