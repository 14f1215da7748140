//! The words that tell who said something.

/// Words that an attribution starts with, the longer before those that they begin with.
pub(super) const OPENINGS: &[&str] = &[
    "according to ",
    "as first reported by ",
    "first reported by ",
    "as reported by ",
    "reported by ",
    "as quoted by ",
    "quoted by ",
    "confirmed by ",
    "citing ",
    "per ",
];

/// Verbs of saying, in the past and the present.
pub(super) const VERBS: &[&str] = &[
    "said",
    "says",
    "told",
    "tells",
    "confirmed",
    "confirms",
    "reported",
    "reports",
    "announced",
    "announces",
    "disclosed",
    "discloses",
    "wrote",
    "writes",
    "stated",
    "states",
    "estimates",
    "estimated",
    "warned",
    "acknowledged",
    "revealed",
    "posted",
    "tweeted",
];

/// Verbs that are nouns too, so that what is before them must be a name: `17 million reports`.
pub(super) const NOUNS: &[&str] = &["reports", "estimates", "states"];

/// Verbs of saying that count only behind speakers or documents: `analysts estimate`, `its 10-K shows`.
pub(super) const FAINT_VERBS: &[&str] = &[
    "say",
    "tell",
    "estimate",
    "expect",
    "forecast",
    "reckon",
    "believe",
    "predict",
    "write",
    "report",
    "show",
    "shows",
    "showed",
    "suggest",
    "suggests",
    "suggested",
    "indicate",
    "indicates",
    "indicated",
    "expects",
];

/// Verbs of saying that stand before who says it: `, said a spokesperson`.
pub(super) const INVERTED: &[&str] = &[
    "said",
    "says",
    "say",
    "wrote",
    "writes",
    "write",
    "confirmed",
    "confirms",
    "reported",
    "reports",
    "report",
    "estimated",
    "estimates",
    "estimate",
    "warned",
    "reckon",
    "tweeted",
];

/// Nouns of those who speak.
pub(super) const SPEAKERS: &[&str] = &[
    "analyst*",
    "official*",
    "executive*",
    "economist*",
    "researcher*",
    "spokesperson",
    "spokeswoman",
    "spokesman",
    "spokespeople",
    "lawyer*",
    "investor*",
    "expert*",
    "manager*",
    "union*",
    "bankers",
    "insiders",
    "sources",
];

/// Nouns of what is read.
pub(super) const DOCUMENTS: &[&str] = &[
    "filing*",
    "10-k",
    "10-q",
    "8-k",
    "20-f",
    "document*",
    "records",
    "report",
    "reports",
    "data",
    "memo",
    "letter",
    "survey",
    "study",
    "statement",
    "prospectus",
    "figures",
    "post",
    "blog",
    "email",
    "note",
    "interview",
    "transcript",
    "presentation",
    "disclosure*",
    "accounts",
    "results",
    "lawsuit",
    "complaint",
    "notice",
];

/// Places where people post, behind a verb of saying.
pub(super) const SITES: &[&str] = &[
    "on x",
    "on threads",
    "on linkedin",
    "on facebook",
    "on instagram",
    "on reddit",
    "on bluesky",
    "on mastodon",
    "on truth social",
    "on social media",
    "on twitter",
];

/// Words of an office, which tell that what stands beside a name speaks of the same person.
pub(super) const OFFICES: &[&str] = &[
    "chief",
    "ceo",
    "cfo",
    "coo",
    "cto",
    "executive",
    "president",
    "chair",
    "chairman",
    "chairwoman",
    "director",
    "head",
    "founder",
    "co-founder",
    "cofounder",
    "analyst",
    "economist",
    "spokesperson",
    "spokeswoman",
    "spokesman",
    "manager",
    "minister",
    "secretary",
    "governor",
    "senator",
    "professor",
    "partner",
    "officer",
    "boss",
    "lawyer",
    "editor",
];

/// People who are not named.
pub(super) const NAMELESS: &[&str] = &[
    "people familiar",
    "person familiar",
    "people briefed",
    "person briefed",
    "people close",
    "sources familiar",
    "sources close",
    "person with knowledge",
    "people with knowledge",
];

/// People who are not named where they speak: `sources told Reuters`.
pub(super) const NAMELESS_SPEAKERS: &[&str] = &["sources", "insiders"];

/// Words behind which no speaker's name goes on.
pub(super) const BREAKS: &[&str] =
    &["and", "but", "that", "which", "because", "while", "when", "as", "if", "or", "after", "before"];

/// The longest phrase, in words.
pub(super) const LONGEST: usize = 9;
