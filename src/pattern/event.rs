//! Events as far as they are known: some fields are fixed, all others may hold anything.

use std::collections::BTreeMap;

/// Events of one sort that an alert must not miss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// For people: the event's name, or what its fields say.
    pub name: String,
    /// What is known of fields, by path. A field that is not here may be missing or hold anything.
    pub fields: BTreeMap<String, Known>,
}

/// What is known of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// This text.
    Is(String),
    /// This truth value.
    Flag(bool),
    /// A text that this one with `*` matches; the texts that AWS really sends are among those named.
    Like(String, Vec<String>),
    /// Not there.
    Missing,
    /// A text other than these; anything, where none is named.
    Other(Vec<String>),
}

impl Event {
    /// The service whose events they are, if it is one.
    pub fn source(&self) -> Option<&str> {
        match self.fields.get("eventSource") {
            Some(Known::Is(source)) => Some(source),
            _ => None,
        }
    }
}
