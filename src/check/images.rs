//! `missing-image`: an analysis names a picture that is not there; `missing-alt`: it does not say what one shows.

use crate::diagnostic::{Diagnostic, Diagnostics, nearest};
use crate::link::Briefing;

/// Reports pictures in front matter that no file is.
pub(super) fn check(briefing: &Briefing, diagnostics: &mut Diagnostics) {
    for analysis in &briefing.analyses {
        let Some(image) = &analysis.image else { continue };
        if briefing.beside(&analysis.origin, &image.value).is_some() {
            if analysis.image_alt.is_none() {
                let warning = Diagnostic::warning("missing-alt", "nothing says what the picture shows");
                let help = "say it in `image_alt`, or write `image_alt = \"\"` where it only decorates";
                diagnostics.push(warning.at(analysis.origin.place(image.span)).help(help));
            }
            continue;
        }
        let error = Diagnostic::error("missing-image", format!("there is no picture `{}`", image.value));
        let names = briefing.assets.iter().filter_map(|asset| asset.rsplit('/').next());
        let help = match nearest(&image.value, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "its path is relative to the analysis, best in a folder with index.md".to_owned(),
        };
        diagnostics.push(error.at(analysis.origin.place(image.span)).help(help));
    }
}
