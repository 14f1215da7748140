//! Corrections: what an analysis said, what is right, and why.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Reader;
use crate::load::Written;
use crate::value::Day;

/// A correction as an author writes it in `[[corrections]]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "A correction", extend("additionalProperties" = false))]
pub struct CorrectionMatter {
    /// The day of the correction.
    date: Written,
    /// What the analysis said.
    was: String,
    /// What it says now.
    now: String,
    /// Why.
    #[serde(default)]
    why: Option<String>,
}

/// A correction.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The day of it.
    pub day: Day,
    /// What the analysis said.
    pub was: String,
    /// What it says now.
    pub now: String,
    /// Why.
    pub why: Option<String>,
}

impl CorrectionMatter {
    /// Understands a correction; one without a sound day is reported and left out.
    pub fn read(self, reader: &mut Reader) -> Option<Correction> {
        let day = reader.day(&self.date)?.value;
        Some(Correction { day, was: self.was, now: self.now, why: self.why })
    }
}
