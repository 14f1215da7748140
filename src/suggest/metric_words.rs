//! The words that tell what a figure measures.

use crate::prose::FigureKind;

/// Words that tell a metric, for figures of one kind; a stem is written with `*`, and with `+` the place of the figure
/// right beside them.
pub(super) type Rule = (FigureKind, &'static str, &'static [&'static str]);

/// The rules: kind of figure, metric, and words.
pub(super) const RULES: &[Rule] = &[
    (
        FigureKind::People,
        "headcount-reduction",
        &[
            "cut",
            "cuts",
            "cutting",
            "lay off",
            "laid off",
            "laying off",
            "lays off",
            "layoff*",
            "shed",
            "sheds",
            "shedding",
            "eliminat*",
            "redundan*",
            "axe",
            "axed",
            "axing",
            "slash*",
            "let go",
            "dismiss*",
            "job losses",
            "lose their jobs",
            "lose their job",
            "reduction*",
            "trim*",
            "fired",
            "sack*",
            "will go",
            "would go",
            "lost their job*",
            "lose +",
            "loses +",
            "losing +",
            "lost +",
            "let +",
            "lets +",
            "letting +",
        ],
    ),
    (FigureKind::People, "hires", &["hire", "hires", "hired", "hiring", "recruit*", "take on", "took on"]),
    (FigureKind::People, "open-roles", &["vacanc*", "openings", "open roles", "open positions", "unfilled"]),
    (
        FigureKind::People,
        "headcount",
        &[
            "employ",
            "employs",
            "employed",
            "employing",
            "workforce",
            "headcount",
            "staff of",
            "payroll",
            "down to +",
            "has +",
            "had +",
            "have +",
            "having +",
            "with +",
        ],
    ),
    (FigureKind::Share, "market-share", &["market share", "share of the market", "of the market"]),
    (
        FigureKind::Share,
        "workforce-share",
        &[
            "of staff",
            "of its staff",
            "of the staff",
            "workforce",
            "of employees",
            "of its employees",
            "headcount",
            "of jobs",
            "of its jobs",
            "of roles",
        ],
    ),
    (
        FigureKind::Money,
        "capex",
        &[
            "capex",
            "capital expenditure*",
            "capital spending",
            "+ on capex",
            "+ on capital*",
            "+ in capital expenditure*",
        ],
    ),
    (FigureKind::Money, "revenue", &["revenue*", "sales", "turnover", "+ in revenue*", "+ of revenue*", "+ in sales"]),
    (
        FigureKind::Money,
        "profit",
        &["profit*", "net income", "earnings", "earned", "earns", "+ in profit*", "+ of profit*", "+ in net income"],
    ),
    (FigureKind::Money, "loss", &["loss", "losses", "net loss", "lost"]),
    (FigureKind::Money, "funding", &["raise", "raised", "raises", "raising", "funding", "financing", "seed", "series"]),
    (
        FigureKind::Money,
        "valuation",
        &["valuation*", "valued", "values", "valuing", "market value", "market cap", "market capitali*"],
    ),
    (FigureKind::Money, "fine", &["fine", "fined", "fines", "penalt*", "+ in fines"]),
    (
        FigureKind::Money,
        "acquisition-price",
        &["acqui*", "buy", "buys", "bought", "buying", "takeover", "purchase*", "takes over", "stake in"],
    ),
    (
        FigureKind::Money,
        "spending",
        &["spend", "spends", "spent", "spending", "invest", "invests", "invested", "investing"],
    ),
    (
        FigureKind::Money,
        "price",
        &["price*", "priced", "costs", "charges", "a share", "a month", "per month", "per seat"],
    ),
    (
        FigureKind::Duration,
        "severance",
        &["severance", "base pay", "of pay", "salary", "redundancy pay", "+ pay", "+ salary"],
    ),
    (FigureKind::Count, "headcount", &["headcount", "head count", "workforce", "payroll"]),
    (FigureKind::Count, "headcount-reduction", &["headcount by", "workforce by", "laid off", "layoff*"]),
    (FigureKind::Count, "downloads", &["download*"]),
    (FigureKind::Count, "packages", &["package*"]),
    (FigureKind::Count, "data-centers", &["data center*", "data centre*"]),
];

/// Words right behind a count of people that tell a metric where no other word does.
pub(super) const FAINT: &[Rule] = &[(
    FigureKind::People,
    "headcount",
    &["+ worldwide", "+ globally", "+ around the world", "+ in total", "+ in all", "+ on staff"],
)];

/// Words between a metric's word and the figure that give that word another sense: `raised its guidance to $66bn`.
pub(super) const TURNS: &[(&str, &[&str])] = &[
    (
        "funding",
        &["guidance", "outlook", "forecast*", "target*", "estimate*", "projection*", "dividend*", "bid", "offer"],
    ),
    ("headcount-reduction", &["down to", "workforce to", "headcount to", "staff to", "payroll to"]),
];
