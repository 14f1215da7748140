//! The two fonts of the pictures: what they can set, how wide it is, and where a line ends.

use std::sync::{Arc, LazyLock};

use resvg::usvg::fontdb::{Database, Source};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

/// Source Serif at its half-bold weight, Latin only; `fonts/OFL.txt` has its licence.
static SERIF: &[u8] = include_bytes!("fonts/serif.ttf");
/// Inter, the same way.
static SANS: &[u8] = include_bytes!("fonts/sans.ttf");

/// Both fonts, and none of the system's: a picture is the same on every machine.
pub(super) static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for bytes in [SERIF, SANS] {
        fonts.load_font_source(Source::Binary(Arc::new(bytes)));
    }
    Arc::new(fonts)
});

/// One of the two fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    /// For titles and figures.
    Serif,
    /// For all that stands around them.
    Sans,
}

impl Face {
    /// Gives the name that the font goes by.
    pub(super) fn family(self) -> &'static str {
        match self {
            Self::Serif => "Card Serif",
            Self::Sans => "Card Sans",
        }
    }

    fn font(self) -> Option<FontRef<'static>> {
        let bytes = match self {
            Self::Serif => SERIF,
            Self::Sans => SANS,
        };
        FontRef::new(bytes).ok()
    }

    /// Measures a text set at a size, in pixels.
    pub(super) fn width(self, text: &str, size: f32) -> f32 {
        let Some(font) = self.font() else { return 0.0 };
        let (letters, metrics) = (font.charmap(), font.glyph_metrics(Size::new(size), LocationRef::default()));
        text.chars().filter_map(|c| metrics.advance_width(letters.map(c)?)).sum()
    }

    /// Brings a text into one line, without what the font lacks.
    pub(super) fn settable(self, text: &str) -> String {
        let Some(font) = self.font() else { return String::new() };
        let letters = font.charmap();
        let known: String = text.chars().filter(|c| c.is_whitespace() || letters.map(*c).is_some()).collect();
        known.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Finds the first character that the font lacks; marks and joiners that nobody sees are not missed.
    pub(super) fn lacks(self, text: &str) -> Option<char> {
        let letters = self.font()?.charmap();
        let is_seen = |c: &char| !c.is_whitespace() && !c.is_control() && !('\u{200b}'..='\u{200f}').contains(c);
        text.chars().filter(is_seen).find(|c| letters.map(*c).is_none())
    }

    /// Cuts a text into lines that are no wider than `width`; a word that is wider by itself is cut.
    pub(super) fn lines(self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if let Some(line) = lines.last_mut() {
                let longer = format!("{line} {word}");
                if self.width(&longer, size) <= width {
                    *line = longer;
                    continue;
                }
            }
            lines.extend(self.pieces(word, size, width));
        }
        lines
    }

    /// Cuts a word where it grows too wide.
    fn pieces(self, word: &str, size: f32, width: f32) -> Vec<String> {
        let (mut pieces, mut piece, mut used) = (Vec::new(), String::new(), 0.0);
        for c in word.chars() {
            let advance = self.width(c.encode_utf8(&mut [0; 4]), size);
            if used + advance > width && !piece.is_empty() {
                pieces.push(std::mem::take(&mut piece));
                used = 0.0;
            }
            used += advance;
            piece.push(c);
        }
        pieces.push(piece);
        pieces
    }

    /// Shortens a text to a width, with an ellipsis where it was longer.
    pub(super) fn shortened(self, text: &str, size: f32, width: f32) -> String {
        if self.width(text, size) <= width {
            return text.to_owned();
        }
        let room = width - self.width("…", size);
        let first = self.lines(text, size, room).into_iter().next().unwrap_or_default();
        format!("{}…", first.trim_end_matches([',', ';', ':', '.', '–', '-', ' ']))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn both_fonts_are_found_by_their_names() {
        let names: Vec<_> = FONTS.faces().map(|face| face.families[0].0.clone()).collect();
        assert_eq!(names, [Face::Serif.family(), Face::Sans.family()]);
    }

    #[test]
    fn width_is_that_of_the_letters() {
        assert!(Face::Serif.width("WWW", 60.0) > 2.0 * Face::Serif.width("iii", 60.0));
        assert_eq!(Face::Sans.width("", 60.0), 0.0);
    }

    #[test]
    fn what_the_font_lacks_is_left_out_and_told() {
        assert_eq!(Face::Serif.settable("Acme\n 東京 Łódź  5%"), "Acme Łódź 5%");
        assert_eq!(Face::Serif.lacks("Acme 東京"), Some('東'));
        assert_eq!(Face::Serif.lacks("“Łódź” – €5"), None);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "[a-zA-Z ,.%$0-9]{0,200}", width in 200.0f32..900.0) {
            let lines = Face::Serif.lines(&text, 60.0, width);
            for line in &lines {
                prop_assert!(Face::Serif.width(line, 60.0) <= width, "{line}");
            }
            prop_assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
            prop_assert!(Face::Serif.width(&Face::Serif.shortened(&text, 60.0, width), 60.0) <= width);
        }
    }
}
