//! The scripts that pages have in the preview, and never in a build.

/// Every script by its name.
const SCRIPTS: [(&str, &str); 7] = [
    ("client.js", include_str!("client/client.js")),
    ("events.js", include_str!("client/events.js")),
    ("styles.js", include_str!("client/styles.js")),
    ("element.js", include_str!("client/element.js")),
    ("overlay.js", include_str!("client/overlay.js")),
    ("bar.js", include_str!("client/bar.js")),
    ("figures.js", include_str!("client/figures.js")),
];

/// Finds a script.
pub(super) fn script(name: &str) -> Option<&'static str> {
    SCRIPTS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
