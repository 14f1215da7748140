//! `site.toml`: what the publication is called, where it lives, and how strict it is.

mod claim_pages;
mod feed_text;
pub(crate) mod lexicon;
mod now;
mod options;
mod preview;
mod publish;
mod related;
mod share;
mod strings;

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Diagnostics, Severity, nearest, shown};
use crate::load::{Word, decode, toml_file};
use crate::speech::Speech;
use crate::text::{Place, Spanned};
use crate::value::Vocabulary;

pub use claim_pages::ClaimPages;
pub use feed_text::FeedText;
pub use lexicon::{Lexicon, TermId};
pub use now::{Now, instant};
pub use options::OptionValue;
pub use publish::{Bucket, HostKind, HostSettings, Limit, Target, Transfer};
pub use related::{RelatedConfig, Weights};
pub use share::Share;

use preview::PreviewMatter;
use strings::StringMatter;

/// The file's name, which its diagnostics carry.
pub const FILE: &str = "site.toml";

/// Site settings as an author writes them.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "site.toml", extend("additionalProperties" = false))]
pub struct SiteMatter {
    /// The publication's name.
    title: Spanned<String>,
    /// The address that the site is published at, with its scheme; a path in it becomes a prefix of every link.
    base_url: Spanned<String>,
    /// One sentence on what the publication is.
    #[serde(default)]
    description: Option<String>,
    /// The language of the prose as a BCP 47 tag; `en` by default.
    #[serde(default)]
    language: Option<Spanned<String>>,
    /// The theme's folder in themes/; `briefing` is built in.
    #[serde(default)]
    theme: Option<Spanned<String>>,
    /// What the theme lets a site choose, by the names that its theme.toml declares.
    #[serde(default)]
    theme_options: BTreeMap<Spanned<String>, Spanned<OptionValue>>,
    /// How many entries a list shows before it goes on to another page; 50 by default.
    #[serde(default)]
    paginate: Option<Spanned<u32>>,
    /// By-lines, by the id that `authors` in an analysis uses.
    #[serde(default)]
    authors: BTreeMap<String, AuthorMatter>,
    /// Feeds of what is new.
    #[serde(default)]
    feeds: FeedsMatter,
    /// Files of data for others.
    #[serde(default)]
    data: DataMatter,
    /// What claims have.
    #[serde(default)]
    claims: ClaimsMatter,
    /// How analyses are related.
    #[serde(default)]
    related: related::RelatedMatter,
    /// Whether readers can search the site; yes by default.
    #[serde(default)]
    search: Option<bool>,
    /// What the site has for those who share it.
    #[serde(default)]
    share: Share,
    /// How prose is read.
    #[serde(default)]
    markdown: MarkdownMatter,
    /// What the preview does; a build passes over it.
    #[serde(default)]
    preview: PreviewMatter,
    /// Where the site is published, by names of your own.
    #[serde(default)]
    publish: BTreeMap<Spanned<String>, publish::PublishMatter>,
    /// Words of your own for strings of the theme, by the names of docs/themes.md.
    #[serde(default)]
    strings: BTreeMap<Spanned<String>, StringMatter>,
    /// Rules by code, each `off`, `warn` or `deny`.
    #[serde(default)]
    check: BTreeMap<Spanned<String>, Word<Level>>,
}

/// A by-line as written in `[authors.<id>]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
struct AuthorMatter {
    /// The name that readers see.
    name: String,
    /// A sentence about the author.
    #[serde(default)]
    bio: Option<String>,
    /// The author's own address.
    #[serde(default)]
    website: Option<Spanned<String>>,
}

/// Feeds of what is new, as written in `[feeds]`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
struct FeedsMatter {
    /// How many entries a feed has; 20 by default.
    #[serde(default)]
    entries: Option<Spanned<u32>>,
    /// Which feeds have the whole text; by default that of the site.
    #[serde(default)]
    text: Option<Word<FeedText>>,
}

/// Files of data for others, as written in `[data]`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
struct DataMatter {
    /// Whether every analysis has an `index.json` beside its page.
    #[serde(default)]
    pages: bool,
}

