//! The ledger of forecasts: what each of them said when its site was first built with it.
//!
//! A forecast proves something only if it was not written to fit what came. The ledger keeps a seal for each, in a file
//! that is committed with the site, so that history shows when a line of it was changed:
//!
//! ```text
//! # comments, and one line a forecast, by its id
//! cuts-in-may/second-plant 2026-05-06 2026-05-06 3f0c…  id, day made, day sealed, fingerprint
//! ```

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::Prediction;
use crate::diagnostic::{Diagnostic, Diagnostics, shown};
use crate::text::{Place, Span};
use crate::value::Day;

/// The ledger's file, at the site's root.
pub const LEDGER_FILE: &str = "forecasts.lock";

/// What the file begins with.
const HEADING: &str = "\
# What each forecast said when the site was first built with it. `dateline build` adds lines; commit this file.
# A line: the forecast's id, the day it was made, the day it was sealed, and a fingerprint of what it said.
";

/// A digest of what a forecast says: the first 128 bits of a BLAKE3 hash.
///
/// It covers the text, the criteria in any order, the condition, the date due, and the first probability or word of
/// likelihood. Spaces, line breaks and the spelling of a composed letter do not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(u128);

/// What is on record of one forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seal {
    /// The day that it was said to be made on.
    pub made: Day,
    /// The day of the build that put it on record; much later than `made`, it proves little.
    pub sealed: Day,
    /// What it said.
    pub fingerprint: Fingerprint,
}

/// The seals of a site's forecasts by their ids, `analysis-slug/id`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger(BTreeMap<String, Seal>);

impl Ledger {
    /// Reads a ledger; a line that is none, or a second one for the same forecast, is an error at its place.
    pub fn parse(text: &str) -> (Self, Diagnostics) {
        let (mut ledger, mut diagnostics) = (Self::default(), Diagnostics::new());
        let file: Arc<str> = Arc::from(LEDGER_FILE);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let (from, written) = (start, line.trim_end());
            start += line.len();
            if written.is_empty() || written.starts_with('#') {
                continue;
            }
            let place = || Place::new(&file, Span::new(from, from + written.len()));
            let Some((id, seal)) = read_line(written) else {
                let error = Diagnostic::error("forecast-ledger", "this is no line of a ledger of forecasts");
                let help = "a line is `analysis-slug/id MADE SEALED FINGERPRINT`; take it from an earlier version";
                diagnostics.push(error.at(place()).help(help));
                continue;
            };
            match ledger.0.entry(id.to_owned()) {
                Entry::Vacant(entry) => drop(entry.insert(seal)),
                Entry::Occupied(_) => {
                    let error = Diagnostic::error("forecast-ledger", format!("a second line for `{}`", shown(id)));
                    diagnostics.push(error.at(place()).help("keep the line that was sealed first"));
                }
            }
        }
        (ledger, diagnostics)
    }

    /// Gives the seal of a forecast.
    pub fn get(&self, id: &str) -> Option<&Seal> {
        self.0.get(id)
    }

    /// Puts a forecast on record.
    pub fn insert(&mut self, id: String, seal: Seal) {
        self.0.insert(id, seal);
    }

    /// Counts the forecasts on record.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Tells whether nothing is on record.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Reads `id made sealed fingerprint`; an id may have spaces, as a slug may.
fn read_line(line: &str) -> Option<(&str, Seal)> {
    let mut parts = line.rsplitn(4, ' ');
    let (fingerprint, sealed, made, id) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let sound = fingerprint.len() == 32 && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
    let fingerprint = u128::from_str_radix(fingerprint, 16).ok().filter(|_| sound && id.contains('/'))?;
    let seal = Seal { made: made.parse().ok()?, sealed: sealed.parse().ok()?, fingerprint: Fingerprint(fingerprint) };
    Some((id, seal))
}

/// Writes the whole file, its lines in the order of the ids, so that two branches that add lines merge.
impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HEADING)?;
        for (id, Seal { made, sealed, fingerprint: Fingerprint(print) }) in &self.0 {
            writeln!(f, "{id} {made} {sealed} {print:032x}")?;
        }
        Ok(())
    }
}

impl Fingerprint {
    /// Sums up what a forecast says.
    pub fn of(prediction: &Prediction) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut field = |name: &str, said: &str| {
            let said = said.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
            // Lengths keep a text from posing as two fields.
            hasher.update(format!("{name} {} {said}\n", said.len()).as_bytes());
        };
        let mut criteria: Vec<&str> = prediction.criteria.iter().map(String::as_str).collect();
        criteria.sort_unstable();
        field("text", &prediction.text);
        criteria.into_iter().for_each(|criterion| field("criterion", criterion));
        field("condition", prediction.condition.as_deref().unwrap_or_default());
        field("due", prediction.due.as_ref().map_or("", |due| due.as_str()));
        field("probability", &prediction.probability.map(|p| p.amount().to_string()).unwrap_or_default());
        field("likelihood", prediction.likelihood.map_or("", |likelihood| likelihood.as_str()));
        let bytes = hasher.finalize();
        Self(bytes.as_bytes().iter().take(16).fold(0, |sum, byte| sum << 8 | u128::from(*byte)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "a b/c-1 2026-05-06 2026-05-07 00000000000000000000000000000aff";

    #[test]
    fn a_ledger_is_read_as_it_is_written() {
        let (ledger, found) = Ledger::parse(&format!("# a comment\r\n\r\n{LINE}\r\n"));
        assert_eq!(found.iter().count(), 0);
        let seal = ledger.get("a b/c-1").expect("a seal");
        assert_eq!((seal.made.to_string(), seal.sealed.to_string()), ("2026-05-06".into(), "2026-05-07".into()));
        assert_eq!(ledger.to_string(), format!("{HEADING}{LINE}\n"));
        assert_eq!(Ledger::parse(&ledger.to_string()).0, ledger);
    }

    #[test]
    fn what_is_no_line_is_told_at_its_place() {
        let short = LINE.replace("00aff", "aff");
        for (text, start) in [
            ("<<<<<<< HEAD\n".to_owned(), 0),
            (format!("\n{short}"), 1),
            (format!("{LINE}\n{LINE}"), LINE.len() + 1),
            (LINE.replace("2026-05-07", "2026-02-30"), 0),
            (LINE.replace('/', "-"), 0),
        ] {
            let (_, found) = Ledger::parse(&text);
            let starts: Vec<_> = found.iter().filter_map(|one| Some(one.place.as_ref()?.span.start)).collect();
            assert_eq!(starts, [u32::try_from(start).expect("small")], "{text}");
        }
    }
}
