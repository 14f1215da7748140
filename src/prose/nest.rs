//! Which components are open at a point of the body.

use pulldown_cmark::{Tag, TagEnd};

use super::component::ComponentCall;

/// How deep components nest before an inner one is refused: each level copies what is inside it once.
const DEEPEST: usize = 16;

/// The components that are open at a point of the body, the innermost last.
///
/// Both passes pair openings and closings by the same rules: a closing ends the innermost open component,
/// of the same name and in the same container (list item, quote …). The payload is the pass's own.
#[derive(Debug)]
pub(super) struct Nest<T> {
    open: Vec<Open<T>>,
    /// How many containers are around this point.
    depth: usize,
}

#[derive(Debug)]
struct Open<T> {
    call: ComponentCall,
    depth: usize,
    payload: T,
}

impl<T> Nest<T> {
    pub(super) fn new() -> Self {
        Self { open: Vec::new(), depth: 0 }
    }

    /// Opens a component; false where they nest too deep.
    pub(super) fn open(&mut self, call: ComponentCall, payload: T) -> bool {
        let fits = self.open.len() < DEEPEST;
        if fits {
            self.open.push(Open { call, depth: self.depth, payload });
        }
        fits
    }

    /// Ends the innermost component, if the name and the container are its own.
    pub(super) fn close(&mut self, name: &str) -> Option<(ComponentCall, T)> {
        let depth = self.depth;
        let last = self.open.pop_if(|last| &*last.call.name == name && last.depth == depth)?;
        Some((last.call, last.payload))
    }

    /// Goes into a container, if the element is one.
    pub(super) fn enter(&mut self, tag: &Tag<'_>) {
        self.depth += usize::from(is_container(tag.to_end()));
    }

    /// Goes out of a container, if the element is one, and gives up the components left open in it.
    pub(super) fn exit(&mut self, end: TagEnd) -> impl Iterator<Item = ComponentCall> {
        self.depth = self.depth.saturating_sub(usize::from(is_container(end)));
        let left_open = self.open.iter().rev().take_while(|open| open.depth > self.depth).count();
        self.open.drain(self.open.len() - left_open..).map(|open| open.call)
    }

    /// Gives up all, at the end of the body.
    pub(super) fn finish(self) -> impl Iterator<Item = ComponentCall> {
        self.open.into_iter().map(|open| open.call)
    }
}

/// Tells whether blocks stand inside an element.
fn is_container(end: TagEnd) -> bool {
    matches!(end, TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::DefinitionListDefinition)
}