/// What claims have, as written in `[claims]`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
struct ClaimsMatter {
    /// Which claims have a page of their own; by default those with something to tell.
    #[serde(default)]
    pages: Option<Word<ClaimPages>>,
}

/// How prose is read, as written in `[markdown]`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(extend("additionalProperties" = false))]
struct MarkdownMatter {
    /// Whether raw HTML and every link scheme pass through; only for content that you wrote yourself.
    #[serde(default)]
    trusted: bool,
}

/// A rule whose level a site may set; errors are errors.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// The code that its findings have, and that `[check]` sets the level of.
    pub code: &'static str,
    /// What it finds.
    pub about: &'static str,
}

/// Every rule, by its code.
pub const RULES: &[Rule] = &[
    Rule { code: "action-past-due", about: "an action's last day has passed" },
    Rule { code: "ambiguous-alias", about: "a name means two companies or people at a time" },
    Rule { code: "anonymous-only", about: "nobody with a name stands behind a claim, and no attribution says so" },
    Rule { code: "conflict", about: "claims of two analyses cannot both be right" },
    Rule { code: "conflict-in-one-analysis", about: "claims of one analysis cannot both be right" },
    Rule { code: "duplicate-footnote", about: "two footnotes have one label" },
    Rule { code: "duplicate-id", about: "a heading gives itself an id that is taken" },
    Rule { code: "forecast-changed", about: "a forecast says something else than when it was made" },
    Rule { code: "forecast-dates", about: "the days of a forecast are in an order that cannot be" },
    Rule { code: "forecast-overdue", about: "a forecast is past its day and has no resolution" },
    Rule { code: "forecast-vague", about: "the words of a forecast leave open what would settle it" },
    Rule { code: "forecast-without-date", about: "a forecast has no day by which it will be known" },
    Rule { code: "forecast-without-probability", about: "a forecast says neither how probable nor how likely" },
    Rule { code: "future-claim", about: "a day that has not come is told as a fact" },
    Rule { code: "missing-alt", about: "an analysis has a picture and does not say what it shows" },
    Rule { code: "near-duplicate", about: "two analyses say nearly the same in the same words" },
    Rule { code: "no-slug", about: "a tag, series or by-line has no letter or digit" },
    Rule { code: "orphan-company", about: "no analysis is about a company, and none names it" },
    Rule { code: "possible-conflict", about: "two claims differ, and nobody knows whether they are about one thing" },
    Rule { code: "raw-html", about: "raw HTML in prose is shown as text" },
    Rule { code: "retracted-but-cited", about: "something leans on a claim that was taken back" },
    Rule { code: "same-slug", about: "two names differ and would have one page" },
    Rule { code: "scope-violation", about: "a part is larger than its whole" },
    Rule { code: "share-glyphs", about: "a picture leaves out letters that its font lacks" },
    Rule { code: "signal-past-due", about: "a signal was to be looked at, and no reading tells of it" },
    Rule { code: "single-source", about: "several reports, or high confidence, rest on one source" },
    Rule { code: "stale-claim", about: "the time of an expectation has passed, and nobody says what came of it" },
    Rule { code: "stray-file", about: "nothing is made of a file in content/" },
    Rule { code: "superseded-but-cited", about: "something leans on a claim whose place another has taken" },
    Rule { code: "undeclared-company", about: "no file says what a company is" },
    Rule { code: "undeclared-metric", about: "no metric has that id or alias" },
    Rule { code: "undeclared-person", about: "no file says who a person is" },
    Rule { code: "unbacked-figure", about: "prose gives a figure that no claim backs" },
    Rule { code: "unit-mismatch", about: "a value is in another unit family than its metric" },
    Rule { code: "unknown-language", about: "no syntax for highlighting has that name" },
    Rule { code: "unsafe-link", about: "a link of a scheme that could run code is left out" },
    Rule { code: "unsourced", about: "a claim names no source" },
    Rule { code: "unused-footnote", about: "nothing refers to a footnote" },
    Rule { code: "unused-source", about: "nothing rests on a source" },
];

/// How much a rule weighs on this site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Not reported.
    Off,
    /// Reported, and the site is built.
    Warn,
    /// Reported, and nothing is built.
    Deny,
}

