//! The pairs of claims that the rules are held to.

/// Two claims by the lines that follow their ids, and what the first is to the second; `N` stands for the row's company.
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) one: &'static str,
    pub(super) other: &'static str,
    pub(super) relation: &'static str,
}

/// Reads a row: lines are divided by `;`, and a key is set in quotes where it needs them.
const fn row(name: &'static str, one: &'static str, other: &'static str, relation: &'static str) -> Row {
    Row { name, one, other, relation }
}

/// The table of the format, row by row.
pub(super) const TABLE: &[Row] = &[
    row("without a source", "value=about 8,000; event=e", "value=8,000; event=e; sources=bloomberg", "consistent"),
    row("without event and date", "value=about 8,000", "value=8,000; sources=bloomberg", "possibly-same"),
    row("company and unit", "value=8,000", "value=about 600; company=N/ai", "part-of"),
    row("capex and spending", "metric=capex; value=$60–65bn", "metric=spending; value=$14.3bn", ""),
    row(
        "capex of one year",
        "metric=capex; date=2025; value=$50bn",
        "metric=capex; date=2025; value=$60–65bn",
        "conflicts",
    ),
    row(
        "posts, first and second",
        "value=8,000; event=e; sources=post-1",
        "value=8,000; event=e; sources=post-2",
        "repeats",
    ),
    row(
        "posts, second and third",
        "value=8,000; event=e; sources=post-2",
        "value=8,000; event=e; sources=post-3",
        "repeats",
    ),
    row(
        "two sources",
        "value=8,000; event=e; sources=bloomberg",
        "value=7,950; event=e; sources=filing",
        "corroborates",
    ),
    row("two years", "value=8,000; date=2026", "value=11,000; date=2022", "different-period"),
    row("nearly", "value=nearly 10,000; event=e", "value=8,000; event=e", "conflicts"),
    row("more than", "value=more than 7,000; event=e", "value=8,000; event=e", "consistent"),
    row(
        "guidance",
        "metric=revenue; scenario=guidance; date=2026; value=60–65; stated=2026-01",
        "metric=revenue; scenario=guidance; date=2026; value=66–72; stated=2026-07",
        "revises",
    ),
    row(
        "guidance and actual",
        "metric=revenue; date=2026; value=$60 bn; scenario=guidance",
        "metric=revenue; date=2026; value=$60 bn",
        "different-scenario",
    ),
    row(
        "currencies",
        "metric=revenue; date=2025; value=5 bn USD",
        "metric=revenue; date=2025; value=5 bn EUR",
        "different-unit",
    ),
    row(
        "scales",
        "metric=revenue; date=2025; value=65,000 million; sources=bloomberg",
        "metric=revenue; date=2025; value=65 bn; sources=bloomberg",
        "repeats",
    ),
    row(
        "a quarter",
        "metric=revenue; date=2025; value=$50 bn",
        "metric=revenue; date=2025-Q3; value=$50 bn",
        "different-period",
    ),
    row("retracted", "value=8,000; event=e; status=retracted", "value=600; event=e", "excluded"),
    row("a part above the whole", "value=600; event=e; company=N/ai", "value=400; event=e", "scope-violation"),
];

