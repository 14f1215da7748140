//! Diagnostics for people, drawn like a compiler's.

use std::borrow::Cow;
use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::places::{Excerpt, Places, Spot};
use super::{Terminal, Texts, clean, clean_lines, summary};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::text::Place;

/// The narrowest terminal that is drawn for.
const NARROW: usize = 40;

/// Draws each diagnostic with its lines and its help, and counts them at the end.
///
/// Of warnings no more are drawn than the terminal is to show: ten thousand are not read, and hide what is.
pub(super) fn write(
    out: &mut dyn Write,
    diagnostics: &Diagnostics,
    texts: Texts<'_>,
    terminal: Terminal,
) -> io::Result<()> {
    let left = diagnostics.count(Severity::Warning).saturating_sub(terminal.warnings);
    let drawn = if left == 0 {
        Cow::Borrowed(diagnostics)
    } else {
        Cow::Owned(diagnostics.with_first_warnings(terminal.warnings))
    };
    let places = Places::of(&drawn, texts);
    let renderer = if terminal.color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(terminal.width.max(NARROW));
    for diagnostic in drawn.iter() {
        writeln!(out, "{}\n", renderer.render(&[draw(diagnostic, &places)]))?;
    }
    if left > 0 {
        let warnings = if left == 1 { "warning" } else { "warnings" };
        writeln!(out, "… and {left} more {warnings}: `dateline check` shows all\n")?;
    }
    match summary(diagnostics) {
        none if none.is_empty() => Ok(()),
        counts => writeln!(out, "{counts}"),
    }
}

/// Writes each diagnostic on one line: `file:line:column: error[code]: message`.
pub(super) fn write_short(out: &mut dyn Write, diagnostics: &Diagnostics, places: &Places<'_>) -> io::Result<()> {
    for diagnostic in diagnostics.iter() {
        if let Some(place) = &diagnostic.place {
            write!(out, "{}:", clean(&place.file))?;
            if let Some(Spot { start, .. }) = places.get(place) {
                write!(out, "{}:{}:", start.line, start.column)?;
            }
            write!(out, " ")?;
        }
        writeln!(out, "{}[{}]: {}", diagnostic.severity, diagnostic.code, clean(&diagnostic.message))?;
    }
    Ok(())
}

/// A place that a diagnostic points to.
struct Pointer<'d> {
    place: &'d Place,
    spot: Option<&'d Spot>,
    kind: AnnotationKind,
    label: Option<&'d str>,
}

/// Sets one diagnostic: its title, the places that it points to, its help.
fn draw<'d>(diagnostic: &'d Diagnostic, places: &'d Places<'_>) -> Group<'d> {
    let pointer = |place, kind, label| Pointer { place, spot: places.get(place), kind, label };
    let own = diagnostic.place.iter().map(|place| pointer(place, AnnotationKind::Primary, None));
    let others =
        diagnostic.labels.iter().map(|label| pointer(&label.place, AnnotationKind::Context, Some(&*label.text)));
    let pointers: Vec<_> = own.chain(others).collect();

    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(clean_lines(&diagnostic.message)).id(diagnostic.code);
    let shown = pointers.chunk_by(Pointer::shares_line).flat_map(Pointer::draw);
    let help = diagnostic.help.iter().map(|help| Level::HELP.message(clean_lines(help)).into());
    Group::with_title(title).elements(shown.chain(help))
}

impl<'d> Pointer<'d> {
    /// Tells whether two of them are drawn on one line.
    fn shares_line(&self, other: &Self) -> bool {
        let line = |pointer: &Self| match pointer.spot {
            Some(Spot { start, excerpt: Excerpt::Line { .. }, .. }) => Some(start.line),
            _ => None,
        };
        self.place.file == other.place.file && line(self).is_some() && line(self) == line(other)
    }