impl Vocabulary for Level {
    const NAME: &'static str = "level";
    const WORDS: &'static [(&'static str, Self)] = &[("off", Self::Off), ("warn", Self::Warn), ("deny", Self::Deny)];
}

/// A by-line that site.toml declares.
#[derive(Clone, Debug)]
pub struct Author {
    /// The name that readers see.
    pub name: String,
    /// A sentence about the author.
    pub bio: Option<String>,
    /// The author's own address.
    pub website: Option<String>,
}

/// Everything that a build takes from outside its content; a stage reads the date and the address from here.
#[derive(Clone, Debug)]
pub struct Config {
    /// The publication's name.
    pub title: String,
    /// One sentence on what it is.
    pub description: Option<String>,
    /// Scheme, host and path without a last slash.
    pub base_url: String,
    /// The path in `base_url`: empty, or `/` and a path without a last slash.
    pub base_path: String,
    /// The language of the prose.
    pub language: String,
    /// How pages speak it.
    pub speech: Arc<Speech>,
    /// The words of that language.
    pub lexicon: Lexicon,
    /// The theme's name, and where site.toml says it.
    pub theme: Spanned<String>,
    /// What the site chose of its theme's options.
    pub theme_options: Vec<(Spanned<String>, Spanned<OptionValue>)>,
    /// Entries on a page of a list.
    pub paginate: usize,
    /// Rows on one page of a timeline.
    pub timeline_rows: usize,
    /// Entries of a feed.
    pub feed_entries: usize,
    /// Which feeds have the whole text.
    pub feed_text: FeedText,
    /// Whether every analysis has a file of data beside its page.
    pub page_data: bool,
    /// Which claims have a page of their own.
    pub claim_pages: ClaimPages,
    /// How analyses are related.
    pub related: RelatedConfig,
    /// Whether readers can search the site.
    pub search: bool,
    /// What there is for those who share it.
    pub share: Share,
    /// By-lines by id.
    pub authors: BTreeMap<String, Author>,
    /// Whether raw HTML and every link scheme pass through.
    pub trusted: bool,
    /// The address that opens a place in the author's editor, with `{path}`, `{line}` and `{column}` in it.
    pub editor: Option<String>,
    /// Where the site is published, by name.
    pub publish: BTreeMap<String, Target>,
    /// Levels of rules by code.
    pub levels: BTreeMap<String, Level>,
    /// The moment that the site is built for.
    pub now: Now,
    /// Whether drafts and embargoed pieces are built.
    pub drafts: bool,
}

/// What the command line says over site.toml.
#[derive(Clone, Debug)]
pub struct Overrides {
    /// The moment to build for.
    pub now: Now,
    /// Whether to build drafts and embargoed pieces.
    pub drafts: bool,
    /// Another address to build for.
    pub base_url: Option<String>,
}

/// Entries of a feed unless the site says otherwise.
const FEED_ENTRIES: usize = 20;

/// Rows on one page of a timeline before it is split by year.
const TIMELINE_ROWS: usize = 300;

impl Config {
    /// Reads site.toml; where it has errors, stand-ins let the content be checked all the same.
    pub fn read(text: &str, overrides: Overrides) -> (Self, Diagnostics) {
        let file: Arc<str> = Arc::from(FILE);
        let (node, mut problems) = toml_file(text);
        let matter = decode::<SiteMatter>(&node, &mut problems);
        let mut diagnostics: Diagnostics = problems.into_iter().map(|problem| problem.at(&file)).collect();
        let config = understand(matter.unwrap_or_else(SiteMatter::stand_in), overrides, &file, &mut diagnostics);
        (config, diagnostics)
    }

    /// The level of a rule on this site.
    pub fn level(&self, code: &str) -> Level {
        self.levels.get(code).copied().unwrap_or(Level::Warn)
    }

    /// Sets each diagnostic to the level that the site gives its rule; an error stays an error.
    pub fn apply_levels(&self, diagnostics: &mut Diagnostics) {
        diagnostics.judge(|diagnostic| {
            match self.levels.get(diagnostic.code).filter(|_| diagnostic.severity == Severity::Warning) {
                Some(Level::Deny) => Some(Severity::Error),
                Some(Level::Off) => None,
                _ => Some(diagnostic.severity),
            }
        });
    }
}

