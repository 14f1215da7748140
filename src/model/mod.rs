//! Each document by itself, as its author meant it: typed, with its values parsed and its places kept.
//!
//! Every concept has one file with two shapes: what is written (`…Matter`, from which the JSON Schemas come too)
//! and what it means. Nothing here knows another document; names stay names until `link` resolves them.

mod action;
mod alias;
mod analysis;
mod audit;
mod claim;
mod company;
mod corpus;
mod correction;
mod event;
mod ledger;
mod metric;
mod own_ids;
mod page;
mod person;
mod prediction;
mod reader;
mod signal;
mod source;
mod spoken;

pub use action::{Action, ActionMatter};
pub use alias::{Alias, AliasMatter};
pub use analysis::{Analysis, AnalysisMatter, FigureOk};
pub use audit::{Borrowed, UNBACKED_FIGURE, Unbacked, audit, unbacked_figure};
pub use claim::{Claim, ClaimMatter, Confidence, Scenario, Status, Tie, TieKind};
pub use company::{Company, CompanyKind, CompanyMatter};
pub use corpus::{Corpus, Document, DocumentKind, Role, join, read_document, role, stray, too_many_names};
pub use correction::{Correction, CorrectionMatter};
pub use event::{Event, EventMatter};
pub use ledger::{Fingerprint, LEDGER_FILE, Ledger, Seal};
pub use metric::{Metric, MetricMatter, built_in_metrics};
pub use own_ids::repeats;
pub use page::{Page, PageMatter};
pub use person::{Person, PersonMatter};
pub use prediction::{Outcome, Prediction, PredictionMatter, Resolution, Revision};
pub use reader::{HIDDEN, Reader, slugify, unsafe_path};
pub use signal::{Reading, Signal, SignalMatter};
pub use source::{Reliability, SOURCES_FILE, Source, SourceKind, SourceMatter, SourcesMatter};
pub use spoken::{Named, RESERVED_IDS, Spoken};

use std::sync::Arc;

use crate::prose::Outline;
use crate::text::{Place, Span};

/// Where a document is, and where its prose begins in it.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The path relative to the site's root.
    pub file: Arc<str>,
    /// The first byte of the prose.
    pub body_start: u32,
    /// A hash of the file's bytes, so that an unchanged page is not made again.
    pub hash: u128,
    /// A hash of the bytes before the prose.
    pub matter: u128,
    /// What its prose holds, where it was read together with its front matter.
    pub outline: Option<Arc<Outline>>,
}

impl Origin {
    /// Names a span of this document.
    pub fn place(&self, span: Span) -> Place {
        Place::new(&self.file, span)
    }
}
