//! Diagnostics as workflow commands of GitHub Actions.
//!
//! The form is `::error file=…,line=…,col=…,endLine=…,endColumn=…,title=…::message`, as "Workflow commands for
//! GitHub Actions" of GitHub's documentation has it, with the escapes of `@actions/core`.

use std::io::{self, Write};

use super::clean::is_active;
use super::places::{Places, Spot};
use crate::diagnostic::Diagnostics;

/// Writes one command a diagnostic, its code as the title, its help below the message.
pub(super) fn write(out: &mut dyn Write, diagnostics: &Diagnostics, places: &Places<'_>) -> io::Result<()> {
    for diagnostic in diagnostics.iter() {
        write!(out, "::{} ", diagnostic.severity)?;
        if let Some(place) = &diagnostic.place {
            write!(out, "file={},", property(&place.file))?;
            if let Some(spot) = places.get(place) {
                write_region(out, spot)?;
            }
        }
        write!(out, "title={}::{}", property(diagnostic.code), data(&diagnostic.message))?;
        if let Some(help) = &diagnostic.help {
            write!(out, "%0Ahelp: {}", data(help))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// Writes where it is; annotations have columns only where they begin and end on one line.
fn write_region(out: &mut dyn Write, Spot { start, end, .. }: &Spot) -> io::Result<()> {
    if start.line == end.line {
        write!(out, "line={},col={},endLine={},endColumn={},", start.line, start.column, end.line, end.column)
    } else {
        write!(out, "line={},endLine={},", start.line, end.line)
    }
}

/// Escapes a command's message.
fn data(text: &str) -> String {
    encode(text, |_| false)
}

/// Escapes a property's value, which a comma or a colon would end.
fn property(text: &str) -> String {
    encode(text, |c| matches!(c, ':' | ','))
}

fn encode(text: &str, special: impl Fn(char) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' | '\r' | '\n' => encoded.push_str(&format!("%{:02X}", u32::from(c))),
            _ if special(c) => encoded.push_str(&format!("%{:02X}", u32::from(c))),
            _ if is_active(c) => encoded.extend(c.escape_default()),
            _ => encoded.push(c),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::super::fixture::drawn;

    #[test]
    fn each_is_one_command() {
        assert_eq!(
            drawn(Format::Github),
            r"::error title=no-title::the site has no title
::error file=content/a.md,line=3,col=1,endLine=3,endColumn=8,title=unknown-key::unknown key `compnay`%0Ahelp: did you mean `company`?%0Ait is optional
::warning file=content/b%2C 100%25.md,line=1,col=8,endLine=1,endColumn=16,title=odd-id::odd: \u{1b}[2J, 100%25%0D%0A::set-output
::warning file=content/gone\u{7}.md,title=unreadable::the file cannot be read
::error file=content/a.md,line=1,endLine=2,title=front-matter::it never ends
"
        );
    }
}