fn understand(matter: SiteMatter, overrides: Overrides, file: &Arc<str>, diagnostics: &mut Diagnostics) -> Config {
    let (written, place) = match overrides.base_url {
        Some(url) => (url, None),
        None => (matter.base_url.value, Some(Place::new(file, matter.base_url.span))),
    };
    let (base_url, base_path) = match split_base(&written) {
        Ok(base) => base,
        Err(why) => {
            let error = Diagnostic::error("base-url", format!("`{written}` is no address for a site: {why}"))
                .help("write it with its scheme and no query, such as `https://example.org/briefing`");
            diagnostics.push(Diagnostic { place, ..error });
            (STAND_IN.to_owned(), String::new())
        }
    };
    let mut levels = BTreeMap::new();
    for (code, word) in matter.check {
        let codes = || RULES.iter().map(|rule| rule.code);
        if codes().all(|known| known != code.value) {
            let error = Diagnostic::error("unknown-rule", format!("no rule is called `{}`", code.value));
            let error = error.at(Place::new(file, code.span));
            diagnostics.push(match nearest(&code.value, codes()) {
                Some(near) => error.help(format!("did you mean `{near}`?")),
                None => error.help("`dateline check --list` names the rules".to_owned()),
            });
        }
        match word.read() {
            Ok(level) => drop(levels.insert(code.value, level)),
            Err(problem) => diagnostics.push(problem.at(file)),
        }
    }
    let paginate = matter.paginate.map_or(50, |n| n.value as usize);
    if paginate == 0 {
        let place = matter.paginate.map(|n| Place::new(file, n.span));
        let error = Diagnostic::error("paginate", "a list needs at least one entry a page");
        diagnostics.push(Diagnostic { place, ..error.help("leave `paginate` out for 50") });
    }
    let feed_entries = matter.feeds.entries.map_or(FEED_ENTRIES, |n| n.value as usize);
    if feed_entries == 0 {
        let place = matter.feeds.entries.map(|n| Place::new(file, n.span));
        let error = Diagnostic::error("feed-entries", "a feed needs at least one entry");
        diagnostics.push(Diagnostic { place, ..error.help("leave `entries` out for 20") });
    }
    let claim_pages = read_word(matter.claims.pages, file, diagnostics);
    let feed_text = read_word(matter.feeds.text, file, diagnostics);
    let language = matter.language.map_or_else(|| "en".to_owned(), |tag| tag_of(tag, file, diagnostics));
    let speech = Speech::of(&language, strings::understand(matter.strings, file, diagnostics));
    Config {
        title: matter.title.value,
        description: matter.description,
        base_url,
        base_path,
        lexicon: Lexicon::of(&language),
        speech: Arc::new(speech),
        language,
        theme: matter.theme.unwrap_or_else(|| Spanned::new("briefing".to_owned(), crate::text::Span::default())),
        theme_options: matter.theme_options.into_iter().collect(),
        paginate: paginate.max(1),
        timeline_rows: TIMELINE_ROWS,
        feed_entries: feed_entries.max(1),
        feed_text,
        page_data: matter.data.pages,
        claim_pages,
        related: matter.related.understand(file, diagnostics),
        search: matter.search.unwrap_or(true),
        share: matter.share,
        authors: matter.authors.into_iter().map(|(id, author)| (id, author.understand(file, diagnostics))).collect(),
        trusted: matter.markdown.trusted,
        editor: matter.preview.editor(file, diagnostics),
        publish: publish::understand(matter.publish, file, diagnostics),
        levels,
        now: overrides.now,
        drafts: overrides.drafts,
    }
}

/// Reads a word that may be left out; one that there is not is an error, and the default stands in.
fn read_word<T: Vocabulary + Default>(word: Option<Word<T>>, file: &Arc<str>, diagnostics: &mut Diagnostics) -> T {
    word.map(|word| word.read())
        .transpose()
        .unwrap_or_else(|problem| {
            diagnostics.push(problem.at(file));
            None
        })
        .unwrap_or_default()
}

/// The address of a site whose own cannot be read; nothing is built for it.
const STAND_IN: &str = "https://site.invalid";

