//! BibTeX, as Patashnik's "BibTeXing" (1988) describes it.

use std::fmt::{self, Display};

use super::Citation;

/// The entry for BibTeX, of the kind that every style knows.
pub(super) struct BibTex<'c, 'b>(pub(super) &'c Citation<'b>);

impl Display for BibTex<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Citation { authors, title, within, publication, day, url, id: (slug, id), .. } = self.0;
        match id {
            Some(id) => writeln!(f, "@misc{{{}-{},", Key(slug), Key(id))?,
            None => writeln!(f, "@misc{{{},", Key(slug))?,
        }
        if !authors.is_empty() {
            let names: Vec<String> = authors.iter().map(|name| format!("{{{}}}", Escaped(name))).collect();
            writeln!(f, "  author = {{{}}},", names.join(" and "))?;
        }
        writeln!(f, "  title = {{{{{}}}}},", Escaped(title))?;
        writeln!(f, "  howpublished = {{{}}},", Escaped(publication))?;
        if let Some(analysis) = within {
            writeln!(f, "  note = {{In: {}}},", Escaped(analysis))?;
        }
        writeln!(f, "  year = {{{}}},", day.year())?;
        writeln!(f, "  month = {{{}}},", day.month())?;
        writeln!(f, "  day = {{{}}},", day.day())?;
        writeln!(f, "  url = {{{url}}}")?;
        f.write_str("}")
    }
}

/// A name as a part of an entry's key, which has only letters, digits and `-` of ASCII.
struct Key<'k>(&'k str);

impl Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
        self.0.chars().try_for_each(|c| fmt::Write::write_char(f, plain(c)))
    }
}

/// Text in which no character means something to TeX, on one line.
struct Escaped<'t>(&'t str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '\\' => f.write_str("\\textbackslash{}")?,
                '~' => f.write_str("\\textasciitilde{}")?,
                '^' => f.write_str("\\textasciicircum{}")?,
                '{' | '}' | '$' | '&' | '#' | '%' | '_' => write!(f, "\\{c}")?,
                c if c.is_control() => f.write_str(" ")?,
                c => fmt::Write::write_char(f, c)?,
            }
        }
        Ok(())
    }
}
