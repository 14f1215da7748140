//! A picture as SVG: what stands on it, and where.

use super::SIZE;
use super::face::Face;
use crate::export::xml::Xml;

/// What stands on a picture.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The site's name.
    pub(super) site: String,
    /// The title, over as many lines as there is room for.
    pub(super) title: String,
    /// The headline figure, and what it measures.
    pub(super) figure: Option<[String; 2]>,
    /// The line at the foot: a day, and what the page rests on.
    pub(super) foot: String,
}

/// The theme's light colours.
const PAPER: &str = "#fcfbf8";
const INK: &str = "#1c1d20";
const SOFT: &str = "#5a5d64";
const LINE: &str = "#dcd9d1";
const ACCENT: &str = "#0b5f6b";

/// The margin around all, in pixels.
const MARGIN: f32 = 72.0;
/// How wide the text between the margins is.
const MEASURE: f32 = 1200.0 - 2.0 * MARGIN;
/// The sizes that a title may have, the largest first.
const TITLES: [f32; 4] = [76.0, 66.0, 57.0, 50.0];
/// The sizes that a figure may have.
const FIGURES: [f32; 4] = [112.0, 98.0, 82.0, 66.0];
/// The height of a line, in sizes.
const LEADING: f32 = 1.14;
/// The size of what stands around title and figure.
const SMALL: f32 = 30.0;

/// How something is set.
#[derive(Clone, Copy)]
struct Style {
    face: Face,
    size: f32,
    fill: &'static str,
}

const AROUND: Style = Style { face: Face::Sans, size: SMALL, fill: SOFT };

impl Sheet {
    /// Draws the sheet.
    ///
    /// The site's name and a heavy rule are at the head, the foot is below a hairline; the title hangs from the head,
    /// and the figure stands on the foot.
    pub(super) fn svg(&self) -> String {
        let [width, height] = SIZE.map(|side| side.to_string());
        let mut out = Vec::new();
        let attributes = [("xmlns", "http://www.w3.org/2000/svg"), ("width", &*width), ("height", &*height)];
        Xml::new(&mut out).element("svg", &attributes, |xml| {
            rect(xml, [0.0, 0.0, 1200.0, 630.0], PAPER);
            rect(xml, [MARGIN, 56.0, MEASURE, 5.0], INK);
            text(xml, 104.0, &self.site, Style { fill: ACCENT, ..AROUND });
            self.title(xml);
            if let Some([value, label]) = &self.figure {
                figure(xml, value, label);
            }
            rect(xml, [MARGIN, 540.0, MEASURE, 2.0], LINE);
            text(xml, 588.0, &self.foot, AROUND);
        });
        String::from_utf8_lossy(&out).into_owned()
    }

    /// Sets the title at the largest size at which all of it has room.
    fn title(&self, xml: &mut Xml<'_>) {
        let title = Face::Serif.settable(&self.title);
        let room = if self.figure.is_some() { 225.0 } else { 390.0 };
        let lines_at = |size: f32| Face::Serif.lines(&title, size, MEASURE);
        let fits = |size: &f32| lines_at(*size).len() as f32 * size * LEADING <= room;
        let size = TITLES.into_iter().find(fits).unwrap_or(TITLES[TITLES.len() - 1]);
        let most = (room / (size * LEADING)) as usize;
        let mut lines = lines_at(size);
        if lines.len() > most {
            // What is left over begins in the last line that has room, so that it ends with an ellipsis.
            let rest = lines.split_off(most.saturating_sub(1)).join(" ");
            lines.push(rest);
        }
        let style = Style { face: Face::Serif, size, fill: INK };
        for (at, line) in lines.iter().enumerate() {
            text(xml, 126.0 + size + at as f32 * size * LEADING, line, style);
        }
    }
}

/// Sets a figure with what it measures below it.
fn figure(xml: &mut Xml<'_>, value: &str, label: &str) {
    let fits = |size: &f32| Face::Serif.width(value, *size) <= MEASURE;
    let size = FIGURES.into_iter().find(fits).unwrap_or(FIGURES[FIGURES.len() - 1]);
    text(xml, 450.0, value, Style { face: Face::Serif, size, fill: ACCENT });
    text(xml, 514.0, label, AROUND);
}

/// Sets one line of text, shortened to the measure.
fn text(xml: &mut Xml<'_>, y: f32, words: &str, style: Style) {
    let Style { face, size, fill } = style;
    let words = face.shortened(&face.settable(words), size, MEASURE);
    let [x, y, size] = [MARGIN, y, size].map(|number| number.to_string());
    let attributes = [("x", &*x), ("y", &*y), ("font-family", face.family()), ("font-size", &*size), ("fill", fill)];
    xml.text("text", &attributes, &words);
}

fn rect(xml: &mut Xml<'_>, place: [f32; 4], fill: &str) {
    let [x, y, width, height] = place.map(|number| number.to_string());
    xml.empty("rect", &[("x", &*x), ("y", &*y), ("width", &*width), ("height", &*height), ("fill", fill)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the text of every line, with its place from the top.
    fn set(sheet: &Sheet) -> Vec<(f32, String)> {
        let svg = sheet.svg();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let lines = document.descendants().filter(|node| node.has_tag_name("text"));
        lines
            .map(|node| (node.attribute("y").unwrap().parse().unwrap(), node.text().unwrap_or("").to_owned()))
            .collect()
    }

    fn sheet(title: &str) -> Sheet {
        let figure = Some(["about 8,000 jobs".to_owned(), "Acme, job cuts".to_owned()]);
        Sheet { site: "The R&D <Brief>".into(), title: title.into(), figure, foot: "18 May 2026".into() }
    }

    #[test]
    fn texts_stand_as_they_are_and_in_their_order() {
        let lines = set(&sheet("Cuts & <em>costs</em>"));
        let words: Vec<&str> = lines.iter().map(|(_, words)| &**words).collect();
        assert_eq!(
            words,
            ["The R&D <Brief>", "Cuts & <em>costs</em>", "about 8,000 jobs", "Acme, job cuts", "18 May 2026"]
        );
        assert!(lines.is_sorted_by(|(a, _), (b, _)| a < b));
    }

    #[test]
    fn a_long_title_grows_smaller_and_then_ends() {
        let long = sheet(&"An endless story of cuts ".repeat(30));
        let lines = set(&long);
        let title = &lines[1..lines.len() - 3];
        assert_eq!(title.len(), 3);
        assert!(title[2].1.ends_with('…') && title[2].0 < 380.0, "{title:?}");
        let bare = Sheet { figure: None, ..long };
        assert!(set(&bare).len() > 5);
    }
}
