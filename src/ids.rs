//! Ids inside a briefing: small integers that cannot be mixed up, strings only at the edges.

/// Makes one newtype over a `u32` for each kind of thing that a briefing numbers.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// Numbers the thing at an index of its list.
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// Gives the index back.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// An analysis, numbered from the oldest.
    AnalysisId,
    /// A company, a unit or a product, numbered by its id's alphabet.
    CompanyId,
    /// A person.
    PersonId,
    /// A plain page.
    PageId,
    /// A source as one document or sources.toml writes it.
    SourceId,
    /// A claim, numbered through the analyses in their order.
    ClaimId,
    /// A forecast, numbered in the same way.
    PredictionId,
    /// A metric, built in, declared or only used.
    MetricId,
    /// A real-world event.
    EventId,
    /// A tag.
    TagId,
    /// A series.
    SeriesId,
    /// A by-line.
    AuthorId,
}
