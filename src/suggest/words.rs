//! Whole words in a text.

/// Lists where some words stand in a text and no letter goes on before or behind them; with a `*` they are a stem.
pub(super) fn places<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> + 't {
    let (stem, is_stem) = words.strip_suffix('*').map_or((words, false), |stem| (stem, true));
    let is_whole = move |at: &usize| {
        let before = text.get(..*at).and_then(|text| text.chars().next_back());
        let after = text.get(at + stem.len()..).and_then(|text| text.chars().next());
        let goes_on = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let starts_free = !stem.starts_with(char::is_alphanumeric) || !goes_on(before);
        !stem.is_empty() && starts_free && (is_stem || !goes_on(after))
    };
    text.match_indices(stem).map(|(at, _)| at).filter(is_whole)
}

/// Takes the first word of a text up to the first sign, empty where a sign stands there.
pub(super) fn first(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// Takes the signs off the end of a word.
pub(super) fn bare(word: &str) -> &str {
    word.trim_end_matches(|c: char| !c.is_alphanumeric())
}

/// Tells whether some words stand in a text.
pub(super) fn has(text: &str, words: &str) -> bool {
    places(text, words).next().is_some()
}

/// Tells whether any of some words stands in a text.
pub(super) fn has_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|words| has(text, words))
}
