//! iCalendar, RFC 5545: days as `VALUE=DATE`, lines of at most 75 octets, CRLF.

use std::borrow::{Borrow, Cow};
use std::fmt::Write as _;
use std::hash::Hash;
use std::io::{self, Write};

use crate::export::{Digest, Document, Format, Out};
use crate::link::Briefing;
use crate::value::Day;

/// A calendar.
#[derive(Debug, Hash)]
pub(in crate::export) struct Calendar<'e> {
    /// What it is called.
    pub(in crate::export) heading: Heading,
    /// Its events.
    pub(in crate::export) events: Vec<Event<'e>>,
}

/// What a calendar is called, and where its events come from.
#[derive(Debug, Hash)]
pub(in crate::export) struct Heading {
    name: String,
    /// The host, which makes ids unique in the world (RFC 7986, 5.3, and RFC 5545, 3.8.4.7).
    host: String,
}

/// An event that takes whole days.
#[derive(Debug, Hash)]
pub(in crate::export) struct Event<'e> {
    /// An id that stays the same when the event is moved or reworded.
    pub(in crate::export) uid: String,
    /// The day that it was written down, from which its `DTSTAMP` comes: the clock would change every build.
    pub(in crate::export) stamp: Day,
    /// Its first day.
    pub(in crate::export) first: Day,
    /// Its last day; none where nobody knows an end.
    pub(in crate::export) last: Option<Day>,
    /// What it is, in a line.
    pub(in crate::export) summary: Cow<'e, str>,
    /// What else is to be said.
    pub(in crate::export) description: Option<String>,
    /// Where to read on.
    pub(in crate::export) url: Cow<'e, str>,
}

/// The longest line in octets, without its break (RFC 5545, 3.1).
const LINE: usize = 75;

impl Heading {
    /// Names a calendar of a site.
    pub(in crate::export) fn of(briefing: &Briefing, name: String) -> Self {
        let base = &briefing.config.base_url;
        let host = base.split_once("://").map_or(&**base, |(_, rest)| rest).split(['/', ':']).next();
        Self { name, host: host.unwrap_or_default().to_owned() }
    }

    /// Writes a calendar of the events that iCalendar can date: its years have four digits.
    pub(in crate::export) fn write<'e, E: Borrow<Event<'e>>>(
        &self,
        events: impl IntoIterator<Item = E>,
        out: &mut Out<'_>,
    ) -> io::Result<()> {
        let mut lines = Lines { out, line: String::new() };
        for fixed in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//Dateline//EN", "CALSCALE:GREGORIAN"] {
            lines.put(format_args!("{fixed}"))?;
        }
        lines.put(format_args!("X-WR-CALNAME:{}", Escaped(&self.name)))?;
        let mut dated = events.into_iter().filter(|event| event.borrow().first.year() > 0);
        dated.try_for_each(|event| event.borrow().write(&self.host, &mut lines))?;
        lines.put(format_args!("END:VCALENDAR"))
    }
}

impl Document for Calendar<'_> {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Out<'_>) -> io::Result<()> {
        self.heading.write(&self.events, out)
    }
}

impl Event<'_> {
    fn write(&self, host: &str, lines: &mut Lines<'_, '_>) -> io::Result<()> {
        lines.put(format_args!("BEGIN:VEVENT"))?;
        lines.put(format_args!("UID:{}@{host}", Escaped(&self.uid)))?;
        lines.put(format_args!("DTSTAMP:{}T000000Z", Basic(self.stamp)))?;
        lines.put(format_args!("DTSTART;VALUE=DATE:{}", Basic(self.first)))?;
        // Without an end it lasts its first day; an end is the day after the last one (RFC 5545, 3.6.1).
        if let Some(last) = self.last.filter(|last| *last > self.first && last.plus_days(1) > *last) {
            lines.put(format_args!("DTEND;VALUE=DATE:{}", Basic(last.plus_days(1))))?;
        }
        lines.put(format_args!("SUMMARY:{}", Escaped(&self.summary)))?;
        if let Some(description) = &self.description {
            lines.put(format_args!("DESCRIPTION:{}", Escaped(description)))?;
        }
        lines.put(format_args!("URL:{}", self.url))?;
        lines.put(format_args!("TRANSP:TRANSPARENT"))?;
        lines.put(format_args!("END:VEVENT"))
    }
}

/// Content lines.
struct Lines<'o, 'w> {
    out: &'o mut Out<'w>,
    line: String,
}

impl Lines<'_, '_> {
    /// Writes one line, folded where it is long, and never inside a character.
    fn put(&mut self, line: std::fmt::Arguments<'_>) -> io::Result<()> {
        self.line.clear();
        // Writing to a string does not fail.
        let _ = self.line.write_fmt(line);
        let (mut rest, mut room) = (&*self.line, LINE);
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            self.out.write_all(head.as_bytes())?;
            self.out.write_all(b"\r\n ")?;
            (rest, room) = (tail, LINE - 1);
        }
        self.out.write_all(rest.as_bytes())?;
        self.out.write_all(b"\r\n")
    }
}

/// Text with what iCalendar reads as marks escaped (RFC 5545, 3.3.11), and without other control characters.
struct Escaped<'t>(&'t str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let is_mark = |c: char| matches!(c, '\\' | ';' | ',') || c.is_control();
        for part in self.0.split_inclusive(is_mark) {
            let Some(mark) = part.chars().next_back().filter(|last| is_mark(*last)) else {
                f.write_str(part)?;
                continue;
            };
            f.write_str(part.trim_end_matches(mark))?;
            match mark {
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_char(' ')?,
                mark if mark.is_control() => {}
                mark => write!(f, "\\{mark}")?,
            }
        }
        Ok(())
    }
}

/// A day as `YYYYMMDD`.
struct Basic(Day);

impl std::fmt::Display for Basic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}{:02}{:02}", self.0.year().max(1), self.0.month(), self.0.day())
    }
}

#[cfg(test)]
mod tests {
    use icalendar::parser::{read_calendar, unfold};

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn written(summary: &str) -> String {
        let (briefing, _) = crate::export::tests::briefing();
        let event = Event {
            uid: "due:a/b".into(),
            stamp: day("2026-01-02"),
            first: day("2026-05-01"),
            last: Some(day("2026-05-31")),
            summary: summary.into(),
            description: None,
            url: "https://example.org/a".into(),
        };
        let mut out = Vec::new();
        let calendar = Calendar { heading: Heading::of(&briefing, "Name, and more".into()), events: vec![event] };
        crate::export::write(&calendar, Format::Ics, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn another_program_reads_what_was_written() {
        let said = format!("Acme; Bolt, \\ and “{}”\nnext", "ünïcödé ".repeat(20));
        let text = written(&said);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE && !line.contains(['\r', '\n'])), "{text}");
        let unfolded = unfold(&text);
        let calendar = read_calendar(&unfolded).unwrap();
        let event = &calendar.components[0];
        let value = |name: &str| event.find_prop(name).unwrap().val.to_string();
        assert_eq!(value("UID"), "due:a/b@example.org");
        assert_eq!(value("DTSTAMP"), "20260102T000000Z");
        assert_eq!([value("DTSTART"), value("DTEND")], ["20260501", "20260601"]);
        let calendar: icalendar::Calendar = text.parse().unwrap();
        let icalendar::CalendarComponent::Event(event) = &calendar.components[0] else { panic!("no event") };
        assert_eq!(icalendar::Component::get_summary(event), Some(&*said));
    }
}
