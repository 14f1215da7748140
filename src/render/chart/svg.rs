//! SVG as text, written once from front to back.

/// A length in tenths of a unit of the viewBox.
pub(super) type Px = i32;

/// Counts whole units in tenths.
pub(super) const fn px(units: i32) -> Px {
    units * 10
}

/// An SVG document in the making.
#[derive(Debug)]
pub(super) struct Svg(String);

/// A tag in the making, which takes attributes until it is closed.
#[must_use]
pub(super) struct Tag<'s> {
    svg: &'s mut Svg,
    name: &'static str,
}

/// How many bytes a chart usually has.
const USUAL: usize = 16 << 10;

impl Svg {
    /// Opens a document with its name and a sentence that sums it up.
    pub(super) fn new(class: &str, width: Px, height: Px, title: &str, desc: &str) -> Self {
        let mut svg = Self(String::with_capacity(USUAL));
        let open = svg.tag("svg").word("xmlns", "http://www.w3.org/2000/svg").word("class", class);
        open.numbers("viewBox", &[0, 0, width, height]).word("role", "graphics-document document").open();
        svg.tag("title").text(title);
        svg.tag("desc").text(desc);
        svg
    }

    /// Begins a tag.
    pub(super) fn tag(&mut self, name: &'static str) -> Tag<'_> {
        self.0.push('<');
        self.0.push_str(name);
        Tag { svg: self, name }
    }

    /// Closes an element that was opened.
    pub(super) fn close(&mut self, name: &'static str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// Draws a straight line.
    pub(super) fn line(&mut self, class: &str, from: (Px, Px), to: (Px, Px)) {
        self.tag("path").class(class).path(&[from, to], false).empty();
    }

    /// Draws a rectangle between two corners.
    pub(super) fn rect(&mut self, class: &str, (x0, y0): (Px, Px), (x1, y1): (Px, Px)) {
        let size = ((x1 - x0).max(0), (y1 - y0).max(0));
        self.tag("rect").class(class).px("x", x0).px("y", y0).px("width", size.0).px("height", size.1).empty();
    }

    /// Draws a circle.
    pub(super) fn circle(&mut self, class: &str, (x, y): (Px, Px), r: Px) {
        self.tag("circle").class(class).px("cx", x).px("cy", y).px("r", r).empty();
    }

    /// Draws a shape of straight edges.
    pub(super) fn polygon(&mut self, class: &str, corners: &[(Px, Px)]) {
        self.tag("path").class(class).path(corners, true).empty();
    }

    /// Writes words, whose class says how they are set against their place.
    pub(super) fn words(&mut self, class: &str, (x, y): (Px, Px), words: &str) {
        self.tag("text").class(class).px("x", x).px("y", y).text(words);
    }

    /// Opens a link with its own name.
    pub(super) fn link(&mut self, class: &str, href: &str, title: &[&str]) {
        self.tag("a").word("href", href).class(class).open();
        self.tag("title").open();
        for part in title {
            self.escape(part);
        }
        self.close("title");
    }

    /// Closes the document.
    pub(super) fn finish(mut self) -> String {
        self.close("svg");
        self.0
    }

    /// Writes tenths as a number with at most one decimal.
    fn number(&mut self, tenths: Px) {
        if tenths < 0 {
            self.0.push('-');
        }
        let (whole, rest) = (tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10);
        let mut digits = itoa::Buffer::new();
        self.0.push_str(digits.format(whole));
        if rest > 0 {
            self.0.push('.');
            self.0.push_str(digits.format(rest));
        }
    }

    /// Writes text so that it is text: in an element or in a quoted attribute, of XML or HTML.
    ///
    /// What XML 1.0 has no place for, such as a control character, becomes U+FFFD.
    fn escape(&mut self, text: &str) {
        // Of what is replaced all but two characters are ASCII, and those two begin with this byte.
        let is_plain = |byte: u8| !matches!(byte, ..b' ' | b'&' | b'<' | b'>' | b'"' | 0x7f | 0xef);
        if text.bytes().fold(true, |plain, byte| plain & is_plain(byte)) {
            self.0.push_str(text);
            return;
        }
        let mut plain = 0;
        for (at, c) in text.char_indices() {
            let instead = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\t' | '\n' | '\r' => " ",
                '\0'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => "\u{fffd}",
                _ => continue,
            };
            self.0.push_str(&text[plain..at]);
            self.0.push_str(instead);
            plain = at + c.len_utf8();
        }
        self.0.push_str(&text[plain..]);
    }
}

impl Tag<'_> {
    /// Adds an attribute.
    pub(super) fn word(mut self, name: &str, value: &str) -> Self {
        self.name(name);
        self.svg.escape(value);
        self.svg.0.push('"');
        self
    }

    /// Adds the class, where there is one.
    pub(super) fn class(self, class: &str) -> Self {
        if class.is_empty() { self } else { self.word("class", class) }
    }

    /// Adds a length.
    pub(super) fn px(self, name: &str, value: Px) -> Self {
        self.numbers(name, &[value])
    }

    /// Adds several lengths in one attribute.
    fn numbers(mut self, name: &str, values: &[Px]) -> Self {
        self.name(name);
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.svg.0.push(' ');
            }
            self.svg.number(*value);
        }
        self.svg.0.push('"');
        self
    }

    /// Adds the way along some points; a closed one ends where it began.
    pub(super) fn path(mut self, points: &[(Px, Px)], closed: bool) -> Self {
        self.name("d");
        for (at, (x, y)) in points.iter().enumerate() {
            self.svg.0.push(if at == 0 { 'M' } else { 'L' });
            self.svg.number(*x);
            self.svg.0.push(' ');
            self.svg.number(*y);
        }
        self.svg.0.push_str(if closed { "Z\"" } else { "\"" });
        self
    }

    fn name(&mut self, name: &str) {
        let text = &mut self.svg.0;
        text.push(' ');
        text.push_str(name);
        text.push_str("=\"");
    }

    /// Ends the tag of an element that has nothing in it.
    pub(super) fn empty(self) {
        self.svg.0.push_str("/>");
    }

    /// Ends the tag of an element that is [closed](Svg::close) later.
    pub(super) fn open(self) {
        self.svg.0.push('>');
    }

    /// Ends the tag, writes text, and closes the element.
    pub(super) fn text(self, text: &str) {
        self.svg.0.push('>');
        self.svg.escape(text);
        self.svg.close(self.name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_text() {
        let mut svg = Svg::new("chart", px(1), px(1), "<b>&\"", "\0\u{b}\u{7f}\u{ffff}");
        svg.link("", "\"><script>", &["</title>", "]]>"]);
        svg.close("a");
        let expected = r#"<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 1 1" role="graphics-document document"><title>&lt;b&gt;&amp;&quot;</title><desc>����</desc><a href="&quot;&gt;&lt;script&gt;"><title>&lt;/title&gt;]]&gt;</title></a></svg>"#;
        assert_eq!(svg.finish(), expected);
    }

    #[test]
    fn lengths_have_at_most_one_decimal() {
        let mut svg = Svg(String::new());
        svg.line("", (0, -5), (123, -1230));
        assert_eq!(svg.0, r#"<path d="M0 -0.5L12.3 -123"/>"#);
    }
}
