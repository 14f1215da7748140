//! iCalendar, RFC 5545: days as `VALUE=DATE`, lines of at most 75 octets, CRLF.

use std::fmt::Write as _;
use std::hash::Hash;
use std::io;

use crate::export::{Digest, Document, Format};
use crate::link::Briefing;
use crate::value::Day;

/// A calendar.
#[derive(Debug, Hash)]
pub(in crate::export) struct Calendar {
    name: String,
    /// The host, which makes ids unique in the world (RFC 7986, 5.3, and RFC 5545, 3.8.4.7).
    host: String,
    events: Vec<Event>,
}

/// An event that takes whole days.
#[derive(Debug, Hash)]
pub(in crate::export) struct Event {
    /// An id that stays the same when the event is moved or reworded.
    pub(in crate::export) uid: String,
    /// The day that it was written down, from which its `DTSTAMP` comes: the clock would change every build.
    pub(in crate::export) stamp: Day,
    /// Its first day.
    pub(in crate::export) first: Day,
    /// Its last day; none where nobody knows an end.
    pub(in crate::export) last: Option<Day>,
    /// What it is, in a line.
    pub(in crate::export) summary: String,
    /// What else is to be said.
    pub(in crate::export) description: Option<String>,
    /// Where to read on.
    pub(in crate::export) url: String,
}

/// The longest line in octets, without its break (RFC 5545, 3.1).
const LINE: usize = 75;

impl Calendar {
    /// Puts a calendar together of the events that iCalendar can date: its years have four digits.
    pub(in crate::export) fn new(briefing: &Briefing, name: String, mut events: Vec<Event>) -> Self {
        events.retain(|event| event.first.year() > 0);
        let base = &briefing.config.base_url;
        let host = base.split_once("://").map_or(&**base, |(_, rest)| rest).split(['/', ':']).next();
        Self { name, host: host.unwrap_or_default().to_owned(), events }
    }
}

impl Document for Calendar {
    fn digest(&self, digest: &mut Digest) {
        self.hash(digest);
    }

    fn write(&self, _: Format, out: &mut Vec<u8>) -> io::Result<()> {
        let mut lines = Lines { out, line: String::new() };
        for fixed in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dateline//Dateline//EN", "CALSCALE:GREGORIAN"] {
            lines.put(format_args!("{fixed}"));
        }
        lines.put(format_args!("X-WR-CALNAME:{}", Escaped(&self.name)));
        for event in &self.events {
            event.write(&self.host, &mut lines);
        }
        lines.put(format_args!("END:VCALENDAR"));
        Ok(())
    }
}

impl Event {
    fn write(&self, host: &str, lines: &mut Lines<'_>) {
        lines.put(format_args!("BEGIN:VEVENT"));
        lines.put(format_args!("UID:{}@{host}", Escaped(&self.uid)));
        lines.put(format_args!("DTSTAMP:{}T000000Z", Basic(self.stamp)));
        lines.put(format_args!("DTSTART;VALUE=DATE:{}", Basic(self.first)));
        if let Some(last) = self.last.filter(|last| *last >= self.first && last.plus_days(1) > *last) {
            // The end is the day after the last one (RFC 5545, 3.6.1).
            lines.put(format_args!("DTEND;VALUE=DATE:{}", Basic(last.plus_days(1))));
        }
        lines.put(format_args!("SUMMARY:{}", Escaped(&self.summary)));
        if let Some(description) = &self.description {
            lines.put(format_args!("DESCRIPTION:{}", Escaped(description)));
        }
        lines.put(format_args!("URL:{}", self.url));
        lines.put(format_args!("TRANSP:TRANSPARENT"));
        lines.put(format_args!("END:VEVENT"));
    }
}

/// Content lines.
struct Lines<'o> {
    out: &'o mut Vec<u8>,
    line: String,
}

impl Lines<'_> {
    /// Writes one line, folded where it is long, and never inside a character.
    fn put(&mut self, line: std::fmt::Arguments<'_>) {
        self.line.clear();
        // Writing to a string does not fail.
        let _ = self.line.write_fmt(line);
        let (mut rest, mut room) = (&*self.line, LINE);
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            self.out.extend_from_slice(head.as_bytes());
            self.out.extend_from_slice(b"\r\n ");
            (rest, room) = (tail, LINE - 1);
        }
        self.out.extend_from_slice(rest.as_bytes());
        self.out.extend_from_slice(b"\r\n");
    }
}

/// Text with what iCalendar reads as marks escaped (RFC 5545, 3.3.11), and without other control characters.
struct Escaped<'t>(&'t str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '\\' | ';' | ',' => write!(f, "\\{c}")?,
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_char(' ')?,
                c if c.is_control() => {}
                c => f.write_char(c)?,
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
        Calendar::new(&briefing, "Name, and more".into(), vec![event]).write(Format::Ics, &mut out).unwrap();
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