/// What the table leaves out.
pub(super) const MORE: &[Row] = &[
    // Percentages.
    row(
        "shares",
        "metric=market-share; date=2025; value=12%",
        "metric=market-share; date=2025; value=12.4%",
        "consistent",
    ),
    row(
        "unequal shares",
        "metric=market-share; date=2025; value=12%",
        "metric=market-share; date=2025; value=14%",
        "conflicts",
    ),
    row(
        "a share and a change of it",
        "metric=market-share; date=2025; value=12%",
        "metric=market-share; date=2025; value=12 percentage points",
        "different-unit",
    ),
    row(
        "a unit's larger share",
        "metric=market-share; event=e; value=40%; company=N/ai",
        "metric=market-share; event=e; value=12%",
        "part-of",
    ),
    // Durations.
    row(
        "weeks and days",
        "metric=severance; event=e; value=16 weeks",
        "metric=severance; event=e; value=112 days",
        "consistent",
    ),
    row(
        "weeks and months",
        "metric=severance; event=e; value=16 weeks",
        "metric=severance; event=e; value=4 months",
        "conflicts",
    ),
    row(
        "weeks and about as many months",
        "metric=severance; event=e; value=16 weeks",
        "metric=severance; event=e; value=about 4 months",
        "consistent",
    ),
    // Negative amounts.
    row("losses", "metric=profit; date=2025; value=-$5m", "metric=profit; date=2025; value=about -$5m", "consistent"),
    row(
        "a loss and a profit",
        "metric=profit; date=2025; value=-$5m",
        "metric=profit; date=2025; value=$5m",
        "conflicts",
    ),
    // Open intervals.
    row("half open, apart", "value=more than 7,000; event=e", "value=up to 6,000; event=e", "conflicts"),
    row("half open, at one end", "value=more than 7,000; event=e", "value=up to 7,000; event=e", "conflicts"),
    row("half open, with the end", "value=at least 7,000; event=e", "value=up to 7,000; event=e", "consistent"),
    row("both above", "value=more than 7,000; event=e", "value=at least 9,000; event=e", "consistent"),
    // Precision.
    row(
        "one precision",
        "metric=capex; date=2025; value=$14.3 bn",
        "metric=capex; date=2025; value=$14.4 bn",
        "conflicts",
    ),
    row(
        "finer precision",
        "metric=capex; date=2025; value=$14.3 bn",
        "metric=capex; date=2025; value=$14.32 bn",
        "consistent",
    ),
    row("a bare number", "metric=capex; date=2025; value=$65 bn", "metric=capex; date=2025; value=65 bn", "consistent"),
    row("nouns of people", "value=8,000 roles; event=e", "value=8,000 employees; event=e", "consistent"),
    // Currencies of one sign.
    row("dollars", "metric=fine; date=2025; value=$5m", "metric=fine; date=2025; value=CAD 5m", "different-unit"),
    row("dollars by code", "metric=fine; date=2025; value=$5m", "metric=fine; date=2025; value=USD 5m", "consistent"),
    // Times.
    row(
        "a fiscal year",
        "metric=revenue; date=2025; value=$50 bn",
        "metric=revenue; date=2024-10/2025-09; value=$50 bn",
        "different-period",
    ),
    row(
        "one fiscal year in two forms",
        "metric=revenue; date=2025-07/2025-09; value=$50 bn",
        "metric=revenue; date=2025-Q3; value=$50 bn",
        "consistent",
    ),
    row("a day and its month", "value=8,000; date=2026-05", "value=9,000; date=2026-05-18", "possible-conflict"),
    row(
        "a day and its month in one event",
        "value=8,000; date=2026-05; event=e",
        "value=9,000; date=2026-05-18; event=e",
        "conflicts",
    ),
    row(
        "two days of one event",
        "value=8,000; date=2026-05-18; event=e",
        "value=9,000; date=2026-05-20; event=e",
        "different-period",
    ),
    row("two days", "value=8,000; date=2026-05-18", "value=8,000; date=2026-05-20", "different-period"),
    row("about that year", "value=8,000; date=2025~", "value=8,000; date=2025", "possibly-same"),
    row("perhaps another year", "value=8,000; date=2022?", "value=8,000; date=2025", "different-period"),
    row("no year", "value=8,000; date=XXXX-11-21", "value=8,000; date=2025-11-21", "possibly-same"),
    row("no year, another day", "value=8,000; date=XXXX-11-21", "value=8,000; date=2025-11-22", "different-period"),
    row("one has no date", "value=8,000; date=2025", "value=9,000", "possible-conflict"),
    row("one has no event", "value=8,000; event=e; date=2026-05-18", "value=8,000; date=2026-05-18", "consistent"),
    row(
        "two events",
        "value=8,000; event=e; date=2026-05-18",
        "value=8,000; event=f; date=2026-05-18",
        "different-event",
    ),
    // Companies.
    row("two units", "value=600; event=e; company=N/ai", "value=400; event=e; company=N/hr", "different-company"),
    row("a smaller part", "value=400; event=e; company=N/ai", "value=600; event=e", "part-of"),
    row("a part of another time", "value=600; date=2025; company=N/ai", "value=400; date=2022", "different-period"),
    // Guidance.
    row(
        "guidance of one day",
        "metric=revenue; scenario=guidance; date=2026; value=$60–65 bn; stated=2026-01-20",
        "metric=revenue; scenario=guidance; date=2026; value=$66–72 bn; stated=2026-01-20",
        "conflicts",
    ),
    row(
        "guidance that holds",
        "metric=revenue; scenario=guidance; date=2026; value=$60–65 bn; stated=2026-01-20; sources=filing",
        "metric=revenue; scenario=guidance; date=2026; value=$64–72 bn; stated=2026-07-20; sources=filing",
        "repeats",
    ),
    row(
        "two estimates",
        "metric=revenue; scenario=estimate; date=2026; value=$60 bn; stated=2026-01",
        "metric=revenue; scenario=estimate; date=2026; value=$70 bn; stated=2026-07",
        "conflicts",
    ),
    // Sources.
    row(
        "nobody's word",
        "value=8,000; event=e; sources=insider",
        "value=8,000; event=e; sources=bloomberg",
        "consistent",
    ),
    row(
        "what repeats nobody",
        "value=8,000; event=e; sources=post-4",
        "value=8,000; event=e; sources=filing",
        "consistent",
    ),
    row(
        "a chain and another",
        "value=8,000; event=e; sources=post-2",
        "value=8,000; event=e; sources=filing",
        "corroborates",
    ),
    row(
        "one more source",
        "value=8,000; event=e; sources=bloomberg,filing",
        "value=8,000; event=e; sources=post-2",
        "repeats",
    ),
    // What authors said.
    row("supersedes", "value=8,000; event=e; supersedes=other", "value=600; event=e", "supersedes"),
    row("superseded", "value=8,000; event=e", "value=600; event=e; supersedes=one", "superseded-by"),
    row("corrects", "value=8,000; event=e; corrects=other", "value=600; event=e", "corrects"),
    row("same", "value=8,000; date=2025; same_as=other", "value=600; date=2022", "same-as"),
    row("disputes", "value=8,000; event=e", "value=600; event=e; disputes=one", "disputed-by"),
    row("supports", "value=8,000; event=e; supports=other", "metric=revenue; value=$5m", "supports"),
    row("a part by word", "value=600; event=e; part_of=other", "value=8,000; event=e", "part-of"),
    row("a part by word above the whole", "value=600; event=e; part_of=other", "value=400; event=e", "scope-violation"),
    row("a circle", "value=8,000; event=e; supersedes=other", "value=600; event=e; supersedes=one", "conflicts"),
    row(
        "retracted before all",
        "value=8,000; event=e; status=retracted; same_as=other",
        "value=600; event=e",
        "excluded",
    ),
    // What has nothing to compare.
    row("no value", "event=e", "value=8,000; event=e", ""),
    row("no metric", "metric=; value=8,000; event=e", "metric=; value=8,000; event=e", ""),
];