/// Reads a language tag (BCP 47), and writes it in its canonical form; English stands in for one that is none.
fn tag_of(tag: Spanned<String>, file: &Arc<str>, diagnostics: &mut Diagnostics) -> String {
    match tag.value.parse::<icu_locale_core::Locale>() {
        Ok(locale) => locale.to_string(),
        Err(_) => {
            let error = Diagnostic::error("language-tag", format!("`{}` is no tag of a language", shown(&tag.value)));
            diagnostics.push(error.at(Place::new(file, tag.span)).help("write it as `de`, `en-GB` or `zh-Hant`"));
            "en".to_owned()
        }
    }
}

impl SiteMatter {
    /// Stands in for settings that cannot be read.
    fn stand_in() -> Self {
        Self {
            title: Spanned::default(),
            base_url: Spanned::new(STAND_IN.to_owned(), crate::text::Span::default()),
            description: None,
            language: None,
            theme: None,
            theme_options: BTreeMap::new(),
            paginate: None,
            authors: BTreeMap::new(),
            feeds: FeedsMatter::default(),
            data: DataMatter::default(),
            claims: ClaimsMatter::default(),
            related: related::RelatedMatter::default(),
            search: None,
            share: Share::default(),
            markdown: MarkdownMatter::default(),
            preview: PreviewMatter::default(),
            publish: BTreeMap::new(),
            strings: BTreeMap::new(),
            check: BTreeMap::new(),
        }
    }
}

impl AuthorMatter {
    fn understand(self, file: &Arc<str>, diagnostics: &mut Diagnostics) -> Author {
        let website = self.website.and_then(|url| {
            if is_web_address(&url.value) {
                return Some(url.value);
            }
            let error = Diagnostic::error("bad-url", "this is no web address").at(Place::new(file, url.span));
            diagnostics.push(error.help("write it in full, such as `https://example.org/ann`"));
            None
        });
        Author { name: self.name, bio: self.bio, website }
    }
}

/// Tells whether a browser would open an address as a page, so that it may become a link.
pub fn is_web_address(url: &str) -> bool {
    let scheme = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (scheme("https://") || scheme("http://")) && !url.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// Cuts an address into itself without a last slash, and its path.
fn split_base(url: &str) -> Result<(String, String), &'static str> {
    let url = url.trim_end_matches('/');
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).ok_or("it has no http scheme")?;
    if url.contains(['?', '#', ' ', '"', '<', '>', '\\']) || url.chars().any(char::is_control) {
        return Err("it has a character that no site's address has");
    }
    let (host, path) = rest.split_once('/').map_or((rest, ""), |(host, path)| (host, path));
    if host.is_empty() {
        return Err("it names no host");
    }
    let base_path = if path.is_empty() { String::new() } else { format!("/{path}") };
    Ok((url.to_owned(), base_path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_the_address_becomes_the_prefix_of_links() {
        assert_eq!(split_base("https://a.org"), Ok(("https://a.org".into(), String::new())));
        assert_eq!(split_base("https://a.org/b/c/"), Ok(("https://a.org/b/c".into(), "/b/c".into())));
        assert!(split_base("a.org").is_err());
        assert!(split_base("https://a.org/?q").is_err());
    }

    #[test]
    fn which_claims_have_pages_is_a_word() {
        let read = |line: &str| {
            let text = format!("title = \"T\"\nbase_url = \"https://a.org\"\n{line}");
            let now = Now::parse("2026-05-18").unwrap();
            let (config, found) = Config::read(&text, Overrides { now, drafts: false, base_url: None });
            (config.claim_pages, found.iter().map(|one| one.code).collect::<Vec<_>>())
        };
        assert_eq!(read(""), (ClaimPages::Telling, vec![]));
        assert_eq!(read("[claims]\npages = \"all\""), (ClaimPages::All, vec![]));
        assert_eq!(read("[claims]\npages = \"none\""), (ClaimPages::None, vec![]));
        assert_eq!(read("[claims]\npages = \"some\""), (ClaimPages::Telling, vec!["unknown-value"]));
        assert_eq!(read("[claims]\npage = \"all\""), (ClaimPages::Telling, vec!["unknown-key"]));
    }
}
