//! `dangling-link` for links that start at the site's root, such as `/claims/`.

use std::collections::BTreeMap;

use super::addresses::{Owner, folded};
use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::link::Briefing;

/// Reports links to paths that the site does not have.
pub(super) fn check(briefing: &Briefing, known: &BTreeMap<String, Owner>, diagnostics: &mut Diagnostics) {
    for doc in briefing.docs() {
        let Some(origin) = briefing.origin(doc) else { continue };
        for (span, path) in &briefing.prose_of(doc).site_links {
            let file = file_of(path);
            if known.contains_key(&folded(&file)) {
                continue;
            }
            let error = Diagnostic::error("dangling-link", format!("the site has nothing at `{path}`"));
            let near = nearest(&file, known.keys().map(String::as_str));
            let help = match near {
                Some(near) => format!("did you mean `/{}`?", near.strip_suffix("index.html").unwrap_or(near)),
                None => {
                    "link to a page by its file or by `[[name]]`, and it stays right when the page moves".to_owned()
                }
            };
            diagnostics.push(error.at(origin.place(*span)).help(help));
        }
    }
}

/// The file that a host answers a path with.
fn file_of(path: &str) -> String {
    let path = path.split(['#', '?']).next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let path = path.trim_start_matches('/');
    match path.rsplit('/').next() {
        Some("") | None => format!("{path}index.html"),
        Some(last) if last.contains('.') => path.to_owned(),
        Some(_) => format!("{path}/index.html"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_answered_with_its_folders_index() {
        assert_eq!(file_of("/claims/"), "claims/index.html");
        assert_eq!(file_of("/claims#top"), "claims/index.html");
        assert_eq!(file_of("/style.css?v=1"), "style.css");
        assert_eq!(file_of("/"), "index.html");
    }
}
