//! The parts of lists and tables, as serde asks for them.

use std::borrow::Cow;
use std::{array, slice, vec};

use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess};

use super::fault::Fault;
use super::reader::{Reader, TextReader};
use super::{Reading, Record};
use crate::load::tree::{Entry, Kind, Node};
use crate::text::Span;

/// The items of a list, without those set aside.
pub(super) struct Items<'r, 't> {
    pub(super) items: slice::Iter<'t, Node<'t>>,
    pub(super) reading: &'r mut Reading,
}

impl<'t> SeqAccess<'t> for Items<'_, 't> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some(item) = self.items.find(|item| !self.reading.is_aside(item)) else { return Ok(None) };
        seed.deserialize(Reader::new(item, self.reading)).map(Some).map_err(|fault| fault.at(item))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

/// The keys and values of a table that fills a map, without those set aside.
pub(super) struct Pairs<'r, 't> {
    entries: slice::Iter<'t, Entry<'t>>,
    value: Option<&'t Node<'t>>,
    reading: &'r mut Reading,
}

impl<'r, 't> Pairs<'r, 't> {
    pub(super) fn new(entries: &'t [Entry<'t>], reading: &'r mut Reading) -> Self {
        Self { entries: entries.iter(), value: None, reading }
    }
}

impl<'t> MapAccess<'t> for Pairs<'_, 't> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some((key, value)) = self.entries.find(|(_, value)| !self.reading.is_aside(value)) else {
            return Ok(None);
        };
        self.value = Some(value);
        let reader = TextReader { text: &key.value, span: key.span };
        seed.deserialize(reader).map(Some).map_err(|fault| fault.at_key(key.span, value))
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let value = self.value.take().unwrap_or(&MADE_UP);
        seed.deserialize(Reader::new(value, self.reading)).map_err(|fault| fault.at(value))
    }
}

/// Stands for a required key that a record lacks, so that its other keys can be looked at all the same.
static MADE_UP: Node<'static> = Node { span: Span { start: 0, end: 0 }, kind: Kind::Text(Cow::Borrowed("")) };

/// The keys and values of a table that fills a struct: the known ones that have a value, then the made-up ones.
pub(super) struct Fields<'r, 't> {
    record: Record<'t>,
    entries: slice::Iter<'t, Entry<'t>>,
    made_up: vec::IntoIter<&'static str>,
    /// The entry last handed out, which is at fault if the struct says that it has had it.
    current: &'r mut Option<&'t Entry<'t>>,
    reading: &'r mut Reading,
}

impl<'r, 't> Fields<'r, 't> {
    pub(super) fn new(record: Record<'t>, current: &'r mut Option<&'t Entry<'t>>, reading: &'r mut Reading) -> Self {
        let made_up = reading.made_up(record.node).into_iter();
        Self { record, entries: record.entries.iter(), made_up, current, reading }
    }

    /// Finds the next entry to hand out, and reports the unknown keys before it.
    fn next_entry(&mut self) -> Option<&'t Entry<'t>> {
        for entry in self.entries.by_ref() {
            let (key, value) = entry;
            if !self.record.known.contains(&&*key.value) {
                self.reading.unknown_key(key, self.record.known);
            } else if value.kind != Kind::Null && !self.reading.is_aside(value) {
                return Some(entry);
            }
        }
        None
    }
}

impl<'t> MapAccess<'t> for Fields<'_, 't> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        *self.current = self.next_entry();
        let name = match self.current {
            Some((key, _)) => Some(&*key.value),
            None => self.made_up.next(),
        };
        name.map(|name| seed.deserialize(name.into_deserializer())).transpose()
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        match *self.current {
            Some((_, value)) => seed.deserialize(Reader::new(value, self.reading)).map_err(|fault| fault.at(value)),
            None => {
                let made_up = seed.deserialize(Reader::new(&MADE_UP, self.reading));
                made_up.map_err(|_| Fault::aside(self.record.node))
            }
        }
    }
}

/// A few numbers and then one value: how the types of this stage are handed what serde has no word for.
pub(super) struct Parts<D, const N: usize> {
    numbers: array::IntoIter<u32, N>,
    last: Option<D>,
}

impl<D, const N: usize> Parts<D, N> {
    pub(super) fn new(numbers: [u32; N], last: D) -> Self {
        Self { numbers: numbers.into_iter(), last: Some(last) }
    }
}

impl<'t, D: Deserializer<'t, Error = Fault>, const N: usize> SeqAccess<'t> for Parts<D, N> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        if let Some(number) = self.numbers.next() {
            return seed.deserialize(number.into_deserializer()).map(Some);
        }
        self.last.take().map(|last| seed.deserialize(last)).transpose()
    }
}