    /// Draws those that share a line.
    fn draw(sharing: &[Self]) -> Vec<Element<'d>> {
        let Some(first) = sharing.first() else { return Vec::new() };
        let path = clean(&first.place.file);
        match first.spot {
            Some(Spot { start, excerpt: Excerpt::Line { text, .. }, .. }) => {
                let snippet = Snippet::source(text).path(path).line_start(start.line as usize);
                vec![snippet.annotations(sharing.iter().filter_map(Self::annotation)).into()]
            }
            Some(Spot { start, excerpt: Excerpt::Part { before, words, after }, .. }) => {
                let origin = Origin::path(path).line(start.line as usize).char_column(start.column as usize);
                let label = first.label.map(|label| format!("{}: ", clean(label))).unwrap_or_default();
                let note = format!("{label}… {before}»{words}«{after} …");
                vec![origin.into(), Level::NOTE.message(note).into()]
            }
            None => {
                let note = first.label.map(|label| Level::NOTE.message(clean(label)).into());
                std::iter::once(Origin::path(path).into()).chain(note).collect()
            }
        }
    }

    fn annotation(&self) -> Option<Annotation<'d>> {
        match self.spot {
            Some(Spot { excerpt: Excerpt::Line { span, .. }, .. }) => {
                Some(self.kind.span(span.clone()).label(self.label.map(clean)))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{drawn, place};
    use super::super::{Format, Terminal, Texts};
    use super::*;
    use crate::text::Span;

    fn human(diagnostic: Diagnostic, texts: Texts<'_>, terminal: Terminal) -> String {
        let mut out = Vec::new();
        let diagnostics = Diagnostics::from_iter([diagnostic]);
        super::super::write(&mut out, Format::Human(terminal), &diagnostics, texts).expect("a vector takes all");
        String::from_utf8(out).expect("what is drawn is text")
    }

    #[test]
    fn people_see_the_lines_meant() {
        let expected = r#"error[no-title]: the site has no title

error[unknown-key]: unknown key `compnay`
 --> content/a.md:3:1
  |
3 | compnay = "meta" # 漢 compnay
  | ^^^^^^^   ------ its value
  |
 ::: content/b, 100%.md:1:2
  |
1 |     id = "a␛[31m·�"
  |     -- the same, here
  |
  = help: did you mean `company`?
          it is optional

warning[odd-id]: odd: \u{1b}[2J, 100%\r
                 ::set-output
 --> content/b, 100%.md:1:8
  |
1 |     id = "a␛[31m·�"
  |           ^^^^^^^^

warning[unreadable]: the file cannot be read
--> content/gone\u{7}.md
::: content/gone\u{7}.md
 = note: again

error[front-matter]: it never ends
 --> content/a.md:1:1
  |
1 | +++
  | ^^^
 ::: content/a.md
  = note: in here

3 errors, 2 warnings
"#;
        assert_eq!(drawn(Format::Human(Terminal::default())), expected);
    }

    #[test]
    fn colours_are_drawn_where_they_are_wanted() {
        let terminal = Terminal { color: true, ..Terminal::default() };
        let warning = Diagnostic::warning("odd", "odd").at(place("content/a.md", "é"));
        assert_eq!(
            human(warning, &super::super::fixture::text, terminal),
            "\u{1b}[1m\u{1b}[33mwarning[odd]\u{1b}[0m\u{1b}[1m: odd\u{1b}[0m\n \
             \u{1b}[1m\u{1b}[94m--> \u{1b}[0mcontent/a.md:2:10\n  \
             \u{1b}[1m\u{1b}[94m|\u{1b}[0m\n\
             \u{1b}[1m\u{1b}[94m2\u{1b}[0m \u{1b}[1m\u{1b}[94m|\u{1b}[0m title = \"é\"\n  \
             \u{1b}[1m\u{1b}[94m|\u{1b}[0m          \u{1b}[1m\u{1b}[33m^\u{1b}[0m\n\n1 warning\n"
        );
    }

    #[test]
    fn of_many_warnings_the_first_are_drawn_and_all_are_counted() {
        let warning = |n: usize| Diagnostic::warning("odd", format!("odd {n}"));
        let diagnostics: Diagnostics = (0..9).map(warning).chain([Diagnostic::error("bad", "bad")]).collect();
        let mut out = Vec::new();
        let terminal = Terminal { warnings: 2, ..Terminal::default() };
        write(&mut out, &diagnostics, &|_| None, terminal).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "warning[odd]: odd 0\n\nwarning[odd]: odd 1\n\nerror[bad]: bad\n\n\
             … and 7 more warnings: `dateline check` shows all\n\n1 error, 9 warnings\n"
        );
    }

    #[test]
    fn a_paragraph_is_trimmed_to_the_terminal() {
        let text = format!("{}8,000 roles{}", "word ".repeat(150), " word".repeat(150));
        let warning = Diagnostic::warning("unbacked-figure", "no claim says this")
            .at(Place::new(&"a.md".into(), Span::new(750, 761)));
        let terminal = Terminal { width: 60, ..Terminal::default() };
        assert_eq!(
            human(warning, &|_| Some(text.clone()), terminal),
            "warning[unbacked-figure]: no claim says this
 --> a.md:1:751
  |
1 | ...ord word word word 8,000 roles word word word word...
  |                       ^^^^^^^^^^^

1 warning
"
        );
    }

    #[test]
    fn a_huge_line_is_quoted_where_it_matters() {
        let text = format!("{}8,000 roles{}", "word ".repeat(2_000_000), " word".repeat(100));
        let at = Place::new(&"a.md".into(), Span::new(10_000_000, 10_000_011));
        let warning = Diagnostic::warning("unbacked-figure", "no claim says this").at(at.clone()).label(at, "so");
        let words = "word word word word word word word word word word word word";
        assert_eq!(
            human(warning, &|_| Some(text.clone()), Terminal::default()),
            format!(
                "warning[unbacked-figure]: no claim says this
--> a.md:1:10000001
 = note: … {words} »8,000 roles« {words} …
::: a.md:1:10000001
 = note: so: … {words} »8,000 roles« {words} …

1 warning
"
            )
        );
    }

    #[test]
    fn short_is_one_line_each() {
        assert_eq!(
            drawn(Format::Short),
            r"error[no-title]: the site has no title
content/a.md:3:1: error[unknown-key]: unknown key `compnay`
content/b, 100%.md:1:8: warning[odd-id]: odd: \u{1b}[2J, 100%\r\n::set-output
content/gone\u{7}.md: warning[unreadable]: the file cannot be read
content/a.md:1:1: error[front-matter]: it never ends
"
        );
    }
}
